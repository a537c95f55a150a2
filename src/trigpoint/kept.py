r"""Answers about a reader's text that are kept, in a room of bounded size.

**Idea.** Most of what somebody edits is the same after a key was pressed, so what is found
out about a text is kept by that text.  A number of entries alone is no bound, since a text
may be of any length.  So texts of at most :data:`SHORT` letters are kept by their number,
and all longer ones of a function share :data:`MOST_LETTERS` letters: those that were asked
for longest ago go first.  A text that is longer than that is looked at each time.

**Invariant.** A function of *n* entries holds at most ``n * SHORT + MOST_LETTERS`` letters.

**Cost.** One look-up for a short text, two for a longer one.

>>> asked = []
>>> @keeps(2)
... def length(text):
...     asked.append(text)
...     return len(text)
>>> length("a"), length("a"), asked
(1, 1, ['a'])
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from typing import Any, Final, Generic, ParamSpec, Protocol, TypeVar, cast

__all__ = ["MOST_LETTERS", "SHORT", "Kept", "keeps", "letters_of"]

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

SHORT: Final = 1000
"""Letters of a text up to which it is one of a number of entries."""

MOST_LETTERS: Final = 1_000_000
"""Letters of all longer texts that one function holds."""


class Kept(Protocol[P, T_co]):
    """A function whose answers are kept.

    ``held`` has the answers for longer texts, ``cache_info`` tells of those for short ones,
    and ``cache_clear`` forgets all.
    """

    held: _Held[Any]
    cache_clear: Callable[[], None]
    cache_info: Callable[[], Any]
    __wrapped__: Callable[..., Any]

    def __call__(self, *arguments: P.args, **options: P.kwargs) -> T_co:
        """Return the answer."""


class _Held(Generic[T]):
    """Answers for longer texts, of :data:`MOST_LETTERS` letters together."""

    def __init__(self) -> None:
        self.letters = 0
        self._found: dict[Hashable, tuple[int, T]] = {}

    def __len__(self) -> int:
        return len(self._found)

    def clear(self) -> None:
        """Forget all."""
        self._found.clear()
        self.letters = 0

    def of(self, key: Hashable, size: int, find: Callable[[], T]) -> T:
        """Return what is held for *key*, of *size* letters; what *find* returns if nothing is."""
        found = self._found.get(key)
        if found is None:
            answer = find()
            if size > MOST_LETTERS:
                return answer
            found = size, answer
        else:
            self._drop(key)
        while self.letters + size > MOST_LETTERS:
            self._drop(next(iter(self._found)))
        # At the end, since dictionaries keep their order: the first is the oldest.
        self._found[key] = found
        self.letters += size
        return found[1]

    def _drop(self, key: Hashable) -> None:
        self.letters -= self._found.pop(key)[0]


def letters_of(*arguments: object, **_: object) -> int:
    """Return how many letters the texts among *arguments* have, those in tuples too.

    >>> letters_of("a", ("bcd",), None, pythons=True)
    4
    """
    size = 0
    for each in arguments:
        if isinstance(each, str):
            size += len(each)
        elif isinstance(each, tuple):
            size += letters_of(*each)
    return size


def keeps(
    entries: int, letters: Callable[..., int] | None = None
) -> Callable[[Callable[P, T]], Kept[P, T]]:
    """Return a decorator that keeps answers of a function, whose arguments must be hashable.

    *entries* is how many answers for short texts are kept.  *letters* counts the letters of
    the arguments, such as :func:`letters_of`; without it the function has one, a text.  An error
    is never kept.

    >>> @keeps(16, letters_of)
    ... def first(values):
    ...     return values[0]
    >>> first(("a", "b"))
    'a'
    """

    def decorate(function: Callable[P, T]) -> Kept[P, T]:
        short = functools.lru_cache(maxsize=entries)(function)
        held = _Held[T]()

        def one(text: Any, /) -> Any:
            size = len(text)
            # A call of a function with one text costs half of one with any arguments.
            return short(text) if size <= SHORT else held.of(text, size, lambda: unkept(text))

        def several(*arguments: Any, **options: Any) -> Any:
            assert letters is not None
            size = letters(*arguments, **options)
            if size <= SHORT:
                return short(*arguments, **options)
            key = (arguments, *sorted(options.items()))
            return held.of(key, size, lambda: unkept(*arguments, **options))

        def clear() -> None:
            short.cache_clear()
            held.clear()

        unkept = cast("Callable[..., T]", function)
        made: Any = functools.wraps(function)(one if letters is None else several)
        made.held, made.cache_clear, made.cache_info = held, clear, short.cache_info
        return cast("Kept[P, T]", made)

    return decorate
