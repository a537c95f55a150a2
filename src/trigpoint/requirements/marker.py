"""The marker of a requirement, read once for each text."""

from __future__ import annotations

import re

from trigpoint.findings import Finding
from trigpoint.kept import keeps
from trigpoint.markers import InvalidMarker, Marker
from trigpoint.markers.reading.grammar import LEGACY, VARIABLES, MarkerSyntaxError, parse

__all__ = ["is_marker", "is_variable", "marker_findings", "marker_start", "read_marker"]

_WORDS = "|".join(sorted(map(re.escape, (*VARIABLES, *LEGACY)), key=len, reverse=True))
# A variable, an operator and a quote, with the parentheses in front of them.
_START = re.compile(
    rf"""(?<![^ \t])(?:\(++[ \t]*+)?+(?:{_WORDS})[ \t]*+(?:[<>=!~]++|(?:not[ \t]++)?+in\b)[ \t]*+['"]"""
).search


@keeps(1024)
def _read(marker: str) -> Marker | InvalidMarker:
    try:
        return Marker(marker)
    except InvalidMarker as error:
        return error


def read_marker(marker: str) -> Marker | None:
    """Return the *marker*, a text, or None if it cannot be read.

    >>> read_marker("os_name == 'nt'"), read_marker("os_name")
    (<Marker('os_name == "nt"')>, None)
    """
    read = _read(marker)
    return read if isinstance(read, Marker) else None


@keeps(1024)
def marker_findings(marker: str) -> tuple[Marker | None, tuple[Finding, ...]]:
    """Return the *marker*, a text, or None if it cannot be read, and its findings.

    Places are in the marker's own text.

    >>> read, found = marker_findings("python_version in '3.8'")
    >>> read is read_marker("python_version in '3.8'"), [each.code for each in found]
    (True, ['marker-version-substring'])
    """
    read = _read(marker)
    if isinstance(read, Marker):
        return read, read.lint()
    return None, read.findings


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


def is_variable(word: str) -> bool:
    """Say whether *word* is a marker variable, or was probably meant to be one.

    >>> is_variable("os_name"), is_variable("os"), is_variable("requests")
    (True, True, False)
    """
    if word in VARIABLES or word in LEGACY:
        return True
    from trigpoint.markers.reading.diagnose import suggest  # seldom needed

    return suggest(word) is not None


def marker_start(text: str, start: int, end: int) -> int | None:
    """Return where between *start* and *end* of *text* a marker begins that has no semicolon.

    >>> marker_start("pkg (os_name == 'nt')", 3, 21)
    4
    """
    match = _START(text, start, end)
    return match.start() if match else None
