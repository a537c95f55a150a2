"""Nine families of markers that normal forms cannot hold, of Trigpoint alone: no peer does all.

Each starts with empty memories; *canonical* is from text to diagram,
*simplified* goes on to the simplified text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.benchkit import Benchmark, Way, each, under
from tests.benchkit.declare import OURS
from tests.markers.families import FAMILIES

__all__ = ["BENCHMARKS"]

SIZES = {40: 0.150, 100: 2.0}
"""Sizes, and the seconds that each may take."""
SIMPLIFIED = f"{OURS}, simplified"


def _canonical(text: str) -> Any:
    from trigpoint.markers import Marker

    marker = Marker(text)
    marker.is_satisfiable()
    return marker


def _simplified(text: str) -> str:
    return str(_canonical(text).simplify())


def _way(work: Callable[[str], object]) -> Way:
    return Way(
        each(work),
        answer=lambda text: "1" if work(text) else "0",
        forgets=("trigpoint", "packaging"),
    )


def _text(name: str, size: int) -> list[str]:
    return [FAMILIES[name](size)]


BENCHMARKS = tuple(
    Benchmark(
        f"{name}, n = {size}",
        "marker",
        partial(_text, name, size),
        {OURS: partial(_way, _canonical), SIMPLIFIED: partial(_way, _simplified)},
        {OURS: under(seconds), SIMPLIFIED: under(seconds)},
    )
    for name in FAMILIES
    for size, seconds in SIZES.items()
)
