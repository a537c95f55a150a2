"""What a distribution says about its extras: its metadata, read once.

References of a distribution to itself make conditions grow from each other, so
their number is bounded here, once for every question: what goes beyond is read
as a requirement on some other project, and :func:`.review` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from packaging.utils import canonicalize_name

from trigpoint.extras.request import Request
from trigpoint.findings import Finding, Fix, Span
from trigpoint.kept import keeps
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import Comparison, Node, comparisons
from trigpoint.metadata.document import read

__all__ = [
    "MOST_NEGATIONS",
    "MOST_REFERENCES",
    "DocumentLike",
    "Line",
    "Locate",
    "Metadata",
    "Offer",
    "is_extra_name",
    "read_offer",
]

MOST_REFERENCES = 200
"""References of a distribution to itself that are followed."""

MOST_NEGATIONS = 20
"""Those among them that may test for the absence of an extra."""


class Metadata(Protocol):
    """Metadata as lists of values by field name, such as a plain dictionary.

    Only ``Name``, ``Requires-Dist``, ``Provides-Extra`` and ``Default-Extra``
    are asked for; a missing one may raise :exc:`KeyError`.
    :class:`trigpoint.metadata.Document` is one, and gives findings their places.
    """

    def __getitem__(self, name: str, /) -> Sequence[str]:
        """Return the values of the field *name*, in text order."""


_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?").fullmatch

Locate = Callable[[int, int], Span | None]
"""From a range of a field's value to its place in the document, if it has places."""


@dataclass(frozen=True, slots=True)
class Line:
    """One ``Requires-Dist`` of a distribution.

    ``index`` counts from 0.  ``tree`` is the marker's syntax tree or None.
    ``itself`` says whether the distribution requires itself, and that is
    followed; ``beyond`` that it does and is not, as there are too many.
    """

    index: int
    text: str
    request: Request
    itself: bool
    tree: Node | None
    place: Locate = field(compare=False, repr=False)
    beyond: bool = False

    @property
    def mentions(self) -> tuple[str, ...]:
        """Extras that the marker names, normalised, in text order."""
        return _mentions(self.text)

    def span(self) -> Span | None:
        """Place of the requirement in the document."""
        return self.place(0, len(self.text))

    def spans_of_tests(self) -> dict[tuple[str, str], Span | None]:
        """Place of the first test of each extra, by its name and the operator."""
        found: dict[tuple[str, str], Span | None] = {}
        if self.tree is None or self.request.marker is None:
            return found
        start = self.text.rfind(self.request.marker.text)
        for node in comparisons(self.tree):
            variable, literal = node.variable, node.literal
            if literal is None or variable is None or variable.name not in ("extra", "extras"):
                continue
            key = (canonicalize_name(literal.value), node.op)
            if key not in found:
                found[key] = self.place(start + node.start, start + node.end)
        return found

    def moved(self, finding: Finding) -> Finding:
        """Return *finding*, on the requirement's text, as one on the document."""
        fix = finding.fix
        if fix and fix.span:
            place = self.place(fix.span.start, fix.span.end)
            fix = Fix(fix.message, fix.replacement if place else None, place)
        span = finding.span and self.place(finding.span.start, finding.span.end)
        return Finding(finding.code, finding.severity, finding.message, span, fix, finding.source)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a distribution offers: its extras, its defaults, its requirements.

    ``provides`` and ``defaults`` are normalised and without repetitions, in
    text order; ``spelled_provides`` and ``spelled_defaults`` hold what was
    written, with the places.
    """

    name: str
    provides: tuple[str, ...]
    defaults: tuple[str, ...]
    lines: tuple[Line, ...]
    spelled_provides: tuple[tuple[str, Locate], ...] = field(default=(), compare=False, repr=False)
    spelled_defaults: tuple[tuple[str, Locate], ...] = field(default=(), compare=False, repr=False)

    @property
    def references(self) -> tuple[Line, ...]:
        """Requirements of the distribution on itself, the readable ones."""
        return tuple(line for line in self.lines if line.itself and line.request.valid)


DocumentLike = Metadata | str | bytes | Offer
"""Metadata, the text of a METADATA file, or what :func:`read_offer` made of one."""


@keeps(4096)
def _request(text: str) -> tuple[Request, Node | None]:
    request = Request.parse(text)
    return request, parse(request.marker.text) if request.marker else None


@keeps(4096)
def _mentions(text: str) -> tuple[str, ...]:
    marker = _request(text)[0].marker
    return marker.extras if marker else ()


def _values(document: Metadata, name: str) -> list[str]:
    try:
        return list(document[name])
    except KeyError:
        return []


def _places(document: Metadata, name: str, count: int) -> list[Locate]:
    fields: Any = getattr(document, "fields", None)
    headers = fields(name) if callable(fields) else ()
    if len(headers) != count:
        return [_nowhere] * count
    return [header.locate for header in headers]


def _nowhere(_start: int, _end: int) -> None:
    return None


def read_offer(document: DocumentLike) -> Offer:
    """Read what *document* says about extras; what is wrong with it, :func:`review` tells.

    >>> offer = read_offer({"Name": ["Pkg"], "Provides-Extra": ["All", "a"],
    ...                     "Requires-Dist": ["x; extra == 'a'", "pkg[a]; extra == 'all'"]})
    >>> offer.name, offer.provides, [line.text for line in offer.references]
    ('pkg', ('all', 'a'), ["pkg[a]; extra == 'all'"])
    """
    if isinstance(document, Offer):
        return document
    if isinstance(document, (str, bytes)):
        document = read(document)
    name = canonicalize_name(next(iter(_values(document, "Name")), ""))
    spelled = {}
    for key in ("Provides-Extra", "Default-Extra", "Requires-Dist"):
        values = _values(document, key)
        spelled[key] = list(zip(values, _places(document, key, len(values)), strict=True))
    lines = []
    references = negations = 0
    for index, (text, place) in enumerate(spelled["Requires-Dist"]):
        request, tree = _request(text)
        itself = bool(name) and request.name == name
        beyond = False
        if itself:
            negates = tree is not None and any(map(_tests_absence, comparisons(tree)))
            references += 1
            negations += negates
            beyond = references > MOST_REFERENCES or (negates and negations > MOST_NEGATIONS)
        lines.append(Line(index, text, request, itself and not beyond, tree, place, beyond))
    return Offer(
        name,
        _names(spelled["Provides-Extra"]),
        _names(spelled["Default-Extra"]),
        tuple(lines),
        tuple(spelled["Provides-Extra"]),
        tuple(spelled["Default-Extra"]),
    )


def _tests_absence(node: Comparison) -> bool:
    variable = node.variable
    about = variable is not None and variable.name in ("extra", "extras")
    return about and node.op in ("!=", "not in")


def _names(values: Iterable[tuple[str, Locate]]) -> tuple[str, ...]:
    names = (value.strip() for value, _ in values)
    return tuple(dict.fromkeys(canonicalize_name(name) for name in names if is_extra_name(name)))


def is_extra_name(text: str) -> bool:
    """Say whether *text* can name an extra, in any spelling."""
    return _NAME(text) is not None
