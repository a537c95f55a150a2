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
from collections.abc import Iterator

from packaging.utils import canonicalize_name

from trigpoint.metadata.checks.context import Context
from trigpoint.metadata.text.plain import Header
from trigpoint.requirements.quick import NAME
from trigpoint.requirements.requirement import read_requirement
from trigpoint.requirements.tree import Dialect

__all__ = ["contradictions"]

_FRONT = re.compile(rf"[ \t]*+({NAME})([^;]*+)").match
_ENVIRONMENT = re.compile("python|platform|os_name|implementation|os[.]name").search
# All specifiers without one of these have versions in common: those that are high enough.
_END = re.compile(r"[<~@]|(?<![>!])=|\([ \t]*+[0-9]").search
_RANGE = re.compile(
    r"[ \t(]*+>=?[ \t]*+(0|[1-9][0-9]{0,8})(?:\.[0-9]{1,9})*+[ \t]*+,"
    r"[ \t]*+<[ \t]*+(0|[1-9][0-9]{0,8})(?:\.[0-9]{1,9})*+[ \t)]*+\Z"
).match


def contradictions(context: Context) -> None:
    """Check the requirements of *context* against each other and against its Requires-Python."""
    by_key = context.document.by_key()
    headers = by_key.get("requires-dist", ())
    pythons = by_key.get("requires-python", ())
    chosen = list(_chosen(headers, about_python=bool(pythons)))
    if not chosen:
        return
    from trigpoint.requirements.together import Stated, contradictions

    dialect = Dialect.DEPENDENCY if context.rules >= (2, 1) else Dialect.LEGACY
    stated = [
        Stated(
            read_requirement(header.value, dialect),
            header.place(0, len(header.value))[0],
            f"line {header.line}",
        )
        for header in chosen
    ]
    requires_python = pythons[0].value if pythons else ""
    context.found += contradictions(stated, requires_python)


def _chosen(headers: list[Header] | tuple[()], *, about_python: bool) -> Iterator[Header]:
    """Yield those of *headers* for which there can be something to say, in their order."""
    seen: set[str] = set()
    projects: dict[str, list[tuple[Header, str, str]]] = {}
    asked: set[int] = set()
    for header in headers:
        value = header.value
        found = _FRONT(value)
        if found is None or value in seen:
            continue
        seen.add(value)
        front, marker = found[2], value[found.end() :]
        projects.setdefault(canonicalize_name(found[1]), []).append((header, front, marker))
        if ("," in front and _two_ends(front)) or (about_python and "python" in marker):
            asked.add(header.number)
    for lines in projects.values():
        if len(lines) > 1 and _may_contradict(lines):
            asked |= {header.number for header, _, _ in lines}
    return (header for header in headers if header.number in asked)


def _two_ends(front: str) -> bool:
    """Say whether it takes a look at the versions in *front* whether there are any."""
    if _END(front) is None:
        return False
    found = _RANGE(front)
    # As numbers: 9 before 10.
    return found is None or (len(found[1]), found[1]) >= (len(found[2]), found[2])


def _may_contradict(lines: list[tuple[Header, str, str]]) -> bool:
    """Say whether *lines*, for one project, can exclude each other or leave a gap."""
    if len({front for _, front, _ in lines}) > 1 and any(_END(front) for _, front, _ in lines):
        return True
    return sum(_ENVIRONMENT(marker) is not None for _, _, marker in lines) > 1
