"""The build lab's question, written down elsewhere."""

from __future__ import annotations

import shlex

from trigpoint.labs.base import Share
from trigpoint.labs.builds.data import BuildsRequest
from trigpoint.labs.sharing import embed, heredoc, program

__all__ = ["share"]

_FIELDS = ("files", "version", "other")


def share(directive: str, request: BuildsRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    given = {name: value for name in _FIELDS if (value := getattr(request, name))}
    rest = "for each in answer['packages']:\n    print(each['name'], *(file['path'] for file in each['files']))\n"
    return Share(
        _command(request),
        program("builds", request, ("text", *_FIELDS), rest),
        embed(directive, given, request.text),
    )


def _command(request: BuildsRequest) -> str:
    words = ["trigpoint", "build"]
    if request.version:
        words += ["--version", shlex.quote(request.version)]
    if request.other:
        words += ["--beside", shlex.quote(request.other)]
    if request.kept:
        return " ".join([*words, "."])
    listing = "".join(f"    {line}".rstrip() + "\n" for line in request.text.splitlines())
    return " ".join([*words, "-"]) + heredoc(f"pyproject.toml\n{listing}{request.files}")
