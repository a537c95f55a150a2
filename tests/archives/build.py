"""Archives by hand, so that each byte of them can be wrong on purpose."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.archives import Archive

END_MARK = bytes(1024)


def codes(archive: Archive) -> list[str]:
    """Return the codes of the archive's findings, once each, in their order."""
    return list(dict.fromkeys(finding.code for finding in archive.findings))


# -- tar ----------------------------------------------------------------------------------


def padded(data: bytes) -> bytes:
    """Return *data* filled up to whole blocks."""
    return data + bytes(-len(data) % 512)


def header(
    name: bytes = b"a/b",
    size: int | bytes = 0,
    kind: bytes = b"0",
    *,
    magic: bytes = b"ustar\x0000",
    mode: bytes = b"0000644\0",
    link: bytes = b"",
    prefix: bytes = b"",
    tail: bytes = b"",
    signed: bool = False,
) -> bytes:
    """Return one block with a fitting checksum; *size* may be the field as written."""
    field = size if isinstance(size, bytes) else b"%011o\0" % size
    block = b"".join(
        (
            name.ljust(100, b"\0"),
            mode.ljust(8, b"\0"),
            bytes(16),
            field.ljust(12, b"\0"),
            b"%011o\0" % 0,
            b" " * 8,
            kind,
            link.ljust(100, b"\0"),
            magic.ljust(8, b"\0"),
            bytes(80),
            prefix.ljust(155, b"\0"),
            tail.ljust(12, b"\0"),
        )
    )
    assert len(block) == 512
    total = sum(byte - 256 if signed and byte > 127 else byte for byte in block)
    return block[:148] + (b"%06o\0 " % total) + block[156:]


def entry(name: bytes, data: bytes = b"", kind: bytes = b"0", **more: object) -> bytes:
    """Return the header of a member and its data."""
    return header(name, len(data), kind, **more) + padded(data)  # type: ignore[arg-type]


def record(key: bytes, value: bytes) -> bytes:
    """Return one record of a pax header, with its own length in front."""
    rest = b" " + key + b"=" + value + b"\n"
    length = len(rest)
    while length != len(b"%d" % length) + len(rest):
        length = len(b"%d" % length) + len(rest)
    return b"%d" % length + rest


def pax(*pairs: tuple[bytes, bytes], kind: bytes = b"x") -> bytes:
    """Return a pax header with records."""
    return entry(b"pax", b"".join(record(*pair) for pair in pairs), kind)


def tar(*members: bytes) -> bytes:
    """Return the archive of *members*."""
    return b"".join(members) + END_MARK


# -- zip ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A member of a zip; what is not None is said in place of the truth.

    What starts with ``local_`` is said in front of the data only.
    """

    name: bytes
    data: bytes = b""
    method: int = 8
    flags: int = 0
    mode: int | None = None
    raw: bytes | None = None
    size: int | None = None
    packed: int | None = None
    checksum: int | None = None
    start: int | None = None
    extra: bytes = b""
    gap: bytes = b""
    local_name: bytes | None = None
    local_size: int | None = None
    local_packed: int | None = None
    local_checksum: int | None = None
    local_method: int | None = None
    local_flags: int | None = None
    local_extra: bytes = b""
    signature: bytes = b"PK\3\4"


def deflated(data: bytes) -> bytes:
    """Return *data* as a raw deflate stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _or(given: int | None, true: int) -> int:
    return true if given is None else given


def make_zip(
    parts: Sequence[Part],
    *,
    prefix: bytes = b"",
    suffix: bytes = b"",
    comment: bytes = b"",
    comment_size: int | None = None,
    count: int | None = None,
    size: int | None = None,
    start: int | None = None,
    disk: int = 0,
    between: bytes = b"",
    junk: bytes = b"",
) -> bytes:
    """Return a zip of *parts*; *between* stands before the end record, *junk* in the directory."""
    body, directory = bytearray(), bytearray()
    for part in parts:
        raw = part.raw
        if raw is None:
            raw = deflated(part.data) if part.method == 8 else part.data
        true = zlib.crc32(part.data), len(raw), len(part.data)
        at = _or(part.start, len(body))
        local_name = part.name if part.local_name is None else part.local_name
        body += struct.pack(
            "<4s5H3L2H",
            part.signature,
            20,
            _or(part.local_flags, part.flags),
            _or(part.local_method, part.method),
            0,
            0,
            _or(part.local_checksum, true[0]),
            _or(part.local_packed, true[1]),
            _or(part.local_size, true[2]),
            len(local_name),
            len(part.local_extra),
        )
        body += local_name + part.local_extra + raw + part.gap
        directory += struct.pack(
            "<4s6H3L5H2L",
            b"PK\1\2",
            (3 if part.mode is not None else 0) << 8 | 20,
            20,
            part.flags,
            part.method,
            0,
            0,
            _or(part.checksum, true[0]),
            _or(part.packed, true[1]),
            _or(part.size, true[2]),
            len(part.name),
            len(part.extra),
            0,
            0,
            0,
            _or(part.mode, 0) << 16,
            at,
        )
        directory += part.name + part.extra
    directory += junk
    number = _or(count, len(parts))
    end = struct.pack(
        "<4s4H2LH",
        b"PK\5\6",
        disk,
        disk,
        min(number, 0xFFFF),
        min(number, 0xFFFF),
        _or(size, len(directory)),
        _or(start, len(body)),
        _or(comment_size, len(comment)),
    )
    return bytes(prefix + body + directory + between + end + comment + suffix)


def zip64_end(
    count: int, size: int, start: int, *, at: int | None = None, signature: bytes = b"PK\6\6"
) -> bytes:
    """Return the zip64 end record and its locator."""
    record_64 = struct.pack("<4sQ2H2L4Q", signature, 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, start + size if at is None else at, 1)
    return record_64 + locator
