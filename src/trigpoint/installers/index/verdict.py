"""What becomes of an upload: everything that the index says of a document, put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trigpoint.findings import Finding, Severity
from trigpoint.installers.index.reading import refused
from trigpoint.installers.index.rules import ALSO
from trigpoint.metadata.document import Document

__all__ = ["TWINS", "joined", "reasons"]

TWINS = {
    "metadata-direct-reference": "index-direct-reference",
    "metadata-classifier-unknown": "index-classifier",
    "metadata-classifier-deprecated": "index-classifier-deprecated",
}
"""Findings of a document that warn of what the index refuses, and the codes that say so."""


def joined(own: Iterable[Finding], found: Sequence[Finding]) -> list[Finding]:
    """Return *own*, the findings of a document, and *found*, those of the index on it.

    A warning of what the index refuses at the same place is left out.
    """
    said = {(each.code, each.span) for each in found}
    return [each for each in own if (TWINS.get(each.code), each.span) not in said] + [*found]


def reasons(document: Document, found: Sequence[Finding]) -> list[Finding]:
    """Return the errors for which the index refuses *document*; none if it takes it.

    *found* are the findings of the index on it.  Where packaging refuses a
    document, its own errors are reasons too.
    """
    stops = refused(document)
    own = [
        each
        for each in document.findings()
        if each.severity is Severity.ERROR and (stops or each.code in ALSO)
    ]
    return [*own, *(each for each in found if each.severity is Severity.ERROR)]
