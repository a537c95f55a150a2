"""The extras lab's questions and answers: four sets of rules, asked the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from trigpoint.catalogue import report
from trigpoint.extras import (
    Metadata,
    Resolution,
    RuleSet,
    read_offer,
    read_requests,
)
from trigpoint.extras import Request as Asked
from trigpoint.findings import Finding, Fix, in_text_order
from trigpoint.labs.documents import detect, open_document
from trigpoint.labs.extras.keeping import ORDER, RuleAnswer, Told, Way, tell, texts
from trigpoint.labs.length import too_long
from trigpoint.markers import ENVIRONMENTS
from trigpoint.metadata import Document
from trigpoint.metadata.checks.validate import structural

__all__ = [
    "DEFAULT_ENVIRONMENT",
    "ORDER",
    "ChangeRow",
    "ExtrasRequest",
    "ExtrasResponse",
    "Reached",
    "RequirementRow",
    "RuleAnswer",
    "Side",
    "Way",
    "answer",
    "spelled_out",
]

DEFAULT_ENVIRONMENT: Final = "cpython-3.14-linux-x86_64"

# What decides where the fields are; the metadata lab reports the rest.
_READING = frozenset(
    {
        "metadata-bom",
        "metadata-leading-blank",
        "metadata-headers-cut",
        "metadata-junk-line",
        "metadata-blank-before-colon",
        "metadata-toml",
        "metadata-project-missing",
        "metadata-project-type",
        "metadata-project-proposed",
    }
)

_OF_METADATA = frozenset({"extra-unknown", "extra-not-default"})

FIRST_ROWS: Final = 40
"""Requirements that a page lists at first: what is in view is there soonest."""


@dataclass(frozen=True, slots=True)
class ExtrasRequest:
    """What a reader asks.

    ``text`` holds ``Requires-Dist``, ``Provides-Extra`` and ``Default-Extra``
    lines, a whole METADATA file or a ``pyproject.toml``.  ``requests`` are what
    is asked for, one a line as in ``pkg[a]``; empty means the project without
    brackets.  ``environment`` is the name of an environment, ``rules`` the set of
    rules whose reasons are given.  ``rows`` is how many requirements a page lists.
    """

    text: str = ""
    requests: str = ""
    environment: str = DEFAULT_ENVIRONMENT
    rules: str = "spec"
    rows: int = FIRST_ROWS


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement and its answers by set of rules; ``start`` is -1 without a place."""

    index: int
    text: str
    start: int
    end: int
    answers: dict[str, RuleAnswer]


@dataclass(frozen=True, slots=True)
class Reached:
    """An extra that is asked for in the end, and the way to it."""

    name: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One set of rules: the extras in the end, and how many requirements come."""

    rules: str
    extras: tuple[Reached, ...]
    open: tuple[str, ...]
    pulled: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A requirement that the chosen rules answer otherwise than installers do.

    ``gained`` and ``lost`` say where, as a marker or in words; the counts are
    those of named environments, out of ``environments``.
    """

    index: int
    text: str
    kind: str
    gained: str
    gained_count: int
    lost: str
    lost_count: int
    environments: int


@dataclass(frozen=True, slots=True)
class ExtrasResponse:
    """The four answers side by side, with the reasons.

    ``bare`` tells that the project is described, with a version, and lists no requirements.
    """

    name: str
    requests: tuple[str, ...]
    environment: str
    environment_label: str
    rules: str
    readable: bool
    bare: bool
    sides: tuple[Side, ...]
    rows: tuple[RequirementRow, ...]
    listed: int
    changes: tuple[ChangeRow, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """A document that has no name of its own, with the one that is asked for."""

    document: Document
    name: str

    def __getitem__(self, name: str, /) -> Sequence[str]:
        return [self.name] if name == "Name" else self.document[name]

    def fields(self, name: str) -> Any:
        """Return the headers, which know their places."""
        return self.document.fields(name)


def spelled_out(request: ExtrasRequest) -> tuple[str, tuple[str, ...]]:
    """Return the name to add to the text of *request* (empty if it has one), and the requests.

    >>> spelled_out(ExtrasRequest("Requires-Dist: x"))
    ('pkg', ('pkg',))
    """
    _, asked, missing = _opened(request)
    return missing, tuple(each.text for each in asked)


def _opened(request: ExtrasRequest) -> tuple[Document, tuple[Asked, ...], str]:
    document = open_document(request.text)
    own = next(iter(document["Name"]), "").strip()
    asked = read_requests(request.requests)
    missing = "" if own else next((each.name for each in asked if each.name), "pkg")
    return document, asked or (Asked.parse(own or missing),), missing


def answer(request: ExtrasRequest) -> ExtrasResponse:
    """RuleAnswer *request*; what a reader typed never raises."""
    advice = "leave out what is no Requires-Dist, or paste fewer of them"
    pasted = detect(request.text) == "metadata"
    if (long := too_long(request.text, advice, metadata=pasted)) is not None:
        nothing = answer(replace(request, text=""))
        return replace(nothing, readable=False, findings=(long,))
    findings: list[Finding] = []
    rules = _rules(request.rules, findings)
    environment = _environment(request.environment, findings)
    opened, asked, missing = _opened(request)
    reading = [each for each in structural(opened) if each.code in _READING]
    document: Metadata = _Named(opened, missing) if missing else opened
    offer = read_offer(document)
    sides, told, on_document = tell(offer, asked, environment, rules)
    chosen = sides[rules]
    findings += [*reading, *on_document]
    if request.requests.strip():
        said = chosen.requested.findings
        if not request.text.strip():
            # Which extras a project has is known from its metadata only.
            said = tuple(each for each in said if each.code not in _OF_METADATA)
        findings += [_on_request(each, asked) for each in said]
    rows = []
    changes = []
    for line, each in zip(offer.lines, told, strict=True):
        span = line.span()
        start, end = (span.start, span.end) if span else (-1, -1)
        rows.append(RequirementRow(line.index, line.text, start, end, each.answers))
        if turn := each.turn:
            counts = turn.gained, turn.gained_count, turn.lost, turn.lost_count
            changes.append(ChangeRow(line.index, line.text, turn.kind, *counts, len(ENVIRONMENTS)))
    unread = any(each.severity.value == "error" for each in reading)
    return ExtrasResponse(
        name=offer.name,
        requests=tuple(each.text for each in asked),
        environment=environment,
        environment_label=ENVIRONMENTS[environment].label,
        rules=rules.value,
        readable=any(each.valid for each in asked) and not (unread and not offer.lines),
        bare=not (rows or missing or unread or _left_open(opened)) and any(opened["Version"]),
        sides=tuple(_side(each, side, told) for each, side in sides.items()),
        rows=tuple(rows),
        listed=max(request.rows, 1),
        changes=tuple(changes),
        findings=tuple(in_text_order(findings)),
    )


def _left_open(document: Document) -> bool:
    """Say whether a build fills in what *document* requires."""
    return any(each.strip().lower() == "requires-dist" for each in document["Dynamic"])


def _rules(value: str, findings: list[Finding]) -> RuleSet:
    try:
        return RuleSet(value)
    except ValueError:
        names = ", ".join(each.value for each in ORDER)
        findings.append(
            report(
                "request-field",
                f"there are no rules called {value!r}",
                None,
                Fix(f"choose one of {names}"),
            )
        )
        return RuleSet.SPEC


def _environment(value: str, findings: list[Finding]) -> str:
    if not value or value in ENVIRONMENTS:
        return value or DEFAULT_ENVIRONMENT
    findings.append(
        report(
            "request-environment",
            f"no environment is called {value!r}",
            None,
            Fix(f"write one such as {DEFAULT_ENVIRONMENT}"),
        )
    )
    return DEFAULT_ENVIRONMENT


def _on_request(finding: Finding, asked: Iterable[Asked]) -> Finding:
    """Say in words where a finding on the requests is: its places are not in the text."""
    at = finding.span.start if finding.span else -1
    where = next(
        (each.text for each in asked if each.span and each.span.start <= at <= each.span.end), ""
    )
    message = f"in the request {where}: {finding.message}" if where else finding.message
    fix = Fix(finding.fix.message) if finding.fix else None
    return Finding(finding.code, finding.severity, message, None, fix, finding.source)


def _side(rules: RuleSet, side: Resolution, told: Iterable[Told]) -> Side:
    return Side(
        rules.value,
        tuple(Reached(name, texts(side.steps.get(name, ()))) for name in sorted(side.extras)),
        side.open,
        sum(each.answers[rules.value].pulled for each in told),
    )
