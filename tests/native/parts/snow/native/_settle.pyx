# cython: language_level=3, freethreading_compatible=True
"""The part in Cython."""


def settle(double depth, int days, /):
    """Return how deep snow of so many cm is after so many days: a tenth less each."""
    cdef int day
    for day in range(days):
        depth *= 0.9
    return depth
