"""Medians, how sure they are, and verdicts."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.benchkit.declare import Bar

__all__ = ["Spread", "Verdict", "late_of", "ratios", "spread", "verdict"]


@dataclass(frozen=True)
class Spread:
    """The median of some values, and between what the median of many more would be.

    ``low`` and ``high`` enclose it with 95 % confidence from six values on, and
    are the least and the greatest of fewer.
    """

    median: float
    low: float
    high: float


class Verdict(StrEnum):
    """How a figure stands to its bar."""

    MET = "met"
    NOISE = "within the noise"
    """The bar is where the median might be: more rounds would tell."""

    MISSED = "not met"
    NONE = ""
    """There is no bar, or nothing to hold against it."""


def spread(values: Sequence[float]) -> Spread:
    """Return the median of at least one value, and how sure it is.

    The interval is that of the sign test: it takes nothing for granted about how
    the values are distributed, and gets narrower with more of them.

    >>> spread([1, 2, 3, 4, 100])
    Spread(median=3, low=1, high=100)
    >>> spread(range(101))
    Spread(median=50, low=40, high=60)
    """
    ordered = sorted(values)
    count = len(ordered)
    outside = max(0, math.floor((count - 1.96 * math.sqrt(count)) / 2))
    return Spread(statistics.median(ordered), ordered[outside], ordered[count - 1 - outside])


def ratios(theirs: Sequence[float], ours: Sequence[float]) -> list[float]:
    """Return how many times as long they took, round by round.

    A contender that had too few rounds is compared in those that it had.  A
    round in which ours took no measurable time says nothing.
    """
    return [their / our for their, our in zip(theirs, ours, strict=False) if our > 0 and their >= 0]


def late_of(rounds: Sequence[Sequence[float]]) -> float | None:
    """Return the 95th percentile of the inputs, each by the median of its rounds.

    *rounds* has a time an input for each round.  With fewer than twenty inputs
    the slowest is returned, and None where inputs were not timed apart.
    """
    if not rounds or len(rounds[0]) < 2:
        return None
    by_item = sorted(statistics.median(times) for times in zip(*rounds, strict=True))
    late: float = by_item[math.ceil(0.95 * len(by_item)) - 1]
    return late


def verdict(bar: Bar | None, figure: Spread | None) -> Verdict:
    """Hold *figure* against *bar*; what is not quite sure is within the noise."""
    if bar is None or figure is None:
        return Verdict.NONE
    if bar.side == "least":
        sure, lost = figure.low >= bar.value, figure.high < bar.value
    else:
        sure, lost = figure.high <= bar.value, figure.low > bar.value
    return Verdict.MET if sure else Verdict.MISSED if lost else Verdict.NOISE
