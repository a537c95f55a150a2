"""Where the keys and values of a TOML text are.

``tomllib`` reads values but gives no places.  This finder gives places but reads
no values: it walks over a text that ``tomllib`` has accepted.

Source: TOML 1.0.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

__all__ = ["Path", "Places", "TomlPlace", "positions"]

Path = tuple["str | int", ...]
"""Keys and list positions that lead to a value, such as ``("project", "dependencies", 0)``."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*")
_INLINE_BLANK = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\r\n]*")


class TomlPlace(NamedTuple):
    """Offsets of a key (of a table: its header; of a list item: the item) and of its value."""

    key_start: int
    key_end: int
    start: int
    end: int


class Places(dict[Path, TomlPlace]):
    """The place of every key and list item by its path; ``headers`` is where headers start."""

    def __init__(self) -> None:
        super().__init__()
        self.headers: list[int] = []


def positions(text: str) -> Places:
    """Return the place of every key and list item of *text*, a TOML document.

    It must be one that :func:`tomllib.loads` accepts.  A table has the
    place of the header or key that opens it first; offsets are code points.

    >>> text = 'a.b = ["x", 1]'
    >>> place = positions(text)["a", "b", 0]
    >>> text[place.start : place.end]
    '"x"'
    """
    finder = _Finder(text)
    finder.document()
    return finder.found


class _Finder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = Places()
        self.lists: dict[Path, int] = {}
        """Position of the last table of each list of tables."""

    def skip(self, pattern: re.Pattern[str] = _BLANK) -> None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()

    def peek(self, size: int = 1) -> str:
        return self.text[self.at : self.at + size]

    def document(self) -> None:
        table: Path = ()
        self.skip()
        while self.at < len(self.text):
            start = self.at
            if self.peek() == "[":
                table = self.header(start)
            else:
                self.pair(table)
            if self.at == start:
                return  # only for a text that is no TOML: better no place than no end
            self.skip()

    def header(self, start: int) -> Path:
        self.found.headers.append(start)
        double = self.peek(2) == "[["
        self.at += 2 if double else 1
        keys = self.key()
        self.at += 2 if double else 1
        path: Path = ()
        for i, (key, _, _) in enumerate(keys):
            path = (*path, key)
            last = i == len(keys) - 1
            if last and double:
                self.lists[path] = self.lists.get(path, -1) + 1
                self.found.setdefault(path, TomlPlace(start, self.at, start, self.at))
            if path in self.lists:
                path = (*path, self.lists[path])
            self.found.setdefault(path, TomlPlace(start, self.at, start, self.at))
        return path

    def key(self) -> list[tuple[str, int, int]]:
        """Read a dotted key: each part with its place."""
        parts: list[tuple[str, int, int]] = []
        while True:
            self.skip(_INLINE_BLANK)
            start = self.at
            if self.peek() in ("'", '"'):
                match = _STRING.match(self.text, start)
            else:
                match = _BARE_KEY.match(self.text, start)
            if match is None:
                return parts
            self.at = match.end()
            parts.append((_read_key(match[0]), start, self.at))
            self.skip(_INLINE_BLANK)
            if self.peek() != ".":
                return parts
            self.at += 1

    def pair(self, table: Path) -> None:
        keys = self.key()
        if not keys:
            return
        self.at += 1  # the equals sign
        self.skip(_INLINE_BLANK)
        start = self.at
        path = table
        opened = []
        for key, key_start, key_end in keys:
            path = (*path, key)
            opened.append((path, key_start, key_end))
        self.value(path)
        for part, key_start, key_end in opened[:-1]:
            self.found.setdefault(part, TomlPlace(key_start, key_end, start, self.at))
        part, key_start, key_end = opened[-1]
        self.found[part] = TomlPlace(key_start, key_end, start, self.at)

    def value(self, path: Path) -> None:
        first = self.peek()
        if first in ("'", '"'):
            match = _STRING.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)
        elif first == "[":
            self.items(path)
        elif first == "{":
            self.at += 1
            self.skip()
            while self.at < len(self.text) and self.peek() != "}":
                before = self.at
                self.pair(path)
                self.skip()
                if self.peek() == ",":
                    self.at += 1
                    self.skip()
                if self.at == before:
                    return
            self.at += 1
        else:
            match = _SCALAR.match(self.text, self.at)
            if match:
                self.at += len(match[0].rstrip(" \t"))

    def items(self, path: Path) -> None:
        self.at += 1
        self.skip()
        i = 0
        while self.at < len(self.text) and self.peek() != "]":
            start = self.at
            self.value((*path, i))
            self.found[(*path, i)] = TomlPlace(start, self.at, start, self.at)
            i += 1
            self.skip()
            if self.peek() == ",":
                self.at += 1
                self.skip()
            if self.at == start:
                return
        self.at += 1


def _read_key(written: str) -> str:
    if written[0] == "'":
        return written[1:-1]
    if written[0] != '"':
        return written
    if "\\" not in written:
        return written[1:-1]
    (key,) = tomllib.loads(f"{written} = 0")
    return str(key)
