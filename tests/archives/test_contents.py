"""All files of an archive at once: what is held, what is left out, and where that ends."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.archives import MOST_HELD, MOST_HELD_FILES, Files, open_archive, read_files

from .build import Part, entry, make_zip, tar


def zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for path, data in files.items():
            made.writestr(path, data)
    return held.getvalue()


def read(files: Mapping[str, bytes], name: str = "x.zip", **bounds: int) -> Files:
    return read_files(open_archive(zipped(files), name), leave_out=("build",), **bounds)


def codes(found: Files) -> list[str]:
    return [finding.code for finding in found.findings]


def test_the_one_folder_is_taken_off() -> None:
    """What a page packs, an sdist and a download of a host have one folder around everything."""
    found = read({"spam-1/b": b"2", "spam-1/src/a": b"1"})
    assert ("spam-1", [("b", b"2"), ("src/a", b"1")], ()) == (
        found.name,
        list(found.files.items()),
        found.findings,
    )


@pytest.mark.parametrize("paths", [("a/x", "b/y"), ("a/x", "y"), ("x",)])
def test_without_one_folder_paths_stay(paths: tuple[str, ...]) -> None:
    """Files beside each other, and beside folders, keep their paths; the archive has the name."""
    found = read(dict.fromkeys(paths, b""), "spam.zip")
    assert (sorted(paths), "spam") == (list(found.files), found.name)


def test_folders_of_tools_are_left_out() -> None:
    """They are named once each, and what is in them counts for nothing."""
    found = read(
        {
            "spam/a": b"",
            "spam/.git/HEAD": b"",
            "spam/.git/objects/pack": b"",
            "spam/src/build/x": b"",
            "spam/mine/pyvenv.cfg": b"",
            "spam/mine/bin/python": b"",
            "__MACOSX/spam/._a": b"",
        },
        most_files=1,
    )
    assert (["a"], (".git", "__MACOSX", "mine", "src/build")) == (list(found.files), found.left_out)
    assert ["archive-not-entered"] * 4 == codes(found)


@pytest.mark.parametrize("top", ["build", ".git", "env"])
def test_the_folder_itself_is_never_left_out(top: str) -> None:
    """A reader who gives a folder means it, whatever it is called and holds."""
    found = read({f"{top}/pyvenv.cfg": b"", f"{top}/a": b""})
    assert (top, ["a", "pyvenv.cfg"], ()) == (found.name, list(found.files), found.left_out)


def test_an_environment_at_the_top_of_several_is_told_by_its_file() -> None:
    """Only the folder around everything is safe from being taken for an environment."""
    found = read({"pyvenv.cfg": b"", "a": b"", "e/pyvenv.cfg": b"", "e/b": b""})
    assert (["a", "pyvenv.cfg"], ("e",)) == (list(found.files), found.left_out)


def test_number_of_files_ends_at_its_bound() -> None:
    """So many files are held; one more is a finding, and is named."""
    files = {f"s/{i}": b"" for i in range(4)}
    whole, cut = read(files, most_files=4), read(files, most_files=3)
    assert ((), 4, ()) == (whole.findings, len(whole.files), whole.unread)
    assert (["archive-many"], 3, 1) == (codes(cut), len(cut.files), len(cut.unread))
    assert "more than 3 files; the others are not read" == cut.findings[0].message


def test_bytes_together_end_at_their_bound() -> None:
    """So many bytes are held; a file that would be too much is named, a smaller one still fits."""
    files = {"s/a": b"12", "s/b": b"345", "s/c": b"6"}
    whole, cut = read(files, most_bytes=6), read(files, most_bytes=5)
    assert ((), 3) == (whole.findings, len(whole.files))
    assert (["archive-large"], ["a", "b"], ("c",)) == (codes(cut), list(cut.files), cut.unread)
    assert ["a", "c"] == list(read(files, most_bytes=4).files)
    assert "the files have more than 5 bytes together" in cut.findings[0].message


def test_bytes_of_one_file_end_at_their_bound() -> None:
    """A large file is named and not held; its neighbours are."""
    files = {"s/a": b"123", "s/b": b"12"}
    whole, cut = read(files, limit=3), read(files, limit=2)
    assert ((), 2) == (whole.findings, len(whole.files))
    assert (["archive-large"], ["b"], ("a",)) == (codes(cut), list(cut.files), cut.unread)
    assert "'a' has more than 2 bytes" == cut.findings[0].message


def test_bounds_are_those_of_a_page() -> None:
    """The page refuses what Python would not hold (``playground/src/gather.ts``)."""
    assert (5_000, 64 * 1024 * 1024) == (MOST_HELD_FILES, MOST_HELD)


def test_an_sdist_is_read_too() -> None:
    """A tar archive gives its files in one pass."""
    data = gzip.compress(tar(entry(b"s-1/PKG-INFO", b"Name: s\n"), entry(b"s-1/a", b"1")))
    found = read_files(open_archive(data, "s-1.tar.gz"))
    assert ("s-1", {"PKG-INFO": b"Name: s\n", "a": b"1"}) == (found.name, dict(found.files))


def test_a_single_file_is_itself() -> None:
    """What is no archive has one file, which is called as it is."""
    found = read_files(open_archive(b"[project]\n", "pyproject.toml"))
    assert ("pyproject.toml", {"pyproject.toml": b"[project]\n"}) == (found.name, dict(found.files))


def test_a_folder_on_disk(tmp_path: Path) -> None:
    """A folder is read where it lies, and what it does not enter is left out."""
    for path in ("a", "src/b", ".git/HEAD", "build/c", "env/pyvenv.cfg", "env/d"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path)
    found = read_files(open_archive(tmp_path, leave_out=("build",)), leave_out=("build",))
    assert ({"a": b"a", "src/b": b"src/b"}, (".git", "build", "env")) == (
        dict(found.files),
        found.left_out,
    )
    assert (tmp_path.name, ["archive-not-entered"] * 3) == (found.name, codes(found))


def test_a_folder_on_disk_with_one_folder(tmp_path: Path) -> None:
    """Paths below a folder are those below it: nothing is taken off."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a").write_bytes(b"")
    assert ["src/a"] == list(read_files(open_archive(tmp_path)).files)


def test_what_cannot_be_read_has_findings() -> None:
    """No file, and the reason."""
    found = read_files(open_archive(b"PK\3\4 and nothing else", "spam.zip"))
    assert ("spam", {}, True) == (found.name, dict(found.files), bool(found.findings))


def test_a_damaged_member_is_named_and_not_held() -> None:
    """Half of a file would be taken for the file."""
    data = zipped({"s/a": b"one", "s/b": b"two"}).replace(b"two", b"tow", 1)
    found = read_files(open_archive(data, "s.zip"))
    assert (["a"], ("b",), ["archive-checksum"]) == (list(found.files), found.unread, codes(found))


def test_of_two_members_of_one_name_the_first_counts() -> None:
    """As :meth:`Archive.find` has it; the second is a finding already."""
    data = make_zip([Part(b"s/a", b"one"), Part(b"s/a", b"two")])
    found = read_files(open_archive(data, "s.zip"))
    assert ({"a": b"one"}, ["archive-duplicate"]) == (dict(found.files), codes(found))


@given(st.binary(max_size=300), st.sampled_from(["a.zip", "a.tar.gz", "a.tar", "a"]))
def test_nothing_makes_it_raise(data: bytes, name: str) -> None:
    """Whatever the bytes are, the answer is files and findings."""
    found = read_files(open_archive(data, name))
    assert isinstance(found, Files)
