"""What was probably meant where a text stops being TOML.

**Idea.** ``tomllib`` says where it stops and which rule that breaks, not what to write.  The
letters around the place tell the usual mistakes apart: a text without quotes, a comma too many
or too few, a colon, a bracket or quote that is never closed, a key that is there twice.

**Invariant.** A replacement is offered only where ``tomllib`` reads on behind the place with it.

**Cost.** Linear in the text, which is read once more for a replacement; in a text of more than
:data:`LONGEST_TRIED` letters the fix is words.

**Example.** In ``name = eggs`` it stops at the ``e``, and the hint is to write ``"eggs"``.

Source: TOML 1.0.
"""

from __future__ import annotations

import re
import tomllib
from typing import Final, NamedTuple

from trigpoint.versions import number

__all__ = ["LONGEST_TRIED", "Hint", "stopped_at", "toml_hint"]

LONGEST_TRIED: Final = 20_000
"""Letters of a text in which a replacement is tried."""

_LONGEST_VALUE: Final = 100
_AT = re.compile(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)\Z")
_PAIR = re.compile(r"""[ \t]*+[\w."'-]++[ \t]*+=[ \t]*+""").match
_COLON = re.compile(r"[ \t]*+[\w.-]++[ \t]*+(:)[ \t]").match
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?:[ \t]|\Z)").match
_BARE_VALUE = re.compile(r"[^#\"'\[\]{}\\\r\n]++").match
_BARE_ITEM = re.compile(r"[^#\"'\[\]{}\\\r\n,]++").match
_CURLY = re.compile(
    r"[\u201c\u201d\u2018\u2019]([^\u201c\u201d\u2018\u2019\"\\\r\n]*+)[\u201c\u201d\u2018\u2019]"
).match
_KEY = re.compile(r"[ \t]*+([\w.\"'-]++)[ \t]*+=").match
_BLANK_KEY = re.compile(r"[ \t]*+([\w.-]++(?:[ \t]++[\w.-]++)++)[ \t]*+=").match
_NUMBERED = re.compile(r"[0-9][\w.+*-]*+(?=[ \t]*+(?:#|\Z))").match
_WORDS: Final = {"True": "true", "False": "false", "TRUE": "true", "FALSE": "false"}


class Hint(NamedTuple):
    """What to do, in words, and what carries it out: ``replacement`` from ``start`` to ``end``."""

    fix: str
    replacement: str | None = None
    start: int = 0
    end: int = 0


def stopped_at(text: str, message: str) -> tuple[str, int]:
    r"""Return the *message* of ``tomllib`` about *text* without its place, and that as an offset.

    >>> stopped_at("a = 1\nb", "Expected (at line 2, column 2)")
    ('Expected', 7)
    """
    found = _AT.search(message)
    if found is None:
        return message, 0
    message = message[: found.start()]
    if not found[1]:
        return message, len(text)
    # tomllib counts lines in a text whose CR LF became LF, so columns agree.
    starts = [0, *(match.end() for match in re.finditer(r"\n", text))]
    line = min(number(found[1]), len(starts))
    return message, min(starts[line - 1] + number(found[2]) - 1, len(text))


def toml_hint(text: str, message: str, at: int) -> Hint | None:
    """Return what was probably meant in *text*, of which ``tomllib`` says *message* at offset *at*.

    None where nothing better can be said.

    >>> toml_hint("name = eggs", "Invalid value", 7)
    Hint(fix='write "eggs"', replacement='"eggs"', start=7, end=11)
    """
    hint = _guess(text, message, at)
    if hint is None or hint.replacement is None:
        return hint
    if len(text) <= LONGEST_TRIED and _goes_on(text, hint, at):
        return hint
    return Hint(hint.fix)


def _goes_on(text: str, hint: Hint, at: int) -> bool:
    """Say whether *text* with *hint* carried out is TOML, or is up to behind offset *at*."""
    assert hint.replacement is not None
    new = text[: hint.start] + hint.replacement + text[hint.end :]
    try:
        tomllib.loads(new)
    except ValueError as error:
        grown = max(len(new) - len(text), 0)
        return stopped_at(new, str(error))[1] > at + grown
    return True


def _guess(text: str, message: str, at: int) -> Hint | None:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)].rstrip("\r")
    letter = text[at : at + 1]
    if _CONFLICT(line):
        return Hint("choose one of the two sides of the merge, and delete the lines that mark it")
    if "overwrite" in message or "twice" in message or "immutable" in message:
        return _twice(line, text[:start])
    if "Unescaped" in message or letter == "\\":
        return Hint(r"write two backslashes, or put the text between single quotes")
    # In a table, a value ends with its line.
    alone = message.startswith("Expected newline or end of document")
    if letter in (",", ";"):
        rest = line[at + 1 - start :].strip()
        if alone and rest[:1] not in ("", "#"):
            return _apart(rest)
        return _comma(text, letter, at)
    if letter == ":" and (colon := _COLON(line)) and start + colon.start(1) == at:
        return Hint("write = in place of the colon", " =", at, at + 1)
    behind = text[:at].rstrip(" \t\r\n")
    if letter in ('"', "'", "{") and behind[-1:] in ('"', "'", "}"):
        if alone:
            return _apart(line[at - start :])
        return Hint("put a comma between the two", ",", len(behind), len(behind))
    if message.startswith("Expected ']"):
        return _unclosed(text, start, start + len(line))
    if message == "Unterminated string" and '"""' in text:
        return Hint('close the text with """')
    if message == "Expected \"'''\"":
        return Hint("close the text with '''")
    if message == 'Expected "\'"':
        return _never_closed(text)
    if letter in ("", "\r", "\n") or at == start:
        return _unclosed(text, start, at)
    return _value(text, line, start, at)


def _twice(line: str, before: str) -> Hint:
    if line.lstrip().startswith("["):
        # What is there may also be a key, or a table in one line.
        if line.strip() not in before:
            return Hint("keep this table or what sets a part of its name before it")
        return Hint(f"put what it holds below the first {line.strip()[:_LONGEST_VALUE]}")
    key = _KEY(line)
    if key is None:
        return Hint("delete one of the two")
    return Hint(f"keep one of the two lines that set {key[1][:_LONGEST_VALUE]}")


def _apart(rest: str) -> Hint:
    """Return the hint on a value that has a *rest* of its line behind it."""
    if _PAIR(rest):
        return Hint("give each key a line of its own")
    return Hint("put several values between [ and ], with commas")


def _comma(text: str, letter: str, at: int) -> Hint:
    before = text[:at].rstrip(" \t\r\n")[-1:]
    if letter == ";":
        return Hint("write a comma in its place", ",", at, at + 1)
    if before in (",", "[", "{"):
        return Hint("delete the comma", "", at, at + 1)
    return Hint("delete the comma: lines are not separated by any", "", at, at + 1)


def _unclosed(text: str, start: int, at: int) -> Hint | None:
    """Return the hint on a line that ends too early, at offset *at* or in the line before it."""
    stop = at if at > start else max(start - 1, 0)
    start = text.rfind("\n", 0, stop) + 1
    line = text[start:stop].rstrip(" \t\r")
    end = start + len(line)
    if line.lstrip().startswith("[") and "=" not in line:
        missing = "]" * (line.count("[") - line.count("]"))
        if missing:
            return Hint(f"add {missing} at the end of the line", missing, end, end)
    for quote, other in (("'", '"'), ('"', "'")):
        if line.count(quote) % 2 and other not in line and "#" not in line:
            return Hint(f"close the text with {quote}", quote, end, end)
    if line.count("{") > line.count("}"):
        return Hint("write all of the table between { and } in one line")
    if line.endswith("="):
        return Hint("write a value behind the =")
    if line.count("[") > line.count("]"):
        return Hint("add ] behind the last item")
    return None


def _never_closed(text: str) -> Hint | None:
    """Return the hint on the first line of *text* with a single quote that has no second."""
    start = 0
    for line in text.split("\n"):
        bare = line.rstrip(" \t\r")
        if bare.count("'") % 2 and '"' not in bare:
            end = start + len(bare)
            return Hint(f"close the text of {bare.strip()[:_LONGEST_VALUE]} with '", "'", end, end)
        start += len(line) + 1
    return None


def _value(text: str, line: str, start: int, at: int) -> Hint | None:
    if curly := _CURLY(text, at):
        return Hint("use straight quotes", f'"{curly[1]}"', at, curly.end())
    if key := _BLANK_KEY(line):
        return Hint(f"write {'-'.join(key[1].split())}: a key has no blanks in it")
    pair = _PAIR(line)
    if pair is not None and (digits := _NUMBERED(line, pair.end())):
        first = start + pair.end()
        if first <= at <= first + len(digits[0]):
            return Hint(f'write "{digits[0]}"', f'"{digits[0]}"', first, first + len(digits[0]))
    whole = pair is not None and start + pair.end() == at
    found = (_BARE_VALUE if whole else _BARE_ITEM)(text, at)
    if found is None:
        return None
    written = found[0].rstrip(" \t")
    if whole and written.endswith(","):
        written = written[:-1].rstrip(" \t")
    if not written or len(written) > _LONGEST_VALUE or written.startswith(("= ", "=\t")):
        return None
    if whole and text[found.end() : found.end() + 1] not in ("", "#", "\r", "\n"):
        return None
    if not whole and not (text[:at].rstrip(" \t\r\n")[-1:] in ("[", ",", "=")):
        return None
    if written in ("None", "null"):
        return Hint("leave it out: there is no empty value")
    new = _WORDS.get(written, f'"{written}"')
    return Hint(f"write {new}", new, at, at + len(written))
