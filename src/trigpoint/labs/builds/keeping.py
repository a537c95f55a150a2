"""Projects that stay in the tab: too large for a text, or not made of text.

Only a name goes into the request, so that no link and no history holds the files.  The
last few are kept, by their content.
"""

from __future__ import annotations

import hashlib
from typing import Final

from trigpoint.projects.builds import Tree

__all__ = ["MOST_KEPT", "keep", "kept"]

MOST_KEPT: Final = 2
"""Projects that are kept."""

_TREES: Final[dict[str, Tree]] = {}


def keep(tree: Tree) -> str:
    """Keep *tree*, and return the name to ask for it by.

    >>> kept(keep(Tree({"a": b""}))).files
    {'a': b''}
    """
    # In a page this takes half as long as SHA-256, which is most of what keeping takes.
    total = hashlib.blake2b(digest_size=8)
    for path, data in tree.files.items():
        total.update(f"{len(data)} {path}\n".encode("utf-8", "replace"))
        total.update(data)
    name = total.hexdigest()
    _TREES.pop(name, None)
    _TREES[name] = tree
    while len(_TREES) > MOST_KEPT:
        del _TREES[next(iter(_TREES))]
    return name


def kept(name: str) -> Tree | None:
    """Return the project that has this *name*, None if it is not here."""
    return _TREES.get(name)
