"""What the algebra lab's answers are called, on every face."""

from __future__ import annotations

from typing import Final

from trigpoint.labs.algebra.answer import (
    AlgebraResponse,
    ComparedPair,
    Comparison,
    SimpleLine,
)

__all__ = [
    "ASSUMPTION_TITLES",
    "MODE_TITLES",
    "MOST_LINES",
    "MOST_PAIRS_SHOWN",
    "NO_PAIRS",
    "RELATIONS",
    "lines_left_out",
    "pairs_left_out",
    "short",
    "summary",
    "verdict",
    "versions",
    "witness_value",
    "witness_words",
]

MODE_TITLES: Final = {"simplify": "Simplify", "compare": "Compare", "merge": "Merge"}
"""A title for each mode."""

ASSUMPTION_TITLES: Final = {"": "nothing", "known-platforms": "known platforms"}
"""What may be taken for granted, in words."""

RELATIONS: Final = {
    "same": "hold in the same environments",
    "overlap": "overlap",
    "within": "the first holds only where the second does",
    "around": "the second holds only where the first does",
    "apart": "never hold together",
}
"""How two markers lie to each other, in words."""

NO_PAIRS: Final = "No project is named twice."

MOST_LINES: Final = 200
"""Lines of the text that a page lists to choose from; the rest is counted."""

MOST_PAIRS_SHOWN: Final = 200
"""Pairs of lines that a table shows; the rest is counted."""


def summary(response: AlgebraResponse) -> str:
    """Say *response*, the answer of the mode, in one sentence."""
    if not response.lines:
        return "There is no marker yet."
    if response.mode == "compare":
        return verdict(response.comparison)
    if response.mode == "merge":
        conflicts = sum(pair.conflict for pair in response.pairs)
        return (
            f"{len(response.pairs)} pairs of lines for the same project, {conflicts} in conflict."
        )
    line = response.lines[response.line]
    if not line.readable:
        return "The marker cannot be read."
    if line.holds == "sometimes":
        return f"Means {line.simplified}" if line.simplified else "Cannot be spelled."
    return {
        "always": "Always holds: leave the marker out.",
        "never": "Never holds: leave the line out.",
    }.get(line.holds, "Has no defined meaning.")


def short(line: SimpleLine) -> str:
    """Return in a few words what *line* comes to."""
    return line.simplified or line.holds or "cannot be read"


def verdict(found: Comparison | None) -> str:
    """Say *found* in one sentence: how two markers lie to each other; None is a missing one."""
    if found is None:
        return "Two markers are needed, one a line."
    if found.equal:
        return "The two mean the same."
    if found.disjoint:
        return "The two never hold together."
    if found.implies:
        return "The first holds only where the second does."
    if found.implied:
        return "The second holds only where the first does."
    return "The two overlap; neither implies the other."


def witness_words(found: Comparison) -> str:
    """Say which of the two holds in the environment where *found* says that they differ."""
    holds, fails = ("first", "second") if found.first_holds else ("second", "first")
    return f"Here the {holds} holds and the {fails} does not"


def witness_value(value: str) -> str:
    """Return the *value* of a variable, or a word for none."""
    return value or "(empty)"


def versions(pair: ComparedPair) -> str:
    """Say what the versions of *pair* come to."""
    if pair.conflict:
        return "no version fits both"
    return "could be one line" if pair.relation == "same" else "fine"


def lines_left_out(response: AlgebraResponse) -> str:
    """Say how many lines of *response* a page does not list; empty if it lists all."""
    left = len(response.lines) - MOST_LINES
    return f"{left} more lines are not listed." if left > 0 else ""


def pairs_left_out(response: AlgebraResponse) -> str:
    """Say how many pairs of *response* a table does not show; empty if it shows all."""
    left = len(response.pairs) - MOST_PAIRS_SHOWN
    return f"{left} more pairs are not shown." if left > 0 else ""
