"""The header fields of a document, and their places in its text.

Most are asked for their values only.  :class:`Every` has the values of all fields of one
name, and makes a header when somebody wants to know more of it.

Worked example: of ``Dynamic: a``, ``Name: x``, ``Dynamic: b`` the values of *Dynamic* are
``a`` and ``b``; asked for the second header, it looks for the line breaks in front of
``Dynamic: ``, and makes the one at offset 19, whose number is 2.

Cost: linear for all headers of a name together.

Source: Core metadata specifications.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple, overload

from trigpoint.findings import Finding, Span, TextIndex
from trigpoint.metadata.fields import BY_LOWER, Field
from trigpoint.metadata.text.scan import unfold

__all__ = ["KNOWN", "Every", "FoldedHeader", "Header", "Origin", "Source", "later"]

KNOWN = {field.name: (key, field) for key, field in BY_LOWER.items()}
"""Each field and its name in lower case, by its usual spelling."""

_FEW = 16
_NEAR = 50_000


class Source:
    """A text and the way to its lines.

    A part of its own, so that headers do not refer back to their document: such
    cycles would leave every document to the garbage collector.
    """

    __slots__ = ("_asked", "_fed", "_index", "origin", "text")

    def __init__(self, text: str, origin: Origin | None) -> None:
        self.text = text
        self.origin = origin
        self._index: TextIndex | None = None
        self._asked = 0
        self._fed: bool | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the place of the text from offset *start* up to, without, *end*."""
        if self._index is None:
            self._asked += 1
            if self._asked < _FEW and end < _NEAR and self._feeds():
                # Most documents have few findings: counting beats a table of all lines.
                return Span(*self._count(start), *self._count(end), start, end)
            self._index = TextIndex(self.text)
        return self._index.span(start, end)

    def _feeds(self) -> bool:
        """Say whether every line ends in a line feed."""
        if self._fed is None:
            returns = self.text.count("\r")
            self._fed = not returns or self.text.count("\r\n") == returns
        return self._fed

    def _count(self, offset: int) -> tuple[int, int]:
        line = self.text.count("\n", 0, offset)
        return line + 1, offset - self.text.rfind("\n", 0, offset)


class Header:
    """One field as it occurs in a document.

    ``name`` is as written and ``key`` that in lower case, ``field`` what the
    table knows about it or None, ``value`` unfolded and without blanks around
    it, ``number`` its place among the headers, from 0.
    """

    __slots__ = (
        "_match",
        "_pieces",
        "_source",
        "field",
        "key",
        "name",
        "number",
        "value",
    )

    def __init__(
        self,
        source: Source,
        match: re.Match[str],
        number: int,
        name: str,
        key: str,
        field: Field | None,
        value: str,
    ) -> None:
        self._source = source
        self._match = match
        self._pieces: tuple[tuple[int, int], ...] = ()
        self.number = number
        self.name = name
        self.key = key
        self.field = field
        self.value = value

    def __repr__(self) -> str:
        return f"<Header {self.name}: {self.value!r} in line {self.line}>"

    @property
    def start(self) -> int:
        """Offset of the field."""
        return self._match.start()

    @property
    def end(self) -> int:
        """Offset behind the field and its line end."""
        return self._match.end()

    @property
    def value_start(self) -> int:
        """Offset of the value as written."""
        return self._match.start(2)

    @property
    def value_end(self) -> int:
        """Offset behind the value as written, trailing blanks included."""
        return self._match.end(3)

    @property
    def written(self) -> str:
        """The value as it stands in the text, folds and trailing blanks included."""
        return self._source.text[self.value_start : self.value_end]

    @property
    def folded(self) -> bool:
        """Whether the value goes on over more than one line."""
        return False

    @property
    def empty(self) -> bool:
        """Whether there is no value."""
        return not self.value

    @property
    def line(self) -> int:
        """Number of the line that the field starts in, 1-based."""
        return self._span(self.start, self.start).line

    @property
    def span(self) -> Span:
        """Place of the whole field, without its line end."""
        return self._span(self.start, self.value_end)

    @property
    def name_span(self) -> Span:
        """Place of the name."""
        return self._span(self.start, self.start + len(self.name))

    @property
    def value_span(self) -> Span:
        """Place of the value."""
        return self.locate(0, len(self.value))

    def locate(self, start: int, end: int) -> Span:
        """Return the place of :attr:`value` from offset *start* up to, without, *end*.

        In a document made from another text, the place is in that text, if it
        has one.
        """
        return self.place(start, end)[0] or self._span(self.value_start, self.value_end)

    def place(self, start: int, end: int) -> tuple[Span | None, bool]:
        """Return the place of the value's range from *start* to *end* in the original text.

        Also say whether that text is the range letter by letter.
        """
        origin = self._source.origin
        if origin is not None:
            return origin.locate(self.number, start, end)
        first = self._offset(start)
        last = first if start == end else self._offset(end, last=True)
        return self._span(first, last), True

    def _span(self, start: int, end: int) -> Span:
        return self._source.span(start, end)

    def _offset(self, position: int, *, last: bool = False) -> int:
        if not self._pieces:
            return self.value_start + position
        # The end of a range belongs to the piece that it closes.
        at = position - 1 if last and position else position
        row = bisect.bisect_right(self._pieces, at, key=itemgetter(0)) - 1
        offset, place = self._pieces[row]
        return place + position - offset


class FoldedHeader(Header):
    """One field that goes on over more than one line.

    Its value is put together when somebody asks for it: most such fields are licenses and
    descriptions, which are long and in which nothing is checked.
    """

    __slots__ = ()

    def __init__(
        self,
        source: Source,
        match: re.Match[str],
        number: int,
        name: str,
        key: str,
        field: Field | None,
    ) -> None:
        self._source = source
        self._match = match
        self.number = number
        self.name = name
        self.key = key
        self.field = field

    def __getattr__(self, name: str) -> Any:
        if name not in ("value", "_pieces"):
            raise AttributeError(name)
        match, lines = self._match, self.field is None or self.field.lines
        self.value, self._pieces = unfold(
            match[2], match.start(2), match[3], match.start(3), lines=lines
        )
        return getattr(self, name)

    @property
    def folded(self) -> bool:
        """Whether the value goes on over more than one line."""
        return True

    @property
    def empty(self) -> bool:
        """Whether there is no value."""
        # What is more than blanks and what leads them stays, however it is folded.
        return not (self.written.strip(" \t\r\n|") or self.value)


class _LineHeader(Header):
    """One field of a document whose headers are one line each, see :func:`.scan.one_line_headers`.

    Its places follow from where it starts, its number and its value.
    """

    __slots__ = ("_start",)

    def __init__(
        self, source: Source, start: int, number: int, name: str, field: Field, value: str
    ) -> None:
        # Nothing is asked of the other initialiser, since this is done for most findings.
        self._source = source
        self._start = start
        self._pieces = ()
        self.number = number
        self.name = name
        self.key = field.name.lower()
        self.field = field
        self.value = value

    @property
    def start(self) -> int:
        """Offset of the field."""
        return self._start

    @property
    def end(self) -> int:
        """Offset behind the field and its line end."""
        return self.value_end + 1

    @property
    def value_start(self) -> int:
        """Offset of the value as written."""
        return self._start + len(self.name) + 2

    @property
    def value_end(self) -> int:
        """Offset behind the value as written."""
        return self.value_start + len(self.value)

    def _span(self, start: int, end: int) -> Span:
        line, before = self.number + 1, self._start - 1
        return Span(line, start - before, line, end - before, start, end)


class Origin(NamedTuple):
    """The other text that a document was made from, such as a pyproject.toml.

    ``findings`` is what was noticed on the way; ``locate`` maps the number of a
    header and a range of its value to a place in ``text``, and says whether the
    text there is that range letter by letter.  ``lists_required`` is False if what
    is required is said in ``findings`` already.
    """

    text: str
    findings: tuple[Finding, ...]
    locate: Callable[[int, int, int], tuple[Span | None, bool]]
    lists_required: bool = True
    names: Mapping[str, str] = MappingProxyType({})
    removal: Callable[[int], Span | None] = lambda _number: None


class Every(Sequence[Header]):
    """The header fields of one name, in text order.

    Here *headers* are there already; of :func:`later` one is made when it is asked for, and once.
    """

    __slots__ = ("_headers", "_made")

    def __init__(self, headers: Sequence[Header]) -> None:
        self._headers = headers
        self._made: dict[int, Header] = {}

    @property
    def values(self) -> Sequence[str]:
        """The values of all."""
        return [header.value for header in self._headers]

    def __len__(self) -> int:
        return len(self._headers)

    def __iter__(self) -> Iterator[Header]:
        return map(self._one, range(len(self)))

    @overload
    def __getitem__(self, index: int) -> Header: ...
    @overload
    def __getitem__(self, index: slice) -> list[Header]: ...
    def __getitem__(self, index: int | slice) -> Header | list[Header]:
        places = range(len(self))[index]
        return self._one(places) if isinstance(places, int) else list(map(self._one, places))

    def _make(self, place: int) -> Header:
        """Return the header at *place*, which nobody asked for yet."""
        return self._headers[place]

    def _one(self, place: int) -> Header:
        made = self._made.get(place)
        if made is None:
            made = self._made[place] = self._make(place)
        return made

    def made(self) -> Iterable[Header]:
        """Return those that were asked for so far."""
        return self._made.values()


def later(source: Source, name: str, values: Sequence[str]) -> Every:
    """Return the header fields that are written *name*, which have *values*, of the text of *source*.

    Each header of that text is one line, see :func:`trigpoint.metadata.text.scan.one_line_headers`.
    """
    return _Lines(source, name, values)


class _Lines(Every):
    """Header fields that are one line each."""

    __slots__ = ("_name", "_numbers", "_source", "_starts", "_values")

    def __init__(self, source: Source, name: str, values: Sequence[str]) -> None:
        self._values = values
        self._made = {}
        self._source = source
        self._name = name
        self._starts: Sequence[int] = ()
        self._numbers: Sequence[int] = ()

    @property
    def values(self) -> Sequence[str]:
        """The values of all."""
        return self._values

    def __len__(self) -> int:
        return len(self._values)

    def _make(self, place: int) -> Header:
        if not self._starts:
            self._find()
        field = BY_LOWER[self._name.lower()]
        start, number, value = self._starts[place], self._numbers[place], self._values[place]
        return _LineHeader(self._source, start, number, self._name, field, value)

    def _find(self) -> None:
        """Find where the fields start, and which ones of all they are."""
        text, values = self._source.text, self._values
        begin, between = f"{self._name}: ", f"\n{self._name}: "
        start = 0 if text.startswith(begin) else text.index(between) + 1
        number = text.count("\n", 0, start)
        if len(values) == 1:
            self._starts, self._numbers = (start,), (number,)
            return
        if text.startswith(between.join(values), start + len(begin)):
            # As nearly always, they follow each other.
            sizes = accumulate(map(len, values), initial=start)
            step = len(between)
            self._starts = [at + step * row for row, at in enumerate(sizes)]
            self._numbers = range(number, number + len(values))
            return
        starts, numbers = [start], [number]
        while len(starts) < len(values):
            start = text.index(between, starts[-1]) + 1
            numbers.append(numbers[-1] + text.count("\n", starts[-1], start))
            starts.append(start)
        self._starts, self._numbers = starts, numbers
