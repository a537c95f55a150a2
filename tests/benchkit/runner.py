"""Sit contenders down, let them answer, then time them in turns.

The order of things for one benchmark: ours makes the inputs; every contender
answers all of them; those that all answer, and in which nobody is known to be
wrong, are kept; a warm-up round tells how often the work has to be repeated for
a clock to see it; then rounds in turns.  All that is done again in new processes
as often as the plan says, and up to three times as often while a figure is
within the noise of its bar.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from tests.benchkit.bench import REFUSED, Seat
from tests.benchkit.declare import Benchmark
from tests.benchkit.figures import Spread, Verdict, late_of, ratios, spread, verdict
from tests.benchkit.results import Result, Row

__all__ = ["Plan", "compare", "kept", "measure", "sampled"]

SEEN = 0.02
"""Seconds that a round should take at least, so that the clock sees it well."""
LONG_ROUND = 0.6
"""Seconds that repeating the work for :data:`SEEN` may take, with what is not timed."""
MOST_LOOPS = 1000
MORE = 3
"""How many times as many sittings a figure within the noise may have."""
BUDGET = 12.0
"""Seconds after which a contender takes part in no more rounds of a sitting."""
FEWEST = 3
"""Rounds of a sitting in which a contender takes part however long they are."""


@dataclass(frozen=True)
class Plan:
    """How thoroughly to measure.

    ``sittings`` is how often new processes are started, ``rounds`` how many
    rounds each has.  ``items`` is the most inputs to use, 0 for all.
    """

    sittings: int = 1
    rounds: int = 7
    items: int = 0


def sampled(items: Sequence[Any], most: int) -> list[Any]:
    """Return at most *most* items, evenly from the whole; all for 0.

    >>> sampled(range(10), 4)
    [0, 2, 5, 7]
    """
    if not most or len(items) <= most:
        return list(items)
    return [items[i * len(items) // most] for i in range(most)]


def kept(
    benchmark: Benchmark, items: Sequence[Any], answers: Mapping[str, str]
) -> tuple[list[int], dict[str, int]]:
    """Return the places of the inputs to time, and how often each known difference takes one away.

    Kept are those that everybody answers, and in which nobody is known to be wrong.
    """
    known = {
        f"{name} {reason}": re.compile(pattern)
        for name, patterns in benchmark.known.items()
        if name in answers
        for pattern, reason in patterns.items()
    }
    places = []
    taken: dict[str, int] = {}
    for place, item in enumerate(items):
        if any(given[place] == REFUSED for given in answers.values()):
            continue
        text = _text(item) if known else ""
        reasons = [reason for reason, pattern in known.items() if pattern.search(text)]
        for reason in reasons:
            taken[reason] = taken.get(reason, 0) + 1
        if not reasons:
            places.append(place)
    return places, taken


def _text(item: Any) -> str:
    return " | ".join(map(str, item)) if isinstance(item, list | tuple) else str(item)


@dataclass
class Comparison:
    """How the answers of one contender compare with ours."""

    missed: int = 0
    wrong: list[Any] = field(default_factory=list)


def compare(
    items: Sequence[Any], ours: str, theirs: str, *, may_miss: bool, places: Sequence[int]
) -> Comparison:
    """Compare *theirs* with *ours* at *places*.

    With *may_miss*, no for our yes is missed, not wrong.
    """
    found = Comparison()
    for place in places:
        if ours[place] != theirs[place]:
            if may_miss and theirs[place] == "0":
                found.missed += 1
            else:
                found.wrong.append(items[place])
    return found


class _Contender:
    """A contender in one sitting."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.rounds: list[list[float]] = []
        self._loops = 1
        self._spent = 0.0

    def warm_up(self) -> None:
        """Do the work once, and work out how often it has to be repeated."""
        done = self.seat.round(1)
        seen = sum(done.samples)
        wanted = math.ceil(SEEN / seen) if seen > 0 else MOST_LOOPS
        possible = math.floor(LONG_ROUND / done.whole) if done.whole > 0 else MOST_LOOPS
        self._loops = max(1, min(wanted, possible, MOST_LOOPS))

    def take_turn(self) -> None:
        """Do one round, unless there is no time left for it."""
        if self._spent < BUDGET or len(self.rounds) < FEWEST:
            done = self.seat.round(self._loops)
            self.rounds.append(done.samples)
            self._spent += done.whole


class _Tally:
    """What the contenders of one benchmark did, over all sittings."""

    def __init__(self, benchmark: Benchmark, items: Sequence[Any], answers: Mapping[str, str]):
        self.benchmark = benchmark
        self.items = items
        self.answers = answers
        self.places, self.taken = kept(benchmark, items, answers)
        self.compared = {
            name: compare(
                items,
                answers[benchmark.ours],
                given,
                may_miss=name in benchmark.may_miss,
                places=self.places,
            )
            for name, given in answers.items()
        }
        self._sittings: list[dict[str, list[list[float]]]] = []

    def add(self, contenders: Mapping[str, _Contender]) -> None:
        """Add a sitting."""
        self._sittings.append({name: each.rounds for name, each in contenders.items()})

    def _seconds(self, name: str) -> list[list[float]]:
        """Return the seconds of one input, by sitting and round."""
        count = len(self.places)
        return [[sum(samples) / count for samples in each[name]] for each in self._sittings]

    def _ratios(self, name: str) -> list[float]:
        """Return one ratio for each sitting, or for each round of the only one.

        The rounds of one sitting have much in common, such as where things lie
        in memory, so that they count as one.
        """
        pairs = zip(self._seconds(name), self._seconds(self.benchmark.ours), strict=True)
        sittings = [found for theirs, ours in pairs if (found := ratios(theirs, ours))]
        return sittings[0] if len(sittings) == 1 else [statistics.median(s) for s in sittings]

    def row(self, name: str) -> Row:
        """Return the row of one contender."""
        bar = self.benchmark.bars.get(name)
        rounds = [samples for each in self._sittings for samples in each[name]]
        seconds = spread([each for sitting in self._seconds(name) for each in sitting])
        compared = [] if name == self.benchmark.ours else self._ratios(name)
        ratio = spread(compared) if compared else None
        late = late_of(rounds)
        figure = None
        if bar is not None:
            percentile = None if late is None else Spread(late, late, late)
            figure = {"ratio": ratio, "median": seconds, "late": percentile}[bar.figure]
        return Row(
            name,
            seconds,
            late,
            ratio,
            bar,
            verdict(bar, figure),
            len(rounds),
            refused=self.answers[name].count(REFUSED),
            missed=self.compared[name].missed,
        )

    def rows(self) -> list[Row]:
        """Return all rows, in the order of the declaration."""
        known = [name for name in self.benchmark.ways if name in self.answers]
        return [self.row(name) for name in known or self.answers]

    def result(self, notes: Sequence[str]) -> Result:
        """Return what there is to tell."""
        benchmark = self.benchmark
        failures = [
            f"{name} answers {len(each.wrong)} inputs otherwise than {benchmark.ours}: "
            + "; ".join(_text(item)[:200] for item in each.wrong[:3])
            for name, each in self.compared.items()
            if each.wrong
        ]
        if not self.places:
            failures.append("there is no input that everybody answers")
        left = [f"left out: {reason} ({count} inputs)" for reason, count in self.taken.items()]
        return Result(
            benchmark.name,
            benchmark.unit,
            benchmark.ours,
            len(self.places),
            tuple(self.rows()) if self.places else (),
            tuple(failures),
            (*notes, *left),
        )


Sit = Callable[[], AbstractContextManager[Mapping[str, Seat]]]


def measure(
    benchmark: Benchmark, sit: Sit, items: Sequence[Any], plan: Plan, notes: Sequence[str] = ()
) -> Result:
    """Let the contenders answer *items*, time them in turns, and return what came of it.

    *sit* seats every contender, ours first; each sitting has seats of its own.
    In every other sitting the turns go the other way round.  A contender's
    process that fails raises :exc:`tests.benchkit.client.WorkerError`.
    """
    tally: _Tally | None = None
    for sitting in range(plan.sittings * MORE):
        with sit() as seats:
            answers = {name: seat.answers(items) for name, seat in seats.items()}
            tally = tally or _Tally(benchmark, items, answers)
            if not tally.places:
                break
            contenders = {name: _Contender(seat) for name, seat in seats.items()}
            for name, contender in contenders.items():
                seats[name].keep(tally.places)
                contender.warm_up()
            turns = list(contenders.values())
            if sitting % 2:
                turns.reverse()
            for _ in range(plan.rounds):
                for contender in turns:
                    contender.take_turn()
            tally.add(contenders)
            unsure = any(row.verdict is Verdict.NOISE for row in tally.rows())
        if sitting + 1 >= plan.sittings and not unsure:
            break
    assert tally is not None
    return tally.result(notes)
