"""The wheel carries the folder of templates, packed."""

from __future__ import annotations

import runpy
from pathlib import Path

from trigpoint.projects.templates import source

HOOK = runpy.run_path(str(Path(__file__).parents[2] / "hatch_build.py"))


def test_the_packed_folder_is_the_folder(tmp_path: Path) -> None:
    """What the build hook packs gives the same files as the folder, and the same bytes each time."""
    folder = tmp_path / "templates"
    for path in ("b/.c", "a", "__pycache__/x.pyc"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(path.encode())
    packed = tmp_path / "new" / "x.zip"
    HOOK["pack"](folder, packed)
    assert {"a": b"a", "b/.c": b"b/.c"} == source.read_packed(packed)
    assert source.read_folder(folder) == source.read_packed(packed)
    first = packed.read_bytes()
    HOOK["pack"](folder, packed)
    assert first == packed.read_bytes()


def test_where_the_wheel_has_it() -> None:
    """The hook puts the zip where the reader looks for it."""
    assert str(source.PACKED).endswith(HOOK["TARGET"])
