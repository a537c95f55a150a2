"""What all labs remember of the text on the screen; what a function keeps is :mod:`trigpoint.kept`."""

from __future__ import annotations

import functools

from trigpoint.labs.length import too_long
from trigpoint.requirements import Unknown
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
    A text that is :func:`.too_long` is one line that cannot be read.

    >>> found = statements_of("tomli; python_version < '3.11'")
    >>> [each.requirement for each in found.statements]
    ['tomli']
    """
    wrong = too_long(text, "paste only the lines that you ask about")
    if wrong is not None:
        return Statements(text, (Unknown(text, 0, 1, findings=(wrong,)),), ())
    found = read_statements(text, *_newest)
    _newest[:] = [found]
    return found
