"""ELF: the shared libraries that a file of Linux links.

Idea: the program headers say where the dynamic section is and which addresses are where
in the file; the dynamic section says where the names are, as an address.

Source: System V ABI, "Program Loading and Dynamic Linking"; names of machines as
``uname -m`` has them.
"""

from __future__ import annotations

from typing import Final

from trigpoint.wheels.binaries.view import MOST_DYNAMIC, MOST_PARTS, BinaryFacts, BrokenError, View

__all__ = ["MAGIC", "read"]

MAGIC: Final = b"\x7fELF"

_LOAD: Final = 1
_DYNAMIC: Final = 2

_NULL: Final = 0
_NEEDED: Final = 1
_NAMES: Final = 5
_NAMES_SIZE: Final = 10
_OWN: Final = 14
_RPATH: Final = 15
_RUNPATH: Final = 29

_MACHINES: Final = {
    3: "i686",
    8: "mips",
    20: "ppc",
    21: "ppc64",
    22: "s390x",
    40: "armv7l",
    62: "x86_64",
    183: "aarch64",
    243: "riscv64",
    258: "loongarch64",
}


def read(data: bytes | bytearray | memoryview, found: BinaryFacts) -> None:
    """Note in *found* what the ELF file *data* says.

    Raises :exc:`BrokenError` where it cannot be read on.
    """
    width, endian = View(data, "<").numbers("BB", 4)
    if width not in (1, 2) or endian not in (1, 2):
        raise BrokenError("its class or byte order is none of ELF")
    view = View(data, "<" if endian == 1 else ">")
    wide = width == 2
    (machine,) = view.numbers("H", 18)
    name = _MACHINES.get(machine, f"machine {machine:#x}")
    found.machines.append(f"{name}le" if name == "ppc64" and endian == 1 else name)
    (table,) = view.numbers("Q", 32) if wide else view.numbers("I", 28)
    size, count = view.numbers("HH", 54 if wide else 42)
    if count > MOST_PARTS:
        raise BrokenError(f"it has more than {MOST_PARTS:,} program headers")
    loaded: list[tuple[int, int, int]] = []
    dynamic = None
    for number in range(count):
        at = table + number * size
        if wide:
            kind, _, offset, address, _, length = view.numbers("IIQQQQ", at)
        else:
            kind, offset, address, _, length = view.numbers("IIIII", at)
        if kind == _LOAD:
            loaded.append((address, offset, length))
        elif kind == _DYNAMIC:
            dynamic = offset, length
    if dynamic is not None:
        _dynamic(view, dynamic, loaded, wide, found)


def _dynamic(
    view: View,
    section: tuple[int, int],
    loaded: list[tuple[int, int, int]],
    wide: bool,
    found: BinaryFacts,
) -> None:
    form, step = ("qQ", 16) if wide else ("iI", 8)
    start, length = section
    if length > step * MOST_DYNAMIC:
        raise BrokenError(f"its dynamic section has more than {MOST_DYNAMIC:,} entries")
    tags: list[tuple[int, int]] = []
    for at in range(start, start + length - step + 1, step):
        tag, value = view.numbers(form, at)
        if tag == _NULL:
            break
        tags.append((tag, value))
    asked = [each for each in tags if each[0] in (_NEEDED, _OWN, _RPATH, _RUNPATH)]
    if not asked:
        return
    values = dict(tags)
    if _NAMES not in values:
        raise BrokenError("its dynamic section has no table of names")
    names = _offset(values[_NAMES], loaded)
    end = names + values[_NAMES_SIZE] if _NAMES_SIZE in values else None
    for tag, value in asked:
        text = view.text(names + value, end)
        if tag == _NEEDED:
            found.needs(text)
        elif tag == _OWN:
            found.own = text
        else:
            found.searches(*text.split(":"))


def _offset(address: int, loaded: list[tuple[int, int, int]]) -> int:
    """Return where in the file *address* is, by the parts that are *loaded*."""
    for start, offset, length in loaded:
        if start <= address < start + length:
            return address - start + offset
    raise BrokenError("its table of names is in no part of the file")
