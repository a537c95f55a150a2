"""What of a project's folder is checked, and what of it is not.

Idea: one bounded listing; names say what a file is.  Folders that tools fill, such as
``build``, are not entered, and a folder with a ``pyproject.toml`` of its own is another
project: both are named, and can be checked by themselves.

Invariant: no link is followed, and what is listed has a bound.

Cost: linear in the listing, of which there is at most :data:`MOST_LISTED`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

from trigpoint.archives import MOST_READ, Archive, Kind, Limits, Member, open_archive
from trigpoint.archives.folders import NOT_ENTERED
from trigpoint.catalogue import report
from trigpoint.findings import Finding
from trigpoint.projects.globs import LONGEST_PATTERN, license_pattern
from trigpoint.projects.kinds import PROGRAMS, kind_of_name
from trigpoint.projects.paths import below, exists, is_file
from trigpoint.projects.reading import Beside
from trigpoint.projects.report import NotRead, named

__all__ = ["FOREIGN", "LEFT_OUT", "MOST_FILES", "MOST_LISTED", "Folder"]

LEFT_OUT: Final = frozenset({".direnv", ".eggs", ".venv", "__pypackages__", "build", "venv"})
"""Folders that tools fill, by name and at any depth, besides those that no folder is read for."""

FOREIGN: Final = NOT_ENTERED | LEFT_OUT
"""The names of all folders that hold no file of a project's own: for a page to leave out, too."""

_CACHES: Final = frozenset(
    {".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__"}
)

MOST_LISTED: Final = 100_000
"""Files and folders of a project that are listed."""

MOST_FILES: Final = 1_000
"""Files of a project that are checked."""

_DIST: Final = re.compile(
    # The folder may be dist itself, where anything else than a wheel has to look like an sdist.
    r"dist/[^/]+(?:\.whl|\.tar\.gz|\.zip)|[^/]+\.whl|[^/]+-[0-9][^/]*\.tar\.gz"
).fullmatch
_METADATA: Final = re.compile(r"(?:[^/]+/)*[^/]+\.dist-info/METADATA|PKG-INFO").fullmatch


class Folder:
    """The folder at *path* as a project.

    *limits* bounds what is listed of it, and *most* how many files of it are checked.
    """

    def __init__(self, path: Path, limits: Limits | None = None, most: int = MOST_FILES) -> None:
        self.path = path
        self._limits = limits or Limits(members=MOST_LISTED)
        self._most = most

    @cached_property
    def archive(self) -> Archive:
        """The listing."""
        return open_archive(self.path, limits=self._limits, leave_out=LEFT_OUT)

    @cached_property
    def _other_projects(self) -> frozenset[str]:
        folders = (each.path.rpartition("/") for each in self._files)
        return frozenset(above for above, _, name in folders if above and name == "pyproject.toml")

    @cached_property
    def _files(self) -> list[Member]:
        return [each for each in self.archive.members if each.kind is Kind.FILE and each.path]

    def _own(self, path: str) -> bool:
        """Say whether *path* lies in no other project."""
        above = path.rpartition("/")[0]
        while above:
            if above in self._other_projects:
                return False
            above = above.rpartition("/")[0]
        return True

    @cached_property
    def _chosen(self) -> list[tuple[int, str]]:
        ranked = ((self._rank(each.path), each.path) for each in self._files)
        return sorted((rank, path) for rank, path in ranked if rank is not None)

    def _rank(self, path: str) -> int | None:
        """Return how early the file at *path* is checked, None if it is not."""
        if path == "pyproject.toml":
            return 0
        if _DIST(path):
            return 3
        if _METADATA(path) and self._own(path):
            return 2
        if kind_of_name(path) in ("requirements", "constraints") and self._own(path):
            return 1
        return None

    def paths(self) -> list[str]:
        """Return the paths of all files below the folder that are no other project's."""
        return [each.path for each in self._files if self._own(each.path)]

    def files(self) -> list[str]:
        """Return the paths below the folder that are checked, in order."""
        return [path for _, path in self._chosen[: self._most]]

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with the folder as a whole."""
        if not self.archive.complete:
            most = f"the folder holds more than {self._limits.members:,} files and folders"
            yield report("project-many", f"{most}; the rest is not read")
        if (more := len(self._chosen) - self._most) > 0:
            most = f"{self._most:,} files are checked"
            yield report("project-many", f"{most}, and {more:,} more are not")

    def not_read(self) -> list[NotRead]:
        """Return what of the folder is not read."""
        paths = {each.path for each in self._files}
        closed = (each.message for each in self.archive.findings if each.code == "archive-access")
        found = [NotRead(message, "so nothing is known of it") for message in closed]
        for name, why in PROGRAMS.items():
            if name in paths:
                found.append(NotRead(name, why))
        links = [
            each.path
            for each in self.archive.members
            if each.kind is Kind.SYMLINK and (kind_of_name(each.path) or _DIST(each.path))
        ]
        found += named(links, "a link")
        found += named(sorted(f"{each}/" for each in self._outermost()), "another project")
        return found + named(sorted(self._not_entered()), "left out")

    def _outermost(self) -> Iterator[str]:
        return (each for each in self._other_projects if self._own(each))

    def _not_entered(self) -> set[str]:
        """Return the names of folders that were not entered, but for caches, which say nothing."""
        entered = {each.path.rpartition("/")[0] for each in self.archive.members}
        folders = [each.path for each in self.archive.members if each.kind is Kind.DIR]
        closed = [each for each in folders if each not in entered]
        names = {each.rpartition("/")[2] for each in closed} & (LEFT_OUT | NOT_ENTERED)
        names |= {each for each in closed if self._exists(f"{each}/pyvenv.cfg")}
        return {f"{name}/" for name in names - _CACHES}

    # -- for what a pyproject.toml names ------------------------------------------------

    def beside(self) -> Beside:
        """Return what a pyproject.toml in the folder can ask about it."""
        return Beside(self._read_file, self._exists, self._matching)

    def _exists(self, name: str) -> bool:
        return exists(Path(self.path, name))

    def _read_file(self, name: str) -> str | None:
        path = Path(self.path, name)
        if not below(path, self.path) or not is_file(path):
            return None
        with open_archive(str(path)) as archive:
            if archive.format != "file":
                return None
            content = archive.read(archive.members[0], MOST_READ)
        try:
            return content.data.decode("utf-8") if content.whole else None
        except UnicodeDecodeError:
            return None

    def _matching(self, pattern: str) -> list[str]:
        if len(pattern) > LONGEST_PATTERN:
            return [pattern]
        matches = license_pattern(pattern)
        kinds = (Kind.FILE, Kind.SYMLINK)
        members = self.archive.members
        found = [each.path for each in members if each.kind in kinds and matches(each.path)]
        # What was not listed is not known to be missing.
        listed = self.archive.complete and not (LEFT_OUT | NOT_ENTERED) & {*pattern.split("/")}
        return found or ([] if listed else [pattern])
