"""The tools whose behaviour is recorded, and how each is fetched from PyPI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.evidence.interpreters import clean_environment, find, version_of

__all__ = [
    "TOOLS",
    "MissingToolError",
    "Tool",
    "fetch_wheel",
    "fetch_wheels",
    "make_environment",
    "unpack",
]


class MissingToolError(Exception):
    """A tool cannot be run here; the text is one line that says why."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One version of one tool.

    ``family`` is what is run, such as ``"uv sync"``; its first word is the
    project.  ``pythons`` are the Python series that it may run on, the
    preferred one first; uv needs one only as the target.  ``companions`` are
    the libraries that decide and that are pinned, such as ``"packaging 24.1"``;
    ``without`` are requirements that keep out what the tool does not run with.
    """

    family: str
    version: str
    pythons: tuple[str, ...]
    companions: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Family, version and companions, such as ``"twine 6.1.0 (packaging 24.1)"``."""
        beside = f" ({', '.join(self.companions)})" if self.companions else ""
        return f"{self.family} {self.version}{beside}"

    @property
    def project(self) -> str:
        """The project that has the tool."""
        return self.family.partition(" ")[0]

    @property
    def pins(self) -> list[str]:
        """The requirements that fetch it."""
        beside = (each.replace(" ", "==") for each in self.companions)
        return [f"{self.project}=={self.version}", *beside, *self.without]

    @property
    def python(self) -> Path:
        """The interpreter to use; raises :exc:`MissingToolError`."""
        for series in self.pythons:
            if path := find(series):
                return path
        wanted = " or ".join(self.pythons)
        raise MissingToolError(f"{self.name}: needs Python {wanted}, and none was found")

    @property
    def python_series(self) -> str:
        """The series of :attr:`python`, such as ``"3.6"``."""
        return ".".join(version_of(self.python).split(".")[:2])


_CURRENT = ("3.13", "3.12", "3.11")

TOOLS = (
    Tool("pip", "9.0.3", ("3.6", "3.5", "3.7")),
    Tool("pip", "10.0.1", ("3.6", "3.7")),
    Tool("pip", "18.1", ("3.7", "3.6")),
    Tool("pip", "19.3.1", ("3.8", "3.7", "3.6")),
    Tool("pip", "20.3.4", ("3.9", "3.8", "3.7", "3.6")),
    Tool("pip", "21.3.1", ("3.10", "3.9", "3.8")),
    Tool("pip", "22.3.1", ("3.11", "3.10", "3.9")),
    Tool("pip", "23.0.1", ("3.11", "3.10", "3.9")),
    Tool("pip", "23.2.1", ("3.11", "3.12")),
    Tool("pip", "23.3.2", ("3.12", "3.11")),
    Tool("pip", "24.0", ("3.12", "3.11")),
    Tool("pip", "24.1.2", ("3.12", "3.11", "3.13")),
    Tool("pip", "24.3.1", _CURRENT),
    Tool("pip", "25.0.1", _CURRENT),
    Tool("pip", "25.1", _CURRENT),
    Tool("pip", "25.3", _CURRENT),
    Tool("pip", "26.3", _CURRENT),
    Tool("uv", "0.1.45", ("3.12", "3.11")),
    Tool("uv", "0.5.31", _CURRENT),
    Tool("uv", "0.6.0", _CURRENT),
    Tool("uv", "0.6.17", _CURRENT),
    Tool("uv", "0.13.9", _CURRENT),
    Tool("uv pip compile", "0.13.9", _CURRENT),
    Tool("uv sync", "0.13.9", _CURRENT),
    Tool("poetry", "2.5.0", _CURRENT),
    Tool("poetry", "2.5.1", _CURRENT),
    # Its cache needs a class that hishel 2 has renamed.
    Tool("pdm", "2.29.4", _CURRENT, without=("hishel<2",)),
    Tool("twine", "5.1.1", _CURRENT, ("pkginfo 1.10.0",)),
    Tool("twine", "6.0.1", _CURRENT, ("packaging 24.0",)),
    Tool("twine", "6.0.1", _CURRENT, ("packaging 24.1",)),
    Tool("twine", "6.1.0", _CURRENT, ("packaging 24.0",)),
    Tool("twine", "6.1.0", _CURRENT, ("packaging 24.1",)),
    Tool("twine", "6.1.0", _CURRENT, ("packaging 24.2",)),
    Tool("twine", "7.0.0", _CURRENT),
    Tool("installer", "1.1.0", _CURRENT),
    Tool("packaging", "24.0", _CURRENT),
    Tool("packaging", "24.1", _CURRENT),
    Tool("packaging", "24.2", _CURRENT),
    Tool("packaging", "25.0", _CURRENT),
    Tool("packaging", "26.3", _CURRENT),
    Tool("packaging", "26.4", _CURRENT),
)
"""Every tool, each family from old to new, and each version from old to new companions."""


CONSTRAINTS = Path(__file__).resolve().parents[2] / "constraints" / "evidence.txt"
"""The versions of what the tools depend on; ``nox -s lock`` renews it."""


def _download(cache: Path, *arguments: str) -> None:
    # Fetching follows the user's own pip configuration; only running is shut off from it.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*command, "--only-binary=:all:", "--dest", str(cache), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise MissingToolError(f"{arguments[-1]}: cannot be fetched: {last}")


def fetch_wheel(tool: Tool, cache: Path) -> Path:
    """Return the wheel of *tool* itself in *cache*, fetched from PyPI if it is not there yet."""
    pattern = f"{tool.project}-{tool.version}-*.whl"
    cache.mkdir(parents=True, exist_ok=True)
    if not (found := sorted(cache.glob(pattern))):
        _download(cache, "--no-deps", f"{tool.project}=={tool.version}")
        found = sorted(cache.glob(pattern))
    return found[0]


def _constraints(tool: Tool) -> str:
    """Return the lines of :data:`CONSTRAINTS` that are not about *tool* and what it is run with."""
    own = {canonicalize_name(Requirement(pin).name) for pin in tool.pins}
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(
        line
        for line in lines
        if line.partition("==")[0] not in own and not line.startswith(f"{tool.project}-")
    )


def fetch_wheels(tool: Tool, cache: Path) -> Path:
    """Return a directory in *cache* with the wheels of *tool* and all that it depends on."""
    beside = "".join(f"-{each.replace(' ', '-')}" for each in tool.companions)
    directory = cache / f"{tool.project}-{tool.version}{beside}-py{tool.python_series}"
    if not directory.is_dir():
        partial = directory.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        constraints = partial / "constraints.txt"
        constraints.write_text(_constraints(tool), encoding="utf-8")
        pinned = ("--constraint", str(constraints), "--python-version", tool.python_series)
        _download(partial, *pinned, *tool.pins)
        partial.rename(directory)
    return directory


def make_environment(python: Path, directory: Path) -> Path:
    """Make a virtual environment without pip in *directory* and return its interpreter."""
    subprocess.run(
        [python, "-m", "venv", "--without-pip", str(directory)],
        env=clean_environment(),
        check=True,
        capture_output=True,
    )
    return directory / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def unpack(wheels: Iterable[Path], directory: Path) -> Path:
    """Unpack *wheels* side by side into *directory*, once, and return it."""
    if not directory.is_dir():
        partial = directory.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(partial)
        partial.rename(directory)
    return directory
