"""Pack the folder templates into the wheel, as one file among its package data.

The zip is the same whoever makes it: sorted, without compression (the wheel has one), and
with one time for all members.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = "trigpoint/projects/templates/templates.zip"


def pack(folder: Path, target: Path) -> None:
    """Write the files of *folder* into the zip *target*."""
    target.parent.mkdir(parents=True, exist_ok=True)
    files = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system, member.external_attr = 3, 0o100644 << 16
            archive.writestr(member, files[name].read_bytes())


class CustomBuildHook(BuildHookInterface[Any]):
    """The hook that hatchling looks for in this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the zip to a wheel, of which *version* is the kind; an editable one needs none."""
        if version != "editable":
            packed = Path(self.directory, "templates.zip")
            pack(Path(self.root, "templates"), packed)
            build_data["force_include"][str(packed)] = TARGET

    def finalize(self, *_: Any) -> None:
        """Take the zip away, which the wheel has now."""
        Path(self.directory, "templates.zip").unlink(missing_ok=True)
