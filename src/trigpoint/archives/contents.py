"""All files of an archive at once, as a small project is held in memory.

Idea: whoever packs a project puts it into one folder, and who packs only files does
not.  So a folder that everything lies in is the archive's own, and is taken off.

Invariant: no more files and bytes are held than was asked for; what is not held is
among the findings, and among ``unread`` if it is a file.

Cost: one pass over the archive, linear in what is listed and unpacked.

Example: ``spam-1.0/pyproject.toml`` and ``spam-1.0/.git/HEAD`` come to the one file
``pyproject.toml`` of ``spam-1.0``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from trigpoint.archives.archive import Archive, Kind, Member
from trigpoint.archives.bounds import MOST_READ
from trigpoint.archives.faults import Notes, UnreadableError, counted, shown
from trigpoint.archives.folders import NOT_ENTERED, FolderArchive
from trigpoint.findings import Finding

__all__ = ["MOST_HELD", "MOST_HELD_FILES", "Files", "read_files"]

MOST_HELD_FILES: Final = 5_000
"""Files that are held at once; a project of more is looked at on disk."""

MOST_HELD: Final = 64 * 1024 * 1024
"""Bytes that are held at once, of all files together."""


@dataclass(frozen=True, slots=True)
class Files:
    """What was read: ``files`` are the bytes by their paths, in the order of paths.

    ``name`` is what the archive's one folder is called, or else the archive without its
    ending.  ``left_out`` are folders that were not looked into, ``unread`` files that
    are there and not held, and ``findings`` say why, with all that is wrong with the
    archive.
    """

    name: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_files(
    archive: Archive,
    *,
    leave_out: Collection[str] = (),
    most_files: int = MOST_HELD_FILES,
    most_bytes: int = MOST_HELD,
    limit: int = MOST_READ,
) -> Files:
    r"""Return the files in *archive* by their paths.

    Folders called as one of *leave_out*, those that hold no file of a project's own, and
    virtual environments are left out; the folder that everything lies in is not one of
    them.  No more than *most_files* are held, with *most_bytes* together and *limit*
    bytes each.  Nothing in an archive makes this raise.

    >>> import io, zipfile
    >>> from trigpoint.archives import open_archive
    >>> file = io.BytesIO()
    >>> with zipfile.ZipFile(file, "w") as made:
    ...     made.writestr("spam/pyproject.toml", "[project]\n")
    ...     made.writestr("spam/.git/HEAD", "ref: refs/heads/main\n")
    >>> found = read_files(open_archive(file.getvalue(), "spam.zip"))
    >>> found.name, dict(found.files), found.left_out
    ('spam', {'pyproject.toml': b'[project]\n'}, ('.git',))
    """
    foreign = NOT_ENTERED.union(leave_out)
    members: dict[str, Member] = {}
    for each in archive.members:
        if each.kind is Kind.FILE and each.path:
            members.setdefault(each.path, each)
    top = "" if archive.format == "folder" else _top(members, foreign)
    notes = Notes()
    left_out: dict[str, None] = {}
    chosen: dict[str, Member] = {}
    environments = {
        path.rpartition("/")[0] for path in members if path.rpartition("/")[2] == "pyvenv.cfg"
    } - {top.removesuffix("/")}
    for path, member in members.items():
        if outer := _outer(path, len(top), foreign, environments):
            left_out[outer.removeprefix(top)] = None
        else:
            chosen[path.removeprefix(top)] = member
    for path in left_out:
        notes.add("archive-not-entered", f"the folder {shown(path)} is left out")
    if isinstance(archive, FolderArchive):
        # It has said so itself.
        left_out.update(dict.fromkeys(archive.not_entered))
    held, unread = _held(archive, chosen, notes, most_files, most_bytes, limit)
    return Files(
        top.removesuffix("/") or _stem(archive.name),
        {path: held[path] for path in sorted(held)},
        (*archive.findings, *notes.findings()),
        tuple(sorted(left_out)),
        tuple(sorted(unread)),
    )


def _top(paths: Collection[str], foreign: Collection[str]) -> str:
    """Return the folder that all *paths* lie in, with a slash; empty if there is none.

    What lies in *foreign* folders beside it, as some systems pack, does not count.
    """
    firsts = {path.partition("/")[0] + path.partition("/")[1] for path in paths}
    own = {each for each in firsts if each.removesuffix("/") not in foreign} or firsts
    (first, *others) = own or {""}
    return first if first.endswith("/") and not others else ""


def _outer(path: str, start: int, foreign: Collection[str], environments: Collection[str]) -> str:
    """Return the outermost folder above *path* that is left out, empty if none is.

    Folders that end before the letter *start* are never left out.
    """
    end = path.find("/", start)
    while end >= 0:
        folder = path[:end]
        if folder.rpartition("/")[2] in foreign or folder in environments:
            return folder
        end = path.find("/", end + 1)
    return ""


def _held(
    archive: Archive,
    chosen: Mapping[str, Member],
    notes: Notes,
    most_files: int,
    most_bytes: int,
    limit: int,
) -> tuple[dict[str, bytes], list[str]]:
    """Return the bytes of the *chosen* members, and the paths of those that are not held."""
    numbers = {member.number: path for path, member in chosen.items()}
    held: dict[str, bytes] = {}
    unread: list[str] = []
    left = most_bytes
    for reading in archive.readings(chosen.values()):
        path = numbers[reading.member.number]
        if len(held) == most_files:
            notes.add("archive-many", f"more than {most_files:,} files; the others are not read")
            unread += sorted(set(chosen) - held.keys() - set(unread))
            break
        pieces: list[bytes] = []
        size = 0
        for piece in reading:
            size += len(piece)
            if size > min(limit, left):
                break
            pieces.append(piece)
        if size > limit:
            notes.add("archive-large", f"{shown(path)} has more than {counted(limit)}")
        elif size > left:
            most = f"the files have more than {counted(most_bytes)} together"
            notes.add("archive-large", f"{most}; {shown(path)} and the like are not read")
        for finding in reading.findings:
            notes.fault(UnreadableError(finding.code, finding.message))
        if size > min(limit, left) or reading.findings:
            unread.append(path)
        else:
            held[path] = b"".join(pieces)
            left -= size
    return held, unread


def _stem(name: str) -> str:
    """Return *name* without what its ending says about its format."""
    for ending in (".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".tar", ".zip", ".whl"):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name
