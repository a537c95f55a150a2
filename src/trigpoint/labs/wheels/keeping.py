"""Files that stay in the tab: only what was found in them is kept, never their bytes.

Only a name goes into the request, so that no link and no history holds the files.
"""

from __future__ import annotations

import hashlib
from typing import Final

from trigpoint.wheels import Inspection

__all__ = ["MOST_KEPT", "keep", "kept"]

MOST_KEPT: Final = 50
"""Files that are kept, those that were asked for last."""

_FOUND: Final[dict[str, Inspection]] = {}


def keep(found: Inspection) -> str:
    """Keep what was *found* in a file, and return the name to ask for it by.

    >>> from trigpoint.wheels import inspect
    >>> kept(keep(inspect(b"", "a.whl"))).name
    'a.whl'
    """
    total = hashlib.sha256(f"{found.name}\n{found.size}\n".encode("utf-8", "replace"))
    for each in found.entries:
        total.update(f"{each.path} {each.digest} {each.mode}\n".encode("utf-8", "replace"))
    name = total.hexdigest()[:16]
    _FOUND.pop(name, None)
    _FOUND[name] = found
    while len(_FOUND) > MOST_KEPT:
        del _FOUND[next(iter(_FOUND))]
    return name


def kept(name: str) -> Inspection | None:
    """Return what was found in the file that has this *name*, None if it is not here."""
    found = _FOUND.pop(name, None)
    if found is not None:
        _FOUND[name] = found
    return found
