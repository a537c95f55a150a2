"""The files of a wheel as a tree, folded where there are many, and as parts by their size.

Idea: both are the same tree of folders.  It is listed breadth first until a number of rows
is used up, so that the upper folders are there whatever is below them; and it is cut
into parts by splitting the largest folder again and again.

Cost: linear in the files for the tree, and for the parts a look at the largest each time.

Example: ``share/man/man1/spam.1`` alone is two rows, ``share/man/man1`` and ``spam.1``.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from trigpoint.labs.wheels.data import GroupRow, NodeRow, TileRow
from trigpoint.wheels import SCHEMES, Inspection, Landed

__all__ = ["MOST_ALIKE", "MOST_NODES", "MOST_TILES", "groups", "tiles"]

MOST_NODES: Final = 400
"""Files and folders that a tree lists."""

MOST_ALIKE: Final = 50
"""Files and folders of one folder that a tree lists, the largest of more."""

MOST_TILES: Final = 24
"""Parts that the sizes are shown by."""

_REST: Final = "the rest"


class _Node:
    """A folder or a file: what is below it by name, and its size and number of files."""

    __slots__ = ("below", "files", "kind", "shown", "size")

    def __init__(self) -> None:
        self.below: dict[str, _Node] = {}
        self.kind = "folder"
        self.size = 0
        self.files = 0
        self.shown: tuple[str, ...] = ()

    def add(self, path: str, size: int, kind: str) -> None:
        """Add a file at *path* below this folder."""
        node = self
        node.size += size
        node.files += 1
        for part in path.split("/"):
            node = node.below.setdefault(part, _Node())
            node.size += size
            node.files += 1
        node.kind = kind


def _chain(name: str, node: _Node) -> tuple[str, _Node]:
    """Go down from *node* as long as a folder holds one folder and nothing else."""
    names = [name]
    while node.kind == "folder" and len(node.below) == 1:
        ((below, child),) = node.below.items()
        if not child.below:
            break
        names.append(below)
        node = child
    return "/".join(names), node


def _placed(
    found: Inspection, landed: Iterable[Landed]
) -> Iterator[tuple[tuple[str, str], str, int, str]]:
    """Yield for each file its scheme and folder, its path below that, its size and its kind."""
    targets = {each.path: each for each in landed if not each.generated}
    for entry in found.entries:
        if entry.kind == "dir":
            continue
        there = targets.get(entry.path)
        if there is None:
            yield ("", ""), entry.path, entry.size, "file"
            continue
        inner = entry.inner if there.target.endswith(entry.inner) else entry.path
        folder = there.target[: len(there.target) - len(inner)].rstrip("/")
        yield (there.scheme, folder), inner, entry.size, "file"
    for each in landed:
        if each.generated:
            folder, _, name = each.target.rpartition("/")
            yield ("scripts", folder), name, 0, "command"


def groups(found: Inspection, landed: Sequence[Landed]) -> tuple[GroupRow, ...]:
    """Return the files of *found* as trees, one for each scheme and folder that they land in.

    *landed* says where they land; what lands nowhere comes last.
    """
    tops: dict[tuple[str, str], _Node] = {}
    for key, path, size, kind in _placed(found, landed):
        tops.setdefault(key, _Node()).add(path, size, kind)
    order = {scheme: number for number, scheme in enumerate((*SCHEMES, ""))}
    keys = sorted(tops, key=lambda key: (order[key[0]], key[1]))
    _show([tops[key] for key in keys])
    return tuple(
        GroupRow(*key, tops[key].files, tops[key].size, tuple(_rows(tops[key], 0))) for key in keys
    )


def _show(tops: Sequence[_Node]) -> None:
    """Say for each folder what is shown of it, breadth first, until the rows are used up."""
    left = MOST_NODES
    waiting = deque(tops)
    while waiting:
        node = waiting.popleft()
        names = sorted(node.below)
        if len(names) > MOST_ALIKE:
            largest = heapq.nlargest(MOST_ALIKE, names, key=lambda name: node.below[name].size)
            names = sorted(largest)
        if len(names) > left:
            continue
        left -= len(names)
        node.shown = tuple(names)
        waiting.extend(
            _chain(name, node.below[name])[1] for name in names if node.below[name].below
        )


def _rows(node: _Node, depth: int) -> Iterator[NodeRow]:
    # The depth of a path is bounded by the reader of archives.
    below = {name: _chain(name, node.below[name]) for name in node.shown}
    for name in sorted(node.shown, key=lambda name: (not below[name][1].below, name)):
        shown, child = below[name]
        if child.below:
            left = not child.shown
            yield NodeRow(depth, shown, "folder", child.size, child.files, left)
            yield from _rows(child, depth + 1)
        else:
            yield NodeRow(depth, shown, child.kind, child.size, child.files)
    if node.shown and (more := len(node.below) - len(node.shown)):
        size = node.size - sum(node.below[name].size for name in node.shown)
        files = node.files - sum(node.below[name].files for name in node.shown)
        yield NodeRow(depth, f"and {more:,} more", "rest", size, files)


def tiles(found: Inspection) -> tuple[TileRow, ...]:
    """Return the files of *found* as at most :data:`MOST_TILES` parts, by scheme and size."""
    tops: dict[str, _Node] = {}
    for entry in found.entries:
        if entry.kind != "dir":
            # The path in the archive, since the scheme has a colour of its own.
            tops.setdefault(entry.scheme, _Node()).add(entry.path, entry.size, "file")
    waiting: list[tuple[int, int, str, str, _Node]] = []
    done: list[TileRow] = []
    number = 0
    for scheme, node in tops.items():
        heapq.heappush(waiting, (-node.size, number, scheme, "", node))
        number += 1
    while waiting and len(waiting) + len(done) < MOST_TILES:
        _, _, scheme, path, node = heapq.heappop(waiting)
        if not node.below:
            done.append(TileRow(path, scheme, node.files, node.size))
            continue
        room = MOST_TILES - len(waiting) - len(done)
        names = heapq.nlargest(room, node.below, key=lambda name: node.below[name].size)
        if len(names) < len(node.below):
            names = names[:-1]
            rest = [child for name, child in node.below.items() if name not in set(names)]
            said = f"{path}/ {_REST}".lstrip("/ ") if path else _REST
            size, files = sum(each.size for each in rest), sum(each.files for each in rest)
            done.append(TileRow(said, scheme, files, size))
        for name in names:
            child = node.below[name]
            number += 1
            below = f"{path}/{name}" if path else name
            heapq.heappush(waiting, (-child.size, number, scheme, below, child))
    done += (
        TileRow(path or _REST, scheme, node.files, node.size)
        for _, _, scheme, path, node in waiting
    )
    return tuple(
        sorted(filter(lambda each: each.size, done), key=lambda each: (-each.size, each.path))
    )
