"""What the lab that opens others is asked, and how it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from trigpoint.archives import open_archive
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix
from trigpoint.labs import LABS
from trigpoint.labs.files import UnusableFileError, Upload, problem_findings, unwrapped
from trigpoint.labs.open.bringing import Brought, bring
from trigpoint.labs.open.recognising import MOST_LOOKED_AT, READABLE, Guess, recognise
from trigpoint.labs.pieces import Piece

__all__ = ["MOST_SHOWN", "OpenRequest", "OpenResponse", "PieceRow", "Way", "answer", "filled"]

MOST_SHOWN: Final = 20
"""Pieces of a project that a page lists."""

_PROJECTS: Final = ("wheel", "sdist", "folder", "pyproject", "metadata", "requirements")


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """What a reader asks: ``text`` is whatever it is, ``file_name`` that of the file it is from.

    ``read_as`` is a kind that the reader says it is, one of
    :data:`trigpoint.labs.open.recognising.READABLE`, or empty.  ``file`` is what was dropped
    or chosen; filling in puts a text into ``text``, and of an archive or a folder the
    ``pieces``.
    """

    text: str = ""
    file_name: str = ""
    read_as: str = ""
    file: Upload | str | None = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A lab that answers about it: its name, what it is called, what it does, and the request.

    ``file`` is the field of that lab which takes the reader's file as it came, or empty.
    """

    lab: str
    title: str
    does: str
    request: dict[str, Any]
    file: str


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece of what was brought: its kind, and the name of its file."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class OpenResponse:
    """What it is taken for.

    ``kind`` is a key of :data:`trigpoint.labs.pieces.KINDS`, empty if no lab reads it;
    ``why`` is the reason, a clause after "because", ``sure`` whether only that kind has
    the sign, and ``cut`` whether not all of a long text was looked at.  ``name`` is what
    it is called, if anything.  ``ways`` are the labs, the one for it first; ``others`` the
    kinds that the text can be read as instead; ``pieces`` what a file or folder holds.
    ``project`` says whether it is of use in other labs.
    """

    kind: str = ""
    why: str = ""
    sure: bool = False
    cut: bool = False
    name: str = ""
    ways: tuple[Way, ...] = ()
    others: tuple[str, ...] = ()
    pieces: tuple[PieceRow, ...] = ()
    project: bool = False
    findings: tuple[Finding, ...] = ()
    empty: bool = False


def filled(request: OpenRequest) -> OpenRequest:
    """Return *request* with what is in the file that came with it."""
    upload = request.file
    if not isinstance(upload, Upload) or upload.problem or not (upload.name or upload.data):
        return replace(request, file="", pieces=())
    try:
        brought = bring(open_archive(unwrapped(upload), upload.name))
    except UnusableFileError as problem:
        return replace(request, file=Upload(upload.name, problem=problem.problem), pieces=())
    if brought.text is not None:
        return replace(
            request, text=brought.text, file_name=upload.name, read_as="", file="", pieces=()
        )
    codes = " ".join(dict.fromkeys(finding.code for finding in brought.findings))
    kept = Upload(brought.name, problem=codes)
    return OpenRequest(file_name=brought.name, file=kept, pieces=brought.pieces)


def answer(request: OpenRequest) -> OpenResponse:
    """Say what *request* is, why, and which labs answer about it; nothing in it raises."""
    findings: list[Finding] = []
    if isinstance(request.file, Upload):
        findings += problem_findings(request.file)
    if request.pieces:
        return _of_pieces(Brought(request.file_name, None, request.pieces), findings)
    kind = request.read_as
    if kind and kind not in READABLE:
        fix = Fix(f"choose one of {', '.join(READABLE)}")
        findings.append(report("request-field", f"read_as cannot be {kind!r}", None, fix))
        kind = ""
    text, name = request.text, request.file_name
    if not text.strip().strip("\ufeff"):
        return OpenResponse(name=name, findings=tuple(findings), empty=not findings)
    guess = Guess(Piece(kind, text, name), "you said so") if kind else recognise(text, name)
    if guess is None:
        return OpenResponse(name=name, findings=tuple(findings), others=READABLE)
    own = guess.piece.kind
    alike = {"requirement": "requirements"}.get(own, own)
    return OpenResponse(
        own,
        guess.why,
        guess.sure,
        len(text) > MOST_LOOKED_AT,
        name,
        _ways([guess.piece]),
        tuple(each for each in READABLE if each != alike),
        (),
        own in _PROJECTS,
        tuple(findings),
    )


def _of_pieces(brought: Brought, findings: Sequence[Finding]) -> OpenResponse:
    own, *inner = brought.pieces
    why = {
        "wheel": "there is a METADATA in it as in wheels",
        "sdist": "there is a PKG-INFO in it as in sdists",
    }.get(own.kind, f"it holds {inner[0].name}" if inner else "it holds files")
    return OpenResponse(
        own.kind,
        why,
        sure=True,
        name=brought.name,
        ways=_ways(brought.pieces),
        pieces=tuple(PieceRow(each.kind, each.name) for each in inner[:MOST_SHOWN]),
        project=True,
        findings=tuple(findings),
    )


def _ways(pieces: Sequence[Piece]) -> tuple[Way, ...]:
    """Return what each lab makes of *pieces*, the one that is there for them first."""
    found = [
        (opened.rank, Way(name, lab.title, opened.does, dict(opened.request), opened.file))
        for name, lab in LABS.items()
        if (opened := lab.opens(pieces)) is not None
    ]
    return tuple(way for _, way in sorted(found, key=lambda each: each[0]))
