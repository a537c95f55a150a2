"""The classifiers that there are, and the known one that somebody meant.

The list comes from the project ``trove-classifiers``, which indexes ask; it is
carried as a text file, so that it is there in a browser, and renewed by a session.

Source: https://github.com/pypa/trove-classifiers
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from trigpoint.kept import keeps

__all__ = ["LONGEST_MEANT", "MOST_MEANT", "PRIVATE", "Known", "known", "meant"]

PRIVATE = "Private :: "
"""How a classifier starts that is there to be refused, so that nothing is uploaded by mistake."""

LONGEST_MEANT = 120
"""Letters of a classifier for which a known one is looked for; the longest known one has fewer."""

MOST_MEANT = 50
"""Unknown classifiers of one document for which a known one is looked for."""

# How alike texts are, as difflib counts: of the last level alone, and of the whole.
_CLOSE_LEVEL, _CLOSE = 0.75, 0.92


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about classifiers.

    ``names`` are all that are accepted, ``deprecated`` those that no longer are,
    each with what to use instead, if anything; ``unlicensed`` are the accepted ones that
    are not about a license.  ``version`` is that of
    trove-classifiers, ``date`` the day it was read.
    """

    version: str
    date: str
    names: frozenset[str]
    deprecated: Mapping[str, tuple[str, ...]]
    unlicensed: frozenset[str]


@functools.cache
def known() -> Known:
    """Return the list that this package carries.

    >>> "Framework :: Django" in known().names
    True
    """
    text = resources.files(__package__).joinpath("classifiers.txt").read_text("utf-8")
    head, *lines = text.splitlines()
    version, _, date = head.partition(" ")
    names = set()
    deprecated = {}
    for line in lines:
        name, tab, instead = line.partition("\t")
        if tab:
            deprecated[name] = tuple(instead.split("; ")) if instead else ()
        else:
            names.add(name)
    unlicensed = frozenset(name for name in names if not name.startswith("License"))
    return Known(version, date, frozenset(names), MappingProxyType(deprecated), unlicensed)


def _plain(text: str) -> str:
    return "".join(text.lower().split())


@functools.cache
def _by_plain() -> Mapping[str, str]:
    return {_plain(name): name for name in sorted(known().names)}


@keeps(256)
def meant(text: str) -> str | None:
    """Return the known classifier that *text*, an unknown one, was probably meant to be.

    One that differs in letter case and blanks only comes first, then the shortest
    that goes on where *text* ends, the only one with the same last level, and one
    whose letters are close.  None if *text* has more than :data:`LONGEST_MEANT` letters.

    >>> meant("Framework :: Djangoo"), meant("Operating System :: Linux")
    ('Framework :: Django', 'Operating System :: POSIX :: Linux')
    >>> meant("License :: OSI Approved :: Open Database License (ODbL)") is None
    True
    """
    if len(text) > LONGEST_MEANT:
        return None
    names, plain = _by_plain(), _plain(text)
    if plain in names:
        return names[plain]
    top, _, _ = plain.partition("::")
    parent, _, last = plain.rpartition("::")
    group = [each for each in names if each.partition("::")[0] == top]
    words = " ".join(text.lower().split()) + " "
    longer = [each for each in group if last and names[each].lower().startswith(words)]
    if longer:
        return names[min(longer, key=len)]
    same = [each for each in group if last and each.rpartition("::")[2] == last]
    if len(same) == 1:
        return names[same[0]]
    beside = {
        each.rpartition("::")[2]: each for each in group if each.rpartition("::")[0] == parent
    }
    close = difflib.get_close_matches(last, beside, n=1, cutoff=_CLOSE_LEVEL)
    whole = [beside[close[0]]] if close else difflib.get_close_matches(plain, names, 1, _CLOSE)
    # Numbers are not misspelt: "Python :: 3.99" is not "Python :: 3.9".
    if whole and _digits(whole[0]) == _digits(plain):
        return names[whole[0]]
    return None


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
