"""``trigpoint marker simplify | compare | merge | negate | migrate``: the algebra lab."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trigpoint.cli.markers import marker
from trigpoint.cli.terminal import console, printable, read_text, show_findings
from trigpoint.findings import Severity
from trigpoint.labs import LABS
from trigpoint.labs.algebra.lab import ASSUMPTIONS, AlgebraLab, Request, Response, Simple
from trigpoint.labs.schema import encode

__all__ = ["compare", "merge", "migrate", "negate", "simplify"]

_Command = Callable[..., Any]


def _options(command: _Command) -> _Command:
    """Add the options that all commands share."""
    names = [name for name in ASSUMPTIONS if name]
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print the lab's response as JSON."),
        click.option(
            "--python",
            default="",
            metavar="SPECIFIER",
            help="Take Requires-Python for granted, such as '>=3.9'.",
        ),
        click.option(
            "--assuming",
            type=click.Choice(names),
            default=None,
            help="Take for granted which platform values occur together.",
        ),
    ):
        command = option(command)
    return command


def _answer(
    text: str,
    mode: str,
    assuming: str | None,
    python: str,
    *,
    as_json: bool,
    show: Callable[[Console, Response], None],
) -> None:
    lab = LABS["algebra"]
    assert isinstance(lab, AlgebraLab)
    response = lab.run(Request(text=text, mode=mode, assuming=assuming or "", python=python))
    findings = lab.findings(response)
    if as_json:
        click.echo(json.dumps(encode(response), indent=2))
    else:
        out = console()
        show_findings(out, findings, text)
        show(out, response)
    failed = any(each.severity is Severity.ERROR for each in findings)
    if failed or (mode == "compare" and response.comparison is None):
        sys.exit(1)


def _each(pick: Callable[[Simple], str]) -> Callable[[Console, Response], None]:
    """Show one text for each line."""

    def show(out: Console, response: Response) -> None:
        for line in response.lines:
            if line.readable and line.holds:
                words = pick(line) if line.holds == "sometimes" else f"# {line.holds} holds"
                requirement = f"{line.requirement} ; " if line.requirement else ""
                out.print(Text(printable(requirement + (words or "# no marker says this"))))

    return show


@marker.command()
@click.argument("text")
@_options
def simplify(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Write each marker of TEXT as shortly as the search finds."""
    _answer(
        read_text(text),
        "simplify",
        assuming,
        python,
        as_json=as_json,
        show=_each(lambda line: line.simplified),
    )


@marker.command()
@click.argument("text")
@_options
def negate(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Write where each marker of TEXT does not hold."""
    _answer(
        read_text(text),
        "simplify",
        assuming,
        python,
        as_json=as_json,
        show=_each(lambda line: line.negated),
    )


@marker.command()
@click.argument("text")
@_options
def migrate(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Write each marker of TEXT for the other metadata model: extra to extras, or back."""
    _answer(
        read_text(text),
        "simplify",
        assuming,
        python,
        as_json=as_json,
        show=_each(lambda line: line.next_major or line.text),
    )


@marker.command()
@click.argument("first")
@click.argument("second", required=False)
@_options
def compare(
    first: str, second: str | None, assuming: str | None, python: str, *, as_json: bool
) -> None:
    """Compare the markers FIRST and SECOND; FIRST may be '-' or hold both, one a line."""
    text = read_text(first) if second is None else f"{first}\n{second}"
    _answer(text, "compare", assuming, python, as_json=as_json, show=_show_comparison)


def _show_comparison(out: Console, response: Response) -> None:
    found = response.comparison
    if found is None:
        return
    lab = LABS["algebra"]
    out.print(Text(lab.summary(response), style="bold"))
    if found.witness:
        holds, fails = ("first", "second") if found.first_holds else ("second", "first")
        out.print(f"Here the {holds} holds and the {fails} does not:")
        for name, value in found.witness.items():
            out.print(Text(f"  {name} = {printable(value) or '(empty)'}"))


@marker.command()
@click.argument("text")
@_options
def merge(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Find lines of TEXT for the same project that overlap or contradict each other."""
    _answer(read_text(text), "merge", assuming, python, as_json=as_json, show=_show_merge)


def _show_merge(out: Console, response: Response) -> None:
    if not response.pairs:
        out.print("No project is named twice.")
        return
    table = Table(box=None, pad_edge=False)
    for head in ("line", "line", "markers", "versions"):
        table.add_column(head)
    for pair in response.pairs:
        words = "no version fits both" if pair.conflict else "fine"
        table.add_row(
            Text(printable(response.lines[pair.first].text)),
            Text(printable(response.lines[pair.second].text)),
            pair.relation,
            Text(words, style="red" if pair.conflict else "green"),
        )
    out.print(table)
