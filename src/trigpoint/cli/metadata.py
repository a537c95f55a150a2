"""``trigpoint metadata``: the metadata lab in the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from trigpoint.cli.terminal import console, printable, show_findings
from trigpoint.findings import Finding, Severity
from trigpoint.installers import FEATURES, TOOLS, describe
from trigpoint.labs import LABS
from trigpoint.labs.metadata.answer import FieldRow, finding_of
from trigpoint.labs.metadata.files import PROBLEMS, UnusableFileError, find_metadata
from trigpoint.labs.metadata.html import VERDICT_SIGNS, counted, tool_groups
from trigpoint.labs.metadata.lab import MetadataLab, Request, Response, filled
from trigpoint.labs.schema import encode
from trigpoint.metadata import (
    FORMS,
    LATEST,
    NEXT_MAJOR,
    VERSIONS,
    Field,
    UnknownFieldError,
    explain,
)

__all__ = ["metadata"]

_READERS = (*VERSIONS, NEXT_MAJOR)


def _lab() -> MetadataLab:
    lab = LABS["metadata"]
    assert isinstance(lab, MetadataLab)
    return lab


def _open(path: str, request: Request) -> Request:
    """Put what *path* holds into *request*; ``-`` is standard input."""
    try:
        if path == "-":
            data = sys.stdin.buffer.read()
            return filled(request, "", find_metadata("", data))
        name = Path(path).name
        return filled(request, name, find_metadata(name, Path(path).read_bytes()))
    except UnusableFileError as problem:
        message, fix = PROBLEMS[str(problem)]
        raise click.ClickException(f"{printable(path)}: {message}; {fix}") from problem
    except OSError as error:
        raise click.ClickException(f"{printable(path)}: {error.strerror}") from error


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, indent=2))


def _findings(data: Iterable[dict[str, Any]]) -> list[Finding]:
    return [finding_of(each) for each in data]


def _leave(findings: Iterable[Finding]) -> None:
    if any(each.severity is Severity.ERROR for each in findings):
        sys.exit(1)


_path = click.argument("path")
_json = click.option("--json", "as_json", is_flag=True, help="Print the lab's response as JSON.")


@click.group()
def metadata() -> None:
    """Say what metadata means, what is wrong with it, and what tools do with it.

    A PATH is a METADATA or PKG-INFO file, a pyproject.toml, a wheel or an
    sdist; '-' reads standard input. The exit status is 1 after an error.
    """


@metadata.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--reader",
    type=click.Choice(_READERS),
    default=LATEST,
    show_default=True,
    help="The newest metadata version that the reader of the file knows.",
)
@click.option(
    "--kind",
    type=click.Choice(["wheel", "sdist"]),
    help="What the file is out of; known for archives.",
)
@_json
def check(paths: tuple[str, ...], reader: str, kind: str | None, *, as_json: bool) -> None:
    """Report what is wrong in each PATH, with lines and columns.

    --json prints one response, or a list of them for several paths.
    """
    lab, out = _lab(), console()
    found: list[Finding] = []
    answers: list[Response] = []
    for path in paths:
        request = _open(path, Request(reader=reader))
        if kind:
            request = replace(request, kind=kind)
        response = lab.run(request)
        answers.append(response)
        found += lab.findings(response)
        if not as_json:
            name = "" if path == "-" else printable(path)
            show_findings(out, lab.findings(response), request.text, name=name)
            head = f"{name}: " if name else ""
            out.print(Text(printable(f"{head}{lab.summary(response)}"), "bold"))
            _show_because(out, response)
    if as_json:
        _print_json(encode(answers[0] if len(answers) == 1 else answers))
    _leave(found)


def _show_because(out: Console, response: Response) -> None:
    for each in response.because:
        where = f" (line {each.place.line})" if each.place else ""
        out.print(Text(printable(f"  {each.version}: {each.message}{where}"), "dim"))


@metadata.command(name="explain")
@click.argument("name", metavar="FIELD|PATH")
@_json
def explain_command(name: str, *, as_json: bool) -> None:
    """Explain the FIELD, such as Requires-Dist, or each field of PATH."""
    field = None if name == "-" or Path(name).is_file() else _known(name)
    if field is not None:
        if as_json:
            _print_json(field.to_json())
        else:
            click.echo(str(field))
        return
    lab = _lab()
    response = lab.run(_open(name, Request()))
    if as_json:
        _print_json(encode(response))
        return
    out = console()
    out.print(Text(printable(lab.summary(response)), "bold"))
    for row in response.fields:
        _show_row(out, row)


def _known(name: str) -> Field:
    try:
        return explain(name)
    except UnknownFieldError as error:
        raise click.ClickException(printable(f"{error.args[0]}, and no file is there")) from error


def _show_row(out: Console, row: FieldRow) -> None:
    origin = f"since {row.since}" if row.since else row.proposal or "unknown"
    if row.status == "deprecated":
        origin += f", deprecated in {row.deprecated}"
    out.print()
    out.print(Text.assemble((printable(row.name), "bold"), (f"  {origin}", "dim")))
    for value in row.values:
        first, newline, _ = value.text.partition("\n")
        more = newline or value.length > len(value.text)
        line = f"{value.place.line:>5} | " if value.place else "      | "
        out.print(Text(printable(f"{line}{first}{' ...' if more else ''}")))
    if row.known:
        out.print(Text(f"  {row.meaning}\n  Format: {row.format}\n  {row.source}", "dim"))


@metadata.command()
@_path
@click.option(
    "--to",
    type=click.Choice(_READERS),
    default=NEXT_MAJOR,
    show_default=True,
    help="The metadata version to write.",
)
@click.option(
    "--force", is_flag=True, help="Write the nearest text where something cannot be said."
)
@_json
def convert(path: str, to: str, *, force: bool, as_json: bool) -> None:
    """Write PATH in another metadata version; what changes is reported on standard error."""
    lab = _lab()
    request = _open(path, Request(view="convert", to=to, force=force))
    response = lab.run(request)
    converted = response.converted
    found = _findings(converted.findings) if converted else list(lab.findings(response))
    if as_json:
        _print_json(encode(response))
    else:
        err = Console(stderr=True, highlight=False, soft_wrap=True)
        show_findings(err, found, request.text, name="" if path == "-" else printable(path))
        err.print(Text(printable(lab.summary(response)), "bold"))
        if converted and converted.text is not None:
            _write(converted.text)
    if converted is None or converted.text is None:
        _leave(found)


def _write(text: str) -> None:
    """Write *text* byte by byte to a file or pipe, and harmless to a terminal."""
    if sys.stdout.isatty():
        click.echo(printable(text), nl=False)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))


@metadata.command()
@click.argument("old")
@click.argument("new")
@_json
def diff(old: str, new: str, *, as_json: bool) -> None:
    """Compare two paths field by field, by what the values mean."""
    if old == new == "-":
        raise click.UsageError("only one of the two can come from standard input")
    lab = _lab()
    other = _open(new, Request()).text
    response = lab.run(_open(old, Request(view="diff", other=other)))
    if as_json:
        _print_json(encode(response))
        return
    out = console()
    out.print(Text(lab.summary(response), "bold"))
    styles = {"added": "green", "removed": "red", "changed": "yellow"}
    for each in response.differences:
        kind = Text(f"{each.kind:>8}", styles.get(each.kind, "dim"))
        out.print(Text.assemble(kind, f"  {printable(each.field)}: {printable(each.message)}"))


@metadata.command(name="json")
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
    lab = _lab()
    request = _open(path, Request(view="json", form=form))
    response = lab.run(request)
    if as_json:
        _print_json(encode(response))
        return
    if not response.json:
        _explain_emptiness(response)
    show_findings(
        Console(stderr=True, highlight=False, soft_wrap=True),
        _findings(response.json_findings),
        request.text,
    )
    # Escaped, so that a control character in a value stays one in the file only.
    _print_json(json.loads(response.json))


def _explain_emptiness(response: Response) -> None:
    raise click.ClickException(_lab().summary(response))


@metadata.command()
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
    lab = _lab()
    response = lab.run(_open(path, Request(view="installers", tools=tools, asked=asked)))
    if as_json:
        _print_json(encode(response))
    else:
        _show_tools(console(), lab, response)
    if any(each.outcome in ("refuses", "crashes") for each in response.tools):
        sys.exit(1)


_STYLES = {
    "installs": "green",
    "accepts": "green",
    "refuses": "red",
    "crashes": "red",
    "not recorded": "dim",
}


def _show_tools(out: Console, lab: MetadataLab, response: Response) -> None:
    out.print(Text(printable(lab.summary(response)), "bold"))
    for group in tool_groups(response.tools):
        row = group[-1]
        name = row.tool if len(group) == 1 else f"{group[0].tool} to {row.tool.rpartition(' ')[2]}"
        sign = VERDICT_SIGNS.get(row.outcome, "")
        out.print(
            Text.assemble(
                printable(f"{name:<24} "),
                (f"{sign} {row.outcome}", _STYLES.get(row.outcome, "yellow")),
                (f"  {_why(row.causes, row.unrecorded, row.outcome)}".rstrip(), "dim"),
            )
        )
        if row.cases and row.outcome not in ("installs", "accepts"):
            out.print(Text(f"{'':<24}  recorded: {', '.join(row.cases)}", "dim"))
        if row.note:
            out.print(Text(printable(f"{'':<24}  {row.note}"), "dim"))
    dates = {TOOLS[row.recorded_with].recorded for row in response.tools if row.recorded_with}
    if dates:
        out.print(Text(f"Recorded by {max(dates)}; {counted(len(TOOLS), 'tool')} in all.", "dim"))


def _why(causes: Sequence[str], unrecorded: Sequence[str], outcome: str) -> str:
    names = unrecorded if outcome == "not recorded" else causes
    if outcome in ("installs", "accepts"):
        return ""
    return "; ".join(describe(name) if name in FEATURES else name for name in names[:3])
