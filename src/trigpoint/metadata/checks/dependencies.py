"""Checks of the fields that name projects and extras."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from packaging.utils import canonicalize_name

from trigpoint.findings import TextIndex
from trigpoint.metadata.checks.context import Context
from trigpoint.metadata.checks.fused import split_requirement
from trigpoint.metadata.requirement import (
    Problem,
    Requirement,
    marker_findings,
    parse,
    readable_problems,
    specifier_problems,
)
from trigpoint.metadata.text.header import Every, Header
from trigpoint.requirements.clauses import clause_ranges
from trigpoint.requirements.glance import surely_met
from trigpoint.requirements.quick import NAME as PROJECT
from trigpoint.requirements.quick import common, plain_extra, plain_marker
from trigpoint.requirements.reader import read
from trigpoint.requirements.tree import Dialect, Kind
from trigpoint.versions import is_version, number

__all__ = ["CHECKS", "across", "requires_dist"]

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\Z").match
NORMAL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z").match
_DIST = re.compile(
    rf"[ \t]*+{PROJECT}[ \t]*+(?:\(([^)]*+)\)|([^;(\[]*+))[ \t]*+(?:;(.*+))?\Z", re.DOTALL
).match
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_OF_ONE_PATCH = re.compile(r"(==|!=|<=|>)[ \t]*+([0-9]{1,9}+(?:\.[0-9]{1,9}+)?)").fullmatch
_MODULE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*[ \t]*(?:\([^()]*\))?\Z").match


def requires_dist(context: Context, every: Every) -> None:
    """Check *every* requirement, and their markers; what is wrong goes to *context*."""
    seen: dict[str, int] = {}
    quick = not context.next_major
    values = every.values
    for at in range(len(values)) if context.doubtful is None else context.doubtful:
        value = values[at]
        first = seen.setdefault(value, at)
        if first != at:
            message = f"the same stands in line {context.line(every[first])}"
            context.needless("metadata-repeated", every[at], message)
            continue
        if quick and (match := common(value)):
            if extra := match[1] or match[2]:
                context.extra_markers.append((every, at, extra))
            continue
        marker = _requirement(context, every[at])
        if not quick or marker is None or not (found := plain_marker(marker)):
            if marker is not None and "extra" in marker:
                context.extra_markers.append((every, at, plain_extra(marker)))
        elif found[0] is not None:
            context.extra_markers.append((every, at, found[0]))


def _requirement(context: Context, header: Header) -> str | None:
    """Check the requirement of *header*, and return its marker if it can be read."""
    value = header.value
    parsed = parse(value, _dialect(context))
    if not isinstance(parsed, Requirement):
        _problems(context, header, parsed, "metadata-requirement")
        if halves := split_requirement(header, parsed):
            ending = "\r\n" if "\r\n" in context.document.text else "\n"
            new = f"{ending}{header.name}: ".join(halves)
            context.mend_last(new, header.value_span)
        shape = read(value, _dialect(context)).shape
        if shape.marker is not None:
            _marker(context, header, shape.marker, shape.marker_at)
        return None
    for problem in readable_problems(parsed):
        _problems(context, header, [problem], problem.kind.value)
    if parsed.url is not None:
        context.add(
            "metadata-direct-reference",
            header,
            f"{parsed.name} is asked for by an address, and public indexes refuse such files",
            f"ask for {parsed.name} by its version if this is to be published",
        )
    if parsed.extras is not None:
        _requested(context, header, parsed)
    if parsed.parentheses and context.rules >= (2, 1):
        # Blanks may stand inside the parentheses.
        opened = value.rindex("(", 0, parsed.specifier_at)
        closed = value.index(")", parsed.specifier_at + len(parsed.specifier))
        context.add(
            "metadata-requirement-parentheses",
            header,
            "parentheses around the version are read, but no longer written",
            "leave the parentheses out",
            at=(opened, closed + 1),
            replacement=parsed.specifier,
        )
    marker = parsed.marker
    if marker is not None and (
        context.next_major or not (plain_marker(marker) or plain_extra(marker))
    ):
        _marker(context, header, marker, parsed.marker_at)
    return marker


def _dialect(context: Context) -> Dialect:
    """Return how requirements are read under the rules of the document's version."""
    return Dialect.DEPENDENCY if context.rules >= (2, 1) else Dialect.LEGACY


def _problems(context: Context, header: Header, problems: list[Problem], code: str) -> None:
    """Report problems of the header's value as *code*, or as of the past."""
    if not problems:
        return
    index = TextIndex(header.value)
    for problem in problems:
        old = problem.kind is Kind.OLD
        context.lift(header, 0, problem.finding(index, "metadata-requirement-old" if old else code))


def _requested(context: Context, header: Header, parsed: Requirement) -> None:
    assert parsed.extras is not None
    if not parsed.extras and not context.next_major:
        context.add(
            "metadata-empty-extras",
            header,
            f"{parsed.name}[] is read as {parsed.name} today; PEP 771 would give it a meaning",
            "delete the brackets",
            at=parsed.bracket,
            replacement="",
        )


def _marker(context: Context, header: Header, marker: str, at: int, unread: str = "") -> None:
    """Report on a marker; with *unread*, what cannot be read is reported as that."""
    read, found = marker_findings(marker)
    lock_only = {each.span for each in found if each.code == "marker-extras-context"}
    for finding in found:
        if (
            not context.next_major
            and finding.code == "marker-undefined-comparison"
            and finding.span in lock_only
        ):
            continue  # How a lock file would say it is no help here.
        if read is None and unread:
            context.lift(header, at, finding, code=unread)
        elif finding.code == "marker-extras-context":
            if not context.next_major or "extras" not in finding.message:
                context.lift(header, at, finding, code="metadata-extras-variable")
        elif not (context.next_major and finding.code == "marker-extra-conjunction"):
            context.lift(header, at, finding)
    if context.next_major and read is not None and "extra" in read.variables:
        start = re.search(r"\bextra\b", marker)
        place = (at + start.start(), at + start.end()) if start else (at, len(header.value))
        context.add(
            "metadata-extra-variable",
            header,
            "in the 3.0 model the variable is the set extras",
            "write 'name' in extras",
            at=place,
        )


def requires_python(context: Context, header: Header) -> None:
    """Check a version specifier that stands alone."""
    value = header.value
    if not value.strip():
        context.add(
            "metadata-empty",
            header,
            "an empty specifier allows every Python",
            "leave the field out",
        )
        return
    bare, semicolon, _ = value.partition(";")
    if semicolon:
        context.add(
            "metadata-requires-python",
            header,
            f"{context.called('Requires-Python')} takes no marker",
            "delete the marker",
            at=(len(bare), len(value)),
            replacement="" if bare.strip() else None,
        )
    if context.document.origin is not None and is_version(bare):
        # Which of the two was meant is not to be seen, so that no button decides it.
        plain = bare.strip()
        context.add(
            "metadata-requires-python",
            header,
            f"{plain!r} is a version without an operator",
            f"write >={plain} for that and newer ones, or =={plain} for that one alone",
            at=(0, len(bare)),
        )
        return
    problems = specifier_problems(bare, dialect=_dialect(context))
    if bare.strip() == "*":
        # Any Python is what the field says by not being there.
        problems = [each._replace(fix="leave the field out", replacement=None) for each in problems]
    _problems(context, header, problems, "metadata-requires-python")
    if not problems:
        _pythons(context, header, bare)


def _pythons(context: Context, header: Header, specifiers: str) -> None:
    """Check which Pythons *specifiers*, which can be read, really allow."""
    clauses = [
        (start, end, match)
        for start, end in clause_ranges(specifiers)
        if (match := _OF_ONE_PATCH(specifiers[start:end]))
    ]
    above = _above(specifiers, [match[2] for _, _, match in clauses if match[1] == ">"])
    for start, end, match in clauses:
        operator, written = match.groups()
        first = written if "." in written else f"{written}.0"
        if operator == ">":
            if written != above:
                continue
            # Above 3 is what a Python 3 is meant to be; above 3.8 it is the minor version.
            *major, last = written.split(".")
            better = f">={'.'.join([*major, str(number(last) + 1)])}" if major else f">={written}"
            message = f"{match[0]} leaves out {first}.0 alone, and allows {first}.1"
        elif operator == "<=":
            *major, last = written.split(".")
            better = f"<{'.'.join([*major, str(number(last) + 1)])}"
            message = f"{match[0]} leaves out {first}.1 and all behind it"
        else:
            # What leaves all of 3 out would leave nothing that a reader has.
            better = f"{operator}{first if operator == '!=' else written}.*"
            said = "allows" if operator == "==" else "leaves out"
            message = f"{match[0]} {said} {first}.0 alone, and not {first}.1"
        context.add(
            "metadata-requires-python-patch",
            header,
            message,
            f"write {better}",
            at=(start, end),
            replacement=better,
        )
    if no_python(specifiers):
        message = f"no Python is {specifiers.strip()}"
        context.add("requirement-impossible", header, message, "delete one of the clauses")


def _above(specifiers: str, versions: Sequence[str]) -> str:
    """Return which of *versions*, each behind a ``>``, has later patches among *specifiers*.

    It is the highest, if another clause does not leave those out; empty for none.
    """
    if not versions:
        return ""
    from trigpoint.requirements.apart import allowed, apart  # for few documents

    highest = max(versions, key=lambda each: [number(part) for part in each.split(".")])
    later = f"{highest}.1" if "." in highest else f"{highest}.0.1"
    return "" if apart(allowed(specifiers), allowed(f"=={later}")) else highest


def sound_python(specifiers: str) -> bool:
    """Say whether there is nothing to say about *specifiers*, which can be read.

    >>> sound_python(">=3.8,<4"), sound_python("<=3.8")
    (True, False)
    """
    if "," not in specifiers:
        return _OF_ONE_PATCH(specifiers.strip()) is None
    clauses = map(str.strip, specifiers.split(","))
    return not any(map(_OF_ONE_PATCH, clauses)) and not no_python(specifiers)


def no_python(specifiers: str) -> bool:
    """Say whether no version is among *specifiers*, which can be read.

    >>> no_python(">=3.8,<3.8"), no_python(">=3.8,<3.9")
    (True, False)
    """
    if "," not in specifiers or surely_met(specifiers):
        return False
    from trigpoint.requirements.apart import allowed, none_fits  # for few documents

    return none_fits(allowed(specifiers))


def provides_extra(context: Context, header: Header) -> None:
    """Check the name of an extra."""
    value = header.value
    if NORMAL(value):
        return
    if not NAME(value):
        context.add(
            "metadata-extra-name",
            header,
            f"{value!r} is no extra name",
            "use letters and digits, with single hyphens between them",
        )
        return
    normal = canonicalize_name(value)
    strict = context.rules >= (2, 3)
    since = f"{context.version} allows" if strict else "2.3 and later allow"
    context.add(
        "metadata-extra-unnormalised" if strict else "metadata-extra-spelling",
        header,
        f"{since} only the normalised name {normal!r}",
        f"write {normal}",
        # Where another one is called so, two spellings become a clash.
        replacement=normal if context.provided()[normal] < 2 else None,
    )


def other_dist(context: Context, header: Header) -> None:
    """Check Provides-Dist and Obsoletes-Dist."""
    match = _DIST(header.value)
    if match is None:
        context.add(
            "metadata-dist",
            header,
            f"{header.value!r} does not start with a project name",
            "write a project name, then a version in parentheses if you need one",
        )
        return
    bracketed, plain, marker = match.groups()
    version = bracketed if bracketed is not None else plain
    at = match.start(1) if bracketed is not None else match.start(2)
    problems = specifier_problems(version, at, Dialect.LEGACY)
    wrong = [problem for problem in problems if problem.kind is not Kind.OLD]
    _problems(context, header, wrong, "metadata-dist")
    if marker is not None:
        _marker(context, header, marker, match.start(3), "metadata-dist")


def requires_external(context: Context, header: Header) -> None:
    """Check the marker of a dependency outside Python."""
    value = header.value
    if not value.partition(";")[0].strip():
        context.add("metadata-empty", header, "there is no name", "name what is needed")
    elif ";" in value:
        at = value.index(";") + 1
        _marker(context, header, value[at:], at, "metadata-external-marker")


def modules(context: Context, header: Header) -> None:
    """Check the import name of a field of version 1.1."""
    if not _MODULE(header.value):
        context.add(
            "metadata-module",
            header,
            f"{header.value!r} is no import name",
            "write a module name, optionally with versions in parentheses",
        )


def across(context: Context) -> None:
    """Check the extras and requirements of *context* against each other."""
    document = context.document
    declared: dict[str, int] = {}
    every = document.every("provides-extra")
    for at, value in enumerate(every.values):
        normal = value if NORMAL(value) else canonicalize_name(value)
        if declared.setdefault(normal, at) == at:
            continue
        header, first = every[at], every[declared[normal]]
        if first.value == header.value:
            context.add(
                "metadata-repeated",
                header,
                f"{header.value} is already in line {first.line}",
                "delete this line",
            )
        else:
            context.add(
                "metadata-extra-clash",
                header,
                f"{header.value} and {first.value} in line {first.line} are the same name",
                "rename one of them",
            )
    for header in document.fields("default-extra"):
        if canonicalize_name(header.value) not in declared:
            context.add(
                "metadata-default-extra",
                header,
                f"no Provides-Extra lists {header.value!r}",
                f"add Provides-Extra: {header.value}",
            )
    if context.document.origin is not None and context.document.origin.names:
        return  # the reader of the table says it, with what to write there
    for requirements, at, plain in context.extra_markers:
        if plain is None or plain not in declared:
            _undeclared(context, requirements[at], declared.keys())


def _undeclared(context: Context, header: Header, declared: AbstractSet[str]) -> None:
    parsed = parse(header.value)
    if not isinstance(parsed, Requirement):
        return
    marker = parsed.marker or ""
    read, _ = marker_findings(marker)
    places: dict[str, tuple[int, int]] = {}
    for found in _LITERAL.finditer(marker):
        places.setdefault(canonicalize_name(found[0][1:-1]), found.span())
    for name in read.extras if read is not None else ():
        if name not in declared:
            start, end = places.get(name, (0, len(marker)))
            context.add(
                "metadata-extra-undeclared",
                header,
                f"no Provides-Extra lists {name!r}, so pip says that it does not exist; "
                "uv and poetry bring the requirement",
                f"add Provides-Extra: {name}",
                at=(parsed.marker_at + start, parsed.marker_at + end),
            )


CHECKS: Mapping[str, Callable[[Context, Header], None]] = {
    "requires-python": requires_python,
    "requires-external": requires_external,
    "provides-extra": provides_extra,
    "default-extra": provides_extra,
    "provides-dist": other_dist,
    "obsoletes-dist": other_dist,
    "requires": modules,
    "provides": modules,
    "obsoletes": modules,
}
