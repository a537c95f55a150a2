"""The algebra lab's form, and its answers as HTML."""

from __future__ import annotations

from trigpoint.labs import controls, parts
from trigpoint.labs.algebra import words
from trigpoint.labs.algebra.answer import (
    AlgebraRequest,
    AlgebraResponse,
    ComparedPair,
    ComparedRequirements,
    MarkerComparison,
    SimpleLine,
)
from trigpoint.labs.algebra.drawing import draw
from trigpoint.labs.algebra.examples import EXAMPLES
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.markers import Marker
from trigpoint.markers.reading.grammar import VARIABLES

__all__ = ["form", "result"]


def result(response: AlgebraResponse) -> Markup:
    """Return the answer of the mode, and the findings of *response*."""
    shown = {"simplify": _simplified, "compare": _comparison, "merge": _merged}
    told = words.read(response)
    findings = fragment(
        parts.hint(told) if told else None,
        parts.findings_list(response.findings, kind=parts.LEAD),
    )
    if not response.lines:
        start = "Write markers or requirements, one per line, or paste a requirement file."
        return fragment(findings, parts.nothing_yet(words.summary(response), start, EXAMPLES))
    return fragment(
        parts.summary_line(words.summary(response)), findings, shown[response.mode](response)
    )


def _marker(text: str) -> Markup | None:
    return parts.code(text) if text else None


# -- each line by itself ----------------------------------------------------------------


def _simplified(response: AlgebraResponse) -> Markup:
    line = response.lines[response.line]
    several = None
    if len(response.lines) > 1:
        several = parts.lines_to_choose(
            "line",
            response.line,
            (
                (each.text, words.short(each), each.start, each.end)
                for each in response.lines[: words.MOST_LINES]
            ),
            words.lines_left_out(response),
        )
    return fragment(
        several,
        _facts(line) if line.holds == "sometimes" else None,
        [draw(picture) for picture in response.pictures],
        _next(line.text),
        _rewritten(response) if several else None,
    )


def _next(text: str) -> Markup:
    return parts.hint(parts.open_link("markers", {"text": text}, "Where it holds, and why"))


def _rewritten(response: AlgebraResponse) -> Markup:
    """Return the whole text with the shortest markers, to copy."""
    text = response.rewritten
    shown, left = text[: words.MOST_REWRITTEN], len(text) - words.MOST_REWRITTEN
    return element(
        "details",
        {},
        element("summary", {}, words.REWRITTEN),
        element("pre", {"class": "tp-listing", "tabindex": 0}, parts.code(shown)),
        parts.hint(f"{left} more letters are not shown.") if left > 0 else None,
    )


def _facts(line: SimpleLine) -> Markup | None:
    return parts.facts(
        [
            ("Shortest text found", _marker(line.simplified)),
            ("Where it does not hold", _marker(line.negated)),
            ("Python versions", _marker(line.requires_python)),
            (_migrated_to(line), _marker(line.next_major)),
        ]
    )


def _migrated_to(line: SimpleLine) -> str:
    three = "extras" in Marker(line.next_major).variables if line.next_major else False
    return "For a metadata 3.0" if three else "For metadata 2.x"


# -- lines against each other -----------------------------------------------------------


def _comparison(response: AlgebraResponse) -> Markup | None:
    found = response.comparison
    if found is None:
        return None
    assumed = words.assumption(response)
    answers = _in_front(found.requirements) if found.requirements else {}
    answers |= {
        ("Equal markers" if found.requirements else "Equal"): found.equal,
        "First implies second": found.implies,
        "Second implies first": found.implied,
        "Never together": found.disjoint,
    }
    return fragment(
        element(
            "ul",
            {"class": "tp-answers"},
            [
                element(
                    "li",
                    {"class": f"tp-{str(value).lower()}"},
                    f"{question}: ",
                    element("strong", {}, "yes" if value else "no"),
                )
                for question, value in answers.items()
            ],
        ),
        element("p", {}, assumed) if assumed else None,
        parts.hint(words.ONE_REQUIREMENT) if found.one_requirement else None,
        _witness(found) if found.witness else None,
    )


def _in_front(found: ComparedRequirements) -> dict[str, bool]:
    """Return what there is to ask of two requirements in front of their markers."""
    return {
        "Same project": found.names[0] == found.names[1],
        "Same extras": not any(found.extras),
        "Same versions": found.versions == "same" and found.urls[0] == found.urls[1],
    }


def _witness(found: MarkerComparison) -> Markup:
    rows = [
        element(
            "tr",
            {},
            element("th", {"scope": "row"}, parts.name_code(name)),
            element("td", {}, parts.code(words.witness_value(value))),
        )
        for name, value in found.witness.items()
    ]
    return fragment(
        element("h4", {}, "An environment where they differ"),
        element("p", {}, f"{words.witness_words(found)}."),
        element("table", {"class": "tp-witness"}, element("tbody", {}, rows)),
    )


def _merged(response: AlgebraResponse) -> Markup:
    if not response.pair_count:
        return parts.hint(words.no_pairs(response))
    rows = [_pair(response, each) for each in response.pairs[: words.MOST_PAIRS_SHOWN]]
    left_out = words.pairs_left_out(response)
    return fragment(
        element(
            "div",
            {"class": "tp-scroll", "tabindex": 0},
            parts.table(("Line", "Line", "Their markers", "Versions"), rows),
        )
        if rows
        else None,
        parts.hint(left_out) if left_out else None,
    )


def _pair(response: AlgebraResponse, pair: ComparedPair) -> Markup:
    first, second = response.lines[pair.first], response.lines[pair.second]
    return element(
        "tr",
        {"data-span": f"{first.start}:{first.end} {second.start}:{second.end}"},
        element("td", {}, _marker(first.text)),
        element("td", {}, _marker(second.text)),
        element(
            "td",
            {},
            words.RELATIONS[pair.relation],
            (": ", _marker(pair.together)) if pair.together else None,
            element("div", {}, words.where(pair)) if pair.conflict else None,
        ),
        element("td", {"class": "tp-false" if pair.conflict else "tp-true"}, words.versions(pair)),
    )


# -- the form ---------------------------------------------------------------------------


def form(request: AlgebraRequest) -> Markup:
    """Return the tabs, the editor and the assumptions, filled in from *request*."""
    mode = request.mode if request.mode in words.MODE_TITLES else "simplify"
    return fragment(
        controls.toolbar(
            controls.tabs("mode", "Mode", words.MODE_TITLES, mode), controls.example_menu(EXAMPLES)
        ),
        controls.editor(
            "Markers or requirements, one per line",
            request.text,
            (*VARIABLES, "and", "or", "in", "not"),
        ),
        controls.options_row(
            controls.select("assuming", "Assume", words.ASSUMPTION_TITLES, request.assuming),
            controls.entry("python", "Requires-Python", request.python, "any, or >=3.9"),
            controls.hidden("line", str(request.line), "number"),
        ),
        controls.only_for("compare", parts.hint("The first line is compared with the second.")),
        controls.only_for(
            "merge", controls.tick("all", "pairs without a conflict too", ticked=request.all)
        ),
    )
