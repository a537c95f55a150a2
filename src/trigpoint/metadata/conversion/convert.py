"""From one metadata version to another, with a report of everything that changes.

The idea: fields become entries, and each rule between two versions rewrites,
moves or drops entries and says so.  On the way up the rules of every version in
between apply in order; on the way down those of the older version.  A document
of the 3.0 model becomes one of 2.6 first.

The invariant: a value that is not in the new document stands in a change.

Worked example: from 2.1 to 3.0 ``Requires-Dist: x; extra == 'A_b'`` gets a normal
name by the rule of 2.3, then ``'a-b' in extras`` by that of 3.0; two findings say so.

Cost: linear in the text: each rule looks at each entry once.

Source: Core metadata specifications; PEP 345, 566, 639, 643, 685, 753, 794, 808;
for 3.0 the summit's proposal of 2022 and PEP 771.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Severity, in_text_order
from trigpoint.metadata.checks.validate import rules_of
from trigpoint.metadata.conversion.major import from_next_major, to_next_major
from trigpoint.metadata.conversion.minor import downgrade, upgrade
from trigpoint.metadata.conversion.session import Change, Entry, Options, Session
from trigpoint.metadata.document import Document
from trigpoint.metadata.fields import FIELDS, LATEST, NEXT_MAJOR, VERSIONS, number

__all__ = ["Conversion", "convert"]


@dataclass(frozen=True, slots=True)
class Conversion:
    """The outcome of :func:`~trigpoint.metadata.conversion.convert.convert`.

    ``document`` is None if something cannot be said in the new version and was
    not forced; ``findings`` say what changes and what is lost, in text order of
    the old document; ``changes`` the same, value by value.
    """

    document: Document | None
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "text": None if self.document is None else str(self.document),
            "findings": [finding.to_json() for finding in self.findings],
            "changes": [change.to_json() for change in self.changes],
        }


def convert(
    document: Document,
    to: str,
    *,
    force: bool = False,
    rarely_used: str = "keep",
    default_extra: str = "drop",
    license_expression: str | None = None,
) -> Conversion:
    r"""Write *document* in the metadata version *to*: 1.0 to 2.6, or the 3.0 model.

    Whatever changes or gets lost is reported.  What cannot be said at all in
    *to* stops the conversion, unless *force* asks for the nearest text.
    ``rarely_used`` (``"keep"`` or ``"drop"``) decides in 3.0 about Platform,
    Supported-Platform, Requires-External, Provides-Dist and Obsoletes-Dist;
    ``default_extra`` (``"drop"`` or ``"keep"``) whether Default-Extra survives
    the way back, in a 2.7 profile that no tool knows yet.
    ``license_expression`` is your yes to an SPDX expression for the license.
    Raises :exc:`ValueError` for a version or choice that does not exist.

    >>> from trigpoint.metadata import read
    >>> old = read("Metadata-Version: 2.1\nName: spam\nVersion: 1\n"
    ...            "Requires-Dist: x; extra == 'cli'\n")
    >>> str(convert(old, "3.0").document).splitlines()[-1]
    "Requires-Dist: x; 'cli' in extras"
    """
    _check_choices(to, rarely_used, default_extra)
    options = Options(force, rarely_used, default_extra, license_expression)
    entries = [
        Entry(header.field.name if header.field else header.name, header.value, header)
        for header in document.headers
    ]
    session = Session(document, options, entries, document.body)
    _strays(session)
    start = rules_of(document)
    here, there = number(start), number(to)
    if here[0] < 3 and license_expression is not None:
        _accept_license(session, license_expression)
    if here[0] >= 3 and there[0] < 3:
        from_next_major(session)
        start = LATEST
        here = number(start)
    if here < there:
        upgrade(session, here, min(there, number(LATEST)))
        if there[0] >= 3:
            to_next_major(session)
    elif here > there:
        downgrade(session, here, there)
    _finish(session, to)
    findings = tuple(in_text_order(session.findings))
    refused = not force and any(finding.severity is Severity.ERROR for finding in findings)
    result = None
    if not refused:
        pairs = ((entry.name, entry.value) for entry in session.entries)
        result = Document.from_fields(pairs, session.body)
    return Conversion(result, findings, tuple(session.changes))


def _check_choices(to: str, rarely_used: str, default_extra: str) -> None:
    if to not in VERSIONS and to != NEXT_MAJOR:
        msg = f"there is no metadata version {to!r}; choose one of {', '.join(VERSIONS)} or 3.0"
        raise ValueError(msg)
    for name, value in (("rarely_used", rarely_used), ("default_extra", default_extra)):
        if value not in ("keep", "drop"):
            msg = f"{name} is 'keep' or 'drop', not {value!r}"
            raise ValueError(msg)


def _accept_license(session: Session, expression: str) -> None:
    """Put the expression that the caller agreed to in the place of License."""
    old = session.named("License")
    session.entries = [entry for entry in session.entries if entry.name != "License"]
    if session.named("License-Expression"):
        for entry in old:
            session.say(
                "metadata-convert-dropped",
                entry,
                "License is dropped: License-Expression excludes it",
                after=(),
            )
        return
    sources: list[Entry | None] = [*old] or [None]
    for source in sources:
        session.say(
            "metadata-convert-moved",
            source,
            f"the license becomes the expression {expression}, as you asked",
            after=(("License-Expression", expression),),
        )
    session.entries.append(Entry("License-Expression", expression))


def _strays(session: Session) -> None:
    """Report what a new document cannot hold of the old text."""
    document = session.document
    for stray in document.strays:
        line = document.text[stray.start : stray.end].rstrip("\r\n")
        span = document.span(stray.start, stray.start + len(line))
        message = "this line, which readers ignore, is dropped"
        finding = report("metadata-convert-dropped", message, span)
        session.findings.append(finding)
        session.changes.append(Change("", line, (), finding))
    if document.stop == "junk":
        span = document.span(document.headers_end, document.headers_end)
        message = "a blank line is put before this line, which readers take as description"
        session.findings.append(report("metadata-convert-rewritten", message, span))
    if "\r" in session.body:
        at = document.text.index("\r", document.body_start)
        span = document.span(at, at + 1)
        message = "line ends of the description become LF"
        session.findings.append(report("metadata-convert-rewritten", message, span))


def _finish(session: Session, to: str) -> None:
    """State the new version, first of all, and report what it lacks."""
    stated = session.named("Metadata-Version")
    version = to
    if session.named("Default-Extra") and to != NEXT_MAJOR:
        version = "2.7"
        session.say(
            "metadata-convert-behaviour",
            session.named("Default-Extra")[0],
            "Default-Extra is kept in a 2.7 profile, a version that no tool knows yet",
        )
    for entry in stated[1:]:
        session.say(
            "metadata-convert-dropped", entry, "a second Metadata-Version is dropped", after=()
        )
    if not stated or stated[0].value != version:
        first = stated[0] if stated else None
        after = (("Metadata-Version", version),)
        session.say(
            "metadata-convert-version", first, f"Metadata-Version becomes {version}", after=after
        )
    rest = [entry for entry in session.entries if entry.name != "Metadata-Version"]
    session.entries = [Entry("Metadata-Version", version), *rest]
    if to in ("1.0", "1.1", "1.2"):
        present = {entry.name for entry in session.entries}
        for known in FIELDS.values():
            if to in known.required and known.name not in present and known.name != "Platform":
                session.say(
                    "metadata-convert-required",
                    None,
                    f"{to} does not call {known.name} optional, and there is none",
                )
