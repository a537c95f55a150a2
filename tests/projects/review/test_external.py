"""What a build links and installs: what is sure is said, and what is not is left alone."""

from __future__ import annotations

import pytest

from trigpoint.projects.review import Project, Tree, judge
from trigpoint.projects.review.checks.external import MOST_LINKED
from trigpoint.projects.review.table import ALL

from .cases import CHECKOUT, CI, SETUPTOOLS, SHARED, SKBUILD, TABLE, Files, workflow

pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")

MESON = SKBUILD.replace("scikit_build_core.build", "mesonpy")


def said(code: str, files: Files) -> list[str] | None:
    """Return the messages of the check *code* about *files*; None if it was skipped."""
    [check] = [each for each in ALL if each.code == code]
    data = {name: each.encode() if isinstance(each, str) else each for name, each in files.items()}
    [found] = judge(Project(Tree.of_files(data)), [check])
    return None if found.outcome == "skipped" else [each.finding.message for each in found.found]


def external(*host: str, head: str = SKBUILD) -> str:
    """Return a pyproject.toml of *head* whose table lists *host*."""
    return f"{head}[external]\nhost-requires = [{', '.join(map(repr, host))}]\n"


def linked(files: Files, *host: str, head: str = SKBUILD) -> list[str] | None:
    """Return what is linked by *files* and not named by a table that lists *host*."""
    messages = said(
        "review-external-unnamed", {"pyproject.toml": external(*host, head=head), **files}
    )
    return None if messages is None else [each.split("'")[1] for each in messages]


GIT = "dep:generic/git"

CMAKE = [
    ("find_package(ZLIB REQUIRED)", ["ZLIB"]),
    ("FIND_PACKAGE ( zlib 1.2 EXACT\n REQUIRED )", ["zlib"]),
    ("find_package(ZLIB)", []),
    ("find_package(ZLIB QUIET)", []),
    ("# find_package(ZLIB REQUIRED)", []),
    ("find_package(Spam REQUIRED)", []),
    ("find_package(Python REQUIRED)", []),
    ("find_package(ZLIB REQUIRED)\nfind_package(ZLIB REQUIRED)", ["ZLIB"]),
    ("if(WITH_ZLIB)\nfind_package(ZLIB REQUIRED)\nendif()\nfind_package(PNG REQUIRED)", ["PNG"]),
    ("if(A)\nif(B)\nendif()\nfind_package(ZLIB REQUIRED)\nendif()", []),
    ("endif()\nfind_package(ZLIB REQUIRED)", ["ZLIB"]),
    ("function(f)\nfind_package(ZLIB REQUIRED)\nendfunction()", []),
    ("FetchContent_Declare(zlib)\nfind_package(ZLIB REQUIRED)", []),
    ("# FetchContent_Declare(zlib)\nfind_package(ZLIB REQUIRED)", ["ZLIB"]),
    ("pkg_check_modules(Z REQUIRED IMPORTED_TARGET zlib>=1.2 libxml-2.0)", ["zlib", "libxml-2.0"]),
    ("pkg_check_modules(Z zlib)", []),
    ("pkg_search_module(Z REQUIRED zlib)", []),
    ("pkg_check_modules(Z REQUIRED spam python3)", []),
    ('pkg_check_modules(Z REQUIRED "zlib>=1.2")', ["zlib"]),
    ("#[[ off:\nfind_package(ZLIB REQUIRED)\n]] find_package(PNG REQUIRED)", ["PNG"]),
    ("#[=[ off: ]]\nfind_package(ZLIB REQUIRED)\n]=]\nfind_package(PNG REQUIRED)", ["PNG"]),
    ("# [[ on:\nfind_package(ZLIB REQUIRED)", ["ZLIB"]),
    ('set(A "find_package(ZLIB REQUIRED)")\nfind_package(PNG REQUIRED)', ["PNG"]),
    ('set(A "\\"\nfind_package(ZLIB REQUIRED)\n# ")\nfind_package(PNG REQUIRED)', ["PNG"]),
    ('set(A \\")\nfind_package(ZLIB REQUIRED)', ["ZLIB"]),
    ('set(A "# (")\nfind_package(ZLIB REQUIRED)', ["ZLIB"]),
    ("set(A [=[ ]]\nfind_package(ZLIB REQUIRED) ]=])\nfind_package(PNG REQUIRED)", ["PNG"]),
    ("set(A b[[)\nfind_package(ZLIB REQUIRED)", ["ZLIB"]),
    ("find_package(PNG REQUIRED)\nreturn()\nfind_package(ZLIB REQUIRED)", ["PNG"]),
    ("find_package(PNG REQUIRED)\nif(A)\nreturn()\nendif()\nfind_package(ZLIB REQUIRED)", ["PNG"]),
    ("function(f)\nreturn()\nendfunction()\nfind_package(ZLIB REQUIRED)", ["ZLIB"]),
    ('set(A "return()")\nfind_package(ZLIB REQUIRED)', ["ZLIB"]),
    ("# return()\nfind_package(ZLIB REQUIRED)", ["ZLIB"]),
]


@pytest.mark.parametrize(("text", "expected"), CMAKE)
def test_cmake(text: str, expected: list[str]) -> None:
    """What is required, by a name that means one thing, and neither on a condition nor fetched."""
    assert expected == linked({"CMakeLists.txt": text}, GIT)


MESON_FILES = [
    ("z = dependency('zlib')", ["zlib"]),
    ("z = dependency('zlib', version: '>=1.2')", ["zlib"]),
    ("z = dependency('zlib', required: false)", []),
    ("z = dependency('zlib', fallback: ['zlib', 'zlib_dep'])", []),
    ("z = dependency('zlib', default_options: 'a=b')", []),
    ("z = dependency('python3')\nt = dependency('threads')\ns = dependency('spam')", []),
    ("if true\n  z = dependency('zlib')\nendif\np = dependency('libpng')", ["libpng"]),
    ("# dependency('zlib')", []),
    ("a = '''\ndependency('zlib')\n'''\np = dependency('libpng')", ["libpng"]),
    ("a = '''it's'''\np = dependency('libpng')", ["libpng"]),
    ("a = 'dependency(\\'zlib\\')'\np = dependency('libpng')", ["libpng"]),
    ("a = '# if'\np = dependency('libpng')", ["libpng"]),
    ("p = dependency('libpng', 'png')", ["libpng"]),
    ("p = dependency('png', 'libpng', version: '>=1.6',)", ["libpng"]),
    ("z = dependency('zlib', 'spam')", []),
    ("z = dependency('zlib', other)", []),
    ("z = dependency('zlib', 'libpng', required: false)", []),
    ("z = dependency(name)", []),
    ("p = dependency('libpng')\nsubdir_done()\nz = dependency('zlib')", ["libpng"]),
    (
        "p = dependency('libpng')\nif a\n  subdir_done ( )\nendif\nz = dependency('zlib')",
        ["libpng"],
    ),
    ("# subdir_done()\nz = dependency('zlib')", ["zlib"]),
    ("a = 'subdir_done()'\nz = dependency('zlib')", ["zlib"]),
    ("my_subdir_done()\nz = dependency('zlib')", ["zlib"]),
]


@pytest.mark.parametrize(("text", "expected"), MESON_FILES)
def test_meson(text: str, expected: list[str]) -> None:
    """What Meson cannot do without: no option, no fallback, no condition."""
    assert expected == linked({"meson.build": text}, GIT, head=MESON)


def test_meson_with_several_names() -> None:
    """Any of them will do, so a table that names one of them lacks nothing."""
    files = {"meson.build": "p = dependency('libpng', 'zlib')"}
    assert ["libpng"] == linked(files, GIT, head=MESON)
    assert [] == linked(files, "dep:generic/libpng", head=MESON)
    assert [] == linked(files, "dep:generic/zlib", head=MESON)


def test_meson_with_wraps() -> None:
    """Where there are subprojects, any dependency may be one."""
    files = {"meson.build": "z = dependency('zlib')", "subprojects/zlib.wrap": ""}
    assert [] == linked(files, GIT, head=MESON)


EXTENSION = "from setuptools import Extension, setup\nsetup(ext_modules=[Extension('a', [], {})])\n"
SETUP = [
    ("libraries=['z']", ["z"]),
    ("libraries=['m', 'png16', 'z']", ["png16", "z"]),
    ("libraries=LIBS", []),
    ("libraries=['spam']", []),
    ("library_dirs=['z']", []),
    ("libraries=[NAME, 'z']", ["z"]),
]


@pytest.mark.parametrize(("argument", "expected"), SETUP)
def test_setup(argument: str, expected: list[str]) -> None:
    """Libraries by the names that they are linked by, where they stand there plainly."""
    files = {"setup.py": EXTENSION.format(argument)}
    head = f'{SETUPTOOLS}[project]\nname = "spam"\nversion = "1"\n'
    assert expected == linked(files, GIT, head=head)
    branch = {"setup.py": f"if True:\n    pass\n{EXTENSION.format(argument)}"}
    assert [] == linked(branch, GIT, head=head)
    other = {"setup.py": EXTENSION.format(argument).replace("Extension('a'", "Other('a'")}
    assert [] == linked(other, GIT, head=head)
    assert [] == linked(files, GIT, head=TABLE)


NAMED = [
    ("dep:generic/zlib", []),
    ("dep:generic/zlib@>=1.2; sys_platform == 'linux'", []),
    ("dep:generic/zlib-ng", ["ZLIB"]),
    ("dep:deb/debian/zlib1g-dev", None),
    ("zlib", None),
]


@pytest.mark.parametrize(("written", "expected"), NAMED)
def test_what_names_it(written: str, expected: list[str] | None) -> None:
    """By its name, under a marker too; a name of one ecosystem, or a mistake, can be anything."""
    text = SKBUILD + f'[external]\nhost-requires = ["{written}"]\n'
    found = said(
        "review-external-unnamed",
        {"pyproject.toml": text, "CMakeLists.txt": "find_package(ZLIB REQUIRED)"},
    )
    assert expected == (None if found is None else [each.split("'")[1] for each in found])


@pytest.mark.parametrize("key", ["dependencies", "build-requires"])
def test_any_list_names_it(key: str) -> None:
    """Which list is right is not for this check to say."""
    text = SKBUILD + f'[external]\n{key} = ["dep:generic/zlib"]\n'
    files = {"pyproject.toml": text, "CMakeLists.txt": "find_package(ZLIB REQUIRED)"}
    assert [] == said("review-external-unnamed", files)


def test_providers() -> None:
    """What provides something virtual names it, and the other way round."""
    text = {"meson.build": "b = dependency('openblas')"}
    assert [] == linked(text, "dep:virtual/interface/blas", head=MESON)
    assert [] == linked(
        {"meson.build": "b = dependency('blas')"}, "dep:generic/openblas", head=MESON
    )


def test_behind_the_wrapper() -> None:
    """What is inside of the wrapper that looks before a build reads the build files."""
    for inner, expected in (("scikit_build_core.build", ["ZLIB"]), ("flit_core.buildapi", [])):
        head = SKBUILD.replace("scikit_build_core.build", "trigpoint.external.backend")
        head += f'[tool.trigpoint.external]\nbackend = "{inner}"\n'
        files = {"CMakeLists.txt": "find_package(ZLIB REQUIRED)"}
        assert expected == linked(files, GIT, head=head)


EXTERNAL, EXTENSIONS = "trigpoint.external.backend", "trigpoint.extensions.backend"


@pytest.mark.parametrize(
    ("outer", "external_one", "extensions_one", "expected"),
    [
        ("flit_core.buildapi", EXTENSIONS, EXTERNAL, "flit_core.buildapi"),
        (EXTERNAL, "hatchling.build", None, "hatchling.build"),
        (EXTENSIONS, None, "hatchling.build", "hatchling.build"),
        (EXTERNAL, EXTENSIONS, "hatchling.build", "hatchling.build"),
        (EXTENSIONS, "hatchling.build", EXTERNAL, "hatchling.build"),
        (EXTERNAL, EXTENSIONS, EXTERNAL, ""),
        (EXTERNAL, EXTERNAL, None, ""),
        (EXTERNAL, None, "hatchling.build", ""),
        (EXTENSIONS, None, 1, ""),
        (EXTENSIONS, None, ["a"], ""),
    ],
)
def test_what_is_inside(
    outer: str, external_one: str | None, extensions_one: object, expected: str
) -> None:
    """Each wrapper names the next backend; what leads nowhere, or round, is not known."""
    text = f'[build-system]\nrequires = []\nbuild-backend = "{outer}"\n[tool.trigpoint]\n'
    if extensions_one is not None:
        text += f"backend = {extensions_one!r}\n"
    if external_one is not None:
        text += f"[tool.trigpoint.external]\nbackend = {external_one!r}\n"
    assert expected == Project(Tree.of_files({"pyproject.toml": text.encode()})).inner_backend


def test_data_behind_the_wrapper() -> None:
    """Data of hatchling are looked at, whatever is around it."""
    for outer, table in ((EXTERNAL, "trigpoint.external"), (EXTENSIONS, "trigpoint")):
        head = TABLE.replace("hatchling.build", outer)
        head += f'[tool.{table}]\nbackend = "hatchling.build"\n'
        text = head + SHARED.format("gone", "share/gone") + '"a" = "a"\n'
        for code in ("review-data-missing", "review-data-root"):
            assert 1 == len(said(code, {"pyproject.toml": text, "a": ""}) or ())


def test_no_table() -> None:
    """The table is a draft: without one, nothing is missing."""
    files = {"pyproject.toml": SKBUILD, "CMakeLists.txt": "find_package(ZLIB REQUIRED)"}
    assert None is said("review-external-unnamed", files)


def test_first_place() -> None:
    """What is linked twice is told where it stands first."""
    text = "find_package(ZLIB REQUIRED)\n"
    data = {"pyproject.toml": external(GIT).encode(), "CMakeLists.txt": (text * 2).encode()}
    [check] = [each for each in ALL if each.code == "review-external-unnamed"]
    [found] = judge(Project(Tree.of_files(data)), [check])
    assert [1] == [each.finding.span.line for each in found.found if each.finding.span]


@pytest.mark.parametrize(
    ("head", "file", "text", "marked"),
    [
        (SKBUILD, "CMakeLists.txt", "find_package( ZLIB 1.2 REQUIRED)", "ZLIB"),
        (SKBUILD, "CMakeLists.txt", "pkg_check_modules(Z REQUIRED spam zlib>=1)", "zlib>=1"),
        (MESON, "meson.build", "a = 1\nz = dependency('png', 'libpng')", "libpng"),
    ],
)
def test_what_is_marked(head: str, file: str, text: str, marked: str) -> None:
    """The name that is linked, and no more of the line."""
    data = {"pyproject.toml": external(GIT, head=head).encode(), file: text.encode()}
    [check] = [each for each in ALL if each.code == "review-external-unnamed"]
    [found] = judge(Project(Tree.of_files(data)), [check])
    spans = [each.finding.span for each in found.found]
    assert [marked] == [text[each.start : each.end] for each in spans if each]


def test_place_behind_a_comment() -> None:
    """What is linked is marked, and not the same word in a comment before it."""
    text = "pkg_check_modules(Z REQUIRED # zlib\n  zlib)\n"
    data = {"pyproject.toml": external(GIT).encode(), "CMakeLists.txt": text.encode()}
    [check] = [each for each in ALL if each.code == "review-external-unnamed"]
    [found] = judge(Project(Tree.of_files(data)), [check])
    assert [2] == [each.finding.span.line for each in found.found if each.finding.span]


@pytest.mark.parametrize("piece", ['"', "#[[\n", "#[=[ ]]\n", "[[ "])
def test_what_cmake_never_sees_closed(piece: str) -> None:
    """It has all of the rest, however often it stands there."""
    text = f"{piece * 20_001}\nfind_package(ZLIB REQUIRED)"
    assert [] == linked({"CMakeLists.txt": text}, GIT)


@pytest.mark.parametrize("piece", ["'", "''' "])
def test_what_meson_never_sees_closed(piece: str) -> None:
    """It has all of the rest as well."""
    text = f"{piece * 20_001}\nz = dependency('zlib')"
    assert [] == linked({"meson.build": text}, GIT, head=MESON)


def test_bound() -> None:
    """So many libraries are looked up, and no more."""
    known = "find_package(ZLIB REQUIRED)\n"
    files = {"CMakeLists.txt": known * (MOST_LINKED - 1) + "find_package(PNG REQUIRED)\n"}
    assert ["PNG"] == linked(files, "dep:generic/zlib")
    files = {"CMakeLists.txt": known * MOST_LINKED + "find_package(PNG REQUIRED)\n"}
    assert [] == linked(files, "dep:generic/zlib")


# -- workflows ------------------------------------------------------------------------------

APT = "run: sudo apt-get install --yes zlib1g-dev"
LACKING = [
    ((APT, "run: pip install ."), True),
    ((APT, "run: python -m pip install -e .[test]"), True),
    ((APT, "run: uv pip install ./"), True),
    ((APT, "run: python -m build"), True),
    (("run: sudo apt-get satisfy 'zlib1g-dev (>= 1)' && pip install .",), True),
    ((APT, "run: python -m build --sdist"), False),
    ((APT, "run: pip install spam"), False),
    ((APT, "run: nox"), False),
    (("run: pip install .",), False),
    (("run: sudo apt-get update", "run: pip install ."), False),
    (("run: sudo apt-get build-dep python3-h5py", "run: pip install ."), False),
    (("run: sudo apt-get install $PACKAGES", "run: pip install ."), False),
    ((APT, "run: ./ci/prepare.sh", "run: pip install ."), False),
    ((APT, "run: bash ci/prepare", "run: pip install ."), False),
    ((APT, "uses: some/action@v1", "run: pip install ."), False),
    ((APT, "uses: actions/setup-python@v6", "run: pip install ."), True),
    ((f"{APT} libhdf5-dev", "run: pip install ."), False),
    ((APT, "run: sudo apt install libhdf5-dev=1.2", "run: pip install ."), False),
    ((APT, "run: pip install .\n        working-directory: sub"), False),
    ((f"{APT}\n        working-directory: sub", "run: pip install ."), True),
    (("run: sudo apt-get install $X\n        working-directory: sub", APT, "run: uv build"), False),
    ((f"{CHECKOUT}\n        with: {{path: sub}}", APT, "run: pip install ."), False),
    ((APT, "run: cd sub && pip install ."), False),
    ((APT, "run: (cd sub && python -m build --wheel)"), False),
    ((APT, "run: pushd sub; uv build"), False),
    ((APT, "run: cd sub && make", "run: pip install ."), True),
    ((APT, "run: pip install . && cd sub"), True),
    (("run: cd sub && sudo apt-get install zlib1g-dev", "run: pip install ."), True),
    ((APT, "run: uv build"), True),
    ((APT, "run: uv build sub"), False),
    ((APT, "run: hatch build --target sdist"), False),
    ((APT, "run: python -m cibuildwheel"), False),
    ((APT, "run: sudo"), False),
]


@pytest.mark.parametrize(("steps", "lacks"), LACKING)
def test_jobs(steps: tuple[str, ...], lacks: bool) -> None:
    """A job is held to the table if it installs packages and builds, and nothing else may do so."""
    text = external("dep:generic/hdf5", "dep:generic/zlib", "dep:generic/no-such-thing")
    found = said("review-external-ci", {"pyproject.toml": text, CI: workflow(CHECKOUT, *steps)})
    expected = (
        "the job installs packages and builds, and libhdf5-dev is not among them, "
        "which dep:generic/hdf5 of [external] is called there"
    )
    assert ([expected] if lacks else []) == found


@pytest.mark.parametrize(
    "change",
    [
        {"top": "defaults:\n  run:\n    working-directory: sub\n"},
        {"job": "    defaults: {run: {working-directory: sub}}\n"},
    ],
)
def test_jobs_in_other_folders(change: dict[str, str]) -> None:
    """What is built there is another project."""
    files = {"pyproject.toml": external("dep:generic/hdf5")}
    steps = (CHECKOUT, APT, "run: pip install .")
    assert [] == said("review-external-ci", {**files, CI: workflow(*steps, **change)})
    assert 1 == len(said("review-external-ci", {**files, CI: workflow(*steps)}) or ())


def test_other_runners() -> None:
    """A container, another system and a runner of one's own have what they have."""
    text = external("dep:generic/hdf5")
    steps = (CHECKOUT, APT, "run: pip install .")
    for change in (("ubuntu-24.04", "macos-15"), ("ubuntu-24.04", "${{ matrix.os }}")):
        made = workflow(*steps).replace(*change)
        assert [] == said("review-external-ci", {"pyproject.toml": text, CI: made})
    made = workflow(*steps, job="    container: debian:12\n")
    assert [] == said("review-external-ci", {"pyproject.toml": text, CI: made})


def test_provider_in_a_job() -> None:
    """Another provider of something virtual will do, and tools of the build are on the runner."""
    text = external("dep:virtual/interface/mpi") + "build-requires = ['dep:generic/gperf']\n"
    steps = (CHECKOUT, "run: sudo apt-get install libmpich-dev", "run: pip install .")
    assert [] == said("review-external-ci", {"pyproject.toml": text, CI: workflow(*steps)})


def test_headers_in_a_job() -> None:
    """Those of Python come with the Python that is set up, so nobody misses their package."""
    text = external("dep:generic/zlib") + "build-requires = ['dep:virtual/compiler/c']\n"
    made = workflow(APT + " gcc", "run: pip install .")
    assert [] == said("review-external-ci", {"pyproject.toml": text, CI: made})


def test_no_workflow() -> None:
    """Without a table or a workflow there is nothing to hold against the other."""
    assert None is said("review-external-ci", {"pyproject.toml": external("dep:generic/hdf5")})
    assert None is said("review-external-ci", {CI: workflow(APT, "run: pip install .")})


# -- data -----------------------------------------------------------------------------------

PAGE = SHARED.format("man/spam.1", "share/man/man1/spam.1")


@pytest.mark.parametrize(
    "more",
    [
        {"hatch_build.py": ""},
        {"setup.py": ""},
    ],
)
def test_data_that_a_program_makes(more: Files) -> None:
    """What a build makes is not there before it."""
    assert [] == said("review-data-missing", {"pyproject.toml": TABLE + PAGE, **more})


@pytest.mark.parametrize("hooks", ["hooks.jupyter-builder", "targets.wheel.hooks.custom"])
def test_data_of_hooks(hooks: str) -> None:
    """So it is with hooks of hatchling."""
    text = f"{TABLE}{PAGE}[tool.hatch.build.{hooks}]\nx = 1\n"
    assert [] == said("review-data-missing", {"pyproject.toml": text})


@pytest.mark.parametrize("source", ["../out", "/abs/x", "~/x"])
def test_data_from_outside(source: str) -> None:
    """Whether they are there is not for this check to say."""
    text = TABLE + SHARED.format(source, "share/spam/x")
    assert [] == said("review-data-missing", {"pyproject.toml": text})


TARGETS = [
    ("share/man/man1/a.1", 0),
    ("share/spam/a", 0),
    ("etc/spam/a", 0),
    ("lib/a", 0),
    ("spam/a", 1),
    ("a", 1),
    ("../a", 1),
]


@pytest.mark.parametrize(("target", "number"), TARGETS)
def test_where_data_land(target: str, number: int) -> None:
    """Below a folder of the prefix, whichever; not beside those, and not outside."""
    files = {"pyproject.toml": TABLE + SHARED.format("a", target), "a": ""}
    found = said("review-data-root", files)
    assert found is not None
    assert number == len(found)


def test_no_data() -> None:
    """Without the backend's own table there is nothing to look at, whatever others have."""
    flit = '[tool.flit.external-data]\ndirectory = "no-such"\n'
    for code in ("review-data-missing", "review-data-root"):
        assert None is said(code, {"pyproject.toml": TABLE + flit})
        assert None is said(code, {"pyproject.toml": SKBUILD})
