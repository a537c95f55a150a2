"""Completing an sdist that another backend made."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterable
from pathlib import Path

from trigpoint.extensions.runner import BUILD_DIR

__all__ = ["complete"]


def complete(sdist: Path, root: Path, sources: Iterable[str]) -> list[str]:
    """Add what is missing of *sources*, files of the project in *root*, to *sdist*.

    Also takes out what was built, if the backend packed that.  Returns the paths that were
    added; an *sdist* with nothing to add or take out stays as it is, byte for byte.
    """
    with tarfile.open(sdist, "r:gz") as archive:
        members = [
            (each, file.read() if (file := archive.extractfile(each)) else None)
            for each in archive.getmembers()
        ]
    top = members[0][0].name.split("/")[0]
    built = f"{top}/{BUILD_DIR}/"
    kept = [each for each in members if not f"{each[0].name}/".startswith(built)]
    there = {each.name for each, _ in kept}
    added = [each for each in sources if f"{top}/{each}" not in there]
    if not added and len(kept) == len(members):
        return []
    about = next((each for each, _ in members if each.name == f"{top}/PKG-INFO"), members[0][0])
    for each in added:
        data = (root / each).read_bytes()
        member = tarfile.TarInfo(f"{top}/{each}")
        member.size, member.mtime, member.mode = len(data), about.mtime, 0o644
        kept.append((member, data))
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for member, content in sorted(kept, key=lambda each: each[0].name):
            archive.addfile(member, io.BytesIO(content) if content is not None else None)
    sdist.write_bytes(gzip.compress(raw.getvalue(), mtime=int(about.mtime)))
    return added
