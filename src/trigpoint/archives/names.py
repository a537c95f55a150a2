"""Where a member would land: one path out of whatever name an archive stores.

Idea: a name is text of a foreign system.  It is split at slashes, empty parts and
single dots go, and whatever could leave the folder that an archive is unpacked in
takes the path away altogether: there is no half-trusted path.

Invariant: a path is empty, or parts joined by single slashes, none of them empty,
``.`` or ``..``, none with NUL, without a drive and without a leading slash.

Cost: linear in the name.

Example: ``./a//b/`` is ``a/b``; ``a/../b`` has no path, because folders that are
links give it another meaning.
"""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

from trigpoint.archives.bounds import Limits
from trigpoint.archives.faults import shown

__all__ = ["Placed", "leaves", "place"]

_DRIVE = re.compile(r"[A-Za-z]:").match
_SEPARATORS = re.compile(r"[/\\]").split
# Nearly all names: words with slashes between them, and no part that begins with a dot.
_PLAIN = re.compile(r"(?:[\w-][\w.+-]*+/)*+[\w-][\w.+-]*+\Z", re.ASCII).match
_CONTROL = re.compile("[\0-\x1f\x7f]").search


class Placed(NamedTuple):
    """The ``path`` of a name (empty if it has none to trust), and what is wrong with the name.

    ``problems`` holds codes of the catalogue, each with its message.
    """

    path: str
    problems: tuple[tuple[str, str], ...]


def place(name: str, limits: Limits) -> Placed:
    r"""Return where *name* would land, within *limits* for its length and depth.

    >>> place("./a//b/", Limits()).path
    'a/b'
    >>> place("a\\..\\b", Limits())
    Placed(path='', problems=(('archive-name-outside', "'a\\..\\b' has a part '..'"),))
    """
    if len(name) > limits.name:
        long = f"{shown(name)} has more than {limits.name:,} characters"
        return Placed("", (("archive-name-long", long),))
    if _PLAIN(name) and name.count("/") < limits.depth:
        return Placed(name, ())
    if "\0" in name:
        return Placed("", (("archive-name-character", f"{shown(name)} holds the character NUL"),))
    parts = [part for part in name.split("/") if part not in ("", ".")]
    path = "/".join(parts)
    # A drive counts behind ./ too: what is joined with a folder on Windows is the path.
    if name.startswith("/") or path.startswith("\\") or _DRIVE(path):
        absolute = f"{shown(name)} starts at the root of a file system, not in the archive"
        return Placed("", (("archive-name-outside", absolute),))
    if ".." in _SEPARATORS(name):
        return Placed("", (("archive-name-outside", f"{shown(name)} has a part '..'"),))
    if len(parts) > limits.depth:
        deep = f"{shown(name)} lies more than {limits.depth:,} folders deep"
        return Placed("", (("archive-name-long", deep),))
    problems = []
    if "\\" in name:
        slash = f"{shown(name)} has a backslash, which is a part of the name here and a folder on Windows"
        problems.append(("archive-name-backslash", slash))
    if _CONTROL(name):
        problems.append(("archive-name-character", f"{shown(name)} holds a control character"))
    return Placed(path, tuple(problems))


def leaves(folder: str, target: str) -> bool:
    """Say whether a link in *folder* (a path, empty for the top) to *target* leaves the archive.

    >>> leaves("a/b", "../c"), leaves("a", "../../c"), leaves("", "/etc")
    (False, True, True)
    """
    if target.startswith(("/", "\\")) or _DRIVE(target):
        return True
    landing = posixpath.normpath(posixpath.join(folder, target.replace("\\", "/")))
    return landing == ".." or landing.startswith("../")
