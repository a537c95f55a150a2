"""How long commands take from nothing: the processor time of whole processes.

A command of Trigpoint is held against what it cannot do without: Python with
``packaging.markers`` and ``click``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchkit import Bar, Benchmark, Way, faster
from tests.benchkit.declare import OURS, Cold

__all__ = ["BENCHMARKS"]


def _code(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def _command(*arguments: str) -> list[str]:
    script = Path(sysconfig.get_path("scripts")) / "trigpoint"
    return [str(script), *arguments]


def _once() -> list[str]:
    return ["once"]


def seconds(command: Sequence[str]) -> float:
    """Run *command* to its end and return its processor time, its own and the system's.

    Raises :exc:`ImportError` where the operating system does not tell, and
    :exc:`subprocess.CalledProcessError` if the command fails.
    """
    if not hasattr(os, "wait4"):
        raise ImportError("this system does not tell the processor time of a process")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path.home().anchor) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return usage.ru_utime + usage.ru_stime


def _way(command: Callable[[], list[str]]) -> Way:
    line = command()

    def answer(_item: Any) -> str:
        seconds(line)
        return "1"

    def run(_items: Sequence[Any]) -> list[float]:
        return [seconds(line)]

    return Way(run, answer=answer, seconds=run)


def _benchmark(
    name: str, ours: Callable[[], list[str]], peer: str, code: str, bar: float
) -> Benchmark:
    ways: Mapping[str, Callable[[], Way]] = {
        OURS: partial(_way, ours),
        peer: partial(_way, partial(_code, code)),
        "python alone": partial(_way, partial(_code, "pass")),
    }
    bars: Mapping[str, Bar] = {peer: faster(bar)}
    return Benchmark(name, "process", _once, ways, bars, cold=Cold.NEVER)


_WITH_CLICK = "packaging.markers and click"

BENCHMARKS = (
    _benchmark(
        "trigpoint marker \"os_name == 'nt'\"",
        partial(_command, "marker", "os_name == 'nt'"),
        _WITH_CLICK,
        "import packaging.markers, click",
        0.6,
    ),
    _benchmark(
        "trigpoint --help",
        partial(_command, "--help"),
        _WITH_CLICK,
        "import packaging.markers, click",
        0.6,
    ),
    _benchmark(
        "import trigpoint.markers",
        partial(_code, "import trigpoint.markers"),
        "packaging.markers",
        "import packaging.markers",
        0.75,
    ),
)
