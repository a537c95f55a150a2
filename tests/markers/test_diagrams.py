"""Operations on diagrams: however deep they are, the same nodes come out."""

from __future__ import annotations

import itertools

import pytest

from trigpoint.markers.exact import diagrams
from trigpoint.markers.exact.axis_names import EXTRAS, flag_axis
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.lowering import leaf
from trigpoint.markers.exact.nodes import FALSE, TRUE, Node
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import Comparison

COMPARISONS = (
    "python_version >= '3.9'",
    "python_full_version < '3.11.2'",
    "python_full_version == '3.10.1'",
    "sys_platform == 'linux'",
    "sys_platform == 'win32'",
    "'lin' in sys_platform",
    "'linux' in sys_platform",
    "'win' in sys_platform",
    "os_name != 'nt'",
    "extra == 'a'",
    "extra == 'b'",
)


def nodes(space: Space) -> list[Node]:
    """Return diagrams of one, two and three comparisons in *space*."""
    single = []
    for text in COMPARISONS:
        node = parse(text)
        assert isinstance(node, Comparison)
        single.append(leaf(space, node))
    pairs = list(zip(single, single[3:] + single[:3], strict=True))
    double = [space.meet(f, g) for f, g in pairs] + [space.join(f, g) for f, g in pairs]
    return [
        *single,
        *double,
        *(space.join(f, space.negate(g)) for f, g in zip(double, single * 2, strict=True)),
    ]


def test_deep_operations_find_the_same_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where recursion ends, a stack takes over, with the same result for every pair."""
    space = Space()
    pairs = list(itertools.product(nodes(space), repeat=2))
    shallow = [(space.meet(f, g), space.join(f, g)) for f, g in pairs]
    space.forget()
    monkeypatch.setattr(diagrams, "_SHALLOW", -1)
    calls = []
    deep = Space._apply_deep

    def counted(*arguments: Node) -> Node:
        calls.append(arguments)
        return deep(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Space, "_apply_deep", counted)
    for (f, g), (both, either) in zip(pairs, shallow, strict=True):
        assert both is space.meet(f, g)
        assert either is space.join(f, g)
    assert calls


def test_what_is_asked_without_building() -> None:
    """Apart and within say what meeting and joining would."""
    space = Space()
    for f, g in itertools.product(nodes(space), repeat=2):
        for _ in range(2):
            assert (space.meet(f, g) is FALSE) is space.apart(f, g)
            assert (space.meet(f, space.negate(g)) is FALSE) is space.within(f, g)
    assert space.apart(FALSE, TRUE)
    assert not space.within(TRUE, FALSE)


def test_how_much_is_remembered() -> None:
    """More than a number of steps; what is forgotten takes no node away."""
    space = Space()
    found = nodes(space)
    assert space.within(found[0], space.join(found[0], found[3]))
    count = space.steps() + 1
    assert space.remembers(count - 1)
    assert not space.remembers(count)
    space.forget()
    assert not space.remembers(0)
    assert found == nodes(space)


def test_each_pair_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for a path costs as much as there are pairs of nodes, not as there are paths."""
    space = Space()
    odd = FALSE
    for number in range(20):
        # Whether the number of extras is odd: two nodes a level, and a million paths.
        asked = space.flag(flag_axis(EXTRAS, f"x{number:02}"), FALSE, TRUE)
        odd = space.join(space.meet(odd, space.negate(asked)), space.meet(space.negate(odd), asked))
    rare = space.meet(odd, space.flag(flag_axis(EXTRAS, "y"), FALSE, TRUE))
    calls = 0
    split = Space._split

    def counted(*arguments: Node) -> object:
        nonlocal calls
        calls += 1
        assert calls < 200, "a pair is looked at again"
        return split(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Space, "_split", counted)
    assert space.within(rare, odd)
    assert calls
    calls = 0
    assert space.within(rare, odd)
    assert not calls
