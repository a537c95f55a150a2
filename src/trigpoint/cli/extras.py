"""``trigpoint extras``: the extras lab in the terminal."""

from __future__ import annotations

import click

from trigpoint.cli.environments import known_environment
from trigpoint.cli.files import read_found
from trigpoint.cli.terminal import (
    Part,
    leave,
    say,
    show_findings,
    show_json,
    shown_name,
    table,
)
from trigpoint.labs.base import has_errors
from trigpoint.labs.documents import as_text
from trigpoint.labs.extras import words
from trigpoint.labs.extras.answer import (
    DEFAULT_ENVIRONMENT,
    ORDER,
    ExtrasRequest,
    ExtrasResponse,
    RuleAnswer,
    answer,
)

__all__ = ["extras", "show_answer"]


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
    callback=known_environment,
    help="The environment, by its name.",
)
@click.option(
    "--rules",
    type=click.Choice([each.value for each in ORDER]),
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
    text = as_text(read_found(path).data)
    response = answer(ExtrasRequest(text, "\n".join(requests), env, rules))
    if as_json:
        show_json(response)
    else:
        show_answer(response, text, shown_name(path))
    leave(failed=has_errors(response.findings))


def show_answer(response: ExtrasResponse, text: str, name: str) -> None:
    """Print *response* about *text* of the file *name*."""
    show_findings(response.findings, text, name=name)
    say((words.summary(response), "bold"))
    if response.rows:
        _show(response)


def _show(response: ExtrasResponse) -> None:
    rows = [
        [*(_sign(row.answers[each.value]) for each in ORDER), row.text] for row in response.rows
    ]
    heads = (*(words.TITLES[each] for each in ORDER), "Requirement")
    table(heads, rows, centred=range(len(ORDER)))
    say((words.why_head(response), "bold"))
    for row in response.rows:
        chosen = row.answers[response.rules]
        say(f"{words.sign(chosen)} {row.text}\n    {words.told(chosen)}")
    if response.changes:
        say((words.changes_head(response), "bold"))
        for change in response.changes:
            say(f"{change.text} {words.change_words(change)}.")


def _sign(found: RuleAnswer) -> Part:
    sign = words.sign(found)
    return sign, "green" if found.pulled else "yellow" if sign == "!" else "dim"
