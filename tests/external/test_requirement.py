"""External requirements: DepURL and marker."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.external import ExternalError, ExternalRequirement, read_external
from trigpoint.external.requirement import marker_at
from trigpoint.findings import Severity

from .strings import GOOD


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("dep:generic/x", None),
        ("dep:generic/x; os_name == 'nt'", 13),
        ("dep:generic/x ;os_name == 'nt'", 14),
        ("a'b;c'; d", 6),
        ('a";";b', 4),
        ("a';b", 2),
        ("a';';", 4),
        ("'a;'b';'", None),
        ("';'", None),
        ("a;';'", 1),
        ("it's; \"x", 4),
    ],
)
def test_where_the_marker_is(text: str, at: int | None) -> None:
    """The first semicolon that is not in quotes; a quote that is not closed quotes nothing."""
    assert at == marker_at(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("dep:generic/x", "dep:generic/x"),
        ("dep:generic/x;os_name=='nt'", 'dep:generic/x; os_name == "nt"'),
        ("dep:generic/x@>=1 ; extra == 'a'", 'dep:generic/x@>=1; extra == "a"'),
        ("dep:generic/x;platform_version == 'a;b'", 'dep:generic/x; platform_version == "a;b"'),
    ],
)
def test_good(text: str, written: str) -> None:
    """A requirement is written in one way, and read again as the same."""
    read = ExternalRequirement.parse(text)
    assert written == str(read)
    assert read == ExternalRequirement.parse(written)
    assert () == read_external(text).findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dep:generic/x;", ["marker-empty"]),
        ("dep:generic/x; ", ["marker-empty"]),
        ("dep:generic/x; os_nam == 'nt'", ["marker-unknown-variable"]),
        ("dep:zlib; os_nam == 'nt'", ["external-type", "marker-unknown-variable"]),
        ("dep:zlib; os_name == 'nt'", ["external-type"]),
        ("; os_name == 'nt'", ["external-scheme"]),
        ("dep:generic/x; os_name == windows", ["marker-unquoted"]),
        ("dep:generic/x; os_name == 'nt';", ["marker-semicolon"]),
    ],
)
def test_bad(text: str, expected: list[str]) -> None:
    """What is wrong with DepURL and marker is said of both."""
    read = read_external(text)
    assert (text, None) == (read.text, read.requirement)
    assert expected == [found.code for found in read.findings]
    with pytest.raises(ExternalError):
        ExternalRequirement.parse(text)


def test_places_of_a_marker() -> None:
    """They are those of the whole text, and its fixes, too."""
    text = "dep:generic/x;  os_nam == 'nt'"
    [found] = read_external(text).findings
    assert found.span is not None
    assert "os_nam" == text[found.span.start : found.span.end]
    assert found.fix is not None
    assert found.fix.span == found.span


def test_lints_leave_a_requirement() -> None:
    """A warning about a marker is said, and the requirement is one."""
    read = read_external("dep:generic/x; os_name == 'windows'")
    assert read.requirement is not None
    assert [Severity.WARNING] == [found.severity for found in read.findings]


def test_what_is_no_text() -> None:
    """Something else than text is a finding."""
    read = read_external({"dep": "generic/x"})
    assert ("", None) == (read.text, read.requirement)
    assert ["external-not-text"] == [found.code for found in read.findings]
    with pytest.raises(ExternalError):
        ExternalRequirement.parse(None)  # type: ignore[arg-type]


def test_where_it_is_needed() -> None:
    """Without a marker everywhere, with one where that holds."""
    everywhere = ExternalRequirement.parse("dep:generic/x")
    somewhere = ExternalRequirement.parse("dep:generic/x; sys_platform == 'linux' and extra == 'a'")
    linux = {"sys_platform": "linux"}
    assert everywhere.evaluate(linux)
    assert somewhere.evaluate(linux, ["a"])
    assert not somewhere.evaluate(linux)
    assert not somewhere.evaluate({"sys_platform": "win32"}, ["a"])


def test_equal_requirements() -> None:
    """They ask for the same in the same environments."""
    first = ExternalRequirement.parse("dep:generic/x; os_name == 'nt'")
    assert first == ExternalRequirement.parse("dep:generic/x ; 'nt' == os_name")
    assert first != ExternalRequirement.parse("dep:generic/x")
    assert first != ExternalRequirement.parse("dep:generic/y; os_name == 'nt'")


@given(
    st.sampled_from([text for text, _, _ in GOOD]),
    st.text(st.sampled_from("; '\"\\os_name=<>!()nt\x00"), max_size=20),
)
@settings(max_examples=400, deadline=None)
def test_whatever_stands_behind(text: str, behind: str) -> None:
    """Any text behind a DepURL is a marker, or is said to be none."""
    read = read_external(f"{text};{behind}")
    fatal = any(found.severity is Severity.ERROR for found in read.findings)
    assert (read.requirement is None) is fatal
    if read.requirement is not None:
        assert read.requirement == ExternalRequirement.parse(str(read.requirement))
