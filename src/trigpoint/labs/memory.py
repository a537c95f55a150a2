"""What the labs remember from one keystroke to the next: little, and of bounded size.

Most of a reader's text is the same after a key was pressed, so what is known of
a text is kept by that text.  Each memory holds a fixed number of texts, and none
that is long, so that a tab stays small however long somebody types.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec, TypeVar, cast

from trigpoint.requirements.statements import Statements, read_statements

__all__ = ["MOST_KEPT", "clear", "kept", "statements_of"]

P = ParamSpec("P")
T = TypeVar("T")

MOST_KEPT: Final = 10_000
"""Letters of a text that is remembered; a longer one is looked at each time."""


def kept(
    entries: int,
) -> Callable[[Callable[Concatenate[str, P], T]], Callable[Concatenate[str, P], T]]:
    """Return a decorator that keeps the last *entries* answers of a function of a text.

    The text is its first argument; the others must be hashable.

    >>> asked = []
    >>> @kept(1)
    ... def length(text):
    ...     asked.append(text)
    ...     return len(text)
    >>> length("a"), length("a"), asked
    (1, 1, ['a'])
    """

    def decorate(function: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
        remembered = cast(
            "Callable[Concatenate[str, P], T]", functools.lru_cache(maxsize=entries)(function)
        )

        @functools.wraps(function)
        def call(text: str, /, *rest: P.args, **options: P.kwargs) -> T:
            ask = remembered if len(text) <= MOST_KEPT else function
            return ask(text, *rest, **options)

        return call

    return decorate


_newest: list[Statements] = []
"""The last reading of a text, if there is one."""


def clear() -> None:
    """Forget what was read."""
    _newest.clear()
    statements_of.cache_clear()


@functools.lru_cache(maxsize=2)
def statements_of(text: str) -> Statements:
    """Return *text* as lines and statements; see :func:`.read_statements`.

    The last two texts are kept, however long: the answer and what can be copied of
    it read the same text, and so does the next answer after a change of anything else.
    After a change of the text, only lines that were not in the one before are read.

    >>> found = statements_of("tomli; python_version < '3.11'")
    >>> [each.requirement for each in found.statements]
    ['tomli']
    """
    found = read_statements(text, *_newest)
    _newest[:] = [found]
    return found
