"""Whether a version has a spelling that passes tests of its text, and which.

The search runs several small machines side by side over one text, letter by
letter: one that knows how versions are spelled, two that compare the version
read so far with a cut, and one for each test.  It goes through their common
states breadth first, so it finds a shortest text, and it stops for certain:
there are finitely many states.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

from trigpoint.markers.exact.axes import read_cut

__all__ = ["Test", "part_of", "spelling"]

_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SEPARATORS = "-_."
_INFINITE = "infinite"
_RANKS = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "c": 2, "rc": 2, "pre": 2, "preview": 2}
_SPELLINGS = {"pre": tuple(_RANKS), "post": ("post", "rev", "r"), "dev": ("dev",)}
_NORMAL = {"pre": ("a", "b", "rc"), "post": ("post",), "dev": ("dev",)}
_STAGES = {"release": ("pre", "post", "dev"), "pre": ("post", "dev"), "post": ("dev",), "dev": ()}

Event = tuple[str, Any]


class Test(NamedTuple):
    """A test of the text: its family, its literal, and the answer that is wanted.

    Families: ``i`` and ``F``, the literal is in it; ``V``, the literal is in
    its ``python_version``; ``h``, it is in the literal; ``=``, it is the
    literal but for case; ``:``, it is the literal.
    """

    family: str
    literal: str
    wanted: bool


@functools.lru_cache(maxsize=1024)
def spelling(
    lower: bytes | None, upper: bytes | None, tests: frozenset[Test], normal: bool
) -> str | None:
    """Return a shortest spelling of a version between two cuts that passes *tests*.

    *normal* asks for the form of ``python_full_version``; otherwise every
    spelling that PEP 440 reads will do.  None means that there is none.
    """
    ends = [_Cut(cut) if cut is not None else None for cut in (lower, upper)]
    rows = sorted(tests)
    automata = [_Automaton(test) for test in rows]
    capitals = {char for test in rows for char in test.literal if "A" <= char <= "Z"}
    start = (
        ("start",),
        tuple(end.start() if end else None for end in ends),
        tuple(automaton.start for automaton in automata),
    )
    seen = {start}
    level: list[tuple[Any, str]] = [(start, "")]
    while level:
        following: list[tuple[Any, str]] = []
        for (place, compared, states), text in level:
            for char, events, then in _moves(place, normal, capitals):
                against = []
                for end, state in zip(ends, compared, strict=True):
                    against.append(end.steps(state, events) if end is not None else state)
                if against[0] == "<" or against[1] == ">":
                    continue
                if char == "":
                    if all(a.accepts(s) for a, s in zip(automata, states, strict=True)):
                        return text
                    continue
                tested = []
                for automaton, state in zip(automata, states, strict=True):
                    if automaton.family == "V" and not _in_minor(then):
                        tested.append(state)
                        continue
                    after = automaton.step(state, char)
                    if after is None:
                        break
                    tested.append(after)
                else:
                    found = (then, tuple(against), tuple(tested))
                    if found not in seen:
                        seen.add(found)
                        following.append((found, text + char))
        level = following
    return None


@functools.lru_cache(maxsize=1024)
def part_of(whole: str, tests: frozenset[Test]) -> str | None:
    """Return a shortest part of *whole* that passes *tests*, or None if there is none."""
    automata = [_Automaton(test) for test in sorted(tests) if test != Test("h", whole, True)]
    start = tuple(automaton.start for automaton in automata)

    def passes(states: tuple[Any, ...]) -> bool:
        return all(a.accepts(s) for a, s in zip(automata, states, strict=True))

    if passes(start):
        return ""
    # Where the part ends, what the tests know, and where it began.
    level = {(i, start): i for i in range(len(whole))}
    seen = set(level)
    steps: dict[tuple[tuple[Any, ...], str], tuple[Any, ...] | None] = {}
    while level:
        following: dict[tuple[int, tuple[Any, ...]], int] = {}
        for (end, states), begin in level.items():
            char = whole[end]
            if (states, char) not in steps:
                moved = [a.step(s, char) for a, s in zip(automata, states, strict=True)]
                steps[states, char] = None if None in moved else tuple(moved)
            after = steps[states, char]
            if after is None:
                continue
            if passes(after):
                return whole[begin : end + 1]
            found = (end + 1, after)
            if end + 1 < len(whole) and found not in seen:
                seen.add(found)
                following[found] = begin
        level = following
    return None


class _Automaton:
    """Runs one test over a text; None is a text that no ending can save."""

    __slots__ = ("family", "literal", "start", "wanted")

    def __init__(self, test: Test) -> None:
        self.family, self.literal, self.wanted = test
        self.start: Any = frozenset(range(len(self.literal) + 1)) if self.family == "h" else 0

    def step(self, state: Any, char: str) -> Any:
        literal = self.literal
        if self.family == "h":
            state = frozenset(i + 1 for i in state if literal[i : i + 1] == char)
            return state if state or not self.wanted else None
        if self.family in "=:":
            read = char.lower() if self.family == "=" else char
            state = state + 1 if state >= 0 and literal[state : state + 1] == read else -1
            return None if state < 0 and self.wanted else state
        if state == len(literal):
            return state
        read = literal[:state] + char
        while not literal.startswith(read):
            read = read[1:]
        return None if len(read) == len(literal) and not self.wanted else len(read)

    def accepts(self, state: Any) -> bool:
        holds = bool(state) if self.family == "h" else state == len(self.literal)
        return holds is self.wanted


# -- how versions are spelled ---------------------------------------------------------------


def _in_minor(place: tuple[Any, ...]) -> bool:
    """Say whether the letter that led to *place* belongs to the ``python_version``."""
    kind = place[0]
    return (
        kind in ("epoch", "bang")
        or (kind == "release" and place[1] < 2)
        or (kind == "dot" and place[1] < 1)
    )


def _moves(
    place: tuple[Any, ...], normal: bool, capitals: set[str]
) -> Iterator[tuple[str, tuple[Event, ...], tuple[Any, ...]]]:
    """Yield each next letter, what it tells a comparison, and where it leads.

    The empty letter is the end of the text.
    """
    kind = place[0]
    if kind in ("start", "v", "bang"):
        begin: tuple[Event, ...] = () if kind == "bang" else (("digit", "0"), ("end", None))
        for char in _DIGITS:
            yield char, (*begin, ("digit", char)), ("release", 0, char == "0")
        if kind == "start" and not normal:
            yield from _cases("v", (), ("v",), capitals)
        if kind != "bang":
            for char in _DIGITS[1:] if normal else _DIGITS:
                yield char, (("digit", char),), ("epoch",)
    elif kind == "epoch":
        for char in _DIGITS:
            yield char, (("digit", char),), place
        yield "!", (("end", None),), ("bang",)
    elif kind == "dot":
        for char in _DIGITS:
            yield char, (("digit", char),), ("release", min(place[1] + 1, 2), char == "0")
    elif kind == "release":
        _, index, zero = place
        if not (normal and zero):
            for char in _DIGITS:
                yield char, (("digit", char),), place
        if not normal or index < 2:
            yield ".", (("end", None),), ("dot", index)
        if not normal or index == 2:
            yield from _go_on((("end", None), ("released", None)), "release", normal, capitals)
    elif kind == "word":
        _, part, word, at = place
        following = (
            ("number", part, False, False) if at + 1 == len(word) else ("word", part, word, at + 1)
        )
        yield from _cases(word[at], (), following, capitals)
    elif kind == "number":
        # Is there a digit; is it a leading zero, which the normal form has not?
        _, part, digits, zero = place
        if not (normal and zero):
            for char in _DIGITS:
                yield char, (("digit", char),), (kind, part, True, not digits and char == "0")
        if not normal and not digits:
            for char in _SEPARATORS:
                yield char, (), ("gap", part)
        if digits or not normal:
            yield from _go_on((("end", None),), part, normal, capitals, bare=not digits)
    elif kind == "gap":
        part = place[1]
        for char in _DIGITS:
            yield char, (("digit", char),), ("number", part, True, False)
        yield from _go_on((("end", None),), part, normal, capitals)
    elif kind == "minus":
        for char in _DIGITS:
            yield char, (("post", None), ("digit", char)), ("number", "post", True, False)
    else:
        yield from _in_local(place, normal, capitals)


def _cases(
    char: str, events: tuple[Event, ...], then: tuple[Any, ...], capitals: set[str]
) -> Iterator[tuple[str, tuple[Event, ...], tuple[Any, ...]]]:
    yield char, events, then
    if char.upper() in capitals:
        yield char.upper(), events, then


def _go_on(
    events: tuple[Event, ...], part: str, normal: bool, capitals: set[str], *, bare: bool = False
) -> Iterator[tuple[str, tuple[Event, ...], tuple[Any, ...]]]:
    """Yield what may follow a finished *part*; *bare* is one without its number."""
    yield "", (*events, ("public", None), ("finish", None)), ("done",)
    yield "+", (*events, ("public", None)), ("segment", "")
    if not normal and not bare and part in ("release", "pre"):
        yield "-", events, ("minus",)
    for following in _STAGES[part]:
        for word in (_NORMAL if normal else _SPELLINGS)[following]:
            told: Event = ("pre", _RANKS[word]) if following == "pre" else (following, None)
            separators: tuple[str, ...] = ("", *_SEPARATORS)
            if normal:
                separators = ("",) if following == "pre" else (".",)
            for separator in separators:
                if separator:
                    yield separator, (*events, told), ("word", following, word, 0)
                    continue
                then = (
                    ("number", following, False, False)
                    if len(word) == 1
                    else ("word", following, word, 1)
                )
                yield from _cases(word[0], (*events, told), then, capitals)


def _in_local(
    place: tuple[Any, ...], normal: bool, capitals: set[str]
) -> Iterator[tuple[str, tuple[Event, ...], tuple[Any, ...]]]:
    """Continue a local version; a segment is nothing, 0, 00 (zeros lead), 1 or a (letters)."""
    kind = place[1]
    for char in _DIGITS:
        if kind == "a":
            then = "a"
        elif kind == "":
            then = "0" if char == "0" else "1"
        else:
            then = "00" if kind in ("0", "00") else "1"
        yield char, (("letter", char),), ("segment", then)
    for char in _LETTERS:
        told = (("letter", char),)
        if normal:
            yield char, told, ("segment", "a")
        else:
            yield from _cases(char, told, ("segment", "a"), capitals)
    if kind and not (normal and kind == "00"):
        yield "", (("segment", kind), ("finish", None)), ("done",)
        for char in "." if normal else _SEPARATORS:
            yield char, (("segment", kind),), ("segment", "")


# -- comparing with a cut --------------------------------------------------------------------


class _Cut:
    """Compares what has been read of a version with a cut.

    A state is ``"<"`` or ``">"`` once that is settled, ``">"`` meaning at or
    after the cut, else where both are and how the number being read compares.
    """

    __slots__ = ("after", "epoch", "local", "release", "suffix")

    def __init__(self, cut: bytes) -> None:
        side, version = read_cut(cut)
        release = list(version.release)
        while release and release[-1] == 0:
            release.pop()
        self.epoch = _decimal(version.epoch)
        self.release = [_decimal(part) for part in release]
        pre, post, dev = version.pre, version.post, version.dev
        if pre is not None:
            rank, number = _RANKS[pre[0]], pre[1]
        else:
            rank, number = (-1 if dev is not None and post is None else 3), 0
        self.suffix: list[Any] = [
            rank,
            _decimal(number),
            int(post is not None),
            _decimal(post or 0),
            int(dev is None),
            _decimal(dev or 0),
        ]
        if side == "posts":
            self.suffix[2:4] = [1, _INFINITE]
        self.after = side == "after"
        self.local = version.local.split(".") if version.local else []

    def start(self) -> Any:
        return ("epoch", 0, 0, 0)

    def _target(self, phase: str, index: int) -> str:
        if phase == "epoch":
            return self.epoch
        if phase == "release":
            return self.release[index] if index < len(self.release) else ""
        return str(self.suffix[index])

    def steps(self, state: Any, events: tuple[Event, ...]) -> Any:
        for event in events:
            state = self.step(state, event)
        return state

    def step(self, state: Any, event: Event) -> Any:
        if isinstance(state, str):
            return state
        name, value = event
        phase, index, length, order = state
        if name == "digit":
            return (phase, index, *_digit(self._target(phase, index), length, order, value))
        if name == "end":
            return self._end(state)
        if name == "released":
            return "<" if index < len(self.release) else ("suffix", 0, 0, 0)
        if name in ("pre", "post", "dev"):
            given = {
                ("pre", 0): [value],
                ("post", 0): [3, "", 1],
                ("dev", 0): [-1, "", 0, "", 0],
                ("post", 2): [1],
                ("dev", 2): [0, "", 0],
                ("dev", 4): [0],
            }
            return self._given(index, given[name, index])
        if name == "public":
            state = self._given(index, [3, "", 0, "", 1, ""][index:])
            return state if isinstance(state, str) else ("local", 0, 0, 0)
        if name == "letter":
            return self._letter(state, value)
        if name == "segment":
            return self._segment(state, value)
        # The version is finished, and equal so far.
        if index < len(self.local):
            return "<"
        return "<" if self.after else ">"

    def _end(self, state: Any) -> Any:
        """Settle the number that ends here."""
        phase, index, length, order = state
        target = self._target(phase, index)
        if target == _INFINITE:
            return "<"
        order = (length > len(target)) - (length < len(target)) or order
        if order:
            return "<" if order < 0 else ">"
        if phase == "epoch":
            return ("release", 0, 0, 0)
        if phase == "release":
            # What follows the cut's last component is compared with zero.
            return (phase, min(index + 1, len(self.release)), 0, 0)
        return (phase, index + 1, 0, 0)

    def _given(self, index: int, values: list[Any]) -> Any:
        """Compare the parts that the text leaves out, or that a word names."""
        for value in values:
            target = self.suffix[index]
            if value != target:
                if target == _INFINITE:
                    return "<"
                if isinstance(value, int):
                    return "<" if value < target else ">"
                return "<"  # a number that is left out is zero
            index += 1
        return ("suffix", index, 0, 0)

    def _letter(self, state: Any, char: str) -> Any:
        """Read on in a segment; a state is the segment and what it says beside the cut's."""
        phase, index, done, order = state
        if index >= len(self.local):
            return ">"
        target = self.local[index]
        if target.isdigit():
            if char.isdigit():
                done, order = _digit(target.lstrip("0"), done, order, char)
        elif not order:
            beside = target[done : done + 1]
            order = (char > beside) - (char < beside)
            done += not order
        return (phase, index, done, order)

    def _segment(self, state: Any, kind: str) -> Any:
        """Settle the segment that ends here; *kind* says whether it has letters."""
        _, index, done, order = state
        if index >= len(self.local):
            return ">"
        target = self.local[index]
        if target.isdigit():
            if kind == "a":
                return "<"
            size = len(target.lstrip("0"))
            order = (done > size) - (done < size) or order
        elif kind != "a":
            return ">"
        else:
            order = order or -(done < len(target))
        if order:
            return "<" if order < 0 else ">"
        return ("local", index + 1, 0, 0)


def _decimal(value: int) -> str:
    """Return the digits of a number, none for zero."""
    return str(value) if value else ""


def _digit(target: str, length: int, order: int, char: str) -> tuple[int, int]:
    """Read one more digit of a number beside *target*."""
    if length == 0 and char == "0":
        return 0, 0
    if target == _INFINITE or length >= len(target):
        return len(target) + 1, order
    return length + 1, order or (char > target[length]) - (char < target[length])
