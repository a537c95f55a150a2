"""A whole review: our checks, and those of every plugin of repo-review that is installed.

Idea: ours are asked directly, the others through repo-review, and both come out in one form, in
the order in which repo-review tells them.

Source: repo-review, "Programmatic use".
"""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from trigpoint.archives.faults import counted, in_order
from trigpoint.projects.folder import Folder
from trigpoint.projects.report import NotRead
from trigpoint.projects.review.judging import Outcome, Verdict, judge
from trigpoint.projects.review.memory import MemoryPath
from trigpoint.projects.review.project import Found, Project
from trigpoint.projects.review.table import ALL, FAMILIES, PREFIX
from trigpoint.projects.review.tree import Tree

__all__ = [
    "MOST_HANDED",
    "Result",
    "Review",
    "has_plugins",
    "review",
    "review_folder",
]

MOST_HANDED: Final = 1024 * 1024
"""Bytes that the files may have together which plugins read: they read YAML slowly, and all of it."""

_HANDED: Final = re.compile(
    r"(?:\.github/(?:workflows/)?)?[^/]+\.ya?ml"
    r"|(?:pyproject|\.?ruff|\.?pytest)\.toml|setup\.cfg|noxfile\.py"
).fullmatch

_FIXTURE: Final = "trigpoint_review"
_OUTCOMES: Final[dict[bool | None, Outcome]] = {True: "passed", False: "failed", None: "skipped"}


@dataclass(frozen=True, slots=True)
class Result:
    """What one check says.

    ``code`` is the check's, ``family`` the title of its family, ``claim`` what holds where it
    passes.  ``words`` is Markdown: what is wrong, or why the check was left out.  ``found`` holds
    the findings of ours; ``own`` says whether it is one.
    """

    code: str
    family: str
    claim: str
    outcome: Outcome
    words: str = ""
    url: str = ""
    found: tuple[Found, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True)
class Review:
    """What every check says of a project, family by family.

    ``texts`` holds the files that findings are about, by path, ``not_read`` what was not read,
    and ``missing`` says why there are no checks but ours; empty if there are.
    """

    results: tuple[Result, ...]
    texts: Mapping[str, str]
    not_read: tuple[NotRead, ...] = ()
    missing: str = ""

    @property
    def failed(self) -> bool:
        """Whether a check fails."""
        return any(each.outcome == "failed" for each in self.results)

    def counts(self) -> Counter[str]:
        """Return how many checks came out how."""
        return Counter(each.outcome for each in self.results)

    def families(self) -> dict[str, tuple[Result, ...]]:
        """Return the results of each family by its title, those that failed first."""
        found: dict[str, list[Result]] = {}
        for each in self.results:
            found.setdefault(each.family, []).append(each)
        order = ("failed", "passed", "ignored", "skipped")
        return {
            title: tuple(sorted(results, key=lambda each: order.index(each.outcome)))
            for title, results in found.items()
        }


def has_plugins() -> bool:
    """Say whether repo-review is there, and what it needs."""
    return all(importlib.util.find_spec(name) for name in ("repo_review", "markdown_it"))


def review_folder(path: Path, *, plugins: bool = True) -> Review:
    """Review the project in the folder at *path*, with the checks of *plugins* unless told not to."""
    return _review(Tree.of_folder(path, Folder(path)), path, plugins=plugins)


def review(tree: Tree, *, plugins: bool = True) -> Review:
    """Review the project whose files are *tree*; *plugins* as for :func:`review_folder`.

    >>> found = review(Tree.of_files({"pyproject.toml": b"[project]"}), plugins=False)
    >>> [each.code for each in found.results if each.outcome == "failed"]
    ['review-pyproject']
    """
    return _review(tree, MemoryPath(tree), plugins=plugins)


def _review(tree: Tree, root: Any, *, plugins: bool) -> Review:
    project = Project(tree)
    own = [_own(verdict) for verdict in judge(project, ALL)]
    others: list[Result] = []
    missing = ""
    if not plugins:
        missing = "only the checks of Trigpoint were asked for"
    elif not has_plugins():
        missing = "repo-review is not installed; trigpoint[review] brings it, with sp-repo-review"
    elif large := _too_large(tree, root):
        missing = f"the plugins of repo-review were not asked: {large}"
    else:
        try:
            others = list(_others(root))
        # What plugins raise for a broken file is theirs to choose.
        except Exception as error:  # noqa: BLE001
            said = str(error).partition("\n")[0]
            missing = f"the plugins of repo-review stopped: {type(error).__name__}: {said}"
    texts = {path: text for path in _paths(own) if (text := _text(project, path)) is not None}
    return Review((*others, *own), texts, tuple(project.unread.values()), missing)


def _too_large(tree: Tree, root: Any) -> str:
    """Say that plugins would have more to read at *root*, the top of *tree*, than they are given."""

    def size(path: str) -> int:
        if not isinstance(root, Path):
            return len(tree.bytes(path) or b"")
        try:
            return (root / path).stat().st_size
        except OSError:
            return 0

    sizes = {path: size(path) for path in (*tree.paths, *tree.links) if _HANDED(path)}
    if sum(sizes.values()) <= MOST_HANDED:
        return ""
    largest = max(sizes, key=lambda path: (sizes[path], path))
    return (
        f"they read files such as {largest} whole, and these have more than"
        f" {counted(MOST_HANDED)} together"
    )


def _paths(results: Iterable[Result]) -> set[str]:
    return {found.path for each in results for found in each.found if found.path}


def _text(project: Project, path: str) -> str | None:
    if path in project.read:
        return project.read[path]
    if path.endswith((".whl", ".gz", ".zip")):
        return None
    data = project.tree.bytes(path)
    return None if data is None else data.decode("utf-8", "surrogateescape")


def _own(verdict: Verdict) -> Result:
    check = verdict.check
    return Result(
        check.code,
        FAMILIES[check.family],
        check.claim,
        verdict.outcome,
        verdict.words,
        check.rule.url,
        verdict.found,
    )


class _Fixtures(dict[str, Any]):
    """Fixtures that no check changes, which repo-review would copy, and compare after each of them.

    One of them is a syntax tree, and to compare that 50 times takes longer than all checks.
    """

    __hash__ = None

    def __deepcopy__(self, memo: object) -> _Fixtures:
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Fixtures)

    def __ne__(self, other: object) -> bool:
        return not self == other


def _others(root: Any) -> Iterable[Result]:
    """Yield what the checks of other plugins say of the project at *root*."""
    from repo_review.checks import collect_checks
    from repo_review.families import collect_families, get_family_name
    from repo_review.fixtures import collect_fixtures, compute_fixtures
    from repo_review.processor import CollectionReturn, process

    functions = {name: each for name, each in collect_fixtures().items() if name != _FIXTURE}
    fixtures = compute_fixtures(root, root, functions)
    checks = {
        name: check
        for name, check in collect_checks(fixtures).items()
        if not check.family.startswith(PREFIX)
    }
    families = collect_families(fixtures)
    for check in checks.values():
        families.setdefault(check.family, {})
    collected = CollectionReturn(_Fixtures(fixtures), checks, families)
    for each in process(root, collected=collected).results:
        yield Result(
            each.name,
            get_family_name(families, each.family),
            each.description,
            "ignored" if each.skip_reason else _OUTCOMES[each.result],
            in_order(each.skip_reason or each.err_msg),
            each.url,
            own=False,
        )
