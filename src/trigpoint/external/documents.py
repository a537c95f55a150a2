"""JSON that somebody wrote, read step by step: what does not fit becomes findings with places.

A place is looked up only once something is wrong, in one more pass over the text.

Source: RFC 8259; the JSON schemas of PEP 804 (draft).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex, in_text_order
from trigpoint.metadata.text.depth import json_too_deep
from trigpoint.requirements.tree import shown

__all__ = ["MOST_LETTERS", "MOST_SAID", "Path", "Reader", "is_text", "places"]

MOST_LETTERS: Final = 4_000_000
"""Letters of a document that are read; the largest known one has 40,000."""

MOST_SAID: Final = 500
"""Findings on one document; a last one says that there were more."""

Path = tuple[str | int, ...]
"""Keys and positions that lead to a value."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]++', re.DOTALL)


class _Said(NamedTuple):
    code: str
    path: Path
    message: str
    fix: str


def places(text: str) -> dict[Path, tuple[int, int]]:
    """Return where each value of the JSON *text* starts and ends, by the path to it.

    For an object or a list it is the bracket that opens it.

    >>> places('{"a": [1, "b"]}')
    {(): (0, 1), ('a',): (6, 7), ('a', 0): (7, 8), ('a', 1): (10, 13)}
    """
    found: dict[Path, tuple[int, int]] = {}
    above: list[list[Any]] = []  # what is open: the bracket, the path to it, the next key
    awaited = False  # whether a text is a value although an object is open
    for token in _TOKEN.finditer(text):
        first = token[0]
        if first == ":":
            awaited = True
            continue
        if first == ",":
            if above and above[-1][0] == "[":
                above[-1][2] += 1
            continue
        if first in "]}":
            if above:
                above.pop()
            continue
        if above and above[-1][0] == "{" and not awaited:
            above[-1][2] = json.loads(first) if first[0] == '"' else first
            continue
        awaited = False
        path: Path = (*above[-1][1], above[-1][2]) if above else ()
        found[path] = token.span()  # of a key that stands twice the last one counts
        if first in "[{":
            above.append([first, path, 0 if first == "[" else ""])
    return found


class _Number(str):
    """A number as it was written, which is no text."""

    __slots__ = ()


def is_text(value: object) -> bool:
    """Say whether *value* of a document is a text, which a number that was kept as one is not."""
    return isinstance(value, str) and not isinstance(value, _Number)


class Reader:
    """One document: its ``text``, its ``data`` once it is read, and what is wrong with it.

    >>> reader = Reader('{"name": 1}', "a mapping")
    >>> reader.text_at(reader.data, "name", (), required=True)
    ''
    >>> [(each.code, each.span.column) for each in reader.findings()]
    [('mapping-type', 10)]
    """

    def __init__(self, text: str, what: str) -> None:
        self.text = text
        self.what = what
        self._said: list[_Said] = []
        self._unplaced: list[Finding] = []
        self.more = 0
        self.data: Mapping[str, Any] = self._load()

    def _load(self) -> Mapping[str, Any]:
        text = self.text
        if len(text) > MOST_LETTERS:
            message = f"the text has more than {MOST_LETTERS:,} letters, and is not read"
            self._unplaced.append(report("mapping-large", message))
            return {}
        index = TextIndex(text)
        if (at := json_too_deep(text)) is not None:
            message = "the text nests deeper than is read"
            self._unplaced.append(report("mapping-json", message, index.span(at, at + 1)))
            return {}
        twice: list[str] = []

        def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
            made = dict(items)
            if len(made) < len(items):
                seen: set[str] = set()
                for key, _ in items:
                    if key in seen:
                        twice.append(key)
                    seen.add(key)
            return made

        try:
            # Numbers stay text: of them only the version of the schema matters.
            data = json.loads(text, object_pairs_hook=pairs, parse_int=_Number, parse_float=_Number)
        except json.JSONDecodeError as error:
            at = min(error.pos, len(text))
            message = f"the text is no JSON: {error.msg}"
            self._unplaced.append(report("mapping-json", message, index.span(at, at)))
            return {}
        if not isinstance(data, dict):
            message = f"{self.what} is a JSON object"
            self._unplaced.append(report("mapping-json", message, index.span(0, 0)))
            return {}
        for key in twice[:MOST_SAID]:
            message = f"the key {shown(key)} stands twice in one object; the last one counts"
            self._unplaced.append(report("mapping-key-twice", message))
        return data

    @property
    def full(self) -> bool:
        """Whether what is said from now on is counted only, so that it need not be looked for."""
        return len(self._said) >= MOST_SAID

    def say(self, code: str, path: Path, message: str, fix: str = "") -> None:
        """Note the finding *code* on the value at *path*: a *message*, and in *fix* what to do."""
        if self.full:
            self.more += 1
            return
        self._said.append(_Said(code, path, message, fix))

    def findings(self) -> tuple[Finding, ...]:
        """Return what was found, in text order."""
        if not self._said:
            return tuple(in_text_order(self._unplaced))
        index = TextIndex(self.text)
        where = places(self.text)
        found = list(self._unplaced)
        for each in self._said:
            at = where.get(each.path) or where.get(each.path[:-1])
            span = index.span(*at) if at else None
            fix = Fix(each.fix) if each.fix else None
            found.append(report(each.code, each.message, span, fix))
        found = in_text_order(found)
        if self.more:
            message = f"{self.more:,} more things are wrong, and not listed"
            found.append(report("mapping-large", message))
        return tuple(found)

    def keys(
        self, data: Mapping[str, Any], path: Path, known: tuple[str, ...], needed: tuple[str, ...]
    ) -> None:
        """Hold the keys of *data*, the object at *path*, to the *known* and the *needed* ones."""
        for key in data:
            if key not in known:
                message = f"{shown(key)} is no key that the schema has here"
                fix = f"the keys are {', '.join(known)}"
                self.say("mapping-key", (*path, key), message, fix)
        for key in needed:
            if key not in data:
                self.say("mapping-missing", path, f"{key} is missing", f"write {key}")

    def text_at(
        self, data: Mapping[str, Any], key: str, path: Path, *, required: bool = False
    ) -> str:
        """Return the text that *data*, the object at *path*, has for *key*; "" if it has none.

        One that is *required* is not empty.
        """
        value = data.get(key)
        if value is None:
            return ""
        if not is_text(value) or (required and not value):
            message = f"{key} is a text" + (" of one letter or more" if required else "")
            self.say("mapping-type", (*path, key), message)
            return ""
        return str(value)

    def texts_at(self, data: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
        """Return the text, or the texts of the list, that *data* at *path* has for *key*."""
        value = data.get(key)
        if value is None:
            return ()
        if is_text(value):
            value = [value]
        if not isinstance(value, list) or not all(map(is_text, value)):
            self.say("mapping-type", (*path, key), f"{key} is a text or a list of texts")
            return ()
        if not all(value):
            self.say("mapping-type", (*path, key), f"a text of {key} is empty")
        return tuple(filter(None, value))

    def objects_at(self, key: str) -> list[tuple[Path, Mapping[str, Any]]]:
        """Return the objects of the list that the document has for *key*, with their paths."""
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.say("mapping-type", (key,), f"{key} is a list of objects")
            return []
        found: list[tuple[Path, Mapping[str, Any]]] = []
        for i, each in enumerate(value):
            if isinstance(each, dict):
                found.append(((key, i), each))
            else:
                self.say("mapping-type", (key, i), f"what {key} lists is objects")
        return found

    def schema(self, known: tuple[str, ...], needed: tuple[str, ...]) -> None:
        """Hold the document to the *known* and *needed* keys, and to version 1 of its schema."""
        if any(each.code in ("mapping-json", "mapping-large") for each in self._unplaced):
            return  # nothing of it was read
        self.keys(self.data, (), ("$schema", "schema_version", *known), needed)
        version = self.data.get("schema_version", _Number(1))
        if version != "1" or is_text(version):
            message = "schema_version is 1; another one may mean other things by the same keys"
            self.say("mapping-schema", ("schema_version",), message)
        self.text_at(self.data, "$schema", ())

    def urls(self, data: Mapping[str, Any], path: Path) -> tuple[str, ...]:
        """Return the addresses of ``urls`` of *data* at *path*: a text, a list, or by label."""
        value = data.get("urls")
        if isinstance(value, dict):
            value = list(value.values())
            if not all(map(is_text, value)):
                self.say("mapping-type", (*path, "urls"), "urls is addresses, each a text")
                return ()
            return tuple(value)
        return self.texts_at(data, "urls", path)
