"""The bytes of a file at any place, whether they are in memory or on disk."""

from __future__ import annotations

import abc
import os
import stat
from collections.abc import Iterator
from typing import BinaryIO

from trigpoint.archives.bounds import CHUNK
from trigpoint.archives.faults import ArchiveError, UnreadableError, shown

__all__ = ["FileSource", "MemorySource", "Source", "open_regular", "pieces", "refused"]

# Opening must neither wait for the other end of a pipe nor follow a link that took
# the file's place since it was listed; Windows has neither flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


class Source(abc.ABC):
    """Bytes with a ``size`` that are read at any place."""

    size: int

    @abc.abstractmethod
    def at(self, offset: int, size: int) -> bytes:
        """Return up to *size* bytes from *offset* on; fewer at the end."""

    def close(self) -> None:
        """Let go of the file, if there is one."""
        return


class MemorySource(Source):
    """Bytes in memory; what is asked for is copied, nothing else.

    >>> MemorySource(b"abcdef").at(2, 3)
    b'cde'
    """

    def __init__(self, data: bytes | bytearray | memoryview) -> None:
        self._data = memoryview(data).cast("B")
        self.size = len(self._data)

    def at(self, offset: int, size: int) -> bytes:
        """Return up to *size* bytes from *offset* on; fewer at the end."""
        return bytes(self._data[offset : offset + size])


class FileSource(Source):
    """A regular file on disk, read where it is asked for.

    *path* is opened at once; raises :exc:`UnreadableError` if that fails.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file, self.size = open_regular(path)

    def at(self, offset: int, size: int) -> bytes:
        """Return up to *size* bytes from *offset* on; fewer at the end."""
        if self._file.closed:
            raise ArchiveError("the archive is closed")
        try:
            self._file.seek(offset)
            return self._file.read(size)
        except OSError as error:
            raise refused(self._path, error) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def open_regular(path: str, *, follow: bool = True) -> tuple[BinaryIO, int]:
    """Open the regular file *path*, and return it with its size in bytes.

    Unless *follow*, a link in its place is refused.  Raises :exc:`UnreadableError` for whatever
    is no regular file or cannot be opened; a device or pipe is never read.
    """
    try:
        descriptor = os.open(path, _FLAGS | (0 if follow else _NO_FOLLOW))
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("archive-special", f"{shown(path)} is no regular file")
            return os.fdopen(descriptor, "rb", buffering=0), status.st_size
        except BaseException:
            os.close(descriptor)
            raise
    except (OSError, ValueError) as error:
        raise refused(path, error) from error


def refused(path: str, error: OSError | ValueError) -> UnreadableError:
    """Return what to say of *path*, which the system did not let be read because of *error*."""
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableError("archive-access", f"{shown(path)} cannot be read: {reason}")


def pieces(source: Source, start: int, size: int) -> Iterator[bytes]:
    """Yield *size* bytes of *source* from *start* on, a chunk at a time.

    Raises :exc:`UnreadableError` if it became shorter since its size was taken.
    """
    end = start + size
    while start < end:
        data = source.at(start, min(CHUNK, end - start))
        if not data:
            raise UnreadableError("archive-truncated", "the file became shorter while it was read")
        yield data
        start += len(data)
