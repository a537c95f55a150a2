"""Small wheels, sdists and folders."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HEAD = "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\n"
TABLE = '[project]\nname = "spam"\nversion = "1.0"\n[build-system]\nrequires = ["build-own"]\nbuild-backend = "build_own"\n'


def wheel(text: str = HEAD, folder: str = "spam-1.0", *, names: Sequence[str] = ()) -> bytes:
    """Return a whole wheel with *text* as METADATA in the dist-info folder of *folder*.

    *names* are empty files besides.
    """
    stream, lines = io.BytesIO(), []
    head = f"{folder}.dist-info"
    stated = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(stream, "w") as made:
        files = dict.fromkeys(names, "") | {f"{head}/METADATA": text, f"{head}/WHEEL": stated}
        for name, data in files.items():
            made.writestr(name, data)
            digest = hashlib.sha256(data.encode()).digest()
            hashed = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            lines.append(f"{name},sha256={hashed},{len(data.encode())}\n")
        made.writestr(f"{head}/RECORD", "".join([*lines, f"{head}/RECORD,,\n"]))
    return stream.getvalue()


def sdist(text: str = HEAD, *, folder: str = "spam-1.0", **others: str) -> bytes:
    """Return an sdist with *text* as PKG-INFO in *folder*, and *others* with ``_`` for a dot."""
    stream = io.BytesIO()
    files = {"PKG-INFO": text, **{name.replace("_", "."): data for name, data in others.items()}}
    with tarfile.open(fileobj=stream, mode="w:gz") as made:
        for name, data in files.items():
            info = tarfile.TarInfo(f"{folder}/{name}")
            info.size = len(data.encode())
            made.addfile(info, io.BytesIO(data.encode()))
    return stream.getvalue()


def filled(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write *files*, by their paths below it, into *folder*, and return it."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder
