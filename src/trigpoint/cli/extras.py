"""``trigpoint extras``: the extras lab in the terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trigpoint.cli.terminal import console, printable, show_findings
from trigpoint.extras import RuleSet
from trigpoint.findings import Severity
from trigpoint.labs import LABS
from trigpoint.labs.extras.answer import DEFAULT_ENVIRONMENT, RULES
from trigpoint.labs.extras.html import difference, reason, sign
from trigpoint.labs.extras.lab import ExtrasLab, Request, Response
from trigpoint.labs.metadata.files import PROBLEMS, UnusableFileError, find_metadata
from trigpoint.labs.schema import encode
from trigpoint.markers.meaning.environments import UnknownEnvironmentError, environment

__all__ = ["extras"]


def _known(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    try:
        environment(name)
    except UnknownEnvironmentError as error:
        raise click.BadParameter(str(error)) from error
    return name


@click.command()
@click.argument("path", metavar="FILE|-")
@click.option(
    "--request",
    "requests",
    multiple=True,
    metavar="REQUEST",
    help="What is asked for, such as 'pkg[a]'; may be given several times. "
    "Without it, the project without brackets.",
)
@click.option(
    "--env",
    default=DEFAULT_ENVIRONMENT,
    show_default=True,
    metavar="NAME",
    callback=_known,
    help="The environment, by its name.",
)
@click.option(
    "--rules",
    type=click.Choice([each.value for each in RULES]),
    default="spec",
    show_default=True,
    help="Whose reasons to give.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the lab's response as JSON.")
def extras(path: str, requests: tuple[str, ...], env: str, rules: str, *, as_json: bool) -> None:
    """Say which requirements come for which request, by whose rules, and why.

    FILE is a METADATA file, lines of one, a pyproject.toml, a wheel or an sdist;
    '-' reads standard input. The exit status is 1 after an error.
    """
    lab = LABS["extras"]
    assert isinstance(lab, ExtrasLab)
    request = Request(_read(path), "\n".join(requests), env, rules)
    response = lab.run(request)
    findings = lab.findings(response)
    if as_json:
        click.echo(json.dumps(encode(response), indent=2))
    else:
        out = console()
        show_findings(out, findings, request.text, name="" if path == "-" else printable(path))
        out.print(Text(printable(lab.summary(response)), "bold"))
        if response.rows:
            _show(out, response)
    if any(each.severity is Severity.ERROR for each in findings):
        sys.exit(1)


def _read(path: str) -> str:
    try:
        if path == "-":
            return find_metadata("", sys.stdin.buffer.read()).text
        return find_metadata(Path(path).name, Path(path).read_bytes()).text
    except UnusableFileError as problem:
        message, fix = PROBLEMS[str(problem)]
        raise click.ClickException(f"{printable(path)}: {message}; {fix}") from problem
    except OSError as error:
        raise click.ClickException(f"{printable(path)}: {error.strerror}") from error


def _show(out: Console, response: Response) -> None:
    table = Table(box=None, pad_edge=False)
    for title in RULES.values():
        table.add_column(title, justify="center", no_wrap=True)
    table.add_column("Requirement", overflow="fold")
    for row in response.rows:
        answers = [row.answers[each.value] for each in RULES]
        signs = [
            Text(sign(each), "green" if each.pulled else "yellow" if sign(each) == "!" else "dim")
            for each in answers
        ]
        table.add_row(*signs, Text(printable(row.text)))
    out.print(table)
    title = RuleSet(response.rules).title
    out.print(Text(f"Why, by {title}", "bold"))
    for row in response.rows:
        answer = row.answers[response.rules]
        told = "; or ".join(map(reason, answer.ways)) if answer.pulled else answer.message
        out.print(Text(printable(f"{sign(answer)} {row.text}\n    {told}")))
    if response.changes:
        out.print(Text(f"From what installers do to {title}", "bold"))
        for change in response.changes:
            out.print(Text(printable(f"{change.text} {difference(change)}.")))
