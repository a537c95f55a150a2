"""The metadata lab's form, and its answers as HTML."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from trigpoint.findings import Span
from trigpoint.installers import CASES
from trigpoint.labs import controls, parts
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.metadata import words
from trigpoint.labs.metadata.data import (
    READERS,
    VIEWS,
    Because,
    DifferenceRow,
    FieldRow,
    FieldValue,
    MetadataRequest,
    MetadataResponse,
    ToolRow,
)
from trigpoint.labs.metadata.examples import EXAMPLES
from trigpoint.metadata import FIELDS
from trigpoint.metadata.fields import suggest

__all__ = ["form", "result"]

_WORDS = [f"{field}:" for field in FIELDS]
_MOST_REASONS = 3
_MOST_PLACES = 5
_LONGEST = 160

# -- the result ---------------------------------------------------------------------------


def result(response: MetadataResponse) -> Markup:
    """Return *response*: the view that was asked for, and the findings on the text."""
    head = parts.summary_line(words.summary(response))
    findings = parts.findings_list(response.findings, kind=parts.LEAD)
    if response.empty:
        start = (
            "Paste a METADATA or PKG-INFO file or a pyproject.toml, "
            "or drop a wheel or an sdist here."
        )
        return fragment(findings, parts.nothing_yet(words.summary(response), start, EXAMPLES))
    about = words.tables(response)
    findings = fragment(parts.hint(about) if about else None, findings)
    if not response.readable:
        return fragment(head, findings)
    return fragment(head, findings, _VIEWS[response.view](response))


def _span(*places: Span | None) -> str | None:
    return " ".join(f"{each.start}:{each.end}" for each in places if each) or None


def _line(place: Span | None) -> Markup | None:
    return element("span", {"class": "tp-place"}, f"line {place.line}") if place else None


def _more(rows: Sequence[Any], what: str) -> Markup | None:
    left = len(rows) - words.MOST_ROWS
    return parts.hint(f"{left} more {what}.") if left > 0 else None


def _fields(response: MetadataResponse) -> Markup:
    rows = response.fields[: words.MOST_ROWS]
    return fragment(
        _because(response),
        element("dl", {"class": "tp-fields simple"}, [_field(row) for row in rows]),
        _more(response.fields, "fields"),
    )


def _because(response: MetadataResponse) -> Markup | None:
    if not response.because:
        return None
    shown = response.because[:_MOST_REASONS]
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
    values = row.values[: words.MOST_ROWS]
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
        element("dt", {}, _name(row), " ", _origin(row)),
        element(
            "dd",
            {},
            element("ul", {"class": "tp-values"}, [_value(each, row.name) for each in values]),
            _more(row.values, "values"),
            element(
                "p",
                {"class": "tp-hint"},
                about,
                [f"Format: {row.format}. "] if row.format else None,
                ["In [project]: ", parts.code(row.project_key), ". "] if row.project_key else None,
                element(
                    "a", {"href": row.source}, "Specification" if not row.proposal else row.proposal
                )
                if row.source
                else None,
            ),
        ),
    )


def _name(row: FieldRow) -> Markup:
    name = parts.code(row.name)
    return parts.page_link(parts.field_page(row.name), name) if row.known else name


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


def _value(value: FieldValue, field: str) -> Markup:
    first, newline, _ = value.text.partition("\n")
    shown = first if len(first) <= _LONGEST else first[: _LONGEST - 1] + "…"
    cut = bool(newline) or shown != first or value.length > len(value.text)
    said = parts.code(shown) if shown else element("span", {"class": "tp-hint"}, "empty")
    if field.lower() == "requires-dist" and shown and not cut:
        said = parts.open_link("markers", {"text": shown}, said)
    return element(
        "li",
        {"data-span": _span(value.place), "tabindex": 0 if value.place else None},
        said,
        [
            " ",
            element("span", {"class": "tp-hint"}, f"… {words.counted(value.length, 'character')}"),
        ]
        if cut
        else None,
    )


def _convert(response: MetadataResponse) -> Markup:
    converted = response.converted
    assert converted is not None
    return fragment(
        element("h4", {}, "What changes"),
        parts.findings_list(converted.findings, kind="tp-report", label="What changes")
        or parts.hint("Nothing: the document is in that version already."),
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
    shown, left_out = words.listing(text)
    return fragment(
        element("pre", {"class": "tp-listing", "tabindex": 0}, parts.code(shown)),
        parts.hint(f"{left_out} more; the command gives all.") if left_out else None,
    )


def _diff(response: MetadataResponse) -> Markup | None:
    if not response.differences:
        return None
    rows = response.differences[: words.MOST_ROWS]
    groups = itertools.groupby(rows, lambda each: each.field)
    return fragment(
        element(
            "dl",
            {"class": "tp-fields simple"},
            [
                element(
                    "div",
                    {"class": "tp-field-row"},
                    element("dt", {}, parts.code(name)),
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


def _difference(each: DifferenceRow) -> Markup:
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


def _json(response: MetadataResponse) -> Markup:
    return fragment(
        _listing(response.json),
        parts.findings_list(response.json_findings, kind="tp-report", label="What is lost"),
    )


# -- installers -----------------------------------------------------------------------------


def _installers(response: MetadataResponse) -> Markup:
    date = words.recorded(response)
    told, folded = words.arranged(response.tools)
    return fragment(
        _tool_list(told, "What each tool does") if told else None,
        element(
            "details",
            {"class": "tp-same"},
            element("summary", {}, words.folded(folded, len(response.tools))),
            _tool_list(folded, "What most tools do"),
        )
        if folded
        else None,
        element(
            "p",
            {"class": "tp-legend"},
            f"From recorded runs of {date}, on Linux. What nobody ran is not recorded."
            " The index is no run: its rules were read.",
        )
        if date
        else None,
    )


def _tool_list(groups: Sequence[Sequence[ToolRow]], label: str) -> Markup:
    items = [_tools(group) for group in groups]
    return element("ol", {"class": "tp-tools", "aria-label": label}, items)


def _tools(group: Sequence[ToolRow]) -> Markup:
    row = group[0]
    return element(
        "li",
        {"class": "tp-tool", "data-span": _span(*row.places)},
        element(
            "p",
            {"class": "tp-tool-head"},
            element("strong", {}, words.group_name(group)),
            " ",
            element(
                "span",
                {"class": f"tp-verdict tp-{row.outcome.replace(' ', '-')}"},
                words.verdict(row),
            ),
            " ",
            element("span", {"class": "tp-hint"}, row.note) if row.note else None,
        ),
        _causes(row),
        [
            _case(case, row.recorded_with, row.message)
            for case in row.cases[: words.MOST_NAMED]
            if case in CASES
        ],
    )


def _causes(row: ToolRow) -> Markup | None:
    told = words.reasons(row)
    if not told:
        return None
    if row.outcome == "not recorded":
        return parts.hint(f"No run covers: {told}.")
    lines = sorted({each.line for each in row.places})[:_MOST_PLACES]
    where = f", line {', '.join(map(str, lines))}" if lines else ""
    return parts.hint(f"Because of: {told}{where}.")


@functools.lru_cache(maxsize=1024)
def _case(name: str, tool: str, message: str) -> Markup:
    """Return a recorded run; kept, since most keystrokes leave the cases as they are."""
    case = CASES[name]
    return element(
        "details",
        {"class": "tp-case"},
        element("summary", {}, "Recorded run ", parts.code(case.name)),
        element("p", {}, case.shows),
        parts.hint(f"Asked for: {case.request}. METADATA:"),
        element(
            "pre",
            {"class": "tp-listing"},
            parts.code(case.metadata.decode("utf-8", "replace")),
        ),
        parts.hint(f"{tool} said: ", parts.code(message)) if message else None,
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


# -- the form ---------------------------------------------------------------------------


def form(request: MetadataRequest) -> Markup:
    """Return the tabs, the editor and the switches of each view, filled in from *request*."""
    return fragment(
        controls.toolbar(
            controls.tabs(
                "view",
                "View",
                words.VIEW_TITLES,
                request.view if request.view in VIEWS else "fields",
            ),
            controls.example_menu(EXAMPLES),
            controls.file_entry(
                "file",
                "A wheel, an sdist or a text to open",
                ".whl,.gz,.zip,.toml,.txt,METADATA,PKG-INFO",
            ),
        ),
        controls.editor("METADATA, PKG-INFO or pyproject.toml", request.text, _WORDS, rows=(3, 16)),
        controls.text_box("other", "Newer document", request.other, (3, 16), only="diff"),
        controls.options_row(
            controls.select("source", "Text is", words.SOURCE_TITLES, request.source),
            controls.select(
                "reader", "Reader knows metadata up to", _plain(READERS), request.reader
            ),
            controls.select("kind", "Taken from", words.KIND_TITLES, request.kind),
            controls.select("index", "Check for", words.INDEX_TITLES, request.index),
            controls.hidden("blank", str(request.blank).lower(), "boolean"),
        ),
        controls.only_for(
            "convert",
            controls.select("to", "Version", _plain(READERS), request.to),
            controls.tick(
                "force",
                "Write the nearest text where something cannot be said",
                ticked=request.force,
            ),
        ),
        controls.only_for("json", controls.select("form", "Form", words.FORM_TITLES, request.form)),
        controls.only_for(
            "installers",
            controls.entry("asked", "Asked for", request.asked, "pkg[docs]"),
            controls.entry("tools", "Tools", ", ".join(request.tools), "all", kind="list"),
            controls.entry(
                "file_name", "Name of the wheel", request.file_name, "pkg-1.0-py3-none-any.whl"
            ),
            controls.entry("wheel_version", "Wheel-Version", request.wheel_version, "1.0"),
        ),
    )


def _plain(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}
