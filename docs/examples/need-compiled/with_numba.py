"""Numba compiles the loop when it is called first, for the types that it is called with."""

import numba
import numpy as np


@numba.njit
def anew(values, window):
    """Add up each window anew."""
    found = np.empty(values.size - window + 1)
    for start in range(found.size):
        total = 0.0
        for at in range(start, start + window):
            total += values[at]
        found[start] = total / window
    return found
