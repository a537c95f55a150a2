"""The composer lab's question, written down elsewhere."""

from __future__ import annotations

import shlex
from typing import Final

from trigpoint.labs.base import Share
from trigpoint.labs.composer.data import ComposerRequest
from trigpoint.labs.sharing import embed, program

__all__ = ["share"]

_ASKED: Final = ("author", "email", "account", "description")
"""What the command asks for if it is not said."""

_CHOSEN: Final = ("license", "python", "layout", "docs", "ci", "versioning")
_REST: Final = "for each in answer['files']:\n    print(each['path'])\n"
_REASONS: Final = "print(answer['fits']['name'], *answer['reasons'], sep='\\n')\n"


def share(directive: str, request: ComposerRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    default = ComposerRequest()
    fields = ("template", *_ASKED, *_CHOSEN, "path", "view", "language")
    given = {
        name: value
        for name in fields
        if (value := getattr(request, name)) != getattr(default, name)
    }
    if request.wishes:
        given["wishes"] = ", ".join(request.wishes)
    asked = ("text", *fields, "wishes")
    rest = _REASONS if request.view == "backend" else _REST
    return Share(
        _command(request, default),
        program("composer", request, asked, rest),
        embed(directive, given, request.text),
    )


def _command(request: ComposerRequest, default: ComposerRequest) -> str:
    if request.view == "backend":
        words = ["trigpoint", "templates", "--fit"]
        if request.language:
            words += ["--language", request.language]
        for each in request.wishes:
            words += ["--wish", each]
        return shlex.join(words)
    words = ["trigpoint", "new", "--template", request.template, f"--name={request.text}"]
    # With an equals sign, what begins with a hyphen is no option.
    words += [f"--{name}={getattr(request, name)}" for name in _ASKED]
    words += [
        f"--{name}={value}"
        for name in _CHOSEN
        if (value := getattr(request, name)) != getattr(default, name)
    ]
    return shlex.join(words)
