r"""The words of a file in colours: comments, texts, names and the words of the language.

Idea: one expression for each kind of file finds its pieces from left to right, and what is between
them has no colour.  It reads what the templates hold, and is no parser; a piece that does not end
goes to the end of the file.

Cost: linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from trigpoint.kept import keeps, letters_of

__all__ = ["NAMES", "lines"]

_HASH: Final = r"(?P<comment>#[^\n]*)"
_TEXT: Final = r'"(?:[^"\\\n]|\\.)*"?'
_TEXTS: Final = rf"(?P<string>{_TEXT}|'(?:[^'\\\n]|\\.)*'?)"
_LONG: Final = rf'(?P<string>"""[\s\S]*?(?:"""|\Z)|\'\'\'[\s\S]*?(?:\'\'\'|\Z)|{_TEXT}|\'(?:[^\'\\\n]|\\.)*\'?)'
_NUMBER: Final = r"(?P<number>(?<![\w.])\d[\w.]*)"
_SLASHES: Final = r"(?P<comment>//[^\n]*|/\*[\s\S]*?(?:\*/|\Z))"


def _words(words: str) -> str:
    return rf"(?P<word>\b(?:{'|'.join(words.split())})\b)"


_PYTHON: Final = (
    "and as assert async await break class continue def del elif else except False finally for"
    " from global if import in is lambda None nonlocal not or pass raise return True try while"
    " with yield"
)
_CYTHON: Final = f"{_PYTHON} cdef cpdef cimport nogil const double int"
_C: Final = (
    "auto break case catch char class const continue default do double else enum extern false for"
    " if inline int long namespace nullptr return short sizeof static struct switch template this"
    " throw true try typedef unsigned using void while"
)
_RUST: Final = (
    "as break const crate else enum false fn for if impl in let loop match mod mut pub ref return"
    " self static struct true type use where while"
)
_FORTRAN: Final = (
    "allocatable call contains dimension do double else end function if implicit integer intent"
    " module none only parameter precision program pure real result return subroutine then use"
)


def _of(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.MULTILINE)


_TOML: Final = _of(
    _HASH,
    r"(?P<table>^\[[^\n\]]*\]+)",
    r'(?P<key>^[ \t]*[\w."-]+(?=[ \t]*=))',
    _LONG,
    _words("true false"),
    _NUMBER,
)
_YAML: Final = _of(
    r"(?P<comment>(?:^|(?<=[ \t]))#[^\n]*)",
    r"(?P<key>^[ \t]*(?:-[ \t]+)?[\w./\"'-]+(?=:(?:[ \t]|$)))",
    _TEXTS,
    _words("true false"),
)
_HASHED: Final = _of(_HASH, _TEXTS, _words("if else elseif endif foreach endforeach set"))
_SHAPES: Final = {
    ".py": _of(_HASH, _LONG, _words(_PYTHON), _NUMBER),
    ".pyi": _of(_HASH, _LONG, _words(_PYTHON), _NUMBER),
    ".pyx": _of(_HASH, _LONG, _words(_CYTHON), _NUMBER),
    ".toml": _TOML,
    ".lock": _TOML,
    ".yml": _YAML,
    ".yaml": _YAML,
    ".cff": _YAML,
    ".c": _of(_SLASHES, r"(?P<key>^#[^\n]*)", _TEXTS, _words(_C), _NUMBER),
    ".cpp": _of(_SLASHES, r"(?P<key>^#[^\n]*)", _TEXTS, _words(_C), _NUMBER),
    # A quote is also the beginning of a lifetime.
    ".rs": _of(_SLASHES, r"(?P<key>^#!?\[[^\n]*)", rf"(?P<string>{_TEXT})", _words(_RUST), _NUMBER),
    ".f90": _of(r"(?P<comment>![^\n]*)", _TEXTS, _words(_FORTRAN), _NUMBER),
    ".md": _of(r"(?P<table>^#+ [^\n]*)", r"(?P<string>`[^`\n]+`)"),
    ".txt": _HASHED,
    ".build": _HASHED,
    "": _of(r"(?P<comment>^#[^\n]*)"),
}
_UNKNOWN: Final = re.compile(r"(?!)")

NAMES: Final = ("comment", "key", "number", "string", "table", "word")
"""What a piece may be called."""


@keeps(64, letters_of)
def lines(text: str, path: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    r"""Return the lines of *text*, the file at *path*: each pieces with the name of its colour.

    A piece without a colour has the name ``""``.

    >>> lines("a = 1  # b\n", "p.toml")
    ((('key', 'a'), ('', ' = '), ('number', '1'), ('', '  '), ('comment', '# b')),)
    """
    found: list[list[tuple[str, str]]] = [[]]
    for name, piece in _pieces(text, _SHAPES.get(PurePosixPath(path).suffix, _UNKNOWN)):
        first, *others = piece.split("\n")
        if first:
            found[-1].append((name, first))
        found += [[(name, each)] if each else [] for each in others]
    if len(found) > 1 and not found[-1]:
        found.pop()
    return tuple(map(tuple, found))


def _pieces(text: str, shape: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    done = 0
    for match in shape.finditer(text):
        if match.start() > done:
            yield "", text[done : match.start()]
        yield match.lastgroup or "", match[0]
        done = match.end()
    if done < len(text):
        yield "", text[done:]
