"""The file name of a wheel, taken apart.

Source: binary distribution format, "File name convention".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from trigpoint import versions

__all__ = ["MOST_FILE_NAME", "MOST_TAGS", "FileName", "read_file_name", "spread"]

MOST_FILE_NAME: Final = 1_024
"""Characters of a file name that is taken apart; file systems allow 255 bytes."""

MOST_TAGS: Final = 1_024
"""Tags that the name of a file or its WHEEL file is spread into; real ones hold a dozen."""

_NAME: Final = re.compile(r"[\w.]+").fullmatch
_BUILD: Final = re.compile(r"[0-9].*", re.DOTALL).fullmatch


@dataclass(frozen=True, slots=True)
class FileName:
    """The parts of a wheel's file name.

    ``project``, ``version`` and ``build`` are as written, the last empty if there is
    none; ``python``, ``abi`` and ``platform`` are the values of each part of the tags.
    """

    project: str
    version: str
    build: str
    python: tuple[str, ...]
    abi: tuple[str, ...]
    platform: tuple[str, ...]


def read_file_name(file_name: str) -> tuple[FileName | None, str]:
    """Take *file_name* apart; without a result, say what is wrong with it.

    >>> read_file_name("spam-1.0-1-py2.py3-none-any.whl")[0].python
    ('py2', 'py3')
    >>> read_file_name("spam-1.0.whl")
    (None, 'it has 2 parts between hyphens, not 5 or 6')
    """
    if len(file_name) > MOST_FILE_NAME:
        return None, f"it has more than {MOST_FILE_NAME:,} characters"
    if not file_name.endswith(".whl"):
        return None, "it does not end with .whl"
    parts = file_name.removesuffix(".whl").split("-")
    if len(parts) not in (5, 6):
        return None, f"it has {len(parts)} parts between hyphens, not 5 or 6"
    project, version, *rest = parts
    if not _NAME(project) or "__" in project:
        return None, "its first part is no name of a project"
    if not versions.is_version(version):
        return None, "its second part is no version"
    build = rest.pop(0) if len(rest) == 4 else ""
    if len(parts) == 6 and not _BUILD(build):
        return None, "its third part is a build number, which begins with a digit"
    # Tags are compared in lower case, whatever a file is called.
    python, abi, platform = (tuple(part.lower().split(".")) for part in rest)
    if not all((*python, *abi, *platform)):
        return None, "a part of its tags is empty"
    if not all(each.isidentifier() for each in python):
        return None, "its Python tag is no name of an interpreter"
    return FileName(project, version, build, python, abi, platform), ""


def spread(python: tuple[str, ...], abi: tuple[str, ...], platform: tuple[str, ...]) -> set[str]:
    """Return each single tag of *python*, *abi* and *platform*; empty if over :data:`MOST_TAGS`.

    >>> sorted(spread(("py2", "py3"), ("none",), ("any",)))
    ['py2-none-any', 'py3-none-any']
    """
    if len(python) * len(abi) * len(platform) > MOST_TAGS:
        return set()
    return {f"{one}-{two}-{three}" for one in python for two in abi for three in platform}
