"""A tar archive: a walk from header to header over a bounded stream.

Idea: a tar archive is blocks of 512 bytes: a header that says a name, a size and a
kind, then the data, filled up to a whole block.  Some headers (pax records, GNU long
names) speak about the next one.  A loop takes a header at a time; those that speak
about the next are remembered in a mapping, within a bound on their size and number,
and the first that is a member uses it up.  So neither a chain of headers nor a huge
one costs anything but the bytes that are passed over.

Where headers of one member contradict each other, the first wins, as in Python's
tarfile, which pip uses; other readers differ, and so it is a finding.

Invariant: between two turns the stream stands at a header, and the mapping holds no
more than MOST_CHAINED headers of MOST_HEADER bytes.

Cost: linear in the unpacked archive, with one chunk held; a tar that is not
compressed is listed by its headers alone.

Example: blocks ``x`` (pax, "path=a/b"), its data, ``0`` (a file "short", 5 bytes), its
data, two blocks of zeros: one member ``a/b`` with 5 bytes.

Source: POSIX pax interchange format; GNU tar manual, "Basic Tar Format".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from trigpoint.archives.archive import Archive, Kind, Listing, Member
from trigpoint.archives.bounds import CHUNK, Limits
from trigpoint.archives.faults import ArchiveError, Notes, UnreadableError, counted, shown
from trigpoint.archives.sources import Source
from trigpoint.archives.streams import SourceStream, Stream, UnpackedStream, unpacked

__all__ = ["TarArchive", "is_header"]

_BLOCK: Final = 512
_GNU: Final = b"ustar  \0"
_LONG: Final = {b"L": "path", b"K": "linkpath"}
_ABOUT_NEXT: Final = frozenset({b"x", b"X", b"g", *_LONG})
_KEYS: Final = frozenset({"path", "linkpath", "size"})
_ASCII: Final = bytes(range(128))
_DIGITS: Final = 21
"""Bytes in which a number of a pax header ends; 64 bits need twenty digits."""
_FILES: Final = frozenset({b"0", b"\0", b"7"})
_NO_DATA: Final = frozenset({b"1", b"2", b"3", b"4", b"5", b"6"})
"""Links, devices, folders and pipes: readers disagree whether data may follow them."""


class TarArchive(Archive):
    """A tar archive in *source*; *compression* is one of the streams' or empty.

    See :class:`trigpoint.archives.archive.Archive` for *name* and *limits*.
    """

    format = "tar"

    def __init__(self, source: Source, name: str, limits: Limits, compression: str = "") -> None:
        super().__init__(name, limits)
        self.compression = compression
        self._source = source
        self._starts: list[int] = []

    def close(self) -> None:
        """Let go of the file; members stay listed, and nothing more is read."""
        super().close()
        self._source.close()

    def _stream(self, notes: Notes) -> Stream:
        if not self.compression:
            return SourceStream(self._source)
        chunks = unpacked(self._source, self.compression, self.limits, notes)
        return UnpackedStream(chunks, self.limits.allowance(self._source.size))

    def _list(self, listing: Listing) -> None:
        if self.compression not in ("", "gzip"):
            other = f"the archive is compressed with {self.compression}"
            self._notes.add("archive-compression", other, "compress it with gzip")
        stream = self._stream(self._notes)
        walk = _Walk(stream, self.limits, self._notes)
        while header := walk.next():
            listing.add(header.name, header.size, None, header.kind, header.mode, header.target)
            self._starts.append(stream.position)
            if header.kind is Kind.OTHER:
                what = _OTHERS.get(header.type, "member of a rare kind")
                self._notes.add("archive-special", f"{shown(header.name)} is a {what}")
            walk.pass_over(header)
        _end(stream, self._notes)

    def _reader(self) -> Callable[[Member], Iterator[bytes]]:
        stream = self._stream(Notes())
        return lambda member: _read(stream, self._starts[member.number], member)


def _read(stream: Stream, start: int, member: Member) -> Iterator[bytes]:
    if member.kind is not Kind.FILE:
        raise UnreadableError(
            "archive-special", f"{shown(member.name)} is no file, so nothing of it is read"
        )
    if stream.position > start:
        raise ArchiveError("the readings of one pass are taken in the archive's order")
    stream.skip(start - stream.position)
    left = member.size
    while left:
        data = stream.piece(min(left, CHUNK))
        if not data:
            raise UnreadableError(
                "archive-truncated", f"the archive ends within {shown(member.name)}"
            )
        left -= len(data)
        expected = stream.position
        yield data
        if stream.position != expected:
            raise ArchiveError("the readings of one pass are taken in the archive's order")


class _Header(NamedTuple):
    """What one member's headers say; ``span`` is how many bytes of data follow."""

    name: str
    type: bytes
    size: int
    span: int
    mode: int
    target: str
    kind: Kind


_OTHERS: Final = {
    b"1": "hard link",
    b"3": "character device",
    b"4": "block device",
    b"6": "pipe",
    b"S": "sparse file",
}


class _Walk:
    """The headers of *stream*, one member at a time; see the head of this file."""

    def __init__(self, stream: Stream, limits: Limits, notes: Notes) -> None:
        self._stream = stream
        self._limits = limits
        self._notes = notes

    def next(self) -> _Header | None:
        """Return the next member, the stream behind its headers; None at the end mark."""
        about: dict[str, bytes] = {}
        chained = 0
        while True:
            block = self._stream.take(_BLOCK)
            if len(block) < _BLOCK:
                raise UnreadableError("archive-truncated", "the archive ends without its end mark")
            if block.count(0) == _BLOCK:
                if about:
                    alone = "a header speaks about a member, and none follows"
                    raise UnreadableError("archive-damaged", alone)
                return None
            if not is_header(block):
                place = f"at byte {self._stream.position - _BLOCK:,}"
                raise UnreadableError("archive-damaged", f"there is no tar header {place}")
            if block[156:157] not in _ABOUT_NEXT:
                return self._member(block, about)
            chained += 1
            if chained > self._limits.chained:
                many = f"more than {self._limits.chained:,} headers stand before one member"
                raise UnreadableError("archive-header", many)
            self._remember(block, about)

    def pass_over(self, header: _Header) -> None:
        """Pass over the data of *header*, which may have been read in part."""
        size = header.span + _padding(header.span)
        # What is missing behind the last byte of the data is missed by next().
        if self._stream.skip(size) < header.span:
            raise UnreadableError(
                "archive-truncated", f"the archive ends within {shown(header.name)}"
            )

    def _remember(self, block: bytes, about: dict[str, bytes]) -> None:
        """Read a header that speaks about the next one into *about*."""
        size, kind = _number(block[124:136]), block[156:157]
        if size > self._limits.header:
            most = counted(self._limits.header)
            raise UnreadableError(
                "archive-header", f"a header in front of a member has more than {most}"
            )
        payload = self._stream.take(size)
        if len(payload) < size or self._stream.skip(_padding(size)) < _padding(size):
            raise UnreadableError("archive-truncated", "the archive ends within a header")
        if kind in _LONG:
            said = {_LONG[kind]: payload.partition(b"\0")[0]}
        else:
            said = self._records(payload)
        if kind == b"g":
            for key in said.keys() & {"path", "linkpath", "size"}:
                self._disagree(f"a header sets the {key} of all members that follow")
            return
        for key, value in said.items():
            if about.setdefault(key, value) != value:
                self._disagree(f"two headers of one member give it different values of {key}")

    def _records(self, payload: bytes) -> dict[str, bytes]:
        """Return the records of a pax header that matter here; the last of a key counts."""
        said: dict[str, bytes] = {}
        start = 0
        while start < len(payload) and payload[start]:
            blank = payload.find(b" ", start, start + _DIGITS)
            size = payload[start : max(start, blank)]
            end = start + int(size) if size.isdigit() else start
            record = payload[blank + 1 : end - 1] if start < end <= len(payload) else b""
            key, equals, value = record.partition(b"=")
            if not equals or payload[end - 1] != 0x0A:
                raise UnreadableError(
                    "archive-damaged", "the records of a pax header cannot be told apart"
                )
            start = end
            name = key.decode("ascii", "replace")
            if name in _KEYS or name.startswith("GNU.sparse."):
                if said.setdefault(name, value) != value:
                    self._disagree(f"one header gives different values of {name}")
                said[name] = value
        return said

    def _member(self, block: bytes, about: dict[str, bytes]) -> _Header:
        kind_byte = block[156:157]
        name = _text(block[:100])
        prefix = b"" if block[257:265] == _GNU else _text(block[345:500])
        name = prefix + b"/" + name if prefix else name
        old_folder = kind_byte == b"\0" and name.endswith(b"/")
        name = about.get("GNU.sparse.name", about.get("path", name))
        size = _number(block[124:136])
        if (stated := about.get("size")) is not None:
            if not (stated.isdigit() and len(stated) < _DIGITS):
                raise UnreadableError(
                    "archive-damaged", "a pax header gives a size that is no number"
                )
            size = int(stated)
        sparse = kind_byte == b"S" or any(key.startswith("GNU.") for key in about)
        more = kind_byte == b"S" and block[482]
        while more:
            block_of_map = self._stream.take(_BLOCK)
            if len(block_of_map) < _BLOCK:
                raise UnreadableError(
                    "archive-truncated", "the archive ends within the map of a sparse file"
                )
            more = block_of_map[504]
        if old_folder or kind_byte == b"5":
            kind = Kind.DIR
        elif kind_byte == b"2":
            kind = Kind.SYMLINK
        else:
            kind = Kind.FILE if kind_byte in _FILES and not sparse else Kind.OTHER
        shown_name = name.decode("utf-8", "surrogateescape")
        span = size
        if kind_byte in _NO_DATA:
            span = 0
            if size:
                self._disagree(
                    f"{shown(shown_name)} has no data by its kind, and {counted(size)} of it"
                )
        target = about.get("linkpath", _text(block[157:257])) if kind_byte in b"12" else b""
        return _Header(
            shown_name,
            b"S" if sparse else kind_byte,
            size,
            span,
            _number(block[100:108]) & 0o7777,
            target.decode("utf-8", "surrogateescape"),
            kind,
        )

    def _disagree(self, message: str) -> None:
        self._notes.add("archive-disagrees", message)


def _end(stream: Stream, notes: Notes) -> None:
    """Read on to the end, so that checksums are compared and hidden bytes are found."""
    hidden = False
    while data := stream.piece(CHUNK):
        if not hidden and data.strip(b"\0"):
            hidden = True
            notes.add("archive-hidden", "there are bytes behind the end mark of the archive")


def is_header(block: bytes) -> bool:
    """Say whether *block* is a tar header, by its checksum."""
    if len(block) < _BLOCK:
        return False
    try:
        stated = _number(block[148:156])
    except UnreadableError:
        return False
    counted_up = block[:148] + b" " * 8 + block[156:_BLOCK]
    unsigned = sum(counted_up)
    # Old writers added the bytes up as signed numbers.
    return stated in (unsigned, unsigned - 256 * len(counted_up.translate(None, _ASCII)))


def _text(field: bytes) -> bytes:
    return field.partition(b"\0")[0]


def _padding(size: int) -> int:
    return -size % _BLOCK


def _number(field: bytes) -> int:
    """Return the number in a header's *field*: octal, or base 256 behind a first byte of 128."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.partition(b"\0")[0].strip(b" ")
    if digits.strip(b"01234567"):
        raise UnreadableError("archive-damaged", "a number in a tar header cannot be read")
    return int(digits or b"0", 8)
