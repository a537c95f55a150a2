"""Markers that hold nowhere, on no platform that is known, or everywhere.

**Idea.** Several tests can exclude each other: by what they say, as ``python_version <
"3.8"`` and ``python_version > "3.9"`` do, or by what platforms there are, as ``os_name ==
"nt"`` and ``sys_platform == "linux"``.  The first is an empty diagram, the second one that
has nothing in common with :data:`~.assumptions.KNOWN_PLATFORMS`.

**Invariant.** A platform that is not in that table is never said to be impossible: each
test alone must hold on a known one.

**Cost.** A diagram is built only if it is small, see :func:`.algebra.small`, and whatever
would need a search for a text is left alone.

>>> from trigpoint.markers.reading.grammar import parse
>>> text = "os_name == 'nt' and sys_platform == 'linux'"
>>> for finding in nowhere(parse(text), TextIndex(text)):
...     print(finding.message)
no known platform has both os_name == "nt" and sys_platform == "linux": where the first holds, \
sys_platform is 'win32'
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.assumptions import KNOWN_IMPLEMENTATIONS, KNOWN_PLATFORMS, assumed
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.nodes import FALSE, TRUE, Node
from trigpoint.markers.meaning.semantics import UndefinedComparison
from trigpoint.markers.reading.grammar import parse, write_string
from trigpoint.markers.reading.tree import Comparison, Group, Literal, comparisons, write
from trigpoint.markers.reading.tree import Node as Tree

__all__ = ["MOST_TESTS", "nowhere"]

MOST_TESTS = 16
"""Tests of the platform among which two are looked for that exclude each other."""

_MOST_VALUES = 3
"""Values that a message lists."""

_PLATFORM = ("os_name", "sys_platform", "platform_system", "platform_machine")
_IMPLEMENTATION = ("implementation_name", "platform_python_implementation")
_MACHINES = (("aarch64", "arm64", "ARM64"), ("x86_64", "AMD64", "amd64"), ("i686", "x86", "i386"))
"""The names that one kind of machine has on different platforms."""
_NAMES = frozenset((*_PLATFORM, *_IMPLEMENTATION))


class _Test(NamedTuple):
    """A test of a platform, and the name of its variable."""

    test: Comparison
    name: str


def nowhere(root: Tree, index: TextIndex) -> Iterator[Finding]:
    """Yield the finding on a marker that holds nowhere, on no known platform, or everywhere.

    *root* is its tree, *index* that of its text.
    """
    if not isinstance(root, Group):
        return
    tests = list(comparisons(root))
    try:
        found = algebra.small(root)
    except UndefinedComparison:
        return
    if found is None or found[1].lazy:
        return
    span = index.span(root.start, root.end)
    if found[1] is FALSE:
        yield report(
            "marker-never",
            "these tests exclude each other, so that it never holds",
            span,
            Fix("change one of them, or join them with or"),
        )
        return
    if found[1] is TRUE:
        yield report("marker-always", "one of these tests always holds", span, _all_of(root, index))
        return
    platform = [
        _Test(each, each.variable.name)
        for each in tests
        if each.variable is not None and each.variable.name in _NAMES
    ]
    if len({each.name for each in platform}) < 2:
        return
    space, world = algebra.located(assumed("known-platforms"))
    if space is not found[0] or not space.apart(found[1], world):
        return
    if all(_possible(space, world, (each.test,)) for each in platform):
        if renamed := _renamed(space, world, platform, index):
            yield report("marker-no-platform", renamed[0], span, renamed[1])
        else:
            yield report("marker-no-platform", _why(space, world, platform), span, Fix("keep one"))


def _all_of(root: Group, index: TextIndex) -> Fix:
    """Return the fix of a marker *root* that always holds: each of some ``!=`` was meant."""
    parts = [each for each in root.parts if isinstance(each, Comparison) and each.op == "!="]
    if root.op == "or" and len(parts) == len(root.parts):
        span = index.span(root.start, root.end)
        texts = [index.text[each.start : each.end] for each in parts]
        return Fix("join them with and", " and ".join(texts), span)
    return Fix("change one of them, or leave the marker out")


def _possible(space: Space, world: Node, tests: Sequence[Comparison]) -> bool:
    """Say whether a known platform passes all of *tests*."""
    for each in tests:
        small = algebra.small(each)
        assert small is not None, "one test is small"
        world = space.meet(world, small[1])
    return world is not FALSE


def _renamed(
    space: Space, world: Node, tests: Sequence[_Test], index: TextIndex
) -> tuple[str, Fix] | None:
    """Return what to say if a machine has another name where another of *tests* holds."""
    for machine, other in itertools.permutations(tests[:MOST_TESTS], 2):
        test = machine.test
        literal = test.left if isinstance(test.left, Literal) else test.right
        if machine.name != "platform_machine" or test.op != "==" or other.name == machine.name:
            continue
        assert isinstance(literal, Literal), "a test of a platform has a value"
        if _possible(space, world, (test, other.test)):
            continue
        names = next((each for each in _MACHINES if literal.value in each), ())
        rest = [each.test for each in tests if each is not machine]
        for name in names:
            if _possible(space, world, (_equal("platform_machine", name), *rest)):
                said = f"no known platform has both {write(test)} and {write(other.test)}"
                message = f"{said}: that machine is called {name!r} there"
                place = index.span(literal.start, literal.end)
                return message, Fix(f"write {name!r}", write_string(name), place)
    return None


def _why(space: Space, world: Node, tests: Sequence[_Test]) -> str:
    """Say which two of *tests* exclude each other on known platforms, if two do."""
    for first, second in itertools.combinations(tests[:MOST_TESTS], 2):
        if _possible(space, world, (first.test, second.test)):
            continue
        said = f"no known platform has both {write(first.test)} and {write(second.test)}"
        for which, given, other in (("first", first, second), ("second", second, first)):
            values = [
                value
                for value in _values(other.name)
                if _possible(space, world, (given.test, _equal(other.name, value)))
            ]
            if len(values) <= _MOST_VALUES:
                listed = " or ".join(map(repr, values))
                return f"{said}: where the {which} holds, {other.name} is {listed}"
        return said
    return "no known platform passes all of these tests"


@functools.cache
def _values(name: str) -> tuple[str, ...]:
    """Return what the variable *name* is on known platforms."""
    if name in _IMPLEMENTATION:
        pairs = zip(*KNOWN_IMPLEMENTATIONS, strict=True)
        return tuple(dict.fromkeys(list(pairs)[_IMPLEMENTATION.index(name)]))
    place = _PLATFORM.index(name)
    found: dict[str, None] = {}
    for row in KNOWN_PLATFORMS:
        value = row[place]
        found |= dict.fromkeys((value,) if isinstance(value, str) else value)
    return tuple(found)


def _equal(name: str, value: str) -> Comparison:
    """Return the test that the variable *name* is *value*."""
    made = parse(f"{name} == {write_string(value)}")
    assert isinstance(made, Comparison)
    return made
