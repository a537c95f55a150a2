"""Archives that were cut, flipped and spliced: findings and bounded work, never an exception."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.archives import Archive, Limits, find_metadata, open_archive
from trigpoint.catalogue import RULES

from .build import Part, entry, header, make_zip, pax, tar, zip64_end

LIMITS = Limits(members=100, unpacked=10**6, ratio=1, chained=4, streams=20)


def _wheel() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("spam/__init__.py", b"x = 1\n" * 50)
        made.writestr("spam/é.txt", b"x")
        made.writestr("spam-1.dist-info/METADATA", b"Name: spam\n")
        made.writestr("spam-1.dist-info/WHEEL", b"Wheel-Version: 1.0\n")
    return stream.getvalue()


def _sdist(format_: int) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=format_) as made:
        for name in ("spam-1/" + "long" * 40, "spam-1/PKG-INFO", "spam-1/é"):
            info = tarfile.TarInfo(name)
            info.size = 600
            made.addfile(info, io.BytesIO(b"Name: spam\n".ljust(600)))
    return stream.getvalue()


TARS = [
    _sdist(tarfile.GNU_FORMAT),
    _sdist(tarfile.PAX_FORMAT),
    tar(
        pax((b"comment", b"x"), kind=b"g"),
        pax((b"path", b"spam-1/PKG-INFO"), (b"size", b"5")),
        header(b"a", 5) + b"hello".ljust(512),
        header(b"l", kind=b"2", link=b"../x"),
        entry(b"s", b"abc", b"S"),
    ),
]
ZIPS = [
    _wheel(),
    make_zip(
        [
            Part(b"a", b"x", 0, gap=b"y" * 20, flags=8),
            Part(b"l", b"../x", mode=0o120777),
            Part(b"d/"),
        ],
        comment=b"comment",
    ),
    make_zip([Part(b"a")], between=zip64_end(1, 47, 33), count=0xFFFF, size=0xFFFFFFFF),
]
PLAIN = [*TARS, *ZIPS]
TIMELESS = partial(gzip.compress, mtime=0)
PACKED = [pack(each) for each in TARS for pack in (TIMELESS, bz2.compress, lzma.compress)]
PACKERS: list[Callable[[bytes], bytes]] = [bytes, bytes, TIMELESS]
PIECES = [b"PK\3\4", b"PK\1\2", b"PK\5\6", b"PK\6\7", b"\xff" * 4, bytes(8), b"ustar", bytes(512)]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return an archive that was cut, flipped or spliced, on the inside of its compression too."""
    data = bytearray(draw(st.sampled_from([*PLAIN, *PACKED])))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        change = draw(st.sampled_from(["cut", "flip", "splice", "drop", "repeat"]))
        if change == "cut":
            del data[at:]
        elif change == "flip" and at < len(data):
            data[at] ^= draw(st.integers(1, 255))
        elif change == "splice":
            other = draw(st.sampled_from(PLAIN))
            start = draw(st.integers(0, len(other)))
            data[at:at] = draw(st.sampled_from([*PIECES, other[start : start + 600]]))
        elif change == "drop":
            del data[at : at + draw(st.sampled_from([1, 4, 46, 512]))]
        else:
            data += data[:at]
    pack = draw(st.sampled_from(PACKERS))
    return pack(bytes(data))


@st.composite
def with_fitting_checksums(draw: st.DrawFn) -> bytes:
    """Return a tar of headers with any fields, which all have a checksum that fits."""
    fields = st.binary(max_size=12)
    blocks = draw(
        st.lists(
            st.builds(
                lambda name, size, kind, link, payload: (
                    header(name, size or len(payload), kind, link=link)
                    + payload
                    + bytes(-len(payload) % 512)
                ),
                st.binary(max_size=20),
                st.one_of(st.just(b""), fields),
                st.sampled_from([bytes([each]) for each in b"01234567xgXLKSVDMN\0"]),
                st.sampled_from([b"", b"a", b"../..", b"/etc"]),
                st.one_of(
                    st.binary(max_size=40),
                    st.sampled_from([b"9 path=x\n", b"8 size=9\n", b"24 GNU.sparse.major=1x\n"]),
                ),
            ),
            max_size=8,
        )
    )
    return tar(*blocks)


def exercise(data: bytes, name: str) -> Archive:
    """Do with *data* all that can be done."""
    archive = open_archive(data, name, LIMITS)
    findings = [*archive.findings, *find_metadata(archive, 1000).findings]
    for member in archive.members:
        archive.read(member, 700)
    for reading in archive.readings():
        for _ in reading:
            pass
        findings += reading.findings
    for reading in archive.readings(archive.members):
        next(reading, b"")
    json.dumps([finding.to_json() for finding in findings], ensure_ascii=False).encode("utf-8")
    assert {finding.code for finding in findings} <= set(RULES)
    assert all(finding.code.startswith("archive-") for finding in findings)
    assert archive.complete or archive.findings
    return archive


def steps(data: bytes, name: str) -> int:
    """Return how many functions were called while *data* was read in every way."""
    number = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event == "call"

    sys.setprofile(count)
    try:
        exercise(data, name)
    finally:
        sys.setprofile(None)
    return number


NAMES = st.sampled_from(["", "spam-1-py3-none-any.whl", "spam-1.tar.gz", "x.tar", "x.tar.xz"])


@given(mutated(), NAMES)
@settings(max_examples=400)
def test_damaged_archive_is_findings(data: bytes, name: str) -> None:
    """Whatever became of an archive, it is listed and read as far as it goes, in bounded work."""
    assert steps(data, name) < 200_000


@given(with_fitting_checksums(), st.booleans())
@settings(max_examples=300)
def test_headers_with_any_fields_are_findings(data: bytes, packed: bool) -> None:
    """Headers that pass their checksum may say anything."""
    exercise(TIMELESS(data) if packed else data, "x.tar")


@given(st.binary(max_size=700), NAMES)
def test_any_bytes_are_findings(data: bytes, name: str) -> None:
    """Bytes that are no archive are one file, or findings."""
    archive = exercise(data, name)
    assert archive.findings or archive.format in ("file", "zip", "tar")
