"""What is in the files that a build gave, path by path, and what the project lost on the way.

Cost: linear in the files, n log n for their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trigpoint.archives import Kind, find_metadata, open_archive
from trigpoint.findings import Finding
from trigpoint.wheels import EntryPoint
from trigpoint.wheels.entry_points import read_entry_points

__all__ = ["EntryPoint", "File", "Package", "read_package"]

MOST_ENTRY_POINTS: Final = 500
"""Entry points that are listed."""


@dataclass(frozen=True, slots=True)
class File:
    """A file in an archive: its ``path`` without an sdist's own folder, and its ``size`` in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Package:
    """A built file: its ``name`` and ``size`` in bytes, its ``files``, ``metadata`` and ``entry_points``.

    ``contents`` holds the bytes by path, ``findings`` what is wrong with the archive.
    """

    name: str
    size: int
    files: tuple[File, ...]
    metadata: str
    entry_points: tuple[EntryPoint, ...]
    contents: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def read_package(name: str, data: bytes) -> Package:
    """Return what is in the wheel or sdist *name*, whose bytes are *data*."""
    with open_archive(data, name) as archive:
        members = [each for each in archive.members if each.kind is Kind.FILE and each.path]
        top = (
            ""
            if name.endswith(".whl")
            else f"{members[0].path.partition('/')[0]}/"
            if members
            else ""
        )
        contents = {
            reading.member.path.removeprefix(top): b"".join(reading)
            for reading in archive.readings(members)
        }
        found = find_metadata(archive)
        files = sorted((each.path.removeprefix(top), each.size) for each in members)
        metadata = (found.data or b"").decode("utf-8", "replace")
        points = _entry_points(contents)
        return Package(
            name, len(data), tuple(File(*each) for each in files), metadata, points, contents,
            (*archive.findings, *found.findings),
        )  # fmt: skip


def _entry_points(contents: Mapping[str, bytes]) -> tuple[EntryPoint, ...]:
    path = next((each for each in contents if each.endswith(".dist-info/entry_points.txt")), "")
    points, _ = read_entry_points(contents.get(path, b"").decode("utf-8", "replace"))
    return points[:MOST_ENTRY_POINTS]
