"""The rule of the index that packaging reads the metadata, which is tried with packaging itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

import packaging
from packaging.metadata import ExceptionGroup as Several
from packaging.metadata import InvalidMetadata, Metadata, RawMetadata, parse_email
from packaging.requirements import Requirement

from trigpoint.archives.faults import in_order
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Severity
from trigpoint.metadata.document import Document
from trigpoint.metadata.text.plain import Header

__all__ = [
    "LONGEST_KEPT",
    "MOST_KEPT",
    "MOST_OPEN",
    "MOST_READ",
    "reading_findings",
    "refused",
]

MOST_READ: Final = 2_000_000
"""Characters of a document that packaging is asked about."""

MOST_OPEN: Final = 190
"""Parentheses that one value may open for packaging to be asked: it goes down a call for each."""

MOST_KEPT: Final = 2048
"""Requirements of which it is kept whether packaging reads them."""

LONGEST_KEPT: Final = 1000
"""Characters of such a requirement; a longer one is read each time."""

_BEFORE_LICENSE_FILES = frozenset({"1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3"})


def reading_findings(document: Document, own: list[Finding]) -> Iterator[Finding]:
    """Yield what packaging refuses in *document*, where *own*, its findings, have no error.

    Fields that the index does not know are left out, as uploading does.
    """
    errors = [found.span for found in own if found.severity is Severity.ERROR and found.span]
    refusals, unread = _read(document)
    for error in refusals:
        header = _blamed(document, error)
        # A field that is missing or came too late, and the version, are told elsewhere.
        if header is None or error.field in unread or error.field == "metadata-version":
            continue
        span, _ = header.place(0, len(header.value))
        if span is None or any(
            each.start <= span.end and span.start <= each.end for each in errors
        ):
            continue
        yield report(
            "index-packaging",
            f"packaging {packaging.__version__}, with which the index reads metadata, refuses it:"
            f" {_said(error)}",
            span,
            Fix("mend the value, or leave the field out"),
        )


def _said(error: InvalidMetadata) -> str:
    """Return the words of *error* in one line, the same in every run."""
    words, comma, value = " ".join(str(error).split()).partition(", not ")
    # Its lists of what may be there are sets; the value behind them is the document's.
    if error.field == "description-content-type":
        words = in_order(words)
    return f"{words}{comma}{value}"


def refused(document: Document) -> bool:
    r"""Say whether packaging refuses *document*; not if it was not asked.

    >>> from trigpoint.metadata import read
    >>> refused(read("Metadata-Version: 2.4\nName: a\nVersion: 1\n")), refused(read("Name: a"))
    (False, True)
    """
    return bool(_read(document)[0])


def _read(document: Document) -> tuple[Sequence[InvalidMetadata], Collection[str]]:
    """Return what packaging refuses in *document*, and the fields that it could not take apart."""
    if len(document.text) > MOST_READ or any(
        header.value.count("(") > MOST_OPEN for header in document.headers
    ):
        return (), ()
    return _asked(bytes(document))


@lru_cache(maxsize=2)
def _asked(data: bytes) -> tuple[tuple[InvalidMetadata, ...], frozenset[str]]:
    """Ask packaging about *data*; kept, since one answer about a document asks more than once."""
    raw, unread = parse_email(data)
    if raw.get("metadata_version") in _BEFORE_LICENSE_FILES:
        # setuptools wrote them for years, and uploading leaves them out.
        raw.pop("license_files", None)
    return tuple(each.with_traceback(None) for each in _errors(raw)), frozenset(unread)


def _errors(raw: RawMetadata) -> list[InvalidMetadata]:
    """Return what packaging refuses in *raw*, which it made of a document, in order of fields."""
    if "requires_dist" in raw:
        # It stops at the first requirement that it cannot read, so the others need no second look.
        raw["requires_dist"] = [each for each in raw["requires_dist"] if not _taken(each)]
    try:
        Metadata.from_raw(raw)
    except Several as group:
        found = [each for each in group.exceptions if isinstance(each, InvalidMetadata)]
        return sorted(found, key=lambda each: (each.field, str(each)))
    except ValueError:
        # A number of more digits than Python reads; the document says so itself.
        return []
    return []


def _taken(text: str) -> bool:
    """Say whether packaging is known to read the requirement *text*."""
    return len(text) <= LONGEST_KEPT and _reads(text)


@lru_cache(maxsize=MOST_KEPT)
def _reads(text: str) -> bool:
    """Ask packaging; kept, since a key that is pressed leaves most requirements as they are."""
    try:
        Requirement(text)
    except ValueError:
        return False
    return True


def _blamed(document: Document, error: InvalidMetadata) -> Header | None:
    """Return the header of *document* that *error* is about, if there is one."""
    headers = document.fields(error.field)
    text = str(error)
    return next((each for each in headers if each.value and each.value in text), None) or next(
        iter(headers), None
    )
