"""What a message of pip, uv, twine, a backend or the index means.

:func:`explain` finds the messages in what a tool printed, whatever stands around them,
and says which rule, the likely cause and the cure.  The messages are data
(``catalogue``), each with the shapes in which it is printed (``shapes``); that they are
printed is recorded (``evidence``).
"""

from __future__ import annotations

from trigpoint.installers.messages.catalogue import GROUPS, MESSAGES
from trigpoint.installers.messages.evidence import Seen, seen
from trigpoint.installers.messages.explaining import (
    MOST_EXPLAINED,
    MOST_LETTERS,
    MOST_NEAREST,
    Explained,
    explain,
    nearest,
)
from trigpoint.installers.messages.message import Message, Sourced
from trigpoint.installers.messages.places import review

__all__ = [
    "GROUPS",
    "MESSAGES",
    "MOST_EXPLAINED",
    "MOST_LETTERS",
    "MOST_NEAREST",
    "Explained",
    "Message",
    "Seen",
    "Sourced",
    "explain",
    "nearest",
    "review",
    "seen",
]
