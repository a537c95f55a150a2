"""What a conversion is made of: entries on their way, and what was said about them.

Every step takes the :class:`Session`, moves entries, and says so; nothing leaves
the list of entries without a finding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span
from trigpoint.metadata.text.plain import Header, PlainDocument

__all__ = ["Change", "Entry", "Options", "Session"]


class Entry(NamedTuple):
    """A field on its way: name, value, and the header that it comes from, if one."""

    name: str
    value: str
    header: Header | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is not the same in the new document.

    ``field`` and ``before`` are what it was (both empty for something new),
    ``after`` the names and values that hold it now; empty if it is gone.
    """

    field: str
    before: str
    after: tuple[tuple[str, str], ...]
    finding: Finding

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "field": self.field,
            "before": self.before,
            "after": [list(pair) for pair in self.after],
            "finding": self.finding.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of :func:`.convert`."""

    force: bool
    rarely_used: str
    default_extra: str
    license_expression: str | None


@dataclass(slots=True)
class Session:
    """The state of one conversion: entries so far, and what was said about them."""

    document: PlainDocument
    options: Options
    entries: list[Entry]
    body: str
    findings: list[Finding] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def say(
        self,
        code: str,
        entry: Entry | None,
        message: str,
        fix: str = "",
        after: tuple[tuple[str, str], ...] | None = None,
        at: tuple[int, int] | None = None,
        span: Span | None = None,
    ) -> None:
        """Report *code* on *entry*; with *after*, record the change of its value too.

        *message* says what happened, *fix* what to do in words.  *at* is a range of
        the value; *span* a place for what comes from no field.
        """
        header = entry.header if entry else None
        if header is not None:
            exact = at is not None and entry is not None and header.value == entry.value
            span = header.place(*(at if exact and at else (0, len(header.value))))[0]
        finding = report(code, message, span, Fix(fix) if fix else None)
        self.findings.append(finding)
        if after is not None:
            source = entry or Entry("", "")
            name = header.field.name if header is not None and header.field else source.name
            before = header.value if header is not None else source.value
            self.changes.append(Change(name, before, after, finding))

    def respelled(self, entry: Entry, value: str, message: str) -> Entry:
        """Return *entry* with another *value*, and report it with *message*."""
        after = ((entry.name, value),)
        self.say("metadata-convert-rewritten", entry, message, after=after)
        return entry._replace(value=value)

    def drop(self, name: str, why: str, fix: str = "") -> None:
        """Leave out every entry called *name*; *why* is the message, *fix* as in :meth:`say`."""
        kept = []
        for entry in self.entries:
            if entry.name == name:
                self.say("metadata-convert-dropped", entry, f"{name} is dropped: {why}", fix, ())
            else:
                kept.append(entry)
        self.entries = kept

    def rewrite(self, name: str, change: Callable[[Entry], Entry | None]) -> None:
        """Replace every entry called *name* by what *change* returns; None leaves it out."""
        rewritten = (change(entry) if entry.name == name else entry for entry in self.entries)
        self.entries = [entry for entry in rewritten if entry is not None]

    def body_span(self) -> Span | None:
        """Return the place where the body begins."""
        start = self.document.body_start
        return None if self.document.origin else self.document.span(start, start)

    def named(self, name: str) -> list[Entry]:
        """Return the entries called *name*."""
        return [entry for entry in self.entries if entry.name == name]
