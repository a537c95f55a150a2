"""Why a requirement is pulled in, and why another one is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from trigpoint.extras.document import Line, Offer
from trigpoint.extras.effective import Step
from trigpoint.extras.solve import (
    Here,
    Reading,
    UndefinedError,
    about_extras,
    candidates,
    tested_extra,
)
from trigpoint.markers.reading.tree import Comparison, Node, comparisons

__all__ = ["Explainer", "Reason", "Skipped", "Why"]

Why = Literal[
    "extra",
    "retracted",
    "unreachable",
    "environment",
    "never",
    "undefined",
    "unreadable",
    "request",
]
"""Why a requirement is not pulled in.

``extra``: an extra is missing.  ``retracted``: an extra is there that the marker
excludes.  ``unreachable``: the extra is none that is provided.  ``environment``:
the rest of the marker does not hold.  ``never``: by these rules no extras do.
``undefined``: the marker has no answer.  ``unreadable``: it is no requirement.
``request``: nothing is asked of the distribution.
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sufficient reason for a requirement.

    ``extras`` are those that its marker needs, all of them (empty: none);
    ``absent`` those that it needs not to be there.  ``steps`` is the way from
    the requests to ``extras``, in the order in which things follow.

    ``str()`` shows the way; a requirement itself is not part of it.
    """

    extras: tuple[str, ...]
    absent: tuple[str, ...]
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        way = " -> ".join(step.text for step in self.steps)
        return f"{way} (without {', '.join(self.absent)})" if self.absent else way


@dataclass(frozen=True, slots=True)
class Skipped:
    """A requirement that is not pulled in.

    ``extras`` depends on ``why``: the ones of which any would pull it in (all
    of them if ``together``), the ones that exclude it, or the ones that are not
    provided.  ``message`` says it in words.
    """

    index: int
    text: str
    why: Why
    extras: tuple[str, ...]
    together: bool
    message: str


class _Anywhere(Here):
    """An environment that every comparison is true of."""

    def comparison(self, node: Comparison) -> bool:
        """Answer as if some environment could be meant."""
        del node
        return True


class Explainer:
    """Gives reasons within one solved set of extras."""

    def __init__(self, reading: Reading[bool], offer: Offer, extras: Iterable[str]) -> None:
        self.reading = reading
        self.offer = offer
        self.extras = frozenset(extras)
        self.ways: dict[str, tuple[Step, ...]] = {}
        self.origin: tuple[Step, ...] = ()

    def holds(self, tree: Node | None, positive: Iterable[str], negative: Iterable[str]) -> bool:
        """Ask a marker about sets of names; no answer counts as no."""
        try:
            return self.reading.holds(
                tree, dict.fromkeys(positive, True), dict.fromkeys(negative, True)
            )
        except UndefinedError:
            return False

    def find_ways(
        self,
        first: Step,
        seeds: Mapping[str, Step],
        lines: Iterable[Line],
        brought: Mapping[int, frozenset[str]],
    ) -> None:
        """Find a shortest way from the requests to each extra, *first* being any request."""
        self.origin = (first,)
        self.ways = {name: (step,) for name, step in seeds.items() if name in self.extras}
        waiting = [line for line in lines if brought.get(line.index)]
        while waiting:
            known = dict(self.ways)
            for line in waiting:
                supports = self.supports(line.tree, known)
                if not supports:
                    continue
                step = Step("reference", line.index, line.text, tuple(sorted(brought[line.index])))
                way = (*min((self.way(support) for support in supports), key=len), step)
                for name in step.extras:
                    if name not in known and len(way) < len(self.ways.get(name, (*way, step))):
                        self.ways[name] = way
            if len(self.ways) == len(known):
                break
            waiting = [line for line in waiting if not brought[line.index] <= self.ways.keys()]

    def supports(self, tree: Node | None, known: Iterable[str]) -> list[tuple[str, ...]]:
        """Return sets of known extras each of which makes a marker hold."""
        if self.holds(tree, (), self.extras):
            return [()]
        if tree is None:
            return []
        names = candidates(tree, known)
        single: list[tuple[str, ...]] = [
            (name,) for name in names if self.holds(tree, (name,), self.extras)
        ]
        if single or not self.holds(tree, names, self.extras):
            return single
        return [self._least(tree, names, self.extras)]

    def _least(
        self, tree: Node, names: Iterable[str], negative: Iterable[str], always: Iterable[str] = ()
    ) -> tuple[str, ...]:
        needed = list(names)
        for name in list(needed):
            fewer = [each for each in needed if each != name]
            if self.holds(tree, (*always, *fewer), negative):
                needed = fewer
        return tuple(needed)

    def way(self, extras: Iterable[str]) -> tuple[Step, ...]:
        """Return the steps that lead to *extras*; to nothing leads the first request."""
        steps = dict.fromkeys(step for name in extras for step in self.ways.get(name, ()))
        return tuple(steps) or self.origin

    def reasons(self, line: Line) -> tuple[Reason, ...]:
        """Return the reasons of a requirement that is pulled in."""
        return tuple(
            Reason(extras, self._absent(line.tree, extras), self.way(extras))
            for extras in self.supports(line.tree, self.ways)
        )

    def _absent(self, tree: Node | None, extras: tuple[str, ...]) -> tuple[str, ...]:
        if tree is None or self.reading.rules.per_extra:
            return ()
        return tuple(
            name
            for name in _negated(tree)
            if name not in self.extras and not self.holds(tree, extras, {*self.extras, name})
        )

    def skipped(self, line: Line) -> Skipped:
        """Return why a requirement with a marker is not pulled in."""
        why, extras, together, message = self._why(line)
        return Skipped(line.index, line.text, why, extras, together, message)

    def _why(self, line: Line) -> tuple[Why, tuple[str, ...], bool, str]:
        tree, extras = line.tree, self.extras
        if tree is None or not self.reading.installed:
            return "request", (), False, "nothing is asked of the distribution"
        if self.holds(tree, extras, ()):
            names = tuple(name for name in _negated(tree) if name in extras)
            return (
                "retracted",
                names,
                True,
                f"{_listed(names, 'and')} is asked for, which excludes it",
            )
        missing = [name for name in candidates(tree, self.offer.provides) if name not in extras]
        single = tuple(
            name for name in missing if self.holds(tree, {*extras, name}, {*extras, name})
        )
        if single:
            return "extra", single, False, f"{_listed(single, 'or')} is not asked for"
        if self.holds(tree, {*extras, *missing}, extras):
            needed = self._least(tree, missing, extras, extras)
            return "extra", needed, True, f"{_listed(needed, 'and')} are not asked for together"
        foreign = tuple(
            name for name in line.mentions if name not in (*self.offer.provides, *extras)
        )
        if foreign and self.holds(tree, {*extras, *missing, *foreign}, extras):
            return (
                "unreachable",
                foreign,
                True,
                f"{_listed(foreign, 'and')} is no extra of this project",
            )
        if self._possible(tree):
            return "environment", (), False, "the marker does not hold in this environment"
        return "never", (), False, "by these rules no extras make the marker hold"

    def _possible(self, tree: Node) -> bool:
        """Say whether the marker could hold for some extras in some environment."""
        rules = self.reading.rules
        reading = Reading(_Anywhere({}, rules), rules, installed=True)
        names = {
            name for node in comparisons(tree) if (test := tested_extra(node)) for name in test[:1]
        }
        everything = dict.fromkeys({*self.offer.provides, *names}, True)
        try:
            return reading.holds(tree, everything, {})
        except UndefinedError:
            return False


def _negated(tree: Node) -> tuple[str, ...]:
    """Return the extras that a marker tests for absence, in text order."""
    tests = (tested_extra(node) for node in comparisons(tree) if about_extras(node))
    return tuple(dict.fromkeys(test[0] for test in tests if test and not test[1]))


def _listed(names: tuple[str, ...], word: str) -> str:
    """Join names as in ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
