r"""Text that was decoded with the wrong encoding, and what it was.

``José`` in UTF-8 is ``JosÃ©`` to who reads it as Latin-1 or Windows-1252, and if that is
saved and read again, ``JosÃƒÂ©``.  A run of such characters is the bytes of UTF-8; it is
put back as often as that gives fewer characters.

Real text hardly ever looks so: a capital with an accent in front of a closing quote
or a dash is all that does, and left alone where it stands by itself.

Cost: linear; each value is put back :data:`MOST_TIMES` times at most.

Source: the mapping of Windows-1252 in Unicode's ``CP1252.TXT``.
"""

from __future__ import annotations

import re

__all__ = ["MOST_TIMES", "unscrambled"]

MOST_TIMES = 3
"""How often in a row a text may have been decoded wrongly."""

_HIGH = {
    char: byte
    for byte in range(0x80, 0x100)
    for char in {bytes([byte]).decode("cp1252", "ignore"), chr(byte)} - {""}
}
_ODD = "".join(map(re.escape, _HIGH))
_RUN = re.compile(f"[{_ODD}]{{2,}}")
_CONTROL = re.compile("[\x80-\x9f]").search
# What may close a word or stand behind it, and is a byte of UTF-8 too.
_CLOSING = frozenset("\u2019\u201d\u203a\u00bb\u2026\u2013\u2014\u2122\u00ae\u00a0\u00b0\u00b7")


def _bytes(run: str) -> bytes:
    return bytes(_HIGH[char] for char in run)


def _once(text: str) -> str:
    doubtful = []

    def back(match: re.Match[str]) -> str:
        run = match[0]
        try:
            meant = _bytes(run).decode("utf-8")
        except UnicodeDecodeError:
            return run
        if len(run) == 2 and run[1] in _CLOSING and run[0] not in "\u00c2\u00c3":
            doubtful.append(run)
        return meant

    better = _RUN.sub(back, text)
    # By itself it is more likely a word in capitals with a quote behind.
    return text if len(doubtful) == 1 and len(_RUN.findall(text)) == 1 else better


def unscrambled(text: str) -> str:
    r"""Return what *text* was before it was decoded wrongly; *text* itself if it was not.

    >>> unscrambled("Jos\u00c3\u00a9"), unscrambled("Jos\u00e9")
    ('José', 'José')
    """
    meant = text
    for _ in range(MOST_TIMES):
        better = _once(meant)
        if better == meant:
            break
        meant = better
    # No text was meant to have control characters.
    return text if _CONTROL(meant) else meant
