"""What a file is, by its bytes; and mistakes of the calling program."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from trigpoint.archives import Archive, ArchiveError, open_archive
from trigpoint.archives.zips import ZipArchive
from trigpoint.findings import TrigpointError

from .build import Part, codes, entry, make_zip, tar

ZIP = make_zip([Part(b"a", b"x")])
TAR = tar(entry(b"a", b"x"))


def names(archive: Archive) -> list[str]:
    return [member.name for member in archive.members]


@pytest.mark.parametrize(
    ("data", "name", "kind", "found"),
    [
        (ZIP, "", "zip", []),
        (ZIP, "x.whl", "zip", []),
        (make_zip([]), "", "zip", ["empty"]),
        (ZIP, "x.tar.gz", "zip", ["archive-name-kind"]),
        (b"#!" + ZIP, "x.WHL", "zip", ["archive-hidden"]),
        (TAR, "", "tar", []),
        (tar(entry(b"a", b"x", magic=b"")), "", "tar", []),
        (TAR, "x.tar.gz", "tar", ["archive-name-kind"]),
        (TAR, "x.whl", "tar", ["archive-name-kind"]),
        (gzip.compress(TAR, mtime=0), "", "tar", []),
        (gzip.compress(TAR, mtime=0), "x.TGZ", "tar", []),
        (gzip.compress(TAR, mtime=0), "x.tar", "tar", ["archive-name-kind"]),
        (bz2.compress(TAR), "x.tar.bz2", "tar", ["archive-compression"]),
        (bz2.compress(TAR), "x.tbz", "tar", ["archive-compression"]),
        (lzma.compress(TAR), "x.tar.xz", "tar", ["archive-compression"]),
        (lzma.compress(TAR), "x.tar.gz", "tar", ["archive-name-kind", "archive-compression"]),
    ],
)
def test_archive_is_known_by_its_bytes(data: bytes, name: str, kind: str, found: list[str]) -> None:
    """The name only says what the reader may expect."""
    archive = open_archive(data, name)
    empty = found == ["empty"]
    assert ([] if empty else ["a"], kind) == (names(archive), archive.format)
    assert ([] if empty else found) == codes(archive)


@pytest.mark.parametrize("name", ["x.whl", "x.zip", "x.tar.gz", "x.tgz", "x.tar.bz2", "x.tar.xz"])
def test_name_of_an_archive_with_other_bytes(name: str) -> None:
    """What is called an archive and is a text is a damaged archive."""
    archive = open_archive(b"Name: x\n" * 100, name)
    assert (False, []) == (archive.complete, names(archive))
    assert {"archive-damaged", "archive-truncated"} & set(codes(archive))


def test_text_is_an_archive_of_one_member() -> None:
    """A METADATA file is read like a member."""
    archive = open_archive(b"Name: x\n", "folder/METADATA")
    assert ("file", ["METADATA"], ()) == (archive.format, names(archive), archive.findings)
    assert b"Name: x\n" == archive.read(archive.members[0]).data
    assert [b"Name: x\n"] == [b"".join(each) for each in archive.readings()]
    assert ["text"] == names(open_archive(b""))
    assert "file" == open_archive(b"MZ is no program\n\0").format


@pytest.mark.parametrize(
    "head", [b"\x7fELF", b"MZ", b"\x89PNG", b"%PDF", b"Rar!", b"\x28\xb5\x2f\xfd"]
)
def test_program_or_picture_is_nothing_to_read(head: bytes) -> None:
    """Other binary files are said to be none."""
    archive = open_archive(head + bytes(600), "x")
    assert ("", ["archive-kind"], False) == (archive.format, codes(archive), archive.complete)
    assert [] == list(archive.readings())
    assert archive.findings[0].fix


@pytest.mark.parametrize("make", [bytes, bytearray, memoryview])
def test_bytes_of_any_type(make: Callable[[bytes], bytes | bytearray | memoryview]) -> None:
    """Bytes may be in any of the types that hold some."""
    assert ["a"] == names(open_archive(make(ZIP)))


@pytest.mark.parametrize("make", [str, Path])
def test_path_of_any_type(tmp_path: Path, make: Callable[[Path], str | Path]) -> None:
    """A path may be a text or a Path; the file's name is its last part."""
    path = tmp_path / "x.tar.gz"
    path.write_bytes(ZIP)
    with open_archive(make(path)) as archive:
        assert ("x.tar.gz", ["a"]) == (archive.name, names(archive))
        assert ["archive-name-kind"] == codes(archive)
    with open_archive(make(path), "y.whl") as archive:
        assert ("y.whl", []) == (archive.name, codes(archive))


@pytest.mark.parametrize("path", ["nowhere", "a\0b", "nowhere/x"])
def test_path_that_is_not_there(path: str) -> None:
    """A missing file is a finding that says the system's reason."""
    archive = open_archive(path)
    assert ("", ["archive-access"]) == (archive.format, codes(archive))


def test_text_that_became_shorter(tmp_path: Path) -> None:
    """What is missing at the end is said."""
    path = tmp_path / "METADATA"
    path.write_bytes(b"Name: x\n")
    with open_archive(path) as archive:
        path.write_bytes(b"Name")
        content = archive.read(archive.members[0])
    assert (b"Name", ["archive-truncated"]) == (
        content.data,
        [finding.code for finding in content.findings],
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe is never read, so nobody waits for its other end."""
    path = tmp_path / "pipe"
    try:
        os.mkfifo(path)
    except OSError:
        pytest.skip("no pipes can be made here")
    archive = open_archive(path)
    assert ("", ["archive-special"]) == (archive.format, codes(archive))


class Failing:
    """A file that opens and then cannot be read."""

    closed = False

    def seek(self, _offset: int) -> None:
        raise OSError(5, "Input/output error")

    def close(self) -> None:
        self.closed = True


def test_file_that_stops_being_readable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the disk is a finding, at the start and in the middle."""
    path = tmp_path / "x.whl"
    path.write_bytes(ZIP)
    archive = open_archive(path)
    [member] = archive.members
    file = Failing()
    assert isinstance(archive, ZipArchive)
    archive._source.close()
    monkeypatch.setattr(archive._source, "_file", file)
    [finding] = archive.read(member).findings
    assert "archive-access" == finding.code
    assert "Input/output error" in finding.message
    monkeypatch.setattr("trigpoint.archives.sources.open_regular", lambda _path: (file, 9))
    assert ["archive-access"] == codes(open_archive(path))
    assert file.closed


# -- mistakes of the program --------------------------------------------------------------


@pytest.mark.parametrize("file", [None, 3, b"x".hex, [b"x"]])
def test_neither_bytes_nor_path(file: object) -> None:
    """Anything else is a mistake, and has the base of all exceptions."""
    with pytest.raises(ArchiveError) as caught:
        open_archive(file)  # type: ignore[arg-type]
    assert isinstance(caught.value, TrigpointError)


def test_path_of_bytes_is_no_path() -> None:
    """Bytes are the file itself, so a path that is bytes would be mistaken."""

    class Odd:
        def __fspath__(self) -> bytes:
            return b"x"

    with pytest.raises(ArchiveError):
        open_archive(Odd())  # type: ignore[arg-type]


def test_member_of_another_archive() -> None:
    """Members belong to the archive that listed them."""
    one, other = open_archive(ZIP), open_archive(ZIP)
    for archive in (other, open_archive(make_zip([]))):
        with pytest.raises(ArchiveError):
            archive.read(one.members[0])
        with pytest.raises(ArchiveError):
            archive.reading(one.members[0])
        with pytest.raises(ArchiveError):
            archive.readings(one.members)


def test_negative_limit() -> None:
    """Nobody can read fewer than no bytes."""
    archive = open_archive(ZIP)
    with pytest.raises(ArchiveError):
        archive.read(archive.members[0], -1)
    assert b"" == archive.read(archive.members[0], 0).data


@pytest.mark.parametrize("data", [ZIP, TAR, gzip.compress(TAR, mtime=0), b"text"])
@pytest.mark.parametrize("on_disk", [True, False])
def test_archive_that_was_closed(tmp_path: Path, data: bytes, *, on_disk: bool) -> None:
    """Members stay listed, and nothing more is read."""
    (tmp_path / "x").write_bytes(data)
    archive = open_archive(tmp_path / "x" if on_disk else data)
    other = open_archive(data)
    with archive, other:
        [member] = archive.members
    assert [member] == list(archive.members)
    with pytest.raises(ArchiveError):
        archive.read(member)
    other = open_archive(data)
    other.close()
    with pytest.raises(ArchiveError):
        _ = other.members


def test_reading_begun_before_closing(tmp_path: Path) -> None:
    """A reading that is under way when its file is closed is a mistake too."""
    (tmp_path / "x").write_bytes(make_zip([Part(b"a", b"x" * 200_000, 0)]))
    archive = open_archive(tmp_path / "x")
    reading = archive.reading(archive.members[0])
    next(reading)
    archive.close()
    with pytest.raises(ArchiveError):
        next(reading)


def test_find_is_by_path() -> None:
    """A file is found where it lands; folders and places outside are not files."""
    archive = open_archive(make_zip([Part(b"./a//b", b"1"), Part(b"a/b", b"2"), Part(b"d/")]))
    found = archive.find("a/b")
    assert found is archive.members[0]
    assert [None, None] == [archive.find("d"), archive.find("nowhere")]


def test_nothing_is_read_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening looks at the first bytes; the members are listed once, when they are asked for."""
    archive = open_archive(ZIP)
    assert isinstance(archive, ZipArchive)
    asked: list[tuple[int, int]] = []
    read = archive._source.at

    def at(offset: int, size: int) -> bytes:
        asked.append((offset, size))
        return read(offset, size)

    monkeypatch.setattr(archive._source, "at", at)
    assert [] == asked
    _ = archive.members
    listed = len(asked)
    assert listed > 0
    _ = archive.members, archive.findings, archive.complete
    assert listed == len(asked)


@pytest.mark.usefixtures("processes")
def test_import_asks_for_no_other_reader() -> None:
    """The package reads tar and zip by itself, and asks for bz2 and lzma only if needed."""
    import subprocess

    code = (
        "import sys, trigpoint.archives as a; a.open_archive(b'').findings;"
        "print(sorted({'tarfile', 'zipfile', 'bz2', 'lzma'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == out.stdout.strip()
