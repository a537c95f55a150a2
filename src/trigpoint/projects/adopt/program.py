"""The arguments of ``setup()`` in a setup.py, which is read and never run.

Idea: a value counts where the text alone says it: a constant, arrays and tables of such, sums of
them, names that are bound once at the top to one of these, ``"a b".split()``, ``dict(...)``, and
``find_packages`` with such arguments.  Everything else is named, and left to METADATA.

Cost: linear in the text, of at most :data:`trigpoint.projects.review.programs.MOST_LETTERS`
letters; a name is worked out once.

Source: setuptools, "Keywords"; Python's grammar.
"""

from __future__ import annotations

import ast
import operator
from dataclasses import dataclass
from typing import Any, Final

from trigpoint.findings import TrigpointError
from trigpoint.projects.adopt.gathered import Said
from trigpoint.projects.review.pieces import Piece
from trigpoint.projects.review.programs import Program, dotted, read_program

__all__ = [
    "MOST_LEVELS",
    "MOST_VALUES",
    "Computed",
    "Find",
    "Setup",
    "changes_path",
    "imports",
    "read_setup",
]

MOST_LEVELS: Final = 100
"""Expressions inside each other that are worked out."""

MOST_VALUES: Final = 20_000
"""Values that all arguments together are worked out to."""

_CALLS: Final = frozenset({"setup", "setuptools.setup", "distutils.core.setup", "core.setup"})


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that only running the program would give; ``code`` is how it is written."""

    code: str


@dataclass(frozen=True, slots=True)
class Find:
    """Packages that setuptools looks for; the ``arguments`` are those of ``packages.find``."""

    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Setup:
    """What ``setup()`` is called with: ``said`` by keyword, and ``more``, what ``**`` adds unseen."""

    said: dict[str, Said]
    more: Piece | None


class NotPlainError(TrigpointError):
    """The value is none that the text says."""


def read_setup(path: str, text: str) -> Setup | None:
    r"""Return the arguments of the call of ``setup()`` in *text*, the setup.py at *path*.

    None where there is none, or the text is no Python that is read here.

    >>> setup = read_setup("setup.py", "V = '1'\nsetup(name='a', version=V, url=f())")
    >>> [(key, each.value) for key, each in setup.said.items()]
    [('name', 'a'), ('version', '1'), ('url', Computed(code='f()'))]
    """
    program = read_program(path, text)
    if program is None:
        return None
    calls = [
        node
        for node in ast.walk(program.tree)
        if isinstance(node, ast.Call) and dotted(node.func) in _CALLS
    ]
    if not calls:
        return None
    call = max(calls, key=lambda each: len(each.keywords))
    reader = _Reader(program, call)
    said: dict[str, Said] = {}
    more: Piece | None = None
    for keyword in call.keywords:
        at = _piece(program, keyword.value)
        try:
            value = reader.value(keyword.value)
        except NotPlainError:
            value = Computed(at.value)
        if keyword.arg is not None:
            said.setdefault(keyword.arg, Said(value, at))
        elif isinstance(value, dict):
            for key, item in value.items():
                said.setdefault(key, Said(item, at))
        else:
            more = at
    if call.args:
        more = more or _piece(program, call.args[0])
    return Setup(said, more)


def imports(path: str, text: str) -> dict[str, Piece]:
    r"""Return the first part of each module that *text*, the Python file at *path*, imports.

    Each comes with the place of the first statement that does; nothing where the text is no
    Python that is read here.

    >>> sorted(imports("setup.py", "import a.b, os\nfrom c import d\nfrom . import e\n"))
    ['a', 'c', 'os']
    """
    found: dict[str, Piece] = {}
    program = read_program(path, text)
    if program is None:
        return found
    for node in ast.walk(program.tree):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        else:
            continue
        for name in names:
            found.setdefault(name.partition(".")[0], _piece(program, node))
    return found


def changes_path(path: str, text: str) -> bool:
    r"""Say whether *text*, the Python file at *path*, mentions ``sys.path``, where Python looks.

    False where the text is no Python that is read here.

    >>> changes_path("setup.py", "import sys\nsys.path.insert(0, '.')\n")
    True
    """
    program = read_program(path, text)
    return program is not None and any(
        isinstance(node, ast.Attribute) and dotted(node) == "sys.path"
        for node in ast.walk(program.tree)
    )


def _piece(program: Program, node: ast.expr | ast.stmt) -> Piece:
    start = program.offset(node.lineno, node.col_offset)
    end = program.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
    return Piece(program.source, program.source.text[start:end], start, end)


class _Reader:
    """Works out values of *program* for the arguments of *call*."""

    def __init__(self, program: Program, call: ast.Call) -> None:
        self.left = MOST_VALUES
        self.levels = 0
        self.names = _constants(program.tree, call)
        self.known: dict[str, Any] = {}

    def value(self, node: ast.expr) -> Any:
        self.left -= 1
        self.levels += 1
        try:
            if self.left < 0 or self.levels > MOST_LEVELS:
                raise NotPlainError
            return self._value(node)
        finally:
            self.levels -= 1

    def _value(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, int, type(None))):
            return node.value
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return [self.value(each) for each in node.elts]
        if isinstance(node, ast.Dict):
            return self._dict(
                [(key, item) for key, item in zip(node.keys, node.values, strict=True)]
            )
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self.value(node.left), self.value(node.right)
            if (isinstance(left, str) and isinstance(right, str)) or (
                isinstance(left, list) and isinstance(right, list)
            ):
                # A name that is added to itself again and again doubles each time.
                self.left -= len(right) if isinstance(right, list) else len(right) // 1000
                if self.left >= 0:
                    return operator.add(left, right)
        if isinstance(node, ast.Name) and node.id in self.names:
            if node.id not in self.known:
                self.known[node.id] = self.value(self.names[node.id])
            return self.known[node.id]
        if isinstance(node, ast.Call):
            return self._call(node)
        raise NotPlainError

    def _dict(self, pairs: list[tuple[ast.expr | None, ast.expr]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, item in pairs:
            name = self.value(key) if key is not None else None
            if not isinstance(name, str):
                raise NotPlainError
            found[name] = self.value(item)
        return found

    def _call(self, node: ast.Call) -> Any:
        name = dotted(node.func)
        keywords = {each.arg: each.value for each in node.keywords}
        if None in keywords:
            raise NotPlainError
        if name == "dict" and not node.args:
            return {key: self.value(item) for key, item in keywords.items()}
        if name.rpartition(".")[2] in ("find_packages", "find_namespace_packages"):
            arguments = {str(key): self.value(item) for key, item in keywords.items()}
            for key, item in zip(("where", "exclude", "include"), node.args, strict=False):
                arguments[key] = self.value(item)
            spaces = name.endswith("find_namespace_packages")
            return Find({**arguments, "namespaces": spaces})
        if isinstance(node.func, ast.Attribute) and not node.args and not keywords:
            text = self.value(node.func.value)
            if isinstance(text, str) and node.func.attr in ("split", "strip", "splitlines"):
                return getattr(text, node.func.attr)()
        raise NotPlainError


def _constants(tree: ast.Module, call: ast.Call) -> dict[str, ast.expr]:
    """Return what the names are bound to that are bound once, at the top, and changed by nothing.

    An array that something besides the call uses may be changed there.
    """
    bound: dict[str, ast.expr] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            value: ast.expr | None = statement.value
        elif isinstance(statement, ast.AnnAssign):
            target, value = statement.target, statement.value
        else:
            continue
        if isinstance(target, ast.Name) and value is not None:
            bound[target.id] = value
    stores: dict[str, int] = {}
    loads: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            counted = loads if isinstance(node.ctx, ast.Load) else stores
            counted[node.id] = counted.get(node.id, 0) + 1
        elif isinstance(node, ast.arg):
            stores[node.arg] = stores.get(node.arg, 0) + 1
    # Loads in the call itself, and in what another constant is made of, change nothing.
    harmless: dict[str, int] = {}
    within = [*(each.value for each in call.keywords), *bound.values()]
    for expression in within:
        for node in _plain(expression):
            harmless[node.id] = harmless.get(node.id, 0) + 1
    return {
        name: value
        for name, value in bound.items()
        if stores.get(name) == 1
        and (isinstance(value, ast.Constant) or loads.get(name, 0) <= harmless.get(name, 0))
    }


def _plain(expression: ast.expr) -> list[ast.Name]:
    """Return the names in *expression* that are handed to no function and asked for no attribute."""
    found, stack = [], [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name):
            found.append(node)
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            stack += node.elts
        elif isinstance(node, ast.Dict):
            stack += [each for each in (*node.keys, *node.values) if each is not None]
        elif isinstance(node, ast.BinOp):
            stack += [node.left, node.right]
    return found
