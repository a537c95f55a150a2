"""Wheels made by hand: exact METADATA bytes, any file name, the same archive every time."""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Wheel", "build", "metadata"]

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Wheel:
    """What goes into one wheel file.

    ``metadata`` is written as it stands; None stands for a plain METADATA.
    ``file_name`` replaces the ordinary file name, ``wheel_version`` is the
    value of the field in the WHEEL file.
    """

    name: str = "pkg"
    release: str = "1.0"
    metadata: bytes | None = None
    file_name: str = ""
    wheel_version: str = "1.0"

    @property
    def escaped(self) -> str:
        """The name as file names spell it."""
        return re.sub(r"[-_.]+", "_", self.name)

    @property
    def actual_file_name(self) -> str:
        """The name of the file that :func:`build` writes."""
        return self.file_name or f"{self.escaped}-{self.release}-py3-none-any.whl"

    @property
    def actual_metadata(self) -> bytes:
        """The bytes of its METADATA file."""
        if self.metadata is None:
            return metadata(name=self.name, release=self.release)
        return self.metadata

    @property
    def wheel_text(self) -> str:
        """The text of its WHEEL file."""
        return (
            f"Wheel-Version: {self.wheel_version}\n"
            "Generator: trigpoint-evidence\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )


def metadata(
    *lines: str, version: str | None = "2.1", name: str = "pkg", release: str = "1.0"
) -> bytes:
    r"""Return METADATA with the three required fields followed by *lines*.

    ``version`` is the Metadata-Version; None leaves the field out.

    >>> metadata("Keywords: a", version="2.6")
    b'Metadata-Version: 2.6\nName: pkg\nVersion: 1.0\nKeywords: a\n'
    """
    head = [] if version is None else [f"Metadata-Version: {version}"]
    rows = [*head, f"Name: {name}", f"Version: {release}", *lines]
    return "".join(f"{row}\n" for row in rows).encode()


def build(wheel: Wheel, directory: Path) -> Path:
    """Write *wheel* into *directory* and return the file's path."""
    info = f"{wheel.escaped}-{wheel.release}.dist-info"
    files = {
        f"{wheel.escaped}.py": f"RELEASE = {wheel.release!r}\n".encode(),
        f"{info}/METADATA": wheel.actual_metadata,
        f"{info}/WHEEL": wheel.wheel_text.encode(),
    }
    rows = []
    for path, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        rows.append(f"{path},sha256={digest},{len(data)}\n")
    files[f"{info}/RECORD"] = "".join([*rows, f"{info}/RECORD,,\n"]).encode()
    target = directory / wheel.actual_file_name
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target
