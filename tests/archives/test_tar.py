"""Tar archives: names, sizes and kinds in every dialect, and what contradicts itself."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from trigpoint.archives import Archive, ArchiveError, Content, Kind, open_archive

from .build import END_MARK, codes, entry, header, padded, pax, record, tar


def opened(*members: bytes, name: str = "spam-1.tar") -> Archive:
    return open_archive(tar(*members), name)


def named(archive: Archive) -> list[str]:
    return [member.name for member in archive.members]


# -- names --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ([entry(b"a/b")], "a/b"),
        ([entry(b"b", prefix=b"a/c")], "a/c/b"),
        # GNU keeps times where POSIX has the prefix.
        ([entry(b"b", prefix=b"0123", magic=b"ustar  \0")], "b"),
        ([entry(b"x" * 100)], "x" * 100),
        ([entry(b"long", b"l" * 200 + b"\0", b"L"), entry(b"short")], "l" * 200),
        ([pax((b"path", b"p" * 200)), entry(b"short")], "p" * 200),
        ([pax((b"path", b"p"), kind=b"X"), entry(b"short")], "p"),
        ([pax((b"mtime", b"1")), entry(b"short")], "short"),
        ([pax((b"path", "caf\xe9".encode())), entry(b"short")], "caf\xe9"),
        ([pax((b"path", b"a=b")), entry(b"short")], "a=b"),
        # What follows NUL in a pax header is padding.
        ([entry(b"pax", record(b"path", b"p") + b"\0junk", b"x"), entry(b"short")], "p"),
    ],
)
def test_name_of_a_member(members: list[bytes], name: str) -> None:
    """A name is as long as its header, its prefix, or the header before it says."""
    archive = opened(*members)
    assert [name] == named(archive)
    assert () == archive.findings


def test_long_name_is_for_one_member() -> None:
    """What a header says about the next member is not said about the one after that."""
    assert ["p", "b"] == named(opened(pax((b"path", b"p")), entry(b"a"), entry(b"b")))


def test_name_that_is_no_utf8_keeps_its_bytes() -> None:
    """A byte that is no text is half of a surrogate pair, and the finding can be printed."""
    archive = opened(entry(b"caf\xe9"))
    assert ["caf\udce9"] == named(archive)
    assert ["archive-name-encoding"] == codes(archive)
    assert "the name 'caf\\xe9' is not UTF-8" == archive.findings[0].message


# -- sizes and data -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "field", [b"00000000003\0", b"3", b" 3 ", b"3\0junk", b"\x80" + bytes(10) + b"\3"]
)
def test_size_in_every_spelling(field: bytes) -> None:
    """Octal with blanks or NUL, and base 256, are sizes."""
    archive = opened(header(b"a", field) + padded(b"abc"), entry(b"b"))
    assert ["a", "b"] == named(archive)
    assert Content(b"abc") == archive.read(archive.members[0])


def test_size_of_a_pax_header_counts() -> None:
    """A size too large for its field is in the pax header, and the data follow it."""
    archive = opened(pax((b"size", b"600")), header(b"a", 0) + padded(b"x" * 600), entry(b"b"))
    assert [("a", 600), ("b", 0)] == [(each.name, each.size) for each in archive.members]
    assert b"x" * 600 == archive.read(archive.members[0]).data


@pytest.mark.parametrize("size", [b"-1", b"x", b"", b"9" * 21, b"1_0"])
def test_size_that_is_no_number(size: bytes) -> None:
    """Where the next member is cannot be told."""
    archive = opened(pax((b"size", size)), entry(b"a"))
    assert ([], ["archive-damaged"]) == (named(archive), codes(archive))


def test_size_of_twenty_digits_is_a_size() -> None:
    """Sizes may have as many digits as 64 bits need; the archive ends before."""
    archive = opened(pax((b"size", b"9" * 20)), entry(b"a"))
    assert (["a"], ["archive-truncated"]) == (named(archive), codes(archive))


@pytest.mark.parametrize("field", [b"\xff" * 12, b"00000000009\0", b"1 2", b"0x1", b"-1"])
def test_number_that_cannot_be_read(field: bytes) -> None:
    """A negative size and one that is no octal number end the listing."""
    archive = opened(entry(b"a"), header(b"b", field))
    assert (["a"], ["archive-damaged"]) == (named(archive), codes(archive))


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 70_000])
def test_data_are_those_of_the_member(size: int) -> None:
    """Data end where the member says, and the next header is on a block."""
    data = bytes(range(256)) * 300
    archive = opened(entry(b"a", data[:size]), entry(b"b", b"last"))
    assert [data[:size], b"last"] == [archive.read(each).data for each in archive.members]
    assert () == archive.findings


def test_mode_is_the_permission_bits() -> None:
    """Bits above those are no permissions."""
    [member] = opened(header(b"a", mode=b"0100755\0")).members
    assert 0o755 == member.mode


def test_signed_checksum_is_one() -> None:
    """Old writers added bytes up as signed numbers."""
    for name in ("caf\xe9", "\x80", "\U0010ffff"):
        assert [name] == named(opened(header(name.encode(), signed=True)))


# -- kinds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "kind", "found"),
    [
        (header(b"a", kind=b"0"), Kind.FILE, []),
        (header(b"a", kind=b"\0"), Kind.FILE, []),
        (header(b"a", kind=b"7"), Kind.FILE, []),
        (header(b"a/", kind=b"5"), Kind.DIR, []),
        (header(b"a/", kind=b"\0", magic=b""), Kind.DIR, []),
        (header(b"./", kind=b"5"), Kind.DIR, []),
        (header(b"a", kind=b"2", link=b"b"), Kind.SYMLINK, ["archive-link"]),
        (header(b"a", kind=b"2", link=b"../b"), Kind.SYMLINK, ["archive-link-outside"]),
        (header(b"a", kind=b"1", link=b"b"), Kind.OTHER, ["archive-special"]),
        (header(b"a", kind=b"3"), Kind.OTHER, ["archive-special"]),
        (header(b"a", kind=b"4"), Kind.OTHER, ["archive-special"]),
        (header(b"a", kind=b"6"), Kind.OTHER, ["archive-special"]),
        (header(b"a", kind=b"S"), Kind.OTHER, ["archive-special"]),
        (header(b"a", kind=b"Q"), Kind.OTHER, ["archive-special"]),
    ],
)
def test_kind_of_a_member(block: bytes, kind: Kind, found: list[str]) -> None:
    """Files, folders and links are told; what packages do not hold is a finding."""
    archive = opened(block)
    assert (kind, found) == (archive.members[0].kind, codes(archive))


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (b"1", "hard link"),
        (b"3", "character device"),
        (b"4", "block device"),
        (b"6", "pipe"),
        (b"S", "sparse file"),
        (b"Q", "member of a rare kind"),
    ],
)
def test_finding_says_what_it_is(kind: bytes, word: str) -> None:
    """The reader of a finding learns what the member is."""
    [finding] = opened(header(b"a", kind=kind)).findings
    assert f"'a' is a {word}" == finding.message


@pytest.mark.parametrize("kind", [b"1", b"2", b"3", b"4", b"5", b"6"])
def test_kind_without_data_that_has_a_size(kind: bytes) -> None:
    """Readers disagree whether data follow, so it is said; what comes next is read as tarfile does."""
    archive = opened(header(b"a", 512, kind, link=b"b"), entry(b"c"))
    assert ["a", "c"] == named(archive)
    assert "archive-disagrees" in codes(archive)


def test_unknown_kind_has_data() -> None:
    """Data of a kind that is not known are passed over."""
    assert ["a", "b"] == named(opened(entry(b"a", b"data", b"Q"), entry(b"b")))


def test_target_of_a_link() -> None:
    """A link's target comes from its header or from the one before, a file has none."""
    archive = opened(
        header(b"a", kind=b"2", link=b"x"),
        pax((b"linkpath", b"y")) + header(b"b", kind=b"2", link=b"x"),
        entry(b"long", b"z" * 200 + b"\0", b"K") + header(b"c", kind=b"1", link=b"x"),
        header(b"d", link=b"x"),
    )
    assert ["x", "y", "z" * 200, ""] == [member.target for member in archive.members]


def test_member_that_is_no_file_is_not_read() -> None:
    """A link is a finding when it is read, and has no bytes."""
    archive = opened(header(b"a", kind=b"2", link=b"b"))
    content = archive.read(archive.members[0])
    assert (b"", ["archive-special"]) == (content.data, [each.code for each in content.findings])


def test_old_sparse_file_is_passed_over() -> None:
    """Its map goes on in blocks of its own while a byte says so."""
    first = bytearray(header(b"a", 3, b"S"))
    first[482] = 1
    total = 256 + sum(first) - sum(first[148:156])
    first[148:156] = b"%06o\0 " % total
    more, last = bytearray(512), bytearray(512)
    more[504] = 1
    assert ["a", "b"] == named(opened(bytes(first + more + last), padded(b"abc"), entry(b"b")))
    cut = open_archive(bytes(first + more), "x.tar")
    assert ["archive-truncated"] == codes(cut)


@pytest.mark.parametrize("key", [b"GNU.sparse.major", b"GNU.sparse.name"])
def test_sparse_file_of_pax(key: bytes) -> None:
    """Its bytes are not the file's, so it is none, under the name that it stands for."""
    archive = opened(pax((b"path", b"p"), (key, b"n")), entry(b"a"))
    name = "n" if key.endswith(b"name") else "p"
    assert [(name, Kind.OTHER)] == [(each.name, each.kind) for each in archive.members]


# -- contradictions -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "members",
    [
        [pax((b"path", b"x")), pax((b"path", b"y")), entry(b"a")],
        [entry(b"l", b"x\0", b"L"), pax((b"path", b"y")), entry(b"a")],
        [pax((b"path", b"y"), (b"path", b"x")), entry(b"a")],
        [pax((b"path", b"x"), kind=b"g"), entry(b"x")],
        [pax((b"linkpath", b"x"), kind=b"g"), entry(b"x")],
        [pax((b"size", b"1"), kind=b"g"), entry(b"x")],
    ],
)
def test_headers_that_contradict_each_other(members: list[bytes]) -> None:
    """The first header counts, and in one header the last record; a header for all counts not."""
    archive = opened(*members)
    assert (["x"], ["archive-disagrees"]) == (named(archive), codes(archive))


def test_headers_that_agree_are_fine() -> None:
    """Writers may say a thing twice."""
    archive = opened(
        pax((b"comment", b"x"), kind=b"g"),
        pax((b"path", b"x"), (b"path", b"x")),
        entry(b"l", b"x\0", b"L"),
        entry(b"a"),
    )
    assert (["x"], ()) == (named(archive), archive.findings)


@pytest.mark.parametrize(
    "payload",
    [
        b"x",
        b" path=x\n",
        b"11 path=x\n",
        b"8 path=x\n",
        b"9 path:x\n",
        b"9 path=xy",
        b"-9 path=x\n",
        b"0 path=x\n",
        b"1 path=x\n",
        b"2 path=x\n",
        b"9" * 25 + b" path=x\n",
        b"9" * 20 + b" path=x\n",
    ],
)
def test_records_that_cannot_be_told_apart(payload: bytes) -> None:
    """A record with a length that does not fit ends the listing."""
    archive = opened(entry(b"pax", payload, b"x"), entry(b"a"))
    assert ([], ["archive-damaged"]) == (named(archive), codes(archive))


# -- ends ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "names", "code"),
    [
        (b"", [], "archive-truncated"),
        (entry(b"a"), ["a"], "archive-truncated"),
        (entry(b"a") + header(b"b")[:500], ["a"], "archive-truncated"),
        (header(b"a", 513) + bytes(512), ["a"], "archive-truncated"),
        (header(b"a", 5) + b"hello", ["a"], "archive-truncated"),
        (header(b"l", 3, b"L") + b"ab", [], "archive-truncated"),
        (header(b"l", 3, b"L") + b"abc", [], "archive-truncated"),
        (entry(b"l", b"b\0", b"L") + END_MARK, [], "archive-damaged"),
        (entry(b"a") + b"no header".ljust(512) + END_MARK, ["a"], "archive-damaged"),
        (tar(entry(b"a")) + b"x", ["a"], "archive-hidden"),
        (tar(entry(b"a")) + bytes(99_999) + b"x" + bytes(99_999), ["a"], "archive-hidden"),
    ],
)
def test_end_of_the_archive(data: bytes, names: list[str], code: str) -> None:
    """What was listed stays listed, and how the archive ends is said once."""
    for archive in (open_archive(data, "x.tar"), open_archive(gzip.compress(data), "x.tar.gz")):
        assert (names, [code]) == (named(archive), [each.code for each in archive.findings])
        assert (code == "archive-hidden") == archive.complete


@pytest.mark.parametrize("blocks", [1, 2, 20])
def test_end_mark_of_any_length(blocks: int) -> None:
    """One block of zeros ends an archive for everybody."""
    archive = open_archive(entry(b"a") + bytes(512 * blocks), "x.tar")
    assert (["a"], ()) == (named(archive), archive.findings)


def test_damaged_header_says_where() -> None:
    """The place is that in the unpacked archive."""
    data = entry(b"a", b"x") + b"?" * 512
    [finding] = open_archive(gzip.compress(data), "x.tar.gz").findings
    assert "there is no tar header at byte 1,024" == finding.message


# -- passes -------------------------------------------------------------------------------


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_several_members_in_one_pass(compress: Callable[[bytes], bytes]) -> None:
    """Members come in the archive's order, however they are asked for, and may be left early."""
    data = tar(entry(b"a", b"1" * 200_000), entry(b"b", b"2"), entry(b"c", b"3" * 600))
    archive = open_archive(compress(data), "x")
    a, b, c = archive.members
    assert [b"1" * 200_000, b"2"] == [b"".join(each) for each in archive.readings([b, a])]
    heads = [next(each) for each in archive.readings()]
    assert [b"1", b"2", b"3"] == [head[:1] for head in heads]
    assert [c] == [each.member for each in archive.readings([c])]


def test_readings_out_of_order_are_a_mistake() -> None:
    """A stream goes one way: an earlier reading cannot be gone on with."""
    archive = open_archive(tar(entry(b"a", b"1" * 200_000), entry(b"b", b"2")), "x.tar")
    first, second = archive.readings()
    next(first)
    next(second)
    with pytest.raises(ArchiveError):
        next(first)
    first, second = archive.readings()
    next(second)
    with pytest.raises(ArchiveError):
        next(first)


def test_archive_that_became_shorter(tmp_path: Path) -> None:
    """A file that is cut between listing and reading is a finding of the reading."""
    path = tmp_path / "x.tar"
    path.write_bytes(tar(entry(b"a", b"1" * 2000)))
    with open_archive(path) as archive:
        [member] = archive.members
        path.write_bytes(path.read_bytes()[:600])
        content = archive.read(member)
    assert (88, ["archive-truncated"]) == (
        len(content.data),
        [finding.code for finding in content.findings],
    )
