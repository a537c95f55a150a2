"""Diagrams in other shapes answer as before, value by value."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest

from trigpoint.markers import Marker, prepare
from trigpoint.markers.exact.algebra import located, place_in
from trigpoint.markers.exact.axis_names import CODES, KEY
from trigpoint.markers.exact.axis_orders import places
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.nodes import (
    ATOM,
    FALSE,
    FLAG,
    TEXT,
    TRUE,
    Node,
    merge_cuts,
    name_of,
    nodes,
    pick_text,
    profile,
    support,
)
from trigpoint.markers.exact.prepared import Prepared
from trigpoint.markers.exact.reshape import tightened, transplanted, without

POOL = (
    *("sys_platform == 'linux'", "sys_platform == 'win'", "'lin' in sys_platform"),
    *("'linu' in sys_platform", "'win' in sys_platform", "sys_platform in 'linux win'"),
    *("os_name == 'nt'", "'n' in os_name", "os_name == 'linux'", "os_name in 'nt lin'"),
    *("platform_release === 'LINUX'", "'l' in platform_release", "platform_release == 'linux'"),
    *("'inu' in platform_release", "platform_release in 'linux-5'", "platform_release >= '5'"),
    *("python_version >= '3.9'", "'3.1' in python_version", "extra == 'a'", "extra == 'b'"),
)
TEXTS = ("", "linux", "linu", "lin", "Linux", "l", "win", "win linux", "nt", "x", "n")
WORLD = [
    (platform, name, release, python, frozenset(extras))
    for i, (platform, name) in enumerate(itertools.product(TEXTS, repeat=2))
    for release in [(*TEXTS[:6], "5", "6", "4", "5-linux")[i % 10]]
    for python in [("3.8", "3.9", "3.10")[i % 3]]
    for extras in [("", "a", "b", "ab")[i // 2 % 4]]
]


def prepared(row: tuple[str, str, str, str, frozenset[str]]) -> Prepared:
    """Return the environment of a row."""
    platform, name, release, python, extras = row
    return prepare(
        {
            "sys_platform": platform,
            "os_name": name,
            "platform_release": release,
            "python_version": python,
            "python_full_version": f"{python}.0",
            "extras": extras,
        }
    )


PLACES = {row: prepared(row) for row in WORLD}


def answers(node: Node) -> list[bool]:
    """Return what *node* answers everywhere."""
    return [each.holds(node) for each in PLACES.values()]


def combined(chance: random.Random, size: int) -> Marker:
    """Return a random combination of comparisons."""
    if size == 1:
        found = Marker(chance.choice(POOL))
        return found if chance.random() < 0.7 else ~found
    first = chance.randint(1, size - 1)
    a, b = combined(chance, first), combined(chance, size - first)
    return a & b if chance.random() < 0.5 else a | b


def own(chance: random.Random, loose: bool) -> Space:
    """Return a space in an order of its own."""
    codes = [*dict.fromkeys(code for name, code in CODES.items() if not name.startswith("ext"))]
    names = [*codes, "za", "zb"]
    chance.shuffle(names)
    return Space(places(names), loose=loose)


@pytest.mark.parametrize("loose", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_another_order_answers_alike(seed: int, loose: bool) -> None:
    """So does the same without what tests that stand apart make impossible."""
    chance = random.Random(seed)
    for _ in range(4):
        node = combined(chance, chance.randint(2, 6)).meaning.node
        space = own(chance, loose)
        moved = transplanted(space, node, place_in(space))
        expected = answers(node)
        assert expected == answers(moved)
        # Axes follow each other in the order of the space.
        for each in nodes(moved):
            assert all(each.axis < kid.axis for kid in each.kids)
        tight = tightened(space, moved)
        assert expected == answers(tight)
        assert loose or tight is moved


@pytest.mark.parametrize("seed", range(12))
def test_what_is_left_out_may_be_anything(seed: int) -> None:
    """A diagram without an axis holds where some value of it makes the diagram hold."""
    chance = random.Random(seed)
    fields = {"c": 0, "b": 1, "za": 4, "zb": 4}
    marker = combined(chance, 5) & Marker("extra == 'a' or os_name == 'nt' or 'l' in sys_platform")
    space, node = located(marker.meaning)
    for names in ({"c"}, {"b"}, {"za"}, {"za", "zb"}, set[str]()):
        rest = without(space, node, names)
        assert not names & set(support(rest))
        for row in WORLD[::4]:
            rows = {row}
            for name in names:
                for each in tuple(rows):
                    for value in TEXTS if fields[name] < 4 else (False, True):
                        changed: list[Any] = list(each)
                        if isinstance(value, bool):
                            one = frozenset(name[1:])
                            changed[4] = changed[4] | one if value else changed[4] - one
                        else:
                            changed[fields[name]] = value
                        rows.add(tuple(changed))
            held = [(PLACES.get(each) or prepared(each)).holds(node) for each in rows]
            assert any(held) is PLACES[row].holds(rest)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("'linu' in sys_platform", "'lin' in sys_platform"),
        ("sys_platform == 'linux'", "'lin' in sys_platform"),
        ("sys_platform == 'linux'", "'win' not in sys_platform"),
        ("sys_platform == 'linux'", "sys_platform in 'linux2'"),
        ("sys_platform == 'linux'", "sys_platform not in 'win'"),
        ("platform_release == 'linux'", "platform_release === 'LINUX'"),
        ("platform_release == 'lin'", "platform_release !== 'x'"),
        ("'3.1' in python_version", "'3' in python_version"),
        ("'linu' in platform_release", "'inu' in platform_release"),
    ],
)
@pytest.mark.parametrize("loose", [False, True])
def test_what_tests_say_of_each_other(first: str, second: str, loose: bool) -> None:
    """One that decides another leaves no path on which it does not, in any space."""
    plain = Marker(second.replace("!==", "==="))
    marker = ~plain if "!==" in second else plain
    for backwards in (False, True):
        space = own(random.Random(3), loose)
        translate = place_in(space)
        asked = [(Marker(first), 0), (marker, 1)]
        moved = {
            number: transplanted(space, each.meaning.node, translate)
            for each, number in (reversed(asked) if backwards else asked)
        }
        here, there = moved[0], space.negate(moved[1])
        assert tightened(space, space.meet(here, there)) is FALSE
        assert tightened(space, space.meet(here, moved[1])) is not FALSE
        assert tightened(space, space.meet(space.negate(here), moved[1])) is not FALSE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sys_platform == 'linux'", "'lin' not in os_name"),
        ("'linu' in sys_platform", "'lin' not in os_name"),
        ("'lin' in sys_platform", "'linu' not in sys_platform"),
        ("'linux' in sys_platform", "sys_platform not in 'linux'"),
        ("sys_platform in 'lin'", "'lin' not in sys_platform"),
        ("sys_platform in 'linu'", "sys_platform not in 'lin'"),
        ("'3.1' in python_full_version", "'3' not in python_version"),
    ],
)
def test_what_tests_do_not_say_of_each_other(first: str, second: str) -> None:
    """Of another variable, of less, and of another kind of test, nothing is known."""
    space = own(random.Random(3), loose=True)
    pair = [
        transplanted(space, Marker(text).meaning.node, place_in(space)) for text in (first, second)
    ]
    whole = space.meet(*pair)
    assert tightened(space, whole) is whole


# -- nodes ----------------------------------------------------------------------------------


def test_a_text_picks_its_answer() -> None:
    """Texts and tests of one variable are answered, and nothing else is."""
    marker = Marker(
        "os_name == 'linux' and extra == 'a' or 'lin' in os_name and sys_platform == 'x'"
    )
    node = marker.meaning.node
    for value in TEXTS:
        left = pick_text(node, value)
        assert left == marker.restrict({"os_name": value}).meaning.node
    assert pick_text(TRUE, "x") is TRUE
    test = Marker("'lin' in os_name").meaning.node
    assert (test.kind, node.kind) == (ATOM, TEXT)
    assert (pick_text(test, "linux"), pick_text(test, "x")) == (TRUE, FALSE)


def test_what_nodes_show() -> None:
    """Each node once, and each axis once in order."""
    marker = Marker("(os_name == 'nt' or extra == 'b') and extra == 'a' and python_version > '3'")
    node = marker.meaning.node
    found = list(nodes(node))
    assert len({id(each) for each in found}) == len(found) == 5
    assert ["a", "b", "za", "zb"] == support(node)
    assert sorted(support(node)) == sorted({name_of(each) for each in found})
    assert [] == list(nodes(TRUE))
    assert [] == support(FALSE) == profile(TRUE)
    assert ["a", "b\x01", "za", "zb"] == [axis[KEY] for axis in profile(node)]
    assert ["b\x01"] == [axis[KEY] for axis in profile(Marker("os_name == 'nt'").meaning.node)]
    many = Marker(" and ".join(f"extra == 'e{i}'" for i in range(9))).meaning.node
    assert ["ze0", "ze1", "ze2", "ze3"] == [axis[KEY] for axis in profile(many)]
    assert ("TRUE", "FALSE") == (repr(TRUE), repr(FALSE))
    assert FLAG == many.kind
    assert "<Node 'ze0' (), 2 answers>" == repr(many)


@pytest.mark.parametrize("op", ["<", "<=", ">", "==", "!="])
def test_cuts_are_merged(op: str) -> None:
    """In order, each once, with what both leave between them."""
    texts = [f"python_version {op} '3.{i}'" for i in (1, 3, 5)] + [
        "python_version in '3.0 3.3 3.9'"
    ]
    for first, second in itertools.product(texts, repeat=2):
        f, g = Marker(first).meaning.node, Marker(second).meaning.node
        cuts, lefts, rights = merge_cuts(f, g)
        assert sorted({*f.cuts, *g.cuts}) == cuts
        for end, left, right in zip([*cuts, b"\xff"], lefts, rights, strict=True):
            look: Callable[[Node], Node] = lambda node, end=end: node.kids[  # type: ignore[misc]
                sum(cut < end for cut in node.cuts)
            ]
            assert (look(f), look(g)) == (left, right)
