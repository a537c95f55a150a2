"""A number that equal meanings share, whatever order their diagrams are in.

**Idea.** The fingerprint is the weight of the environments in which a diagram holds,
among a fixed sample of environments, modulo a prime.  Weights of the values of
one axis add up to one, so an axis that does not matter does not show, and the
order of axes cannot matter.  Names have weights of their own, so markers about
different extras differ.

**Invariant.** Equal meanings have equal fingerprints, in any space.  The opposite is
likely only: what no sample tells apart collides.

**Cost.** A walk for each node and sample of its axis; where tests stand apart, one for
each sample of their axes together.

For one axis with a sample of three values that weigh 5, 7 and the rest of one, -11, a
diagram that holds at the first two has the fingerprint 12, and its opposite -11:
together one, as everything has.

>>> from trigpoint.markers import Marker
>>> nt = Marker("os_name == 'nt'").meaning.node
>>> posix = Marker("os_name != 'nt'").meaning.node
>>> (fingerprint(nt) + fingerprint(posix)) % _PRIME
1
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from trigpoint import versions
from trigpoint.markers.exact.axes import version_position
from trigpoint.markers.exact.axis_names import (
    CODE,
    CODES,
    CONTAINS_MINOR,
    KEY,
    PYTHON,
    RELEASES,
)
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.lowering import full_text, place_in_text
from trigpoint.markers.exact.nodes import (
    ATOM,
    CUTS,
    FALSE,
    FLAG,
    TEXT,
    TRUE,
    Node,
    atom_holds,
    nodes,
)
from trigpoint.markers.exact.restrict import Given, Known, minor_of
from trigpoint.markers.meaning.known_values import KNOWN_VALUES

__all__ = ["fingerprint"]

_PRIME = (1 << 61) - 1


class _Sample(NamedTuple):
    text: str
    minor: str
    place: bytes
    weight: int


def _weight(*what: object) -> int:
    return hash(what) % _PRIME


def _weighted(code: str, values: Sequence[tuple[str, str, bytes]]) -> tuple[_Sample, ...]:
    samples = [_Sample(*value, _weight(code, value[0])) for value in values]
    rest = (1 - sum(sample.weight for sample in samples[1:])) % _PRIME
    samples[0] = samples[0]._replace(weight=rest)
    return tuple(sorted(samples, key=lambda sample: sample.place))


@functools.cache
def _samples() -> Mapping[str, tuple[_Sample, ...]]:
    """Return the values that count, by the code of their axis."""
    pythons = [
        versions.version(f"{major}.{minor}.{patch}")
        for major, minors in ((2, (6, 7)), (3, range(31)), (4, (0, 1)))
        for minor in minors
        for patch in range(8)
    ]
    pythons += [
        versions.version(f"3.{minor}.0{pre}") for minor in range(31) for pre in ("a1", "rc1")
    ]
    found = {
        PYTHON: _weighted(
            PYTHON, [(full_text(v), minor_of(v), version_position(v)) for v in pythons]
        )
    }
    releases = [*(f"{n}" for n in range(30)), *(f"{n}.{m}" for n in (5, 6) for m in range(20))]
    releases += ["", "10.0.19045", "10.0.26100", "6.8.0-134-generic", "#1 SMP", "tegra"]
    for code in sorted(RELEASES):
        found[code] = _weighted(code, [(text, "", place_in_text(text)) for text in releases])
    for variable, values in KNOWN_VALUES.items():
        code = CODES[variable]
        found[code] = _weighted(code, [(text, "", b"") for text in sorted({*values, "", "?"})])
    return found


def fingerprint(root: Node, *, loose: bool = False) -> int:
    """Return a number that depends on the meaning of *root* alone.

    It is the same in one process only, as hashes are.  *loose* says that tests
    of one text may stand apart.
    """
    if loose:
        return _apart(root)
    return _gathered({FALSE: 0, TRUE: 1}, root)


def _apart(root: Node) -> int:
    """Decide the axes whose tests stand apart first, one sample after the other."""
    space = Space({})
    codes = sorted({node.axis[CODE] for node in nodes(root) if node.kind == ATOM})
    weights = {space.adopt(root): 1}
    for code in codes:
        following: dict[Node, int] = {}
        for node, weight in weights.items():
            for sample in _samples()[code]:
                known = Known(sample.text, sample.place or None, None, sample.minor)
                rest = Given({code: known}, None, None).apply(space, node)
                following[rest] = (following.get(rest, 0) + weight * sample.weight) % _PRIME
        weights = following
    done = {FALSE: 0, TRUE: 1}
    return sum(weight * _gathered(done, node) for node, weight in weights.items()) % _PRIME


def _gathered(done: dict[Node, int], root: Node) -> int:
    samples = _samples()
    plans: dict[Node, list[tuple[int, Node]]] = {}
    stack = [root]
    while stack:
        node = stack[-1]
        if node in done:
            stack.pop()
            continue
        plan = plans.get(node)
        if plan is None:
            plan = plans[node] = _plan(node, samples)
            missing = [kid for _, kid in plan if kid not in done]
            if missing:
                stack += missing
                continue
        done[node] = sum(weight * done[kid] for weight, kid in plan) % _PRIME
    return done[root]


def _plan(node: Node, samples: Mapping[str, tuple[_Sample, ...]]) -> list[tuple[int, Node]]:
    """Return what follows the questions about one axis, with the weight of the way there."""
    if node.kind == FLAG:
        yes = _weight(node.axis[KEY])
        return [(1 - yes, node.kids[0]), (yes, node.kids[1])]
    weights: dict[Node, int] = {}
    for sample in samples[node.axis[CODE]]:
        end = _walk(node, sample)
        weights[end] = weights.get(end, 0) + sample.weight
    return [(weight, end) for end, weight in weights.items()]


def _walk(node: Node, sample: _Sample) -> Node:
    code = node.axis[CODE]
    while node.kind and node.axis[CODE] == code:
        if node.kind == CUTS:
            choice = bisect.bisect_right(node.cuts, sample.place)
        elif node.kind == TEXT:
            choice = node.cuts.index(sample.text) + 1 if sample.text in node.cuts else 0
        else:
            family, literal = node.cuts
            choice = atom_holds(
                family, literal, sample.minor if family == CONTAINS_MINOR else sample.text
            )
        node = node.kids[choice]
    return node
