"""A report as commands that a GitHub workflow shows beside the lines of a change.

Source: GitHub, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trigpoint.findings import Finding, Severity, printable
from trigpoint.projects.formats.text import shown_findings, total
from trigpoint.projects.report import FileReport, Report

__all__ = ["github"]

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
# What else the runner would read in them is not printable, and replaced before.
_VALUE: Final = str.maketrans({"%": "%25", "\n": "%0A"})
_PROPERTY: Final = str.maketrans({"%": "%25", ":": "%3A", ",": "%2C"})


def github(report: Report, *, everything: bool = False) -> str:
    r"""Return *report* as workflow commands, one a line, and a last line for people.

    *everything* asks for all findings, as :func:`trigpoint.projects.formats.text.text` does.
    What is wrong inside an archive is put to the archive, which has no lines to show.

    >>> from trigpoint.projects import check_text
    >>> print(github(check_text(b"spam=>1\n", "requirements.txt")), end="")
    ... # doctest: +ELLIPSIS
    ::error file=requirements.txt,line=1,col=5,endLine=1,endColumn=8,title=requirement-syntax::'=>1'...
    1 file read; 1 error.
    """
    return "".join(f"{line}\n" for line in _lines(report, everything=everything))


def _lines(report: Report, *, everything: bool) -> Iterator[str]:
    for file in report.files:
        for each in shown_findings(file, everything=everything):
            yield _command(file, each)
        if file.not_read:
            told = f"{file.path}: not read: {', '.join(map(str, file.not_read))}"
            # A debugging line shows where somebody asks for it.
            yield f"::debug::{printable(told).translate(_VALUE)}"
    yield total(report, everything=everything)


def _command(file: FileReport, finding: Finding) -> str:
    properties = {}
    if file.path:
        properties["file"] = file.path
    message = finding.message
    span = finding.span
    if span and not file.member:
        properties["line"] = str(span.line)
        # Columns are for one line only.
        if span.end_line == span.line:
            properties["col"] = str(span.column)
            properties["endLine"] = str(span.end_line)
            properties["endColumn"] = str(max(span.column, span.end_column))
        else:
            properties["endLine"] = str(span.end_line)
    elif span:
        message = f"{file.member}:{span.line}:{span.column}: {message}"
    properties["title"] = finding.code
    if finding.fix:
        message += f"\nfix: {finding.fix.message}"
    shown = "\n".join(map(printable, message.split("\n"))).translate(_VALUE)
    given = ",".join(
        f"{name}={printable(value).translate(_PROPERTY)}" for name, value in properties.items()
    )
    return f"::{_COMMANDS[finding.severity]} {given}::{shown}"
