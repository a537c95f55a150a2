"""Which axis a diagram asks about first.

**Idea.** The usual order is fixed: variables in the order of their codes, extras last
and by name.  A marker whose diagram is large in that order gets one of its own,
taken from its text: extras that stand in the same group of comparisons come
close together (the FORCE heuristic of Aloul, Markov and Sakallah, 2003).
Several orders are tried, each with more patience, until one works out.

**Invariant.** Which one that is depends on the marker alone.

**Cost.** Each round sorts the names and looks at every member of every group once;
there are :data:`_ROUNDS` at most.

``a`` stands with ``c``, and ``b`` with ``d``, so each pair comes together:

>>> groups = [["za", "zc"], ["zb", "zd"]]
>>> next(candidates([["za"], ["zb"], *groups]))
['za', 'zc', 'zb', 'zd']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["candidates", "places"]

_ROUNDS = 24


def places(names: Sequence[str]) -> dict[str, str]:
    """Return what the axes *names* begin with, so that they sort in this order."""
    return {name: chr(0x100 + i) for i, name in enumerate(names)}


def candidates(groups: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Yield orders of the axes that *groups* mention, the most promising first.

    Each group holds the axes of comparisons that stand together in the text, in
    text order.  An axis of a variable has one letter, that of a name more.
    """
    first = list(dict.fromkeys(name for group in groups for name in group))
    fixed = sorted(name for name in first if len(name) == 1)
    free = [name for name in first if len(name) > 1]
    inner = [edge for group in groups if len(edge := [n for n in group if len(n) > 1]) > 1]
    gathered = _gather(free, inner)
    yield [*fixed, *gathered]
    # Where each part is joined to all before it, the last one had better be asked first.
    yield [*fixed, *reversed(gathered)]
    yield [*fixed, *free]
    everything = [list(dict.fromkeys(group)) for group in groups if len(set(group)) > 1]
    yield _gather([*fixed, *free], everything)
    yield [*gathered, *fixed]


def _gather(names: list[str], edges: Sequence[Sequence[str]]) -> list[str]:
    """Return *names* so that those of one edge are close together."""
    index = {name: i for i, name in enumerate(names)}
    # An edge pulls less the longer it is: what everything shares says nothing.
    pulls = [([index[name] for name in edge], 1 / (len(edge) - 1) ** 2) for edge in edges]
    order = list(range(len(names)))
    best, best_span = order, _span(order, pulls)
    for _ in range(_ROUNDS):
        place = [0.0] * len(names)
        for i, name in enumerate(order):
            place[name] = i
        total = [0.0] * len(names)
        weight = [0.0] * len(names)
        for members, pull in pulls:
            middle = sum(place[member] for member in members) / len(members)
            for member in members:
                total[member] += middle * pull
                weight[member] += pull
        goal = [total[i] / weight[i] if weight[i] else place[i] for i in range(len(names))]
        moved = sorted(order, key=lambda name: (goal[name], place[name]))
        if moved == order:
            break
        order = moved
        span = _span(order, pulls)
        if span < best_span:
            best, best_span = order, span
    return [names[i] for i in best]


def _span(order: list[int], pulls: Sequence[tuple[list[int], float]]) -> float:
    """Return how far apart the members of edges are, in all."""
    place = [0] * len(order)
    for i, name in enumerate(order):
        place[name] = i
    return sum(
        (max(spots) - min(spots)) * pull
        for members, pull in pulls
        for spots in [[place[member] for member in members]]
    )
