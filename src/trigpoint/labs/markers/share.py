"""The marker lab's question, written down elsewhere."""

from __future__ import annotations

import shlex

from trigpoint.labs.base import Share
from trigpoint.labs.markers.answer import THIS, MarkersRequest
from trigpoint.labs.memory import statements_of
from trigpoint.labs.sharing import embed, heredoc, program

__all__ = ["share"]

_DEFAULT = MarkersRequest()
_CHOSEN = ("interpreters", "platforms", "environments")


def share(directive: str, request: MarkersRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    return Share(_command(request), _python(request), _embed(directive, request))


def _command(request: MarkersRequest) -> str:
    text = request.text.strip()
    many = "\n" in text
    words = ["trigpoint", "marker", "-" if many else shlex.quote(text)]
    for name in _asked(request):
        words += ["--env", shlex.quote(name)]
    for name in request.extras:
        words += ["--extra", shlex.quote(name)]
    if request.rules != _DEFAULT.rules:
        words += ["--rules", shlex.quote(request.rules)]
    return " ".join([*words, "--explain"]) + (heredoc(text) if many else "")


def _asked(request: MarkersRequest) -> tuple[str, ...]:
    """Return what ``--env`` names: the cell that is explained, or what a reader chose to ask."""
    if request.environment:
        return (request.environment,)
    if request.environments:
        return request.environments
    return tuple(
        name
        for field in _CHOSEN[:2]
        if (chosen := getattr(request, field)) != getattr(_DEFAULT, field)
        for name in chosen
    )


def _embed(directive: str, request: MarkersRequest) -> str:
    options: dict[str, str] = {}
    if request.rules != _DEFAULT.rules:
        options["rules"] = request.rules
    for name in ("extras", *_CHOSEN):
        if getattr(request, name) != getattr(_DEFAULT, name):
            options[name] = ", ".join(getattr(request, name))
    if request.environment:
        options["environment"] = request.environment
    if request.marker:
        options["marker"] = str(request.marker)
    return embed(directive, options, request.text.strip())


def _python(request: MarkersRequest) -> str:
    statements = statements_of(request.text).statements
    marker = statements[0].marker if statements else None
    if len(statements) != 1 or marker is None or statements[0].requirement:
        return program(
            "markers",
            request,
            ("text", "extras", "rules", *_CHOSEN, "environment", "marker"),
            'for line in answer["lines"]:\n    print(line["text"], line["holds"])\n',
        )
    named = request.environment not in ("", THIS)
    given = [f"ENVIRONMENTS[{request.environment!r}]"] if named else []
    if request.extras:
        given.append(f"extras={{{', '.join(map(repr, request.extras))}}}")
    if request.rules != _DEFAULT.rules:
        given.append(f"rules={request.rules!r}")
    arguments = ", ".join(given)
    return (
        f"from trigpoint.markers import {'ENVIRONMENTS, ' if named else ''}Marker\n\n"
        f"marker = Marker({marker.text!r})\n"
        f"print(marker.evaluate({arguments}))\n"
        f"for depth, part in marker.explain({arguments}).walk():\n"
        f'    print("  " * depth, part.text, part.value)\n'
    )
