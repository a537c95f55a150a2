"""What the lab that opens others says, the same on every face."""

from __future__ import annotations

from trigpoint.labs.open.answer import OpenResponse, PieceRow, Way
from trigpoint.labs.open.recognising import MOST_LOOKED_AT
from trigpoint.labs.pieces import KINDS

__all__ = ["does", "kind_name", "piece_of", "project_parts", "said", "short_name", "summary"]


def kind_name(kind: str) -> str:
    """Return what a *kind* of :data:`trigpoint.labs.pieces.KINDS` is called."""
    return KINDS.get(kind, kind)


_SHORT = {"requirements": "requirements", "metadata": "METADATA", "pyproject": "pyproject.toml"}


def short_name(kind: str) -> str:
    """Return what a *kind* is called in a list of them."""
    return _SHORT.get(kind, kind_name(kind))


_BELONGS = {
    "versions": (
        " Behind the name of a project it is a requirement; alone it says in requires-python of [project],"
        " or in Requires-Python of METADATA, which Pythons are meant."
    )
}
"""Where a kind belongs that no lab reads by itself."""


def said(response: OpenResponse) -> str:
    """Say in one sentence what the thing of *response* is taken for, and why."""
    called = f"{response.name}: " if response.name else ""
    if not response.kind:
        return f"{called}no lab reads this." if called else "No lab reads this."
    if response.kind == "folder" and not response.ways:
        return f"{called or 'The folder: '}this is a folder, and no lab reads what is in it."
    likely = "this is" if response.sure else "this is most likely"
    sentence = f"{likely} {kind_name(response.kind)}, because {response.why}."
    if response.cut:
        sentence += f" Looked at: {MOST_LOOKED_AT:,} letters at its start and at its end."
    sentence += _BELONGS.get(response.kind, "")
    return called + (sentence if called else sentence[0].upper() + sentence[1:])


def summary(response: OpenResponse) -> str:
    """Say *response* in one sentence."""
    if response.empty and response.name:
        return f"{response.name}: there is nothing in it yet."
    if response.empty:
        return "There is nothing in the box yet."
    if not response.kind and response.findings:
        return f"{response.findings[0].message.removesuffix('.')}."
    return said(response)


def does(way: Way) -> str:
    """Say what a reader sees in the lab of *way*."""
    return f"{way.title}: {way.does}"


def piece_of(row: PieceRow) -> str:
    """Say what *row* of a project is."""
    # Its name says it all.
    return row.name if row.kind == "pyproject" else f"{row.name}: {kind_name(row.kind)}"


def project_parts(response: OpenResponse) -> str:
    """Return the names of the files of *response* that labs are filled with."""
    return ", ".join(row.name for row in response.pieces) or response.name or "what you pasted"
