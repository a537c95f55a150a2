"""From what a tool printed to what is known about it."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from trigpoint.catalogue import SOURCES
from trigpoint.findings import Finding, Span, TextIndex
from trigpoint.installers.messages.catalogue import MESSAGES
from trigpoint.installers.messages.evidence import Seen, seen
from trigpoint.installers.messages.message import Message
from trigpoint.installers.messages.places import places_of, review
from trigpoint.installers.messages.plain import Plain, plain
from trigpoint.installers.messages.shapes import Index, Match

__all__ = ["MOST_EXPLAINED", "MOST_LETTERS", "MOST_NEAREST", "Explained", "explain", "nearest"]

MOST_LETTERS: Final = 1_000_000
"""Letters of a log that are read, its end, because that is where a tool says what failed."""

MOST_EXPLAINED: Final = 50
"""Messages of one log that are explained; what comes later in it is left out."""

MOST_NEAREST: Final = 3
"""Messages that are offered for a text in which none is known."""


_QUOTED: Final = re.compile(r"['\"`]([\w.-]{1,80})['\"`]")


@dataclass(frozen=True, slots=True)
class Explained:
    """A message that is in a text, and what is known about it.

    ``span`` is its first place there, ``said`` how it stands there, ``times`` how often
    the sentence of it that is there most.
    ``values`` are the names of what differs from one time to the next with what stood
    there.  ``seen`` are the recorded runs that printed it.  If a file was given,
    ``findings`` are those on it that say the same, and ``places`` where in it the values
    stand.
    """

    message: Message
    span: Span
    said: str
    values: tuple[tuple[str, str], ...]
    times: int
    seen: tuple[Seen, ...]
    findings: tuple[Finding, ...]
    places: tuple[Span, ...]

    @property
    def source(self) -> str:
        """The address where the rule stands."""
        return SOURCES.get(self.message.source, self.message.source)


@functools.cache
def _index() -> tuple[Index, tuple[Message, ...]]:
    """Return the shapes of all messages, and the message of each."""
    pairs = [(shape, message) for message in MESSAGES.values() for shape in message.shapes]
    return Index(shape for shape, _ in pairs), tuple(message for _, message in pairs)


def _matches(text: str) -> tuple[Plain, list[Match]]:
    index, _ = _index()
    found = plain(text)
    matches = index.find(found)
    if not matches and "\n" in text:
        # A terminal may have broken its lines within words.
        joined = plain(text, joined=True)
        if matches := index.find(joined):
            return joined, matches
    return found, matches


def explain(text: str, *, document: str | None = None) -> tuple[Explained, ...]:
    r"""Return what is known about each message in *text*, causes before consequences.

    *text* is what a tool printed: a line or a whole log, of which the last
    :data:`MOST_LETTERS` letters are read.  *document* is the file that it was about, if
    there is one: METADATA, a ``pyproject.toml`` or a requirements file.  Nothing in the
    two raises; a text in which no message is known has an empty answer, for which see
    :func:`nearest`.

    >>> [found] = explain("ERROR: unrecognized or malformed field\n  'license-file'")
    >>> found.message.key
    'unrecognized-field-license-file'
    >>> explain("'eggs>>1' is invalid for 'requires-dist'")[0].values
    (('requirement', 'eggs>>1'),)
    """
    offset = max(0, len(text) - MOST_LETTERS)
    found, matches = _matches(text[offset:])
    _, messages = _index()
    places = TextIndex(text)
    first: dict[str, Match] = {}
    # A message of several sentences has a shape for each, and is there once with all of them.
    counts = Counter(match.shape for match in matches)
    times: dict[str, int] = {}
    for match in matches:
        key = messages[match.shape].key
        times[key] = max(times.get(key, 0), counts[match.shape])
        # The one that says most stands for the others.
        if key not in first or _told(match) > _told(first[key]):
            first[key] = match
    ordered = sorted(first.items(), key=lambda item: (MESSAGES[item[0]].follows, item[1].start))
    kind_findings: list[Finding] = review(document)[1] if document else []
    answers = []
    for key, match in ordered[:MOST_EXPLAINED]:
        message = MESSAGES[key]
        start = offset + found.origin(match.start)
        end = offset + found.origin(max(match.start, match.end - 1)) + 1
        said = " ".join(found.text[match.start : match.end].split())
        # A field that the shape itself names may stand in the file, too.
        named = [*(value for _, value in match.values), *_QUOTED.findall(said)]
        about: tuple[tuple[Finding, ...], tuple[Span, ...]] = ((), ())
        if document:
            about = places_of(document, kind_findings, message.codes, named)
        answers.append(
            Explained(
                message,
                places.span(start, end),
                said,
                match.values,
                times[key],
                seen(key),
                *about,
            )
        )
    return tuple(answers)


def _told(match: Match) -> int:
    return sum(bool(value) for _, value in match.values)


def nearest(text: str) -> tuple[Message, ...]:
    """Return known messages that share rare words with *text*, :data:`MOST_NEAREST` at most.

    >>> [message.key for message in nearest("what is this ImpImporter of pkgutil")]
    ['impimporter']
    """
    index, messages = _index()
    numbers = index.nearest(plain(text[-MOST_LETTERS:]), MOST_NEAREST * 8)
    unique = dict.fromkeys(messages[number].key for number in numbers)
    return tuple(MESSAGES[key] for key in list(unique)[:MOST_NEAREST])
