"""A noxfile and a setup.py: what they call, without running anything.

Idea: the syntax tree shows calls with plain strings; a string that is put together at run time
stands for nothing here.

Cost: linear in the text, of at most :data:`MOST_LETTERS` letters.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from trigpoint.projects.review.pieces import Piece, Source

__all__ = ["MOST_LETTERS", "MOST_OPEN", "Call", "Program", "read_program"]

MOST_LETTERS: Final = 128 * 1024
"""Letters of a program that is read."""

MOST_OPEN: Final = 50
"""Brackets open at once; Python's own reader goes down a call a level."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call: ``name`` with its dots, the plain strings in it, and the function around it.

    ``arguments`` has None where something is put together at run time; ``keywords`` holds plain
    strings by name.
    """

    name: str
    arguments: tuple[Piece | None, ...]
    keywords: dict[str, Piece]
    around: ast.FunctionDef | None


class Program:
    """The program *tree*, which *source* holds."""

    def __init__(self, source: Source, tree: ast.Module) -> None:
        self.source = source
        self.tree = tree
        self._lines = source.text.split("\n")
        starts, at = [], 0
        for line in self._lines:
            starts.append(at)
            at += len(line) + 1
        self._starts = starts

    def offset(self, line: int, column: int) -> int:
        """Return the offset of *column*, in bytes of UTF-8, of *line*, from 1."""
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        ahead = text if text.isascii() else text.encode("utf-8")
        before = ahead[:column]
        letters = before if isinstance(before, str) else before.decode("utf-8", "replace")
        return self._starts[min(line, len(self._starts)) - 1] + len(letters)

    def piece(self, node: ast.expr) -> Piece | None:
        """Return the plain string that *node* is; None if it is something else."""
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            return None
        start = self.offset(node.lineno, node.col_offset)
        end = self.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        return Piece(self.source, node.value, start, end)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Every call, with the function that it is in."""
        return tuple(self._calls())

    def _calls(self) -> Iterator[Call]:
        stack: list[tuple[ast.AST, ast.FunctionDef | None]] = [(self.tree, None)]
        while stack:
            node, around = stack.pop()
            if isinstance(node, ast.FunctionDef):
                around = node
            stack += [(child, around) for child in reversed(list(ast.iter_child_nodes(node)))]
            if isinstance(node, ast.Call):
                keywords = {
                    each.arg: piece
                    for each in node.keywords
                    if each.arg and (piece := self.piece(each.value))
                }
                yield Call(dotted(node.func), tuple(map(self.piece, node.args)), keywords, around)


def dotted(node: ast.AST) -> str:
    """Return the name that *node* is, with its dots; empty if it is none.

    >>> dotted(ast.parse("a.b.c", mode="eval").body)
    'a.b.c'
    """
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def read_program(path: str, text: str) -> Program | None:
    """Return *text*, the Python file at *path*; None for what is none, or too large.

    >>> [call.name for call in read_program("a.py", "a.b(1)").calls]
    ['a.b']
    """
    if len(text) > MOST_LETTERS or _open_at_once(text) > MOST_OPEN:
        return None
    plain = text.replace("\r\n", "\n")
    if "\r" in plain or "\f" in plain:
        return None
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return Program(Source.of(path, text), tree)


def _open_at_once(text: str) -> int:
    """Return the most brackets that are open at once, those in strings counted too."""
    level = most = 0
    for char in text:
        if char in "([{":
            level += 1
            most = max(most, level)
        elif char in ")]}" and level:
            level -= 1
    return most
