"""The syntax tree of a marker: what was written, and where.

Nodes are plain and immutable by convention; offsets are 0-based code points
into the text that was parsed.  Nothing here knows what a marker means.

The idea: most readers want to know what a comparison asks, few where its sides
stand.  So the reader stores what it asks, and what it found; sides with their
places are made of that when somebody looks at them.

The cost: every walk is a loop with a stack of its own, so depth costs no recursion.
How deep a tree can be is bounded where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias, TypeVar

__all__ = [
    "Comparison",
    "Group",
    "Literal",
    "Node",
    "Operand",
    "Variable",
    "comparisons",
    "fold",
    "write",
]

T = TypeVar("T")


class Variable:
    """A marker variable, under its current name, as in ``python_version``."""

    __slots__ = ("end", "name", "start")

    def __init__(self, name: str, start: int, end: int) -> None:
        self.name = name
        self.start = start
        self.end = end

    def __str__(self) -> str:
        return self.name


class Literal:
    """A quoted value; ``value`` is what stands between the quotes."""

    __slots__ = ("end", "start", "value")

    def __init__(self, value: str, start: int, end: int) -> None:
        self.value = value
        self.start = start
        self.end = end

    def __str__(self) -> str:
        if '"' not in self.value:
            return f'"{self.value}"'
        if "'" not in self.value:
            return f"'{self.value}'"
        # With both quotes in it, it was written with escapes and needs them again.
        escaped = self.value.replace("\\", r"\\").replace('"', r"\x22")
        return f'"{escaped}"'


Operand = Variable | Literal


Asks: TypeAlias = tuple[str, str, str, bool]
"""Variable, operator, value, and whether the value stands on the left."""


class Comparison:
    """One comparison; ``op`` is the operator with its blanks normalised.

    ``asks`` says what it asks, None unless one side is a variable and the other
    one a value.
    """

    __slots__ = ("_found", "asks", "op")

    asks: Asks | None
    op: str
    # The two sides, or what they are made of: a match with a variable in its second
    # group and a quoted value without escapes in its fourth.
    _found: tuple[Operand, Operand] | re.Match[str]

    def __init__(self, left: Operand, op: str, right: Operand) -> None:
        self.op = op
        self._found = (left, right)
        if isinstance(left, Variable):
            self.asks = (left.name, op, right.value, False) if isinstance(right, Literal) else None
        else:
            self.asks = (right.name, op, left.value, True) if isinstance(right, Variable) else None

    @classmethod
    def of_match(cls, asks: Asks, found: re.Match[str]) -> Comparison:
        """Return the comparison that asks *asks*, and that *found* found."""
        made = cls.__new__(cls)
        made.asks = asks
        made.op = asks[1]
        made._found = found
        return made

    @property
    def _sides(self) -> tuple[Operand, Operand]:
        found = self._found
        if type(found) is tuple:
            return found
        assert isinstance(found, re.Match)
        assert self.asks is not None
        name, _, value, _ = self.asks
        made = self._found = (Variable(name, *found.span(2)), Literal(value, *found.span(4)))
        return made

    @property
    def left(self) -> Operand:
        """The left side."""
        return self._sides[0]

    @property
    def right(self) -> Operand:
        """The right side."""
        return self._sides[1]

    @property
    def start(self) -> int:
        """Where it begins."""
        found = self._found
        return found.start(2) if isinstance(found, re.Match) else found[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        found = self._found
        return found.end(4) if isinstance(found, re.Match) else found[1].end

    @property
    def variable(self) -> Variable | None:
        """The side that tools take as the variable: the left one if both are."""
        left, right = self._sides
        if isinstance(left, Variable):
            return left
        return right if isinstance(right, Variable) else None

    @property
    def literal(self) -> Literal | None:
        """The quoted side, if there is exactly one."""
        left, right = self._sides
        if isinstance(left, Literal):
            return left if isinstance(right, Variable) else None
        return right if isinstance(right, Literal) else None

    def __str__(self) -> str:
        left, right = self._sides
        return f"{left} {self.op} {right}"


class Group:
    """Two or more parts joined by the same word.

    ``parentheses`` says whether the text had them; ``start`` and ``end``
    include them.
    """

    __slots__ = ("_span", "op", "parts")

    def __init__(self, op: str, parts: list[Node]) -> None:
        self.op = op
        self.parts = parts
        self._span: tuple[int, int] | None = None

    def enclose(self, start: int, end: int) -> None:
        """Note that the text has parentheses around it, the outer ones from *start* to *end*."""
        self._span = start, end

    @property
    def parentheses(self) -> bool:
        """Whether the text has parentheses around it."""
        return self._span is not None

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.parts[0].start if self._span is None else self._span[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.parts[-1].end if self._span is None else self._span[1]

    def __str__(self) -> str:
        return write(self)


Node = Comparison | Group


def comparisons(node: Node) -> Iterator[Comparison]:
    """Yield every comparison below *node*, in text order."""
    stack = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, Group):
            stack.extend(reversed(top.parts))
        else:
            yield top


def fold(node: Node, leaf: Callable[[Comparison], T], join: Callable[[Group, list[T]], T]) -> T:
    """Compute a value for *node* from its leaves up, however deep it nests.

    *leaf* makes that of a comparison, *join* that of a group out of those of its parts.
    """
    done: list[T] = []
    stack: list[tuple[Node, bool]] = [(node, False)]
    while stack:
        top, ready = stack.pop()
        if not isinstance(top, Group):
            done.append(leaf(top))
        elif ready:
            first = len(done) - len(top.parts)
            done[first:] = [join(top, done[first:])]
        else:
            stack.append((top, True))
            stack.extend((part, False) for part in reversed(top.parts))
    return done[0]


def write(node: Node, spell: Callable[[Comparison], str] = str) -> str:
    """Return the text of *node* without the outermost parentheses.

    ``spell`` returns the text of a comparison.
    """
    pieces: list[str] = []
    stack: list[Node | str] = [node]
    first = True
    while stack:
        top = stack.pop()
        if isinstance(top, Group):
            word = f" {top.op} "
            if closed := top.parentheses and not first:
                stack.append(")")
            for i in range(len(top.parts) - 1, -1, -1):
                stack.append(top.parts[i])
                if i:
                    stack.append(word)
            if closed:
                stack.append("(")
        else:
            pieces.append(top if isinstance(top, str) else spell(top))
        first = False
    return "".join(pieces)
