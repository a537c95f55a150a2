"""The search for a text that passes tests: its machines, and how much it takes."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trigpoint.markers import Marker, UndefinedComparison
from trigpoint.markers.exact import texts
from trigpoint.markers.exact.axes import place_of
from trigpoint.markers.exact.texts import Demand, Undecided, part_of, spelling, trace
from trigpoint.versions import MOST_DIGITS, is_version, version

PIECES = (
    *("1", "0", "00", "12", ".", "-", "_", "+", "!", "v", "V", " ", "\t", "x", "é", "²"),
    *("a", "b", "c", "rc", "RC", "pre", "preview", "alpha", "beta", "post", "Post", "rev", "r"),
    "dev",
)
versionish = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


def passes(text: str, demand: Demand) -> bool:
    """Run one machine over a text."""
    machine = texts._machine(demand)
    state = machine.start
    for char in text:
        state = machine.step(state, char)
        if state is None:
            return False
    return machine.accepts(state)


@settings(max_examples=1_000)
@given(versionish)
@example("1.0-1")
@example("1.0-1.dev")
@example("\x1f1.0\x85")
def test_versions_are_recognised(text: str) -> None:
    """The machine for spellings takes what is a version, and nothing else."""
    expected = is_version(text)
    assert expected is passes(text, Demand("v", "", True))
    assert expected is not passes(text, Demand("v", "", False))
    assert (expected and text == text.strip()) is bool(trace(text))


@settings(max_examples=500)
@given(st.text("aAbB", max_size=8), st.text("aAbB", min_size=1, max_size=5), st.booleans())
def test_machines_agree_with_python(text: str, literal: str, wanted: bool) -> None:
    """Each machine answers what a comparison of the whole text does."""
    for family, expected in (
        ("i", literal in text),
        ("F", literal in text),
        ("h", text in literal),
        (":", text == literal),
    ):
        assert (expected is wanted) is passes(text, Demand(family, literal, wanted))
    lower = literal.lower()
    assert ((text.lower() == lower) is wanted) is passes(text, Demand("=", lower, wanted))


@pytest.mark.parametrize("literal", ["", "a", "aaaa", "abab", "abcbc", "banana"])
def test_states_of_parts(literal: str) -> None:
    """Every part of a text leads to a state, nothing else does, and there are few."""
    states = texts._substrings(literal)
    assert len(states) <= max(2 * len(literal), 1)
    for size in range(len(literal) + 2):
        for letters in itertools.product(sorted(set(literal)), repeat=size):
            text = "".join(letters)
            assert (text in literal) is passes(text, Demand("h", literal, True))


@pytest.mark.parametrize(
    ("whole", "demands", "expected"),
    [
        ("linux2", [("i", "x", True)], "x"),
        ("linux2", [("i", "x", True), (":", "x", False)], "ux"),
        ("linux2", [("i", "l", True), ("i", "2", True)], "linux2"),
        ("linux2", [("i", "l", True), ("i", "z", True)], None),
        ("linux2", [(":", "", False), ("h", "unix", True)], "i"),
        ("LinuX", [("=", "x", True)], "X"),
        ("11.1", [("v", "", False), (":", "", False)], "."),
        ("1111", [("v", "", False), (":", "", False)], None),
        ("5 5", [("v", "", False), ("i", " ", True), (":", " ", False)], "5 5"),
    ],
)
def test_part_of(whole: str, demands: list[tuple[str, str, bool]], expected: str | None) -> None:
    """A part is a shortest one, and there is none only if no part passes."""
    assert expected == part_of(whole, frozenset(Demand(*demand) for demand in demands))


@pytest.mark.parametrize(
    ("lower", "upper", "demands", "normal", "expected"),
    [
        (None, None, [], True, "0.0.0"),
        (None, None, [], False, "0"),
        ("3.9", "3.9.1", [], False, "3.9"),
        ("3.9", "3.10", [("i", "rc", True)], True, "3.9.0+rc"),
        ("3.9", "3.10", [("i", "R", True)], False, "3.9R"),
        ("3.10rc1", "3.10rc2", [("i", "C", True)], False, "3.10C1"),
        ("3.9", "3.9.1", [("V", "9", False)], True, None),
        ("3.9", "3.9.1", [("i", "v", True)], False, "v3.9"),
        ("3.9", "3.9.1", [("i", "-", True)], False, "3.9-0"),
        ("1!0", None, [(":", "1!0", False)], False, "1!1"),
    ],
)
def test_spelling(
    lower: str | None,
    upper: str | None,
    demands: list[tuple[str, str, bool]],
    normal: bool,
    expected: str | None,
) -> None:
    """The spelling is a shortest one, and there is none only if no spelling passes."""
    ends = [place_of(end) if end else None for end in (lower, upper)]
    found = spelling(*ends, frozenset(Demand(*demand) for demand in demands), normal)
    assert expected == found


@pytest.mark.parametrize("digits", [MOST_DIGITS, MOST_DIGITS + 1])
def test_long_numbers(digits: int) -> None:
    """A version holds a number that every Python can read, and no longer one."""
    needle = "9" * digits
    found = spelling(None, None, frozenset({Demand("i", needle, True)}), False)
    assert (needle if digits == MOST_DIGITS else None) == found
    marker = Marker(f"'{needle}' in python_version")
    assert (digits == MOST_DIGITS) is marker.is_satisfiable()


def test_a_long_number_takes_another_way() -> None:
    """Needles that one number cannot hold are put into two."""
    half = MOST_DIGITS // 2 + 1
    demands = frozenset({Demand("i", "8" * half, True), Demand("i", "7" * half, True)})
    found = spelling(None, None, demands, False)
    assert found is not None
    assert {"8" * half, "7" * half} == set(re.split("[.!]", found))


def _takes_more_than(
    states: int, demand: frozenset[Demand], monkeypatch: pytest.MonkeyPatch
) -> bool:
    spelling.cache_clear()
    monkeypatch.setattr(texts, "MOST_STATES", states)
    try:
        return spelling(None, None, demand, False) != "0+abc"
    except Undecided:
        return True


def test_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that takes more states than the bound says so, one that takes as many does not."""
    demand = frozenset({Demand("i", "abc", True)})
    needed = 0
    while _takes_more_than(needed, demand, monkeypatch):
        needed += 1
    assert needed > 10
    monkeypatch.setattr(texts, "MOST_STATES", needed - 1)
    spelling.cache_clear()
    with pytest.raises(Undecided, match=f"more than {needed - 1} states"):
        spelling(None, None, demand, False)
    spelling.cache_clear()


def test_undecided_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many needles in one value raise what a caller expects of a marker."""
    monkeypatch.setattr(texts, "MOST_STATES", 500)
    marker = Marker(
        " and ".join(f"'.{i}-{i}' in platform_release" for i in range(8))
        + " and platform_release >= '0.dev0'"
    )
    with pytest.raises(UndefinedComparison, match="states"):
        marker.is_satisfiable()


@pytest.mark.parametrize("size", [200, 400])
def test_states_grow_with_the_literal(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long literals take states in proportion to their length."""
    count = 0
    step = texts._Contains.step

    def counted(self: texts._Contains, state: int, char: str) -> object:
        nonlocal count
        count += 1
        return step(self, state, char)

    monkeypatch.setattr(texts._Contains, "step", counted)
    spelling.cache_clear()
    spelling(None, None, frozenset({Demand("V", "9" * size, True)}), True)
    assert count < 150 * size
    part_of.cache_clear()
    count = 0
    whole = "ab" * size
    demands = frozenset({Demand("i", whole[: size + 1], True), Demand("h", whole, True)})
    assert whole[: size + 1] == part_of(whole, demands)
    assert count < 10 * size


@pytest.mark.parametrize("target", ["a.b", "ab", "1.2", "12", "1", "a.1", "a", "01.2"])
def test_segments_of_a_local_version_end_where_they_are_separated(target: str) -> None:
    """A text is equal to a local version where the version that it reads as is."""
    wanted = f"3.12.0+{target}"
    for local in ("a.b", "a.c", "ab", "b", "1.2", "12", "2", "a", "a.0"):
        first = f"3.12.0+{local}"
        marker = Marker(
            f"python_full_version == '{wanted}' and '{first}' in python_full_version "
            f"and python_full_version in '{first},{wanted}'"
        )
        # No version has a comma, so what holds the first is that, or begins the other.
        held = [first, *(wanted[:end] for end in range(len(wanted) + 1))]
        expected = any(
            version(text) == version(wanted) for text in held if first in text and is_version(text)
        )
        assert (local, expected) == (local, marker.is_satisfiable())
