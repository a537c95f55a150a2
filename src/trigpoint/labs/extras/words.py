"""What the extras lab's answers are called, on every face."""

from __future__ import annotations

from typing import Final

from trigpoint.extras import RuleSet
from trigpoint.labs import length
from trigpoint.labs.extras.answer import (
    ChangeRow,
    ExtrasResponse,
    RequirementRow,
    RuleAnswer,
    Side,
    Way,
)

__all__ = [
    "HINTS",
    "MOST_ROWS",
    "TITLES",
    "change_words",
    "changes_head",
    "chosen_side",
    "left_out",
    "listed",
    "reason",
    "sign",
    "summary",
    "told",
    "why_head",
]

TITLES: Final = {
    RuleSet.INSTALLERS: "Installers",
    RuleSet.SPEC: "Specification",
    RuleSet.PEP771: "PEP 771",
    RuleSet.SUMMIT: "Summit",
}
"""A short title for each set of rules."""

HINTS = {
    RuleSet.INSTALLERS: "pip and uv ask each marker once without an extra, and once for each extra.",
    RuleSet.SPEC: "Each marker is asked once, about all extras together.",
    RuleSet.PEP771: "The specification, and a request without brackets takes the default extras.",
    RuleSet.SUMMIT: "A set of extras, default extras, and names with a minus; "
    "the minus is a proposal of this project.",
}
"""What each set of rules means, in one line."""

MOST_ROWS: Final = 200
"""Rows of one kind that a page shows; the rest is counted."""


def summary(response: ExtrasResponse) -> str:
    """Return *response* in one plain sentence."""
    if response.bare:
        return f"{response.name} lists no requirements."
    if not response.rows:
        return length.said(response.findings) or "There is no Requires-Dist yet."
    side = chosen_side(response)
    asked = " and ".join(response.requests[:3])
    if len(response.requests) > 3:
        asked += f" and {len(response.requests) - 3} more"
    total = len(response.rows)
    verb = "bring" if len(response.requests) > 1 else "brings"
    noun = "requirement" if total == 1 else "requirements"
    differ = sum(_differs(row) for row in response.rows)
    rest = f"; the four sets of rules differ in {differ}" if differ else "; all rules say the same"
    return (
        f"By {RuleSet(response.rules).title}, {asked} {verb} {side.pulled} of {total} {noun} on "
        f"{response.environment_label}{rest}."
    )


def sign(answer: RuleAnswer) -> str:
    """Return a sign for *answer*: a dot, a small dot, or a mark where there is none."""
    if answer.pulled:
        return "●"
    return "!" if answer.why in ("undefined", "unreadable") else "·"


def reason(way: Way) -> str:
    """Return *way*, one reason, in words.

    >>> reason(Way(("docs",), ("min",), ("pkg[all]", "pkg[docs]; extra == 'all'")))
    "pkg[all] → pkg[docs]; extra == 'all', without min"
    """
    text = " → ".join(way.steps)
    return f"{text}, without {', '.join(way.absent)}" if way.absent else text


def change_words(change: ChangeRow) -> str:
    """Return *change* in words: where the chosen rules pull a requirement in, or no longer."""
    parts = []
    if change.kind != "lost":
        parts.append(f"is added {_where(change.gained, change.gained_count, change.environments)}")
    if change.kind != "gained":
        parts.append(f"is left out {_where(change.lost, change.lost_count, change.environments)}")
    return " and ".join(parts)


def _where(text: str, count: int, total: int) -> str:
    if text == "everywhere" or text.startswith("in some "):
        return text
    return f"where {text} ({count} of {total} named environments)"


def chosen_side(response: ExtrasResponse) -> Side:
    """Return what the rules that *response* chose say."""
    return next(side for side in response.sides if side.rules == response.rules)


def _differs(row: RequirementRow) -> bool:
    return len({answer.pulled for answer in row.answers.values()}) > 1


def told(answer: RuleAnswer) -> str:
    """Say why a requirement comes or does not, by *answer*, that of one set of rules."""
    return "; or ".join(map(reason, answer.ways)) if answer.pulled else answer.message


def why_head(response: ExtrasResponse) -> str:
    """Return the title above the reasons of *response*."""
    return f"Why, by {RuleSet(response.rules).title}"


def changes_head(response: ExtrasResponse) -> str:
    """Return the title above what the rules that *response* chose change."""
    title = RuleSet(response.rules).title
    return f"From what installers do to {title}, in every environment"


def listed(response: ExtrasResponse) -> int:
    """Return how many rows a page of *response* lists, of those that it has."""
    return min(response.listed, MOST_ROWS)


def left_out(rows: int) -> str:
    """Say how many of so many *rows* a page does not show; empty if it shows all."""
    return f"{rows - MOST_ROWS} more are not shown." if rows > MOST_ROWS else ""
