"""External data: one table in the form of every backend, read back, built, and held to a policy."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.wheels import Inspection, inspect
from trigpoint.wheels.external_data import (
    BACKENDS,
    BUDGET,
    KEYS,
    MOST_DATA,
    ROOTS,
    DataFile,
    Policy,
    check,
    data_of,
    stated,
    written,
)

from .build import Wheel

DATA = [
    DataFile("share/man/man1/spam.1", "docs/spam.1"),
    DataFile("share/jupyter/kernels/spam/kernel.json", "kernel/kernel.json"),
    DataFile("etc/jupyter/spam.json", "config/jupyter.json"),
]

HOOKS = {
    "flit-core": ("flit_core", "flit_core.buildapi"),
    "hatchling": ("hatchling", "hatchling.build"),
    "setuptools": ("setuptools", "setuptools.build_meta"),
    "pdm-backend": ("pdm", "pdm.backend"),
    "poetry-core": ("poetry", "poetry.core.masonry.api"),
    "uv-build": ("uv_build", "uv_build"),
    "meson-python": ("mesonpy", "mesonpy"),
    "scikit-build-core": ("scikit_build_core", "scikit_build_core.build"),
}

READ = ["flit-core", "hatchling", "setuptools", "pdm-backend", "uv-build"]


def pyproject(backend: str, text: str) -> str:
    head = f'[build-system]\nrequires = []\nbuild-backend = "{HOOKS[backend][1]}"\n\n'
    return f'{head}[project]\nname = "spam"\nversion = "1.0"\ndescription = "x"\n\n{text}'


def test_every_backend_has_a_form() -> None:
    """Each of the eight says it, or says that it cannot."""
    assert set(HOOKS) == set(BACKENDS)
    for backend in BACKENDS:
        form = written(DATA, backend)
        assert backend == form.backend
        assert bool(form.text) is (backend != "poetry-core")
        assert form.text or form.notes
    with pytest.raises(KeyError):
        written(DATA, "magic")


@pytest.mark.parametrize("backend", READ)
def test_a_form_is_read_back(backend: str) -> None:
    """What is written means the files that were given, once those that must have moved."""
    form = written(DATA, backend)
    moved = dict(form.moves)
    paths = [moved.get(each.source, each.source) for each in DATA]
    found = stated(pyproject(backend, form.text), [*paths, "src/spam/__init__.py"])
    assert (backend, ()) == (found.backend, found.findings)
    assert sorted((each.target, moved.get(each.source, each.source)) for each in DATA) == [
        (each.target, each.source) for each in found.files
    ]


def test_where_the_data_stand() -> None:
    """What is written stands below the keys that are read, and nothing else is read."""
    assert sorted(READ) == sorted(KEYS)
    for backend, keys in KEYS.items():
        table: Any = tomllib.loads(written(DATA, backend).text)
        for key in keys:
            table = table[key]
        assert table


def test_the_backend_inside_of_another() -> None:
    """It has the data, whatever is around it."""
    text = pyproject("hatchling", written(DATA, "hatchling").text)
    paths = [each.source for each in DATA]
    expected = stated(text, paths)
    assert len(DATA) == len(expected.files)
    for wrapper, table in (
        ("trigpoint.extensions.backend", "[tool.trigpoint]"),
        ("trigpoint.external.backend", "[tool.trigpoint.external]"),
    ):
        around = text.replace("hatchling.build", wrapper)
        assert expected == stated(f'{around}\n{table}\nbackend = "hatchling.build"\n', paths)
        # Nothing says what is inside, or it is around itself.
        for inner in ("", f'\n{table}\nbackend = "{wrapper}"\n'):
            assert ["data-unread"] == [each.code for each in stated(around + inner, paths).findings]
    both = text.replace("hatchling.build", "trigpoint.external.backend")
    both += '\n[tool.trigpoint]\nbackend = "hatchling.build"\n'
    both += '[tool.trigpoint.external]\nbackend = "trigpoint.extensions.backend"\n'
    assert expected == stated(both, paths)
    foreign = text.replace("hatchling.build", "some.wrapper")
    assert ["data-unread"] == [each.code for each in stated(foreign, paths).findings]


PARTS = st.text("ab\"'\\ $\u00e9{}\x7f", min_size=1, max_size=4).filter(
    lambda text: text.strip() == text
)


@given(st.lists(st.tuples(PARTS, PARTS), min_size=1, max_size=4, unique_by=lambda each: each[0]))
def test_any_names_survive_the_form_of_hatchling(names: list[tuple[str, str]]) -> None:
    """Quotes, backslashes and other letters are written so that TOML has them back."""
    files = {
        f"src/{source}": DataFile(f"share/{target}", f"src/{source}") for target, source in names
    }
    form = written(files.values(), "hatchling")
    found = stated(pyproject("hatchling", form.text), files)
    assert sorted(files.values(), key=lambda each: each.target) == list(found.files)


def test_a_folder_that_is_laid_out_already() -> None:
    """Nothing moves, and its name is kept."""
    files = [
        DataFile("share/man/man1/a.1", "outside/share/man/man1/a.1"),
        DataFile("etc/a", "outside/etc/a"),
    ]
    for backend in ("flit-core", "uv-build", "pdm-backend"):
        form = written(files, backend)
        assert () == form.moves
        assert '"outside' in form.text


def build(
    folder: Path, backend: str, files: Mapping[str, str], hook: str = "build_wheel"
) -> Inspection:
    """Build a wheel of *files* with *backend*, and look into it; skip where it is not installed."""
    if importlib.util.find_spec(HOOKS[backend][0]) is None:
        pytest.skip(f"{backend} is not installed")
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / "out").mkdir()
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    code = f"import {HOOKS[backend][1]} as backend; backend.{hook}('out')"
    subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=env, check=True, capture_output=True
    )
    (wheel,) = (folder / "out").glob("*.whl")
    return inspect(wheel)


_MESON = """\
project('spam', version: '1.0')
py = import('python').find_installation(pure: true)
py.install_sources('src/spam/__init__.py', subdir: 'spam')
"""
_CMAKE = "cmake_minimum_required(VERSION 3.15)\nproject(spam LANGUAGES NONE)\n"


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_form_is_built(backend: str, tmp_path: Path) -> None:
    """The backend's own wheel has each file where the table says; poetry-core has it nowhere."""
    form = written(DATA, backend)
    moved = dict(form.moves)
    files = {moved.get(each.source, each.source): "{}\n" for each in DATA}
    files["src/spam/__init__.py"] = '"""Spam."""\n__version__ = "1.0"\n'
    own = form.text if form.file == "pyproject.toml" else ""
    if backend == "poetry-core":
        own = '[tool.poetry]\ninclude = ["docs", "kernel", "config"]\n'
    files["pyproject.toml"] = pyproject(backend, own)
    if form.file == "meson.build":
        files["meson.build"] = _MESON + form.text
    if form.file == "CMakeLists.txt":
        files["CMakeLists.txt"] = _CMAKE + form.text
    wanted = {each.target for each in DATA}
    if backend == "poetry-core":
        wanted = set()
    assert wanted == set(data_of(build(tmp_path, backend, files)))


@pytest.mark.parametrize("backend", [*READ, "poetry-core"])
def test_an_editable_installation_has_copies(backend: str, tmp_path: Path) -> None:
    """With four backends, as the guide says; setuptools and poetry-core leave the data out."""
    form = written(DATA, backend)
    moved = dict(form.moves)
    files = {moved.get(each.source, each.source): "{}\n" for each in DATA}
    files["src/spam/__init__.py"] = '"""Spam."""\n__version__ = "1.0"\n'
    files["pyproject.toml"] = pyproject(backend, form.text)
    has = backend not in ("setuptools", "poetry-core")
    assert has is bool(data_of(build(tmp_path, backend, files, "build_editable")))


GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "data-inside.md"


@pytest.mark.parametrize("ignored", [False, True])
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_file_of_a_package_is_taken_along(backend: str, ignored: bool, tmp_path: Path) -> None:
    """As the guide's table says: by all but three, and by two only if git does not ignore it."""
    files = {
        "src/spam/__init__.py": '"""Spam."""\n__version__ = "1.0"\n',
        "src/spam/peaks.txt": "Breithorn 4164\n",
        "pyproject.toml": pyproject(backend, ""),
        "meson.build": _MESON,
        "CMakeLists.txt": _CMAKE,
        ".gitignore": "*.txt\n" if ignored else "",
    }
    if ignored and shutil.which("git") is None:
        pytest.skip("git is not installed")
    if ignored:
        subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    found = build(tmp_path, backend, files)
    told = {
        name: said
        for names, said in re.findall(
            r"^\| ([\w, -]+) \| (in\b.*) \|$", GUIDE.read_text("utf-8"), re.MULTILINE
        )
        for name in [names.replace("_", "-")]
    }
    said = told.get(backend, "out")
    wanted = said == "in" or (said == "in, unless git ignores it" and not ignored)
    wanted |= backend == "scikit-build-core" and not ignored
    assert wanted is any(each.path == "spam/peaks.txt" for each in found.entries)


def test_files_that_have_another_name_there() -> None:
    """Forms with folders need the file to be called as it lands; the others rename it."""
    files = [DataFile("share/man/man1/spam.1", "docs/manual.txt")]
    assert (("docs/manual.txt", "docs/spam.1"),) == written(files, "setuptools").moves
    assert "rename: 'spam.1'" in written(files, "meson-python").text
    assert 'RENAME "spam.1"' in written(files, "scikit-build-core").text


def test_letters_that_a_form_has_to_escape() -> None:
    """Quotes, backslashes and dollars are those of the name, in the words of Meson and CMake."""
    files = [DataFile('s/it\'s \\ "$x"', 'a/it\'s \\ "$x"'), DataFile("top", "b'")]
    assert (
        r"""install_data('a/it\'s \\ "$x"', install_dir: get_option('datadir') / 's')"""
        "\n"
        r"""install_data('b\'', install_dir: get_option('datadir'), rename: 'top')"""
        "\n"
    ) == written(files, "meson-python").text
    assert (
        r"""install(FILES "a/it's \\ \"\$x\"" DESTINATION "${SKBUILD_DATA_DIR}/s")"""
        "\n"
        r"""install(FILES "b'" DESTINATION "${SKBUILD_DATA_DIR}" RENAME "top")"""
        "\n"
    ) == written(files, "scikit-build-core").text


def test_where_a_form_goes() -> None:
    """Two backends have their data in a file of what builds, and the others in pyproject.toml."""
    elsewhere = {"meson-python": "meson.build", "scikit-build-core": "CMakeLists.txt"}
    for backend in BACKENDS:
        file = elsewhere.get(backend, "pyproject.toml")
        assert file == written(DATA, backend).file
        messages = [each.message for each in stated(pyproject(backend, ""), []).findings]
        unread = [f"data of {backend} stand in {file}, which is not read"]
        assert (unread if backend in elsewhere else []) == messages


def test_one_source_for_two_places() -> None:
    """Hatchling's table has sources as keys, which the note says."""
    files = [DataFile("share/a", "x"), DataFile("share/b", "x")]
    assert any("two" in note for note in written(files, "hatchling").notes)
    assert not any("two" in note for note in written(files[:1], "hatchling").notes)


def test_a_target_at_the_top() -> None:
    """It has no folder in any form."""
    files = [DataFile("share/a", "a"), DataFile("b", "b")]
    assert "install_dir: get_option('datadir'))" in written(files, "meson-python").text
    assert 'DESTINATION "${SKBUILD_DATA_DIR}")' in written(files, "scikit-build-core").text


@pytest.mark.parametrize(
    ("backend", "text", "expected"),
    [
        ("hatchling", '[tool.hatch.build.targets.wheel.shared-data]\n"d" = "share/d"', [("share/d/e/f", "d/e/f"), ("share/d/x", "d/x")]),
        ("hatchling", '[tool.hatch.build.targets.wheel.shared-data]\n"./d/" = ""', [("e/f", "d/e/f"), ("x", "d/x")]),
        ("setuptools", '[tool.setuptools.data-files]\n"share" = ["d/*", "d/e/*"]', [("share/f", "d/e/f"), ("share/x", "d/x")]),
        ("pdm-backend", '[tool.pdm.build.wheel-data]\ndata = ["d/**/f"]', [("f", "d/e/f")]),
        ("pdm-backend", '[tool.pdm.build.wheel-data]\ndata = [{ path = "d/**", relative-to = "." }]', [("d/e/f", "d/e/f"), ("d/x", "d/x")]),
        ("hatchling", "", []),
        ("setuptools", "", []),
        ("flit-core", "", []),
        ("pdm-backend", "", []),
        ("flit-core", "[tool.flit.external-data]", []),
        ("uv-build", '[tool.uv.build-backend.data]\nscripts = "d"', []),
        ("pdm-backend", '[tool.pdm.build.wheel-data]\nscripts = ["d/*"]', []),
    ],
)  # fmt: skip
def test_forms_that_people_write(backend: str, text: str, expected: list[tuple[str, str]]) -> None:
    """Folders and patterns are spread out over the files that there are."""
    found = stated(pyproject(backend, text), ["d/x", "d/e/f", "y"])
    assert expected == [(each.target, each.source) for each in found.files]
    assert () == found.findings


@pytest.mark.parametrize(
    ("backend", "text", "code"),
    [
        ("hatchling", '[tool.hatch.build.targets.wheel.shared-data]\n"gone" = "share/d"', "data-missing"),
        ("hatchling", "[tool.hatch.build.targets.wheel]\nshared-data = 3", "data-form"),
        ("hatchling", "[tool.hatch.build.targets.wheel.shared-data]\na = 3", "data-form"),
        ("setuptools", '[tool.setuptools.data-files]\n"share" = ["gone"]', "data-missing"),
        ("setuptools", '[tool.setuptools.data-files]\n"share" = "gone"', "data-form"),
        ("setuptools", '[tool.setuptools.data-files]\n"share" = [1]', "data-form"),
        ("setuptools", "[tool.setuptools]\ndata-files = 1", "data-form"),
        ("flit-core", '[tool.flit.external-data]\ndirectory = "gone"', "data-missing"),
        ("flit-core", "[tool.flit.external-data]\ndirectory = 3", "data-form"),
        ("uv-build", '[tool.uv.build-backend.data]\ndata = "gone"', "data-missing"),
        ("pdm-backend", '[tool.pdm.build.wheel-data]\ndata = ["gone"]', "data-missing"),
        ("pdm-backend", "[tool.pdm.build.wheel-data]\ndata = [1]", "data-form"),
        ("pdm-backend", "[tool.pdm.build.wheel-data]\ndata = 1", "data-form"),
        ("pdm-backend", '[tool.pdm.build.wheel-data]\ndata = [{ path = "d/x", relative-to = 1 }]', "data-form"),
        ("meson-python", "", "data-unread"),
        ("scikit-build-core", "", "data-unread"),
    ],
)  # fmt: skip
def test_forms_that_are_wrong(backend: str, text: str, code: str) -> None:
    """What cannot be read, or is not there, is a finding."""
    found = stated(pyproject(backend, text), ["d/x"])
    assert ([code], ()) == ([each.code for each in found.findings], found.files)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("../out", "data-unread"),
        ("..", "data-unread"),
        ("a/../../out", "data-unread"),
        ("/abs/x", "data-unread"),
        ("~/x", "data-unread"),
        ("~me/x", "data-unread"),
        ("C:/x", "data-unread"),
        ("..out", "data-missing"),
        ("a/../out", "data-missing"),
        ("x~", "data-missing"),
    ],
)
def test_sources_outside_of_the_project(source: str, code: str) -> None:
    """Hatchling takes them, and whether they are there cannot be seen."""
    text = f'[tool.hatch.build.targets.wheel.shared-data]\n"{source}" = "share/d"'
    found = stated(pyproject("hatchling", text), ["d/x"])
    assert ([code], ()) == ([each.code for each in found.findings], found.files)
    assert repr(source) in found.findings[0].message


def test_a_source_that_looks_like_a_home() -> None:
    """A file of the project is taken where it is one."""
    text = '[tool.hatch.build.targets.wheel.shared-data]\n"~x" = "share/x"'
    found = stated(pyproject("hatchling", text), ["~x"])
    assert ((DataFile("share/x", "~x"),), ()) == (found.files, found.findings)


def test_files_that_are_no_pyproject() -> None:
    """No text raises; without a build system it is setuptools."""
    assert ["data-form"] == [each.code for each in stated("[", []).findings]
    assert ["data-unread"] == [
        each.code for each in stated('[build-system]\nbuild-backend = "x"', []).findings
    ]
    assert ("setuptools", ()) == (stated("", []).backend, stated("", []).findings)
    assert "setuptools" == stated("build-system = 3", []).backend


@pytest.mark.parametrize("more", [0, 1])
def test_many_files(more: int) -> None:
    """As many are read; of more, the rest is told."""
    text = pyproject("flit-core", '[tool.flit.external-data]\ndirectory = "data"')
    found = stated(text, [f"data/{number}" for number in range(MOST_DATA + more)])
    assert MOST_DATA == len(found.files)
    assert ["data-unread"] * more == [each.code for each in found.findings]


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("a/*", "a/b", True),
        ("a/*", "a/b/c", False),
        ("**/c", "a/b/c", True),
        ("**/c", "c", True),
        ("a/**/c", "a/c", True),
        ("a/**/c", "b/c", False),
        ("*.p*y", "a.py", True),
        ("*.p*y", "a.pxx", False),
        ("a*b*c", "abc", True),
        ("a*bb*c", "abc", False),
        ("ab*ba", "aba", False),
        ("x*", "a", False),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    """Stars stand for letters of one part, two for any number of parts."""
    text = pyproject("pdm-backend", f'[tool.pdm.build.wheel-data]\ndata = ["{pattern}"]')
    assert fits is bool(stated(text, [path]).files)


@pytest.mark.parametrize(
    ("target", "codes"),
    [
        *((f"{root}/x", []) for root in ROOTS),
        ("share/jupyterx/a", ["data-root"]),
        ("share/jupyter", ["data-root"]),
        ("spam/data", ["data-root"]),
        ("../x", ["data-path"]),
        ("/etc/x", ["data-path"]),
        ("C:/x", ["data-path"]),
    ],
)
def test_roots(target: str, codes: list[str]) -> None:
    """Data lie below a folder that is allowed, and never above the prefix."""
    assert codes == [each.code for each in check({target: 1})]


def test_a_policy_of_ones_own() -> None:
    """Folders and budget are the reader's."""
    policy = Policy(("share/spam/",), 5)
    assert [] == [each.code for each in check({"share/spam/x": 5}, policy)]
    assert ["data-root", "data-size"] == [each.code for each in check({"share/man/x": 6}, policy)]


def test_the_budget() -> None:
    """As much is allowed, and one byte more is told."""
    assert () == check({"share/man/a": BUDGET})
    assert ["data-size"] == [each.code for each in check({"share/man/a": BUDGET, "share/man/b": 1})]


def test_data_of_a_wheel() -> None:
    """Those of the scheme data, by target."""
    wheel = Wheel(
        {"spam-1.0.data/data/share/man/a": b"12", "spam-1.0.data/scripts/x": b"", "spam.py": b""}
    )
    assert {"share/man/a": 2} == data_of(wheel.inspected())
