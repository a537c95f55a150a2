"""Compressed streams: one or many, whole or cut, and what stands behind them."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import sys
from collections.abc import Callable

import pytest

from trigpoint.archives import Archive, Limits, open_archive

from .build import codes, entry, tar

DATA = tar(entry(b"a", random.Random(1).randbytes(150_000)), entry(b"b", bytes(300_000)))
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}
packed = pytest.mark.parametrize("kind", PACKERS)


def found(archive: Archive) -> list[str]:
    return [code for code in codes(archive) if code != "archive-compression"]


@packed
def test_stream_is_unpacked(kind: str) -> None:
    """All bytes come out, whatever the compression."""
    archive = open_archive(PACKERS[kind](DATA))
    assert [150_000, 300_000] == [len(archive.read(each).data) for each in archive.members]
    assert [] == found(archive)


@packed
@pytest.mark.parametrize("cut", [1, 4, 9, 50, 1000, 100_000])
def test_stream_that_ends_too_early(kind: str, cut: int) -> None:
    """A cut is a finding, also one that leaves all members there."""
    archive = open_archive(PACKERS[kind](DATA)[:-cut], f"x.tar.{kind}")
    assert ["archive-truncated"] == found(archive)


@packed
def test_damage_is_found(kind: str) -> None:
    """A byte that was changed in the middle does not pass."""
    data = bytearray(PACKERS[kind](DATA))
    data[len(data) // 2] ^= 0xFF
    archive = open_archive(bytes(data))
    assert (["archive-damaged"], False) == (found(archive), archive.complete)


def test_checksum_of_gzip_is_compared() -> None:
    """The last bytes of the stream are read even though all members were."""
    data = bytearray(gzip.compress(DATA))
    data[-5] ^= 1
    assert ["archive-damaged"] == found(open_archive(bytes(data)))


@packed
@pytest.mark.parametrize("padding", [0, 4, 100_000])
def test_several_streams_are_one(kind: str, padding: int) -> None:
    """Streams follow each other, with zeros between them; readers that stop miss some."""
    pack = PACKERS[kind]
    data = pack(DATA[:1000]) + bytes(padding) + pack(DATA[1000:]) + bytes(padding)
    archive = open_archive(data)
    assert 2 == len(archive.members)
    assert ["archive-streams"] == found(archive)
    assert 300_000 == len(archive.read(archive.members[1]).data)


@packed
@pytest.mark.parametrize("behind", [b"x", b"other bytes", bytes(70_000) + b"x", b"x" * 200_000])
def test_bytes_behind_a_stream(kind: str, behind: bytes) -> None:
    """What is no stream is not unpacked."""
    archive = open_archive(PACKERS[kind](DATA) + behind)
    assert (2, ["archive-hidden"]) == (len(archive.members), found(archive))


@packed
def test_start_of_a_stream_behind_the_chunk(kind: str) -> None:
    """A stream whose first byte is the last of a chunk is one."""
    pack = PACKERS[kind]
    first = pack(DATA)
    for extra in (65_535, 65_536):
        zeros = extra - len(first) % 65_536
        data = first + bytes(zeros) + pack(b"")
        assert ["archive-streams"] == found(open_archive(data))


def test_other_bytes_than_a_tar_in_gzip() -> None:
    """A text that is compressed is no sdist."""
    archive = open_archive(gzip.compress(b"Name: x\n" * 99), "METADATA.gz")
    assert (["archive-damaged"], ()) == (found(archive), archive.members)


@pytest.mark.parametrize(("kind", "module"), [("bzip2", "bz2"), ("xz", "lzma")])
def test_python_without_a_decoder(kind: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the standard library lacks one, as in a browser, that is said."""
    monkeypatch.setitem(sys.modules, module, None)
    archive = open_archive(PACKERS[kind](DATA))
    assert ((), False) == (archive.members, archive.complete)
    messages = [finding.message for finding in archive.findings]
    assert f"{kind} cannot be unpacked here" in messages


def test_gzip_without_the_decoder_for_xz(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not needed is not missed, in damage either."""
    monkeypatch.setitem(sys.modules, "lzma", None)
    assert [] == found(open_archive(gzip.compress(DATA)))
    assert ["archive-damaged"] == found(open_archive(gzip.compress(DATA)[:10] + b"\xff" * 99))


def test_memory_of_the_decoder_for_xz() -> None:
    """A stream that asks for more memory than allowed is not unpacked."""
    data = lzma.compress(DATA, preset=6)
    assert [] == found(open_archive(data, limits=Limits(xz_memory=16 * 2**20)))
    assert ["archive-damaged"] == found(open_archive(data, limits=Limits(xz_memory=2**20)))
