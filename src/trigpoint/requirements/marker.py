"""The marker of a requirement, read once for each text."""

from __future__ import annotations

import functools
import re

from trigpoint.findings import Finding
from trigpoint.markers import InvalidMarker, Marker
from trigpoint.markers.reading.grammar import LEGACY, VARIABLES, MarkerSyntaxError, parse

__all__ = ["is_marker", "marker_findings", "marker_start"]

_WORDS = "|".join(sorted(map(re.escape, (*VARIABLES, *LEGACY)), key=len, reverse=True))
# A variable, an operator and a quote, with the parentheses in front of them.
_START = re.compile(
    rf"""(?<![^ \t])(?:\(++[ \t]*+)?+(?:{_WORDS})[ \t]*+(?:[<>=!~]++|(?:not[ \t]++)?+in\b)[ \t]*+['"]"""
).search


@functools.lru_cache(maxsize=1024)
def marker_findings(marker: str) -> tuple[Marker | None, tuple[Finding, ...]]:
    """Return the marker, or None if it cannot be read, and its findings.

    Places are in the marker's own text.
    """
    try:
        read = Marker(marker)
    except InvalidMarker as error:
        return None, error.findings
    return read, read.lint()


def is_marker(text: str) -> bool:
    """Say whether *text* can be read as a marker.

    >>> is_marker("os_name == 'nt'"), is_marker("os_name")
    (True, False)
    """
    try:
        parse(text)
    except MarkerSyntaxError:
        return False
    return True


def marker_start(text: str, start: int, end: int) -> int | None:
    """Return where between *start* and *end* of *text* a marker begins that has no semicolon.

    >>> marker_start("pkg (os_name == 'nt')", 3, 21)
    4
    """
    match = _START(text, start, end)
    return match.start() if match else None
