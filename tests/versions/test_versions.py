"""The one door to versions, held to packaging and to its bound."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.version import VERSION_PATTERN, InvalidVersion, Version

from trigpoint import versions

LONG = "9" * versions.MOST_DIGITS
TOO_LONG = LONG + "9"

_texts = st.one_of(
    st.text("0123456789.*abcrpostdev+-_!~=<>, vV\n", max_size=24),
    st.from_regex(re.compile(VERSION_PATTERN, re.VERBOSE | re.ASCII), fullmatch=True),
    st.text(max_size=8),
)


@given(_texts)
def test_same_versions_as_packaging(text: str) -> None:
    """What packaging reads is read, and nothing else."""
    try:
        expected: Version | None = Version(text)
    except InvalidVersion:
        expected = None
    assert versions.is_version(text) == (expected is not None)
    if expected is None:
        with pytest.raises(InvalidVersion):
            versions.version(text)
    else:
        assert versions.version(text) == expected


@given(_texts, st.sampled_from(["", "==", ">=", "~=", "===", "<", "!="]))
def test_same_specifiers_as_packaging(text: str, op: str) -> None:
    """What packaging reads as specifiers is read, and nothing else."""
    for ours, theirs in (
        (versions.specifier, Specifier),
        (versions.specifiers, SpecifierSet),
    ):
        try:
            expected: object = theirs(op + text)
        except InvalidSpecifier:
            with pytest.raises(InvalidSpecifier):
                ours(op + text)
        else:
            assert ours(op + text) == expected


@pytest.mark.parametrize("form", ["{}", "1.{}", "{}!1", "1rc{}", "1.post{}", "1+a.{}", "1.dev{}"])
def test_numbers_up_to_the_bound_are_read(form: str) -> None:
    """The last number of digits that every Python reads is read, one more is refused."""
    assert versions.is_version(form.format(LONG))
    assert not versions.is_version(form.format(TOO_LONG))
    with pytest.raises(InvalidVersion, match="more than 640 digits"):
        versions.version(form.format(TOO_LONG))
    assert versions.specifier("==" + form.format(LONG)).contains(form.format(LONG))
    with pytest.raises(InvalidSpecifier, match="more than 640 digits"):
        versions.specifier("==" + form.format(TOO_LONG))
    assert len(versions.specifiers(f">0,=={form.format(LONG)}")) == 2
    with pytest.raises(InvalidSpecifier, match="more than 640 digits"):
        versions.specifiers(f">0,=={form.format(TOO_LONG)}")


@pytest.mark.usefixtures("processes")
def test_bound_holds_under_the_lowest_limit_of_python() -> None:
    """The longest number is read also where Python is set to read as few digits as it can be."""
    code = "from trigpoint import versions as v; print(v.version('9' * v.MOST_DIGITS).release[0])"
    run = subprocess.run(
        [sys.executable, "-X", f"int_max_str_digits={versions.MOST_DIGITS}", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == LONG


def test_place_of_a_long_number() -> None:
    """The first number that is too long is named by its place."""
    assert versions.long_number(LONG + "." + LONG) is None
    assert versions.long_number(f"1.{TOO_LONG}.{TOO_LONG}") == (2, 2 + len(TOO_LONG))
    assert versions.long_number(".".join("1" * 1000)) is None


@pytest.mark.parametrize("text", ["", " 1", "1_0", "-1", "\u0661", "1.0", TOO_LONG])
def test_what_is_no_number(text: str) -> None:
    """A number is ASCII digits, as many as can be read."""
    with pytest.raises(InvalidVersion):
        versions.number(text)


def test_numbers() -> None:
    """Leading zeros say nothing."""
    assert versions.number("007") == 7
    assert versions.number(LONG) == 10**versions.MOST_DIGITS - 1


@pytest.mark.parametrize("over", [0, 1])
def test_releases_have_the_same_bound(over: int) -> None:
    """Each number of a release may be so long, and the error says so."""
    text = f"3.{LONG + '9' * over}.0"
    if not over:
        assert [3, int(LONG), 0] == versions.release(text)
        return
    with pytest.raises(InvalidVersion, match=f"more than {versions.MOST_DIGITS} digits"):
        versions.release(text)
