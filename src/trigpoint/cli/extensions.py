"""``trigpoint extensions``: the extensions lab in the terminal, on whole projects too."""

from __future__ import annotations

import os
from pathlib import Path

import click

from trigpoint.cli.terminal import leave, read_bytes, say, show_findings, show_json, table
from trigpoint.extensions.explain import explain
from trigpoint.extensions.protocol import UNSEEN, ExtensionError, Target
from trigpoint.extensions.targets import choose_target
from trigpoint.labs.base import has_errors
from trigpoint.labs.extensions import words
from trigpoint.labs.extensions.answer import places, respond
from trigpoint.labs.extensions.data import TARGETS, ExtensionsResponse, PlanRow

__all__ = ["explain_command"]


@click.command("explain")
@click.argument("path", metavar="PATH|-", type=click.Path(exists=True, allow_dash=True))
@click.option(
    "--select",
    default="",
    metavar="WORDS",
    help="Which extensions, as the config setting has it: all, none, default, NAME, -NAME.",
)
@click.option(
    "--on",
    type=click.Choice(list(TARGETS)),
    metavar="NAME",
    help="A Python to build for, in place of this one: " + ", ".join(TARGETS) + ".",
)
@click.option(
    "--target",
    default="",
    metavar="FILE",
    help="A build-details.json of the Python to build for.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the lab's response as JSON.")
def explain_command(path: str, select: str, on: str | None, target: str, *, as_json: bool) -> None:
    """Say what would be built, in which order and with what, without compiling.

    PATH is a project's folder or its pyproject.toml; '-' reads the text of one, and takes
    every file for there. The exit status is 1 if a build would be refused.
    """
    if path == "-":
        text, root = read_bytes("-").decode("utf-8", "replace"), UNSEEN
    else:
        file = Path(path) / "pyproject.toml" if Path(path).is_dir() else Path(path)
        if not file.is_file():
            raise click.ClickException(f"{file}: there is no such file")
        text, root = file.read_text("utf-8", "replace"), file.parent
    chosen = TARGETS[on] if on else _target(target)
    settings = {"extensions": select} if select else {}
    found = explain(text, chosen, root=root, settings=settings, env=os.environ, places=places)
    response = respond(found, text, on or str(chosen.tag))
    if as_json:
        show_json(response)
    else:
        show_findings(response.findings, text, name="pyproject.toml")
        _show(response)
    leave(failed=has_errors(response.findings))


def _target(file: str) -> Target:
    try:
        return choose_target({"target": file} if file else {})
    except ExtensionError as error:
        raise click.ClickException(str(error)) from None


def _show(response: ExtensionsResponse) -> None:
    say((words.summary(response), "bold"))
    if response.rows:
        table(words.HEADS, [_line(each) for each in response.rows])
    if response.requires:
        say(f"{words.REQUIRES}: {', '.join(response.requires)}")


def _line(row: PlanRow) -> list[str]:
    name = " ".join(filter(None, (row.name, words.needs(row))))
    made = ", ".join(map(words.output, row.outputs)) or words.files(row)
    return [row.when, name, row.builder, made, row.tag]
