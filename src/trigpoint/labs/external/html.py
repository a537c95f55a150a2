"""The external lab's form, and its answers as HTML."""

from __future__ import annotations

from typing import Final

from trigpoint.labs import controls, parts
from trigpoint.labs.external import words
from trigpoint.labs.external.data import (
    DEFAULT_ENVIRONMENT,
    ChoiceRow,
    ExternalRequest,
    ExternalResponse,
    NeedRow,
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
        _needed(response),
        _fields(response),
    )


def _choices(field: str, title: str, rows: tuple[ChoiceRow, ...]) -> Markup | None:
    """Return *rows*, of the *field* called *title*, each as a button that puts it in or out."""
    if not rows:
        return None
    chosen = [each.name for each in rows if each.chosen]
    return element(
        "div",
        {"class": "tp-choices", "role": "group", "aria-label": title},
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
    return fragment(
        element("h4", {}, "What is named"),
        element(
            "div",
            {"class": "tp-scroll"},
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
                "file", "A wheel, an sdist, METADATA or a pyproject.toml", ".whl,.gz,.zip,.toml"
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
            controls.entry("extras", "Extras", ", ".join(request.extras), "extra", "list"),
            controls.entry("groups", "Groups", ", ".join(request.groups), "dev", "list"),
        ),
    )
