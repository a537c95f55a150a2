"""What the wheel lab is asked, and what it answers with: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trigpoint.findings import Finding
from trigpoint.labs.files import Upload
from trigpoint.wheels import PYTHON, Collision, EntryPoint, Library, RecordRow, Release, Why

__all__ = [
    "ENVIRONMENT",
    "MOST_METADATA",
    "MOST_ROWS",
    "PLACE",
    "CollisionsRow",
    "FileRow",
    "FoldersRow",
    "GroupRow",
    "InsideRow",
    "NodeRow",
    "TileRow",
    "WheelsRequest",
    "WheelsResponse",
]

MOST_ROWS: Final = 200
"""Rows of one table that an answer holds; the rest is counted."""

MOST_METADATA: Final = 50_000
"""Letters of METADATA that an answer holds."""

PLACE: Final = "pip-venv-posix"
"""The place that is shown unless another is asked for."""

ENVIRONMENT: Final = ("cp313", "glibc2.36-x86_64")
"""The interpreter and the system that are asked about unless others are."""


@dataclass(frozen=True, slots=True)
class WheelsRequest:
    """What a reader asks.

    ``text`` lists files, wheels and sdists: the name of one a line.  Below it, indented by
    four blanks, are the paths in it, and below each, indented by eight, what the file
    holds; what is not written down of the ``.dist-info`` folder is made.  ``place`` is one
    of :data:`trigpoint.wheels.PLACES`, ``python`` the version in its paths; ``interpreter``
    and ``platform`` together are one of :data:`trigpoint.wheels.ENVIRONMENT_NAMES`.
    ``chosen`` is the number of the file that is shown, from 0.

    ``file`` is a dropped file, or several in a zip; filling in puts their names into
    ``text``.  What is in a large one stays in the tab, and ``kept`` are the names that it
    has there, with blanks between them.
    """

    text: str = ""
    place: str = PLACE
    python: str = PYTHON
    interpreter: str = ENVIRONMENT[0]
    platform: str = ENVIRONMENT[1]
    chosen: int = 0
    kept: str = ""
    file: Upload | str | None = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that is listed.

    ``known`` says whether what is in it is here, ``kind`` is that of
    :class:`trigpoint.wheels.Inspection`, or ``"project"`` for the folder of one, ``said`` what it is in a sentence, ``why`` what
    pip does about it in another, ``taken`` whether it takes it, and ``errors`` how many
    there are.  ``start`` and ``end`` are the place of its name in the text.
    """

    name: str
    known: bool
    kind: str
    said: str
    why: str
    taken: bool
    errors: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A file or folder of a tree, which is in the order of a reader, folders before what they hold.

    ``name`` may be several folders that hold nothing else, ``size`` and ``files`` count all
    that is below it, and ``kind`` is ``"folder"``, ``"file"``, ``"command"`` (written for an
    entry point) or ``"rest"`` (what is not listed).  ``left`` says that a folder is not
    listed further.
    """

    depth: int
    name: str
    kind: str
    size: int
    files: int
    left: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """What lands in one ``folder`` by one ``scheme``, as a tree; both empty for an sdist."""

    scheme: str
    folder: str
    files: int
    size: int
    nodes: tuple[NodeRow, ...]


@dataclass(frozen=True, slots=True)
class TileRow:
    """A part of a file by its size: ``path`` is a file, a folder, or words for the rest."""

    path: str
    scheme: str
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class FoldersRow:
    """The folder of each scheme of a wheel, in one place; the fields are those of the place."""

    place: str
    base: str
    folders: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class InsideRow:
    """What is in the file that is shown.

    Fields are those of :class:`trigpoint.wheels.Inspection`, as far as they are listed.
    ``record`` is its verdict in a sentence, empty for an sdist, and ``wrong`` where RECORD
    is wrong; ``groups`` are its files where they land, ``tiles`` its parts by size, and
    ``elsewhere`` the folders of its schemes in every place.  ``left`` counts what is not
    listed, by the name of the list.
    """

    name: str
    kind: str
    size: int | None
    unpacked: int
    tags: tuple[str, ...]
    generator: str
    licence: str
    licences: tuple[str, ...]
    sboms: tuple[str, ...]
    entry_points: tuple[EntryPoint, ...]
    record: str
    wrong: tuple[RecordRow, ...]
    groups: tuple[GroupRow, ...]
    tiles: tuple[TileRow, ...]
    libraries: tuple[Library, ...]
    compiled: int
    elsewhere: tuple[FoldersRow, ...]
    metadata: str
    requires_python: str
    left: dict[str, int]


@dataclass(frozen=True, slots=True)
class CollisionsRow:
    """What two files, called ``first`` and ``second``, would both write; ``count`` is of all."""

    first: str
    second: str
    count: int
    found: tuple[Collision, ...]


@dataclass(frozen=True, slots=True)
class WheelsResponse:
    """What is in the files, and what they do together.

    ``base`` says in words what paths in ``place`` are below, and ``environment`` what pip
    is asked about.  ``why`` is about the file that is ``chosen``, and ``inside`` None if
    only its name is here.  ``best`` are the names of wheels of one version that pip takes,
    as it prefers them, one tuple for each version of which there are several.
    ``everywhere`` says whether ``collisions`` were looked for in all places, or in one.
    """

    empty: bool
    files: tuple[FileRow, ...] = ()
    left_out: int = 0
    chosen: int = 0
    place: str = PLACE
    base: str = ""
    environment: str = ""
    why: Why | None = None
    inside: InsideRow | None = None
    best: tuple[tuple[str, ...], ...] = ()
    collisions: tuple[CollisionsRow, ...] = ()
    everywhere: bool = True
    releases: tuple[Release, ...] = ()
    findings: tuple[Finding, ...] = ()
