"""Which extras a distribution ends up with, its references to itself included.

A reference such as ``pkg[a]; extra == "all"`` asks for more extras when some
are asked for.  What follows is the least set that agrees with itself, found for
one environment or for all at once: the values only need *and*, *or* and *not*.

Where references negate extras, the set is that of the well-founded semantics
(Van Gelder, Ross and Schlipf, 1991): it is the same in any order, and it leaves
open only what contradicts itself, as in ``pkg[a]; extra != "a"``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from trigpoint.extras.document import Line
from trigpoint.extras.rules import RuleSet
from trigpoint.markers.meaning.semantics import SET_VARIABLES, compare
from trigpoint.markers.reading.tree import Comparison, Group, Literal, Node, comparisons, fold

__all__ = [
    "Domain",
    "Here",
    "Reading",
    "Solution",
    "UndefinedError",
    "candidates",
    "constant",
    "solve",
    "tested_extra",
]

T = TypeVar("T")

_NO_SETS: Mapping[str, frozenset[str]] = {
    "extra": frozenset(),
    "extras": frozenset(),
    "dependency_groups": frozenset(),
}


class UndefinedError(Exception):
    """A marker has no answer; the message says why."""


class Domain(Protocol[T]):
    """Values that conditions can have, and how they are joined."""

    true: T
    false: T

    def both(self, left: T, right: T) -> T:
        """Return the condition that both hold."""

    def either(self, left: T, right: T) -> T:
        """Return the condition that at least one holds."""

    def negate(self, value: T) -> T:
        """Return the condition that *value* does not hold."""

    def same(self, left: T, right: T) -> bool:
        """Say whether the two conditions mean the same."""

    def comparison(self, node: Comparison) -> T:
        """Return when a comparison without extras holds; may raise :exc:`UndefinedError`."""


class Here:
    """The domain of one environment: plain truth values."""

    true = True
    false = False

    def __init__(self, values: Mapping[str, str], rules: RuleSet) -> None:
        self.values = values
        self.rules = rules

    def both(self, left: bool, right: bool) -> bool:
        """Join with *and*."""
        return left and right

    def either(self, left: bool, right: bool) -> bool:
        """Join with *or*."""
        return left or right

    def negate(self, value: bool) -> bool:
        """Return the opposite."""
        return not value

    def same(self, left: bool, right: bool) -> bool:
        """Compare."""
        return left is right

    def comparison(self, node: Comparison) -> bool:
        """Compare with the environment's values."""
        return constant(node, self.rules, self.values)


def constant(node: Comparison, rules: RuleSet, values: Mapping[str, str]) -> bool:
    """Decide a comparison for which *values* has all that it asks for."""
    sets = {} if rules.per_extra else _NO_SETS
    outcome = compare(node, values, sets, rules.marker_rules)
    if outcome.value is None:
        raise UndefinedError(outcome.reason)
    return outcome.value


def about_extras(node: Comparison) -> bool:
    """Say whether a comparison is about extras or other sets, whatever the environment."""
    if node.variable is not None:
        name = node.variable.name
    else:  # pip takes the right one of two values for a name
        name = node.right.value if isinstance(node.right, Literal) else ""
    return name == "extra" or name in SET_VARIABLES


def tested_extra(node: Comparison) -> tuple[str, bool] | None:
    """Return the extra that a comparison tests, and whether it must be there.

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


def candidates(tree: Node, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of *names* for which a marker may answer otherwise than for no extra."""
    mentioned: set[str] = set()
    for node in comparisons(tree):
        if about_extras(node):
            test = tested_extra(node)
            if test is None or not test[0]:
                return tuple(names)
            mentioned.add(test[0])
    return tuple(name for name in names if name in mentioned)


class Reading(Generic[T]):
    """Asks markers about extras, by one set of rules, in one domain.

    The condition of an extra is looked up in a mapping; one that is missing is
    never asked for.  ``installed`` is the condition that anything is asked of
    the distribution at all.
    """

    def __init__(self, domain: Domain[T], rules: RuleSet, installed: T) -> None:
        self.domain = domain
        self.rules = rules
        self.installed = installed

    def holds(self, tree: Node | None, positive: Mapping[str, T], negative: Mapping[str, T]) -> T:
        """Return when a marker holds.

        Tests for an extra look into *positive*, tests against one into
        *negative*.  May raise :exc:`UndefinedError`.
        """
        if tree is None:
            return self.installed
        if self.rules.per_extra:
            return self._one_by_one(tree, positive)
        return self.domain.both(self.installed, self._as_set(tree, positive, negative))

    def _as_set(self, tree: Node, positive: Mapping[str, T], negative: Mapping[str, T]) -> T:
        domain = self.domain

        def leaf(node: Comparison) -> T:
            if test := tested_extra(node):
                name, wanted = test
                if wanted:
                    return positive.get(name, domain.false)
                return domain.negate(negative.get(name, domain.false))
            return self._leaf(node, "")

        return fold(tree, leaf, self._join)

    def _one_by_one(self, tree: Node, positive: Mapping[str, T]) -> T:
        domain = self.domain
        asked = self.installed
        found = domain.both(asked, self._about(tree, ""))
        for name in candidates(tree, positive):
            one = domain.both(asked, positive[name])
            if not domain.same(one, domain.false):
                found = domain.either(found, domain.both(one, self._about(tree, name)))
        return found

    def _about(self, tree: Node, extra: str) -> T:
        return fold(tree, lambda node: self._leaf(node, extra), self._join)

    def _leaf(self, node: Comparison, extra: str) -> T:
        if about_extras(node):
            domain = self.domain
            return domain.true if constant(node, self.rules, {"extra": extra}) else domain.false
        return self.domain.comparison(node)

    def _join(self, group: Group, values: list[T]) -> T:
        join = self.domain.both if group.op == "and" else self.domain.either
        result = values[0]
        for value in values[1:]:
            result = join(result, value)
        return result


@dataclass(frozen=True, slots=True)
class Solution(Generic[T]):
    """Conditions under which extras are in the set, and requirements are pulled in.

    ``extras`` holds what is certain, ``open`` what contradicts itself (nearly
    always empty).  ``lines`` has the condition of each requirement by its
    index, ``undefined`` the reason for each whose marker has no answer.
    """

    extras: Mapping[str, T]
    open: Mapping[str, T]
    lines: Mapping[int, T]
    undefined: Mapping[int, str]


def solve(
    reading: Reading[T],
    lines: Sequence[Line],
    brought: Mapping[int, frozenset[str]],
    seeds: Mapping[str, T],
) -> Solution[T]:
    """Find which extras are in the set, from the ones that requests bring.

    ``lines`` are the requirements that these rules can read.  ``seeds`` holds the
    condition of each extra that a request brings, ``brought`` the extras that
    each reference brings, by the line's index.
    """
    domain = reading.domain
    undefined: dict[int, str] = {}

    def ask(line: Line, positive: Mapping[str, T], negative: Mapping[str, T]) -> T:
        try:
            return reading.holds(line.tree, positive, negative)
        except UndefinedError as error:
            undefined[line.index] = str(error)
            return domain.false

    def least(negative: Mapping[str, T]) -> dict[str, T]:
        found = dict(seeds)
        changed = True
        while changed:
            changed = False
            for line in lines:
                if not brought.get(line.index):
                    continue
                condition = ask(line, found, negative)
                for name in sorted(brought[line.index]):
                    before = found.get(name, domain.false)
                    after = domain.either(before, condition)
                    if not domain.same(before, after):
                        found[name] = after
                        changed = True
        return found

    certain: dict[str, T] = {}
    while True:
        possible = least(certain)
        following = least(possible)
        if _same(domain, certain, following):
            break
        certain = following
    left = {
        name: condition
        for name, value in possible.items()
        if not domain.same(
            condition := domain.both(value, domain.negate(certain.get(name, domain.false))),
            domain.false,
        )
    }
    conditions = {line.index: ask(line, certain, possible) for line in lines}
    kept = {name: value for name, value in certain.items() if not domain.same(value, domain.false)}
    return Solution(kept, left, conditions, dict(sorted(undefined.items())))


def _same(domain: Domain[T], left: Mapping[str, T], right: Mapping[str, T]) -> bool:
    return all(
        domain.same(left.get(name, domain.false), right.get(name, domain.false))
        for name in {*left, *right}
    )
