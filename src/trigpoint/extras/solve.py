"""Which extras a distribution ends up with, its references to itself included.

A reference such as ``pkg[a]; extra == "all"`` asks for more extras when some
are asked for.  What follows is the least set that agrees with itself, found for
one environment or for all at once: the values only need *and*, *or* and *not*
(:mod:`.domains`).

The idea: the condition of every extra grows from what the requests bring.  A
reference is asked again only when the condition of an extra that it reads has
grown, and those that others build on come first.  Where references negate
extras, the set is that of the well-founded semantics (Van Gelder, Ross and
Schlipf, 1991): what is certain and what is possible are computed from each other
until both stay.  It is the same in any order, and it leaves open only what
contradicts itself, as in ``pkg[a]; extra != "a"``.

The invariant: at every step a condition holds nowhere where it will not hold in
the end, so nothing is ever taken back.

Worked example: a request for ``all`` with ``pkg[b]; extra == "a"`` and
``pkg[a]; extra == "all"``.  The second reads nothing that is brought here and
comes first: ``a`` is in.  The first reads ``a``: ``b`` is in.  Each was asked once.

Cost: without circles each reference is asked once, and each other requirement
once, so it is linear in the text.  In a circle of n references each may be asked
n times; :data:`trigpoint.extras.offer.MOST_REFERENCES` bounds n, and
:data:`trigpoint.extras.offer.MOST_NEGATIONS` the rounds of certain and possible.
What a marker says of an environment is remembered from one question to the next.
A marker is taken apart at its *or*; a part that installers must be asked about
extra by extra is asked about :data:`MOST_ASKED` at most.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from trigpoint.extras.domains import (
    Domain,
    TooLargeError,
    UndefinedError,
    constant,
)
from trigpoint.extras.offer import Line
from trigpoint.extras.remembered import memory
from trigpoint.extras.rows import Rows, hold
from trigpoint.extras.rules import RuleSet
from trigpoint.markers.meaning.semantics import SET_VARIABLES
from trigpoint.markers.reading.tree import Comparison, Group, Literal, Node, comparisons, fold

__all__ = [
    "MOST_ASKED",
    "Interpreter",
    "Solution",
    "about_extras",
    "solve",
    "tested_extra",
]

T = TypeVar("T")

MOST_ASKED = 100
"""Extras that one part of a marker is asked about, one after the other."""


def about_extras(node: Comparison) -> bool:
    """Say whether *node* is about extras or other sets, whatever the environment."""
    if node.variable is not None:
        name = node.variable.name
    else:  # pip takes the right one of two values for a name
        name = node.right.value if isinstance(node.right, Literal) else ""
    return name == "extra" or name in SET_VARIABLES


def tested_extra(node: Comparison) -> tuple[str, bool] | None:
    """Return the extra that *node* tests, and whether it must be there.

    None if it is no test of a single extra by the set reading.  The parser has
    normalised the name already.
    """
    variable, literal = node.variable, node.literal
    if variable is None or literal is None:
        return None
    if variable.name == "extra" and node.op in ("==", "!="):
        return literal.value, node.op == "=="
    if variable.name == "extras" and node.right is variable and node.op in ("in", "not in"):
        return literal.value, node.op == "in"
    return None


def _ask_about_extras(tree: Node) -> set[int]:
    """Return the identities of the parts of a marker that ask about extras."""
    found: set[int] = set()

    def leaf(node: Comparison) -> bool:
        return about_extras(node)

    def join(group: Group, parts: list[bool]) -> bool:
        for part, asks in zip(group.parts, parts, strict=True):
            if asks:
                found.add(id(part))
        return any(parts)

    if fold(tree, leaf, join):
        found.add(id(tree))
    return found


class Interpreter(Generic[T]):
    """Asks markers about extras, by one set of rules, in one domain.

    The condition of an extra is looked up in a mapping; one that is missing is
    never asked for.  ``installed`` is the condition that anything is asked of
    the distribution at all.
    """

    def __init__(self, domain: Domain[T], rules: RuleSet, installed: T) -> None:
        self.domain = domain
        self.rules = rules
        self.installed = installed
        self._memory = memory((domain.key, rules))
        self.remember = self._memory.of
        """Keep what was found out about a tree; see :meth:`.Memory.of`."""

    def holds(self, tree: Node | None, positive: Mapping[str, T], negative: Mapping[str, T]) -> T:
        """Return when the marker *tree* holds; without one, where anything is installed.

        Tests for an extra look into *positive*, tests against one into
        *negative*.  May raise :exc:`UndefinedError`.
        """
        if tree is None:
            return self.installed
        if steady := self._memory.of("steady", tree, self._steady):
            return self.domain.both(self.installed, steady[0])
        if self.rules.per_extra:
            return self._one_by_one(tree, positive)
        return self.domain.both(self.installed, self._as_set(tree, positive, negative))

    def mentioned(self, tree: Node | None) -> tuple[str, ...] | None:
        """Return the extras that the marker *tree* tests, or None if any may change its answer.

        They come in text order.  A test that is none of a single extra is one of
        text to installers, and has one answer for every set.
        """
        if tree is None:
            return ()
        return self._memory.of("mentioned", tree, self._mentioned)

    def _mentioned(self, tree: Node) -> tuple[str, ...] | None:
        found: dict[str, None] = {}
        for node in comparisons(tree):
            if about_extras(node):
                test = tested_extra(node)
                if test is not None and test[0]:
                    found[test[0]] = None
                elif self.rules.per_extra:
                    return None
        return tuple(found)

    def tested(self, tree: Node) -> tuple[str, ...]:
        """Return the extras that *tree* tests one by one, in text order."""

        def find(tree: Node) -> tuple[str, ...]:
            tests = filter(None, map(tested_extra, comparisons(tree)))
            return tuple(dict.fromkeys(name for name, _ in tests))

        return self._memory.of("tested", tree, find)

    def candidates(self, tree: Node, names: Collection[str]) -> tuple[str, ...]:
        """Return those of *names* for which *tree* may answer otherwise than for no extra."""
        found = self.mentioned(tree)
        return tuple(names) if found is None else tuple(name for name in found if name in names)

    def parts(self, tree: Node) -> list[tuple[T, Node]]:
        """Take *tree* apart: it holds where one of the parts does, in that one's condition.

        ``(a or b) and c`` becomes ``a`` and ``b``, each where ``c`` holds, as long
        as only one side of an *and* is about extras.
        """
        return self._memory.of("parts", tree, self._parts)

    def _parts(self, tree: Node) -> list[tuple[T, Node]]:
        domain = self.domain
        asks = _ask_about_extras(tree)
        found: list[tuple[T, Node]] = []
        stack: list[tuple[T, Node]] = [(domain.true, tree)]
        while stack:
            condition, node = stack.pop()
            if not isinstance(node, Group) or id(node) not in asks:
                found.append((condition, node))
            elif node.op == "or":
                stack += [(condition, part) for part in reversed(node.parts)]
            else:
                about = [part for part in node.parts if id(part) in asks]
                if len(about) > 1:
                    found.append((condition, node))
                    continue
                for part in node.parts:
                    if part is not about[0]:
                        condition = domain.both(condition, self._about(part, ""))
                stack.append((condition, about[0]))
        return found

    def _as_set(self, tree: Node, positive: Mapping[str, T], negative: Mapping[str, T]) -> T:
        domain = self.domain
        rows = self._memory.of("rows", tree, self._rows)
        if rows is not None:
            # Whoever is in a mapping is asked for where nothing else decides.
            return domain.true if hold(rows, positive, negative) else domain.false

        def leaf(node: Comparison) -> T:
            if test := tested_extra(node):
                name, wanted = test
                if wanted:
                    return positive.get(name, domain.false)
                return domain.negate(negative.get(name, domain.false))
            return self._leaf(node, "")

        if not isinstance(tree, Group):
            return leaf(tree)
        # Most of a marker is about the environment, and that is remembered.
        asking, rest = self._memory.of("split", tree, self._split)
        return self._join(tree, [*rest, *(fold(part, leaf, self._join) for part in asking)])

    def _split(self, group: Node) -> tuple[list[Node], list[T]]:
        """Return the parts of *group* that ask about extras, and when the others hold, as one."""
        assert isinstance(group, Group)
        asking = [part for part in group.parts if self._asks(part)]
        others = [self._about(part, "") for part in group.parts if not self._asks(part)]
        return asking, [self._join(group, others)] if others else []

    def _one_by_one(self, tree: Node, positive: Mapping[str, T]) -> T:
        domain = self.domain
        asked = self.installed
        alone = self._memory.of("alone", tree, self._alone)
        if alone is not None:
            bare, names = alone
            return asked if bare or any(map(positive.__contains__, names)) else domain.false
        found = []
        for condition, part in self.parts(tree):
            here = domain.both(asked, self._about(part, ""))
            names = self.candidates(part, positive)
            if len(names) > MOST_ASKED:
                raise TooLargeError(f"it would be asked about {len(names)} extras one by one")
            for name in names:
                one = domain.both(asked, positive[name])
                if not domain.same(one, domain.false):
                    here = domain.either(here, domain.both(one, self._about(part, name)))
            found.append(domain.both(condition, here))
        return self._all(domain.either, found)

    def _alone(self, tree: Node) -> tuple[bool, tuple[str, ...]] | None:
        """Return whether *tree* holds without an extra, and those of which one is enough.

        None if that cannot be told from the extras that it tests, or not without too many
        questions.
        """
        if self.mentioned(tree) is None:
            return None
        bare, found = False, dict[str, None]()
        domain = self.domain
        # What is found out about parts is not kept, or it would crowd out what is found here.
        for condition, part in self.parts(tree):
            rows = self._rows(part)
            if rows is None:
                return None
            names = dict.fromkeys(name for row in rows for name in (*row.wanted, *row.excluded))
            if len(names) > MOST_ASKED:
                return None
            if not domain.same(condition, domain.false):
                bare = bare or hold(rows, (), ())
                found |= dict.fromkeys(name for name in names if hold(rows, (name,), (name,)))
        return bare, tuple(found)

    def _asks(self, tree: Node) -> bool:
        """Say whether any part of *tree* is about extras."""
        return self._memory.of("asks", tree, _asks)

    def _steady(self, tree: Node) -> tuple[T] | None:
        """Return when *tree* holds if that is the same for all extras, else None."""
        return None if self._asks(tree) else (self._about(tree, ""),)

    def _about(self, tree: Node, extra: str) -> T:
        """Return when *tree* holds for *extra*, asked about that one alone."""

        def decide(tree: Node) -> T:
            return fold(tree, lambda node: self._leaf(node, extra), self._join)

        return self._memory.of(("about", extra), tree, decide)

    def _rows(self, tree: Node) -> Rows | None:
        """Return *tree* as rows, where the domain has any."""
        return self.domain.rows(tree, self._test_or_leaf)

    def _test_or_leaf(self, node: Comparison) -> tuple[str, bool] | T:
        """Return the test for an extra that *node* is, or when it holds."""
        if (test := tested_extra(node)) and not (self.rules.per_extra and _is_of_sets(node)):
            return test
        return self._leaf(node, "")

    def _leaf(self, node: Comparison, extra: str) -> T:
        if about_extras(node):
            domain = self.domain
            return domain.true if constant(node, self.rules, {"extra": extra}) else domain.false
        return self.domain.comparison(node)

    def _join(self, group: Group, values: list[T]) -> T:
        return self._all(self.domain.both if group.op == "and" else self.domain.either, values)

    def _all(self, join: Callable[[T, T], T], values: list[T]) -> T:
        """Join all values, neighbours first: conditions grow as they are joined."""
        while len(values) > 1:
            pairs = [join(*values[i : i + 2]) for i in range(0, len(values) - 1, 2)]
            values = pairs + values[len(pairs) * 2 :]
        return values[0]


def _is_of_sets(node: Comparison) -> bool:
    """Say whether *node* asks the set of extras, which installers do not have."""
    return node.variable is not None and node.variable.name in SET_VARIABLES


def _asks(tree: Node) -> bool:
    return any(map(about_extras, comparisons(tree)))


@dataclass(frozen=True, slots=True)
class Solution(Generic[T]):
    """Conditions under which extras are in the set, and requirements are pulled in.

    ``extras`` holds what is certain, ``open`` what contradicts itself (nearly
    always empty).  ``lines`` has the condition of each requirement by its
    index, ``undefined`` the reason for each whose marker has no answer, and
    ``too_large`` that for each which would take too much to work out.
    """

    extras: Mapping[str, T]
    open: Mapping[str, T]
    lines: Mapping[int, T]
    undefined: Mapping[int, str]
    too_large: Mapping[int, str]


class _Solver(Generic[T]):
    """One run of :func:`solve`."""

    def __init__(
        self,
        reading: Interpreter[T],
        references: Sequence[Line],
        brought: Mapping[int, frozenset[str]],
    ) -> None:
        self.reading = reading
        self.domain = reading.domain
        self.undefined: dict[int, str] = {}
        self.too_large: dict[int, str] = {}
        self.brought = {line.index: sorted(brought[line.index]) for line in references}
        reads = [reading.mentioned(line.tree) for line in references]
        every = frozenset(name for names in self.brought.values() for name in names)
        readers: dict[str, list[Line]] = {}
        for line, names in zip(references, reads, strict=True):
            for name in every if names is None else names:
                readers.setdefault(name, []).append(line)
        self.order = _builders_first(references, self.brought, readers)
        rank = {line.index: place for place, line in enumerate(self.order)}
        self.readers = {
            name: [rank[line.index] for line in lines] for name, lines in readers.items()
        }

    def ask(self, line: Line, positive: Mapping[str, T], negative: Mapping[str, T]) -> T:
        """Return when a requirement is pulled in; no answer counts as never."""
        try:
            return self.reading.holds(line.tree, positive, negative)
        except UndefinedError as error:
            return self._unanswered(line, error)

    def _unanswered(self, line: Line, error: UndefinedError) -> T:
        told = self.too_large if isinstance(error, TooLargeError) else self.undefined
        told[line.index] = str(error)
        return self.domain.false

    def least(self, seeds: Mapping[str, T], negative: Mapping[str, T]) -> dict[str, T]:
        """Return the least conditions of all extras, with what is negated looked up apart."""
        domain = self.domain
        found = dict(seeds)
        waiting = list(range(len(self.order)))  # a heap, as it is sorted
        queued = set(waiting)
        while waiting:
            place = heapq.heappop(waiting)
            queued.discard(place)
            line = self.order[place]
            if line.index in self.too_large:
                continue
            condition = self.ask(line, found, negative)
            for name in self.brought[line.index]:
                before = found.get(name, domain.false)
                try:
                    after = domain.either(before, condition)
                except TooLargeError as error:
                    self._unanswered(line, error)
                    break
                if domain.same(before, after):
                    continue
                found[name] = after
                for reader in self.readers.get(name, ()):
                    if reader not in queued:
                        queued.add(reader)
                        heapq.heappush(waiting, reader)
        return found


def solve(
    reading: Interpreter[T],
    lines: Sequence[Line],
    brought: Mapping[int, frozenset[str]],
    seeds: Mapping[str, T],
) -> Solution[T]:
    """Find which extras are in the set, from the ones that requests bring.

    ``reading`` asks the markers.  ``lines`` are the requirements that these
    rules can read.  ``seeds`` holds the condition of each extra that a request
    brings, ``brought`` the extras that each reference brings, by the line's index.
    """
    domain = reading.domain
    references = [line for line in lines if brought.get(line.index)]
    solver = _Solver(reading, references, brought)
    if not reading.rules.per_extra and any(map(_negates, references)):
        certain: dict[str, T] = {}
        # Each round settles one more name wherever any is unsettled.
        for _ in range(len(seeds) + len({*chain(*solver.brought.values())}) + 1):
            possible = solver.least(seeds, certain)
            following = solver.least(seeds, possible)
            if _same(domain, certain, following):
                break
            certain = following
    else:
        certain = possible = solver.least(seeds, {})
    left: dict[str, T] = {}
    for name, value in possible.items() if possible is not certain else ():
        # Where this is too large to tell, so is a line that brings the name, which is told.
        with suppress(TooLargeError):
            condition = domain.both(value, domain.negate(certain.get(name, domain.false)))
            if not domain.same(condition, domain.false):
                left[name] = condition
    conditions = {line.index: solver.ask(line, certain, possible) for line in lines}
    kept = {name: value for name, value in certain.items() if not domain.same(value, domain.false)}
    undefined, too_large = solver.undefined, solver.too_large
    return Solution(
        kept, left, conditions, dict(sorted(undefined.items())), dict(sorted(too_large.items()))
    )


def _negates(line: Line) -> bool:
    tests = map(tested_extra, comparisons(line.tree)) if line.tree else ()
    return any(test is not None and not test[1] for test in tests)


def _builders_first(
    references: Iterable[Line],
    brought: Mapping[int, Iterable[str]],
    readers: Mapping[str, Sequence[Line]],
) -> list[Line]:
    """Sort references so that one comes before those which read what it brings.

    In circles some cannot; they are where the search closes them.
    """
    left: list[Line] = []
    told: set[str] = set()
    seen: set[int] = set()

    def following(line: Line) -> Iterator[Line]:
        for name in brought[line.index]:
            if name not in told:
                told.add(name)
                yield from readers.get(name, ())

    for root in references:
        stack = [(root, following(root))] if root.index not in seen else []
        seen.add(root.index)
        while stack:
            line, rest = stack[-1]
            after = next(rest, None)
            if after is None:
                left.append(line)
                stack.pop()
            elif after.index not in seen:
                seen.add(after.index)
                stack.append((after, following(after)))
    left.reverse()
    return left


def _same(domain: Domain[T], left: Mapping[str, T], right: Mapping[str, T]) -> bool:
    return all(
        domain.same(left.get(name, domain.false), right.get(name, domain.false))
        for name in {*left, *right}
    )
