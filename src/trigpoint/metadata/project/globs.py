"""The patterns of ``license-files``.

Source: Glob patterns specification; PEP 639.
"""

from __future__ import annotations

import re

__all__ = ["glob_problem"]

_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:").match
_TOKEN = re.compile(r"(?:[^\W_]|[ _./?-])+|\*{1,2}(?!\*)|\[(?:[^\W_]|[ _.-])+\]")


def glob_problem(pattern: str) -> tuple[str, str, str]:
    r"""Return what is wrong with *pattern*, what to do, and the pattern to write if there is one.

    All three are empty for a pattern that the specification allows.

    >>> glob_problem("LICEN[CS]E*"), glob_problem("licenses\\MIT.txt")[2]
    (('', '', ''), 'licenses/MIT.txt')
    """
    if not pattern:
        return "the pattern is empty", "name a file, such as LICENSE", ""
    if ".." in re.split(r"[/\\]", pattern):
        return (
            f"{pattern!r} leaves the project",
            "write a pattern for files below pyproject.toml",
            "",
        )
    if _ABSOLUTE(pattern):
        bare = pattern.lstrip("/")
        better = bare if bare != pattern and not any(glob_problem(bare)) else ""
        return (
            f"{pattern!r} is not relative",
            f"write {better}" if better else "write a path relative to pyproject.toml",
            better,
        )
    if "\\" in pattern:
        better = pattern.replace("\\", "/")
        return (
            "folders are separated by /",
            f"write {better}",
            "" if any(glob_problem(better)) else better,
        )
    at = 0
    while token := _TOKEN.match(pattern, at):
        at = token.end()
    if at < len(pattern):
        message = f"{pattern[at]!r} has no meaning in a pattern"
        if pattern[at] == "[":
            message = "between brackets stand letters, digits, and _ - . alone"
        elif pattern[at] == "*":
            message = "more than two * in a row have no meaning"
        return message, "use letters, digits, _ - . / and the wildcards * ? ** [ ]", ""
    return "", "", ""
