r"""A zip archive: its directory, held against the members themselves.

Idea: a zip is read from its end.  The end record says where the directory is, the
directory says where each member is, and in front of each member stands a header that
says it all once more.  Readers believe one or the other, so an archive in which the
two differ is a different archive to each; that is a finding, and so are bytes that
belong to no member, and members that share bytes.

Invariant: nothing is allocated by what a number claims: the directory is read only
within its bound, a member's bytes a chunk at a time, and no more of them than it says
that it has.  The sum of what members unpack to meets the archive's allowance before
the first byte of a member is unpacked.

Cost: the listing is linear in the directory, and one look at each member's header;
n log n for overlaps.  A reading holds one chunk.

Example: 37 bytes in front of the directory are ``PK\3\4`` ... ``a.txt`` + ``hi``; the
directory has one entry that says "a.txt, 2 bytes, at 0".  If a second entry said "at 0"
too, both would share all 37, and neither is read.

Source: APPNOTE.TXT, the .ZIP file format specification; PEP 427.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from trigpoint.archives.archive import Archive, Kind, Listing, Member
from trigpoint.archives.bounds import CHUNK, Limits
from trigpoint.archives.faults import UnreadableError, counted, shown
from trigpoint.archives.sources import Source, pieces
from trigpoint.archives.streams import Inflater

__all__ = ["ZipArchive"]

_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = struct.Struct("<4sLQL")
_ENTRY: Final = struct.Struct("<4s4B4HL2L5H2L")
_LOCAL: Final = struct.Struct("<4s2B4HL2L2H")
_MOST_COMMENT: Final = 0xFFFF
_HUGE: Final = 0xFFFFFFFF
_ENCRYPTED, _DESCRIBED_BEHIND, _UTF_8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_UNIX: Final = 3
_DESCRIPTOR: Final = 24
"""Bytes of the longest record that may stand behind a member's data."""


class _Entry(NamedTuple):
    """One entry of the directory, as it was read."""

    name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    start: int
    system: int
    attributes: int

    @property
    def shown(self) -> str:
        """The name as findings show it."""
        return shown(self.name.decode("utf-8", "surrogateescape"))


class _Directory(NamedTuple):
    """Where the directory is, and what the end record says about it."""

    start: int
    size: int
    members: int
    shift: int
    """Bytes in front of the archive, which every offset leaves out."""


class ZipArchive(Archive):
    """A zip archive in *source*, such as a wheel.

    See :class:`trigpoint.archives.archive.Archive` for *name* and *limits*.
    """

    format = "zip"

    def __init__(self, source: Source, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self._source = source
        self._entries: list[_Entry] = []
        self._starts: dict[int, int] = {}
        self._unreadable: dict[int, UnreadableError] = {}
        self._opened: set[int] = set()
        self._left = limits.allowance(source.size)

    def close(self) -> None:
        """Let go of the file; members stay listed, and nothing more is read."""
        super().close()
        self._source.close()

    # -- listing ------------------------------------------------------------------

    def _list(self, listing: Listing) -> None:
        directory = self._directory()
        stopped = None
        try:
            for number, entry in enumerate(self._read_entries(directory)):
                self._entries.append(entry)
                self._check(number, entry, directory)
                self._add(listing, number, entry)
        except UnreadableError as fault:
            # What was listed so far is still held against the archive.
            stopped = fault
        self._check_places(directory, complete=stopped is None)
        total = sum(entry.size for entry in self._entries)
        most = self.limits.allowance(self._source.size)
        if total > most:
            large = f"the members unpack to {counted(total)}, more than {counted(most)}"
            self._notes.add("archive-large", large)
        if stopped:
            raise stopped

    def _add(self, listing: Listing, number: int, entry: _Entry) -> None:
        """List *entry*; the target of a link is in its data."""
        if entry.name.isascii():
            name = entry.name.decode("ascii")
        elif entry.flags & _UTF_8:
            name = entry.name.decode("utf-8", "surrogateescape")
        else:
            name = entry.name.decode("cp437")
            unsaid = f"the name {shown(name)} is not marked as UTF-8, so readers guess"
            self._notes.add("archive-name-encoding", unsaid)
        mode = entry.attributes >> 16 if entry.system == _UNIX else 0
        kind, target = Kind.FILE, ""
        if entry.name.endswith(b"/"):
            kind = Kind.DIR
            if entry.size:
                full = f"{shown(name)} is a folder by its name, and has {counted(entry.size)}"
                self._notes.add("archive-disagrees", full)
        elif stat.S_ISLNK(mode):
            kind, target = Kind.SYMLINK, self._target(number, name)
        elif stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            kind = Kind.OTHER
            self._notes.add("archive-special", f"{shown(name)} is no regular file by its mode")
        permissions = stat.S_IMODE(mode)
        listing.add(name, entry.size, entry.packed, kind, permissions, target)

    def _target(self, number: int, name: str) -> str:
        if self._entries[number].size > self.limits.name:
            self._notes.add(
                "archive-name-long", f"the target of the link {shown(name)} is too long"
            )
            return ""
        try:
            data = b"".join(self._unpacked(number, name))
        except UnreadableError as fault:
            self._notes.fault(fault)
            return ""
        return data.decode("utf-8", "surrogateescape")

    def _directory(self) -> _Directory:
        """Find the directory; raises :exc:`UnreadableError` if there is none."""
        source = self._source
        reach = min(source.size, _END.size + _MOST_COMMENT)
        tail = source.at(source.size - reach, reach)
        found = tail.rfind(b"PK\5\6", 0, max(0, len(tail) - _END.size + 4))
        if found < 0:
            raise UnreadableError(
                "archive-truncated", "there is no end record, so the file was cut or is no zip"
            )
        end = source.size - reach + found
        _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(tail, found)
        behind = len(tail) - found - _END.size - comment
        if behind > 0:
            self._notes.add("archive-hidden", f"there are {counted(behind)} behind the archive")
        elif behind < 0:
            raise UnreadableError("archive-truncated", "the archive ends within its comment")
        earlier = tail.rfind(b"PK\5\6", 0, found)
        if earlier >= 0 and len(tail) - earlier - _END.size == _END.unpack_from(tail, earlier)[-1]:
            self._disagree("two end records of the archive")
        limit = end
        locator = source.at(max(0, end - _LOCATOR.size), _LOCATOR.size)
        if locator.startswith(b"PK\6\7"):
            wide = self._wide(end - _LOCATOR.size, locator)
            for narrow, wider, unset in zip(
                (disk, first_disk, here, count, size, start),
                wide[1:],
                (0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, _HUGE, _HUGE),
                strict=True,
            ):
                if narrow not in (wider, unset):
                    self._disagree("the two end records of the archive")
                    break
            limit, disk, first_disk, here, count, size, start = wide
        if disk or first_disk or here != count:
            raise UnreadableError("archive-damaged", "the archive is one part of several")
        shift = limit - start - size
        if shift < 0:
            raise UnreadableError(
                "archive-damaged", "the directory does not fit in front of the end record"
            )
        if shift:
            self._notes.add("archive-hidden", f"there are {counted(shift)} in front of the archive")
        return _Directory(start + shift, size, count, shift)

    def _wide(self, end: int, locator: bytes) -> tuple[int, int, int, int, int, int, int]:
        """Return where the zip64 end record starts, and its numbers."""
        start = end - _END_64.size
        record = self._source.at(max(0, start), _END_64.size)
        if len(record) < _END_64.size or not record.startswith(b"PK\6\6"):
            raise UnreadableError(
                "archive-damaged", "the zip64 end record is not where it has to be"
            )
        _, _, _, _, disk, first_disk, here, count, size, offset = _END_64.unpack(record)
        stated = _LOCATOR.unpack(locator)[2]
        if stated != start and stated != offset + size:
            self._disagree("the zip64 end record and its locator")
        return start, disk, first_disk, here, count, size, offset

    def _read_entries(self, directory: _Directory) -> Iterator[_Entry]:
        if directory.size > self.limits.directory:
            most = counted(self.limits.directory)
            raise UnreadableError(
                "archive-many", f"the directory of the archive has more than {most}"
            )
        data = self._source.at(directory.start, directory.size)
        position = number = 0
        while position < len(data):
            if len(data) - position < _ENTRY.size or not data.startswith(b"PK\1\2", position):
                raise UnreadableError(
                    "archive-damaged", f"entry {number + 1:,} of the directory is no entry"
                )
            (_, _, system, _, _, flags, method, _, _, checksum, packed, size, of_name, of_extra,
             of_comment, _, _, attributes, start) = _ENTRY.unpack_from(data, position)  # fmt: skip
            position += _ENTRY.size
            name = data[position : position + of_name]
            extra = data[position + of_name : position + of_name + of_extra]
            position += of_name + of_extra + of_comment
            if position > len(data):
                raise UnreadableError("archive-damaged", "the directory ends within an entry")
            size, packed, start = _widened(extra, size, packed, start)
            number += 1
            yield _Entry(name, flags, method, checksum, packed, size,
                         start + directory.shift, system, attributes)  # fmt: skip
        if number != directory.members:
            lie = f"the end record says {directory.members:,} members, the directory has {number:,}"
            raise UnreadableError("archive-damaged", lie)

    def _check(self, number: int, entry: _Entry, directory: _Directory) -> None:
        """Hold *entry* against the header in front of the member's data."""
        header = b""
        if entry.start < directory.start:
            header = self._source.at(entry.start, _LOCAL.size)
        if len(header) < _LOCAL.size or not header.startswith(b"PK\3\4"):
            fault = UnreadableError(
                "archive-damaged", f"{entry.shown} is not where the directory says"
            )
            self._give_up(number, fault)
            return
        (_, _, _, flags, method, _, _, checksum, packed, size, of_name, of_extra) = _LOCAL.unpack(
            header
        )
        own = self._source.at(entry.start + _LOCAL.size, of_name + of_extra)
        differs = own[:of_name] != entry.name or method != entry.method
        differs = differs or (flags ^ entry.flags) & (_ENCRYPTED | _DESCRIBED_BEHIND) != 0
        size, packed, _ = _widened(own[of_name:], size, packed, 0)
        numbers = (checksum, packed, size)
        if flags & _DESCRIBED_BEHIND:
            # The numbers stand behind the data; what stands here is zero or the same.
            differs = differs or not all(
                given in (0, stated, _HUGE)
                for given, stated in zip(
                    numbers, (entry.checksum, entry.packed, entry.size), strict=True
                )
            )
        else:
            differs = differs or numbers != (entry.checksum, entry.packed, entry.size)
        if differs:
            self._disagree(f"the directory and the header of {entry.shown}")
        start = entry.start + _LOCAL.size + of_name + of_extra
        if start + entry.packed > directory.start:
            far = UnreadableError("archive-truncated", f"{entry.shown} reaches beyond the members")
            self._give_up(number, far)
        else:
            self._starts[number] = start

    def _check_places(self, directory: _Directory, *, complete: bool) -> None:
        """Find members that share bytes, and bytes of no member, from front to back.

        What belongs to no member can be said only if the listing is *complete*.
        """
        end = directory.shift
        before = -1
        for number in sorted(self._starts, key=lambda each: self._entries[each].start):
            entry = self._entries[number]
            if entry.start < end:
                for each in (before, number):
                    if each not in self._unreadable:
                        name = self._entries[each].shown
                        shared = f"{name} shares bytes with another member"
                        self._give_up(each, UnreadableError("archive-overlap", shared))
            elif complete:
                self._check_gap(before, end, entry.start)
            if (behind := self._starts[number] + entry.packed) > end:
                end, before = behind, number
        if complete:
            self._check_gap(before, end, directory.start)

    def _check_gap(self, before: int, end: int, start: int) -> None:
        described = before >= 0 and self._entries[before].flags & _DESCRIBED_BEHIND
        if start - end > (_DESCRIPTOR if described else 0):
            hidden = f"there are {counted(start - end)} at byte {end:,} that belong to no member"
            self._notes.add("archive-hidden", hidden)

    def _give_up(self, number: int, fault: UnreadableError) -> None:
        self._unreadable[number] = fault
        self._notes.fault(fault)

    def _disagree(self, who: str) -> None:
        self._notes.add("archive-disagrees", f"{who} say different things")

    # -- reading ------------------------------------------------------------------

    def _reader(self) -> Callable[[Member], Iterator[bytes]]:
        return self._pieces

    def _pieces(self, member: Member) -> Iterator[bytes]:
        if member.kind is not Kind.FILE:
            what = f"{shown(member.name)} is no file, so nothing of it is read"
            raise UnreadableError("archive-special", what)
        self._check_open()
        yield from self._unpacked(member.number, member.name)

    def _unpacked(self, number: int, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member, and compare their number and checksum."""
        entry = self._entries[number]
        if number in self._unreadable:
            raise self._unreadable[number]
        if entry.flags & _ENCRYPTED:
            raise UnreadableError("archive-encrypted", f"{shown(name)} is encrypted")
        if entry.method not in (_STORED, _DEFLATED):
            raise UnreadableError(
                "archive-method", f"{shown(name)} is compressed by method {entry.method}"
            )
        if number not in self._opened:
            if entry.size > self._left:
                large = (
                    f"{shown(name)} has {counted(entry.size)}, more than is left of what is"
                    " unpacked"
                )
                raise UnreadableError("archive-large", large)
            self._opened.add(number)
            self._left -= entry.size
        if max(entry.packed, entry.size) <= CHUNK and (whole := self._at_once(number)) is not None:
            if whole:
                yield whole
            return
        said = shown(name)
        packed = pieces(self._source, self._starts[number], entry.packed)
        chunks = packed if entry.method == _STORED else _inflated(packed, said)
        checksum = size = 0
        for data in chunks:
            size += len(data)
            if size > entry.size:
                raise UnreadableError("archive-damaged", f"{said} is longer than it says")
            checksum = zlib.crc32(data, checksum)
            yield data
        if size < entry.size:
            raise UnreadableError("archive-damaged", f"{said} is shorter than it says")
        if checksum != entry.checksum:
            raise UnreadableError(
                "archive-checksum", f"{said} does not have the checksum that it says"
            )

    def _at_once(self, number: int) -> bytes | None:
        """Return the bytes of a small member; None if anything is wrong with it.

        What is wrong is told by whoever reads it piece by piece.
        """
        entry = self._entries[number]
        data = self._source.at(self._starts[number], entry.packed)
        if entry.method == _DEFLATED:
            decoder = zlib.decompressobj(-15)
            try:
                # With room for one byte more, the end of the stream is seen.
                data = decoder.decompress(data, entry.size + 1)
            except zlib.error:
                return None
            if not decoder.eof or decoder.unused_data:
                return None
        whole = len(data) == entry.size and zlib.crc32(data) == entry.checksum
        return data if whole else None


def _inflated(packed: Iterator[bytes], said: str) -> Iterator[bytes]:
    decoder, data = Inflater(-15), b""
    while not decoder.eof:
        if decoder.needs_input and not (data := next(packed, b"")):
            raise UnreadableError("archive-damaged", f"the compressed data of {said} end too early")
        try:
            found = decoder.decompress(data, CHUNK)
        except zlib.error as error:
            raise UnreadableError(
                "archive-damaged", f"{said} cannot be unpacked: {error}"
            ) from error
        data = b""
        if found:
            yield found
    if decoder.unused_data or next(packed, b""):
        raise UnreadableError(
            "archive-damaged", f"there are other bytes behind the compressed data of {said}"
        )


def _widened(extra: bytes, size: int, packed: int, start: int) -> tuple[int, int, int]:
    """Return the three numbers, those too large for their field out of the zip64 *extra*."""
    if _HUGE not in (size, packed, start):
        return size, packed, start
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, position)
        field = extra[position + 4 : position + 4 + length]
        if kind == 1:
            wide = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
            size = next(wide, size) if size == _HUGE else size
            packed = next(wide, packed) if packed == _HUGE else packed
            start = next(wide, start) if start == _HUGE else start
            break
        position += 4 + length
    return size, packed, start
