"""What a lab is: a question and an answer, both plain data, and the answer as HTML."""

from __future__ import annotations

import abc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from trigpoint.findings import Finding, Severity
from trigpoint.labs.markup import Markup, element, fragment

__all__ = ["Example", "Lab", "Share", "findings_list", "menu"]

RequestT = TypeVar("RequestT")
ResponseT = TypeVar("ResponseT")


@dataclass(frozen=True, slots=True)
class Example:
    """A ready-made request: ``label`` says what it shows, ``source`` where it comes from."""

    label: str
    source: str
    request: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """The same question elsewhere: as a command, as Python, as a directive in a page."""

    command: str
    python: str
    embed: str


class Lab(abc.ABC, Generic[RequestT, ResponseT]):
    """A question that readers ask, answered the same way on every face.

    ``name`` is its key in :data:`trigpoint.labs.LABS`, ``directive`` the name of
    its directive in a page, ``request_type`` and ``response_type`` are frozen dataclasses
    (see :mod:`trigpoint.labs.schema`).  ``body`` is the request's field that
    holds the text that the reader edits, and ``indexed`` says that a package
    index has such texts.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    directive: ClassVar[str]
    body: ClassVar[str] = "text"
    indexed: ClassVar[bool] = False
    request_type: type[RequestT]
    response_type: type[ResponseT]
    examples: ClassVar[Sequence[Example]] = ()

    @abc.abstractmethod
    def run(self, request: RequestT) -> ResponseT:
        """Answer *request*; what the reader typed never raises."""

    def settle(self, request: RequestT) -> RequestT:
        """Return *request* with what the text needs filled in, such as that of a dropped file.

        What :meth:`run` answers is the settled request.
        """
        return request

    @abc.abstractmethod
    def html(self, response: ResponseT) -> Markup:
        """Return the answer as a fragment."""

    @abc.abstractmethod
    def form(self, request: RequestT) -> Markup:
        """Return the controls, filled in from *request*."""

    @abc.abstractmethod
    def share(self, request: RequestT) -> Share:
        """Return *request* in the forms that a reader can copy."""

    @abc.abstractmethod
    def findings(self, response: ResponseT) -> Sequence[Finding]:
        """Return the findings on the reader's text, in text order."""

    @abc.abstractmethod
    def summary(self, response: ResponseT) -> str:
        """Return the answer in one plain sentence."""

    def valid(self, response: ResponseT) -> bool:
        """Say whether the text could be read."""
        return not any(each.severity is Severity.ERROR for each in self.findings(response))


_WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Note"}


def findings_list(
    findings: Sequence[Finding], *, kind: str = "tp-findings", label: str = "Findings"
) -> Markup | None:
    """Return *findings* as a list with their places, fixes and rules.

    A list of another *kind* stays in the result while the lab is live.
    """
    if not findings:
        return None
    return element(
        "ul",
        {"class": kind, "aria-label": label},
        [
            element(
                "li",
                {"class": f"tp-finding tp-{finding.severity.value}", "data-span": span_of(finding)},
                _finding(finding),
            )
            for finding in findings
        ],
    )


def span_of(finding: Finding) -> str | None:
    """Return the place of *finding* as the editor reads it."""
    return f"{finding.span.start}:{finding.span.end}" if finding.span else None


def _finding(finding: Finding) -> Markup:
    span, fix = finding.span, finding.fix
    repair: Markup | None = None
    if fix:
        words = fix.message[:1].upper() + fix.message[1:]
        change = fix.span is not None and fix.replacement is not None
        repair = element(
            "p",
            {"class": "tp-fix"},
            words + ".",
            element(
                "button",
                {
                    "type": "button",
                    "class": "tp-live tp-button",
                    "data-fix": {
                        "start": fix.span.start,
                        "end": fix.span.end,
                        "replacement": fix.replacement,
                    },
                    "aria-label": f"Fix: {fix.message}",
                },
                "Fix",
            )
            if change and fix.span
            else None,
        )
    return fragment(
        element(
            "p",
            {"class": "tp-finding-head"},
            element("strong", {"class": "tp-severity"}, _WORDS[finding.severity]),
            " ",
            element("span", {"class": "tp-message"}, finding.message + "."),
            " ",
            element("span", {"class": "tp-place"}, f"Line {span.line}, column {span.column}. ")
            if span
            else None,
            element("a", {"class": "tp-code", "href": finding.source}, finding.code),
        ),
        repair,
    )


def menu(title: str, *children: Any, kind: str = "") -> Markup:
    """Return a menu that opens under its *title*."""
    return element(
        "details",
        {"class": f"tp-menu tp-live {kind}".strip()},
        element("summary", {}, title),
        element("div", {"class": "tp-menu-body"}, *children),
    )
