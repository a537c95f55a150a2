r"""How messages are written: literal words, and places where something else stands.

A shape is the message with names in braces for what differs:

- ``'{field}'`` is in quotes of any kind, or is one word where the quotes got lost;
- ``{version}`` is one word, which ends at the first dot where the shape goes on with one;
- ``{requirement...}`` is a stretch of words: up to what comes next, or up to the end
  of a line or sentence where nothing does.

Its longest stretch of literal words is its *anchor*.  The shapes are found by one word
of their anchors, so that a log is gone through once, however many shapes there are;
everything around an anchor is looked at over a bounded distance.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from trigpoint.installers.messages.plain import Plain

__all__ = ["MOST_VALUE", "Index", "Match", "Shape"]

MOST_VALUE: Final = 300
"""Letters of what stands in a place of a shape; one that is longer is no match."""

_PLACES: Final = re.compile(r"'\{(\w+)\}'|\{(\w+)(\.\.\.)?\}")
_WORD: Final = re.compile(r"\w+")
_QUOTED: Final = "|".join(
    rf"{quote}((?:[^{quote}\\]|\\.){{0,{MOST_VALUE}}}){quote}" for quote in "'\"`"
)
# Where a stretch of words ends that nothing literal comes after.
_END: Final = (
    r"(?=\s*\Z|\n|\.\.\.|[.;)](?:\s|\Z)|[ ]\^|[ ]-{2}|"
    r"[ ](?-i:hint|cause|Hint|ERROR|WARNING|DEPRECATION|Please|And|found)\b)"
)


class Match(NamedTuple):
    """A place in a plain text where a shape is.

    ``anchor`` is the range of its literal words; ``values`` are the names of its
    places with what stands there.
    """

    shape: int
    start: int
    end: int
    anchor: tuple[int, int]
    values: tuple[tuple[str, str], ...]


def _literal(text: str) -> str:
    """Return a pattern for the literal *text*: any quotes, and wrapped anywhere."""
    return "".join(
        "['\"`]" if letter == "'" else r"[ \n]" if letter == " " else re.escape(letter)
        for letter in text
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A literal stretch, or a place with a name: ``kind`` is literal, quoted, word or words."""

    kind: str
    text: str


def _parts(text: str) -> Iterator[_Part]:
    done = 0
    for match in _PLACES.finditer(text):
        if match.start() > done:
            yield _Part("literal", text[done : match.start()])
        done = match.end()
        if match[1]:
            yield _Part("quoted", match[1])
        else:
            yield _Part("words" if match[3] else "word", match[2])
    if done < len(text):
        yield _Part("literal", text[done:])


def _pattern(parts: Sequence[_Part], *, behind: bool) -> tuple[str, list[tuple[str, int]]]:
    """Return a pattern for *parts*, and the name of each with the number of its groups.

    *behind* tells that they stand behind the anchor.
    """
    pattern, names = "", []
    for i, part in enumerate(parts):
        # In front of the anchor a word begins where one begins, so that each is tried once.
        begins = r"(?<!\S)" if not behind and i == 0 else ""
        last = behind and i == len(parts) - 1
        if part.kind == "literal":
            pattern += _literal(part.text)
            continue
        if part.kind == "quoted":
            # Without its quotes, it is one word.
            pattern += rf"(?:{_QUOTED}|{begins}([^\s'\"`]{{1,{MOST_VALUE}}}))"
        elif part.kind == "word":
            following = parts[i + 1].text if i + 1 < len(parts) else ""
            letter = r"[^\s.]" if following.startswith(".") else r"\S"
            pattern += rf"{begins}({letter}{{1,{MOST_VALUE}}}{'' if last or begins else '?'})"
        elif last:
            pattern += rf"(.{{0,{MOST_VALUE}}}?){_END}"
        else:
            letter = "[^\\n]" if begins else "(?s:.)"
            pattern += rf"({letter}{{0,{MOST_VALUE}}}{'' if begins else '?'})"
        names.append((part.text, 4 if part.kind == "quoted" else 1))
    return pattern, names


class Shape:
    """A shape, made ready: *text* is how it is written."""

    __slots__ = ("_after", "_after_names", "_before", "_before_names", "anchor", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        parts = list(_parts(text))
        literals = [i for i, part in enumerate(parts) if part.kind == "literal"]
        chosen = max(literals, key=lambda i: len(parts[i].text))
        self.anchor = parts[chosen].text.lower()
        self.words = frozenset(
            word for i in literals for word in _WORD.findall(parts[i].text.lower())
        )
        before, self._before_names = _pattern(parts[:chosen], behind=False)
        after, self._after_names = _pattern(parts[chosen + 1 :], behind=True)
        self._before = re.compile(before + r"\Z", re.IGNORECASE) if before else None
        self._after = re.compile(after, re.IGNORECASE) if after else None

    def stands(self, folded: str, start: int) -> bool:
        """Say whether the anchor stands in *folded* at *start*, as whole words."""
        end = start + len(self.anchor)
        return (
            folded.startswith(self.anchor, start)
            and not (_in_word(self.anchor[0]) and _in_word(folded[start - 1 : start]))
            and not (_in_word(self.anchor[-1]) and _in_word(folded[end : end + 1]))
        )

    def at(self, number: int, found: Plain, start: int) -> Match | None:
        """Return the match of this shape, *number*, whose anchor starts at *start* of *found*.

        None if something else stands around it.
        """
        end = start + len(self.anchor)
        first, last = start, end
        values: list[tuple[str, str]] = []
        if self._before is not None:
            from_ = max(0, start - MOST_VALUE - 20)
            match = self._before.search(found.text[from_:start])
            if match is None:
                return None
            first = from_ + match.start()
            values += _values(match, self._before_names)
        if self._after is not None:
            match = self._after.match(found.text, end)
            if match is None:
                return None
            last = match.end()
            values += _values(match, self._after_names)
        return Match(number, first, last, (start, end), tuple(values))


def _values(match: re.Match[str], names: Iterable[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    group = 1
    for name, groups in names:
        found = next((match[i] for i in range(group, group + groups) if match[i] is not None), "")
        yield name, " ".join(found.split()).rstrip(",;:")
        group += groups


class Index:
    """Shapes, to be found in one go through a text; *shapes* are how they are written."""

    __slots__ = ("_anchors", "_rare", "shapes")

    def __init__(self, shapes: Iterable[str]) -> None:
        self.shapes = tuple(Shape(each) for each in shapes)
        counts = Counter(word for shape in self.shapes for word in set(_WORD.findall(shape.anchor)))
        self._anchors: dict[str, list[tuple[int, int]]] = {}
        self._rare: dict[str, list[int]] = {}
        for number, shape in enumerate(self.shapes):
            words = list(_WORD.finditer(shape.anchor))
            # A word at the edge may be a part of a longer one in the text.
            best = min(words, key=lambda word: (counts[word[0]], -len(word[0])))
            self._anchors.setdefault(best[0], []).append((number, best.start()))
            for each in shape.words:
                self._rare.setdefault(each, []).append(number)

    def find(self, found: Plain) -> list[Match]:
        """Return every place in *found* where a shape is, in text order.

        Where the literal words of two shapes overlap, the longer ones count.
        """
        matches: list[Match] = []
        for word in _WORD.finditer(found.folded):
            for number, offset in self._anchors.get(word[0], ()):
                shape, start = self.shapes[number], word.start() - offset
                if start >= 0 and shape.stands(found.folded, start):
                    match = shape.at(number, found, start)
                    if match is not None:
                        matches.append(match)
        matches.sort(key=lambda match: (match.anchor[0], -match.anchor[1], match.shape))
        kept: list[Match] = []
        for match in matches:
            if kept and match.anchor[0] < kept[-1].anchor[1]:
                if _letters(match) > _letters(kept[-1]):
                    kept[-1] = match
                continue
            kept.append(match)
        return kept

    def nearest(self, found: Plain, most: int) -> list[int]:
        """Return the numbers of the shapes that share rare words with *found*, *most* at most.

        A word counts by how few shapes have it; a single shared word that several
        shapes have says nothing.  Of a text of several words one shared word is chance.
        """
        scores: dict[int, float] = {}
        shared: Counter[int] = Counter()
        words = set(_WORD.findall(found.folded))
        for word in words:
            numbers = self._rare.get(word, ())
            if len(word) > 2 and 0 < len(numbers) <= len(self.shapes) // _COMMON:
                shared.update(numbers)
                for number in numbers:
                    scores[number] = scores.get(number, 0.0) + 1 / len(numbers)
        needed = 1 if len(words) <= _FEW else 2
        scores = {number: score for number, score in scores.items() if shared[number] >= needed}
        good = {number: score for number, score in scores.items() if score >= _ENOUGH}
        return sorted(good, key=lambda number: (-good[number], number))[:most]


def _in_word(letter: str) -> bool:
    return letter == "_" or letter.isalnum()


_COMMON: Final = 8  # a word that more than one shape in so many has says nothing
_ENOUGH: Final = 0.5
_FEW: Final = 4  # words of what is typed rather than pasted


def _letters(match: Match) -> int:
    return match.anchor[1] - match.anchor[0]
