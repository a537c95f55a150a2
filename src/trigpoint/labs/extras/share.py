"""The extras lab's question, written down elsewhere."""

from __future__ import annotations

import shlex

from trigpoint.labs.base import Share
from trigpoint.labs.documents import detect
from trigpoint.labs.extras.answer import DEFAULT_ENVIRONMENT, ExtrasRequest, spelled_out
from trigpoint.labs.sharing import embed, heredoc

__all__ = ["share"]

_DEFAULT = ExtrasRequest()


def share(directive: str, request: ExtrasRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    given = {
        name: value
        for name in ("requests", "environment", "rules")
        if (value := getattr(request, name)) != getattr(_DEFAULT, name)
    }
    return Share(_command(request), _python(request), embed(directive, given, request.text))


def _command(request: ExtrasRequest) -> str:
    words = ["trigpoint", "extras", "-"]
    for line in filter(str.strip, request.requests.splitlines()):
        words += ["--request", shlex.quote(line.strip())]
    if request.environment != _DEFAULT.environment:
        words += ["--env", shlex.quote(request.environment)]
    if request.rules != _DEFAULT.rules:
        words += ["--rules", shlex.quote(request.rules)]
    return " ".join(words) + heredoc(request.text)


def _python(request: ExtrasRequest) -> str:
    pyproject = detect(request.text) == "pyproject"
    reader = "from_project_table" if pyproject else "read"
    missing, requests = spelled_out(request)
    text = f"Name: {missing}\n{request.text}" if missing and not pyproject else request.text
    environment = request.environment or DEFAULT_ENVIRONMENT
    return (
        "from trigpoint.extras import requirements\n"
        f"from trigpoint.metadata import {reader}\n\n"
        f"document = {reader}({text!r})\n"
        f"requests = {list(requests)!r}\n"
        f"found = requirements(document, requests, {environment!r}, {request.rules!r})\n"
        "for each in found.pulled:\n"
        "    print(each.text, 'because of', *each.reasons)\n"
        "for each in found.skipped:\n"
        "    print(each.text, 'stays away:', each.message)\n"
    )
