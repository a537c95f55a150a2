"""The marker lab's form, and its answers as HTML."""

from __future__ import annotations

from trigpoint.labs import controls, parts, reading
from trigpoint.labs.markers import words
from trigpoint.labs.markers.answer import (
    THIS,
    Cell,
    ExplainedPart,
    MarkerLine,
    MarkersRequest,
    MarkersResponse,
)
from trigpoint.labs.markers.examples import EXAMPLES
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.markers import Rules
from trigpoint.markers.meaning.environments import INTERPRETERS, PLATFORMS, grid
from trigpoint.markers.reading.grammar import VARIABLES

__all__ = ["form", "result"]

_KINDS = {True: "tp-true", False: "tp-false", None: "tp-undefined"}
_SPOKEN = {True: "holds", False: "does not hold", None: "has no defined answer"}
_DEEPEST = 9  # the style sheet indents no further


def result(response: MarkersResponse) -> Markup:
    """Return the grid, the explanation and the findings of *response*."""
    told = reading.told(response.reading)
    findings = fragment(
        parts.hint(told) if told else None,
        parts.findings_list(response.findings, kind=parts.LEAD),
    )
    if not response.lines:
        start = "Write a marker, or a requirement with one, and see where it holds."
        return fragment(findings, parts.nothing_yet(words.summary(response), start, EXAMPLES))
    line = response.lines[response.marker]
    return fragment(
        parts.summary_line(words.summary(response)),
        findings,
        _lines(response) if len(response.lines) > 1 else None,
        _grid(response, line) if line.readable else None,
        _explanation(response),
    )


def _lines(response: MarkersResponse) -> Markup:
    """Return the markers of the text, each with its count; one of them is chosen."""
    total = len(response.environments)
    return parts.lines_to_choose(
        "marker",
        response.marker,
        (
            (
                line.text,
                f"{line.holds} of {total}" if line.readable else "cannot be read",
                line.start,
                line.end,
            )
            for line in response.lines[: words.MOST_LINES]
        ),
        words.lines_left_out(response),
    )


def _short(label: str) -> str:
    """Shorten an interpreter's *label* for the head of a column."""
    return label.replace("CPython ", "").replace("free-threaded", "t").replace(" (Python", " (")


def _grid(response: MarkersResponse, line: MarkerLine) -> Markup:
    laid = grid(cell.environment for cell in response.environments)
    where = {cell.environment: i for i, cell in enumerate(response.environments)}
    corner = element("td", {"role": "gridcell", "class": "tp-none"}, "")
    rows = [
        element(
            "tr",
            {"role": "row"},
            element("th", {"scope": "row", "role": "rowheader"}, label),
            [corner if each is None else _cell(response, line, where[each.name]) for each in row],
        )
        for (_, label), row in zip(laid.platforms, laid.rows, strict=True)
    ]
    heads = [
        element("th", {"scope": "col", "role": "columnheader"}, _short(label))
        for _, label in laid.interpreters
    ]
    return fragment(
        element(
            "div",
            {"class": "tp-scroll"},
            element(
                "table",
                {"class": "tp-grid", "role": "grid", "aria-label": "Where the marker holds"},
                element("thead", {}, element("tr", {"role": "row"}, corner, heads)),
                element("tbody", {}, rows),
            ),
        ),
        _legend(response, line),
        element("p", {"class": "tp-rules"}, words.rules_hint(response)),
    )


def _cell(response: MarkersResponse, line: MarkerLine, number: int) -> Markup:
    """Return the answer in environment *number*, as a button that chooses it."""
    cell, value, changed = response.environments[number], line.values[number], line.changed[number]
    chosen = cell.environment == response.environment
    spoken = f"{_SPOKEN[value]} on {cell.label}"
    if changed:
        spoken += f"; otherwise by {words.RULES[Rules(response.compared_with)][0]}"
    return element(
        "td",
        {
            "role": "gridcell",
            "class": f"tp-cell {_KINDS[value]}",
            "aria-selected": "true" if chosen else "false",
        },
        element(
            "button",
            {
                "type": "button",
                "data-cell": True,
                "tabindex": 0 if chosen else -1,
                "data-set": {"environment": cell.environment},
                "aria-label": spoken,
                "title": f"{cell.label}: {_SPOKEN[value]}",
            },
            words.SIGNS[value][0],
            element("span", {"class": "tp-changed", "aria-hidden": "true"}, "*")
            if changed
            else None,
        ),
    )


def _legend(response: MarkersResponse, line: MarkerLine) -> Markup:
    values = (True, False, None) if None in line.values else (True, False)
    signs = [
        element("span", {"class": _KINDS[each]}, " ".join(words.SIGNS[each])) for each in values
    ]
    return element(
        "p",
        {"class": "tp-legend"},
        [[sign, " "] for sign in signs[:-1]],
        signs[-1],
        f" {words.otherwise(response)}" if any(line.changed) else None,
    )


# -- the explanation --------------------------------------------------------------------


def _explanation(response: MarkersResponse) -> Markup | None:
    if not response.explanation:
        return None
    cell = _chosen(response)
    left_out = words.left_out(response)
    return element(
        "section",
        {"class": "tp-why"},
        element("h4", {}, words.why(response)),
        element("ul", {"class": "tp-tree"}, [_part(part) for part in response.explanation]),
        parts.hint(left_out) if left_out else None,
        element("p", {"class": "tp-note"}, cell.note) if cell.note else None,
        _next(response.lines[response.marker].text),
    )


def _next(text: str) -> Markup:
    return parts.hint(
        parts.open_link("algebra", {"text": text}, "The shortest way to say the same")
    )


def _chosen(response: MarkersResponse) -> Cell:
    return next(each for each in response.environments if each.environment == response.environment)


def _part(part: ExplainedPart) -> Markup:
    compared = part.op not in words.GROUPS and part.op != "case"
    return element(
        "li",
        {
            "class": f"tp-part tp-depth-{min(part.depth, _DEEPEST)}",
            "tabindex": 0 if compared else None,
            "data-span": f"{part.start}:{part.end}",
        },
        element("span", {"class": "tp-part-body"}, [[each, " "] for each in _body(part)]),
        element("span", {"class": "tp-decides"}, "decides") if part.decides and compared else None,
        " ",
        element("span", {"class": f"tp-value {_KINDS[part.value]}"}, words.truth(part.value)),
    )


def _body(part: ExplainedPart) -> list[Markup]:
    if part.op == "case":
        return [parts.code(part.text)]
    if part.op in words.GROUPS:
        told = element("span", {"class": "tp-hint"}, words.GROUPS[part.op])
        return [element("strong", {}, part.op), told]
    return [
        parts.code(part.text),
        element("span", {"class": "tp-operands"}, words.operands(part)),
        element("span", {"class": "tp-hint"}, part.reason),
    ]


# -- the form ---------------------------------------------------------------------------


def form(request: MarkersRequest) -> Markup:
    """Return the editor and the switches, filled in from *request*."""
    known = {each.value: title for each, (title, _) in words.RULES.items()}
    interpreters = {**INTERPRETERS, THIS: "This interpreter"}
    return fragment(
        controls.toolbar(
            controls.select(
                "rules", "Rules", known, request.rules if request.rules in known else "spec"
            ),
            controls.example_menu(EXAMPLES),
        ),
        controls.editor(
            "Marker or requirements", request.text, (*VARIABLES, "and", "or", "in", "not")
        ),
        controls.options_row(
            controls.entry("extras", "Extras requested", ", ".join(request.extras), "none", "list"),
            controls.menu(
                "Environments",
                controls.choices(
                    "interpreters", "Interpreters", interpreters, request.interpreters
                ),
                controls.choices("platforms", "Platforms", PLATFORMS, request.platforms),
            ),
            controls.hidden("marker", str(request.marker), "number"),
            controls.hidden("environment", request.environment),
            controls.hidden("environments", ",".join(request.environments), "list"),
        ),
    )
