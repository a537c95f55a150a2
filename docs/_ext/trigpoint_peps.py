"""The board of standards: what each is about, how far it is, and what to do, from dated data."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from trigpoint_nodes import page_link, table

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["STATUSES", "Pep", "PepBoard", "load", "setup"]

DATA: Final = "data/peps.toml"
ADDRESS: Final = "https://peps.python.org/pep-{:04}/"

STATUSES: Final = {
    "Final": "Done: the specifications have it, or a release of Python.",
    "Accepted": "Decided, and not everywhere yet.",
    "Active": "In force, and kept up to date.",
    "Draft": "Proposed: may change, and may come to nothing.",
    "Deferred": "Nobody works on it.",
    "Withdrawn": "Taken back by its authors.",
    "Rejected": "Decided against.",
}
"""What each status means for an author, in the order of the board."""

_DATE: Final = re.compile(r"20\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_KEYS: Final = {"number", "topic", "status", "date", "means", "pages"}


@dataclass(frozen=True, slots=True)
class Pep:
    """One standard or proposal."""

    number: int
    topic: str
    status: str
    means: str
    date: str = ""
    pages: tuple[str, ...] = ()


def load(text: str) -> tuple[dt.date, list[Pep]]:
    """Return the day by which everything in *text* was known, and the standards.

    Raises :exc:`ValueError` for what a table of the board may not have.
    """
    data: Mapping[str, Any] = tomllib.loads(text)
    known = data["known"]
    found = []
    for each in data["pep"]:
        number, date = each["number"], each.get("date", "")
        if unknown := each.keys() - _KEYS:
            raise ValueError(f"PEP {number} has {', '.join(sorted(unknown))}")
        if each["status"] not in STATUSES:
            raise ValueError(f"PEP {number} has the status {each['status']!r}")
        if date and not _DATE.fullmatch(date):
            raise ValueError(f"PEP {number} has the date {date!r}")
        if date > known.isoformat():
            raise ValueError(f"PEP {number} is of {date}, which is later than {known}")
        found.append(Pep(**{**each, "pages": tuple(each["pages"])}))
    if twice := [a for a, b in itertools.pairwise(sorted(p.number for p in found)) if a == b]:
        raise ValueError(f"PEP {twice[0]} is there twice")
    order = list(STATUSES)
    return known, sorted(found, key=lambda each: (order.index(each.status), each.number))


def _words(text: str) -> Iterator[nodes.Node]:
    """Yield *text*, with what stands between backquotes as code."""
    for number, part in enumerate(text.split("`")):
        if part:
            yield nodes.literal("", part) if number % 2 else nodes.Text(part)


def _inline(*children: nodes.Node) -> nodes.inline:
    return nodes.inline("", "", *children)


class PepBoard(SphinxDirective):
    """All standards, by status, and the day by which this was known."""

    def run(self) -> list[nodes.Node]:
        """Make a section with a table for each status."""
        path = Path(self.env.srcdir, DATA)
        self.env.note_dependency(str(path))
        known, peps = load(path.read_text("utf-8"))
        # Whether a page is there may change without a change of this one.
        self.env.note_reread()
        found: list[nodes.Node] = [
            nodes.paragraph("", "", nodes.strong("", f"As of {known}.")),
        ]
        for status, group in itertools.groupby(peps, lambda each: each.status):
            section = nodes.section("", nodes.title("", status), ids=[status.lower()])
            section += nodes.paragraph("", STATUSES[status])
            shown = table(
                ("PEP", "About", "Edited" if status == "Draft" else "Decided", "What it means"),
                map(self._row, group),
            )
            shown["classes"].append("tp-first-whole")
            section += shown
            found.append(section)
        return found

    def _row(self, pep: Pep) -> list[nodes.Node]:
        label = f"pep-{pep.number}"
        self.env.domains.standard_domain.note_hyperlink_target(
            label, self.env.docname, label, f"PEP {pep.number}"
        )
        number = nodes.reference(
            "", str(pep.number), refuri=ADDRESS.format(pep.number), internal=False, ids=[label]
        )
        means = _inline(*_words(pep.means))
        pages = [each for each in pep.pages if each in self.env.found_docs]
        for place, page in enumerate(pages):
            means += [nodes.Text(", " if place else " See "), page_link(page, self.env.docname)]
        if pages:
            means += nodes.Text(".")
        date = nodes.inline("", pep.date, classes=["tp-date"])
        return [number, _inline(*_words(pep.topic)), date, means]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("pep-board", PepBoard)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 2}
