"""``trigpoint marker``: the marker lab in the terminal."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trigpoint.cli.terminal import console, printable, read_text, show_findings
from trigpoint.findings import Severity
from trigpoint.labs import LABS
from trigpoint.labs.markers.lab import THIS, Line, MarkersLab, Request, Response
from trigpoint.labs.schema import encode
from trigpoint.markers import Rules
from trigpoint.markers.meaning.environments import ENVIRONMENTS, INTERPRETERS, PLATFORMS, grid

__all__ = ["MarkerGroup", "marker"]


class MarkerGroup(click.Group):
    """A group whose first command needs no name: ``trigpoint marker TEXT`` shows."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``show`` in front where no command is named."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=MarkerGroup)
def marker() -> None:
    """Ask what markers mean.

    Without the name of a command, show: trigpoint marker "os_name == 'nt'"
    """


_SIGNS = {True: ("●", "green"), False: ("·", "red"), None: ("!", "yellow")}


@click.command("show")
@click.argument("text")
@click.option(
    "--env",
    "environments",
    multiple=True,
    metavar="NAME",
    help="An environment (cpython-3.13-windows-x64), interpreter (cpython-3.13) or platform "
    "(windows-x64) to ask, or 'this'; may be repeated.",
)
@click.option(
    "--extra", "extras", multiple=True, metavar="NAME", help="A requested extra; may be repeated."
)
@click.option(
    "--rules",
    type=click.Choice([each.value for each in Rules]),
    default="spec",
    show_default=True,
    help="How extras are read.",
)
@click.option("--explain", is_flag=True, help="Say why, part by part.")
@click.option("--json", "as_json", is_flag=True, help="Print the lab's response as JSON.")
def show(
    text: str,
    environments: tuple[str, ...],
    extras: tuple[str, ...],
    rules: str,
    *,
    explain: bool,
    as_json: bool,
) -> None:
    """Show where the marker TEXT holds, and why.

    TEXT is a marker, a requirement, or many lines of them; '-' reads them from
    standard input. The exit status is 1 where something cannot be read.
    """
    lab = LABS["markers"]
    assert isinstance(lab, MarkersLab)
    text = read_text(text)
    request = _request(text, environments, extras, rules)
    response = lab.run(request)
    if as_json:
        click.echo(json.dumps(encode(response), indent=2))
    else:
        out = console()
        show_findings(out, lab.findings(response), text)
        for i, line in enumerate(response.lines):
            if line.readable:
                _show_line(out, lab, response, i, line)
        if explain:
            _show_explanation(out, response)
    if any(each.severity is Severity.ERROR for each in lab.findings(response)):
        sys.exit(1)


marker.add_command(show)


def _request(text: str, names: tuple[str, ...], extras: tuple[str, ...], rules: str) -> Request:
    """Turn names of environments, interpreters and platforms into a request."""
    request = Request(text=text, extras=extras, rules=rules)
    if not names:
        return request
    interpreters = [name for name in names if name in INTERPRETERS]
    platforms = [name for name in names if name in PLATFORMS]
    exact = [name for name in names if name not in INTERPRETERS and name not in PLATFORMS]
    if interpreters or platforms:
        exact += [
            f"{i}-{p}"
            for p in platforms or request.platforms
            for i in interpreters or request.interpreters
            if f"{i}-{p}" in ENVIRONMENTS
        ]
    return Request(text=text, extras=extras, rules=rules, environments=tuple(exact))


def _show_line(out: Console, lab: MarkersLab, response: Response, number: int, line: Line) -> None:
    chosen = replace(response, marker=number)
    out.print(Text(printable(line.text), style="bold"))
    out.print(lab.summary(chosen))
    laid = grid(cell.environment for cell in response.environments)
    where = {cell.environment: i for i, cell in enumerate(response.environments)}
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for _, label in laid.interpreters:
        table.add_column(label.replace("CPython ", ""), justify="center")
    for (_, label), row in zip(laid.platforms, laid.rows, strict=True):
        cells = []
        for each in row:
            if each is None:
                cells.append(Text(""))
                continue
            sign, style = _SIGNS[line.values[where[each.name]]]
            star = "*" if line.changed[where[each.name]] else ""
            cells.append(Text(sign + star, style=style))
        table.add_row(label, *cells)
    if response.environments:
        out.print(table)
    if any(line.changed):
        out.print(f"* otherwise by --rules {response.compared_with}")
    out.print()


def _show_explanation(out: Console, response: Response) -> None:
    if not response.explanation:
        return
    cell = next(each for each in response.environments if each.environment == response.environment)
    out.print(Text(f"Why on {cell.label}?" if cell.environment != THIS else "Why here?", "bold"))
    for row in response.explanation:
        sign, style = _SIGNS[row.value]
        value = "undefined" if row.value is None else str(row.value).lower()
        shown = printable(row.text) if row.kind or row.op == "case" else row.op
        text = Text("  " * row.depth)
        text.append(f"{sign} {shown}  ")
        text.append(value, style)
        if row.kind:
            text.append(
                f"  {printable(row.left)} {row.op} {printable(row.right)}, {row.reason}", "dim"
            )
            if row.decides:
                text.append("  decides", "bold")
        out.print(text)
