"""What the metadata lab's answers are called, on every face."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from trigpoint.findings import Severity
from trigpoint.installers import FEATURES, TOOLS, describe
from trigpoint.labs import length
from trigpoint.labs.metadata.data import MetadataResponse, ToolRow
from trigpoint.metadata import FORMS

__all__ = [
    "FEWEST_FOLDED",
    "FORM_TITLES",
    "INDEX_TITLES",
    "KIND_TITLES",
    "MOST_LINES",
    "MOST_LISTED",
    "MOST_NAMED",
    "MOST_ROWS",
    "MOST_TABLES",
    "SOURCE_TITLES",
    "VERDICT_SIGNS",
    "VIEW_TITLES",
    "arranged",
    "counted",
    "folded",
    "group_name",
    "listing",
    "newest_first",
    "reasons",
    "recorded",
    "summary",
    "tables",
    "tool_groups",
    "verdict",
]

T = TypeVar("T")

FEWEST_FOLDED: Final = 4
"""Tools with one answer that a page shows like the others; if there are more, it folds them."""

VERDICT_SIGNS: Final = {
    "installs": "✓",
    "accepts": "✓",
    "warns": "!",
    "adds a dependency": "+",
    "drops a dependency": "−",
    "picks an older version": "↓",
    "refuses": "✕",
    "crashes": "✖",
    "not recorded": "?",
}
"""A sign for each verdict, so that colour never stands alone."""

MOST_ROWS: Final = 200
"""Rows of one kind that a page shows; the rest is counted."""

MOST_LINES: Final = 400
"""Lines of a written document that a page shows; the rest is counted."""

MOST_LISTED: Final = 100_000
"""Letters of a written document that a page shows."""

MOST_NAMED: Final = 3
"""Reasons, features and recorded runs that one answer names; the rest is left out."""

MOST_TABLES: Final = 12
"""Tables of a pyproject.toml that an answer names; the rest is counted."""

VIEW_TITLES: Final = {
    "fields": "Fields",
    "convert": "Convert",
    "diff": "Compare",
    "json": "JSON",
    "installers": "Installers",
}
SOURCE_TITLES: Final = {"auto": "Detect", "metadata": "METADATA", "pyproject": "pyproject.toml"}
KIND_TITLES: Final = {"": "Any", "wheel": "Wheel", "sdist": "Sdist"}
INDEX_TITLES: Final = {"": "Any use", "pypi": "PyPI"}
FORM_TITLES: Final = dict(
    zip(FORMS, ("PEP 566", "PEP 819, text (draft)", "PEP 819, schema (draft)"), strict=True)
)


_NOTHING = "No metadata could be read."

# -- one sentence -------------------------------------------------------------------------


def summary(response: MetadataResponse) -> str:
    """Return *response* in one plain sentence, or a few."""
    if response.empty:
        return "There is no metadata yet."
    if long := length.said(response.findings):
        return long
    if not response.readable:
        return _told("No metadata could be read", response) if response.read else _NOTHING
    return _SUMMARIES[response.view](response)


def counted(number: int, noun: str) -> str:
    """Return *number* and *noun*, in the plural where it needs one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listing(text: str) -> tuple[str, str]:
    r"""Return what a page shows of the document *text*, and how much it leaves out.

    >>> listing("a\n" * 500)[1]
    '101 lines'
    """
    lines = text.split("\n")
    shown = "\n".join(lines[:MOST_LINES])
    if len(shown) > MOST_LISTED:
        return shown[:MOST_LISTED], counted(len(text) - MOST_LISTED, "letter")
    left = len(lines) - MOST_LINES
    return shown, counted(left, "line") if left > 0 else ""


def _called(response: MetadataResponse) -> str:
    return " ".join(filter(None, (response.name, response.version))) or "This document"


def _fields_summary(response: MetadataResponse) -> str:
    stated = (
        f"states metadata version {response.stated}" if response.stated else "states no version"
    )
    if response.source == "pyproject":
        text = f"{_called(response)} needs metadata version {response.minimum}"
    elif response.stated == response.minimum:
        text = f"{_called(response)} {stated}, the lowest that it needs"
    else:
        text = f"{_called(response)} {stated} and needs {response.minimum}"
    return _told(text, response)


def _told(text: str, response: MetadataResponse) -> str:
    """Return *text* with how much is said about the document of *response*."""
    counts = Counter(each.severity for each in response.findings)
    told = [
        counted(counts[severity], noun)
        for severity, noun in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
        if counts[severity]
    ]
    fine = (
        "nothing is wrong with what was read" if response.not_read else "nothing is wrong with it"
    )
    text = f"{text}; {', '.join(told) or fine}."
    return f"{text} The index {response.index} it." if response.index else text


def tables(response: MetadataResponse) -> str:
    """Say which tables of a pyproject.toml *response* is about; empty for other documents.

    What was not read is named up to :data:`MOST_TABLES` names, and counted from there.
    """
    if not (response.read or response.not_read):
        return ""
    text = f"Read: {', '.join(response.read[:MOST_TABLES]) or 'nothing'}{_more(response.read)}."
    if response.not_read:
        shown = ", ".join(response.not_read[:MOST_TABLES])
        text += f" Not read: {shown}{_more(response.not_read)}."
    return text


def _more(names: Sequence[str]) -> str:
    left = len(names) - MOST_TABLES
    return f" and {left} more" if left > 0 else ""


def _convert_summary(response: MetadataResponse) -> str:
    converted = response.converted
    assert converted is not None
    counts = Counter(each.code for each in converted.findings)
    if converted.text is None:
        count = sum(each.severity is Severity.ERROR for each in converted.findings)
        return (
            f"{counted(count, 'value')} cannot be said in {converted.to}, so nothing was written."
        )
    dropped = counts["metadata-convert-dropped"]
    changed = sum(counts.values()) - counts["metadata-convert-version"] - dropped
    if not counts:
        return f"Nothing changes in {converted.to}."
    if not changed and not dropped:
        return f"In {converted.to}: only the stated version changes."
    return (
        f"In {converted.to}: {counted(changed, 'thing')} to know, "
        f"{counted(dropped, 'value') if dropped else 'no value'} dropped."
    )


def _diff_summary(response: MetadataResponse) -> str:
    if not response.compared:
        return "Put the newer document into the second box."
    if not response.differences:
        return "No field differs."
    meant = sum(each.kind not in ("spelling", "order") for each in response.differences)
    return f"{counted(len(response.differences), 'difference')}, {meant} of them in meaning."


def _json_summary(response: MetadataResponse) -> str:
    lost = len(response.json_findings)
    return "The same as JSON; " + (
        f"{counted(lost, 'value')} lost." if lost else "nothing is lost."
    )


_PLURAL = {
    "installs": "install",
    "accepts": "accept",
    "warns": "warn",
    "adds a dependency": "add a dependency",
    "drops a dependency": "drop a dependency",
    "picks an older version": "pick an older version",
    "refuses": "refuse",
    "crashes": "crash",
    "not recorded": "not recorded",
}


def _installers_summary(response: MetadataResponse) -> str:
    counts = Counter(each.outcome for each in response.tools)
    told = [
        f"{counts[verdict]} {_PLURAL[verdict] if counts[verdict] > 1 else verdict}"
        for verdict in reversed(VERDICT_SIGNS)
        if counts[verdict]
    ]
    total = counted(len(response.tools), "tool")
    return f"Of {total}: {', '.join(told)}."


_SUMMARIES = {
    "fields": _fields_summary,
    "convert": _convert_summary,
    "diff": _diff_summary,
    "json": _json_summary,
    "installers": _installers_summary,
}


# -- tools ------------------------------------------------------------------------------


def newest_first(names: Iterable[T], name: Callable[[T], str] = str) -> list[T]:
    """Return *names* of tools, the oldest version of each first, with the newest first instead.

    *name* says what each is called, such as ``uv sync 0.13.9``.

    >>> newest_first(["pip 24.0", "pip 26.3", "uv 0.1", "uv sync 0.13"])
    ['pip 26.3', 'pip 24.0', 'uv 0.1', 'uv sync 0.13']
    """

    def tool(each: T) -> str:
        return "".join(itertools.takewhile(lambda letter: not letter.isdigit(), name(each)))

    return [each for _, group in itertools.groupby(names, tool) for each in reversed([*group])]


def arranged(
    rows: Sequence[ToolRow],
) -> tuple[list[tuple[ToolRow, ...]], list[tuple[ToolRow, ...]]]:
    """Return the groups of *rows* that a reader looks for, and those that most tools have in common.

    The newest version of each tool comes first.  The second list is what a page folds:
    empty unless more than :data:`FEWEST_FOLDED` tools install or accept the document, or
    unless nothing is recorded for so many.
    """
    groups = tool_groups(newest_first(rows, lambda row: row.tool))
    count = Counter(_in_common(row) for row in rows)
    common = max(("takes", "not recorded"), key=lambda each: count[each])
    if count[common] <= FEWEST_FOLDED:
        return groups, []
    return (
        [each for each in groups if _in_common(each[0]) != common],
        [each for each in groups if _in_common(each[0]) == common],
    )


def _in_common(row: ToolRow) -> str:
    return "takes" if row.outcome in ("installs", "accepts") else row.outcome


def folded(groups: Sequence[Sequence[ToolRow]], of: int) -> str:
    """Say what the tools of *groups* do, which a page folds, *of* so many in all."""
    rows = [row for group in groups for row in group]
    outcomes = list(dict.fromkeys(row.outcome for row in rows))
    sign = VERDICT_SIGNS.get(outcomes[0], "")
    many = f"all {of} tools" if len(rows) == of else f"{len(rows)} of {of} tools"
    return f"{sign} {' or '.join(outcomes)}: {many}"


def tool_groups(rows: Sequence[ToolRow]) -> list[tuple[ToolRow, ...]]:
    """Put neighbours in *rows* together: one family that does the same for the same reason."""

    def what(row: ToolRow) -> object:
        return _family(row), row.outcome, row.cases, row.unrecorded, bool(row.note)

    return [tuple(group) for _, group in itertools.groupby(rows, what)]


def _family(row: ToolRow) -> str:
    """Return the name of the tool of *row* without its version; uv and uv sync are two tools."""
    return "".join(itertools.takewhile(lambda letter: not letter.isdigit(), row.tool))


def group_name(group: Sequence[ToolRow]) -> str:
    """Return the name of *group*, neighbours with the newest first: the oldest to the newest.

    >>> rows = [ToolRow(f"pip {n}", "", "", (), (), "", (), "", ()) for n in (25, 24)]
    >>> group_name(rows)
    'pip 24 to 25'
    """
    first, last = group[-1].tool, group[0].tool
    return first if first == last else f"{first} to {last.removeprefix(_family(group[0]))}"


def verdict(row: ToolRow) -> str:
    """Return the outcome of *row* behind its sign."""
    return f"{VERDICT_SIGNS.get(row.outcome, '')} {row.outcome}"


def reasons(row: ToolRow) -> str:
    """Say what in the document *row* is about; empty where nothing is remarkable."""
    if row.outcome in ("installs", "accepts"):
        return ""
    names = row.unrecorded if row.outcome == "not recorded" else row.causes
    return "; ".join(describe(name) if name in FEATURES else name for name in names[:MOST_NAMED])


def recorded(response: MetadataResponse) -> str:
    """Return the newest date of the runs behind *response*, empty without one."""
    names = (row.recorded_with for row in response.tools)
    return max((TOOLS[name].recorded for name in names if name in TOOLS), default="")
