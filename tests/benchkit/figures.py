"""Medians, quartiles and verdicts."""

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
    """The median of some values, and the quartiles around it."""

    median: float
    low: float
    high: float


class Verdict(StrEnum):
    """How a figure stands to its bar."""

    MET = "met"
    NOISE = "within the noise"
    """The bar is between the quartiles: more rounds would tell."""

    MISSED = "not met"
    NONE = ""
    """There is no bar, or nothing to hold against it."""


def spread(values: Sequence[float]) -> Spread:
    """Return the median and the quartiles of at least one value.

    >>> spread([1, 2, 3, 4, 100])
    Spread(median=3, low=2.0, high=4.0)
    """
    if len(values) == 1:
        return Spread(values[0], values[0], values[0])
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(statistics.median(values), low, high)


def ratios(theirs: Sequence[float], ours: Sequence[float]) -> list[float]:
    """Return how many times as long they took, round by round.

    A contender that had too few rounds is compared in those that it had.  A
    round in which ours took no measurable time says nothing.
    """
    return [
        their / our for their, our in zip(theirs, ours, strict=False) if our > 0 and their >= 0
    ]


def late_of(rounds: Sequence[Sequence[float]]) -> float | None:
    """Return the 95th percentile of the inputs, each by the median of its rounds.

    *rounds* has a time an input for each round.  With fewer than twenty inputs
    the slowest is returned, and None where inputs were not timed apart.
    """
    if not rounds or len(rounds[0]) < 2:
        return None
    by_item = sorted(statistics.median(times) for times in zip(*rounds, strict=True))
    return by_item[math.ceil(0.95 * len(by_item)) - 1]


def verdict(bar: Bar | None, figure: Spread | None) -> Verdict:
    """Hold *figure* against *bar*; what is not quite sure is within the noise."""
    if bar is None or figure is None:
        return Verdict.NONE
    if bar.side == "least":
        sure, lost = figure.low >= bar.value, figure.high < bar.value
    else:
        sure, lost = figure.high <= bar.value, figure.low > bar.value
    return Verdict.MET if sure else Verdict.MISSED if lost else Verdict.NOISE
