"""``trigpoint check``: whole projects, and every file that belongs to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import click

from trigpoint.cli.terminal import leave, read_bytes, say
from trigpoint.projects import INDEXES, Report, check_text
from trigpoint.projects import check as check_paths
from trigpoint.projects.formats.text import pieces

__all__ = ["check"]


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(exists=True, allow_dash=True),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="For people, for programs, for the log of a GitHub workflow, or for code scanning.",
)
@click.option(
    "--for",
    "index",
    type=click.Choice(INDEXES),
    help="Say too what keeps this index from taking the metadata and the files.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Show every warning, and what is only worth knowing."
)
def check(paths: tuple[str, ...], form: str, index: str | None, *, everything: bool) -> None:
    """Check every file of a project that says something about packaging.

    A PATH is a pyproject.toml, a requirements or constraints file, METADATA, a
    wheel, an sdist, or a folder, in which all of these are found; '-' reads
    standard input. Files that -r and -c name are read too. What was read is said,
    and what was not. The exit status is 1 after an error.
    """
    report = _report(paths, index or "")
    if form == "text":
        say(*((piece, _STYLES[kind]) for kind, piece in pieces(report, everything=everything)))
    elif form == "github":
        from trigpoint.projects.formats.github import github

        click.echo(github(report, everything=everything), nl=False)
    elif form == "json":
        from trigpoint.projects.formats.as_json import as_json

        click.echo(as_json(report))
    else:
        from trigpoint.projects.formats.sarif import sarif

        click.echo(sarif(report))
    leave(failed=report.failed)


_STYLES: Final = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "fix": "green",
    "text": "",
    "head": "bold",
    "quiet": "dim",
}


def _report(paths: Sequence[str], index: str) -> Report:
    """Check *paths*, of which ``-`` is standard input, for *index*."""
    report = check_paths((path for path in paths if path != "-"), index=index)
    if "-" not in paths:
        return report
    return Report((*check_text(read_bytes("-"), index=index).files, *report.files))
