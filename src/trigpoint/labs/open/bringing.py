"""What is in a file or a folder that a reader brings, as pieces that labs take.

Idea: a file that is no archive is its text.  Of a wheel and an sdist the metadata counts,
and of a folder those files whose names say what they are, the outermost of each kind first.

Cost: one listing and one pass; see :mod:`trigpoint.archives`.

Example: a folder with ``pyproject.toml`` and ``docs/requirements.txt`` is three pieces:
the folder and the two files.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trigpoint.archives import MOST_READ, Archive, find_metadata, read_files
from trigpoint.findings import Finding, Severity
from trigpoint.labs.documents import as_text
from trigpoint.labs.open.recognising import recognise
from trigpoint.labs.pieces import Piece
from trigpoint.projects.folder import LEFT_OUT
from trigpoint.projects.kinds import kind_of_name

__all__ = ["MOST_GUESSED", "MOST_LETTERS", "MOST_PIECES", "Brought", "bring"]

MOST_PIECES: Final = 20
"""Pieces of a folder that labs are offered."""

MOST_LETTERS: Final = 200_000
"""Letters of a piece of a folder; a longer file is opened by itself."""

MOST_GUESSED: Final = 5
"""Files that come together without a name that says what they are, and are looked into."""

_OWN: Final = re.compile(r"(?:[^/]+\.(?:dist|egg)-info/)?[^/]+").fullmatch
"""Where metadata of the project itself lies, not data of its tests."""

_ORDER: Final = ("pyproject", "metadata", "requirements", "constraints")


@dataclass(frozen=True, slots=True)
class Brought:
    """What is in a file or a folder.

    ``text`` is that of a file that is no archive, None otherwise; ``pieces`` are what
    labs take of an archive or a folder, itself first; ``findings`` say what is wrong with
    it, and ``name`` what it is called.
    """

    name: str
    text: str | None = None
    pieces: tuple[Piece, ...] = ()
    findings: tuple[Finding, ...] = ()


def bring(archive: Archive) -> Brought:
    r"""Return what is in *archive*, an open file or folder.

    >>> from trigpoint.archives import open_archive
    >>> bring(open_archive(b"[project]\n", "pyproject.toml")).text
    '[project]\n'
    """
    if archive.format == "file":
        content = archive.read(archive.members[0], MOST_READ)
        text = _text(content.data, archive.name) if content.whole else None
        return Brought(archive.name, text, (), content.findings)
    if not archive.format:
        return Brought(archive.name, None, (), archive.findings)
    found = find_metadata(archive) if archive.format != "folder" else None
    if found and found.data is not None and found.kind in ("wheel", "sdist"):
        built = Piece(found.kind, as_text(found.data), archive.name)
        if found.kind == "wheel":
            return Brought(archive.name, None, (built,), _wrong(found.findings))
    else:
        built = None
    files = read_files(archive, leave_out=LEFT_OUT)
    if not (files.files or built) and (wrong := _wrong(files.findings)):
        return Brought(archive.name, None, (), wrong)
    own = built or Piece("folder", "", files.name)
    inner = tuple(_pieces(files.files))
    if built:
        # The sdist has said already what its PKG-INFO says.
        inner = tuple(each for each in inner if each.kind != "metadata")
    name = archive.name if built else files.name
    return Brought(name, None, (own, *inner[: MOST_PIECES - 1]), _wrong(files.findings))


def _text(data: bytes, name: str) -> str:
    """Return *data*, the bytes of the file *name*, as text; a list of requirements as pip reads it.

    PowerShell writes one in UTF-16.  TOML and metadata are UTF-8, whatever they begin with.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and kind_of_name(name) not in (
        "pyproject",
        "metadata",
    ):
        return data.decode("utf-16", "replace")
    return as_text(data)


def _wrong(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(each for each in findings if each.severity is not Severity.INFO)


def _pieces(files: Mapping[str, bytes]) -> Iterator[Piece]:
    """Yield the *files* that say something about packaging, the outermost of each kind first."""
    known = False
    kinds = {path: kind_of_name(path) for path in files}
    others = _other_projects([path for path in files if kinds[path] == "pyproject"])
    told = [path for path in files if kinds[path] and not _below(path, others)]
    for path in sorted(told, key=lambda each: (_ORDER.index(kinds[each]), each.count("/"), each)):
        text = as_text(files[path])
        if kinds[path] == "metadata" and (known or not _OWN(path)):
            continue
        if text.strip() and len(text) <= MOST_LETTERS:
            known = known or kinds[path] == "metadata"
            kind = "requirements" if kinds[path] == "constraints" else kinds[path]
            yield Piece(kind, text, path)
    if len(files) <= MOST_GUESSED:
        for path in files:
            text = as_text(files[path])
            if not kinds[path] and len(text) <= MOST_LETTERS:
                guess = recognise(text, path)
                if guess and guess.sure:
                    yield guess.piece


def _other_projects(projects: Sequence[str]) -> set[str]:
    """Return the folders of all *projects*, paths of pyproject.toml, but for the outermost one."""
    folders = sorted(
        {path.rpartition("/")[0] for path in projects},
        key=lambda each: (each.count("/") + bool(each), each),
    )
    return set(folders[1:])


def _below(path: str, folders: Collection[str]) -> bool:
    above = path.rpartition("/")[0]
    while above:
        if above in folders:
            return True
        above = above.rpartition("/")[0]
    return False
