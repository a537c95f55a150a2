"""The placement matrix: the folders of every scheme in every place, from the library's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from trigpoint.labs.markup import Markup, element
from trigpoint.labs.wheels.words import PLACE_TITLES
from trigpoint.wheels import PLACES, Place

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_WORDS = {
    "python": "3.13",
    "short": "3.13",
    "nodot": "313",
    "name": "spam-eggs",
    "written": "spam_eggs",
    "stem": "spam_eggs-1.0",
}
"""What stands for the parts of a folder that the wheel and the Python decide."""


class PlacementMatrix(SphinxDirective):
    """Every place of one system, with the folder of each scheme; the argument is the system."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        places = [each for each in PLACES.values() if each.system == self.arguments[0]]
        head = ("Installed with", "Proven", "Modules", "Commands", "Data", "Headers")
        table = element(
            "div",
            {
                "class": "tp-evidence",
                "role": "region",
                "tabindex": 0,
                "aria-label": f"Folders on {self.arguments[0]}",
            },
            element(
                "table",
                {"class": "tp-matrix tp-placement"},
                element(
                    "thead",
                    {},
                    element("tr", {}, [element("th", {"scope": "col"}, each) for each in head]),
                ),
                element("tbody", {}, [_row(each) for each in places]),
            ),
        )
        self.env.metadata[self.env.docname]["trigpoint_tables"] = True
        return [nodes.raw("", str(table), format="html")]


def _row(place: Place) -> Markup:
    folders = (place.purelib, place.scripts, place.data, place.headers)
    return element(
        "tr",
        {},
        element("th", {"scope": "row"}, PLACE_TITLES[place.name].partition(": ")[2]),
        element("td", {}, "yes" if place.recorded else "no"),
        [element("td", {}, element("code", {}, f"{_said(each)}/" if each else "./")) for each in folders],
    )  # fmt: skip


def _said(folder: str) -> str:
    return folder.format(**_WORDS)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("placement-matrix", PlacementMatrix)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
