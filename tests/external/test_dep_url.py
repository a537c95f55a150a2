"""DepURLs: what is one, what is said of what is none, and that both ways of reading agree."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trigpoint.catalogue import RULES
from trigpoint.external import DepURL, ExternalError, read_dep_url
from trigpoint.external import dep_url as module
from trigpoint.external.dep_url import MOST_LETTERS, parse_dep_url
from trigpoint.findings import Finding, Severity, TrigpointError

from ..fixes import Change, check
from .strings import BAD, GOOD

EVERY = [*(text for text, _, _ in GOOD), *(text for text, _ in BAD)]


def codes(text: object) -> list[str]:
    return [found.code for found in read_dep_url(text).findings]


def test_there_are_enough_strings() -> None:
    """The tables are what the design asks for."""
    assert len(EVERY) == len(set(EVERY))
    assert len(EVERY) >= 150


@pytest.mark.parametrize(("text", "written", "warnings"), GOOD)
def test_good_strings(text: str, written: str, warnings: str) -> None:
    """What is a DepURL is read, and written in one way."""
    assert (warnings.split(), written) == (codes(text), str(DepURL.parse(text)))


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_bad_strings(text: str, expected: str) -> None:
    """What is none has each of its faults named, in text order."""
    read = read_dep_url(text)
    assert (expected.split(), None) == ([found.code for found in read.findings], read.url)
    with pytest.raises(ExternalError) as caught:
        DepURL.parse(text)
    assert read.findings == caught.value.findings
    assert text == caught.value.text


@pytest.mark.parametrize("text", EVERY)
def test_findings_have_a_place_and_a_way_out(text: str) -> None:
    """Each finding is in the text and says what to do."""
    for found in read_dep_url(text).findings:
        assert found.span is not None
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert found.fix is not None
        assert found.fix.message


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("dep:generic/zlib>=1.2", (16, 18)),
        ("dep:generic/zlib@~=1.2", (17, 22)),
        ("dep:generic/zlib@>=1, <1 ", (17, 24)),
        ("dep:generic/zlib@>=1.1.1w", (19, 25)),
        (" dep:generic/a//b", (15, 15)),
        ("dep:generic/x?a=1&a=2", (18, 21)),
        ("dep:generic/x#a/../b", (16, 18)),
        ("dep:generic/x@>=1,%3C=", (14, 22)),
        ("dep:generic/zlib@>=1 , ", (22, 22)),
    ],
)
def test_places(text: str, at: tuple[int, int]) -> None:
    """A finding marks what is wrong, no more."""
    [found] = read_dep_url(text).findings
    assert found.span is not None
    assert at == (found.span.start, found.span.end)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("zlib", "dep:generic/zlib"),
        ("generic/zlib", "dep:generic/zlib"),
        ("pkg:generic/zlib", "dep:generic/zlib"),
        ("dep:zlib", "dep:generic/zlib"),
        ("dep: generic/zlib", "dep:generic/zlib"),
        ("dep://generic/zlib", "dep:generic/zlib"),
        ("dep:generic//zlib", "dep:generic/zlib"),
        ("dep:generic/zlib/", "dep:generic/zlib"),
        ("dep:generic/ zlib", "dep:generic/zlib"),
        ("dep:generic/a\u200bb", "dep:generic/ab"),
        ("dep:generic/zlib>=1.2", "dep:generic/zlib@>=1.2"),
        ("dep:generic/zlib >=1.2", "dep:generic/zlib@>=1.2"),
        ("dep:generic/zlib (>=1.2)", "dep:generic/zlib@>=1.2"),
        ("dep:generic/zlib@", "dep:generic/zlib"),
        ("dep:generic/zlib@~=1.2.3", "dep:generic/zlib@>=1.2.3,<1.3"),
        ("dep:generic/zlib@~=1!1.2", "dep:generic/zlib@>=1!1.2,<1!2"),
        ("dep:generic/zlib@^1.2", "dep:generic/zlib@>=1.2,<2"),
        ("dep:generic/zlib@^0.0.3", "dep:generic/zlib@>=0.0.3,<0.0.4"),
        ("dep:generic/zlib@^0", "dep:generic/zlib@>=0,<1"),
        ("dep:generic/zlib@~1.2", "dep:generic/zlib@>=1.2,<1.3"),
        ("dep:generic/zlib@=1.*", "dep:generic/zlib@>=1,<2"),
        ("dep:generic/zlib@=1", "dep:generic/zlib@==1"),
        ("dep:generic/zlib@≤1", "dep:generic/zlib@<=1"),
        ("dep:generic/zlib@1.2.*", "dep:generic/zlib@>=1.2,<1.3"),
        ("dep:generic/zlib@>=1.*", "dep:generic/zlib@>=1"),
        ("dep:generic/zlib@>=1,2", "dep:generic/zlib@>=1,==2"),
        ("dep:generic/zlib@>=1+a", "dep:generic/zlib@>=1"),
        ("dep:virtual/compilers/c", "dep:virtual/compiler/c"),
        ("dep:virtual/compiler/C", "dep:virtual/compiler/c"),
        ("dep:Generic/zlib", "dep:generic/zlib"),
        ("dep:generic/zlib@>=1  # why; not #", "dep:generic/zlib@>=1"),
        ("dep:generic/zlib#sub\t# why", "dep:generic/zlib#sub"),
    ],
)
def test_fixes_write_what_is_meant(text: str, written: str) -> None:
    """The one fix of a text that a button carries out makes it right."""
    [found] = read_dep_url(text).findings
    assert found.fix is not None
    assert found.fix.span is not None
    start, end = found.fix.span.start, found.fix.span.end
    assert written == f"{text[:start]}{found.fix.replacement}{text[end:]}"
    assert [] == codes(written)


ALWAYS = {
    *("external-control", "external-slashes", "external-case", "external-no-at"),
    *("external-version-bare", "external-version-local", "external-wildcard"),
    "external-comment",
}
SOMETIMES = {
    *("external-scheme", "external-type", "external-segment", "external-name", "external-virtual"),
    *("external-version-empty", "external-operator"),
}


@pytest.mark.parametrize("text", EVERY)
def test_fixes_keep_the_laws(text: str) -> None:
    """A fix that is carried out removes its finding and brings no error."""
    seen = check(text, lambda each: read_dep_url(each).findings, lambda _: None, by_code=True)
    assert seen <= ALWAYS | SOMETIMES


def test_which_codes_have_a_fix() -> None:
    """The strings show which fixes can be carried out always, and which sometimes."""
    mended: set[str] = set()
    told: set[str] = set()
    for text in EVERY:
        for found in read_dep_url(text).findings:
            assert found.fix is not None
            (told if found.fix.replacement is None else mended).add(found.code)
    assert (ALWAYS, SOMETIMES) == (mended - told, mended & told)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("dep:generic/XCB@1", "dep:generic/XCB"),
        ("dep:github/AbiWord/Enchant?a=b", "dep:github/abiword/enchant"),
        ("dep:pypi/Flask_Login#x", "dep:pypi/flask-login"),
        ("dep:deb/Debian/LibBlas3", "dep:deb/debian/libblas3"),
        ("dep:rpm/Fedora/SDL2-devel", "dep:rpm/fedora/SDL2-devel"),
        ("dep:npm/@Angular/Core", "dep:npm/@Angular/core"),
        ("dep:oci/A/B", "dep:oci/A/b"),
        ("dep:bitnami/A/B", "dep:bitnami/A/b"),
        ("dep:qpkg/A/B", "dep:qpkg/a/B"),
        ("dep:composer/A/B", "dep:composer/a/b"),
        ("dep:virtual/compiler/c@>=1999", "dep:virtual/compiler/c"),
        ("dep:golang/github.com/junegunn/fzf", "dep:golang/github.com/junegunn/fzf"),
    ],
)
def test_identifier(text: str, identifier: str) -> None:
    """The canonical name has no version, and one case where case does not matter."""
    assert identifier == DepURL.parse(text).identifier


@pytest.mark.parametrize(
    ("text", "versions", "allowed"),
    [
        ("dep:generic/x", "", "7"),
        ("dep:generic/x@2.0", "==2.0", "2"),
        ("dep:generic/x@>=1,<2", "<2,>=1", "1.5"),
    ],
)
def test_specifiers(text: str, versions: str, allowed: str) -> None:
    """A version alone is that version, and none is all."""
    found = DepURL.parse(text).specifiers
    assert (versions, True) == (str(found), allowed in found)


def test_what_is_virtual() -> None:
    """The type says it."""
    assert DepURL.parse("dep:virtual/compiler/c").virtual
    assert not DepURL.parse("dep:generic/c").virtual


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("dep:generic/a//", (14, 15)),
        ("dep:virtual/compiler/C///", (23, 25)),
        ("dep:pypi//", (9, 10)),
    ],
)
def test_slashes_that_end_a_path_are_one_mistake(text: str, place: tuple[int, int]) -> None:
    """However many there are, and whatever else is told has its own place."""
    findings = read_dep_url(text).findings
    told = [(each.code, each.span and (each.span.start, each.span.end)) for each in findings]
    assert [("external-segment", place)] == [each for each in told if each[0] == "external-segment"]
    letter = [("external-case", (21, 22))] if "C" in text else []
    assert letter == [each for each in told if each[0] == "external-case"]


@pytest.mark.parametrize("value", [None, 3, b"dep:generic/x", ["dep:generic/x"], {"a": 1}])
def test_what_is_no_text(value: object) -> None:
    """Something else than text is a finding, too."""
    assert ["external-not-text"] == codes(value)
    with pytest.raises(ExternalError):
        DepURL.parse(value)  # type: ignore[arg-type]


def test_the_error_shows_all_of_it() -> None:
    """The text of the exception has each finding with its mark, and what was no text is not shown."""
    with pytest.raises(TrigpointError) as caught:
        DepURL.parse("pkg:generic/zlib@~=1")
    assert 2 == str(caught.value).count("error[")
    with pytest.raises(ValueError, match="a DepURL is text; this is int"):
        DepURL.parse(3)  # type: ignore[arg-type]


@pytest.mark.parametrize("more", [0, 1])
def test_length_is_bounded(more: int) -> None:
    """So many letters are read, and one more is a finding."""
    text = "dep:generic/".ljust(MOST_LETTERS + more, "x")
    assert ["external-long"] * more == codes(text)


@pytest.mark.parametrize("text", EVERY)
def test_quick_and_long_way_agree(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the one match reads, the reader of everything reads in the same way."""
    first = parse_dep_url(text)
    monkeypatch.setattr(module, "_QUICK", lambda _: None)
    assert first == parse_dep_url(text)


HIDING = {"external-scheme", "external-control", "external-segment"}
"""What keeps the rest of a text from being read."""

PIECES = st.sampled_from(
    [*"/@:?#;,.=<>~!&% -+\x00ä'\"1a", "dep:", "virtual", "compiler", "generic", ">=1", "..", "%41"]
)


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """A string of the tables with a few letters taken out, put in or exchanged."""
    text = draw(st.sampled_from(EVERY))[:80]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 2)))
        text = text[:start] + draw(st.one_of(st.just(""), PIECES)) + text[end:]
    return text


def holds(text: str) -> None:
    """What must hold of any text."""
    read = read_dep_url(text)
    fatal = any(found.severity is Severity.ERROR for found in read.findings)
    assert (read.url is None) is fatal
    for found in read.findings:
        assert found.span is not None
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert found.code in RULES
    if read.url is None:
        return
    again = DepURL.parse(str(read.url))
    assert read.url == again
    assert str(again) == str(read.url)
    parts = [read.url.type, *read.url.namespace.split("/"), read.url.name]
    assert all(not part.startswith("-") for part in parts)
    assert re.fullmatch(r"[A-Za-z0-9._+@/-]+", "/".join(filter(None, parts)))
    assert ".." not in parts
    assert read.url.specifiers is not None


@given(mutants())
@settings(max_examples=1000, deadline=None)
@example("dep:generic/x@>=1!1,<1")
@example("dep:virtual/C")
def test_mutants_raise_only_our_error(text: str) -> None:
    """Whatever is done to a string: it is read, or all of its faults are named."""
    holds(text)


@given(mutants())
@settings(max_examples=300, deadline=None)
@example("dep:generic//?a")
@example("dep:generic/xa//")
def test_fixes_of_mutants_keep_the_laws(text: str) -> None:
    """A fix that a button carries out removes its finding, whatever else is wrong."""
    check(text, lambda each: read_dep_url(each).findings, lambda _: None, revealed, by_code=True)


def revealed(change: Change, finding: Finding) -> bool:
    """Say whether *finding* is about what could not be seen before the *change*."""
    return change.finding.code in HIDING or finding.code == "external-range-empty"
