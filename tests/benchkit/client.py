"""Processes of contenders, and the way to talk to them."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchkit.bench import Round

__all__ = ["ROOT", "Client", "MissingLibraryError", "Process", "WorkerError"]

ROOT = Path(__file__).resolve().parents[2]

DEADLINE = 240.0
"""Seconds after which a contender that has not answered an order is ended."""


class WorkerError(RuntimeError):
    """A contender's process failed, or did not answer in time."""


class MissingLibraryError(WorkerError):
    """A contender is not installed."""


class Process:
    """One process, which obeys one order at a time.

    ``python`` is the interpreter to run, ``module`` has the benchmark, and
    ``deadline`` is in seconds an order.  Raises :exc:`WorkerError` for an order
    that fails.
    """

    def __init__(
        self, python: str, module: str, benchmark: str, deadline: float = DEADLINE
    ) -> None:
        self._deadline = deadline
        self._process = subprocess.Popen(
            [python, "-m", "tests.benchkit.worker", module, benchmark],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def order(self, do: str, **details: Any) -> dict[str, Any]:
        """Give one order and return the answer."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        timer = threading.Timer(self._deadline, self._process.kill)
        timer.start()
        try:
            stdin.write(json.dumps({"do": do, **details}) + "\n")
            stdin.flush()
            line = stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        if not line:
            status = self._process.wait()
            raise WorkerError(
                f"ended with status {status} at the order {do!r}; "
                f"{self._deadline:g} seconds are allowed"
            )
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise WorkerError(answer["error"])
        return answer

    def close(self) -> None:
        """End the process."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


class Client:
    """A contender in another process; see :class:`tests.benchkit.bench.Seat`.

    Raises :exc:`MissingLibraryError` if the contender is not installed there.
    """

    def __init__(self, process: Process, way: str) -> None:
        self._process = process
        self._way = way
        answer = process.order("sit", way=way)
        if "missing" in answer:
            raise MissingLibraryError(answer["missing"])
        self.version: str | None = answer["version"]

    def answers(self, items: Sequence[Any]) -> str:
        answers: str = self._process.order("answers", way=self._way, items=items)["answers"]
        return answers

    def keep(self, places: Sequence[int]) -> None:
        self._process.order("keep", way=self._way, places=places)

    def round(self, loops: int) -> Round:
        return Round(**self._process.order("round", way=self._way, loops=loops))

    def close(self) -> None:
        self._process.close()
