"""A part of the namespace snow_cap."""

from importlib.metadata import version

from ._line import snow_line

__all__ = ["__version__", "snow_line"]

__version__ = version("snow-cap")
