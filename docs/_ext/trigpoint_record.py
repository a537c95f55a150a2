"""Recorded behaviour of tools, as a table."""

from __future__ import annotations

import re
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from trigpoint_nodes import table

from trigpoint.installers.record import Case, Outcome, load

DEPENDENCY = "docs"
"""The dependency, without its ``dep-``, that the shown cases are about."""

_MARKER = re.compile(rf"^Requires-Dist: dep-{DEPENDENCY} *; *(.+)$", re.MULTILINE)
_FAILED = {"refused": "refuses", "crashed": "crashes"}


def marker_of(case: Case) -> str:
    """Return the marker that *case* asks about."""
    found = _MARKER.search(case.metadata.decode())
    if not found:
        raise ValueError(f"the case {case.name} has no marker on dep-{DEPENDENCY}")
    return found[1]


def said(outcome: Outcome | None, case: Case) -> str:
    """Say what a tool did with the dependency, and whether that is what was meant."""
    if outcome is None:
        return "not recorded"
    if outcome.result in _FAILED:
        return _FAILED[outcome.result]
    taken = DEPENDENCY in outcome.came
    words = "taken" if taken else "left out"
    if outcome.warned:
        words += ", with a warning"
    if case.meant is not None and taken != (DEPENDENCY in case.meant):
        words += " (differs)"
    return words


class Recorded(SphinxDirective):
    """Cases of the record, one a line of the body, and what tools did with them."""

    has_content = True
    option_spec: ClassVar = {"tools": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Make the table, and say when and with what it was recorded."""
        record = load()
        tools = [name.strip() for name in self.options["tools"].split(",")]
        for name in (*tools, *self.content):
            if name not in record.tools and name not in record.cases:
                raise self.error(f"nothing is recorded under {name!r}")
        rows = []
        for case in (record.cases[name] for name in self.content):
            meant = "no rule" if case.meant is None else "left out"
            rows.append(
                [
                    nodes.literal("", marker_of(case)),
                    nodes.literal("", case.request),
                    nodes.Text("taken" if DEPENDENCY in (case.meant or ()) else meant),
                    *(
                        nodes.Text(said(record.outcomes.get((case.name, tool)), case))
                        for tool in tools
                    ),
                ]
            )
        dates = sorted({record.tools[name].recorded for name in tools})
        systems = sorted({record.tools[name].system for name in tools})
        note = (
            f"Recorded {' and '.join(dates)} on {' and '.join(systems)}, with real installations."
        )
        return [
            table(("Marker", "Requested", "Meant", *tools), rows),
            nodes.paragraph("", note, classes=["tp-note"]),
        ]
