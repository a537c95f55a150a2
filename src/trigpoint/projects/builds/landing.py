"""Where each file of a project lands: in the wheel, in the sdist only, or in neither.

Idea: a wheel has other paths than the project, so a file is found again by the end of
its path, or by its name and content.  Files inside a package that are missing from the
wheel are what readers ask about; for these the backend's own rule is told, and what to
write.

Cost: linear in the files times their depth.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix
from trigpoint.projects.builds.report import Package
from trigpoint.projects.builds.system import tables
from trigpoint.projects.builds.tree import Tree

__all__ = ["MOST_TOLD", "Landing", "landings", "missing_findings"]

MOST_TOLD: Final = 5
"""Files of one folder that a finding names; the rest is counted."""

_MADE: Final = frozenset({"PKG-INFO", "setup.cfg"})


@dataclass(frozen=True, slots=True)
class Landing:
    """A file of the project: its ``path``, where it is in the ``sdist`` and in the ``wheel``.

    Both are empty where it is not there.  ``package`` is the package around it, in the
    project's paths, and empty outside of one.
    """

    path: str
    sdist: str
    wheel: str
    package: str = ""


def landings(tree: Tree, sdist: Package | None, wheel: Package | None) -> tuple[Landing, ...]:
    """Return where each file of *tree* is in *sdist* and *wheel*; None: that was not built."""
    in_sdist = _Finder(sdist.contents if sdist else {})
    in_wheel = _Finder(wheel.contents if wheel else {})
    found = [
        Landing(path, path if path in in_sdist.contents else "", in_wheel.find(path, data))
        for path, data in tree.files.items()
    ]
    packages = _packages(found)
    return tuple(
        Landing(each.path, each.sdist, each.wheel, _around(each.path, packages)) for each in found
    )


class _Finder:
    """Finds files of a project in *contents* that have other paths there."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents
        self._by_name: dict[str, list[str]] = {}
        for path in contents:
            self._by_name.setdefault(posixpath.basename(path), []).append(path)

    def find(self, path: str, data: bytes) -> str:
        """Return where the file *path*, which holds *data*, is; empty if it is not there."""
        alike = self._by_name.get(posixpath.basename(path), [])
        at_end = [each for each in alike if path == each or path.endswith(f"/{each}")]
        if at_end:
            return max(at_end, key=len)
        same = (each for each in alike if data and self.contents[each] == data)
        return next(same, "")


def _packages(found: Iterable[Landing]) -> set[str]:
    """Return the folders of the project that became packages in the wheel."""
    folders = set()
    for each in found:
        top, slash, _ = each.wheel.partition("/")
        if slash and f"/{each.path}".endswith(f"/{each.wheel}"):
            root = each.path[: len(each.path) - len(each.wheel)]
            if not top.endswith((".dist-info", ".data")):
                folders.add(root + top)
    return folders


def _around(path: str, packages: set[str]) -> str:
    folder = path.rpartition("/")[0]
    while folder:
        if folder in packages:
            return folder
        folder = folder.rpartition("/")[0]
    return ""


# -- why, and what to write -------------------------------------------------------------


def missing_findings(tree: Tree, project: str, landed: Iterable[Landing]) -> list[Finding]:
    """Return what to say of files inside packages that the wheel does not have.

    *project* is that of the backend, such as ``"setuptools"``, and *landed* is what
    :func:`landings` returned of *tree*.
    """
    lost: dict[str, list[Landing]] = {}
    for each in landed:
        if each.package and not each.wheel and not each.path.endswith((".pyc", ".c", ".pyx")):
            lost.setdefault(posixpath.dirname(each.path), []).append(each)
    found = []
    for folder, files in lost.items():
        names = ", ".join(posixpath.basename(each.path) for each in files[:MOST_TOLD])
        more = f" and {len(files) - MOST_TOLD} more" if len(files) > MOST_TOLD else ""
        where = "only in the sdist" if all(each.sdist for each in files) else "not in the wheel"
        why, fix = _REASONS.get(project, _unknown)(tree, files)
        message = f"{names}{more} in {folder} {'is' if len(files) == 1 else 'are'} {where}: {why}"
        found.append(report("build-data-missing", message, None, Fix(fix)))
    return found


def _patterns(files: list[Landing], below: str) -> str:
    """Return patterns for *files* relative to the folder *below*, as the items of a TOML array."""
    kinds = {
        posixpath.relpath(posixpath.dirname(each.path) or ".", below or ".")
        + "/*"
        + posixpath.splitext(each.path)[1]
        for each in files
    }
    return ", ".join(f'"{each.removeprefix("./")}"' for each in sorted(kinds))


def _setuptools(tree: Tree, files: list[Landing]) -> tuple[str, str]:
    package = files[0].package
    modules = [each for each in files if each.path.endswith(".py")]
    if modules:
        root = package.rpartition("/")[0]
        where = f'where = ["{root}"]' if root else 'include = ["' + package + '*"]'
        return (
            "setuptools takes the packages that its configuration names or finds, and not this one",
            f"let it find them: [tool.setuptools.packages.find] {where}",
        )
    name = posixpath.basename(package)
    fix = f"write [tool.setuptools.package-data] {name} = [{_patterns(files, package)}]"
    if all(each.sdist for each in files):
        switched = _at(tables(tree), "tool", "setuptools").get("include-package-data") is False
        why = (
            "include-package-data is false, so package-data alone says what data the wheel has"
            if switched
            else "setuptools found no package in that folder, so its data belongs to none"
        )
        return why, fix
    named = "package-data, MANIFEST.in or a plugin for git names them"
    return f"setuptools takes modules, and data files only where {named}", fix


def _hatchling(tree: Tree, files: list[Landing]) -> tuple[str, str]:
    build = _at(tables(tree), "tool", "hatch", "build")
    wheel = _at(build, "targets", "wheel")
    for key in ("exclude", "only-include", "include", "packages"):
        if key in wheel or key in build:
            table = "tool.hatch.build.targets.wheel" if key in wheel else "tool.hatch.build"
            return f"{key} in [{table}] leaves them out", f"change {key} in [{table}]"
    if ".gitignore" in tree.files:
        return (
            "hatchling leaves out what .gitignore names",
            f"write [tool.hatch.build] artifacts = [{_patterns(files, '')}]",
        )
    return _unknown(tree, files)


def _poetry(tree: Tree, files: list[Landing]) -> tuple[str, str]:
    if _at(tables(tree), "tool", "poetry").get("exclude"):
        return "exclude in [tool.poetry] leaves them out", "change exclude, or name them in include"
    return (
        "poetry-core takes what lies in the packages that it found or that packages names",
        f"write [tool.poetry] include = [{_patterns(files, '')}]",
    )


def _pdm(tree: Tree, files: list[Landing]) -> tuple[str, str]:
    build = _at(tables(tree), "tool", "pdm", "build")
    for key in ("excludes", "includes", "source-includes"):
        if key in build:
            return f"{key} in [tool.pdm.build] leaves them out", f"change {key}"
    return _unknown(tree, files)


def _flit(_tree: Tree, _files: list[Landing]) -> tuple[str, str]:
    return (
        "flit takes everything inside the one module that the project is named for",
        "move them into that module, or name it in [tool.flit.module]",
    )


def _unknown(_tree: Tree, _files: list[Landing]) -> tuple[str, str]:
    return "the backend's configuration does not name them", "name them there"


_REASONS: Final[Mapping[str, Callable[[Tree, list[Landing]], tuple[str, str]]]] = {
    "setuptools": _setuptools,
    "hatchling": _hatchling,
    "poetry-core": _poetry,
    "pdm-backend": _pdm,
    "flit-core": _flit,
}


def _at(data: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    for name in path:
        found = data.get(name)
        if not isinstance(found, Mapping):
            return {}
        data = found
    return data
