"""A report for people, file by file: what is wrong, then what was read and what was not.

Idea: errors always show.  Of warnings of one code in one file the first few do, and of notes
none, unless all are asked for; whatever is left out is counted.  Nothing is called right that
was not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from trigpoint.findings import Finding, Part, Severity, printable, segments
from trigpoint.projects.report import FileReport, Report, severities

__all__ = ["MOST_ALIKE", "counted", "pieces", "shown_findings", "summary", "text", "total"]

MOST_ALIKE: Final = 3
"""Warnings of one code in one file that are shown unless all are asked for."""

_NOUNS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def shown_findings(file: FileReport, *, everything: bool) -> tuple[Finding, ...]:
    """Return the findings of *file* that are shown: all of them, if *everything* is asked for."""
    if everything:
        return file.findings
    seen: Counter[str] = Counter()
    found = []
    for each in file.findings:
        seen[each.code] += 1
        few = each.severity is Severity.WARNING and seen[each.code] <= MOST_ALIKE
        if few or each.severity is Severity.ERROR:
            found.append(each)
    return tuple(found)


def counted(counts: Mapping[Severity, int]) -> str:
    """Say how many findings *counts* has of each severity; empty for none.

    >>> counted({Severity.ERROR: 1, Severity.INFO: 2})
    '1 error, 2 notes'
    """
    return ", ".join(
        f"{counts[severity]:,} {noun}{'' if counts[severity] == 1 else 's'}"
        for severity, noun in _NOUNS.items()
        if counts.get(severity)
    )


def summary(file: FileReport) -> str:
    """Say in a sentence what was found in *file*.

    >>> summary(FileReport("a.txt", "requirements", read=("1 requirement",)))
    'a.txt: nothing is wrong in what was read.'
    """
    said = counted(severities(file.findings))
    if not said:
        said = "nothing is wrong in what was read" if file.read else "nothing was read"
        if file.kind == "folder" and file.read:
            said = f"{file.read[0]} to check"
    return f"{file.path or 'The text'}: {said}."


def total(report: Report, *, everything: bool) -> str:
    """Say in a sentence what was found in all files of *report*, and what is not shown of it.

    *everything* says whether all findings are shown.
    """
    read = sum(bool(file.read) and file.kind != "folder" for file in report.files)
    said = f"{read:,} file{'' if read == 1 else 's'} read"
    said += f"; {counted(report.counts()) or 'nothing is wrong in what was read'}." if read else "."
    hidden = [
        each
        for file in report.files
        for each in _hidden(file, shown_findings(file, everything=everything))
    ]
    if hidden:
        said += f" Left out here: {counted(severities(hidden))}; --all shows everything."
    return said


def _hidden(file: FileReport, shown: Sequence[Finding]) -> list[Finding]:
    ids = set(map(id, shown))
    return [each for each in file.findings if id(each) not in ids]


def pieces(
    report: Report, *, everything: bool
) -> Iterator[tuple[Part | Literal["head", "quiet"], str]]:
    """Yield what :func:`text` returns of *report*, in pieces, each with what it is.

    *everything* asks for all findings, notes too.  A ``head`` is a summary, and what is
    ``quiet`` is worth knowing only.
    """
    for file in report.files:
        found = shown_findings(file, everything=everything)
        if found:
            name = printable(file.place)
            yield from segments(found, file.text, name=name)
            yield "text", "\n\n"
        yield "head", f"{printable(summary(file))}\n"
        if file.read and file.kind != "folder":
            yield "quiet", f"  read: {printable(', '.join(file.read))}\n"
        if file.not_read:
            told = ", ".join(map(str, file.not_read))
            yield "quiet", f"  not read: {printable(told)}\n"
        yield "text", "\n"
    yield "head", total(report, everything=everything)


def text(report: Report, *, everything: bool = False) -> str:
    r"""Return *report* for people; *everything* asks for all findings, notes too.

    >>> from trigpoint.projects import check_text
    >>> print(text(check_text(b"spam=>1\n--pre\n", "requirements.txt")), end="")
    error[requirement-syntax]: '=>1' is no version specifier
      --> requirements.txt:1:5
      1 | spam=>1
        |     ^^^
      fix: write >=1
    <BLANKLINE>
    requirements.txt: 1 error.
      read: 1 requirement
      not read: --pre (an option for pip)
    <BLANKLINE>
    1 file read; 1 error.
    """
    told = "".join(piece for _, piece in pieces(report, everything=everything))
    return "\n".join(map(printable, told.split("\n"))) + "\n"
