"""From text to a syntax tree, and from broken text to findings.

:func:`parse` is the quick way: it accepts and refuses what ``packaging`` does,
without a limit on nesting.  Only when it refuses does :func:`diagnose` read the
text again, with recovery, to say everything that is wrong with it.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import NoReturn

from packaging.utils import canonicalize_name

from trigpoint.markers.reading.tree import Comparison, Group, Literal, Node, Operand, Variable

__all__ = ["LEGACY", "OPERATORS", "VARIABLES", "MarkerSyntaxError", "parse", "read_string"]

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

_NAMES = {name: name for name in VARIABLES} | LEGACY
_VARIABLE = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
_OPERAND = rf"(?:\b({_VARIABLE})\b|('[^']*'|\"[^\"]*\"))"
_OPEN_OR_COMPARISON = re.compile(
    rf"""[ \t]*(?:
        (\()
        | {_OPERAND}
          [ \t]*(?:(===|==|~=|!=|<=|>=|<|>)|(\bin\b)|\bnot\b[ \t]+in\b)
          [ \t]*{_OPERAND}
    )""".replace("[ \\t]", "[\\x20\\t]"),
    re.VERBOSE,
).match
_AFTER = re.compile(r"[ \t]*(?:(\))|\b(or|and)\b|(\Z))").match
# Anything that makes Python read a quoted string otherwise than letter by letter.
_UNUSUAL = re.compile("[\\\\\n\r\0\ud800-\udfff]").search


class MarkerSyntaxError(ValueError):
    """The text is no marker; ``offset`` is where reading stopped."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def read_string(quoted: str) -> str:
    """Return the value of a quoted string as installers read it: by Python's rules.

    Raises :exc:`ValueError` where Python cannot read it.
    """
    if _UNUSUAL(quoted) is None:
        return quoted[1:-1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an unknown escape such as \d is kept as it is
        try:
            return str(ast.literal_eval(quoted))
        except SyntaxError as error:
            raise ValueError(error.msg) from error


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
    """Read the marker that *text* holds from *start* to its end.

    Raises :exc:`MarkerSyntaxError` at the first place that does not fit.
    """
    # Each open parenthesis holds the finished `or` parts, the `and` parts being
    # read, and where it began.
    ors: list[Node] = []
    ands: list[Node] = []
    outer: list[tuple[list[Node], list[Node], int]] = []
    position = begin = start
    while True:
        match = _OPEN_OR_COMPARISON(text, position)
        if match is None:
            _stop(text, position)
        position = match.end()
        opened, name, quoted, op, inside, name2, quoted2 = match.groups()
        if opened:
            outer.append((ors, ands, begin))
            ors, ands, begin = [], [], position - 1
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
        node: Node = Comparison(left, op or inside or "not in", right)
        _normalise_extra(left, right)
        while True:
            ands.append(node)
            match = _AFTER(text, position)
            if match is None:
                _stop(text, position)
            position = match.end()
            kind = match.lastindex
            if kind == 2:
                if match[2] == "or":
                    ors.append(_join("and", ands))
                    ands = []
                break
            ors.append(_join("and", ands))
            node = _join("or", ors)
            if kind == 3:
                if outer:
                    raise MarkerSyntaxError(position)
                return node
            if not outer:
                raise MarkerSyntaxError(position - 1)
            if isinstance(node, Group):
                node.parentheses = True
                node.start, node.end = begin, position
            ors, ands, begin = outer.pop()


def _join(op: str, parts: list[Node]) -> Node:
    return Group(op, parts, parts[0].start, parts[-1].end) if len(parts) > 1 else parts[0]


def _stop(text: str, position: int) -> NoReturn:
    while text[position : position + 1] in (" ", "\t"):
        position += 1
    raise MarkerSyntaxError(position)
