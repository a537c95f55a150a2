"""What a file's name says of name and version, against metadata."""

from __future__ import annotations

import pytest

from trigpoint.archives.file_names import differs, normal_version


@pytest.mark.parametrize(
    ("stated", "metadata", "expected"),
    [
        (("spam", "1.0"), ("spam", "1.0"), []),
        (("Spam_eggs", "1.0"), ("spam.eggs", "1"), []),
        (("spam", "1.0_1"), ("spam", "1.0.post1"), []),
        (("spam", "1.0+a_b"), ("spam", "1.0+a.b"), []),
        (("spam", "1.0"), ("", ""), []),
        (("spam", "2"), ("spam", "1"), ["version"]),
        (("spam", "one"), ("spam", "one"), []),
        (("spam", "one"), ("spam", "1"), ["version"]),
        (("spam", "9" * 5_000), ("spam", "1"), ["version"]),
        (("egg", "1"), ("spam", ""), ["name"]),
        (("egg", "2"), ("spam", "1"), ["name", "version"]),
    ],
)
def test_differs(stated: tuple[str, str], metadata: tuple[str, str], expected: list[str]) -> None:
    """Spellings of one name or version are no difference, and what is not stated is none."""
    assert expected == differs(*stated, *metadata)


def test_normal_version() -> None:
    """What is no version is compared as a text."""
    assert ["1", "1.post1", "one"] == [normal_version(each) for each in ("1.0", "1-1", "one")]
