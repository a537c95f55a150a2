"""pip's options in a line of a requirement file, each with its place.

A line is split into words as a shell would, and the words are read as pip's
option parser does: ``--name=value``, ``--name value``, ``-r value`` and
``-rvalue``, also a long name cut short where only one begins so.  For example
``-r a.txt --pre`` is ``--requirement`` with a value, then ``--pre``.

Source: pip's requirement file format; the standard library's shlex and optparse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["OPTIONS", "Option", "Rule", "Trouble", "Word", "hash_trouble", "read_options", "words"]


class Rule(NamedTuple):
    """What pip knows about an option.

    ``value`` says whether it takes one, ``short`` is its other spelling or
    empty, ``behind`` whether pip reads it behind a requirement.
    """

    value: bool
    short: str = ""
    behind: bool = False


OPTIONS: Mapping[str, Rule] = MappingProxyType(
    {
        "--index-url": Rule(value=True, short="-i"),
        "--pypi-url": Rule(value=True),
        "--extra-index-url": Rule(value=True),
        "--no-index": Rule(value=False),
        "--constraint": Rule(value=True, short="-c"),
        "--requirement": Rule(value=True, short="-r"),
        "--editable": Rule(value=True, short="-e"),
        "--find-links": Rule(value=True, short="-f"),
        "--no-binary": Rule(value=True),
        "--only-binary": Rule(value=True),
        "--prefer-binary": Rule(value=False),
        "--require-hashes": Rule(value=False),
        "--no-require-hashes": Rule(value=False),
        "--pre": Rule(value=False),
        "--all-releases": Rule(value=True),
        "--only-final": Rule(value=True),
        "--trusted-host": Rule(value=True),
        "--use-feature": Rule(value=True),
        "--hash": Rule(value=True, behind=True),
        "--config-settings": Rule(value=True, short="-C", behind=True),
    }
)
"""Options of pip 26.3 in requirement files, by their long names."""

REMOVED: Mapping[str, Rule] = MappingProxyType(
    {
        "--global-option": Rule(value=True, behind=True),
        "--install-option": Rule(value=True, behind=True),
        "--build-option": Rule(value=True, behind=True),
        "--process-dependency-links": Rule(value=False),
        "--allow-external": Rule(value=True),
        "--allow-unverified": Rule(value=True),
        "--use-wheel": Rule(value=False),
        "--no-use-wheel": Rule(value=False),
    }
)
"""Options that older versions of pip read."""

_ALL = {**OPTIONS, **REMOVED}
_SHORT = {rule.short: name for name, rule in OPTIONS.items() if rule.short}
_STRONG = ("sha256", "sha384", "sha512")
_DIGEST = {"sha256": 64, "sha384": 96, "sha512": 128}

_WORD = re.compile(
    r"""(?:[^\s"'\\]++|[^\S \t\r\n]|\\.|"(?:[^"\\]++|\\.)*+"|'[^']*+')++""", re.DOTALL
).match
_SPACE = re.compile(r"[ \t\r\n]*+").match
_QUOTED = re.compile(r"""\\(.)|"((?:[^"\\]++|\\.)*+)"|'([^']*+)'""", re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')


class Word(NamedTuple):
    """A word of a line: its value without quotes, and where it stands."""

    value: str
    start: int
    end: int


class Option(NamedTuple):
    """An option: its long ``name``, what was ``written``, and its ``value``, None without one.

    ``start`` and ``end`` are where it stands, its value included.
    """

    name: str
    written: str
    value: str | None
    start: int
    end: int


class Trouble(NamedTuple):
    """What pip says no to, or passes over: a code, a message, a place, and what to do."""

    code: str
    message: str
    start: int
    end: int
    fix: str = ""


def _plain(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1]
    if match[2] is not None:
        return _ESCAPED.sub(r"\1", match[2])
    return str(match[3])


def words(text: str, start: int, end: int) -> tuple[list[Word], int]:
    """Split *text* from *start* to *end* into words, as a shell does.

    Also return where splitting had to stop: at a quote that is never closed, or
    a last backslash; otherwise at *end*.

    >>> words("-e 'a b'", 0, 8)
    ([Word(value='-e', start=0, end=2), Word(value='a b', start=3, end=8)], 8)
    """
    found: list[Word] = []
    while True:
        space = _SPACE(text, start, end)
        assert space is not None
        start = space.end()
        word = _WORD(text, start, end)
        if word is None:
            return found, start
        found.append(Word(_QUOTED.sub(_plain, word[0]), *word.span()))
        start = word.end()


def _long_names(written: str) -> list[str]:
    """Return the options that a long name may be: one if it is clear."""
    return [written] if written in _ALL else [name for name in OPTIONS if name.startswith(written)]


def read_options(text: str, start: int, end: int) -> tuple[list[Option], list[Trouble]]:
    """Read pip's options in *text* from *start* to *end*; also return what is wrong.

    Words that are no option are passed over, as pip does.

    >>> read_options("--pre -r a.txt", 0, 14)[0][1].value
    'a.txt'
    """
    options: list[Option] = []
    troubles: list[Trouble] = []
    split, stop = words(text, start, end)
    if stop < end:
        message = "this cannot be split into words: a quote or an escape is never finished"
        troubles.append(Trouble("requirement-option", message, stop, end, "finish it"))
    queue = iter(split)
    for word in queue:
        if word.value == "--":
            break
        if word.value.startswith("--"):
            written, equals, attached = word.value.partition("=")
            names = _long_names(written)
            value = attached if equals else None
        elif word.value.startswith("-") and len(word.value) > 1:
            written, attached = word.value[:2], word.value[2:]
            names = [_SHORT[written]] if written in _SHORT else []
            value = attached or None
        else:
            continue
        last = word.end
        if len(names) != 1:
            known = " or ".join(names)
            message = f"{written} may be {known}" if names else f"pip knows no option {written}"
            troubles.append(Trouble("requirement-option", message, word.start, last))
            continue
        name = names[0]
        takes = _ALL[name].value
        if takes and value is None:
            following = next(queue, None)
            if following is None:
                message = f"{written} needs a value"
                troubles.append(Trouble("requirement-option", message, word.start, last))
                continue
            value, last = following.value, following.end
        elif not takes and value is not None:
            message = f"{written} takes no value"
            fix = f"write {written}"
            troubles.append(Trouble("requirement-option", message, word.start, last, fix))
            value = None
        option = Option(name, written, value, word.start, last)
        if name in REMOVED:
            message, fix = f"pip no longer reads {name}", "use --config-settings, or leave it out"
            troubles.append(Trouble("requirement-option", message, word.start, last, fix))
        elif name == "--hash":
            troubles += hash_trouble(option)
        elif name == "--config-settings" and "=" not in (value or ""):
            message = "a setting is a key, = and a value"
            troubles.append(Trouble("requirement-option", message, word.start, last))
        options.append(option)
    return options, troubles


def hash_trouble(option: Option) -> list[Trouble]:
    """Return what is wrong with the value of *option*, a ``--hash``.

    >>> hash_trouble(Option("--hash", "--hash", "md5:0", 0, 12))[0].message
    'md5 is none of sha256, sha384, sha512'
    """
    algorithm, colon, digest = (option.value or "").partition(":")
    place = option.start, option.end
    if not colon:
        message, fix = "a hash is a name and a value", "write it as in --hash=sha256:abc..."
        return [Trouble("requirement-hash", message, *place, fix)]
    if algorithm not in _STRONG:
        return [Trouble("requirement-hash", f"{algorithm} is none of {', '.join(_STRONG)}", *place)]
    length = _DIGEST[algorithm]
    if len(digest) != length or not re.fullmatch("[0-9a-f]*+", digest):
        message = f"a {algorithm} hash has {length} hexadecimal digits, in lower case"
        return [Trouble("requirement-hash-digest", message, *place)]
    return []
