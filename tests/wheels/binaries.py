"""Compiled files by hand: the least that a loader reads, so that all of it can be wrong."""

from __future__ import annotations

import struct
from collections.abc import Sequence


def elf(
    needed: Sequence[str] = (),
    own: str = "",
    runpath: str = "",
    rpath: str = "",
    *,
    wide: bool = True,
    order: str = "<",
    machine: int = 62,
) -> bytes:
    """Return an ELF file that links *needed*."""
    names = bytearray(b"\0")
    tags: list[tuple[int, int]] = []
    for tag, texts in ((1, needed), (14, [own]), (15, [rpath]), (29, [runpath])):
        for text in texts:
            if text:
                tags.append((tag, len(names)))
                names += text.encode() + b"\0"
    head, step, entry = (64, 56, "qQ") if wide else (52, 32, "iI")
    at = head + 2 * step
    base = 0x1000
    tags += [(5, base + at), (10, len(names)), (0, 0)]
    dynamic = b"".join(struct.pack(order + entry, *each) for each in tags)
    start = at + len(names)
    size = start + len(dynamic)
    ident = b"\x7fELF" + bytes([2 if wide else 1, 1 if order == "<" else 2, 1]) + bytes(9)
    word = "Q" if wide else "I"
    first = struct.pack(
        f"{order}HHI3{word}I6H", 3, machine, 1, 0, head, 0, 0, head, step, 2, 0, 0, 0
    )
    parts = b""
    for kind, offset, length in ((1, 0, size), (2, start, len(dynamic))):
        address = base + offset
        if wide:
            parts += struct.pack(
                f"{order}IIQQQQQQ", kind, 4, offset, address, address, length, length, 8
            )
        else:
            parts += struct.pack(
                f"{order}IIIIIIII", kind, offset, address, address, length, length, 4, 4
            )
    return ident + first + parts + bytes(names) + dynamic


def macho(
    needed: Sequence[str] = (),
    own: str = "",
    rpaths: Sequence[str] = (),
    *,
    order: str = "<",
    wide: bool = True,
    machine: int = 0x0100000C,
    kinds: Sequence[int] = (0xC,),
    padded: bool = True,
) -> bytes:
    """Return a Mach-O file for one machine; *kinds* are the commands that link, in turn."""
    commands = []
    texts = [(0xD, own)] if own else []
    texts += [(kinds[number % len(kinds)], text) for number, text in enumerate(needed)]
    texts += [(0x8000001C, text) for text in rpaths]
    for kind, text in texts:
        head = 12 if kind == 0x8000001C else 24
        stored = text.encode() + (b"\0" if padded else b"")
        if padded:
            stored += bytes(-len(stored) % 8)
        rest = struct.pack(f"{order}III", 2, 0x10000, 0x10000) if head == 24 else b""
        commands.append(struct.pack(f"{order}III", kind, head + len(stored), head) + rest + stored)
    # A command that is of no interest here, LC_UUID.
    commands.append(struct.pack(f"{order}II", 0x1B, 24) + bytes(16))
    body = b"".join(commands)
    magic = 0xFEEDFACF if wide else 0xFEEDFACE
    first = struct.pack(f"{order}7I", magic, machine, 0, 6, len(commands), len(body), 0)
    return first + (bytes(4) if wide else b"") + body


def fat(*slices: bytes, wide: bool = False) -> bytes:
    """Return the Mach-O files *slices* as one."""
    form, step = (">IIQQII", 32) if wide else (">IIIII", 20)
    start = 8 + step * len(slices)
    head = struct.pack(">II", 0xCAFEBABF if wide else 0xCAFEBABE, len(slices))
    for piece in slices:
        fields = [0, 0, start, len(piece), 0, *([0] if wide else [])]
        head += struct.pack(form, *fields)
        start += len(piece)
    return head + b"".join(slices)


def pe(
    needed: Sequence[str] = (),
    late: Sequence[str] = (),
    own: str = "",
    *,
    wide: bool = True,
    machine: int = 0x8664,
    directories: int = 16,
) -> bytes:
    """Return a PE file that imports *needed* at its start and *late* on demand."""
    base, offset = 0x2000, 0x400
    body = bytearray()

    def put(data: bytes) -> int:
        body.extend(data)
        return base + len(body) - len(data)

    places = {each: put(each.encode() + b"\0") for each in (*needed, *late, own)}
    table = {}
    if own:
        table[0] = put(struct.pack("<IIII", 0, 0, 0, places[own]) + bytes(24))
    if needed:
        rows = b"".join(struct.pack("<IIIII", 1, 0, 0, places[each], 1) for each in needed)
        table[1] = put(rows + bytes(20))
    if late:
        rows = b"".join(struct.pack("<8I", 1, places[each], 0, 0, 0, 0, 0, 0) for each in late)
        table[13] = put(rows + bytes(32))
    fixed = 112 if wide else 96
    optional = struct.pack("<H", 0x20B if wide else 0x10B).ljust(fixed - 4, b"\0")
    optional += struct.pack("<I", directories)
    for number in range(directories):
        optional += struct.pack("<II", table.get(number, 0), 1)
    start = 0x80
    coff = struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, len(optional), 0x2022)
    section = b".rdata\0\0" + struct.pack("<IIII", len(body), base, len(body), offset) + bytes(16)
    head = b"MZ".ljust(60, b"\0") + struct.pack("<I", start)
    head = head.ljust(start, b"\0") + b"PE\0\0" + coff + optional + section
    return head.ljust(offset, b"\0") + bytes(body)
