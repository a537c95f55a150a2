"""External requirements: a DepURL, and perhaps a marker.

Source: PEP 725 (draft of 2026-04-17), "External dependency specifiers".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from trigpoint.catalogue import report
from trigpoint.external.dep_url import DepURL, comment_at, parse_dep_url
from trigpoint.external.faults import ExternalError
from trigpoint.findings import Finding, TextIndex, in_text_order
from trigpoint.markers import Marker
from trigpoint.requirements.marker import marker_findings

__all__ = ["ExternalRequirement", "ReadExternal", "marker_at", "read_external"]


@dataclass(frozen=True, slots=True)
class ExternalRequirement:
    """What is needed from outside, and where; made by :meth:`parse`.

    ``dep_url`` names it, ``marker`` says where it is needed, None for everywhere.
    Requirements are equal when they ask for the same in the same environments.

    >>> needed = ExternalRequirement.parse("dep:generic/libxcb; sys_platform == 'linux'")
    >>> needed.dep_url.identifier, needed.evaluate({"sys_platform": "win32"})
    ('dep:generic/libxcb', False)
    >>> str(needed)
    'dep:generic/libxcb; sys_platform == "linux"'

    Source: PEP 725, "External dependency specifiers".
    """

    dep_url: DepURL
    marker: Marker | None = None

    @classmethod
    def parse(cls, text: str) -> ExternalRequirement:
        """Read *text*: a DepURL, then perhaps ``;`` and a marker.

        Raises :exc:`~trigpoint.external.ExternalError`, whose ``findings`` say all that is wrong.

        >>> ExternalRequirement.parse("dep:generic/git; os_nam == 'nt'")
        Traceback (most recent call last):
        trigpoint.external.faults.ExternalError: error[marker-unknown-variable]: 'os_nam' is not a marker variable
          1 | dep:generic/git; os_nam == 'nt'
            |                  ^^^^^^
          fix: write os_name
        """
        read = read_external(text)
        if read.requirement is None:
            raise ExternalError(text, read.findings)
        return read.requirement

    def evaluate(
        self,
        environment: Mapping[str, str | AbstractSet[str]] | None = None,
        extras: Iterable[str] = (),
    ) -> bool:
        """Say whether it is needed, as :meth:`trigpoint.markers.Marker.evaluate` does.

        ``environment`` maps marker variables to values, None for those of this
        Python; ``extras`` names what was asked for.  Raises what that method does.

        >>> ExternalRequirement.parse("dep:generic/git; extra == 'dev'").evaluate(extras=["dev"])
        True
        """
        return self.marker is None or self.marker.evaluate(environment, extras)

    def __str__(self) -> str:
        return str(self.dep_url) if self.marker is None else f"{self.dep_url}; {self.marker}"


class ReadExternal(NamedTuple):
    """What was read of ``text``.

    ``requirement`` is None where the text is none; ``findings`` is all there is
    to say, in text order, with places in the text.
    """

    text: str
    requirement: ExternalRequirement | None
    findings: tuple[Finding, ...]


def marker_at(text: str) -> int | None:
    """Return where the first semicolon of *text* that is not in quotes is.

    A quote that is never closed quotes nothing.

    >>> marker_at("dep:generic/x; platform_version == 'a;b'")
    13
    """
    at = text.find(";")
    if at < 0:
        return None
    start = 0
    while start < at:
        quotes = [place for quote in "\"'" if (place := text.find(quote, start, at)) >= 0]
        if not quotes:
            break
        close = text.find(text[min(quotes)], min(quotes) + 1)
        if close < 0:
            break
        start = close + 1
        if close > at:
            at = text.find(";", start)
            if at < 0:
                return None
    return at


def read_external(text: object) -> ReadExternal:
    """Read *text*, anything, as an external requirement; what is wrong becomes findings.

    Never raises.

    >>> read = read_external("dep:generic/zlib@~=1.2; os_name")
    >>> [(found.code, found.span.column) for found in read.findings]
    [('external-operator', 18), ('marker-missing-operator', 25)]
    """
    if not isinstance(text, str):
        message = f"an external requirement is text; this is {type(text).__name__}"
        return ReadExternal("", None, (report("external-not-text", message),))
    semicolon = marker_at(text)
    if semicolon is not None and comment_at(text, 0, semicolon) is not None:
        # It stands in a comment.
        semicolon = None
    url, faults = parse_dep_url(text if semicolon is None else text[:semicolon].rstrip(" \t"))
    marker: Marker | None = None
    of_marker: tuple[Finding, ...] = ()
    at = 0
    if semicolon is not None:
        behind = text[semicolon + 1 :]
        bare = behind.strip(" \t")
        at = semicolon + 1 + (len(behind) - len(behind.lstrip(" \t")) if bare else 0)
        marker, of_marker = marker_findings(bare)
    requirement = None
    if url is not None and (semicolon is None or marker is not None):
        requirement = ExternalRequirement(url, marker)
    if not faults and not of_marker:
        return ReadExternal(text, requirement, ())
    index = TextIndex(text)
    found = [fault.finding(index) for fault in faults]
    found += [finding.moved(index, at) for finding in of_marker]
    return ReadExternal(text, requirement, tuple(in_text_order(found)))
