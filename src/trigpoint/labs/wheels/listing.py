r"""Wheels and sdists as a text, so that a reader can change one and link to it.

Idea: three levels of indentation are a file, a path in it, and what that holds.  A wheel
of the text is made in memory, with the METADATA, WHEEL and RECORD that nobody wants to
type, and is then inspected as any other; so nothing is said of a text that would not be
said of the file.

Cost: linear in the text, within :data:`MOST_LISTED` and :data:`MOST_PATHS`.

Example: ``spam-1.0-py3-none-any.whl``, and below it, indented, ``spam/__init__.py``.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import tarfile
import warnings
import zipfile
from dataclasses import dataclass, field
from typing import Final

from trigpoint.archives import MOST_NAME, Kind, open_archive
from trigpoint.wheels import Inspection, inspect, read_file_name

__all__ = ["MOST_LETTERS", "MOST_LISTED", "MOST_PATHS", "Listed", "made", "read_listing", "written"]

MOST_LISTED: Final = 50
"""Files that a text lists; the others are counted."""

MOST_PATHS: Final = 2_000
"""Paths in all these files together that are made; the others are left out."""

MOST_LETTERS: Final = 20_000
"""Letters of a file that is written out as text; a larger one is kept as it is."""

_INDENT: Final = "    "
_SDIST: Final = (".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".zip")


@dataclass(slots=True)
class Listed:
    """A file of a listing: its ``name``, from ``start`` to ``end`` of the text, and its ``paths``.

    Each of ``paths`` is a path and the lines that the file holds.
    """

    name: str
    start: int
    end: int
    paths: list[tuple[str, list[str]]] = field(default_factory=list)


def read_listing(text: str) -> tuple[list[Listed], int]:
    r"""Return the files that *text* lists, and how many files and paths are left out.

    >>> found, left = read_listing("a-1-py3-none-any.whl\n    a.py\n        x = 1\n")
    >>> found[0].name, found[0].paths, left
    ('a-1-py3-none-any.whl', [('a.py', ['x = 1', ''])], 0)
    """
    found: list[Listed] = []
    paths = left = at = 0
    into: Listed | None = None
    lines: list[str] | None = None
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if not line.strip():
            if lines is not None:
                lines.append("")
        elif line.startswith(2 * _INDENT):
            if lines is not None:
                lines.append(line[2 * len(_INDENT) :])
        elif line.startswith(_INDENT):
            lines = None
            if into is not None and paths < MOST_PATHS:
                paths += 1
                lines = []
                into.paths.append((line.strip(), lines))
            else:
                left += 1
        else:
            name = line.strip()
            lines = into = None
            if len(found) == MOST_LISTED:
                left += 1
                continue
            begin = start + line.index(name)
            into = Listed(name, begin, begin + len(name))
            found.append(into)
    return found, left


def made(listed: Listed) -> bytes:
    """Return the file that *listed* describes, as bytes.

    >>> wheel = Listed("a-1-py3-none-any.whl", 0, 0, [("a.py", [])])
    >>> inspect(made(wheel), wheel.name).record.verified
    3
    """
    files = [(_safe(path), _content(lines)) for path, lines in listed.paths]
    if listed.name.endswith(_SDIST):
        return _sdist(listed.name, files)
    parts, _ = read_file_name(listed.name)
    if parts is None:
        return _zip(files)
    info = f"{parts.project}-{parts.version}.dist-info"
    known = {path for path, _ in files}
    pure = parts.platform == ("any",) and parts.abi == ("none",)
    tags = "-".join(".".join(each) for each in (parts.python, parts.abi, parts.platform))
    head = f"Metadata-Version: 2.4\nName: {parts.project}\nVersion: {parts.version}\n"
    wheel = f"Wheel-Version: 1.0\nGenerator: trigpoint\nRoot-Is-Purelib: {str(pure).lower()}\n"
    for path, text in (
        (f"{info}/METADATA", head),
        (f"{info}/WHEEL", f"{wheel}Tag: {tags}\n"),
    ):
        if path not in known:
            files.append((path, text.encode()))
    record = f"{info}/RECORD"
    if record not in known or (record, b"") in files:
        files = [each for each in files if each[0] != record]
        lines = "".join(_line(*each) for each in files if not each[0].endswith("/"))
        files.append((record, f"{lines}{record},,\n".encode("utf-8", "surrogateescape")))
    return _zip(files)


def _safe(path: str) -> str:
    """Return *path* as an archive can store it: one that is too long for a reader stays so."""
    return path[: MOST_NAME + 1].replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _content(lines: list[str]) -> bytes:
    while lines and not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _line(path: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
    named = f'"{path.replace(chr(34), chr(34) * 2)}"' if {",", '"'} & set(path) else path
    return f"{named},sha256={digest},{len(data)}\n"


def _zip(files: list[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    # A path that is there twice is told by the inspection.
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")
        for path, data in files:
            info = zipfile.ZipInfo(path or "_")
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return file.getvalue()


def _sdist(name: str, files: list[tuple[str, bytes]]) -> bytes:
    if name.endswith(".zip"):
        return _zip(files)
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, data in files:
            info = tarfile.TarInfo(path)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    # Whatever the name says: what the file is packed with is read off it.
    return gzip.compress(file.getvalue(), mtime=0)


def written(data: bytes, found: Inspection) -> str | None:
    r"""Return the file *data*, which *found* was inspected from, as a listing; None if that is another.

    Large files, files that are no text, modes and links are what a listing cannot hold.

    >>> wheel = Listed("a-1-py3-none-any.whl", 0, 0, [("a.py", ["x"])])
    >>> written(made(wheel), inspect(made(wheel), wheel.name)).splitlines()[1:3]
    ['    a.py', '        x']
    """
    if found.unpacked > MOST_LETTERS or len(found.entries) > MOST_LETTERS // 10:
        return None
    pieces = [f"{found.name}\n"]
    with open_archive(data, found.name) as archive:
        for member in archive.members:
            if member.kind is Kind.DIR:
                continue
            try:
                text = archive.read(member).data.decode("utf-8")
            except UnicodeDecodeError:
                return None
            pieces.append(f"{_INDENT}{member.name}\n")
            pieces += (
                f"{2 * _INDENT}{line}".rstrip(" ") + "\n" if line else "\n"
                for line in text.split("\n")[:-1]
            )
    listing = "".join(pieces)
    listed, left = read_listing(listing)
    if left or len(listed) != 1 or len(listing) > 2 * MOST_LETTERS:
        return None
    return listing if _same(inspect(made(listed[0]), found.name), found) else None


def _same(one: Inspection, other: Inspection) -> bool:
    """Say whether all that is told of *one* is told of *other*, too."""

    def told(found: Inspection) -> object:
        entries = [
            (each.path, each.scheme, each.digest, each.kind, each.mode & 0o7111)
            for each in found.entries
            if each.kind != "dir"
        ]
        findings = [(each.code, each.message) for each in found.findings]
        return entries, findings, found.tags, found.record, found.entry_points

    return told(one) == told(other)
