"""The configuration of pre-commit, which prek reads, too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from trigpoint.archives.faults import shown
from trigpoint.projects.review.checks.base import Check, at_node
from trigpoint.projects.review.project import Found, Project
from trigpoint.projects.review.yamls import Node

__all__ = ["CHECKS"]

_RELEASE: Final = re.compile(r"[0-9a-f]{40}|.*[0-9].*").fullmatch
_OWN: Final = ("local", "meta", "builtin")


def _repos(project: Project) -> list[Node]:
    return [each for each in project.pre_commit.get("repos") if each.get("repo").text not in _OWN]


def _moving(project: Project) -> Iterable[Found] | None:
    repos = _repos(project)
    if not repos:
        return None
    return [
        at_node(
            "review-hook-moving",
            repo.get("rev"),
            f"{shown(repo.get('rev').text)} is a branch: hooks are fetched once, and stay as they"
            " were that day",
            "write a release; pre-commit autoupdate does",
        )
        for repo in repos
        if repo.get("rev") and not _RELEASE(repo.get("rev").text)
    ]


def _order(project: Project) -> Iterable[Found] | None:
    for repo in _repos(project):
        hooks = repo.get("hooks").items
        names = [hook.get("id").text for hook in hooks]
        fixing = [
            i
            for i, hook in enumerate(hooks)
            if names[i] in ("ruff", "ruff-check")
            and any(each.text == "--fix" for each in hook.get("args").texts())
        ]
        if "ruff-format" in names and fixing:
            first = names.index("ruff-format")
            if first > fixing[0]:
                return []
            message = "ruff-format runs first, and what the fixes change is left unformatted"
            return [
                at_node(
                    "review-hook-order", hooks[first], message, "put it behind the hook with --fix"
                )
            ]
    return None


CHECKS: Final = (
    Check("review-hook-moving", "hooks", "Hooks come from releases", _moving),
    Check("review-hook-order", "hooks", "The formatter runs behind the fixes", _order),
)
"""The checks of pre-commit's configuration."""
