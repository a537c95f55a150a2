"""``trigpoint marker simplify | compare | merge | negate | migrate``: the algebra lab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from trigpoint.cli.terminal import leave, read_text, say, show_findings, show_json, table
from trigpoint.labs.algebra import words
from trigpoint.labs.algebra.answer import (
    ASSUMPTIONS,
    AlgebraRequest,
    AlgebraResponse,
    SimpleLine,
    answer,
)
from trigpoint.labs.base import has_errors

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
    request: AlgebraRequest, show: Callable[[AlgebraResponse], None], *, as_json: bool
) -> None:
    response = answer(request)
    if as_json:
        show_json(response)
    else:
        show_findings(response.findings, request.text)
        show(response)
    missing = request.mode == "compare" and response.comparison is None
    leave(failed=missing or has_errors(response.findings))


def _each(
    pick: Callable[[SimpleLine], str],
    text: str,
    assuming: str | None,
    python: str,
    *,
    as_json: bool,
) -> None:
    """Show what *pick* takes of each line of *text*."""

    def show(response: AlgebraResponse) -> None:
        for line in response.lines:
            if line.readable and line.holds:
                told = pick(line) if line.holds == "sometimes" else f"# {line.holds} holds"
                requirement = f"{line.requirement} ; " if line.requirement else ""
                say(requirement + (told or "# no marker says this"))

    request = AlgebraRequest(read_text(text), "simplify", assuming or "", python)
    _answer(request, show, as_json=as_json)


@click.command()
@click.argument("text")
@_options
def simplify(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Write each marker of TEXT as shortly as the search finds."""
    _each(lambda line: line.simplified, text, assuming, python, as_json=as_json)


@click.command()
@click.argument("text")
@_options
def negate(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Write where each marker of TEXT does not hold."""
    _each(lambda line: line.negated, text, assuming, python, as_json=as_json)


@click.command()
@click.argument("text")
@_options
def migrate(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Write each marker of TEXT for the other metadata model: extra to extras, or back."""
    _each(lambda line: line.next_major or line.text, text, assuming, python, as_json=as_json)


@click.command()
@click.argument("first")
@click.argument("second", required=False)
@_options
def compare(
    first: str, second: str | None, assuming: str | None, python: str, *, as_json: bool
) -> None:
    """Compare the markers FIRST and SECOND; FIRST may be '-' or hold both, one a line."""
    text = read_text(first) if second is None else f"{first}\n{second}"
    request = AlgebraRequest(text, "compare", assuming or "", python)
    _answer(request, _show_comparison, as_json=as_json)


def _show_comparison(response: AlgebraResponse) -> None:
    found = response.comparison
    if found is None:
        return
    say((words.verdict(found), "bold"))
    if found.witness:
        say(f"{words.witness_words(found)}:")
        for name, value in found.witness.items():
            say(f"  {name} = {words.witness_value(value)}")


@click.command()
@click.argument("text")
@_options
def merge(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Find lines of TEXT for the same project that overlap or contradict each other."""
    request = AlgebraRequest(read_text(text), "merge", assuming or "", python)
    _answer(request, _show_pairs, as_json=as_json)


def _show_pairs(response: AlgebraResponse) -> None:
    if not response.pairs:
        say(words.NO_PAIRS)
        return
    rows = [
        (
            response.lines[pair.first].text,
            response.lines[pair.second].text,
            pair.relation,
            (words.versions(pair), "red" if pair.conflict else "green"),
        )
        for pair in response.pairs[: words.MOST_PAIRS_SHOWN]
    ]
    table(("line", "line", "markers", "versions"), rows)
    if left_out := words.pairs_left_out(response):
        say((left_out, "dim"))
