"""What the review lab says, the same on every face."""

from __future__ import annotations

import re
from typing import Final

from trigpoint.labs.review.data import FamilyRow, ResultRow, ReviewResponse

__all__ = ["OUTCOMES", "counts", "lines", "outcome", "summary"]

OUTCOMES: Final = {
    "failed": "Failed",
    "passed": "Passed",
    "ignored": "Left out",
    "skipped": "Nothing to check",
}
"""What an outcome is called."""


def summary(response: ReviewResponse) -> str:
    """Say *response* in one sentence."""
    if response.empty:
        return "There is no project to review yet."
    asked = response.failed + response.passed
    if not asked:
        return "No check has anything to look at here."
    if not response.failed:
        said = "All pass" if asked > 1 else "It passes"
    else:
        said = f"{response.failed} of {asked} checks fail{'s' if response.failed == 1 else ''}"
        return f"{said}{_left_out(response)}."
    return f"{asked} check{'s' if asked > 1 else ''} asked. {said}{_left_out(response)}."


def _left_out(response: ReviewResponse) -> str:
    if not response.ignored:
        return ""
    return (
        f"; {response.ignored} {'is' if response.ignored == 1 else 'are'} left out by the project"
    )


def counts(row: FamilyRow) -> str:
    """Say how the checks of *row* came out.

    >>> counts(FamilyRow("Builds", 1, 3, 0, 0, ()))
    '1 failed, 3 passed'
    """
    parts = [
        f"{number} {outcome(name).lower()}" for name in OUTCOMES if (number := getattr(row, name))
    ]
    return ", ".join(parts)


def outcome(name: str) -> str:
    """Return what the outcome called *name* is called in words."""
    return OUTCOMES[name]


_FENCE: Final = re.compile(r"[ \t]*```")


def lines(row: ResultRow) -> list[tuple[str, str]]:
    r"""Return the words of *row* in pieces: each a ``"text"``, an ``"item"`` or ``"code"``.

    >>> lines(ResultRow("X", "", "failed", "So:\n\n* one\n```toml\na = 1\n```", "", ""))
    [('text', 'So:'), ('item', 'one'), ('code', 'a = 1')]
    """
    found: list[tuple[str, str]] = []
    paragraph: list[str] = []
    code: list[str] | None = None

    def end() -> None:
        if paragraph:
            found.append(("text", " ".join(paragraph)))
            paragraph.clear()

    for line in row.words.splitlines():
        if _FENCE.match(line):
            end()
            if code is None:
                code = []
            else:
                found.append(("code", "\n".join(code)))
                code = None
        elif code is not None:
            code.append(line)
        elif line.lstrip().startswith("* "):
            end()
            found.append(("item", line.lstrip()[2:]))
        elif line.strip():
            paragraph.append(line.strip())
        else:
            end()
    end()
    if code:
        found.append(("code", "\n".join(code)))
    return found
