"""Zip archives: the directory against the members, and what is hidden between them."""

from __future__ import annotations

import stat
import struct
import zlib

import pytest

from trigpoint.archives import Archive, Content, Kind, Limits, open_archive

from .build import Part, codes, deflated, make_zip, zip64_end

A = Part(b"a", b"hello" * 10)
B = Part(b"b", b"world" * 10)


def opened(*parts: Part, **more: object) -> Archive:
    return open_archive(make_zip(parts, **more), "x.zip")  # type: ignore[arg-type]


def read(archive: Archive, number: int = 0) -> tuple[bytes, list[str]]:
    content = archive.read(archive.members[number])
    return content.data, [finding.code for finding in content.findings]


# -- what is right ------------------------------------------------------------------------


def test_members_are_those_of_the_directory() -> None:
    """Name, sizes, kind and mode come from the directory, bytes from the data."""
    archive = opened(A, Part(b"d/", method=0), Part(b"d/c", b"x", 0, mode=0o100755))
    assert [
        ("a", 50, len(deflated(A.data)), Kind.FILE, 0),
        ("d/", 0, 0, Kind.DIR, 0),
        ("d/c", 1, 1, Kind.FILE, 0o755),
    ] == [(each.name, each.size, each.compressed, each.kind, each.mode) for each in archive.members]
    assert [(A.data, []), (b"x", [])] == [read(archive, 0), read(archive, 2)]
    assert () == archive.findings


def test_a_stretch_that_unpacks_to_nothing() -> None:
    """Empty blocks, more of them than are read at once, are passed over."""
    archive = opened(Part(b"a", b"x", raw=b"\0\0\0\xff\xff" * 30_000 + deflated(b"x")))
    assert (b"x", []) == read(archive)


def test_empty_zip() -> None:
    """An archive without members is one."""
    archive = opened()
    assert ((), ()) == (archive.members, archive.findings)


def test_comment_is_fine() -> None:
    """The end record may be followed by its comment, the longest too."""
    for comment in (b"hello", b"x" * 65_535, b"PK\5\6"):
        assert () == opened(A, comment=comment).findings


def test_numbers_behind_the_data() -> None:
    """A writer that cannot go back writes zeros in front and a record behind."""
    for gap in (12, 16, 20, 24):
        part = Part(
            b"a", b"hello", flags=8, local_size=0, local_packed=0, local_checksum=0,
            gap=b"PK\7\x08".ljust(gap),
        )  # fmt: skip
        archive = opened(part, Part(b"b", b"world", flags=8, gap=bytes(16)))
        assert ([], (b"hello", [])) == (codes(archive), read(archive))


def test_numbers_of_64_bits() -> None:
    """What does not fit is in the extra field, in the order of the fields, among other extras."""
    huge = 0xFFFFFFFF
    other = struct.pack("<2H3s", 7, 3, b"abc")
    raw = deflated(A.data)
    for wide in ({"size"}, {"packed"}, {"start"}, {"size", "packed"}, {"size", "packed", "start"}):
        numbers = {"size": len(A.data), "packed": len(raw), "start": 0}
        extra = b"".join(struct.pack("<Q", numbers[name]) for name in numbers if name in wide)
        part = Part(
            b"a",
            A.data,
            extra=other + struct.pack("<2H", 1, len(extra)) + extra,
            size=huge if "size" in wide else None,
            packed=huge if "packed" in wide else None,
            start=huge if "start" in wide else None,
        )
        archive = opened(part)
        assert ([], (A.data, [])) == (codes(archive), read(archive))


def test_extra_field_that_ends_early() -> None:
    """A number that is not there stays as claimed, and no such member fits."""
    for extra in (b"", b"\1\0", struct.pack("<2H", 1, 8), struct.pack("<2H4s", 1, 4, b"abcd")):
        archive = opened(Part(b"a", b"x", size=0xFFFFFFFF, extra=extra))
        assert ["archive-disagrees", "archive-large"] == codes(archive)


def test_end_record_of_64_bits() -> None:
    """Its numbers count where those of the short one are full or the same."""
    plain = make_zip([A])
    start = plain.rfind(b"PK\1\2")
    size = plain.rfind(b"PK\5\6") - start
    for count, of_size, at in ((1, size, start), (0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)):
        archive = opened(
            A, between=zip64_end(1, size, start), count=count, size=of_size, start=at
        )  # fmt: skip
        assert ([], (A.data, [])) == (codes(archive), read(archive))


# -- the end record -----------------------------------------------------------------------


def wide(**more: object) -> Archive:
    plain = make_zip([A])
    start = plain.rfind(b"PK\1\2")
    size = plain.rfind(b"PK\5\6") - start
    numbers = {"count": 1, "size": size, "start": start, **more}
    return opened(A, between=zip64_end(**numbers))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("archive", "found"),
    [
        (open_archive(b"", "x.whl"), ["archive-truncated"]),
        (open_archive(b"PK\3\4", "x.whl"), ["archive-truncated"]),
        (open_archive(b"PK\5\6PKPK\5\6PK", "x.whl"), ["archive-truncated"]),
        (open_archive(make_zip([])[:21], "x.whl"), ["archive-truncated"]),
        (open_archive(make_zip([A])[:-1], "x.whl"), ["archive-truncated"]),
        (opened(A, comment=b"abc", comment_size=4), ["archive-truncated"]),
        (opened(A, suffix=b"abc"), ["archive-hidden"]),
        (opened(A, prefix=b"#!/bin/sh\n"), ["archive-hidden"]),
        (opened(A, between=b"abc"), ["archive-hidden", "archive-damaged"]),
        (opened(A, disk=1), ["archive-damaged"]),
        (opened(A, start=10_000), ["archive-damaged"]),
        (opened(A, size=10_000), ["archive-damaged"]),
        (opened(A, count=0), ["archive-damaged"]),
        (opened(A, count=2), ["archive-damaged"]),
        (opened(A, junk=b"PK\1\2"), ["archive-damaged"]),
        (opened(A, junk=b"x" * 46), ["archive-damaged"]),
        (wide(at=0), ["archive-disagrees"]),
        (wide(count=4_000_000_000), ["archive-disagrees", "archive-damaged"]),
        (wide(signature=b"PK\6\5"), ["archive-damaged"]),
        (wide(size=2**63), ["archive-disagrees", "archive-damaged"]),
        (open_archive(zip64_end(0, 0, 0)[-20:] + make_zip([]), "x.zip"), ["archive-damaged"]),
    ],
)
def test_end_that_lies(archive: Archive, found: list[str]) -> None:
    """Whatever the end record claims is held against the file."""
    assert found == codes(archive)


def test_what_stands_in_front_moves_everything() -> None:
    """Offsets leave it out, and members are read all the same."""
    assert (A.data, []) == read(opened(A, prefix=b"#!/bin/sh\n"))


def test_two_end_records() -> None:
    """The comment of one that holds another ends where both say: each reader takes one."""
    inner = make_zip([B])
    for parts in ([A], []):
        archive = open_archive(make_zip(parts, comment=inner), "x.zip")
        assert "archive-disagrees" in codes(archive)
        assert ["b"] == [member.name for member in archive.members]


def test_entry_that_reaches_beyond_the_directory() -> None:
    """A name longer than what is left ends the listing."""
    data = bytearray(make_zip([A]))
    data[data.rfind(b"PK\1\2") + 28] = 2
    assert ["archive-damaged"] == codes(open_archive(bytes(data), "x.zip"))


# -- members ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        Part(b"a", b"x", local_name=b"b"),
        Part(b"a", b"x", local_name=b"abc"),
        Part(b"a", b"x", local_method=0),
        Part(b"a", b"x", local_size=2),
        Part(b"a", b"x", local_packed=2),
        Part(b"a", b"x", local_checksum=2),
        Part(b"a", b"x", local_flags=1),
        Part(b"a", b"x", local_flags=8),
        Part(b"a", b"x", flags=8, local_size=2),
        Part(b"a", b"x", flags=8, local_packed=2),
        Part(b"a", b"x", flags=8, local_checksum=2),
        Part(b"a/", b"x"),
    ],
)
def test_two_answers_about_one_member(part: Part) -> None:
    """Directory and header must say the same."""
    assert ["archive-disagrees"] == codes(opened(part))


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (Part(b"a", b"hello", size=4), "archive-damaged"),
        (Part(b"a", b"hello", size=6), "archive-damaged"),
        (Part(b"a", b"hello", checksum=1), "archive-checksum"),
        (Part(b"a", b"hello", 0, checksum=1), "archive-checksum"),
        (Part(b"a", b"hello", raw=deflated(b"hello") + b"x"), "archive-damaged"),
        (Part(b"a", b"hello", raw=deflated(b"hello") + b"x" * 70_000), "archive-damaged"),
        (Part(b"a", b"hello", raw=deflated(b"hello")[:-1]), "archive-damaged"),
        (Part(b"a", b"hello", raw=b"\xff\xff"), "archive-damaged"),
        (Part(b"a", b"hello", raw=b""), "archive-damaged"),
        (Part(b"a", b"hello", flags=1), "archive-encrypted"),
        (Part(b"a", b"hello", method=12), "archive-method"),
        (Part(b"a", b"hello", packed=10_000), "archive-truncated"),
        (Part(b"a", b"hello", start=5), "archive-damaged"),
        (Part(b"a", b"hello", start=10_000), "archive-damaged"),
        (Part(b"a", b"hello", signature=b"PK\3\5"), "archive-damaged"),
    ],
)
def test_member_that_cannot_be_read(part: Part, code: str) -> None:
    """Reading says why, and the member beside it is read."""
    archive = opened(part, B)
    data, found = read(archive, 0)
    assert ([code], True) == (found, b"hello".startswith(data[:5]))
    assert (B.data, []) == read(archive, 1)


def test_members_that_share_bytes() -> None:
    """Neither is read, and one that stands alone is."""
    archive = opened(A, Part(b"a2", b"hello" * 10, start=0, local_name=b"a"), B)
    assert ["archive-disagrees", "archive-overlap", "archive-hidden"] == codes(archive)
    assert [(b"", ["archive-overlap"]), (b"", ["archive-overlap"]), (B.data, [])] == [
        read(archive, number) for number in range(3)
    ]


def test_member_within_another() -> None:
    """A zip that is stored in a zip may not lend its members to it."""
    inner = make_zip([B])
    archive = opened(Part(b"in.zip", inner, 0), Part(b"b", B.data, start=36))
    assert "archive-overlap" in codes(archive)
    assert [["archive-overlap"]] * 2 == [read(archive, number)[1] for number in range(2)]


def test_member_behind_one_that_encloses_others() -> None:
    """The end of what came before is the farthest, not the last."""
    inner = make_zip([Part(b"c", b"x"), B])
    archive = opened(
        Part(b"in.zip", inner, 0),
        Part(b"c", b"x", start=36, gap=b""),
        Part(b"b", B.data, start=36 + inner.find(b"PK\3\4", 4)),
    )
    assert [["archive-overlap"]] * 3 == [read(archive, number)[1] for number in range(3)]


def test_bytes_of_no_member() -> None:
    """A gap between two members may be a member that only some readers find."""
    for part in (Part(b"a", b"x", gap=b"y"), Part(b"a", b"x", flags=8, gap=b"y" * 25)):
        archive = opened(part, B)
        assert (["archive-hidden"], (b"x", [])) == (codes(archive), read(archive))


def test_bytes_of_members_that_were_not_listed() -> None:
    """Where the directory ends early, nothing is said of bytes that it may have named."""
    for parts in ([Part(b"a", gap=b"y"), B], [B, Part(b"a", gap=b"y")]):
        assert ["archive-damaged"] == codes(opened(*parts, junk=b"x" * 46))


def test_name_without_the_mark_for_utf8() -> None:
    """Names that are not ASCII have to say that they are UTF-8; old readers take cp437."""
    archive = opened(Part(b"caf\x82", b""))
    assert (["café"], ["archive-name-encoding"]) == (
        [member.name for member in archive.members],
        codes(archive),
    )
    archive = opened(Part("café".encode(), b"", flags=0x800))
    assert (["café"], []) == ([member.name for member in archive.members], codes(archive))
    archive = opened(Part(b"caf\xe9", b"", flags=0x800))
    assert (["caf\udce9"], ["archive-name-encoding"]) == (
        [member.name for member in archive.members],
        codes(archive),
    )


# -- kinds --------------------------------------------------------------------------------

LINK = stat.S_IFLNK | 0o777


def test_link_of_unix() -> None:
    """The data of a link are its target, and where it leads is held against the archive."""
    archive = opened(Part(b"d/a", b"../b", mode=LINK), Part(b"d/c", b"../../b", mode=LINK))
    assert [("../b", Kind.SYMLINK), ("../../b", Kind.SYMLINK)] == [
        (each.target, each.kind) for each in archive.members
    ]
    assert ["archive-link", "archive-link-outside"] == codes(archive)
    assert (b"", ["archive-special"]) == read(archive)


def test_link_that_cannot_be_read() -> None:
    """Without its target a link is a link to nowhere in particular."""
    archive = opened(Part(b"a", b"target", mode=LINK, checksum=1))
    assert [""] == [member.target for member in archive.members]
    assert "archive-checksum" in codes(archive)


def test_mode_of_another_system_says_nothing() -> None:
    """The upper half of the attributes is a mode only if the writer was a Unix."""
    data = bytearray(make_zip([Part(b"a", b"b", mode=LINK)]))
    data[data.rfind(b"PK\1\2") + 5] = 0
    [member] = open_archive(bytes(data), "x.zip").members
    assert (Kind.FILE, 0) == (member.kind, member.mode)


@pytest.mark.parametrize("mode", [stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK])
def test_mode_of_no_file(mode: int) -> None:
    """A device in a zip is a finding and no file."""
    archive = opened(Part(b"a", b"", mode=mode | 0o644))
    assert (Kind.OTHER, ["archive-special"]) == (archive.members[0].kind, codes(archive))


def test_folder_by_its_mode_only() -> None:
    """A folder without a slash behind its name is one to no reader."""
    archive = opened(Part(b"a", b"", mode=stat.S_IFDIR | 0o755))
    assert (Kind.OTHER, ["archive-special"]) == (archive.members[0].kind, codes(archive))


# -- how much -----------------------------------------------------------------------------


def test_members_are_charged_once() -> None:
    """What members unpack to adds up, reading one again is free, and the rest is refused."""
    data = make_zip([Part(b"a", b"x" * 600), Part(b"b", b"y" * 400), Part(b"c", b"z")])
    archive = open_archive(data, "x.zip", Limits(unpacked=1000, ratio=1))
    assert ["archive-large"] == codes(archive)
    for _ in range(2):
        assert [600, 400, 0] == [len(read(archive, number)[0]) for number in range(3)]
    assert ["archive-large"] == read(archive, 2)[1]
    archive = open_archive(data, "x.zip", Limits(unpacked=1001, ratio=1))
    assert ([], b"z") == (codes(archive), read(archive, 2)[0])


def test_content_says_whether_it_is_whole() -> None:
    """A content without findings is what was packed."""
    archive = opened(Part(b"a", b"x"), Part(b"b", b"y", checksum=zlib.crc32(b"x")))
    contents = [archive.read(member) for member in archive.members]
    assert Content(b"x") == contents[0]
    assert [True, False] == [content.whole for content in contents]


def test_comment_of_every_length_is_passed_over() -> None:
    """The end record is found behind the longest comment that a zip can have, and not beyond."""
    longest = b"x" * 0xFFFF
    assert [] == codes(opened(A, comment=longest))
    assert ["archive-truncated"] == codes(opened(A, comment=longest, suffix=b"y"))
