"""The form of tox.ini and setup.cfg, with the place of every line.

Source: ``configparser``, of which tox and setuptools use sections, keys and indented lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from trigpoint.projects.review.pieces import Piece, Source

__all__ = ["Ini", "IniValue", "normal", "read_ini"]

_SECTION: Final = re.compile(r"\[([^\]]+)\]").match
_KEY: Final = re.compile(r"([^\s=:#;\[][^=:]*?)[ \t]*[=:][ \t]*").match


@dataclass(frozen=True, slots=True)
class IniValue:
    """The value of a key: ``line`` is where the key stands, and ``lines`` hold what it says.

    The value of the piece ``line`` is the key as written, and its place the whole line.
    """

    line: Piece
    lines: list[Piece] = field(default_factory=list)

    @property
    def raw(self) -> list[str]:
        """The value by lines, of which the first stands beside the key, and may be empty."""
        values = [each.value for each in self.lines]
        beside = self.lines and self.lines[0].start < self.line.end
        return values if beside else ["", *values]


@dataclass(frozen=True, slots=True)
class Ini:
    """``sections`` holds, by its name, each section: by key, as written, its first value."""

    sections: dict[str, dict[str, IniValue]]

    def lines(self, section: str, key: str) -> list[Piece]:
        """Return the lines of the value at *key* of *section*; none if there is none.

        *key* is in lower case and has underscores, as :func:`normal` writes it.
        """
        for written, value in self.sections.get(section, {}).items():
            if normal(written) == key:
                return value.lines
        return []


def normal(key: str) -> str:
    """Return *key* in lower case, with underscores.

    >>> normal("License-Files")
    'license_files'
    """
    return key.lower().replace("-", "_")


def read_ini(path: str, text: str) -> Ini:
    r"""Return what *text*, the file at *path*, says; lines that say nothing are passed over.

    >>> read_ini("tox.ini", "[testenv]\nextras =\n  a\n").lines("testenv", "extras")[0].value
    'a'
    """
    source = Source.of(path, text)
    found: dict[str, dict[str, IniValue]] = {}
    section: dict[str, IniValue] = {}
    value: IniValue | None = None
    at = 0
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        start = at + len(line) - len(line.lstrip())
        at += len(line)
        if not plain or plain[0] in "#;":
            continue
        if line[0] in " \t" and value is not None:
            value.lines.append(Piece(source, plain, start, start + len(plain)))
        elif match := _SECTION(plain):
            section, value = found.setdefault(match[1].strip(), {}), None
        elif match := _KEY(plain):
            key = match[1].strip()
            value = IniValue(Piece(source, key, start, start + len(plain)))
            section.setdefault(key, value)
            if rest := plain[match.end() :]:
                begin = start + match.end()
                value.lines.append(Piece(source, rest, begin, begin + len(rest)))
    return Ini(found)
