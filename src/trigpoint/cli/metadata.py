"""``trigpoint metadata``: the metadata lab in the terminal."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from trigpoint.cli.files import read_found
from trigpoint.cli.terminal import Part, leave, say, show_findings, show_json, shown_name, write
from trigpoint.findings import Finding, printable
from trigpoint.installers import TOOLS
from trigpoint.labs.base import has_errors
from trigpoint.labs.metadata import words
from trigpoint.labs.metadata.answer import answer, filled
from trigpoint.labs.metadata.data import (
    INDEXES,
    READERS,
    FieldRow,
    MetadataRequest,
    MetadataResponse,
)
from trigpoint.metadata import FORMS, LATEST, Field, UnknownFieldError, explain

__all__ = ["check", "convert", "diff", "explain_command", "json_command", "predict"]


def _open(path: str, request: MetadataRequest) -> MetadataRequest:
    """Put what *path* holds into *request*; ``-`` is standard input."""
    name = "" if path == "-" else Path(path).name
    return filled(request, name, read_found(path))


_path = click.argument("path")
_json = click.option("--json", "as_json", is_flag=True, help="Print the lab's response as JSON.")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--reader",
    type=click.Choice(READERS),
    default=LATEST,
    show_default=True,
    help="The newest metadata version that the reader of the file knows.",
)
@click.option(
    "--kind",
    type=click.Choice(["wheel", "sdist"]),
    help="What the file is out of; known for archives.",
)
@click.option(
    "--for",
    "index",
    type=click.Choice(INDEXES[1:]),
    help="Say also what this index refuses.",
)
@_json
def check(
    paths: tuple[str, ...], reader: str, kind: str | None, index: str | None, *, as_json: bool
) -> None:
    """Report what is wrong in each PATH, with lines and columns.

    --json prints one response, or a list of them for several paths.
    """
    found: list[Finding] = []
    answers: list[MetadataResponse] = []
    for path in paths:
        request = _open(path, MetadataRequest(reader=reader, index=index or ""))
        if kind:
            request = replace(request, kind=kind)
        response = answer(request)
        answers.append(response)
        found += response.findings
        if not as_json:
            show_answer(response, request.text, shown_name(path))
    if as_json:
        show_json(answers[0] if len(answers) == 1 else answers)
    leave(failed=has_errors(found))


def show_answer(response: MetadataResponse, text: str, name: str) -> None:
    """Print *response* about *text* of the file *name*."""
    show_findings(response.findings, text, name=name)
    say((f"{f'{name}: ' if name else ''}{words.summary(response)}", "bold"))
    _show_because(response)
    if about := words.tables(response):
        say((f"  {about}", "dim"))


def _show_because(response: MetadataResponse) -> None:
    for each in response.because:
        where = f" (line {each.place.line})" if each.place else ""
        say((f"  {each.version}: {each.message}{where}", "dim"))


@click.command(name="explain")
@click.argument("name", metavar="FIELD|PATH")
@_json
def explain_command(name: str, *, as_json: bool) -> None:
    """Explain the FIELD, such as Requires-Dist, or each field of PATH."""
    field = None if name == "-" or Path(name).is_file() else _known(name)
    if field is not None:
        if as_json:
            show_json(field.to_json())
        else:
            say(str(field))
        return
    response = answer(_open(name, MetadataRequest()))
    if as_json:
        show_json(response)
        return
    say((words.summary(response), "bold"))
    for row in response.fields:
        _show_row(row)


def _known(name: str) -> Field:
    try:
        return explain(name)
    except UnknownFieldError as error:
        raise click.ClickException(printable(f"{error.args[0]}, and no file is there")) from error


def _show_row(row: FieldRow) -> None:
    origin = f"since {row.since}" if row.since else row.proposal or "unknown"
    if row.status == "deprecated":
        origin += f", deprecated in {row.deprecated}"
    say()
    say((row.name, "bold"), (f"  {origin}", "dim"))
    for value in row.values:
        first, newline, _ = value.text.partition("\n")
        more = newline or value.length > len(value.text)
        place = f"{value.place.line:>5} | " if value.place else "      | "
        say(f"{place}{first}{' ...' if more else ''}")
    if row.known:
        say((f"  {row.meaning}\n  Format: {row.format}\n  {row.source}", "dim"))


@click.command()
@_path
@click.option(
    "--to",
    type=click.Choice(READERS),
    default=LATEST,
    show_default=True,
    help="The metadata version to write.",
)
@click.option(
    "--force", is_flag=True, help="Write the nearest text where something cannot be said."
)
@_json
def convert(path: str, to: str, *, force: bool, as_json: bool) -> None:
    """Write PATH in another metadata version; what changes is reported on standard error."""
    request = _open(path, MetadataRequest(view="convert", to=to, force=force))
    response = answer(request)
    converted = response.converted
    assert converted is not None, "a file is never without an answer"
    if as_json:
        show_json(response)
    else:
        show_findings(converted.findings, request.text, name=shown_name(path), err=True)
        say((words.summary(response), "bold"), err=True)
        if converted.text is not None:
            write(converted.text)
    leave(failed=converted.text is None and has_errors(converted.findings))


@click.command()
@click.argument("old")
@click.argument("new")
@_json
def diff(old: str, new: str, *, as_json: bool) -> None:
    """Compare two paths field by field, by what the values mean."""
    if old == new == "-":
        raise click.UsageError("only one of the two can come from standard input")
    other = _open(new, MetadataRequest()).text
    response = answer(_open(old, MetadataRequest(view="diff", other=other)))
    if as_json:
        show_json(response)
        return
    say((words.summary(response), "bold"))
    for each in response.differences:
        kind: Part = f"{each.kind:>8}", _KINDS.get(each.kind, "dim")
        say(kind, f"  {each.field}: {each.message}")


_KINDS: Final = {"added": "green", "removed": "red", "changed": "yellow"}


@click.command(name="json")
@_path
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default=FORMS[0],
    show_default=True,
    help="The form; PEP 819 is a draft whose text and schema differ.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the lab's response, which holds the form as text.",
)
def json_command(path: str, form: str, *, as_json: bool) -> None:
    """Write PATH as JSON; what the form has no place for is reported on standard error."""
    request = _open(path, MetadataRequest(view="json", form=form))
    response = answer(request)
    if as_json:
        show_json(response)
        return
    show_findings(response.json_findings, request.text, name=shown_name(path), err=True)
    # Escaped, so that a control character in a value stays one in the file only.
    show_json(json.loads(response.json))


@click.command()
@_path
@click.option(
    "--tool",
    "tools",
    multiple=True,
    metavar="TOOL",
    help="A tool with or without a version, such as 'pip 26.3'; may be repeated. "
    "Without it every recorded tool answers.",
)
@click.option(
    "--request",
    "asked",
    default="",
    metavar="REQUEST",
    help="What was asked for: pkg, 'pkg[]' or 'pkg[docs]'.",
)
@_json
def predict(path: str, tools: tuple[str, ...], asked: str, *, as_json: bool) -> None:
    """Say what each recorded tool does with PATH, and which recorded run says so.

    The exit status is 1 if one of the tools refuses it or crashes.
    """
    response = answer(_open(path, MetadataRequest(view="installers", tools=tools, asked=asked)))
    if as_json:
        show_json(response)
    else:
        _show_tools(response)
    leave(failed=any(each.outcome in ("refuses", "crashes") for each in response.tools))


_STYLES: Final = {
    "installs": "green",
    "accepts": "green",
    "refuses": "red",
    "crashes": "red",
    "not recorded": "dim",
}
_NAMES: Final = 24  # columns


def _show_tools(response: MetadataResponse) -> None:
    say((words.summary(response), "bold"))
    for group in itertools.chain(*words.arranged(response.tools)):
        row = group[0]
        say(
            f"{words.group_name(group):<{_NAMES}} ",
            (words.verdict(row), _STYLES.get(row.outcome, "yellow")),
            (f"  {words.reasons(row)}".rstrip(), "dim"),
        )
        if row.cases and row.outcome not in ("installs", "accepts"):
            say((f"{'':<{_NAMES}}  recorded: {', '.join(row.cases)}", "dim"))
        if row.note:
            say((f"{'':<{_NAMES}}  {row.note}", "dim"))
    if date := words.recorded(response):
        say((f"Recorded by {date}; {words.counted(len(TOOLS), 'tool')} in all.", "dim"))
