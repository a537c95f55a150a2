"""The metadata in a file that a reader drops: a wheel, an sdist, or a text.

Nothing is unpacked to disk, one member is read, and what it may hold is bounded.

Source: binary distribution format and source distribution format specifications.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Final, cast

from trigpoint.findings import TrigpointError

__all__ = [
    "PROBLEMS",
    "Found",
    "UnusableFileError",
    "Upload",
    "decoded",
    "encoded",
    "find_metadata",
    "unwrapped",
]

MOST_TEXT: Final = 8 * 1024 * 1024
"""Bytes that metadata may have; the largest of PyPI's stay far below."""

MOST_UNPACKED: Final = 512 * 1024 * 1024
"""Bytes of a compressed sdist that are looked through for its PKG-INFO."""

MOST_MEMBERS: Final = 200_000
"""Members of an sdist that are looked at."""

PROBLEMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "base64": ("the file did not arrive whole", "drop it once more"),
        "archive": ("the file is no archive that can be read", "drop a .whl, a .tar.gz or a text"),
        "absent": (
            "the archive holds no metadata",
            "drop a wheel, whose .dist-info folder holds METADATA, or an sdist with PKG-INFO",
        ),
        "several": ("the archive holds metadata of several distributions", "drop one of them"),
        "large": (
            "the metadata is larger than 8 MiB, or too far back in a very large archive",
            "open the text itself",
        ),
        "listing": (
            "the index did not answer with a list of files",
            "check the project's name",
        ),
        "unlisted": (
            "the index lists no wheel of the project with metadata of its own",
            "open a wheel or an sdist instead",
        ),
        "locked": (
            "the metadata in the archive is encrypted",
            "drop an archive without a password",
        ),
    }
)
"""What can be the matter with a dropped file: in words, and what to do."""


class UnusableFileError(TrigpointError):
    """The file cannot be used; its argument is a key of :data:`PROBLEMS`."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A dropped file: its ``name`` and its bytes, in base64.

    ``problem`` is a key of :data:`PROBLEMS` once the file turned out to be unusable;
    it lasts for one answer.
    """

    name: str = ""
    data: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds.

    ``data`` is its metadata, byte by byte.  ``kind`` is ``"wheel"``, ``"sdist"``
    or empty, ``wheel_version`` what the wheel's WHEEL file says.
    """

    data: bytes
    kind: str = ""
    wheel_version: str = ""


def encoded(name: str, data: bytes) -> Upload:
    """Return the file *name* as a request carries it."""
    return Upload(name, base64.b64encode(data).decode("ascii"))


def decoded(upload: Upload) -> Found:
    """Return what *upload* holds; raises :exc:`UnusableFileError`.

    >>> decoded(encoded("METADATA", b"Name: spam")).data
    b'Name: spam'
    """
    return find_metadata(upload.name, unwrapped(upload))


def unwrapped(upload: Upload) -> bytes:
    """Return the bytes of *upload*; raises :exc:`UnusableFileError`."""
    try:
        return base64.b64decode(upload.data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnusableFileError("base64") from error


def find_metadata(name: str, data: bytes) -> Found:
    """Return the metadata in *data*, the bytes of a file called *name*.

    The bytes decide what it is; the name tells a wheel from a zipped sdist that
    has no metadata.  Raises :exc:`UnusableFileError`.
    """
    if data[:4] == b"PK\x03\x04" or name.lower().endswith((".whl", ".zip")):
        return _from_zip(data)
    if data[:2] == b"\x1f\x8b" or name.lower().endswith((".tar.gz", ".tgz", ".tar")):
        return _from_tar(data)
    if b"\0" in data[:1024] and _BINARY(data[:1024]):
        raise UnusableFileError("archive")
    return Found(_checked(data))


_METADATA = re.compile(r"[^/]+\.dist-info/METADATA").fullmatch
_PKG_INFO = re.compile(r"(?:\./)?[^/]+/PKG-INFO").fullmatch
_BINARY = re.compile(rb"\A(?:\x7fELF|MZ|BZh|\xfd7zXZ|\x89PNG|%PDF|.{257}ustar)", re.DOTALL).match
_WHEEL_VERSION = re.compile(rb"^wheel-version:[ \t]*([^\r\n]{1,40})", re.IGNORECASE | re.MULTILINE)


def _checked(data: bytes) -> bytes:
    if len(data) > MOST_TEXT:
        raise UnusableFileError("large")
    return data


def _from_zip(data: bytes) -> Found:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            wheels = sorted(set(filter(_METADATA, names)))
            found = wheels or sorted(set(filter(_PKG_INFO, names)))
            member = _only(found)
            metadata = _checked(_read(archive, member, MOST_TEXT + 1))
            if not wheels:
                return Found(metadata, "sdist")
            beside = member.removesuffix("METADATA") + "WHEEL"
            stated = _WHEEL_VERSION.search(
                _read(archive, beside, 64 * 1024) if beside in names else b""
            )
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise UnusableFileError("archive") from error
    except RuntimeError as error:
        # zipfile says so about a member that needs a password.
        raise UnusableFileError("locked") from error
    version = stated[1].decode("utf-8", "replace").strip() if stated else ""
    return Found(metadata, "wheel", version)


def _only(names: list[str]) -> str:
    if not names:
        raise UnusableFileError("absent")
    if len(names) > 1:
        raise UnusableFileError("several")
    return names[0]


def _read(archive: zipfile.ZipFile, member: str, most: int) -> bytes:
    with archive.open(member) as stream:
        return stream.read(most)


class _Bounded(io.RawIOBase):
    """A stream that ends with an error once too much came out of it."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._left = most

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size, 1024 * 1024) if size >= 0 else 1024 * 1024)
        self._left -= len(data)
        if self._left < 0:
            raise UnusableFileError("large")
        return data


def _from_tar(data: bytes) -> Found:
    import gzip

    stream: IO[bytes] = io.BytesIO(data)
    if data[:2] == b"\x1f\x8b":
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    try:
        with tarfile.open(fileobj=_Bounded(stream, MOST_UNPACKED), mode="r|") as archive:
            for number, member in enumerate(archive):
                if number >= MOST_MEMBERS:
                    raise UnusableFileError("large")
                if _PKG_INFO(member.name) and (content := archive.extractfile(member)):
                    return Found(_checked(content.read(MOST_TEXT + 1)), "sdist")
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError) as error:
        raise UnusableFileError("archive") from error
    raise UnusableFileError("absent")
