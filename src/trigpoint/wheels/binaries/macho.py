"""Mach-O: the libraries that a file of macOS links, for each machine that it is made for.

Source: Apple's ``mach-o/loader.h`` and ``mach-o/fat.h``.
"""

from __future__ import annotations

from typing import Final

from trigpoint.wheels.binaries.view import (
    MOST_COMMANDS,
    MOST_SLICES,
    BinaryFacts,
    BrokenError,
    View,
)

__all__ = ["MAGICS", "read"]

_ORDERS: Final = {
    b"\xce\xfa\xed\xfe": ("<", 28),
    b"\xcf\xfa\xed\xfe": ("<", 32),
    b"\xfe\xed\xfa\xce": (">", 28),
    b"\xfe\xed\xfa\xcf": (">", 32),
}
"""Byte order and size of the header, by the first four bytes."""

_FAT: Final = {b"\xca\xfe\xba\xbe": ("IIIII", 20), b"\xca\xfe\xba\xbf": ("IIQQII", 32)}
"""The entry of one machine in a file for several, and its size."""

MAGICS: Final = (*_ORDERS, *_FAT)

_OWN: Final = 0xD
_RPATH: Final = 0x8000001C
_LOADS: Final = frozenset({0xC, 0x80000018, 0x8000001F, 0x20, 0x80000023})
"""Commands that link a library: plainly, weakly, again, late and upwards."""

_NAMED: Final = _LOADS | {_OWN, _RPATH}

_MACHINES: Final = {
    7: "i386",
    12: "arm",
    18: "ppc",
    0x01000007: "x86_64",
    0x0100000C: "arm64",
    0x01000012: "ppc64",
    0x0200000C: "arm64_32",
}


def is_java(data: bytes | bytearray | memoryview) -> bool:
    """Say whether *data* is a class of Java, which begins as a file for several machines does.

    >>> is_java(bytes.fromhex("cafebabe00000034")), is_java(bytes.fromhex("cafebabe00000002"))
    (True, False)
    """
    # Java has the version of its format there, which began with 45.
    return bytes(data[:4]) == b"\xca\xfe\xba\xbe" and bytes(data[4:8]) >= b"\0\0\0\x2d"


def read(data: bytes | bytearray | memoryview, found: BinaryFacts) -> None:
    """Note in *found* what the Mach-O file *data* says.

    Raises :exc:`BrokenError` where it cannot be read on.
    """
    if bytes(data[:4]) not in _FAT:
        _slice(data, 0, found)
        return
    form, step = _FAT[bytes(data[:4])]
    view = View(data, ">")
    (count,) = view.numbers("I", 4)
    if count > MOST_SLICES:
        raise BrokenError(f"it is made for more than {MOST_SLICES:,} machines")
    for number in range(count):
        _, _, start, *_ = view.numbers(form, 8 + number * step)
        _slice(data, start, found)


def _slice(data: bytes | bytearray | memoryview, start: int, found: BinaryFacts) -> None:
    """Note what the part for one machine says, which begins at *start*."""
    magic = bytes(memoryview(data)[start : start + 4])
    if magic not in _ORDERS:
        raise BrokenError("a part for one machine is not Mach-O")
    order, at = _ORDERS[magic]
    view = View(data, order, start)
    _, machine, _, _, count, length = view.numbers("IIIIII", 0)
    found.machines.append(_MACHINES.get(machine, f"machine {machine:#x}"))
    if count > MOST_COMMANDS:
        raise BrokenError(f"it has more than {MOST_COMMANDS:,} load commands")
    stop = at + length
    for _ in range(count):
        command, size = view.numbers("II", at)
        if size < 8 or at + size > stop:
            raise BrokenError("a load command has a size that cannot be right")
        if command in _NAMED:
            (offset,) = view.numbers("I", at + 8)
            text = _text(view, at, offset, size)
            if command == _OWN:
                found.own = text
            elif command == _RPATH:
                found.searches(text)
            else:
                found.needs(text)
        at += size


def _text(view: View, at: int, offset: int, size: int) -> str:
    if offset < 12:
        raise BrokenError("the name in a load command lies in its head")
    # A name that fills its command to the end has no zero behind it.
    return view.text(at + offset, at + size, filled=True)
