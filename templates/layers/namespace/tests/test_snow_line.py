"""Where the snow line lies."""

import pytest

from snow_cap.peak import snow_line


@pytest.mark.parametrize(
    ("latitude", "height"),
    [(0.0, 5000.0), (35.0, 2500.0), (-35.0, 2500.0), (70.0, 0.0), (90.0, 0.0)],
)
def test_snow_line(latitude: float, height: float) -> None:
    """It sinks from the equator to the sea, on either side."""
    assert height == snow_line(latitude)
