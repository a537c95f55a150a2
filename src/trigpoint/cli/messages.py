"""``trigpoint explain-message``: the message lab in the terminal."""

from __future__ import annotations

from typing import Final

import click

from trigpoint.cli.terminal import leave, read_bytes, say, show_findings, show_json
from trigpoint.labs.messages import words
from trigpoint.labs.messages.answer import (
    MessageRow,
    MessagesRequest,
    MessagesResponse,
    answer,
)

__all__ = ["explain_message", "show_answer"]

_FIRST: Final = 12  # columns of what a line is about


def _text(path: str) -> str:
    """Return what is in the file at *path*, or on standard input for ``-``."""
    return read_bytes(path).decode("utf-8", "surrogateescape")


@click.command(name="explain-message")
@click.argument("text", default="-")
@click.option(
    "--file",
    "path",
    metavar="PATH",
    help="The METADATA, pyproject.toml or requirements file that the message is about.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the lab's response as JSON.")
def explain_message(text: str, path: str | None, *, as_json: bool) -> None:
    """Say what the message TEXT of pip, uv, twine, a backend or the index means.

    TEXT is a line or a whole log; '-', or nothing, reads standard input. The exit
    status is 1 if no message in it is known.
    """
    if text == path == "-":
        raise click.UsageError("only one of the two can come from standard input")
    request = MessagesRequest(
        _text("-") if text == "-" else text, _text(path) if path is not None else ""
    )
    response = answer(request)
    if as_json:
        show_json(response)
    else:
        show_answer(response, request.text)
    leave(failed=not response.messages)


def show_answer(response: MessagesResponse, text: str, _name: str = "") -> None:
    """Print *response* about *text*, which a tool printed; it has no lines worth a file's name."""
    show_findings(response.findings, text, err=True)
    say((words.summary(response), "bold"))
    for row in response.messages:
        _show_message(response, row)
    if response.near:
        say("The nearest messages:")
    for near in response.near:
        say(f"  {near.title}")


def _show_message(response: MessagesResponse, row: MessageRow) -> None:
    said = words.said_of(response)
    lines = [
        ("message", "" if row.said == row.title else row.said),
        ("", words.times(row)),
        ("cause", row.why),
        ("cure", row.cure),
        ("rule", row.rule),
        *((words.value_name(each.name), each.value) for each in row.values),
        *((said, words.place_of(each)) for each in row.places),
        ("findings", ", ".join(row.codes)),
        *(("ask next", each) for each in row.commands),
        ("printed by", words.printed_by(row)),
        *(("recorded", words.recorded(run)) for run in row.runs[:1]),
        ("sourced", f"{words.sourced(row)} {row.sourced}" if row.sourced else ""),
        ("read on", ", ".join(words.read_on(row))),
        ("source", row.source),
    ]
    say()
    say((words.heading(row), "bold yellow" if row.follows else "bold red"))
    for name, value in lines:
        if value:
            say((f"  {name:<{_FIRST}} ", "dim"), value)
