"""A folder on disk, and a single file, as archives.

Idea: a stack of folders instead of recursion, and no link is ever followed, so a loop
of links is one member.  Folders that hold other people's files (version control,
virtual environments, caches) are listed and not entered, which is a finding.

Invariant: what is opened is a regular file that lies below the top, and nothing else:
no device, no pipe, and no link that took a file's place since it was listed.

Cost: linear in what is listed; n log n for the order of names.

Example: ``a/x``, ``a/up -> ..`` and ``.git/`` list as ``.git`` (dir), ``a`` (dir),
``a/up`` (symlink) and ``a/x`` (file).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

from trigpoint.archives.archive import Archive, Kind, Listing, Member
from trigpoint.archives.bounds import CHUNK, Limits
from trigpoint.archives.faults import UnreadableError, counted, shown
from trigpoint.archives.sources import MemorySource, Source, open_regular, pieces, refused

__all__ = ["NOT_ENTERED", "FileArchive", "FolderArchive", "UnknownArchive"]

NOT_ENTERED: Final = frozenset(
    {
        ".bzr",
        ".git",
        ".hg",
        ".hypothesis",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".svn",
        ".tox",
        "__MACOSX",
        "__pycache__",
        "node_modules",
    }
)
"""Folders that hold no file of the project's own; a virtual environment is told by its
``pyvenv.cfg``."""


class FolderArchive(Archive):
    """The folder *path*; see :class:`trigpoint.archives.archive.Archive` for the rest.

    *leave_out* names folders that are not entered, besides :data:`NOT_ENTERED`; the paths
    of all that were not are in ``not_entered``, once the folder is listed.
    """

    format = "folder"

    def __init__(
        self, path: str, name: str, limits: Limits, leave_out: Collection[str] = ()
    ) -> None:
        super().__init__(name, limits)
        self._top = path
        self._not_entered = NOT_ENTERED.union(leave_out)
        self._left = limits.unpacked
        self._opened: set[int] = set()
        self.not_entered: list[str] = []

    def _list(self, listing: Listing) -> None:
        stack = list(reversed(self._entries(self._top, "")))
        while stack:
            name, path, status = stack.pop()
            kind = _KINDS.get(stat.S_IFMT(status.st_mode), Kind.OTHER)
            size = status.st_size if kind is Kind.FILE else 0
            target = self._target(path, name) if kind is Kind.SYMLINK else ""
            mode = stat.S_IMODE(status.st_mode)
            member = listing.add(name, size, None, kind, mode, target)
            if kind is Kind.OTHER:
                self._notes.add("archive-special", f"{shown(name)} is a device, a pipe or a socket")
            if kind is Kind.DIR and member.path:
                if self._foreign(path, name):
                    self._notes.add("archive-not-entered", f"the folder {shown(name)} is left out")
                    self.not_entered.append(name)
                else:
                    stack += reversed(self._entries(path, f"{name}/"))

    def _entries(self, folder: str, prefix: str) -> list[tuple[str, str, os.stat_result]]:
        """Return name, path and status of what is in *folder*, by name; no more than allowed."""
        found = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    found.append((prefix + entry.name, entry.path, status))
                    if len(found) > self.limits.members:
                        break
        except (OSError, ValueError) as error:
            self._notes.fault(refused(prefix or self._top, error))
        return sorted(found, key=lambda each: each[0])

    def _target(self, path: str, name: str) -> str:
        try:
            return str(Path(path).readlink())
        except (OSError, ValueError) as error:
            self._notes.fault(refused(name, error))
            return ""

    def _foreign(self, path: str, name: str) -> bool:
        if name.rpartition("/")[2] in self._not_entered:
            return True
        try:
            return Path(path, "pyvenv.cfg").is_file()
        except OSError:
            return False

    def _reader(self) -> Callable[[Member], Iterator[bytes]]:
        return self._pieces

    def _pieces(self, member: Member) -> Iterator[bytes]:
        said = shown(member.name)
        if member.kind is not Kind.FILE or not member.path:
            raise UnreadableError("archive-special", f"{said} is no file, so nothing of it is read")
        path = str(Path(self._top, member.name))
        file, size = open_regular(path, follow=False)
        with file:
            if member.number not in self._opened:
                if size > self._left:
                    large = f"{said} has {counted(size)}, more than is left of what is read"
                    raise UnreadableError("archive-large", large)
                self._opened.add(member.number)
                self._left -= size
            while size:
                try:
                    data = file.read(min(CHUNK, size))
                except OSError as error:
                    raise refused(member.name, error) from error
                if not data:
                    raise UnreadableError(
                        "archive-truncated", f"{said} became shorter while it was read"
                    )
                size -= len(data)
                yield data


_KINDS: Final = {stat.S_IFREG: Kind.FILE, stat.S_IFDIR: Kind.DIR, stat.S_IFLNK: Kind.SYMLINK}


class FileArchive(Archive):
    """A file that is no archive, such as a METADATA file, as an archive of one member.

    The bytes are in *source*; see :class:`trigpoint.archives.archive.Archive` for the rest.
    """

    format = "file"

    def __init__(self, source: Source, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self._source = source

    def close(self) -> None:
        """Let go of the file; the member stays listed, and nothing more is read."""
        super().close()
        self._source.close()

    def _list(self, listing: Listing) -> None:
        size = self._source.size
        listing.add(self.name.rpartition("/")[2] or "text", size, size, Kind.FILE)

    def _reader(self) -> Callable[[Member], Iterator[bytes]]:
        return lambda _member: pieces(self._source, 0, self._source.size)


class UnknownArchive(FileArchive):
    """A file that cannot be read at all; *fault* is its only finding."""

    format = ""

    def __init__(self, name: str, limits: Limits, fault: UnreadableError) -> None:
        super().__init__(MemorySource(b""), name, limits)
        self._fault = fault

    def _list(self, _listing: Listing) -> None:
        raise self._fault
