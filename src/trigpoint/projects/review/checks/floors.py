"""Versions of tools that a project allows, against the features of them that it uses.

Idea: one table says which version of a tool brought a feature, and where that is written; a
check finds the places that use the feature and those that say how old the tool may be.  What
build backends need comes from recorded builds, see :mod:`trigpoint.installers.backends`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion

from trigpoint import versions
from trigpoint.installers.backends import BACKENDS
from trigpoint.projects.review.checks.base import Check, at_node, at_piece
from trigpoint.projects.review.checks.names import uses
from trigpoint.projects.review.commands import words_of
from trigpoint.projects.review.pieces import Piece
from trigpoint.projects.review.project import Found, Project
from trigpoint.requirements import read_requirement

__all__ = ["CHECKS", "FLOORS", "ToolFloor"]


@dataclass(frozen=True, slots=True)
class ToolFloor:
    """``tool`` has ``feature`` from ``version`` on, as ``source`` says."""

    tool: str
    feature: str
    version: str
    source: str


def _pip() -> str:
    floor = BACKENDS["pip"].floor("dependency-groups")
    assert floor is not None, "the record has it"
    return floor.version


FLOORS: Final = (
    ToolFloor("cibuildwheel", "test-groups", "2.22.0", "release notes of cibuildwheel 2.22.0"),
    ToolFloor("tox", "dependency_groups", "4.22.0", "changelog of tox, 4.22.0"),
    ToolFloor("nox", "nox.project.dependency_groups", "2025.2.9", "changelog of nox, 2025.02.09"),
    ToolFloor("pip", "--group", _pip(), "recorded runs of pip"),
    ToolFloor("pytest", "[tool.pytest]", "9.0", "changelog of pytest, 9.0"),
)
"""Features of tools, other than build backends, and the versions that brought them."""

_BOUND: Final = re.compile(r">=\s*([0-9][^\s,;]*)").search
_RELEASE: Final = re.compile(r"v?([0-9]+(?:\.[0-9]+)*)").fullmatch


def _used(project: Project) -> dict[str, str]:
    """Return the features of the table that *project* uses, each with its tool."""
    found: dict[str, str] = {}
    groups = [each for each in uses(project) if each.kind == "group"]
    for each in groups:
        text, path = each.piece.source.text, each.piece.source.path
        if "test-groups" in text and path.endswith(".toml"):
            found["test-groups"] = "cibuildwheel"
        if path.startswith(".github/") and "CIBW_TEST_GROUPS" in text:
            found["test-groups"] = "cibuildwheel"
        if path.startswith("tox.") or ("dependency_groups" in text and path == "pyproject.toml"):
            found["dependency_groups"] = "tox"
        if path == "noxfile.py" and "dependency_groups(" in text:
            found["nox.project.dependency_groups"] = "nox"
    # Several names can stand in one text.
    texts = {(each.piece.source.path, each.piece.start): each.piece.value for each in groups}
    if any(map(_pip_group, texts.values())):
        found["--group"] = "pip"
    ini = project.table("tool", "pytest")
    if set(ini) - {"ini_options"}:
        found["[tool.pytest]"] = "pytest"
    return found


def _pip_group(text: str) -> bool:
    """Say whether a command in *text* lets pip, and not that of uv, install a group.

    >>> _pip_group("python -m pip install --group dev"), _pip_group("uv pip install --group dev")
    (True, False)
    """
    for words in words_of(text):
        names = [word.text.rpartition("/")[2].removesuffix(".exe") for word in words]
        at = next((i for i, name in enumerate(names) if name in ("pip", "pip3")), len(names))
        own = names[at + 1 : at + 2] == ["install"] and "uv" not in names[:at]
        if own and any(name.partition("=")[0] == "--group" for name in names[at + 2 :]):
            return True
    return False


def _stated(project: Project, tool: str) -> Iterator[tuple[Piece, int, int, str]]:
    """Yield where *project* says how old *tool* may be: the text, where in it, and the version."""
    for piece in _requirements(project):
        parsed = read_requirement(piece.value)
        bound = _BOUND(piece.value)
        if parsed.normalised == canonicalize_name(tool) and bound:
            yield piece, bound.start(1), bound.end(1), bound[1]
    if tool == "nox" and project.noxfile is not None:
        for call in re.finditer(
            r"(?m)^nox\.needs_version\s*=\s*[\"'](>=\s*([0-9.]+))", project.noxfile.source.text
        ):
            source = project.noxfile.source
            piece = Piece(source, call[1], call.start(1), call.end(1))
            yield piece, call.start(2) - call.start(1), call.end(2) - call.start(1), call[2]
    if tool == "pytest":
        value = project.table("tool", "pytest").get("minversion")
        if isinstance(value, str):
            yield project.quoted(("tool", "pytest", "minversion"), value), 0, len(value), value
    if tool == "tox" and project.tox is not None:
        for key in ("min_version", "minversion"):
            for line in project.tox.lines("tox", key):
                yield line, 0, len(line.value), line.value


def _requirements(project: Project) -> Iterator[Piece]:
    """Yield each requirement of groups and extras, and of the script block and requires of tools."""
    for table in (("dependency-groups",), ("project", "optional-dependencies")):
        for name, listed in project.table(*table).items():
            for i, each in enumerate(listed if isinstance(listed, list) else []):
                if isinstance(each, str):
                    yield project.quoted((*table, name, i), each)
    if project.tox is not None:
        yield from project.tox.lines("tox", "requires")
    if project.noxfile is not None:
        source = project.noxfile.source
        block = re.match(r"(?:#!.*\n)?# /// script\n(?:#.*\n)*?# ///", source.text)
        for each in re.finditer(r"\"([^\"\n]+)\"", block[0] if block else ""):
            yield Piece(source, each[1], each.start(1), each.end(1))


def _tools(project: Project) -> Iterable[Found] | None:
    used = _used(project)
    wanted = [each for each in FLOORS if used.get(each.feature) == each.tool]
    if not wanted:
        return None
    return list(_too_low(project, wanted))


def _too_low(project: Project, wanted: Iterable[ToolFloor]) -> Iterator[Found]:
    for floor in wanted:
        for piece, start, end, version in _stated(project, floor.tool):
            if _older(version, floor.version):
                yield at_piece(
                    "review-tool-floor",
                    piece,
                    f"{floor.feature} needs {floor.tool} {floor.version} or later, and {version} is"
                    f" allowed ({floor.source})",
                    f"write {floor.version}",
                    (start, end),
                    floor.version,
                )
        for step in project.steps():
            name, version = step.uses
            release = _RELEASE(version)
            # v2 stands for the newest of its releases.
            exact = name == f"pypa/{floor.tool}" and release and "." in release[1]
            if exact and release and _older(release[1], floor.version):
                yield at_node(
                    "review-tool-floor",
                    step.step.get("uses"),
                    f"{floor.feature} needs {floor.tool} {floor.version} or later, and this is"
                    f" {release[1]} ({floor.source})",
                    f"use {floor.version} or later",
                )


def _older(version: str, floor: str) -> bool:
    try:
        return versions.version(version) < versions.version(floor)
    except InvalidVersion:
        return False


CHECKS: Final = (
    Check("review-tool-floor", "floors", "Tools are new enough for what is asked of them", _tools),
)
"""The checks of floors."""
