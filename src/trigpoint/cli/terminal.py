"""How answers look in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.console import Console
from rich.text import Text

from trigpoint.findings import Finding, Severity, render

__all__ = ["console", "printable", "read_text", "show_findings"]

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def console() -> Console:
    """Return a console on standard output; plain where that is no terminal."""
    return Console(highlight=False, soft_wrap=True)


def printable(text: str) -> str:
    r"""Replace characters that would drive the terminal.

    >>> printable("a\x1b[31mb")
    'a�[31mb'
    """
    return "".join(
        char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def read_text(argument: str) -> str:
    """Return *argument*, or standard input where it is ``-``."""
    if argument == "-":
        with click.open_file("-", encoding="utf-8", errors="replace") as stream:
            return str(stream.read()).rstrip("\n")
    return argument


def show_findings(out: Console, findings: Sequence[Finding], text: str, *, name: str = "") -> None:
    """Print *findings* with their lines of *text*, a mark under each place and the fix."""
    for finding in findings:
        block = render([finding], text, name=name)
        head, *rows = block.split("\n")
        label, _, message = head.partition(": ")
        out.print(Text.assemble((label, f"bold {_STYLES[finding.severity]}"), ": ", message))
        for row in rows:
            mark = row.lstrip(" |")
            style = _STYLES[finding.severity] if mark and set(mark) == {"^"} else ""
            out.print(Text(row, style="green" if row.startswith("  fix:") else style))
        out.print()
