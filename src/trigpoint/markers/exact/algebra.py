"""The algebra of markers: sets of environments, exactly.

A :class:`Meaning` is the set of environments in which a marker holds, by the
rules of the specification.  Meanings are made from syntax trees, joined with
:func:`both`, :func:`either` and :func:`opposite`, and compared.  What the
values of an environment can be is said in :mod:`trigpoint.markers.exact.lowering`.

**Idea.** Joining meanings only notes what is joined.  The diagram is built when
a question is asked, and then a chain of joins is folded in pairs, so that n
joins cost n log n steps and not n squared.  Small diagrams live in one shared
space, in an order of axes that never changes; there, equal is identical.  A
diagram that outgrows it is built again from its comparisons, in a space of its
own, with an order of axes that suits it.

**Invariant.** Which space a diagram lives in, and when it was built, shows in
no answer.

**Cost.** What :mod:`trigpoint.markers.exact.diagrams` says for each operation.
A space gives up after a number of steps that grows with the number of parts,
and every further attempt may take four times as many.

>>> from trigpoint.markers.reading.grammar import parse
>>> old, windows = meaning_of(parse("python_version < '3.9'")), meaning_of(parse("os_name == 'nt'"))
>>> never = both(old, both(windows, opposite(old)))
>>> never.diagram is None, is_satisfiable(never), never.diagram is None
(True, False, False)
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from trigpoint.markers.exact import axis_orders, witnesses
from trigpoint.markers.exact.axis_names import (
    CODE,
    EXTRAS,
    GROUPS,
    KEY,
    is_atom,
    usual,
)
from trigpoint.markers.exact.diagrams import Space, TooLarge
from trigpoint.markers.exact.fingerprint import fingerprint
from trigpoint.markers.exact.lowering import leaf
from trigpoint.markers.exact.nodes import ATOM, FALSE, FLAG, TRUE, Node, nodes
from trigpoint.markers.exact.reshape import tightened, transplanted
from trigpoint.markers.exact.restrict import Given
from trigpoint.markers.exact.sources import (
    Source,
    Step,
    comparisons_of,
    program,
    run,
    walk,
)
from trigpoint.markers.exact.texts import Undecided
from trigpoint.markers.reading.tree import Comparison, Group
from trigpoint.markers.reading.tree import Node as Tree

__all__ = [
    "MOST_PATIENCE",
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
    "small",
]

_TABLE_LIMIT = 1 << 16
_MEMORY_LIMIT = 1 << 16
_PATIENCE = 1_000
"""Steps that one operation may take in the shared space, and in the first of its own."""
MOST_PATIENCE = 256_000
"""Steps that one operation may take in the last space of its own; what takes more is undecided."""
_STEPS_A_PART = 16
"""Steps that a whole diagram may take more for each of its parts."""

_usual = Space(patience=_PATIENCE)
_calls = itertools.count()


class Meaning:
    """The set of environments in which a marker holds.

    ``source`` is what it was made from.  ``diagram`` is a space and the diagram
    there, None until somebody asks: :func:`located` builds it.
    """

    __slots__ = ("_total", "depth", "diagram", "source")

    _total: bool
    depth: int
    diagram: tuple[Space, Node] | None
    source: Source

    def __init__(self, source: Source, diagram: tuple[Space, Node] | None = None) -> None:
        self.source = source
        # One attribute, so that no thread sees the node of one space with another.
        self.diagram = diagram
        self.depth = 0

    @property
    def total(self) -> bool:
        """Whether every comparison has an answer for all values of interpreters.

        ``~=`` and ``===`` have none where a release is no version.
        """
        try:
            return self._total
        except AttributeError:  # not asked yet
            self._total = all(part.op not in ("~=", "===") for part in comparisons_of(self))
            return self._total

    @property
    def node(self) -> Node:
        """The root of the diagram."""
        return located(self)[1]

    def __eq__(self, other: object) -> bool:
        return equivalent(self, other) if isinstance(other, Meaning) else NotImplemented

    def __hash__(self) -> int:
        space, node = located(self)
        return fingerprint(node, loose=space.loose)


class _Landing(Meaning):
    """A meaning in a long chain of computed ones, where freeing them pauses.

    Python would free each inside the one before it, and WebAssembly ends without an
    exception where it has no room for that.  One in :data:`_LANDING` is of this kind,
    and the flight of those below it is freed when those above are.
    """

    __slots__ = ()

    def __del__(self) -> None:
        _dying.append(self.source)
        del self.source  # or it would be freed with this one all the same
        if not _draining:
            _draining.append(True)
            try:
                while _dying:
                    _dying.pop()
            finally:
                _draining.clear()


_LANDING = 64
"""Computed meanings that are freed inside each other at most."""
_dying: list[Any] = []
_draining: list[bool] = []


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


def _fresh() -> Space:
    """Return the shared space, and look after it now and then."""
    space = _usual
    if len(space.table) > _TABLE_LIMIT or not next(_calls) & 63:
        space = shared()
    return space


def located(meaning: Meaning) -> tuple[Space, Node]:
    """Return the space and the diagram of *meaning*, built or moved here if it has to be."""
    found = meaning.diagram
    if found is None:
        meaning.diagram = found = _built(meaning)
    # After building too: another thread may have replaced the space meanwhile.
    space = _usual
    if found[0] is not space and found[0].order is None:
        meaning.diagram = found = (space, space.adopt(found[1]))
    return found


# -- making meanings ------------------------------------------------------------------


def meaning_of(tree: Tree) -> Meaning:
    """Return the meaning of the syntax tree *tree*.

    Raises :exc:`~trigpoint.markers.meaning.semantics.UndefinedComparison` for a
    comparison without a defined answer.
    """
    space = _fresh()
    if type(tree) is Comparison:
        return Meaning(tree, (space, leaf(space, tree)))
    try:
        return Meaning(tree, (space, _lower(space, tree)))
    except TooLarge:
        meaning = Meaning(tree)
        meaning.diagram = _built_apart(meaning)
        return meaning


def small(tree: Tree) -> tuple[Space, Node] | None:
    """Return the shared space and the diagram of *tree* there, None if it takes long to build.

    Raises :exc:`~trigpoint.markers.meaning.semantics.UndefinedComparison` for a
    comparison without a defined answer.
    """
    space = _fresh()
    try:
        return space, _lower(space, tree)
    except TooLarge:
        return None


def _lower(space: Space, tree: Tree) -> Node:
    """Build the diagram of a syntax tree in the usual order."""
    if type(tree) is Comparison:
        return leaf(space, tree)
    done: list[Node] = []
    stack: list[tuple[Any, bool]] = [(tree, False)]
    limit = space.steps() + _PATIENCE
    while stack:
        top, ready = stack.pop()
        if ready:
            op, count = top
            done[-count:] = [space.fold(op, done[-count:])]
            limit += _STEPS_A_PART * count
            if space.steps() > limit:
                raise TooLarge
            continue
        parts = top.parts
        for part in parts:
            if type(part) is not Comparison:
                break
        else:
            done.append(space.fold(top.op, [leaf(space, part) for part in parts]))
            limit += _STEPS_A_PART * len(parts)
            continue
        parts = _flat(top)
        stack.append(((top.op, len(parts)), True))
        for part in parts:
            if type(part) is Comparison:
                done.append(leaf(space, part))
            else:
                stack.append((part, False))
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


def operate(op: str, a: Meaning, b: Meaning) -> Meaning:
    """Return *a* and *b* joined by *op*, ``"and"`` or ``"or"``."""
    depth = (max(b.depth, a.depth)) + 1
    made = Meaning((op, (a, b))) if depth % _LANDING else _Landing((op, (a, b)))
    made.depth = depth
    return made


def both(a: Meaning, b: Meaning) -> Meaning:
    """Return where *a* and *b* hold."""
    return operate("and", a, b)


def either(a: Meaning, b: Meaning) -> Meaning:
    """Return where *a* or *b* or both hold."""
    return operate("or", a, b)


def opposite(a: Meaning) -> Meaning:
    """Return where *a* does not hold."""
    return _changed(a, ("not", (a,)))


def restricted(a: Meaning, given: Given) -> Meaning:
    """Return what is left of *a* where the values in *given* are known."""
    return _changed(a, ("restrict", (a,), given))


def _changed(a: Meaning, source: Source) -> Meaning:
    depth = a.depth + 1
    made = Meaning(source) if depth % _LANDING else _Landing(source)
    made.depth = depth
    return made


# -- building diagrams -------------------------------------------------------------------


def _built(meaning: Meaning) -> tuple[Space, Node]:
    """Build the diagram of *meaning* from the diagrams that there are."""
    source: Any = meaning.source
    space = _fresh()
    try:
        if type(source) is tuple:
            # Most are one operation on two meanings that have been asked about.
            op, parts = source[0], source[1]
            first = parts[0].diagram
            if first is not None and first[0] is space:
                if op == "not":
                    return space, space.negate(first[1])
                if op != "restrict":
                    second = parts[1].diagram
                    if second is not None and second[0] is space:
                        join = space.meet if op == "and" else space.join
                        return space, join(first[1], second[1])
        steps = program(meaning, lambda part: part.diagram is not None)
        space = _meeting_place(space, steps)
        return space, _run(space, steps)
    except TooLarge:
        return _built_apart(meaning)


def _built_apart(meaning: Meaning) -> tuple[Space, Node]:
    """Build the diagram of *meaning* in a space of its own, with an order that suits it.

    Whether conditions can hold together is a question for which no quick way is known: every order
    may need a diagram that doubles with each condition.  So the search ends, raising
    :exc:`~trigpoint.markers.exact.texts.Undecided`, at :data:`MOST_PATIENCE`.
    """
    patience = _PATIENCE
    steps = program(meaning)
    kinds = [(loose, _groups(meaning.source, loose)) for loose in (False, True)]
    if kinds[0][1] == kinds[1][1]:
        kinds.pop()
    while patience <= MOST_PATIENCE:
        for loose, groups in kinds:
            for names in axis_orders.candidates(groups):
                own = Space(axis_orders.places(names), patience, loose)
                try:
                    return own, _run(own, steps)
                except TooLarge:
                    continue
        patience *= 4
    raise Undecided("so much is asked at once that it takes too many steps") from None


def _joined(space: Space, op: str, parts: Sequence[Node]) -> Node:
    """Return *parts* joined by ``"and"``, ``"or"`` or ``"not"``."""
    return space.negate(parts[0]) if op == "not" else space.fold(op, parts)


def _run(space: Space, steps: list[Step]) -> Node:
    """Carry out a program in *space*."""
    make = _leaf_maker(space)
    translate = place_in(space)
    limit = space.steps() + space.patience + _STEPS_A_PART * len(steps)

    def begin(what: Any, given: tuple[Given, ...]) -> Node:
        if type(what) is Comparison:
            return make(what, given)
        if type(what) is Node:
            home, node = shared(), what
        else:
            home, node = located(what)
        if home is not space:
            # Two spaces in the usual order differ where one has replaced the other.
            same = space.order is None and home.order is None
            node = space.adopt(node) if same else transplanted(space, node, translate)
        for each in given:
            node = each.apply(space, node)
        return node

    def join(op: str, parts: list[Node]) -> Node:
        node = _joined(space, op, parts)
        if space.steps() > limit:
            raise TooLarge
        return node

    return run(steps, begin, join)


def _meeting_place(space: Space, steps: list[Step]) -> Space:
    """Return where diagrams of several spaces come together: the largest of their own."""
    homes = [located(step.leaf)[0] for step in steps if isinstance(step.leaf, Meaning)]
    own = [home for home in homes if home.order is not None]
    return max(own, key=lambda home: len(home.table)) if own else space


def together(a: Meaning, b: Meaning) -> tuple[Space, Node, Node] | None:
    """Return a space for both and their diagrams in it, or None if that gets large."""
    (space, f), (other, g) = located(a), located(b)
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
        return usual

    loose = space.loose

    def translate(axis: str) -> str:
        alone = axis[CODE] in (EXTRAS, GROUPS) or (loose and is_atom(axis))
        name = axis[KEY] if alone else axis[CODE]
        place = order.get(name)
        if place is None:
            place = order.setdefault(name, chr(0x100 + len(order)))
        return place + axis[KEY]

    return translate


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


def _groups(source: Source, loose: bool) -> list[list[str]]:
    """Return the axes of comparisons that stand together, group by group, in text order."""
    found: list[list[str]] = []
    for part in walk(source):
        if type(part) is Comparison:
            near = [part]
        elif type(part) is Group:
            near = [kid for kid in part.parts if type(kid) is Comparison]
            # A group in a group pulls together what both have, if that is little.
            for kid in part.parts:
                if type(kid) is Group and len(kid.parts) <= 4:
                    near += _first(kid)
        elif type(part) is tuple:
            near = [each.source for each in part[1] if type(each.source) is Comparison]
        else:
            continue
        names = [name for each in near for name in _names(each, loose)]
        if names:
            found.append(list(dict.fromkeys(names)))
    found.sort(key=lambda names: len(names) < 2)
    return found


def _first(group: Group) -> list[Comparison]:
    """Return comparisons of *group* and of the groups in it, the outer ones first, a few."""
    found: list[Comparison] = []
    row: list[Tree] = [group]
    for part in row:
        if type(part) is Comparison:
            found.append(part)
        elif type(part) is Group and len(row) < 16:
            row += part.parts
    return found[:8]


def _names(node: Comparison, loose: bool) -> list[str]:
    """Return the names of the axes that one comparison asks about."""
    kinds = (FLAG, ATOM) if loose else (FLAG,)
    return [
        each.axis[KEY] if each.kind in kinds else each.axis[CODE]
        for each in nodes(leaf(shared(), node))
    ]


# -- questions -----------------------------------------------------------------------------


def is_satisfiable(a: Meaning) -> bool:
    """Say whether *a* holds in some environment."""
    return possible(*located(a))


def is_always(a: Meaning) -> bool:
    """Say whether *a* holds in every environment."""
    space, node = located(a)
    return node is TRUE or (node.lazy and not possible(space, space.negate(node)))


def implies(a: Meaning, b: Meaning) -> bool:
    """Say whether *b* holds wherever *a* does."""
    left, right = located(a), located(b)
    if left[0] is right[0]:
        space, f, g = left[0], left[1], right[1]
        if space.within(f, g):
            return True
        if not (f.lazy or g.lazy):
            return False
    return not is_satisfiable(both(a, opposite(b)))


def disjoint(a: Meaning, b: Meaning) -> bool:
    """Say whether *a* and *b* never hold together."""
    left, right = located(a), located(b)
    if left[0] is right[0]:
        space, f, g = left[0], left[1], right[1]
        if space.apart(f, g):
            return True
        if not (f.lazy or g.lazy):
            return False
    return not is_satisfiable(both(a, b))


def equivalent(a: Meaning, b: Meaning) -> bool:
    """Say whether *a* and *b* hold in the same environments."""
    left, right = located(a), located(b)
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
    return witnesses.find(_tightened(*located(difference(a, b))))


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
    return sum(1 for _ in nodes(located(a)[1]))
