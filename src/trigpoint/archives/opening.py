"""What a file is, by its bytes, and the reader for it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection
from pathlib import Path
from typing import Final

from trigpoint.archives.archive import Archive
from trigpoint.archives.bounds import Limits
from trigpoint.archives.faults import ArchiveError, UnreadableError, shown
from trigpoint.archives.folders import FileArchive, FolderArchive, UnknownArchive
from trigpoint.archives.sources import FileSource, MemorySource, Source, refused
from trigpoint.archives.streams import MAGIC
from trigpoint.archives.tars import TarArchive, is_header
from trigpoint.archives.zips import ZipArchive

__all__ = ["open_archive"]

_ZIP: Final = (b"PK\3\4", b"PK\5\6")
_TAR_AT: Final = 257
_BY_NAME: Final = (
    ((".whl", ".zip", ".egg"), "zip"),
    ((".tar.gz", ".tgz"), "gzip"),
    ((".tar.bz2", ".tbz2", ".tbz"), "bzip2"),
    ((".tar.xz", ".txz"), "xz"),
    ((".tar",), "tar"),
)
_OTHER: Final = re.compile(
    rb"\x7fELF|MZ[^\n]*\0|\x89PNG|%PDF|7z\xbc\xaf\x27\x1c|Rar!|\x28\xb5\x2f\xfd|\xcf\xfa\xed\xfe"
).match
"""How programs, pictures and archives begin that no package is made of."""


def open_archive(
    file: bytes | bytearray | memoryview | str | os.PathLike[str],
    name: str = "",
    limits: Limits | None = None,
    *,
    leave_out: Collection[str] = (),
) -> Archive:
    r"""Open *file*, which is bytes or the path of a file or folder.

    What it is shows in its bytes: a zip, a tar (plain, or compressed with gzip, bzip2 or
    xz), or a single file.  *name* is what it is called, for what its name says about it;
    the path's last part unless given.  *limits* bounds what is read.  Of a folder,
    folders in it that are called as one of *leave_out* are listed and not entered, besides
    those that hold no file of a project's own.

    Whatever the file holds, and whether there is one, no exception comes of it: see
    ``findings`` of the archive and of its readings.  Raises :exc:`ArchiveError` if
    *file* is neither bytes nor a path.

    >>> archive = open_archive(b"Metadata-Version: 2.4\n", "METADATA")
    >>> archive.format, archive.read(archive.members[0]).data
    ('file', b'Metadata-Version: 2.4\n')
    """
    limits = limits or Limits()
    if isinstance(file, bytes | bytearray | memoryview):
        return _recognised(MemorySource(file), name, limits)
    # Callers without type checkers give numbers, and paths that are bytes.
    given: object = file
    path = os.fspath(given) if isinstance(given, str | os.PathLike) else None
    if not isinstance(path, str):
        raise ArchiveError("an archive is opened from bytes or from a path")
    name = name or Path(path).name
    try:
        if stat.S_ISDIR(Path(path).stat().st_mode):
            return FolderArchive(path, name, limits, leave_out)
        source = FileSource(path)
    except (OSError, ValueError) as error:
        return UnknownArchive(name, limits, refused(path, error))
    except UnreadableError as fault:
        return UnknownArchive(name, limits, fault)
    return _recognised(source, name, limits)


def _recognised(source: Source, name: str, limits: Limits) -> Archive:
    try:
        head = source.at(0, 512)
    except UnreadableError as fault:
        source.close()
        return UnknownArchive(name, limits, fault)
    named = next((kind for ends, kind in _BY_NAME if name.lower().endswith(ends)), "")
    found = _kind(head)
    archive: Archive
    # A zip may start with anything; only its end makes it one.
    kind = found or named
    if kind == "zip":
        archive = ZipArchive(source, name, limits)
    elif kind:
        archive = TarArchive(source, name, limits, "" if kind == "tar" else kind)
    elif _OTHER(head):
        source.close()
        what = f"{shown(name)} is no archive that packages are made of, and no text"
        fix = "give a wheel, an sdist, a folder or a text"
        return UnknownArchive(name, limits, UnreadableError("archive-kind", what, fix))
    else:
        return FileArchive(source, name, limits)
    if found and named and found != named:
        archive.note("archive-name-kind", f"{shown(name)} holds {_SAID[found]}, not {_SAID[named]}")
    return archive


_SAID: Final = {
    "zip": "a zip archive",
    "gzip": "a gzip stream",
    "bzip2": "a bzip2 stream",
    "xz": "an xz stream",
    "tar": "a tar archive that is not compressed",
}


def _kind(head: bytes) -> str:
    if head.startswith(_ZIP):
        return "zip"
    for compression, magic in MAGIC.items():
        if head.startswith(magic):
            return compression
    return "tar" if head[_TAR_AT : _TAR_AT + 5] == b"ustar" or is_header(head) else ""
