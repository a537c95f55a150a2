"""The wheel lab's question, written down elsewhere."""

from __future__ import annotations

import shlex

from trigpoint.labs.base import Share
from trigpoint.labs.sharing import embed, program
from trigpoint.labs.wheels.data import WheelsRequest
from trigpoint.labs.wheels.listing import read_listing

__all__ = ["share"]

_FIELDS = ("place", "python", "interpreter", "platform")


def share(directive: str, request: WheelsRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    default = WheelsRequest()
    given = {
        name: value
        for name in _FIELDS
        if (value := getattr(request, name)) != getattr(default, name)
    }
    rest = "for row in answer['files']:\n    print(row['name'], row['said'], row['why'])\n"
    return Share(
        _command(request),
        program("wheels", request, ("text", *_FIELDS, "chosen"), rest),
        embed(directive, given, request.text),
    )


def _command(request: WheelsRequest) -> str:
    """Return the command that asks about the file that is chosen, as it lies on the reader's disk."""
    default = WheelsRequest()
    listed, _ = read_listing(request.text)
    name = listed[min(max(request.chosen, 0), len(listed) - 1)].name if listed else "FILE.whl"
    # A file that begins with a hyphen is no option.
    path = shlex.quote(name if not name.startswith("-") else f"./{name}")
    if listed and not any(each.paths for each in listed) and not request.kept:
        words = ["trigpoint wheel why", path]
        environment = f"{request.interpreter}-{request.platform}"
        if environment != f"{default.interpreter}-{default.platform}":
            words += ["--env", shlex.quote(environment)]
        return " ".join(words)
    words = ["trigpoint wheel inspect", path]
    for option in ("place", "python"):
        if (value := getattr(request, option)) != getattr(default, option):
            words += [f"--{option}", shlex.quote(value)]
    return " ".join(words)
