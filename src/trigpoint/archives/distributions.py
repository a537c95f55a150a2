"""The metadata of the distribution that an archive is.

Idea: where metadata lies depends on what the archive is: ``*.dist-info/METADATA`` at the
top of a wheel, ``*/PKG-INFO`` in an sdist's only folder, any of several files in a
folder.  Every place is looked at, and what an installer would take by accident (a
second file, one outside, one that belongs to another name) is a finding.

Cost: linear in the number of members; the metadata alone is read.

Source: binary distribution format; source distribution format; PEP 625, PEP 427.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trigpoint.archives.archive import Archive, Content, Kind, Member
from trigpoint.archives.bounds import MOST_READ
from trigpoint.archives.faults import Notes, shown
from trigpoint.findings import Finding

__all__ = ["Metadata", "find_metadata", "metadata_members"]

_WHEEL: Final = re.compile(r"([^/]+)\.dist-info/METADATA").fullmatch
_SDIST: Final = re.compile(r"([^/]+)/PKG-INFO").fullmatch
_FOLDER: Final = tuple(
    re.compile(pattern).fullmatch
    for pattern in (
        r"[^/]+\.dist-info/METADATA",
        r"(?:src/)?[^/]+\.egg-info/PKG-INFO",
        r"PKG-INFO",
        r"pyproject\.toml",
    )
)
_SAME: Final = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What :func:`find_metadata` found.

    ``kind`` is ``"wheel"``, ``"sdist"``, ``"folder"``, ``"file"`` or empty.  ``member``
    is where it lies, None if there is none, and ``data`` its bytes, undecoded; None if they
    could not be read to their end.  ``wheel`` holds the bytes of the WHEEL file beside
    it, empty if there is none.  ``findings`` holds those of the archive,
    of the search and of the reading.
    """

    kind: str
    member: Member | None = None
    data: bytes | None = None
    wheel: bytes = b""
    findings: tuple[Finding, ...] = ()


def metadata_members(archive: Archive) -> tuple[Member, ...]:
    """Return the files of *archive* that hold metadata, the one that counts first.

    In a folder these are, in this order, ``*.dist-info/METADATA``,
    ``*.egg-info/PKG-INFO``, ``PKG-INFO`` and ``pyproject.toml``.
    """
    return _candidates(archive)[1]


def _candidates(archive: Archive) -> tuple[str, tuple[Member, ...]]:
    files = [each for each in archive.members if each.kind is Kind.FILE]
    if archive.format == "file":
        return "file", tuple(files)
    if archive.format == "folder":
        ranked = [each for matches in _FOLDER for each in files if matches(each.path)]
        return "folder", tuple(ranked)
    wheel = tuple(each for each in files if _WHEEL(each.path))
    if archive.format == "zip" and (wheel or archive.name.lower().endswith(".whl")):
        return "wheel", wheel
    return archive.format and "sdist", tuple(each for each in files if _SDIST(each.path))


def find_metadata(archive: Archive, limit: int = MOST_READ) -> Metadata:
    r"""Read the metadata in *archive*, no more than *limit* bytes of it.

    What is missing, doubtful or damaged is among the findings, never an exception.

    >>> from trigpoint.archives import open_archive
    >>> find_metadata(open_archive(b"Name: caf\xe9\n")).data
    b'Name: caf\xe9\n'
    """
    kind, members = _candidates(archive)
    notes = Notes()
    _misplaced(archive, kind, notes)
    if not members:
        if archive.complete:
            notes.add("archive-metadata-missing", _MISSING[kind])
        return Metadata(kind, findings=(*archive.findings, *notes.findings()))
    member = members[0]
    if kind in ("wheel", "sdist"):
        _several(members, notes)
        _compare_names(archive.name, kind, member, notes)
    content = archive.read(member, limit)
    stated = Content(b"")
    if kind == "wheel" and (beside := archive.find(f"{member.path.removesuffix('METADATA')}WHEEL")):
        stated = archive.read(beside, limit)
    return Metadata(
        kind,
        member,
        content.data if content.whole else None,
        stated.data if stated.whole else b"",
        (*archive.findings, *notes.findings(), *content.findings, *stated.findings),
    )


_MISSING: Final = {
    "wheel": "the wheel has no METADATA in a .dist-info folder at its top",
    "sdist": "the archive has no PKG-INFO in a folder at its top",
    "folder": "the folder has neither METADATA, PKG-INFO nor pyproject.toml",
}


def _several(members: Sequence[Member], notes: Notes) -> None:
    if len(members) > 1:
        names = ", ".join(shown(each.name) for each in members[:5])
        more = f" and {len(members) - 5:,} more" if len(members) > 5 else ""
        notes.add("archive-metadata-several", f"there is metadata in {names}{more}")


def _misplaced(archive: Archive, kind: str, notes: Notes) -> None:
    """Report what is called like metadata and lies where no reader should take it from."""
    if kind not in ("wheel", "sdist"):
        return
    called, right = ("METADATA", _WHEEL) if kind == "wheel" else ("PKG-INFO", _SDIST)
    for member in archive.members:
        if member.name.rstrip("/").rpartition("/")[2] != called:
            continue
        if "/" not in member.path or (member.kind is not Kind.FILE and right(member.path)):
            place = f"{shown(member.name)} is no metadata, because of its place or kind"
            notes.add("archive-metadata-place", place)


def _compare_names(name: str, kind: str, member: Member, notes: Notes) -> None:
    """Hold the folder of the metadata against the name of the file, if that is one."""
    folder = member.path.partition("/")[0]
    lower = name.lower()
    if kind == "wheel" and lower.endswith(".whl"):
        parts = name[: -len(".whl")].split("-")
        stated = "-".join(parts[:2]) if len(parts) in (5, 6) else ""
        folder = folder.removesuffix(".dist-info")
    else:
        ending = next((each for each in (".tar.gz", ".tgz", ".zip") if lower.endswith(each)), "")
        stated = name[: -len(ending)] if ending and kind == "sdist" else ""
    if stated and _same(stated) != _same(folder):
        differs = f"the file is called {shown(name)}, and its metadata is in {shown(member.path)}"
        notes.add("archive-metadata-name", differs)


def _same(name: str) -> str:
    """Return *name* in the form in which names are compared."""
    return _SAME.sub("-", name).lower()
