"""The syntax tree of a marker: what was written, and where.

Nodes are plain and immutable by convention; offsets are 0-based code points
into the text that was parsed.  Nothing here knows what a marker means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

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


class Comparison:
    """One comparison; ``op`` is the operator with its blanks normalised."""

    __slots__ = ("end", "left", "op", "right", "start")

    def __init__(self, left: Operand, op: str, right: Operand) -> None:
        self.left = left
        self.op = op
        self.right = right
        self.start = left.start
        self.end = right.end

    @property
    def variable(self) -> Variable | None:
        """The side that tools take as the variable: the left one if both are."""
        if isinstance(self.left, Variable):
            return self.left
        return self.right if isinstance(self.right, Variable) else None

    @property
    def literal(self) -> Literal | None:
        """The quoted side, if there is exactly one."""
        if isinstance(self.left, Literal):
            return self.left if isinstance(self.right, Variable) else None
        return self.right if isinstance(self.right, Literal) else None

    def __str__(self) -> str:
        return f"{self.left} {self.op} {self.right}"


class Group:
    """Two or more parts joined by the same word.

    ``parentheses`` says whether the text had them; ``start`` and ``end``
    include them.
    """

    __slots__ = ("end", "op", "parentheses", "parts", "start")

    def __init__(self, op: str, parts: list[Node], start: int, end: int) -> None:
        self.op = op
        self.parts = parts
        self.start = start
        self.end = end
        self.parentheses = False

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
    """Compute a value for *node* from its leaves up, however deep it nests."""
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
