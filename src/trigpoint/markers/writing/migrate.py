"""Markers for other versions of Core Metadata: ``extra`` becomes ``extras``, and back.

The text stays as it is but for the comparisons that change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex, in_text_order
from trigpoint.markers.reading.lints import lint
from trigpoint.markers.reading.tree import Comparison, Node, comparisons
from trigpoint.markers.writing.spelling import ALWAYS, NEVER, quoted

if TYPE_CHECKING:
    from trigpoint.markers.marker import Marker

__all__ = ["TARGETS", "Migration", "migrated"]

TARGETS = ("2.x", "3.0")
"""What a marker can be migrated to: today's Core Metadata, and the summit's proposal."""

_DIFFERENT = frozenset(
    {
        "marker-extra-conjunction",
        "marker-extra-empty",
        "marker-extra-name",
        "marker-extra-negation",
        "marker-extra-operator",
    }
)


@dataclass(frozen=True, slots=True)
class Migration:
    """A migrated marker, or None where it cannot be said there, and what to know about it."""

    marker: Marker | None
    findings: tuple[Finding, ...]


def migrated(root: Node, text: str, to: str) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the text of a marker for *to*, and findings about places where it matters.

    ``root`` is the syntax tree of *text*.  Raises :exc:`ValueError` where *to* is
    none of :data:`TARGETS`.
    """
    if to not in TARGETS:
        raise ValueError(f"markers can be migrated to {' or '.join(TARGETS)}, not to {to!r}")
    index = TextIndex(text)
    edits: list[tuple[int, int, str]] = []
    findings: list[Finding] = []
    possible = True
    for node in comparisons(root):
        change = _for_three(node) if to == "3.0" else _for_two(node)
        if change is None:
            continue
        replacement, finding = change
        if finding is not None:
            code, message = finding
            fix = (
                Fix("write it as a marker of its own")
                if replacement is None
                else Fix(f"write {replacement}", replacement, index.span(node.start, node.end))
            )
            findings.append(report(code, message, index.span(node.start, node.end), fix))
        if replacement is None:
            possible = False
        else:
            edits.append((node.start, node.end, replacement))
    seen = {(finding.code, finding.span) for finding in findings}
    findings += [
        finding
        for finding in lint(root, text, index)
        if finding.code in _DIFFERENT and (finding.code, finding.span) not in seen
    ]
    done = text
    for start, end, replacement in reversed(edits):
        done = done[:start] + replacement + done[end:]
    return done if possible else None, tuple(in_text_order(findings))


def _for_three(node: Comparison) -> tuple[str | None, tuple[str, str] | None] | None:
    variable, literal = node.variable, node.literal
    if variable is None or literal is None or variable.name != "extra":
        return None
    name, op = literal.value, node.op
    if op not in ("==", "!="):
        return NEVER.text, (
            "marker-extra-operator",
            f"extra {op} is always false by the specification, and has no form for a set",
        )
    if not name:
        return (NEVER if op == "==" else ALWAYS).text, (
            "marker-extra-empty",
            "no extra has an empty name, so this is always the same",
        )
    word = "in" if op == "==" else "not in"
    return f"{quoted(name)} {word} extras", (
        "marker-extras-context",
        f"{quoted(name)} {word} extras is read by nobody in metadata yet: pip 26.3 fails on it",
    )


def _for_two(node: Comparison) -> tuple[str | None, tuple[str, str] | None] | None:
    variable, literal = node.variable, node.literal
    if variable is None or literal is None:
        return None
    if variable.name == "dependency_groups":
        return None, (
            "marker-extras-context",
            "dependency_groups has no counterpart in metadata; lock files alone have it",
        )
    if variable.name != "extras":
        return None
    name, op = literal.value, node.op
    if variable is node.left or op in ("~=", "==="):
        return None, (
            "marker-undefined-comparison",
            "extras is a set and has in and not in only, so this has no meaning to carry over",
        )
    if op not in ("in", "not in"):
        return (ALWAYS if op == "!=" else NEVER).text, (
            "marker-undefined-comparison",
            f"a name is never equal to a set, so this is always {op == '!='}",
        )
    if not name:
        return (NEVER if op == "in" else ALWAYS).text, (
            "marker-extra-empty",
            "no extra has an empty name, so this is always the same",
        )
    if op == "not in":
        message = (
            f"by the specification this leaves the line out when {name} is requested; "
            "pip and uv keep it whenever any other extra, or none, is looked at"
        )
        return f"extra != {quoted(name)}", ("marker-extra-negation", message)
    return f"extra == {quoted(name)}", None
