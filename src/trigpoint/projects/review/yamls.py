"""YAML with the place of every value, read without trusting it.

Idea: PyYAML tells events with their places; they are put together here, without recursion.  A
scalar stays the text that was written, so that ``3.10`` is not a number and ``on`` not a truth;
whether it was quoted is kept.  PyYAML is asked only where a file needs it, as the core has to do
without.

Invariant: what an alias repeats is counted as if it were written out, so no text stands for more
than :data:`MOST_NODES` values; nothing nests deeper than :data:`MOST_LEVELS`.

Cost: linear in the text, of which there are at most :data:`MOST_LETTERS` letters.

Source: YAML 1.2.2; GitHub's, Read the Docs' and pre-commit's files are YAML.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TrigpointError
from trigpoint.projects.review.pieces import Piece, Source
from trigpoint.projects.review.yaml_words import said

__all__ = ["MISSING", "MOST_LETTERS", "MOST_LEVELS", "MOST_NODES", "Node", "has_yaml", "read_yaml"]

MOST_LETTERS: Final = 128 * 1024
"""Letters of a YAML file that is read; a long workflow has a tenth of that."""

MOST_LEVELS: Final = 50
"""Lists and mappings inside each other."""

MOST_NODES: Final = 20_000
"""Values of a file, those that an alias repeats included."""


_NO_LETTER: Final = re.compile(r"\\U(?!000|0010)[0-9A-Fa-f]{8}").search
"""An escape beyond the last character."""


@dataclass(slots=True, eq=False)
class Node:
    """A value: a ``"scalar"``, a ``"list"``, a ``"map"``, or ``"missing"``.

    ``text`` is what a scalar says and ``plain`` whether it has no quotes; ``items`` are those of
    a list, ``pairs`` keys and values of a mapping.  ``start`` and ``end`` are its offsets.
    """

    source: Source
    kind: str
    start: int = 0
    end: int = 0
    text: str = ""
    plain: bool = False
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    weight: int = 1

    def __bool__(self) -> bool:
        return self.kind != "missing"

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    def get(self, *names: str) -> Node:
        """Return the value at the keys *names*, one below the other; a missing one if none is."""
        node = self
        for name in names:
            node = next((value for key, value in node.pairs if key.text == name), MISSING)
        return node

    def texts(self) -> list[Node]:
        """Return the scalar that it is, or those of the list that it is."""
        if self.kind == "scalar":
            return [self]
        return [each for each in self.items if each.kind == "scalar"]

    @property
    def piece(self) -> Piece:
        """Its text and the place of that."""
        return Piece(self.source, self.text, self.start, self.end)


MISSING: Final = Node(Source.of("", ""), "missing")
"""What a mapping has at a key that it does not have."""


def has_yaml() -> bool:
    """Say whether PyYAML is there to be asked."""
    return importlib.util.find_spec("yaml") is not None


def read_yaml(path: str, text: str) -> Node | Finding:
    r"""Return what *text*, the YAML file at *path*, says first; or why it is not read.

    Raises :exc:`ModuleNotFoundError` without PyYAML; see :func:`has_yaml`.

    >>> node = read_yaml("a.yml", "on: push\njobs: {}\n") if has_yaml() else None
    >>> node is None or node.get("on").text == "push"
    True
    """
    source = Source.of(path, text)
    if len(text) > MOST_LETTERS:
        message = f"the file has more than {MOST_LETTERS:,} letters, so it is not read"
        return report("review-yaml", message, None, Fix("split it"))
    import yaml

    builder = _Builder(source)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        places = {"problem": error.problem_mark, "context": error.context_mark}
        at = {name: mark.index if mark else 0 for name, mark in places.items()}
        words = said(text, error.context or "", error.problem or "", at["problem"])
        return _unreadable(source, f"the file is no YAML: {words.message}", at[words.at], words.fix)
    except TooMuchError as error:
        message = f"{error.args[0]}, so the file is not read"
        return _unreadable(source, message, error.args[1], "leave out what repeats, or split it")
    except yaml.reader.ReaderError as error:
        letter = f"U+{ord(text[error.position]):04X}"
        message = f"the file is no YAML: {letter}, which YAML does not allow, is in it"
        return _unreadable(source, message, error.position, "delete it")
    except ValueError:
        # PyYAML lets two through: what it gives to chr(), and numbers of a %YAML line to int().
        escape = _NO_LETTER(text)
        message = "a number in it is longer than any that is read"
        if escape is not None:
            message = f"{escape[0]} names no character"
        place = escape.start() if escape else 0
        return _unreadable(source, f"the file is no YAML: {message}", place, "write another")
    return builder.root


def _unreadable(source: Source, message: str, at: int, fix: str) -> Finding:
    start = max(0, min(at, len(source.text) - 1))
    return report("review-yaml", message, source.index.span(start, start), Fix(fix))


class TooMuchError(TrigpointError):
    """There is more than a bound allows: what, and where."""


class _Builder:
    """Puts nodes together, event by event."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root = Node(source, "scalar")
        self._open: list[tuple[Node, list[Node], str]] = []
        """Lists and mappings that are not ended: each with what is in it, and its anchor."""
        self._anchors: dict[str, Node] = {}
        self._count = 0

    def take(self, event: Any) -> bool:
        """Take *event* in; return whether the first document is at its end."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            node = self._node("scalar", event)
            node.text, node.plain = event.value, event.style is None
            self._put(node, event.anchor)
        elif kind in ("SequenceStartEvent", "MappingStartEvent"):
            node = self._node("list" if kind[0] == "S" else "map", event)
            if len(self._open) >= MOST_LEVELS:
                raise TooMuchError(f"it nests deeper than {MOST_LEVELS} levels", node.start)
            self._open.append((node, [], event.anchor or ""))
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            node, inside, anchor = self._open.pop()
            node.end = event.end_mark.index
            node.weight += sum(each.weight for each in inside)
            if node.kind == "list":
                node.items = inside
            else:
                node.pairs = _merged(inside)
            self._put(node, anchor)
        elif kind == "AliasEvent":
            known = self._anchors.get(event.anchor)
            if known is None:
                at = event.start_mark.index
                raise TooMuchError(f"*{event.anchor} repeats what has not ended yet", at)
            self._add(known.weight, event.start_mark.index)
            self._put(known, None)
        return kind == "DocumentEndEvent"

    def _node(self, kind: str, event: Any) -> Node:
        start = event.start_mark.index
        self._add(1, start)
        return Node(self.source, kind, start, event.end_mark.index)

    def _add(self, weight: int, at: int) -> None:
        self._count += weight
        if self._count > MOST_NODES:
            raise TooMuchError(f"it holds more than {MOST_NODES:,} values", at)

    def _put(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if self._open:
            self._open[-1][1].append(node)
        else:
            self.root = node


def _merged(inside: list[Node]) -> list[tuple[Node, Node]]:
    """Return keys and values, the later one of two, with those that ``<<`` brings behind them."""
    own: dict[str, tuple[Node, Node]] = {}
    brought: dict[str, tuple[Node, Node]] = {}
    for key, value in zip(inside[::2], inside[1::2], strict=False):
        if key.kind != "scalar":
            continue
        if key.text == "<<" and key.plain:
            for each in [value, *value.items]:
                for pair in each.pairs:
                    brought.setdefault(pair[0].text, pair)
        else:
            own[key.text] = (key, value)
    return [*own.values(), *(pair for name, pair in brought.items() if name not in own)]
