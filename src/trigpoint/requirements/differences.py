"""Where a dependency specifier is one here and not for ``packaging``, or the reverse.

The tests hold both to this table: any other disagreement fails them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.specifiers import SpecifierSet

__all__ = ["DIFFERENCES", "Disagreement", "explains"]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One difference.

    ``packaging`` says what packaging does in the ``versions`` named, ``here``
    what is done here, ``why`` the reason.  ``example`` shows it; ``accepted``
    says whether packaging accepts that.  ``pattern`` is found in every text
    that it explains.
    """

    name: str
    packaging: str
    here: str
    why: str
    example: str
    versions: SpecifierSet
    pattern: str
    accepted: bool = True


_SINCE_22 = SpecifierSet(">=22,<27")
_D = Disagreement

DIFFERENCES: tuple[Disagreement, ...] = (
    _D(
        "name that ends in an underscore",
        "accepted, for projects and extras",
        "an error",
        "The grammar: a name ends in a letter or digit.",
        "y_",
        _SINCE_22,
        r"_+(?![\w.-])",
    ),
    _D(
        "semicolon for a URL",
        "accepted as the URL",
        "an error: there is no URL",
        "A requirement with an address was begun, and its marker would be lost.",
        "y @ ;",
        _SINCE_22,
        r"@[ \t]*;",
    ),
    _D(
        "white space in a URL",
        "white space that is neither blank nor tab is a part of the URL",
        "it ends the URL, and nothing but a marker may follow",
        "packaging reads it so from 26.4 on.",
        "y @ https://x\ny",
        SpecifierSet(">=22,<26.4"),
        r"@[ \t]*\S*[^\S \t]",
    ),
    _D(
        "white space behind an operator",
        "any white space is accepted, line ends too",
        "only blanks and tabs",
        "The grammar: blanks and tabs.",
        "y >=\n1",
        _SINCE_22,
        r"[<>=!~][ \t]*[^\S \t]",
    ),
    _D(
        "long numbers",
        "a number of any length is accepted, and raises ValueError when it is asked about",
        "an error",
        "Python reads numbers of so many digits only if its settings let it.",
        f"y=={'9' * 641}",
        _SINCE_22,
        r"[0-9]{641}",
    ),
)
"""Every difference from ``packaging`` in what is a dependency specifier."""


def explains(text: str, version: str) -> bool:
    """Say whether the table explains that *text* is read otherwise by packaging *version*.

    >>> explains("y_ >= 1", "26.4"), explains("y >= 1", "26.4")
    (True, False)
    """
    return any(
        version in difference.versions and re.search(difference.pattern, text) is not None
        for difference in DIFFERENCES
    )
