"""Heights in words."""

from .._line import snow_line


def told(latitude: float) -> str:
    """Return a sentence about the snow line at a latitude in degrees."""
    return f"At {latitude:g} degrees snow stays above {snow_line(latitude):.0f} m."
