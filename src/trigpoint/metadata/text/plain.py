"""A metadata document as text: every byte, every line, and its fields by name.

What is wrong with it, and what else it could be, is said further up: this part
knows no checks, so that they can be about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Self

from trigpoint.findings import Span
from trigpoint.metadata.fields import BY_LOWER, Field
from trigpoint.metadata.text.emit import write
from trigpoint.metadata.text.header import (
    KNOWN,
    Every,
    FoldedHeader,
    Header,
    Origin,
    Source,
    later,
)
from trigpoint.metadata.text.scan import (
    Scan,
    Stray,
    encode,
    one_line_headers,
    read_text,
    runs,
    scan,
)

__all__ = ["Header", "Origin", "PlainDocument"]

_NAMES = frozenset(KNOWN)
_NONE = Every(())


class PlainDocument(Mapping[str, "list[str]"]):
    r"""The text of a METADATA or PKG-INFO file, and its fields.

    :class:`trigpoint.metadata.Document` is the one with findings.

    ``document[name]`` is always a list: the values of that field, unfolded and
    decoded, empty if it does not occur; case does not matter.  ``Description``
    gives the message body too.  Iteration goes over the names that occur, in
    text order.  ``text`` is the decoded text that all places refer to, where a
    byte that is no UTF-8 is the character of the same number.  ``origin`` is the text
    that it was made from, None if it was read.  ``headers_end`` is the offset at which
    the headers stop and ``stop`` what ended them: ``"blank"`` (a blank line), ``"end"`` or
    ``"junk"``; ``body_start`` is the offset at which the body starts.

    Source: Core metadata specifications.

    >>> document = PlainDocument(b"Metadata-Version: 2.4\nName: spam\nVersion: 1\n\nHello\n")
    >>> document["name"], document["Requires-Dist"], document["Description"]
    (['spam'], [], ['Hello\n'])
    >>> bytes(document)[:16]
    b'Metadata-Version'
    """

    __slots__ = (
        "_by_name",
        "_headers",
        "_made",
        "_places",
        "_scan",
        "_source",
        "_unusual",
        "_values",
        "_written",
        "body_start",
        "headers_end",
        "origin",
        "stop",
        "text",
        "undecodable",
    )

    def __init__(self, source: bytes | str, origin: Origin | None = None) -> None:
        self._source = source
        self.origin = origin
        self.text, self.undecodable = read_text(source)
        plain = one_line_headers(self.text)
        self._scan: Scan = scan(self.text) if plain is None else plain
        _, _, self.headers_end, self.body_start, self.stop = self._scan
        # Values by usual names: None if there are headers that are no usual lines, empty
        # until somebody asks.  Headers of such documents are made one by one.
        self._values: dict[str, list[str]] | None = None if plain is None else {}
        self._made: dict[str, Every] = {}
        self._written: dict[str, str] = {}
        self._places = Source(self.text, origin)
        self._headers: tuple[Header, ...] | None = None
        self._by_name: dict[str, list[Header]] | None = None
        self._unusual: list[Header] = []

    # -- the text -------------------------------------------------------------------

    def __bytes__(self) -> bytes:
        if isinstance(self._source, bytes):
            return self._source
        return encode(self._source)

    def __str__(self) -> str:
        return self._source if isinstance(self._source, str) else self.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.get_first('Name') or '?'} {self.get_first('Version') or '?'}>"

    def __eq__(self, other: object) -> bool:
        return bytes(self) == bytes(other) if isinstance(other, PlainDocument) else NotImplemented

    def __hash__(self) -> int:
        return hash(bytes(self))

    def span(self, start: int, end: int) -> Span:
        """Return the place of :attr:`text` from offset *start* up to, without, *end*."""
        return self._places.span(start, end)

    @property
    def strays(self) -> tuple[Stray, ...]:
        """Lines among the headers that readers ignore."""
        return tuple(self._scan.strays)

    @property
    def body(self) -> str:
        """The text after the headers, as it stands; empty if there is none."""
        return self.text[self.body_start :]

    # -- the fields -----------------------------------------------------------------

    @property
    def headers(self) -> tuple[Header, ...]:
        """Every header field, in text order."""
        if self._headers is None:
            self._read_headers()
        return self._headers or ()

    def values_by_name(self) -> Mapping[str, Sequence[str]] | None:
        r"""Return the values of all fields by their usual names, without making headers.

        None unless each header is one line with a known name, in one spelling, a colon and
        a blank, and a value without blanks around it.

        >>> PlainDocument("Name: x\nDynamic: license\n").values_by_name()
        {'Name': ['x'], 'Dynamic': ['license']}
        >>> PlainDocument("Name:x\n").values_by_name() is None
        True
        """
        if self._values is not None and not self._values:
            named = runs(self.text, self.headers_end)
            self._values = named if _NAMES.issuperset(named) else self._respelled(named)
        return self._values

    def _respelled(self, named: dict[str, list[str]]) -> dict[str, list[str]] | None:
        """Return *named* by usual names; None if a name is unknown, or in two spellings."""
        renamed: dict[str, list[str]] = {}
        for name, values in named.items():
            field = BY_LOWER.get(name.lower())
            if field is None or field.name in renamed:
                return None
            renamed[field.name] = values
            self._written[field.name] = name
        return renamed

    def _read_headers(self) -> None:
        places = self._places
        if self.headers_end and not self._scan.matches:
            # The headers seemed to be usual lines, so nobody looked for them one by one.
            self._scan = scan(self.text)
        made = {header.number: header for some in self._made.values() for header in some.made()}
        headers: list[Header] = []
        unusual: list[Header] = []
        named: dict[str, list[Header]] = {}
        field: Field | None
        # Here rather than in the class of headers: this is most of the work of reading.
        for number, match in enumerate(self._scan.matches):
            name, first, folds = match.groups()
            known = KNOWN.get(name)
            if known is None:
                key = name.lower()
                field = BY_LOWER.get(key)
            else:
                key, field = known
            if number in made:
                header = made[number]
            elif folds:
                header = FoldedHeader(places, match, number, name, key, field)
                unusual.append(header)
            else:
                value = first.rstrip(" \t")
                header = Header(places, match, number, name, key, field, value)
                if not value or len(value) != len(first):
                    unusual.append(header)
            headers.append(header)
            if key in named:
                named[key].append(header)
            else:
                named[key] = [header]
        self._headers, self._by_name, self._unusual = tuple(headers), named, unusual

    def fields(self, name: str) -> tuple[Header, ...]:
        """Return the header fields called *name*, in text order; case does not matter."""
        return tuple(self.every(name))

    def every(self, name: str) -> Every:
        """Return the header fields called *name*, each made when it is asked for."""
        key = name.lower()
        named = self.values_by_name()
        if named is None or self._by_name is not None:
            return Every(self.by_key().get(key, ()))
        if key not in BY_LOWER or (known := BY_LOWER[key].name) not in named:
            return _NONE
        if known not in self._made:
            self._made[known] = later(self._places, self._written.get(known, known), named[known])
        return self._made[known]

    def known(self) -> AbstractSet[str]:
        """Return the usual names of the known fields that occur among the headers."""
        named = self.values_by_name()
        if named is not None:
            return named.keys()
        return {each[0].field.name for each in self.by_key().values() if each[0].field}

    def values_of_known(self) -> Mapping[str, Sequence[str]] | None:
        r"""Return the values of known fields by their usual names, without what is folded or empty.

        None where nothing can be said by values alone.

        >>> PlainDocument("Name:x\nLicense: a\n  b\nKeywords:\n").values_of_known()
        {'Name': ['x']}
        """
        named = self.values_by_name()
        if named is not None:
            return named
        return {
            headers[0].field.name: [header.value for header in headers]
            for headers in self.by_key().values()
            if headers[0].field and not any(header.folded or header.empty for header in headers)
        }

    def failing(self, test: Callable[[str], object]) -> Iterator[Header]:
        """Yield the header fields with a value that fails *test*, in no order."""
        named = self.values_by_name()
        if named is None:
            yield from (header for header in self.headers if not test(header.value))
            return
        for name, values in named.items():
            if not all(map(test, values)):
                every = self.every(name)
                yield from (every[at] for at, value in enumerate(values) if not test(value))

    def by_key(self) -> Mapping[str, list[Header]]:
        """Return the header fields by their names in lower case."""
        if self._by_name is None:
            self._read_headers()
        return self._by_name or {}

    def unusual(self) -> list[Header]:
        """Return the header fields that are folded, empty, or end in blanks."""
        self.by_key()
        return self._unusual

    def __getitem__(self, name: str) -> list[str]:
        key = name.lower()
        named = self._values or self.values_by_name()
        if named is None:
            values = [header.value for header in self.by_key().get(key, ())]
        else:
            values = list(named.get(BY_LOWER[key].name, ())) if key in BY_LOWER else []
        if key == "description" and self.body:
            values.append(self.body)
        return values

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self[name])

    def __iter__(self) -> Iterator[str]:
        names = {
            name: headers[0].field.name if headers[0].field else headers[0].name
            for name, headers in self.by_key().items()
        }
        if self.body:
            names.setdefault("description", "Description")
        return iter(names.values())

    def __len__(self) -> int:
        return len(list(iter(self)))

    def get_first(self, name: str) -> str | None:
        """Return the first value of *name*, or None."""
        values = self[name]
        return values[0] if values else None

    # -- what can be done with it ---------------------------------------------------

    def canonical(self) -> str:
        r"""Return the document in one fixed form.

        Fields in the order of the table with unknown ones last, each name in
        its usual spelling, values unfolded or folded with 8 blanks, LF, and the
        body after a blank line.  Lines that readers ignore are left out.  The
        canonical form of the result is the result.

        >>> PlainDocument("name: spam\nMETADATA-VERSION:2.1\n").canonical()
        'Metadata-Version: 2.1\nName: spam\n'
        """
        order = {name: rank for rank, name in enumerate(BY_LOWER)}
        headers = sorted(
            self.headers, key=lambda header: order.get(header.name.lower(), len(order))
        )
        pairs = (
            (header.field.name if header.field else header.name, header.value) for header in headers
        )
        return write(pairs, self.body)

    @classmethod
    def from_fields(
        cls, fields: Iterable[tuple[str, str]], body: str = "", origin: Origin | None = None
    ) -> Self:
        r"""Make a document of *fields*, names and values in this order, and *body*.

        *origin* says where they come from, for places in findings.

        >>> str(PlainDocument.from_fields([("Name", "spam"), ("License", "a\nb")]))
        'Name: spam\nLicense: a\n        b\n'
        """
        return cls(write(fields, body), origin)
