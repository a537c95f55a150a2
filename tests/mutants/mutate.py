"""Small changes to Python code, each of which the tests should notice.

A mutant is one node of the syntax tree written otherwise, in the place where it
stands, so that the rest of the file keeps its look and its lines.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Mutant", "mutants"]

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the whole new ``text`` of a file that was ``original``, at ``line``.

    Who comes by one of ``lines`` may come by the change; there are none of what an
    import runs.
    """

    original: str
    text: str
    line: int
    lines: range

    @property
    def diff(self) -> str:
        """The change as a unified diff without context."""
        lines = difflib.unified_diff(
            self.original.splitlines(), self.text.splitlines(), lineterm="", n=0
        )
        return "\n".join(list(lines)[2:])


class _Finder:
    """Collects pairs of a node and what to write in its place."""

    def __init__(self) -> None:
        self.found: list[tuple[ast.stmt | ast.expr, str, range]] = []
        self.lines = range(0)
        self.depth = 0

    def put(self, node: ast.stmt | ast.expr, instead: ast.AST | str) -> None:
        written = instead if isinstance(instead, str) else ast.unparse(instead)
        self.found.append((node, written, self.lines))

    def block(self, body: list[ast.stmt]) -> None:
        for number, statement in enumerate(body):
            described = isinstance(statement, ast.Expr) and isinstance(
                statement.value, ast.Constant
            )
            if not described:
                # What an import runs, the first test that imports it runs, and all depend on.
                self.lines = _lines(statement) if self.depth else range(0)
                self.statement(statement, alone=len(body) - number == 1 == len(body))

    def statement(self, node: ast.stmt, *, alone: bool) -> None:
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Global() | ast.Nonlocal():
                return
            case ast.If(test=ast.Name("TYPE_CHECKING")):
                return
            case ast.Assign(targets=[ast.Name("__all__")]):
                return
            case (
                ast.Assign(targets=[ast.Name(name)], value=value)
                | ast.AnnAssign(target=ast.Name(name), value=value)
            ) if name.isupper() and value is not None and _is_number(value):
                # A named number is a choice, and tests ask for it by its name.
                return
            case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break():
                self.put(node, "pass")
            case ast.Assert():
                # What is certain anyway: said to readers and to a checker of types.
                return
            case ast.Delete():
                self.put(node, "pass")
            case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
                self.put(node, "return None")
            case ast.If(test=test) | ast.While(test=test):
                if not isinstance(test, ast.UnaryOp | ast.Compare | ast.Constant):
                    self.put(test, f"not ({ast.unparse(test)})")
        function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        self.depth += function
        self.children(node)
        self.depth -= function

    def children(self, node: ast.AST) -> None:
        if isinstance(node, ast.keyword) and node.arg in ("repr", "strict"):
            # How an object shows itself to who works on it is nothing that is promised, and
            # that zip() takes what is equally long is certain anyway.
            return
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            values = value if isinstance(value, list) else [value]
            if name in ("body", "orelse", "finalbody") and isinstance(value, list):
                self.block(value)
                continue
            for each in values:
                if isinstance(each, ast.match_case):
                    self.lines = range(each.pattern.lineno, each.body[0].lineno)
                if isinstance(each, ast.expr):
                    self.expression(each)
                elif isinstance(each, ast.AST):
                    self.children(each)

    def expression(self, node: ast.expr) -> None:
        match node:
            case ast.JoinedStr():
                # The places of what stands in an f-string are those of the whole.
                return
            case ast.Subscript(ast.Name("Literal")) | ast.Call(ast.Name("TypeVar")):
                # Types, which a checker of types reads.
                return
            case ast.Compare(left, [operator], [right]):
                if swapped := _COMPARISONS.get(type(operator)):
                    self.put(node, f"({ast.unparse(ast.Compare(left, [swapped()], [right]))})")
            case ast.Compare(left, [first, *others], rights):
                if swapped := _COMPARISONS.get(type(first)):
                    self.put(
                        node, f"({ast.unparse(ast.Compare(left, [swapped(), *others], rights))})"
                    )
            case ast.BoolOp(word, values):
                swap = ast.Or() if isinstance(word, ast.And) else ast.And()
                self.put(node, f"({ast.unparse(ast.BoolOp(swap, values))})")
            case ast.UnaryOp(ast.Not(), operand):
                self.put(node, f"({ast.unparse(operand)})")
            case ast.BinOp(left, sign, right):
                if other := _ARITHMETIC.get(type(sign)):
                    self.put(node, f"({ast.unparse(ast.BinOp(left, other(), right))})")
            case ast.IfExp(test, body, orelse):
                self.put(node, f"({ast.unparse(ast.IfExp(test, orelse, body))})")
            case ast.Constant(bool() as value):
                self.put(node, str(not value))
            case ast.Constant(int() as value):
                self.put(node, f"({value + 1})")
                self.put(node, f"({value - 1})")
            case ast.Constant(str() as value) if not any(map(str.isspace, value)):
                # Words to a reader are left alone: keys, codes and single letters are not.
                self.put(node, repr(f"{value}X"))
        self.children(node)


def _is_nothing(node: ast.expr) -> bool:
    """Say whether *node* is None, or False, which only one that looks for it tells from None."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


def _is_number(node: ast.expr) -> bool:
    """Say whether *node* is written with nothing but numbers, as ``32 * 1024`` is."""
    return all(
        isinstance(each, ast.BinOp | ast.operator | ast.UnaryOp | ast.unaryop)
        or (isinstance(each, ast.Constant) and isinstance(each.value, int | float))
        for each in ast.walk(node)
    )


def _lines(node: ast.stmt) -> range:
    """Return the lines of a statement, without those of its body."""
    last = node.end_lineno or node.lineno
    match node:
        case ast.If(body=[first, *_]) | ast.While(body=[first, *_]) | ast.For(body=[first, *_]):
            last = max(node.lineno, first.lineno - 1)
        case ast.With(body=[first, *_]) | ast.FunctionDef(body=[first, *_]):
            last = max(node.lineno, first.lineno - 1)
        case ast.ClassDef(body=[first, *_]) | ast.Try(body=[first, *_]):
            last = max(node.lineno, first.lineno - 1)
        case ast.Match(cases=[first_case, *_]):
            last = max(node.lineno, first_case.pattern.lineno - 1)
    return range(node.lineno, last + 1)


def _offsets(text: str) -> list[int]:
    """Return where each line begins, in bytes, as syntax trees count columns."""
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def mutants(text: str) -> Iterator[Mutant]:
    r"""Yield every mutant of the Python source *text*, in the order of the file.

    >>> [mutant.text for mutant in mutants("a = b < 1\n")]
    ['a = (b <= 1)\n', 'a = b < (2)\n', 'a = b < (0)\n']
    """
    finder = _Finder()
    finder.block(ast.parse(text).body)
    starts, data = _offsets(text), text.encode()
    for node, instead, lines in sorted(
        finder.found, key=lambda each: (each[0].lineno, each[0].col_offset)
    ):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        changed = (data[:begin] + instead.encode() + data[end:]).decode()
        try:
            ast.parse(changed)
        except SyntaxError:
            # A string that is one of several side by side, or a pattern of a match statement.
            continue
        if changed != text:
            yield Mutant(text, changed, node.lineno, lines)
