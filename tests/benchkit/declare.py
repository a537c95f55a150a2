"""What a benchmark says of itself: a name, its inputs, its contenders and the bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

__all__ = [
    "OURS",
    "Bar",
    "Benchmark",
    "Cold",
    "Way",
    "each",
    "faster",
    "growing",
    "late",
    "under",
]

OURS = "trigpoint"
"""The contender that ratios are taken to, unless a benchmark says otherwise."""


class Cold(Enum):
    """When the memories of a contender's packages are emptied."""

    ROUND = "before every round"
    ITEM = "before every input"
    NEVER = "never"


@dataclass(frozen=True)
class Bar:
    """A number to hold: what it is about, on which side of it to be, and how much.

    ``figure`` is ``"ratio"`` (the contender's time by ours), ``"median"`` or
    ``"late"`` (the 95th percentile), both in seconds an input.  A ratio has to
    be at least the value where ``side`` is ``"least"``, all else at most.
    """

    figure: Literal["ratio", "median", "late"]
    side: Literal["least", "most"]
    value: float


def faster(ratio: float) -> Bar:
    """The contender takes at least *ratio* times as long as ours; below 1, it does less."""
    return Bar("ratio", "least", ratio)


def growing(ratio: float) -> Bar:
    """The contender, which has more to do, takes at most *ratio* times as long as ours."""
    return Bar("ratio", "most", ratio)


def under(seconds: float) -> Bar:
    """Half of the rounds take at most *seconds* an input."""
    return Bar("median", "most", seconds)


def late(seconds: float) -> Bar:
    """95 of 100 inputs take at most *seconds*."""
    return Bar("late", "most", seconds)


def _same(items: Sequence[Any]) -> Any:
    return items


def _done(_item: Any) -> str:
    return "1"


@dataclass(frozen=True)
class Way:
    """How one contender does what a benchmark asks for.

    ``ready`` makes of the inputs what ``run`` takes; the clock does not see it.
    ``run`` is what the clock sees.  ``answer`` answers one input, unseen by the
    clock, with one letter: ``"1"`` yes, ``"0"`` no; an exception means that the
    contender refuses the input.  ``forgets`` names the packages whose memories
    are emptied.  ``seconds`` replaces the clock for work that is done elsewhere,
    such as in a browser: it returns one time an input.
    """

    run: Callable[[Any], object]
    ready: Callable[[Sequence[Any]], Any] = _same
    answer: Callable[[Any], str] = _done
    forgets: tuple[str, ...] = ()
    seconds: Callable[[Any], Sequence[float]] | None = None


def each(function: Callable[[Any], object]) -> Callable[[Sequence[Any]], None]:
    """Return what calls *function* with each input."""

    def run(items: Sequence[Any]) -> None:
        for item in items:
            function(item)

    return run


@dataclass(frozen=True)
class Benchmark:
    """One thing to measure.

    ``unit`` says what one input is, ``items`` makes the inputs (JSON-ready, so
    that every contender's process gets the same).  ``ways`` has a function for
    each contender that makes its :class:`Way`; whatever it imports, it imports
    then, and a contender that is not installed is left out.  ``bars`` are the
    numbers to hold, by contender.

    ``ours`` is the contender that ratios are taken to.  ``apart`` times each
    input by itself, so that there is a 95th percentile.  ``may_miss`` names
    contenders that may say no where ours says yes, because they decide only
    some cases; the opposite is a failure.  ``together`` puts all contenders into
    one process, which only makes sense where they work elsewhere.  ``known`` says, by
    contender, in what it is known to differ: a pattern that is searched in the
    input, and the reason.  Those inputs are timed for none.
    """

    name: str
    unit: str
    items: Callable[[], Sequence[Any]]
    ways: Mapping[str, Callable[[], Way]]
    bars: Mapping[str, Bar] = field(default_factory=dict)
    ours: str = OURS
    cold: Cold = Cold.ROUND
    apart: bool = False
    may_miss: frozenset[str] = frozenset()
    together: bool = False
    known: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
