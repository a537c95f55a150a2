"""A project's files in memory: out of a folder, a zip, an sdist, or a text that lists them.

Idea: a build needs names and bytes, and nothing else of where they come from, so that
the page, the command line and the tests build the same thing.

Invariant: each path is relative, has no part ``..`` and lies below one folder; no link
is followed; no more than :data:`MOST_FILES` files and :data:`MOST_BYTES` bytes are held.

Cost: linear in what is read; n log n for the order of the paths.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from trigpoint.archives import MOST_HELD, MOST_HELD_FILES, Limits, open_archive, read_files
from trigpoint.archives.faults import shown
from trigpoint.archives.folders import NOT_ENTERED
from trigpoint.archives.names import Placed, place
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix

__all__ = [
    "FILLED",
    "MOST_BYTES",
    "MOST_FILES",
    "Tree",
    "from_listing",
    "read_tree",
    "to_listing",
]

MOST_FILES: Final = MOST_HELD_FILES
"""Files of a project that are built."""

MOST_BYTES: Final = MOST_HELD
"""Bytes of all these files together."""

FILLED: Final = NOT_ENTERED | {".direnv", ".eggs", ".venv", "__pypackages__", "venv"}
"""Folders that tools fill, which no build should see.

A folder ``build`` is not among them: there are packages of that name.
"""

_LIMITS: Final = Limits(members=20 * MOST_FILES, unpacked=4 * MOST_BYTES)
_INDENT: Final = "    "


@dataclass(frozen=True, slots=True)
class Tree:
    """The ``files`` of a project by path, and the ``name`` that it arrived under.

    ``findings`` is what is wrong with what they were read from; ``left_out`` says what
    was passed over, in words.
    """

    files: Mapping[str, bytes]
    name: str = ""
    findings: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(map(len, self.files.values()))

    def text(self, path: str) -> str:
        """Return the file at *path* as text, empty if there is none; bytes that are no UTF-8 as U+FFFD."""
        return self.files.get(path, b"").decode("utf-8", "replace")

    def with_files(self, files: Mapping[str, bytes]) -> Tree:
        """Return this project with *files* on top of its own."""
        return Tree({**self.files, **files}, self.name, self.findings, self.left_out)


def read_tree(source: bytes | str | os.PathLike[str], name: str = "") -> Tree:
    """Read a project out of *source*: the bytes or path of a zip, an sdist or a folder.

    *name* is what it is called.  One folder around everything is taken off, as sdists
    and downloads of repositories have it.  What cannot be read is among the findings;
    raises :exc:`trigpoint.archives.ArchiveError` for what is neither bytes nor a path.

    >>> read_tree(b"[project]", "pyproject.toml").files
    {'pyproject.toml': b'[project]'}
    """
    with open_archive(source, name, _LIMITS, leave_out=FILLED) as archive:
        found = read_files(
            archive,
            leave_out=FILLED,
            most_files=MOST_FILES,
            most_bytes=MOST_BYTES,
            limit=MOST_BYTES,
        )
    notes = tuple(each for each in found.findings if each.code != "archive-not-entered")
    left_out = tuple(f"{each}/" for each in found.left_out)
    return Tree(dict(found.files), found.name, notes, left_out)


def _large(message: str) -> Finding:
    return report("build-large", message, None, Fix("leave out what no build needs, such as data"))


# -- as a text --------------------------------------------------------------------------


def from_listing(text: str) -> tuple[dict[str, bytes], list[Finding]]:
    r"""Return the files that *text* lists, and what is wrong with it.

    A line that is not indented is a path; the lines below it, indented by four blanks,
    are what the file holds.

    >>> from_listing("a.txt\n    one\n    two\nb/c.py\n")
    ({'a.txt': b'one\ntwo\n', 'b/c.py': b''}, [])
    """
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for path, content in _listed(text):
        placed = Placed("", ()) if path.startswith(_INDENT) else place(path, Limits())
        if not placed.path or placed.problems:
            said = placed.problems[0][1] if placed.problems else f"{shown(path)} is no path"
            fix = Fix("write a path inside the project, and indent what the file holds")
            findings.append(report("build-listing", said, None, fix))
        elif len(files) >= MOST_FILES:
            findings.append(_large(f"more than {MOST_FILES:,} files are listed"))
            break
        else:
            files[placed.path] = content.encode(
                "utf-8", "surrogateescape" if _whole(content) else "replace"
            )
    return files, findings


_SURROGATE = re.compile("[\ud800-\udc7f\udd00-\udfff]").search


def _whole(text: str) -> bool:
    return _SURROGATE(text) is None


def _listed(text: str) -> Iterator[tuple[str, str]]:
    path, lines = "", list[str]()
    for line in text.split("\n"):
        if line.startswith(_INDENT) and path:
            lines.append(line[len(_INDENT) :])
        elif not line.strip():
            # An empty line belongs to the file if more of it follows.
            lines.append("")
        else:
            if path:
                yield path, _joined(lines)
            # A line that is indented below no path is none itself.
            path, lines = line.rstrip() if line.startswith(_INDENT) else line.strip(), []
    if path:
        yield path, _joined(lines)


def _joined(lines: list[str]) -> str:
    while lines and not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in lines)


def to_listing(files: Mapping[str, bytes]) -> str | None:
    r"""Return *files* as :func:`from_listing` reads them back; None if one cannot be written so.

    >>> to_listing({"a.txt": b"one\n\ntwo\n", "b.py": b""})
    'a.txt\n    one\n\n    two\nb.py\n'
    """
    parts = []
    for path, data in files.items():
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        lines = [f"{_INDENT}{line}" if line else "" for line in text.split("\n")[:-1]]
        parts.append("\n".join([path, *lines]) + "\n")
    listing = "".join(parts)
    back, findings = from_listing(listing)
    return listing if not findings and back == dict(files) else None
