"""From bytes to header lines: the one pass over a document.

What counts as a header follows the email parser with the ``compat32`` policy,
which the specification names as the practical standard.  Nothing is changed or
dropped here, and the body is not looked at.

The idea: one pattern matches a header with its folded lines; it is iterated until
it matches nothing.  What stands there then ends the headers, or is one of three
kinds of line that readers ignore, and the iteration goes on behind it.

The invariant: everything before ``position`` is in a match or a stray line.

Worked example: ``Name: x``, ``:y``, ``Version: 1``, a blank line, ``Hello``: two
matches around a stray line without name; the headers end at the blank line and
the body starts after it.

Cost: linear; each character is looked at by one match, and the line behind an
envelope line twice.

Nearly all documents have nothing but lines such as ``Name: x`` for headers.  Those are
told by :func:`one_line_headers` with one match, and their values are taken in runs of one name.

Source: Core metadata specifications; RFC 822, section 3.1; ``email.feedparser``.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

__all__ = [
    "Scan",
    "Stray",
    "decode",
    "encode",
    "one_line_headers",
    "read_text",
    "runs",
    "scan",
    "unfold",
]

# The name and the first line are in groups 1 and 2, folded lines in group 3.
# The empty alternative ends the iteration at the first line that is no header.
_LF = re.compile(r"([!-9;-~]+):[ \t]*([^\n]*)((?:\n[ \t][^\n]*)*)(?:\n|\Z)|")
_ANY = re.compile(
    r"([!-9;-~]+):[ \t]*([^\r\n]*)((?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*)(?:\r\n|\r|\n|\Z)|"
)
# Lines that need no second look: a name of letters, one blank, and none at the end.
_ONE_LINE_EACH = re.compile(r"(?:[A-Za-z-]++: [^\s][^\n]*+(?<![ \t])\n)++(?=\n|\Z)").match
_RUNS = re.compile(r"([A-Za-z-]++): ([^\n]*+(?:\n\1: [^\n]*+)*+)\n").findall
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BLANK = re.compile(r"\r\n|\r|\n")
_HEADER_LIKE = re.compile(r"From |[!-9;-~]*:|[ \t]")
_FOLD = re.compile(r"(\r\n|\r|\n)([^\r\n]*)")
_PIPE = re.compile(r"[ \t]*\|")
_LED = "\n" + " " * 8
_SURROGATE = re.compile("[\ud800-\udfff]")
# What Python's surrogateescape makes of a byte that is not UTF-8, and how that is encoded.
_ESCAPED = re.compile("[\udc80-\udcff]")
_ESCAPED_BYTES = re.compile(rb"\xed([\xb2\xb3])([\x80-\xbf])")
# An undecodable byte becomes the character of the same number: text stays one
# code point per byte there, valid Unicode, and is what Latin-1 writers meant.
_LATIN_1 = {0xDC80 + i: 0x80 + i for i in range(128)}


class Stray(NamedTuple):
    """A line among the headers that readers ignore.

    ``kind`` is ``"continuation"`` (nothing before it to continue),
    ``"nameless"`` (starts with a colon) or ``"envelope"`` (starts with From).
    """

    kind: str
    start: int
    end: int


class Scan(NamedTuple):
    """Where the parts of a document are, as offsets into its text."""

    matches: list[re.Match[str]]
    strays: list[Stray]
    end: int
    """Where the headers stop."""
    body: int
    """Where the body starts, after the blank line if there is one."""
    stop: str
    """What ended the headers: ``"blank"``, ``"end"`` (of the text) or ``"junk"``."""


def decode(data: bytes) -> tuple[str, tuple[int, ...]]:
    r"""Return the text of *data* and the offsets of what is not UTF-8.

    >>> decode(b"caf\xe9")
    ('café', (3,))
    """
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
        bad = tuple(match.start() for match in _SURROGATE.finditer(text))
        return text.translate(_LATIN_1), bad


def encode(text: str) -> bytes:
    r"""Return the bytes of *text*, where U+DC80 to U+DCFF stand for a byte each.

    Python decodes so what is not UTF-8, in arguments and in files that are read
    with ``surrogateescape``.  Other halves of surrogate pairs take three bytes,
    which are not UTF-8 either.

    >>> encode("caf\udce9"), encode("\ud800")
    (b'caf\xe9', b'\xed\xa0\x80')
    """
    data = text.encode("utf-8", "surrogatepass")
    if b"\xed" not in data:
        return data
    return _ESCAPED_BYTES.sub(
        lambda found: bytes([found[2][0] + (0x40 if found[1] == b"\xb3" else 0)]), data
    )


def read_text(source: bytes | str) -> tuple[str, tuple[int, ...]]:
    r"""Return the text of *source* and the offsets of what no UTF-8 text holds.

    A byte that was decoded with ``surrogateescape`` is that byte again; other
    halves of surrogate pairs become U+FFFD.

    >>> read_text(b"caf\xe9") == read_text("caf\udce9") == ("caf\xe9", (3,))
    True
    """
    if isinstance(source, bytes):
        return decode(source)
    if source.isascii() or not _SURROGATE.search(source):
        return source, ()
    if _ESCAPED.search(source):
        return decode(encode(source))
    halves = tuple(found.start() for found in _SURROGATE.finditer(source))
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", source), halves


def one_line_headers(text: str) -> Scan | None:
    r"""Return what :func:`scan` says of *text*, without matches, if its headers are plain lines.

    None if one of them is folded, empty, written with other blanks, or no header.

    >>> one_line_headers("Name: x\n\nHello").body, one_line_headers("Name:x\n")
    (9, None)
    """
    found = _ONE_LINE_EACH(text)
    if found is None or "\r" in text:
        return None
    end = found.end()
    if end == len(text):
        return Scan([], [], end, end, "end")
    return Scan([], [], end, end + 1, "blank")


def runs(text: str, end: int) -> dict[str, list[str]]:
    r"""Return the values in the headers of *text*, by their names as written.

    The headers are those that :func:`one_line_headers` knows, and stop at offset *end*.

    >>> runs("Name: x\nDynamic: a\nDynamic: b\n", 30)
    {'Name': ['x'], 'Dynamic': ['a', 'b']}
    """
    named: dict[str, list[str]] = {}
    for name, rows in _RUNS(text, 0, end):
        values = rows.split(f"\n{name}: ") if "\n" in rows else [rows]
        if name in named:
            named[name] += values
        else:
            named[name] = values
    return named


def scan(text: str) -> Scan:
    """Find the header lines of *text* and where its body starts."""
    pattern = _ANY if "\r" in text else _LF
    matches: list[re.Match[str]] = []
    strays: list[Stray] = []
    position, size = 0, len(text)
    while True:
        for match in pattern.finditer(text, position):
            if match.lastindex is None:
                break
            matches.append(match)
        if matches:
            position = max(position, matches[-1].end())
        if position >= size:
            return Scan(matches, strays, size, size, "end")
        if blank := _BLANK.match(text, position):
            return Scan(matches, strays, position, blank.end(), "blank")
        kind = _stray(text, position)
        if not kind:
            return Scan(matches, strays, position, position, "junk")
        # Lines that continue a line without a name are ignored with it.
        while position < size and (kind or text[position] in " \t"):
            line = _LINE.match(text, position)
            end = line.end() if line else size
            strays.append(Stray(kind or "continuation", position, end))
            position, kind = end, ""


def _stray(text: str, position: int) -> str:
    """Name the kind of the line at *position*, which is no header; empty if it ends them."""
    first = text[position]
    if first in " \t":
        return "continuation"
    if first == ":":
        return "nameless"
    if text.startswith("From ", position):
        line = _LINE.match(text, position)
        following = line.end() if line else position
        # As the last of the headers such a line is taken to start the body.
        if position == 0 or _HEADER_LIKE.match(text, following):
            return "envelope"
    return ""


def unfold(
    first: str, at: int, folds: str, folds_at: int, *, lines: bool
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the value of a folded header, and where its pieces are in the text.

    *first* is what stands on its first line, from offset *at* of the text on, and *folds* the
    lines that go on, from offset *folds_at* on.

    With *lines* the value keeps its lines, without what folding put in front of
    each: 7 or 8 blanks and ``|``, else 8 blanks, else the blanks they share.
    Otherwise the lines are joined with one blank.  The pieces are pairs of
    offsets: into the value, into the text.
    """
    if lines and (plain := _unindented(first, at, folds)):
        return plain
    rows = [(match[2], folds_at + match.start(2)) for match in _FOLD.finditer(folds)]
    if lines:
        cut, exact = _prefix([row for row, _ in rows])
        kept = [(first, at), *((row[cut:], start + cut) for row, start in rows)]
        if not exact:
            while len(kept) > 1 and not kept[-1][0].strip(" \t"):
                kept.pop()
            if len(kept) > 1 and not kept[0][0].strip(" \t"):
                del kept[0]
            kept = [(row.rstrip(" \t"), start) for row, start in kept]
        glue = "\n"
    else:
        kept = [(first.rstrip(" \t"), at)]
        for row, start in rows:
            bare = row.lstrip(" \t")
            kept.append((bare.rstrip(" \t"), start + len(row) - len(bare)))
        kept = [(row, start) for row, start in kept if row] or [("", at)]
        glue = " "
    pieces, offset = [], 0
    for row, start in kept:
        pieces.append((offset, start))
        offset += len(row) + 1
    return glue.join(row for row, _ in kept), tuple(pieces)


def _unindented(first: str, at: int, folds: str) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    """Return what :func:`unfold` does with lines, if each is led by 8 blanks and ends in none.

    None for others; licenses are folded so, and often are the most of the headers.
    """
    rows = f"{first}{folds}".split(_LED)
    if folds.count("\n") != len(rows) - 1 or "\r" in folds or rows[1].lstrip(" \t")[:1] == "|":
        return None
    while len(rows) > 1 and not rows[-1]:
        rows.pop()
    if len(rows) > 1 and not rows[0]:
        del rows[0]
        at += len(_LED)
    value = "\n".join(rows)
    if " \n" in value or "\t\n" in value or value.endswith((" ", "\t")):
        return None
    ends = enumerate(accumulate(map(len, rows[:-1]), initial=0))
    pieces = tuple([(end + row, at + end + len(_LED) * row) for row, end in ends])
    return value, pieces


def _prefix(rows: list[str]) -> tuple[int, bool]:
    """Return how many characters folding put in front of *rows*, and whether it is exact."""
    pipe = _PIPE.match(rows[0])
    if pipe and all(row.startswith(pipe[0]) for row in rows):
        return len(pipe[0]), True
    filled = [row for row in rows if row.strip(" \t")]
    if all(row.startswith(" " * 8) for row in filled):
        return 8, False
    return min((len(row) - len(row.lstrip(" \t")) for row in filled), default=0), False
