"""The results of ``nox -s bench`` as charts and tables.

Each JSON file is one suite, as :mod:`tests.benchkit.results` writes it.  Of the
folders in ``trigpoint_benchmarks`` the first that has a suite gives it: those
measured last on this machine, then those that are kept in the repository.
"""

from __future__ import annotations

import json
import math
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from trigpoint_nodes import table

from trigpoint.labs import svg
from trigpoint.labs.markup import Markup

sys.path.append(str(Path(__file__).resolve().parents[2]))

from tests.benchkit.results import (
    Result,
    Row,
    Suite,
    bar_text,
    duration,
    from_json,
    number,
    ratio_text,
)

WIDTH, LABEL, VALUE, ROW, TOP = 760, 330, 60, 22, 24
NARROW, NARROW_ROW, LONGEST = 288, 38, 48
MISSING = "This build holds no results: run nox -s bench, then build the documentation again."


def found(folders: Iterable[Path]) -> list[Suite]:
    """Return every suite from the first of *folders* that has it, in the order of their names.

    A file that another version of the harness wrote is passed over.
    """
    suites: dict[str, Suite] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            try:
                suite = from_json(json.loads(path.read_text("utf-8")))
            except (ValueError, TypeError, KeyError):
                continue
            suites.setdefault(suite.suite, suite)
    return [suites[name] for name in sorted(suites)]


def charted(result: Result) -> list[Row]:
    """Return the rows whose ratio says something: those that have a bar for it, or all peers."""
    barred = any(row.bar for row in result.rows)
    return [
        row
        for row in result.rows
        if row.ratio and (not barred or (row.bar and row.bar.figure == "ratio"))
    ]


def chart(suite: Suite, *, narrow: bool = False) -> Markup | None:
    """Draw how many times as long each contender takes, on a logarithmic scale; None if none do.

    With *narrow*, the names stand above the bars, so that a phone shows letters of full size.
    """
    rows = [(result, row, row.ratio) for result in suite.results for row in charted(result)]
    values = [ratio.median for _, _, ratio in rows if ratio]
    if not values:
        return None
    values += [row.bar.value for _, row, _ in rows if row.bar]
    first = math.floor(math.log10(min(1.0, *values)))
    last = max(first + 1, math.ceil(math.log10(max(1.0, *values))))
    width, label_width, row_height = (NARROW, 12, NARROW_ROW) if narrow else (WIDTH, LABEL, ROW)
    room = width - label_width - VALUE

    def x(ratio: float) -> float:
        return label_width + room * (math.log10(ratio) - first) / (last - first)

    height = TOP + row_height * len(rows) + 4
    shapes = []
    for power in range(first, last + 1):
        at = x(10**power)
        kind = "tp-one" if power == 0 else "tp-axis"
        shapes.append(svg.line(at, TOP - 4, at, height, kind=kind))
        shapes.append(svg.text(at, 12, f"{10.0**power:g}x", anchor="middle"))
    for i, (result, row, ratio) in enumerate(rows):
        if ratio is None:
            continue
        above = row_height - ROW
        y = TOP + row_height * i + above
        middle = y + ROW / 2 + 4
        left, right = sorted((x(1), x(ratio.median)))
        name = f"{result.benchmark}: {row.contender}"
        if narrow:
            shapes.append(svg.text(0, y, textwrap.shorten(name, LONGEST, placeholder="…")))
        else:
            shapes.append(svg.text(LABEL - 8, middle, name, anchor="end"))
        shapes.append(svg.rect(left, y + 3, max(1.0, right - left), ROW - 6, round_by=2))
        shapes.append(svg.text(right + 6, middle, f"{number(ratio.median)}x", anchor="start"))
        if row.bar:
            at = x(row.bar.value)
            shapes.append(svg.line(at, y + 1, at, y + ROW - 1, kind="tp-goal"))
    label = f"{suite.title}: how many times as long each takes; the table has the numbers"
    kind = "tp-chart tp-narrow" if narrow else "tp-chart tp-wide"
    return svg.drawing(width, height, label, *shapes, kind=kind)


def cells(result: Result) -> Iterator[list[nodes.Node]]:
    """Yield the table's rows for *result*: task, contender, time, ratio, bar."""
    for row in result.rows:
        met = f"{bar_text(row.bar)} ({row.verdict or 'not known'})" if row.bar else ""
        late = f", 95 of 100 in {duration(row.late)}" if row.late is not None else ""
        yield [
            nodes.Text(result.benchmark),
            nodes.literal("", row.contender),
            nodes.Text(f"{duration(row.seconds.median)}{late}"),
            nodes.Text(ratio_text(row.ratio) if row.ratio else ""),
            nodes.Text(met),
        ]


def conditions(suite: Suite) -> str:
    """Say what *suite* ran on, and when."""
    machine = suite.machine
    versions = (f"{name} {version}" for name, version in suite.versions.items())
    known = [
        machine.python,
        machine.system,
        f"{machine.cores} cores of {machine.processor}",
        *versions,
    ]
    commit = f" at commit {suite.revision}" if suite.revision else ""
    return f"Measured on {suite.date}{commit}: {', '.join(known)}."


class Benchmarks(SphinxDirective):
    """Every result in the folders ``trigpoint_benchmarks``."""

    def run(self) -> list[nodes.Node]:
        """Make a section for each suite; results may appear at any time."""
        self.env.note_reread()
        suites = found(map(Path, self.config.trigpoint_benchmarks))
        if not suites:
            return [nodes.paragraph("", MISSING, classes=["tp-note"])]
        return [self.section(suite) for suite in suites]

    def section(self, suite: Suite) -> nodes.section:
        """Show one suite: when and where it was measured, a chart, a table, what failed."""
        title = nodes.title("", suite.title)
        section = nodes.section("", title, ids=[suite.suite], names=[suite.suite])
        section += nodes.paragraph("", conditions(suite))
        if drawing := chart(suite):
            text = "How many times as long each takes, by task; the short lines are the bars."
            section += nodes.paragraph("", text)
            section += nodes.raw("", f"{drawing}{chart(suite, narrow=True)}", format="html")
        head = ("Task", "Contender", "Time", "Against ours", "Bar")
        section += table(head, (row for result in suite.results for row in cells(result)))
        said = [
            f"{result.benchmark}: {sentence}"
            for result in suite.results
            for sentence in (*result.failures, *result.notes)
        ]
        if said:
            items = [nodes.list_item("", nodes.paragraph("", each)) for each in said]
            section += nodes.bullet_list("", *items)
        section += nodes.paragraph("", suite.method, classes=["tp-note"])
        return section
