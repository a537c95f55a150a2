r"""How long a text may be that a lab reads, so that its answer comes while somebody waits.

A page stops what takes longer than ten seconds, and then has nothing to say of the text.
What a lab takes its time for is counted here.  Hashes of files and a description, which are
long in what people have, are read in no time, and are set aside.

Cost: one look at the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex

__all__ = ["CODE", "MOST_LETTERS", "MOST_WHOLE", "said", "too_long"]

CODE: Final = "request-long"
"""The finding on a text of which nothing is read."""

MOST_LETTERS: Final = 100_000
"""Letters without hashes and description: some 2,000 requirements with markers."""

MOST_WHOLE: Final = 1_000_000
"""Letters with them."""

_HASH: Final = re.compile(
    r"[ \t]*+--hash=(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})"
    r"[ \t]*+(?:\\\r?\n)?+"
)
_DESCRIPTION: Final = re.compile(r"\n\r?\n")


def too_long(
    text: str,
    advice: str,
    *,
    most: int = MOST_LETTERS,
    whole: int = MOST_WHOLE,
    metadata: bool = False,
) -> Finding | None:
    r"""Return what is wrong with *text* if it is longer than is read, at the first letter too many.

    *advice* is the way out in words, *most* the bound in letters without what is set aside,
    and *whole* that with it.  With *metadata*, what
    is behind the first empty line is a description.

    >>> too_long("requests\n" * 10, "paste less") is None
    True
    >>> found = too_long("requests\n" * 20_000, "paste less")
    >>> found.message, found.span.start
    ('the text has 180,000 letters, and at most 100,000 are read', 100000)
    """
    if len(text) <= most:
        return None
    aside = list(_description(text) if metadata else _hashes(text))
    counted = len(text) - sum(end - start for start, end in aside)
    if counted > most:
        at, besides = _place(most, aside), "description" if metadata else "hashes"
        message = f"the text has {counted:,} letters, and at most {most:,} are read"
        if aside:
            message = f"without {besides} {message}"
    elif len(text) > whole:
        at = whole
        message = f"the text has {len(text):,} letters, and at most {whole:,} are read"
    else:
        return None
    return report(CODE, message, TextIndex(text).span(at, at + 1), Fix(advice))


def said(findings: Iterable[Finding]) -> str:
    """Say that nothing of a text was read, if one of *findings* does; empty otherwise.

    >>> said([]), said([report(CODE, "it has 2 letters")])
    ('', 'The text is longer than is read, so there is no answer.')
    """
    if any(each.code == CODE for each in findings):
        return "The text is longer than is read, so there is no answer."
    return ""


def _hashes(text: str) -> Iterator[tuple[int, int]]:
    return (each.span() for each in _HASH.finditer(text))


def _description(text: str) -> Iterator[tuple[int, int]]:
    if (empty := _DESCRIPTION.search(text)) is not None:
        yield empty.end(), len(text)


def _place(most: int, aside: Iterable[tuple[int, int]]) -> int:
    """Return where the letter behind *most* others stands in a text, but for what is set *aside*."""
    at = most
    for start, end in aside:
        if start > at:
            break
        at += end - start
    return at
