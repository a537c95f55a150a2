r"""What the requirements of one list say together: contradictions.

**Idea.** Requirements for one project contradict each other where both of their markers
hold and no version satisfies both.  Versions are looked at first, since few specifiers
have none in common; then whether the markers meet at all; and only then where: on a
platform that is known and a Python that Requires-Python allows, without extras, with one,
or only with several at a time.

**Invariant.** A conflict is reported with an environment in which both markers hold, and
one of known values: what holds together only on platforms that do not exist is none.

**Cost.** Pairs of requirements for the same project, counted as steps; :data:`MOST_STEPS`
of them are taken for a list, and what is not compared then is a finding.

>>> from trigpoint.requirements import read_requirements_file
>>> text = "numpy==1.17.5; platform_machine=='s390x'\nnumpy==1.17.3; python_version<'3.9'"
>>> for finding in contradictions(stated_in(read_requirements_file(text))):
...     print(finding.span.line, finding.message)
2 no numpy is both ==1.17.3 and ==1.17.5 (line 1), and both apply with CPython 3.8 on Linux s390x

Source: Dependency specifiers; Version specifiers.
"""

from __future__ import annotations

import functools
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote

from packaging.specifiers import InvalidSpecifier

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order
from trigpoint.kept import keeps, letters_of
from trigpoint.markers import BadAssumption, Marker, UndefinedComparison
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.algebra import Meaning
from trigpoint.markers.exact.assumptions import assumed
from trigpoint.markers.exact.nodes import FALSE
from trigpoint.markers.exact.texts import Undecided
from trigpoint.markers.reading.grammar import MarkerSyntaxError, parse
from trigpoint.requirements.apart import Allowed, allowed, apart, none_fits
from trigpoint.requirements.file import RequirementLine, RequirementsFile
from trigpoint.requirements.gaps import Gap, gaps, missing_platforms, pieces
from trigpoint.requirements.glance import agree, surely_asked, surely_dead
from trigpoint.requirements.quick import plain_extra
from trigpoint.requirements.requirement import Requirement
from trigpoint.requirements.statements import Statements
from trigpoint.versions import is_version, specifiers

__all__ = [
    "MOST_CONFLICTS",
    "MOST_STEPS",
    "NOTHING",
    "Conflict",
    "Missing",
    "Stated",
    "Together",
    "compared",
    "contradictions",
    "example",
    "never_asked",
    "spelled",
    "stated_in",
    "told",
]

MOST_STEPS: Final = 300_000
"""Steps that one list may take; to compare two requirements with small markers is one."""

MOST_CONFLICTS: Final = 20
"""Conflicts of one project that are told; what follows is not compared."""

_PYTHONS: Final = ">=2.7,<4"
"""Pythons that somebody may still have."""

_NAMES: Final = 3
"""Projects or platforms that one finding names; the rest is counted."""

_NODES: Final = 8
"""Questions in the diagrams of two markers that are compared in a step."""

_LETTERS: Final = 4
"""Letters of a marker whose diagram is built in a step."""

_LAZY: Final = 40
"""How many times as long it takes where a value may have to be searched for."""

_WITNESS: Final = 500
"""Steps that it takes to find where two requirements with small markers meet."""

_PLACES: Final = 100
"""Steps that it takes to look at a small marker on all named platforms."""

_HARD: Final = 150_000
"""Steps for a question that stays open: so many searches for a text were made."""

_EXTRAS: Final = 50
"""Extras of two markers that are tried alone."""

_NEVER: Final = Marker("os_name == '' and os_name != ''")
_ALWAYS: Final = Marker("os_name == '' or os_name != ''")
_ODD: Final = ("platform_release", "platform_version", "implementation_version")
_ARCHIVES: Final = (".tar.gz", ".zip", ".tar.bz2", ".tar.xz", ".tgz")
_HASHES: Final = ("egg=", "md5=", "sha1=", "sha224=", "sha256=", "sha384=", "sha512=")


@dataclass(frozen=True, slots=True)
class Stated:
    """A requirement as it stands in a list.

    ``span`` is where, None if that is not known.  ``place`` is what others that
    contradict it call it, such as ``"line 4"``.
    """

    requirement: Requirement
    span: Span | None
    place: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two requirements for one project, *first* and *second* by number, that exclude each other.

    ``extras`` are those that have to be asked for until both apply.  ``environment``
    is one in which they do, empty if they do everywhere; ``where`` says it in words.
    """

    name: str
    first: int
    second: int
    extras: tuple[str, ...]
    environment: Mapping[str, str]
    where: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Platforms for which nothing asks for the project ``name``, and its last requirement."""

    name: str
    number: int
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """What a list says together.

    ``conflicts`` are in the order of their second requirement, and ``gaps`` come
    with the name of their project.
    ``uncompared`` are, by project, the numbers of the requirements that were not
    compared with all before them, ``undecided`` those for which a question about a
    marker stayed open.
    """

    conflicts: tuple[Conflict, ...]
    gaps: tuple[tuple[str, Gap], ...]
    missing: tuple[Missing, ...]
    uncompared: Mapping[str, tuple[int, ...]]
    undecided: tuple[int, ...]


NOTHING: Final = Together((), (), (), {}, ())
"""What requirements say that have nothing to do with each other."""


@dataclass(frozen=True, slots=True)
class _Granted:
    """What is taken for granted, as an assumption."""

    meaning: Meaning


@dataclass(slots=True)
class _Line:
    """A requirement that can be compared, with its number in the list.

    ``weight`` is how many steps more a question about its marker takes, and negative
    until that is known.  ``hard`` says that its diagram would take long to build.
    """

    number: int
    marker: Marker
    allowed: Allowed
    url: str
    weight: int = -1
    hard: bool = False


def stated_in(source: RequirementsFile | Statements) -> list[Stated]:
    r"""Return the requirements of *source*: a file, or what :func:`.read_statements` read.

    >>> from trigpoint.requirements import read_requirements_file
    >>> [each.place for each in stated_in(read_requirements_file("# two\na\n\nb>1"))]
    ['line 2', 'line 4']
    """
    index = TextIndex(source.text)
    if isinstance(source, Statements):
        return [
            Stated(each.parsed, index.span(each.start, each.end), f"line {each.line.number}")
            for each in source.statements
            if each.parsed is not None
        ]
    found = []
    for line in source.lines:
        if isinstance(line, RequirementLine):
            row = (line.text.splitlines() or [""])[0]
            start = line.start + len(row) - len(row.lstrip())
            end = line.start + len(row.rstrip(" \t\\"))
            span = index.span(start, max(start, end))
            found.append(Stated(line.requirement, span, f"line {line.number}"))
    return found


def contradictions(stated: Sequence[Stated], requires_python: str = "") -> tuple[Finding, ...]:
    """Return what the requirements of one list say against each other, in text order.

    *stated* are requirements, for any projects; those that cannot be read are passed
    over.  *requires_python* is the version specifier of the project that has the list,
    empty if there is none.  Never raises.

    >>> from trigpoint.requirements import read_requirement
    >>> two = ("torch==2.2.1+cpu; extra=='cpu'", "torch==2.2.1+cu118; extra=='gpu'")
    >>> stated = [Stated(read_requirement(each), None, each) for each in two]
    >>> [(found.code, found.severity.value) for found in contradictions(stated)]
    [('requirement-extras-exclusive', 'info')]

    Source: Dependency specifiers; Version specifiers.
    """
    requirements = [each.requirement for each in stated]
    found = compared(requirements, requires_python, only=_doubtful(requirements))
    return told(stated, found, requires_python)


def _doubtful(requirements: Sequence[Requirement]) -> set[str]:
    """Return the projects named twice of which it is not seen at a glance that all agrees."""
    texts: dict[str, list[str]] = {}
    for each in requirements:
        texts.setdefault(each.normalised, []).append(each.text)
    return {name for name, own in texts.items() if len(own) > 1 and not agree(tuple(own))}


def told(
    stated: Sequence[Stated], found: Together, requires_python: str = ""
) -> tuple[Finding, ...]:
    """Return the findings on *stated*, of which :func:`compared` has *found* something.

    *requires_python* is as in :func:`contradictions`.
    """
    findings = [
        _conflict(stated, each) if len(each.extras) < 2 else _exclusive(stated, each)
        for each in _told_once(found.conflicts)
    ]
    findings += [_gap(stated, name, each) for name, each in found.gaps]
    findings += [
        report(
            "requirement-gap-platform",
            f"no requirement asks for {each.name} on {_listed(each.platforms)}, and others do "
            "for single platforms",
            stated[each.number].span,
            Fix("add one for them, unless that is meant"),
        )
        for each in found.missing
    ]
    findings += [
        report(
            "marker-undecided",
            "whether this marker and that of another requirement for the project hold together "
            "was not found out in time",
            stated[number].span,
            Fix("ask fewer things at once, and compare versions instead of parts of their text"),
        )
        for number in found.undecided
    ]
    if found.uncompared:
        numbers = [number for each in found.uncompared.values() for number in each]
        what = "requirement is" if len(numbers) == 1 else "requirements are"
        findings.append(
            report(
                "requirement-uncompared",
                f"{len(numbers)} {what} not compared with all others for {_listed(list(found.uncompared))}",
                stated[min(numbers)].span,
                Fix("mend the conflicts that are told, or look at fewer requirements at a time"),
            )
        )
    findings += _alone(stated, requires_python)
    return tuple(in_text_order(findings))


# -- what is told -------------------------------------------------------------------------


def _told_once(conflicts: Iterable[Conflict]) -> Iterator[Conflict]:
    """Yield *conflicts*; of those between the same extras, the first for each project."""
    told = set()
    for each in conflicts:
        key = (each.name, each.extras)
        if len(each.extras) < 2 or key not in told:
            told.add(key)
            yield each


def _against(stated: Sequence[Stated], found: Conflict) -> str:
    """Say that no version fits both."""
    first, second = stated[found.first], stated[found.second]
    a, b = first.requirement, second.requirement
    if a.url or b.url:
        asked = [each.url or f"{each.name}{each.specifier}" for each in (b, a)]
        return f"{asked[0]} and {asked[1]} ({first.place}) are not one {found.name}"
    return f"no {found.name} is both {_bare(b)} and {_bare(a)} ({first.place})"


def _bare(requirement: Requirement) -> str:
    return requirement.shape.specifier.strip() or str(requirement.specifier)


def _conflict(stated: Sequence[Stated], found: Conflict) -> Finding:
    extra = f" for those who ask for the extra {found.extras[0]}" if found.extras else ""
    same = stated[found.first].requirement.marker == stated[found.second].requirement.marker
    return report(
        "requirement-conflict",
        f"{_against(stated, found)}, and both apply {found.where}{extra}",
        stated[found.second].span,
        Fix(
            "keep one of the two, or versions that both allow"
            if same
            else "change one of the markers so that only one of the two applies there"
        ),
    )


def _exclusive(stated: Sequence[Stated], found: Conflict) -> Finding:
    names = f"{', '.join(found.extras[:-1])} and {found.extras[-1]}"
    return report(
        "requirement-extras-exclusive",
        f"nobody can ask for the extras {names} together: {_against(stated, found)}",
        stated[found.second].span,
        Fix("say so where the extras are described, and to uv in tool.uv.conflicts"),
    )


def _gap(stated: Sequence[Stated], name: str, gap: Gap) -> Finding:
    on = f" on {_listed(gap.platforms)}" if gap.platforms else ""
    first, second = sorted((gap.before, gap.after))
    return report(
        "requirement-gap",
        f"with Python {gap.python}{on} no requirement asks for {name}, as this one and that of "
        f"{stated[first].place} do before and behind it",
        stated[second].span,
        Fix("widen one of the two markers"),
    )


def _listed(names: Sequence[str]) -> str:
    """Return *names* as a list in a sentence; the last of many are counted."""
    shown = list(names[:_NAMES])
    if len(names) > _NAMES:
        shown.append(f"{len(names) - _NAMES} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _alone(stated: Sequence[Stated], requires_python: str) -> Iterator[Finding]:
    """Yield what single requirements say against themselves, or against *requires_python*."""
    for each in stated:
        requirement = each.requirement
        if not requirement.valid:
            continue
        # Nearly all have one clause at most, of which there is always a version.
        text = str(requirement.specifier) if "," in requirement.shape.specifier else ""
        if text and none_fits(allowed(text)):
            yield report(
                "requirement-impossible",
                f"no version is {_bare(requirement)}",
                each.span,
                Fix("delete one of the clauses"),
            )
        marker = requirement.marker
        if marker is None or "python" not in marker.text:
            continue
        if never_asked(marker.text, requires_python):
            yield report(
                "requirement-dead",
                f"{requirement.name} is never asked for: its marker holds for no Python "
                f"that {requires_python.strip()} allows",
                each.span,
                Fix("delete it, or correct the marker"),
            )


@keeps(1024, lambda marker, python: len(marker) + len(python))
def never_asked(marker: str, requires_python: str) -> bool:
    """Say whether *marker* holds somewhere, but for no Python that *requires_python* allows.

    Both are texts; of one that cannot be read, or takes long to, it is not said.

    >>> never_asked("python_version < '3.8'", ">=3.9"), never_asked("os_name == 'x'", ">=3.9")
    (True, False)
    """
    if surely_dead(marker, requires_python):
        return True
    if surely_asked(marker, requires_python):
        return False
    granted = _granted_python(requires_python)
    if granted is None:
        return False
    try:
        found = algebra.small(parse(marker))
    except (MarkerSyntaxError, UndefinedComparison):
        return False
    # Where a value has to be searched for, that may take long, and such markers are rare.
    if found is None or found[1].lazy or found[1] is FALSE:
        return False
    return algebra.disjoint(Meaning(found[1], found), granted.meaning)


# -- comparing ----------------------------------------------------------------------------


@keeps(64)
def _granted_python(requires_python: str) -> _Granted | None:
    """Return what the Requires-Python says; None where it says nothing that can be."""
    if not requires_python.strip():
        return None
    try:
        return _Granted(assumed(specifiers(requires_python)))
    except (InvalidSpecifier, BadAssumption, UndefinedComparison):
        return None


def _required(requires_python: str) -> Allowed:
    """Return the Pythons that matter."""
    try:
        return allowed(requires_python)
    except InvalidSpecifier:
        return allowed("")


@functools.cache
def _known_platforms() -> _Granted:
    return _Granted(assumed("known-platforms"))


@functools.cache
def _known_pythons() -> _Granted:
    return _Granted(assumed(("known-platforms", _PYTHONS)))


@keeps(64, letters_of)
def _world(requires_python: str, *, pythons: bool = True) -> _Granted:
    """Return where requirements can apply: known platforms, and the Python that is required.

    With *pythons* it is one of those that there are.
    """
    known = _known_pythons() if pythons else _known_platforms()
    python = _granted_python(requires_python)
    return known if python is None else _Granted(algebra.both(known.meaning, python.meaning))


def _place(url: str) -> str:
    """Return *url* without what names or hashes it."""
    base, _, fragment = url.partition("#")
    kept = [part for part in fragment.split("&") if part and not part.startswith(_HASHES)]
    return f"{base}#{'&'.join(kept)}" if kept else base


def _from(url: str) -> str:
    """Return a specifier for the version of the archive at *url*; empty if it names none.

    >>> _from("https://a.example/torch-2.2.1%2Bcpu-cp310-cp310-linux_x86_64.whl#sha256=0")
    '==2.2.1+cpu'
    """
    name = unquote(url.partition("#")[0].partition("?")[0].rpartition("/")[2])
    found = ""
    if name.endswith(".whl") and name.count("-") in (4, 5):
        found = name.split("-")[1]
    for ending in _ARCHIVES:
        if name.endswith(ending):
            found = name.removesuffix(ending).rpartition("-")[2]
    return f"=={found}" if is_version(found) else ""


def _lines(
    requirements: Sequence[Requirement], only: Container[str] | None
) -> dict[str, list[_Line]]:
    """Return the requirements that can be compared, by project, of those named twice.

    Those of *only* some projects, or of all.
    """
    projects: dict[str, list[int]] = {}
    for number, each in enumerate(requirements):
        projects.setdefault(each.normalised, []).append(number)
    found = {}
    for name, every in projects.items():
        if len(every) < 2 or not (only is None or name in only):
            continue
        # Whether one can be read matters only where there is another one.
        numbers = [each for each in every if requirements[each].valid]
        if len(numbers) > 1:
            lines = [_line(number, requirements[number]) for number in numbers]
            # What no version fits is told, and would exclude all others.
            found[name] = [line for line in lines if not none_fits(line.allowed)]
    return found


def _line(number: int, requirement: Requirement) -> _Line:
    """Return a requirement as it is compared."""
    url = _place(requirement.url or "")
    versions = allowed(_from(url) if url else str(requirement.specifier))
    return _Line(number, requirement.marker or _ALWAYS, versions, url)


def _exclude(a: _Line, b: _Line) -> bool:
    """Say whether no version fits both."""
    if a.url and b.url:
        return a.url != b.url
    return apart(a.allowed, b.allowed)


def compared(
    requirements: Sequence[Requirement],
    requires_python: str = "",
    most_conflicts: int = MOST_CONFLICTS,
    *,
    only: Container[str] | None = None,
) -> Together:
    """Compare *requirements* of the same projects with each other.

    *requires_python* is as in :func:`contradictions`, *most_conflicts* those of one
    project behind which no more are looked for, *only* the normalised names of those that
    are compared, None for all.  Never raises.

    >>> from trigpoint.requirements import read_requirement
    >>> found = compared([read_requirement(text) for text in ("a==1", "b", "a>=2; os_name=='nt'")])
    >>> [(each.first, each.second, each.where) for each in found.conflicts]
    [(0, 2, 'with CPython 3.13 on Windows AMD64')]
    """
    work = _Comparing(requires_python, most_conflicts)
    for name, lines in _lines(requirements, only).items():
        work.project(name, lines)
        work.alternatives(name, lines)
    return Together(
        tuple(sorted(work.conflicts, key=lambda each: (each.second, each.first))),
        tuple(work.gaps),
        tuple(work.missing),
        work.uncompared,
        tuple(dict.fromkeys(work.undecided)),
    )


class _Comparing:
    """Compares the requirements of a list, as far as the steps go."""

    def __init__(self, requires_python: str, most_conflicts: int) -> None:
        self.most_conflicts = self.most = most_conflicts
        self.requires_python = requires_python
        self.required = _required(requires_python)
        self.left = MOST_STEPS
        self.conflicts: list[Conflict] = []
        self.gaps: list[tuple[str, Gap]] = []
        self.missing: list[Missing] = []
        self.uncompared: dict[str, tuple[int, ...]] = {}
        self.undecided: list[int] = []

    def project(self, name: str, lines: Sequence[_Line]) -> None:
        """Compare *lines*, all for the project *name*, each with those before it."""
        self.most = len(self.conflicts) + self.most_conflicts
        groups: list[list[_Line]] = []
        """Lines with the same versions."""
        excluded: list[list[int]] = []
        """By group, those that allow no version in common with it."""
        known: dict[tuple[Allowed, str], int] = {}
        for i, line in enumerate(lines):
            group = known.setdefault((line.allowed, line.url), len(groups))
            if group == len(groups):
                self.left -= group
                if self.left >= 0:
                    excluded.append([j for j in range(group) if _exclude(groups[j][0], line)])
                    for j in excluded[group]:
                        excluded[j].append(group)
                    groups.append([])
            if self.left < 0 or not self._against(
                name, line, (each for j in excluded[group] for each in groups[j])
            ):
                self.uncompared[name] = tuple(each.number for each in lines[i:])
                return
            groups[group].append(line)

    def _against(self, name: str, line: _Line, others: Iterable[_Line]) -> bool:
        """Compare *line* with *others*, whose versions exclude its own; say whether with all."""
        for other in others:
            self.left -= 1
            if self.left < 0 or len(self.conflicts) >= self.most:
                return False
            self._pair(name, other, line)
        return True

    def _pair(self, name: str, first: _Line, second: _Line) -> None:
        """Compare the markers of two lines that allow no version in common."""
        try:
            if self._overlap(first, second):
                self.conflicts += self._meeting(name, first, second)
        except Undecided:
            self.left -= _HARD
            self.undecided.append(second.number)
        except UndefinedComparison:
            pass  # told where the marker is read
        except BadAssumption:
            pass  # Requires-Python allows none of the Pythons that there are, so neither applies

    def alternatives(self, name: str, lines: Sequence[_Line]) -> None:
        """Look for what *lines*, all for the project *name*, leave out between them."""
        groups: dict[tuple[str, ...], list[_Line]] = {}
        for line in lines:
            groups.setdefault(tuple(sorted(line.marker.extras)), []).append(line)
        base = groups.pop((), [])
        for extras, group in [((), base), *((key, base + own) for key, own in groups.items())]:
            if len(group) > 1 and not any(line.marker is _ALWAYS for line in group):
                self._gaps(name, extras, group)

    def _gaps(self, name: str, extras: tuple[str, ...], group: Sequence[_Line]) -> None:
        """Look for what *group*, for those who ask for *extras*, leaves out."""
        try:
            self.left -= _PLACES * sum(1 + self._weight(line) for line in group)
        except UndefinedComparison:
            return  # told where the marker is read, or of the pair; it has no diagram
        if any(line.marker.meaning.node.lazy for line in group):
            return  # which Pythons are left would have to be searched for
        if self.left < 0:
            self.uncompared.setdefault(name, tuple(line.number for line in group))
            return
        markers = [line.marker for line in group]
        own = {i for i, line in enumerate(group) if bool(line.marker.extras) == bool(extras)}
        found = pieces(markers, extras, self.required)
        for gap in gaps(found, self.required):
            if own & {gap.before, gap.after}:
                before, after = group[gap.before].number, group[gap.after].number
                self.gaps.append((name, replace(gap, before=before, after=after)))
        if missing := missing_platforms(found):
            self.missing.append(Missing(name, group[-1].number, missing))

    def _overlap(self, first: _Line, second: _Line) -> bool:
        """Say whether the markers hold together by the specification, on any platform."""
        if first.marker is _ALWAYS is second.marker:
            return True
        self.left -= self._weight(first) + self._weight(second)
        return not algebra.disjoint(first.marker.meaning, second.marker.meaning)

    def _weight(self, line: _Line) -> int:
        """Return how many steps a question about the marker of *line* takes, 0 for a small one.

        Raises :exc:`~trigpoint.markers.UndefinedComparison`, and
        :exc:`~trigpoint.markers.exact.texts.Undecided` where its diagram takes too long.
        """
        if line.weight < 0 and not line.hard:
            line.hard = algebra.small(parse(line.marker.text)) is None
        if line.hard:
            raise Undecided("the marker asks so much at once that it takes too many steps")
        if line.weight < 0:
            meaning = line.marker.meaning
            line.weight = algebra.size(meaning) // _NODES
            if meaning.node.lazy:
                line.weight = (line.weight + 1) * _LAZY
            self.left -= len(line.marker.text) // _LETTERS
        return line.weight

    def _meeting(self, name: str, first: _Line, second: _Line) -> Iterator[Conflict]:
        """Yield the conflict of two requirements whose markers overlap, if it is in a known place."""
        a, b = first.marker, second.marker
        if a is _ALWAYS is b:
            yield Conflict(name, first.number, second.number, (), {}, "everywhere")
            return
        self.left -= _WITNESS * (1 + self._weight(first) + self._weight(second))
        if (one := plain_extra(a.text)) and (other := plain_extra(b.text)) and one != other:
            # Wherever somebody asks for both, whatever the platform.
            pair = tuple(sorted((one, other)))
            yield Conflict(
                name, first.number, second.number, pair, *_anywhere(self.requires_python)
            )
            return
        both, world = a & b, _world(self.requires_python)
        if not both.is_satisfiable(assuming=world):
            return
        names = tuple(dict.fromkeys((*a.extras, *b.extras)))[:_EXTRAS]
        for extras in ((), *((each,) for each in names)):
            here = both.restrict(extras=extras) if names else both
            if here.is_satisfiable(assuming=world):
                break
        else:
            here, extras = both, ()
        if here.is_always(assuming=world):
            yield Conflict(name, first.number, second.number, extras, {}, "everywhere")
            return
        made = example(here, self.requires_python)
        assert made is not None, "it was asked whether there is one"
        environment, asked = made
        where = spelled(environment, a.variables | b.variables)
        wanted = extras or tuple(sorted(asked))
        yield Conflict(name, first.number, second.number, wanted, environment, where)


def example(
    marker: Marker, requires_python: str = ""
) -> tuple[dict[str, str], frozenset[str]] | None:
    """Return a known environment in which *marker* holds, and the extras there; None without one.

    *requires_python* is as in :func:`contradictions`.  Of Pythons it is one near to those
    that the marker names.  Raises :exc:`~trigpoint.markers.UndefinedComparison`, and
    :exc:`~trigpoint.markers.exact.texts.Undecided` where that was not found out in time.

    >>> found, extras = example(Marker("python_version < '3.8' and extra == 'x'"))
    >>> found["python_version"], found["platform_system"], extras
    ('3.7', 'Linux', frozenset({'x'}))
    """
    found = marker.counterexample(_NEVER, assuming=_world(requires_python, pythons=False))
    if found is not None and not specifiers(_PYTHONS).contains(
        str(found["python_full_version"]), prereleases=True
    ):
        # Near to what the marker names, and none that there is.
        found = marker.counterexample(_NEVER, assuming=_world(requires_python))
    if found is None:
        return None
    extras = frozenset(found.pop("extras"))
    found.pop("dependency_groups")
    return {name: str(value) for name, value in found.items()}, extras


@keeps(64)
def _anywhere(requires_python: str) -> tuple[dict[str, str], str]:
    """Return a known environment that *requires_python* allows, with its words.

    Raises :exc:`~trigpoint.markers.BadAssumption` where it allows none.
    """
    made = example(_ALWAYS, requires_python)
    assert made is not None, "what always holds does so in any environment"
    return made[0], spelled(made[0], ())


def spelled(environment: Mapping[str, str], variables: Iterable[str]) -> str:
    """Say *environment* as people do, with what the *variables* of the markers ask besides.

    >>> from trigpoint.markers import ENVIRONMENTS
    >>> spelled(ENVIRONMENTS["pypy-3.10-windows-x64"], ["python_full_version", "os_name"])
    'with PyPy 3.10.16 on Windows AMD64'
    """
    asked = set(variables)
    version = "python_full_version" if "python_full_version" in asked else "python_version"
    said = (
        f"with {environment['platform_python_implementation']} {environment[version]} "
        f"on {environment['platform_system']} {environment['platform_machine']}"
    )
    odd = [f"{name} {environment[name]!r}" for name in _ODD if name in asked]
    return " and ".join([said, *odd])
