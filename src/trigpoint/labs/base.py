"""What a lab is: a question and an answer, both plain data, and the answer as HTML.

The parts of a lab are one folder: ``answer`` holds the data and computes it,
``words`` says it, ``html`` shows it, ``share`` writes the question down elsewhere,
``examples`` are ready-made questions, and ``lab`` ties them together here.  The
command line takes ``answer`` and ``words``, and never HTML.
"""

from __future__ import annotations

import abc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Protocol, TypeVar

from trigpoint.findings import Finding, Severity

if TYPE_CHECKING:
    from trigpoint.labs.markup import Markup
    from trigpoint.labs.pieces import Opened, Piece

__all__ = ["MOST_FINDINGS", "Answered", "Example", "Lab", "Needs", "Share", "has_errors"]

MOST_FINDINGS: Final = 200
"""Findings that a page marks in the text and lists under it; the rest is counted."""


class Answered(Protocol):
    """What every response has, whatever else is in it."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What there is to say about the reader's text and choices, in text order."""


RequestT = TypeVar("RequestT")
ResponseT = TypeVar("ResponseT", bound=Answered)


@dataclass(frozen=True, slots=True)
class Example:
    """A ready-made request.

    ``label`` says what it shows, ``source`` where it comes from: a package and
    its version, or ``"made by hand"``.  ``request`` holds the fields that differ
    from the default, JSON-ready.
    """

    label: str
    source: str
    request: Mapping[str, Any]

    @property
    def is_real(self) -> bool:
        """Whether it comes from a package, a project or a tool, not from us."""
        return not self.source.startswith("made ")


@dataclass(frozen=True, slots=True)
class Share:
    """The same question elsewhere.

    ``command`` is a line for a shell, ``python`` a program that prints the
    answer, ``embed`` a directive for a page in MyST Markdown.
    """

    command: str
    python: str
    embed: str


@dataclass(frozen=True, slots=True)
class Needs:
    """Files of the site that a page has to load before it asks the same question again.

    ``words`` says to the reader what is loaded; ``files`` are names on the site's shelf.
    """

    words: str
    files: tuple[str, ...]


def has_errors(findings: Sequence[Finding]) -> bool:
    """Say whether one of *findings* is an error: then a command ends with status 1."""
    return any(each.severity is Severity.ERROR for each in findings)


class Lab(abc.ABC, Generic[RequestT, ResponseT]):
    """A question that readers ask, answered the same way on every face.

    A subclass sets the class attributes below and the abstract methods; the rest
    has a default that fits most labs.
    """

    name: ClassVar[str]
    """Its key in :data:`trigpoint.labs.LABS`, and the ``lab`` attribute of the element."""

    title: ClassVar[str]
    """What a reader calls it."""

    directive: ClassVar[str]
    """The name of its directive in a page."""

    body: ClassVar[str] = "text"
    """The field of the request that holds the text that the reader edits."""

    indexed: ClassVar[bool] = False
    """Whether a package index has such texts: then a page may offer to load one."""

    time_limit: ClassVar[int] = 0
    """Milliseconds that a page waits for one answer; 0: as long as for most labs."""

    request_type: type[RequestT]
    """A frozen dataclass whose fields all have defaults (see :mod:`trigpoint.labs.codec`)."""

    response_type: type[ResponseT]
    """A frozen dataclass with ``findings``, a tuple of :class:`trigpoint.findings.Finding`."""

    examples: ClassVar[Sequence[Example]] = ()
    """Ready-made requests, at least three, most telling first."""

    # -- answering ----------------------------------------------------------------

    @abc.abstractmethod
    def run(self, request: RequestT) -> ResponseT:
        """Answer *request*; what the reader typed or chose never raises."""

    def fill_in(self, request: RequestT) -> RequestT:
        """Return *request* with its text filled in from the file that came with it.

        The page asks this once before :meth:`run`, and shows the fields that it
        changes.  A lab that takes no files returns *request* as it is.
        """
        return request

    def needs(self, response: ResponseT) -> Needs | None:  # noqa: ARG002
        """Return what has to be loaded before *response* is a whole answer; None: it is one."""
        return None

    def opens(self, pieces: Sequence[Piece]) -> Opened | None:  # noqa: ARG002
        """Say what this lab makes of *pieces*, of what a reader brought; None if of none.

        A text is one piece, a project several.  What is in them never raises.
        """
        return None

    def valid(self, response: ResponseT) -> bool:
        """Say whether the text could be read.

        While it could not, a page keeps the last valid result, dimmed, beside the
        findings of *response*.
        """
        return not has_errors(response.findings)

    # -- saying and showing -------------------------------------------------------

    @abc.abstractmethod
    def summary(self, response: ResponseT) -> str:
        """Return *response* in one plain sentence, which a screen reader speaks."""

    @abc.abstractmethod
    def html(self, response: ResponseT) -> Markup:
        """Return *response* as a fragment, its findings included.

        The hooks that it may use are listed in ``playground/README.md``.
        """

    @abc.abstractmethod
    def form(self, request: RequestT) -> Markup:
        """Return the controls, filled in from *request*; one is named as :attr:`body`."""

    @abc.abstractmethod
    def share(self, request: RequestT) -> Share:
        """Return *request* in the forms that a reader can copy."""
