"""The lowest metadata version that a document needs.

Source: Core metadata specifications, "Added in version" of each field; PEP 345
for what requirements and markers could say before 2.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trigpoint.findings import Span
from trigpoint.kept import keeps
from trigpoint.markers.writing.rewrite import old_names
from trigpoint.metadata.fields import NEXT_MAJOR, VERSIONS, number
from trigpoint.metadata.requirement import Requirement, marker_findings, parse
from trigpoint.metadata.text.plain import Header, PlainDocument

__all__ = ["Minimum", "Reason", "minimum_version"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document cannot be older than ``version``."""

    version: str
    field: str
    message: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Minimum:
    """The lowest version, and every reason for a version above 1.0, highest first."""

    version: str
    reasons: tuple[Reason, ...]

    @property
    def decisive(self) -> tuple[Reason, ...]:
        """The reasons that keep the version from being lower."""
        return tuple(reason for reason in self.reasons if reason.version == self.version)

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "version": self.version,
            "reasons": [
                {
                    "version": reason.version,
                    "field": reason.field,
                    "message": reason.message,
                    "span": reason.span.to_json() if reason.span else None,
                }
                for reason in self.reasons
            ],
        }


def minimum_version(document: PlainDocument) -> Minimum:
    r"""Return the lowest metadata version that can hold *document*, and why.

    >>> from trigpoint.metadata import read
    >>> needed = minimum_version(read("Name: x\nLicense-File: LICENSE\nRequires-Dist: y\n"))
    >>> needed.version, [reason.field for reason in needed.decisive]
    ('2.4', ['License-File'])
    """
    reasons: list[Reason] = []
    for header in document.headers:
        field = header.field
        if field is None or field.name == "Metadata-Version":
            continue
        if not field.since:
            reasons.append(
                Reason(
                    NEXT_MAJOR,
                    field.name,
                    f"{field.name} is proposed by {field.proposal} only",
                    header.value_span,
                )
            )
            continue
        if field.since != "1.0":
            reasons.append(
                Reason(
                    field.since,
                    field.name,
                    f"{field.name} came with {field.since}",
                    header.value_span,
                )
            )
        if field.name == "Requires-Dist":
            reasons += _requirement(header)
    if document.body:
        span = document.span(document.body_start, document.body_start)
        reasons.append(
            Reason(
                "2.1",
                "Description",
                "the description stands after the headers",
                None if document.origin else span,
            )
        )
    reasons.sort(key=lambda reason: number(reason.version), reverse=True)
    highest = reasons[0].version if reasons else VERSIONS[0]
    return Minimum(highest, tuple(reasons))


def _requirement(header: Header) -> list[Reason]:
    return [
        Reason(version, "Requires-Dist", message, header.locate(start, end))
        for version, message, start, end in _needs(header.value)
    ]


@keeps(2048)
def _needs(value: str) -> tuple[tuple[str, str, int, int], ...]:
    """Return the versions that the requirement *value* needs, why, and what of it does.

    It is kept: a key that somebody presses leaves most requirements as they are.
    """
    parsed = parse(value)
    if not isinstance(parsed, Requirement):
        return ()
    reasons = []
    if parsed.extras is not None:
        at = value.find("[")
        reasons.append(("2.1", "1.2 cannot ask for extras", at, value.find("]") + 1))
    if parsed.url is not None:
        at = value.find("@")
        reasons.append(("2.1", "1.2 cannot name a URL", at, at + 1))
    if parsed.specifier and not parsed.parentheses:
        at = parsed.specifier_at
        message = "1.2 asks for parentheses around versions"
        reasons.append(("2.1", message, at, at + len(parsed.specifier)))
    if parsed.marker is not None:
        place = parsed.marker_at, len(value)
        read, _ = marker_findings(parsed.marker)
        if read is not None and "extras" in read.variables:
            reasons.append((NEXT_MAJOR, "only the 3.0 model has the set extras", *place))
        elif read is not None and (why := old_names(parsed.marker)[1]):
            reasons.append(("2.1", why, *place))
    return tuple(reasons)
