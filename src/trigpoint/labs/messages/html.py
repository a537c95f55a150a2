"""The message lab's form, and its answers as HTML."""

from __future__ import annotations

from typing import Any

from trigpoint.catalogue import RULES
from trigpoint.installers import CASES
from trigpoint.labs import controls, parts
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.messages import words
from trigpoint.labs.messages.answer import (
    MessageRow,
    MessagesRequest,
    MessagesResponse,
    NearRow,
    PlaceRow,
    RunRow,
    ValueRow,
)
from trigpoint.labs.messages.examples import EXAMPLES
from trigpoint.metadata.fields import BY_LOWER

__all__ = ["form", "result"]


def result(response: MessagesResponse) -> Markup:
    """Return the messages of *response*, each with cause and cure, and the findings."""
    head = parts.summary_line(words.summary(response))
    if response.empty:
        start = "Paste what a tool printed: one line, or the whole log."
        return parts.nothing_yet(words.summary(response), start, EXAMPLES)
    return fragment(
        head,
        parts.findings_list(response.findings, kind=parts.LEAD),
        [_message(response, row) for row in response.messages],
        _near(response),
    )


def _message(response: MessagesResponse, row: MessageRow) -> Markup:
    return element(
        "section",
        {"class": "tp-told", "data-span": parts.span_of(row.place)},
        element("h4", {}, words.heading(row)),
        None if row.said == row.title else element("p", {"class": "tp-said"}, parts.code(row.said)),
        parts.hint(words.times(row)) if row.times > 1 else None,
        parts.facts(
            [
                ("Cause", row.why),
                ("Cure", row.cure),
                ("Rule", [row.rule, " ", element("a", {"href": row.source}, "Source")]),
                *((words.value_name(each.name).capitalize(), _value(each)) for each in row.values),
                (f"In your {words.said_of(response)}", _places(row)),
                ("Findings", _codes(row)),
                ("Ask next", _separated([parts.code(each) for each in row.commands])),
                ("Printed by", words.printed_by(row)),
                ("Sourced", _sourced(row)),
                (
                    "Read on",
                    _separated(
                        [
                            parts.page_link(each, words.page_named(each))
                            for each in words.read_on(row)
                        ]
                    ),
                ),
            ]
        ),
        [_run(run) for run in row.runs if run.wheel and run.case in CASES][:1],
    )


def _value(each: ValueRow) -> Markup:
    """Return the value, as a link to what says more about it."""
    value = parts.code(each.value)
    if each.value.endswith("..."):
        return value
    if each.name in ("requirement", "marker"):
        return parts.open_link("markers", {"text": each.value}, value)
    known = BY_LOWER.get(each.value.lower()) if each.name == "field" else None
    return parts.page_link(parts.field_page(known.name), value) if known else value


def _separated(items: list[Markup]) -> list[Any]:
    return [[", " if i else None, item] for i, item in enumerate(items)]


def _places(row: MessageRow) -> Markup | None:
    if not row.places:
        return None
    return element("ul", {"class": "tp-values"}, [_place(each) for each in row.places])


def _place(each: PlaceRow) -> Markup:
    code = [" ", _code(each.code)] if each.code else None
    return element("li", {}, words.place_of(each), code)


def _code(code: str) -> Markup:
    return element("a", {"class": "tp-code", "href": RULES[code].url}, code)


def _codes(row: MessageRow) -> list[Any]:
    return _separated(list(map(_code, row.codes)))


def _sourced(row: MessageRow) -> list[Any] | None:
    if not row.sourced:
        return None
    return [words.sourced(row), " ", element("a", {"href": row.sourced}, "Report or source text")]


def _run(run: RunRow) -> Markup:
    case = CASES[run.case]
    return element(
        "details",
        {"class": "tp-case"},
        element("summary", {}, "Recorded run ", parts.code(case.name)),
        element("p", {}, case.shows),
        parts.hint(f"{words.recorded(run)}. METADATA:"),
        element("pre", {"tabindex": 0}, parts.code(case.metadata.decode("utf-8", "replace"))),
    )


def _near(response: MessagesResponse) -> Markup | None:
    if not response.near:
        return None
    return fragment(
        element("h4", {}, "Not known. The nearest messages"),
        element("ul", {}, [element("li", {}, _known(each)) for each in response.near]),
    )


def _known(each: NearRow) -> Markup:
    return parts.page_link(f"reference/messages/{each.key}", parts.code(each.title))


def form(request: MessagesRequest) -> Markup:
    """Return the editor and the box for the file, filled in from *request*."""
    return fragment(
        controls.toolbar(controls.example_menu(EXAMPLES)),
        controls.editor("What the tool printed", request.text, (), rows=(3, 16)),
        controls.text_box(
            "document",
            "The file, if you have it",
            request.document,
            (2, 12),
            placeholder="METADATA, pyproject.toml or requirements.txt",
            of_text=True,
        ),
    )
