"""Run benchmarks and write down what they show.

Against peers: ``python -m tests.benchkit [SUITE ...]``; against another revision of this
project: ``python -m tests.benchkit --against REVISION [SUITE ...]``.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchkit.against import environment
from tests.benchkit.client import ROOT, Client, MissingLibraryError, Process, WorkerError
from tests.benchkit.declare import Benchmark, faster
from tests.benchkit.figures import Verdict
from tests.benchkit.machine import revision, this_machine, today
from tests.benchkit.results import Result, Suite, heading, lines, to_json
from tests.benchkit.runner import Plan, measure, sampled
from tests.benchkit.worker import load
from tests.benchmarks import SUITES, Declared

__all__ = ["against_peers", "against_revision", "main"]

BUILD = ROOT / "build"
KEPT = ROOT / "docs" / "data" / "benchmarks"
NOW = "now"
NO_SLOWER = 0.95
"""Nothing may be slower than this: the time of then by the time of now."""

METHOD = (
    "Contenders take turns, each in a process of its own, with garbage collected before each round. "
    "The figure is the median of the rounds; a ratio is the median of the ratios within rounds, "
    "and behind it is said between what the median of many more would be."
)


def _measured(
    benchmark: Benchmark,
    module: str,
    places: Mapping[str, tuple[str, str]],
    plan: Plan,
    versions: dict[str, str],
) -> Result:
    """Measure *benchmark* with a contender at each of *places*: interpreter and way."""
    notes: dict[str, None] = {}

    @contextlib.contextmanager
    def sit() -> Iterator[dict[str, Client]]:
        seats: dict[str, Client] = {}
        with contextlib.ExitStack() as stack:
            shared: Process | None = None
            for name, (python, way) in places.items():
                if shared is None or not benchmark.together:
                    shared = Process(python, module, benchmark.name)
                    stack.callback(shared.close)
                try:
                    seats[name] = Client(shared, way)
                except MissingLibraryError as error:
                    notes[f"left out: {name} ({error})"] = None
                    continue
                if version := seats[name].version:
                    versions[way] = version
            if benchmark.ours not in seats:
                raise WorkerError(f"{benchmark.ours} is not installed")
            yield seats

    try:
        result = measure(benchmark, sit, sampled(benchmark.items(), plan.items), plan)
    except WorkerError as error:
        result = Result(benchmark.name, benchmark.unit, benchmark.ours, 0, (), (str(error),))
    return dataclasses.replace(result, notes=(*notes, *result.notes))


def against_peers(
    benchmark: Benchmark, module: str, plan: Plan, versions: dict[str, str]
) -> Result:
    """Measure every contender of *benchmark*."""
    order = [benchmark.ours, *(name for name in benchmark.ways if name != benchmark.ours)]
    places = {name: (sys.executable, name) for name in order}
    return _measured(benchmark, module, places, plan, versions)


def against_revision(
    benchmark: Benchmark, module: str, plan: Plan, pythons: Mapping[str, str]
) -> Result:
    """Measure our way of *benchmark* in each of *pythons*: now first, then the other revision."""
    pair = dataclasses.replace(
        benchmark,
        ours=NOW,
        bars={name: faster(NO_SLOWER) for name in pythons if name != NOW},
        may_miss=frozenset(),
        known={},
    )
    places = {name: (python, benchmark.ours) for name, python in pythons.items()}
    return _measured(pair, module, places, plan, {})


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "suites", nargs="*", metavar="SUITE", help=f"{', '.join(SUITES)}; all if none is named"
    )
    parser.add_argument("--against", metavar="REVISION", help="measure against this revision")
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="WORDS",
        help="benchmarks with these words in their name (may be repeated)",
    )
    parser.add_argument("--rounds", type=int, help="rounds of each sitting; 7, or 3 with --against")
    parser.add_argument(
        "--sittings", type=int, help="how often new processes are started; 1, or 5 with --against"
    )
    parser.add_argument("--items", type=int, default=0, help="at most so many inputs; 0 for all")
    parser.add_argument("--out", type=Path, default=BUILD / "benchmarks", help="folder for results")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="keep the results in the repository, for a site built without any",
    )
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.suites if name not in SUITES]:
        parser.error(f"no such suite: {', '.join(unknown)}; there are {', '.join(SUITES)}")
    return options


def _suites(options: argparse.Namespace) -> dict[str, Declared]:
    return {
        name: declared
        for name, declared in SUITES.items()
        if name in options.suites
        or not (options.suites or (options.against and not declared.before_and_after))
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write; return 1 if answers differ or something became slower."""
    options = _options(arguments)
    usual = Plan(sittings=5, rounds=3) if options.against else Plan()
    plan = Plan(options.sittings or usual.sittings, options.rounds or usual.rounds, options.items)
    pythons: dict[str, str] = {}
    then = ""
    if options.against:
        then = revision(ROOT, options.against)
        environments = BUILD / "benchmark-environments"
        pythons[NOW] = environment(environments / NOW, None)
        pythons[then] = environment(environments / then, then)
    bad = False
    machine, commit = this_machine(), revision(ROOT)
    for name, declared in _suites(options).items():
        chosen = [
            benchmark
            for benchmark in load(declared.module)
            if not options.only or any(words in benchmark.name for words in options.only)
        ]
        if not chosen:
            continue
        suite = Suite(
            f"{name}-before" if pythons else name,
            f"{declared.title}, against {then}" if pythons else declared.title,
            today(),
            commit,
            f"{declared.clock} {METHOD}",
            machine,
        )
        print(heading(suite))
        versions: dict[str, str] = {}
        results = []
        for benchmark in chosen:
            if pythons:
                result = against_revision(benchmark, declared.module, plan, pythons)
                bad |= any(row.verdict is Verdict.MISSED for row in result.rows)
            else:
                result = against_peers(benchmark, declared.module, plan, versions)
            bad |= bool(result.failures)
            print("\n".join(lines(result)), flush=True)
            results.append(result)
        suite = dataclasses.replace(suite, versions=versions, results=tuple(results))
        _write(suite, options.out)
        if options.keep:
            _write(suite, KEPT)
    return int(bad)


def _write(suite: Suite, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{suite.suite}.json"
    path.write_text(json.dumps(to_json(suite), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except (ValueError, subprocess.CalledProcessError) as error:
        sys.exit(f"error: {error}")
