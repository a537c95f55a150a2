"""A large wheel: listing what is in it and holding each file to RECORD, against reading alone.

Whoever verifies has to read and hash every byte; the other way does that and no more, with
`zipfile` and hashlib, and the bar says that all the rest of ours may not make it the slower one.
"""

from __future__ import annotations

import atexit
import base64
import hashlib
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.benchkit import Benchmark, Way, each, faster
from tests.benchkit.declare import OURS, Cold

__all__ = ["BENCHMARKS"]

FILES: Final = 420
SIZE: Final = 100_000
"""Bytes of each of the files: 42 MB together."""


def made() -> list[str]:
    """Write a wheel whose files are half words, half noise, as compiled files are; return its path."""
    folder = Path(tempfile.mkdtemp(prefix="trigpoint-bench-wheel-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "spam-1.0-py3-none-any.whl"
    noise = random.Random(42)
    words = b"def spam(eggs):\n    return eggs and eggs.spam\n" * 1200
    lines = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for number in range(FILES):
            name = f"spam/part_{number}.py"
            data = (words[: SIZE // 2] + noise.randbytes(SIZE))[:SIZE]
            wheel.writestr(name, data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            lines.append(f"{name},sha256={digest},{SIZE}\n")
        info = "spam-1.0.dist-info"
        for name, text in (
            ("METADATA", "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\n"),
            ("WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        ):
            wheel.writestr(f"{info}/{name}", text)
            data = text.encode()
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            lines.append(f"{info}/{name},sha256={digest},{len(data)}\n")
        wheel.writestr(f"{info}/RECORD", "".join(lines) + f"{info}/RECORD,,\n")
    return [str(path)]


def _inspect() -> Way:
    from trigpoint.wheels import inspect

    def answer(path: str) -> str:
        found = inspect(path)
        return str(int(len(found.entries) == FILES + 3 and not found.findings))

    return Way(each(inspect), answer=answer)


def _read_and_hash() -> Way:
    def run(path: str) -> int:
        count = 0
        with zipfile.ZipFile(path) as wheel:
            for info in wheel.infolist():
                hashlib.sha256(wheel.read(info)).digest()
                count += 1
        return count

    return Way(each(run), answer=lambda path: str(int(run(path) == FILES + 3)))


_WAYS: dict[str, Callable[[], Way]] = {OURS: _inspect, "reading and hashing": _read_and_hash}

BENCHMARKS = (
    Benchmark(
        "list and verify a wheel of 42 MB",
        "wheel",
        made,
        _WAYS,
        {"reading and hashing": faster(1)},
        cold=Cold.NEVER,
    ),
)
