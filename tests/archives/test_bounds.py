"""Every bound, at it and one above; and what reading costs, counted in bytes and calls."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from trigpoint.archives import (
    MOST_CHAINED,
    MOST_DEPTH,
    MOST_HEADER,
    MOST_NAME,
    MOST_READ,
    MOST_STREAMS,
    Archive,
    Limits,
    bounds,
    find_metadata,
    open_archive,
)
from trigpoint.archives.bounds import MOST_ALIKE, MOST_SHOWN
from trigpoint.archives.faults import Notes, shown

from .build import (
    END_MARK,
    Part,
    codes,
    deflated,
    entry,
    header,
    make_zip,
    padded,
    pax,
    record,
    tar,
    zip64_end,
)

Count = Callable[[Callable[[], object]], int]


def listed(data: bytes, name: str = "", **limits: int) -> tuple[int, list[str]]:
    archive = open_archive(data, name, Limits(**limits))
    return len(archive.members), codes(archive)


# -- at the bound and above ---------------------------------------------------------------


def test_limits_are_the_constants() -> None:
    """A limit that is not given is the constant of its name."""
    given = {name: getattr(bounds, f"MOST_{name.upper()}") for name in Limits.__dataclass_fields__}
    assert Limits() == Limits(**given)


@pytest.mark.parametrize("number", [3, 4])
def test_members(number: int) -> None:
    """As many members as allowed are listed, and the next is not."""
    over = number > 3
    names = [b"%d" % each for each in range(number)]
    expected = (3, ["archive-many"] if over else [])
    for data in (
        tar(*map(entry, names)),
        gzip.compress(tar(*map(entry, names))),
        make_zip([Part(name) for name in names]),
    ):
        assert expected == listed(data, members=3)


@pytest.mark.parametrize("number", [3, 4])
def test_members_of_a_folder(tmp_path: Path, number: int) -> None:
    """A folder's members are counted like an archive's, in each folder and together."""
    for each in range(number - 1):
        (tmp_path / str(each)).write_bytes(b"")
    (tmp_path / "f").mkdir()
    archive = open_archive(tmp_path, limits=Limits(members=3))
    assert (3, ["archive-many"] if number > 3 else []) == (len(archive.members), codes(archive))
    (tmp_path / "f" / "g").write_bytes(b"")
    assert ["archive-many"] == codes(open_archive(tmp_path, limits=Limits(members=3)))


@pytest.mark.parametrize("over", [0, 1])
def test_names_together(over: int) -> None:
    """The names and targets of all members have a bound together."""
    data = tar(entry(b"a" * 60), header(b"b" * 30, kind=b"2", link=b"c" * (10 + over)))
    expected = (1, ["archive-many"]) if over else (2, ["archive-link"])
    assert expected == listed(data, directory=100)


@pytest.mark.parametrize("over", [0, 1])
def test_directory_of_a_zip(over: int) -> None:
    """The directory is read as far as it has a bound."""
    data = make_zip([Part(b"a")])
    size = len(data) - data.rfind(b"PK\1\2") - 22
    expected = (0, ["archive-many"]) if over else (1, [])
    assert expected == listed(data, directory=size - over)


@pytest.mark.parametrize("over", [0, 1])
def test_length_of_a_name(over: int) -> None:
    """A name as long as a system takes has a path, and a longer one is cut and has none."""
    name = b"n" * (MOST_NAME + over)
    for data in (
        make_zip([Part(name)]),
        tar(entry(b"l", name + b"\0", b"L"), entry(b"a")),
        tar(pax((b"path", name)), entry(b"a")),
    ):
        archive = open_archive(data)
        [member] = archive.members
        assert (MOST_NAME, 0 if over else MOST_NAME) == (len(member.name), len(member.path))
        assert (["archive-name-long"] if over else []) == codes(archive)


@pytest.mark.parametrize("over", [0, 1])
def test_depth_of_a_path(over: int) -> None:
    """A member lies as deep as allowed, or nowhere."""
    archive = open_archive(make_zip([Part(b"/".join([b"d"] * (MOST_DEPTH + over)))]))
    assert (bool(over), ["archive-name-long"] if over else []) == (
        not archive.members[0].path,
        codes(archive),
    )


@pytest.mark.parametrize("over", [0, 1])
def test_depth_of_a_folder(tmp_path: Path, over: int) -> None:
    """Deeper folders than allowed are not entered."""
    (tmp_path / "/".join("d" * (3 + over)) / "e").mkdir(parents=True)
    archive = open_archive(tmp_path, limits=Limits(depth=4))
    assert (["archive-name-long"] if over else []) == codes(archive)


@pytest.mark.parametrize("over", [0, 1])
def test_target_of_a_link_in_a_zip(over: int) -> None:
    """A target is a path, and no longer than one."""
    archive = open_archive(make_zip([Part(b"a", b"b" * (MOST_NAME + over), mode=0o120777)]))
    assert (0 if over else MOST_NAME) == len(archive.members[0].target)
    assert (["archive-name-long", "archive-link"] if over else ["archive-link"]) == codes(archive)


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("kind", [b"x", b"g", b"L", b"K"])
def test_size_of_a_header(kind: bytes, over: int) -> None:
    """One header is read as far as it has a bound; behind a larger one nothing is certain."""
    if kind in b"xg":
        fill = MOST_HEADER - len(record(b"comment", b"x" * (MOST_HEADER - 100))) + over
        payload = record(b"comment", b"x" * (MOST_HEADER - 100 + fill))
    else:
        payload = b"p".ljust(MOST_HEADER + over, b"\0")
    assert MOST_HEADER + over == len(payload)
    data = tar(entry(b"h", payload, kind), entry(b"a"))
    assert (0, ["archive-header"]) if over else (1, []) == listed(data)


@pytest.mark.parametrize("over", [0, 1])
def test_headers_of_one_member(over: int) -> None:
    """As many headers as allowed stand before each member."""
    chain = b"".join([pax((b"path", b"p"))] * MOST_CHAINED)
    data = tar(chain, entry(b"a"), pax((b"path", b"p")) * over, chain, entry(b"b"))
    found, said = listed(data)
    assert (1 if over else 2, ["archive-header"] if over else ["archive-duplicate"]) == (
        found,
        said,
    )


@pytest.mark.parametrize("over", [0, 1])
def test_number_of_streams(over: int) -> None:
    """As many streams as allowed are unpacked."""
    data = gzip.compress(tar(entry(b"a"))) + gzip.compress(b"") * (MOST_STREAMS - 1 + over)
    _, said = listed(data)
    assert ["archive-streams", *["archive-many"] * over] == said


@pytest.mark.parametrize("over", [0, 1])
def test_bytes_that_an_archive_unpacks_to(over: int) -> None:
    """Both ends of the allowance hold: the fixed one, and that by the archive's size."""
    data = tar(entry(b"a", bytes(50_000)))
    packed = gzip.compress(data)
    expected = ["archive-large"] if over else []
    assert expected == listed(packed, unpacked=len(data) - over, ratio=0)[1]
    ratio = len(data) // len(packed) + 1
    assert expected == listed(packed, unpacked=0, ratio=ratio - over)[1]
    zipped = make_zip([Part(b"a", bytes(50_000))])
    assert expected == listed(zipped, unpacked=50_000 - over, ratio=0)[1]
    ratio = 50_000 // len(zipped) + 1
    assert expected == listed(zipped, unpacked=0, ratio=ratio - over)[1]


@pytest.mark.parametrize("over", [0, 1])
def test_bytes_that_members_unpack_to_one_after_the_other(over: int) -> None:
    """What is read counts together, and once, however often it is read."""
    data = make_zip([Part(b"a", bytes(30_000)), Part(b"b", bytes(20_000))])
    archive = open_archive(data, limits=Limits(unpacked=50_000 - over, ratio=0))
    first, second = archive.members
    found = [archive.read(each) for each in (first, first, second, first)]
    assert [True, True, not over, True] == [each.whole for each in found]
    assert ["archive-large"] * over == [each.code for each in found[2].findings]


@pytest.mark.parametrize("over", [0, 1])
def test_bytes_of_one_member(over: int) -> None:
    """A member as large as the default limit is held whole, a larger one cut and said."""
    for data in (
        make_zip([Part(b"a", bytes(MOST_READ + over))]),
        gzip.compress(tar(entry(b"a", bytes(MOST_READ + over)))),
    ):
        archive = open_archive(data)
        content = archive.read(archive.members[0])
        assert (MOST_READ, not over) == (len(content.data), content.whole)
        assert ["archive-large"] * over == [each.code for each in content.findings]


def test_findings_alike_and_names_shown() -> None:
    """The last that is told, and the first that is not."""
    for over in (0, 1):
        notes = Notes()
        for _ in range(MOST_ALIKE + over):
            notes.add("archive-link", "x")
        assert MOST_ALIKE + over == len(notes.findings())
        assert over == notes.findings()[-1].message.count("more of this kind")
        assert MOST_SHOWN + 2 + 3 * over == len(shown("x" * (MOST_SHOWN + over)))


@pytest.mark.parametrize("over", [0, 1])
def test_memory_that_xz_may_ask_for(over: int) -> None:
    """A stream may need what the decoder says that it needs, and no more."""
    data = lzma.compress(tar(entry(b"a")), preset=6)
    low, high = 2**10, 2**28
    while high - low > 1:
        middle = (low + high) // 2
        try:
            lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=middle).decompress(data)
            high = middle
        except lzma.LZMAError:
            low = middle
    expected = ["archive-compression", *["archive-damaged"] * over]
    assert expected == listed(data, xz_memory=high - over)[1]


# -- what it costs ------------------------------------------------------------------------

MANY = 2_000


def repeated(block: bytes, size: int) -> bytes:
    """Return gzip of *size* bytes that repeat *block*, which takes little room."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    chunk = block * (2**20 // len(block))
    found = [packer.compress(chunk) for _ in range(size // len(chunk))]
    return b"".join([*found, packer.flush()])


BIG = 300 * 2**20


def large_member(
    head: bytes, *, fill: bytes = b"\0" * 512, last: bytes = b"", size: int = BIG
) -> bytes:
    """Return gzip of a header *head* and *size* bytes behind it."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    chunk = fill * (2**20 // len(fill))
    parts = [packer.compress(head)]
    parts += [packer.compress(chunk) for _ in range(size // 2**20)]
    return b"".join([*parts, packer.compress(last + END_MARK), packer.flush()])


@pytest.mark.parametrize(
    "chain",
    [pax((b"a", b"b")), entry(b"l", b"x\0", b"L"), entry(b"l", b"x\0", b"K"), pax(kind=b"g")],
)
def test_chain_of_headers_costs_nothing(chain: bytes, calls: Count) -> None:
    """Two thousand headers one behind the other end no interpreter, and are not all read."""
    data = gzip.compress(tar(chain * MANY, entry(b"a")))
    assert (0, ["archive-header"]) == listed(data)
    assert calls(lambda: listed(data)) < 100 * MOST_CHAINED


@pytest.mark.parametrize("kind", [b"x", b"g", b"L", b"K"])
def test_header_of_300_mib_costs_nothing(kind: bytes, calls: Count, peak: Count) -> None:
    """A header larger than its bound is not even unpacked."""
    data = large_member(header(b"h", BIG, kind), fill=b"12 path=abc\n" if kind in b"xg" else b"n")
    assert len(data) < 2**22
    assert (0, ["archive-header"]) == listed(data)
    assert peak(lambda: listed(data)) < 2**20
    assert calls(lambda: listed(data)) < 1_000


def test_header_of_many_records_is_read_once(calls: Count) -> None:
    """A header within its bound takes a few calls for each record."""
    records = [record(b"path", b"%06d" % number) for number in range(MOST_HEADER // 20)]
    for count in (len(records) // 2, len(records)):
        data = tar(entry(b"h", b"".join(records[:count]), b"x"), entry(b"a"))
        assert calls(lambda: listed(data)) < 30 * count + 1_000  # noqa: B023


def test_claims_of_a_zip_cost_nothing(peak: Count) -> None:
    """Four billion members and exabytes are numbers, and nothing is held for them."""
    plain = make_zip([Part(b"a")])
    start, size = plain.rfind(b"PK\1\2"), 47
    for data in (
        make_zip([Part(b"a")], between=zip64_end(2**32 - 1, size, start), count=0xFFFF),
        make_zip([Part(b"a")], between=zip64_end(1, 2**62, start), size=0xFFFFFFFF),
        make_zip([Part(b"a", size=0xFFFFFFFF)]),
        make_zip([Part(b"a", packed=0xFFFFFFFE)]),
    ):
        assert peak(lambda: listed(data)) < 2**18  # noqa: B023
        assert set(listed(data)[1]) & {"archive-damaged", "archive-large", "archive-truncated"}


def test_bomb_of_members_that_share_bytes(calls: Count) -> None:
    """A kernel that ten thousand entries point at is not unpacked once."""
    kernel = Part(b"k", bytes(10**6))
    parts = [kernel, *(Part(b"%d" % each, kernel.data, start=0, raw=b"") for each in range(MANY))]
    data = make_zip(parts)
    archive = open_archive(data)
    assert {"archive-large", "archive-disagrees"} <= set(codes(archive))
    assert all(not archive.read(each).data for each in archive.members[:20])
    assert calls(lambda: open_archive(data).findings) < 100 * MANY


def test_zip_bomb_stops_at_the_size_that_it_says(peak: Count) -> None:
    """Of a member that unpacks to more than it says no more than that is given out."""
    part = Part(b"a", bytes(10), raw=deflated(bytes(10**8)))
    archive = open_archive(make_zip([part]))
    assert peak(lambda: archive.read(archive.members[0])) < 2**19


def test_gzip_bomb_stops_at_the_allowance(calls: Count) -> None:
    """A stream of zeros is unpacked as far as is allowed, a chunk at a time."""
    data = large_member(header(b"a", BIG))
    archive = open_archive(data, limits=Limits(unpacked=2**20, ratio=1))
    assert ["archive-large"] == codes(archive)
    assert calls(lambda: listed(data, unpacked=2**20, ratio=1)) < 2_000


def test_metadata_of_a_wheel_of_300_mib(tmp_path: Path, peak: Count) -> None:
    """What is not read is not held."""
    path = tmp_path / "spam-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as made:
        with made.open(zipfile.ZipInfo("spam/big"), "w") as member:
            for _ in range(BIG // 2**20):
                member.write(bytes(2**20))
        made.writestr("spam-1.dist-info/METADATA", b"Name: spam\n")

    def act() -> None:
        with open_archive(path) as archive:
            found = find_metadata(archive)
        assert (b"Name: spam\n", ()) == (found.data, found.findings)

    assert peak(act) < 2**19


def test_hashing_a_large_member(peak: Count) -> None:
    """A large member passes by in pieces, in a zip and in a tar."""
    size = BIG // 5
    packed = large_member(header(b"a", size), size=size)
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    raw = b"".join([packer.compress(bytes(size)), packer.flush()])
    zipped = make_zip([Part(b"a", raw=raw, size=size, local_size=size)])
    for archive in (open_archive(zipped), open_archive(packed)):

        def hash_all(archive: Archive = archive) -> None:
            digest = hashlib.sha256()
            for piece in archive.reading(archive.members[0]):
                digest.update(piece)
            assert hashlib.sha256(bytes(size)).digest() == digest.digest()

        assert peak(lambda: archive.members) < 2**19  # noqa: B023
        hash_all()
        assert peak(lambda: sum(map(len, archive.reading(archive.members[0])))) < 2**19  # noqa: B023


def test_metadata_behind_much_else_in_an_sdist(peak: Count) -> None:
    """A compressed archive is passed over without being held."""
    data = large_member(
        header(b"spam-1/big", BIG), last=header(b"spam-1/PKG-INFO", 5) + padded(b"hello")
    )
    found = []
    assert peak(lambda: found.append(find_metadata(open_archive(data)).data)) < 2**20
    assert [b"hello"] == found


def test_names_of_a_small_file_are_not_many_bytes() -> None:
    """Long names that repeat pack well, and are held up to their bound together."""
    one = entry(b"l", b"n" * 4000 + b"\0", b"L") + entry(b"a")
    data = repeated(one, 100 * 2**20)
    assert len(data) < 2**20
    archive = open_archive(data, limits=Limits(directory=10**6))
    assert "archive-many" in codes(archive)
    assert 250 == len(archive.members)


def test_growth_of_listings_is_linear(calls: Count) -> None:
    """Twice as many members take twice as many calls."""

    def cost(number: int, make: Callable[[int], bytes]) -> int:
        data = make(number)
        return calls(lambda: open_archive(data).findings)

    for make in (
        lambda number: make_zip([Part(b"%d" % each) for each in range(number)]),
        lambda number: tar(*(entry(b"%d" % each) for each in range(number))),
        lambda number: gzip.compress(tar(*(entry(b"../%d" % each) for each in range(number)))),
        lambda number: make_zip([Part(b"a", b"b", mode=0o120777) for _ in range(number)]),
    ):
        assert cost(400, make) < 2.3 * cost(200, make)
