"""In what form a requirement is written: each form that a case was recorded for has a name.

What no case is about ends in ``-unreadable``, ``-other`` or ``-odd``; such a form is
never recorded, so that a prediction about it says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from packaging.specifiers import InvalidSpecifier
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from trigpoint.kept import keeps
from trigpoint.requirements.tree import Shape
from trigpoint.versions import specifiers, version

__all__ = ["OPERATORS", "SHAPES", "meetable", "python_form", "shape_feature", "written_forms"]

OPERATORS = {
    ">=": "at-least",
    "<=": "at-most",
    "<": "below",
    ">": "above",
    "==": "equal",
    "!=": "not-equal",
    "~=": "compatible",
    "===": "arbitrary",
}
"""What the features call the operators of versions."""

SHAPES = {
    ">=V<V": "missing-comma",
    "(>=V<V)": "missing-comma-parenthesised",
    ">=V <V": "missing-comma-blank",
    "!=V*": "star-without-dot",
    ">=V*": "star-without-dot-order",
    "(>=V*)": "star-without-dot-order-parenthesised",
    "!=~V": "not-tilde",
    ">='V'": "quoted",
    ">=V.*": "wildcard-order",
    "(>=V.*)": "legacy",
    "<V.*": "wildcard-below",
    "V": "bare-version",
    "(V)": "bare-version-parenthesised",
    "=V": "single-equals",
    "^V": "caret",
    "~V": "tilde",
    ">=": "no-version",
    "=>V": "reversed-operator",
    ">>>V": "invalid",
}
"""Specifiers that cannot be read, each V a number with points, and what features call them."""

MOST_CLAUSES = 64
"""So many versions are compared to see whether one meets them all; above it is not known."""

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_NAME = re.compile(r"\s*[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?\s*(?:\[[^\]]*\])?\s*")
_CLAUSE = re.compile(r"\s*(===|[<>=!~]=|[<>])\s*(\S+?)\s*")
_COMMA_LAST = re.compile(r",\s*\)?\s*\Z")
_ORDINARY_BLANKS = re.compile(r"(?:[^\s]| (?! ))*\Z")


def _shape(specifier: str) -> str:
    """Put V for each number, and leave out blanks that mean nothing to anybody."""
    text = _NUMBER.sub("V", specifier.strip())
    return re.sub(r"(?<=[<>=!~^(]) +| +(?=[),])|(?<=,) +", "", text)


def _without_comma(specifier: str) -> str | None:
    """Return *specifier* without a comma at its end; None if it has none."""
    shorter = re.sub(r",\s*(\)?)\s*\Z", r"\1", specifier)
    return None if shorter == specifier else shorter


def shape_feature(head: str) -> str:
    """Return the feature of a requirement that cannot be read; *head* is what precedes its marker.

    >>> shape_feature("foo (>=1.0<2.0)"), shape_feature("foo <<< 1")
    ('requirement-missing-comma-parenthesised', 'requirement-unreadable')
    """
    if not head.strip():
        return "requires-dist-empty"
    match = _NAME.match(head)
    specifier = head[match.end() :] if match else head
    shape = _shape(specifier)
    if (shorter := _without_comma(specifier)) is not None:
        inside = shorter.strip().removeprefix("(").removesuffix(")")
        if _legal(inside):
            return "requirement-trailing-comma" + ("-parenthesised" if ")" in specifier else "")
        return "requirement-unreadable"
    slug = SHAPES.get(shape)
    if slug in ("invalid", "legacy"):
        return f"requires-dist-{slug}"
    return f"requirement-{slug}" if slug and match else "requirement-unreadable"


def _legal(specifier: str) -> bool:
    try:
        specifiers(specifier)
    except InvalidSpecifier:
        return False
    return True


def python_form(value: str) -> str:
    """Return the feature of a Requires-Python *value* that cannot be read.

    >>> python_form(">=3.6.*"), python_form("three")
    ('requires-python-legacy', 'requires-python-invalid')
    """
    if not value.strip():
        return "requires-python-empty"
    if re.fullmatch(r"[A-Za-z ]+", value):
        return "requires-python-invalid"
    if (shorter := _without_comma(value)) is not None:
        return "requires-python-trailing-comma" if _legal(shorter) else "requires-python-unreadable"
    slug = SHAPES.get(_shape(value))
    if slug == "wildcard-order":
        return "requires-python-legacy"
    known = (
        "missing-comma",
        "missing-comma-blank",
        "star-without-dot",
        "quoted",
        "bare-version",
        "wildcard-below",
    )
    return f"requires-python-{slug}" if slug in known else "requires-python-unreadable"


def clauses(specifier: str) -> Iterator[tuple[str, str]]:
    """Yield operator and version of each clause of a legal specifier."""
    for clause in specifier.split(","):
        if match := _CLAUSE.fullmatch(clause):
            yield match[1], match[2]


def _version_forms(operator: str, text: str) -> Iterator[str]:
    if operator == "===":
        return
    try:
        read = version(text.removesuffix(".*"))
    except InvalidVersion:
        yield "specifier-odd"
        return
    if read.is_prerelease:
        yield "specifier-prerelease"
    if read.is_postrelease:
        yield "specifier-postrelease"
    if read.local:
        yield "specifier-local"
    if read.epoch:
        yield "specifier-epoch"
    if str(read) != text.removesuffix(".*"):
        yield "specifier-odd"


def written_forms(shape: Shape) -> tuple[str, ...]:
    """Return the features of how a readable requirement of this *shape* is written.

    >>> from trigpoint.requirements.quick import quick
    >>> written_forms(quick("pkg (>=1.0)"))
    ('requirement-parenthesised', 'specifier-at-least')
    """
    found: list[str] = []
    if shape.name != canonicalize_name(shape.name):
        found.append("requirement-name-spelling")
    if not _ORDINARY_BLANKS.match(shape.subject):
        found.append("requirement-blanks-odd")
    if shape.parentheses:
        found.append("requirement-parenthesised" if shape.specifier else "requirement-odd")
    if shape.url is None and _COMMA_LAST.search(shape.subject):
        tail = "-parenthesised" if shape.parentheses else ""
        found.append(f"requirement-trailing-comma{tail}")
    for operator, text in clauses(shape.specifier):
        wild = "-wildcard" if text.endswith(".*") and operator != "===" else ""
        found.append(f"specifier-{OPERATORS[operator]}{wild}")
        found += _version_forms(operator, text)
    return tuple(found)


@keeps(1024)
def meetable(specifier: str) -> bool | None:
    """Say whether some version meets the legal *specifier*; None if that is not known.

    >>> meetable("==1.17.3,==1.17.5"), meetable(">1,<2"), meetable(">1.0a1,<1.0a2")
    (False, True, None)
    """
    pairs = list(clauses(specifier))
    if len(pairs) < 2:
        return True
    if len(pairs) > MOST_CLAUSES or any(operator == "===" for operator, _ in pairs):
        return None
    wanted = specifiers(specifier)
    named = []
    for _, text in pairs:
        try:
            named.append(version(text.removesuffix(".*")))
        except InvalidVersion:
            return None
    if any(wanted.contains(each, prereleases=True) for each in _around(named)):
        return True
    plain = all(str(each) == each.base_version and not each.epoch for each in named)
    return False if plain else None


def _around(named: Iterable[Version]) -> Iterator[Version]:
    """Yield versions before, at and after each of *named*."""
    yield version("0")
    for each in named:
        yield each
        # Between this one and the next that anybody names.
        yield version(f"{each.base_version}.0.0.1")
        yield version(f"{each.base_version}.dev0")
    yield version("999999")
