"""The checks as a plugin of repo-review.

Idea: a fixture asks all checks once, and hands over plain data, because repo-review copies and
compares fixtures; a check then looks up what came of it.

Source: repo-review, "Writing a plugin".
"""

from __future__ import annotations

from typing import Any

from trigpoint.projects.review.checks.base import Check
from trigpoint.projects.review.judging import Verdict, judge
from trigpoint.projects.review.project import Found, Project
from trigpoint.projects.review.table import CHECKS, FAMILIES, PREFIX
from trigpoint.projects.review.tree import Tree, Walkable

__all__ = ["ReviewCheck", "families", "repo_review_checks", "trigpoint_review", "words"]

ORDER = 50
"""Where the families stand: behind those of sp-repo-review."""


class ReviewCheck:
    """One of our checks, as repo-review asks it."""

    def __init__(self, check: Check) -> None:
        self.__doc__ = check.claim
        self.family = PREFIX + check.family
        self.url = check.rule.url
        self.requires: set[str] = set()
        self._code = check.code

    def check(self, trigpoint_review: dict[str, str | None]) -> str | None:
        """Return what is wrong in Markdown, nothing if nothing is, and None for a skip.

        *trigpoint_review* is the fixture of that name.
        """
        return trigpoint_review.get(self._code)


def words(verdict: Verdict) -> str | None:
    """Return *verdict* as repo-review wants it: Markdown, or nothing, or None for a skip."""
    if verdict.outcome == "skipped":
        return None
    return "\n".join(f"* {each}" for each in map(_line, verdict.found))


def _line(found: Found) -> str:
    finding = found.finding
    place = found.path
    if finding.span:
        place += f":{finding.span.line}:{finding.span.column}"
    said = f"{place}: {finding.message}" if place else finding.message
    return f"{said}; {finding.fix.message}" if finding.fix else said


def trigpoint_review(root: Walkable, package: Walkable) -> dict[str, str | None]:
    """Return what each check says of the project in *package*, with the workflows of *root*."""
    project = Project(Tree.of_walkable(root, package))
    return {verdict.check.code: words(verdict) for verdict in judge(project)}


def repo_review_checks() -> dict[str, ReviewCheck]:
    """Return every check by its code."""
    return {check.code: ReviewCheck(check) for check in CHECKS}


def families() -> dict[str, dict[str, Any]]:
    """Return title and order of the families."""
    return {
        PREFIX + key: {"name": f"Trigpoint: {title[0].lower()}{title[1:]}", "order": ORDER + i}
        for i, (key, title) in enumerate(FAMILIES.items())
    }
