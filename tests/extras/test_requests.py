"""Requests: what they ask for, and everything that is wrong with a broken one."""

from __future__ import annotations

import re

import packaging
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import Version

from trigpoint.extras import Request, read_requests
from trigpoint.findings import apply_fix

VALID = [
    ("pkg", None, (), "", None, None),
    ("pkg[]", (), (), "", None, None),
    ("pkg[ ]", (), (), "", None, None),
    ("pkg[a]", ("a",), (), "", None, None),
    ("Pkg_x [b , A.c]", ("a-c", "b"), (), "", None, None),
    ("pkg[a,-b]", ("a",), ("b",), "", None, None),
    ("pkg[- b]", (), ("b",), "", None, None),
    ("pkg[a]>=1,<2", ("a",), (), "<2,>=1", None, None),
    ("pkg (>=1)", None, (), ">=1", None, None),
    ("pkg[]>=1,", (), (), ">=1", None, None),
    ("pkg[a] @ file:///x.whl", ("a",), (), "", "file:///x.whl", None),
    ("pkg@file:///x;y ; os_name=='nt'", None, (), "", "file:///x;y", 'os_name == "nt"'),
    ("pkg[a]; os_name == 'nt'", ("a",), (), "", None, 'os_name == "nt"'),
]


@pytest.mark.parametrize(("text", "extras", "excluded", "specifier", "url", "marker"), VALID)
def test_parts(
    text: str,
    extras: tuple[str, ...] | None,
    excluded: tuple[str, ...],
    specifier: str,
    url: str | None,
    marker: str | None,
) -> None:
    """Every part of a request is read; without brackets there are no extras at all."""
    request = Request.parse(text)
    assert request.valid
    assert (extras, excluded, specifier, url) == (
        request.extras,
        request.excluded,
        request.specifier,
        request.url,
    )
    assert marker == (str(request.marker) if request.marker else None)


def test_a_request_that_is_made_has_a_name_alone() -> None:
    """What is not given is not there."""
    request = Request("pkg")
    assert (None, (), "", None, None, True) == (
        request.extras,
        request.excluded,
        request.specifier,
        request.url,
        request.marker,
        request.valid,
    )
    assert "pkg" == str(request)


def test_bare_and_empty_and_named_differ() -> None:
    """``pkg``, ``pkg[]`` and ``pkg[a]`` are three values."""
    assert 3 == len({Request.parse(text) for text in ("pkg", "pkg[]", "pkg[a]", "pkg [A]")})


@pytest.mark.parametrize("text", [row[0] for row in VALID])
def test_canonical_text_reads_back(text: str) -> None:
    """``str`` of a request is the same request, and stays as it is."""
    request = Request.parse(text)
    again = Request.parse(str(request))
    assert request == again
    assert str(request) == str(again)


BROKEN = [
    ("", "requirement-syntax", ""),
    ("[a]", "requirement-syntax", "[a]"),
    ("pkg[a", "requirement-syntax", "["),
    ("pkg[a >= 1", "requirement-syntax", "["),
    ("pkg[a b]", "extra-name", "a b"),
    ("pkg[a,]", "extra-name", ","),
    ("pkg[,a]", "extra-name", ","),
    ("pkg[*]", "extra-name", "*"),
    ("pkg[é]", "extra-name", "é"),
    ("pkg[--a]", "extra-name", "--a"),
    ("pkg[a,-A]", "extra-contradiction", "-A"),
    ("pkg]", "requirement-syntax", "]"),
    ("pkg 1.0", "requirement-syntax", "1.0"),
    ("pkg other", "requirement-syntax", "other"),
    ("pkg>=1[a]", "requirement-syntax", ">=1[a]"),
    ("pkg>=1,,<2", "requirement-syntax", ","),
    ("pkg @", "requirement-syntax", "@"),
    ("pkg (>=1", "requirement-syntax", "("),
    ("pkg; os_nam == 'nt'", "marker-unknown-variable", "os_nam"),
    ("pkg[a];", "marker-empty", ""),
]


@pytest.mark.parametrize(("text", "code", "marked"), BROKEN)
def test_broken_request_says_where(text: str, code: str, marked: str) -> None:
    """A broken request has a finding on the exact stretch, and is not valid."""
    request = Request.parse(text)
    assert not request.valid
    places = [
        (found.code, text[found.span.start : found.span.end])
        for found in request.findings
        if found.span
    ]
    assert (code, marked) in places


@pytest.mark.parametrize(
    ("text", "repaired"),
    [("pkg[A_b]", "pkg[a-b]"), ("pkg[a b]", "pkg[a,b]"), ("pkg>=1,,<2", "pkg>=1,<2")],
)
def test_fixes_repair(text: str, repaired: str) -> None:
    """Carrying the fix out leaves nothing to say."""
    (finding,) = Request.parse(text).findings
    assert finding.fix is not None
    assert repaired == apply_fix(text, finding.fix)
    assert () == Request.parse(repaired).findings


def test_several_faults_in_text_order() -> None:
    """Reading goes on after a fault."""
    request = Request.parse("pkg[a b,*,C,-d] >> 1; os_nam == 'nt'")
    assert [
        "extra-name",
        "extra-name",
        "extra-unnormalised",
        "extra-negative",
        "requirement-syntax",
        "marker-unknown-variable",
    ] == [found.code for found in request.findings]


def test_requests_of_a_text_have_places_in_it() -> None:
    """Places count from the beginning of the whole text."""
    text = "pkg  # bare\n\n  pkg[A]  # two\r\npkg[b"
    requests = read_requests(text)
    assert ["pkg", "pkg[A]", "pkg[b"] == [each.text for each in requests]
    places = [each.span for each in requests]
    assert [(1, 1), (3, 3), (4, 1)] == [at and (at.line, at.column) for at in places]
    found = [finding.span for each in requests for finding in each.findings]
    assert ["A", "["] == [at and text[at.start : at.end] for at in found]


untimed = settings(deadline=None)
TEXTS = st.lists(
    st.sampled_from(
        [
            "pkg",
            "a",
            "B_c",
            "[",
            "]",
            "-",
            ",",
            " ",
            ">=1",
            "==1.*",
            "(",
            ")",
            "@",
            "file:x",
            ";",
            "os_name == 'nt'",
            "extra != 'a'",
            "*",
            "é",
            "\n",
            "'",
            "1",
            "<",
            "===x",
        ]
    ),
    max_size=9,
).map("".join)


@untimed
@given(TEXTS)
@example("pkg[a]@x;os_name=='nt'")
@example("pkg ; os_name == 'nt'")
@example("pkg,>=1")
@example("pkg@\n")
@example("pkg @ file:x\n")
def test_valid_is_what_packaging_reads(text: str) -> None:
    """Without a minus, a text is a request exactly if packaging reads it."""
    request = Request.parse(text)
    try:
        peer = Requirement(text)
    except InvalidRequirement:
        assert not request.valid or request.excluded
        return
    if re.search(r"\s", peer.url or ""):
        # packaging 26.3 takes white space that is no blank for a part of the address.
        assert Version(packaging.__version__) < Version("26.4")
        assert not request.valid
        return
    assert request.valid
    assert {*peer.extras} == {each.written for each in request.mentions}
    assert str(peer.specifier) == request.specifier
    assert peer.url == request.url


@untimed
@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    """Nothing raises; what is not valid has an error to show."""
    for request in (Request.parse(text), *read_requests(text)):
        severities = {found.severity.value for found in request.findings}
        assert request.valid or "error" in severities


@pytest.mark.parametrize("text", ["pkg[a]", "  pkg[a]", "\tpkg[a] "])
def test_a_mention_is_marked_where_it_stands(text: str) -> None:
    """Blanks in front of a request are no part of any place."""
    request = Request.parse(text)
    assert request.span is not None
    assert "pkg[a]" == text[request.span.start : request.span.end]
