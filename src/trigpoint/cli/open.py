"""``trigpoint open``: what something is, and what the lab for it answers."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, Final

import click

from trigpoint.archives import open_archive
from trigpoint.cli.terminal import (
    leave,
    names_a_file,
    read_bytes,
    say,
    show_findings,
    show_json,
)
from trigpoint.findings import Severity, printable
from trigpoint.labs import LABS
from trigpoint.labs.codec import decode, encode
from trigpoint.labs.open import words
from trigpoint.labs.open.answer import OpenRequest, OpenResponse, Way, answer
from trigpoint.labs.open.bringing import bring
from trigpoint.labs.open.recognising import READABLE, recognise
from trigpoint.projects.folder import LEFT_OUT
from trigpoint.projects.kinds import kind_of_name
from trigpoint.projects.paths import exists, is_link

__all__ = ["open_command"]


_SHOWN: Final = {
    name: f"trigpoint.cli.{name}" for name in ("extras", "markers", "messages", "metadata")
}
"""The modules that print an answer as their own command does; others say it in a sentence."""


def _brought(argument: str) -> OpenRequest:
    """Return what *argument* is or names: a path, standard input for ``-``, or a text."""
    if argument == "-":
        archive = open_archive(read_bytes("-"))
    # An empty text is none of a path, though Python takes it for the folder here.
    elif argument and exists(Path(argument)):
        archive = open_archive(argument, leave_out=LEFT_OUT)
    elif is_link(Path(argument)):
        raise click.ClickException(f"{printable(argument)} is a link to nothing")
    elif names_a_file(argument, archives=True) or kind_of_name(argument):
        guess = recognise(argument)
        named = guess is not None and guess.piece.kind == "files"
        hint = "; trigpoint wheel why asks about its name" if named else ""
        raise click.ClickException(f"{printable(argument)}: there is no such file{hint}")
    else:
        return OpenRequest(argument)
    with archive:
        brought = bring(archive)
    if brought.text is not None:
        name = "" if argument == "-" else brought.name
        return OpenRequest(brought.text, name)
    if not brought.pieces:
        said = brought.findings[0].message if brought.findings else "nothing can be read of it"
        raise click.ClickException(said)
    return OpenRequest(file_name=brought.name, pieces=brought.pieces)


@click.command(name="open")
@click.argument("what", default="-", metavar="PATH_OR_TEXT")
@click.option("--as", "kind", type=click.Choice(READABLE), help="Read the text as this.")
@click.option("--json", "as_json", is_flag=True, help="Print the responses of both labs as JSON.")
def open_command(what: str, kind: str | None, *, as_json: bool) -> None:
    """Say what PATH_OR_TEXT is, and what the lab for it answers.

    It is a marker, a requirement, a message of a tool, a file or a folder; '-', or
    nothing, reads standard input. The exit status is 1 if no lab reads it, and after an
    error in it.
    """
    request = _brought(what)
    if kind:
        request = OpenRequest(request.text, request.file_name, kind)
    response = answer(request)
    way = next((each for each in response.ways if not each.file), None)
    told: Any = None
    if way is not None:
        lab = LABS[way.lab]
        asked = decode(lab.request_type, way.request)
        told = lab.run(asked)
    if as_json:
        show_json({"open": response, "lab": way.lab if way else None, "answer": encode(told)})
    else:
        _show(response, way, told, request)
    errors = told is not None and any(each.severity is Severity.ERROR for each in told.findings)
    leave(failed=errors or way is None)


def _show(response: OpenResponse, way: Way | None, told: Any, request: OpenRequest) -> None:
    say((words.summary(response), "bold"))
    for row in response.pieces:
        say(f"  {words.piece_of(row)}")
    for other in response.ways:
        if other is not way:
            say(("  also ", "dim"), words.does(other))
    if way is None:
        return
    say()
    lab, text = LABS[way.lab], str(way.request.get(LABS[way.lab].body, ""))
    say((words.does(way), "dim"))
    # Of a folder it is one of the files, whose lines are shown.
    inner = [each.name for each in request.pieces[1:] if each.text == text]
    name = "/".join([response.name, *inner[:1]])
    if module := _SHOWN.get(way.lab):
        importlib.import_module(module).show_answer(told, text, name)
    else:
        show_findings(told.findings, text, name=name)
        say((lab.summary(told), "bold"))
