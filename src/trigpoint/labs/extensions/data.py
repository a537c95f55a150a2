"""The questions and answers of the extensions lab, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trigpoint.extensions import Target
from trigpoint.findings import Finding

__all__ = [
    "DEFAULT_TARGET",
    "MOST_TEXT",
    "TARGETS",
    "ExtensionsRequest",
    "ExtensionsResponse",
    "OutputRow",
    "PlanRow",
]

MOST_TEXT: Final = 200_000
"""Letters of a text that is read; a ``pyproject.toml`` has a few thousand."""

_GNU: Final = "x86_64-linux-gnu.so"

TARGETS: Final[Mapping[str, Target]] = {
    "cpython-3.13-linux-x86_64": Target(
        "cpython", (3, 13), "linux_x86_64", f".cpython-313-{_GNU}", ".abi3.so"
    ),
    "cpython-3.11-linux-x86_64": Target(
        "cpython", (3, 11), "linux_x86_64", f".cpython-311-{_GNU}", ".abi3.so"
    ),
    "cpython-3.14t-linux-x86_64": Target(
        "cpython",
        (3, 14),
        "linux_x86_64",
        f".cpython-314t-{_GNU}",
        ".abi3.so",
        free_threaded=True,
    ),
    "cpython-3.15t-linux-x86_64": Target(
        "cpython",
        (3, 15),
        "linux_x86_64",
        f".cpython-315t-{_GNU}",
        ".abi3.so",
        ".abi3t.so",
        free_threaded=True,
    ),
    "cpython-3.13-macos-arm64": Target(
        "cpython", (3, 13), "macosx_11_0_arm64", ".cpython-313-darwin.so", ".abi3.so"
    ),
    "cpython-3.13-windows-x64": Target(
        "cpython", (3, 13), "win_amd64", ".cp313-win_amd64.pyd", ".pyd"
    ),
    "pypy-3.11-linux-x86_64": Target(
        "pypy", (3, 11), "linux_x86_64", ".pypy311-pp73-x86_64-linux-gnu.so"
    ),
}
"""The interpreters that a reader chooses from, with what they call their modules."""

DEFAULT_TARGET: Final = "cpython-3.13-linux-x86_64"


@dataclass(frozen=True, slots=True)
class ExtensionsRequest:
    """What a reader asks.

    ``text`` is a ``pyproject.toml``, or the tables alone.  ``select`` is what the config
    setting ``extensions`` would say, and ``target`` one of :data:`TARGETS`.
    """

    text: str = ""
    select: str = ""
    target: str = DEFAULT_TARGET


@dataclass(frozen=True, slots=True)
class OutputRow:
    """A file that would be made: its path and scheme."""

    path: str
    scheme: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One extension of the plan.

    ``when`` says in which step it is built, or who turned it off; ``known`` whether its
    ``outputs`` are all, and ``usable`` whether a builder takes the table.  ``start`` and ``end`` are where its table begins, -1 without a place.
    """

    name: str
    builder: str
    step: int
    when: str
    depends_on: tuple[str, ...]
    requires: tuple[str, ...]
    usable: bool
    known: bool
    outputs: tuple[OutputRow, ...]
    tag: str
    sources: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ExtensionsResponse:
    """What would be built, and what is wrong.

    ``tag`` is that of the wheel, ``said`` the plan in a sentence.
    """

    empty: bool
    readable: bool
    target: str
    rows: tuple[PlanRow, ...]
    requires: tuple[str, ...]
    tag: str
    said: str
    findings: tuple[Finding, ...]
