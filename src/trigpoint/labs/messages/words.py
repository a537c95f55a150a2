"""What the message lab says, the same on every face."""

from __future__ import annotations

from trigpoint.findings import Span
from trigpoint.labs.messages.answer import (
    KINDS,
    MessageRow,
    MessagesResponse,
    PlaceRow,
    RunRow,
    ToolRow,
)

__all__ = [
    "heading",
    "page_named",
    "place_of",
    "printed_by",
    "read_on",
    "recorded",
    "said_of",
    "sourced",
    "summary",
    "times",
    "value_name",
]

_NAMES = {"requirement": "requirement", "specifier": "versions", "found": "what it found"}


def summary(response: MessagesResponse) -> str:
    """Say *response* in one sentence."""
    if response.empty:
        return "No message is pasted yet."
    causes = [each for each in response.messages if not each.follows]
    if not response.messages:
        near = "; the nearest are below" if response.near else ""
        return f"No message in this text is known{near}."
    if not causes:
        return "The text says that something failed, but not why: below is what it may come from."
    count = len(causes)
    first = "1 message" if count == 1 else f"{count} messages"
    rest = len(response.messages) - count
    more = ""
    if rest:
        more = f", and {rest} that only follow{'s' if rest == 1 else ''} from it"
        more = more if count == 1 else more.replace("from it", "from them")
    return f"{first} explained{more}."


def heading(row: MessageRow) -> str:
    """Return the title of *row*."""
    return f"{row.title} (a consequence)" if row.follows else row.title


def times(row: MessageRow) -> str:
    """Say how often the message of *row* is there; empty for once."""
    return f"It is there {row.times} times." if row.times > 1 else ""


def value_name(name: str) -> str:
    """Return what the value called *name* is called in words."""
    return _NAMES.get(name, name)


def _tool(row: ToolRow) -> str:
    if row.oldest == row.newest:
        return f"{row.family} {row.oldest}"
    return f"{row.family} {row.oldest} to {row.newest}"


def printed_by(row: MessageRow) -> str:
    """Say which tools were recorded with the message of *row*; empty if none was."""
    return ", ".join(map(_tool, row.tools))


def recorded(run: RunRow) -> str:
    """Say which recorded *run* it is."""
    return f"{run.tool}, {run.recorded}, case {run.case}"


def sourced(row: MessageRow) -> str:
    """Say that the message of *row* is sourced; empty where a run was recorded."""
    return f"Sourced, not recorded; read {row.sourced_on}." if row.sourced else ""


def _line(place: Span | None) -> str:
    return f"Line {place.line}, column {place.column}" if place else "The file as a whole"


def read_on(row: MessageRow) -> tuple[str, ...]:
    """Return the pages of the documentation that go on about *row*."""
    return (*row.guides, f"{_MESSAGES}{row.key}")


def page_named(page: str) -> str:
    """Return what a reader calls *page*, an address within the documentation.

    >>> page_named("guides/license"), page_named("reference/metadata-fields")
    ('Guide: license', 'Reference: metadata fields')
    >>> page_named("reference/messages/no-solution-found")
    "This message's page"
    """
    if page.startswith(_MESSAGES):
        return "This message's page"
    kind, _, name = page.partition("#")[0].partition("/")
    return f"{_KINDS_OF_PAGES[kind]}: {name.replace('-', ' ')}"


_MESSAGES = "reference/messages/"
_KINDS_OF_PAGES = {
    "explanations": "Explanation",
    "guides": "Guide",
    "reference": "Reference",
    "tutorials": "Tutorial",
}


def place_of(row: PlaceRow) -> str:
    """Say where in the reader's file *row* is, and what is wrong there."""
    said = f"{_line(row.place)}: {row.message}" if row.code else f"{_line(row.place)} names it"
    fix = f"; {row.fix}" if row.fix else ""
    return f"{said}{fix}."


def said_of(response: MessagesResponse) -> str:
    """Return what the reader's file of *response* is called; empty without one."""
    return KINDS[response.kind] if response.kind else ""
