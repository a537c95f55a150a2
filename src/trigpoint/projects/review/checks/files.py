"""Each file by itself: the errors that its own reader finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from trigpoint.archives import MOST_READ
from trigpoint.findings import Severity
from trigpoint.projects.globs import LONGEST_PATTERN, license_pattern
from trigpoint.projects.kinds import kind_of_name
from trigpoint.projects.reading import Beside, Checked, read_archive, read_bytes
from trigpoint.projects.report import FileReport
from trigpoint.projects.review.checks.base import Check
from trigpoint.projects.review.project import Found, Project

__all__ = ["CHECKS"]

_DIST: Final = re.compile(r"dist/[^/]+(?:\.whl|\.tar\.gz|\.zip)").fullmatch


def _beside(project: Project) -> Beside:
    tree = project.tree

    def matching(pattern: str) -> list[str]:
        if len(pattern) > LONGEST_PATTERN or not tree.complete:
            return [pattern]
        return list(filter(license_pattern(pattern), tree.paths))

    return Beside(tree.text, lambda name: name in tree or tree.has_folder(name), matching)


def _is_list(path: str) -> bool:
    return kind_of_name(path) in ("requirements", "constraints")


def _errors(report: FileReport) -> list[Found]:
    return [
        Found(report.place, each) for each in report.findings if each.severity is Severity.ERROR
    ]


def _pyproject(project: Project) -> Iterable[Found] | None:
    data = project.tree.bytes("pyproject.toml")
    if data is None:
        return None
    read = read_bytes(data, "pyproject.toml", "pyproject", _beside(project))
    return _errors(read.report)


def _each(
    chosen: Callable[[str], object], read: Callable[[Project, str], Checked | None]
) -> Callable[[Project], list[Found] | None]:
    """Return the check that reads each file whose path is *chosen*."""

    def look(project: Project) -> list[Found] | None:
        paths = [path for path in project.tree.paths if chosen(path)]
        if not paths:
            return None
        checked = [read(project, path) for path in paths]
        return [found for each in checked if each is not None for found in _errors(each.report)]

    return look


def _list(project: Project, path: str) -> Checked | None:
    data = project.tree.bytes(path)
    return None if data is None or len(data) > MOST_READ else read_bytes(data, path)


def _distribution(project: Project, path: str) -> Checked:
    with project.tree.opened(path) as archive:
        return read_archive(archive, path)


CHECKS: Final = (
    Check(
        "review-pyproject",
        "files",
        "pyproject.toml has no error",
        _pyproject,
        "Metadata, extras, markers, groups and the build system are read as tools read them.",
        "pyproject",
    ),
    Check(
        "review-requirements",
        "files",
        "Requirement files have no error",
        _each(_is_list, _list),
        "Requirements, markers, options and hashes are read as pip reads them.",
        "requirement files",
    ),
    Check(
        "review-distributions",
        "files",
        "Wheels and sdists have no error",
        _each(_DIST, _distribution),
        "Metadata, names and archives in the folder dist are read as installers read them.",
        "wheels",
    ),
)
"""The checks of files by themselves; what they find has codes of its own."""
