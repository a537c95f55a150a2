"""When a requirement is pulled in: conditions on the environment, for many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from trigpoint.extras.document import Offer
from trigpoint.extras.effective import (
    Effective,
    RequestsLike,
    as_requests,
    bring,
    brought_by_references,
    gather,
    readable_lines,
)
from trigpoint.extras.rules import RuleSet
from trigpoint.extras.solve import Domain, Reading, Solution, UndefinedError, constant, solve
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import Comparison

__all__ = ["Solved", "Worlds", "solve_requests"]

T = TypeVar("T")


class Worlds:
    """The domain of a list of environments: a bit for each in which a condition holds.

    A comparison that has an answer in some of them only does not hold in the others.
    """

    def __init__(self, environments: Sequence[Mapping[str, str]], rules: RuleSet) -> None:
        self.environments = environments
        self.rules = rules
        self.true = (1 << len(environments)) - 1
        self.false = 0
        self._known: dict[str, int] = {}

    def both(self, left: int, right: int) -> int:
        """Join with *and*."""
        return left & right

    def either(self, left: int, right: int) -> int:
        """Join with *or*."""
        return left | right

    def negate(self, value: int) -> int:
        """Return the other environments."""
        return self.true & ~value

    def same(self, left: int, right: int) -> bool:
        """Compare."""
        return left == right

    def comparison(self, node: Comparison) -> int:
        """Compare in every environment."""
        text = str(node)
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._compare(node)
        return found

    def _compare(self, node: Comparison) -> int:
        mask, undefined = 0, []
        for index, values in enumerate(self.environments):
            try:
                mask |= constant(node, self.rules, values) << index
            except UndefinedError as error:
                undefined.append(error)
        if undefined and len(undefined) == len(self.environments):
            raise undefined[0]
        return mask


@dataclass(frozen=True, slots=True)
class Solved(Generic[T]):
    """The solution for some requests: where anything is asked, and what comes of it."""

    requested: Effective
    installed: T
    solution: Solution[T]


def solve_requests(
    domain: Domain[T], offer: Offer, requests: RequestsLike, rules: RuleSet
) -> Solved[T]:
    """Solve *requests* in any domain; their own markers are conditions there."""
    provides, defaults = frozenset(offer.provides), frozenset(offer.defaults)
    requested = gather(as_requests(requests), provides, defaults, rules, offer.name, None)
    alone = Reading(domain, rules, domain.true)
    installed = domain.false
    seeds: dict[str, T] = {}
    for _, request in requested.accepted:
        tree = parse(request.marker.text) if request.marker else None
        try:
            here = alone.holds(tree, {}, {})
        except UndefinedError:
            continue
        installed = domain.either(installed, here)
        for name in sorted(bring(request, provides, defaults, rules).extras):
            seeds[name] = domain.either(seeds.get(name, domain.false), here)
    reading = Reading(domain, rules, installed)
    lines = readable_lines(offer, rules)
    solution = solve(reading, lines, brought_by_references(offer, rules), seeds)
    return Solved(requested, installed, solution)
