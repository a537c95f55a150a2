"""Where versions and cuts stand, against the order and the specifiers of packaging."""

from __future__ import annotations

import itertools

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from trigpoint.markers.exact.axes import (
    FREE_TEXT,
    LOWEST,
    Shape,
    clause_cuts,
    interval_shape,
    is_plain,
    joined,
    minor_cut,
    negated,
    place_of,
    plain_minor_shape,
    position,
    read_cut,
    snap,
    snap_full,
    version_position,
)

RELEASES = ("0", "1", "1.0.1", "1.1", "1.2", "2.0.0", "2.10", "2.223", "2.224", "2.225", "3")
SUFFIXES = (
    *(
        ".dev0",
        ".dev1",
        "a0",
        "a1.dev0",
        "a1",
        "a1.post0",
        "a1.post1.dev3",
        "a2.dev0",
        "b2",
        "rc0",
        "rc300",
    ),
    *("", ".post0.dev0", ".post0", ".post1.dev0", ".post1", ".post224"),
    *("+a", "+a.1", "+a.b", "+ab", "+0", "+1", "+1.a", "+10", "+9", "+224"),
    *("a1+x", ".post1+x", ".dev1+7"),
)
BIG = (223, 224, 255, 256, 2**16 - 1, 2**16, 2**32, 2**127, 2**128 - 1, 2**128, 2**200, 10**640 - 1)
VERSIONS = sorted(
    {
        *(Version(release + suffix) for release in RELEASES for suffix in SUFFIXES),
        *(Version(f"1!{release}{suffix}") for release in RELEASES[:4] for suffix in SUFFIXES[:18]),
        *(Version(f"{number}.1") for number in BIG),
        *(Version(f"1.{number}") for number in BIG),
        *(Version(f"{number}!1") for number in BIG),
        *(Version(f"1+{number}.x") for number in BIG),
        *(Version(f"1.{word}{number}") for number in BIG for word in ("a", "rc", "post", "dev")),
    }
)


def holds(shape: Shape, place: bytes) -> bool:
    """Look a place up, cut by cut."""
    return shape.truths[sum(cut <= place for cut in shape.cuts)]


def test_places_are_in_the_order_of_versions() -> None:
    """However large a number is, and whatever a version has."""
    places = [version_position(version) for version in VERSIONS]
    assert sorted(places) == places
    assert len(set(places)) == len(places)
    assert [place_of(str(version)) for version in VERSIONS] == places
    assert LOWEST == places[0]
    assert places[-1] < FREE_TEXT
    for version in VERSIONS:
        place = read_cut(version_position(version))
        assert ("before", version) == place
        shown = (place.version.epoch, place.version.local, place.version.pre, place.version.post)
        assert shown == (version.epoch, version.local, version.pre, version.post)


def test_a_number_takes_the_bytes_that_it_has() -> None:
    """And five more at most: a long version has a place that is shorter."""
    least = len(place_of("1"))
    for number in (*BIG, 2**120, 2**136, 2**200 - 1):
        size = (number.bit_length() + 7) // 8
        assert len(place_of(f"{number}")) - least + 1 <= size + 5


def test_what_is_plain() -> None:
    """Digits and dots, which every operator may stand in front of."""
    for version in VERSIONS:
        assert is_plain(str(version)) is (set(str(version)) <= {*"0123456789."} and not version.dev)
    assert not is_plain("1.*")
    assert not is_plain("1.")


CLAUSES = [
    *(f"{op}{text}" for op in ("==", "!=", "<", "<=", ">", ">=") for text in (
        *("0", "1", "1.0", "1.1", "2", "2.223", "2.224", "1!1.1", "1!0.dev0", "0.dev0", "3.0.0"),
        *("1a1", "1.dev1", "1a1.dev0", "1.post0", "1.post1.dev0", "1.post1", "1a1.post0", "1rc300"),
        *("1.dev0", "1.1.post224", "2.224.post0.dev0", f"1.{10**640 - 1}"),
    )),
    *(f"{op}{text}" for op in ("==", "!=") for text in (
        *("1+a", "1.0+a.1", "1a1+x", "1+1", "1.post1+x", "1!1+a"),
        *("1.*", "1.0.*", "2.223.*", "1!1.*", "0.*", "1.0.0.*", "2.224.*"),
    )),
    *(f"~={text}" for text in ("1.0", "1.0.1", "2.223", "1.1rc1", "1!1.0", "2.10.post1", "1.0.dev1")),
]  # fmt: skip


@pytest.mark.parametrize("clause", CLAUSES)
def test_cuts_of_a_clause(clause: str) -> None:
    """They hold what packaging says that the clause does, of every version."""
    op = clause[: 1 + (clause[1] == "=")]
    text = clause[len(op) :]
    shape = clause_cuts(op, text)
    expected = [*map(SpecifierSet(clause, prereleases=True).contains, VERSIONS)]
    assert expected == [holds(shape, version_position(version)) for version in VERSIONS]
    assert len(shape.truths) == len(shape.cuts) + 1
    assert list(shape.cuts) == sorted(set(shape.cuts))
    # Neighbours differ, and nothing is cut off that does not exist: equal sets are equal.
    assert all(a is not b for a, b in itertools.pairwise(shape.truths))
    assert all(cut > LOWEST for cut in shape.cuts)
    assert negated(shape).truths == tuple(not truth for truth in shape.truths)
    for cut in shape.cuts:
        side, version = read_cut(cut)
        here = version_position(version)
        if side == "before":
            assert cut == here
        elif side == "after":
            first = f"{version.local}.a" if version.local else "a"
            assert here < cut < version_position(version.__replace__(local=first))
        else:
            assert side == "posts"
            late = version.__replace__(post=10**640 - 1, local="z")
            after = version.__replace__(release=(*version.release, 0, 0, 1), dev=0)
            assert version_position(late) < cut < version_position(after)


MINORS = [f"{epoch}{a}.{b}" for epoch in ("", "1!") for a in range(4) for b in range(5)] + [
    *("2.223", "2.224", "2.225", "2.226", "9.0", "9.1"),
]
FULL = [
    Version(f"{epoch}{a}.{b}.{c}{suffix}")
    for epoch in ("", "1!")
    for a in range(3)
    for b in range(4)
    for c in (0, 1, 2)
    for suffix in (
        "",
        ".dev0",
        ".dev1",
        "a0",
        "a1",
        "rc1",
        "rc2",
        ".post0.dev0",
        ".post0",
        ".post9",
        ".post10",
        "+x",
    )
]
MORE = [
    *("1.1.0", "1.1.1", "1.1.0.0", "1.1.1.1", "1.1.1.0", "1.0.0.1", "1.1.1.1.1", "0.0.0.1"),
    *("1.1.1.dev0", "1.1.1rc1", "1.1.1.1rc1", "1.1.1.post9", "1.1.1.1.post0"),
]


def clauses(texts: list[str]) -> list[tuple[str, str]]:
    """Return every clause with an order, and some with a prefix."""
    plain = [(op, text) for op in ("==", "!=", "<", "<=", ">", ">=") for text in texts]
    return plain + [(op, f"1.1{end}") for op in ("==", "!=") for end in (".*", ".1.*", ".1.0.*")]


@pytest.mark.parametrize(("op", "text"), clauses(["0", "1", "1.1", "2.224", "1!1", *MORE]))
def test_what_python_version_tells(op: str, text: str) -> None:
    """A clause becomes cuts between minor versions: all versions of one answer as it does."""
    shape = snap(clause_cuts(op, text))
    # The value that is compared has no patch.
    told = {minor: SpecifierSet(op + text, prereleases=True).contains(minor) for minor in MINORS}
    for minor in MINORS:
        for end in (".0.dev0", ".0", ".7rc1", ".7.post1+z"):
            assert told[minor] is holds(shape, place_of(minor + end)), (minor, end)
    starts = set()
    for each in map(Version, MINORS):
        starts.add(minor_cut(each.epoch, each.major, each.minor))
        starts.add(minor_cut(each.epoch, each.major, each.minor + 1))
    assert set(shape.cuts) <= starts - {LOWEST}
    assert all(a is not b for a, b in itertools.pairwise(shape.truths))
    quick = plain_minor_shape(op, text)
    assert quick in (None, shape)
    assert (quick is None) is (op == "!=" or not text.replace(".", "").isdigit())


@pytest.mark.parametrize(
    ("op", "text"),
    [
        *clauses(["1", "2", "1.1", "1!1.1", *MORE]),
        *(
            ("==", "1.1.1+x"),
            ("!=", "1.1.1+x"),
            ("==", "1.1.1.1+x"),
            ("~=", "1.1"),
            ("~=", "1.1.1"),
        ),
    ],
)
def test_what_python_full_version_tells(op: str, text: str) -> None:
    """No version has a fourth component, so what cannot be told apart has the same cuts."""
    shape = snap_full(clause_cuts(op, text))
    contains = SpecifierSet(op + text, prereleases=True).contains
    expected = [contains(version) for version in FULL]
    assert expected == [holds(shape, version_position(version)) for version in FULL]
    assert all(a is not b for a, b in itertools.pairwise(shape.truths))
    assert all(cut > LOWEST for cut in shape.cuts)
    for cut in shape.cuts:
        assert not any(read_cut(cut).version.release[3:])


def test_equal_sets_have_equal_cuts() -> None:
    """Of versions with three components, and of minor versions."""
    for snapped, points in (
        (snap_full, FULL),
        (snap, [Version(f"{minor}.0") for minor in MINORS]),
    ):
        found: dict[tuple[bool, ...], Shape] = {}
        for op, text in clauses([*MORE, "1.1", "1.0.1", "1.2.0.dev0", "1.1.2.dev0"]):
            shape = snapped(clause_cuts(op, text))
            key = tuple(holds(shape, version_position(version)) for version in points)
            assert found.setdefault(key, shape) == shape, (op, text)


@pytest.mark.parametrize(
    ("lower", "upper", "cuts", "truths"),
    [
        (None, None, [], [True]),
        ("1", None, ["1"], [False, True]),
        (None, "1", ["1"], [True, False]),
        ("1", "2", ["1", "2"], [False, True, False]),
        ("1", "1", [], [False]),
        ("2", "1", [], [False]),
        ("0.dev0", None, [], [True]),
        ("0.dev0", "1", ["1"], [True, False]),
        (None, "0.dev0", [], [False]),
        ("0.dev0", "0.dev0", [], [False]),
    ],
)
def test_from_one_place_to_another(
    lower: str | None, upper: str | None, cuts: list[str], truths: list[bool]
) -> None:
    """Nothing comes before the first version, and nothing is between a place and itself."""
    ends = (place_of(end) if end else None for end in (lower, upper))
    assert Shape(tuple(map(place_of, cuts)), tuple(truths)) == interval_shape(*ends)


def test_text_stays_behind_all_versions() -> None:
    """The cut where text begins is moved nowhere; what separates nothing is left out."""
    for snapped in (snap, snap_full):
        shape = Shape((place_of("1.1.0.1"), FREE_TEXT), (False, True, False))
        assert FREE_TEXT == snapped(shape).cuts[-1]
        assert (False, True, False) == snapped(shape).truths
    assert Shape((b"b",), (True, False)) == joined([b"a", b"b", b"c"], [True, True, False, False])
    # Cuts that come to the same place: the last answer is the one that counts.
    between = Shape((place_of("1.1.0.1"), place_of("1.1.0.2")), (False, True, False))
    assert Shape((), (False,)) == snap(between) == snap_full(between)
    places = tuple(map(place_of, ("1.0.dev0", "1.1.0.1", "1.1.0.2", "1.2.1")))
    for snapped, last in ((snap, "1.3.dev0"), (snap_full, "1.2.1")):
        shape = snapped(Shape(places, (False, True, False, True, False)))
        assert (places[0], place_of(last)) == shape.cuts
        assert (False, True, False) == shape.truths
    assert position(0, (1,), ("a", 1)) == place_of("1a1")
