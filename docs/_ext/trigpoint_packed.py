"""The form in which the index of the search is written: what gzip alone does not make small.

``playground/src/search-index.ts`` reads it.  An anchor is said by its title where it follows from
that, a title that two places have is written once, columns stand together, and each of the words
that fill most of the texts is one letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

__all__ = ["FIRST_CODE", "LAST_CODE", "MOST_WORDS", "Row", "pack", "short_anchor", "slug"]

FIRST_CODE: Final = 0x100
LAST_CODE: Final = 0x7FF
"""The letters that may stand for words: those of two bytes, without the ones of Latin-1."""

MOST_WORDS: Final = 800
"""Words that are written as one letter; of 400 and of 1,600 the whole is larger."""

TITLE: Final = "*"
SLUG: Final = "~"

_NO_NAME: Final = re.compile(r"[^a-z0-9]+")
_WORD: Final = re.compile(r" ?[A-Za-z][A-Za-z0-9]+")


class Row(NamedTuple):
    """An entry of the index: on which page of the list, of which kind, where, and what is read."""

    page: int
    kind: int
    anchor: str
    title: str
    text: str


def slug(title: str) -> str:
    """Return *title* as most anchors spell it; the script does the same.

    >>> slug("A person, with a comma")
    'a-person-with-a-comma'
    """
    return _NO_NAME.sub("-", title.lower()).strip("-")


def short_anchor(anchor: str, title: str) -> str:
    """Return *anchor* with the *title* at its end as ``*``, and its :func:`slug` as ``~``.

    >>> short_anchor("field-Name", "Name"), short_anchor("in-short", "In short")
    ('field-*', '~')
    >>> short_anchor("id1", "In short")
    'id1'

    Raises :exc:`ValueError` for an anchor that has one of the two letters itself.
    """
    if TITLE in anchor or SLUG in anchor:
        raise ValueError(f"an anchor of the search index has {TITLE} or {SLUG}: {anchor}")
    for end, sign in ((title, TITLE), (slug(title), SLUG)):
        if end and anchor.endswith(end):
            return anchor.removesuffix(end) + sign
    return anchor


def _codes(texts: Sequence[str]) -> dict[str, str]:
    """Return the words that fill most of *texts*, each with the letter that stands for it.

    A letter that stands in a text already stands for itself.
    """
    used = sorted({each for each in "".join(texts) if FIRST_CODE <= ord(each) <= LAST_CODE})
    counts = Counter(word for text in texts for word in _WORD.findall(text))
    # A letter and its place in the list take about as much as a word that stands twice.
    gains = {word: (count - 1) * (len(word) - 2) for word, count in counts.items()}
    best = sorted(
        (word for word in gains if gains[word] > 0), key=lambda word: (-gains[word], word)
    )
    free = (chr(code) for code in range(FIRST_CODE, LAST_CODE + 1) if chr(code) not in used)
    return {each: each for each in used} | dict(zip(best[:MOST_WORDS], free, strict=False))


def pack(pages: Sequence[str], rows: Iterable[Row]) -> dict[str, Any]:
    """Return the addresses of *pages*, and the *rows* in columns: ``entries``.

    Each column has a list for each page, in the order of the rows.  ``words`` begins with what
    :data:`FIRST_CODE` stands for in a text.

    Raises :exc:`ValueError` as :func:`short_anchor` does.
    """
    each: list[list[Row]] = [[] for _ in pages]
    for row in rows:
        each[row.page].append(row)
    codes = _codes([row.text for page in each for row in page])
    words = {letter: word for word, letter in codes.items()}
    last = max(map(ord, words), default=FIRST_CODE - 1)

    def text(whole: str) -> str:
        return _WORD.sub(lambda found: codes.get(found[0], found[0]), whole)

    columns = {
        "kinds": [[row.kind for row in page] for page in each],
        "anchors": [[short_anchor(row.anchor, row.title) for row in page] for page in each],
        "titles": [[row.title for row in page] for page in each],
        "texts": [[text(row.text) for row in page] for page in each],
    }
    listed = [words.get(chr(code), "") for code in range(FIRST_CODE, last + 1)]
    return {"pages": list(pages), "entries": columns, "words": listed}
