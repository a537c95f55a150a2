"""The question of the lab that opens others, written down elsewhere."""

from __future__ import annotations

from trigpoint.labs.base import Share
from trigpoint.labs.open.answer import OpenRequest
from trigpoint.labs.sharing import embed, heredoc, program

__all__ = ["share"]


def share(directive: str, request: OpenRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    given = {
        field: value
        for field in ("file_name", "read_as")
        if (value := getattr(request, field)) and not request.pieces
    }
    kind = f" --as {request.read_as}" if request.read_as else ""
    command = f"trigpoint open -{kind}{heredoc(request.text)}"
    if request.pieces:
        command = "trigpoint open PATH"
    names = ("text", "file_name", "read_as")
    show = "for way in answer['ways']:\n    print(way['title'], way['does'], sep=': ')\n"
    return Share(
        command, program("open", request, names, show), embed(directive, given, request.text)
    )
