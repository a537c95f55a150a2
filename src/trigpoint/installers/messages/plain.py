"""What a terminal showed, without what only a terminal needs.

A log is pasted with colours, frames, quotation marks of several kinds and lines that
were wrapped for a width nobody knows.  Here all of that becomes single blanks and line
ends, and every letter that is left still knows where it stood.
"""

from __future__ import annotations

import bisect
import re
from typing import Final

__all__ = ["Plain", "plain"]

_ESCAPE: Final = (
    r"\x1b(?:\[[0-?]{0,60}[ -/]{0,4}[@-~]?|\][^\x07\x1b\n]{0,300}(?:\x07|\x1b\\)?|[@-Z\\^_])?"
)
_FRAME: Final = "│┃╎┆╰╭╮╯├└┌┐┘─━▶×✖"
# What a build service or a mail program puts in front of each line.
_PREFIX: Final = (
    r"(?:#\d{1,6}[ ]\d{1,9}\.\d{1,9}[ ]|\d{4}-\d\d-\d\dT[\d:.]{5,20}Z[ ]|[ \t]{0,8}[>|][ ]){1,4}"
)
_RUN: Final = re.compile(
    rf"(?:(?:\A|\n){_PREFIX}|{_ESCAPE}|[^\S ]|[{_FRAME}]+>?|[ ](?=[\s{_FRAME}\x1b]))"
    rf"(?:(?<=\n){_PREFIX}|{_ESCAPE}|[\s{_FRAME}]|(?<=─)>)*"
)
_ESCAPES: Final = re.compile(_ESCAPE)
_QUOTES: Final = str.maketrans("‘’‛“”„´", "'''\"\"\"'")
_FOLDED: Final = {
    **{ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    ord("\n"): " ",
    ord('"'): "'",
    ord("`"): "'",
}


class Plain:
    """A text as it was meant, and where each of its letters stood.

    ``text`` has single blanks, and single line ends where the original had one;
    ``folded`` is the same in small letters, with blanks for line ends and one kind of
    quotes, letter for letter as long.
    """

    __slots__ = ("_froms", "_starts", "folded", "text")

    def __init__(self, text: str, starts: list[int], froms: list[int]) -> None:
        self.text = text
        self.folded = text.translate(_FOLDED)
        self._starts = starts
        self._froms = froms

    def origin(self, at: int) -> int:
        """Return where in the original the letter at offset *at* stood."""
        piece = bisect.bisect_right(self._starts, at) - 1
        return self._froms[piece] + at - self._starts[piece]


def plain(text: str, *, joined: bool = False) -> Plain:
    r"""Return *text* without colours, frames and wrapping.

    With *joined*, line ends fall away instead of becoming blanks, for a terminal
    that broke its lines in the middle of a word.

    >>> plain("\x1b[31mERROR:\x1b[0m  a\n  │ b").text
    'ERROR: a\nb'
    >>> plain("requires-\ndist", joined=True).text
    'requires-dist'
    """
    pieces: list[str] = []
    starts: list[int] = []
    froms: list[int] = []
    done = length = 0

    def take(piece: str, start: int) -> None:
        nonlocal length
        if piece:
            starts.append(length)
            froms.append(start)
            pieces.append(piece)
            length += len(piece)

    for match in _RUN.finditer(text):
        take(text[done : match.start()], done)
        done = match.end()
        run = match[0]
        if "\n" in run or "\r" in run:
            take("" if joined else "\n", match.start())
        elif _ESCAPES.sub("", run):
            take(" ", match.start())
    take(text[done:], done)
    return Plain("".join(pieces).translate(_QUOTES), starts, froms)
