"""The files of the folder ``templates``, from wherever this package was installed.

Idea: a wheel carries the folder as one zip among its package data, which a build hook packs; a
checkout and an editable install read the folder itself.  Nobody else looks for either.

Invariant: the same paths and bytes come out of both; what tools leave behind is in neither.

Source: ``hatch_build.py`` of this project.
"""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Final

__all__ = ["FOLDER", "PACKED", "read", "read_folder", "read_packed"]

PACKED: Final[Traversable] = resources.files(__package__).joinpath("templates.zip")
"""Where a wheel has the folder, packed; in a page the wheel itself is not unpacked."""

FOLDER: Final = Path(__file__).parents[4] / "templates"
"""Where a checkout has the folder."""


@functools.cache
def read() -> Mapping[str, bytes]:
    """Return the contents of every file by its path below the folder, with slashes.

    >>> "catalogue.toml" in read()
    True
    """
    return MappingProxyType(read_packed(PACKED) if PACKED.is_file() else read_folder(FOLDER))


def read_packed(path: Traversable) -> dict[str, bytes]:
    """Return what the zip at *path* holds, which the build hook made."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_folder(path: Path) -> dict[str, bytes]:
    """Return what the folder at *path* holds, without compiled files of Python.

    Raises :exc:`FileNotFoundError` if there is no folder.
    """
    if not path.is_dir():
        raise FileNotFoundError(path)
    files = sorted(each for each in path.rglob("*") if each.is_file())
    return {
        each.relative_to(path).as_posix(): each.read_bytes()
        for each in files
        if "__pycache__" not in each.parts
    }
