"""The metadata lab's answers as HTML, and in one sentence."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any

from trigpoint.findings import Severity
from trigpoint.installers import CASES, FEATURES, TOOLS, describe
from trigpoint.labs.base import findings_list
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.metadata.answer import (
    Because,
    Difference,
    FieldRow,
    Place,
    Response,
    ToolRow,
    Value,
    finding_of,
)
from trigpoint.metadata.fields import suggest

__all__ = ["VERDICT_SIGNS", "counted", "result", "summary", "tool_groups"]

VERDICT_SIGNS = {
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

_MOST_ROWS = 200
_MOST_LINES = 400


# -- one sentence -------------------------------------------------------------------------


def summary(response: Response) -> str:
    """Return the answer in one plain sentence, or a few."""
    if response.empty:
        return "There is no metadata yet."
    if not response.readable:
        return "No metadata could be read."
    return _SUMMARIES[response.view](response)


def counted(number: int, noun: str) -> str:
    """Return *number* and *noun*, in the plural where it needs one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _called(response: Response) -> str:
    return " ".join(filter(None, (response.name, response.version))) or "This document"


def _fields_summary(response: Response) -> str:
    stated = (
        f"states metadata version {response.stated}" if response.stated else "states no version"
    )
    if response.source == "pyproject":
        text = f"{_called(response)} needs metadata version {response.minimum}"
    elif response.stated == response.minimum:
        text = f"{_called(response)} {stated}, the lowest that it needs"
    else:
        text = f"{_called(response)} {stated} and needs {response.minimum}"
    counts = Counter(each["severity"] for each in response.findings)
    told = [
        counted(counts[severity.value], noun)
        for severity, noun in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
        if counts[severity.value]
    ]
    return f"{text}; {', '.join(told) or 'nothing is wrong with it'}."


def _convert_summary(response: Response) -> str:
    converted = response.converted
    assert converted is not None
    counts = Counter(each["code"] for each in converted.findings)
    if converted.text is None:
        count = sum(each["severity"] == "error" for each in converted.findings)
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


def _diff_summary(response: Response) -> str:
    if not response.compared:
        return "Put the newer document into the second box."
    if not response.differences:
        return "No field differs."
    meant = sum(each.kind not in ("spelling", "order") for each in response.differences)
    return f"{counted(len(response.differences), 'difference')}, {meant} of them in meaning."


def _json_summary(response: Response) -> str:
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


def _installers_summary(response: Response) -> str:
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


# -- the result ---------------------------------------------------------------------------


def result(response: Response) -> Markup:
    """Return the view that was asked for, and the findings on the text."""
    told = summary(response)
    head = element("p", {"class": "tp-summary", "data-summary": told}, told)
    findings = findings_list([finding_of(each) for each in response.findings])
    if response.empty:
        hint = element(
            "p",
            {"class": "tp-hint"},
            "Paste a METADATA or PKG-INFO file or a pyproject.toml, "
            "or drop a wheel or an sdist here.",
        )
        return fragment(head, hint, findings)
    if not response.readable:
        return fragment(head, findings)
    return fragment(head, findings, _VIEWS[response.view](response))


def _span(*places: Place | None) -> str | None:
    return " ".join(f"{each.start}:{each.end}" for each in places if each) or None


def _line(place: Place | None) -> Markup | None:
    return element("span", {"class": "tp-place"}, f"line {place.line}") if place else None


def _more(rows: Sequence[Any], what: str) -> Markup | None:
    left = len(rows) - _MOST_ROWS
    return element("p", {"class": "tp-hint"}, f"{left} more {what}.") if left > 0 else None


def _fields(response: Response) -> Markup:
    rows = response.fields[:_MOST_ROWS]
    return fragment(
        _because(response),
        element("dl", {"class": "tp-fields simple"}, [_field(row) for row in rows]),
        _more(response.fields, "fields"),
    )


def _because(response: Response) -> Markup | None:
    if not response.because:
        return None
    shown = response.because[:3]
    left = len(response.because) - len(shown)
    return element(
        "p",
        {"class": "tp-because"},
        f"Needs {response.minimum}: ",
        [
            [_reason(each), ", and " if i == len(shown) - 2 and not left else ", "]
            if i < len(shown) - 1
            else _reason(each)
            for i, each in enumerate(shown)
        ],
        f", and {left} more" if left else None,
        ".",
    )


def _reason(each: Because) -> Markup:
    return fragment(
        element("span", {"data-span": _span(each.place)}, each.message),
        [" (", _line(each.place), ")"] if each.place else None,
    )


def _field(row: FieldRow) -> Markup:
    values = row.values[:_MOST_ROWS]
    about: list[Any] = [row.meaning, " "]
    if not row.known:
        meant = suggest(row.name)
        about = [
            "No version of core metadata has this field",
            f"; {meant} is close" if meant else "",
            ".",
        ]
    return element(
        "div",
        {"class": "tp-field-row"},
        element("dt", {}, element("code", {}, row.name), " ", _origin(row)),
        element(
            "dd",
            {},
            element("ul", {"class": "tp-values"}, [_value(each) for each in values]),
            _more(row.values, "values"),
            element(
                "p",
                {"class": "tp-hint"},
                about,
                [f"Format: {row.format}. "] if row.format else None,
                ["In [project]: ", element("code", {}, row.project_key), ". "]
                if row.project_key
                else None,
                element(
                    "a", {"href": row.source}, "Specification" if not row.proposal else row.proposal
                )
                if row.source
                else None,
            ),
        ),
    )


def _origin(row: FieldRow) -> Markup | None:
    if not row.known:
        return element("span", {"class": "tp-badge tp-error"}, "unknown")
    if row.proposal:
        return element("span", {"class": "tp-badge tp-warning"}, f"proposed, {row.proposal}")
    deprecated = row.status == "deprecated"
    return fragment(
        element("span", {"class": "tp-since"}, f"since {row.since}"),
        [" ", element("span", {"class": "tp-badge tp-warning"}, f"deprecated in {row.deprecated}")]
        if deprecated
        else None,
        [" ", element("span", {"class": "tp-badge tp-warning"}, "newer than this document")]
        if row.status == "absent"
        else None,
    )


def _value(value: Value) -> Markup:
    first, newline, _ = value.text.partition("\n")
    shown = first if len(first) <= 160 else first[:159] + "…"
    cut = bool(newline) or shown != first or value.length > len(value.text)
    return element(
        "li",
        {"data-span": _span(value.place), "tabindex": 0 if value.place else None},
        element("code", {}, shown) if shown else element("span", {"class": "tp-hint"}, "empty"),
        [" ", element("span", {"class": "tp-hint"}, f"… {counted(value.length, 'character')}")]
        if cut
        else None,
    )


def _convert(response: Response) -> Markup:
    converted = response.converted
    assert converted is not None
    findings = [finding_of(each) for each in converted.findings]
    return fragment(
        element("h4", {}, "What changes"),
        findings_list(findings[:_MOST_ROWS], kind="tp-report", label="What changes")
        or element("p", {"class": "tp-hint"}, "Nothing: the document is in that version already."),
        _more(findings, "changes"),
        [element("h4", {}, f"The document in {converted.to}"), _listing(converted.text)]
        if converted.text is not None
        else None,
        element(
            "p",
            {"class": "tp-note"},
            "There is no Metadata 3.0. This is the model of the summit of 2022 with PEP 771.",
        )
        if converted.to == "3.0"
        else None,
    )


def _listing(text: str) -> Markup:
    lines = text.split("\n")
    left = len(lines) - _MOST_LINES
    return fragment(
        element(
            "pre",
            {"class": "tp-listing", "tabindex": 0},
            element("code", {}, "\n".join(lines[:_MOST_LINES])),
        ),
        element("p", {"class": "tp-hint"}, f"{left} more lines; the command gives all.")
        if left > 0
        else None,
    )


def _diff(response: Response) -> Markup | None:
    if not response.differences:
        return None
    rows = response.differences[:_MOST_ROWS]
    groups = itertools.groupby(rows, lambda each: each.field)
    return fragment(
        element(
            "dl",
            {"class": "tp-fields simple"},
            [
                element(
                    "div",
                    {"class": "tp-field-row"},
                    element("dt", {}, element("code", {}, name)),
                    element(
                        "dd",
                        {},
                        element(
                            "ul", {"class": "tp-values"}, [_difference(each) for each in group]
                        ),
                    ),
                )
                for name, group in groups
            ],
        ),
        _more(response.differences, "differences"),
    )


_KINDS = {"added": "+", "removed": "−", "changed": "±", "spelling": "≈", "order": "↕"}


def _difference(each: Difference) -> Markup:
    return element(
        "li",
        {"data-span": _span(each.place), "tabindex": 0 if each.place else None},
        element(
            "span",
            {"class": f"tp-kind tp-kind-{each.kind}"},
            f"{_KINDS.get(each.kind, '')} {each.kind}",
        ),
        " ",
        element("span", {}, each.message),
        " ",
        _line(each.place),
    )


def _json(response: Response) -> Markup:
    return fragment(
        _listing(response.json),
        findings_list(
            [finding_of(each) for each in response.json_findings],
            kind="tp-report",
            label="What is lost",
        ),
    )


# -- installers -----------------------------------------------------------------------------


def tool_groups(rows: Sequence[ToolRow]) -> list[tuple[ToolRow, ...]]:
    """Put neighbours of one family that do the same for the same reason together."""

    def what(row: ToolRow) -> object:
        return row.tool.partition(" ")[0], row.outcome, row.cases, row.unrecorded, bool(row.note)

    return [tuple(group) for _, group in itertools.groupby(rows, what)]


def _installers(response: Response) -> Markup:
    dates = sorted(
        {TOOLS[row.recorded_with].recorded for row in response.tools if row.recorded_with in TOOLS}
    )
    return fragment(
        element(
            "ol",
            {"class": "tp-tools", "aria-label": "What each tool does"},
            [_tools(group) for group in tool_groups(response.tools)],
        ),
        element(
            "p",
            {"class": "tp-legend"},
            f"From recorded runs of {dates[-1]}, on Linux. What nobody ran is not recorded.",
        )
        if dates
        else None,
    )


def _tools(group: Sequence[ToolRow]) -> Markup:
    row = group[-1]
    first, last = group[0].tool, row.tool
    name = first if first == last else f"{first} to {last.rpartition(' ')[2]}"
    return element(
        "li",
        {"class": "tp-tool", "data-span": _span(*row.places)},
        element(
            "p",
            {"class": "tp-tool-head"},
            element("strong", {}, name),
            " ",
            element(
                "span",
                {"class": f"tp-verdict tp-{row.outcome.replace(' ', '-')}"},
                f"{VERDICT_SIGNS.get(row.outcome, '')} {row.outcome}",
            ),
            " ",
            element("span", {"class": "tp-hint"}, row.note) if row.note else None,
        ),
        _causes(row),
        [_case(case, row.recorded_with, row.message) for case in row.cases[:3] if case in CASES],
    )


def _causes(row: ToolRow) -> Markup | None:
    if row.unrecorded and row.outcome == "not recorded":
        told = "; ".join(_described(each) for each in row.unrecorded[:3])
        return element("p", {"class": "tp-hint"}, f"No run covers: {told}.")
    if row.outcome in ("installs", "accepts") or not row.causes:
        return None
    lines = sorted({each.line for each in row.places})[:5]
    where = f", line {', '.join(map(str, lines))}" if lines else ""
    told = "; ".join(_described(each) for each in row.causes[:3])
    return element("p", {"class": "tp-hint"}, f"Because of: {told}{where}.")


def _described(feature: str) -> str:
    return describe(feature) if feature in FEATURES else feature


@functools.lru_cache(maxsize=1024)
def _case(name: str, tool: str, message: str) -> Markup:
    """Return a recorded run; kept, since most keystrokes leave the cases as they are."""
    case = CASES[name]
    return element(
        "details",
        {"class": "tp-case"},
        element("summary", {}, "Recorded run ", element("code", {}, case.name)),
        element("p", {}, case.shows),
        element("p", {"class": "tp-hint"}, f"Asked for: {case.request}. METADATA:"),
        element(
            "pre",
            {"class": "tp-listing"},
            element("code", {}, case.metadata.decode("utf-8", "replace")),
        ),
        element("p", {"class": "tp-hint"}, f"{tool} said: ", element("code", {}, message))
        if message
        else None,
        element(
            "p", {"class": "tp-hint"}, "Rule: ", element("a", {"href": case.url}, case.section)
        ),
    )


_VIEWS = {
    "fields": _fields,
    "convert": _convert,
    "diff": _diff,
    "json": _json,
    "installers": _installers,
}
