"""The machine that is asked what it has: programs that only read, and files.

Everything goes through one object, so that a recorded machine can stand in for a
real one, and nothing waits for ever.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from trigpoint.external.mappings import ECOSYSTEMS

__all__ = ["MOST_OUTPUT", "SECONDS", "Machine", "Ran", "ThisMachine", "ecosystems", "os_release"]

SECONDS: Final = 10.0
"""How long a program may take before it counts as no answer."""

MOST_OUTPUT: Final = 8_000_000
"""Letters of the output of a program, or of a file, that are looked at."""


class Ran(NamedTuple):
    """What came of a program: its exit ``status`` and what it wrote to standard output."""

    status: int
    output: str


class Machine(Protocol):
    """What can be asked of a machine; :class:`ThisMachine` is the real one."""

    def run(self, argv: tuple[str, ...], given: str = "") -> Ran | None:
        """Return what came of *argv* with *given* on standard input.

        None says that there is no such program, or that it did not end in time.
        """

    def read(self, path: str) -> str | None:
        """Return the text of the file at *path*; None where it cannot be read."""

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names in the folder at *path*, sorted; none where there is no folder."""

    def variable(self, name: str) -> str:
        """Return the environment variable *name*, "" where it is not set."""

    @property
    def system(self) -> str:
        """What ``sys.platform`` is there."""


class ThisMachine:
    """The machine that this runs on; a program may take *seconds*."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds

    def run(self, argv: tuple[str, ...], given: str = "") -> Ran | None:
        r"""Run *argv*, a program that only reads, with *given* on standard input.

        >>> ThisMachine().run((sys.executable, "-c", "print(input())"), "spam")
        Ran(status=0, output='spam\n')
        """
        try:
            done = subprocess.run(
                argv,
                input=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                timeout=self.seconds,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired, ValueError):
            return None
        return Ran(done.returncode, done.stdout[:MOST_OUTPUT])

    def read(self, path: str) -> str | None:
        """Return the text of the file at *path*; None where it cannot be read."""
        try:
            with Path(path).open(encoding="utf-8", errors="replace") as file:
                return file.read(MOST_OUTPUT)
        except OSError:
            return None

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names in the folder at *path*, sorted; none where there is no folder."""
        try:
            return tuple(sorted(each.name for each in Path(path).iterdir()))
        except OSError:
            return ()

    def variable(self, name: str) -> str:
        """Return the environment variable *name*, "" where it is not set."""
        return os.environ.get(name, "")

    @property
    def system(self) -> str:
        """``sys.platform``."""
        return sys.platform


def os_release(text: str) -> Mapping[str, str]:
    r"""Read *text*, a file ``os-release``: names and values, which may be in quotes.

    >>> os_release('ID=ubuntu\nVERSION_ID="24.04"')["VERSION_ID"]
    '24.04'
    """
    found = {}
    for line in text.splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            if len(value) >= 2 and value[0] in "\"'" and value[-1] == value[0]:
                value = value[1:-1]
            found[name] = value
    return found


_ALSO: Final = {"arch": "archlinux", "rhel": "fedora", "centos": "fedora"}


def ecosystems(machine: Machine, known: Iterable[str] = ECOSYSTEMS) -> tuple[str, ...]:
    """Return those of *known* that *machine* has of its own, the most specific first.

    On Linux they are ``ID+VERSION_ID``, ``ID`` and each of ``ID_LIKE`` of os-release.

    Source: PEP 804, "Ecosystem identifiers".
    """
    if machine.system == "darwin":
        names = ["homebrew"]
    elif machine.system == "win32":
        names = ["winget"]
    else:
        release = os_release(machine.read("/etc/os-release") or "")
        name, version = release.get("ID", ""), release.get("VERSION_ID", "")
        names = [f"{name}+{version}", name, *release.get("ID_LIKE", "").split()]
    offered = set(known)
    found = dict.fromkeys(_ALSO.get(each, each) for each in names)
    return tuple(each for each in found if each in offered)
