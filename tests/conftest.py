"""One way to search for counterexamples, everywhere."""

from __future__ import annotations

import os
import sys
import tracemalloc

import pytest

try:
    from hypothesis import settings
except ModuleNotFoundError:  # the browser tests run without it
    pass
else:
    # Time depends on the machine, so no example fails for being slow; CI repeats itself exactly.
    settings.register_profile("trigpoint", deadline=None, derandomize="CI" in os.environ)
    settings.load_profile("trigpoint")


@pytest.fixture
def calls():
    """Count the calls of functions, Python's and C's, that a function makes."""

    def count(function):
        made = 0

        def profile(_frame, event, _arg):
            nonlocal made
            made += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(profile)
        try:
            function()
        finally:
            sys.setprofile(before)
        return made

    return count


@pytest.fixture
def peak():
    """Say how many bytes a function holds at most, beyond what was there."""

    def measure(function):
        tracemalloc.start()
        try:
            function()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    return measure
