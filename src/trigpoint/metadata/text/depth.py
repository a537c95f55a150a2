r"""How deep JSON and TOML nest, before anything recursive reads them.

The readers of the standard library go down one call a level.  Natively that
ends in :exc:`RecursionError`; in WebAssembly the stack can end first, and then
the whole engine is gone.  A dotted TOML key of n parts also makes n tables,
and places for each of them.  So brackets and parts are counted first: one pass
over the tokens, with a stack of what is open.

Worked example, TOML: in ``a.b = [{ c = 1 }]`` the key opens two levels, the
array and the table one each, and ``c`` one more: five.

Source: RFC 8259, section 9 (a reader may set limits); TOML 1.0.
"""

from __future__ import annotations

import re

__all__ = ["MOST_LEVELS", "json_too_deep", "toml_too_deep"]

MOST_LEVELS = 100
"""Levels that JSON or TOML may nest: brackets, and the parts of dotted keys around a value."""

_JSON = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{\]}]', re.DOTALL)
# A string that never ends takes the rest of its line, or of the text, as one token.
_TOML = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5})?'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5})?"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
    r"|[\[\]{}=,.\n]",
    re.DOTALL,
)


def json_too_deep(text: str, limit: int = MOST_LEVELS) -> int | None:
    """Return where *text*, JSON or not, opens more than *limit* brackets; None if nowhere.

    >>> json_too_deep('[["]]"]]', limit=1), json_too_deep('["[["]', limit=1)
    (1, None)
    """
    if text.count("[") + text.count("{") <= limit:  # nearly always
        return None
    depth = 0
    for token in _JSON.finditer(text):
        first = token[0][0]
        if first in "[{":
            depth += 1
            if depth > limit:
                return token.start()
        elif first != '"' and depth:
            depth -= 1
    return None


def toml_too_deep(text: str, limit: int = MOST_LEVELS) -> int | None:
    """Return where *text*, TOML or not, nests deeper than *limit*; None if nowhere.

    Levels are arrays, inline tables, and each part of the keys and of the
    table header around them.

    >>> toml_too_deep("a.b = [{ c = 1 }]", limit=4), toml_too_deep("a = ['[[', 1.5]", limit=2)
    (7, None)
    """
    if text.count("[") + text.count("{") + text.count(".") + text.count("=") <= limit:
        return None
    opened: list[tuple[str, int]] = []
    """What is open: the bracket, and the level of what stands in it."""
    level = 0  # of what is open
    parts = 1  # of the key that is being read
    header = 0  # of the table
    in_key = True
    in_header = False
    for token in _TOML.finditer(text):
        mark = token[0][0]
        if in_header and mark != "\n":
            if mark == ".":
                parts += 1
                if parts > limit:
                    return token.start()
        elif mark == "\n":
            if not opened:
                if in_header:
                    header, in_header = parts, False
                level, parts, in_key = header, 1, True
        elif mark == ".":
            parts += in_key
        elif mark == "=":
            level += parts
            parts, in_key = 1, False
        elif mark == "[" and in_key and not opened:
            in_header = True
        elif mark in "[{":
            opened.append((mark, level))
            level += 1
            in_key = mark == "{"
        elif mark in "]}" and opened:
            _, level = opened.pop()
            in_key = False
        elif mark == "," and opened:
            kind, outer = opened[-1]
            level, in_key = outer + 1, kind == "{"
        if level + (parts if in_key else 0) > limit:
            return token.start()
    return None
