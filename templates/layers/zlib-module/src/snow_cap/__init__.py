"""Snow Cap."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from ._core import checksum as _checksum
from ._core import zlib_version

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["__version__", "checksum", "zlib_version"]

__version__ = version("snow-cap")


def checksum(data: ReadableBuffer, start: int = 0) -> int:
    """Return the CRC-32 of the memory of ``data``, going on from ``start``.

    ``data`` is anything that shares its memory in one piece: ``bytes``, an array, a
    memoryview. ``start`` is the checksum of what came before.

    :raises TypeError: ``data`` shares no memory.
    :raises ValueError: ``start`` is no number of 32 bits.

    >>> f"{checksum(b'snow'):08x}"
    '3683a5b3'
    """
    if not 0 <= start <= 0xFFFF_FFFF:
        message = f"start must be a number of 32 bits, not {start}"
        raise ValueError(message)
    return _checksum(data, start)
