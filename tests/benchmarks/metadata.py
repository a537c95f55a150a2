"""Compare readers of metadata on real files, in one process and one run.

Usage: ``python tests/benchmarks/metadata.py [--out FILE] [--repeats N]``

The files are those installed here, and those in ``TRIGPOINT_REAL_FILES``; see
``tests/metadata/real_files.py``.  Each file is timed by itself, readers take
turns on the whole set, and the figure is the mean over the files of each one's fastest
repeat, in microseconds a file.  A ratio says how many times as long a peer
takes as Trigpoint.  The caches that remember markers, licenses and versions are
emptied before every file, except in the task that says otherwise.  A peer that
is not installed is left out.
"""

from __future__ import annotations

import argparse
import contextlib
import email.parser
import email.policy
import gc
import importlib.metadata
import importlib.util
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.errors import ExceptionGroup as InvalidGroup
from packaging.metadata import Metadata, parse_email

from trigpoint.metadata import read, requirement
from trigpoint.metadata.checks import values as checks

HELPER = Path(__file__).resolve().parents[1] / "metadata" / "real_files.py"


def real_files() -> list[bytes]:
    """Return the bytes of every real file."""
    spec = importlib.util.spec_from_file_location("trigpoint_benchmark_real_files", HELPER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return [file.data for file in module.real_files()]


def forget() -> None:
    """Empty the caches of Trigpoint, so that nothing is known from another file."""
    for cache in (requirement.marker_findings, requirement._is_clause, checks._license):
        cache.cache_clear()


def splitlines(data: bytes) -> None:
    for _line in data.decode("utf-8").splitlines():
        pass


def scan(data: bytes) -> None:
    read(data)


def fields(data: bytes) -> None:
    document = read(data)
    document["Requires-Dist"]
    document["Description"]


def validate(data: bytes) -> None:
    [finding.span.line for finding in read(data).findings() if finding.span]


def packaging_validated(data: bytes) -> None:
    with contextlib.suppress(InvalidGroup):
        Metadata.from_email(data)


def packaging_raw(data: bytes) -> None:
    parse_email(data)


def email_parser(data: bytes) -> None:
    email.parser.BytesParser(policy=email.policy.compat32).parsebytes(data)


def pkginfo_reader() -> Callable[[bytes], object] | None:
    """Return pkginfo's reader, if it is installed."""
    if importlib.util.find_spec("pkginfo") is None:
        return None
    from pkginfo.distribution import Distribution

    return lambda data: Distribution().parse(data)


@dataclass(frozen=True)
class Task:
    """One thing to measure: Trigpoint's way, the peers' ways, and the ratios to reach.

    A goal below 1 is for a peer that does less.
    """

    name: str
    ours: Callable[[bytes], object]
    peers: Mapping[str, Callable[[bytes], object] | None]
    goals: Mapping[str, float]
    warm: bool = False
    notes: str = field(default="")


TASKS: tuple[Task, ...] = (
    Task(
        "read + validate, with line numbers",
        validate,
        {"packaging": packaging_validated},
        {"packaging": 4},
    ),
    Task(
        "the same, with what other files taught",
        validate,
        {"packaging": packaging_validated},
        {"packaging": 4},
        warm=True,
    ),
    Task("scan", scan, {"splitlines": splitlines}, {"splitlines": 1 / 1.5}),
    Task(
        "read fields",
        fields,
        {"packaging": packaging_raw, "email": email_parser, "pkginfo": pkginfo_reader()},
        {},
    ),
)


def measure(task: Task, files: Sequence[bytes], repeats: int) -> dict[str, Any]:
    """Time every way on every file, interleaved."""
    ways = {"trigpoint": task.ours} | {name: way for name, way in task.peers.items() if way}
    taken: dict[str, list[list[float]]] = {name: [[] for _ in files] for name in ways}
    clock = time.perf_counter
    gc.collect()
    gc.disable()
    try:
        for _ in range(repeats):
            for name, way in ways.items():
                cold = name == "trigpoint" and not task.warm
                for i, data in enumerate(files):
                    if cold:
                        forget()
                    begin = clock()
                    way(data)
                    taken[name][i].append(clock() - begin)
                gc.collect()
    finally:
        gc.enable()
    best = {name: statistics.fmean(min(times) for times in rows) for name, rows in taken.items()}
    median = {
        name: statistics.fmean(statistics.median(times) for times in rows)
        for name, rows in taken.items()
    }
    ours = best["trigpoint"]
    return {
        "task": task.name,
        "unit": "microseconds a file",
        "fastest": {name: round(value * 1e6, 1) for name, value in best.items()},
        "median": {name: round(value * 1e6, 1) for name, value in median.items()},
        "ratio": {
            name: round(value / ours, 2) for name, value in best.items() if name != "trigpoint"
        },
        "goal": dict(task.goals),
    }


def report(results: Mapping[str, Any]) -> str:
    """Return the results as a table."""
    rows = [f"{results['files']} files, {results['repeats']} repeats, {results['python']}"]
    for result in results["tasks"]:
        rows.append(f"{result['task']} ({result['unit']})")
        for name, value in result["fastest"].items():
            ratio = f"{result['ratio'][name]:8.2f}x" if name in result["ratio"] else " " * 9
            goal = f"  goal {result['goal'][name]:.3g}x" if name in result["goal"] else ""
            rows.append(f"  {name:<16}{value:10.1f}{ratio}{goal}")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the JSON if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, help="write the results here, as JSON")
    parser.add_argument("--repeats", type=int, default=25, help="repeats of each task")
    options = parser.parse_args(arguments)
    files = real_files()
    results = {
        "suite": "metadata",
        "files": len(files),
        "repeats": options.repeats,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "versions": {
            name: importlib.metadata.version(name)
            for name in ("trigpoint", "packaging", "pkginfo")
            if importlib.util.find_spec(name)
        },
        "tasks": [measure(task, files, options.repeats) for task in TASKS],
    }
    print(report(results))
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
