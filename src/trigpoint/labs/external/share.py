"""The external lab's question, written down elsewhere."""

from __future__ import annotations

import shlex

from trigpoint.labs.base import Share
from trigpoint.labs.external.data import ExternalRequest
from trigpoint.labs.sharing import embed, heredoc, program

__all__ = ["share"]

_DEFAULT = ExternalRequest()
_FIELDS = ("text", "purpose", "extras", "groups", "environment")


def share(directive: str, request: ExternalRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    given = {
        name: ", ".join(value) if isinstance(value, tuple) else value
        for name in _FIELDS[1:]
        if (value := getattr(request, name)) != getattr(_DEFAULT, name)
    }
    rest = "for row in answer['rows']:\n    print(row['text'], 'counts' if row['counts'] else row['why'])\n"
    return Share(
        _command(request),
        program("external", request, _FIELDS, rest),
        embed(directive, given, request.text),
    )


def _command(request: ExternalRequest) -> str:
    words = ["trigpoint", "external", "show", "-"]
    if request.purpose != _DEFAULT.purpose:
        words += ["--for", shlex.quote(request.purpose)]
    for option, names in (("--extra", request.extras), ("--group", request.groups)):
        for name in names:
            words += [option, shlex.quote(name)]
    if request.environment != _DEFAULT.environment:
        words += ["--env", shlex.quote(request.environment)]
    return " ".join(words) + heredoc(request.text)
