"""What is measured; ``python -m tests.benchkit`` measures it.

To add a benchmark, add a :class:`tests.benchkit.Benchmark` to ``BENCHMARKS`` of
one of the suites; to add a suite, name its module here.  In ours, use only what
is public, so that an older revision can be measured with it too.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SUITES", "Declared"]

_PROCESSOR = "Processor time."


@dataclass(frozen=True)
class Declared:
    """A suite: its module, its title, and which clock is read.

    ``before_and_after`` says whether a run against another revision takes part.
    """

    module: str
    title: str
    clock: str = _PROCESSOR
    before_and_after: bool = True


SUITES = {
    "markers": Declared("tests.benchmarks.markers", "Markers"),
    "families": Declared("tests.benchmarks.families", "Markers that blow up normal forms"),
    "metadata": Declared("tests.benchmarks.metadata", "Metadata"),
    "external": Declared("tests.benchmarks.external", "External dependencies"),
    "wheels": Declared("tests.benchmarks.wheels", "Wheels"),
    "keystrokes": Declared("tests.benchmarks.keystrokes", "From a keystroke to an answer"),
    "start": Declared("tests.benchmarks.start", "Start", "Processor time of whole commands."),
    "builds": Declared(
        "tests.benchmarks.builds",
        "Compiled wheels",
        "The clock on the wall: compilers run side by side.",
    ),
    "growth": Declared("tests.benchmarks.growth", "Growth"),
    "engine": Declared(
        "tests.benchmarks.engine",
        "The engine in Chromium",
        "The browser's clock.",
        before_and_after=False,
    ),
}
"""Every suite by its name on the command line."""
