"""``trigpoint marker simplify | compare | merge | negate | migrate``: the algebra lab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from trigpoint.cli.terminal import (
    leave,
    read_statements_of,
    say,
    show_findings,
    show_json,
    table,
    write,
)
from trigpoint.labs.algebra import words
from trigpoint.labs.algebra.answer import (
    ASSUMPTIONS,
    AlgebraRequest,
    AlgebraResponse,
    ComparedPair,
    SimpleLine,
    answer,
    negated,
    other_model,
    simplified,
)
from trigpoint.labs.algebra.rewriting import NewMarker, rewritten
from trigpoint.labs.base import has_errors
from trigpoint.labs.memory import statements_of

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
            help="What to take for granted: which values occur together on known platforms, "
            "as comparisons do by default, or nothing.",
        ),
    ):
        command = option(command)
    return command


def _answer(
    request: AlgebraRequest, name: str, show: Callable[[AlgebraResponse], None], *, as_json: bool
) -> None:
    response = answer(request)
    if as_json:
        show_json(response)
    else:
        # A merge shows these with both of their lines.
        told = words.CONFLICT_CODES if request.mode == "merge" else frozenset()
        findings = [each for each in response.findings if each.code not in told]
        # What simplify and its siblings print is a text to keep.
        show_findings(findings, request.text, name=name, err=request.mode == "simplify")
        show(response)
        if request.mode != "simplify" and (read := words.read(response)):
            say((read, "dim"))
    missing = request.mode == "compare" and response.comparison is None
    leave(failed=missing or has_errors(response.findings))


def _each(
    pick: Callable[[SimpleLine], NewMarker],
    argument: str,
    assuming: str | None,
    python: str,
    *,
    as_json: bool,
) -> None:
    """Write the text that *argument* is or names, with what *pick* takes of each line."""
    text, name = read_statements_of(argument)

    def show(response: AlgebraResponse) -> None:
        new = rewritten(statements_of(text), map(pick, response.lines))
        write(new.text if not new.text or new.text.endswith(("\n", "\r")) else f"{new.text}\n")
        for note in new.notes:
            say((f"note: {note}", "dim"), err=True)

    request = AlgebraRequest(text, "simplify", assuming or "", python)
    _answer(request, name, show, as_json=as_json)


@click.command()
@click.argument("text")
@_options
def simplify(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Write each marker of TEXT as shortly as the search finds.

    TEXT is markers or requirements, the path of a file of them, or '-' for
    standard input. Every other line and letter stays as it is; findings and notes
    go to standard error.
    """
    _each(simplified, text, assuming, python, as_json=as_json)


@click.command()
@click.argument("text")
@_options
def negate(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Write where each marker of TEXT does not hold.

    TEXT is markers or requirements, the path of a file of them, or '-' for
    standard input. Lines without a marker stay as they are.
    """
    _each(negated, text, assuming, python, as_json=as_json)


@click.command()
@click.argument("text")
@_options
def migrate(text: str, assuming: str | None, python: str, *, as_json: bool) -> None:
    """Write each marker of TEXT for the other metadata model: extra to extras, or back.

    TEXT is markers or requirements, the path of a file of them, or '-' for
    standard input. Every other line and letter stays as it is.
    """
    _each(other_model, text, assuming, python, as_json=as_json)


@click.command()
@click.argument("first")
@click.argument("second", required=False)
@_options
def compare(
    first: str, second: str | None, assuming: str | None, python: str, *, as_json: bool
) -> None:
    """Compare the markers or requirements FIRST and SECOND.

    Alone, FIRST may hold both, one per line, be the path of a file that does, or '-'
    for standard input.
    """
    text, name = (f"{first}\n{second}", "") if second is not None else read_statements_of(first)
    request = AlgebraRequest(text, "compare", assuming or "", python)
    _answer(request, name, _show_comparison, as_json=as_json)


def _show_comparison(response: AlgebraResponse) -> None:
    found = response.comparison
    if found is None:
        return
    say((words.verdict(found), "bold"))
    if assumed := words.assumption(response):
        say(assumed)
    if found.one_requirement:
        say(words.ONE_REQUIREMENT)
    if found.witness:
        say(f"{words.witness_words(found)}:")
        for name, value in found.witness.items():
            say(f"  {name} = {words.witness_value(value)}")


@click.command()
@click.argument("text")
@click.option("--all", "every", is_flag=True, help="Show pairs without a conflict too.")
@_options
def merge(text: str, assuming: str | None, python: str, *, every: bool, as_json: bool) -> None:
    """Find lines of TEXT for the same project that contradict each other.

    TEXT is requirements, the path of a file of them, or '-' for standard input.
    pip's options and hashes are passed over, and so is what the file only names;
    the answer says so. Ends with status 1 if no version fits two lines that apply
    together.
    """
    text, name = read_statements_of(text)
    request = AlgebraRequest(text, "merge", assuming or "", python, all=every)
    _answer(request, name, _show_pairs, as_json=as_json)


def _show_pairs(response: AlgebraResponse) -> None:
    if not response.pair_count:
        say(words.no_pairs(response))
        return
    say((words.summary(response), "bold"))
    shown = response.pairs[: words.MOST_PAIRS_SHOWN]
    for pair in shown:
        if pair.conflict:
            _show_conflict(response, pair)
    rows = [
        (
            response.lines[pair.first].text,
            response.lines[pair.second].text,
            pair.relation,
            (words.versions(pair), "green" if pair.compared else "yellow"),
        )
        for pair in shown
        if not pair.conflict
    ]
    if rows:
        say("")
        table(("line", "line", "markers", "versions"), rows)
    if left_out := words.pairs_left_out(response):
        say((left_out if response.all else f"{left_out} --all shows them.", "dim"))


def _show_conflict(response: AlgebraResponse, pair: ComparedPair) -> None:
    say("")
    exclusive = len(pair.extras) > 1
    said = f"{words.versions(pair)}, and {words.where(pair)}"
    say((pair.name, "bold"), ": ", (said, "cyan" if exclusive else "red"))
    for number in (pair.first, pair.second):
        line = response.lines[number]
        say((f"  {line.number}: ", "dim"), line.text)
