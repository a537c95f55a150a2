"""Requirements as the fields of metadata hold them: a shape, or what is wrong."""

from __future__ import annotations

from trigpoint.requirements.clauses import clause_ranges, specifier_problems
from trigpoint.requirements.marker import marker_findings
from trigpoint.requirements.quick import quick
from trigpoint.requirements.reader import read
from trigpoint.requirements.tree import Dialect, Kind, Problem
from trigpoint.requirements.tree import Shape as Requirement

__all__ = [
    "Problem",
    "Requirement",
    "clause_ranges",
    "marker_findings",
    "parse",
    "readable_problems",
    "specifier_problems",
]


_READABLE = (Kind.URL_MARKER, Kind.ADDRESS, Kind.PYTHON)


def parse(text: str, dialect: Dialect = Dialect.DEPENDENCY) -> Requirement | list[Problem]:
    """Read a requirement; if it is none, return what is wrong with it, in text order.

    ``text`` is the value of a field, ``dialect`` decides what a version without
    operator means; it is a problem in each.  The marker is not looked into, see
    :func:`marker_findings`.

    >>> parse("pkg[a, b] >= 1; extra == 'x'").extras
    ('a', 'b')
    >>> [problem.message for problem in parse("pkg >= ")]
    ["'>=' is no version specifier"]
    """
    found = quick(text)
    if found is not None:
        return found
    reading = read(text, dialect)
    wrong = [problem for problem in reading.problems if problem.kind not in _READABLE]
    return wrong or reading.shape


def readable_problems(parsed: Requirement) -> tuple[Problem, ...]:
    """Return what is wrong with *parsed*, with its URL or its name, though it can be read.

    >>> [problem.start for problem in readable_problems(parse("pkg @ https://x;os_name=='nt'"))]
    [15]
    """
    if parsed.url is None and parsed.name.lower() != "python":
        return ()
    found = read(parsed.text, Dialect.DEPENDENCY).problems
    return tuple(problem for problem in found if problem.kind in _READABLE)
