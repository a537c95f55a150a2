r"""Tables as TOML, and a pyproject.toml in which they stand beside what was there.

Idea: the old text is cut at the headers of its tables; tables that were taken over go, all
others stay to the letter.  The result is read again, and must say what was meant.

Cost: linear in the text.

Source: TOML 1.0.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from trigpoint.metadata.project.sheet import quoted, spelled
from trigpoint.metadata.project.toml import positions

__all__ = ["LINE", "cut", "inline", "tables"]

LINE: Final = 100
"""Letters of a line above which an array is written with an item a line."""

_COMMENTS: Final = re.compile(r"(?:(?:^|(?<=\n))[ \t]*#[^\n]*\n)+\Z")


def inline(value: object) -> str:
    """Return *value* as TOML in one line.

    >>> print(inline({"file": ["a", 'say "x"'], "on": True}))
    { file = ["a", 'say "x"'], on = true }
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        items = [f"{spelled((str(key),))} = {inline(item)}" for key, item in value.items()]
        return f"{{ {', '.join(items)} }}" if items else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(inline, value))}]"
    if isinstance(value, (int, float)):
        return str(value)
    return quoted(str(value))


def tables(data: Mapping[str, Any]) -> str:
    """Return *data*, tables by name, as TOML.

    >>> print(tables({"project": {"name": "a", "urls": {"Home page": "x"}}}), end="")
    [project]
    name = "a"
    <BLANKLINE>
    [project.urls]
    "Home page" = "x"
    """
    parts: list[str] = []
    for name, value in data.items():
        _table((name,), value, parts)
    return "\n".join(parts)


_INLINE: Final = frozenset({"readme", "license"})
"""Tables that are short, and look better as values."""


def _table(path: tuple[str, ...], table: Mapping[str, Any], parts: list[str]) -> None:
    keys, below = [], []
    for key, value in table.items():
        if (
            not isinstance(value, Mapping)
            or key in _INLINE
            or path[-2:] == ("setuptools", "dynamic")
        ):
            keys.append(_pair(key, value))
        else:
            below.append((key, value))
    if keys or not below:
        parts.append(f"[{spelled(path)}]\n" + "".join(keys))
    for key, value in below:
        _table((*path, key), value, parts)


def _pair(key: str, value: object) -> str:
    line = f"{spelled((key,))} = {inline(value)}"
    if len(line) <= LINE or not isinstance(value, list) or not value:
        return f"{line}\n"
    items = "".join(f"  {inline(item)},\n" for item in value)
    return f"{spelled((key,))} = [\n{items}]\n"


def cut(text: str, gone: tuple[tuple[str, ...], ...]) -> tuple[str, str]:
    r"""Return *text*, a TOML document, without the tables at or below one of *gone*.

    What stands in front of the first table comes apart from the rest.  Comments right above a
    header belong to it, but at the top of the file, where they may be about all of it.

    >>> cut('# top\n[a]\nx = 1\n# of b\n[b.c]\ny = 2\n', (("a",),))
    ('# top\n', '# of b\n[b.c]\ny = 2\n')
    """
    starts = positions(text).headers
    if not starts:
        return text, ""
    kept: list[str] = []
    comment = ""
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        body, following = text[start:end], ""
        if end < len(text) and (found := _COMMENTS.search(body)):
            body, following = body[: found.start()], found[0]
        path = _header(body)
        if not any(path[: len(each)] == each for each in gone):
            kept.append(comment + body)
        comment = following
    return text[: starts[0]], "".join(kept)


def _header(chunk: str) -> tuple[str, ...]:
    """Return the path in the header that *chunk* begins with."""
    line = chunk.partition("\n")[0].rstrip("\r")
    value: Any = tomllib.loads(line)
    path: tuple[str, ...] = ()
    while isinstance(value, (dict, list)) and value:
        if isinstance(value, list):
            value = value[0]
            continue
        ((key, value),) = value.items()
        path = (*path, key)
    return path
