r"""The quick way: requirements that can be read, by one match of one pattern.

Every repetition is possessive, so that no text makes a pattern try twice: what
does not fit is left, at once, to :mod:`trigpoint.requirements.reader`, which
says what is wrong, or reads the rare spelling.  A property test holds the two
to the same answer.

``numpy>=1,<2; os_name == 'nt'`` is one match, with the groups ``numpy``,
``>=1,<2`` and `` os_name == 'nt'``; the marker is not looked into.

Source: Dependency specifiers, "Grammar".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from trigpoint.requirements.tree import Shape
from trigpoint.versions import MOST_DIGITS, long_number, release

__all__ = [
    "NAME",
    "PLATFORM",
    "Commons",
    "common",
    "commons",
    "is_name",
    "plain_extra",
    "plain_marker",
    "plain_specifiers",
    "quick",
]

NAME = r"[A-Za-z0-9]++(?:[._-]++[A-Za-z0-9]++)*+"
"""Pattern of the name of a project or an extra."""

_PYTHON_ITSELF = r"(?![Pp][Yy][Tt][Hh][Oo][Nn](?![A-Za-z0-9._-]))"
_NUMBERS = r"[0-9]++(?:\.[0-9]++)*+"
_TAIL = r"(?:(?:a|b|rc)[0-9]++)?+(?:\.post[0-9]++)?+(?:\.dev[0-9]++)?+"
# What nearly all clauses look like; others are asked of packaging.
_CLAUSE = (
    rf"(?:[=!]=[ \t]*+{_NUMBERS}(?:\.\*|{_TAIL})"
    rf"|(?:[<>]=?+[ \t]*+|~=[ \t]*+[0-9]++\.){_NUMBERS}{_TAIL})"
)
_CLAUSES = rf"{_CLAUSE}(?:[ \t]*+,[ \t]*+{_CLAUSE})*+(?:[ \t]*+,)?+"
is_name = re.compile(rf"{NAME}\Z").match
"""Matches the name of a project or an extra."""
plain_specifiers = re.compile(rf"[ \t]*+(?:{_CLAUSES}[ \t]*+)?+\Z").match
"""Matches version specifiers that need not be asked of packaging."""
_QUICK = re.compile(
    rf"""
    [ \t]*+ {_PYTHON_ITSELF} ({NAME}) [ \t]*+
    (\[ [ \t]*+ (?:({NAME} (?:[ \t]*+ , [ \t]*+ {NAME})*+) [ \t]*+)?+ \] [ \t]*+)?+
    (?:
        @ [ \t]*+ ((?!;)\S++) (?:[ \t]++|\Z)
      | (\([ \t]*+) ({_CLAUSES})?+ [ \t]*+ \) [ \t]*+
      | ({_CLAUSES})?+ [ \t]*+
    )
    (?:;(?![ \t]*+\#)(.*+))?+ \Z
    """.replace("[ \\t]", "[\\x20\\t]"),
    re.VERBOSE | re.DOTALL,
).match
_COMMA = re.compile(r"[ \t]*+,[ \t]*+").split


def quick(text: str) -> Shape | None:
    """Read *text* if it is a requirement of the usual spelling; None otherwise.

    The marker is not looked into.

    >>> quick("pkg[a, b] >= 1; extra == 'x'").extras
    ('a', 'b')
    >>> quick("pkg >= ") is None
    True
    """
    match = _QUICK(text)
    if match is None or (len(text) > MOST_DIGITS and long_number(text[: _marker_at(match)])):
        return None
    name, bracket, extras, url, opened, inner, bare, marker = match.groups()
    if inner is not None:
        at = match.start(6)
    elif bare is not None:
        at = match.start(7)
    else:
        at = match.end(5) if opened else match.end(1)
    return Shape(
        text,
        name,
        None if bracket is None else tuple(_COMMA(extras)) if extras else (),
        None if bracket is None else (match.start(2), text.index("]", match.start(2)) + 1),
        inner or bare or "",
        at,
        url,
        match.start(4),
        marker,
        match.start(8) if marker is not None else len(text),
        opened is not None,
    )


def _marker_at(match: re.Match[str]) -> int:
    return match.start(8) if match[8] is not None else match.end()


# -- what there is nothing to say about --------------------------------------------

_NORMAL = r"[a-z0-9]++(?:-[a-z0-9]++)*+"
_NUMBER = r"[0-9]{1,9}+(?:\.[0-9]{1,9}+)*+"
_SHORT_TAIL = r"(?:a|b|rc|\.post|\.dev)[0-9]{1,9}+"
_COMMON_CLAUSE = (
    rf"(?:[=!]= ?{_NUMBER}(?:{_SHORT_TAIL}|\.\*)?"
    rf"|(?:[<>]=? ?|~= ?[0-9]{{1,9}}+\.){_NUMBER}(?:{_SHORT_TAIL})?)"
)
common = re.compile(
    rf"""{_PYTHON_ITSELF}{NAME} ?(?:\[{NAME}(?:, ?{NAME})*+\] ?)?"""
    rf"""(?:{_COMMON_CLAUSE}(?:, ?{_COMMON_CLAUSE})*+)? ?"""
    rf"""(?:; ?extra == (?:"({_NORMAL})"|'({_NORMAL})'))?\Z"""
).match
"""Matches nearly all requirements that there is nothing to say about; the extra is a group."""
_PLAIN_EXTRA = re.compile(
    rf"""[ \t]*extra[ \t]*==[ \t]*(?:"({_NORMAL})"|'({_NORMAL})')[ \t]*\Z"""
).match
# Comparisons that no lint has anything to say about; a test holds them to it.
_PYTHON = r"""python_version ?(?:[=!]=|[<>]=?) ?(?:"[23]\.[0-9]{1,2}"|'[23]\.[0-9]{1,2}')"""
_VALUES = {
    "sys_platform": "win32|linux|darwin|cygwin|emscripten|ios|android",
    "platform_system": "Windows|Linux|Darwin",
    "platform_machine": "x86_64|AMD64|aarch64|arm64|ppc64le|s390x",
    "os_name": "nt|posix",
    "platform_python_implementation": "CPython|PyPy",
    "implementation_name": "cpython|pypy",
}
PLATFORM = "|".join(
    rf"""{name} ?[=!]= ?(?:"(?:{value})"|'(?:{value})')""" for name, value in _VALUES.items()
)
"""Pattern of a comparison with the usual name of a platform, a machine or an implementation."""
_COMPARED = rf"(?:{_PYTHON}|{PLATFORM})"
_ASKED = rf"""extra[ ]==[ ](?:"({_NORMAL})"|'({_NORMAL})')"""
_PLAIN_MARKER = re.compile(
    rf"""[ ]?(?:({_ASKED})[ ]and[ ])?(\([ ]?)?({_COMPARED})(?:[ ](and|or)[ ]({_COMPARED}))?"""
    rf"""(?(4)[ ]?\))(?(1)|(?:[ ]and[ ]{_ASKED})?)\Z"""
).match
_BOUND = re.compile(r"python_version ?(>=|<) ?.([23]\.[0-9]{1,2}).").fullmatch
_ROWS = re.compile(
    rf"""^(?:{_PYTHON_ITSELF}({NAME}) ?(?:\[{NAME}(?:, ?{NAME})*+\] ?)?"""
    rf"""(?:{_COMMON_CLAUSE}(?:, ?{_COMMON_CLAUSE})*+)? ?(?:;([^\n]++))?|[^\n]++)$""",
    re.MULTILINE,
).findall


class Commons(NamedTuple):
    """What can be seen of several requirements together, see :func:`commons`.

    ``projects`` has their names, empty for a requirement of a rarer form; ``extras`` are those
    that the others ask for; ``doubtful`` are the places of all that must be looked at.
    """

    projects: list[str]
    extras: set[str]
    doubtful: list[int]


def commons(values: Sequence[str]) -> Commons:
    """Tell those of *values* that there is nothing to say about, without reading them.

    Each is a requirement, not empty and without line end.  Doubtful is one of a rarer form,
    or with a marker that there may be something to say about.

    >>> commons(["a>=1; extra == 'x'", "b", "c @ https://c.org"])
    Commons(projects=['a', 'b', ''], extras={'x'}, doubtful=[2])
    """
    rows = _ROWS("\n".join(values))
    projects = [name for name, _ in rows]
    extras = set()
    unsure = set()
    # Most requirements of a document have one of a few markers.
    for marker in {marker for _, marker in rows if marker}:
        extra = plain_extra(marker)
        if extra is None:
            found = plain_marker(marker)
            if found is None:
                unsure.add(marker)
                continue
            (extra,) = found
        if extra is not None:
            extras.add(extra)
    doubtful = []
    if unsure or "" in projects:
        doubtful = [at for at, row in enumerate(rows) if not row[0] or row[1] in unsure]
    return Commons(projects, extras, doubtful)


def plain_extra(marker: str) -> str | None:
    """Return the extra of a *marker* that is ``extra == "name"``, normalised, and no more."""
    match = _PLAIN_EXTRA(marker)
    return (match[1] or match[2]) if match else None


def plain_marker(marker: str) -> tuple[str | None] | None:
    """Recognise a *marker* that there is nothing to say about, without reading it.

    Returns None if it is not such a marker, else the extra that it asks for, if
    any, in a tuple of one.

    >>> plain_marker("(os_name == 'nt') and extra == 'x'"), plain_marker("os_name > 'nt'")
    (('x',), None)
    """
    match = _PLAIN_MARKER(marker)
    if match is None:
        return None
    _, first, second, opened, one, word, other, double, single = match.groups()
    extra = first or second or double or single
    # Two comparisons can both hold if they are about different things, or leave a stretch.
    if word == "and" and not (
        one.startswith("python") != other.startswith("python")
        or _is_stretch(one, other)
        or _are_left_out(one, other)
    ):
        return None
    if word == "or":
        # Of two platforms either can be meant, if it is clear how far "or" reaches.
        plain = opened or extra is None
        if not (plain and _is_platform(one) and _is_platform(other)):
            return None
    return (extra,)


def _is_stretch(one: str, other: str) -> bool:
    """Say whether what is compared, twice Python, is from one version up to a later one."""
    low, high = _BOUND(one), _BOUND(other)
    if low is None or high is None or low[1] == high[1]:
        return False
    if low[1] == "<":
        low, high = high, low
    return release(low[2]) < release(high[2])


def _are_left_out(one: str, other: str) -> bool:
    """Say whether what is compared, two platforms, is each time another machine to leave out."""
    return all("!=" in each and each.startswith("platform_machine") for each in (one, other))


def _is_platform(compared: str) -> bool:
    """Say whether what is *compared* equals the name of a platform or an implementation."""
    return not compared.startswith("python") and "!=" not in compared
