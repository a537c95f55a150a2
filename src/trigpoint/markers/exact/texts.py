"""Whether a version has a spelling that passes tests of its text, and which.

**Idea.** Several small machines run side by side over one text, letter by letter:
one that knows how versions are spelled, two that compare the version read so far
with a cut, and one for each test.  The search goes through their common states
breadth first, so the first text that all accept is a shortest one.

**Invariant.** A machine's state says all that the letters read so far can mean for
the rest of the text.  So two texts that lead to the same common state are worth the
same, and only the first is followed.

**Cost.** Linear in the number of common states, each of which is passed once.  One
needle of n letters has n states, a text that others are looked for in about 2 n;
needles that are all wanted may multiply, as the search has to know which of them it
has seen.  So all that one question asks shares one :class:`Effort`, and what takes
more raises :exc:`Undecided`.

The machine for spellings has a *place* for each part of a version:

======================  ====================================================
place                   what was read
======================  ====================================================
``start``, ``v``        nothing, a leading ``v``
``epoch``, ``bang``     digits that must turn out to be an epoch, its ``!``
``release``, ``dot``    a component and its number (2 stands for all later
                        ones) and whether it is a single 0; the dot after it
``word``                letters of ``rc``, ``post`` ..., and how many
``number``, ``gap``     the number after such a word; a separator before it
``minus``               the minus of ``1.0-1``, which means ``.post1``
``segment``             a segment of a local version, see :func:`_in_local`
``done``                the end
======================  ====================================================

One worked trace, with what each letter tells the machines that compare with a cut:

>>> for letter, place, told in trace("3.9rc1"):
...     print(letter, *place, [name for name, _ in told])
3 release 0 False ['digit', 'end', 'digit']
. dot 0 ['end']
9 release 1 False ['digit']
r word pre rc 1 ['end', 'released', 'pre']
c number pre False False []
1 number pre True False ['digit']
 done ['end', 'public', 'finish']

The first digit says ``digit, end, digit``: that the epoch is 0, and then the 3.
Told so, a machine that compares with the cut before ``3.9.0`` stays undecided until
the ``r``: a candidate comes before the final release, so from there on it is "<".

>>> from trigpoint.markers.exact.axes import place_of
>>> before = _CutComparison(place_of("3.9"))
>>> state = before.start()
>>> for letter, place, told in trace("3.9rc1"):
...     state = before.steps(state, told)
...     print(letter, state)
3 ('release', 0, 1, 0)
. ('release', 1, 0, 0)
9 ('release', 1, 1, 0)
r <
c <
1 <
 <
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, NamedTuple

from trigpoint.kept import keeps
from trigpoint.markers.exact.axes import read_cut
from trigpoint.markers.exact.axis_names import (
    CONTAINS,
    CONTAINS_FULL,
    CONTAINS_MINOR,
    EQUALS,
    INSIDE,
)
from trigpoint.markers.meaning.semantics import UndefinedComparison
from trigpoint.versions import MOST_DIGITS

__all__ = ["MOST_STEPS", "Demand", "Effort", "Undecided", "in_case", "part_of", "spelling", "trace"]

MOST_STEPS = 3_000_000
"""Steps of machines that one question may take, with all the texts that it asks for."""

_STEPS_A_LETTER = 10
"""What a letter of a literal counts, to make the machine that knows it."""

_MOST_KNOWN = 1024
"""How many searches are remembered; one more, and all are forgotten."""

_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SEPARATORS = "-_."
_INFINITE = "infinite"
_RANKS = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "c": 2, "rc": 2, "pre": 2, "preview": 2}
_SPELLINGS = {"pre": tuple(_RANKS), "post": ("post", "rev", "r"), "dev": ("dev",)}
_NORMAL = {"pre": ("a", "b", "rc"), "post": ("post",), "dev": ("dev",)}
_STAGES = {"release": ("pre", "post", "dev"), "pre": ("post", "dev"), "post": ("dev",), "dev": ()}

Event = tuple[str, Any]
"""What a letter tells a comparison with a cut: a name, and the digit, letter or rank."""

_Place = tuple[Any, ...]


class Undecided(UndefinedComparison):
    """So much is asked at once, of one text or of many, that no answer was found in time."""


class Effort:
    """What is left of the steps that one question may take.

    >>> effort = Effort(2)
    >>> effort.spend(2)
    >>> effort.spend(1)
    Traceback (most recent call last):
    ...
    trigpoint.markers.exact.texts.Undecided: so much is asked of one text that it takes too many steps
    """

    __slots__ = ("left",)

    def __init__(self, steps: int | None = None) -> None:
        self.left = MOST_STEPS if steps is None else steps

    def spend(self, steps: int) -> None:
        """Take *steps* away; raises :exc:`Undecided` if there are not so many."""
        self.left -= steps
        if self.left < 0:
            raise Undecided("so much is asked of one text that it takes too many steps")


class Demand(NamedTuple):
    """What a text has to pass: a test's family and literal, and the answer that is wanted.

    Families: ``i`` and ``F``, the literal is in it; ``V``, the literal is in
    its ``python_version``; ``h``, it is in the literal; ``=``, it is the
    literal but for case; ``:``, it is the literal; ``v``, it is a version
    (the literal is empty).
    """

    family: str
    literal: str
    wanted: bool


class _Reached(NamedTuple):
    """A common state on the way: the last letter, and where that came from."""

    before: _Reached | None
    letter: str

    def text(self) -> str:
        letters = []
        here: _Reached | None = self
        while here is not None:
            letters.append(here.letter)
            here = here.before
        return "".join(reversed(letters))


_known: dict[Hashable, tuple[str | None, int]] = {}


def _remembered(
    key: Hashable, effort: Effort | None, search: Callable[[Effort], str | None]
) -> str | None:
    """Return what *search* finds.

    What is remembered counts what it took, so that no answer depends on what was
    asked before.
    """
    effort = effort or Effort()
    if (known := _known.get(key)) is not None:
        effort.spend(known[1])
        return known[0]
    before = effort.left
    found = search(effort)
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    _known[key] = (found, before - effort.left)
    return found


def spelling(
    lower: bytes | None,
    upper: bytes | None,
    demands: frozenset[Demand],
    normal: bool,
    effort: Effort | None = None,
) -> str | None:
    """Return a shortest spelling of a version between two cuts that passes *demands*.

    *lower* and *upper* are the cuts, None where there is none.  *normal* asks for
    the form of ``python_full_version``; otherwise every spelling of a version will
    do.  *effort* is what the search may take.  None means that there is no such
    spelling.  Raises :exc:`Undecided` if the search takes more.

    >>> spelling(None, None, frozenset({Demand("i", "rc", True)}), True)
    '0.0.0+rc'
    """
    return _remembered(
        (lower, upper, demands, normal),
        effort,
        lambda effort: _spelling(lower, upper, demands, normal, effort),
    )


def _spelling(
    lower: bytes | None,
    upper: bytes | None,
    demands: frozenset[Demand],
    normal: bool,
    effort: Effort,
) -> str | None:
    ends = [_CutComparison(cut) if cut is not None else None for cut in (lower, upper)]
    rows = sorted(demands)
    machines = _machines(rows, effort)
    beside = len(machines) + 2
    in_minor_only = [demand.family == CONTAINS_MINOR for demand in rows]
    asked_for = "" if normal else "".join(demand.literal for demand in rows)
    capitals = {char for char in asked_for if "A" <= char <= "Z"}

    @functools.cache
    def moves(place: _Place) -> list[tuple[str, tuple[Event, ...], _Place]]:
        return list(_moves(place, normal, capitals))

    lowest, highest = ends

    def following(state: Any) -> Iterator[tuple[str, Any]]:
        place, (below, above), states = state
        letters = moves(place)
        effort.spend(len(letters) * beside)
        for char, events, then in letters:
            against = (
                lowest.steps(below, events) if lowest is not None else None,
                highest.steps(above, events) if highest is not None else None,
            )
            # Below the lower cut, or at the upper one or after it: no ending helps.
            if against[0] == "<" or against[1] == ">":
                continue
            if char == "":
                if all(m.accepts(s) for m, s in zip(machines, states, strict=True)):
                    yield "", None
                continue
            outside = not _in_minor(then)
            tested = []
            for machine, before, minor in zip(machines, states, in_minor_only, strict=True):
                after = before if minor and outside else machine.step(before, char)
                if after is None:
                    break
                tested.append(after)
            else:
                yield char, (then, against, tuple(tested))

    start = (
        ("start",),
        tuple(end.start() if end else None for end in ends),
        tuple(machine.start for machine in machines),
    )
    # Only needles and cuts that are long themselves can ask for a number that is too long.
    long = sum(len(demand.literal) for demand in rows) > MOST_DIGITS or any(
        len(cut) > MOST_DIGITS // 4 for cut in (lower, upper) if cut is not None
    )
    return _shortest(start, following, long=long)


def part_of(whole: str, demands: frozenset[Demand], effort: Effort | None = None) -> str | None:
    """Return a shortest part of *whole* that passes *demands*, or None if there is none.

    *effort* is what the search may take; raises :exc:`Undecided` if it takes more.

    >>> part_of("linux2", frozenset({Demand("i", "x", True), Demand(":", "x", False)}))
    'ux'
    """
    asked = sorted(demands - {Demand(INSIDE, whole, True)})

    def search(effort: Effort) -> str | None:
        effort.spend(len(whole) * _STEPS_A_LETTER)
        parts = _substrings(whole)
        return _guided(0, None, lambda place: parts[place].items(), asked, effort)

    return _remembered((INSIDE, whole, demands), effort, search)


_LOWERED: Final = "\u0130\u03f4\u1e9e\u2126\u212a\u212b"
"""What is a letter in lower case, and is not that letter in upper or title case.

They are a dotted I, a theta, a sharp s, and the signs of ohm, kelvin and ångström.
"""


def in_case(literal: str, demands: frozenset[Demand], effort: Effort | None = None) -> str | None:
    """Return a text that is *literal* in lower case and passes *demands*, None if there is none.

    *effort* is what the search may take; raises :exc:`Undecided` if it takes more.

    >>> in_case("nt", frozenset({Demand("i", "T", True), Demand(":", "NT", False)}))
    'nT'
    """
    asked = sorted(demands - {Demand(EQUALS, literal, True)})
    # Which letters a test names matters too: a sign that no test names may pass where others fail.
    letters = {char for demand in asked for char in demand.literal}
    for char in set(literal):
        letters.update(char, char.upper(), char.title())
    spelled: dict[str, list[str]] = {}
    for char in sorted(letters.union(_LOWERED)):
        if char.lower():
            spelled.setdefault(char.lower()[0], []).append(char)

    def moves(place: int) -> Iterator[tuple[str, int]]:
        for char in spelled.get(literal[place : place + 1], ()):
            if literal.startswith(char.lower(), place):
                yield char, place + len(char.lower())

    return _remembered(
        (EQUALS, literal, demands),
        effort,
        lambda effort: _guided(0, len(literal), moves, asked, effort),
    )


def _guided(
    start: int,
    end: int | None,
    moves: Callable[[int], Iterable[tuple[str, int]]],
    asked: list[Demand],
    effort: Effort,
) -> str | None:
    """Return a shortest text along *moves* that passes what is *asked*, None if there is none.

    Moves lead from a place to a letter and the next place; a text may end at *end*,
    or anywhere if that is None.
    """
    machines = _machines(asked, effort)
    cost = len(machines) + 1

    def following(state: Any) -> Iterator[tuple[str, Any]]:
        place, states = state
        effort.spend(cost)
        if (end is None or place == end) and all(
            m.accepts(s) for m, s in zip(machines, states, strict=True)
        ):
            yield "", None
        for char, then in moves(place):
            effort.spend(cost)
            tested = []
            for machine, before in zip(machines, states, strict=True):
                after = machine.step(before, char)
                if after is None:
                    break
                tested.append(after)
            else:
                yield char, (then, tuple(tested))

    return _shortest((start, tuple(machine.start for machine in machines)), following, long=False)


def _shortest(
    start: Hashable, following: Callable[[Any], Iterator[tuple[str, Any]]], *, long: bool
) -> str | None:
    """Return the letters on a shortest way from *start* to an end, or None if there is none.

    *following* yields letters and the states that they lead to; the empty letter is
    the end.  With *long*, no number of the text may have more than
    :data:`~trigpoint.versions.MOST_DIGITS` digits: of two ways to one state, the one
    with fewer digits in a row is worth more, even if it is found later.
    """
    digits = {start: 0}
    level: list[tuple[Any, int, _Reached | None]] = [(start, 0, None)]
    while level:
        reached: list[tuple[Any, int, _Reached | None]] = []
        for state, run, way in level:
            for char, then in following(state):
                if char == "":
                    return way.text() if way is not None else ""
                row = run + 1 if long and char in _DIGITS else 0
                if row > MOST_DIGITS:
                    continue
                known = digits.get(then)
                if known is None or row < known:
                    digits[then] = row
                    reached.append((then, row, _Reached(way, char)))
        level = reached
    return None


# -- one machine for each test ------------------------------------------------------------


class _Machine:
    """Runs one test over a text; the state None is for a text that no ending can save."""

    __slots__ = ("literal", "start", "wanted")

    start: Any

    def __init__(self, demand: Demand) -> None:
        _, self.literal, self.wanted = demand
        self.start = 0

    def step(self, state: Any, char: str) -> Any:
        raise NotImplementedError

    def accepts(self, state: Any) -> bool:
        raise NotImplementedError


class _Contains(_Machine):
    """Is the literal in the text?  The state is how much of it the text ends with.

    Once all of it was read it stays so.  ``forward`` has for each state the letters
    that do not lead back to the start, fewer than two for each on average (Knuth,
    Morris and Pratt, 1977, with the steps back worked out beforehand: the search tries
    many letters in one state).
    """

    __slots__ = ("forward",)

    def __init__(self, demand: Demand) -> None:
        super().__init__(demand)
        literal = self.literal
        self.forward: list[dict[str, int]] = [{literal[0]: 1}] if literal else []
        # Where the text without its first letter would be.
        shorter = 0
        for i in range(1, len(literal)):
            char = literal[i]
            self.forward.append({**self.forward[shorter], char: i + 1})
            shorter = self.forward[shorter].get(char, 0)

    def step(self, state: Any, char: str) -> Any:
        if state == len(self.literal):
            return state
        state = self.forward[state].get(char, 0)
        return None if state == len(self.literal) and not self.wanted else state

    def accepts(self, state: Any) -> bool:
        return (state == len(self.literal)) is self.wanted


class _Inside(_Machine):
    """Is the text in the literal?  The state is one of :func:`_substrings`, or -1 if not."""

    __slots__ = ("states",)

    def __init__(self, demand: Demand) -> None:
        super().__init__(demand)
        self.states = _substrings(self.literal)

    def step(self, state: Any, char: str) -> Any:
        then = self.states[state].get(char, -1) if state >= 0 else -1
        return None if then < 0 and self.wanted else then

    def accepts(self, state: Any) -> bool:
        return (state >= 0) is self.wanted


class _Equals(_Machine):
    """Is the text the literal?  The state is how much of it was read, or -1 if it is not."""

    __slots__ = ("fold",)

    def __init__(self, demand: Demand) -> None:
        super().__init__(demand)
        self.fold = demand.family == EQUALS

    def step(self, state: Any, char: str) -> Any:
        read = char.lower() if self.fold else char
        # The lower case of a letter may be several.
        found = state >= 0 and bool(read) and self.literal.startswith(read, state)
        if found:
            return state + len(read)
        return None if self.wanted else -1

    def accepts(self, state: Any) -> bool:
        return (state == len(self.literal)) is self.wanted


class _IsVersion(_Machine):
    """Is the text a version?  The state is all the places where its spelling may be.

    Blanks around it do not matter; the place ``blank`` is after those at its end.
    """

    __slots__ = ("known",)

    def __init__(self, demand: Demand) -> None:
        super().__init__(demand)
        self.start = frozenset({("start",)})
        # There are few states, and few letters that lead anywhere.
        self.known: dict[tuple[Any, str], Any] = {}

    def step(self, state: Any, char: str) -> Any:
        key = (state, char)
        if key not in self.known:
            self.known[key] = self._step(state, char)
        return self.known[key]

    def _step(self, state: Any, char: str) -> Any:
        if char.isspace():
            then = state & {("start",), ("blank",)}
            if any(_ends(place) for place in state):
                then |= {("blank",)}
        else:
            read = char.lower() if char.isascii() else char
            then = frozenset(
                after
                for place in state - {("blank",)}
                for letter, _, after in _moves(place, False, frozenset())
                if letter == read
            )
        return None if not then and self.wanted else then

    def accepts(self, state: Any) -> bool:
        return any(_ends(place) for place in state) is self.wanted


def _ends(place: _Place) -> bool:
    """Say whether a version may end here."""
    return place == ("blank",) or any(
        letter == "" for letter, _, _ in _moves(place, False, frozenset())
    )


_MACHINES: dict[str, type[_Machine]] = {
    CONTAINS: _Contains,
    CONTAINS_FULL: _Contains,
    CONTAINS_MINOR: _Contains,
    INSIDE: _Inside,
    EQUALS: _Equals,
    ":": _Equals,
    "v": _IsVersion,
}


@keeps(64, lambda demand: len(demand.literal))
def _machine(demand: Demand) -> _Machine:
    return _MACHINES[demand.family](demand)


def _machines(demands: Sequence[Demand], effort: Effort) -> list[_Machine]:
    """Return a machine for each of *demands*."""
    effort.spend(_STEPS_A_LETTER * sum(len(demand.literal) for demand in demands))
    return [_machine(demand) for demand in demands]


@keeps(64)
def _substrings(text: str) -> list[dict[str, int]]:
    """Return the suffix automaton of *text*: from each state, the letters that go on.

    State 0 is the empty part.  Parts that end at the same places of *text* share a
    state, so there are fewer than twice as many as letters (Blumer and others, 1985).

    >>> _substrings("aba")
    [{'a': 1, 'b': 2}, {'b': 2}, {'a': 3}, {}]
    """
    following: list[dict[str, int]] = [{}]
    length, link = [0], [-1]
    last = 0
    for char in text:
        here = len(following)
        following.append({})
        length.append(length[last] + 1)
        link.append(0)
        before = last
        while before >= 0 and char not in following[before]:
            following[before][char] = here
            before = link[before]
        if before >= 0:
            there = following[before][char]
            if length[before] + 1 == length[there]:
                link[here] = there
            else:
                # The shorter parts of that state end at more places now: they move out.
                copy = len(following)
                following.append(dict(following[there]))
                length.append(length[before] + 1)
                link.append(link[there])
                while before >= 0 and following[before].get(char) == there:
                    following[before][char] = copy
                    before = link[before]
                link[there] = link[here] = copy
        last = here
    return following


def trace(text: str) -> list[tuple[str, _Place, tuple[Event, ...]]]:
    """Return how *text* is read as a version: each letter, its place, and what it tells.

    The last letter is empty and stands for the end.  The list is empty where *text* is
    no version.

    >>> trace("3.x")
    []
    """
    ways: list[tuple[_Place, _Trace | None]] = [(("start",), None)]
    for char in [*text.lower(), ""]:
        ways = [
            (then, _Trace(way, (char, then, events)))
            for place, way in ways
            for letter, events, then in _moves(place, False, frozenset())
            if letter == char
        ]
    rows = []
    way = ways[0][1] if ways else None
    while way is not None:
        rows.append(way.row)
        way = way.before
    return rows[::-1]


class _Trace(NamedTuple):
    before: _Trace | None
    row: tuple[str, _Place, tuple[Event, ...]]


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
    place: tuple[Any, ...], normal: bool, capitals: AbstractSet[str]
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
    char: str, events: tuple[Event, ...], then: tuple[Any, ...], capitals: AbstractSet[str]
) -> Iterator[tuple[str, tuple[Event, ...], tuple[Any, ...]]]:
    yield char, events, then
    if char.upper() in capitals:
        yield char.upper(), events, then


def _go_on(
    events: tuple[Event, ...],
    part: str,
    normal: bool,
    capitals: AbstractSet[str],
    *,
    bare: bool = False,
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
    place: tuple[Any, ...], normal: bool, capitals: AbstractSet[str]
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
        yield from _cases(char, (("letter", char),), ("segment", "a"), capitals)
    if kind and not (normal and kind == "00"):
        yield "", (("segment", kind), ("finish", None)), ("done",)
        for char in "." if normal else _SEPARATORS:
            yield char, (("segment", kind),), ("segment", "")


# -- comparing with a cut --------------------------------------------------------------------


class _CutComparison:
    """Compares what has been read of a version with a cut.

    A state is ``"<"`` or ``">"`` once that is certain, ``">"`` meaning at or
    after the cut.  Until then both are equal so far, and the state says where they are:
    the phase, the index in it, and of the number being read how many digits it has
    and how they compare with as many of the cut's.
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
        """Compare the number that ends here with that of the cut."""
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
        # Numbers come after words.  Which of both this segment is shows at its end only, so
        # it is compared as what the cut's is.
        if target.isdigit():
            if char.isdigit():
                done, order = _digit(target.lstrip("0"), done, order, char)
        elif not order:
            beside = target[done : done + 1]
            order = (char > beside) - (char < beside)
            done += not order
        return (phase, index, done, order)

    def _segment(self, state: Any, kind: str) -> Any:
        """Compare the segment that ends here; *kind* says whether it has letters."""
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
