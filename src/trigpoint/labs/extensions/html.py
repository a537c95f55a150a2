"""The extensions lab's form, and its answers as HTML."""

from __future__ import annotations

from typing import Final

from trigpoint.labs import controls, parts
from trigpoint.labs.extensions import words
from trigpoint.labs.extensions.data import (
    DEFAULT_TARGET,
    ExtensionsRequest,
    ExtensionsResponse,
    PlanRow,
)
from trigpoint.labs.extensions.examples import EXAMPLES
from trigpoint.labs.markup import Markup, element, fragment

__all__ = ["form", "result"]

_WORDS: Final = (
    "name",
    "builder",
    "module",
    "modules",
    "sources",
    "source",
    "limited-api",
    "depends-on",
    "requires",
    "enable-by-default",
    "env",
)


def result(response: ExtensionsResponse) -> Markup:
    """Return the plan, the requirements and the findings of *response*."""
    said = words.summary(response)
    findings = parts.findings_list(response.findings, kind=parts.LEAD)
    if response.empty:
        sentence = "Paste the tables of your extensions, or the whole pyproject.toml."
        return fragment(parts.nothing_yet(said, sentence, EXAMPLES), findings)
    return fragment(
        parts.summary_line(said),
        findings,
        _plan(response),
        parts.facts(
            [
                (words.REQUIRES, _codes(response.requires)),
                ("The wheel", parts.code(response.tag) if response.tag else None),
            ]
        )
        if response.rows
        else None,
    )


def _codes(texts: tuple[str, ...]) -> Markup | None:
    if not texts:
        return None
    return fragment([[", " if i else None, parts.code(each)] for i, each in enumerate(texts)])


def _plan(response: ExtensionsResponse) -> Markup:
    """Return a section for each extension: paths and tags are too long for columns on a phone."""
    return fragment([_section(each) for each in response.rows])


def _section(row: PlanRow) -> Markup:
    place = f"{row.start}:{row.end}" if row.start >= 0 else None
    made = [element("li", {}, parts.code(words.output(each))) for each in row.outputs]
    title = element("h4", {"data-span": place}, f"{row.when}. " if row.step else "", row.name)
    off = None if row.step else row.when
    return element(
        "section",
        {"class": "tp-package"},
        title,
        parts.facts(
            [
                ("Builder", parts.code(row.builder) if row.builder else None),
                ("Built", off or words.needs(row)),
                (
                    "Files",
                    element("ul", {"class": "tp-values"}, made) if made else words.files(row),
                ),
                ("Tag", parts.code(row.tag) if row.tag else None),
            ]
        ),
    )


def form(request: ExtensionsRequest) -> Markup:
    """Return the editor, the target and the selection, filled in from *request*."""
    chosen = request.target if request.target in words.TITLES else DEFAULT_TARGET
    return fragment(
        controls.toolbar(controls.example_menu(EXAMPLES)),
        controls.editor("Tables or a pyproject.toml", request.text, _WORDS, rows=(6, 20)),
        controls.options_row(
            controls.select("target", "Built for", words.TITLES, chosen),
            controls.entry("select", "Selection", request.select, "all, none, name, -name"),
        ),
    )
