"""The form of tox and setuptools, with the place of every line.

Source: ``configparser``, of which tox and setuptools use sections, keys and indented lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from trigpoint.projects.review.pieces import Piece, Source

__all__ = ["Ini", "read_ini"]

_SECTION: Final = re.compile(r"\[([^\]]+)\]").match
_KEY: Final = re.compile(r"([^\s=:#;\[][^=:]*?)[ \t]*[=:][ \t]*").match


@dataclass(frozen=True, slots=True)
class Ini:
    """``sections`` holds, by its name, each section: by key the lines of the value."""

    sections: dict[str, dict[str, list[Piece]]]

    def lines(self, section: str, key: str) -> list[Piece]:
        """Return the lines of the value at *key* of *section*; none if there is none."""
        return self.sections.get(section, {}).get(key, [])


def read_ini(path: str, text: str) -> Ini:
    r"""Return what *text*, the file at *path*, says; lines that say nothing are passed over.

    >>> read_ini("tox.ini", "[testenv]\nextras =\n  a\n").lines("testenv", "extras")[0].value
    'a'
    """
    source = Source.of(path, text)
    found: dict[str, dict[str, list[Piece]]] = {}
    section: dict[str, list[Piece]] = {}
    value: list[Piece] | None = None
    at = 0
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        start = at + len(line) - len(line.lstrip())
        at += len(line)
        if not plain or plain[0] in "#;":
            continue
        indented = line[0] in " \t"
        if indented and value is not None:
            value.append(Piece(source, plain, start, start + len(plain)))
            continue
        if match := _SECTION(plain):
            section, value = found.setdefault(match[1].strip(), {}), None
        elif match := _KEY(plain):
            value = section.setdefault(match[1].strip().lower().replace("-", "_"), [])
            if rest := plain[match.end() :]:
                begin = start + match.end()
                value.append(Piece(source, rest, begin, begin + len(rest)))
    return Ini(found)
