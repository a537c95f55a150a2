"""``trigpoint extensions``: what the extensions of a project are, without compiling any."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from trigpoint.cli.terminal import leave, say, show_findings, table
from trigpoint.extensions import words
from trigpoint.extensions.explain import Explanation, Row, explain
from trigpoint.extensions.protocol import UNSEEN, ExtensionError, Target
from trigpoint.extensions.tables import KeyPath
from trigpoint.extensions.targets import choose_target
from trigpoint.metadata.project.toml import positions

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
    "--target",
    default="",
    metavar="FILE",
    help="A build-details.json of the Python to build for; this one by default.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
def explain_command(path: str, select: str, target: str, *, as_json: bool) -> None:
    """Say what would be built, in which order and with what, without compiling.

    PATH is a project's folder or its pyproject.toml; '-' reads the text of one, and takes
    every file for there. The exit status is 1 if a build would be refused.
    """
    settings = {"extensions": select} if select else {}
    if path == "-":
        text, root = sys.stdin.read(), UNSEEN
    else:
        file = Path(path) / "pyproject.toml" if Path(path).is_dir() else Path(path)
        if not file.is_file():
            raise click.ClickException(f"{file}: there is no such file")
        text, root = file.read_text("utf-8", "replace"), file.parent
    chosen = _target(target)
    explanation = explain(
        text, chosen, root=root, settings=settings, env=os.environ, places=_places
    )
    if as_json:
        click.echo(json.dumps(explanation.to_json(), indent=2))
    else:
        show_findings(explanation.findings, text, name="pyproject.toml")
        _show(explanation)
    leave(failed=explanation.refused)


def _places(text: str) -> Mapping[KeyPath, tuple[int, int]]:
    return {path: (place.key_start, place.key_end) for path, place in positions(text).items()}


def _target(file: str) -> Target:
    try:
        return choose_target({"target": file} if file else {})
    except ExtensionError as error:
        raise click.ClickException(str(error)) from None


def _show(explanation: Explanation) -> None:
    say((words.summary(explanation), "bold"))
    if explanation.rows:
        table(words.HEADS, [_line(each) for each in explanation.rows])
    if explanation.requires:
        say(f"{words.REQUIRES}: {', '.join(explanation.requires)}")


def _line(row: Row) -> list[str]:
    return [words.step(row), row.name, row.builder, words.files(row), row.tag or "-"]
