"""The results of ``nox -s bench`` as charts and tables.

Each JSON file is one suite: ``suite``, what it ran on, and ``tasks`` with the
``fastest`` repeat of each library, the ``ratio`` of each peer to Trigpoint and
the ``goal`` for it.  A task without peers has ``percentile_95`` and ``below``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from trigpoint_nodes import table

OURS = "trigpoint"
WIDTH, LABEL, ROW, TOP = 680, 200, 20, 22
MISSING = "This build holds no results: run nox -s bench, then build the documentation again."


def number(value: float) -> str:
    """Write *value* with three significant digits.

    >>> number(12.345), number(1234.5), number(0.01234)
    ('12.3', '1230', '0.0123')
    """
    if value == 0:
        return "0"
    digits = 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):.{max(0, digits)}f}"


def bars(tasks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, float, float | None]]:
    """Yield task, peer, how many times as long the peer takes, and the goal for that."""
    for task in tasks:
        for peer, ratio in task["ratio"].items():
            yield task["task"], peer, ratio, task["goal"].get(peer)


def chart(title: str, tasks: Sequence[Mapping[str, Any]]) -> str:
    """Draw how many times as long each peer takes, on a logarithmic scale from 1."""
    rows = list(bars(tasks))
    height = TOP + ROW * len(rows) + 6
    most = max((max(ratio, goal or 1) for _, _, ratio, goal in rows), default=10)
    decades = max(1, math.ceil(math.log10(most)))

    def x(ratio: float) -> float:
        return LABEL + (WIDTH - LABEL - 60) * max(0.0, math.log10(ratio)) / decades

    label = f"{escape(title)}; the table has the numbers"
    parts = [
        f'<svg class="tp-chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">'
    ]
    for power in range(decades + 1):
        at = x(10**power)
        parts.append(f'<path class="tp-axis" d="M{at:.1f} {TOP - 4}V{height}"/>')
        parts.append(f'<text x="{at:.1f}" y="12" text-anchor="middle">{10**power}x</text>')
    for i, (task, peer, ratio, goal) in enumerate(rows):
        y = TOP + ROW * i
        middle = y + ROW / 2 + 4
        name = f"{task}: {peer}"
        parts.append(f'<text x="{LABEL - 8}" y="{middle}" text-anchor="end">{escape(name)}</text>')
        long = max(1.0, x(ratio) - LABEL)
        parts.append(
            f'<rect x="{LABEL}" y="{y + 3}" width="{long:.1f}" height="{ROW - 6}" rx="2"/>'
        )
        parts.append(f'<text x="{x(ratio) + 6:.1f}" y="{middle}">{number(ratio)}x</text>')
        if goal:
            parts.append(f'<path class="tp-goal" d="M{x(goal):.1f} {y + 1}v{ROW - 2}"/>')
    return "".join([*parts, "</svg>"])


def rows(task: Mapping[str, Any]) -> Iterator[list[nodes.Node]]:
    """Yield the table's rows for *task*: library, time, ratio, goal."""
    for name, value in task["fastest"].items():
        ratio, goal = task["ratio"].get(name), task["goal"].get(name)
        met = "" if not goal or not ratio else " (met)" if ratio >= goal else " (not met)"
        yield [
            nodes.Text(task["task"]),
            nodes.literal("", name),
            nodes.Text(number(value)),
            nodes.Text(f"{number(ratio)}x" if ratio else ""),
            nodes.Text(f"{goal:g}x{met}" if goal else ""),
        ]
    if "below" in task:
        late, below = task["percentile_95"][OURS], task["below"]
        yield [
            nodes.Text(f"{task['task']}, 95th percentile"),
            nodes.literal("", OURS),
            nodes.Text(number(late)),
            nodes.Text(""),
            nodes.Text(f"below {below:g} ({'met' if late < below else 'not met'})"),
        ]


def conditions(suite: Mapping[str, Any]) -> str:
    """Say what *suite* ran on."""
    versions = (f"{name} {version}" for name, version in suite.get("versions", {}).items())
    known = [suite.get("python"), suite.get("browser"), *versions]
    if "markers" in suite:
        known.append(f"{suite['markers']} markers")
    known.append(f"{suite['repeats']} repeats")
    return ", ".join(filter(None, known)) + "."


class Benchmarks(SphinxDirective):
    """Every result in the folder ``trigpoint_benchmarks``."""

    def run(self) -> list[nodes.Node]:
        """Make a section for each suite; results may appear at any time."""
        self.env.note_reread()
        folder = Path(self.config.trigpoint_benchmarks)
        found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
        if not found:
            return [nodes.paragraph("", MISSING, classes=["tp-note"])]
        return [self.section(suite) for suite in found]

    def section(self, suite: Mapping[str, Any]) -> nodes.section:
        """Show one suite: a chart where there are peers, a table, growth where it was measured."""
        name = suite["suite"]
        section = nodes.section("", nodes.title("", name.capitalize()), ids=[name], names=[name])
        section += nodes.paragraph("", conditions(suite))
        tasks = suite["tasks"]
        if any(task["ratio"] for task in tasks):
            text = "How many times as long each library takes, by task. The line is the goal."
            section += nodes.paragraph("", text)
            section += nodes.raw("", chart(f"Benchmark {name}", tasks), format="html")
        units = sorted({task["unit"] for task in tasks})
        section += nodes.paragraph("", f"Fastest repeat, in {' or '.join(units)}.")
        head = ("Task", "Library", "Time", "Against Trigpoint", "Goal")
        section += table(head, (row for task in tasks for row in rows(task)))
        if families := suite.get("families"):
            head = tuple(key.capitalize() for key in families[0])
            cells = ([nodes.Text(str(value)) for value in row.values()] for row in families)
            section += nodes.paragraph("", "Families of markers that blow up normal forms:")
            section += table(head, cells)
        return section
