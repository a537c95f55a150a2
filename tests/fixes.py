"""What must hold of every fix that a button carries out, whoever reports it.

A fix removes its finding, brings no error, and leaves the meaning of the rest alone.
A reader of texts says what its findings are and compares what stays; :func:`check`
carries out each fix of a text, by itself, and looks.

What could not be seen before is no error that a fix brought: a marker that can be
read now has a meaning, and perhaps none that is defined.  A reader names such codes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from trigpoint.catalogue import RULES
from trigpoint.findings import Finding, Severity, apply_fix
from trigpoint.markers import InvalidMarker, Marker
from trigpoint.markers.reading.grammar import MarkerSyntaxError, parse
from trigpoint.markers.reading.tree import Comparison, Node, Variable

__all__ = [
    "OF_READABLE_MARKERS",
    "Change",
    "carried_out",
    "changes",
    "check",
    "marker_findings",
    "same_marker_but",
]

_OPERATORS = re.compile(r"[<>=!~]+|\bnot").findall

UNREADABLE = frozenset(
    code for code, rule in RULES.items() if rule.topic == "marker" and rule.source == "grammar"
) | {"marker-unknown-variable", "marker-bad-string", "marker-too-deep"}
"""What is said of a text that is no marker."""

OF_READABLE_MARKERS = (
    frozenset(code for code, rule in RULES.items() if rule.topic == "marker") - UNREADABLE
)
"""What can be said of a marker only once it can be read."""


class Change(NamedTuple):
    """One fix of a text, carried out: what was there, and what is there now."""

    before: str
    after: str
    finding: Finding
    start: int
    """Offset of the change in both texts."""
    end: int
    """Offset behind what was replaced, in the text before."""
    new_end: int
    """Offset behind what replaced it, in the text after."""


def changes(text: str, findings: Iterable[Finding]) -> Iterator[Change]:
    """Yield what becomes of *text* by each fix of *findings* that can be carried out."""
    for finding in findings:
        fix = finding.fix
        if fix is not None and fix.replacement is not None:
            assert fix.span is not None, finding
            start, end = fix.span.start, fix.span.end
            assert 0 <= start <= end <= len(text), finding
            new_end = start + len(fix.replacement)
            yield Change(text, apply_fix(text, fix), finding, start, end, new_end)


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def check(
    text: str,
    findings_of: Callable[[str], Sequence[Finding]],
    keeps: Callable[[Change], None],
    revealed: Callable[[Change, Finding], bool] = lambda change, finding: False,
    *,
    by_code: bool = False,
) -> set[str]:
    """Check every fix of *text*, and return the codes whose fixes were carried out.

    *findings_of* reads a text; *keeps* checks that a change leaves the rest alone;
    *revealed* says of an error that is told after a change only whether it was
    there before, where nothing could see it.  With *by_code*, errors of one code are
    the same, whatever their messages quote.
    """
    findings = findings_of(text)
    told = Counter(map(_key, findings))
    codes = Counter(finding.code for finding in findings)
    seen = set()
    for change in changes(text, findings):
        key = _key(change.finding)
        assert change.after != text, change
        again = findings_of(change.after)
        counted = Counter(map(_key, again))
        by_codes = Counter(finding.code for finding in again)
        assert counted[key] < told[key], change
        fresh = [
            finding
            for finding in again
            if finding.severity is Severity.ERROR
            and counted[_key(finding)] > told[_key(finding)]
            and not (by_code and by_codes[finding.code] <= codes[finding.code])
            and not revealed(change, finding)
        ]
        assert [] == fresh, change
        keeps(change)
        seen.add(change.finding.code)
    return seen


def carried_out(findings: Iterable[Finding]) -> tuple[set[str], set[str]]:
    """Return the codes of *findings*: with a fix that can be carried out, and without."""
    with_fix: set[str] = set()
    without: set[str] = set()
    for finding in findings:
        mends = finding.fix is not None and finding.fix.replacement is not None
        (with_fix if mends else without).add(finding.code)
    return with_fix, without


# -- markers -------------------------------------------------------------------------------


def marker_findings(text: str) -> tuple[Finding, ...]:
    """Return what is said of a marker, whether or not it can be read."""
    try:
        return tuple(Marker(text).lint())
    except InvalidMarker as error:
        return error.findings


def _outline(node: Node, start: int, end: int) -> object:
    """Return what *node* says, with a hole for what touches the range from *start* to *end*."""
    if node.start < end and start < node.end and isinstance(node, Comparison):
        return "hole"
    if isinstance(node, Comparison):
        sides = [
            ("variable", side.name) if isinstance(side, Variable) else ("value", side.value)
            for side in (node.left, node.right)
        ]
        return node.op, *sides
    if start <= node.start and node.end <= end:
        return "hole"
    parts: list[object] = []
    for part in node.parts:
        said = _outline(part, start, end)
        if said != "hole" or parts[-1:] != ["hole"]:
            parts.append(said)
    return node.op, *parts


def same_marker_but(change: Change, offset: int = 0, before: str | None = None) -> None:
    """Check that a change of a marker keeps all other comparisons, and how they are joined.

    *before* is the marker, which starts at *offset* of the text; by default it is all of it.
    """
    old = change.before if before is None else before
    start, end = change.start - offset, change.end - offset
    new_end = change.new_end - offset
    new = old[:start] + change.after[change.start : change.new_end] + old[end:]
    try:
        first = parse(old)
    except MarkerSyntaxError:
        # Nothing is known of what it means; what it compares by is not turned round.
        if change.finding.code not in ("marker-operator", "marker-missing-operator", "marker-list"):
            replaced, written = old[start:end], new[start:new_end]
            assert _OPERATORS(replaced) == _OPERATORS(written), change
        return
    assert _outline(first, start, end) == _outline(parse(new), start, new_end), change
