"""One way to search for counterexamples, everywhere."""

from __future__ import annotations

import functools
import gc
import os
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from types import FrameType

import pytest

try:
    from hypothesis import settings
except ModuleNotFoundError:  # the browser tests run without it
    pass
else:
    # Time depends on the machine, so no example fails for being slow; CI repeats itself exactly.
    # WebAssembly is many times slower: there, the same laws are tried on fewer examples.
    settings.register_profile(
        "trigpoint",
        deadline=None,
        derandomize="CI" in os.environ,
        max_examples=20 if sys.platform == "emscripten" else 100,
    )
    settings.load_profile("trigpoint")

HERE = Path(__file__).parent
ONE_PYTHON = (
    # The text of the repository, and the programs that only the newest Python runs.
    "house/*",
    "mutants/*",
    # Every case of an algorithm against brute force: its lines run elsewhere too.
    "conformance/test_algebra_bruteforce.py",
    "extras/test_brute_force.py",
    "extras/test_compare.py",
    "projects/templates/test_laws.py",
    # How many calls a text takes; Pyodide counts most of them as well.
    "*/test_growth.py",
)
"""Files of tests whose outcome no version of Python changes: the oldest one leaves them out."""

MEASURED = "COVERAGE_PROCESS_CONFIG"
"""Where coverage tells processes that Python starts how to measure themselves."""

LONGEST_BYTES_IN_A_NAME = 16
"""A gzip stream of nothing, with the time in it, has 20."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run write the records anew that it would compare with."""
    parser.addoption("--accept", action="store_true", help="write records anew, to read the diff")


def pytest_configure(config: pytest.Config) -> None:
    """Say what the marks of this project mean."""
    for mark in (
        "repeats: runs the same lines so many times that its coverage is not measured",
        "one_python: proves what no version of Python changes, so the oldest leaves it out",
    ):
        config.addinivalue_line("markers", mark)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a test that is given an archive by the argument, not by the bytes.

    An archive may hold the second in which it was packed, and then each worker of a run
    collects a test of another name; and nobody reads a name of two hundred bytes.
    """
    return argname if isinstance(val, bytes) and len(val) > LONGEST_BYTES_IN_A_NAME else None


@functools.cache
def marks(path: Path) -> tuple[pytest.MarkDecorator, ...]:
    """Return the marks of each test in the file at *path*."""
    name = path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else ""
    found = []
    # Tests of the house read sources and start processes.
    if name.startswith("house/"):
        found.append(pytest.mark.repeats)
    if any(fnmatch(name, each) for each in ONE_PYTHON):
        found.append(pytest.mark.one_python)
    return tuple(found)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is so of all tests in a file."""
    for item in items:
        for mark in marks(item.path):
            item.add_marker(mark)


def pytest_collection_finish() -> None:
    """Leave what was collected out of each search for garbage: these were a tenth of all the time.

    Twenty thousand tests stay until the end, and were looked through again and again.
    """
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Stop measuring the coverage of a test that repeats itself: it would take three times as long.

    What others do not run counts as not covered then, so that no line is held by such a test alone.
    So it is for what hypothesis draws: no line may be held by an example that comes by chance.
    """
    coverage = sys.modules.get("coverage")
    running = None
    if coverage is not None and any(map(item.get_closest_marker, ("repeats", "hypothesis"))):
        running = coverage.Coverage.current()
    # Whoever asks which test comes by which line, asks it of all of them.
    if running is None or running.get_option("run:dynamic_context"):
        return (yield)
    # Processes that it starts would measure themselves.
    told = os.environ.pop(MEASURED, None)
    running.stop()
    try:
        return (yield)
    finally:
        running.start()
        if told is not None:
            os.environ[MEASURED] = told


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Callable[[str, list[str]], None]:
    """Compare lines with those of a file beside the test; whoever changes them reads the diff."""

    def compare(name: str, lines: list[str]) -> None:
        path = Path(request.path).with_name(name)
        if request.config.getoption("--accept"):
            path.write_text("\n".join(lines) + "\n", "utf-8")
        assert path.read_text("utf-8").split("\n") == [*lines, ""]

    return compare


@pytest.fixture
def processes() -> None:
    """Leave a test out where no process can be started."""
    if sys.platform == "emscripten":
        pytest.skip("WebAssembly starts no processes")


@pytest.fixture
def calls() -> Callable[[Callable[[], object]], int]:
    """Count the calls of functions, Python's and C's, that a function makes."""

    def count(function: Callable[[], object]) -> int:
        made = 0

        def profile(_frame: FrameType, event: str, _arg: object) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        before = sys.getprofile()
        # What earlier tests left behind is not taken away in the middle, as calls of this one.
        gc.disable()
        sys.setprofile(profile)
        try:
            function()
        finally:
            sys.setprofile(before)
            gc.enable()
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
