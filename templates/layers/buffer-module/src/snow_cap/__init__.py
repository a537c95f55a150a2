"""Snow Cap."""

from __future__ import annotations

from array import array
from importlib.metadata import version
from typing import TYPE_CHECKING

from ._core import rolling_mean as _rolling_mean

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["__version__", "rolling_mean"]

__version__ = version("snow-cap")


def rolling_mean(values: ReadableBuffer, window: int) -> array[float]:
    """Return the mean of each run of ``window`` neighbouring values.

    ``values`` is anything that shares its memory as one row of float64: an ``array("d")``,
    a NumPy array, a memoryview. Nothing is copied on the way into the compiled code.

    :raises TypeError: ``values`` shares no memory, or holds something else than float64.
    :raises ValueError: ``window`` is not from 1 to the number of values.

    >>> from array import array
    >>> rolling_mean(array("d", [1.0, 2.0, 6.0, 7.0]), 3)
    array('d', [3.0, 5.0])
    """
    with memoryview(values) as view:
        if view.format != "d" or view.ndim != 1 or not view.c_contiguous:
            message = "values must be one row of float64, such as array('d')"
            raise TypeError(message)
        # The compiled code checks this as well, but never sees an empty array, whose memory may
        # not be aligned as Rust asks for.
        if not 1 <= window <= len(view):
            message = f"window must be from 1 to {len(view)}, not {window}"
            raise ValueError(message)
        means = array("d", bytes(view.itemsize * (len(view) - window + 1)))
        _rolling_mean(view, window, means)
    return means
