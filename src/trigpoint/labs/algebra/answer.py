"""What the algebra lab is asked, and how it answers: what markers mean, whatever their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from packaging.specifiers import InvalidSpecifier
from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order
from trigpoint.kept import keeps, letters_of
from trigpoint.labs.algebra.pictures import Picture, diagram, where_it_holds
from trigpoint.labs.algebra.rewriting import NewMarker, rewritten
from trigpoint.labs.memory import statements_of
from trigpoint.labs.reading import ReadCounts, reading_of
from trigpoint.markers import Marker, UndefinedComparison
from trigpoint.markers.exact.algebra import Meaning
from trigpoint.markers.exact.assumptions import BadAssumption, assumed
from trigpoint.markers.exact.texts import Undecided
from trigpoint.markers.writing.spelling import CannotSpell
from trigpoint.requirements import Requirement, Stated
from trigpoint.requirements.apart import allowed, apart
from trigpoint.requirements.statements import Statement
from trigpoint.requirements.together import MOST_CONFLICTS, Conflict, Together, compared, told
from trigpoint.versions import specifiers

__all__ = [
    "ASSUMPTIONS",
    "MODES",
    "MOST_PAIRS",
    "AlgebraRequest",
    "AlgebraResponse",
    "ComparedPair",
    "ComparedRequirements",
    "MarkerComparison",
    "SimpleLine",
    "answer",
    "effective",
    "negated",
    "other_model",
    "simplified",
]

MODES: Final = ("simplify", "compare", "merge")
ASSUMPTIONS: Final = ("", "known-platforms", "any-values")
"""What may be taken for granted; the empty one is what :func:`effective` says."""

_KNOWN: Final = "known-platforms"

MOST_PAIRS: Final = 1000
"""Pairs of lines for one project that a merge shows; a finding says if there are more."""

_UNDECIDED: Final = "undecided"
_ALWAYS: Final = Marker("os_name == '' or os_name != ''")


@dataclass(frozen=True, slots=True)
class _Granted:
    """What is taken for granted: an assumption that was read, and means where it holds."""

    meaning: Meaning


@dataclass(frozen=True, slots=True)
class AlgebraRequest:
    """What a reader asks.

    ``text`` holds markers or requirement lines.  ``mode`` is ``"simplify"``
    (each line by itself), ``"compare"`` (the first two) or ``"merge"`` (lines
    for the same project against each other).  ``assuming`` is
    ``"known-platforms"``, ``"any-values"``, or empty for what :func:`effective`
    says, ``python`` a version specifier such as ``>=3.9``, or empty: what may be
    taken for granted.  ``line`` chooses which
    marker is drawn.  With ``all``, a merge shows pairs of lines without a conflict too.
    """

    text: str = ""
    mode: str = "simplify"
    assuming: str = ""
    python: str = ""
    line: int = 0
    all: bool = False


@dataclass(frozen=True, slots=True)
class SimpleLine:
    """One marker or requirement and what it comes to; texts are empty where nothing says them.

    ``marker`` is empty where there is none or it cannot be read.  ``holds`` is
    ``"always"`` (also without a marker), ``"never"`` or ``"sometimes"``, empty
    where the marker has no defined meaning or that was not found out in time.  ``next_major`` is the marker for the
    other metadata model, 3.0 or 2.x.  ``number`` is that of its line in the text.
    """

    number: int
    text: str
    requirement: str
    marker: str
    start: int
    end: int
    readable: bool
    holds: str
    simplified: str
    negated: str
    requires_python: str
    next_major: str


@dataclass(frozen=True, slots=True)
class ComparedRequirements:
    """What two requirements say in front of their markers, against each other.

    ``names`` are in normal form, ``extras`` those that only the first and only the
    second asks for, ``urls`` empty where there is none.  ``versions`` says how the
    versions that they allow lie to each other, in the words of
    :class:`ComparedPair`; it is empty where nothing decides that.
    """

    names: tuple[str, str]
    extras: tuple[tuple[str, ...], tuple[str, ...]]
    urls: tuple[str, str]
    versions: str


@dataclass(frozen=True, slots=True)
class MarkerComparison:
    """Two markers against each other; ``witness`` is an environment where they differ.

    ``otherwise`` is empty unless known platforms are taken for granted and that
    decides the answer: then it says in the words of :class:`ComparedPair` how the
    markers lie to each other where any values may occur together.
    ``requirements`` compares what stands in front of them, if both have that.
    ``one_requirement`` says that one of the two is a marker alone, so that only
    the markers are compared.
    """

    equal: bool
    implies: bool
    implied: bool
    disjoint: bool
    witness: dict[str, str]
    first_holds: bool
    otherwise: str
    requirements: ComparedRequirements | None
    one_requirement: bool


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """Two lines for one project: how their markers lie to each other.

    ``relation`` is ``"same"``, ``"overlap"``, ``"within"`` (the first holds only
    where the second does), ``"around"`` or ``"apart"``.  ``conflict`` says that
    no version fits both and that both hold in an environment that is known;
    ``together`` is where they do as a marker, ``environment`` one of those
    environments, and ``where`` says it in words, all empty without a conflict.
    ``extras`` are those that have to be asked for until both hold.  ``compared`` is
    False for a pair of which it was not found out whether it is in conflict.
    """

    name: str
    first: int
    second: int
    relation: str
    conflict: bool
    together: str
    extras: tuple[str, ...]
    environment: dict[str, str]
    where: str
    compared: bool


@dataclass(frozen=True, slots=True)
class AlgebraResponse:
    """The answer of the mode that was asked for.

    ``assuming`` is what was taken for granted, never empty.  ``unknown`` says that
    known platforms were not, as :func:`effective` would have it, since one of the two
    markers holds on none of them.
    ``pairs`` are pairs of lines for the same project, those in conflict first; with
    ``all`` the others too.  ``pair_count`` is how many there are.
    ``reading`` says what of the text was read.  ``rewritten`` is the text with
    the shortest markers, every other letter as it was; empty in other modes.
    """

    mode: str
    assuming: str
    python: str
    line: int
    lines: tuple[SimpleLine, ...]
    comparison: MarkerComparison | None
    pairs: tuple[ComparedPair, ...]
    pair_count: int
    all: bool
    unknown: bool
    pictures: tuple[Picture, ...]
    reading: ReadCounts
    rewritten: str
    findings: tuple[Finding, ...]


def answer(request: AlgebraRequest) -> AlgebraResponse:
    """Answer *request* in the mode that it asks for."""
    findings: list[Finding] = []
    mode = _known(request.mode, MODES, "mode", "simplify", findings)
    wanted = _known(request.assuming, ASSUMPTIONS, "assumption", "", findings)
    assuming = effective(wanted, mode)
    world = _world(assuming, request.python, findings)
    anywhere = _world("any-values", request.python, [])
    found = statements_of(request.text)
    findings += found.findings
    statements = found.statements
    unknown = mode == "compare" and not wanted and _unknown(statements, world, anywhere)
    if unknown:
        assuming, world = "any-values", anywhere
    lines = tuple(_simple(each, world, mode == "simplify") for each in statements)
    for line in lines:
        if line.holds == _UNDECIDED:
            findings.append(_undecided(TextIndex(request.text).span(line.start, line.end)))
    lines = tuple(replace(line, holds="") if line.holds == _UNDECIDED else line for line in lines)
    chosen = min(max(request.line, 0), max(len(lines) - 1, 0))
    pictures: tuple[Picture, ...] = ()
    if mode == "simplify" and lines and lines[chosen].holds:
        marker = statements[chosen].marker
        if marker is not None:
            pictures = _pictures(marker.text)
    comparison = None
    if mode == "compare":
        anything = anywhere if assuming == _KNOWN else world
        comparison = _compare(statements, lines, world, anything, findings)
    merged = _Merge(statements, lines, world, request) if mode == "merge" else None
    if merged is not None:
        findings += merged.findings
    return AlgebraResponse(
        mode=mode,
        assuming=assuming,
        python=request.python,
        line=chosen,
        lines=lines,
        comparison=comparison,
        pairs=() if merged is None else tuple(merged.pairs),
        pair_count=0 if merged is None else merged.count,
        all=request.all,
        unknown=unknown,
        pictures=pictures,
        reading=reading_of(found),
        rewritten=rewritten(found, map(simplified, lines)).text if mode == "simplify" else "",
        findings=tuple(in_text_order(findings)),
    )


@keeps(16)
def _pictures(text: str) -> tuple[Picture, ...]:
    """Draw the marker *text*; kept, since a keystroke changes one line of many."""
    marker = Marker(text)
    return diagram(marker), where_it_holds(marker)


def effective(assuming: str, mode: str) -> str:
    """Return what is taken for granted in *mode* if *assuming* was chosen, empty if nothing was.

    Who compares two markers most likely means platforms that exist; what a marker is
    replaced with should mean the same everywhere.

    >>> effective("", "compare"), effective("", "simplify"), effective("any-values", "compare")
    ('known-platforms', 'any-values', 'any-values')
    """
    return assuming or (_KNOWN if mode == "compare" else "any-values")


# -- what was chosen --------------------------------------------------------------------


def _known(
    value: str, options: Iterable[str], what: str, default: str, findings: list[Finding]
) -> str:
    if value in options:
        return value
    names = ", ".join(option for option in options if option)
    findings.append(
        report(
            "request-field",
            f"there is no {what} called {value!r}",
            None,
            Fix(f"choose one of {names}"),
        )
    )
    return default


def _world(assuming: str, python: str, findings: list[Finding]) -> _Granted | None:
    """Return what may be taken for granted, checked; what cannot be is a finding."""
    if python.strip():
        try:
            return _where(assuming, python)
        except (InvalidSpecifier, BadAssumption) as error:
            findings.append(
                report("request-assumption", str(error), None, Fix("write it as in >=3.9, <4"))
            )
    return _where(assuming, "")


@keeps(8, letters_of)
def _where(assuming: str, python: str) -> _Granted | None:
    """Return where the assumptions hold; kept, since a keystroke leaves them as they are."""
    parts: list[Any] = [assuming] if assuming == _KNOWN else []
    if python:
        parts.append(specifiers(python))
    return _Granted(assumed(tuple(parts))) if parts else None


def _unknown(
    statements: Sequence[Statement], known: _Granted | None, anything: _Granted | None
) -> bool:
    """Say whether one of the first two markers holds somewhere, but on no platform of *known*."""
    markers = [each.marker.text for each in statements[:2] if each.marker is not None]
    return any(
        _told(text, known, full=False)[0] == "never"
        and _told(text, anything, full=False)[0] != "never"
        for text in markers
    )


# -- each line by itself ----------------------------------------------------------------


def _simple(statement: Statement, world: _Granted | None, full: bool) -> SimpleLine:
    marker = statement.marker
    if marker is not None:
        holds, *told = _told(marker.text, world, full)
    else:
        holds, *told = "always" if statement.valid else "", "", "", "", ""
    return SimpleLine(
        statement.line.number,
        statement.text,
        statement.requirement,
        "" if marker is None else marker.text.strip(),
        statement.start,
        statement.end,
        statement.valid,
        holds,
        *told,
    )


@keeps(256, letters_of)
def _told(text: str, world: _Granted | None, full: bool) -> tuple[str, str, str, str, str]:
    """Return whether the marker *text* holds, and if *full* and sometimes, what it comes to.

    That is the short text, the negation, the Python versions, and the text for the
    other metadata model.  Kept, since a keystroke changes one line of many.
    """
    marker = Marker(text)
    holds = _holds(marker, world)
    if holds != "sometimes" or not full:
        return holds, "", "", "", ""
    next_major = ""
    if {"extra", "extras"} & marker.variables:
        migrated = marker.migrate("3.0" if "extra" in marker.variables else "2.x").marker
        next_major = _text(migrated) if migrated is not None else ""
    return (
        holds,
        _simplified(marker, world),
        _text(~marker),
        str(marker.requires_python()),
        next_major,
    )


def _holds(marker: Marker, world: _Granted | None) -> str:
    try:
        if not marker.is_satisfiable(assuming=world):
            return "never"
        return "always" if marker.is_always(assuming=world) else "sometimes"
    except Undecided:
        return _UNDECIDED
    except UndefinedComparison:
        return ""


def _undecided(span: Span | None) -> Finding:
    """Return the finding on a question that stays open, about the text at *span* if there is one."""
    return report(
        "marker-undecided",
        "whether all these conditions can hold at once was not found out in time",
        span,
        Fix("ask fewer things at once, and compare versions instead of parts of their text"),
    )


def _text(marker: Marker) -> str:
    """Return *marker* as text, empty where nothing says it."""
    try:
        return str(marker)
    except CannotSpell:
        return ""


def _simplified(marker: Marker, world: _Granted | None) -> str:
    try:
        return str(marker.simplify(assuming=world))
    except CannotSpell:
        return ""


# -- lines as they are written again -----------------------------------------------------


def simplified(line: SimpleLine) -> NewMarker:
    """Return the shortest marker that was found for *line*; none where it always holds."""
    if line.holds == "sometimes":
        return _new(line, line.simplified)
    return NewMarker(line.holds, "" if line.holds == "always" else None, f"{line.holds} holds")


def negated(line: SimpleLine) -> NewMarker:
    """Return where the marker of *line* does not hold."""
    return _new(line, line.negated)


def other_model(line: SimpleLine) -> NewMarker:
    """Return the marker of *line* for the other metadata model; without an extra it stays."""
    return NewMarker(line.holds, line.next_major or None)


def _new(line: SimpleLine, text: str) -> NewMarker:
    why = "no marker says this" if line.holds == "sometimes" else f"{line.holds} holds"
    return NewMarker(line.holds, text or None, why)


# -- lines against each other -----------------------------------------------------------


def _compare(
    statements: Sequence[Statement],
    lines: Sequence[SimpleLine],
    world: _Granted | None,
    anything: _Granted | None,
    findings: list[Finding],
) -> MarkerComparison | None:
    """Compare the first two of *statements*, where *world* is taken for granted.

    *anything* is what is taken for granted apart from known platforms.
    """
    if len(statements) < 2:
        findings.append(
            report(
                "request-second",
                "there is nothing to compare it with",
                None,
                Fix("write the second one on a line of its own"),
            )
        )
        return None
    pair = statements[:2]
    if not all(line.readable and line.holds for line in lines[:2]):
        return None
    first, second = (statement.marker or _ALWAYS for statement in pair)
    with_front = [statement for statement in pair if statement.requirement]
    try:
        witness = first.counterexample(second, assuming=world) or {}
        implies = first.implies(second, assuming=world)
        implied = second.implies(first, assuming=world)
        disjoint = first.disjoint(second, assuming=world)
        otherwise = _relation(first, second, anything)
    except Undecided:
        findings.append(_undecided(None))
        return None
    return MarkerComparison(
        equal=not witness,
        implies=implies,
        implied=implied,
        disjoint=disjoint,
        witness={
            name: value if isinstance(value, str) else ", ".join(sorted(value))
            for name, value in witness.items()
        },
        first_holds=bool(witness) and first.evaluate(witness),
        otherwise="" if _lie(implies, implied, disjoint=disjoint) == otherwise else otherwise,
        requirements=_fronts(*with_front) if len(with_front) == 2 else None,
        one_requirement=len(with_front) == 1,
    )


def _fronts(first: Statement, second: Statement) -> ComparedRequirements:
    """Compare what two statements say in front of their markers."""
    a, b = first.parsed, second.parsed
    extras = [
        () if each is None else tuple(sorted(set(map(canonicalize_name, each.extras or ()))))
        for each in (a, b)
    ]
    only = [
        tuple(name for name in extras[i] if name not in extras[1 - i]) for i in range(len(extras))
    ]
    urls = tuple(
        (each.url or "") if each is not None else statement.requirement
        for each, statement in ((a, first), (b, second))
    )
    return ComparedRequirements(
        ("" if a is None else a.normalised, "" if b is None else b.normalised),
        (only[0], only[1]),
        (urls[0], urls[1]),
        _versions(a, b) if a is not None and b is not None else "",
    )


def _versions(a: Requirement, b: Requirement) -> str:
    """Say how the versions that two requirements allow lie to each other."""
    if a.url or b.url:
        return "same" if a.url == b.url else "apart"
    if a.specifier == b.specifier:
        return "same"
    if apart(allowed(str(a.specifier)), allowed(str(b.specifier))):
        return "apart"
    try:
        within, around = a.specifier.is_subset(b.specifier), b.specifier.is_subset(a.specifier)
    except ValueError:
        # With ===, which compares texts, packaging has no answer.
        return ""
    if within and around:
        return "same"
    return "within" if within else "around" if around else "overlap"


class _Merge:
    """The pairs of lines for the same project, those in conflict first."""

    def __init__(
        self,
        statements: Sequence[Statement],
        lines: Sequence[SimpleLine],
        world: _Granted | None,
        request: AlgebraRequest,
    ) -> None:
        self.statements = statements
        self.world = world
        self.findings: list[Finding] = []
        index = TextIndex(request.text)
        self.numbers: list[int] = []
        stated = []
        for number, (statement, line) in enumerate(zip(statements, lines, strict=True)):
            requirement = statement.parsed
            if requirement is not None and line.readable and line.holds:
                self.numbers.append(number)
                span = index.span(statement.start, statement.end)
                stated.append(Stated(requirement, span, f"line {statement.line.number}"))
        projects: dict[str, list[int]] = {}
        for i, each in enumerate(stated):
            projects.setdefault(each.requirement.normalised, []).append(i)
        self.count = sum(len(each) * (len(each) - 1) // 2 for each in projects.values())
        most = MOST_PAIRS if request.all else MOST_CONFLICTS
        found = compared([each.requirement for each in stated], request.python, most)
        self.findings += told(stated, found, request.python)
        self.pairs = [self._conflict(each) for each in found.conflicts]
        if request.all:
            self._others(projects, found)

    def _conflict(self, found: Conflict) -> ComparedPair:
        first, second = self.numbers[found.first], self.numbers[found.second]
        a, b = self._marker(first), self._marker(second)
        return ComparedPair(
            found.name,
            first,
            second,
            _relation(a, b, self.world),
            conflict=True,
            together=_simplified(a & b, self.world),
            extras=found.extras,
            environment=dict(found.environment),
            where=found.where,
            compared=True,
        )

    def _marker(self, number: int) -> Marker:
        return self.statements[number].marker or _ALWAYS

    def _others(self, projects: Mapping[str, Sequence[int]], found: Together) -> None:
        """Add the pairs that are in no conflict, as many as one answer looks at."""
        conflicts = {(each.first, each.second) for each in found.conflicts}
        not_compared = {number for each in found.uncompared.values() for number in each}
        for name, members in projects.items():
            for i, second in enumerate(members):
                for first in members[:i]:
                    if (first, second) in conflicts:
                        continue
                    if len(self.pairs) >= MOST_PAIRS:
                        self._left_out()
                        return
                    self._pair(name, first, second, compared=second not in not_compared)

    def _pair(self, name: str, first: int, second: int, *, compared: bool) -> None:
        a, b = self.numbers[first], self.numbers[second]
        try:
            relation = _relation(self._marker(a), self._marker(b), self.world)
        except Undecided:
            self.findings.append(_undecided(None))
            return
        self.pairs.append(
            ComparedPair(
                name,
                a,
                b,
                relation,
                conflict=False,
                together="",
                extras=(),
                environment={},
                where="",
                compared=compared or relation == "apart",
            )
        )

    def _left_out(self) -> None:
        left = self.count - len(self.pairs)
        self.findings.append(
            report(
                "request-pairs",
                f"{left} pairs of lines for the same project are not shown",
                None,
                Fix(f"merge fewer lines at a time: one answer shows {MOST_PAIRS} pairs"),
            )
        )


def _relation(a: Marker, b: Marker, world: _Granted | None) -> str:
    if a.disjoint(b, assuming=world):
        return "apart"
    return _lie(a.implies(b, assuming=world), b.implies(a, assuming=world), disjoint=False)


def _lie(within: bool, around: bool, *, disjoint: bool) -> str:
    """Return how two markers lie to each other, in the words of :class:`ComparedPair`."""
    if disjoint:
        return "apart"
    if within and around:
        return "same"
    return "within" if within else "around" if around else "overlap"
