"""What changes from one set of rules to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from trigpoint.extras.conditions import Solved, Worlds, solve_requests
from trigpoint.extras.document import DocumentLike, Offer, read_offer
from trigpoint.extras.effective import Effective, RequestsLike, as_requests, marker_values
from trigpoint.extras.rules import RuleSet, RuleSetLike
from trigpoint.markers import ENVIRONMENTS

__all__ = ["Change", "Comparison", "Where", "compare_rules"]


@dataclass(frozen=True, slots=True)
class Where:
    """The environments in which something holds.

    ``environments`` names those of the compared ones, in their order, and
    ``of`` is how many were compared.
    """

    environments: tuple[str, ...]
    of: int

    @property
    def nowhere(self) -> bool:
        """Whether it holds in none."""
        return not self.environments

    @property
    def everywhere(self) -> bool:
        """Whether it holds in all."""
        return len(self.environments) == self.of


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
    requested_before: Effective
    requested_after: Effective

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

    ``document`` and ``requests`` are those of :func:`requirements`.
    ``environments`` names the environments to compare in; without it, all of
    :data:`trigpoint.markers.ENVIRONMENTS`.

    >>> document = {"Name": ["pkg"], "Provides-Extra": ["fast"], "Default-Extra": ["fast"],
    ...             "Requires-Dist": ["numpy; extra == 'fast' and os_name == 'nt'"]}
    >>> (change,) = compare_rules(document, "pkg", "spec", "pep771")
    >>> change.kind, change.name, change.gained.environments[0]
    ('gained', 'numpy', 'cpython-3.9-windows-x64')

    Raises :exc:`trigpoint.markers.environments.UnknownEnvironmentError`.
    """
    names = tuple(ENVIRONMENTS if environments is None else environments)
    values = [marker_values(name) for name in names]
    offer = read_offer(document)
    asked = as_requests(requests)
    solved = [
        solve_requests(Worlds(values, rules), offer, asked, rules)
        for rules in (RuleSet(before), RuleSet(after))
    ]
    return Comparison(
        RuleSet(before), RuleSet(after), tuple(_changes(offer, names, *solved)),
        solved[0].requested, solved[1].requested,
    )  # fmt: skip


def _changes(
    offer: Offer, names: tuple[str, ...], before: Solved[int], after: Solved[int]
) -> Iterator[Change]:
    def where(mask: int) -> Where:
        found = tuple(name for index, name in enumerate(names) if mask >> index & 1)
        return Where(found, len(names))

    for line in offer.lines:
        old = before.solution.lines.get(line.index, 0)
        new = after.solution.lines.get(line.index, 0)
        if old != new:
            yield Change(
                line.index, line.text, line.request.name,
                where(old), where(new), where(new & ~old), where(old & ~new),
            )  # fmt: skip
