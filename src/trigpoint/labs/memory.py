"""What all labs remember of the text on the screen; what a function keeps is :mod:`trigpoint.kept`."""

from __future__ import annotations

import functools

from trigpoint.requirements.statements import Statements, read_statements

__all__ = ["clear", "statements_of"]

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
