"""The one rewriter of markers: other variables, the same words around them.

The idea: the reader knows where each comparison stands, so a marker for another
version of Core Metadata is the old text with a few stretches replaced.  What is
not replaced stays letter by letter: blanks, quotes, parentheses, line of thought.

The invariant: whatever ``rewrite`` gives as *complete* means the same by the
specification as what it was given.  Where that cannot be, or where installers of
today answer otherwise, there is a :class:`Note` with the place.

The cost: one walk over the tree and one join of the pieces, so linear in the text.

An example: in ``os_name == 'nt' and extra == 'Gui_X'`` the stretch from 20 to 36
is a test of ``extra``; it becomes ``'gui-x' in extras``, with the writer's own
quotes, and everything in front of it is copied.

Source: Dependency specifiers, "Extras"; PEP 685; the summit's proposal of 2022.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex, in_text_order
from trigpoint.markers.reading.grammar import LEGACY, MarkerSyntaxError, parse, read_string
from trigpoint.markers.reading.tree import (
    Comparison,
    Group,
    Literal,
    Node,
    Variable,
    comparisons,
    fold,
)
from trigpoint.markers.writing.spelling import ALWAYS, NEVER

__all__ = [
    "TARGETS",
    "Note",
    "Rewritten",
    "findings_of",
    "normalise_extras",
    "old_names",
    "read",
    "rewrite",
]

TARGETS = ("2.x", "3.0")
"""What a marker can be rewritten for: today's Core Metadata, and the summit's proposal."""


class Note(NamedTuple):
    """What to say about one place of a marker.

    ``kind`` is

    - ``"context"``: it means the same, and no installer reads that variable yet;
    - ``"name"``: the name of an extra gets its normal form;
    - ``"behaviour"``: it means the same, and installers of today answer otherwise;
    - ``"undefined"``: it has no meaning, and becomes what is always or never true;
    - ``"impossible"``: installers cannot be told this on the other side.

    ``code`` is the finding that says it about a marker.  ``start`` and ``end``
    are offsets into the marker; ``replacement`` is what goes there, if anything
    does.
    """

    kind: str
    code: str
    message: str
    start: int
    end: int
    replacement: str | None = None


class Rewritten(NamedTuple):
    """A marker's new text, and notes in text order.

    ``complete`` says that the new text means the same by the specification.
    Where it is False, the text is the nearest that there is.
    """

    text: str
    changed: bool
    complete: bool
    notes: tuple[Note, ...]


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def read(marker: str) -> Node:
    """Return the syntax tree of *marker*, a marker's text.

    Raises :exc:`ValueError` where it cannot be read; the message says from which
    character on.
    """
    try:
        return parse(marker)
    except MarkerSyntaxError as error:
        msg = f"the marker cannot be read from character {error.offset} on"
        raise ValueError(msg) from error


def rewrite(marker: str, to: str, root: Node | None = None) -> Rewritten:
    """Return *marker*, a marker's text, for Core Metadata *to*, one of :data:`TARGETS`.

    ``root`` is the syntax tree of *marker*, if the caller has it.  For 3.0, tests
    of ``extra`` become tests of the set ``extras``; for 2.x the other way round.
    Raises :exc:`ValueError` for another target, and where *marker* cannot be read.

    >>> rewrite("os_name == 'nt' and extra == 'Gui_X'", "3.0").text
    "os_name == 'nt' and 'gui-x' in extras"
    >>> [note.kind for note in rewrite("'a' in extras and 'b' in extras", "2.x").notes]
    ['impossible']

    Source: Dependency specifiers, "Extras"; the summit's proposal of 2022.
    """
    if to not in TARGETS:
        raise ValueError(f"markers can be migrated to {' or '.join(TARGETS)}, not to {to!r}")
    if root is None:
        root = read(marker)
    variable, turn = ("extra", _as_set) if to == "3.0" else ("extras", _as_extra)
    edits: list[_Edit] = []
    notes: list[Note] = []
    complete = True
    for node in comparisons(root):
        read_variable = node.variable
        if read_variable is None or read_variable.name not in ("extra", "extras", _GROUPS):
            continue
        literal = node.literal
        if literal is not None and (name := _normal(marker, literal)):
            notes.append(_name_note(marker, literal, name))
        if to == "2.x" and read_variable.name == _GROUPS:
            complete = False
            notes.append(
                Note("impossible", "marker-extras-context", _NO_GROUPS, node.start, node.end)
            )
        elif read_variable.name == variable:
            text, same, note = turn(marker, node)
            edits.append(_Edit(node.start, node.end, text))
            complete = complete and same
            notes += [note] if note is not None else []
    notes += _conjunctions(root, variable, _TOGETHER[to])
    return _edited(marker, edits, notes, complete)


def normalise_extras(marker: str) -> Rewritten:
    """Return *marker*, a marker's text, with the names of extras in normal form.

    Raises :exc:`ValueError` where it cannot be read.

    >>> normalise_extras("extra == 'A_b'").text
    "extra == 'a-b'"

    Source: PEP 685.
    """
    edits = [
        _Edit(literal.start, literal.end, better)
        for node in comparisons(read(marker))
        if (literal := node.literal) is not None
        and node.variable is not None
        and node.variable.name in ("extra", "extras")
        and (better := _normal(marker, literal))
    ]
    return _edited(marker, edits, [], True)


def old_names(marker: str) -> tuple[str | None, str]:
    """Return *marker*, a marker's text, as version 1.2 spells it, and nothing.

    Where version 1.2 cannot say it, return None and the reason.  Raises
    :exc:`ValueError` where *marker* cannot be read.

    >>> old_names("sys_platform == 'win32'")
    ("sys.platform == 'win32'", '')
    >>> old_names("extra == 'x'")[1]
    '1.2 has no variable extra'

    Source: PEP 345, "Environment markers".
    """
    back = {new: old for old, new in LEGACY.items() if "." in old}
    edits: list[_Edit] = []
    for node in comparisons(read(marker)):
        if node.op not in ("==", "!=", "in", "not in"):
            return None, f"1.2 has no {node.op} in markers"
        for side in (node.left, node.right):
            if not isinstance(side, Variable):
                continue
            if side.name in back:
                edits.append(_Edit(side.start, side.end, back[side.name]))
            elif side.name not in ("python_version", "python_full_version"):
                return None, f"1.2 has no variable {side.name}"
    return _edited(marker, edits, [], True).text, ""


def findings_of(marker: str, notes: Iterable[Note]) -> tuple[Finding, ...]:
    """Return *notes* on *marker*, a marker's text, as findings on that text.

    A fix that replaces something rewrites the one place.
    """
    index = TextIndex(marker)
    found = []
    for note in notes:
        span = index.span(note.start, note.end)
        fix = (
            Fix("write it as a marker of its own")
            if note.replacement is None
            else Fix(f"write {note.replacement}", note.replacement, span)
        )
        found.append(report(note.code, note.message, span, fix))
    return tuple(in_text_order(found))


# -- single comparisons -------------------------------------------------------------

_GROUPS = "dependency_groups"
_NO_GROUPS = "dependency_groups has no counterpart in metadata; lock files alone have it"
_EMPTY = "no extra has an empty name, so this is always the same"

# The new text, whether it means the same by the specification, and what to say.
_Turned = tuple[str, bool, "Note | None"]


def _as_set(marker: str, node: Comparison) -> _Turned:
    """Turn a test of ``extra`` into one of the set."""
    literal, op = node.literal, node.op
    if literal is None:
        return _without_meaning(
            marker,
            node,
            "marker-two-variables",
            "a comparison of two variables has no meaning to carry over; this is never true",
        )
    if op not in ("==", "!="):
        message = f"extra {op} is always false by the specification, and has no form for a set"
        return _constant(marker, node, False, "marker-extra-operator", message)
    if not literal.value:
        return _constant(marker, node, op == "!=", "marker-extra-empty", _EMPTY)
    text = f"{_spelled(marker, literal)} {'in' if op == '==' else 'not in'} extras"
    if op == "==":
        return text, True, _note(node, "context", "marker-extras-context", _UNREAD, text)
    message = (
        f"by the specification this leaves the line out when {literal.value} is requested, as "
        "the set does; pip and uv keep it whenever any other extra, or none, is looked at"
    )
    return text, True, _note(node, "behaviour", "marker-extra-negation", message, text)


_UNREAD = "extras is read by nobody in metadata yet: pip 26.3 fails on it"


def _as_extra(marker: str, node: Comparison) -> _Turned:
    """Turn a test of the set into one of ``extra``."""
    literal, op = node.literal, node.op
    if literal is None or literal is node.right or op in ("~=", "==="):
        return _without_meaning(
            marker,
            node,
            "marker-undefined-comparison",
            "extras is a set and has in and not in only, with the name on the left; "
            "this has no meaning to carry over, and is never true",
        )
    if op not in ("in", "not in"):
        message = f"a name is never equal to a set, so this is always {op == '!='}"
        return _constant(marker, node, op == "!=", "marker-undefined-comparison", message)
    if not literal.value:
        return _constant(marker, node, op == "not in", "marker-extra-empty", _EMPTY)
    text = f"extra {'==' if op == 'in' else '!='} {_spelled(marker, literal)}"
    if op == "in":
        return text, True, None
    message = (
        "2.x cannot say to installers that an extra is absent: pip before 20.3 leaves the line "
        f"out for [{literal.value}] alone or fails, newer pip and uv install it always, poetry "
        "drops it"
    )
    return text, True, _note(node, "impossible", "marker-extra-negation", message, text)


def _note(node: Comparison, kind: str, code: str, message: str, text: str) -> Note:
    return Note(kind, code, message, node.start, node.end, text)


def _constant(marker: str, node: Comparison, value: bool, code: str, message: str) -> _Turned:
    """Return what is always or never true, in the quotes that the comparison has."""
    text = (ALWAYS if value else NEVER).text
    if node.literal is not None:
        text = text.replace('"', marker[node.literal.start])
    return text, True, _note(node, "undefined", code, message, text)


def _without_meaning(marker: str, node: Comparison, code: str, message: str) -> _Turned:
    text, _, note = _constant(marker, node, False, code, message)
    return text, False, note


# -- names -----------------------------------------------------------------------------


def _spelled(marker: str, literal: Literal) -> str:
    """Return the name in *literal*, in normal form and in the quotes that it has."""
    written = marker[literal.start : literal.end]
    better = f"{written[0]}{canonicalize_name(literal.value)}{written[0]}"
    if written[0] in better[1:-1] or _value(better) != canonicalize_name(literal.value):
        return written  # its escapes say what no normal form can
    return better


def _value(quoted: str) -> str | None:
    try:
        return read_string(quoted)
    except ValueError:
        return None


def _normal(marker: str, literal: Literal) -> str:
    """Return *literal* with the name in normal form; nothing where it is, or cannot be."""
    better = _spelled(marker, literal)
    written = marker[literal.start : literal.end]
    if better == written or canonicalize_name(written[1:-1]) != canonicalize_name(literal.value):
        return ""
    return better


def _name_note(marker: str, literal: Literal, better: str) -> Note:
    raw = marker[literal.start + 1 : literal.end - 1]
    message = f"the normal form of {raw!r} is {literal.value!r}"
    return Note("name", "marker-extra-name", message, literal.start, literal.end, better)


# -- comparisons together ------------------------------------------------------------------

_TOGETHER = {
    "3.0": (
        "behaviour",
        "pip and uv look at one extra at a time and find no two together; the set has all",
    ),
    "2.x": (
        "impossible",
        "pip and uv look at one extra at a time and find no two together; poetry does",
    ),
}


def _conjunctions(root: Node, variable: str, words: tuple[str, str]) -> list[Note]:
    """Note each `and` that asks for more than one extra, the outermost only.

    It does if two of its parts ask for extras and not both for the same one.
    """
    asks = "==" if variable == "extra" else "in"
    several: set[int] = set()

    # What a part asks for: nothing (None), one name, or several (an empty name).
    def leaf(node: Comparison) -> str | None:
        found = node.variable
        if found is None or found.name != variable or node.op != asks or node.literal is None:
            return None
        return canonicalize_name(node.literal.value) or None

    def join(group: Group, parts: list[str | None]) -> str | None:
        asked = [part for part in parts if part is not None]
        if not asked:
            return None
        alike = asked[0] if all(part == asked[0] for part in asked) else ""
        if group.op == "and" and len(asked) > 1 and not alike:
            several.add(id(group))
        return alike

    fold(root, leaf, join)
    kind, message = words
    notes: list[Note] = []
    stack = [root]
    while stack:
        top = stack.pop()
        if not isinstance(top, Group):
            continue
        if id(top) in several:
            code = "marker-extra-conjunction"
            notes.append(Note(kind, code, message, top.start, top.end))
        else:
            stack.extend(top.parts)
    return notes


# -- the new text -----------------------------------------------------------------------------


def _edited(
    marker: str, edits: Iterable[_Edit], notes: Iterable[Note], complete: bool
) -> Rewritten:
    """Put *edits*, which stand in text order, into *marker*."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [marker[at : edit.start], edit.text]
        at = edit.end
    text = "".join([*pieces, marker[at:]])
    # The longer stretch first: what is said of a group stands in front of its parts.
    ordered = sorted(notes, key=lambda note: (note.start, -note.end))
    return Rewritten(text, text != marker, complete, tuple(ordered))
