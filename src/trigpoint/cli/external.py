"""``trigpoint external show``: the external lab in the terminal."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Any, Final

import click

from trigpoint.cli.environments import known_environment
from trigpoint.cli.files import read_found
from trigpoint.cli.terminal import Part, leave, say, show_findings, show_json, shown_name, table
from trigpoint.external.mappings import ECOSYSTEMS
from trigpoint.findings import printable
from trigpoint.labs.base import has_errors
from trigpoint.labs.documents import as_text
from trigpoint.labs.external import words
from trigpoint.labs.external.answer import answer, of_metadata
from trigpoint.labs.external.data import (
    DEFAULT_ECOSYSTEM,
    DEFAULT_ENVIRONMENT,
    OWN,
    PURPOSES,
    ExternalRequest,
    ExternalResponse,
    PlanRow,
)
from trigpoint.projects.paths import exists

__all__ = ["Question", "asked", "mapping_text", "name_at", "show", "show_answer", "text_at"]

_DEP_URL: Final = re.compile(r"[ \t]*(?:dep|pkg):", re.IGNORECASE).match


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about the file at ``path``, as the options of :func:`asked` say it.

    ``ecosystem`` and ``env`` are None for those of this machine.
    """

    path: str
    purpose: str
    extras: tuple[str, ...]
    groups: tuple[str, ...]
    env: str | None
    ecosystem: str | None
    pins: tuple[str, ...]
    mapping_file: IO[str] | None
    as_json: bool


def asked(
    *, ecosystem: str | None = None, env: str | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a command take a file, and what is asked about it, as a :class:`Question`.

    *ecosystem* and *env* are what is taken where nobody says another; None is what this machine has.
    """
    here = "" if ecosystem else "; without it, that of this machine"
    python = "" if env else "; without it, this Python"
    added = (
        click.argument("path", metavar="FILE|-|DEPURL"),
        click.option(
            "--for",
            "purpose",
            type=click.Choice(PURPOSES),
            default="build",
            show_default=True,
            help="What it is needed for.",
        ),
        click.option(
            "--extra", "extras", multiple=True, metavar="NAME", help="An extra that is asked for."
        ),
        click.option(
            "--group", "groups", multiple=True, metavar="NAME", help="A group that is asked for."
        ),
        click.option(
            "--env",
            default=env,
            show_default=True,
            metavar="NAME",
            callback=known_environment,
            help=f"The environment that markers are asked about, by its name{python}.",
        ),
        click.option(
            "--on",
            "ecosystem",
            type=click.Choice(ECOSYSTEMS),
            default=ecosystem,
            show_default=True,
            help=f"The ecosystem whose names and commands are shown{here}.",
        ),
        click.option(
            "--pin",
            "pins",
            multiple=True,
            metavar="VIRTUAL=PROVIDER",
            help="What to take for something virtual, such as interface/mpi=generic/mpich.",
        ),
        click.option(
            "--mapping",
            "mapping_file",
            type=click.File("r", encoding="utf-8", errors="replace"),
            help="A mapping of your own, in the form of PEP 804, in place of the ecosystem's names.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON."),
    )

    names = [each.name for each in fields(Question)]

    def add(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def given(**said: Any) -> None:
            command(Question(**{name: said.pop(name) for name in names}), **said)

        for each in reversed(added):
            each(given)
        return given

    return add


def text_at(path: str) -> str:
    """Return the text of the file at *path*; of a wheel or an sdist, that of its metadata.

    A requirement in its place, such as a DepURL, is the text itself.  Raises
    :exc:`click.ClickException` for a file that is not there or cannot be read.
    """
    if _is_typed(path):
        return path
    if path != "-" and not exists(Path(path)):
        hint = "a requirement itself begins with dep:, as in dep:generic/openssl"
        raise click.ClickException(f"{printable(path)}: there is no such file; {hint}")
    found = read_found(path)
    return of_metadata(found.data) if found.kind else as_text(found.data)


def name_at(path: str) -> str:
    """Return *path* as the name of a file; empty for standard input, and for a requirement."""
    return "" if _is_typed(path) else shown_name(path)


def _is_typed(path: str) -> bool:
    """Say whether *path* is a requirement that was typed in place of a file."""
    return _DEP_URL(path) is not None and not exists(Path(path))


def mapping_text(file: IO[str] | None) -> str:
    """Return what the *file* of ``--mapping`` holds, which is not nothing; empty without one."""
    text = file.read() if file else ""
    if file and not text.strip():
        raise click.UsageError("the file of --mapping is empty")
    return text


@click.command()
@asked(ecosystem=DEFAULT_ECOSYSTEM, env=DEFAULT_ENVIRONMENT)
def show(question: Question) -> None:
    """Say what FILE needs that is no Python package, and what that is called elsewhere.

    FILE is a pyproject.toml with an [external] table, a METADATA file, a wheel, an
    sdist, or a file with one requirement per line; '-' reads standard input. A requirement
    may stand in its place, such as dep:generic/openssl. The exit status is 1 after an
    error.
    """
    text, own = text_at(question.path), mapping_text(question.mapping_file)
    column = OWN if own else question.ecosystem or DEFAULT_ECOSYSTEM
    response = answer(
        ExternalRequest(
            text,
            question.purpose,
            question.extras,
            question.groups,
            question.env or DEFAULT_ENVIRONMENT,
            column,
            question.pins,
            own,
        )
    )
    if question.as_json:
        show_json(response)
    else:
        show_answer(response, text, name_at(question.path))
    leave(failed=has_errors(response.findings))


def show_answer(response: ExternalResponse, text: str, name: str) -> None:
    """Print *response* about *text* of the file *name*."""
    show_findings(response.findings, text, name=name)
    say((words.summary(response), "bold"))
    rows: list[list[Part]] = [
        [
            row.text,
            words.when(row) or words.KINDS[row.kind],
            (words.reason(row), "green" if row.counts else "dim"),
        ]
        for row in response.rows
    ]
    if rows:
        table(("Requirement", "Listed in", "Counts"), rows)
    for row in response.rows:
        if row.instead:
            say(f"Instead of {row.text}: {row.instead}")
    if response.plan is not None:
        _show(response.plan, response.ecosystem_title)


def _show(plan: PlanRow, title: str) -> None:
    say((title, "bold"))
    say(plan.summary)
    rows: list[list[Part]] = [
        [each.requirement, " ".join(each.packages) or "nothing", each.known]
        for each in plan.planned
    ]
    rows += [[each.requirement, ("missing", "yellow"), each.advice] for each in plan.missing]
    table(("Requirement", "Packages", "How well it is known"), rows)
    for each in plan.planned:
        for said in filter(None, (each.why, each.ranged)):
            say(f"{each.requirement}: {said}")
    for piece in plan.pieces[:1]:
        say((piece.title, "bold"))
        say(piece.text.rstrip("\n"))
