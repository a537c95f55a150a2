r"""What an axis is called: strings whose order is the order of questions.

**Idea.** A diagram asks about one axis after the other, and compares axes all the
time.  So an axis is a plain string, made by one of the functions below and read
by one of the slices: ``axis[STEM]`` costs what ``axis[:2]`` does.

**Invariant.** In one space, the order of questions is the order of these strings.
What follows the place is the same in every space.

=========  ==========================================  ==============================
part       what it is                                  examples
=========  ==========================================  ==============================
``PLACE``  one character: where a space asks about it  :data:`USUAL_PLACE`
``CODE``   one character: which variable               :data:`CODES`
the rest   which question about that variable:

           cuts of the version line                    nothing
           texts                                       ``\x01``
           one test of the text                        ``\x02``, the test's family, two
                                                       characters that put longer
                                                       literals first, the literal
           an extra or dependency group                its name, in normal form
=========  ==========================================  ==============================

``STEM`` is place and code, which all questions about one variable share in a space
that is not loose; ``KEY`` is all but the place; ``NAME`` is what follows the code of
an extra or a group.

The families of tests are :data:`CONTAINS` and its two cousins for Python's versions,
:data:`INSIDE` and :data:`EQUALS`.

>>> axis = atom_axis(CODES["os_name"], CONTAINS, "nt")
>>> cuts_axis("b") < text_axis("b") < axis < flag_axis(EXTRAS, "gui")
True
>>> axis[STEM] == text_axis("b")[STEM], is_atom(axis), flag_axis(EXTRAS, "gui")[NAME]
(True, True, 'gui')
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "CODE",
    "CODES",
    "CONTAINS",
    "CONTAINS_FULL",
    "CONTAINS_MINOR",
    "EQUALS",
    "EXTRAS",
    "GROUPS",
    "INSIDE",
    "KEY",
    "NAME",
    "NEEDLES",
    "PLACE",
    "PYTHON",
    "RELEASES",
    "STEM",
    "USUAL_PLACE",
    "VARIABLES",
    "atom_axis",
    "cuts_axis",
    "flag_axis",
    "is_atom",
    "text_axis",
    "texts_beside",
    "usual",
]

PLACE: Final = 0
"""Index of the place that a space gave to an axis."""

CODE: Final = 1
"""Index of the code of the variable; an axis of ``END`` has none."""

STEM: Final = slice(0, 2)
"""What all questions about one variable share: place and code."""

NAME: Final = slice(2, None)
"""The name of an extra or a dependency group."""

KEY: Final = slice(1, None)
"""What an axis is called whatever its place."""

USUAL_PLACE: Final = "\x01"
"""The place of every axis in a space in the usual order, where the codes decide."""

PYTHON: Final = "a"
"""The code of Python's version, full or not."""

GROUPS: Final = "y"
"""The code of dependency groups."""

EXTRAS: Final = "z"
"""The code of extras."""

CODES: Final = {
    "python_version": PYTHON,
    "python_full_version": PYTHON,
    "os_name": "b",
    "sys_platform": "c",
    "platform_system": "d",
    "platform_machine": "e",
    "platform_python_implementation": "f",
    "implementation_name": "g",
    "implementation_version": "h",
    "platform_release": "i",
    "platform_version": "j",
    "dependency_groups": GROUPS,
    "extra": EXTRAS,
    "extras": EXTRAS,
}
"""Variable to the letter of its axis; the letters are the order of the axes.

Extras come last: what they select depends on everything else, and a diagram
that asks about them first would have to remember which were requested.
"""

RELEASES: Final = frozenset("hij")
"""The codes of axes that have versions and text."""

VARIABLES: Final = {
    code: name for name, code in CODES.items() if code not in (PYTHON, GROUPS, EXTRAS)
}
"""Letter to variable, for axes that are of one variable."""

CONTAINS: Final = "i"
"""The family of the test whether the literal is in the text, as in ``'x' in os_name``."""

CONTAINS_FULL: Final = "F"
"""The same of ``python_full_version``."""

CONTAINS_MINOR: Final = "V"
"""The same of ``python_version``, which is no text of its own but the beginning of the full one."""

INSIDE: Final = "h"
"""The family of the test whether the text is in the literal, as in ``os_name in 'x y'``."""

EQUALS: Final = "="
"""The family of the test whether the text is the literal but for case, as ``===`` asks."""

NEEDLES: Final = frozenset({CONTAINS, CONTAINS_FULL, CONTAINS_MINOR})
"""The families that look for their literal in a text: a longer one decides those inside it."""

_TEXTS, _TEST = "\x01", "\x02"


def cuts_axis(code: str, place: str = USUAL_PLACE) -> str:
    """Return the axis of the versions of the variable *code*, at *place*."""
    return place + code


def text_axis(code: str, place: str = USUAL_PLACE) -> str:
    """Return the axis of the texts of the variable *code*, at *place*."""
    return place + code + _TEXTS


def atom_axis(code: str, family: str, literal: str, place: str = USUAL_PLACE) -> str:
    """Return the axis of one test of the text of the variable *code*, at *place*.

    *family* and *literal* are the test; longer literals come first.
    """
    much, rest = divmod(len(literal), 1 << 16)
    return f"{place}{code}{_TEST}{family}{chr(0x10FFFF - much)}{chr(0xFFFF - rest)}{literal}"


def flag_axis(code: str, name: str, place: str = USUAL_PLACE) -> str:
    """Return the axis of the extra or group *name* at *place*; *code* says which of both it is."""
    return place + code + name


def texts_beside(axis: str) -> str:
    """Return the axis of texts that belongs to *axis*, one of cuts."""
    return axis + _TEXTS


def is_atom(axis: str) -> bool:
    """Say whether *axis* is one of a test; no name begins as these do."""
    return axis[2:3] == _TEST


def usual(axis: str) -> str:
    """Return what *axis* is called in a space in the usual order."""
    return USUAL_PLACE + axis[KEY]
