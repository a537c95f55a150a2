"""Compare marker libraries on the corpus of real markers, in one process and one run.

Usage: ``python tests/benchmarks/markers.py [--out FILE] [--repeats N] [--sample N] [--only TASK]``

Every library does each task on the same markers, those that all of them accept.
Of markers that differ in the names of extras only, a few are used.
Repeats are interleaved, so that a busy machine slows all of them alike; the
figure is the fastest repeat, in microseconds a marker.  A ratio says how many
times as long a peer takes as Trigpoint.  A peer that is not installed, or has
no such operation, is left out.

To add a library, subclass :class:`Library`; to add a task, give it a method and
a :class:`Task` in :data:`TASKS`.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib.metadata
import json
import platform
import random
import re
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[1] / "data" / "markers.txt"

ENVIRONMENT: Mapping[str, str] = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "6.8.0-134-generic",
    "platform_system": "Linux",
    "platform_version": "#134-Ubuntu SMP PREEMPT_DYNAMIC Fri Jun 26 18:43:11 UTC 2026",
    "python_version": "3.13",
    "python_full_version": "3.13.18",
    "implementation_name": "cpython",
    "implementation_version": "3.13.18",
}
"""The environment that markers are evaluated in; no extra is requested."""


class Library:
    """One marker library.  A method that is missing is a task it does not have.

    ``parse`` reads one text.  ``environment`` makes what ``evaluate`` takes, once.
    """

    distribution: str
    parse: Callable[[str], Any]

    def environment(self) -> Any:
        return {**ENVIRONMENT, "extra": ""}

    def evaluate(self, marker: Any, environment: Any) -> bool:
        return bool(marker.evaluate(environment))

    def forget(self) -> None:
        """Empty the caches, so that each repeat does the work again."""


class Trigpoint(Library):
    distribution = "trigpoint"

    def __init__(self) -> None:
        from trigpoint.markers import Marker, prepare

        self.parse = Marker
        self.prepare = prepare

    def environment(self) -> Any:
        return self.prepare(ENVIRONMENT)


class Packaging(Library):
    distribution = "packaging"

    def __init__(self) -> None:
        from packaging.markers import Marker

        self.parse = Marker


class DepLogic(Library):
    distribution = "dep-logic"

    def __init__(self) -> None:
        from dep_logic import markers

        self.parse = markers.parse_marker
        self._caches = caches_of("dep_logic")

    def forget(self) -> None:
        clear(self._caches)


class PoetryCore(Library):
    distribution = "poetry-core"

    def __init__(self) -> None:
        from poetry.core.version import markers

        self.parse = markers.parse_marker
        self._caches = caches_of("poetry.core")

    def evaluate(self, marker: Any, environment: Any) -> bool:
        return bool(marker.validate(environment))

    def forget(self) -> None:
        clear(self._caches)


class NabMarkersets(Library):
    distribution = "nab-markersets"

    def __init__(self) -> None:
        from nab_markersets.markersets import MarkerSet

        self.parse = MarkerSet.from_marker
        self._caches = caches_of("nab_markersets")

    def environment(self) -> Any:
        nothing: frozenset[str] = frozenset()
        return {**ENVIRONMENT, "extra": nothing, "extras": nothing, "dependency_groups": nothing}

    def forget(self) -> None:
        clear(self._caches)


LIBRARIES: tuple[type[Library], ...] = (Trigpoint, Packaging, DepLogic, PoetryCore, NabMarkersets)


def caches_of(package: str) -> list[Any]:
    """Return every ``functools`` cache of a package's functions and methods."""
    found: dict[int, Any] = {}
    for name, module in list(sys.modules.items()):
        if name == package or name.startswith(f"{package}."):
            for thing in list(vars(module).values()):
                members = list(vars(thing).values()) if isinstance(thing, type) else []
                for candidate in (thing, *members):
                    inner = getattr(candidate, "__func__", candidate)
                    if callable(getattr(inner, "cache_clear", None)):
                        found[id(inner)] = inner
    return list(found.values())


def clear(caches: Sequence[Any]) -> None:
    for cache in caches:
        cache.cache_clear()


@dataclass(frozen=True)
class Task:
    """One thing to measure.

    ``prepare`` makes what the clock does not see, ``run`` is what it sees;
    ``goals`` are the ratios to reach, by peer.
    """

    name: str
    method: str
    prepare: Callable[[Library, Sequence[str]], Any]
    run: Callable[[Library, Any], None]
    goals: Mapping[str, float]


def _texts(_library: Library, texts: Sequence[str]) -> Any:
    return texts


def _parse_all(library: Library, texts: Any) -> None:
    parse = library.parse
    for text in texts:
        parse(text)


def _parsed(library: Library, texts: Sequence[str]) -> Any:
    return [library.parse(text) for text in texts], library.environment()


def _evaluate_all(library: Library, prepared: Any) -> None:
    markers, environment = prepared
    evaluate = library.evaluate
    for marker in markers:
        evaluate(marker, environment)


TASKS: tuple[Task, ...] = (
    Task(
        "parse",
        "parse",
        _texts,
        _parse_all,
        {"packaging": 1.5, "dep-logic": 8.0, "poetry-core": 30.0},
    ),
    Task(
        "evaluate",
        "evaluate",
        _parsed,
        _evaluate_all,
        {"packaging": 15.0, "dep-logic": 15.0, "poetry-core": 6.0},
    ),
)
"""What is measured; the goals are those of the finished algebra."""


def installed() -> list[Library]:
    found = []
    for library in LIBRARIES:
        try:
            found.append(library())
        except ImportError as error:
            print(f"left out: {library.distribution} ({error})", file=sys.stderr)
    return found


def balanced(texts: Sequence[str], limit: int) -> list[str]:
    """Keep *limit* markers of those that differ in the names of extras only.

    Metadata is full of bare ``extra == "name"``; they would drown the rest.
    """
    kept: Counter[str] = Counter()
    chosen = []
    for text in texts:
        shape = re.sub(r"(extra\s*[!=]=\s*)(\"[^\"]*\"|'[^']*')", r"\1''", text)
        kept[shape] += 1
        if kept[shape] <= limit:
            chosen.append(text)
    return chosen


def usable(libraries: Sequence[Library], texts: Sequence[str]) -> list[str]:
    """Return the texts that every library reads and evaluates without an error."""
    environments = [library.environment() for library in libraries]

    def works(text: str) -> bool:
        # Each library has exceptions of its own; any of them rules the text out.
        with contextlib.suppress(Exception):
            for library, environment in zip(libraries, environments, strict=True):
                library.evaluate(library.parse(text), environment)
            return True
        return False

    return [text for text in texts if works(text)]


def seconds(task: Task, library: Library, texts: Sequence[str]) -> float:
    library.forget()
    prepared = task.prepare(library, texts)
    if task.prepare is _texts:
        library.forget()
    gc.collect()
    gc.disable()
    try:
        begin = time.perf_counter()
        task.run(library, prepared)
        return time.perf_counter() - begin
    finally:
        gc.enable()


def measure(
    task: Task, libraries: Sequence[Library], texts: Sequence[str], repeats: int
) -> dict[str, Any]:
    able = [library for library in libraries if hasattr(library, task.method)]
    taken: dict[str, list[float]] = {library.distribution: [] for library in able}
    for _ in range(repeats):
        for library in able:
            taken[library.distribution].append(seconds(task, library, texts))
    best = {name: min(values) for name, values in taken.items()}
    ours = best["trigpoint"]
    return {
        "task": task.name,
        "unit": "microseconds a marker",
        "fastest": {name: round(value / len(texts) * 1e6, 3) for name, value in best.items()},
        "median": {
            name: round(statistics.median(values) / len(texts) * 1e6, 3)
            for name, values in taken.items()
        },
        "ratio": {
            name: round(value / ours, 2) for name, value in best.items() if name != "trigpoint"
        },
        "goal": dict(task.goals),
    }


def report(results: Mapping[str, Any]) -> str:
    rows = [f"{results['markers']} markers, {results['repeats']} repeats, {results['python']}"]
    for result in results["tasks"]:
        rows.append(f"{result['task']} ({result['unit']})")
        for name, value in result["fastest"].items():
            ratio = f"{result['ratio'][name]:8.2f}x" if name in result["ratio"] else " " * 9
            goal = f"  goal {result['goal'][name]:g}x" if name in result["goal"] else ""
            rows.append(f"  {name:<16}{value:10.3f}{ratio}{goal}")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, help="write the results here, as JSON")
    parser.add_argument("--repeats", type=int, default=5, help="repeats of each task")
    parser.add_argument("--sample", type=int, default=0, help="use this many markers only")
    parser.add_argument("--only", action="append", help="run this task only (may be repeated)")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")

    texts = [line.partition("\t")[0] for line in CORPUS.read_text("utf-8").splitlines()]
    texts = balanced(texts, 20)
    if options.sample:
        texts = random.Random(0).sample(texts, min(options.sample, len(texts)))
    libraries = installed()
    texts = usable(libraries, texts)
    results = {
        "suite": "markers",
        "markers": len(texts),
        "repeats": options.repeats,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "versions": {
            library.distribution: importlib.metadata.version(library.distribution)
            for library in libraries
        },
        "tasks": [
            measure(task, libraries, texts, options.repeats)
            for task in TASKS
            if not options.only or task.name in options.only
        ],
    }
    print(report(results))
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
