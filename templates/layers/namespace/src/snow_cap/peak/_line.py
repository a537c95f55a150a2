"""How high the snow line lies."""

HIGHEST = 5000.0
"""Metres above the sea, at the equator."""

LOWEST_AT = 70.0
"""Degrees of latitude from which on it lies at the sea."""


def snow_line(latitude: float) -> float:
    """Return, roughly, the height in metres above which snow stays at a latitude in degrees.

    >>> snow_line(35.0)
    2500.0
    """
    return max(0.0, HIGHEST * (1.0 - abs(latitude) / LOWEST_AT))
