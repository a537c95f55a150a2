"""The algebra of markers: sets of environments, exactly.

A :class:`Meaning` is the set of environments in which a marker holds, by the
rules of the specification.  Meanings are made from syntax trees, joined with
:func:`both`, :func:`either` and :func:`opposite`, and compared.  What the
values of an environment can be is said in :mod:`trigpoint.markers.exact.lowering`.

Small meanings live in one shared space of diagrams, in an order of axes that
never changes; there, equal is identical.  A meaning that outgrows it gets a
space of its own, with an order that suits it.  Which space a meaning lives in
shows in no answer.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from trigpoint.markers.exact import orders
from trigpoint.markers.exact.diagrams import Space, TooLarge
from trigpoint.markers.exact.fingerprint import fingerprint
from trigpoint.markers.exact.lowering import PREFIX, leaf
from trigpoint.markers.exact.nodes import ATOM, FALSE, FLAG, TRUE, Node, nodes
from trigpoint.markers.exact.reshape import tightened, transplanted
from trigpoint.markers.exact.restrict import Given
from trigpoint.markers.reading.tree import Comparison, Group, comparisons
from trigpoint.markers.reading.tree import Node as Tree
from trigpoint.markers.writing import witnesses

__all__ = [
    "Meaning",
    "both",
    "counterexample",
    "disjoint",
    "either",
    "equivalent",
    "implies",
    "is_always",
    "is_satisfiable",
    "meaning_of",
    "opposite",
    "shared",
]

# A syntax tree; a diagram in the usual order; or what joins meanings, with what it
# joins: "and", "or", "not", or "restrict" and a Given.
Source = Tree | Node | tuple[Any, ...]

_TABLE_LIMIT = 1 << 16
_MEMORY_LIMIT = 1 << 16
_PATIENCE = 1_000

_usual = Space(patience=_PATIENCE)
_calls = itertools.count()


class Meaning:
    """The set of environments in which a marker holds.

    ``source`` is what it was made from: a syntax tree, or an operation and the
    meanings it joined.
    """

    __slots__ = ("at", "source")

    def __init__(self, space: Space, node: Node, source: Source) -> None:
        # One attribute, so that no thread sees the node of one space with another.
        self.at = (space, node)
        self.source = source

    @property
    def node(self) -> Node:
        """The diagram."""
        return settle(self)[1]

    def __eq__(self, other: object) -> bool:
        return equivalent(self, other) if isinstance(other, Meaning) else NotImplemented

    def __hash__(self) -> int:
        space, node = self.at
        return fingerprint(node, loose=space.loose)


def shared() -> Space:
    """Return the space of the usual order; it is replaced when it has grown large."""
    space = _usual
    if len(space.table) > _TABLE_LIMIT or len(space.leaves) > _TABLE_LIMIT:
        clear()
        space = _usual
    elif space.remembers(_MEMORY_LIMIT):
        space.forget()
    return space


def clear() -> None:
    """Forget every diagram that no meaning holds, and the memory of all operations."""
    global _usual
    old, _usual = _usual, Space(patience=_PATIENCE)
    old.close()


def settle(meaning: Meaning) -> tuple[Space, Node]:
    """Return the space and the diagram of *meaning*, moved here if its space was replaced."""
    at = meaning.at
    space = _usual
    if at[0] is not space and at[0].order is None:
        meaning.at = at = (space, space.adopt(at[1]))
    return at


# -- making meanings ------------------------------------------------------------------


def meaning_of(tree: Tree) -> Meaning:
    """Return the meaning of a syntax tree.

    Raises :exc:`~trigpoint.markers.meaning.semantics.UndefinedComparison` for a
    comparison without a defined answer.
    """
    space = _usual
    if len(space.table) > _TABLE_LIMIT or not next(_calls) & 63:
        space = shared()
    if type(tree) is Comparison:
        return Meaning(space, leaf(space, tree), tree)
    try:
        return Meaning(space, _lower(space, tree), tree)
    except TooLarge:
        return _make_apart(tree)


def _lower(space: Space, tree: Tree) -> Node:
    """Build the diagram of a syntax tree in the usual order."""
    if type(tree) is Comparison:
        return leaf(space, tree)
    done: list[Node] = []
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        top, ready = stack.pop()
        if ready:
            op, count = top
            done[-count:] = [space.fold(op, done[-count:])]
            continue
        parts = top.parts
        for part in parts:
            if type(part) is not Comparison:
                break
        else:
            done.append(space.fold(top.op, [leaf(space, part) for part in parts]))
            continue
        parts = _flat(top)
        stack.append(((top.op, len(parts)), True))
        for part in parts:
            if type(part) is Comparison:
                done.append(leaf(space, part))
            else:
                stack.append((part, False))
    return done[0]


def both(a: Meaning, b: Meaning) -> Meaning:
    """Return where *a* and *b* hold."""
    return operate("and", a, b)


def either(a: Meaning, b: Meaning) -> Meaning:
    """Return where *a* or *b* or both hold."""
    return operate("or", a, b)


def opposite(a: Meaning) -> Meaning:
    """Return where *a* does not hold."""
    space, node = settle(a)
    return Meaning(space, space.negate(node), ("not", (a,)))


def restricted(a: Meaning, given: Given) -> Meaning:
    """Return what is left of *a* where the values in *given* are known."""
    space, node = settle(a)
    return Meaning(space, given.apply(space, node), ("restrict", (a,), given))


def operate(op: str, a: Meaning, b: Meaning) -> Meaning:
    """Return *a* and *b* joined by *op*, ``"and"`` or ``"or"``."""
    space = _usual
    if len(space.table) > _TABLE_LIMIT or not next(_calls) & 63:
        space = shared()
    (home, f), (other, g) = a.at, b.at
    if home is not space or other is not space:
        found = together(a, b)
        if found is None:
            return _make((op, (a, b)))
        space, f, g = found
    try:
        node = space.meet(f, g) if op == "and" else space.join(f, g)
    except TooLarge:
        return _make_apart((op, (a, b)))
    return Meaning(space, node, (op, (a, b)))


def _make(source: Source) -> Meaning:
    """Build *source* in the shared space, or in one of its own where that gets large."""
    space = shared()
    try:
        return Meaning(space, _build(space, source), source)
    except TooLarge:
        return _make_apart(source)


def _make_apart(source: Source) -> Meaning:
    """Build *source* in a space of its own, with an order that suits it."""
    patience = _PATIENCE
    kinds = [(loose, _groups(source, loose)) for loose in (False, True)]
    if kinds[0][1] == kinds[1][1]:
        kinds.pop()
    while True:
        for loose, groups in kinds:
            for names in orders.candidates(groups):
                own = Space(orders.places(names), patience, loose)
                try:
                    return Meaning(own, _build(own, source), source)
                except TooLarge:
                    continue
        patience *= 4


def together(a: Meaning, b: Meaning) -> tuple[Space, Node, Node] | None:
    """Return a space for both and their diagrams in it, or None if that gets large."""
    (space, f), (other, g) = settle(a), settle(b)
    if space is other:
        return space, f, g
    if space.order is None or (other.order is not None and len(other.table) > len(space.table)):
        found = together(b, a)
        return found and (found[0], found[2], found[1])
    try:
        return space, f, transplanted(space, g, place_in(space))
    except TooLarge:
        return None


def place_in(space: Space) -> Any:
    """Return a function from the axes of other spaces to those of *space*."""
    order = space.order
    if order is None:
        return lambda axis: PREFIX + axis[1:]

    loose = space.loose

    def translate(axis: str) -> str:
        alone = axis[1] in "yz" or (loose and axis[2:3] == "\x02")
        name = axis[1:] if alone else axis[1]
        place = order.get(name)
        if place is None:
            place = order.setdefault(name, chr(0x100 + len(order)))
        return place + axis[1:]

    return translate


def _build(space: Space, source: Source) -> Node:
    """Build the diagram of *source* from its comparisons up."""
    make = _leaf_maker(space)
    done: list[Node] = []
    # What is to do, whether its parts are done, and what was restricted around it.
    stack: list[tuple[Any, bool, tuple[Given, ...]]] = [(source, False, ())]
    while stack:
        top, ready, given = stack.pop()
        kind = type(top)
        if kind is Comparison:
            done.append(make(top, given))
        elif ready:
            op, count = top
            if op == "not":
                done[-1] = space.negate(done[-1])
            else:
                done[-count:] = [space.fold(op, done[-count:])]
        elif kind is Group:
            parts = _flat(top)
            stack.append(((top.op, len(parts)), True, ()))
            stack.extend((part, False, given) for part in parts)
        elif kind is Node:
            node = transplanted(space, top, place_in(space)) if space.order else space.adopt(top)
            for each in given:
                node = each.apply(space, node)
            done.append(node)
        elif top[0] == "restrict":
            stack.append((top[1][0].source, False, (top[2], *given)))
        else:
            op, meanings = top
            stack.append(((op, len(meanings)), True, ()))
            for meaning in meanings:
                here = meaning.at[0] is space and not given
                stack.append((meaning.at[1] if here else meaning.source, False, given))
    return done[0]


def _flat(group: Group) -> list[Tree]:
    """Return the parts of *group*, those of groups inside that are joined alike among them."""
    op = group.op
    parts: list[Tree] = []
    stack: list[Tree] = list(group.parts)
    while stack:
        part = stack.pop()
        if type(part) is Group and part.op == op:
            stack += part.parts
        else:
            parts.append(part)
    return parts


def _leaf_maker(space: Space) -> Callable[[Comparison, tuple[Given, ...]], Node]:
    usual = space if space.order is None else shared()
    translate = place_in(space)
    known = space.leaves

    def make(node: Comparison, given: tuple[Given, ...]) -> Node:
        plain = leaf(usual, node)
        for each in given:
            plain = each.apply(usual, plain)
        if space is usual:
            return plain
        found = known.get(plain)
        if found is None:
            found = known[plain] = (
                transplanted(space, plain, translate)
                if space.loose
                else space.adopt(plain, translate)
            )
        return found

    return make


def sources(source: Source) -> list[Source]:
    """Return *source* and everything it was made from."""
    found: list[Source] = []
    seen: set[int] = set()
    stack = [source]
    while stack:
        top = stack.pop()
        if id(top) in seen:
            continue
        seen.add(id(top))
        found.append(top)
        if type(top) is tuple:
            stack.extend(meaning.source for meaning in top[1])
        elif type(top) is Group:
            stack.extend(reversed(top.parts))
    return found


def comparisons_of(meaning: Meaning) -> list[Comparison]:
    """Return the comparisons that *meaning* was made from."""
    return [part for part in sources(meaning.source) if type(part) is Comparison]


def _groups(source: Source, loose: bool) -> list[list[str]]:
    """Return the axes of comparisons that stand together, group by group, in text order."""
    found: list[list[str]] = []
    for part in sources(source):
        if type(part) is Comparison:
            near = [part]
        elif type(part) is Group:
            near = [kid for kid in part.parts if type(kid) is Comparison]
            # A group in a group pulls together what both have, if that is little.
            for kid in part.parts:
                if type(kid) is Group and len(kid.parts) <= 4:
                    near += itertools.islice(comparisons(kid), 8)
        elif type(part) is tuple:
            near = [each.source for each in part[1] if type(each.source) is Comparison]
        else:
            continue
        names = [name for each in near for name in _names(each, loose)]
        if names:
            found.append(list(dict.fromkeys(names)))
    found.sort(key=lambda names: len(names) < 2)
    return found


def _names(node: Comparison, loose: bool) -> list[str]:
    """Return the names of the axes that one comparison asks about."""
    kinds = (FLAG, ATOM) if loose else (FLAG,)
    return [
        each.axis[1:] if each.kind in kinds else each.axis[1]
        for each in nodes(leaf(shared(), node))
    ]


# -- questions -----------------------------------------------------------------------------


def is_satisfiable(a: Meaning) -> bool:
    """Say whether *a* holds in some environment."""
    return possible(*settle(a))


def is_always(a: Meaning) -> bool:
    """Say whether *a* holds in every environment."""
    space, node = settle(a)
    return node is TRUE or (node.lazy and not possible(space, space.negate(node)))


def implies(a: Meaning, b: Meaning) -> bool:
    """Say whether *b* holds wherever *a* does."""
    left, right = settle(a), settle(b)
    if left[0] is right[0]:
        space, f, g = left[0], left[1], right[1]
        if space.within(f, g):
            return True
        if not (f.lazy or g.lazy):
            return False
    return not is_satisfiable(both(a, opposite(b)))


def disjoint(a: Meaning, b: Meaning) -> bool:
    """Say whether *a* and *b* never hold together."""
    left, right = settle(a), settle(b)
    if left[0] is right[0]:
        space, f, g = left[0], left[1], right[1]
        if space.apart(f, g):
            return True
        if not (f.lazy or g.lazy):
            return False
    return not is_satisfiable(both(a, b))


def equivalent(a: Meaning, b: Meaning) -> bool:
    """Say whether *a* and *b* hold in the same environments."""
    left, right = settle(a), settle(b)
    if left[0] is right[0]:
        if left[1] is right[1]:
            return True
        if not (left[1].lazy or right[1].lazy):
            return False
    return not is_satisfiable(difference(a, b))


def difference(a: Meaning, b: Meaning) -> Meaning:
    """Return where exactly one of *a* and *b* holds."""
    return either(both(a, opposite(b)), both(opposite(a), b))


def counterexample(a: Meaning, b: Meaning) -> dict[str, str | frozenset[str]] | None:
    """Return an environment in which *a* and *b* differ, or None if there is none."""
    return witnesses.find(_tightened(*settle(difference(a, b))))


def possible(space: Space, node: Node) -> bool:
    """Say whether a diagram holds in some environment."""
    if not node.lazy:
        return node is not FALSE
    return witnesses.find(_tightened(space, node)) is not None


def _tightened(space: Space, node: Node) -> Node:
    try:
        return tightened(space, node)
    except TooLarge:
        return node


def size(a: Meaning) -> int:
    """Return how many questions the diagram of *a* has."""
    return sum(1 for _ in nodes(settle(a)[1]))
