"""Extras in markers: from ``extra == "x"`` to ``"x" in extras``, and back.

The rewriting keeps everything else letter by letter.  What has no equivalent on
the other side is noted at its place.

Source: Dependency specifiers, "Extras"; the summit's proposal of 2022.
"""

from __future__ import annotations

from typing import NamedTuple

from packaging.utils import canonicalize_name

from trigpoint.markers.reading.grammar import LEGACY, MarkerSyntaxError, parse
from trigpoint.markers.reading.tree import Comparison, Group, Literal, Node, Variable, comparisons

__all__ = ["Note", "Rewritten", "normalise_extras", "old_names", "to_extra", "to_extras"]

_NEVER = "python_version < '0'"


class Note(NamedTuple):
    """What to say about one place of a marker.

    ``kind`` is ``"behaviour"`` (installers of today answer otherwise),
    ``"undefined"`` (no defined meaning) or ``"impossible"`` (cannot be said on
    the other side).  ``start`` and ``end`` are offsets into the marker.
    """

    kind: str
    message: str
    start: int
    end: int


class Rewritten(NamedTuple):
    """A marker's new text, whether it differs, and notes in text order."""

    text: str
    changed: bool
    notes: tuple[Note, ...]


def to_extras(marker: str) -> Rewritten:
    """Rewrite tests of ``extra`` as tests of the set ``extras``.

    A comparison without a defined meaning becomes one that is always false, as
    the specification has it, and is noted.  Raises :exc:`ValueError` if
    *marker* cannot be read.

    >>> to_extras("os_name == 'nt' and extra == 'Gui_X'").text
    "os_name == 'nt' and 'gui-x' in extras"
    """
    root = _read(marker)
    edits, notes = [], []
    for node in comparisons(root):
        literal, variable = node.literal, node.variable
        if variable is None or variable.name != "extra":
            continue
        if literal is None or node.op not in ("==", "!=") or not literal.value:
            notes.append(
                Note(
                    "undefined",
                    "no meaning is defined for this test of extra; it becomes one "
                    "that is always false",
                    node.start,
                    node.end,
                )
            )
            edits.append((node, _NEVER))
            continue
        op = "in" if node.op == "==" else "not in"
        edits.append((node, f"{_quoted(marker, literal)} {op} extras"))
        if op == "not in":
            notes.append(
                Note(
                    "behaviour",
                    f"pip and uv take this line unless {literal.value} alone is looked "
                    "at, so they install it nearly always; the set leaves it out",
                    node.start,
                    node.end,
                )
            )
    notes += [
        Note(
            "behaviour",
            "pip and uv look at one extra at a time and never install this line; "
            "the set does when all of them are requested",
            group.start,
            group.end,
        )
        for group in _conjunctions(root, "extra")
    ]
    return _edited(marker, edits, notes)


def to_extra(marker: str) -> Rewritten:
    """Rewrite tests of the set ``extras`` as tests of ``extra``.

    ``not in`` and two extras joined with ``and`` cannot be said in 2.x; they are
    rewritten to the nearest text and noted.  Raises :exc:`ValueError` if
    *marker* cannot be read.

    >>> to_extra("'gui' in extras or 'cli' in extras").text
    "extra == 'gui' or extra == 'cli'"
    >>> [note.kind for note in to_extra("'gui' not in extras").notes]
    ['impossible']
    """
    root = _read(marker)
    edits, notes = [], []
    for node in comparisons(root):
        literal, variable = node.literal, node.variable
        if variable is None or variable.name != "extras":
            continue
        if literal is None or node.op not in ("in", "not in") or literal is node.right:
            notes.append(
                Note(
                    "undefined",
                    "a set has in and not in only, with the name on the left; it becomes "
                    "a test that is always false",
                    node.start,
                    node.end,
                )
            )
            edits.append((node, _NEVER))
            continue
        op = "==" if node.op == "in" else "!="
        edits.append((node, f"extra {op} {_quoted(marker, literal)}"))
        if op == "!=":
            notes.append(
                Note(
                    "impossible",
                    "2.x cannot say that an extra is absent: pip before 20.3 leaves the "
                    f"line out for [{literal.value}] alone or fails, newer pip and uv install it "
                    "always, poetry drops it",
                    node.start,
                    node.end,
                )
            )
    notes += [
        Note(
            "impossible",
            "2.x cannot say that two extras are requested together: pip and uv never "
            "install such a line, poetry keeps it",
            group.start,
            group.end,
        )
        for group in _conjunctions(root, "extras")
    ]
    return _edited(marker, edits, notes)


def normalise_extras(marker: str) -> Rewritten:
    """Write the names of extras in normal form.

    >>> normalise_extras("extra == 'A_b'").text
    "extra == 'a-b'"
    """
    edits: list[tuple[Node | Literal | Variable, str]] = []
    for node in comparisons(_read(marker)):
        literal, variable = node.literal, node.variable
        if literal is not None and variable is not None and variable.name in ("extra", "extras"):
            better = _quoted(marker, literal)
            if marker[literal.start : literal.end] != better and canonicalize_name(
                marker[literal.start + 1 : literal.end - 1]
            ) == canonicalize_name(literal.value):
                edits.append((literal, better))
    return _edited(marker, edits, [])


def old_names(marker: str) -> tuple[str | None, str]:
    """Return the marker as version 1.2 spells it, or None and the reason that it cannot.

    >>> old_names("sys_platform == 'win32'")
    ("sys.platform == 'win32'", '')
    >>> old_names("extra == 'x'")[1]
    '1.2 has no variable extra'
    """
    back = {new: old for old, new in LEGACY.items() if "." in old}
    edits: list[tuple[Node | Literal | Variable, str]] = []
    for node in comparisons(_read(marker)):
        if node.op not in ("==", "!=", "in", "not in"):
            return None, f"1.2 has no {node.op} in markers"
        for side in (node.left, node.right):
            if not isinstance(side, Variable):
                continue
            if side.name in back:
                edits.append((side, back[side.name]))
            elif side.name not in ("python_version", "python_full_version"):
                return None, f"1.2 has no variable {side.name}"
    return _edited(marker, edits, []).text, ""


def _read(marker: str) -> Node:
    try:
        return parse(marker)
    except MarkerSyntaxError as error:
        msg = f"the marker cannot be read from character {error.offset} on"
        raise ValueError(msg) from error


def _quoted(marker: str, literal: Literal) -> str:
    quote = marker[literal.start]
    return f"{quote}{canonicalize_name(literal.value)}{quote}"


def _edited(
    marker: str,
    edits: list[tuple[Comparison, str]] | list[tuple[Node | Literal | Variable, str]],
    notes: list[Note],
) -> Rewritten:
    pieces, at = [], 0
    for node, text in sorted(edits, key=lambda edit: edit[0].start):
        pieces += [marker[at : node.start], text]
        at = node.end
    text = "".join([*pieces, marker[at:]])
    return Rewritten(text, text != marker, tuple(sorted(notes, key=lambda note: note[2:])))


def _conjunctions(root: Node, variable: str) -> list[Group]:
    """Return the `and` groups that ask for more than one extra.

    A group counts if two of its parts mention extras and do not mention the
    same single one; nested groups inside a counted one are not listed again.
    """
    found: list[Group] = []
    stack = [root]
    while stack:
        top = stack.pop()
        if not isinstance(top, Group):
            continue
        if top.op == "and":
            mentioned = [names for part in top.parts if (names := _names(part, variable))]
            if len(mentioned) > 1 and not all(
                names == mentioned[0] and len(names) == 1 for names in mentioned
            ):
                found.append(top)
                continue
        stack.extend(top.parts)
    return found


def _names(node: Node, variable: str) -> frozenset[str]:
    return frozenset(
        leaf.literal.value if leaf.literal else ""
        for leaf in comparisons(node)
        if leaf.variable is not None and leaf.variable.name == variable
    )
