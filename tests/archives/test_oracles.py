"""Well-formed archives: the standard library lists the same members with the same bytes."""

from __future__ import annotations

import gzip
import importlib.util
import io
import os
import tarfile
import zipfile
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.archives import Archive, Kind, find_metadata, open_archive

VARIABLE = "TRIGPOINT_REAL_ARCHIVES"
"""Names folders with wheels and sdists that are read as they are."""

Mode: TypeAlias = Literal["w:", "w:gz", "w:bz2", "w:xz"]
MODES: tuple[Mode, ...] = get_args(Mode)


def real_archives() -> list[Path]:
    """Return the wheels that come with Python, and what the environment variable names."""
    folders = [Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    installer = importlib.util.find_spec("ensurepip")
    if installer and installer.origin:  # Pyodide has none
        folders.append(Path(installer.origin).with_name("_bundled"))
    return sorted(
        path
        for folder in folders
        for pattern in ("*.whl", "*.zip", "*.tar.gz", "*.tgz", "*.tar.bz2")
        for path in folder.glob(pattern)
    )


NAMES = st.lists(
    st.text(
        st.sampled_from("ab.-_ é\N{GREEK SMALL LETTER ALPHA}\U0001f40d"), min_size=1, max_size=120
    )
    .filter(lambda part: part not in (".", ".."))
    .map(lambda part: f"x{part}"),
    min_size=1,
    max_size=4,
).map("/".join)
FILES = st.dictionaries(NAMES, st.binary(max_size=1500), max_size=6).filter(
    lambda files: not any(other.startswith(f"{name}/") for name in files for other in files)
)


def contents(archive: Archive) -> dict[str, bytes]:
    """Return every file's bytes, and insist on nothing being wrong."""
    found = {}
    for reading in archive.readings():
        found[reading.member.name] = b"".join(reading)
        assert () == reading.findings
    return found


@given(FILES, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]), st.booleans())
def test_zip_that_zipfile_wrote(files: dict[str, bytes], method: int, seekable: bool) -> None:
    """Seekable or not, with names in any script, the members are those that were written."""
    stream = io.BytesIO()
    if not seekable:
        stream.seekable = lambda: False  # type: ignore[method-assign]
        stream.tell = lambda: (_ for _ in ()).throw(OSError)  # type: ignore[method-assign]
    with zipfile.ZipFile(stream, "w", method) as made:
        made.mkdir("folder") if hasattr(made, "mkdir") else made.writestr("folder/", b"")
        for name, data in files.items():
            made.writestr(name, data)
    archive = open_archive(stream.getvalue(), "x.zip")
    with zipfile.ZipFile(io.BytesIO(stream.getvalue())) as oracle:
        assert [
            (each.filename, each.file_size, each.compress_size) for each in oracle.infolist()
        ] == [(each.name, each.size, each.compressed) for each in archive.members]
        assert [each.is_dir() for each in oracle.infolist()] == [
            each.kind is Kind.DIR for each in archive.members
        ]
    assert files == contents(archive)
    assert () == archive.findings


@given(
    FILES,
    st.sampled_from([tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    st.sampled_from(MODES),
)
def test_tar_that_tarfile_wrote(files: dict[str, bytes], format_: int, mode: Mode) -> None:
    """In every format and compression the members are those that were written."""
    stream = io.BytesIO()
    written = {}
    comment = {"comment": "é"} if format_ == tarfile.PAX_FORMAT else None
    with tarfile.open(fileobj=stream, mode=mode, format=format_, pax_headers=comment) as made:
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        made.addfile(folder)
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.mtime = len(data), 0o600, 1.5
            info.uname = "é"
            try:
                made.addfile(info, io.BytesIO(data))
            except ValueError:  # ustar has no room for the name
                continue
            written[name] = data
    archive = open_archive(stream.getvalue())
    with tarfile.open(fileobj=io.BytesIO(stream.getvalue())) as oracle:
        assert [(each.name, each.size, each.mode) for each in oracle] == [
            (each.name.rstrip("/"), each.size, each.mode) for each in archive.members
        ]
    assert written == contents(archive)
    codes = {finding.code for finding in archive.findings}
    assert codes <= {"archive-compression"}


def test_number_of_64_bits_that_zipfile_wrote() -> None:
    """A member that may become large has its sizes in the extra field."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        with made.open("a", "w", force_zip64=True) as member:
            member.write(b"hello")
        made.writestr("b", b"x")
    archive = open_archive(stream.getvalue())
    assert ({"a": b"hello", "b": b"x"}, ()) == (contents(archive), archive.findings)


@pytest.mark.repeats
def test_more_members_than_16_bits_count() -> None:
    """The end record of 64 bits counts them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for number in range(66_000):
            made.writestr(zipfile.ZipInfo(str(number)), b"")
    archive = open_archive(stream.getvalue())
    assert (66_000, ()) == (len(archive.members), archive.findings)


def test_links_and_devices_that_tarfile_wrote() -> None:
    """Kinds and targets are those that were written."""
    stream = io.BytesIO()
    kinds = {
        "link": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "pipe": tarfile.FIFOTYPE,
        "device": tarfile.CHRTYPE,
    }  # fmt: skip
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as made:
        for name, kind in kinds.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "t" * 150
            made.addfile(info)
    archive = open_archive(stream.getvalue())
    assert [
        ("link", Kind.SYMLINK, "t" * 150),
        ("hard", Kind.OTHER, "t" * 150),
        ("pipe", Kind.OTHER, ""),
        ("device", Kind.OTHER, ""),
    ] == [(each.name, each.kind, each.target) for each in archive.members]


def test_file_of_eight_gib_that_tarfile_wrote() -> None:
    """Its size is in base 256, or in the pax header."""
    for format_ in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        info = tarfile.TarInfo("a")
        info.size = 9 * 2**30
        archive = open_archive(info.tobuf(format_))
        assert [("a", 9 * 2**30)] == [(each.name, each.size) for each in archive.members]
        assert ["archive-truncated"] == [each.code for each in archive.findings]


@pytest.mark.parametrize("path", real_archives(), ids=lambda path: path.name)
def test_real_archive(path: Path) -> None:
    """A wheel or sdist that people install has the same members and bytes, and its metadata."""
    with open_archive(path) as archive:
        mine = contents(archive)
        found = find_metadata(archive)
    if path.name.endswith((".whl", ".zip")):
        with zipfile.ZipFile(path) as oracle:
            theirs = {
                each.filename: oracle.read(each) for each in oracle.infolist() if not each.is_dir()
            }
    else:
        with tarfile.open(path) as oracle:
            theirs = {
                each.name: oracle.extractfile(each).read()  # type: ignore[union-attr]
                for each in oracle
                if each.isfile()
            }
    assert theirs == mine
    assert found.data is not None
    assert found.data.startswith(b"Metadata-Version: ")
    # What is wrong with real files is never what keeps them from being read.
    mild = {"archive-name-encoding", "archive-link", "archive-special", "archive-compression"}
    assert {finding.code for finding in found.findings} <= {*mild, "archive-metadata-name"}


def test_stream_behind_a_stream_as_gzip_reads_it() -> None:
    """What gzip unpacks of several streams is what is walked over."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as made:
        made.addfile(tarfile.TarInfo("a"))
    data = stream.getvalue()
    packed = gzip.compress(data[:700]) + gzip.compress(data[700:])
    with tarfile.open(fileobj=io.BytesIO(packed)) as oracle:
        names = oracle.getnames()
    assert names == [member.name for member in open_archive(packed).members]
