"""The checks, asked of one project: what each of them says.

Idea: a check passes, fails with what it found, is skipped where the project has nothing that it
is about, or is left out because the project says so, in the table that repo-review reads.

Source: repo-review, "ignore" and "select" in ``[tool.repo-review]``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from trigpoint.projects.review.checks.base import Check
from trigpoint.projects.review.project import Found, Project
from trigpoint.projects.review.table import CHECKS

__all__ = ["MOST_FOUND", "Outcome", "Verdict", "judge", "line_of"]

Outcome = Literal["failed", "passed", "skipped", "ignored"]
"""What comes of a check."""

MOST_FOUND: Final = 100
"""Findings of one check that are told."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``check`` says: its ``outcome``, what it ``found``, and ``why`` it was left out."""

    check: Check
    outcome: Outcome
    found: tuple[Found, ...] = ()
    why: str = ""

    @property
    def words(self) -> str:
        """What is wrong, in Markdown, or why the check was left out."""
        return self.why or "\n".join(f"* {line_of(each)}" for each in self.found)


def line_of(found: Found) -> str:
    """Return *found* in a line: where, what, and what to do.

    >>> from trigpoint.catalogue import report
    >>> line_of(Found("a.yml", report("review-yaml", "it is none")))
    'a.yml: it is none'
    """
    finding = found.finding
    place = found.path
    if finding.span:
        place += f":{finding.span.line}:{finding.span.column}"
    said = f"{place}: {finding.message}" if place else finding.message
    return f"{said}; {finding.fix.message}" if finding.fix else said


def judge(project: Project, checks: Iterable[Check] = CHECKS) -> tuple[Verdict, ...]:
    """Ask each of *checks* of *project*.

    >>> from trigpoint.projects.review.tree import Tree
    >>> {each.outcome for each in judge(Project(Tree.of_files({})))}
    {'skipped'}
    """
    ignored, selected = _choices(project)
    return tuple(_asked(project, check, ignored, selected) for check in checks)


def _choices(project: Project) -> tuple[dict[str, str], list[str]]:
    """Return the checks that the project leaves out, each with its reason, and those it selects."""
    table = project.table("tool", "repo-review")
    listed, chosen = table.get("ignore"), table.get("select")
    names = listed if isinstance(listed, list | dict) else []
    reasons = listed if isinstance(listed, dict) else {}
    ignored = {each: str(reasons.get(each, "")) for each in names if isinstance(each, str)}
    selected = (
        [each for each in chosen if isinstance(each, str)] if isinstance(chosen, list) else []
    )
    return ignored, selected


def _asked(project: Project, check: Check, ignored: dict[str, str], selected: list[str]) -> Verdict:
    code = check.code
    if code in ignored:
        return Verdict(check, "ignored", (), ignored[code])
    if selected and not {code, "*"} & {*selected}:
        return Verdict(check, "ignored", (), "it is not selected")
    found = check.look(project)
    if found is None:
        return Verdict(check, "skipped")
    told = tuple(islice(found, MOST_FOUND))
    return Verdict(check, "failed" if told else "passed", told)
