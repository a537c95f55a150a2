"""``trigpoint marker TEXT``: the marker lab in the terminal."""

from __future__ import annotations

from typing import Final

import click

from trigpoint.cli.terminal import (
    Part,
    leave,
    read_statements_of,
    say,
    show_findings,
    show_json,
    table,
)
from trigpoint.labs.base import has_errors
from trigpoint.labs.markers import words
from trigpoint.labs.markers.answer import MarkerLine, MarkersRequest, MarkersResponse, answer
from trigpoint.labs.reading import told
from trigpoint.markers import Rules
from trigpoint.markers.meaning.environments import ENVIRONMENTS, INTERPRETERS, PLATFORMS, grid

__all__ = ["show", "show_answer"]

_STYLES: Final = {True: "green", False: "red", None: "yellow"}


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

    TEXT is a marker, a requirement, or many lines of them; the path of a file
    reads them from it, and '-' from standard input. The exit status is 1 where
    something cannot be read.
    """
    text, name = read_statements_of(text)
    response = answer(_request(text, environments, extras, rules))
    if as_json:
        show_json(response)
    else:
        show_answer(response, text, name, explain=explain)
    leave(failed=has_errors(response.findings))


def show_answer(response: MarkersResponse, text: str, name: str, *, explain: bool = False) -> None:
    """Print *response* about *text* of the file *name*; with *explain*, why, part by part."""
    show_findings(response.findings, text, name=name)
    for line in response.lines:
        if line.readable:
            _show_line(response, line)
    if explain:
        _show_explanation(response)
    if passed_over := told(response.reading):
        say((passed_over, "dim"))


def _request(
    text: str, names: tuple[str, ...], extras: tuple[str, ...], rules: str
) -> MarkersRequest:
    """Turn *names* of environments, interpreters and platforms into a request."""
    request = MarkersRequest(text=text, extras=extras, rules=rules)
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
    return MarkersRequest(text=text, extras=extras, rules=rules, environments=tuple(exact))


def _show_line(response: MarkersResponse, line: MarkerLine) -> None:
    say((line.text, "bold"))
    say(words.count(response, line))
    if response.environments:
        laid = grid(cell.environment for cell in response.environments)
        where = {cell.environment: i for i, cell in enumerate(response.environments)}
        heads = ["", *(label.replace("CPython ", "") for _, label in laid.interpreters)]
        rows = [
            [label, *("" if each is None else _cell(line, where[each.name]) for each in row)]
            for (_, label), row in zip(laid.platforms, laid.rows, strict=True)
        ]
        table(heads, rows, centred=range(1, len(heads)))
    if any(line.changed):
        say(words.otherwise(response))
    say()


def _cell(line: MarkerLine, number: int) -> Part:
    value = line.values[number]
    return words.SIGNS[value][0] + ("*" if line.changed[number] else ""), _STYLES[value]


def _show_explanation(response: MarkersResponse) -> None:
    if not response.explanation:
        return
    say((words.why(response), "bold"))
    for part in response.explanation:
        line: list[Part] = [
            f"{'  ' * part.depth}{words.SIGNS[part.value][0]} {words.shown(part)}  ",
            (words.truth(part.value), _STYLES[part.value]),
        ]
        if part.kind:
            line.append((f"  {words.operands(part)}, {part.reason}", "dim"))
            line.append(("  decides" if part.decides else "", "bold"))
        say(*line)
    if response.unexplained:
        say((words.left_out(response), "dim"))
