"""Reasons: which extras are enough, by which way, and what is missing."""

from __future__ import annotations

import pytest

from trigpoint.extras import Resolution, requirements
from trigpoint.extras.solve import MOST_ASKED


def document(*lines: str, provides: str = "a b c d e") -> dict[str, list[str]]:
    return {"Name": ["pkg"], "Provides-Extra": provides.split(), "Requires-Dist": [*lines]}


def ways(found: Resolution, extra: str) -> list[str]:
    return [step.text for step in found.steps[extra]]


def test_the_shortest_way_is_taken_whatever_the_order() -> None:
    """Of two ways with references the one with fewer of them is told, first or last in the text."""
    long = ["pkg[b]; extra == 'a'", "pkg[c]; extra == 'b'", "pkg[d]; extra == 'c'"]
    short = "pkg[d]; extra == 'b'"
    for lines in ([*long, short], [short, *long], [*reversed(long), short]):
        found = requirements(document(*lines), "pkg[a]")
        assert ["pkg[a]", long[0], short] == ways(found, "d")


def test_among_ways_found_together_fewer_steps_win() -> None:
    """Ways of as many references one after the other differ in what they need beside."""
    wide = "pkg[d]; extra == 'b' and extra == 'c'"
    narrow = "pkg[d]; extra == 'b' and extra == 'a'"
    lines = ["pkg[b]; extra == 'a'", "pkg[c]; extra == 'a'"]
    for last in ([wide, narrow], [narrow, wide]):
        found = requirements(document(*lines, *last), "pkg[a]")
        assert ["pkg[a]", lines[0], narrow] == ways(found, "d")


def test_of_equal_ways_the_first_is_told() -> None:
    """Two references that bring the same are told in text order."""
    lines = ["pkg[b]; extra == 'a'", "pkg[b,c]; extra == 'a'"]
    found = requirements(document(*lines), "pkg[a]")
    assert ["pkg[a]", lines[0]] == ways(found, "b")
    assert ["pkg[a]", lines[1]] == ways(found, "c")


def test_a_request_is_shorter_than_any_reference() -> None:
    """What a request names needs no reference."""
    found = requirements(document("pkg[b]; extra == 'a'"), "pkg[a,b]")
    assert ["pkg[a,b]"] == ways(found, "b")


def test_a_marker_with_two_ways_in_gives_the_shorter_one() -> None:
    """A reference that several extras make hold is reached by the nearest of them."""
    lines = ["pkg[b]; extra == 'a'", "pkg[c]; extra == 'b'", "pkg[d]; extra == 'c' or extra == 'a'"]
    found = requirements(document(*lines), "pkg[a]")
    assert ["pkg[a]", lines[2]] == ways(found, "d")


@pytest.mark.parametrize("marker", ["'d' or extra == 'e'", "'e' or extra == 'd'"])
def test_of_ways_known_together_the_one_with_fewer_steps_goes_on(marker: str) -> None:
    """A reference goes on from the shorter of two ways that are as many references long."""
    lines = [
        "pkg[b]; extra == 'a'",
        "pkg[c]; extra == 'a'",
        "pkg[d]; extra == 'b' and extra == 'c'",
        "pkg[e]; extra == 'b'",
        f"pkg[f]; extra == {marker}",
    ]
    found = requirements(document(*lines, provides="a b c d e f"), "pkg[a]")
    assert ["pkg[a]", lines[0], lines[3], lines[4]] == ways(found, "f")


@pytest.mark.parametrize(
    ("marker", "request_text", "reasons"),
    [
        ("extra == 'b' or extra == 'a'", "pkg[a,b]", [("b",), ("a",)]),
        ("(extra == 'a' or extra == 'b') and os_name != ''", "pkg[a,b]", [("a",), ("b",)]),
        ("extra == 'a' and extra == 'b'", "pkg[a,b,c]", [("a", "b")]),
        ("extra == 'c' or extra == 'a' and extra == 'b'", "pkg[a,b,c]", [("c",)]),
        ("extra == 'a' and (extra == 'b' or extra == 'c')", "pkg[a,b,c]", [("a", "c")]),
        ("extra == 'd' or extra == 'a' and extra == 'b'", "pkg[a,b,c]", [("a", "b")]),
        ("extra == 'a' or os_name != ''", "pkg[a]", [()]),
    ],
)
def test_least_reasons(marker: str, request_text: str, reasons: list[tuple[str, ...]]) -> None:
    """Each single extra that is enough is a reason; else a least set of them."""
    (pulled,) = requirements(document(f"x; {marker}"), request_text).pulled
    assert reasons == [reason.extras for reason in pulled.reasons]


@pytest.mark.parametrize(
    ("marker", "why", "extras", "together"),
    [
        ("extra == 'a' or extra == 'b'", "extra", ("a", "b"), False),
        ("extra == 'a' and extra == 'b'", "extra", ("a", "b"), True),
        ("extra == 'c' and extra == 'b'", "extra", ("b",), False),
        ("(extra == 'a' or extra == 'b') and os_name != ''", "extra", ("a", "b"), False),
        ("(extra == 'a' or extra == 'b') and os_name == ''", "environment", (), False),
        ("extra == 'z'", "unreachable", ("z",), True),
        ("extra == 'z' and extra == 'c'", "unreachable", ("z",), True),
        ("extra == 'z' and extra == 'a'", "unreachable", ("z",), True),
        ("extra != 'c'", "retracted", ("c",), True),
        ("extra == 'c' and extra != 'c'", "retracted", ("c",), True),
        ("os_name == 'nobody'", "environment", (), False),
        ("'c' < extras", "never", (), False),
        ("'c' in dependency_groups", "never", (), False),
    ],
)
def test_why_not(marker: str, why: str, extras: tuple[str, ...], together: bool) -> None:
    """What would pull a requirement in is said: one of some extras, all of them, or none."""
    (skipped,) = requirements(document(f"x; {marker}"), "pkg[c]").skipped
    assert (why, extras, together) == (skipped.why, skipped.extras, skipped.together)


def test_text_tests_of_installers() -> None:
    """A test of text may hold for any name, so all extras are tried."""
    found = requirements(document("x; extra in 'abc'"), "pkg[b]", rules="installers")
    # Asked without any extra, the text is empty, and that is part of every text.
    assert [()] == [reason.extras for reason in found.pulled[0].reasons]
    (skipped,) = requirements(
        document("x; extra == 'b' and extra in 'abc'"), "pkg[d]", rules="installers"
    ).skipped
    assert ("extra", ("b",)) == (skipped.why, skipped.extras)


def test_a_reference_by_a_test_of_text() -> None:
    """A reference that a test of text brings in is on the way, when it first holds."""
    lines = ["pkg[c]; extra == 'b' and extra in 'ab'", "pkg[b]; extra == 'a'"]
    found = requirements(document(*lines), "pkg[a]", rules="installers")
    assert ["pkg[a]", lines[1], lines[0]] == ways(found, "c")


@pytest.mark.parametrize("more", [0, 1])
def test_what_is_missing_is_asked_one_by_one_up_to_a_bound(more: int) -> None:
    """Of so many extras each is known to be enough; of one more all are told together."""
    names = [f"x{i}" for i in range(MOST_ASKED + more)]
    any_of_them = " or ".join(f"extra == '{name}'" for name in names)
    marker = f"({any_of_them}) and ({any_of_them})"
    (skipped,) = requirements(document(f"y; {marker}", provides=" ".join(names)), "pkg[]").skipped
    assert ("extra", len(names), bool(more)) == (
        skipped.why,
        len(skipped.extras),
        skipped.together,
    )


def test_each_step_says_what_kind_it_is() -> None:
    """A request, what it brings by default, or a reference."""
    data = {**document("pkg[b]; extra == 'a'"), "Default-Extra": ["a"]}
    found = requirements(data, "pkg", rules="pep771")
    assert ["default", "reference"] == [step.kind for step in found.steps["b"]]
    found = requirements(data, "pkg[a]", rules="pep771")
    assert ["request", "reference"] == [step.kind for step in found.steps["b"]]
