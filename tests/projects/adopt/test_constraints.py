"""Poetry's constraints as specifiers and markers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.projects.adopt.constraints import MOST_MINORS, python_marker, to_specifier
from trigpoint.versions import MOST_DIGITS, specifiers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("^1.2.3", ">=1.2.3,<2.0"),
        ("^1.2", ">=1.2,<2.0"),
        ("^1", ">=1,<2"),
        ("^0.2.3", ">=0.2.3,<0.3"),
        ("^0.0.3", ">=0.0.3,<0.0.4"),
        ("^0.0", ">=0.0,<0.1"),
        ("^0", ">=0,<1"),
        ("^1.0b1", ">=1.0b1,<2.0"),
        ("^1!2.3", ">=1!2.3,<1!3.0"),
        ("~1.2.3", ">=1.2.3,<1.3"),
        ("~1.2", ">=1.2,<1.3"),
        ("~1", ">=1,<2"),
        ("~=1.2", "~=1.2"),
        ("*", ""),
        (">=*", ""),
        ("1.2.*", "==1.2.*"),
        ("!=1.2.*", "!=1.2.*"),
        ("1.2", "==1.2"),
        (" >= 1.2 , < 2 ", ">=1.2,<2"),
        (">=1.2 <2", ">=1.2,<2"),
        ("^2.7 || ^3.5", ">=2.7,!=3.0.*,!=3.1.*,!=3.2.*,!=3.3.*,!=3.4.*,<4.0"),
        ("~2.7 | ^3.2", ">=2.7,!=3.0.*,!=3.1.*,<4.0"),
        ("2.7.* || >=3.1", ">=2.7,!=3.0.*"),
        (">=3.1 || 2.7.*", ">=2.7,!=3.0.*"),
        (">=1 || >=2", ">=1"),
        (">=1,<3 || >=2,<2.5", ">=1,<3"),
        ("* || 1", ""),
    ],
)
def test_specifiers(text: str, expected: str) -> None:
    """A constraint becomes the specifier that allows the same versions."""
    assert expected == to_specifier(text)


@pytest.mark.parametrize(
    "text",
    [
        "what",
        "^what",
        "^*1",
        ">1.*",
        "<*",
        ">=",
        "1 || 3",
        "<1 || >2",
        "what || 1",
        ">=1,<2 || >=3.1.2",
        ">=1.1,<1.2.3 || >=1.4",
        f"^{'9' * (MOST_DIGITS + 1)}",
        f"1.{'9' * (MOST_DIGITS + 1)}",
        "1.2.3.dev.*",
    ],
)
def test_what_specifiers_cannot_say(text: str) -> None:
    """What has no words in PEP 440 gives None, and no guess."""
    assert to_specifier(text) is None


def test_a_number_that_grows_by_a_digit() -> None:
    """A bound one higher may be too long; the specifier is refused, and nothing raises."""
    assert to_specifier(f"^{'9' * MOST_DIGITS}") is None


def test_minors_between_ranges() -> None:
    """So many minor versions are left out one by one, and no more."""
    most = to_specifier(f">=3.0,<3.1 || >=3.{MOST_MINORS + 1}")
    assert most is not None
    assert MOST_MINORS == most.count("!=")
    assert to_specifier(f">=3.0,<3.1 || >=3.{MOST_MINORS + 2}") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<3.8", 'python_version < "3.8"'),
        ("~3.7", 'python_version >= "3.7" and python_version < "3.8"'),
        ("3.7.*", 'python_version == "3.7"'),
        ("!=3.7.*", 'python_version != "3.7"'),
        (">=3.6.1", 'python_full_version >= "3.6.1"'),
        ("<3 || >=3.8", 'python_version < "3" or python_version >= "3.8"'),
        ("3.*", 'python_version == "3.*"'),
        ("*", ""),
        ("what", None),
        ("===3.8", None),
    ],
)
def test_markers(text: str, expected: str | None) -> None:
    """What a dependency says of Python becomes a marker."""
    assert expected == python_marker(text)


@given(st.text(alphabet="0123456789.^~*|,<>=! abx", max_size=30))
def test_no_text_raises(text: str) -> None:
    """Whatever is written, the answer is None or a specifier."""
    found = to_specifier(text)
    assert found is None or specifiers(found) is not None
    python_marker(text)
