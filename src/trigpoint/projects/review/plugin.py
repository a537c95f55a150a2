"""The checks as a plugin of repo-review.

Idea: a fixture asks all checks once, and hands over plain data, because repo-review copies and
compares fixtures; a check then looks up what came of it.

Source: repo-review, "Writing a plugin".
"""

from __future__ import annotations

from typing import Any

from trigpoint.projects.review.checks.base import Check
from trigpoint.projects.review.judging import judge
from trigpoint.projects.review.project import Project
from trigpoint.projects.review.table import ALL, FAMILIES, PREFIX
from trigpoint.projects.review.tree import Tree, Walkable

__all__ = ["ReviewCheck", "families", "repo_review_checks", "trigpoint_review"]

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


def trigpoint_review(root: Walkable, package: Walkable) -> dict[str, str | None]:
    """Return what each check says of the project in *package*, with the workflows of *root*."""
    project = Project(Tree.of_walkable(root, package))
    # An ignored check is left out by repo-review itself, which reads the same table.
    return {
        verdict.check.code: None if verdict.outcome == "skipped" else verdict.words
        for verdict in judge(project, ALL)
    }


def repo_review_checks() -> dict[str, ReviewCheck]:
    """Return every check by its code."""
    return {check.code: ReviewCheck(check) for check in ALL}


def families() -> dict[str, dict[str, Any]]:
    """Return title and order of the families."""
    return {
        PREFIX + key: {"name": f"Trigpoint: {title[0].lower()}{title[1:]}", "order": ORDER + i}
        for i, (key, title) in enumerate(FAMILIES.items())
    }
