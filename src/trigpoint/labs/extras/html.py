"""The extras lab's form, and its answers as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.extras import RuleSet
from trigpoint.labs import controls, parts
from trigpoint.labs.extras import words
from trigpoint.labs.extras.answer import (
    DEFAULT_ENVIRONMENT,
    ORDER,
    ExtrasRequest,
    ExtrasResponse,
    RequirementRow,
)
from trigpoint.labs.extras.examples import EXAMPLES
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.markers import ENVIRONMENTS

__all__ = ["form", "result"]

_HEADS = {RuleSet.SPEC: "Spec"}  # where the title is wider than a column
_CHOICES = (
    DEFAULT_ENVIRONMENT,
    "cpython-3.14-macos-arm64",
    "cpython-3.14-windows-x64",
    "cpython-3.10-linux-x86_64",
    "cpython-3.10-windows-x64",
    "pypy-3.11-linux-x86_64",
)
_WORDS = (
    "Requires-Dist:",
    "Provides-Extra:",
    "Default-Extra:",
    "Name:",
    "extra",
    "extras",
    "and",
    "or",
    "in",
    "not",
)


def result(response: ExtrasResponse) -> Markup:
    """Return the table, the extras, the reasons, the changes and the findings of *response*."""
    head = parts.summary_line(words.summary(response))
    findings = parts.findings_list(response.findings, kind=parts.LEAD)
    if not response.rows:
        start = "Paste the Requires-Dist lines of a project, a METADATA file or a pyproject.toml."
        return fragment(findings, parts.nothing_yet(words.summary(response), start, EXAMPLES))
    rules = RuleSet(response.rules)
    return fragment(
        head,
        findings,
        _table(response),
        element("p", {"class": "tp-rules"}, f"{words.TITLES[rules]}: {words.HINTS[rules]}"),
        _extras(response),
        _reasons(response),
        _changes(response),
    )


def _place(row: RequirementRow) -> str | None:
    return f"{row.start}:{row.end}" if row.start >= 0 else None


def _table(response: ExtrasResponse) -> Markup:
    """Return the grid: one row a requirement, one column a set of rules."""
    heads = [
        element(
            "th",
            {"scope": "col", "role": "columnheader", "title": words.TITLES[rules]},
            _HEADS.get(rules, words.TITLES[rules]),
        )
        for rules in ORDER
    ]
    rows = [
        element(
            "tr",
            {"role": "row"},
            element(
                "th",
                {"scope": "row", "role": "rowheader", "data-span": _place(row)},
                parts.code(row.text),
            ),
            [_cell(response, row, rules, first=number == 0) for rules in ORDER],
        )
        for number, row in enumerate(response.rows[: words.listed(response)])
    ]
    requirement = element("th", {"scope": "col", "role": "columnheader"}, "Requirement")
    return fragment(
        element(
            "div",
            {"class": "tp-scroll"},
            element(
                "table",
                {
                    "class": "tp-grid tp-extras",
                    "role": "grid",
                    "aria-label": "Which requirements come",
                },
                element(
                    "thead",
                    {"role": "rowgroup"},
                    element("tr", {"role": "row"}, requirement, heads),
                ),
                element("tbody", {"role": "rowgroup"}, rows),
            ),
        ),
        _more(response, len(response.rows)),
        element("p", {"class": "tp-legend"}, "● comes, · does not, * not as with installers"),
    )


def _more(response: ExtrasResponse, rows: int) -> Markup | None:
    """Return a button for what is left out of so many *rows*, or words if a page shows no more."""
    left = rows - words.listed(response)
    if left <= 0:
        return None
    if words.listed(response) >= words.MOST_ROWS:
        return parts.hint(words.left_out(rows))
    change = {"rows": words.MOST_ROWS}
    return element(
        "button", {"type": "button", "class": "tp-button", "data-set": change}, f"{left} more"
    )


def _cell(response: ExtrasResponse, row: RequirementRow, rules: RuleSet, *, first: bool) -> Markup:
    """Return the answer of *rules* for *row*, as a button that chooses the rules."""
    answer = row.answers[rules.value]
    sign = words.sign(answer)
    chosen = rules.value == response.rules
    changed = answer.pulled is not row.answers["installers"].pulled
    comes = "comes" if answer.pulled else "does not come"
    unlike = ", not as with installers" if changed else ""
    kind = "true" if answer.pulled else "undefined" if sign == "!" else "false"
    return element(
        "td",
        {
            "role": "gridcell",
            "class": f"tp-cell tp-{kind}",
            "aria-selected": "true" if chosen else "false",
            "data-label": _HEADS.get(rules, words.TITLES[rules]),
        },
        element(
            "button",
            {
                "type": "button",
                "data-cell": True,
                "tabindex": 0 if chosen and first else -1,
                "data-set": {"rules": rules.value},
                "aria-label": f"{row.text}, {words.TITLES[rules]}: {comes}{unlike}",
            },
            sign,
            element("span", {"class": "tp-changed", "aria-hidden": "true"}, "*")
            if changed
            else None,
        ),
    )


def _extras(response: ExtrasResponse) -> Markup:
    """Return the extras in the end; rules that agree share a line."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for side in response.sides:
        names = tuple(each.name for each in side.extras)
        groups.setdefault(names, []).append(words.TITLES[RuleSet(side.rules)])
    agreed = len(groups) == 1
    return fragment(
        element("h4", {}, "Extras in the end"),
        parts.facts(
            ("All rules" if agreed else ", ".join(titles), ", ".join(names) or "none")
            for names, titles in groups.items()
        ),
        parts.facts(
            (each.name, " → ".join(each.steps))
            for each in words.chosen_side(response).extras
            if len(each.steps) > 1
        ),
    )


def _requirement(text: str) -> Markup:
    """Return *text*, with a marker as a link to where it holds."""
    return (
        parts.open_link("markers", {"text": text}, parts.code(text))
        if ";" in text
        else parts.code(text)
    )


def _reasons(response: ExtrasResponse) -> Markup:
    comes: list[Markup] = []
    stays: list[Markup] = []
    for row in response.rows[: words.listed(response)]:
        answer = row.answers[response.rules]
        item = element(
            "tr",
            {"data-span": _place(row)},
            element("th", {"scope": "row"}, _requirement(row.text)),
            element("td", {}, words.told(answer)),
        )
        (comes if answer.pulled else stays).append(item)
    return fragment(
        element("h4", {}, words.why_head(response)),
        _told("Comes because of", comes),
        _told("Does not come", stays),
    )


def _told(title: str, rows: Sequence[Markup]) -> Markup | None:
    return parts.table(("Requirement", title), rows, "tp-table tp-why") if rows else None


def _changes(response: ExtrasResponse) -> Markup | None:
    if response.rules == "installers":
        return None
    head = element("h4", {}, words.changes_head(response))
    if not response.changes:
        title = RuleSet(response.rules).title
        told = f"In no environment does {title} bring anything else for these requests."
        return fragment(head, element("p", {}, told))
    items = [
        element(
            "li",
            {"data-span": _place(response.rows[change.index])},
            parts.code(change.text),
            f" {words.change_words(change)}.",
        )
        for change in response.changes[: words.listed(response)]
    ]
    return fragment(
        head,
        element("ul", {"class": "tp-changes"}, items),
        _more(response, len(response.changes)),
    )


# -- the form ---------------------------------------------------------------------------


def form(request: ExtrasRequest) -> Markup:
    """Return the editor, the requests and the two choices, filled in from *request*."""
    known = (request.environment,) if request.environment in ENVIRONMENTS else ()
    environments = {name: ENVIRONMENTS[name].label for name in (*_CHOICES, *known)}
    return fragment(
        controls.toolbar(
            controls.select(
                "rules",
                "Reasons by",
                {rules.value: words.TITLES[rules] for rules in ORDER},
                request.rules,
            ),
            controls.example_menu(EXAMPLES),
        ),
        controls.editor("METADATA lines or pyproject.toml", request.text, _WORDS),
        controls.text_box(
            "requests",
            "Requests, one per line",
            request.requests,
            (1, 6),
            placeholder="pkg[extra]",
            of_text=True,
        ),
        controls.options_row(
            controls.select(
                "environment",
                "Environment",
                environments,
                request.environment or DEFAULT_ENVIRONMENT,
            ),
            controls.hidden("rows", str(request.rows), "number"),
        ),
    )
