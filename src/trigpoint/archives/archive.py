"""What every archive is: a listing of members, and readings of their bytes.

Idea: the three formats differ in how members are found and unpacked, and in nothing
else.  A format fills a :class:`Listing`, which holds names, places, links and
duplicates to the same rules everywhere, and yields the pieces of one member.

Invariant: a member that was listed is numbered by its place, and its ``path`` is
either empty or a path below the archive's top.  No more than the limits allow is
ever listed, unpacked or held, and whatever stops a listing or a reading is among
its findings.

Cost: the listing is linear in what it lists; a reading holds one chunk.

Example: a zip with members ``a/`` and ``a/b.txt`` lists two, of kinds ``dir`` and
``file``; a second ``a//b.txt`` is listed too, and is a finding.
"""

from __future__ import annotations

import abc
import enum
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import ClassVar, Self

from trigpoint.archives.bounds import MOST_READ, Limits
from trigpoint.archives.faults import ArchiveError, Notes, UnreadableError, counted, shown
from trigpoint.archives.names import leaves, place
from trigpoint.findings import Finding

__all__ = ["Archive", "Content", "Kind", "Listing", "Member", "Reading"]


_SURROGATE = re.compile("[\ud800-\udfff]").search


class Kind(enum.Enum):
    """What a member is."""

    FILE = "file"
    DIR = "dir"
    SYMLINK = "symlink"
    OTHER = "other"
    """A hard link, a device, a pipe, a sparse file: nothing that packages hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One entry of an archive.

    ``number`` is its place in the listing, from 0.  ``name`` is the name as stored
    (half of a surrogate pair stands for a byte that is no UTF-8) and ``path`` where it
    would land: parts joined by ``/``, or empty if it has no place in the archive.
    ``size`` is in bytes as the archive says, ``compressed`` what it takes in the
    archive or None if that cannot be told.  ``mode`` holds the permission bits, 0 if
    none are stored, and ``target`` where a link points.
    """

    number: int
    name: str
    path: str
    size: int
    compressed: int | None
    kind: Kind
    mode: int = 0
    target: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What was read of a member: ``data``, and ``findings`` if that is not all of it, as it was."""

    data: bytes
    findings: tuple[Finding, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether ``data`` is the whole member, undamaged."""
        return not self.findings


class Reading(Iterator[bytes]):
    """The bytes of one ``member`` in pieces, none larger than a chunk.

    ``findings`` is empty until something stops the reading, so look at it last.
    """

    def __init__(self, member: Member, pieces: Iterator[bytes]) -> None:
        self.member = member
        self.findings: tuple[Finding, ...] = ()
        self._pieces = pieces

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except UnreadableError as fault:
            self.findings = (fault.finding,)
            raise StopIteration from None


class Listing:
    """Members as a format finds them, held to the rules that all formats share.

    *limits* bounds their number and names; findings go to *notes*.
    """

    __slots__ = ("_limits", "_links", "_names", "_notes", "_paths", "members")

    def __init__(self, limits: Limits, notes: Notes) -> None:
        self.members: list[Member] = []
        self._limits = limits
        self._notes = notes
        self._names = 0
        self._paths: dict[str, Kind] = {}
        self._links: set[str] = set()

    def add(
        self,
        name: str,
        size: int,
        compressed: int | None,
        kind: Kind,
        mode: int = 0,
        target: str = "",
    ) -> Member:
        """List a member.

        *name*, *size* and *compressed* in bytes, *kind*, *mode* and *target* are the
        fields of :class:`Member`.

        Raises :exc:`UnreadableError` once there are too many.
        """
        limits, notes = self._limits, self._notes
        if len(self.members) >= limits.members:
            most = f"the archive has more than {limits.members:,} members; the others are not read"
            raise UnreadableError("archive-many", most)
        self._names += len(name) + len(target)
        if self._names > limits.directory:
            most = f"the names of the members take more than {counted(limits.directory)} together"
            raise UnreadableError("archive-many", most)
        placed = place(name, limits)
        if _SURROGATE(name):
            notes.add("archive-name-encoding", f"the name {shown(name)} is not UTF-8")
        for problem in placed.problems:
            notes.add(*problem)
        path = placed.path
        if not path and not placed.problems and kind is not Kind.DIR:
            notes.add(
                "archive-name-character", f"a member is called {shown(name)}, which is no name"
            )
        member = Member(
            len(self.members), name[: limits.name], path, size, compressed, kind, mode, target
        )
        self.members.append(member)
        if path:
            self._place(member)
        return member

    def _place(self, member: Member) -> None:
        path, kind, notes = member.path, member.kind, self._notes
        if path not in self._paths:
            self._paths[path] = kind
        elif not self._paths[path] is kind is Kind.DIR:
            notes.add("archive-duplicate", f"there are two members {shown(path)}")
        folder = path.rpartition("/")[0]
        if self._links:
            above = folder
            while above and above not in self._links:
                above = above.rpartition("/")[0]
            if above:
                through = f"{shown(path)} lies below {shown(above)}, which is a link"
                notes.add("archive-link-outside", through)
        if kind is Kind.SYMLINK:
            self._links.add(path)
            if leaves(folder, member.target):
                out = f"{shown(path)} is a link to {shown(member.target)}, which is outside"
                notes.add("archive-link-outside", out)
            else:
                notes.add("archive-link", f"{shown(path)} is a link to {shown(member.target)}")


class Archive(abc.ABC):
    """A wheel, an sdist, a folder or a single file, open for reading.

    *name* is what the file is called and *limits* bounds what is read.  An archive
    is listed when ``members`` or ``findings`` is asked for first.  It can be used in a
    ``with`` statement; one in memory need not be closed.
    """

    format: ClassVar[str]
    """``"zip"``, ``"tar"``, ``"folder"``, ``"file"``, or empty for what cannot be read."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self._notes = Notes()
        self._complete = True
        self._members: tuple[Member, ...] | None = None
        self._closed = False

    @abc.abstractmethod
    def _list(self, listing: Listing) -> None:
        """Put every member into *listing*; raises :exc:`UnreadableError` where that ends early."""

    @abc.abstractmethod
    def _reader(self) -> Callable[[Member], Iterator[bytes]]:
        """Return what yields the bytes of members that are read in the archive's order.

        It raises :exc:`UnreadableError` where that ends early.
        """

    @property
    def members(self) -> tuple[Member, ...]:
        """Every member, in the archive's order (a folder's is by name)."""
        if self._members is None:
            self._check_open()
            listing = Listing(self.limits, self._notes)
            try:
                self._list(listing)
            except UnreadableError as fault:
                self._notes.fault(fault)
                self._complete = False
            self._members = tuple(listing.members)
        return self._members

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the archive as it was listed; readings have their own."""
        _ = self.members
        return self._notes.findings()

    @property
    def complete(self) -> bool:
        """Whether the listing came to its end; if not, a finding says what stopped it."""
        _ = self.members
        return self._complete

    def note(self, code: str, message: str) -> None:
        """Add a finding about the file as a whole; the rest come with the listing.

        *code* is one of the catalogue, *message* says what is wrong with this file.
        """
        self._notes.add(code, message)

    def find(self, path: str) -> Member | None:
        """Return the first file whose ``path`` is *path*; None if there is none."""
        return next(
            (each for each in self.members if each.path == path and each.kind is Kind.FILE), None
        )

    def read(self, member: Member, limit: int = MOST_READ) -> Content:
        """Return the bytes of *member*, no more than *limit* of them.

        What stops the reading, the limit too, is among the findings of the content.
        Raises :exc:`ArchiveError` for a member of another archive and a negative limit.
        """
        if limit < 0:
            raise ArchiveError(f"a limit of {limit} bytes")
        reading = self.reading(member)
        held: list[bytes] = []
        left = limit
        for piece in reading:
            held.append(piece[:left])
            if len(piece) > left:
                large = f"{shown(member.name)} has more than {counted(limit)}"
                return Content(b"".join(held), (UnreadableError("archive-large", large).finding,))
            left -= len(piece)
        return Content(b"".join(held), reading.findings)

    def reading(self, member: Member) -> Reading:
        """Return the bytes of *member* piece by piece, to hash it or to write it out.

        Raises :exc:`ArchiveError` for a member of another archive.
        """
        return next(self.readings([member]))

    def readings(self, members: Iterable[Member] | None = None) -> Iterator[Reading]:
        """Read several *members* (all files unless given) in one pass, in the archive's order.

        Each reading ends where the next begins: a compressed tar archive is unpacked
        once from front to back, however many members are read.  Raises
        :exc:`ArchiveError` for a member of another archive, and if a reading is gone
        on with after a later one has begun.
        """
        self._check_open()
        chosen = [each for each in self.members if each.kind is Kind.FILE]
        if members is not None:
            chosen = sorted(members, key=lambda member: member.number)
        for member in chosen:
            if member.number >= len(self.members) or self.members[member.number] is not member:
                raise ArchiveError(f"{shown(member.name)} is no member of this archive")
        pieces = self._reader()
        return (Reading(member, pieces(member)) for member in chosen)

    def _check_open(self) -> None:
        if self._closed:
            raise ArchiveError("the archive is closed")

    def close(self) -> None:
        """Let go of the file; members stay listed, and nothing more is read."""
        self._closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
