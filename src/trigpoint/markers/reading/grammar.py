"""From text to a syntax tree.

:func:`parse` accepts and refuses what ``packaging`` does, but for groups in groups:
it reads :data:`MOST_LEVELS` of them.  What it refuses,
:func:`~trigpoint.markers.reading.diagnose.diagnose` reads again, with recovery, to
say everything that is wrong with it.

The idea: two readers.  The plain one knows comparisons as nearly everybody writes
them, ``variable operator 'value'``, with parentheses and the word after it, in one
pattern that never goes back.  At the first thing that it does not know it gives up,
and the general one starts again.

The invariant: where the plain reader gives a tree, the general one gives the same,
with the same places.  The cost is one match for each comparison, so linear; giving
up doubles it at most.

An example: ``(os_name == 'nt' or extra == 'x')`` is two matches: an opening
parenthesis, three parts and ``or``; three parts, a closing parenthesis and the end.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import NoReturn

from packaging.utils import canonicalize_name

from trigpoint.findings import TrigpointError
from trigpoint.markers.reading.tree import Comparison, Group, Literal, Node, Operand, Variable

__all__ = [
    "LEGACY",
    "MOST_LEVELS",
    "OPERATORS",
    "SET_VARIABLES",
    "VARIABLES",
    "MarkerSyntaxError",
    "MarkerTooDeepError",
    "parse",
    "read_string",
    "write_string",
]

VARIABLES = (
    "python_version",
    "python_full_version",
    "os_name",
    "sys_platform",
    "platform_release",
    "platform_system",
    "platform_version",
    "platform_machine",
    "platform_python_implementation",
    "implementation_name",
    "implementation_version",
    "extra",
    "extras",
    "dependency_groups",
)
"""Every variable of the specification, in its order."""

SET_VARIABLES = frozenset({"extras", "dependency_groups"})
"""Variables that hold a set of names."""

LEGACY = {
    "os.name": "os_name",
    "sys.platform": "sys_platform",
    "platform.version": "platform_version",
    "platform.machine": "platform_machine",
    "platform.python_implementation": "platform_python_implementation",
    "python_implementation": "platform_python_implementation",
}
"""Spellings from before PEP 508 that tools still read, to the current name."""

OPERATORS = ("==", "!=", "<=", ">=", "<", ">", "~=", "===", "in", "not in")
"""Every operator of the specification."""

MOST_LEVELS = 500
"""How many groups in parentheses may stand in each other.

Python frees a tree by recursion in C, and 2,000 levels of it are the end of a
program in WebAssembly; a group in parentheses has two at most.  Parentheses around a
single comparison or another pair do not count.  ``packaging`` reads 200.
"""

_NAMES = {name: name for name in VARIABLES} | LEGACY


@functools.cache
def _open_or_comparison() -> Callable[[str, int], re.Match[str] | None]:
    """Return what matches a parenthesis or any comparison; seldom needed, and slow to compile."""
    names = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
    operand = rf"(?:\b({names})\b|('[^']*'|\"[^\"]*\"))"
    return re.compile(
        rf"""[ \t]*(?:
            (\()
            | {operand}
              [ \t]*(?:(===|==|~=|!=|<=|>=|<|>)|(\bin\b)|\bnot\b[ \t]+in\b)
              [ \t]*{operand}
        )""",
        re.VERBOSE,
    ).match


_AFTER = re.compile(r"[ \t]*(?:(\))|\b(or|and)\b|(\Z))").match
# Anything that makes Python read a quoted string otherwise than letter by letter.
_ODD = "\\\\\n\r\0\ud800-\udfff"
_UNUSUAL = re.compile(f"[{_ODD}]").search
# A comparison that nothing is odd about.  Comparison.of_match knows its groups.
_PLAIN = re.compile(
    rf"""[ \t]*+
        (\([( \t]*+)?+                                     # 1: opening parentheses
        \b([a-z_.]++)\b [ \t]*+                            # 2: a name
        (===|[=!<>~]=|[<>]|in\b|not[ \t]++in\b) [ \t]*+    # 3: an operator
        ('[^'{_ODD}]*+'|"[^"{_ODD}]*+") [ \t]*+             # 4: a value
        (\)[) \t]*+)?+                                     # 5: closing parentheses
        (?:(and|or)\b|\Z)                                  # 6: the word after it
    """,
    re.VERBOSE,
).match


class MarkerSyntaxError(TrigpointError, ValueError):
    """The text is no marker; ``offset`` is where reading stopped."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class MarkerTooDeepError(MarkerSyntaxError):
    """Too many groups stand in each other; ``offset`` is where one too many begins."""


def read_string(quoted: str) -> str:
    """Return the value of *quoted*, with its quotes, as installers read it: by Python's rules.

    Raises :exc:`ValueError` where Python cannot read it.
    """
    if _UNUSUAL(quoted) is None:
        return quoted[1:-1]
    import ast  # seldom needed
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an unknown escape such as \d is kept as it is
        try:
            return str(ast.literal_eval(quoted))
        except SyntaxError as error:
            raise ValueError(error.msg) from error


def write_string(value: str) -> str:
    """Return *value* as a quoted string of a marker.

    Tools read the escapes of Python in it, so backslashes are doubled.
    """
    if value.isprintable() and value.isascii() and "\\" not in value:
        if '"' not in value:
            return f'"{value}"'
        if "'" not in value:
            return f"'{value}'"
    pieces = []
    for char in value:
        if char == '"':
            pieces.append("\\x22")
        elif char == "\\":
            pieces.append("\\\\")
        elif char.isprintable():
            pieces.append(char)
        else:
            pieces.append(char.encode("unicode_escape", "surrogatepass").decode("ascii"))
    return '"' + "".join(pieces) + '"'


def _literal(quoted: str, start: int) -> Literal:
    try:
        value = read_string(quoted)
    except ValueError:
        raise MarkerSyntaxError(start) from None
    return Literal(value, start, start + len(quoted))


def _normalise_extra(left: Operand, right: Operand) -> None:
    """Store extra and group names in normal form, as PEP 685 and PEP 735 ask."""
    if isinstance(right, Literal):
        if isinstance(left, Variable) and left.name == "extra":
            right.value = canonicalize_name(right.value)
    elif isinstance(left, Literal) and right.name in ("extra", "extras", "dependency_groups"):
        left.value = canonicalize_name(left.value)


def parse(text: str, start: int = 0) -> Node:
    """Return the syntax tree of the marker that *text* holds from *start* to its end.

    Raises :exc:`MarkerSyntaxError` at the first place that does not fit, and
    :exc:`MarkerTooDeepError` for more than :data:`MOST_LEVELS` groups in each other.

    Source: Dependency specifiers, "Grammar".
    """
    return _parse_plain(text, start) or _parse_any(text, start)


_of_match = Comparison.of_match


class _Frame:
    """What has been read of a group: finished `or` parts, and the `and` parts being read.

    ``begin`` is where its parenthesis stands, ``levels`` how many groups in
    parentheses stand in each other inside.
    """

    __slots__ = ("ands", "begin", "levels", "ors")

    def __init__(self, begin: int) -> None:
        self.ors: list[Node] = []
        self.ands: list[Node] = []
        self.begin = begin
        self.levels = 0

    def part(self) -> None:
        """End a part of an `or`."""
        ands = self.ands
        self.ors.append(Group("and", ands) if len(ands) > 1 else ands[0])
        self.ands = []

    def whole(self) -> Node:
        """End the group and return what stands in it."""
        if not self.ors:
            return Group("and", self.ands) if len(self.ands) > 1 else self.ands[0]
        self.part()
        return Group("or", self.ors)


def _closed(frame: _Frame, around: _Frame, end: int) -> Node:
    """Return what *frame* holds, whose parenthesis closes before *end*; *around* is outside."""
    node = frame.whole()
    levels = frame.levels
    if type(node) is Group:
        if not node.parentheses:
            levels += 1
            if levels > MOST_LEVELS:
                raise MarkerTooDeepError(frame.begin)
        node.enclose(frame.begin, end)
    around.levels = max(around.levels, levels)
    return node


def _parse_plain(text: str, position: int) -> Node | None:
    """Read a marker of plain comparisons; return None for any other."""
    frame: _Frame | None = None
    outer: list[_Frame] = []
    while True:
        match = _PLAIN(text, position)
        if match is None:
            return None
        opened, name, op, quoted, closed, word = match.groups()
        current = _NAMES.get(name)
        if current is None:
            return None
        value = quoted[1:-1]
        if op[0] == "n":
            op = "not in"
        if current == "extra":
            value = canonicalize_name(value)
        node: Node = _of_match((current, op, value, False), match)
        if frame is None:
            if word is None and opened is None and closed is None:
                return node  # most markers are one comparison
            frame = _Frame(position)
        if opened is not None:
            for at, char in enumerate(opened, match.start(1)):
                if char == "(":
                    outer.append(frame)
                    frame = _Frame(at)
        if closed is not None:
            for at, char in enumerate(closed, match.start(5) + 1):
                if char == ")":
                    if not outer:
                        return None
                    frame.ands.append(node)
                    around = outer.pop()
                    node = _closed(frame, around, at)
                    frame = around
        frame.ands.append(node)
        if word is None:
            return None if outer else frame.whole()
        if word == "or":
            frame.part()
        position = match.end()


def _parse_any(text: str, position: int) -> Node:
    """Read any marker, one token after the other."""
    frame = _Frame(position)
    outer: list[_Frame] = []
    while True:
        match = _open_or_comparison()(text, position)
        if match is None:
            _stop(text, position)
        position = match.end()
        opened, name, quoted, op, inside, name2, quoted2 = match.groups()
        if opened:
            outer.append(frame)
            frame = _Frame(position - 1)
            continue
        left: Operand
        right: Operand
        if name:
            left = Variable(_NAMES[name], match.start(2), match.end(2))
        else:
            left = _literal(quoted, match.start(3))
        if name2:
            right = Variable(_NAMES[name2], match.start(6), position)
        else:
            right = _literal(quoted2, match.start(7))
        _normalise_extra(left, right)
        node: Node = Comparison(left, op or inside or "not in", right)
        while True:
            frame.ands.append(node)
            match = _AFTER(text, position)
            if match is None:
                _stop(text, position)
            position = match.end()
            kind = match.lastindex
            if kind == 2:
                if match[2] == "or":
                    frame.part()
                break
            if kind == 3:
                if outer:
                    raise MarkerSyntaxError(position)
                return frame.whole()
            if not outer:
                raise MarkerSyntaxError(position - 1)
            around = outer.pop()
            node = _closed(frame, around, position)
            frame = around


def _stop(text: str, position: int) -> NoReturn:
    while text[position : position + 1] in (" ", "\t"):
        position += 1
    raise MarkerSyntaxError(position)
