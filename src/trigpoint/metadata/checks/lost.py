"""Fields that ended up in the description, and how they become fields again.

Headers end at the first blank line, and at the first line that is no field.  What was
meant to be a field stands below then, often far below: a summary of two lines, or a
description with a blank line in it, is enough.

A description may show metadata as an example.  Lines are taken for lost fields only
where the document would be sound with them: no field that occurs once is given
twice, they stand in no fence, and :data:`FEWEST` or more of them follow each other, of
which one has a name that nobody writes in prose.  Right behind the end of the headers
one is enough.

A change is proposed only if all of them are fields after it, and nothing that was a
field is lost.  It joins or folds the lines before them, or moves them up; it never
deletes a word.

Cost: linear; each place is looked at a stated number of times.

Source: Core metadata specifications; ``email.feedparser``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from trigpoint.metadata.fields import FIELDS, suggest
from trigpoint.metadata.text.plain import Header, PlainDocument
from trigpoint.metadata.text.scan import scan

__all__ = ["FEWEST", "MOST_AHEAD", "MOST_PLACES", "Lost", "Repair", "lost_fields", "regained"]

MOST_AHEAD = 20_000
"""Characters behind the end of the headers that are searched line by line."""

FEWEST = 3
"""Fields in a row that are no example, away from the end of the headers."""

MOST_PLACES = 8
"""Places in the description at which lost fields are looked for."""

# Names that prose and readme files do not begin a line with.
_NAMES = (
    *("Author-email", "Classifier", "Description-Content-Type", "Home-page"),
    *("License-Expression", "License-File", "Maintainer-email", "Project-URL"),
    *("Provides-Extra", "Requires-Dist", "Requires-Python"),
)
# The set of first letters saves a try of each name at most lines.
_TELLING = re.compile(
    rf"\n(?=[{''.join(sorted({name[0] for name in _NAMES}))}])(?:{'|'.join(_NAMES)}):"
)
# Readme files have fewer colons than lines, and hardly any behind the end of such a name.
_MAY_TELL = re.compile(
    rf":(?<=[{''.join(sorted({name[-1] for name in _NAMES}))}]:)"
    rf"(?<=(?:{'|'.join(sorted({re.escape(name[-4:]) for name in _NAMES}))}):)"
).search
_NAME = re.compile(r"([!-9;-~]+):").match
# A name and a colon right behind blank lines, and what only looks so.
_NAMED = re.compile(r"\s*+[!-9;-~]++:").match
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++\Z")
_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_INDENT = " " * 8
_JOINED = frozenset(
    {"author", "author-email", "keywords", "maintainer", "maintainer-email", "summary"}
)


class Lost(NamedTuple):
    """Fields below the end of the headers.

    They stand from offset ``start`` of the text up to ``end``; ``names`` are
    theirs, each once, ``rows`` is how many lines have one.
    """

    start: int
    end: int
    names: tuple[str, ...]
    rows: int


class Repair(NamedTuple):
    """What makes lost fields fields again: ``new`` in place of the range ``start`` to ``end``."""

    start: int
    end: int
    new: str
    words: str


def lost_fields(document: PlainDocument) -> Lost | None:
    r"""Return the fields that *document* has below the end of its headers; None without any.

    >>> text = "Metadata-Version: 2.1\nSummary:\nsome words\nHome-page: https://x.org\n"
    >>> lost_fields(PlainDocument(text)).names
    ('Home-page',)
    """
    at = document.headers_end
    if document.stop == "end":
        return None
    text, fences, counted = document.text, 0, document.body_start
    if document.stop == "junk" or _NAMED(text, counted):
        near = _near(document, at if document.stop == "junk" else counted)
        if near is not None:
            return near
    for _ in range(MOST_PLACES if _MAY_TELL(text, at) else 0):
        hit = _TELLING.search(text, at)
        if hit is None:
            break
        found = _block(document, _block_start(text, at, hit.start() + 1))
        fences += len(_FENCE.findall(text, counted, found.start))
        counted = found.start
        if found.rows >= FEWEST and not fences % 2 and _sound(document, found):
            return found
        # The line behind may begin with such a name too.
        at = found.end - 1
    return None


def _field(line: str) -> str:
    """Return the name of the field that *line* gives, in its usual spelling; empty for another."""
    found = _NAME(line)
    return found[1] if found and found[1] in FIELDS else ""


def _lines(text: str, start: int) -> Iterator[re.Match[str]]:
    return _LINE.finditer(text, start)


def _near(document: PlainDocument, start: int) -> Lost | None:
    """Return the fields before the next blank line, or right behind blank lines from *start* on."""
    text, junk = document.text, document.stop == "junk"
    for line in _LINE.finditer(text, start, min(len(text), start + MOST_AHEAD)):
        if _field(line[0]):
            return _block(document, line.start())
        if bool(line[0].strip()) != junk:
            break
    return None


def _block_start(text: str, least: int, hit: int) -> int:
    """Return where the fields begin that the one at *hit* follows, not before *least*."""
    start = at = hit
    while at > least:
        before = text.rfind("\n", least, at - 1) + 1 or least
        line = text[before:at]
        if _field(line):
            start = before
        elif line[0] not in " \t":
            break
        at = before
    return start


def _block(document: PlainDocument, start: int) -> Lost:
    names: list[str] = []
    end = start
    for line in _lines(document.text, start):
        if name := _field(line[0]):
            names.append(name)
        elif line[0][0] not in " \t":
            break
        end = line.end()
    return Lost(start, end, tuple(dict.fromkeys(names)), len(names))


def _sound(document: PlainDocument, lost: Lost) -> bool:
    """Say whether no field that occurs once would be given twice."""
    there = {key for key, headers in document.by_key().items() if any(h.value for h in headers)}
    seen: set[str] = set()
    for line in _LINE.finditer(document.text, lost.start, lost.end):
        name = _field(line[0])
        if name and not FIELDS[name].multiple:
            if name.lower() in there or name in seen:
                return False
            seen.add(name)
    return True


def regained(document: PlainDocument, lost: Lost) -> Repair | None:
    r"""Return the change of *document* after which the *lost* fields are fields; None if unsure.

    >>> document = PlainDocument("Name: x\nSummary:\nsome\nwords\nHome-page: https://x.org\n")
    >>> regained(document, lost_fields(document)).new
    ' some words\n'
    """
    if not _sound(document, lost):
        return None
    change = _repair(document, lost)
    if change is None:
        return None
    text = document.text
    after = scan(text[: change.start] + change.new + text[change.end :])
    # All of them are fields, and the headers end as they should.
    missing = len(document.headers) + lost.rows - len(after.matches)
    return change if after.stop != "junk" and not missing else None


def _repair(document: PlainDocument, lost: Lost) -> Repair | None:
    text, at = document.text, document.headers_end
    gap = text[at : lost.start]
    last = document.headers[-1] if document.headers else None
    if not gap.strip():
        return Repair(at, lost.start, "", f"delete the blank lines in front of {lost.names[0]}")
    if last is None:
        return None
    if document.stop == "junk" and _may_be_field(last, gap):
        return None
    open_ended = last.field is not None and last.field.lines
    if open_ended and (document.stop == "junk" or _goes_on(last, gap)):
        rows = "".join(_folded(line[0]) for line in _lines(gap, 0))
        return Repair(at, lost.start, rows, f"fold the lines of {last.name} with blanks")
    if document.stop == "junk":
        if last.key not in _JOINED:
            return None
        start = last.value_start + len(last.written.rstrip(" \t"))
        if not last.value:
            start = last.start + len(last.name) + 1
        return Repair(
            start,
            lost.start,
            f" {' '.join(gap.split())}{_ending(text)}",
            f"join the lines of {last.name}",
        )
    if "Description" in lost.names or "description" in document.by_key():
        return None
    block = text[lost.start : lost.end]
    if not block.endswith(("\r", "\n")):
        block += _ending(text)
    words = f"move {lost.names[0]} and what follows it up, in front of this line"
    return Repair(at, lost.end, block + gap, words)


def _goes_on(last: Header, gap: str) -> bool:
    """Say whether *gap*, from a blank line on, is more of the field before it."""
    return last.key == "description" or all(
        line[0][0] in " \t" for line in _lines(gap, 0) if line[0].strip()
    )


def _may_be_field(last: Header, gap: str) -> bool:
    """Say whether a line of *gap* is a field that cannot be read rather than more of *last*."""
    for line in _lines(gap, 0):
        name, colon, _ = line[0].partition(":")
        if colon and (len(name.split()) < 2 or suggest(name.strip())):
            return True
        if last.key == "description":
            break
    return False


def _folded(line: str) -> str:
    if line[0] in " \t":
        return line
    return f"{_INDENT}{line}"


def _ending(text: str) -> str:
    """Return what ends the first line of *text*."""
    found = _LINE.match(text)
    assert found is not None
    return found[0][len(found[0].rstrip("\r\n")) :]
