"""What becomes of snow: three languages in one wheel for every Python from 3.9 on."""

from ._density import water
from ._line import line
from ._settle import settle

__all__ = ["line", "settle", "water"]
