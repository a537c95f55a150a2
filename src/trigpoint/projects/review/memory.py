"""A tree of files as ``importlib.resources`` would hand it over, for what asks for that.

repo-review copies and compares what it is given, so a place in a tree is copied as itself and
equal to its like.

Source: ``importlib.resources.abc.Traversable``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from trigpoint.projects.review.tree import Tree

__all__ = ["MemoryPath"]


class MemoryPath:
    """The place *path* in *tree*; the top is the empty path.

    >>> top = MemoryPath(Tree.of_files({"a/b.txt": b"c"}))
    >>> [each.name for each in top.iterdir()], (top / "a/b.txt").read_text()
    (['a'], 'c')
    """

    __slots__ = ("_path", "_tree")

    def __init__(self, tree: Tree, path: str = "") -> None:
        self._tree = tree
        self._path = path

    def __str__(self) -> str:
        return self._path or "."

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MemoryPath):
            return NotImplemented
        return self._tree is other._tree and self._path == other._path

    def __hash__(self) -> int:
        return hash(self._path)

    def __deepcopy__(self, _memo: dict[int, Any]) -> MemoryPath:
        return self

    def __truediv__(self, child: str) -> MemoryPath:
        return self.joinpath(child)

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self._path.rpartition("/")[2]

    def joinpath(self, *descendants: str) -> MemoryPath:
        """Return the place at *descendants*, one below the other."""
        parts = [part for each in (self._path, *descendants) for part in each.split("/")]
        return MemoryPath(self._tree, "/".join(part for part in parts if part not in ("", ".")))

    def iterdir(self) -> Iterator[MemoryPath]:
        """Yield what is in the folder; nothing for a file."""
        prefix = f"{self._path}/" if self._path else ""
        names = {
            path[len(prefix) :].partition("/")[0]
            for path in self._tree.paths
            if path.startswith(prefix)
        }
        return (MemoryPath(self._tree, prefix + name) for name in sorted(names))

    def is_dir(self) -> bool:
        """Say whether it is a folder."""
        return not self._path or self._tree.has_folder(self._path)

    def is_file(self) -> bool:
        """Say whether it is a file."""
        return self._path in self._tree

    def exists(self) -> bool:
        """Say whether anything is there."""
        return self.is_file() or self.is_dir()

    def open(self, mode: str = "r", encoding: str | None = "utf-8") -> Any:
        """Open the file: for bytes if *mode* has a ``b``, else as text in *encoding*.

        Raises :exc:`FileNotFoundError` if there is none.
        """
        data = io.BytesIO(self.read_bytes())
        return data if "b" in mode else io.TextIOWrapper(data, encoding or "utf-8")

    def read_bytes(self) -> bytes:
        """Return what is in the file.  Raises :exc:`FileNotFoundError` if there is none."""
        data = self._tree.bytes(self._path)
        if data is None:
            raise FileNotFoundError(self._path)
        return data

    def read_text(self, encoding: str | None = "utf-8") -> str:
        """Return the file as text in *encoding*; raises as :meth:`read_bytes` does."""
        return self.read_bytes().decode(encoding or "utf-8")
