"""Markers whose diagrams take a space of their own, held to packaging and to each other."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

import packaging.markers
import pytest

from trigpoint.markers import Marker
from trigpoint.markers.exact import algebra
from trigpoint.markers.reading.grammar import parse

from .families import FAMILIES

SIZE = 12
LETTERS = "abcdefghijkl"


def _of_pairs(inner: str, outer: str, pair: Callable[[str], tuple[str, str]]) -> str:
    return f" {outer} ".join(f"({f' {inner} '.join(pair(letter))})" for letter in LETTERS)


APART = {
    "extras": _of_pairs("or", "and", lambda x: (f"extra == '1{x}'", f"extra == '2{x}'")),
    "extras, other way": _of_pairs("and", "or", lambda x: (f"extra == '1{x}'", f"extra == '2{x}'")),
    "texts": _of_pairs(
        "or", "and", lambda x: (f"'{x}' in platform_version", f"'{x}' in platform_release")
    ),
    "texts and names": _of_pairs(
        "or", "and", lambda x: (f"'{x}' in sys_platform", f"os_name in '{x}{x}'")
    ),
    "one text": _of_pairs(
        "and", "or", lambda x: (f"'1{x}' in platform_version", f"'2{x}' in platform_version")
    ),
}
"""Markers whose diagrams in the usual order would be large."""

LOOSE = ("texts", "texts and names", "one text")
"""Those whose tests of one text have places apart from each other."""


def points(kind: str) -> list[dict[str, str]]:
    """Return environments, of which some satisfy the marker *kind* and some do not."""
    chance = random.Random(kind)
    found = []
    for number in range(40):
        share = (0.5, 0.9, 1.0, 0.2)[number % 4]
        some = ["".join(x for x in LETTERS if chance.random() < share) for _ in range(2)]
        pairs = "-".join(f"{chance.choice('12')}{x}" for x in some[0])
        both = "-".join(f"1{x}2{x}" for x in some[1][: number % 2])
        found.append(
            {
                "platform_version": f"{pairs}-{both}" if kind == "one text" else some[0],
                "platform_release": some[1],
                "sys_platform": some[0],
                "os_name": chance.choice(LETTERS) * chance.randint(0, 2),
            }
        )
    return found


def said(point: Mapping[str, str]) -> Marker:
    """Return the marker that holds in the environment *point* and in no other."""
    return Marker(" and ".join(f"{name} == '{value}'" for name, value in point.items()))


@pytest.mark.parametrize("kind", APART)
def test_they_are_in_a_space_of_their_own(kind: str) -> None:
    """Otherwise this file would prove nothing."""
    space, _ = algebra.located(Marker(APART[kind]).meaning)
    assert space.order is not None
    assert space.loose is (kind in LOOSE)


@pytest.mark.parametrize("kind", LOOSE)
def test_one_point_after_another(kind: str) -> None:
    """A marker holds at a point if packaging says so, whichever of the two is asked first."""
    marker, oracle = Marker(APART[kind]), packaging.markers.Marker(APART[kind])
    seen = set()
    for values in points(kind):
        point, holds = said(values), oracle.evaluate(values)
        seen.add(holds)
        assert holds is marker.evaluate(values)
        assert holds is point.implies(marker)
        assert holds is not point.disjoint(marker)
        assert holds is not marker.disjoint(point)
        assert holds is (~marker).implies(~point)
        assert holds is ((point & marker) == point)
        assert holds is ((marker | point) == marker)
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        ("extras", "extras"),
        ("extras", "extras, other way"),
        ("extras", "texts"),
        ("texts and names", "texts and names"),
        ("extras", "os_name == 'nt'"),
        ("extras, other way", "extra == '1a'"),
        ("texts", "sys_platform == 'linux'"),
        ("texts and names", "'d' in sys_platform"),
        ("one text", "extra == '1a'"),
    ],
)
def test_two_spaces(kind: str, other: str) -> None:
    """What two markers have to do with each other, each in a space of its own or the usual one."""
    a, b = Marker(APART[kind]), Marker(APART.get(other, other))
    same = kind == other
    for one, two in ((a, b), (b, a)):
        assert (one & two).implies(one)
        assert (one & two).implies(two)
        assert one.implies(one | two)
        assert two.implies(one | two)
        assert (one & ~two).disjoint(two)
        assert ~(one & two) == ~one | ~two
        assert (one == two) is same
        assert (one | two).implies(one & two) is same
        assert one.disjoint(two) is False
        assert (one & two).is_satisfiable()
        assert (one | ~one).is_always()
        found = one.counterexample(two)
        assert (found is None) is same
        if found is not None:
            assert one.evaluate(found) is not two.evaluate(found)


@pytest.mark.parametrize("kind", APART)
def test_where_something_else_is_known(kind: str) -> None:
    """What a marker says where another one holds, from either space to the other."""
    marker, world = Marker(APART[kind]), Marker("os_name == 'nt' or extra == '1a'")
    simple = marker.simplify(assuming=world)
    assert (simple & world) == (marker & world)
    other = world.simplify(assuming=marker)
    assert (other & marker) == (world & marker)
    assert Marker(str(simple)) == simple


def test_long_chains_are_freed() -> None:
    """Nothing of a long chain of computed markers stays when the last of it is gone, each time."""
    for _ in range(3):
        marker = Marker("os_name == 'nt'")
        for number in range(400):
            marker = marker & Marker(f"extra != 'x{number}'")
        del marker
        assert algebra._dying == []
        assert algebra._draining == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("extras", "os_name == 'nt'"),
        ("os_name == 'nt'", "extras"),
        ("texts", "sys_platform == 'linux'"),
        ("extras", "extras, other way"),
        ("one text", "texts and names"),
        ("os_name == 'nt'", "extra == '1a'"),
    ],
)
def test_in_one_space(one: str, two: str) -> None:
    """Two markers meet in one space, where each still means what it does, the first one first."""
    a, b = Marker(APART.get(one, one)).meaning, Marker(APART.get(two, two)).meaning
    found = algebra.together(a, b)
    assert found is not None
    space, first, second = found
    assert algebra.equivalent(algebra.Meaning(a.source, (space, first)), a)
    assert algebra.equivalent(algebra.Meaning(b.source, (space, second)), b)
    assert not algebra.equivalent(algebra.Meaning(a.source, (space, first)), b)


def test_how_many_questions_a_diagram_has() -> None:
    """One for each cut and each name, each asked about in one place."""
    assert algebra.size(Marker("os_name == 'nt'").meaning) == 1
    assert algebra.size(Marker("os_name == 'nt' and extra == 'a'").meaning) == 2
    assert algebra.size(Marker("os_name == 'nt' or os_name != 'nt'").meaning) == 0


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("platform_release === '5'", False),
        ("os_name == 'nt' or platform_release ~= '5.1'", False),
        ("os_name == 'nt' or platform_release == '5.1'", True),
    ],
)
def test_answers_for_all_values(text: str, total: bool) -> None:
    """Two operators have no answer for a release that is no version; it is asked once."""
    meaning = Marker(text).meaning
    assert [meaning.total, meaning.total] == [total, total]


def test_the_shared_space_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is replaced when it has grown large, and markers from before it are still equal."""
    monkeypatch.setattr(algebra, "_TABLE_LIMIT", 150)
    algebra.clear()
    first = Marker("os_name == 'first' and extra == 'a'")
    most = 0
    for number in range(300):
        marker = Marker(f"os_name == 'n{number}' and extra == 'x{number}'")
        assert marker.is_satisfiable()
        most = max(most, len(algebra.shared().table))
    assert most <= 160
    assert first == Marker("extra == 'a' and os_name == 'first'")


def test_much_in_many_parts_stays_in_the_shared_space() -> None:
    """What takes many steps since it has many parts is no reason for another order."""
    algebra.clear()
    before = algebra.shared().steps()
    marker = Marker(FAMILIES["at most one"](60))
    assert algebra.located(marker.meaning)[0] is algebra.shared()
    assert algebra.shared().steps() - before > algebra._PATIENCE


def test_a_space_of_its_own_takes_in_what_joins() -> None:
    """What is joined to a marker whose diagram needs an order of its own gets that order."""
    own = Marker(APART["extras"])
    joined = own & Marker("os_name == 'nt'")
    assert algebra.located(joined.meaning)[0] is algebra.located(own.meaning)[0]


@pytest.mark.parametrize("text", ["a or (b or (c or (d and e)))", "a and (b and (c and (d or e)))"])
def test_groups_in_groups_of_their_kind(text: str) -> None:
    """Parentheses around what is joined alike change nothing."""
    spelled = re.sub(r"\b([a-e])\b", r"extra == '\1'", text)
    word = text.split()[1]
    other = "and" if word == "or" else "or"
    flat = f" {word} ".join(f"extra == '{x}'" for x in "abc")
    flat += f" {word} (extra == 'd' {other} extra == 'e')"
    nested = Marker(spelled)
    assert nested.counterexample(Marker(flat)) is None
    assert algebra.size(nested.meaning) == 5
    found = algebra.small(parse(spelled))
    assert found is not None
    assert found[1] is algebra.located(nested.meaning)[1]


def test_a_comparison_is_small() -> None:
    """Its diagram is that of the marker with nothing else in it."""
    found = algebra.small(parse("os_name == 'nt'"))
    assert found == algebra.located(Marker("os_name == 'nt'").meaning)
