"""Compressed bytes as a stream that is unpacked a chunk at a time.

Idea: every decoder of the standard library can be told how much to give out at most.
So a chunk goes in, chunks come out, and between two of them the number of bytes that
came out so far meets the allowance.  A file may hold several compressed streams one
behind the other; each has a decoder of its own.

Invariant: no more than one chunk of packed and one of unpacked bytes is held, and the
decoder's own window (32 KiB for gzip, up to 8 MiB for bzip2, bounded for xz).

Cost: linear in the bytes that go in and come out.  What is left of a chunk is copied
for each stream in it, which the bound on the number of streams keeps small.

Example: two gzip streams of ``ab`` and ``c`` are a stream of the pieces ``ab``, ``c``;
cut in the middle of the second, it yields ``ab`` and then stops with a fault.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from trigpoint.archives.bounds import CHUNK, Limits
from trigpoint.archives.faults import Notes, UnreadableError, counted
from trigpoint.archives.sources import Source, pieces

__all__ = ["MAGIC", "Inflater", "SourceStream", "Stream", "UnpackedStream", "unpacked"]

MAGIC: dict[str, bytes] = {"gzip": b"\x1f\x8b", "bzip2": b"BZh", "xz": b"\xfd7zXZ\0"}
"""What each kind of compressed stream starts with."""


class Decoder(Protocol):
    """What bzip2 and xz decoders have in common, and :class:`Inflater` with them."""

    @property
    def eof(self) -> bool:
        """Whether the stream came to its own end."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing comes out before more goes in."""

    @property
    def unused_data(self) -> bytes:
        """What went in and lies behind the end of the stream."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Take *data* in and return at most *max_length* bytes."""


class Inflater:
    """zlib's decoder with the face of the other two.

    *window* is zlib's ``wbits``: -15 for a raw stream, as in zip; 31 for gzip.
    """

    __slots__ = ("_decoder", "needs_input")

    def __init__(self, window: int) -> None:
        self._decoder = zlib.decompressobj(window)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the stream came to its own end."""
        return self._decoder.eof

    @property
    def unused_data(self) -> bytes:
        """What went in and lies behind the end of the stream."""
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Take *data* in and return at most *max_length* bytes."""
        tail = self._decoder.unconsumed_tail
        found = self._decoder.decompress(tail + data if tail else data, max_length)
        # A full piece may leave more in the window even if all input was taken.
        self.needs_input = not self._decoder.unconsumed_tail and len(found) < max_length
        return found


def _decoder_for(compression: str, limits: Limits) -> Callable[[], Decoder]:
    """Return what makes decoders; raises :exc:`UnreadableError` if this Python has none."""
    if compression == "gzip":
        return lambda: Inflater(31)
    try:
        if compression == "bzip2":
            import bz2

            return bz2.BZ2Decompressor
        import lzma
    except ImportError as error:
        missing = f"{compression} cannot be unpacked here"
        raise UnreadableError("archive-compression", missing) from error
    return lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=limits.xz_memory)


def _broken() -> tuple[type[Exception], ...]:
    """Return what decoders raise; those of xz only if this Python has them."""
    try:
        from lzma import LZMAError
    except ImportError:
        return (zlib.error, OSError, EOFError, ValueError)
    return (zlib.error, OSError, EOFError, ValueError, LZMAError)


def unpacked(source: Source, compression: str, limits: Limits, notes: Notes) -> Iterator[bytes]:
    """Yield what *source* unpacks to, within *limits*; *compression* is a key of :data:`MAGIC`.

    What is odd but no hindrance goes to *notes*.  Raises :exc:`UnreadableError` where it ends
    before its time.
    """
    fresh = _decoder_for(compression, limits)
    broken = _broken()
    packed = pieces(source, 0, source.size)
    decoder, streams, data = fresh(), 1, b""
    while True:
        if not data and decoder.needs_input:
            data = next(packed, b"")
            if not data:
                raise UnreadableError(
                    "archive-truncated", f"the {compression} stream ends too early"
                )
        try:
            found = decoder.decompress(data, CHUNK)
        except broken as error:
            raise UnreadableError(
                "archive-damaged", f"the {compression} stream is damaged: {error}"
            ) from error
        data = b""
        if found:
            yield found
        if not decoder.eof:
            continue
        data = _behind(decoder.unused_data, packed)
        if not data:
            return
        if not data.startswith(MAGIC[compression][:2]):
            behind = f"there are other bytes behind the {compression} stream"
            notes.add("archive-hidden", behind)
            return
        streams += 1
        if streams == 2:
            several = f"there are several {compression} streams, one behind the other"
            notes.add("archive-streams", several)
        if streams > limits.streams:
            many = f"there are more than {limits.streams:,} {compression} streams"
            raise UnreadableError("archive-many", many)
        decoder = fresh()


def _behind(data: bytes, packed: Iterator[bytes]) -> bytes:
    """Return what follows a stream, from the first byte on that is not zero padding."""
    data = data.lstrip(b"\0")
    # One byte alone cannot be told from the start of another stream.
    while len(data) < 2 and (more := next(packed, b"")):
        data = (data + more).lstrip(b"\0")
    return data


class Stream(Protocol):
    """Bytes from front to back, with the ``position`` reached."""

    position: int

    def take(self, size: int) -> bytes:
        """Return the next *size* bytes; fewer at the end."""

    def skip(self, size: int) -> int:
        """Pass over *size* bytes, and return how many there were."""

    def piece(self, most: int) -> bytes:
        """Return at least one and at most *most* bytes; none at the end."""


class SourceStream:
    """A stream of *source* as it is, which passes over bytes without reading them."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.position = 0

    def take(self, size: int) -> bytes:
        """Return the next *size* bytes; fewer at the end."""
        data = self._source.at(self.position, size)
        self.position += len(data)
        return data

    def skip(self, size: int) -> int:
        """Pass over *size* bytes, and return how many there were."""
        passed = min(size, self._source.size - self.position)
        self.position += passed
        return passed

    def piece(self, most: int) -> bytes:
        """Return at least one and at most *most* bytes; none at the end."""
        return self.take(min(most, CHUNK))


class UnpackedStream:
    """A stream of *chunks*, which stops with a fault behind *allowance* bytes."""

    def __init__(self, chunks: Iterator[bytes], allowance: int) -> None:
        self._chunks = chunks
        self._allowance = allowance
        self._left = allowance
        self._held = b""
        self._start = 0
        self.position = 0

    def piece(self, most: int) -> bytes:
        """Return at least one and at most *most* bytes; none at the end."""
        if self._start == len(self._held):
            self._held, self._start = next(self._chunks, b""), 0
            self._left -= len(self._held)
            if self._left < 0:
                large = f"the archive unpacks to more than {counted(self._allowance)}"
                raise UnreadableError("archive-large", large)
        data = self._held[self._start : self._start + most]
        self._start += len(data)
        self.position += len(data)
        return data

    def take(self, size: int) -> bytes:
        """Return the next *size* bytes; fewer at the end."""
        found: list[bytes] = []
        while size and (data := self.piece(size)):
            found.append(data)
            size -= len(data)
        return b"".join(found)

    def skip(self, size: int) -> int:
        """Pass over *size* bytes, and return how many there were."""
        left = size
        while left and (data := self.piece(left)):
            left -= len(data)
        return size - left
