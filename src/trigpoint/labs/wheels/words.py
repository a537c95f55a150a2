"""What the wheel lab's answers are called, on every face."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from packaging.utils import canonicalize_name

from trigpoint.labs.builds.words import bytes_in_words, counted
from trigpoint.labs.wheels.data import FileRow, NodeRow, TileRow, WheelsResponse
from trigpoint.wheels import PLACES, Inspection
from trigpoint.wheels.words import SCHEMES, record

__all__ = [
    "INTERPRETERS",
    "PLACE_TITLES",
    "PLATFORMS",
    "SCHEMES",
    "node",
    "project",
    "record",
    "share_of",
    "summary",
    "together",
]

_SYSTEMS: Final = {
    "posix": "Linux",
    "macos": "macOS",
    "windows": "Windows",
    "debian": "Debian",
    "pyodide": "Pyodide",
}
_WAYS: Final = {
    "venv": "virtual environment",
    "prefix": "--prefix",
    "user": "--user",
    "target": "--target",
    "system": "system",
}

PLACE_TITLES: Mapping[str, str] = MappingProxyType(
    {
        name: f"{_SYSTEMS[place.system]}: {place.installer}, {_WAYS[place.way]}"
        if place.installer != "pyodide"
        else "Pyodide: loadPackage"
        for name, place in PLACES.items()
    }
)
"""What each place is called."""

INTERPRETERS: Mapping[str, str] = MappingProxyType(
    {
        **{
            f"cp3{minor}{free}": f"CPython 3.{minor}{', free-threaded' if free else ''}"
            for minor in (11, 12, 13, 14)
            for free in (("", "t") if minor > 12 else ("",))
        },
        "pp311": "PyPy 3.11",
    }
)
"""The interpreters that can be asked about."""

PLATFORMS: Mapping[str, str] = MappingProxyType(
    {
        **{
            f"glibc2.{minor}-{machine}": f"Linux {machine}, glibc 2.{minor}"
            for machine in ("x86_64", "aarch64")
            for minor in (17, 28, 36, 41)
        },
        **{f"musl1.2-{machine}": f"Linux {machine}, musl 1.2" for machine in ("x86_64", "aarch64")},
        "macos11-x86_64": "macOS 11, x86_64",
        "macos11-arm64": "macOS 11, arm64",
        "macos15-arm64": "macOS 15, arm64",
        "windows-amd64": "Windows, x86_64",
        "windows-arm64": "Windows, ARM64",
        "win32": "Windows, x86",
    }
)
"""The systems that can be asked about."""


def project(found: Inspection) -> str:
    """Return the normalised name of the project that *found* is of."""
    return canonicalize_name(found.project)


def summary(response: WheelsResponse) -> str:
    """Say *response* in one sentence."""
    if response.empty:
        return "There is no wheel to look into yet."
    if not response.files:
        return "The file cannot be looked into."
    if len(response.files) == 1:
        said, left = _one(response.files[0]), response.left_out
        if not left:
            return said
        # A text of thousands of paths, or a path above every file.
        verb = "is" if left == 1 else "are"
        return f"{said.removesuffix('.')}; {counted(left, 'path')} of the text {verb} left out."
    known = sum(each.known for each in response.files)
    taken = sum(each.taken for each in response.files)
    said = f"{counted(len(response.files), 'file')}, {known:,} of them looked into"
    if response.collisions:
        number = sum(each.count for each in response.collisions)
        said += f", which overwrite {counted(number, 'file')} of each other"
    return f"{said}; pip takes {taken:,} on {response.environment}."


def _one(row: FileRow) -> str:
    if not row.known:
        return row.why or f"Of {row.name} only the name is known."
    if not row.errors:
        return row.said
    if row.kind == "project":
        return f"{row.said.removesuffix('.')}; nothing has been built of it yet."
    return f"{row.said.removesuffix('.')}, with {counted(row.errors, 'error')}."


def node(row: NodeRow) -> str:
    """Say how large the *row* of a tree is.

    >>> node(NodeRow(0, "a", "folder", 2_000, 3)), node(NodeRow(0, "a", "command", 0, 1))
    ('3 files, 2.0 kB', 'written for an entry point')
    """
    if row.kind == "command":
        return "written for an entry point"
    if row.kind == "file":
        return bytes_in_words(row.size)
    return f"{counted(row.files, 'file')}, {bytes_in_words(row.size)}"


def share_of(tile: TileRow, whole: int) -> str:
    """Say how much of *whole* bytes the *tile* takes.

    >>> share_of(TileRow("a", "data", 1, 1), 400), share_of(TileRow("a", "data", 1, 1), 4)
    ('under 1%', '25%')
    """
    percent = 100 * tile.size / whole if whole else 0
    return f"{percent:.0f}%" if percent >= 1 else "under 1%"


def together(response: WheelsResponse) -> str:
    """Say what the files of *response* do together; empty if there is nothing to say."""
    if sum(each.known for each in response.files) < 2:
        return ""
    where = "in any place" if response.everywhere else f"in {PLACE_TITLES[response.place]}"
    if response.collisions:
        return "What is installed last overwrites, and uninstalling it takes the other's file."
    return f"No two of them write the same file {where}."
