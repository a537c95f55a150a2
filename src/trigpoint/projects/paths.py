"""Questions to a file system that never raise: a path that cannot be is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

__all__ = ["below", "exists", "is_file", "is_folder", "is_link", "resolved", "size"]


def _asked(question: Callable[[Path], bool], path: Path) -> bool:
    try:
        return question(path)
    except (OSError, ValueError):
        # Too long, forbidden, or with a NUL in it.
        return False


def is_file(path: Path) -> bool:
    r"""Say whether a file is at *path*.

    >>> is_file(Path("no\\0name"))
    False
    """
    return _asked(Path.is_file, path)


def is_folder(path: Path) -> bool:
    """Say whether a folder is at *path*."""
    return _asked(Path.is_dir, path)


def is_link(path: Path) -> bool:
    """Say whether a link is at *path*, wherever it leads."""
    return _asked(Path.is_symlink, path)


def exists(path: Path) -> bool:
    """Say whether anything is at *path*."""
    return _asked(Path.exists, path)


def size(path: Path) -> int | None:
    """Return how many bytes the file at *path* has, None where there is none."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return None


def resolved(path: Path) -> Path:
    """Return *path* from the root on, without links in it; itself if it cannot be one."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path


def below(path: Path, folder: Path) -> bool:
    """Say whether *path* leads into *folder*, links followed."""
    return resolved(path).is_relative_to(resolved(folder))
