"""Runs in Pyodide before the memory snapshot is taken: every lab answers its examples.

What is imported here is in the snapshot.  Whoever starts from it gets the files of
all other modules a little later; until then an import of one of them ends the
answer, so that no ``except ImportError`` takes a module for missing, and the engine
asks again once the files are there.

Every byte of the snapshot goes over a reader's line, so it holds no docstrings, which
no lab reads, and nothing that only happened to lie in a buffer.
"""

import ast
import gc
import io
import json
import sys
import zipfile
import zipimport
from types import CodeType
from typing import Any

SMALL = 8 * 1024
"""Bytes of a buffer, in the place of Python's own 128 KiB."""


class _Silent(ast.NodeTransformer):
    """Takes the docstrings away."""

    def _cut(self, node: Any) -> Any:
        self.generic_visit(node)
        if ast.get_docstring(node, clean=False) is not None:
            text, *rest = node.body
            if isinstance(node, ast.ClassDef):
                # A dataclass without a text of its own writes one, and a long one.
                text.value.value = "."
            else:
                node.body = rest or [ast.copy_location(ast.Pass(), text)]
        return node

    visit_Module = visit_ClassDef = visit_FunctionDef = visit_AsyncFunctionDef = _cut  # noqa: N815


def _compile_silent(path: str, source: bytes) -> CodeType:
    """Compile as :mod:`zipimport` does, but for the docstrings."""
    tree = _Silent().visit(ast.parse(source.replace(b"\r\n", b"\n"), path))
    code: CodeType = compile(tree, path, "exec", dont_inherit=True)
    return code


# What compiles for an import from a zip is a name of the module that nobody promises.
_importing: Any = zipimport
_usual, _importing._compile_source = _importing._compile_source, _compile_silent

import encodings.cp437  # noqa: F401 - the names in a wheel that somebody drops

from trigpoint import labs

for _name in labs.LABS:
    for _example in labs.examples(_name):
        labs.answer(_name, json.dumps(_example["request"]))


class FilesToComeError(BaseException):
    """A module is needed whose file is still on its way."""


class _Watch:
    """The first that Python asks where a module is, and the last as long as it is there."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        """End what imports the module *name*, if a file that is to come may hold it.

        What a lab only looks for, such as PyYAML, is in none of them: that it is not there
        is known at once.
        """
        package = name.partition(".")[0]
        # Those with a name such as _sysconfigdata__emscripten are in no list.
        if package in sys.stdlib_module_names or package in sys.modules or package[0] == "_":
            raise FilesToComeError(name)


def files_have_come() -> None:
    """Let every module be imported from now on."""
    sys.meta_path.remove(_Watch)


def _shrink_buffers() -> None:
    """Give what is open small buffers: the others are full of what was in memory before."""
    for name in ("stdin", "stdout", "stderr"):
        old = getattr(sys, name)
        settings = {
            "encoding": old.encoding,
            "errors": old.errors,
            "line_buffering": old.line_buffering,
            "write_through": old.write_through,
        }
        mode = old.mode
        buffer = old.detach()
        new: Any = io.TextIOWrapper(type(buffer)(buffer.detach(), SMALL), **settings)
        new.mode = mode
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    for archive in gc.get_objects():
        if isinstance(archive, zipfile.ZipFile) and isinstance(archive.fp, io.BufferedReader):
            archive.fp = io.BufferedReader(archive.fp.detach(), SMALL)


_importing._compile_source = _usual
sys.meta_path.insert(0, _Watch)
_shrink_buffers()
del _name, _example
gc.collect()
