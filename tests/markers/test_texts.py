"""The search for a text that passes tests: its machines, and how much it takes."""

from __future__ import annotations

import itertools
import random
import re
import sys
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from trigpoint.markers import Marker, UndefinedComparison
from trigpoint.markers.exact import texts
from trigpoint.markers.exact.axes import clause_cuts, place_of
from trigpoint.markers.exact.lowering import read_full_version
from trigpoint.markers.exact.restrict import minor_of
from trigpoint.markers.exact.texts import (
    MOST_STEPS,
    Demand,
    Effort,
    Undecided,
    in_case,
    part_of,
    spelling,
    trace,
)
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
    # Parts share a state exactly if they end at the same places.
    parts = {literal[i:j] for i in range(len(literal) + 1) for j in range(i, len(literal) + 1)}
    ends = {
        frozenset(j for j in range(len(literal) + 1) if literal[:j].endswith(part))
        for part in parts
    }
    assert len(ends) == len(states)
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
    low, high = (place_of(end) if end else None for end in (lower, upper))
    found = spelling(low, high, frozenset(Demand(*demand) for demand in demands), normal)
    assert expected == found


@pytest.mark.repeats
@pytest.mark.parametrize("digits", [MOST_DIGITS, MOST_DIGITS + 1])
def test_long_numbers(digits: int) -> None:
    """A version holds a number that every Python can read, and no longer one."""
    needle = "9" * digits
    found = spelling(None, None, frozenset({Demand("i", needle, True)}), False)
    assert (needle if digits == MOST_DIGITS else None) == found
    marker = Marker(f"'{needle}' in python_version")
    assert (digits == MOST_DIGITS) is marker.is_satisfiable()


@pytest.mark.repeats
def test_a_long_number_takes_another_way() -> None:
    """Needles that one number cannot hold are put into two."""
    half = MOST_DIGITS // 2 + 1
    demands = frozenset({Demand("i", "8" * half, True), Demand("i", "7" * half, True)})
    found = spelling(None, None, demands, False, Effort(20 * MOST_STEPS))
    assert found is not None
    assert {"8" * half, "7" * half} == set(re.split("[.!]", found))


def _needed(search: Callable[[Effort], object]) -> int:
    """Return how many steps *search* takes."""
    texts._known.clear()
    effort = Effort()
    search(effort)
    return MOST_STEPS - effort.left


SEARCHES: dict[str, Callable[[Effort], object]] = {
    "spelling": lambda effort: spelling(
        None, None, frozenset({Demand("i", "abc", True)}), False, effort
    ),
    "part": lambda effort: part_of("abcabc", frozenset({Demand("i", "ca", True)}), effort),
    "case": lambda effort: in_case("abc", frozenset({Demand("i", "B", True)}), effort),
}


@pytest.mark.parametrize("remembered", [False, True])
@pytest.mark.parametrize("name", SEARCHES)
def test_the_bound(name: str, remembered: bool) -> None:
    """A search takes as many steps as it may and no more, whether it is remembered or not."""
    search = SEARCHES[name]
    needed = _needed(search)
    assert needed > 10
    found = search(Effort(needed))
    if not remembered:
        texts._known.clear()
    with pytest.raises(Undecided, match="too many steps"):
        search(Effort(needed - 1))
    assert found == search(Effort(needed))


def test_the_default_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever says nothing may take as many steps as one question."""
    demand = frozenset({Demand("i", "abc", True)})
    monkeypatch.setattr(texts, "MOST_STEPS", _needed(SEARCHES["spelling"]))
    texts._known.clear()
    assert "0+abc" == spelling(None, None, demand, False)
    monkeypatch.setattr(texts, "MOST_STEPS", texts.MOST_STEPS - 1)
    with pytest.raises(Undecided):
        spelling(None, None, demand, False)


def test_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many searches as the bound are remembered; one more, and all are forgotten."""
    monkeypatch.setattr(texts, "_MOST_KNOWN", 2)
    texts._known.clear()
    kept = []
    for literal in "abc":
        spelling(None, None, frozenset({Demand("i", literal, True)}), False)
        kept.append(len(texts._known))
    assert [1, 2, 1] == kept


MINORS = " and ".join(f"'{i:02}' in python_version" for i in range(14))
"""More needles than one search can keep apart, all wanted in one value."""


@pytest.mark.repeats
@pytest.mark.parametrize(
    "ask",
    [
        Marker.is_satisfiable,
        lambda marker: marker == Marker(MINORS.replace("13", "99")),
        lambda marker: marker.implies(Marker("python_version < '3'")),
        lambda marker: marker.counterexample(Marker("python_version < '0'")),
    ],
)
def test_undecided_is_an_answer(ask: Callable[[Marker], object]) -> None:
    """Too many needles in one value raise what a caller expects; two such are not "unequal"."""
    with pytest.raises(UndefinedComparison, match="too many steps"):
        ask(Marker(MINORS))


@pytest.mark.repeats
def test_undecided_is_written_and_evaluated() -> None:
    """A marker whose questions stay open has its text, its answer and its equal all the same."""
    marker = Marker(MINORS)
    assert MINORS.replace("'", '"') == str(marker.simplify())
    assert not marker.evaluate()
    assert marker == Marker(MINORS)


def test_needles_in_a_local_version() -> None:
    """Any number of needles is found a place in a local version, zeros in front included."""
    needles = [f"{i:02}" for i in range(30)]
    found = Marker(" and ".join(f"'{each}' in python_full_version" for each in needles))
    witness = found.counterexample(Marker("python_version < '0'"))
    assert witness is not None
    assert all(each in witness["python_full_version"] for each in needles)


def test_question_after_question() -> None:
    """What follows a variable is looked at once, however often it cannot be: no 2^20 paths."""
    wanted = " and ".join(f"(extra == 'a{i}' or extra == 'b{i}')" for i in range(20))
    never = "'3' not in python_full_version and python_full_version in '3.1.0 3.2.0'"
    marker = Marker(f"{wanted} and {never} and 'x.' in platform_release")
    assert not marker.is_satisfiable()
    # Here what cannot be is asked last.
    never = "platform_release === 'x' and 'y' in platform_release"
    wanted = " and ".join(f"('a{i}' in os_name or 'b{i}' in os_name)" for i in range(8))
    assert not Marker(f"{wanted} and {never}").is_satisfiable()


def test_in_other_case() -> None:
    """A release that is a word but for case may have any letters large, however long it is."""
    assert Marker(
        f"platform_release === '{'a' * 40}' and 'A' not in platform_release"
    ).is_satisfiable()
    assert Marker(
        f"platform_release === '{'a' * 40}' and '{'aA' * 20}' == platform_release"
    ).is_satisfiable()
    assert not Marker("platform_release === 'ab' and 'aB' in platform_release").disjoint(
        Marker("'B' in platform_release and 'A' not in platform_release")
    )
    assert Marker("platform_release === 'ab' and 'ba' in platform_release").disjoint(
        Marker("os_name == 'x'")
    )


@settings(max_examples=300)
@example("K", [("K", False), ("k", False)])
@given(
    st.text("kKsS\u212a\u017f\u0130i\u0307", max_size=4),
    st.lists(
        st.tuples(st.text("kKs\u212ai\u0130", min_size=1, max_size=2), st.booleans()), max_size=3
    ),
)
def test_case_agrees_with_python(text: str, needles: list[tuple[str, bool]]) -> None:
    """Of all ways to write a word, one that passes is found exactly if there is one."""
    literal = text.lower()
    demands = frozenset(Demand("i", needle, wanted) for needle, wanted in needles)

    def passes_all(candidate: str) -> bool:
        return candidate.lower() == literal and all(
            (needle in candidate) is wanted for needle, wanted in needles
        )

    found = in_case(literal, demands | {Demand("=", literal, True)})
    if found is not None:
        assert passes_all(found)
    else:
        assert not any(
            passes_all("".join(chars))
            for size in range(len(literal) + 1)
            for chars in itertools.product("kKsSiI\u212a\u0130\u0307", repeat=size)
        )


def test_every_letter_is_a_way_to_write_its_lower_case() -> None:
    """Whatever becomes a word in lower case is found when all other ways are forbidden."""
    for char in map(chr, range(sys.maxunicode + 1)):
        literal = char.lower()
        if literal != char:
            usual = {literal, literal.upper(), literal.title()} - {char}
            others = frozenset(Demand(":", each, False) for each in usual)
            assert in_case(literal, others | {Demand("=", literal, True)}) is not None, char


def test_long_needles_keep_their_order() -> None:
    """Needles of more letters than there are characters are compared like others."""
    long = "x" * 1_200_000
    marker = Marker(f"'{long}y' in sys_platform and '{long}' not in sys_platform")
    assert not marker.is_satisfiable()
    assert Marker(f"'{long}' in sys_platform and '{long}y' not in sys_platform").is_satisfiable()


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
    texts._known.clear()
    spelling(None, None, frozenset({Demand("V", "9" * size, True)}), True)
    assert count < 150 * size
    texts._known.clear()
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


# -- versions between two cuts --------------------------------------------------------------

RELEASES = ("0", "1", "00", "1.0", "1.1", "01.1", "1.10.0", "1.2.3", "1.2.03", "1.2.3.4", "12.0.0")
BEFORE = (
    "",
    "",
    "",
    "a",
    "A0",
    ".alpha1",
    "-b_2",
    "b10",
    "c1",
    "rc",
    "RC.02",
    "rc1",
    "pre.3",
    "preview1",
)
POSTS = ("", "", "", ".post", "post0", "-1", "-01", ".post1", "_rev2", "r3", ".Post.10", ".post12")
DEVS = ("", "", "", ".dev", "dev0", ".dev0", "-DEV_2", ".dev10")
LOCALS = (
    *("", "", "", "+a", "+A", "+b", "+ab", "+abc", "+0", "+00", "+1", "+01", "+10", "+9", "+12"),
    *("+a.1", "+1.a", "+a-b", "+a.b.c", "+1_2", "+a1", "+1a", "+0a", "+a.0", "+a.00"),
)


def spellings(count: int) -> list[str]:
    """Return versions that somebody may write, in the order of versions."""
    chance = random.Random(3)
    found = set()
    parts: list[tuple[str, ...]] = [("", "", "", "v", "V"), ("", "", "", "0!", "1!", "01!", "10!")]
    parts += (RELEASES, BEFORE, POSTS, DEVS, LOCALS)
    for _ in range(count):
        found.add("".join(map(chance.choice, parts)))
    return sorted(found, key=lambda text: (Version(text), text))


SPELLED = spellings(500)


def found(text: str, lower: bytes | None, upper: bytes | None, normal: bool = False) -> bool:
    """Say whether *text* is found between two cuts, where nothing else will do."""
    answer = spelling(lower, upper, frozenset({Demand(":", text, True)}), normal)
    assert answer in (None, text)
    return answer is not None


def clauses(text: str) -> list[str]:
    """Return specifiers whose versions begin or end at different cuts around *text*."""
    clean = Version(text)
    if clean.local:
        return [f"=={clean}"]
    return [f">={clean}", f"<={clean}", f">{clean}", f"<{clean}"]


@pytest.mark.parametrize("part", range(10))
def test_versions_between_cuts(part: int) -> None:
    """A spelling is found between the cuts of a clause where packaging says that it fits."""
    chance = random.Random(part)
    for number in range(part, len(SPELLED), 10):
        clause = chance.choice(clauses(SPELLED[number]))
        shape = clause_cuts(clause.rstrip(str(Version(SPELLED[number]))), clause.lstrip("<>="))
        start = shape.truths.index(True)
        lower = shape.cuts[start - 1] if start else None
        upper = shape.cuts[start] if start < len(shape.cuts) else None
        contains = SpecifierSet(clause, prereleases=True).contains
        # Most depends on the letters where two versions begin to differ.
        near = SPELLED[max(number - 3, 0) : number + 4]
        for text in (*near, chance.choice(SPELLED)):
            assert contains(text) is found(text, lower, upper), (clause, text)


@pytest.mark.parametrize("target", dict.fromkeys(LOCALS))
def test_local_versions_between_cuts(target: str) -> None:
    """Segment by segment, words before numbers, and what is longer after its beginning."""
    place = place_of(f"1{target}")
    for local in dict.fromkeys(LOCALS):
        before = Version(f"1{local}") < Version(f"1{target}")
        assert before is found(f"1{local}", None, place), local
        assert before is not found(f"1{local}", place, None), local


@pytest.mark.parametrize("text", ["1", "1.post0", "1.post99", "1.0-7.dev1", "1.post1+z", "1.0.1a0"])
def test_the_cut_after_all_post_releases(text: str) -> None:
    """Is after every one of them, whatever follows its number, and before what comes next."""
    cut = clause_cuts(">", "1.0").cuts[0]
    later = SpecifierSet(">1.0", prereleases=True).contains(text)
    assert (later, not later) == (found(text, cut, None), found(text, None, cut))


def test_no_version_is_left_in_its_epoch() -> None:
    """After the last number that every Python can read, there are versions of later epochs only."""
    last = "9" * MOST_DIGITS
    lower = clause_cuts("!=", f"{last}.*").cuts[1]
    assert spelling(lower, place_of("1!0.dev0"), frozenset(), False) is None
    assert "1!0" == spelling(lower, None, frozenset(), False)
    assert last == spelling(clause_cuts(">=", last).cuts[0], lower, frozenset(), False)


ODD_FORMS = (
    *("3.9.0", "3.9.0rc1", "3.9.0rc01", "3.9.0rc", "3.9.0c1", "3.9.0.rc1", "3.9.0RC1", "3.9", "3"),
    *("3.9.0.1", "03.9.0", "3.09.0", "3.9.00", "1!3.9.0", "0!3.9.0", "01!3.9.0", "10!3.9.0"),
    *(
        "3.9.0.post1",
        "3.9.0.post01",
        "3.9.0post1",
        "3.9.0-post1",
        "3.9.0.post",
        "3.9.0-1",
        "3.9.0r1",
    ),
    *("3.9.0.dev0", "3.9.0dev0", "3.9.0.dev", "3.9.0.dev10", "3.9.0a0.post1.dev2", "3.9.0a0.dev2"),
    *(
        "3.9.0+a",
        "3.9.0+A",
        "3.9.0+a.1",
        "3.9.0+a-1",
        "3.9.0+a_b",
        "3.9.0+1",
        "3.9.0+01",
        "3.9.0+0",
    ),
    *(
        "3.9.0+00",
        "3.9.0+0a",
        "3.9.0+10",
        "3.9.0+00a",
        "3.9.0+1a.0",
        "3.9.0rc1+x",
        "v3.9.0",
        "0.0.0",
    ),
    *(
        "3.9.0+",
        "3.9.0+a.",
        "3.9.0.",
        "3..0",
        "",
        "!",
        "1!",
        "3.9.0rc1rc2",
        "3.9.0.dev1.post1",
        "3.x",
    ),
    *(
        "3.9.0.post1rc1",
        "3.9.0--1",
        "3.9.0-",
        "3.9.0a.",
        "3.9.0.a-",
        "1!2!3",
        "3.9.0-rc-1-post-2.dev-3",
    ),
    *("3.9.0alpha1", "3.9.0beta1", "3.9.0b1", "3.9.0pre1", "3.9.0.rev1", "3.9.0+a..b", "3.9.0 "),
)


@pytest.mark.parametrize("text", ODD_FORMS)
def test_forms_of_a_version(text: str) -> None:
    """Any spelling will do for a release, and only one for the full version of a Python."""
    usual = is_version(text) and text == text.strip()
    assert found(text, None, None) is usual
    if usual:
        letter, place, told = trace(text)[-1]
        assert ("", ("done",), "finish") == (letter, place, told[-1][0])
    assert found(text, None, None, normal=True) is (read_full_version(text) is not None)


@pytest.mark.parametrize("needle", ["RC", "A", "B", "Dev", "Post", "POST1", "rC1", "X"])
def test_a_python_has_no_large_letters(needle: str) -> None:
    """The normal form of a version is in lower case; a release may be written otherwise."""
    assert not Marker(f"'{needle}' in python_full_version").is_satisfiable()
    assert Marker(f"'{needle.lower()}' in python_full_version").is_satisfiable()
    assert Marker(f"'{needle}' in platform_release and platform_release < '5'").is_satisfiable()


@pytest.mark.parametrize("text", ["3.9.0", "13.10.2rc1", "1!3.9.12", "10!0.0.0.post1", "2.7.3+1.7"])
def test_needles_in_the_minor_version(text: str) -> None:
    """They are looked for in the epoch and the first two components, and in nothing else."""
    minor = minor_of(Version(text))
    needles = {text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)}
    for needle in sorted(needles | {"8", "1!", ".1"}):
        for wanted in (False, True):
            demands = frozenset({Demand(":", text, True), Demand("V", needle, wanted)})
            expected = text if (needle in minor) is wanted else None
            assert expected == spelling(None, None, demands, True), needle


def test_texts_of_other_variables_have_numbers_of_any_length() -> None:
    """Only numbers of versions are bounded."""
    most = "9" * MOST_DIGITS
    whole = f"a{most}9"
    assert f"{most}9" == part_of(whole, frozenset({Demand("i", f"{most}9", True)}))
    assert f"A{most}9" == in_case(whole, frozenset({Demand(":", whole, False)}))


def test_a_search_counts_the_steps_that_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine's step is one at least, and a letter that is read before is as well."""
    taken = 0

    def counted(step: Callable[..., object]) -> Callable[..., object]:
        def count(*arguments: object) -> object:
            nonlocal taken
            taken += 1
            return step(*arguments)

        return count

    for kind in (texts._Contains, texts._Inside, texts._Equals):
        monkeypatch.setattr(kind, "step", counted(kind.step))
    monkeypatch.setattr(texts._CutComparison, "steps", counted(texts._CutComparison.steps))
    three = frozenset({Demand("i", "q", False), Demand("i", "zz", True), Demand("i", "y", False)})
    asked: dict[str, Callable[[Effort], object]] = {
        "spelling": lambda effort: spelling(place_of("1"), place_of("2"), three, True, effort),
        "part": lambda effort: part_of("abzz" * 9, three, effort),
        "case": lambda effort: in_case("abzzc", three, effort),
    }
    for name, search in asked.items():
        taken = 0
        needed = _needed(search)
        assert taken <= needed <= 4 * taken + 1000, (name, taken, needed)


def test_a_long_literal_is_not_looked_at_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its letters count before a machine is made for it, ten steps each."""
    made: list[object] = []
    monkeypatch.setattr(texts, "_machine", made.append)
    monkeypatch.setattr(texts, "_substrings", made.append)
    needle = frozenset({Demand("i", "x" * 100, True)})
    texts._known.clear()
    asked: tuple[Callable[[Effort], object], ...] = (
        lambda effort: spelling(None, None, needle, False, effort),
        lambda effort: in_case("x" * 100, needle, effort),
        lambda effort: part_of("x" * 100, frozenset(), effort),
    )
    for search in asked:
        with pytest.raises(Undecided):
            search(Effort(999))
    assert not made
