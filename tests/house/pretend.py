"""Benchmarks of nothing much, for the tests of the harness."""

from __future__ import annotations

import os
import threading

from tests.benchkit import Benchmark, Cold, Way, each, faster


def _missing() -> Way:
    raise ImportError("no module named nobody")


def _even(number: int) -> str:
    if number < 0:
        raise ValueError("negative")
    return "1" if number % 2 == 0 else "0"


def _chatty(number: int) -> str:
    print("this is no answer", flush=True)
    return _even(number)


def _ended(_number: int) -> str:
    os._exit(3)


def _endless(_number: int) -> str:
    threading.Event().wait()
    return "1"


def _items() -> list[int]:
    return list(range(-1, 9))


def _way(answer: object = _even) -> Way:
    return Way(each(abs), answer=answer)  # type: ignore[arg-type]


BENCHMARKS = (
    Benchmark(
        "agrees",
        "number",
        _items,
        {"trigpoint": _way, "chatty": lambda: _way(_chatty), "nobody": _missing},
        {"chatty": faster(0.0001)},
        cold=Cold.NEVER,
    ),
    Benchmark(
        "differs",
        "number",
        _items,
        {"trigpoint": _way, "liar": lambda: _way(lambda number: "0" if number == 4 else "1")},
    ),
    Benchmark("ends", "number", _items, {"trigpoint": _way, "gone": lambda: _way(_ended)}),
    Benchmark("stays", "number", _items, {"trigpoint": lambda: _way(_endless)}),
    Benchmark("not here", "number", _items, {"trigpoint": _missing}),
)
