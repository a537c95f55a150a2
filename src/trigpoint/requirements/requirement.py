"""A requirement that somebody wrote: its parts, its meaning and its findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from trigpoint.findings import Finding, Severity, TextIndex, in_text_order
from trigpoint.markers import Marker
from trigpoint.requirements.lints import extra_findings
from trigpoint.requirements.marker import marker_findings, read_marker
from trigpoint.requirements.quick import quick
from trigpoint.requirements.reader import Reading, read, tail_at
from trigpoint.requirements.tree import Dialect, Kind, Part, Problem, Shape
from trigpoint.versions import specifiers

__all__ = ["Requirement", "read_requests", "read_requirement"]

_LINE = re.compile(r"[^\r\n]+")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")


class Requirement:
    """A requirement as it was written, whatever is wrong with it.

    Made by :func:`read_requirement`.  ``text`` is what was read and ``dialect``
    how.  Where :attr:`valid` is False the other attributes are what could be
    read.  ``name``, ``extras``, ``specifier``, ``url`` and ``marker`` are those
    of :class:`packaging.requirements.Requirement`, but ``extras`` is a tuple,
    and None without brackets, and ``marker`` is a
    :class:`trigpoint.markers.Marker`.

    Requirements are equal where they ask for the same, however it is written.

    >>> requirement = read_requirement("Pkg[b,a] >= 1; os_name == 'nt'")
    >>> requirement.name, requirement.extras, str(requirement.specifier)
    ('Pkg', ('b', 'a'), '>=1')
    >>> requirement == read_requirement("pkg[a,b]>=1.0 ; 'nt' == os_name")
    True
    """

    def __init__(self, text: str, dialect: Dialect, shape: Shape | None) -> None:
        self.text = text
        self.dialect = dialect
        self._quick = shape

    @cached_property
    def _reading(self) -> Reading:
        return read(self.text, self.dialect)

    @property
    def shape(self) -> Shape:
        """Where the parts are, as texts and offsets."""
        return self._reading.shape if self._quick is None else self._quick

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part with its place; joined, they are the text.

        >>> [part.text for part in read_requirement("pkg >=1").parts]
        ['pkg', ' ', '>=', '1']
        """
        return self._reading.parts

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in front of the marker, in text order."""
        if self._quick is not None and self._quick.url is None:
            return ()
        return self._reading.problems

    @property
    def name(self) -> str:
        """The name of the project as written; empty where there is none."""
        return self.shape.name

    @property
    def normalised(self) -> str:
        """The name in normal form."""
        return self.shape.normalised

    @property
    def extras(self) -> tuple[str, ...] | None:
        """The names between the brackets as written; None without brackets."""
        return self.shape.extras

    @property
    def excluded(self) -> tuple[str, ...]:
        """The names with a minus as written, which only a request can have."""
        return self.shape.excluded

    @cached_property
    def specifier(self) -> SpecifierSet:
        """The versions; an empty set allows all, and stands for what cannot be read."""
        shape = self.shape
        text = shape.specifier
        for problem in reversed(self.problems):
            if problem.kind is Kind.OLD:
                start, end = (place - shape.specifier_at for place in problem.at)
                text = f"{text[:start]}{problem.replacement}{text[end:]}"
        try:
            return specifiers(text)
        except InvalidSpecifier:
            return SpecifierSet()

    @property
    def url(self) -> str | None:
        """The direct reference, if there is one."""
        return self.shape.url

    @property
    def marker(self) -> Marker | None:
        """The marker; None without one, and where it cannot be read."""
        written = self.shape.marker
        return None if written is None else read_marker(written.strip(" \t"))

    @property
    def marker_start(self) -> int:
        """Offset of the marker, without the blanks in front of it; the end without one."""
        shape = self.shape
        if shape.marker is None:
            return len(self.text)
        bare = shape.marker.lstrip(" \t")
        return shape.marker_at + len(shape.marker) - len(bare)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All there is to say about the text, in text order.

        >>> [found.fix.message for found in read_requirement("pkg=>1,==2.x").findings]
        ['write >=1', 'write ==2.*']
        """
        return self.findings_in(TextIndex(self.text), 0)

    def findings_in(self, index: TextIndex, offset: int) -> tuple[Finding, ...]:
        """Return the findings as those on the text of *index*, where this one starts at *offset*."""
        found = [problem.finding(index, offset=offset) for problem in self.problems]
        if self.shape.extras or self.shape.excluded:
            found += extra_findings(self.parts, index, offset)
        if self.shape.marker is not None:
            start = offset + self.marker_start
            of_marker = marker_findings(self.shape.marker.strip(" \t"))[1]
            found += [finding.moved(index, start) for finding in of_marker]
        return tuple(in_text_order(found))

    @cached_property
    def valid(self) -> bool:
        """Whether the text is a requirement of its dialect that means something.

        >>> read_requirement("pkg>=1").valid, read_requirement("pkg>=").valid
        (True, False)
        """
        if any(problem.fatal for problem in self.problems):
            return False
        if self.shape.marker is not None and self.marker is None:
            return False
        if not self.excluded:
            return True
        return not any(found.severity is Severity.ERROR for found in self.findings)

    def evaluate(
        self,
        environment: Mapping[str, str | AbstractSet[str]] | None = None,
        extras: Iterable[str] = (),
    ) -> bool:
        """Say whether the requirement applies, as :meth:`trigpoint.markers.Marker.evaluate` does.

        ``environment`` maps marker variables to values, ``extras`` names what
        was asked of the project that has the requirement.  Raises what that
        method does, and :exc:`ValueError` where the text is no requirement.

        >>> read_requirement("pkg; extra == 'a'").evaluate(extras=["a"])
        True
        """
        if not self.valid:
            raise ValueError(f"not a requirement: {self.text!r}")
        marker = self.marker
        return marker is None or marker.evaluate(environment, extras)

    def _key(self) -> tuple[object, ...]:
        names = self.extras
        extras = None if names is None else frozenset(map(canonicalize_name, names))
        excluded = frozenset(map(canonicalize_name, self.excluded))
        return self.normalised, extras, excluded, self.specifier, self.url, self.marker

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Requirement):
            return NotImplemented
        if not (self.valid and other.valid):
            return self.text == other.text and self.dialect is other.dialect
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key()) if self.valid else hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Requirement({self.text!r})>"


def read_requirement(text: str, dialect: Dialect = Dialect.DEPENDENCY) -> Requirement:
    """Read *text* as a requirement of *dialect*; what is wrong with it becomes findings.

    Never raises.  ``text`` is one requirement: a name, perhaps extras in
    brackets, then a version specifier or ``@`` and a URL, then ``;`` and a
    marker.

    >>> broken = read_requirement("requests[socks")
    >>> [(found.message, found.span.column) for found in broken.findings]
    [('the bracket of the extras is never closed', 9)]

    Source: Dependency specifiers; see :class:`Dialect` for what else is read.
    """
    if dialect is Dialect.LINE and tail_at(text)[0] < len(text):
        return Requirement(text, dialect, None)
    shape = quick(text)
    if shape and shape.marker and "'" not in shape.marker and '"' not in shape.marker:
        # It is no marker, and may be what the reader knows.
        shape = None
    return Requirement(text, dialect, shape)


def read_requests(text: str, dialect: Dialect = Dialect.REQUEST) -> tuple[Requirement, ...]:
    r"""Return the requirements of *text*, one a line; blank lines and ``#`` comments are none.

    ``dialect`` is that of all of them.  Each has its line without the blanks
    around it as its text.  Never raises.

    >>> [each.text for each in read_requests("pkg  # bare\n\npkg[docs]\n")]
    ['pkg', 'pkg[docs]']
    """
    return tuple(read_requirement(line, dialect) for line, _ in request_lines(text))


def request_lines(text: str) -> list[tuple[str, int]]:
    """Return the lines of *text* that are not blank, without comments, each with its offset."""
    found = []
    for match in _LINE.finditer(text):
        line = match[0]
        if comment := _COMMENT.search(line):
            line = line[: comment.start()]
        bare = line.lstrip()
        if bare:
            found.append((bare.rstrip(), match.start() + len(line) - len(bare)))
    return found
