"""What a reader brings, cut into pieces that labs know: a marker, a METADATA file, a message.

A lab says in its own folder which of them it takes (:meth:`trigpoint.labs.base.Lab.opens`),
so the box that takes anything needs no list of labs and what they read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from trigpoint.labs.documents import open_document

__all__ = [
    "KINDS",
    "MAIN",
    "Opened",
    "Piece",
    "document_of",
    "first",
    "text_of",
    "with_markers",
]

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "marker": "an environment marker",
        "requirement": "a requirement",
        "request": "a request for extras",
        "requirements": "a list of requirements",
        "metadata": "core metadata, as in METADATA or PKG-INFO",
        "pyproject": "a pyproject.toml",
        "versions": "a version specifier",
        "external": "what is needed from outside of Python",
        "message": "what a tool printed",
        "files": "a list of files of a release",
        "wheel": "a wheel",
        "sdist": "an sdist",
        "folder": "the folder of a project",
    }
)
"""The kinds of pieces, and what each is called."""

MAIN: Final = 0
"""The rank of the lab that is there for a piece; the others follow by theirs."""

_STATED: Final = ("marker", "requirement", "request", "requirements")
_DOCUMENTS: Final = ("wheel", "sdist", "metadata", "pyproject")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a *kind* of :data:`KINDS`: its ``text``, and the ``name`` of its file, if any.

    The text of a wheel and an sdist is their metadata; that of a folder is empty.
    """

    kind: str
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a lab makes of pieces.

    ``request`` holds the fields that they fill, ``does`` says what a reader sees then, as
    an end of a sentence, and ``rank`` orders labs that take the same, :data:`MAIN` first.
    ``file`` is the field that takes the reader's file or folder as it came, if one does.
    """

    request: Mapping[str, Any]
    does: str
    rank: int = MAIN
    file: str = ""


def first(pieces: Sequence[Piece], *kinds: str) -> Piece | None:
    """Return the first of *pieces* that is of the first of *kinds* that any is of.

    >>> first([Piece("marker", "a"), Piece("message", "b")], "metadata", "message").text
    'b'
    """
    found = (each for kind in kinds for each in pieces if each.kind == kind)
    return next(found, None)


def text_of(pieces: Sequence[Piece]) -> Piece | None:
    """Return the piece of *pieces* that is markers or requirements."""
    return first(pieces, *_STATED)


def document_of(pieces: Sequence[Piece]) -> Piece | None:
    """Return the piece of *pieces* that holds a project's metadata, what was built before all."""
    return first(pieces, *_DOCUMENTS)


def with_markers(piece: Piece | None) -> str:
    r"""Return the requirements with a marker that the document in *piece* has, one a line.

    >>> with_markers(Piece("metadata", "Requires-Dist: a\nRequires-Dist: b; os_name == 'nt'\n"))
    "b; os_name == 'nt'\n"
    """
    if piece is None:
        return ""
    lines: Iterable[str] = open_document(piece.text)["Requires-Dist"]
    return "".join(f"{' '.join(line.split())}\n" for line in lines if ";" in line)
