"""What becomes of snow: C, Cython, C++ and Rust in one wheel."""

from __future__ import annotations

from ._density import water
from ._layers import depth
from ._melt import melt
from ._settle import settle

__all__ = ["depth", "melt", "settle", "water"]
