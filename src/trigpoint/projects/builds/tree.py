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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from trigpoint.archives import Archive, Kind, Limits, Member, open_archive
from trigpoint.archives.faults import counted, shown
from trigpoint.archives.folders import NOT_ENTERED
from trigpoint.archives.names import place
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix

__all__ = ["MOST_BYTES", "MOST_FILES", "Tree", "from_listing", "read_tree", "to_listing"]

MOST_FILES: Final = 5_000
"""Files of a project that are built."""

MOST_BYTES: Final = 64 * 1024 * 1024
"""Bytes of all these files together."""

_TOOLS: Final = frozenset({".direnv", ".eggs", ".venv", "__pypackages__", "venv"}) | NOT_ENTERED
"""Folders that tools fill, which no build should see."""

_LIMITS: Final = Limits(members=20 * MOST_FILES, unpacked=MOST_BYTES * 4)
_MARKS: Final = frozenset({"pyproject.toml", "setup.py", "setup.cfg"})
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
    with open_archive(source, name, _LIMITS, leave_out=_TOOLS) as archive:
        return _read(archive)


def _read(archive: Archive) -> Tree:
    notes: list[Finding] = [
        each for each in archive.findings if each.code not in ("archive-not-entered",)
    ]
    files = [each for each in archive.members if each.kind is Kind.FILE and each.path]
    top = _top([each.path for each in files])
    chosen, out = [], dict[str, None]()
    for each in files:
        path = each.path[len(top) :]
        if tool := next((part for part in path.split("/")[:-1] if part in _TOOLS), None):
            out[f"{tool}/"] = None
        else:
            chosen.append(each)
    links = [each for each in archive.members if each.kind is Kind.SYMLINK and each.path]
    out |= dict.fromkeys(f"{each.path[len(top) :]} (a link)" for each in links)
    if archive.format == "folder":
        closed = {
            each.path for each in archive.members if each.kind is Kind.DIR
        } - {each.path.rpartition("/")[0] for each in archive.members}
        out |= {f"{each}/": None for each in sorted(closed) if each.rpartition("/")[2] in _TOOLS}
    if len(chosen) > MOST_FILES:
        notes.append(_large(f"the project has {len(chosen):,} files, and {MOST_FILES:,} are read"))
        chosen = chosen[:MOST_FILES]
    held = _contents(archive, chosen, len(top), notes)
    called = top.rstrip("/") or archive.name
    return Tree(dict(sorted(held.items())), called, tuple(notes), tuple(out))


def _contents(
    archive: Archive, chosen: Iterable[Member], skip: int, notes: list[Finding]
) -> dict[str, bytes]:
    """Return the bytes of the *chosen* members by path, without its first *skip* letters."""
    held: dict[str, bytes] = {}
    left = MOST_BYTES
    for reading in archive.readings(chosen):
        pieces = []
        for piece in reading:
            left -= len(piece)
            if left < 0:
                notes.append(_large(f"the files take more than {counted(MOST_BYTES)} together"))
                return held
            pieces.append(piece)
        notes += reading.findings
        held[reading.member.path[skip:]] = b"".join(pieces)
    return held


def _large(message: str) -> Finding:
    return report("build-large", message, None, Fix("leave out what no build needs, such as data"))


def _top(paths: list[str]) -> str:
    """Return the one folder around all *paths*, with a slash; empty if there is none."""
    if not paths or any(path in _MARKS for path in paths):
        return ""
    first = {path.partition("/")[0] for path in paths}
    one = f"{first.pop()}/"
    return one if not first and all(path.startswith(one) for path in paths) else ""


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
        placed = place(path, Limits())
        if not placed.path or placed.problems:
            said = placed.problems[0][1] if placed.problems else f"{shown(path)} is no path"
            fix = Fix("write a path inside the project, and indent what the file holds")
            findings.append(report("build-listing", said, None, fix))
        elif len(files) >= MOST_FILES:
            findings.append(_large(f"more than {MOST_FILES:,} files are listed"))
            break
        else:
            files[placed.path] = content.encode("utf-8", "surrogateescape" if _whole(content) else "replace")
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
            path, lines = line.strip(), []
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
