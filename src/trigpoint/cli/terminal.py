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
    "read_bytes",
    "read_text",
    "say",
    "show_findings",
    "show_json",
    "shown_name",
    "table",
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
    lines = "\n".join(map(printable, text.split("\n")))
    if not style or not lines:
        return lines
    names = style.split()
    colour = next((name for name in names if name not in ("bold", "dim")), None)
    return click.style(lines, fg=colour, bold="bold" in names or None, dim="dim" in names or None)


def say(*parts: Part, err: bool = False) -> None:
    """Print *parts* as a line, on standard error if *err*."""
    click.echo("".join(map(_styled, parts)), err=err, color=_colour())


def table(
    heads: Sequence[str], rows: Iterable[Sequence[Part]], centred: Iterable[int] = ()
) -> None:
    """Print *rows* in columns below their *heads*; the *centred* ones, by number, in the middle."""
    cells: list[Sequence[Part]] = [list(heads), *rows]
    texts = [[each if isinstance(each, str) else each[0] for each in row] for row in cells]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    middle = frozenset(centred)
    for row, words in zip(cells, texts, strict=True):
        line: list[Part] = []
        for i, (part, text) in enumerate(zip(row, words, strict=True)):
            left = widths[i] - width(text)
            before = left // 2 if i in middle else 0
            behind = left - before if i < len(widths) - 1 else 0
            line += [" " * before, part, " " * behind, _GAP if i < len(widths) - 1 else ""]
        say(*line)


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


def read_text(argument: str) -> str:
    """Return *argument*, or standard input where it is ``-``."""
    if argument == "-":
        with click.open_file("-", encoding="utf-8", errors="replace") as stream:
            return str(stream.read()).rstrip("\n")
    return argument


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
