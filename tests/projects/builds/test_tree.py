"""Projects in memory: out of archives, folders and lists."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.projects.builds import Tree, from_listing, read_tree, to_listing
from trigpoint.projects.builds import tree as module


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return file.getvalue()


def test_zip_of_a_repository() -> None:
    """One folder around everything is taken off, and folders that tools fill are left out."""
    files = {
        "a/pyproject.toml": b"x",
        "a/src/build/x.py": b"y",
        "a/.git/HEAD": b"",
        "a/.venv/z": b"",
    }
    tree = read_tree(zipped(files), "a-main.zip")
    assert {"pyproject.toml": b"x", "src/build/x.py": b"y"} == dict(tree.files)
    assert ("a", (".git/", ".venv/"), ()) == (tree.name, tree.left_out, tree.findings)
    assert 2 == tree.size


def test_folder(tmp_path: Path) -> None:
    """A folder is read as an archive of it would be."""
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_bytes(b"x")
    (tmp_path / "setup.py").write_bytes(b"y")
    tree = read_tree(tmp_path)
    assert {"setup.py": b"y"} == dict(tree.files)
    assert ("__pycache__/",) == tree.left_out


def test_what_is_no_archive_is_a_finding() -> None:
    """Bytes that nothing reads make no project, and say why."""
    tree = read_tree(b"\x7fELF", "a.zip")
    assert {} == dict(tree.files)
    assert tree.findings


def test_text_of_a_file() -> None:
    """A file that is not there is empty, and odd bytes become U+FFFD."""
    tree = Tree({"a": b"\xff"})
    assert ("\ufffd", "") == (tree.text("a"), tree.text("b"))


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("", {}),
        ("a", {"a": b""}),
        ("a\n    x\n\n    y\n\n\nb\n", {"a": b"x\n\ny\n", "b": b""}),
        ("./a//b.txt\n        deep", {"a/b.txt": b"    deep\n"}),
        ("a\n    \ud800", {"a": b"?\n"}),
        ("a\n    \udcff", {"a": b"\xff\n"}),
    ],
)
def test_listing(text: str, files: dict[str, bytes]) -> None:
    """A path a line, and below it, indented, what the file holds."""
    assert (files, []) == from_listing(text)


@pytest.mark.parametrize(
    "path", ["    stray", "../a", "/etc/passwd", "C:\\a", "a/../b", "a\0b", "."]
)
def test_paths_outside_are_findings(path: str) -> None:
    """No file of a list lies outside of the project."""
    files, findings = from_listing(f"{path}\n    x\nb\n")
    assert {"b": b""} == files
    assert ["build-listing"] == [each.code for each in findings]


@pytest.mark.parametrize("more", [0, 1])
def test_listing_is_bounded(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many files are listed, and one more is a finding."""
    monkeypatch.setattr(module, "MOST_FILES", 3)
    files, findings = from_listing("".join(f"f{i}\n" for i in range(3 + more)))
    assert 3 == len(files)
    assert ["build-large"] * more == [each.code for each in findings]


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,3}(/[a-z]{1,3})?", fullmatch=True), st.binary(max_size=30)
    )
)
def test_listing_gives_back_what_it_was_made_of(files: dict[str, bytes]) -> None:
    """What can be written as a list is read back to the byte, and nothing else is written."""
    listing = to_listing(files)
    if listing is not None:
        assert files == from_listing(listing)[0]


def test_files_that_no_list_holds() -> None:
    """Bytes that are no text, or no lines, are not written."""
    assert None is to_listing({"a": b"\xff"})
    assert None is to_listing({"a": b"no line end"})
    assert None is to_listing({"a": b"x\n\n\n"})
    assert "a\n    x\n" == to_listing({"a": b"x\n"})
