"""One way to search for counterexamples, everywhere."""

from __future__ import annotations

import os
import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType

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
def calls() -> Callable[[Callable[[], object]], int]:
    """Count the calls of functions, Python's and C's, that a function makes."""

    def count(function: Callable[[], object]) -> int:
        made = 0

        def profile(_frame: FrameType, event: str, _arg: object) -> None:
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
def peak() -> Callable[[Callable[[], object]], int]:
    """Say how many bytes a function holds at most, beyond what was there."""

    def measure(function: Callable[[], object]) -> int:
        tracemalloc.start()
        try:
            function()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    return measure
