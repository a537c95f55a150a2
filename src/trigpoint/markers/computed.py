"""Markers that were computed: what they were made from, asked and written down.

The idea: a meaning keeps the syntax trees that it was made from and how they were
joined.  Where its diagram cannot answer, because an environment has a value that
the algebra does not know, the trees are asked instead; where no text says what was
computed, the trees and the joins are written down one after the other.

The invariant: a part that is shared is asked and written once, so the cost is
linear in the number of operations, however often ``m = m & m`` was said.

An example: ``~(a & b)`` is written down as ``["a", "b", ("and", 0, 1), ("not", 2)]``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.algebra import Meaning
from trigpoint.markers.exact.lowering import leaf
from trigpoint.markers.exact.nodes import END, TRUE
from trigpoint.markers.exact.prepared import Prepared
from trigpoint.markers.exact.restrict import Given, given_by
from trigpoint.markers.exact.sources import program, run
from trigpoint.markers.meaning.values import Values
from trigpoint.markers.reading.grammar import parse, write_string
from trigpoint.markers.reading.tree import Comparison, Group, Literal, fold, write

__all__ = ["Step", "answer", "evaluate", "from_steps", "steps"]

Step: TypeAlias = "str | tuple[Any, ...]"
"""A marker's text; or an operation and the numbers of the steps that it joins."""


def evaluate(meaning: Meaning, environment: Prepared) -> bool:
    """Say whether what *meaning* was made from holds in *environment*.

    Raises what stands for a comparison without an answer.
    """
    done: dict[tuple[int, int], bool] = {}
    known: dict[tuple[int, int], Prepared] = {}  # environments with some values replaced
    stack: list[tuple[Any, Prepared]] = [(meaning.source, environment)]
    while stack:
        source, here = stack[-1]
        key = (id(source), id(here))
        if key in done:
            stack.pop()
        elif type(source) is not tuple:
            done[key] = fold(source, here.answers, joined)
            stack.pop()
        else:
            inside = here
            if source[0] == "restrict":
                if key not in known:
                    known[key] = here.with_values(source[2].values)
                inside = known[key]
            parts = [(part.source, inside) for part in source[1]]
            missing = [part for part in parts if (id(part[0]), id(inside)) not in done]
            if missing:
                stack += missing
                continue
            values = [done[id(part[0]), id(inside)] for part in parts]
            done[key] = _operate(source[0], values)
            stack.pop()
    return done[id(meaning.source), id(environment)]


def answer(meaning: Meaning, decide: Callable[[Comparison], bool]) -> bool:
    """Say whether *meaning* holds where *decide* answers its comparisons, by any rules.

    What was restricted is answered by the values that were put in, as far as they
    decide it.
    """

    def begin(what: Comparison, given: tuple[Given, ...]) -> bool:
        if given:
            space = algebra.shared()
            node = before = leaf(space, what)
            for each in given:
                node = each.apply(space, node)
            if node is not before and node.kind == END:
                return node is TRUE
        return decide(what)

    return run(program(meaning), begin, _operate)


def joined(group: Group, values: list[bool]) -> bool:
    """Return what *group* answers whose parts answer *values*."""
    return all(values) if group.op == "and" else any(values)


def _operate(op: str, values: list[bool]) -> bool:
    if op == "not":
        return not values[0]
    return any(values) if op == "or" else all(values)


def steps(meaning: Meaning) -> list[Step]:
    """Return how *meaning* was made, in steps that :func:`from_steps` repeats."""
    written: list[Step] = []
    places: dict[int, int] = {}
    stack = [meaning.source]
    while stack:
        source: Any = stack[-1]
        if id(source) in places:
            stack.pop()
            continue
        if type(source) is tuple:
            parts = [part.source for part in source[1]]
            missing = [part for part in parts if id(part) not in places]
            if missing:
                stack += missing
                continue
            numbers = (places[id(part)] for part in parts)
            rest = [tuple(source[2].values)] if source[0] == "restrict" else []
            written.append((source[0], *numbers, *rest))
        else:
            written.append(write(source, _exactly))
        places[id(source)] = len(written) - 1
        stack.pop()
    return written


def _exactly(node: Comparison) -> str:
    """Return the text of a comparison whose values are read back letter by letter."""
    left, right = (
        write_string(side.value) if isinstance(side, Literal) else side.name
        for side in (node.left, node.right)
    )
    return f"{left} {node.op} {right}"


def from_steps(written: Sequence[Step]) -> Meaning:
    """Return the meaning that was made in these steps, *written* by :func:`steps`."""
    made: list[Meaning] = []
    for step in written:
        if isinstance(step, str):
            made.append(algebra.meaning_of(parse(step)))
        elif step[0] == "not":
            made.append(algebra.opposite(made[step[1]]))
        elif step[0] == "restrict":
            made.append(algebra.restricted(made[step[1]], given_by(Values(*step[2]))))
        else:
            made.append(algebra.operate(step[0], made[step[1]], made[step[2]]))
    return made[-1]
