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

import functools
import re
from collections.abc import Sequence

from packaging.specifiers import InvalidSpecifier
from packaging.utils import canonicalize_name

from trigpoint.metadata.checks.context import Context
from trigpoint.metadata.text.plain import Header
from trigpoint.requirements.apart import allowed, none_fits
from trigpoint.requirements.requirement import Requirement, read_requirement
from trigpoint.requirements.together import Stated, Together, compared, never_asked, told
from trigpoint.requirements.tree import Dialect

__all__ = ["contradictions"]

# A name in normal form, or any other.
_NAME = re.compile(r"[ \t]*+(?:([a-z0-9]++(?:-[a-z0-9]++)*+)(?![\w.-])|([\w.-]++))").match
_ENVIRONMENT = re.compile("python|platform|os_name|implementation|os[.]name").search
# All specifiers without one of these have versions in common: those that are high enough.
_END = re.compile(r"[<~@]|(?<![>!])=|\([ \t]*+[0-9]").search
_MAJOR = r"[ \t]*+(0|[1-9][0-9]{0,8})(?:\.[0-9]{1,9})*+[ \t]*+"
_RANGE = re.compile(
    rf"[^<>=!~@]*+(?:>=?{_MAJOR},[ \t]*+<{_MAJOR}|<{_MAJOR},[ \t]*+>=?{_MAJOR})[ \t)]*+\Z"
).match
_SPECIFIER = re.compile(r"[^<>=!~@]*+([^()]*+)").match


def contradictions(context: Context) -> None:
    """Check the requirements of *context* against each other and against its Requires-Python."""
    by_key = context.document.by_key()
    headers = by_key.get("requires-dist")
    if not headers:
        return
    pythons = by_key.get("requires-python")
    chosen = _chosen(headers, pythons[0].value if pythons else "")
    if not chosen:
        return
    requires_python = pythons[0].value if pythons else ""
    dialect = Dialect.DEPENDENCY if context.rules >= (2, 1) else Dialect.LEGACY
    requirements, found = _compared(
        tuple(header.value for header in chosen), dialect, requires_python
    )
    stated = []
    for requirement, header in zip(requirements, chosen, strict=True):
        span = header.place(0, len(header.value))[0]
        # In a file of another language the header has no line of its own.
        line = header.line if span is None else span.line
        stated.append(Stated(requirement, span, f"line {line}"))
    context.found += told(stated, found, requires_python)


@functools.lru_cache(maxsize=64)
def _compared(
    values: tuple[str, ...], dialect: Dialect, requires_python: str
) -> tuple[list[Requirement], Together]:
    """Read *values* and compare them; kept, since a keystroke mostly leaves them as they are."""
    requirements = [read_requirement(value, dialect) for value in values]
    return requirements, compared(requirements, requires_python)


def _chosen(headers: Sequence[Header], requires_python: str) -> list[Header]:
    """Return those of *headers* for which there can be something to say, in their order."""
    projects: dict[str, list[Header]] = {}
    asked: set[int] = set()
    for header in headers:
        value = header.value
        found = _NAME(value)
        if found is None:
            continue
        name = found[1] or canonicalize_name(found[2])
        if name in projects:
            projects[name].append(header)
        else:
            projects[name] = [header]
        if "," in value or (requires_python and "python" in value):
            front, _, marker = value.partition(";")
            if ("," in front and _impossible(front)) or (
                "python" in marker and never_asked(marker, requires_python)
            ):
                asked.add(header.number)
    if len(projects) < len(headers):
        for lines in projects.values():
            if len(lines) > 1 and _may_contradict([each.value for each in lines]):
                asked |= {header.number for header in lines}
    return [header for header in headers if header.number in asked] if asked else []


def _impossible(front: str) -> bool:
    """Say whether no version satisfies the specifier in *front*, or it cannot be said so soon."""
    if _END(front) is None:
        return False
    found = _RANGE(front)
    if found is not None:
        low, high = found[1] or found[4], found[2] or found[3]
        # As numbers: 9 before 10.
        if (len(low), low) < (len(high), high):
            return False
    match = _SPECIFIER(front)
    assert match is not None, "it matches the empty text"
    try:
        return none_fits(allowed(match[1].strip()))
    except InvalidSpecifier:
        return True


def _may_contradict(values: list[str]) -> bool:
    """Say whether *values*, for one project, can exclude each other or leave a gap."""
    parts = [value.partition(";") for value in values]
    if len({front for front, _, _ in parts}) > 1 and any(_END(front) for front, _, _ in parts):
        return True
    return sum(_ENVIRONMENT(marker) is not None for _, _, marker in parts) > 1
