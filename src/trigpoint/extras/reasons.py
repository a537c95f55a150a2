"""Why a requirement is pulled in, and why another one is not.

The idea: once the set of extras is known, a marker is asked again with fewer of
them (which single extra is enough?) or with more (which one is missing?).  The
way to an extra is found from the requests on, one reference at a time, so that
the first way found has the fewest references one after the other; among those
found together the one with the fewest steps is taken.

The invariant: every step of a way follows from the requests and the steps before.

Worked example: after ``pkg[all]`` with ``pkg[docs]; extra == "all"`` the way to
``docs`` is the request, then the reference; ``sphinx; extra == "docs"`` is there
because of ``docs``, by that way.

Cost: each part of a marker is asked about the extras that it names.  A part that
joins tests with *and* is asked once for each of them, up to
:data:`trigpoint.extras.solve.MOST_ASKED`; with more, all of them are given as the
reason.  A reference is looked at again only when an extra that it names was reached, which
is at most :data:`trigpoint.extras.offer.MOST_REFERENCES` times and one look-up for each test
of an extra (see :mod:`.rows`); which of its extras are enough is asked once, when it holds.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar, cast

from trigpoint.extras.domains import OneEnvironment, UndefinedError
from trigpoint.extras.offer import Line, Offer
from trigpoint.extras.requested import Step
from trigpoint.extras.solve import (
    MOST_ASKED,
    Interpreter,
    about_extras,
    tested_extra,
)
from trigpoint.markers.reading.tree import Comparison, Node, comparisons

__all__ = ["Explainer", "Reason", "Skipped", "Why"]

T = TypeVar("T")

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


_NONE: Mapping[str, bool] = {}


class _Anywhere(OneEnvironment):
    """An environment that every comparison is true of."""

    def comparison(self, node: Comparison) -> bool:
        """Answer as if some environment could be meant."""
        del node
        return True


class Explainer:
    """Gives reasons within one solved set of extras.

    ``reading`` asks the markers of ``offer``, ``extras`` is the set.
    """

    def __init__(self, reading: Interpreter[bool], offer: Offer, extras: Iterable[str]) -> None:
        self.reading = reading
        self.extras = dict.fromkeys(extras, True)
        self.provides = dict.fromkeys(offer.provides, True)
        rules = reading.rules
        self._anywhere = Interpreter(_Anywhere({}, rules), rules, installed=True)
        self.ways: dict[str, tuple[Step, ...]] = {}
        self.origin: tuple[Step, ...] = ()

    def holds(
        self, tree: Node | None, positive: Mapping[str, bool], negative: Mapping[str, bool]
    ) -> bool:
        """Say whether the marker *tree* holds; no answer counts as no.

        *positive* has the names that tests for an extra see, *negative* those that
        tests against one see.
        """
        try:
            return self.reading.holds(tree, positive, negative)
        except UndefinedError:
            return False

    def _parts(self, tree: Node) -> list[Node]:
        """Return the parts of a marker each of which makes it hold here."""
        try:
            return [part for condition, part in self.reading.parts(tree) if condition]
        except UndefinedError:
            return []

    def find_ways(
        self,
        first: Step,
        seeds: Mapping[str, Step],
        lines: Iterable[Line],
        brought: Mapping[int, frozenset[str]],
    ) -> None:
        """Find a shortest way from the requests to each extra.

        ``first`` is any request, ``seeds`` the step that brought each extra that
        is asked for, ``lines`` and ``brought`` those of :func:`.solve.solve`.
        """
        self.origin = (first,)
        self.ways = {name: (step,) for name, step in seeds.items() if name in self.extras}
        references = [line for line in lines if brought.get(line.index)]
        readers: dict[str, list[Line]] = {}
        anything: list[Line] = []
        for line in references:
            names = self.reading.mentioned(line.tree)
            for name in names or ():
                readers.setdefault(name, []).append(line)
            if names is None:
                anything.append(line)
        waiting = [line for line in references if self.holds(line.tree, self.extras, self.extras)]
        # In one environment only the names of a mapping count.
        reached = cast("Mapping[str, bool]", self.ways)
        while waiting:
            found: dict[str, tuple[Step, ...]] = {}
            for line in waiting:
                if brought[line.index] <= self.ways.keys():
                    continue
                if not self.holds(line.tree, reached, self.extras):
                    continue
                supports = self.supports(line.tree, self.ways)
                if not supports:
                    continue
                step = Step("reference", line.index, line.text, tuple(sorted(brought[line.index])))
                way = (*min((self.way(support) for support in supports), key=len), step)
                for name in step.extras:
                    if name not in self.ways and len(way) < len(found.get(name, (*way, step))):
                        found[name] = way
            self.ways.update(found)
            again = {line.index: line for name in found for line in readers.get(name, ())}
            if found:
                again.update((line.index, line) for line in anything)
            waiting = [again[index] for index in sorted(again)]

    def _remembered(
        self,
        what: str,
        tree: Node,
        names: Mapping[str, object],
        others: tuple[str, ...],
        find: Callable[[Node], T],
    ) -> T:
        """Return *what* about *tree*, which *find* finds out unless it is known from before.

        It depends on which of the extras that the marker tests, and of *others*, are asked for
        and which are in *names*, and on nothing else.
        """
        tested = self.reading.mentioned(tree)
        if tested is None:
            return find(tree)
        extras = self.extras
        told = tuple((name in names, name in extras) for name in (*tested, *others))
        return self.reading.remember((what, self.reading.installed, others, told), tree, find)

    def supports(self, tree: Node | None, known: Mapping[str, object]) -> Sequence[tuple[str, ...]]:
        """Return sets of the extras in *known* each of which makes the marker *tree* hold."""
        if tree is None:
            return [()] if self.holds(tree, _NONE, self.extras) else []
        return self._remembered("supports", tree, known, (), partial(self._supports, known))

    def _supports(self, known: Mapping[str, object], tree: Node) -> Sequence[tuple[str, ...]]:
        if self.holds(tree, _NONE, self.extras):
            return [()]
        single: dict[str, None] = {}
        joined: list[tuple[Node, tuple[str, ...]]] = []
        for part in self._parts(tree):
            names = self.reading.candidates(part, known)
            if len(names) > MOST_ASKED:
                joined.append((part, names))
                continue
            enough = [name for name in names if self.holds(part, {name: True}, self.extras)]
            single.update(dict.fromkeys(enough))
            if not enough and len(names) > 1:
                joined.append((part, names))
        if single:
            return [(name,) for name in single]
        for part, names in joined:
            if self.holds(part, dict.fromkeys(names, True), self.extras):
                return [self._least(part, names, self.extras)]
        return []

    def _least(
        self,
        tree: Node,
        names: Collection[str],
        negative: Mapping[str, bool],
        always: Mapping[str, bool] = _NONE,
    ) -> tuple[str, ...]:
        needed = dict.fromkeys(names, True)
        for name in names if len(names) <= MOST_ASKED else ():
            del needed[name]
            if not self.holds(tree, ChainMap(needed, dict(always)), negative):
                needed[name] = True
        return tuple(name for name in names if name in needed)

    def way(self, extras: Collection[str]) -> tuple[Step, ...]:
        """Return the steps that lead to *extras*; to nothing leads the first request."""
        if len(extras) == 1:
            return self.ways.get(next(iter(extras)), self.origin)
        steps = dict.fromkeys(step for name in extras for step in self.ways.get(name, ()))
        return tuple(steps) or self.origin

    def reasons(self, line: Line) -> tuple[Reason, ...]:
        """Return the reasons of *line*, a requirement that is pulled in."""
        negated = self._negated_in_vain(line.tree)
        return tuple(
            Reason(extras, self._absent(line.tree, extras, negated), self.way(extras))
            for extras in self.supports(line.tree, self.ways)
        )

    def _negated_in_vain(self, tree: Node | None) -> tuple[str, ...]:
        if tree is None or self.reading.rules.per_extra:
            return ()
        negated = self.reading.remember("negated", tree, _negated)
        return tuple(name for name in negated if name not in self.extras)[:MOST_ASKED]

    def _absent(
        self, tree: Node | None, extras: tuple[str, ...], negated: Iterable[str]
    ) -> tuple[str, ...]:
        positive = dict.fromkeys(extras, True)
        return tuple(
            name
            for name in negated
            if not self.holds(tree, positive, ChainMap({name: True}, self.extras))
        )

    def skipped(self, line: Line) -> Skipped:
        """Return why *line*, a requirement with a marker, is not pulled in."""
        if line.tree is None or not self.reading.installed:
            message = "nothing is asked of the distribution"
            return Skipped(line.index, line.text, "request", (), False, message)
        named = line.mentions
        why, extras, together, message = self._remembered(
            "why", line.tree, self.provides, named, partial(self._why, named)
        )
        return Skipped(line.index, line.text, why, extras, together, message)

    def _why(self, named: tuple[str, ...], tree: Node) -> tuple[Why, tuple[str, ...], bool, str]:
        extras = self.extras
        if self.holds(tree, extras, _NONE):
            negated = _negated(tree)
            if names := tuple(name for name in negated if name in extras):
                message = f"{_listed(names, 'and')} is asked for, which excludes it"
                return "retracted", names, True, message
            # The marker holds until it brings what it excludes.
            message = f"{_listed(negated, 'and')} would be asked for, which excludes it"
            return "retracted", negated, True, message
        if found := self._missing(tree):
            names, together = found
            if together:
                return "extra", names, True, f"{_listed(names, 'and')} are not asked for together"
            return "extra", names, False, f"{_listed(names, 'or')} is not asked for"
        foreign = tuple(name for name in named if name not in self.provides and name not in extras)
        more = dict.fromkeys((*foreign, *self.reading.candidates(tree, self.provides)), True)
        if foreign and self.holds(tree, ChainMap(more, extras), extras):
            return (
                "unreachable",
                foreign,
                True,
                f"{_listed(foreign, 'and')} is no extra of this project",
            )
        if self._possible(tree):
            return "environment", (), False, "the marker does not hold in this environment"
        return "never", (), False, "by these rules no extras make the marker hold"

    def _missing(self, tree: Node) -> tuple[tuple[str, ...], bool] | None:
        """Return the provided extras of which any would help, or that all would together."""
        extras = self.extras
        single: dict[str, None] = {}
        joined: list[tuple[Node, tuple[str, ...]]] = []
        for part in self._parts(tree):
            names = tuple(
                name for name in self.reading.candidates(part, self.provides) if name not in extras
            )
            if len(names) > MOST_ASKED:
                joined.append((part, names))
                continue
            enough = []
            for name in names:
                added = ChainMap({name: True}, extras)
                if self.holds(part, added, added):
                    enough.append(name)
            single.update(dict.fromkeys(enough))
            if not enough and len(names) > 1:
                joined.append((part, names))
        if single:
            return tuple(single), False
        for part, names in joined:
            if self.holds(part, ChainMap(dict.fromkeys(names, True), extras), extras):
                return self._least(part, names, extras, extras), True
        return None

    def _possible(self, tree: Node) -> bool:
        """Say whether the marker could hold for some extras in some environment."""
        names = self._anywhere.tested(tree)
        everything = dict.fromkeys((*names, *self.reading.candidates(tree, self.provides)), True)
        try:
            return self._anywhere.holds(tree, everything, _NONE)
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
