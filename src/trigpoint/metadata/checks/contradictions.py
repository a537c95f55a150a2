"""Requirements of one document that contradict each other, or its Requires-Python.

**Idea.** What they say together is asked of :mod:`trigpoint.requirements.together`, and
only of requirements for which there can be something to say: those for a project that
is named twice, with other versions or by environments; a specifier with two ends; a
marker about Python where there is a Requires-Python.  One pattern and one split for each
requirement tell; most documents have none.

**Invariant.** What is left out here has no finding there; a test holds the two together.

**Cost.** Linear but for what is asked.

Source: Dependency specifiers; Core metadata, "Requires-Dist" and "Requires-Python".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from packaging.specifiers import InvalidSpecifier

from trigpoint.kept import keeps, letters_of
from trigpoint.metadata.checks.context import Context
from trigpoint.requirements.apart import allowed, none_fits
from trigpoint.requirements.glance import END, agree, ends, surely_met
from trigpoint.requirements.requirement import Requirement, read_requirement
from trigpoint.requirements.together import NOTHING, Stated, Together, compared, never_asked, told
from trigpoint.requirements.tree import Dialect

__all__ = ["contradictions"]

_NAME = re.compile(r"[ \t]*+([\w.-]++)").match
_NAMES = re.compile(r"^[ \t]*+([\w.-]++)", re.MULTILINE).findall
_RUNS = re.compile(r"-+").sub
_ENVIRONMENT = re.compile("python|platform|os_name|implementation|os[.]name").search
_NUMBER = r"(0|[1-9][0-9]{0,8})"
_TAIL = r"(?:(?:a|b|rc|\.post|\.dev)[0-9]{1,9}+)?+"
_MAJOR = rf"[ \t]*+{_NUMBER}(?:\.{_NUMBER}(?:\.[0-9]{{1,9}})*+)?+{_TAIL}[ \t]*+"
_RANGE = re.compile(
    rf"[^<>=!~@]*+(?:>=?{_MAJOR},[ \t]*+<{_MAJOR}|<{_MAJOR},[ \t]*+>=?{_MAJOR})[ \t)]*+\Z"
).match
# Requires-Python with a lower end alone, and a comparison of the minor version with a number.
_LEAST = re.compile(rf"[ \t]*+>=[ \t]*+3\.{_NUMBER}(?:\.[0-9]{{1,9}})*+[ \t]*+\Z").match
_ONE_PYTHON = re.compile(
    rf"""python_version ?(<=?|>=?) ?(?:"3\.{_NUMBER}"|'3\.{_NUMBER}')"""
).search
_SPECIFIER = re.compile(r"[^<>=!~@]*+([^()]*+)").match


def contradictions(context: Context) -> None:
    """Check the requirements of *context* against each other and against its Requires-Python."""
    document = context.document
    values = document["requires-dist"]
    if not values:
        return
    requires_python = document.get_first("requires-python") or ""
    places, together = _chosen(values, context.projects, requires_python)
    if not places:
        return
    every = document.every("requires-dist")
    chosen = [every[place] for place in places]
    dialect = Dialect.DEPENDENCY if context.rules >= (2, 1) else Dialect.LEGACY
    lines = tuple(header.value for header in chosen)
    requirements, found = _compared(lines, dialect, requires_python, together)
    stated = []
    for requirement, header in zip(requirements, chosen, strict=True):
        span = header.place(0, len(header.value))[0]
        # In a file of another language the header has no line of its own.
        line = header.line if span is None else span.line
        stated.append(Stated(requirement, span, f"line {line}"))
    context.found += told(stated, found, requires_python)


@keeps(16, letters_of)
def _compared(
    values: tuple[str, ...], dialect: Dialect, requires_python: str, together: bool
) -> tuple[list[Requirement], Together]:
    """Read *values* and compare them, if there is something to say about them *together*.

    Kept, since a keystroke mostly leaves them as they are.
    """
    requirements = [read_requirement(value, dialect) for value in values]
    return requirements, compared(requirements, requires_python) if together else NOTHING


def _chosen(
    values: Sequence[str], projects: Sequence[str], requires_python: str
) -> tuple[list[int], bool]:
    """Return those of *values* for which there can be something to say, by their places.

    Also say whether that can be about several together.
    *projects* are the names in *values*, or empty where they are to be looked for.
    """
    together = "\n".join(values)
    asked: set[int] = set()
    names = _plain(projects) if projects else _named(values, together)
    if len(set(names)) < len(names):
        for places in _repeated(names):
            lines = tuple(values[each] for each in places)
            if _may_contradict(lines) and not agree(lines):
                asked.update(places)
    several = bool(asked)
    if "," in together:
        for place, value in enumerate(values):
            if "," in value and "," in (front := value.partition(";")[0]) and _impossible(front):
                asked.add(place)
    if requires_python and "python" in together:
        least = found[1] if (found := _LEAST(requires_python)) else ""
        for place, value in enumerate(values):
            if "python" not in value:
                continue
            marker = value.partition(";")[2]
            reached = "python" not in marker or (least and _reached(marker, least))
            if not reached and never_asked(marker, requires_python):
                asked.add(place)
    return sorted(asked), several


def _reached(marker: str, least: str) -> bool:
    """Say whether what *marker* asks of Python surely holds for some 3.*least* or a later minor."""
    found = _ONE_PYTHON(marker)
    # Each variable that is about Python has this in its name, and no usual value has.
    asked = marker.count("python_") - marker.count("platform_python_")
    if found is None or asked != 1:
        return not asked
    operator, double, single = found.groups()
    if operator[0] == ">":
        return True
    minor = double or single
    # As numbers: 9 before 10.
    low, high = (len(least), least), (len(minor), minor)
    return low < high or (operator == "<=" and low == high)


def _named(values: Sequence[str], together: str) -> list[str]:
    """Return the normalised names of the projects in *values*, empty for one without.

    *together* is all of them, one a line.
    """
    # One look at all of them is much quicker than one at each.
    names = _NAMES(together)
    if len(names) != len(values):
        names = [found[1] if (found := _NAME(value)) else "" for value in values]
    return _plain(names)


def _plain(names: Sequence[str]) -> list[str]:
    """Normalise *names* of projects, all at once."""
    plain = "\n".join(names).lower().replace("_", "-").replace(".", "-")
    if "--" in plain:
        plain = _RUNS("-", plain)
    return plain.split("\n")


def _repeated(names: Sequence[str]) -> Iterable[list[int]]:
    """Return the places of those of *names* that occur twice, together."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        if name:
            places.setdefault(name, []).append(place)
    return [each for each in places.values() if len(each) > 1]


def _impossible(front: str) -> bool:
    """Say whether no version satisfies the specifier in *front*, or it cannot be said so soon."""
    found = _RANGE(front)
    if found is None and END(front) is None:
        return False
    if found is not None:
        one, minor, two, other, *swapped = found.groups("0")
        if found[1] is None:
            two, other, one, minor = swapped
        # As numbers: 9 before 10.  Behind two of them any version is above the lower end.
        if (len(one), one, len(minor), minor) < (len(two), two, len(other), other):
            return False
    match = _SPECIFIER(front)
    assert match is not None, "it matches the empty text"
    if surely_met(match[1]):
        return False
    try:
        return none_fits(allowed(match[1].strip()))
    except InvalidSpecifier:
        return True


def _may_contradict(values: Sequence[str]) -> bool:
    """Say whether *values*, for one project, can exclude each other or leave a gap."""
    parts = [value.partition(";") for value in values]
    fronts = {front for front, _, _ in parts}
    if len(fronts) > 1 and any(map(ends, fronts)) and len(set(map(_versions, fronts))) > 1:
        return True
    return sum(map(_asks, [marker for _, _, marker in parts])) > 1


def _versions(front: str) -> str:
    """Return what *front* says of versions, or all of it where that is an address."""
    match = None if "@" in front else _SPECIFIER(front)
    return front if match is None else match[1].strip()


def _asks(marker: str) -> bool:
    """Say whether *marker* is about Python or a platform."""
    return ("_" in marker or "." in marker) and _ENVIRONMENT(marker) is not None
