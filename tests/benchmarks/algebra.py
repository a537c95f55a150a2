"""Compare marker algebras on the corpus of real markers, in one process and one run.

Usage: ``python tests/benchmarks/algebra.py [--out FILE] [--repeats N] [--sample N] [--only TASK]``

The libraries and the corpus are those of ``markers.py`` beside this file.
Every repeat begins with empty caches; time is that of the processor.  A task with pairs
takes each marker with one other, the same for all libraries; dep-logic's and
poetry-core's ``and`` and ``or`` simplify, Trigpoint's make a canonical diagram
and write no text before somebody asks for it.

The families are those that normal forms cannot hold; Trigpoint alone runs
them, each in a fresh space, from text to canonical diagram and to the
simplified text.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib.metadata
import json
import math
import platform
import random
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import markers as base
from markers import Library, Task

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "markers"))

from families import FAMILIES


class Refuses:
    refusals: tuple[type[Exception], ...] = ()
    """What a library raises instead of an answer that is too large for it."""

    def evaluate_all(self, markers: Sequence[Any], environment: Any) -> None:
        for marker in markers:
            marker.evaluate(environment)


class Trigpoint(Refuses, base.Trigpoint):
    def __init__(self) -> None:
        from trigpoint.markers import Marker
        from trigpoint.markers.exact import algebra
        from trigpoint.markers.exact.prepared import prepare

        def canonical(text: str) -> Any:
            marker = Marker(text)
            _ = marker.meaning  # the canonical diagram is made when it is first needed
            return marker

        self.parse = canonical
        self._prepare = prepare
        self._algebra = algebra

    def environment(self) -> Any:
        return self._prepare(base.ENVIRONMENT)

    def forget(self) -> None:
        self._algebra.clear()

    def both(self, a: Any, b: Any) -> Any:
        return a & b

    def either(self, a: Any, b: Any) -> Any:
        return a | b

    def implies(self, a: Any, b: Any) -> bool:
        return bool(a.implies(b))

    def disjoint(self, a: Any, b: Any) -> bool:
        return bool(a.disjoint(b))


class DepLogic(Refuses, base.DepLogic):
    def both(self, a: Any, b: Any) -> Any:
        return a & b

    def either(self, a: Any, b: Any) -> Any:
        return a | b


class Packaging(Refuses, base.Packaging):
    pass


class PoetryCore(Refuses, base.PoetryCore):
    def evaluate_all(self, markers: Sequence[Any], environment: Any) -> None:
        for marker in markers:
            marker.validate(environment)

    def both(self, a: Any, b: Any) -> Any:
        return a.intersect(b)

    def either(self, a: Any, b: Any) -> Any:
        return a.union(b)


class NabMarkersets(Refuses, base.NabMarkersets):
    def __init__(self) -> None:
        from nab_markersets.errors import IntractableMarkerSet

        super().__init__()
        self.refusals = (IntractableMarkerSet,)

    def both(self, a: Any, b: Any) -> Any:
        return a & b

    def either(self, a: Any, b: Any) -> Any:
        return a | b

    def implies(self, a: Any, b: Any) -> bool:
        return bool(a.is_subset(b))

    def disjoint(self, a: Any, b: Any) -> bool:
        return bool(a.is_disjoint(b))


LIBRARIES = (Trigpoint, Packaging, DepLogic, PoetryCore, NabMarkersets)


def _pairs(library: Library, texts: Sequence[str]) -> Any:
    parsed = [library.parse(text) for text in texts]
    count = len(parsed)
    return [(parsed[i], parsed[(7 * i + 1) % count]) for i in range(count)]


def _each(method: str) -> Callable[[Library, Any], None]:
    def run(library: Library, prepared: Any) -> None:
        operation = getattr(library, method)
        for a, b in prepared:
            try:
                operation(a, b)
            except library.refusals:
                continue

    return run


_LONG = 5.0
"""Seconds from which on a peer does a task only once."""

TASKS: tuple[Task, ...] = (
    Task(
        "parse",
        "parse",
        base._texts,
        base._parse_all,
        {"packaging": 1.5, "dep-logic": 8.0, "poetry-core": 30.0},
    ),
    Task(
        "evaluate",
        "evaluate",
        base._parsed,
        lambda library, prepared: library.evaluate_all(*prepared),
        {"packaging": 15.0, "dep-logic": 15.0, "poetry-core": 6.0},
    ),
    Task("and", "both", _pairs, _each("both"), {"dep-logic": 15.0, "poetry-core": 20.0}),
    Task("or", "either", _pairs, _each("either"), {"dep-logic": 100.0, "poetry-core": 40.0}),
    Task("implies", "implies", _pairs, _each("implies"), {"nab-markersets": 40.0}),
    Task("disjoint", "disjoint", _pairs, _each("disjoint"), {"nab-markersets": 40.0}),
)
"""What is measured, and the goals."""


def seconds(task: Task, library: Library, texts: Sequence[str]) -> float:
    """Return the processor time of one repeat: a busy machine does not count."""
    library.forget()
    prepared = task.prepare(library, texts)
    if task.prepare is base._texts:
        library.forget()
    gc.collect()
    gc.disable()
    try:
        begin = time.process_time()
        task.run(library, prepared)
        return time.process_time() - begin
    finally:
        gc.enable()


def measure(
    task: Task, libraries: Sequence[Library], texts: Sequence[str], repeats: int
) -> dict[str, Any]:
    """Return the fastest of some repeats, and how many times as long each peer takes."""
    able = [library for library in libraries if hasattr(library, task.method)]
    best: dict[str, float] = {}
    for _ in range(repeats):
        for library in able:
            name = library.distribution
            if best.get(name, 0.0) < _LONG:
                best[name] = min(best.get(name, math.inf), seconds(task, library, texts))
    ours = best["trigpoint"]
    return {
        "task": task.name,
        "unit": "microseconds a marker",
        "fastest": {name: round(value / len(texts) * 1e6, 3) for name, value in best.items()},
        "ratio": {
            name: round(value / ours, 2) for name, value in best.items() if name != "trigpoint"
        },
        "goal": dict(task.goals),
    }


def usable(libraries: Sequence[Library], texts: Sequence[str]) -> list[str]:
    """Return the texts that every library reads and evaluates, alone and in its pair."""
    environments = [library.environment() for library in libraries]

    def works(text: str) -> bool:
        with contextlib.suppress(Exception):
            for library, environment in zip(libraries, environments, strict=True):
                marker = library.parse(text)
                library.evaluate(marker, environment)
                for method in ("both", "either", "implies"):
                    if operation := getattr(library, method, None):
                        operation(marker, marker)
            return True
        return False

    return [text for text in texts if works(text)]


def families(sizes: Sequence[int]) -> list[dict[str, Any]]:
    """Time the growth families, each from text to diagram and to simplified text."""
    from trigpoint.markers import Marker
    from trigpoint.markers.exact import algebra

    rows = []
    gc.collect()
    gc.freeze()  # what the peers left behind is not ours to collect
    for name, make in FAMILIES.items():
        for size in sizes:
            text = make(size)
            algebra.clear()
            begin = time.process_time()
            marker = Marker(text)
            marker.is_satisfiable()
            middle = time.process_time()
            marker.simplify()
            end = time.process_time()
            rows.append(
                {
                    "family": name,
                    "n": size,
                    "canonical ms": round((middle - begin) * 1e3, 1),
                    "simplified ms": round((end - begin) * 1e3, 1),
                }
            )
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, help="write the results here, as JSON")
    parser.add_argument("--repeats", type=int, default=5, help="repeats of each task")
    parser.add_argument("--sample", type=int, default=0, help="use this many markers only")
    parser.add_argument(
        "--all", action="store_true", help="keep markers that differ in extras only"
    )
    parser.add_argument("--only", action="append", help="run this task only (may be repeated)")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")

    texts = [line.partition("\t")[0] for line in base.CORPUS.read_text("utf-8").splitlines()]
    if not options.all:
        texts = base.balanced(texts, 20)
    if options.sample:
        texts = random.Random(0).sample(texts, min(options.sample, len(texts)))
    libraries = []
    for make in LIBRARIES:
        try:
            libraries.append(make())
        except ImportError as error:
            print(f"left out: {make.distribution} ({error})", file=sys.stderr)
    texts = usable(libraries, texts)
    wanted = options.only or [*(task.name for task in TASKS), "families"]
    results = {
        "suite": "algebra",
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
            if task.name in wanted
        ],
        "families": families([40, 100]) if "families" in wanted else [],
    }
    print(base.report(results))
    for row in results["families"]:
        print(
            f"  {row['family']:<28} n={row['n']:<4} canonical {row['canonical ms']:>8} ms"
            f"  simplified {row['simplified ms']:>8} ms"
        )
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
