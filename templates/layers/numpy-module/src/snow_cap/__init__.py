"""Snow Cap."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from ._core import rolling_mean as _rolling_mean

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["__version__", "rolling_mean"]

__version__ = version("snow-cap")


def rolling_mean(values: ArrayLike, window: int) -> NDArray[np.float64]:
    """Return the mean of each run of ``window`` neighbouring values.

    ``values`` is one row of numbers; a contiguous array of float64 is not copied on the way into
    the compiled code.

    :raises ValueError: ``values`` is not one row, or ``window`` is not from 1 to their number.

    >>> rolling_mean([1.0, 2.0, 6.0, 7.0], 3)
    array([3., 5.])
    """
    row = np.asarray(values, dtype=np.float64)
    if row.ndim != 1:
        message = f"values must be one row, not an array of {row.ndim} dimensions"
        raise ValueError(message)
    # Fortran has no exceptions: what it cannot work with is refused here.
    if not 1 <= window <= row.size:
        message = f"window must be from 1 to {row.size}, not {window}"
        raise ValueError(message)
    return _rolling_mean(row, window)
