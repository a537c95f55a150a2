"""What somebody asks for: a project, and which of its extras.

Three requests are easily taken for one another: ``pkg`` names no extras,
``pkg[]`` names an empty list of them, ``pkg[a]`` names one.  A fourth,
``pkg[-a]``, is this project's own proposal.

Source: Dependency specifiers, "Grammar" and "Extras"; PEP 685; PEP 771.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from packaging.utils import canonicalize_name

from trigpoint.findings import Finding, Span, TextIndex
from trigpoint.markers import Marker
from trigpoint.requirements import Dialect, Requirement, read_requirement
from trigpoint.requirements.requirement import request_lines

__all__ = ["Mention", "Request", "read_requests"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One name between the brackets.

    ``written`` is the name as it stands, ``name`` its normal form, ``negative``
    whether a minus stands before it, ``span`` where it is, minus included.
    """

    written: str
    name: str
    negative: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Request:
    """A project and the extras that are asked of it.

    ``name`` is the project in normal form.  ``extras`` is None without
    brackets, otherwise the names in them, normalised and sorted; ``excluded``
    holds the names with a minus.  ``specifier`` is a version specifier,
    ``url`` a direct reference, ``marker`` says where the request applies.
    ``findings`` is what there is to say about the text, ``valid`` whether it is
    a request at all.

    Requests are equal when they ask for the same, however they are written.

    >>> Request.parse("pkg") == Request.parse("pkg[]")
    False
    >>> Request.parse("Pkg[b, a_c] >= 1") == Request.parse("pkg[a-c,b]>=1")
    True

    Source: Dependency specifiers; PEP 771 for the difference between the first two.
    """

    name: str
    extras: tuple[str, ...] | None = None
    excluded: tuple[str, ...] = ()
    specifier: str = ""
    url: str | None = None
    marker: Marker | None = None
    valid: bool = True
    text: str = field(default="", compare=False)
    span: Span | None = field(default=None, compare=False)
    mentions: tuple[Mention, ...] = field(default=(), compare=False)
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    @classmethod
    def parse(cls, text: str) -> Request:
        """Read one request; what is wrong with *text* is in ``findings``.

        ``text`` is a requirement: a name, perhaps extras in brackets, a version
        specifier or ``@`` and an address, then ``;`` and a marker.  A name
        between the brackets may carry a minus.

        >>> request = Request.parse("pkg[a,-b]")
        >>> request.extras, request.excluded, [found.code for found in request.findings]
        (('a',), ('b',), ['extra-negative'])
        >>> broken = Request.parse("pkg[a b]")
        >>> broken.valid, [(found.code, found.span.column) for found in broken.findings]
        (False, [('extra-name', 5)])
        """
        return _request(read_requirement(text, Dialect.REQUEST), TextIndex(text), 0)

    @property
    def brackets(self) -> str:
        """The brackets in one fixed spelling; empty for a bare request.

        >>> Request.parse("pkg[-c, b,A]").brackets
        '[a,b,-c]'
        """
        if self.extras is None:
            return ""
        return f"[{','.join((*self.extras, *(f'-{name}' for name in self.excluded)))}]"

    @property
    def subject(self) -> str:
        """The request without its marker."""
        place = f" @ {self.url}" if self.url else self.specifier
        return f"{self.name}{self.brackets}{place}"

    def __str__(self) -> str:
        if self.marker is None:
            return self.subject
        return f"{self.subject}{' ' if self.url else ''}; {self.marker}"


def _request(read: Requirement, index: TextIndex, offset: int) -> Request:
    """Return the request that *read*, which starts at *offset* in the text of *index*, is."""
    bare = read.text.strip()
    start = offset + len(read.text) - len(read.text.lstrip()) if bare else offset
    extras = None if read.extras is None else _names(read.extras)
    return Request(
        read.normalised,
        extras,
        _names(read.excluded),
        str(read.specifier),
        read.url,
        read.marker,
        read.valid,
        bare,
        index.span(start, start + len(bare)),
        tuple(_mentions(read, index, offset)) if read.extras or read.excluded else (),
        read.findings_in(index, offset),
    )


def _names(written: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(map(canonicalize_name, written))))


def _mentions(read: Requirement, index: TextIndex, offset: int) -> Iterator[Mention]:
    minus: int | None = None
    for part in read.parts:
        if part.kind == "minus":
            minus = part.start
        elif part.kind == "extra":
            start = part.start if minus is None else minus
            span = index.span(offset + start, offset + part.end)
            yield Mention(part.text, canonicalize_name(part.text), minus is not None, span)
            minus = None


def read_requests(text: str) -> tuple[Request, ...]:
    r"""Return the requests of *text*, one a line; blank lines and ``#`` comments are none.

    Places in the findings are places in *text*.  Never raises.

    >>> [str(each) for each in read_requests("pkg  # bare\n\npkg[docs]\n")]
    ['pkg', 'pkg[docs]']
    """
    index = TextIndex(text)
    return tuple(
        _request(read_requirement(line, Dialect.REQUEST), index, offset)
        for line, offset in request_lines(text)
    )
