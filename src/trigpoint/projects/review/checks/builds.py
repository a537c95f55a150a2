"""What a build needs and what comes of it: layout, version, setup.py, and finished wheels."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Final

from packaging.utils import canonicalize_name

from trigpoint.archives.faults import shown
from trigpoint.projects.review.checks.base import Check, at_piece, found
from trigpoint.projects.review.checks.workflows import from_git
from trigpoint.projects.review.programs import Program
from trigpoint.projects.review.project import Found, Project

__all__ = ["CHECKS", "MOST_NAMED"]

MOST_NAMED: Final = 3
"""Files of one kind that a message names."""

_WHEEL: Final = re.compile(r"dist/[^/]+\.whl").fullmatch
_SDIST: Final = re.compile(r"dist/[^/]+\.tar\.gz").fullmatch


def _some(names: Iterable[str]) -> str:
    every = sorted(names)
    more = f" and {len(every) - MOST_NAMED:,} more" if len(every) > MOST_NAMED else ""
    return ", ".join(map(shown, every[:MOST_NAMED])) + more


# -- layout --------------------------------------------------------------------------------

# What setuptools leaves out where it looks for packages itself; flat_layout in its discovery.
_RESERVED: Final = frozenset(
    re.findall(
        r"\w+",
        "ci bin debian doc docs documentation manpages news newsfragments changelog test tests"
        " unit_test unit_tests example examples scripts tools util utils python build benchmark"
        " benchmarks exercise exercises htmlcov fabfile tasks site_scons",
    )
)


def _several(project: Project) -> Iterable[Found] | None:
    """Find what makes the automatic discovery of setuptools stop."""
    automatic = project.inner_backend.startswith("setuptools.") and bool(project.project)
    named = project.table("tool", "setuptools")
    files = {"setup.py", "setup.cfg"} & set(project.tree.paths)
    if not automatic or files or {"packages", "py-modules"} & set(named):
        return None
    if project.tree.has_folder("src"):
        return []
    tops = {
        path.partition("/")[0]
        for path in project.tree.paths
        if path.endswith(".py") and "/" in path
    }
    tops = {each for each in tops if each.isidentifier() and each not in _RESERVED}
    if len(tops) < 2:
        return []
    piece = project.quoted(("project",), "")
    message = f"setuptools finds {_some(tops)} at the top and refuses to choose"
    fix = "move what is to be packaged below src/, or name it in [tool.setuptools] packages"
    return [found("review-layout-several", "pyproject.toml", message, piece.place(0, 0)[0], fix)]


_COMPILED: Final = ("mesonpy", "scikit_build_core.", "maturin")


def _flat(project: Project) -> Iterable[Found] | None:
    """Find tests that import the folder beside them, and not what was installed."""
    flat = sorted(
        name
        for name, folder in project.packages.items()
        if folder == "" and canonicalize_name(name) == project.name
    )
    tests = [
        path for path in project.tree.paths if re.fullmatch(r"tests?/(?:.*/)?test_[^/]+\.py", path)
    ]
    if not tests or not project.packages:
        return None
    options = {**project.table("tool", "pytest", "ini_options"), **project.table("tool", "pytest")}
    said = str(options.get("addopts", "")) + str(options.get("import_mode", ""))
    initial = {f"{path.partition('/')[0]}/__init__.py" for path in tests} & set(project.tree.paths)
    compiled = project.inner_backend.startswith(_COMPILED)
    if not flat or not (initial or compiled) or "importlib" in said:
        return []
    name = flat[0]
    why = (
        f"{min(initial)} puts the folder above it first in sys.path"
        if initial
        else "the extension is in the installed package only"
    )
    message = f"tests import the folder {name}/ beside them, not the package that was built: {why}"
    fix = "move the package below src/, or set --import-mode=importlib"
    return [found("review-layout-flat", f"{name}/__init__.py", message, None, fix)]


def _typed(project: Project) -> Iterable[Found] | None:
    listed = project.project.get("classifiers")
    if not isinstance(listed, list) or "Typing :: Typed" not in listed:
        return None
    if not project.tree.complete or any(path.endswith("py.typed") for path in project.tree.paths):
        return []
    path = ("project", "classifiers", listed.index("Typing :: Typed"))
    piece = project.quoted(path, "Typing :: Typed")
    message = "no package has a py.typed, so type checkers take nothing from it"
    return [
        at_piece("review-typed-missing", piece, message, "add an empty py.typed beside __init__.py")
    ]


# -- the version ---------------------------------------------------------------------------


def _version(project: Project) -> Iterable[Found] | None:
    """Find a version that nothing fills in."""
    if not project.dynamic("version"):
        return None
    backend = project.inner_backend
    files = set(project.tree.paths)
    wrong = ""
    if backend.startswith("setuptools.") and not {"setup.py", "setup.cfg"} & files:
        given = project.table("tool", "setuptools", "dynamic").get("version")
        if not given and not from_git(project):
            wrong = "setuptools writes 0.0.0, as neither [tool.setuptools.dynamic] nor a plugin gives it"
            fix = "write the version, or set version in [tool.setuptools.dynamic]"
    elif backend.startswith("hatchling.") and not (
        project.table("tool", "hatch", "version") or project.table("tool", "hatch", "metadata")
    ):
        wrong = "hatchling refuses to build, as there is no [tool.hatch.version]"
        fix = "write the version, or add [tool.hatch.version] with a path"
    if not wrong:
        return []
    listed = project.project["dynamic"]
    piece = project.quoted(("project", "dynamic", listed.index("version")), "version")
    return [
        at_piece("review-version-nowhere", piece, f"nothing fills in the version: {wrong}", fix)
    ]


_ENTRIES: Final = ("entry-points", "scripts", "gui-scripts")
"""Keys of [project] that one file of entry points fills in."""


def _unlisted(project: Project) -> Iterable[Found] | None:
    """Find what [tool.setuptools.dynamic] says and setuptools passes over."""
    given = project.table("tool", "setuptools", "dynamic")
    if not given or not project.project or not project.inner_backend.startswith("setuptools."):
        return None
    assert project.pyproject is not None
    wrong = []
    for key in given:
        names = _ENTRIES if key == "entry-points" else (key,)
        # A value of [project] stands for itself, and without a version nothing is built.
        if key == "version" or any(
            project.dynamic(each) or each in project.project for each in names
        ):
            continue
        message = f"setuptools passes over {key}, which dynamic of [project] does not list"
        fix = f'list "{key}" in dynamic of [project]'
        span = project.pyproject.span(("tool", "setuptools", "dynamic", key), key=True)
        wrong.append(found("review-dynamic-unlisted", "pyproject.toml", message, span, fix))
    return wrong


# -- setup.py ------------------------------------------------------------------------------

_ALIASES: Final = {
    "Cython": "cython",
    "numpy": "numpy",
    "skbuild": "scikit-build",
    "pkg_resources": "setuptools",
    "setuptools_rust": "setuptools-rust",
    "setuptools_scm": "setuptools-scm",
    "torch": "torch",
    "pybind11": "pybind11",
    "cffi": "cffi",
    "mypyc": "mypy",
    "versioneer": "versioneer",
}
"""Modules that setup.py files import, and the projects that bring them."""

_LEGACY: Final = "setuptools.build_meta:__legacy__"
_BUNDLED: Final = frozenset({"setuptools", "distutils", "pkg_resources", "_distutils_hack"})


def _imports(project: Project) -> Iterable[Found] | None:
    """Find what setup.py imports and an isolated build does not have."""
    program = (
        project.program("setup.py") if project.inner_backend.startswith("setuptools.") else None
    )
    if program is None:
        return None
    return list(_not_there(project, program))


def _is_path(node: ast.AST) -> bool:
    """Say whether *node* is ``sys.path``."""
    if not isinstance(node, ast.Attribute) or node.attr != "path":
        return False
    return isinstance(node.value, ast.Name) and node.value.id == "sys"


def _modules_anywhere(project: Project) -> set[str]:
    """Return what files and folders of the project could be imported as."""
    parts = (path.split("/")[-2:] for path in project.tree.paths if path.endswith(".py"))
    return {name.removesuffix(".py") for each in parts for name in each}


def _not_there(project: Project, program: Program) -> Iterator[Found]:
    local = {path.partition("/")[0].removesuffix(".py") for path in project.tree.paths}
    # Where no backend is named, builds use one that has the folder of setup.py to import from.
    named = "build-backend" in project.table("build-system")
    beside = not named or project.inner_backend == _LEGACY
    brought = set(project.build_requirements())
    deeper: set[str] = set()
    for node in program.tree.body:
        if any(map(_is_path, ast.walk(node))):
            # Which folder comes in is for the program to say, so any of them may.
            beside, deeper = True, deeper or _modules_anywhere(project)
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for name in names:
            top = name.partition(".")[0]
            if top in sys.stdlib_module_names or top in _BUNDLED:
                continue
            if (beside and top in local) or top in deeper:
                continue
            start = program.offset(node.lineno, node.col_offset)
            end = program.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
            span = program.source.index.span(start, end)
            if top in local:
                # The folder of setup.py is no place that a build imports from.
                message = f"{top} is beside setup.py, where PEP 517 builds import nothing from"
                fix = "put the folder into sys.path first, read what is needed from the file, or use attr:"
            elif canonicalize_name(_ALIASES.get(top, top)) in brought:
                continue
            else:
                message = f"setup.py imports {top}, and [build-system] requires does not list it"
                fix = f'add "{_ALIASES.get(top, top)}" to requires'
            yield found("review-setup-import", "setup.py", message, span, fix)


_SHIPPED: Final = re.compile(
    r"README(?:\.\w+)?|(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*|setup\.cfg|pyproject\.toml|MANIFEST\.in|setup\.py"
).fullmatch


def _reads(project: Project) -> Iterable[Found] | None:
    """Find files that setup.py reads and an sdist does not hold."""
    program = (
        project.program("setup.py") if project.inner_backend.startswith("setuptools.") else None
    )
    if program is None:
        return None
    manifest = project.text("MANIFEST.in") or ""
    readme = project.project.get("readme")
    wrong = []
    for call in program.calls:
        if call.name.rpartition(".")[2] not in ("open", "Path", "read", "read_text", "join"):
            continue
        for piece in call.arguments:
            name = piece.value if piece else ""
            if name not in project.tree or _SHIPPED(name) or name == readme or name.endswith(".py"):
                continue
            if name in manifest or "*" in manifest or from_git(project):
                continue
            assert piece is not None
            message = (
                f"setup.py reads {shown(name)}, which an sdist does not hold, so it cannot be built"
            )
            fix = f"add include {name} to MANIFEST.in"
            wrong.append(at_piece("review-setup-file", piece, message, fix))
    return wrong


# -- finished wheels -----------------------------------------------------------------------

_TOPS: Final = frozenset(
    {
        "test",
        "tests",
        "testing",
        "doc",
        "docs",
        "example",
        "examples",
        "benchmark",
        "benchmarks",
        "scripts",
        "tools",
        "build",
        "dist",
    }
)


def _wheels(project: Project) -> dict[str, tuple[str, ...]]:
    """Return the files in each wheel that can be listed, by its path."""
    found = {path: project.tree.inside(path) for path in project.tree.paths if _WHEEL(path)}
    return {path: files for path, files in found.items() if files is not None}


def _wheel_tops(project: Project) -> Iterable[Found] | None:
    wheels = _wheels(project)
    if not wheels:
        return None
    wrong = []
    for path, files in wheels.items():
        tops = {each.partition("/")[0] for each in files if "/" in each} & _TOPS
        if tops:
            message = f"the wheel has {_some(tops)} at its top, and installs it beside everybody's packages"
            fix = "leave it out of the packages that the backend is told of"
            wrong.append(found("review-wheel-tops", path, message, None, fix))
    return wrong


def _wheel_typed(project: Project) -> Iterable[Found] | None:
    wheels = _wheels(project)
    marked = {
        path.removeprefix("src/")
        for path in project.tree.paths
        if path.endswith("/py.typed")
        and path.removeprefix("src/").count("/") == 1
        and path.removeprefix("src/").partition("/")[0] in project.packages
    }
    if not wheels or not marked:
        return None
    return [
        found(
            "review-wheel-typed",
            path,
            f"the project has {_some(missing)}, and the wheel does not",
            None,
            "name py.typed among the package's data",
        )
        for path, files in wheels.items()
        if (missing := marked - set(files))
    ]


_LICENSE: Final = re.compile(r"(?:LICEN[CS]E|COPYING)[^/]*").fullmatch


def _wheel_license(project: Project) -> Iterable[Found] | None:
    wheels = _wheels(project)
    own = [path for path in project.tree.paths if _LICENSE(path)]
    if not wheels or not own:
        return None
    return [
        found(
            "review-wheel-license",
            path,
            f"the project has {_some(own)}, and no wheel of it shows a license",
            None,
            "name the file in license-files, and ask for a backend that ships it",
        )
        for path, files in wheels.items()
        if not any(_LICENSE(each.rpartition("/")[2]) for each in files if ".dist-info/" in each)
    ]


def _wheel_sdist(project: Project) -> Iterable[Found] | None:
    wheels = _wheels(project)
    sdists = [path for path in project.tree.paths if _SDIST(path)]
    pairs = [
        (path, wheel, sdist)
        for path, wheel in wheels.items()
        for sdist in sdists
        if _stem(path) == _stem(sdist)
    ]
    if not pairs:
        return None
    wrong = []
    for path, wheel, sdist in pairs:
        sources = [each.partition("/")[2] for each in project.tree.inside(sdist) or ()]
        ends = {
            "/".join(each.split("/")[i:]) for each in sources for i in range(each.count("/") + 1)
        }
        made = set(_generated(wheel))
        extra = {
            each
            for each in wheel
            if each.endswith((".py", ".pyi", "py.typed"))
            and ".dist-info/" not in each
            and ".data/" not in each
            and each not in ends
            and each not in made
        }
        if extra:
            message = f"{_some(extra)} is in the wheel and not in {sdist.rpartition('/')[2]}"
            fix = "build the wheel from the sdist, as python -m build does unless told otherwise"
            wrong.append(found("review-wheel-sdist", path, message, None, fix))
    return wrong


def _stem(path: str) -> tuple[str, str]:
    name = path.rpartition("/")[2].removesuffix(".tar.gz")
    if name.endswith(".whl"):
        project, version = name.split("-")[:2] if "-" in name else (name, "")
    else:
        project, _, version = name.rpartition("-")
    return canonicalize_name(project), version


_MADE: Final = frozenset({"_version.py", "version.py", "__config__.py", "_version.pyi"})
"""Names of files that builds write themselves."""


def _generated(wheel: Iterable[str]) -> Iterator[str]:
    return (path for path in wheel if path.rpartition("/")[2] in _MADE)


CHECKS: Final = (
    Check(
        "review-layout-several", "builds", "One package is at the top, or all are named", _several
    ),
    Check("review-layout-flat", "builds", "Tests import what was installed", _flat),
    Check("review-typed-missing", "builds", "A typed package has its py.typed", _typed),
    Check("review-version-nowhere", "builds", "A dynamic version is filled in", _version),
    Check(
        "review-dynamic-unlisted", "builds", "What setuptools is to fill in is dynamic", _unlisted
    ),
    Check("review-setup-import", "builds", "The build has what setup.py imports", _imports),
    Check("review-setup-file", "builds", "The sdist has what setup.py reads", _reads),
    Check("review-wheel-tops", "wheels", "Wheels have no tests or tools at the top", _wheel_tops),
    Check("review-wheel-typed", "wheels", "Wheels hold py.typed", _wheel_typed),
    Check("review-wheel-license", "wheels", "Wheels hold the license", _wheel_license),
    Check(
        "review-wheel-sdist", "wheels", "Wheels hold nothing that their sdist lacks", _wheel_sdist
    ),
)
"""The checks of builds."""
