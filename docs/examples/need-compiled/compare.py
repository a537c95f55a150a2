"""Say how many milliseconds each way takes, and stop where one gives another answer."""

import time

import _means
import means
import numpy as np
import typed
import with_ctypes
import with_numba
import with_numpy
from build_cffi import DECLARED
from cffi import FFI

ROW = np.random.default_rng(1).random(100_000)
LIST = ROW.tolist()


def through_cffi(ffi, library):
    """Return a way that calls *library*."""

    def anew(values, window):
        found = np.empty(values.size - window + 1)
        given, taken = (ffi.from_buffer("double[]", each) for each in (values, found))
        library.rolling_mean(given, values.size, window, taken)
        return found

    return anew


abi = FFI()
abi.cdef(DECLARED)
WAYS = {
    "Python": (means.anew, LIST),
    "Python, running sum": (means.running, LIST),
    "mypyc": (typed.anew, LIST),
    "NumPy": (with_numpy.anew, ROW),
    "NumPy, running sum": (with_numpy.running, ROW),
    "Numba": (with_numba.anew, ROW),
    "ctypes": (with_ctypes.anew, ROW),
    "cffi, ABI mode": (through_cffi(abi, abi.dlopen(str(with_ctypes.library))), ROW),
    "cffi, API mode": (through_cffi(_means.ffi, _means.lib), ROW),
}

for name, (way, values) in WAYS.items():
    took = []
    for window in (10, 1000):
        rounds = []
        for _ in range(2 if values is LIST else 7):
            start = time.process_time()
            found = way(values, window)
            rounds.append(1000 * (time.process_time() - start))
        np.testing.assert_allclose(found, with_numpy.anew(ROW, window))
        took.append(min(rounds))
    print(f"{name:20} {took[0]:8.2f} {took[1]:8.2f}")
