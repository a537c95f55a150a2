"""Heights in words, from a package in the package."""

from snow_cap.text import told


def test_told() -> None:
    """The sentence has both numbers."""
    assert told(35.0) == "At 35 degrees snow stays above 2500 m."
