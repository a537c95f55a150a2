"""``trigpoint adopt``: an existing project, taken to a ``[project]`` table."""

from __future__ import annotations

from pathlib import Path

import click

from trigpoint.cli.terminal import leave, read_bytes, say, show_findings, table, write
from trigpoint.findings import Severity
from trigpoint.projects.adopt import HARMLESS, Adopted, adopt
from trigpoint.projects.builds import read_tree
from trigpoint.projects.review.patches import patch

__all__ = ["adopt_command"]

_NEW = "pyproject.toml"


@click.command(name="adopt")
@click.argument("path", type=click.Path(exists=True), default=".")
@click.option(
    "--write", "writes", is_flag=True, help="Write the pyproject.toml of the folder PATH."
)
@click.option("--diff", "as_diff", is_flag=True, help="Write what changes as a patch.")
@click.option(
    "--metadata",
    type=click.Path(exists=True, dir_okay=False),
    help="METADATA or PKG-INFO of a build, for what setup.py works out.",
)
def adopt_command(path: str, *, writes: bool, as_diff: bool, metadata: str | None) -> None:
    """Take the project at PATH from setup.py, setup.cfg, Poetry or Flit to a [project] table.

    PATH is a folder, a zip or an sdist. The new pyproject.toml goes to standard
    output, and where each value is from, what is not carried over and what
    METADATA of a build says to standard error. setup.py is read and never run.
    The exit status is 1 after an error.
    """
    folder = Path(path)
    if writes and not folder.is_dir():
        raise click.UsageError("--write needs a folder")
    files = read_tree(path).files
    built = read_bytes(metadata) if metadata is not None else None
    made = adopt(files, built, name=metadata or "")
    _tell(made, {name: data.decode("utf-8", "replace") for name, data in files.items()})
    failed = any(each.finding.severity is Severity.ERROR for each in made.found)
    if made.text is None:
        leave(failed=True)
    elif writes:
        _write(folder / _NEW, made.text)
    elif as_diff:
        write(patch(_NEW, made.before, made.text))
    else:
        write(made.text)
    leave(failed=failed)


def _tell(made: Adopted, texts: dict[str, str]) -> None:
    """Say on standard error what was taken, found and compared."""
    if made.taken:
        table(
            ("key", "from", "value"),
            [
                ((each.key, "bold"), f"{each.path}:{each.line}", (each.value, "dim"))
                for each in made.taken
            ],
            err=True,
        )
        say("", err=True)
    for path in dict.fromkeys(each.path for each in made.found):
        found = [each.finding for each in made.found if each.path == path]
        show_findings(found, texts.get(path, ""), name=path, err=True)
    if made.comparison is not None:
        matters = len(made.comparison.matters)
        for each in made.comparison.matters:
            say(("differs ", "bold red"), each.words, err=True)
        for kind, reason in HARMLESS.items():
            fields = [
                each.difference.field for each in made.comparison.found if each.harmless == kind
            ]
            if fields:
                named = ", ".join(dict.fromkeys(fields))
                label = ("open    ", "bold") if kind == "filled" else ("same    ", "green")
                say(label, f"{named}: {reason}", err=True)
        said = f"{matters} differences matter" if matters > 1 else "1 difference matters"
        said = said if matters else "nothing differs that matters"
        say((f"Compared with {made.evidence}: {said}.", "bold"), err=True)
    for path in made.obsolete:
        say(f"{path} says nothing more: delete it when METADATA of a build is the same.", err=True)


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error
    say((str(path), "bold"), " is written", err=True)
