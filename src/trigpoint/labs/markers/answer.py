"""What the marker lab is asked, and how it answers: where a marker holds, and why."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex, in_text_order
from trigpoint.kept import keeps
from trigpoint.labs import length
from trigpoint.labs.markers.nowhere import nowhere
from trigpoint.labs.memory import statements_of
from trigpoint.labs.reading import ReadCounts, reading_of
from trigpoint.markers import Environment, Explanation, Marker, Rules
from trigpoint.markers.meaning.environments import (
    DEFAULT_INTERPRETERS,
    DEFAULT_PLATFORMS,
    ENVIRONMENTS,
    INTERPRETERS,
    PLATFORMS,
    UnknownEnvironmentError,
    environment,
    this_interpreter,
)
from trigpoint.markers.meaning.semantics import (
    UndefinedComparison,
    UndefinedEnvironmentName,
    repair,
)
from trigpoint.requirements.statements import Statement
from trigpoint.versions import version

__all__ = [
    "MOST_LETTERS",
    "MOST_PARTS",
    "THIS",
    "Cell",
    "ExplainedPart",
    "MarkerLine",
    "MarkersRequest",
    "MarkersResponse",
    "answer",
]

THIS: Final = "this"
"""The name of the interpreter that answers, among environments and interpreters."""

MOST_PARTS: Final = 200
"""Parts of a marker that are explained; the rest is counted."""

MOST_LETTERS: Final = 300
"""Letters of a text that a row repeats: a deep marker holds itself many times over."""

_EXTRA_NAME = re.compile(r"[A-Z0-9]|[A-Z0-9][A-Z0-9._-]*[A-Z0-9]", re.IGNORECASE).fullmatch


@dataclass(frozen=True, slots=True)
class MarkersRequest:
    """What a reader asks.

    ``text`` holds markers or requirement lines.  ``environments`` names the
    environments to ask; if it is empty, every existing combination of
    ``interpreters`` and ``platforms`` is asked (``"this"`` is the interpreter
    that answers).  ``extras`` are the requested extras, ``rules`` a value of
    :class:`trigpoint.markers.Rules`.  ``marker`` and ``environment`` choose
    which answer is explained.
    """

    text: str = ""
    extras: tuple[str, ...] = ()
    rules: str = "spec"
    interpreters: tuple[str, ...] = DEFAULT_INTERPRETERS
    platforms: tuple[str, ...] = DEFAULT_PLATFORMS
    environments: tuple[str, ...] = ()
    marker: int = 0
    environment: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One environment of the grid; see :class:`trigpoint.markers.Environment`."""

    environment: str
    label: str
    interpreter: str
    interpreter_label: str
    platform: str
    platform_label: str
    note: str


@dataclass(frozen=True, slots=True)
class MarkerLine:
    """One marker or requirement of the text, and its answers.

    ``values`` has one answer for each of the response's environments: True,
    False, or None where the marker has no defined answer.  ``changed`` says
    which of them another rule set answers otherwise.
    """

    text: str
    requirement: str
    marker: str
    start: int
    end: int
    readable: bool
    values: tuple[bool | None, ...]
    changed: tuple[bool, ...]
    holds: int


@dataclass(frozen=True, slots=True)
class ExplainedPart:
    """One part of the explained marker; see :class:`trigpoint.markers.Explanation`.

    A text ends with an ellipsis where it has more than :data:`MOST_LETTERS` letters.
    """

    depth: int
    text: str
    start: int
    end: int
    op: str
    value: bool | None
    decides: bool
    left: str
    right: str
    kind: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class MarkersResponse:
    """The answer: ``lines`` x ``environments``, and the explanation of one cell.

    ``marker`` and ``environment`` name the cell.  ``unexplained`` counts the parts
    of its marker behind the first :data:`MOST_PARTS`.  ``compared_with`` is the
    rule set behind each line's ``changed``.  ``reading`` says what of the text was
    read.
    """

    rules: str
    extras: tuple[str, ...]
    environments: tuple[Cell, ...]
    lines: tuple[MarkerLine, ...]
    marker: int
    environment: str
    explanation: tuple[ExplainedPart, ...]
    unexplained: int
    findings: tuple[Finding, ...]
    compared_with: str
    reading: ReadCounts


def answer(request: MarkersRequest) -> MarkersResponse:
    """Answer where each marker of *request* holds, and why in the chosen environment."""
    findings: list[Finding] = []
    rules = _rules(request, findings)
    extras = _extras(request, findings)
    chosen = _environments(request, findings)
    found = statements_of(request.text)
    findings += found.findings
    statements = found.statements
    other = Rules.INSTALLERS if rules is Rules.SPEC else Rules.SPEC
    names = tuple(each.name for each in chosen)
    lines = []
    for statement in statements:
        lines.append(_line(statement, names, extras, rules, other))
        if rules is Rules.SUMMIT:
            findings += _summit(statement)
    silent = [each for each, line in zip(statements, lines, strict=True) if _silent(line)]
    findings += nowhere(silent, TextIndex(request.text), chosen, extras, rules)
    if request.text.strip() and not (statements or length.said(found.findings)):
        findings.append(
            report("marker-empty", "there is no marker and no requirement in this text")
        )
    marker = min(max(request.marker, 0), max(len(lines) - 1, 0))
    cell = _cell(request, chosen, lines[marker] if lines else None)
    explanation: tuple[ExplainedPart, ...] = ()
    unexplained = 0
    readable = bool(lines) and lines[marker].readable
    if readable and (asked := statements[marker].marker) is not None and cell:
        parts = asked.explain(environment(cell), extras, rules).walk()
        place = statements[marker].place
        explanation = tuple(
            _part(depth, part, *place(part.start, part.end))
            for depth, part in itertools.islice(parts, MOST_PARTS)
        )
        unexplained = sum(1 for _ in parts)
    return MarkersResponse(
        rules=rules.value,
        extras=extras,
        environments=tuple(_cell_of(each) for each in chosen),
        lines=tuple(lines),
        marker=marker,
        environment=cell,
        explanation=explanation,
        unexplained=unexplained,
        findings=tuple(in_text_order(findings)),
        compared_with=other.value,
        reading=reading_of(found),
    )


# -- what was chosen --------------------------------------------------------------------


def _rules(request: MarkersRequest, findings: list[Finding]) -> Rules:
    try:
        return Rules(request.rules)
    except ValueError:
        names = ", ".join(each.value for each in Rules)
        findings.append(
            report(
                "request-field",
                f"there are no rules called {request.rules!r}",
                None,
                Fix(f"choose one of {names}"),
            )
        )
        return Rules.SPEC


def _extras(request: MarkersRequest, findings: list[Finding]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for name in request.extras:
        if _EXTRA_NAME(name):
            names[canonicalize_name(name)] = None
        else:
            findings.append(
                report(
                    "request-extra",
                    f"{name!r} is no name of an extra",
                    None,
                    Fix("use letters and digits with - _ . between them"),
                )
            )
    return tuple(names)


def _environments(request: MarkersRequest, findings: list[Finding]) -> tuple[Environment, ...]:
    names = list(request.environments)
    if not names:
        for kind, known, given in (
            ("interpreter", INTERPRETERS, request.interpreters),
            ("platform", PLATFORMS, request.platforms),
        ):
            findings += [
                report(
                    "request-environment",
                    f"there is no {kind} called {name!r}",
                    None,
                    Fix(f"choose one of {', '.join((*known, THIS))}"),
                )
                for name in given
                if name not in known and name != THIS
            ]
        pairs = (f"{i}-{p}" for p in request.platforms for i in request.interpreters)
        names = [name for name in pairs if name in ENVIRONMENTS]
        if THIS in (*request.interpreters, *request.platforms):
            names.append(THIS)
    chosen = []
    for name in dict.fromkeys(names):
        try:
            chosen.append(environment(name))
        except UnknownEnvironmentError as error:
            hint = f"write {' or '.join(error.suggestions)}" if error.suggestions else "choose one"
            findings.append(report("request-environment", str(error), None, Fix(hint)))
    if not chosen and not findings:
        findings.append(
            report(
                "request-environment",
                "no chosen interpreter runs on a chosen platform",
                None,
                Fix("choose more of them"),
            )
        )
    return tuple(chosen)


# -- the grid ---------------------------------------------------------------------------


def _line(
    statement: Statement,
    names: tuple[str, ...],
    extras: tuple[str, ...],
    rules: Rules,
    other: Rules,
) -> MarkerLine:
    marker = statement.marker
    if marker is None:
        values = (True if statement.valid else None,) * len(names)
        told = _Row("", values, (False,) * len(names), values.count(True))
    else:
        told = _row(marker.text, names, extras, rules, other)
    return MarkerLine(
        statement.text,
        statement.requirement,
        told.marker,
        statement.start,
        statement.end,
        statement.valid,
        told.values,
        told.changed,
        told.holds,
    )


class _Row(NamedTuple):
    """What a line of the grid says, wherever in the text it stands."""

    marker: str
    values: tuple[bool | None, ...]
    changed: tuple[bool, ...]
    holds: int


@keeps(2048, lambda text, *_: len(text))
def _row(
    text: str, names: tuple[str, ...], extras: tuple[str, ...], rules: Rules, other: Rules
) -> _Row:
    """Answer for the marker *text*; kept, since a keystroke changes one line of many."""
    values = _held(text, names, extras, rules)
    changed = zip(values, _held(text, names, extras, other), strict=True)
    return _Row(
        str(Marker(text)), values, tuple(a is not b for a, b in changed), values.count(True)
    )


def _silent(line: MarkerLine) -> bool:
    """Say whether all cells of *line* say no."""
    return bool(line.values) and not any(value is not False for value in line.values)


def _held(
    text: str, names: tuple[str, ...], extras: tuple[str, ...], rules: Rules
) -> tuple[bool | None, ...]:
    """Return whether the marker *text* holds in each environment of *names*."""
    marker = Marker(text)
    chosen = [environment(name) for name in names]
    variables = sorted(marker.variables.intersection(this_interpreter()))
    known: dict[tuple[str, ...], bool | None] = {}
    values = []
    for each in chosen:
        key = tuple(each[name] for name in variables)
        if key not in known:
            try:
                known[key] = marker.evaluate(each, extras, rules)
            except (UndefinedComparison, UndefinedEnvironmentName):
                known[key] = None
        values.append(known[key])
    return tuple(values)


def _summit(statement: Statement) -> list[Finding]:
    """Say how a marker on `extra` is written under the proposal."""
    if statement.marker is None or "extra" not in statement.marker.variables:
        return []
    return [
        report(
            "marker-extra-summit",
            "under the proposal extra is no variable",
            None,
            Fix(
                "write 'name' in extras for extra == 'name', "
                "and 'name' not in extras for extra != 'name'"
            ),
        )
    ]


def _cell_of(each: Environment) -> Cell:
    return Cell(
        each.name,
        each.label,
        each.interpreter,
        each.interpreter_label,
        each.platform,
        each.platform_label,
        each.note,
    )


# -- the explanation --------------------------------------------------------------------


def _cell(request: MarkersRequest, chosen: Sequence[Environment], line: MarkerLine | None) -> str:
    """Return the environment to explain: the chosen one, else the first that is telling."""
    names = [each.name for each in chosen]
    if request.environment in names:
        return request.environment
    if line is None or not names:
        return ""
    rarer = line.holds * 2 <= len(names)
    telling = [i for i, value in enumerate(line.values) if value is None or value is rarer]
    everywhere = range(len(names))
    released = [i for i in telling or everywhere if not _prerelease(chosen[i])]
    return names[(released or telling or everywhere)[-1]]


def _prerelease(each: Environment) -> bool:
    return version(repair("python_full_version", each["python_full_version"])).is_prerelease


def _part(depth: int, part: Explanation, start: int, end: int) -> ExplainedPart:
    return ExplainedPart(
        depth=depth,
        text=_short(part.text),
        start=start,
        end=end,
        op=part.op,
        value=part.value,
        decides=part.decides,
        left=_short(part.left),
        right=_short(part.right),
        kind=part.kind.value if part.kind else None,
        reason=part.reason,
    )


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"
