"""What the review lab is asked, and what it answers with: plain data."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.findings import Finding
from trigpoint.labs.base import Needs
from trigpoint.labs.files import Upload

__all__ = ["FamilyRow", "ResultRow", "ReviewRequest", "ReviewResponse"]


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What a reader asks.

    ``text`` is the project's pyproject.toml, ``files`` its other files as a list, one path a line
    and below it, indented by four blanks, what the file holds.  ``plugins`` asks sp-repo-review,
    too.  ``file`` is a dropped folder, zip, sdist or pyproject.toml; filling in puts it into the
    other fields, and ``kept`` is the name of what is too large for that and stays in the tab.
    """

    text: str = ""
    files: str = ""
    plugins: bool = False
    kept: str = ""
    file: Upload | str | None = ""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What one check says.

    ``outcome`` is ``"failed"``, ``"passed"``, ``"skipped"`` or ``"ignored"``; ``claim`` is what
    holds where it passes.  ``words`` is Markdown, ``url`` leads to the rule, and ``patch`` carries
    the fixes out.
    """

    code: str
    claim: str
    outcome: str
    words: str
    url: str
    patch: str


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """The checks of a family, those that failed first, and how many of them came out how."""

    title: str
    failed: int
    passed: int
    ignored: int
    skipped: int
    results: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True)
class ReviewResponse:
    """The answer.

    The four numbers count the checks, and ``patch`` carries out the fixes of all.  ``missing``
    says why there are no checks but ours, ``not_read`` what was not read, and ``waiting`` what
    has to be loaded before this is whole.  ``findings`` is about the text.
    """

    empty: bool
    project: str
    families: tuple[FamilyRow, ...]
    failed: int
    passed: int
    ignored: int
    skipped: int
    patch: str
    missing: str
    not_read: tuple[str, ...]
    waiting: Needs | None
    findings: tuple[Finding, ...]
