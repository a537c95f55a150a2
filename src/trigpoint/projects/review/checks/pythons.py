"""Versions of Python: what the project requires against what it is tested with and says it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion

from trigpoint import versions
from trigpoint.findings import Fix
from trigpoint.kept import keeps
from trigpoint.projects.review.checks.base import Check, at_node, at_piece, found
from trigpoint.projects.review.project import WORKFLOWS, Found, Project
from trigpoint.projects.review.yamls import Node

__all__ = ["CHECKS", "MOST_CLAUSES", "MOST_MINORS", "lowest_minor"]

MOST_MINORS: Final = 100
"""Versions 3.0 to 3.99 of Python: those that are asked whether they are allowed."""

MOST_CLAUSES: Final = 64
"""Clauses of requires-python that are looked at for third numbers of versions."""

_LATE: Final = 99
"""A third number that is late for every Python."""

_MINOR: Final = re.compile(r"(?:[23])\.[0-9]{1,2}(?:\.[0-9]+)?(?:-dev)?t?").fullmatch
_CUT: Final = re.compile(r"3\.[1-9]0").fullmatch
"""A version that a number ends too early of."""


def lowest_minor(allowed: SpecifierSet) -> str | None:
    """Return the lowest minor version of Python 3 of which *allowed* takes a release; None for none.

    >>> lowest_minor(versions.specifiers(">=3.9.2,<4"))
    '3.9'
    """
    for minor in range(MOST_MINORS):
        if _allows(allowed, f"3.{minor}"):
            return f"3.{minor}"
    return None


def _allows(allowed: SpecifierSet, minor: str) -> bool:
    """Say whether *allowed* takes a release of the version *minor*, early or late."""
    return any(
        allowed.contains(f"{minor}.{patch}", prereleases=True) for patch in _patches(allowed)
    )


@keeps(16, lambda allowed: len(str(allowed)))
def _patches(allowed: SpecifierSet) -> tuple[int, ...]:
    """Return the third numbers to ask *allowed* for: at, before and behind each that it names.

    Between two of these its answer is the same for all.
    """
    found = {0, 1, _LATE}
    for each in sorted(allowed, key=str)[:MOST_CLAUSES]:
        try:
            release = versions.version(each.version.removesuffix(".*")).release
        except InvalidVersion:
            continue  # what === names need be no version
        if len(release) > 2:
            found.update(range(max(0, release[2] - 1), release[2] + 2))
    return tuple(sorted(found))


def _tested(project: Project) -> list[Node]:
    """Return the versions that jobs set up, in lists of matrices and in steps."""
    nodes: list[Node] = []
    for workflow in project.workflows.values():
        for _, job in workflow.get("jobs").pairs:
            matrix = job.get("strategy", "matrix")
            for key, value in matrix.pairs:
                if key.text.replace("_", "-") in (
                    "python-version",
                    "python-versions",
                    "python",
                    "py",
                ):
                    nodes += value.texts()
            for each in matrix.get("include"):
                for name in ("python-version", "python_version", "python"):
                    nodes += each.get(name).texts()
            for step in job.get("steps"):
                if step.get("uses").text.startswith("actions/setup-python@"):
                    nodes += step.get("with", "python-version").texts()
    return nodes


def _numbers(node: Node) -> list[str]:
    """Return the versions that *node* names, as ``X.Y``, one a line."""
    return [
        ".".join(each.removesuffix("t").removesuffix("-dev").split(".")[:2])
        for each in node.text.split()
        if _MINOR(each)
    ]


def _refused(project: Project) -> Iterable[Found] | None:
    allowed, tested = project.requires_python, _tested(project)
    if allowed is None or not tested:
        return None
    return [
        at_node(
            "review-python-refused",
            node,
            f"requires-python is {str(allowed)!r}, so nothing installs on Python {minor}",
            f"leave {minor} out here, or allow it there",
        )
        for node in tested
        for minor in _numbers(node)
        if not _allows(allowed, minor)
    ]


def _untested(project: Project) -> Iterable[Found] | None:
    allowed = project.requires_python
    tested = {minor for node in _tested(project) for minor in _numbers(node)}
    if allowed is None or not tested:
        return None
    lowest = lowest_minor(allowed)
    if lowest is None or lowest in tested or _chosen_elsewhere(project, lowest):
        return []
    said = project.project["requires-python"]
    piece = project.quoted(("project", "requires-python"), said)
    oldest = min(tested, key=versions.version)
    return [
        at_piece(
            "review-python-untested",
            piece,
            f"Python {lowest} is allowed, and no workflow sets it up; the oldest is {oldest}",
            f"test with {lowest}, or require {oldest}",
        )
    ]


_CHOOSERS: Final = re.compile(
    r"(?:prefix-dev/setup-pixi|conda-incubator/|mamba-org/|cachix/install-nix-action|docker://)"
)
"""Actions that bring a Python whose version is said in files of their own."""


_CHOOSING: Final = frozenset(
    {
        "tox.ini",
        "tox.toml",
        "pixi.toml",
        ".circleci/config.yml",
        ".cirrus.yml",
        ".gitlab-ci.yml",
        "appveyor.yml",
        "azure-pipelines.yml",
    }
)
"""Files of what chooses versions of Python, or runs tests, beside workflows."""


def _chosen_elsewhere(project: Project, minor: str) -> bool:
    """Say whether something may test with *minor* that lists of versions do not show.

    A tool chooses versions of its own, a job is another repository's, or workflows write the
    version in another way, as in the name of an environment.
    """
    program = project.noxfile
    text = program.source.text if program is not None else ""
    tables = (("tox",), ("pixi",), ("hatch", "envs"))
    if (
        not _CHOOSING.isdisjoint(project.tree.paths)
        or "python=" in text
        or "python_versions" in text
        or any(project.table("tool", *names) for names in tables)
        or any(path.startswith(WORKFLOWS) for path in project.unread)
    ):
        return True
    written = re.compile(rf"(?<![0-9.]){minor.replace('.', '[.-]?')}(?![0-9])")
    for workflow in project.workflows.values():
        if written.search(workflow.source.text):
            return True
        for _, job in workflow.get("jobs").pairs:
            called = job.get("uses").text
            used = [step.get("uses").text for step in job.get("steps")]
            if (called and not called.startswith("./")) or any(map(_CHOOSERS.match, used)):
                return True
    return False


def _float(project: Project) -> Iterable[Found] | None:
    nodes = _tested(project)
    build = project.readthedocs.get("build", "tools", "python")
    nodes = [*nodes, *build.texts()]
    if not nodes:
        return None
    return [
        at_node(
            "review-python-float",
            node,
            f"without quotes {node.text} is the number {node.text[:-1]}",
            f'write "{node.text}"',
            Fix(
                f'write "{node.text}"',
                f'"{node.text}"',
                node.source.index.span(node.start, node.end),
            ),
        )
        for node in nodes
        if node.plain and _CUT(node.text)
    ]


_CLASSIFIER: Final = re.compile(r"Programming Language :: Python :: (3\.[0-9]{1,2})").fullmatch


def _classifiers(project: Project) -> Iterable[Found] | None:
    allowed = project.requires_python
    listed = project.project.get("classifiers")
    if allowed is None or not isinstance(listed, list):
        return None
    return list(_wrong_classifiers(project, allowed, listed))


def _wrong_classifiers(
    project: Project, allowed: SpecifierSet, listed: list[object]
) -> Iterator[Found]:
    for i, each in enumerate(listed):
        match = _CLASSIFIER(each) if isinstance(each, str) else None
        if match is None or not isinstance(each, str) or _allows(allowed, match[1]):
            continue
        path = ("project", "classifiers", i)
        piece = project.quoted(path, each)
        message = f"requires-python is {str(allowed)!r}, which does not allow Python {match[1]}"
        assert project.pyproject is not None
        edit = project.pyproject.gone(path)
        fix = "delete the classifier"
        repair = None
        if edit is not None:
            span = project.pyproject.index.span(edit.start, edit.end)
            repair = Fix(fix, edit.replacement, span)
        place = piece.place(0, len(each))[0]
        yield found("review-python-classifier", "pyproject.toml", message, place, fix, repair)


_TAKEN: Final = {"mypy": "3.10"}
"""The oldest Python that the newest release of a checker takes: mypy 2.4.1 refuses 3.9."""


def _checkers(project: Project) -> Iterable[Found] | None:
    """Compare what type checkers and formatters take for the oldest Python with what is required."""
    allowed = project.requires_python
    lowest = lowest_minor(allowed) if allowed is not None else None
    set_to = list(_set_to(project))
    if lowest is None or not set_to:
        return None
    wrong = []
    for path, written, value in set_to:
        taken = max(lowest, _TAKEN.get(path[1], lowest), key=versions.version)
        try:
            differs = versions.version(value) not in map(versions.version, (lowest, taken))
        except InvalidVersion:
            continue
        if differs:
            better = _spelled_like(written, taken)
            wrong.append(
                at_piece(
                    "review-python-checker",
                    project.quoted(path, written),
                    f"[{'.'.join(path[:-1])}] takes Python {value} for the oldest, and"
                    f" requires-python begins with {lowest}",
                    f"write {better}",
                    replacement=better,
                )
            )
    return wrong


def _spelled_like(written: str, minor: str) -> str:
    return f"py{minor.replace('.', '')}" if written.startswith("py") else minor


def _set_to(project: Project) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for path in (
        ("tool", "mypy", "python_version"),
        ("tool", "pyright", "pythonVersion"),
        ("tool", "ruff", "target-version"),
        ("tool", "ty", "environment", "python-version"),
    ):
        value = project.table(*path[:-1]).get(path[-1])
        if not isinstance(value, str):
            continue
        match = re.fullmatch(r"py3([0-9]{1,2})", value)
        yield path, value, f"3.{match[1]}" if match else value


CHECKS: Final = (
    Check(
        "review-python-refused", "pythons", "Workflows test with Pythons that are allowed", _refused
    ),
    Check(
        "review-python-untested",
        "pythons",
        "Workflows test with the oldest Python that is allowed",
        _untested,
    ),
    Check("review-python-float", "pythons", "Versions of Python are not numbers", _float),
    Check(
        "review-python-classifier",
        "pythons",
        "Classifiers name Pythons that are allowed",
        _classifiers,
    ),
    Check(
        "review-python-checker",
        "pythons",
        "Checkers take the oldest Python that is allowed",
        _checkers,
    ),
)
"""The checks of versions of Python."""
