"""What the marker lab's answers are called, on every face."""

from __future__ import annotations

from typing import Final

from trigpoint.labs import length
from trigpoint.labs.markers.answer import ExplainedPart, MarkerLine, MarkersResponse
from trigpoint.labs.reading import nothing_read
from trigpoint.markers import Rules

__all__ = [
    "GROUPS",
    "MOST_LINES",
    "RULES",
    "SIGNS",
    "count",
    "left_out",
    "lines_left_out",
    "operands",
    "otherwise",
    "rules_hint",
    "shown",
    "summary",
    "truth",
    "why",
]

RULES: Final = {
    Rules.SPEC: ("Specification", "The specification: extra is the set of all requested extras."),
    Rules.INSTALLERS: (
        "Installers",
        "Installers: pip and uv ask once for each requested extra, and one yes is enough.",
    ),
    Rules.SUMMIT: (
        "Summit 2022",
        "The summit's proposal: a set called extras, tested with in and not in only.",
    ),
}
"""A title for each set of rules, and what it means in one line."""

SIGNS: Final = {True: ("●", "holds"), False: ("·", "does not"), None: ("!", "no defined answer")}
"""A sign for each answer, so that colour never stands alone, and what the legend says of it."""

GROUPS: Final = {"and": "all of these", "or": "one of these", "any": "once for each extra"}
"""What the parts of a group have to do with it, by its operator."""

MOST_LINES: Final = 200
"""Lines of the text that a page lists to choose from; the rest is counted."""


def truth(value: bool | None) -> str:
    """Return *value* as a word; None is an answer that nothing defines."""
    return "undefined" if value is None else str(value).lower()


def summary(response: MarkersResponse) -> str:
    """Say in how many environments the chosen marker of *response* holds."""
    if not response.lines:
        return length.said(response.findings) or nothing_read(response.reading)
    return count(response, response.lines[response.marker])


def count(response: MarkersResponse, line: MarkerLine) -> str:
    """Say in how many environments of *response* its *line* holds."""
    if not line.readable:
        return f"The {'requirement' if line.requirement else 'marker'} cannot be read."
    total = len(response.environments)
    what = "Holds" if line.marker else "Has no marker, so it holds"
    text = f"{what} in {line.holds} of {total} environments"
    if undefined := line.values.count(None):
        text += f", without a defined answer in {undefined}"
    return f"{text}."


def otherwise(response: MarkersResponse) -> str:
    """Say what a star beside an answer of *response* means."""
    return f"* {RULES[Rules(response.compared_with)][0]} answer otherwise"


def rules_hint(response: MarkersResponse) -> str:
    """Say in one line what the rules of *response* mean."""
    return RULES[Rules(response.rules)][1]


def why(response: MarkersResponse) -> str:
    """Return the question that the explanation of *response* answers."""
    cell = next(each for each in response.environments if each.environment == response.environment)
    return f"Why on {cell.label}?"


def shown(part: ExplainedPart) -> str:
    """Return what stands for *part*: its text, or the operator of a group."""
    return part.op if part.op in GROUPS else part.text


def operands(part: ExplainedPart) -> str:
    """Return the comparison *part* with its variables replaced by their values."""
    return f"{part.left} {part.op} {part.right}"


def left_out(response: MarkersResponse) -> str:
    """Say how many parts *response* does not explain; empty if all are."""
    return f"{response.unexplained} more parts are not shown." if response.unexplained else ""


def lines_left_out(response: MarkersResponse) -> str:
    """Say how many lines of *response* a page does not list; empty if it lists all."""
    left = len(response.lines) - MOST_LINES
    return f"{left} more lines are not listed." if left > 0 else ""
