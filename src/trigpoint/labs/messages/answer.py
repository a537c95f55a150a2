"""What the message lab is asked, and how it answers: which messages are in a text."""

from __future__ import annotations

import itertools
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span
from trigpoint.installers.messages import (
    MOST_EXPLAINED,
    MOST_LETTERS,
    Explained,
    Seen,
    explain,
    nearest,
    review,
)

__all__ = [
    "KINDS",
    "MOST_CASES",
    "MessageRow",
    "MessagesRequest",
    "MessagesResponse",
    "NearRow",
    "PlaceRow",
    "RunRow",
    "ToolRow",
    "ValueRow",
    "answer",
]

MOST_CASES: Final = 3
"""Recorded runs that are shown for one message."""

KINDS: Final = {
    "metadata": "METADATA",
    "pyproject": "pyproject.toml",
    "requirements": "requirements file",
}
"""What the reader's file can be, and what it is called."""


@dataclass(frozen=True, slots=True)
class MessagesRequest:
    """What a reader asks: ``text`` is what a tool printed, ``document`` the file, if any."""

    text: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """What stood in a place of the message: ``name`` says what it is, ``value`` is it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ToolRow:
    """A tool that was recorded with the message, from its ``oldest`` to its ``newest`` version."""

    family: str
    oldest: str
    newest: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """A recorded run that printed the message, as :class:`trigpoint.installers.messages.Seen`."""

    tool: str
    case: str
    recorded: str
    wheel: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in the reader's file: ``place`` is None for the file as a whole.

    ``code`` and ``message`` are those of a finding, empty where a value of the message
    merely stands there.  ``fix`` says what to write, empty where nothing does.
    """

    code: str
    message: str
    fix: str
    place: Span | None


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message that was found, and what is known about it.

    ``said`` is how it stands in the text at ``place``, ``times`` how often.  ``source``
    is an address, ``sourced`` another one where no run was recorded, read on the day
    ``sourced_on``.  ``commands`` are what to ask next.  For the rest see
    :class:`trigpoint.installers.messages.Message`.
    """

    key: str
    title: str
    said: str
    place: Span
    times: int
    follows: bool
    rule: str
    source: str
    why: str
    cure: str
    values: tuple[ValueRow, ...]
    tools: tuple[ToolRow, ...]
    runs: tuple[RunRow, ...]
    codes: tuple[str, ...]
    guides: tuple[str, ...]
    sourced: str
    sourced_on: str
    places: tuple[PlaceRow, ...]
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearRow:
    """A message that is known and shares rare words with a text in which none is."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class MessagesResponse:
    """What is known about the text.

    ``kind`` says what the file is, a key of :data:`KINDS`, empty without one.
    ``messages`` has causes before consequences; ``near`` is empty if there is one.
    """

    empty: bool
    kind: str
    messages: tuple[MessageRow, ...]
    near: tuple[NearRow, ...]
    findings: tuple[Finding, ...]


def answer(request: MessagesRequest) -> MessagesResponse:
    """Answer *request*; what a reader pasted never raises."""
    if not request.text.strip():
        return MessagesResponse(True, "", (), (), ())
    document = request.document if request.document.strip() else None
    found = explain(request.text, document=document)
    findings: list[Finding] = []
    if len(request.text) > MOST_LETTERS:
        left = len(request.text) - MOST_LETTERS
        findings.append(
            report(
                "message-long",
                f"the first {left} letters were not read; the last {MOST_LETTERS} were",
                None,
                Fix("paste the end of the log, from the first line that says error"),
            )
        )
    near: tuple[NearRow, ...] = ()
    if not found:
        near = tuple(NearRow(each.key, each.title) for each in nearest(request.text))
        findings.append(
            report(
                "message-unknown",
                "no message in this text is known",
                None,
                Fix("paste the lines around it too, as the tool printed them"),
            )
        )
    elif len(found) == MOST_EXPLAINED:
        findings.append(
            report(
                "message-many",
                f"only the first {MOST_EXPLAINED} messages are explained",
                None,
                Fix("paste a part of the log"),
            )
        )
    return MessagesResponse(
        False,
        review(document)[0] if document else "",
        tuple(map(_row, found)),
        near,
        tuple(findings),
    )


def _row(each: Explained) -> MessageRow:
    message = each.message
    return MessageRow(
        message.key,
        message.title,
        each.said,
        each.span,
        each.times,
        message.follows,
        message.rule,
        each.source,
        message.why,
        message.cure,
        tuple(ValueRow(name, value) for name, value in each.values if value),
        tuple(_tools(each.seen)),
        tuple(RunRow(run.tool, run.case, run.recorded, run.wheel) for run in _telling(each.seen)),
        message.codes,
        message.guides,
        message.sourced.url if message.sourced else "",
        message.sourced.date if message.sourced else "",
        tuple(_places(each)),
        tuple(_commands(each)),
    )


def _parted(tool: str) -> tuple[str, str]:
    family, _, version = tool.partition(" (")[0].rpartition(" ")
    return family, version


def _tools(runs: Iterable[Seen]) -> Iterable[ToolRow]:
    for family, group in itertools.groupby(runs, key=lambda run: _parted(run.tool)[0]):
        versions = [_parted(run.tool)[1] for run in group]
        yield ToolRow(family, versions[0], versions[-1])


def _telling(runs: Iterable[Seen]) -> list[Seen]:
    """Return a run of each family, the newest, wheels first, so many as are shown."""
    last = {_parted(run.tool)[0]: run for run in runs}
    return sorted(last.values(), key=lambda run: not run.wheel)[:MOST_CASES]


def _places(each: Explained) -> Iterable[PlaceRow]:
    for finding in each.findings:
        yield PlaceRow(
            finding.code, finding.message, finding.fix.message if finding.fix else "", finding.span
        )
    if not each.findings:
        for span in each.places:
            yield PlaceRow("", "", "", span)


_ASKED: Final = {
    "requirement": "trigpoint marker show",
    "marker": "trigpoint marker show",
    "field": "trigpoint metadata explain",
}
"""Which command says more about a value, by the value's name."""


def _commands(each: Explained) -> Iterable[str]:
    for name, value in each.values:
        # A requirement is of use there with a marker only.
        if name == "requirement" and ";" not in value:
            continue
        if name == "field" and (value.startswith("{") or not value[:1].isalpha()):
            continue
        if name in _ASKED and value and not value.endswith("..."):
            yield f"{_ASKED[name]} {shlex.quote(value)}"
