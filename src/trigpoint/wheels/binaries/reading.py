"""One door to the readers of all formats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from trigpoint.wheels.binaries import elf, macho, pe
from trigpoint.wheels.binaries.view import Binary, BinaryFacts, BrokenError

__all__ = ["looks_compiled", "read_binary"]

_MAGICS: Final = (elf.MAGIC, pe.MAGIC, *macho.MAGICS)


def looks_compiled(start: bytes) -> bool:
    r"""Say whether a file that begins with *start* may be a compiled one.

    >>> looks_compiled(b"\x7fELF..."), looks_compiled(b"#!python")
    (True, False)
    """
    return start.startswith(_MAGICS)


def read_binary(data: bytes | bytearray | memoryview, path: str = "") -> Binary | None:
    r"""Return what the compiled file *data* says; None if it is of no format that is known.

    *path* is what the answer calls the file.  Whatever *data* is, nothing is raised: a
    file that cannot be read to its end says so in ``broken``.

    >>> read_binary(b"\x7fELF").broken
    'it ends before a table that it announces'
    """
    reader = _reader(data)
    if reader is None:
        return None
    kind, read = reader
    found = BinaryFacts()
    try:
        read(data, found)
    except BrokenError as error:
        return found.binary(path, kind, str(error))
    return found.binary(path, kind)


def _reader(
    data: bytes | bytearray | memoryview,
) -> tuple[str, Callable[[bytes | bytearray | memoryview, BinaryFacts], None]] | None:
    start = bytes(data[:4])
    if start == elf.MAGIC:
        return "elf", elf.read
    if start in macho.MAGICS and not macho.is_java(data):
        return "macho", macho.read
    if start.startswith(pe.MAGIC) and pe.is_pe(data):
        return "pe", pe.read
    return None
