"""The patterns of ``license-files``.

Idea: a pattern is a row of tokens, and a path a row of parts; a part is a row of letters in
turn.  In both, one token stands for any number of things.  Where a row does not go on, the
last such token takes one thing more: to look further back never helps.

Cost: the length of the pattern times that of the path, for each path.

Worked example: ``a/**/b*`` has the tokens ``a``, ``**`` and ``b*``; the path ``a/x/b1`` has
three parts, of which ``**`` takes the second.

Source: PEP 639, "Add license-files key".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

__all__ = ["LONGEST_PATTERN", "license_pattern"]

LONGEST_PATTERN: Final = 300
"""Letters of a pattern that is looked at."""

_TOKENS: Final = re.compile(r"\*+|\?|\[[\w.-]+\]|.", re.DOTALL)

_Item = TypeVar("_Item")
_Token = TypeVar("_Token")


def license_pattern(pattern: str) -> Callable[[str], bool]:
    """Return what says whether a path, with ``/`` between its parts, is one that *pattern* means.

    ``*`` is any letters of one part, ``?`` one letter, ``[...]`` one of these, and ``**`` any
    number of parts.

    >>> matches = license_pattern("licenses/**/*.txt")
    >>> matches("licenses/a.txt"), matches("licenses/x/y/a.txt"), matches("a.txt")
    (True, True, False)
    """
    parts = pattern.split("/")
    if parts[-1] == "**":
        # Here it stands for files, and there is at least one.
        parts.append("*")
    tokens = [_TOKENS.findall(part) for part in parts]
    return lambda path: _fits(tokens, path.split("/"), _is_folders, _part)


def _fits(
    tokens: Sequence[_Token],
    items: Sequence[_Item],
    is_many: Callable[[_Token], bool],
    fits: Callable[[_Token, _Item], bool],
) -> bool:
    """Say whether *items* are what *tokens* stand for.

    *is_many* says which token stands for any number, and *fits* whether another is an item.
    """
    at, done, last, taken = 0, 0, -1, 0
    while done < len(items):
        if at < len(tokens) and is_many(tokens[at]):
            last, taken = at, done
            at += 1
        elif at < len(tokens) and fits(tokens[at], items[done]):
            at += 1
            done += 1
        elif last >= 0:
            at, taken = last + 1, taken + 1
            done = taken
        else:
            return False
    return all(map(is_many, tokens[at:]))


def _is_folders(part: list[str]) -> bool:
    return part == ["**"]


def _part(tokens: list[str], part: str) -> bool:
    return _fits(tokens, part, _is_letters, _letter)


def _is_letters(token: str) -> bool:
    return token[0] == "*"


def _letter(token: str, letter: str) -> bool:
    if len(token) == 1:
        return token in ("?", letter)
    # One of the letters between the brackets, where a hyphen makes a range of its neighbours.
    inside, at = token[1:-1], 0
    while at < len(inside):
        last = at + 2 if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside) else at
        if inside[at] <= letter <= inside[last]:
            return True
        at = last + 1
    return False
