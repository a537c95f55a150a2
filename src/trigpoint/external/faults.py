"""What is wrong with a text about something external, before it has a place in a larger one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trigpoint.catalogue import RULES, report
from trigpoint.findings import Finding, Fix, Severity, TextIndex, TrigpointError, render

__all__ = ["ExternalError", "Fault"]


class ExternalError(TrigpointError, ValueError):
    """The text is no DepURL, or no external requirement.

    ``findings`` holds everything there is to say about it, in text order, and
    ``text`` is what was read, empty if it was none.  ``str()`` shows both, with marks under the places.
    """

    def __init__(self, text: object, findings: Iterable[Finding]) -> None:
        self.text = text if isinstance(text, str) else ""
        self.findings = tuple(findings)
        super().__init__(text, self.findings)

    def __str__(self) -> str:
        return render(self.findings, self.text)


class Fault(NamedTuple):
    """What is wrong with the range from offset ``start`` to ``end``, and what to do about it.

    ``code`` is one of the catalogue; ``fix`` says in words what to do.  If
    ``replacement`` is not None, putting it in place of the half-open range
    ``at`` (None: the same range) carries the fix out.
    """

    code: str
    message: str
    start: int
    end: int
    fix: str
    replacement: str | None = None
    at: tuple[int, int] | None = None

    @property
    def fatal(self) -> bool:
        """Whether the text is not what it should be because of it."""
        return RULES[self.code].severity is Severity.ERROR

    def finding(self, index: TextIndex, offset: int = 0) -> Finding:
        """Return the finding on the text of *index*, in which what was read starts at *offset*."""
        span = index.span(offset + self.start, offset + self.end)
        place = None
        if self.replacement is not None:
            start, end = self.at or (self.start, self.end)
            place = index.span(offset + start, offset + end)
        return report(self.code, self.message, span, Fix(self.fix, self.replacement, place))
