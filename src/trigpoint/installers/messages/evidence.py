"""Which tools printed a message when it was recorded, and about which case."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from trigpoint.installers.recorded import RECORD

__all__ = ["Seen", "seen"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A recorded run that printed a message.

    ``tool`` is its name and version, ``case`` the first case that it printed it about,
    ``recorded`` the ISO date.  ``wheel`` tells whether the case is one of
    :data:`trigpoint.installers.CASES`; the others are of the runs of builds and
    requirement files, in ``tests/evidence/messages.json`` of the source.
    """

    tool: str
    case: str
    recorded: str
    wheel: bool


@functools.cache
def _index() -> Mapping[str, tuple[Seen, ...]]:
    text = resources.files(__package__).joinpath("seen.json").read_text(encoding="ascii")
    return {
        key: tuple(
            Seen(tool, case, date or RECORD.tools[tool].recorded, not date)
            for tool, case, date in rows
        )
        for key, rows in json.loads(text).items()
    }


def seen(key: str) -> tuple[Seen, ...]:
    """Return the runs that printed the message *key*, one a tool and version, old to new.

    Empty for a message that was never recorded.
    """
    return _index().get(key, ())
