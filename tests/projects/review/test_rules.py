"""What each check takes into account, besides the case that it is for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")

from trigpoint.findings import apply_fix
from trigpoint.projects.globs import LONGEST_PATTERN
from trigpoint.projects.review.checks.floors import FLOORS
from trigpoint.projects.review.checks.pythons import MOST_CLAUSES, MOST_MINORS, lowest_minor
from trigpoint.versions import specifiers

from .cases import (
    CD,
    CHECKOUT,
    CI,
    FROM_GIT,
    GROUPS,
    IDENTITY,
    NOXFILE,
    PUBLISH,
    SDIST,
    SETUPTOOLS,
    TABLE,
    WHEEL,
    Files,
    publishing,
    pythons,
    sdist,
    wheel,
    workflow,
)
from .test_checks import verdict


def outcome(code: str, files: Files) -> str:
    return verdict(code, files).outcome


def fix(code: str, files: Files) -> str | None:
    """Return what the fix of the only finding puts in place."""
    [found] = verdict(code, files).found
    assert found.finding.fix
    return found.finding.fix.replacement


# -- Python -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("allowed", "lowest"),
    [
        (">=3.9.2,<4", "3.9"), (">=3.11", "3.11"), (">3.8,<3.12", "3.8"), ("", "3.0"), (">=4", None),
        (f">=3.{MOST_MINORS - 1}", f"3.{MOST_MINORS - 1}"), (f">=3.{MOST_MINORS}", None),
        (">=3.7,!=3.7.*", "3.8"), ("==3.12.7", "3.12"), (">=3.9.3,<3.9.5", "3.9"),
        (">3.9.3,<3.9.5", "3.9"), (">=3.9.30,!=3.9.30,<3.9.31", None), ("==3.9.4.*", "3.9"),
        ("===3.11.6", "3.11"), ("===one", None), ("<3.0.1", "3.0"), ("~=3.10.13", "3.10"),
        (f">=3.9.3,<3.9.5{''.join(f',!=2.{i}' for i in range(MOST_CLAUSES - 2))}", "3.9"),
    ],
)  # fmt: skip
def test_lowest_version(allowed: str, lowest: str | None) -> None:
    """The first minor version of which a release is allowed."""
    assert lowest == lowest_minor(specifiers(allowed))


_THIRD = st.sampled_from([0, 1, 2, 3, 5, 8, 20, 40])


@given(
    st.lists(
        st.builds(
            "{}3.{}.{}".format,
            st.sampled_from([">=", ">", "<=", "<", "==", "!=", "~="]),
            st.sampled_from([9, 10]),
            _THIRD,
        )
        | st.builds("{}3.{}{}".format, st.sampled_from(["==", "!="]), _THIRD, st.just(".*")),
        max_size=4,
    )
)
def test_lowest_version_of_all(clauses: list[str]) -> None:
    """It is the first of which any release at all is allowed, as trying all of them says."""
    allowed = specifiers(",".join(clauses))
    tried = (
        f"3.{minor}"
        for minor in range(MOST_MINORS)
        if any(allowed.contains(f"3.{minor}.{patch}") for patch in range(50))
    )
    assert next(tried, None) == lowest_minor(allowed)


def test_more_clauses_than_are_looked_at() -> None:
    """Behind the bound a third number is found by chance only: the last of these is not asked for."""
    text = ",".join(f"!=1.{i}" for i in range(MOST_CLAUSES)) + ",==3.9.44"
    assert lowest_minor(specifiers(text)) is None
    assert "3.9" == lowest_minor(specifiers(text.removeprefix("!=1.0,")))


@pytest.mark.parametrize("written", ["3.11.4", "3.11-dev", "3.11.0t", "3.11-devt"])
def test_spellings_of_one_python(written: str) -> None:
    """A release, a preview and a free-threaded build are of their minor version."""
    files = {"pyproject.toml": TABLE.replace(">=3.11", "==3.11.*"), **pythons(f'"{written}"')}
    assert "passed" == outcome("review-python-refused", files)
    assert "passed" == outcome("review-python-untested", files)


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("import nox\nPYTHONS = nox.project.python_versions(nox.project.load_toml())\n", "passed"),
        ('import nox\n@nox.session(python=["3.11"])\ndef a(s): ...\n', "passed"),
        ("import nox\n@nox.session\ndef a(s): ...\n", "failed"),
    ],
)
def test_versions_that_nox_chooses(program: str, expected: str) -> None:
    """They need not stand in a workflow."""
    files = {"pyproject.toml": TABLE, "noxfile.py": program, **pythons('"3.13"')}
    assert expected == outcome("review-python-untested", files)


def test_checkers_that_are_not_set() -> None:
    """Without a setting, or a Python that is allowed, there is nothing to compare."""
    mypy = '[tool.mypy]\npython_version = "3.11"\n'
    for text, expected in (
        (TABLE, "skipped"),
        (TABLE + mypy, "passed"),
        (TABLE.replace(">=3.11", ">=4") + mypy, "skipped"),
        (TABLE.replace('requires-python = ">=3.11"', "") + mypy, "skipped"),
    ):
        assert expected == outcome("review-python-checker", {"pyproject.toml": text})


def test_license_files_that_cannot_be_looked_for() -> None:
    """Of a pattern that is too long nobody says that it finds nothing."""
    for length, number in ((LONGEST_PATTERN, 1), (LONGEST_PATTERN + 1, 0)):
        text = f'{TABLE}license = "MIT"\nlicense-files = ["{"x" * length}"]\n'
        assert number == len(verdict("review-pyproject", {"pyproject.toml": text}).found)


def test_constraints_are_requirement_files() -> None:
    """What is wrong in them is told, too."""
    assert "failed" == outcome("review-requirements", {"constraints.txt": "spam==one\n"})
    assert "passed" == outcome("review-requirements", {"constraints.txt": "spam==1\n"})


def test_one_release_that_is_allowed() -> None:
    """Whoever requires one release of a version may test with that version."""
    text = TABLE.replace(">=3.11", "==3.12.7")
    files = {"pyproject.toml": text, **pythons('"3.12"')}
    assert "passed" == outcome("review-python-refused", files)
    files = {"pyproject.toml": text, **pythons('"3.13"')}
    assert "failed" == outcome("review-python-refused", files)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (workflow("run: x", job='    strategy: {matrix: {py: ["3.12"]}}\n'), "failed"),
        (workflow("run: x", job='    strategy: {matrix: {python: ["3.11"]}}\n'), "passed"),
        (workflow("run: x", job='    strategy: {matrix: {include: [{python-version: "3.11"}]}}\n'), "passed"),
        (workflow("uses: actions/setup-python@v6\n        with: {python-version: '3.12'}"), "failed"),
        (workflow("uses: actions/setup-python@v6\n        with:\n          python-version: |\n            3.11\n            3.13"), "passed"),
        (workflow("uses: actions/setup-python@v6\n        with: {python-version: '${{ matrix.x }}'}"), "skipped"),
        (workflow("uses: actions/setup-python@v6\n        with: {python-version: pypy3.11}"), "skipped"),
    ],
)  # fmt: skip
def test_versions_that_a_workflow_sets_up(text: str, expected: str) -> None:
    """In a matrix, in what it includes, and in a step."""
    assert expected == outcome("review-python-untested", {"pyproject.toml": TABLE, CI: text})


def test_versions_that_a_tool_chooses() -> None:
    """Where tox or nox choose, workflows do not show what is tested; nothing allowed is no lowest."""
    files = {"pyproject.toml": TABLE, **pythons('"3.12"')}
    assert "passed" == outcome("review-python-untested", {**files, "tox.ini": ""})
    assert "passed" == outcome(
        "review-python-untested", {**files, "noxfile.py": NOXFILE.format('"x"')}
    )
    nothing = {**files, "pyproject.toml": TABLE.replace(">=3.11", ">=4")}
    assert "passed" == outcome("review-python-untested", nothing)
    assert "skipped" == outcome(
        "review-python-untested", {**files, "pyproject.toml": TABLE.replace(">=3.11", ">>3")}
    )


@pytest.mark.parametrize(
    "more",
    [
        {"pixi.toml": ""},
        {".circleci/config.yml": ""},
        {".gitlab-ci.yml": ""},
        {"pyproject.toml": f"{TABLE}[tool.tox]\nenv_list = ['3.11']\n"},
        {"pyproject.toml": f"{TABLE}[[tool.hatch.envs.test.matrix]]\npython = ['3.11']\n"},
        {
            ".github/workflows/other.yml": workflow(
                "run: x", job="    env: {WHICH: test-py311-min}\n"
            )
        },
        {".github/workflows/other.yml": workflow("run: conda create python=3.11")},
        {".github/workflows/other.yml": workflow("uses: prefix-dev/setup-pixi@v0.9")},
        {
            ".github/workflows/other.yml": "jobs:\n  a:\n    uses: x/y/.github/workflows/test.yml@v1\n"
        },
        {".github/workflows/other.yml": "jobs: {a"},
    ],
)
def test_versions_that_are_chosen_elsewhere(more: dict[str, str]) -> None:
    """Another file, another tool or another workflow may test with the oldest, so nothing is said."""
    files = {"pyproject.toml": TABLE, **pythons('"3.12"')}
    assert "passed" == outcome("review-python-untested", {**files, **more})


@pytest.mark.parametrize(
    "more",
    [
        {"pyproject.toml": f"{TABLE}[tool.hatch]\nbuild = {{}}\n"},
        {".github/workflows/other.yml": "jobs:\n  a:\n    uses: ./.github/workflows/ci.yml\n"},
        {".github/workflows/other.yml": workflow("uses: actions/checkout@v13.11")},
        {".github/workflows/other.yml": workflow("run: x-3.110")},
        {"docs/tox.ini": ""},
    ],
)
def test_versions_that_nothing_else_chooses(more: dict[str, str]) -> None:
    """What only looks like it keeps nothing back."""
    files = {"pyproject.toml": TABLE, **pythons('"3.12"')}
    assert "failed" == outcome("review-python-untested", {**files, **more})


@pytest.mark.parametrize(
    ("written", "allowed", "better"),
    [
        ("3.10", ">=3.8", ""),
        ("3.8", ">=3.8", ""),
        ("3.12", ">=3.8", "3.10"),
        ("3.10", ">=3.11", "3.11"),
    ],
)
def test_a_version_that_the_checker_refuses(written: str, allowed: str, better: str) -> None:
    """Mypy takes 3.10 and later, so a project for 3.8 cannot say 3.8 to it, and is not told to."""
    table = f'{TABLE.replace(">=3.11", allowed)}[tool.mypy]\npython_version = "{written}"\n'
    if better:
        assert better == fix("review-python-checker", {"pyproject.toml": table})
    else:
        assert "passed" == outcome("review-python-checker", {"pyproject.toml": table})


def test_a_number_on_read_the_docs() -> None:
    """It reads YAML as well."""
    text = "build:\n  tools:\n    python: 3.10\n"
    assert '"3.10"' == fix("review-python-float", {".readthedocs.yml": text})


@pytest.mark.parametrize(
    ("table", "better"),
    [
        ('[tool.ruff]\ntarget-version = "py39"', "py311"),
        ('[tool.pyright]\npythonVersion = "3.13"', "3.11"),
        ('[tool.ty.environment]\npython-version = "3.9"', "3.11"),
        ('[tool.mypy]\npython_version = "x"', ""),
    ],
)
def test_checkers_with_another_version(table: str, better: str) -> None:
    """Each in the spelling of the tool; what is no version is left to it."""
    files = {"pyproject.toml": f"{TABLE}{table}\n"}
    if better:
        assert better == fix("review-python-checker", files)
    else:
        assert "passed" == outcome("review-python-checker", files)


# -- tools --------------------------------------------------------------------------------


def test_floors_have_sources() -> None:
    """Each row says where it was read."""
    assert all(each.source and each.version for each in FLOORS)


CIBW = f'{GROUPS}[tool.cibuildwheel]\ntest-groups = ["dev"]\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"pyproject.toml": CIBW, CI: workflow("uses: pypa/cibuildwheel@v2.21.3")}, None),
        ({"pyproject.toml": CIBW, CI: workflow("uses: pypa/cibuildwheel@v2.22")}, "passed"),
        ({"pyproject.toml": CIBW, CI: workflow("uses: pypa/cibuildwheel@v2")}, "passed"),
        ({"pyproject.toml": GROUPS, CI: "env: {CIBW_TEST_GROUPS: dev}\n" + workflow("uses: pypa/cibuildwheel@v2.16")}, None),
        ({"tox.ini": "[tox]\nmin_version = 4.20\n[testenv]\ndependency_groups = dev\n"}, "4.22.0"),
        ({"tox.ini": "[tox]\nrequires =\n  tox>=4.2\n[testenv]\ndependency_groups = dev\n"}, "4.22.0"),
        ({"tox.ini": "[tox]\nmin_version = x\n[testenv]\ndependency_groups = dev\n"}, "passed"),
        ({"pyproject.toml": f'{GROUPS}t = ["tox>=4"]\n[tool.tox.env_run_base]\ndependency_groups = ["dev"]\n'}, "4.22.0"),
        ({"pyproject.toml": '[tool.pytest]\nminversion = "8.0"\n'}, "9.0"),
        ({"pyproject.toml": '[tool.pytest.ini_options]\nminversion = "8.0"\n'}, "skipped"),
        ({"noxfile.py": 'nox.needs_version = ">=2024.3"\n' + NOXFILE.format('*nox.project.dependency_groups(P, "a")')}, "2025.2.9"),
        ({"noxfile.py": '# /// script\n# dependencies = ["nox>=2024"]\n# ///\n' + NOXFILE.format('*nox.project.dependency_groups(P, "a")')}, "2025.2.9"),
    ],
)  # fmt: skip
def test_floors(files: Files, expected: str | None) -> None:
    """Wherever a project says how old a tool may be."""
    code = "review-tool-floor"
    if expected in ("passed", "skipped"):
        assert expected == outcome(code, files)
    else:
        assert expected == fix(code, files)
        assert expected is None or "passed" == outcome(code, carried_out(code, files))


def carried_out(code: str, files: Files) -> Files:
    """Return *files* with the fixes of the check *code*, the last of a file first."""
    text = {path: each for path, each in files.items() if isinstance(each, str)}
    for each in reversed(verdict(code, files).found):
        assert each.finding.fix
        text[each.path] = apply_fix(text[each.path], each.finding.fix)
    return {**files, **text}


PIP_GROUP = workflow("run: pip install --group dev")
UV_GROUP = workflow("run: uv pip install --group dev")
MARKED = [
    (f'{GROUPS}t = ["pip>=24"]\n', {CI: UV_GROUP}, []),
    (f'{GROUPS}t = ["pip>=25.1"]\n', {CI: PIP_GROUP}, []),
    (f'{GROUPS}t = ["pip>=24"]\n', {CI: workflow("run: pip3 install --group=dev")}, ["24"]),
    (f'{GROUPS}t = ["pip>=24"]\n', {CI: workflow("run: pip install x; uv sync --group dev")}, []),
    (CIBW + 'more = "cibuildwheel>=2"\n', {}, []),
    (f'{GROUPS}t = ["cibuildwheel >= 2.1, <3"]\n[tool.cibuildwheel]\ntest-groups = ["dev"]\n', {}, ["2.1"]),
    (
        f'{TABLE}[project.optional-dependencies]\nt = ["cibuildwheel>=2.1"]\n{CIBW.removeprefix(TABLE)}',
        {}, ["2.1"],
    ),
    (f'{GROUPS}t = ["tox>=4", "Tox>=4.21", "tox<5", "toxic>=4", "tox>=4.22"]\n[tool.tox.env_run_base]\ndependency_groups = ["dev"]\n', {}, ["4", "4.21"]),
    ('[tool.pytest]\nminversion = "8.4.2"\n', {}, ["8.4.2"]),
    ('[tool.pytest]\nminversion = "9"\n', {}, []),
    (GROUPS, {"tox.ini": "[tox]\nminversion = 4.20.1\n[testenv]\ndependency_groups = dev\n"}, ["4.20.1"]),
    (GROUPS, {"noxfile.py": 'nox.needs_version = ">= 2024.3.2"\n' + NOXFILE.format('*nox.project.dependency_groups(P, "dev")')}, ["2024.3.2"]),
    (GROUPS, {"noxfile.py": '#!/usr/bin/env python\n# /// script\n# dependencies = [ "a", "nox>=2024.1"]\n# ///\n' + NOXFILE.format('*nox.project.dependency_groups(P, "dev")')}, ["2024.1"]),
    (f'{GROUPS}t = ["pip>=24", "nox>=2020", "tox>=3", "pytest>=7"]\n', {CI: PIP_GROUP}, ["24"]),
    (f'{GROUPS}t = ["nox>=2020", "tox>=3"]\n', {"noxfile.py": NOXFILE.format('".", "--group", "dev"')}, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "more", "marked"), MARKED)
def test_versions_that_are_too_low(text: str, more: Files, marked: list[str]) -> None:
    """Each is marked, and nothing around it; what is not used needs no version."""
    files = {"pyproject.toml": text, **more}
    found = verdict("review-tool-floor", files).found
    spans = [(files[each.path], each.finding.span) for each in found]
    assert marked == [said[span.start : span.end] for said, span in spans if span]
    if marked:
        assert "passed" == outcome("review-tool-floor", carried_out("review-tool-floor", files))


# -- builds -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "more", "expected"),
    [
        ("", {"setup.py": ""}, "skipped"),
        ("", {"setup.cfg": ""}, "skipped"),
        ('[tool.setuptools]\npackages = ["spam"]\n', {}, "skipped"),
        ("", {"src/x/__init__.py": ""}, "passed"),
        ("", {"data/load.py": "", "docs/conf.py": ""}, "failed"),
        ("", {"docs/conf.py": "", "not-a-name/x.py": ""}, "passed"),
    ],
)
def test_packages_that_setuptools_finds(table: str, more: Files, expected: str) -> None:
    """Where it looks itself, and nothing at the top has another meaning."""
    text = f'{SETUPTOOLS}[project]\nname = "spam"\nversion = "1"\n{table}'
    files = {"pyproject.toml": text, "spam/__init__.py": "", **more}
    assert expected == outcome("review-layout-several", files)


COMPILED = TABLE.replace('"hatchling>=1.27"', '"meson-python"').replace(
    "hatchling.build", "mesonpy"
)


@pytest.mark.parametrize(
    ("table", "more", "expected"),
    [
        (COMPILED, {}, "failed"),
        (TABLE, {}, "passed"),
        (
            f'{COMPILED}[tool.pytest.ini_options]\naddopts = ["--import-mode=importlib"]\n',
            {},
            "passed",
        ),
        (COMPILED.replace('"spam"', '"eggs"'), {}, "passed"),
        (TABLE, {"test/__init__.py": "", "test/a/test_b.py": ""}, "failed"),
    ],
)
def test_flat_layouts(table: str, more: Files, expected: str) -> None:
    """An extension is missing beside the tests; a folder of tests that is a package puts it first."""
    files = {"pyproject.toml": table, "spam/__init__.py": "", "tests/test_a.py": "", **more}
    assert expected == outcome("review-layout-flat", files)


DYNAMIC = '[project]\nname = "spam"\ndynamic = ["version"]\n'


@pytest.mark.parametrize(
    ("table", "more", "expected"),
    [
        (SETUPTOOLS + DYNAMIC, {"setup.py": ""}, "passed"),
        (SETUPTOOLS.replace("]", ', "setuptools-scm"]', 2).replace("[build-system, \"setuptools-scm\"]", "[build-system]") + DYNAMIC, {}, "passed"),
        (TABLE.partition("[project]")[0] + DYNAMIC, {}, "failed"),
        (TABLE.partition("[project]")[0] + DYNAMIC + '[tool.hatch.version]\npath = "x"\n', {}, "passed"),
        ('[build-system]\nbuild-backend = "other"\n' + DYNAMIC, {}, "passed"),
    ],
)  # fmt: skip
def test_versions_from_somewhere(table: str, more: Files, expected: str) -> None:
    """A program, a plugin or a table gives it; of other backends nothing is known."""
    assert expected == outcome("review-version-nowhere", {"pyproject.toml": table, **more})


FILLED = '[tool.setuptools.dynamic]\nversion = { file = "V" }\nentry-points = { file = "e.txt" }\n'


def listing(key: str) -> str:
    """Return a table whose version and *key* are dynamic."""
    return DYNAMIC.replace('"version"', f'"version", "{key}"')


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (SETUPTOOLS + DYNAMIC + FILLED, "failed"),
        # setuptools is the backend where none is named.
        (DYNAMIC + FILLED, "failed"),
        (SETUPTOOLS + listing("entry-points") + FILLED, "passed"),
        (SETUPTOOLS + listing("gui-scripts") + FILLED, "passed"),
        (
            SETUPTOOLS + DYNAMIC + FILLED.replace("[tool", '[project.scripts]\na = "b:c"\n[tool'),
            "passed",
        ),
        # The file itself has an error where there is no version.
        (
            f'{SETUPTOOLS}[project]\nname = "spam"\n[tool.setuptools.dynamic]\nversion = {{ file = "V" }}\n',
            "passed",
        ),
        (TABLE + FILLED, "skipped"),
        (SETUPTOOLS + DYNAMIC, "skipped"),
        (SETUPTOOLS + FILLED, "skipped"),
    ],
)
def test_values_that_setuptools_fills_in(table: str, expected: str) -> None:
    """Each is listed as dynamic; one file of entry points is about three keys, and either will do."""
    assert expected == outcome("review-dynamic-unlisted", {"pyproject.toml": table})


@pytest.mark.parametrize(
    ("program", "requires", "wrong"),
    [
        ("from Cython.Build import cythonize", '"cython"', 0),
        ("import skbuild", "", 1),
        ("import spam", "", 1),
        ("from . import x\nfrom os import path", "", 0),
        ("import pkg_resources, distutils.core", "", 0),
    ],
)
def test_imports_of_setup(program: str, requires: str, wrong: int) -> None:
    """What setuptools brings, the build lists or Python has is there; the project itself is not."""
    table = f'[build-system]\nrequires = ["setuptools", {requires}]\n'
    table += 'build-backend = "setuptools.build_meta"\n'
    files = {"pyproject.toml": table, "setup.py": program, "spam/__init__.py": ""}
    assert wrong == len(verdict("review-setup-import", files).found)


@pytest.mark.parametrize(
    ("program", "wrong"),
    [
        ("import sys\nsys.path.insert(0, 'spam')\nfrom _common import A\nimport deep.er", 0),
        ("from _common import A\nimport sys\nsys.path.insert(0, 'spam')", 1),
        ("import sys\nsys.path.insert(0, 'spam')\nimport other, data", 2),
    ],
)
def test_imports_from_a_folder_that_setup_adds(program: str, wrong: int) -> None:
    """What lies in some folder may be found once one is put into sys.path, and is no requirement."""
    table = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
    files = {"pyproject.toml": table, "setup.py": program, "spam/_common.py": ""}
    files |= {"lib/deep/__init__.py": "", "spam/data.txt": ""}
    assert wrong == len(verdict("review-setup-import", files).found)


def test_files_that_setup_reads() -> None:
    """A plugin for git ships what is tracked, and so does a pattern."""
    files = {
        "setup.py": 'open("a.txt")\nopen(x)\nf("a.txt")\n',
        "a.txt": "",
        "pyproject.toml": SETUPTOOLS,
    }
    assert "failed" == outcome("review-setup-file", files)
    assert "passed" == outcome("review-setup-file", {**files, "MANIFEST.in": "include *.txt\n"})
    scm = SETUPTOOLS.replace('"]', '", "setuptools-scm"]')
    assert "passed" == outcome("review-setup-file", {**files, "pyproject.toml": scm})


def test_wheels_that_are_not_compared() -> None:
    """Of another version, or that cannot be read."""
    other = "dist/spam-2.0.tar.gz"
    assert "skipped" == outcome("review-wheel-sdist", {WHEEL: wheel("a.py"), other: sdist()})
    assert "skipped" == outcome("review-wheel-tops", {WHEEL: b"PK\3\4"})
    many = verdict(
        "review-wheel-sdist", {WHEEL: wheel(*(f"s/{i}.py" for i in range(5))), SDIST: sdist()}
    )
    assert "and 2 more is in the wheel" in many.found[0].finding.message


# -- workflows ----------------------------------------------------------------------------


def test_actions() -> None:
    """Hashes, tags, versions of one number, what a job calls, and what is put together."""
    good = ("a/b@" + "0" * 40, "a/b@v1", "a/b@1.2.3", "a/b@v1-beta", "${{ x }}@main")
    bad = ("a/b@release/v1", "a/b@stable")
    for uses in good:
        assert "passed" == outcome("review-action-mutable", {CI: workflow(f"uses: {uses}")})
    for uses in bad:
        assert "failed" == outcome("review-action-mutable", {CI: workflow(f"uses: {uses}")})
    called = "on: push\npermissions: {}\njobs:\n  a:\n    uses: a/b/.github/workflows/c.yml@main\n"
    assert "failed" == outcome("review-action-mutable", {CI: called})


@pytest.mark.parametrize(
    ("top", "job", "expected"),
    [
        ("permissions: write-all\n", "", "failed"),
        ("permissions: read-all\n", "", "passed"),
        ("permissions: {contents: write}\n", "    permissions: {contents: read}\n", "passed"),
        ("permissions: {contents: write}\n", "", "failed"),
    ],
)
def test_rights_of_a_job(top: str, job: str, expected: str) -> None:
    """Its own, or else those of the workflow."""
    text = workflow("uses: a/b@v1", "uses: actions/checkout@v7", top=top, job=job)
    assert expected == outcome("review-action-trusted", {CI: text})


def test_permissions() -> None:
    """Where a token is used, or the form is unusual, the fix is words; a called workflow needs none."""
    code = "review-workflow-permissions"
    assert "permissions:\n  contents: read\n\n" == fix(code, {CI: workflow(CHECKOUT, top="")})
    token = workflow("run: gh release create", top="")
    assert fix(code, {CI: token}) is None
    flow = "{on: push, jobs: {a: {steps: []}}}"
    assert fix(code, {CI: flow}) is None
    assert "passed" == outcome(code, {CI: workflow(CHECKOUT, top="", on="workflow_call")})
    assert "passed" == outcome(code, {CI: workflow(CHECKOUT, top="", job="    permissions: {}\n")})


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("run: hatch build", "failed"), ("run: uvx cibuildwheel", "failed"), ("run: cibuildwheel .", "failed"),
        ("run: python setup.py sdist", "failed"), ("uses: pypa/cibuildwheel@v4", "failed"),
        ("run: make build", "skipped"), ("run: python setup.py test", "skipped"),
        ("run: python -m build --sdist sub", "failed"), ("run: pip install .", "skipped"),
        ("run: pip install hatch build", "skipped"),
    ],
)  # fmt: skip
def test_what_builds(step: str, expected: str) -> None:
    """Commands and actions that make distributions."""
    files = {"pyproject.toml": FROM_GIT, CI: workflow(CHECKOUT, step)}
    assert expected == outcome("review-checkout-depth", files)


@pytest.mark.parametrize(
    ("checkout", "text"),
    [
        (
            f"{CHECKOUT}\n        with:\n          persist-credentials: false",
            "          fetch-depth: 0\n",
        ),
        (f"{CHECKOUT}\n        with: {{a: b}}", None),
        (f"name: x\n        {CHECKOUT}", "        with:\n          fetch-depth: 0\n"),
        (f"{{{CHECKOUT}}}", None),
        (f"{CHECKOUT}\n        with: {{}}", None),
    ],
)
def test_fetching_tags(checkout: str, text: str | None) -> None:
    """The line is added where the form is plain."""
    files = {"pyproject.toml": FROM_GIT, CI: workflow(checkout, "run: uv build")}
    assert text == fix("review-checkout-depth", files)


@pytest.mark.parametrize(
    ("steps", "words", "expected"),
    [
        (["run: git fetch --prune --unshallow", "run: uv build"], {}, "passed"),
        (["run: git pull --tags", "run: uv build"], {}, "passed"),
        (["run: git status", "run: uv build"], {}, "failed"),
        (["run: uv build"], {"job": "    env: {SETUPTOOLS_SCM_PRETEND_VERSION: 1}\n"}, "passed"),
        (["run: uv build"], {"on": "{push: {tags: ['*']}}"}, "passed"),
        (["run: uv build"], {"on": "{release: {types: [published]}}"}, "passed"),
        (["run: uv build"], {"on": "release"}, "passed"),
        (["run: uv build"], {"on": "[release]"}, "passed"),
        (["run: uv build"], {"on": "[push, release]"}, "failed"),
        (["run: uv build"], {"on": "push"}, "failed"),
        (["run: uv build"], {"on": "{push: {tags: ['*'], branches: [main]}}"}, "failed"),
        (["run: uv build"], {"on": "{push: }"}, "failed"),
        (["run: uv build"], {"on": "{push: {tags: ['*']}, pull_request: }"}, "failed"),
        (["run: cibuildwheel --print-build-identifiers"], {}, "skipped"),
    ],
)
def test_versions_without_the_history(
    steps: list[str], words: dict[str, str], expected: str
) -> None:
    """A later step fetches it, a variable says it, or a tag that starts the workflow is fetched."""
    files = {"pyproject.toml": FROM_GIT, CI: workflow(CHECKOUT, *steps, **words)}
    assert expected == outcome("review-checkout-depth", files)


def test_checkouts_of_others_need_no_tags() -> None:
    """Nor do those that fetch them, or a project whose version is written down."""
    other = f"{CHECKOUT}\n        with:\n          repository: a/b"
    tags = f"{CHECKOUT}\n        with:\n          fetch-tags: true"
    for each in (other, tags):
        files = {"pyproject.toml": FROM_GIT, CI: workflow(each, "run: uv build")}
        assert "passed" == outcome("review-checkout-depth", files)
    files = {"pyproject.toml": TABLE, CI: workflow(CHECKOUT, "run: uv build")}
    assert "skipped" == outcome("review-checkout-depth", files)


@pytest.mark.parametrize(
    ("job", "text"),
    [
        ("    permissions:\n      contents: read\n", "      id-token: write\n"),
        ("", "    permissions:\n      id-token: write\n"),
        ("    permissions: {contents: read}\n", None),
        ("    permissions: {}\n", None),
    ],
)
def test_identities_are_added(job: str, text: str | None) -> None:
    """In the form that the job has, or in words."""
    assert text == fix("review-publish-identity", publishing(job=job))


def test_publishing_that_may() -> None:
    """With a password, everything, or the rights of the workflow; one job has nobody to keep out."""
    password = workflow(f"{PUBLISH}\n        with:\n          password: x")
    assert "skipped" == outcome("review-publish-identity", {CD: password})
    for top in ("permissions: write-all\n", "permissions:\n  id-token: write\n"):
        files = {CD: workflow(PUBLISH, top=top)}
        assert "passed" == outcome("review-publish-identity", files)
        assert "passed" == outcome("review-publish-broad", files)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("pull_request_target", "failed"), ("[push, pull_request_target]", "failed"),
        ("{workflow_call: {}}", "failed"), ("{release: {types: [published]}}", "passed"),
    ],
)  # fmt: skip
def test_what_starts_publishing(on: str, expected: str) -> None:
    """Nothing that others start."""
    assert expected == outcome("review-publish-reusable", publishing(on=on))


def test_an_environment_in_flow_style_is_words() -> None:
    """Where lines are not plain to see, the fix says what to do."""
    flow = f"{{on: push, jobs: {{a: {{steps: [{{{PUBLISH}}}]}}}}}}"
    assert fix("review-publish-environment", {CD: flow}) is None
    assert fix("review-publish-identity", {CD: flow}) is None
    assert "    environment: release\n" == fix("review-publish-environment", publishing(job=""))
    assert IDENTITY.startswith("    environment: release\n")


def test_hooks_without_fixes_or_formatter() -> None:
    """Order matters between the two only."""
    text = "repos:\n- repo: https://x.example/ruff\n  rev: v1\n  hooks:\n  - id: {}\n  - id: {}\n"
    assert "skipped" == outcome(
        "review-hook-order", {".pre-commit-config.yaml": text.format("ruff-format", "ruff")}
    )
    assert "passed" == outcome(
        "review-hook-moving",
        {".pre-commit-config.yaml": text.format("a", "b").replace("v1", "0" * 40)},
    )
