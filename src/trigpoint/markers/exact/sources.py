"""What a meaning was made from: comparisons, joined by operations.

A meaning remembers its *source*: the syntax tree of a text, or an operation on
other meanings.  It is needed to build the diagram again in another order of
axes, to write a text where the search finds none, and to evaluate or pickle
what was computed where neither diagram nor text will do.

**Idea.** Sources share parts (``m & m`` has one part, twice), so they are a
graph, which read as a tree may be exponentially large.  :func:`program` writes
it down as a list of steps, each of which uses earlier ones; whoever needs the
source runs through that list once.

**Invariant.** A step refers to earlier steps only, every part of the source
makes one step (one for each set of values that was put in around it), and
steps that are joined by the same word are one step if nothing else uses them.

**Cost.** Linear in the number of parts.

>>> from trigpoint.markers import Marker
>>> a, b, c = Marker("extra == 'a'"), Marker("extra == 'b'"), Marker("extra == 'c'")
>>> for step in program((~(a | b | c)).meaning):
...     print(step.op or step.leaf, *step.parts)
extra == "a"
extra == "b"
extra == "c"
or 0 1 2
not 3
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol, TypeVar

from trigpoint.markers.exact.nodes import Node
from trigpoint.markers.exact.restrict import Given
from trigpoint.markers.reading.tree import Comparison, Group
from trigpoint.markers.reading.tree import Node as Tree

__all__ = ["Source", "Sourced", "Step", "comparisons_of", "program", "run", "walk"]

T = TypeVar("T")


class Sourced(Protocol):
    """Anything that remembers what it was made from."""

    @property
    def source(self) -> Source:
        """What it was made from."""


Source = Tree | Node | tuple[Any, ...]
"""A syntax tree; a diagram in the usual order of axes; or an operation on meanings.

An operation is a tuple: ``"and"``, ``"or"``, ``"not"`` or ``"restrict"``, the meanings
that it joins, and for ``"restrict"`` the values that it puts in.
"""


class Step(NamedTuple):
    """One step of a :func:`program`.

    ``op`` is ``"and"``, ``"or"`` or ``"not"`` of the steps numbered ``parts``.
    It is empty for a ``leaf``: a comparison, a diagram, or a meaning that was not
    looked into.  ``given`` are the values to put into a leaf, in this order.
    """

    op: str
    parts: tuple[int, ...]
    leaf: Any
    given: tuple[Given, ...]


_Part = tuple[Any, tuple[Given, ...]]


def _source(what: Any) -> Any:
    """Return the source of a meaning; a part of a syntax tree is one itself."""
    return what if type(what) in (Comparison, Group, Node) else what.source


def _word(source: Any) -> str:
    """Return what joins the parts of a group or an operation."""
    return str(source[0] if type(source) is tuple else source.op)


def _parts(source: Any) -> Any:
    return source[1] if type(source) is tuple else source.parts


def _key(what: Any, given: tuple[Given, ...]) -> tuple[int, ...]:
    return (id(_source(what)), *map(id, given))


def program(meaning: Sourced, stop: Callable[[Any], bool] | None = None) -> list[Step]:
    """Return the steps that make *meaning*; the last one is *meaning* itself.

    Meanings for which *stop* is true, but *meaning* itself, are leaves.
    """
    uses = _uses(meaning, stop)
    steps: list[Step] = []
    number: dict[tuple[int, ...], int] = {}
    # What is to do, the values that were put in around it, and its parts once they are known.
    stack: list[tuple[Any, tuple[Given, ...], list[_Part] | None]] = [(meaning, (), None)]
    while stack:
        top, given, parts = stack.pop()
        key = _key(top, given)
        if key in number:
            continue
        source = _source(top)
        kind = type(source)
        stopped = stop is not None and top is not meaning and source is not top and stop(top)
        if stopped or kind is Comparison or kind is Node:
            number[key] = len(steps)
            steps.append(Step("", (), top if stopped else source, given))
            continue
        word = _word(source)
        if parts is None:
            if word == "restrict":
                parts = [(source[1][0], (source[2], *given))]
            else:
                found = _parts(source) if word == "not" else _joined(source, uses, stop)
                parts = [(part, given) for part in found]
            stack.append((top, given, parts))
            stack.extend((*part, None) for part in reversed(parts))
            continue
        numbers = tuple(number[_key(*part)] for part in parts)
        if word == "restrict":
            number[key] = numbers[0]
        else:
            number[key] = len(steps)
            steps.append(Step(word, numbers, None, ()))
    return steps


def _uses(meaning: Sourced, stop: Callable[[Any], bool] | None) -> Counter[int]:
    """Count how many parts use each source."""
    uses: Counter[int] = Counter()
    stack: list[Any] = [meaning]
    while stack:
        top = stack.pop()
        source = _source(top)
        uses[id(source)] += 1
        if uses[id(source)] > 1 or type(source) in (Comparison, Node):
            continue
        if stop is None or top is meaning or source is top or not stop(top):
            stack += _parts(source)
    return uses


def _joined(source: Any, uses: Counter[int], stop: Callable[[Any], bool] | None) -> list[Any]:
    """Return the parts of *source*, those of parts that are joined alike among them."""
    word = _word(source)
    found: list[Any] = []
    stack = list(reversed(_parts(source)))
    while stack:
        part = stack.pop()
        inner = _source(part)
        if (
            type(inner) in (Group, tuple)
            and _word(inner) == word
            and uses[id(inner)] == 1
            and (stop is None or inner is part or not stop(part))
        ):
            stack += reversed(_parts(inner))
        else:
            found.append(part)
    return found


def run(
    steps: list[Step],
    leaf: Callable[[Any, tuple[Given, ...]], T],
    join: Callable[[str, list[T]], T],
) -> T:
    """Compute a value for the program *steps*: *leaf* for leaves, *join* for their operations.

    >>> from trigpoint.markers import Marker
    >>> both = Marker("extra == 'a'") & ~Marker("os_name == 'nt'")
    >>> run(program(both.meaning), lambda what, given: 1, lambda op, values: sum(values))
    2
    """
    values: list[T] = []
    for op, parts, what, given in steps:
        values.append(join(op, [values[i] for i in parts]) if op else leaf(what, given))
    return values[-1]


def walk(source: Source) -> Iterator[Source]:
    """Yield *source* and everything it was made from, each once, in text order."""
    seen: set[int] = set()
    stack: list[Any] = [source]
    while stack:
        top = stack.pop()
        if id(top) in seen:
            continue
        seen.add(id(top))
        yield top
        if type(top) is tuple:
            stack.extend(meaning.source for meaning in reversed(top[1]))
        elif type(top) is Group:
            stack.extend(reversed(top.parts))


def comparisons_of(meaning: Sourced) -> list[Comparison]:
    """Return the comparisons that *meaning* was made from, in text order."""
    return [part for part in walk(meaning.source) if type(part) is Comparison]
