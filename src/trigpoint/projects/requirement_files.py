"""What there is to say about a requirement file as a whole, besides its lines.

Idea: pip has rules about files that no single line breaks: a constraint has a name and no
extras, and once one requirement has a hash, all must have one and be pinned.

Source: pip's requirement file format, constraints files, and secure installs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from trigpoint.archives.faults import shown
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order
from trigpoint.projects.report import NotRead, named
from trigpoint.requirements import (
    Editable,
    Line,
    PathLine,
    RequirementLine,
    RequirementsFile,
    Unknown,
    UrlLine,
    contradictions,
    needs_extra,
    read_requirements_file,
    stated_in,
)

__all__ = ["List", "constraint_findings", "place_of", "read_list"]

_USER: Final = re.compile(r"//[^/@]*@")
_SHOWN: Final = 60  # letters of a line that is named


class List(NamedTuple):
    """A requirement file: its lines, what is wrong, what of it was read, and what was not."""

    file: RequirementsFile
    findings: tuple[Finding, ...]
    read: tuple[str, ...]
    not_read: tuple[NotRead, ...]


def read_list(data: bytes) -> List:
    r"""Read *data*, the bytes of a requirement or constraints file.

    >>> found = read_list(b"spam==1\n--pre\n-e .\n")
    >>> found.read, [str(each) for each in found.not_read]
    (('1 requirement',), ['. (a project of its own)', '--pre (an option for pip)'])
    """
    file = read_requirements_file(data)
    index = TextIndex(file.text)
    findings = [
        *file.findings,
        *contradictions(stated_in(file)),
        *_hash_findings(file, index),
        *_extra_findings(file, index),
    ]
    return List(file, tuple(in_text_order(findings)), _read(file), tuple(_not_read(file)))


def place_of(line: Line, index: TextIndex) -> Span:
    """Return the place of *line*, without blanks around it and comments behind it.

    *index* is that of the text of the whole file.
    """
    text = line.text
    if line.comment and line.comment in text:
        text = text[: text.rindex(line.comment)]
    lead = len(text) - len(text.lstrip())
    start = line.start + lead
    return index.span(start, max(start, line.start + len(text.rstrip().rstrip("\\").rstrip())))


def _read(file: RequirementsFile) -> tuple[str, ...]:
    lines = file.requirements
    hashes = sum(len(line.hashes) for line in lines)
    read = [f"{len(lines):,} requirement{'' if len(lines) == 1 else 's'}"]
    if hashes:
        read.append(f"the form of {hashes:,} hash{'' if hashes == 1 else 'es'}")
    return tuple(read)


def _not_read(file: RequirementsFile) -> Iterator[NotRead]:
    projects, places, completed, options = list[str](), list[str](), list[str](), list[str]()
    for line in file.lines:
        if isinstance(line, Editable):
            projects.append(_named(line.target))
        elif isinstance(line, UrlLine | PathLine):
            places.append(_named(line.target))
        elif isinstance(line, Unknown) and line.variables:
            completed.append(f"line {line.number}")
        elif isinstance(line, RequirementLine) and line.requirement.url:
            places.append(_named(line.requirement.url))
        # A value may be a password.
        options += [
            each.name
            for each in line.options
            if each.name not in ("--hash", "--requirement", "--constraint", "--editable")
        ]
    yield from named(projects, "a project of its own")
    yield from named(places, "a place that is only named")
    yield from named(completed, "the environment completes it")
    yield from named(options, "an option for pip")


def _named(target: str) -> str:
    text = _USER.sub("//", target.split("?", maxsplit=1)[0])
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def constraint_findings(file: RequirementsFile) -> list[Finding]:
    r"""Return what pip refuses in *file* where it is a constraints file.

    >>> file = read_requirements_file("spam[a]==1\n")
    >>> [found.message for found in constraint_findings(file)]
    ['a constraint cannot have extras']
    """
    index = TextIndex(file.text)
    found = []
    for line in file.lines:
        if isinstance(line, RequirementLine) and line.requirement.extras:
            message, fix = "a constraint cannot have extras", "delete the brackets"
        elif isinstance(line, UrlLine | PathLine):
            message, fix = "a constraint has a name", f"write name @ {shown(_named(line.target))}"
        elif isinstance(line, Editable):
            message, fix = "a constraint cannot be editable", "move it to a requirement file"
        else:
            continue
        found.append(report("project-constraint", message, place_of(line, index), Fix(fix)))
    return found


def _hash_findings(file: RequirementsFile, index: TextIndex) -> Iterator[Finding]:
    lines = [line for line in file.requirements if line.requirement.valid]
    # Hashes may come from a constraints file too.
    if not any(line.hashes for line in lines) or any(each.constraint for each in file.includes):
        return
    for line in lines:
        requirement = line.requirement
        if requirement.url is not None:
            continue
        if not line.hashes:
            message = f"{requirement.name} has no hash, and others here have"
            fix = "add --hash, as pip-compile --generate-hashes does"
        elif not _pinned(line):
            message = f"{requirement.name} has a hash, and no version is pinned"
            fix = "pin it with =="
        else:
            continue
        yield report("project-hashes", message, place_of(line, index), Fix(fix))


def _extra_findings(file: RequirementsFile, index: TextIndex) -> Iterator[Finding]:
    for line in file.requirements:
        requirement = line.requirement
        if requirement.valid and needs_extra(requirement.marker):
            message = f"no extra is asked for here, so {requirement.name} is never installed"
            fix = "delete the test of extra, or list it as an extra of a project"
            yield report("requirement-extra", message, place_of(line, index), Fix(fix))


def _pinned(line: RequirementLine) -> bool:
    clauses = list(line.requirement.specifier)
    return len(clauses) == 1 and clauses[0].operator in ("==", "===")
