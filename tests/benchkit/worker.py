"""The process of one contender: reads orders, one JSON line each, and answers each with a line.

``python -m tests.benchkit.worker MODULE BENCHMARK``; see :class:`tests.benchkit.client.Client`
for the other end.  The contender sits down at the first order that needs it, so
that a missing library is an answer, not a crash.
"""

from __future__ import annotations

import dataclasses
import importlib
import importlib.metadata
import json
import os
import sys
import warnings
from collections.abc import Mapping
from typing import Any

from tests.benchkit.bench import Bench
from tests.benchkit.declare import Benchmark

__all__ = ["load", "main"]


def load(module: str) -> tuple[Benchmark, ...]:
    """Return the benchmarks that *module* declares as ``BENCHMARKS``."""
    found: tuple[Benchmark, ...] = importlib.import_module(module).BENCHMARKS
    return found


def version_of(distribution: str) -> str | None:
    """Return the installed version of *distribution*, or None."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


class Worker:
    """Obeys orders on one benchmark."""

    def __init__(self, benchmark: Benchmark) -> None:
        self._benchmark = benchmark
        self._benches: dict[str, Bench] = {}

    def obey(self, order: Mapping[str, Any]) -> dict[str, Any]:
        """Do what *order* says and return the answer to it."""
        match order["do"]:
            case "where":
                import trigpoint

                return {"where": trigpoint.__file__}
            case "sit":
                way = order["way"]
                try:
                    self._benches[way] = Bench(self._benchmark, way)
                except ImportError as error:
                    return {"missing": str(error)}
                return {"version": version_of(way)}
            case "answers":
                return {"answers": self._benches[order["way"]].answers(order["items"])}
            case "keep":
                self._benches[order["way"]].keep(order["places"])
                return {}
            case "round":
                return dataclasses.asdict(self._benches[order["way"]].round(order["loops"]))
            case unknown:
                raise ValueError(f"no such order: {unknown}")


def main(arguments: list[str]) -> int:
    """Obey orders until there are no more."""
    module, name = arguments
    warnings.simplefilter("ignore")
    # What a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    [benchmark] = [each for each in load(module) if each.name == name]
    worker = Worker(benchmark)
    for line in sys.stdin:
        try:
            answer = worker.obey(json.loads(line))
        except Exception as error:  # noqa: BLE001 (whatever it is, the other end says it)
            answer = {"error": f"{type(error).__name__}: {error}"[:2000]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
