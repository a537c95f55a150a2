"""The extensions lab's question, written down elsewhere."""

from __future__ import annotations

import shlex

from trigpoint.labs.base import Share
from trigpoint.labs.extensions.data import ExtensionsRequest
from trigpoint.labs.sharing import embed, heredoc, program

__all__ = ["share"]

_DEFAULT = ExtensionsRequest()
_FIELDS = ("text", "select", "target")


def share(directive: str, request: ExtensionsRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    given = {
        name: value
        for name in _FIELDS[1:]
        if (value := getattr(request, name)) != getattr(_DEFAULT, name)
    }
    rest = "for row in answer['rows']:\n    print(row['when'], row['name'], row['tag'])\n"
    return Share(
        _command(request),
        program("extensions", request, _FIELDS, rest),
        embed(directive, given, request.text),
    )


def _command(request: ExtensionsRequest) -> str:
    words = ["trigpoint", "extensions", "explain", "-"]
    if request.select:
        words.append(f"--select={shlex.quote(request.select)}")
    words += ["--on", shlex.quote(request.target or _DEFAULT.target)]
    return " ".join(words) + heredoc(request.text)
