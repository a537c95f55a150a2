"""What the build lab is asked, and what it answers with: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trigpoint.findings import Finding
from trigpoint.labs.base import Needs
from trigpoint.labs.files import Upload
from trigpoint.projects.builds import SERVED_BACKENDS

__all__ = [
    "MOST_METADATA",
    "MOST_OFFERED",
    "MOST_ROWS",
    "OTHERS",
    "AskedRow",
    "BuildsRequest",
    "BuildsResponse",
    "FileRow",
    "LandingRow",
    "PackageRow",
    "PointRow",
    "SideRow",
    "StepRow",
]

MOST_ROWS: Final = 1_000
"""Files of one kind that an answer lists; the rest is counted."""

MOST_METADATA: Final = 50_000
"""Letters of METADATA that an answer holds."""

MOST_OFFERED: Final = 8 * 1024 * 1024
"""Bytes of a built file that an answer carries, to be saved."""

OTHERS: Final = ("", *SERVED_BACKENDS)
"""The backends that can be set beside the project's own; none first."""


@dataclass(frozen=True, slots=True)
class BuildsRequest:
    """What a reader asks.

    ``text`` is the project's pyproject.toml, ``files`` its other files as a list: one
    path a line, and below it, indented by four blanks, what the file holds.  ``version``
    is what a plugin is told that would ask git; ``other`` is a second backend, one of
    :data:`OTHERS`.

    ``file`` is a dropped zip, sdist or pyproject.toml; filling in puts it into the other
    fields.  A project that is too large for that, or holds no text, stays in the memory
    of the tab, and ``kept`` is the name it has there; ``text`` and ``files`` are laid on
    top of it.
    """

    text: str = ""
    files: str = ""
    version: str = ""
    other: str = ""
    kept: str = ""
    file: Upload | str | None = ""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A requirement of the build, and what answers it; empty if nothing does, then ``why``."""

    text: str
    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """What a build elsewhere would do, and the ``sign`` of it in ``file``."""

    file: str
    sign: str
    step: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in what was built: its ``path`` and its ``size`` in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class PointRow:
    """An entry point."""

    group: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class PackageRow:
    """What was built: ``kind`` is ``"sdist"`` or ``"wheel"``.

    ``size`` is in bytes, ``count`` is the number of files, of which ``files`` lists at
    most :data:`MOST_ROWS`.  ``data`` is the file in base64, empty if it is too large.
    """

    kind: str
    name: str
    size: int
    sha256: str
    count: int
    files: tuple[FileRow, ...]
    metadata: str
    entry_points: tuple[PointRow, ...]
    data: str


@dataclass(frozen=True, slots=True)
class LandingRow:
    """A file of the project, and where it is in sdist and wheel; empty: it is not there."""

    path: str
    sdist: str
    wheel: str
    package: str


@dataclass(frozen=True, slots=True)
class SideRow:
    """The project with another backend: what only one of the two wheels has.

    ``ran`` is False where that could not be built, which a finding explains.
    """

    project: str
    ran: bool
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    both: int
    metadata: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildsResponse:
    """What would be built, and what was.

    ``empty``: there is no project yet.  ``ran``: the backend was called.  ``refused``:
    it was not, for what ``findings`` says.  ``waiting`` is what has to be loaded first,
    None if nothing has.  ``project`` is the name of the backend's project.
    """

    empty: bool
    ran: bool
    refused: bool
    name: str
    count: int
    backend: str
    project: str
    stated: bool
    asked: tuple[AskedRow, ...]
    steps: tuple[StepRow, ...]
    git: str
    packages: tuple[PackageRow, ...]
    landed: tuple[LandingRow, ...]
    left_out: tuple[str, ...]
    side: SideRow | None
    log: str
    waiting: Needs | None
    findings: tuple[Finding, ...]
