"""What the algebra lab's answers are called, on every face."""

from __future__ import annotations

from typing import Final

from trigpoint.labs import length
from trigpoint.labs.algebra.answer import (
    AlgebraResponse,
    ComparedPair,
    ComparedRequirements,
    MarkerComparison,
    SimpleLine,
)
from trigpoint.labs.reading import counted, nothing_read, told

__all__ = [
    "ASSUMPTION_TITLES",
    "CONFLICT_CODES",
    "MODE_TITLES",
    "MOST_LINES",
    "MOST_PAIRS_SHOWN",
    "MOST_REWRITTEN",
    "NO_PAIRS",
    "ONE_REQUIREMENT",
    "RELATIONS",
    "REWRITTEN",
    "assumption",
    "differences",
    "lines_left_out",
    "no_pairs",
    "pairs_left_out",
    "read",
    "short",
    "summary",
    "verdict",
    "versions",
    "where",
    "witness_value",
    "witness_words",
]

MODE_TITLES: Final = {"simplify": "Simplify", "compare": "Compare", "merge": "Merge"}
"""A title for each mode."""

ASSUMPTION_TITLES: Final = {
    "": "known platforms in comparisons",
    "known-platforms": "known platforms",
    "any-values": "any values at all",
}
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
"""What a merge says where all was read; see :func:`no_pairs`."""

CONFLICT_CODES: Final = frozenset({"requirement-conflict", "requirement-extras-exclusive"})
"""The findings that pairs in conflict say too, with both of their lines."""

ONE_REQUIREMENT: Final = "One of the two is a marker alone, so only the markers are compared."
"""What there is to say of a marker and a requirement."""

_VERSIONS: Final = {
    "overlap": "some versions fit both, and each allows others",
    "within": "the first allows fewer versions",
    "around": "the second allows fewer versions",
    "apart": "no version fits both",
    "": "nothing says how === and other versions lie to each other",
}

MOST_LINES: Final = 200
"""Lines of the text that a page lists to choose from; the rest is counted."""

MOST_REWRITTEN: Final = 20_000
"""Letters of the text with the shortest markers that a page shows."""

REWRITTEN: Final = "The whole text with the shortest markers"
"""What stands above that text."""

MOST_PAIRS_SHOWN: Final = 200
"""Pairs of lines that a table shows; the rest is counted."""


def summary(response: AlgebraResponse) -> str:
    """Say *response*, the answer of the mode, in one sentence."""
    if not response.lines:
        return length.said(response.findings) or nothing_read(response.reading)
    if response.mode == "compare":
        return verdict(response.comparison)
    if response.mode == "merge":
        pairs = response.pair_count
        what = "pair" if pairs == 1 else "pairs"
        return f"{pairs} {what} of lines for the same project, {_in_conflict(response)}."
    line = response.lines[response.line]
    if not line.readable:
        what = "requirement" if line.requirement else "marker"
        return f"The {what} cannot be read."
    if not line.marker:
        return "Has no marker, so it always applies."
    if line.holds == "sometimes":
        return f"Means {line.simplified}" if line.simplified else "Cannot be spelled."
    return {
        "always": "Always holds: leave the marker out.",
        "never": "Never holds: leave the line out.",
    }.get(line.holds, "Has no defined meaning.")


def _in_conflict(response: AlgebraResponse) -> str:
    """Say how many pairs are in conflict, and how many only if extras are asked for together."""
    found = [pair for pair in response.pairs if pair.conflict]
    exclusive = sum(len(pair.extras) > 1 for pair in found)
    said = f"{len(found) - exclusive} in conflict"
    if exclusive:
        said += f", {exclusive} more only where several extras are asked for at once"
    return said


def short(line: SimpleLine) -> str:
    """Return in a few words what *line* comes to."""
    if not line.readable:
        return "cannot be read"
    if not line.marker:
        return "no marker"
    return line.simplified or line.holds or "no defined meaning"


def verdict(found: MarkerComparison | None) -> str:
    """Say *found* in one sentence: how two markers lie to each other; None is a missing one."""
    if found is None:
        return "Two markers or requirements are needed, one per line."
    if found.requirements is not None:
        different = differences(found, found.requirements)
        if not different:
            return "The two ask for the same."
        return f"The two differ: {'; '.join(different)}."
    if found.equal:
        return "The two mean the same."
    if found.disjoint:
        return "The two never hold together."
    if found.implies:
        return "The first holds only where the second does."
    if found.implied:
        return "The second holds only where the first does."
    return "The two overlap; neither implies the other."


def assumption(response: AlgebraResponse) -> str:
    """Say what a comparison, *response*, takes for granted, where that matters to the answer; else nothing."""
    if response.unknown:
        return (
            "One of the two holds on no known platform, so any values count, "
            "also those that occur together nowhere."
        )
    found = response.comparison
    if found is None or not found.otherwise:
        return ""
    what = RELATIONS[found.otherwise]
    subject = "the two " if found.otherwise in ("same", "overlap", "apart") else ""
    return (
        "This takes known platforms for granted, such as that os_name is nt on Windows. "
        f"With any values at all, {subject}{what}."
    )


def differences(found: MarkerComparison, requirements: ComparedRequirements) -> list[str]:
    """Say each thing in which two requirements differ; nothing if they ask for the same.

    *found* compares their markers, *requirements* what stands in front of them.
    """
    said = []
    (first, second), urls = requirements.names, requirements.urls
    if first != second:
        said.append(f"they name {first or 'no project'} and {second or 'no project'}")
    for which, extras in zip(("first", "second"), requirements.extras, strict=True):
        if extras:
            said.append(f"only the {which} asks for {', '.join(extras)}")
    if any(urls):
        if urls[0] != urls[1]:
            said.append(f"they come from {' and '.join(each or 'an index' for each in urls)}")
    elif requirements.versions != "same":
        said.append(_VERSIONS[requirements.versions])
    if not found.equal:
        said.append(_markers(found))
    return said


def _markers(found: MarkerComparison) -> str:
    """Say how two markers that differ lie to each other."""
    if found.disjoint:
        return f"their markers {RELATIONS['apart']}"
    if found.implies or found.implied:
        which = "first" if found.implies else "second"
        return f"the marker of the {which} holds in fewer environments"
    return f"their markers {RELATIONS['overlap']}"


def no_pairs(response: AlgebraResponse) -> str:
    """Say that a merge, *response*, found no project twice, and in what."""
    if response.reading.complete:
        return NO_PAIRS
    for each in response.reading.read:
        if each.kind == "requirement":
            return f"No project is named twice in what could be compared, {counted(each)}."
    return "Nothing could be compared."


def read(response: AlgebraResponse) -> str:
    """Say what of the text of *response* was read and what not; empty where there is no need."""
    merged = response.mode == "merge" and bool(response.lines)
    return told(response.reading, always=merged and not response.reading.complete)


def witness_words(found: MarkerComparison) -> str:
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
    if not pair.compared:
        return "not compared"
    return "could be one line" if pair.relation == "same" else "fine"


def where(pair: ComparedPair) -> str:
    """Say where both lines of *pair*, which is in conflict, apply."""
    if not pair.extras:
        return f"both apply {pair.where}"
    *names, last = pair.extras
    what = f"extras {', '.join(names)} and {last}" if names else f"extra {last}"
    return f"both apply {pair.where}, if the {what} {'are' if names else 'is'} asked for"


def lines_left_out(response: AlgebraResponse) -> str:
    """Say how many lines of *response* a page does not list; empty if it lists all."""
    left = len(response.lines) - MOST_LINES
    return f"{left} more lines are not listed." if left > 0 else ""


def pairs_left_out(response: AlgebraResponse) -> str:
    """Say how many pairs of *response* are not shown; empty if all are."""
    shown = min(len(response.pairs), MOST_PAIRS_SHOWN)
    left = response.pair_count - shown
    if left <= 0:
        return ""
    if response.all:
        return f"{left} more pairs are not shown."
    what = "1 more pair is" if left == 1 else f"{left} more pairs are"
    return f"{what} not shown, since no conflict was found in them."
