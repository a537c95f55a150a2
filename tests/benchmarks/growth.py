"""How work grows with the size of what a reader pastes: the processor time at n, 2n and 4n.

The families are those of ``tests/growth/families.py``.  From 2n to 4n, work of n
log n takes about 2.2 times as long, of n squared 4 times; the bar leaves room for noise.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.benchkit import Benchmark, Way, growing
from tests.growth.families import FAMILIES, Family

__all__ = ["BENCHMARKS"]

MOST = 2.6
"""How many times as long 4n may take as 2n."""
BASE, MIDDLE, LARGE = "n", "2n", "4n"
_TIMES = {MIDDLE: 2, BASE: 1, LARGE: 4}


def _once() -> list[str]:
    return ["once"]


def _way(family: Family, times: int) -> Way:
    given: Any = family.make(family.size * times)

    def ask(_once: object) -> object:
        return family.ask(given)

    def answer(_once: object) -> str:
        ask(_once)
        return "1"

    return Way(ask, answer=answer, forgets=("trigpoint", "packaging"))


BENCHMARKS = tuple(
    Benchmark(
        f"{name}, n = {family.size} {family.parts}",
        "input",
        _once,
        {name: partial(_way, family, times) for name, times in _TIMES.items()},
        {LARGE: growing(MOST)},
        ours=MIDDLE,
    )
    for name, family in FAMILIES.items()
)
