"""One contender at its bench: answers inputs, and times rounds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.benchkit.declare import Benchmark, Cold, Way
from tests.benchkit.memories import memories

__all__ = ["REFUSED", "Bench", "Round", "Seat"]

REFUSED = "?"
"""Stands for the answer that a contender does not give."""


@dataclass(frozen=True)
class Round:
    """The seconds of one round: of each input, or of all; and with what the clock does not see."""

    samples: list[float]
    whole: float


class Seat(Protocol):
    """Where a contender sits: in this process, or behind a pipe."""

    def answers(self, items: Sequence[Any]) -> str:
        """Take *items* and answer each with a letter."""

    def keep(self, places: Sequence[int]) -> None:
        """Go on with the items at *places* only."""

    def round(self, loops: int) -> Round:
        """Do all the work *loops* times, and return the seconds of one time."""

    def close(self) -> None:
        """Leave."""


class Bench:
    """A contender in this process.

    ``clock`` returns the processor time so far, in seconds.
    """

    def __init__(
        self, benchmark: Benchmark, way: str, clock: Callable[[], float] = time.process_time
    ) -> None:
        self._benchmark = benchmark
        self._way: Way = benchmark.ways[way]()
        self._clock = clock
        self._items: list[Any] = []
        self._things: Any = None
        self._clears: list[Callable[[], object]] = []

    def answers(self, items: Sequence[Any]) -> str:
        self._items = list(items)
        return "".join(map(self._answer, self._items))

    def _answer(self, item: Any) -> str:
        try:
            return self._way.answer(item)
        except Exception:  # noqa: BLE001 (each library has exceptions of its own)
            return REFUSED

    def keep(self, places: Sequence[int]) -> None:
        self._items = [self._items[place] for place in places]
        # All modules are loaded now, as every input has been answered.
        self._clears = memories(self._way.forgets)
        if self._benchmark.cold is Cold.NEVER:
            self._things = self._way.ready(self._items)
        gc.collect()
        gc.freeze()

    def round(self, loops: int) -> Round:
        begin = time.perf_counter()
        total: list[float] = []
        for _ in range(loops):
            seconds = self._once()
            total = [a + b for a, b in zip(total, seconds, strict=True)] if total else seconds
        return Round([each / loops for each in total], time.perf_counter() - begin)

    def close(self) -> None:
        gc.unfreeze()

    def _once(self) -> list[float]:
        cold, apart = self._benchmark.cold, self._benchmark.apart
        if cold is Cold.ROUND:
            self._forget()
        gc.collect()
        if cold is Cold.ITEM or (apart and self._way.seconds is None):
            seconds = []
            for item in self._items:
                if cold is Cold.ITEM:
                    self._forget()
                seconds.append(self._time(self._way.ready([item])))
            # Inputs that are cold one by one need not be told one by one.
            return seconds if apart else [sum(seconds)]
        things = self._things if cold is Cold.NEVER else self._way.ready(self._items)
        if self._way.seconds is not None:
            return list(self._way.seconds(things))
        return [self._time(things)]

    def _time(self, things: Any) -> float:
        run, clock = self._way.run, self._clock
        gc.disable()
        try:
            begin = clock()
            run(things)
            return clock() - begin
        finally:
            gc.enable()

    def _forget(self) -> None:
        for clear in self._clears:
            clear()
