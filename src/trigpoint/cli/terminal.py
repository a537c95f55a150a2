"""How answers look in a terminal.

A line is made of parts: texts, each alone or with a style.  Whatever is in a
text, it is shown and never sent: what would drive the terminal is replaced here,
once, and colour goes only where a terminal is and ``NO_COLOR`` is not set.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import click

from trigpoint.findings import Finding, printable, segments, width

__all__ = [
    "Part",
    "leave",
    "names_a_file",
    "read_bytes",
    "read_statements_of",
    "say",
    "show_findings",
    "show_json",
    "shown_name",
    "table",
    "write",
]

Part: TypeAlias = str | tuple[str, str]
"""A text, or a text and its style: ``bold`` or ``dim``, a colour, or both."""

_FINDINGS: Final = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "fix": "green",
    "text": "",
}
_GAP: Final = "  "


def _colour() -> bool | None:
    """Say whether colours go out; None is for click to say, by whether there is a terminal."""
    return False if os.environ.get("NO_COLOR") else None


def _styled(part: Part) -> str:
    text, style = (part, "") if isinstance(part, str) else part
    if not style and text.isprintable():
        return text
    lines = "\n".join(map(printable, text.split("\n")))
    if not style or not lines:
        return lines
    names = style.split()
    colour = next((name for name in names if name not in ("bold", "dim")), None)
    return click.style(lines, fg=colour, bold="bold" in names or None, dim="dim" in names or None)


def say(*parts: Part, err: bool = False) -> None:
    """Print *parts* as a line, on standard error if *err*."""
    _print([parts], err=err)


def _print(lines: Iterable[Iterable[Part]], *, err: bool) -> None:
    text = "\n".join("".join(map(_styled, parts)) for parts in lines)
    click.echo(text, err=err, color=_colour())


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Part]],
    centred: Iterable[int] = (),
    *,
    err: bool = False,
) -> None:
    """Print *rows* in columns below their *heads*; the *centred* ones, by number, in the middle.

    *err* is for standard error.
    """
    cells: list[Sequence[Part]] = [list(heads), *rows]
    texts = [[each if isinstance(each, str) else each[0] for each in row] for row in cells]
    taken = [[width(text) for text in row] for row in texts]
    widths = [max(column) for column in zip(*taken, strict=True)]
    middle = frozenset(centred)
    lines = []
    for row, columns in zip(cells, taken, strict=True):
        line: list[Part] = []
        for i, (part, own) in enumerate(zip(row, columns, strict=True)):
            left = widths[i] - own
            before = left // 2 if i in middle else 0
            behind = left - before if i < len(widths) - 1 else 0
            line += [" " * before, part, " " * behind, _GAP if i < len(widths) - 1 else ""]
        lines.append(line)
    _print(lines, err=err)


def write(text: str) -> None:
    """Write *text* byte by byte to a file or pipe, and harmless to a terminal."""
    if sys.stdout.isatty():
        click.echo("\n".join(map(printable, text.split("\n"))), nl=False)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))


def show_findings(
    findings: Sequence[Finding], text: str, *, name: str = "", err: bool = False
) -> None:
    """Print *findings* with their lines of *text*, a mark under each place and the fix.

    *name* is the file that *text* came from; *err* is for standard error.
    """
    if findings:
        say(
            *((piece, _FINDINGS[kind]) for kind, piece in segments(findings, text, name=name)),
            "\n",
            err=err,
        )


def show_json(value: Any) -> None:
    """Print *value*, a response or several, as the JSON that the page gets."""
    from trigpoint.labs.codec import dumps

    click.echo(dumps(value, indent=2))


def leave(*, failed: bool) -> None:
    """End the command, with status 1 if it *failed*."""
    if failed:
        sys.exit(1)


# -- reading ----------------------------------------------------------------------------


_FILES: Final = (".txt", ".in", ".toml")
"""How the names of files end that somebody means who types one; no marker ends so."""

_ARCHIVES: Final = (".whl", ".zip", ".gz", ".tgz", ".bz2", ".xz", ".tar")
_CHECK: Final = "try trigpoint check"


def read_statements_of(argument: str) -> tuple[str, str]:
    """Return the markers and requirements that *argument* is or names, and the name of a file.

    An *argument* that is ``-`` stands for standard input, and one that is the path
    of a file for what is in it; any other is the text itself, and has no name.  What
    is no UTF-8 is decoded as pip does, by a byte order mark or a coding comment;
    without either, a byte that is none is a lone surrogate, as :pep:`383` has it,
    and is written as that byte again.
    Raises :exc:`click.ClickException` for a file that cannot be read, is TOML or an
    archive, for the path of a folder, and for what looks like the name of a file that is
    not there.
    """
    name = shown_name(argument)
    if argument != "-" and not _is_file(argument):
        if names_a_file(argument):
            raise click.ClickException(f"{printable(argument)}: there is no such file")
        if _is_folder(argument):
            raise click.ClickException(f"{printable(argument)} is a folder; {_CHECK}")
        return argument, ""
    if name.endswith(".toml"):
        say_instead = f"is TOML; give its requirements, or {_CHECK}"
        raise click.ClickException(f"{printable(name)} {say_instead}")
    if name.lower().endswith(_ARCHIVES):
        raise click.ClickException(f"{printable(name)} is an archive; {_CHECK}")
    data = read_bytes(argument)
    try:
        return data.decode("utf-8"), name
    except UnicodeDecodeError:
        from trigpoint.requirements import read_requirements_file

        file = read_requirements_file(data)
        if any(finding.code == "requirement-encoding" for finding in file.findings):
            return data.decode("utf-8", "surrogateescape"), name
        return file.text, name


def names_a_file(argument: str, *, archives: bool = False) -> bool:
    """Say whether somebody who types *argument* means a file, there or not, and no marker.

    With *archives*, wheels and sdists count, too.

    >>> names_a_file("requirements.txt"), names_a_file("spam-1.tar.gz", archives=True)
    (True, True)
    >>> names_a_file("spam @ https://example.com/spam-1.tar.gz", archives=True)
    False
    """
    ends = (*_FILES, *_ARCHIVES) if archives else _FILES
    if any(map(str.isspace, argument)) or (archives and "://" in argument):
        return False
    return argument.endswith(ends)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:
        # Too long for a path.
        return False


def _is_folder(text: str) -> bool:
    """Say whether *text* is a folder's path, and not the name of a project that is called so."""
    if "/" not in text and "\\" not in text and text not in (".", ".."):
        return False
    try:
        return Path(text).is_dir()
    except (OSError, ValueError):
        return False


def read_bytes(path: str) -> bytes:
    """Return what is in the file at *path*, or on standard input where it is ``-``.

    Raises :exc:`click.ClickException` for a file that cannot be read.
    """
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise click.ClickException(f"{printable(path)}: {error.strerror}") from error


def shown_name(path: str) -> str:
    """Return *path* as the name of a file; empty for standard input."""
    return "" if path == "-" else path
