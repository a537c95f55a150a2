"""What changes from one set of rules to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from trigpoint.extras.domains import (
    AllEnvironments,
    Condition,
    Domain,
    ListedEnvironments,
    TooLargeError,
    UndefinedError,
)
from trigpoint.extras.offer import DocumentLike, Offer, read_offer
from trigpoint.extras.requested import (
    RequestedExtras,
    RequestsLike,
    as_requests,
    bring,
    brought_by_references,
    gather,
    marker_values,
    readable_lines,
)
from trigpoint.extras.rules import RuleSet, RuleSetLike
from trigpoint.extras.solve import Interpreter, Solution, solve
from trigpoint.markers import ENVIRONMENTS
from trigpoint.markers.reading.grammar import parse

T = TypeVar("T")

__all__ = ["Change", "Comparison", "Where", "compare_rules"]


@dataclass(frozen=True, slots=True)
class Where:
    """The environments in which something holds.

    ``condition`` is exact: True (everywhere), False (nowhere) or a marker
    without extras.  ``environments`` names those of the listed ones, in their
    order.  ``str()`` says it in words or as a marker.
    """

    condition: Condition
    environments: tuple[str, ...]

    def __str__(self) -> str:
        if isinstance(self.condition, bool):
            return "everywhere" if self.condition else "nowhere"
        try:
            return str(self.condition)
        except ValueError:  # a few sets of environments have no spelling
            return "in some environments that no marker describes"

    @property
    def nowhere(self) -> bool:
        """Whether it holds in no environment at all."""
        return self.condition is False

    @property
    def everywhere(self) -> bool:
        """Whether it holds in every environment there can be."""
        return self.condition is True


@dataclass(frozen=True, slots=True)
class Change:
    """A requirement that two sets of rules answer differently.

    ``index`` counts the requirements from 0.  ``before`` and ``after`` say where
    it is pulled in, ``gained`` and ``lost`` where only after, or only before.
    """

    index: int
    text: str
    name: str
    before: Where
    after: Where
    gained: Where
    lost: Where

    @property
    def kind(self) -> Literal["gained", "lost", "both"]:
        """Whether the requirement comes in more places, in fewer, or in others."""
        if self.lost.nowhere:
            return "gained"
        return "lost" if self.gained.nowhere else "both"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changes from the rules ``before`` to the rules ``after``.

    ``changes`` holds the requirements that are answered differently, in text
    order; ``requested_before`` and ``requested_after`` are what the requests
    bring, with the findings on them.  Iteration goes over ``changes``.
    """

    before: RuleSet
    after: RuleSet
    changes: tuple[Change, ...]
    requested_before: RequestedExtras
    requested_after: RequestedExtras

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)


def compare_rules(
    document: DocumentLike,
    requests: RequestsLike,
    before: RuleSetLike,
    after: RuleSetLike,
    environments: Iterable[str] | None = None,
) -> Comparison:
    """Return which requirements change between two sets of rules, and where.

    ``document`` and ``requests`` are those of :func:`requirements`, ``before`` and
    ``after`` each a :class:`RuleSet` or its value.  The answer
    is for every environment there can be, by the algebra of markers.
    ``environments`` names those to list as examples; without it, all of
    :data:`trigpoint.markers.ENVIRONMENTS`.

    >>> document = {"Name": ["pkg"], "Provides-Extra": ["fast"], "Default-Extra": ["fast"],
    ...             "Requires-Dist": ["numpy; extra == 'fast' and os_name == 'nt'"]}
    >>> (change,) = compare_rules(document, "pkg", "spec", "pep771")
    >>> change.kind, change.name, str(change.gained), change.gained.environments[0]
    ('gained', 'numpy', 'os_name == "nt"', 'cpython-3.9-windows-x64')

    Raises :exc:`trigpoint.markers.meaning.environments.UnknownEnvironmentError`.
    """
    names = tuple(ENVIRONMENTS if environments is None else environments)
    values = [marker_values(name) for name in names]
    offer = read_offer(document)
    asked = as_requests(requests)
    sides = [
        _Side(
            _solve_requests(AllEnvironments(rules), offer, asked, rules),
            _solve_requests(ListedEnvironments(values, rules), offer, asked, rules),
        )
        for rules in (RuleSet(before), RuleSet(after))
    ]
    return Comparison(
        RuleSet(before),
        RuleSet(after),
        tuple(_changes(offer, names, *sides)),
        sides[0].exact.requested,
        sides[1].exact.requested,
    )


@dataclass(frozen=True, slots=True)
class _Solved(Generic[T]):
    """The solution for some requests: where anything is asked, and what comes of it."""

    requested: RequestedExtras
    installed: T
    solution: Solution[T]


def _solve_requests(
    domain: Domain[T], offer: Offer, requests: RequestsLike, rules: RuleSet
) -> _Solved[T]:
    """Solve *requests* in any domain; their own markers are conditions there."""
    provides, defaults = frozenset(offer.provides), frozenset(offer.defaults)
    requested = gather(as_requests(requests), provides, defaults, rules, offer.name, None)
    alone = Interpreter(domain, rules, domain.true)
    installed = domain.false
    seeds: dict[str, T] = {}
    for _, request in requested.accepted:
        tree = parse(request.marker.text) if request.marker else None
        try:
            here = alone.holds(tree, {}, {})
            installed = domain.either(installed, here)
            for name in sorted(bring(request, provides, defaults, rules).extras):
                seeds[name] = domain.either(seeds.get(name, domain.false), here)
        except UndefinedError:
            continue
    reading = Interpreter(domain, rules, installed)
    lines = readable_lines(offer, rules)
    solution = solve(reading, lines, brought_by_references(offer, rules), seeds)
    return _Solved(requested, installed, solution)


@dataclass(frozen=True, slots=True)
class _Side:
    """One set of rules, solved for all environments and for the listed ones."""

    exact: _Solved[Condition]
    listed: _Solved[int]

    def at(self, index: int) -> tuple[Condition, int]:
        return (
            self.exact.solution.lines.get(index, False),
            self.listed.solution.lines.get(index, 0),
        )


def _changes(offer: Offer, names: tuple[str, ...], before: _Side, after: _Side) -> Iterator[Change]:
    domain = AllEnvironments(RuleSet.SPEC)

    def where(condition: Condition, mask: int) -> Where:
        found = tuple(name for index, name in enumerate(names) if mask >> index & 1)
        return Where(condition, found)

    for line in offer.lines:
        (old, old_mask), (new, new_mask) = before.at(line.index), after.at(line.index)
        if domain.same(old, new):
            continue
        try:
            gained = domain.both(new, domain.negate(old))
            lost = domain.both(old, domain.negate(new))
        except TooLargeError:  # what is only after, or only before: no more than the whole
            gained, lost = new, old
        yield Change(
            line.index,
            line.text,
            line.request.name,
            where(old, old_mask),
            where(new, new_mask),
            where(gained, new_mask & ~old_mask),
            where(lost, old_mask & ~new_mask),
        )
