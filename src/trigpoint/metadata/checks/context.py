"""What the checks of single fields share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span
from trigpoint.metadata.fields import FIELDS, number
from trigpoint.metadata.text.header import Every, Header
from trigpoint.metadata.text.plain import PlainDocument

__all__ = ["Context"]


class Context:
    """Collects findings on one document, under the rules of one version."""

    __slots__ = (
        "_extras",
        "document",
        "doubted",
        "doubtful",
        "extra_markers",
        "found",
        "lost",
        "next_major",
        "origin",
        "projects",
        "rules",
        "urls",
        "version",
    )

    def __init__(self, document: PlainDocument, version: str) -> None:
        self.document = document
        self.origin = document.origin
        self.version = version
        self.rules = number(version)
        self.next_major = self.rules[0] >= 3
        self.found: list[Finding] = []
        self.doubted: AbstractSet[str] = FIELDS.keys()
        """Usual names of fields that there may be something to say about by themselves."""
        self.projects: Sequence[str] = ()
        """The project that each requirement names, if all are of a common form."""
        self.doubtful: Sequence[int] | None = None
        """Those requirements, by their place among all, that there may be something to say about;
        None if that may be any."""
        self.lost: tuple[str, ...] = ()
        """Names of fields that stand behind the end of the headers."""
        self.extra_markers: list[tuple[Every, int, str | None]] = []
        """Requirements whose marker mentions an extra, by their place among all, with the extra
        if it is all that they say."""
        self._extras: Counter[str] | None = None
        self.urls: list[tuple[Header, str, str]] = []
        """Each Project-URL with its label and address."""

    def provided(self) -> Counter[str]:
        """Return how many Provides-Extra have each name, normalised."""
        if self._extras is None:
            self._extras = Counter(map(canonicalize_name, self.document["provides-extra"]))
        return self._extras

    def add(
        self,
        code: str,
        header: Header,
        message: str,
        fix: str = "",
        *,
        at: tuple[int, int] | None = None,
        replacement: str | None = None,
    ) -> None:
        """Report *code* on the value of *header*, or on its range *at*.

        *message* says what is wrong, *fix* what to do in words; with *replacement*
        the fix can be carried out, on the same range.
        """
        span: Span | None
        if at is None and not header.value and self.origin is None:
            span, exact = header.name_span, False
        else:
            start, end = at if at is not None else (0, len(header.value))
            span, exact = header.place(start, end)
        self.found.append(report(code, message, span, self._fix(fix, replacement, span, exact)))

    def add_name(
        self, code: str, header: Header, message: str, fix: str = "", replacement: str | None = None
    ) -> None:
        """Report *code* on the name of *header*.

        *message*, *fix* and *replacement* as in :meth:`add`.
        """
        span: Span | None = header.name_span
        exact = True
        if self.origin is not None:
            span, exact = header.place(0, len(header.value))[0], False
        self.found.append(report(code, message, span, self._fix(fix, replacement, span, exact)))

    def add_span(
        self,
        code: str,
        span: Span | None,
        message: str,
        fix: str = "",
        replacement: str | None = None,
    ) -> None:
        """Report *code* on *span*, any place of the text.

        *message*, *fix* and *replacement* as in :meth:`add`.
        """
        repair = self._fix(fix, replacement, span, exact=True)
        self.found.append(report(code, message, span, repair))

    def mend_last(self, replacement: str, place: Span | None) -> None:
        """Let the fix of the last finding be carried out: *replacement* at *place*."""
        last = self.found[-1]
        if last.fix is not None and place is not None and self.origin is None:
            fix = Fix(last.fix.message, replacement, place)
            self.found[-1] = replace(last, fix=fix)

    def lift(self, header: Header, offset: int, finding: Finding, code: str = "") -> None:
        """Take over *finding*, on a part of the value of *header* that starts at *offset*.

        With *code*, it becomes a finding of that kind.
        """
        if finding.span is None:
            span, exact = header.place(offset, len(header.value))
        else:
            span, exact = header.place(offset + finding.span.start, offset + finding.span.end)
        fix = finding.fix
        if fix and fix.replacement is not None and fix.span is not None:
            place, exact = header.place(offset + fix.span.start, offset + fix.span.end)
            fix = self._fix(fix.message, fix.replacement, place, exact)
        self.found.append(report(code or finding.code, finding.message, span, fix))

    # -- words for the text that the reader sees -----------------------------------------

    def called(self, name: str) -> str:
        """Return what the field *name* is called in the text that the document is of."""
        origin = self.origin
        return name if origin is None else origin.names.get(name.lower(), name)

    def line(self, header: Header) -> int:
        """Return the line that *header* starts in, in that text."""
        place = None
        if self.origin is not None:
            place = header.place(0, len(header.value))[0]
        return place.line if place else header.line

    def needless(self, code: str, header: Header, message: str) -> None:
        """Report *code* on *header*, which is best taken out; *message* says why."""
        origin = self.origin
        if origin is None:
            self.add(code, header, message, "delete this line")
            return
        span, _ = header.place(0, len(header.value))
        gone = origin.removal(header.number)
        self.found.append(report(code, message, span, Fix("delete it", "" if gone else None, gone)))

    def _fix(
        self, message: str, replacement: str | None, span: Span | None, exact: bool
    ) -> Fix | None:
        if not message:
            return None
        if replacement is not None and self.origin is not None:
            # In another language the replacement could need escapes.
            exact = exact and not set(replacement) & set("\"'\\\n")
        if replacement is None or not exact:
            return Fix(message)
        return Fix(message, replacement, span)
