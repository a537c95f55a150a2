# cython: language_level=3, freethreading_compatible=True, autotestdict=False
"""The compiled part."""

cimport cython


@cython.boundscheck(False)
@cython.wraparound(False)
@cython.cdivision(True)
cdef void fill(const double[::1] values, Py_ssize_t window, double[::1] out) noexcept nogil:
    # Each window is added up anew: a running sum would carry a NaN, and every rounding error,
    # into all windows that follow. The caller has checked the lengths, so the loop need not.
    cdef Py_ssize_t start, i
    cdef double total
    for start in range(out.shape[0]):
        total = 0.0
        for i in range(start, start + window):
            total += values[i]
        out[start] = total / window


def rolling_mean(const double[::1] values not None, Py_ssize_t window, double[::1] out not None, /):
    """Write the mean of each window of values to out."""
    cdef Py_ssize_t size = values.shape[0]
    if window < 1 or window > size:
        raise ValueError(f"window must be from 1 to {size}, not {window}")
    if out.shape[0] != size - window + 1:
        raise ValueError(f"out must have room for {size - window + 1} means, not {out.shape[0]}")
    # Other threads of Python run meanwhile; the buffers cannot be resized while held.
    with nogil:
        fill(values, window, out)
