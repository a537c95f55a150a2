r"""What can be seen at a glance of requirements that have nothing to say against each other.

**Idea.** Nearly all lists are sound, and most of them show it without exact comparison.
One final release that satisfies all clauses of two specifiers is a version that they have
in common: the highest lower end is tried.  A marker whose comparisons of Python all hold
for one release that Requires-Python allows is asked for there, if it holds anywhere, since
nothing in a marker negates.  And ``python_version`` compared with plain numbers leaves one
stretch of minor versions, perhaps on one platform or on all others; stretches that touch
have no gap between them, and those that do not meet exclude each other.

**Invariant.** *True* is certain; *False* says nothing.  What is passed over here has no
finding in :mod:`trigpoint.requirements.together`; property tests hold the two together.

**Cost.** Linear in the text; :data:`MOST_AGREEING` requirements are looked at in pairs.

>>> agree(("a>=1; python_version < '3.9'", "a>=2; python_version >= '3.9'"))
True
>>> agree(("a<1; python_version <= '3.8'", "a>=2; python_version > '3.9'"))  # a gap
False

Source: Dependency specifiers; Version specifiers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final, NamedTuple

from trigpoint.kept import keeps, letters_of
from trigpoint.requirements.quick import PLATFORM, common, quick
from trigpoint.versions import release

__all__ = [
    "END",
    "MOST_AGREEING",
    "Clause",
    "agree",
    "clauses",
    "ends",
    "fits",
    "surely_asked",
    "surely_dead",
    "surely_met",
]

MOST_AGREEING: Final = 12
"""Requirements for one project that are looked at here; more are compared at once."""

_MOST_TRIED: Final = 12
"""Versions that a specifier leaves out of which the next one is tried."""

_PATCH: Final = 3
"""Numbers of a release up to its patch."""

_CLAUSE = (
    r"(?:[=!]=[ \t]*+[0-9]{1,9}+(?:\.[0-9]{1,9}+)*+(?:\.\*)?+"
    r"|[<>]=?+[ \t]*+[0-9]{1,9}+(?:\.[0-9]{1,9}+)*+"
    r"|~=[ \t]*+[0-9]{1,9}+(?:\.[0-9]{1,9}+)++)"
)
_CLAUSES = re.compile(rf"[ \t]*+(?:{_CLAUSE}(?:[ \t]*+,[ \t]*+{_CLAUSE})*+[ \t]*+)?+\Z").match
_PARTS = re.compile(r"([<>=!~]++)[ \t]*+([0-9.]*[0-9])(\.\*)?+").findall
_PYTHON = (
    r"python_(?:version[ \t]*+([<>]=?+|[!=]=)[ \t]*+(?:'([0-9]{1,3}\.[0-9]{1,3})'"
    r'|"([0-9]{1,3}\.[0-9]{1,3})")'
    r"|full_version[ \t]*+([<>]=?+)[ \t]*+(?:'([0-9]{1,3}(?:\.[0-9]{1,3}){1,2})'"
    r'|"([0-9]{1,3}(?:\.[0-9]{1,3}){1,2})"))'
)
_COMPARED = re.compile(_PYTHON).findall
_NORMAL = r"[a-z0-9]++(?:-[a-z0-9]++)*+"
_EXTRA = rf"extra[ \t]*+==[ \t]*+(?:'({_NORMAL})'|\"({_NORMAL})\")"
_ASKED = re.compile(_EXTRA).findall
_ONE = rf"(?:{_PYTHON}|{PLATFORM})"
_ALL_OF = rf"{_ONE}(?:[ \t]++and[ \t]++{_ONE})*+"
_SIDE = rf"(?:\([ \t]*+{_ALL_OF}[ \t]*+\)|{_ALL_OF})"
# Comparisons of Python and platforms, an extra, or both; joined with "and" only.
_PLAIN = re.compile(
    rf"[ \t]*+(?:{_SIDE}(?:[ \t]++and[ \t]++{_EXTRA})?+|{_EXTRA}(?:[ \t]++and[ \t]++{_SIDE})?+)[ \t]*+\Z"
).match
_PLATFORMS = re.compile(rf"(?:{PLATFORM})").findall
_PARTED = re.compile(r"(\w++) ?([=!])= ?.(\w++).").fullmatch

_OLDER = re.compile(
    r"[ \t]*+python_version[ \t]*+(<=?+)[ \t]*+(?:'3\.([0-9]{1,3})'|\"3\.([0-9]{1,3})\")"
    rf"(?:[ \t]++and[ \t]++{_EXTRA})?+[ \t]*+\Z"
).match
_LEAST = re.compile(r"[ \t]*+>=[ \t]*+3\.([0-9]{1,3})(?:\.[0-9]{1,9})*+[ \t]*+\Z").match

END = re.compile(r"[<~@]|(?<![>!])=|\([ \t]*+[0-9]").search
"""Finds what a specifier has that does not allow all versions that are high enough."""
_ENDS = frozenset("<~@=(")

Release = tuple[int, ...]


class Clause(NamedTuple):
    """A clause of a specifier: an operator and a final release without zeros at its end.

    ``prefix`` is the numbers that ``==`` and ``!=`` with a star, and ``~=``, compare.
    """

    operator: str
    numbers: Release
    prefix: Release = ()


class _Minors(NamedTuple):
    """The minor versions of Python from ``start`` up to ``end``; without end if that is None.

    ``platforms`` are the comparisons that hold besides, each a variable, whether it equals,
    and a name.
    """

    start: Release
    end: Release | None
    platforms: frozenset[tuple[str, bool, str]] = frozenset()


_ALL: Final = _Minors((), None)


@keeps(1024)
def clauses(specifier: str) -> tuple[Clause, ...] | None:
    """Return the clauses of *specifier*; None if it has others than plain final releases.

    >>> clauses(">=1.0, ==2.*")
    (Clause(operator='>=', numbers=(1,), prefix=()), Clause(operator='==', numbers=(2,), prefix=(2,)))
    >>> clauses(">=1.0rc1") is None
    True
    """
    if not _CLAUSES(specifier):
        return None
    found = []
    for operator, text, star in _PARTS(specifier):
        numbers = tuple(release(text))
        prefix = numbers[:-1] if operator == "~=" else numbers if star else ()
        found.append(Clause(operator, _bare(numbers), prefix))
    return tuple(found)


def _bare(numbers: Release) -> Release:
    while numbers and not numbers[-1]:
        numbers = numbers[:-1]
    return numbers


def fits(every: Sequence[Clause]) -> bool:
    """Say whether a version was found that satisfies *every* clause.

    >>> fits(clauses(">=1,!=1,<2,!=1.5")), fits(clauses(">=2,<2"))
    (True, False)
    """
    least: Release = ()
    behind = []
    for operator, numbers, prefix in every:
        if operator in (">=", "==", "~="):
            least = max(least, numbers)
        elif operator in (">", "!=") and len(numbers) <= _PATCH:
            behind.append(prefix or (*numbers, 0, 0)[:_PATCH])
    return any(
        all(_satisfies(version, clause) for clause in every)
        # The lowest that may do, and what comes next behind some of those that are left out.
        for version in (least, *((*each[:-1], each[-1] + 1) for each in behind[:_MOST_TRIED]))
    )


def _satisfies(version: Release, clause: Clause) -> bool:
    """Say whether *version*, without zeros at its end, satisfies *clause*."""
    operator, numbers, prefix = clause
    if prefix:
        width = len(prefix)
        same = (*version[:width], *(0,) * (width - len(version))) == prefix
        return same is (operator != "!=") and (operator != "~=" or version >= numbers)
    match operator:
        case ">=":
            return version >= numbers
        case "<":
            return version < numbers
        case "<=":
            return version <= numbers
        case ">":
            return version > numbers
        case "!=":
            return version != numbers
    return version == numbers


def surely_met(specifier: str) -> bool:
    """Say whether some version surely satisfies *specifier*, a text.

    >>> surely_met(">=3.8,<4"), surely_met(">=4,<4"), surely_met(">1.0,<1.0.1")
    (True, False, False)
    """
    found = clauses(specifier)
    return found is not None and fits(found)


def _python_clauses(marker: str) -> list[Clause] | None:
    """Return what *marker* asks of Python, as clauses; None if it asks in another way too."""
    found = _COMPARED(marker)
    # Each variable that is about Python has this in its name, and no usual value has.
    if marker.count("python_") != len(found) + marker.count("platform_python_"):
        return None
    made = []
    for operator, single, double, full, one, two in found:
        if full:
            made.append(Clause(full, _bare(tuple(release(one or two)))))
            continue
        numbers = tuple(release(single or double))
        major, minor = numbers
        match operator:
            case ">" | "<=":
                turned = ">=" if operator == ">" else "<"
                made.append(Clause(turned, (major, minor + 1)))
            case "==" | "!=":
                made.append(Clause(operator, _bare(numbers), numbers))
            case _:
                made.append(Clause(operator, _bare(numbers)))
    return made


def surely_asked(marker: str, requires_python: str) -> bool:
    """Say whether *marker* holds for a Python that *requires_python* allows, or nowhere at all.

    Both are texts.

    >>> surely_asked("python_version < '3.11' and os_name == 'nt'", ">=3.9")
    True
    """
    allowed, asked = clauses(requires_python), _python_clauses(marker)
    return allowed is not None and asked is not None and fits([*allowed, *asked])


def surely_dead(marker: str, requires_python: str) -> bool:
    """Say whether *marker* asks for a Python 3 that is too old for *requires_python*, and no more.

    Both are texts; the marker may ask for an extra besides.

    >>> surely_dead("python_version < '3.8' and extra == 'x'", ">=3.8")
    True
    >>> surely_dead("python_version <= '3.8'", ">=3.8.1")
    False
    """
    asked, least = _OLDER(marker), _LEAST(requires_python)
    if asked is None or least is None:
        return False
    minor, low = (release(f"0.{found}")[1] for found in (asked[2] or asked[3], least[1]))
    return minor < low or (minor == low and asked[1] == "<")


def ends(front: str) -> bool:
    """Say whether *front*, a requirement without its marker, may end somewhere.

    Another one allows all versions that are high enough.

    >>> ends("a>=1,!=2"), ends("a>=1,<2")
    (False, True)
    """
    # Characters are quicker to look for than a pattern.
    bare = front.replace(">=", "").replace("!=", "")
    return not _ENDS.isdisjoint(bare) and END(front) is not None


@keeps(256, letters_of)
def agree(values: tuple[str, ...]) -> bool:
    """Say whether *values*, requirements for one project, have surely nothing to say together.

    >>> agree(("a>=1", "a<3; os_name == 'nt'")), agree(("a<1", "a>2; os_name == 'nt'"))
    (True, False)
    """
    if len(values) > MOST_AGREEING:
        return False
    parts = [value.partition(";") for value in values]
    fronts = {front for front, _, _ in parts}
    # Without an end to each of them, versions that are high enough satisfy all.
    if (any(map(ends, fronts)) or not all(map(common, fronts))) and not _versions_agree(values):
        return False
    markers = [marker for _, mark, marker in parts if mark]
    return len(markers) < len(parts) or _without_gap(markers)


def _versions_agree(values: Sequence[str]) -> bool:
    """Say whether two of *values* surely have a version in common or hold in no place together."""
    specifiers: list[tuple[Clause, ...]] = []
    markers: list[str | None] = []
    for value in values:
        shape = quick(value)
        if shape is None or shape.url is not None:
            return False
        found = clauses(shape.specifier)
        if found is None or not fits(found):
            return False
        specifiers.append(found)
        markers.append(shape.marker)
    if fits([clause for each in specifiers for clause in each]):
        return True
    minors = [_ALL if marker is None else _minors(marker) for marker in markers]
    return all(
        fits([*a, *b]) or (here is not None and there is not None and _exclude(here, there))
        for (a, here), (b, there) in combinations(zip(specifiers, minors, strict=True), 2)
    )


def _minors(marker: str) -> _Minors | None:
    """Return the Pythons that *marker* leaves, if they are one stretch, and its platforms.

    None if it asks for anything else but an extra.
    """
    if not _PLAIN(marker):
        return None
    start: Release = ()
    end: Release | None = None
    for operator, numbers, prefix in _python_clauses(marker) or ():
        low, high = (numbers, numbers) if not prefix else (prefix, (prefix[0], prefix[1] + 1))
        if operator in (">=", "=="):
            start = max(start, low)
        if operator in ("<", "=="):
            end = high if end is None else min(end, high)
        if operator not in (">=", "<", "=="):
            return None
    return _Minors(start, end, _platforms(marker))


def _platforms(marker: str) -> frozenset[tuple[str, bool, str]]:
    """Return what *marker* compares with the usual names of platforms."""
    if "platform" not in marker and "_name" not in marker:
        return frozenset()
    found = map(_PARTED, _PLATFORMS(marker))
    return frozenset((each[1], each[2] == "=", each[3]) for each in found if each)


def _exclude(one: _Minors, other: _Minors) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    if first.end is not None and first.end <= second.start:
        return True
    # One variable is never two names, and a name never another one than it is.
    return any(
        name == variable and (equal != same if value == known else equal and same)
        for name, equal, value in one.platforms
        for variable, same, known in other.platforms
    )


def _without_gap(markers: Sequence[str]) -> bool:
    """Say whether surely no Python and no platform is left out between *markers*."""
    groups: dict[tuple[str, ...], list[str]] = {(): []}
    for marker in markers:
        names = [one or two for one, two in _ASKED(marker)]
        if marker.count("extra") != len(names):
            return False
        groups.setdefault(tuple(sorted(set(names))), []).append(marker)
    base = groups.pop(())
    # Each is looked into once, and only if it stands beside another one.
    known: dict[str, _Minors | None] = {}
    for group in (base, *(base + own for own in groups.values())):
        if len(group) > 1:
            for marker in group:
                if marker not in known:
                    known[marker] = _minors(marker)
            if not _reach([known[marker] for marker in group]):
                return False
    return True


def _reach(group: Sequence[_Minors | None]) -> bool:
    """Say whether surely nothing is left out between the stretches of *group*."""
    known = [each for each in group if each is not None]
    if len(known) < len(group):
        return False
    if len({each.platforms for each in known}) == 1:
        return _touching(known)
    tests = [test for each in known for test in each.platforms]
    if len({name for name, _, _ in tests}) > 1:
        return False
    # Wherever one of these names is the right one, and where none is, every Python has to do.
    for here in {"", *(value for _, _, value in tests)}:
        there = [
            each
            for each in known
            if all((value == here) is equal for _, equal, value in each.platforms)
        ]
        if not _touching(there, whole=True):
            return False
    return True


def _touching(stretches: Sequence[_Minors], *, whole: bool = False) -> bool:
    """Say whether there is no gap between *stretches*; with *whole*, nor before and behind them."""
    known = sorted(stretches, key=lambda each: each.start)
    if not known or (whole and known[0].start):
        return False
    reach = known[0].end
    for each in known[1:]:
        if reach is None:
            break
        if each.start > reach:
            return False
        reach = None if each.end is None else max(reach, each.end)
    return reach is None or not whole
