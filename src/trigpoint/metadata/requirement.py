"""A dependency specifier and where its parts are.

Source: Dependency specifiers, "Grammar"; PEP 345 for what versions before 2.1 wrote.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from packaging.specifiers import InvalidSpecifier, Specifier
from packaging.utils import canonicalize_name

from trigpoint.findings import Finding
from trigpoint.markers import InvalidMarker, Marker

__all__ = [
    "Problem",
    "Requirement",
    "clause_ranges",
    "common",
    "marker_findings",
    "parse",
    "plain_extra",
    "plain_marker",
]

# A direct reference ends at a blank; its marker needs that blank before the semicolon.
_SHAPE = re.compile(
    r"""
    [ \t]*
    (?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)
    [ \t]*+
    (?:\[(?P<extras>[^\]]*)\][ \t]*+)?
    (?:
        @[ \t]*(?P<url>\S+)(?:[ \t]+|\Z)
      | (?P<version>\([^)]*\)|(?![@(\[])[^;]*)[ \t]*
    )
    (?:;(?P<marker>.*))?\Z
    """,
    re.VERBOSE | re.DOTALL,
).match
_NUMBERS = r"[0-9]+(?:\.[0-9]+)*"
# What nearly all specifiers look like; others are asked of packaging.
_USUAL_CLAUSE = (
    rf"(?:[=!]=[ \t]*{_NUMBERS}(?:\.\*)?|(?:<=?|>=?)[ \t]*{_NUMBERS}|~=[ \t]*[0-9]+\.{_NUMBERS})"
)
_USUAL = re.compile(
    rf"[ \t]*(?:{_USUAL_CLAUSE}[ \t]*(?:,[ \t]*{_USUAL_CLAUSE}[ \t]*)*,?[ \t]*)?\Z"
).match
_NORMAL = r"[a-z0-9]++(?:-[a-z0-9]++)*+"
_WORD = r"[A-Za-z0-9]++(?:[._-]++[A-Za-z0-9]++)*+"
_NUMBER = r"[0-9]++(?:\.[0-9]++)*+"
_TAIL = r"(?:a|b|rc|\.post|\.dev)[0-9]++"
_CLAUSE = rf"(?:[=!]= ?{_NUMBER}(?:{_TAIL}|\.\*)?|(?:[<>]=? ?|~= ?[0-9]++\.){_NUMBER}(?:{_TAIL})?)"
# Possessive throughout: a requirement that does not fit is left to parse at once.
common = re.compile(
    rf"""{_WORD} ?(?:\[{_WORD}(?:, ?{_WORD})*+\] ?)?(?:{_CLAUSE}(?:, ?{_CLAUSE})*+)? ?"""
    rf"""(?:; ?extra == (?:"({_NORMAL})"|'({_NORMAL})'))?\Z"""
).match
"""Matches nearly all requirements that there is nothing to say about; the extra is a group."""
_EXTRA = re.compile(r"[ \t]*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)[ \t]*\Z").match
_PLAIN_EXTRA = re.compile(
    rf"""[ \t]*extra[ \t]*==[ \t]*(?:"({_NORMAL})"|'({_NORMAL})')[ \t]*\Z"""
).match
# Comparisons of one variable that no lint has anything to say about; a test holds them to it.
_VALUES = {
    "python_version": r"[23]\.[0-9]{1,2}",
    "sys_platform": "win32|linux|darwin|cygwin|emscripten",
    "platform_system": "Windows|Linux|Darwin",
    "os_name": "nt|posix",
    "platform_python_implementation": "CPython|PyPy",
    "implementation_name": "cpython|pypy",
}
_PLAIN_COMPARISON = "|".join(
    rf"""{name} ?(?:[=!]={"|[<>]=?" if name == "python_version" else ""}) ?"""
    rf"""(?:"(?:{value})"|'(?:{value})')"""
    for name, value in _VALUES.items()
)
_PLAIN_MARKER = re.compile(
    rf"""[ ]?(?:(?:{_PLAIN_COMPARISON})|\((?:{_PLAIN_COMPARISON})\))"""
    rf"""(?:[ ]and[ ]extra[ ]==[ ](?:"({_NORMAL})"|'({_NORMAL})'))?\Z"""
).match
_BARE_VERSION = re.compile(rf"[ \t]*({_NUMBERS}(?:(?:a|b|rc|\.post|\.dev)[0-9]+)*)[ \t]*\Z").match


class Problem(NamedTuple):
    """What is wrong with a requirement, as a range of its text, and perhaps a replacement."""

    message: str
    start: int
    end: int
    fix: str = ""
    replacement: str | None = None
    old: bool = False
    """Whether the text was right before PEP 508, in versions up to 1.2."""


class Requirement(NamedTuple):
    """A requirement in parts.

    ``extras`` is None without brackets: ``pkg`` and ``pkg[]`` differ.
    ``specifier`` is the text of the version specifier without parentheses,
    ``marker`` that of the marker or None; the ``_at`` twins are offsets into
    the text.
    """

    text: str
    name: str
    extras: tuple[str, ...] | None
    specifier: str
    specifier_at: int
    url: str | None
    marker: str | None
    marker_at: int
    parentheses: bool

    @property
    def normalised(self) -> str:
        """The name in normal form."""
        return canonicalize_name(self.name)

    @property
    def subject(self) -> str:
        """The text in front of the marker, without blanks at its end."""
        if self.marker is None:
            return self.text.strip(" \t")
        return self.text[: self.marker_at - 1].strip(" \t")

    def with_marker(self, marker: str | None) -> str:
        """Return the requirement's text with another marker, or with none."""
        if marker is None:
            return self.subject
        gap = " " if self.url is not None else ""
        return f"{self.subject}{gap}; {marker.strip()}"


@functools.lru_cache(maxsize=2048)
def _is_clause(text: str) -> bool:
    try:
        Specifier(text)
    except InvalidSpecifier:
        return False
    return True


def clause_ranges(specifier: str) -> list[tuple[int, int]]:
    """Return where the clauses between the commas are, without the blanks around them."""
    ranges, start = [], 0
    for part in specifier.split(","):
        bare = part.strip()
        at = start + (part.find(bare) if bare else 0)
        ranges.append((at, at + len(bare)))
        start += len(part) + 1
    return ranges


def specifier_problems(specifier: str, at: int = 0) -> list[Problem]:
    """Return what is wrong with a version specifier that starts at offset *at*.

    >>> specifier_problems(">=3.6.*")[0].replacement
    '>=3.6'
    """
    if _USUAL(specifier):
        return []
    problems = []
    for start, end in clause_ranges(specifier):
        clause = specifier[start:end]
        if not clause or _is_clause(clause):
            continue
        fix, better, old = "write an operator and a version, such as >=1.2", None, False
        if bare := _BARE_VERSION(clause):
            better, old = f"=={bare[1]}.*", True
        elif clause.endswith(".*") and _is_clause(clause[:-2]):
            better = clause[:-2]
        elif clause.startswith("=") and _is_clause("=" + clause):
            better = "=" + clause
        elif clause.startswith(("=>", "=<")) and _is_clause(f"{clause[1]}={clause[2:]}"):
            better = f"{clause[1]}={clause[2:]}"
        elif clause.startswith("~=") and _is_clause(clause + ".0"):
            better = clause + ".0"
        if better:
            fix = f"write {better}"
        problems.append(
            Problem(f"{clause!r} is no version specifier", at + start, at + end, fix, better, old)
        )
    return problems


def parse(text: str) -> Requirement | list[Problem]:
    """Read a requirement; if it is none, return what is wrong with it, in text order.

    The marker is not looked into, see :func:`marker_findings`.

    >>> parse("pkg[a, b] >= 1; extra == 'x'").extras
    ('a', 'b')
    >>> [problem.message for problem in parse("pkg >= ")]
    ["'>=' is no version specifier"]
    """
    match = _SHAPE(text)
    if match is None:
        return [_misshapen(text)]
    name, inside, url, version, marker = match.group("name", "extras", "url", "version", "marker")
    problems: list[Problem] = []
    extras: tuple[str, ...] | None = None
    if inside is not None:
        extras = ()
        if inside.strip(" \t"):
            names, at = [], match.start("extras")
            for part in inside.split(","):
                if found := _EXTRA(part):
                    names.append(found[1])
                else:
                    shown = part.strip()
                    message = f"{shown!r} is no extra name" if shown else "an extra name is missing"
                    problems.append(Problem(message, at, at + len(part)))
                at += len(part) + 1
            extras = tuple(names)
    specifier, specifier_at, parentheses = "", match.end("name"), False
    if version:
        specifier_at = match.start("version")
        specifier = version.rstrip(" \t")
        if specifier.startswith("("):
            parentheses = True
            specifier = specifier[1:-1]
            specifier_at += 1
        if not _USUAL(specifier):
            problems += specifier_problems(specifier, specifier_at)
            clauses = clause_ranges(specifier)
            for start, end in clauses[:-1]:
                if start == end:
                    at = specifier_at + min(start, len(specifier) - 1)
                    problems.append(
                        Problem(
                            "a version specifier is missing before this comma",
                            at,
                            at + 1,
                            "delete the comma",
                        )
                    )
    if problems:
        return problems
    return Requirement(
        text,
        name,
        extras,
        specifier,
        specifier_at,
        url,
        marker,
        match.start("marker") if marker is not None else len(text),
        parentheses,
    )


def _misshapen(text: str) -> Problem:
    """Say what keeps *text* from looking like a requirement at all."""
    name = re.match(r"[ \t]*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)[ \t]*", text)
    if name is None:
        return Problem("a requirement starts with a project name", 0, len(text))
    at = name.end()
    rest = text[at:]
    if rest.startswith("[") and "]" not in rest:
        return Problem("the bracket of the extras is never closed", at, at + 1)
    if rest.startswith("[") and (again := rest.find("]") + 1):
        at += again
        rest = text[at:]
    opened = rest.find("(")
    if opened >= 0 and ")" not in rest[opened:]:
        return Problem("the parenthesis is never closed", at + opened, at + opened + 1)
    if rest.lstrip(" \t").startswith("@"):
        if ";" in rest:
            return Problem(
                "a blank is missing between the URL and the semicolon",
                at,
                len(text),
                "put a blank before the semicolon",
            )
        return Problem("there is no URL after the @", at, len(text))
    return Problem(
        "after the name come extras in brackets, a version specifier or @ URL, then ; and a marker",
        at,
        len(text),
    )


def plain_extra(marker: str) -> str | None:
    """Return the extra of a marker that is ``extra == "name"``, normalised, and no more."""
    match = _PLAIN_EXTRA(marker)
    return (match[1] or match[2]) if match else None


def plain_marker(marker: str) -> tuple[str | None] | None:
    """Recognise a marker that there is nothing to say about, without reading it.

    Returns None if it is not such a marker, else the extra that it asks for, if
    any, in a tuple of one.

    >>> plain_marker("(os_name == 'nt') and extra == 'x'"), plain_marker("os_name > 'nt'")
    (('x',), None)
    """
    match = _PLAIN_MARKER(marker)
    return (match[1] or match[2],) if match else None


@functools.lru_cache(maxsize=1024)
def marker_findings(marker: str) -> tuple[Marker | None, tuple[Finding, ...]]:
    """Return the marker, or None if it cannot be read, and its findings.

    Places are in the marker's own text.
    """
    try:
        read = Marker(marker)
    except InvalidMarker as error:
        return None, error.findings
    return read, read.lint()
