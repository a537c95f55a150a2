"""What a check found: plain data, which every format writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from trigpoint.findings import Finding, Severity

__all__ = ["MOST_NAMED", "FileReport", "NotRead", "Report", "named"]

MOST_NAMED: Final = 10
"""Things of one kind that were not read and are named; the rest are counted."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """Something that nothing is said about.

    ``what`` names it, such as ``[tool.hatch]`` or ``setup.py``, and ``why`` says why in a few
    words.
    """

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what} ({self.why})"

    def to_json(self) -> dict[str, str]:
        """Return the two texts by name."""
        return {"what": self.what, "why": self.why}


def named(whats: Iterable[str], why: str) -> list[NotRead]:
    """Return *whats*, which were not read because of *why*: each once, and most by name.

    >>> [str(each) for each in named(["a.py", "b.py", "a.py"], "a program")]
    ['a.py (a program)', 'b.py (a program)']
    """
    once = list(dict.fromkeys(whats))
    found = [NotRead(what, why) for what in once[:MOST_NAMED]]
    if len(once) > MOST_NAMED:
        found.append(NotRead(f"{len(once) - MOST_NAMED:,} more", why))
    return found


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was read of a file, what was not, and what is wrong with it.

    ``path`` is the file's, with ``/`` between its parts, or empty for a text without one.
    ``kind`` is ``"pyproject"``, ``"requirements"``, ``"constraints"``, ``"metadata"``,
    ``"wheel"``, ``"sdist"``, ``"folder"``, ``"configuration"`` of a tool, or empty.  ``text`` is what the places of
    ``findings`` refer to: the file's own, or that of ``member``, a path in the archive.
    """

    path: str
    kind: str
    findings: tuple[Finding, ...] = ()
    read: tuple[str, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    text: str = ""
    member: str = ""

    @property
    def place(self) -> str:
        """The path of ``text``: with ``member``, if that is where it lies.

        >>> FileReport("dist/a.whl", "wheel", member="a-1.dist-info/METADATA").place
        'dist/a.whl/a-1.dist-info/METADATA'
        """
        return "/".join(filter(None, (self.path, self.member)))

    def to_json(self) -> dict[str, Any]:
        """Return everything but the text, ready for JSON."""
        return {
            "path": self.path,
            "kind": self.kind,
            "member": self.member,
            "read": list(self.read),
            "not_read": [each.to_json() for each in self.not_read],
            "findings": [each.to_json() for each in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What :func:`trigpoint.projects.check` found, file by file."""

    files: tuple[FileReport, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with any of the files; their places refer to different texts."""
        return tuple(finding for file in self.files for finding in file.findings)

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return any(each.severity is Severity.ERROR for each in self.findings)

    def counts(self) -> dict[Severity, int]:
        """Return how many findings of each severity there are."""
        return severities(self.findings)

    def to_json(self) -> dict[str, Any]:
        """Return the report, ready for JSON; ``format`` rises when a key changes its meaning."""
        numbers = {severity.value: number for severity, number in self.counts().items()}
        return {
            "format": 1,
            "findings": numbers,
            "files": [file.to_json() for file in self.files],
        }


def severities(findings: Sequence[Finding]) -> dict[Severity, int]:
    """Return how many of *findings* have each severity, worst first."""
    counts = Counter(each.severity for each in findings)
    return {severity: counts[severity] for severity in Severity}
