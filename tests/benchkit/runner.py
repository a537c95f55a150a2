"""Sit contenders down, let them answer, then time them in turns.

The order of things for one benchmark: ours makes the inputs; every contender
answers all of them; those that all answer, and in which nobody is known to be
wrong, are kept; a warm-up round tells how often the work has to be repeated for
a clock to see it; then rounds in turns, and more of them while a figure is
within the noise of its bar.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.benchkit.bench import REFUSED, Seat
from tests.benchkit.declare import Bar, Benchmark
from tests.benchkit.figures import Spread, Verdict, late_of, ratios, spread, verdict
from tests.benchkit.results import Result, Row

__all__ = ["Plan", "compare", "kept", "measure", "sampled"]

SEEN = 0.02
"""Seconds that a round should take at least, so that the clock sees it well."""
LONG_ROUND = 0.6
"""Seconds that repeating the work for :data:`SEEN` may take, with what is not timed."""
MOST_LOOPS = 1000
MORE = 3
"""How many times as many rounds a figure within the noise may have."""
FEWEST = 1
BUDGET = 12.0
"""Seconds after which a contender takes part in no more rounds."""


@dataclass(frozen=True)
class Plan:
    """How thoroughly to measure: how many rounds, and how many inputs at most (0 for all)."""

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
    return item if isinstance(item, str) else " | ".join(map(str, item))


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
    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.rounds: list[list[float]] = []
        self.loops = 1
        self.spent = 0.0

    def warm_up(self) -> None:
        """Do the work once, and work out how often it has to be repeated."""
        done = self.seat.round(1)
        seen = sum(done.samples)
        wanted = math.ceil(SEEN / seen) if seen > 0 else MOST_LOOPS
        possible = math.floor(LONG_ROUND / done.whole) if done.whole > 0 else MOST_LOOPS
        self.loops = max(1, min(wanted, possible, MOST_LOOPS))

    def take_turn(self) -> None:
        """Do one round, unless there is no time left for it."""
        if self.spent < BUDGET or len(self.rounds) < FEWEST:
            done = self.seat.round(self.loops)
            self.rounds.append(done.samples)
            self.spent += done.whole

    def seconds(self, items: int) -> list[float]:
        """Return the seconds of one input, for each round."""
        return [sum(samples) / items for samples in self.rounds]


def _wrong(name: str, wrong: Sequence[Any], ours: str) -> str:
    shown = "; ".join(_text(item)[:200] for item in wrong[:3])
    return f"{name} answers {len(wrong)} inputs otherwise than {ours}: {shown}"


def measure(benchmark: Benchmark, seats: Mapping[str, Seat], items: Sequence[Any],
            plan: Plan, notes: Sequence[str] = ()) -> Result:  # fmt: skip
    """Let everybody at *seats* answer *items*, time them, and return what came of it.

    *seats* has a seat for each contender, ours first.  A failure of a
    contender's process raises :exc:`tests.benchkit.client.WorkerError`.
    """
    ours = benchmark.ours
    answers = {name: seat.answers(items) for name, seat in seats.items()}
    places, taken = kept(benchmark, items, answers)
    told = (*notes, *(f"left out: {reason} ({count} inputs)" for reason, count in taken.items()))
    failures = []
    missed = {}
    for name, given in answers.items():
        compared = compare(
            items, answers[ours], given, may_miss=name in benchmark.may_miss, places=places
        )
        missed[name] = compared.missed
        if compared.wrong:
            failures.append(_wrong(name, compared.wrong, ours))
    if not places:
        return Result(benchmark.name, benchmark.unit, ours, 0, (),
                      (*failures, "there is no input that everybody answers"),
                      told)  # fmt: skip
    contenders = {name: _Contender(seat) for name, seat in seats.items()}
    for name, contender in contenders.items():
        seats[name].keep(places)
        contender.warm_up()

    def rows() -> list[Row]:
        own = contenders[ours].seconds(len(places))
        order = [name for name in benchmark.ways if name in contenders] or list(contenders)
        return [
            _row(name, contender, len(places), None if name == ours else own,
                 benchmark.bars.get(name), answers[name].count(REFUSED), missed[name])
            for name, contender in ((name, contenders[name]) for name in order)
        ]  # fmt: skip

    for done in range(1, MORE * plan.rounds + 1):
        for contender in contenders.values():
            contender.take_turn()
        if done >= plan.rounds and not any(row.verdict is Verdict.NOISE for row in rows()):
            break
    return Result(benchmark.name, benchmark.unit, ours, len(places), tuple(rows()),
                  tuple(failures), told)  # fmt: skip


def _row(name: str, contender: _Contender, items: int, ours: Sequence[float] | None,
         bar: Bar | None, refused: int, missed: int) -> Row:  # fmt: skip
    seconds = contender.seconds(items)
    compared = ratios(seconds, ours) if ours is not None else []
    ratio = spread(compared) if compared else None
    late = late_of(contender.rounds)
    figure = None
    if bar is not None:
        percentile = None if late is None else Spread(late, late, late)
        figure = {"ratio": ratio, "median": spread(seconds), "late": percentile}[bar.figure]
    return Row(name, spread(seconds), late, ratio, bar, verdict(bar, figure),
               len(contender.rounds), refused, missed)  # fmt: skip
