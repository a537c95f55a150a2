"""Fixes as a patch, which ``git apply`` and ``patch -p1`` carry out.

Source: the unified format of diff, with the names of git.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from trigpoint.findings import Fix, apply_fix
from trigpoint.projects.review.project import Found

__all__ = ["carried_out", "patch", "patch_of"]

_SPECIAL = re.compile(r'[\0-\x1f\x7f"\\]')
_LINES = re.compile(r"[^\n]*\n|[^\n]+\Z")


def patch(path: str, before: str, after: str) -> str:
    r"""Return what makes *after* of *before*, the text of the file at *path*; empty for nothing.

    >>> print(patch("a.txt", "one\n", "two\n"), end="")
    --- a/a.txt
    +++ b/a.txt
    @@ -1 +1 @@
    -one
    +two
    """
    old, new = _LINES.findall(before), _LINES.findall(after)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(old, new, _name(f"a/{path}"), _name(f"b/{path}"))
    )


def _name(path: str) -> str:
    """Return *path* as git writes it, in quotes if it holds what would end its line."""
    if not _SPECIAL.search(path):
        return path
    return '"' + _SPECIAL.sub(lambda match: f"\\{ord(match[0]):03o}", path) + '"'


def carried_out(text: str, fixes: Iterable[Fix]) -> str:
    """Return *text* with all of *fixes* carried out that a button can, but for overlapping ones."""
    ready = {
        (fix.span.start, fix.span.end, fix.replacement): fix
        for fix in fixes
        if fix.span is not None and fix.replacement is not None
    }
    left = len(text) + 1
    for start, end, _ in sorted(ready, key=lambda each: each[:2], reverse=True):
        if end <= left and start < left:
            fix = next(value for key, value in ready.items() if key[:2] == (start, end))
            text = apply_fix(text, fix)
            left = start
    return text


def patch_of(found: Iterable[Found], texts: Mapping[str, str]) -> str:
    """Return one patch with the fixes of all *found*; *texts* holds each file's text by its path."""
    fixes: dict[str, list[Fix]] = {}
    for each in found:
        if each.finding.fix is not None and each.path in texts:
            fixes.setdefault(each.path, []).append(each.finding.fix)
    return "".join(
        patch(path, texts[path], carried_out(texts[path], wanted)) for path, wanted in fixes.items()
    )
