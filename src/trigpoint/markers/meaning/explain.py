"""Why a marker holds or not: one node for each of its parts.

The idea: ask every comparison, join the answers from the leaves up, then go down
again and mark the parts that settle the answer.

The invariant: ``decides`` is set on a path from the root; a part decides only if
the part around it does.  The cost is linear in the marker, because parts share the
one text and say where they stand in it.

An example: of ``os_name == 'nt' or python_version >= '3.9'``, false and true, the
second part decides alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from trigpoint.markers.meaning.semantics import Kind, Outcome
from trigpoint.markers.reading.tree import Comparison, Group, Literal, Operand

__all__ = ["LONGEST_TEXT", "Explanation"]

LONGEST_TEXT = 1_000
"""Letters of a part's text in a row: groups in groups would repeat all that they hold."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one part of a marker answers, and why.

    ``op`` is ``"and"``, ``"or"``, ``"any"`` (one child per requested extra,
    as installers ask), ``"case"`` (one of these) or the operator of a comparison.
    ``source`` is the whole marker's text, ``start`` and ``end`` are offsets into
    it, and ``title`` stands for the text of a part that is not written there.
    ``value`` is None where the part has no defined answer.  ``decides`` marks the
    parts that settle the result: the first true part of an ``or`` that holds, the
    first false part of an ``and`` that does not, every part otherwise.  For a
    comparison, ``left`` and ``right`` are the two operands with variables replaced
    by their values, ``kind`` is which comparison ran and ``reason`` says it in
    words.
    """

    source: str = field(repr=False)
    start: int
    end: int
    op: str
    value: bool | None
    decides: bool = False
    children: tuple[Explanation, ...] = field(default=(), repr=False)
    left: str = ""
    right: str = ""
    kind: Kind | None = None
    reason: str = ""
    title: str = ""

    @property
    def text(self) -> str:
        """What the part says; made when somebody looks, as groups hold one another's."""
        return self.title or self.source[self.start : self.end]

    def walk(self) -> Iterator[tuple[int, Explanation]]:
        """Yield every node with its depth, parents first, in text order."""
        stack = [(0, self)]
        while stack:
            depth, node = stack.pop()
            yield depth, node
            stack.extend((depth + 1, child) for child in reversed(node.children))

    def rows(self) -> list[dict[str, Any]]:
        """Return the tree as JSON-ready rows with a ``depth``, parents first.

        The ``text`` of a part that is longer than
        :data:`~trigpoint.markers.meaning.explain.LONGEST_TEXT` is cut there and ends in three
        dots; ``start`` and ``end`` say where all of it stands.
        """
        return [
            {
                "depth": depth,
                "text": _cut(node.text),
                "start": node.start,
                "end": node.end,
                "op": node.op,
                "value": node.value,
                "decides": node.decides,
                "left": node.left,
                "right": node.right,
                "kind": node.kind.value if node.kind else None,
                "reason": node.reason,
            }
            for depth, node in self.walk()
        ]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}..."


def combine(op: str, values: list[bool | None]) -> bool | None:
    """Join the answers of parts; one without an answer leaves the whole without one."""
    if None in values:
        return None
    return all(values) if op == "and" else any(values)


def of_comparison(text: str, comparison: Comparison, outcome: Outcome, show: Any) -> Explanation:
    """Explain one comparison; ``show`` turns a variable's name into its value."""

    def side(operand: Operand) -> str:
        return f"'{operand.value}'" if isinstance(operand, Literal) else show(operand.name)

    return Explanation(
        source=text,
        start=comparison.start,
        end=comparison.end,
        op=comparison.op,
        value=outcome.value,
        left=side(comparison.left),
        right=side(comparison.right),
        kind=outcome.kind,
        reason=outcome.reason,
    )


def of_group(text: str, group: Group, children: list[Explanation]) -> Explanation:
    """Explain a group from its parts."""
    return Explanation(
        source=text,
        start=group.start,
        end=group.end,
        op=group.op,
        value=combine(group.op, [child.value for child in children]),
        children=tuple(children),
    )


def mark_deciding(root: Explanation) -> Explanation:
    """Return *root* with ``decides`` set on the parts that settle its answer."""
    # Children are rebuilt before their parents, so plan top down, then build bottom up.
    planned: list[tuple[Explanation, bool]] = []
    stack = [(root, True)]
    while stack:
        node, decides = stack.pop()
        planned.append((node, decides))
        chosen = _deciders(node) if decides else frozenset()
        stack.extend((child, i in chosen) for i, child in enumerate(node.children))
    done: list[Explanation] = []
    for node, decides in reversed(planned):
        first = len(done) - len(node.children)
        done[first:] = [replace(node, decides=decides, children=tuple(done[first:]))]
    return done[0]


def _deciders(node: Explanation) -> frozenset[int]:
    values = [child.value for child in node.children]
    if node.value is None:
        return frozenset(i for i, value in enumerate(values) if value is None)
    settles = node.op != "and"  # a single True settles `or` and `any`, a single False `and`
    if node.value is settles and settles in values:
        return frozenset({values.index(settles)})
    return frozenset(range(len(values)))
