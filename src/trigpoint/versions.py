"""The one door from text that somebody wrote to versions, specifiers and numbers.

``packaging`` hands digits to :class:`int`, which refuses more than
:func:`sys.get_int_max_str_digits` of them with a bare :exc:`ValueError`: at
once, or later when a specifier is first asked.  Here a number has at most
:data:`MOST_DIGITS` digits, and whatever cannot be read raises what
``packaging`` documents for it.  Nothing else in this project calls
``Version``, ``Specifier``, ``SpecifierSet`` or ``int`` on a text.

Source: Version specifiers specification.
"""

from __future__ import annotations

import re
import sys

from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.version import InvalidVersion, Version

__all__ = [
    "MOST_DIGITS",
    "is_version",
    "long_number",
    "number",
    "release",
    "specifier",
    "specifiers",
    "version",
]

MOST_DIGITS = sys.int_info.str_digits_check_threshold
"""Digits that one number may have: those that every setting of Python can read."""

_LONG = re.compile(rf"[0-9]{{{MOST_DIGITS + 1},}}")


def long_number(text: str) -> tuple[int, int] | None:
    """Return where *text* has its first number of more than :data:`MOST_DIGITS` digits.

    *text* is anything; the result is a half-open range of offsets, or None.

    >>> long_number(">= 1." + "0" * 641)
    (5, 646)
    """
    if len(text) <= MOST_DIGITS:
        return None
    found = _LONG.search(text)
    return found.span() if found else None


def version(text: str) -> Version:
    """Return the version that *text* is, by the grammar of version identifiers.

    Raises :exc:`packaging.version.InvalidVersion`, also for a number of more
    than :data:`MOST_DIGITS` digits.

    >>> version("1.0rc1").pre
    ('rc', 1)
    """
    if len(text) > MOST_DIGITS and _LONG.search(text):
        raise InvalidVersion(f"Invalid version: a number has more than {MOST_DIGITS} digits")
    return Version(text)


def is_version(text: str) -> bool:
    """Say whether :func:`version` reads *text*.

    >>> is_version("3.13"), is_version("3.*"), is_version("9" * 1000)
    (True, False, False)
    """
    try:
        version(text)
    except InvalidVersion:
        return False
    return True


def specifier(text: str) -> Specifier:
    """Return the version specifier that *text* is: an operator and a version.

    Raises :exc:`packaging.specifiers.InvalidSpecifier`, also for a number of
    more than :data:`MOST_DIGITS` digits.

    >>> specifier("~= 1.4").operator
    '~='
    """
    if len(text) > MOST_DIGITS and _LONG.search(text):
        raise InvalidSpecifier(f"Invalid specifier: a number has more than {MOST_DIGITS} digits")
    return Specifier(text)


def specifiers(text: str) -> SpecifierSet:
    """Return the specifiers, separated by commas, that *text* holds.

    Raises :exc:`packaging.specifiers.InvalidSpecifier`, also for a number of
    more than :data:`MOST_DIGITS` digits.

    >>> len(specifiers(">=3.11, <4"))
    2
    """
    if len(text) > MOST_DIGITS and _LONG.search(text):
        raise InvalidSpecifier(f"Invalid specifier: a number has more than {MOST_DIGITS} digits")
    return SpecifierSet(text)


def number(text: str) -> int:
    """Return the number that *text*, ASCII digits only, is.

    Raises :exc:`packaging.version.InvalidVersion` for anything else, and for
    more than :data:`MOST_DIGITS` digits.

    >>> number("0042")
    42
    """
    if not (text.isascii() and text.isdigit()) or len(text) > MOST_DIGITS:
        raise InvalidVersion(f"Invalid version: no number of at most {MOST_DIGITS} digits")
    return int(text)


def release(text: str) -> list[int]:
    """Return the numbers of a final release in plain digits, with dots between them.

    Raises :exc:`packaging.version.InvalidVersion` for a number of more than
    :data:`MOST_DIGITS` digits; *text* must otherwise be one.

    >>> release("3.09.0")
    [3, 9, 0]
    """
    if len(text) > MOST_DIGITS and _LONG.search(text):
        raise InvalidVersion(f"Invalid version: a number has more than {MOST_DIGITS} digits")
    return [int(part) for part in text.split(".")]
