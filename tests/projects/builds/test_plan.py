"""What a build would take and do, and what is refused before it runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.projects.builds import Plan, Shelf, System, Tree, make_plan, open_shelf, read_system
from trigpoint.projects.builds.compiled import signs
from trigpoint.projects.builds.shelf import Served
from trigpoint.projects.builds.system import tables
from trigpoint.projects.builds.versions import from_git

from .toy import PROJECT, TREE, fill

BACKENDS = {
    "setuptools": ("setuptools", "setuptools.build_meta"),
    "hatchling": ("hatchling", "hatchling.build"),
    "flit": ("flit_core", "flit_core.buildapi"),
    "poetry": ("poetry-core", "poetry.core.masonry.api"),
    "pdm": ("pdm-backend", "pdm.backend"),
}


def project(backend: str, rest: str = "", *more: str, version: str = 'version = "1"') -> str:
    requires, name = BACKENDS.get(backend, (backend.replace("_", "-"), backend))
    asked = ", ".join(f'"{each}"' for each in (requires, *more))
    return (
        f'[build-system]\nrequires = [{asked}]\nbuild-backend = "{name}"\n'
        f'[project]\nname = "a"\n{version}\n{rest}'
    )


def tree(text: str, **files: str) -> Tree:
    names = {
        "setup_py": "setup.py",
        "setup_cfg": "setup.cfg",
        "pkg_info": "PKG-INFO",
        "hatch_toml": "hatch.toml",
    }
    return Tree(
        {"pyproject.toml": text.encode()}
        | {names[key]: each.encode() for key, each in files.items()}
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    found = open_shelf(fill(tmp_path))
    assert found
    return found


def codes(plan: Plan) -> list[str]:
    return [each.code for each in plan.findings]


# -- who builds -----------------------------------------------------------------------------


def test_a_project_without_a_table_is_built_by_setuptools() -> None:
    """That is what PEP 517 says of it, with a pyproject.toml and without."""
    for files in ({"setup.py": b""}, {"pyproject.toml": b'[project]\nname = "a"\nversion = "1"\n'}):
        system, _ = read_system(Tree(files))
        assert System() == system
        assert "setuptools" == system.project


def test_table() -> None:
    """The table is read as it is; a backend of the project itself has its own name."""
    text = '[build-system]\nrequires = []\nbuild-backend = "own"\nbackend-path = ["tools"]\n'
    system, findings = read_system(tree(text))
    assert system
    assert System((), "own", ("tools",), stated=True) == system
    assert ("own", []) == (system.project, findings)


@pytest.mark.parametrize("backend", BACKENDS)
def test_projects_of_backends(backend: str) -> None:
    """A backend is known by its module."""
    system, findings = read_system(tree(project(backend)))
    assert system
    assert [] == findings
    assert BACKENDS[backend][0].replace("_", "-") == system.project


def test_what_is_no_toml_is_not_built() -> None:
    """The finding is that of the reader of TOML, with its place."""
    plan = make_plan(tree("[project"), None)
    assert (None, ["metadata-toml"], True) == (plan.system, codes(plan), plan.refused)


def test_nothing_to_build() -> None:
    """Without any file that a build starts from there is nothing to plan."""
    plan = make_plan(Tree({"a/pyproject.toml": PROJECT}), None)
    assert (None, ["build-nothing"], True) == (plan.system, codes(plan), plan.refused)


def test_hatch_toml_is_a_table() -> None:
    """hatch.toml stands for [tool.hatch]; other files, and broken ones, say nothing."""
    assert {"tool": {"hatch": {"a": 1}}} == tables(tree("", hatch_toml="a = 1"))
    assert {} == tables(tree("[", hatch_toml="["))
    assert {"tool": 1} == tables(tree("tool = 1", hatch_toml="a = 1"))


# -- what is taken --------------------------------------------------------------------------


def test_plan_of_a_build(shelf: Shelf) -> None:
    """What is asked for, what answers it, and what has to be loaded."""
    plan = make_plan(TREE, shelf)
    assert [("toy>=1", "toy 2.0")] == [(each.text, str(each.served)) for each in plan.asked]
    assert ["toy 2.0", "toy-needs 1.0"] == [str(each) for each in plan.wheels]
    assert ((), (), False) == (plan.findings, plan.variables, plan.refused)


def test_more_is_taken_besides(shelf: Shelf) -> None:
    """What a backend asked for late is part of the next plan."""
    plan = make_plan(TREE, shelf, "", ("toy-more", "nowhere"))
    assert "toy-more 1" in map(str, plan.wheels)
    assert ["build-requires"] == codes(plan)


def test_without_a_shelf_nothing_is_taken() -> None:
    """Then the plan says what it can."""
    plan = make_plan(TREE, None)
    assert ((), (), False) == (plan.asked, plan.wheels, plan.refused)


def test_requirements_are_honoured(shelf: Shelf) -> None:
    """What allows none of the versions that are there is refused, never built with another."""
    text = PROJECT.replace(b"toy>=1", b"toy>=3")
    plan = make_plan(TREE.with_files({"pyproject.toml": text}), shelf)
    assert (["build-requires"], True) == (codes(plan), plan.refused)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[build-system]\nrequires = ["toy-more"]\nbuild-backend = "hatchling.build"\n',
            "build-backend is hatchling.build, and requires does not name hatchling",
        ),
        (
            '[build-system]\nrequires = ["toy-more"]\nbuild-backend = "toy_backend"\n',
            None,
        ),
        (
            '[build-system]\nrequires = []\nbuild-backend = "own"\nbackend-path = ["tools", "."]\n',
            "backend-path names tools, which the project does not have",
        ),
    ],
)
def test_backend_that_is_not_there(shelf: Shelf, text: str, message: str | None) -> None:
    """A backend that nothing brings is said before it is called."""
    plan = make_plan(TREE.with_files({"pyproject.toml": text.encode()}), shelf)
    said = [each.message for each in plan.findings if each.code == "build-backend"]
    assert said == ([message] if message else [])


# -- what is not built here -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "files", "what"),
    [
        (project("maturin"), {}, ["maturin", "maturin"]),
        (project("scikit_build_core.build"), {}, ["scikit_build_core.build"] * 3),
        (project("mesonpy"), {}, ["mesonpy"] * 3),
        (project("uv_build"), {}, ["uv_build"]),
        (project("setuptools", "", "Cython>=3"), {}, ["Cython>=3"]),
        (project("setuptools"), {"setup_py": "setup(ext_modules=x)"}, ["ext_modules"]),
        (project("setuptools"), {"setup_py": "if x:\n    m = [Extension ('a')]"}, ["Extension"]),
        (project("setuptools"), {"setup_py": "setup(cffi_modules=[])"}, ["cffi_modules"]),
        (project("setuptools"), {"setup_py": "# ext_modules\nsetup()"}, []),
        (project("setuptools"), {"setup_py": "class MyExtensionless(x): pass"}, []),
        (project("setuptools"), {"setup_cfg": "[options]\next_modules = x"}, ["ext_modules"]),
        (
            project("setuptools", "[[tool.setuptools.ext-modules]]\nname = 'a'\n"),
            {},
            ["ext-modules"],
        ),
        (project("hatchling"), {"setup_py": "setup(ext_modules=x)"}, []),
        (project("hatchling", "[tool.hatch.build.hooks.mypyc]\n"), {}, ["hooks.mypyc"]),
        (
            project("hatchling", "[tool.hatch.build.targets.wheel.hooks.cython]\n"),
            {},
            ["hooks.cython"],
        ),
        (project("hatchling", "[tool.hatch]\nbuild = 1\n"), {}, []),
        (project("poetry", '[tool.poetry]\nbuild = "b.py"\n'), {}, ["tool.poetry.build"]),
        (project("poetry", '[tool.poetry.build]\nscript = "b.py"\n'), {}, ["tool.poetry.build"]),
        (project("poetry", "[tool.poetry.build]\ngenerate-setup-file = true\n"), {}, []),
        (project("pdm", "[tool.pdm.build]\nrun-setuptools = true\n"), {}, ["run-setuptools"]),
        (project("flit"), {}, []),
    ],
)
def test_signs_of_a_compiler(text: str, files: dict[str, str], what: list[str]) -> None:
    """What announces a compiler is found where it is written, and nothing else is taken for it."""
    found = tree(text, **files)
    system, _ = read_system(found)
    assert system
    assert what == [each.what for each in signs(found, system)]


def test_compiled_projects_are_refused(shelf: Shelf) -> None:
    """An optional extension would fail silently, so nothing is tried, and nothing loaded."""
    plan = make_plan(tree(project("setuptools"), setup_py="setup(ext_modules=[])"), shelf)
    assert (["build-compiled"], True, ()) == (codes(plan), plan.refused, plan.wheels)
    assert "ext_modules in setup.py" in plan.findings[0].message
    [found] = make_plan(tree(project("uv_build")), shelf).findings
    assert "uv_build is a program in Rust" in found.message


# -- versions -------------------------------------------------------------------------------

DYNAMIC = 'dynamic = ["version"]'
VCS = '[tool.hatch.version]\nsource = "vcs"\n'
SCM = '[tool.pdm.version]\nsource = "scm"\n'


@pytest.mark.parametrize(
    ("text", "plugin"),
    [
        (project("hatchling", VCS, "hatch-vcs", version=DYNAMIC), "hatch-vcs"),
        (project("hatchling", "", "hatch-vcs", version=DYNAMIC), ""),
        (project("hatchling", VCS, "hatch-vcs"), ""),
        (project("setuptools", "", "setuptools-scm[toml]>=8", version=DYNAMIC), "setuptools-scm"),
        (project("setuptools", "", version=DYNAMIC), ""),
        (project("pdm", SCM, version=DYNAMIC), "pdm-backend"),
        (project("pdm", "[tool]\npdm = 1\n", version=DYNAMIC), ""),
        (project("pdm", '[tool.pdm]\nversion = "1"\n', version=DYNAMIC), ""),
        (project("pdm", '[tool.pdm.version]\nsource = "file"\n', version=DYNAMIC), ""),
        (project("hatchling", "[tool]\nhatch = 1\n", "hatch-vcs", version=DYNAMIC), ""),
        (
            "tool = 1\n" + project("setuptools", "", "setuptools-scm", version=DYNAMIC),
            "setuptools-scm",
        ),
    ],
)
def test_who_asks_git(text: str, plugin: str) -> None:
    """A plugin counts where it is in charge of the version, and the table has none itself."""
    found = tree(text)
    system, _ = read_system(found)
    assert system
    git = from_git(found, system)
    assert plugin == (git.plugin if git else "")


SETUPTOOLS_SCM = project("setuptools", "", "setuptools-scm", version=DYNAMIC)


@pytest.mark.parametrize(
    ("text", "version", "files", "expected"),
    [
        (
            SETUPTOOLS_SCM,
            "",
            {},
            "setuptools-scm asks git for the version, and there is no git here",
        ),
        (SETUPTOOLS_SCM, "x!", {}, "'x!' is no version"),
        (SETUPTOOLS_SCM, "1.2", {}, {"SETUPTOOLS_SCM_PRETEND_VERSION": "1.2"}),
        (SETUPTOOLS_SCM, "", {"pkg_info": "Version: 1"}, {}),
        (project("pdm", SCM, version=DYNAMIC), "1.2", {}, {"PDM_BUILD_SCM_VERSION": "1.2"}),
        (
            project("setuptools", "", "versioningit", version=DYNAMIC),
            "1.2",
            {},
            "versioningit asks git for the version, and there is no git here",
        ),
        (project("setuptools"), "1.2", {}, {}),
    ],
)
def test_version_without_git(
    text: str, version: str, files: dict[str, str], expected: str | dict[str, str]
) -> None:
    """A version that git would give is asked for, told to the plugin, and never made up."""
    plan = make_plan(tree(text, **files), None, version)
    if isinstance(expected, str):
        assert [("build-version", expected)] == [
            (each.code, each.message) for each in plan.findings
        ]
        assert () == plan.variables or version == "x!"
    else:
        assert ([], expected) == (codes(plan), dict(plan.variables))


def test_the_way_out_is_one_that_works() -> None:
    """A plugin that cannot be told a version needs an sdist, another one a version."""
    fixes = [
        make_plan(tree(project("setuptools", "", plugin, version=DYNAMIC)), None).findings[0].fix
        for plugin in ("setuptools-scm", "versioningit")
    ]
    assert "give a version, which the build then bears" == (fixes[0] and fixes[0].message)
    assert fixes[1] is not None
    assert "cannot be told a version; drop an sdist" in fixes[1].message


def test_served_says_what_it_is() -> None:
    """A wheel is named by project and version."""
    assert "a 1" == str(Served("a", "1", "a.whl"))
