"""Snow Cap."""

from importlib.metadata import version

from ._line import snow_line
from ._show import need, show

__all__ = ["__version__", "need", "show", "snow_line"]

__version__ = version("snow-cap")
