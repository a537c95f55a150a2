"""The review lab's question, written down elsewhere."""

from __future__ import annotations

from trigpoint.labs.base import Share
from trigpoint.labs.review.data import ReviewRequest
from trigpoint.labs.sharing import embed, heredoc, program

__all__ = ["share"]


def share(directive: str, request: ReviewRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    given = {"files": request.files} if request.files else {}
    if request.plugins:
        given["plugins"] = "true"
    rest = (
        "for family in answer['families']:\n    for row in family['results']:\n"
        "        if row['outcome'] == 'failed':\n            print(row['code'], row['words'])\n"
    )
    return Share(
        _command(request),
        program("review", request, ("text", "files", "plugins"), rest),
        embed(directive, given, request.text),
    )


def _command(request: ReviewRequest) -> str:
    own = "" if request.plugins else " --own"
    if request.kept:
        return f"trigpoint review{own} ."
    listing = "".join(f"    {line}".rstrip() + "\n" for line in request.text.splitlines())
    return f"trigpoint review{own} -" + heredoc(f"pyproject.toml\n{listing}{request.files}")
