"""The external lab's form, and its answers as HTML."""

from __future__ import annotations

from typing import Final

from trigpoint.external.words import NAMES
from trigpoint.labs import controls, parts
from trigpoint.labs.external import words
from trigpoint.labs.external.data import (
    DEFAULT_ENVIRONMENT,
    OWN,
    CellRow,
    ChoiceRow,
    ColumnRow,
    ExternalRequest,
    ExternalResponse,
    MissingRow,
    NeedRow,
    PieceRow,
    PlannedRow,
    PlanRow,
)
from trigpoint.labs.external.examples import EXAMPLES
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.markers import ENVIRONMENTS

__all__ = ["form", "result"]

_CHOICES: Final = (
    DEFAULT_ENVIRONMENT,
    "cpython-3.14-macos-arm64",
    "cpython-3.14-windows-x64",
    "cpython-3.11-linux-x86_64",
)
_WORDS: Final = (
    "build-requires",
    "host-requires",
    "dependencies",
    "optional-build-requires",
    "optional-host-requires",
    "optional-dependencies",
    "dependency-groups",
    "include-group",
    "Requires-External:",
    "Requires-External-Dep:",
    "Provides-External-Extra:",
)


def result(response: ExternalResponse) -> Markup:
    """Return what is needed, the choices, the METADATA lines and the findings of *response*."""
    said = words.summary(response)
    findings = parts.findings_list(response.findings, kind=parts.LEAD)
    if not response.rows:
        if response.empty or not response.findings:
            sentence = "Paste a pyproject.toml with an [external] table, METADATA, or lines such as dep:generic/zlib."
            return fragment(parts.nothing_yet(said, sentence, EXAMPLES), findings)
        return fragment(parts.summary_line(said), findings)
    return fragment(
        parts.summary_line(said),
        findings,
        _choices("extras", "Extras", response.extras),
        _choices("groups", "Groups", response.groups),
        _grid(response),
        _plan(response),
        _needed(response),
        _fields(response),
    )


def _grid(response: ExternalResponse) -> Markup | None:
    """Return what each ecosystem calls what counts: a row a requirement, a column an ecosystem."""
    if not response.needs:
        return None
    heads = [
        element(
            "th",
            {"scope": "col", "role": "columnheader"},
            element(
                "button",
                {
                    "type": "button",
                    "data-set": {"ecosystem": column.name},
                    "aria-pressed": "true" if column.name == response.ecosystem else "false",
                },
                column.title,
            ),
        )
        for column in response.columns
    ]
    rows = [
        element(
            "tr",
            {"role": "row"},
            element(
                "th",
                {"scope": "row", "role": "rowheader", "data-span": _places(response, need)},
                parts.code(need.removeprefix("dep:")),
            ),
            [
                _cell(response, need, column, column.cells[i], first=i == 0)
                for column in response.columns
            ],
        )
        for i, need in enumerate(response.needs)
    ]
    corner = element("th", {"scope": "col", "role": "columnheader"}, "Requirement")
    return fragment(
        element("h4", {}, "What it is called"),
        element(
            "div",
            {"class": "tp-scroll"},
            element(
                "table",
                {
                    "class": "tp-grid tp-ecosystems",
                    "role": "grid",
                    "aria-label": "What each ecosystem calls what is needed",
                },
                element(
                    "thead", {"role": "rowgroup"}, element("tr", {"role": "row"}, corner, heads)
                ),
                element("tbody", {"role": "rowgroup"}, rows),
            ),
        ),
        element("p", {"class": "tp-legend"}, words.LEGEND),
    )


def _places(response: ExternalResponse, need: str) -> str | None:
    found = [
        f"{row.start}:{row.end}" for row in response.rows if row.text == need and row.start >= 0
    ]
    return " ".join(found) or None


def _cell(
    response: ExternalResponse, need: str, column: ColumnRow, cell: CellRow, *, first: bool
) -> Markup:
    """Return the *cell* of *need* in *column*, as a button that chooses the column."""
    chosen = column.name == response.ecosystem
    sign = words.sign(cell)
    return element(
        "td",
        {
            "role": "gridcell",
            "class": f"tp-cell {words.tone(cell)}",
            "aria-selected": "true" if chosen else "false",
            "data-label": column.title,
        },
        element(
            "button",
            {
                "type": "button",
                "data-cell": True,
                "tabindex": 0 if chosen and first else -1,
                "data-set": {"ecosystem": column.name},
                "title": cell.told,
                "aria-label": f"{need}, {column.title}: {words.cell(cell)}; {cell.told}",
            },
            words.cell(cell),
            element("span", {"class": "tp-changed", "aria-hidden": "true"}, f" {sign}")
            if sign
            else None,
        ),
    )


def _plan(response: ExternalResponse) -> Markup | None:
    plan = response.plan
    if plan is None:
        return None
    return fragment(
        element("h4", {}, response.ecosystem_title),
        element("p", {}, plan.summary),
        [_piece(each, first=i == 0) for i, each in enumerate(plan.pieces)],
        parts.facts(
            [(_short(each.requirement), _missing(each)) for each in plan.missing]
            + [
                (_short(each.requirement), _planned(each))
                for each in plan.planned
                if each.why or each.ranged or each.options
            ]
        ),
        _known(plan),
    )


def _short(requirement: str) -> Markup:
    return parts.code(requirement.removeprefix("dep:"))


def _piece(piece: PieceRow, *, first: bool) -> Markup:
    """Return *piece* with a button that copies it; the *first* is open."""
    return element(
        "details",
        {"class": "tp-case", "open": first},
        element("summary", {}, piece.title),
        element("pre", {"class": "tp-listing", "tabindex": 0}, parts.code(piece.text)),
        element(
            "button",
            {"type": "button", "class": "tp-live tp-button", "data-copy-text": piece.text},
            "Copy",
        ),
    )


def _planned(row: PlannedRow) -> Markup:
    said = [row.why, row.ranged]
    lines = [f"{each[:1].upper()}{each[1:]}. " for each in said if each]
    packages = parts.code(" ".join(row.packages)) if row.packages else "nothing to install"
    return fragment(packages, ". ", lines, _options(row))


def _known(plan: PlanRow) -> Markup:
    """Return how well the names of *plan* are known, those that are alike together."""
    alike: dict[str, dict[str, None]] = {}
    for each in plan.planned:
        alike.setdefault(each.known, {}).update(dict.fromkeys(each.packages))
    return element(
        "details",
        {"class": "tp-case"},
        element("summary", {}, "How well the names are known"),
        element(
            "ul",
            {"class": "tp-values"},
            [
                element("li", {}, parts.code(" ".join(packages)), f": {known}.")
                for known, packages in alike.items()
                if packages
            ],
        ),
    )


def _options(row: PlannedRow) -> Markup | None:
    if not row.options:
        return None
    return element(
        "span",
        {"class": "tp-live"},
        "Take ",
        [
            [
                element(
                    "button",
                    {
                        "type": "button",
                        "class": "tp-button",
                        "data-set": {"pins": list(each.pins)},
                        "aria-label": f"Take {each.name} for {row.requirement}",
                    },
                    each.name.rpartition("/")[2],
                ),
                " ",
            ]
            for each in row.options
        ],
    )


def _missing(row: MissingRow) -> Markup:
    return element("strong", {}, f"{row.advice[:1].upper()}{row.advice[1:].rstrip('.')}.")


def _choices(field: str, title: str, rows: tuple[ChoiceRow, ...]) -> Markup | None:
    """Return *rows*, of the *field* called *title*, each as a button that puts it in or out."""
    if not rows:
        return None
    chosen = [each.name for each in rows if each.chosen]
    return element(
        "div",
        {"class": "tp-choices tp-live", "role": "group", "aria-label": title},
        f"{title}: ",
        [
            [
                element(
                    "button",
                    {
                        "type": "button",
                        "class": "tp-button",
                        "aria-pressed": "true" if each.chosen else "false",
                        "data-set": {
                            field: [name for name in chosen if name != each.name]
                            if each.chosen
                            else [*chosen, each.name]
                        },
                    },
                    each.name,
                ),
                " ",
            ]
            for each in rows
        ],
    )


def _needed(response: ExternalResponse) -> Markup:
    left = response.left_out
    return element(
        "details",
        {"class": "tp-case", "open": not all(each.counts for each in response.rows)},
        element("summary", {}, "What is named, and what of it counts"),
        element(
            "div",
            {"class": "tp-scroll", "tabindex": 0, "role": "group", "aria-label": "What counts"},
            parts.table(
                ("Requirement", "Listed in", "Counts"),
                [_need(each) for each in response.rows],
                "tp-table",
            ),
        ),
        parts.hint(f"{left} more.") if left else None,
    )


def _need(row: NeedRow) -> Markup:
    kind = words.KINDS[row.kind]
    listed = words.when(row)
    return element(
        "tr",
        {"data-span": f"{row.start}:{row.end}" if row.start >= 0 else None},
        element("th", {"scope": "row"}, parts.code(row.text)),
        element(
            "td",
            {},
            listed or kind,
            [element("br", {}), kind] if listed and row.kind != "dep" else None,
        ),
        element(
            "td",
            {},
            words.reason(row),
            [element("br", {}), "Instead: ", parts.code(row.instead)] if row.instead else None,
        ),
    )


def _fields(response: ExternalResponse) -> Markup | None:
    if not response.fields:
        return None
    return element(
        "details",
        {"class": "tp-case"},
        element("summary", {}, "What of it the draft puts into METADATA"),
        element(
            "pre", {"class": "tp-listing", "tabindex": 0}, parts.code("\n".join(response.fields))
        ),
    )


def form(request: ExternalRequest) -> Markup:
    """Return the editor, the purpose and the environment, filled in from *request*."""
    known = (request.environment,) if request.environment in ENVIRONMENTS else ()
    environments = {name: ENVIRONMENTS[name].label for name in (*_CHOICES, *known)}
    return fragment(
        controls.toolbar(
            controls.tabs("purpose", "What for", words.PURPOSES, request.purpose),
            controls.example_menu(EXAMPLES),
            controls.file_entry(
                "file",
                "A wheel, an sdist, METADATA, a pyproject.toml or a mapping",
                ".whl,.gz,.zip,.toml,.json",
            ),
        ),
        controls.editor("pyproject.toml, METADATA or lines", request.text, _WORDS, rows=(4, 24)),
        controls.options_row(
            controls.select(
                "environment",
                "Markers for",
                environments,
                request.environment or DEFAULT_ENVIRONMENT,
            ),
            controls.entry(
                "extras", "Extras", ", ".join(request.extras), "extra", "list", of_text=True
            ),
            controls.entry(
                "groups", "Groups", ", ".join(request.groups), "dev", "list", of_text=True
            ),
            controls.select(
                "ecosystem",
                "Commands for",
                {**NAMES, OWN: "your own names"},
                request.ecosystem,
            ),
            controls.hidden("pins", ", ".join(request.pins), "list", of_text=True),
        ),
        element(
            "details",
            {"class": "tp-case tp-live", "open": bool(request.mapping.strip())},
            element("summary", {}, "Names of your own"),
            controls.text_box(
                "mapping",
                "A mapping in the form of PEP 804",
                request.mapping,
                (3, 10),
                placeholder=_MAPPING,
                of_text=True,
            ),
        ),
    )


_MAPPING: Final = """\
{"name": "mine", "package_managers": [],
 "mappings": [{"id": "dep:generic/zlib", "specs": "my-zlib"}]}"""
