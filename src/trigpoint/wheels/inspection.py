"""A wheel or sdist taken apart: what is in it, where it belongs, and what is wrong.

Idea: the listing says what there is, the folder of the metadata says which ``.data``
folder is the wheel's own, and one pass over the bytes gives every hash.

Cost: linear in what the archive unpacks to, within the bounds of its reader.

Example: of ``a-1.dist-info`` and ``a-1.data/data/share/x`` the second has the scheme
``data`` and the inner path ``share/x``.

Source: binary distribution format; PEP 639 and PEP 770 for licences and SBOMs.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from trigpoint.archives import Archive, Kind, Limits, Member, Metadata, find_metadata, open_archive
from trigpoint.archives.faults import Notes, shown
from trigpoint.metadata.text.plain import PlainDocument
from trigpoint.wheels.compiled import CompiledFiles
from trigpoint.wheels.dangers import entry_dangers, wheel_dangers
from trigpoint.wheels.data import SCHEMES, Entry, EntryPoint, Inspection
from trigpoint.wheels.entry_points import read_entry_points
from trigpoint.wheels.modules import foreign_modules, libraries_anywhere
from trigpoint.wheels.names import MOST_TAGS, read_file_name, spread
from trigpoint.wheels.record import verify

__all__ = ["MOST_TEXT", "inspect", "inspect_archive"]

MOST_TEXT: Final = 1024 * 1024
"""Bytes of ``entry_points.txt`` and of METADATA that are read."""


def inspect(
    file: bytes | bytearray | memoryview | str | os.PathLike[str],
    name: str | None = None,
    limits: Limits | None = None,
) -> Inspection:
    r"""Say what is in *file*, the bytes or the path of a wheel or sdist.

    *name* is what the file is called, the last part of the path unless given; *limits*
    bounds what is read.  Nothing is unpacked to disk, and whatever the file holds, no
    exception comes of it.  Raises :exc:`trigpoint.archives.ArchiveError` if *file* is
    neither bytes nor a path.

    >>> found = inspect(b"PK", "spam-1-py3-none-any.whl")
    >>> found.kind, found.has_errors
    ('wheel', True)
    """
    with open_archive(file, name or "", limits) as archive:
        return inspect_archive(archive, _size(file))


def inspect_archive(
    archive: Archive, size: int | None = None, metadata: Metadata | None = None
) -> Inspection:
    """Say what is in *archive*, a wheel or sdist that is open, as :func:`inspect` does.

    *size* is that of its file in bytes; without it, nothing is said about that.
    *metadata* is what was read of the same archive already, if it was.  Whatever the
    archive holds, no exception comes of it.

    >>> with open_archive(b"PK", "spam-1-py3-none-any.whl") as archive:
    ...     inspect_archive(archive).record.present
    False

    Source: binary distribution format.
    """
    if metadata is None:
        metadata = find_metadata(archive, MOST_TEXT)
    notes = Notes()
    kind = metadata.kind if metadata.kind in ("wheel", "sdist") else ""
    if not kind:
        what = f"{shown(archive.name)} is neither a wheel nor an sdist"
        notes.add("wheel-kind", what, "give a .whl or a .tar.gz file")
    members = archive.members
    licence = (PlainDocument(metadata.data or b"").get_first("License-Expression") or "").strip()
    stem, root = "", ""
    wheel = PlainDocument(metadata.wheel)
    if kind == "wheel":
        folder = metadata.member.path.partition("/")[0] if metadata.member else ""
        stem = folder.removesuffix(".dist-info") or _stem(archive.name)
        root = _root(wheel, notes)
    project, _, version = stem.partition("-")
    info = f"{stem}.dist-info/" if stem else ""
    record = archive.find(f"{info}RECORD") if info else None
    points: Sequence[EntryPoint] = ()
    if kind == "wheel":
        points = _entry_points(archive, info, notes)
        if record is None:
            notes.add("wheel-record-missing", "the wheel has no RECORD in its .dist-info folder")
    compiled = CompiledFiles(notes)
    verdict, digests = verify(archive, record, notes, compiled)
    entries = tuple(_entry(each, stem, root, digests) for each in members)
    paths = [each.path for each in entries if each.kind == "file"]
    found = Inspection(
        name=archive.name,
        kind=kind,
        size=size,
        unpacked=sum(each.size for each in entries if each.kind == "file"),
        project=project,
        version=version,
        tags=tuple(each.strip() for each in wheel["Tag"]),
        generator=(wheel.get_first("Generator") or "").strip(),
        root=root,
        entries=entries,
        entry_points=tuple(points),
        record=verdict,
        licence=licence,
        licences=_below(paths, info, "licenses/"),
        sboms=_below(paths, info, "sboms/"),
        findings=(),
        compiled=tuple(compiled.found),
        metadata=(metadata.data or b"").decode("utf-8", "replace"),
    )
    entry_dangers(entries, notes)
    if kind == "wheel":
        _slashes(members, stem, notes)
        _compare_tags(found, notes)
        if parts := read_file_name(found.name)[0]:
            foreign_modules(paths, parts, notes)
            libraries_anywhere(found.compiled, parts, notes)
        wheel_dangers(found, notes)
    said = metadata.findings
    if found.is_project:
        notes.add(
            "wheel-project",
            f"{shown(archive.name)} is a project's folder, and no wheel or sdist of it",
            "build it first, or see in the build lab what would be in them",
        )
        said = tuple(each for each in said if each.code != "archive-metadata-missing")
    findings = dict.fromkeys((*said, *notes.findings()))
    return replace(found, findings=tuple(findings))


def _size(file: bytes | bytearray | memoryview | str | os.PathLike[str]) -> int | None:
    if isinstance(file, str | os.PathLike):
        try:
            return os.stat(file).st_size  # noqa: PTH116
        except (OSError, ValueError):
            return None
    return memoryview(file).nbytes


def _stem(name: str) -> str:
    """Return name and version as the *name* of a wheel has them; empty if it does not."""
    parts = read_file_name(name)[0]
    return f"{parts.project}-{parts.version}" if parts else ""


def _root(wheel: PlainDocument, notes: Notes) -> str:
    """Return the scheme of a wheel's root by its WHEEL file, and report what is wrong with that."""
    if not wheel.headers:
        notes.add("wheel-wheel", "there is no WHEEL file beside the metadata that can be read")
        return "purelib"
    number = (wheel.get_first("Wheel-Version") or "").strip()
    if number.partition(".")[0] != "1":
        notes.add(
            "wheel-version", f"the wheel is of version {shown(number)}, and installers know 1"
        )
    pure = (wheel.get_first("Root-Is-Purelib") or "").strip().lower()
    if pure not in ("true", "false"):
        notes.add("wheel-wheel", f"Root-Is-Purelib is {shown(pure)}, neither true nor false")
    return "purelib" if pure == "true" else "platlib"


def _entry_points(archive: Archive, info: str, notes: Notes) -> Sequence[EntryPoint]:
    member = archive.find(f"{info}entry_points.txt")
    if member is None:
        return ()
    content = archive.read(member, MOST_TEXT)
    for each in content.findings:
        notes.add(each.code, each.message)
    points, strays = read_entry_points(content.data.decode("utf-8", "replace"))
    for line in strays:
        notes.add("wheel-entry-points", f"{shown(line)} is no entry point, which is name = value")
    return points


def _entry(member: Member, stem: str, root: str, digests: Mapping[int, str]) -> Entry:
    part, scheme, inner = _part(member, stem, root)
    return Entry(
        member.path or member.name, scheme, inner, part, member.kind.value, member.size,
        member.compressed, member.mode, digests.get(member.number, ""),
    )  # fmt: skip


def _part(member: Member, stem: str, root: str) -> tuple[str, str, str]:
    """Return part, scheme and inner path of a *member*, see :class:`Entry`."""
    path = member.path
    top, slash, rest = path.partition("/")
    placed = bool(path) and member.kind is not Kind.OTHER
    if not root or not placed:
        return "package", "", path
    if top.endswith(".data") and (slash or member.kind is Kind.DIR):
        part = "data" if top == f"{stem}.data" else "foreign"
        scheme, _, inner = rest.partition("/")
        return part, scheme if scheme in SCHEMES and inner else "", inner
    return "metadata" if top == f"{stem}.dist-info" else "package", root, path


def _below(paths: Sequence[str], info: str, folder: str) -> tuple[str, ...]:
    start = info + folder
    return tuple(each for each in paths if info and each.startswith(start))


def _slashes(members: Sequence[Member], stem: str, notes: Notes) -> None:
    """Report names in the ``.data`` folder that would be absolute where they are joined."""
    start = f"{stem}.data/"
    for each in members:
        if each.name.startswith(start) and "//" in each.name:
            absolute = f"{shown(each.name)} is absolute below its scheme; installers strip that"
            notes.add("wheel-data-absolute", absolute)


def _compare_tags(found: Inspection, notes: Notes) -> None:
    parts, wrong = read_file_name(found.name)
    if parts is None:
        if found.name:
            notes.add("wheel-name", f"{shown(found.name)} is no name of a wheel: {wrong}")
        return
    named = spread(parts.python, parts.abi, parts.platform)
    if not named:
        notes.add("wheel-name", f"the tags in {shown(found.name)} are more than are compared")
        return
    stated: set[str] = set()
    left = MOST_TAGS
    for tag in found.tags:
        pieces = [tuple(each.split(".")) for each in tag.lower().split("-")]
        if len(pieces) != 3:
            continue
        left -= math.prod(map(len, pieces))
        if left < 0:
            notes.add("wheel-tags", "the WHEEL file states more tags than are compared")
            return
        stated |= spread(pieces[0], pieces[1], pieces[2])
    if stated and stated != named:
        few = ", ".join(shown(each) for each in sorted(named ^ stated)[:3])
        notes.add("wheel-tags", f"the name of the file and its WHEEL file differ about {few}")
