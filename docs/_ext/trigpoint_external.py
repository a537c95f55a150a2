"""The table of names of external things: each against every ecosystem, and how well it is known."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING

from docutils import nodes
from trigpoint_tables import _html, _scrolling, _TableDirective

from trigpoint.external.mappings import ECOSYSTEMS, STATES, Cell, mapping
from trigpoint.external.registry import registry
from trigpoint.external.words import NAMES
from trigpoint.labs.markup import Markup, element

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_SIGNS = {"verified": "●", "sourced": "○", "unverified": "?", "not packaged": "−"}


class _External(_TableDirective):
    """A table that the documents of the package are made into."""

    def note(self) -> None:
        super().note()
        folder = resources.files("trigpoint.external").joinpath("data")
        for name in ("registry.json", *(f"{each}.mapping.json" for each in ECOSYSTEMS)):
            self.env.note_dependency(str(folder.joinpath(name)))


def _canonical() -> list[str]:
    known = registry()
    return [name for name in known.definitions if known.canonical(name) == name]


class Totals(_External):
    """How many names each ecosystem has in each state."""

    def run(self) -> list[nodes.Node]:
        self.note()
        names = _canonical()
        head = element(
            "tr",
            {},
            element("th", {"scope": "col"}, "Ecosystem"),
            [element("th", {"scope": "col"}, f"{_SIGNS[state]} {state}") for state in STATES],
            element("th", {"scope": "col"}, "no entry"),
        )
        body = []
        for ecosystem in ECOSYSTEMS:
            cells = [mapping(ecosystem).cell(name) for name in names]
            count = Counter("" if cell is None else cell.state for cell in cells)
            row = [element("td", {}, str(count[state])) for state in (*STATES, "")]
            title = element("th", {"scope": "row"}, NAMES[ecosystem])
            body.append(element("tr", {}, title, row))
        return [_html(_scrolling(f"Coverage of {len(names)} names", head, body))]


class Names(_External):
    """Every canonical name against every ecosystem: the packages to build with, and a sign."""

    def run(self) -> list[nodes.Node]:
        self.note()
        head = element(
            "tr",
            {},
            element("th", {"scope": "col"}, "Name"),
            [element("th", {"scope": "col"}, NAMES[each]) for each in ECOSYSTEMS],
        )
        body = [
            element(
                "tr",
                {},
                element("th", {"scope": "row"}, name.removeprefix("dep:")),
                [_cell(mapping(each).cell(name)) for each in ECOSYSTEMS],
            )
            for name in _canonical()
        ]
        return [_html(_scrolling("Names by ecosystem", head, body, whole=False))]


def _cell(cell: Cell | None) -> Markup:
    if cell is None:
        return element(
            "td", {"class": "tp-mark"}, element("span", {"class": "tp-spoken"}, "no entry")
        )
    packages = " ".join(dict.fromkeys((*cell.build, *cell.host)))
    return element(
        "td",
        {"class": "tp-mark", "title": f"{packages or 'not packaged'}: {cell.state}"},
        element("span", {"aria-hidden": "true"}, _SIGNS[cell.state]),
        element("span", {"class": "tp-spoken"}, f"{cell.state} {packages}"),
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("external-totals", Totals)
    app.add_directive("external-names", Names)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
