"""The external lab's question, written down elsewhere."""

from __future__ import annotations

import shlex

from trigpoint.external.words import NAMES
from trigpoint.labs.base import Share
from trigpoint.labs.external.data import ExternalRequest
from trigpoint.labs.sharing import embed, heredoc, program

__all__ = ["share"]

_DEFAULT = ExternalRequest()
_FIELDS = (
    "text",
    "purpose",
    "extras",
    "groups",
    "environment",
    "ecosystem",
    "pins",
    "mapping",
)


def share(directive: str, request: ExternalRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    given = {
        name: ", ".join(value) if isinstance(value, tuple) else value
        for name in _FIELDS[1:]
        if (value := getattr(request, name)) != getattr(_DEFAULT, name)
    }
    rest = (
        "for column in answer['columns']:\n"
        "    for need, cell in zip(answer['needs'], column['cells']):\n"
        "        print(column['title'], need, *cell['packages'] or [cell['state']])\n"
    )
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
    if request.ecosystem in NAMES and request.ecosystem != _DEFAULT.ecosystem:
        words += ["--on", shlex.quote(request.ecosystem)]
    for pin in request.pins:
        words += ["--pin", shlex.quote(pin)]
    if request.environment != _DEFAULT.environment:
        words += ["--env", shlex.quote(request.environment)]
    return " ".join(words) + heredoc(request.text)
