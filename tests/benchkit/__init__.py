"""The one benchmark harness: what a benchmark declares, how it is timed, what is written down.

``python -m tests.benchkit`` runs the benchmarks that ``tests/benchmarks`` declares.

- Each contender works in a process of its own, which nobody else's garbage and
  memories reach; they take turns, round by round (A B A B), so that a busy
  machine slows all of them alike.
- What counts is processor time, with the cyclic garbage collector off while the
  clock runs and everything collected before.
- A ratio is taken within each round; what is told is the median of these
  ratios, and how sure it is.  A comparison of revisions starts its processes
  several times, because where things lie in memory makes some percent.
- Before anything is timed, every contender answers every input.  What one of
  them refuses is timed for none, and a different answer is a failure.
"""

from tests.benchkit.declare import Bar, Benchmark, Cold, Way, each, faster, growing, late, under

__all__ = ["Bar", "Benchmark", "Cold", "Way", "each", "faster", "growing", "late", "under"]
