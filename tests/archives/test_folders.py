"""Folders: what is listed, what is left out, and what no folder may lead to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from trigpoint.archives import Archive, Kind, Limits, open_archive

from .build import codes


def opened(folder: Path, **limits: int) -> Archive:
    return open_archive(folder, limits=Limits(**limits))


def linked(path: Path, target: str) -> None:
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("no links can be made here")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with two files."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.py").write_bytes(b"a = 1\n")
    (tmp_path / "pyproject.toml").write_bytes(b"[project]\n")
    return tmp_path


def read(archive: Archive, path: str) -> tuple[bytes, list[str]]:
    [member] = [each for each in archive.members if each.path == path]
    content = archive.read(member)
    return content.data, [finding.code for finding in content.findings]


def test_members_are_in_order(folder: Path) -> None:
    """Files and folders are listed by name, with their sizes and modes."""
    (folder / "src" / "a.py").chmod(0o640)
    archive = opened(folder)
    assert ("folder", folder.name) == (archive.format, archive.name)
    assert [
        ("pyproject.toml", Kind.FILE, 10),
        ("src", Kind.DIR, 0),
        ("src/a.py", Kind.FILE, 6),
    ] == [(each.path, each.kind, each.size) for each in archive.members]
    assert 0o640 == archive.members[2].mode or os.name == "nt"
    assert (b"a = 1\n", []) == read(archive, "src/a.py")
    assert () == archive.findings


def test_loop_of_links_is_one_member(folder: Path) -> None:
    """No link is followed."""
    linked(folder / "src" / "up", "..")
    archive = opened(folder)
    assert ["pyproject.toml", "src", "src/a.py", "src/up"] == [
        each.path for each in archive.members
    ]
    assert [(Kind.SYMLINK, "..")] == [(each.kind, each.target) for each in archive.members[3:]]
    assert (["archive-link"], (b"", ["archive-special"])) == (
        codes(archive),
        read(archive, "src/up"),
    )


def test_link_out_of_the_folder(folder: Path) -> None:
    """A link to what is not in the project is said, and not followed."""
    linked(folder / "src" / "out", "../../secret")
    linked(folder / "src" / "root", "/etc/passwd")
    archive = opened(folder)
    assert ["archive-link-outside"] == codes(archive)
    assert (b"", ["archive-special"]) == read(archive, "src/root")


def test_folder_that_is_reached_by_a_link(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The top itself may be a link: it is what the reader asked for."""
    link = tmp_path_factory.mktemp("other") / "link"
    linked(link, str(folder))
    assert 3 == len(opened(link).members)


@pytest.mark.parametrize("name", [".git", "node_modules", "__pycache__", ".tox"])
def test_folder_of_other_peoples_files(folder: Path, name: str) -> None:
    """It is listed and not entered, and that is said."""
    (folder / "src" / name).mkdir()
    (folder / "src" / name / "x").write_bytes(b"")
    archive = opened(folder)
    assert f"src/{name}" in [each.path for each in archive.members]
    assert 4 == len(archive.members)
    assert [f"the folder 'src/{name}' is left out"] == [each.message for each in archive.findings]


def test_virtual_environment(folder: Path) -> None:
    """A virtual environment is told by its pyvenv.cfg, whatever it is called."""
    (folder / "spam").mkdir()
    (folder / "spam" / "pyvenv.cfg").write_bytes(b"")
    assert ["archive-not-entered"] == codes(opened(folder))
    assert ["spam", "src"] == [
        each.path for each in opened(folder).members if each.kind is Kind.DIR
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipe_in_a_folder(folder: Path) -> None:
    """What is neither file nor folder is listed, and not read."""
    try:
        os.mkfifo(folder / "pipe")
    except OSError:
        pytest.skip("no pipes can be made here")
    archive = opened(folder)
    assert [Kind.OTHER] == [each.kind for each in archive.members if each.path == "pipe"]
    assert ["archive-special"] == codes(archive)
    assert (b"", ["archive-special"]) == read(archive, "pipe")


@pytest.mark.skipif(os.sep == "\\", reason="Windows has no such names")
def test_names_that_other_systems_refuse(folder: Path) -> None:
    """A name that would lead elsewhere on Windows has no path, and is not read."""
    (folder / "a\\b").write_bytes(b"x")
    (folder / "C:x").write_bytes(b"x")
    archive = opened(folder)
    assert ["archive-name-outside", "archive-name-backslash"] == codes(archive)
    assert (b"x", []) == read(archive, "a\\b")
    [drive] = [each for each in archive.members if not each.path]
    assert ["archive-special"] == [each.code for each in archive.read(drive).findings]
    (folder / "D:d").mkdir()
    (folder / "D:d" / "inner").write_bytes(b"")
    assert "D:d/inner" not in [each.name for each in opened(folder).members]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems want UTF-8")
def test_name_that_is_no_utf8(folder: Path) -> None:
    """Any bytes may be a name; the file is read by them."""
    try:
        (folder / "caf\udce9").write_bytes(b"x")
    except OSError:
        pytest.skip("this file system wants UTF-8")
    archive = opened(folder)
    assert (["archive-name-encoding"], (b"x", [])) == (codes(archive), read(archive, "caf\udce9"))


# -- what changes or refuses --------------------------------------------------------------


def test_file_that_was_taken_away(folder: Path) -> None:
    """A file that is no longer there is a finding of the reading."""
    archive = opened(folder)
    _ = archive.members
    (folder / "pyproject.toml").unlink()
    assert (b"", ["archive-access"]) == read(archive, "pyproject.toml")


def test_file_that_became_a_link(folder: Path) -> None:
    """A link that took a file's place is not followed."""
    if not hasattr(os, "O_NOFOLLOW"):
        pytest.skip("this system cannot refuse links")
    archive = opened(folder)
    _ = archive.members
    (folder / "pyproject.toml").unlink()
    linked(folder / "pyproject.toml", "/etc/passwd")
    assert (b"", ["archive-access"]) == read(archive, "pyproject.toml")


def test_file_that_became_a_folder(folder: Path) -> None:
    """A folder that took a file's place is no regular file."""
    archive = opened(folder)
    _ = archive.members
    (folder / "pyproject.toml").unlink()
    (folder / "pyproject.toml").mkdir()
    assert (b"", ["archive-special"]) == read(archive, "pyproject.toml")


def test_file_that_grows_or_shrinks_while_it_is_read(folder: Path) -> None:
    """No more is read than there was, and what is missing is said."""
    path = folder / "big"
    path.write_bytes(b"x" * 200_000)
    archive = opened(folder)
    [member] = [each for each in archive.members if each.path == "big"]
    reading = archive.reading(member)
    first = next(reading)
    path.write_bytes(b"x" * 300_000)
    assert 200_000 == len(first) + sum(map(len, reading))
    path.write_bytes(b"x" * 200_000)
    reading = archive.reading(member)
    next(reading)
    path.write_bytes(b"x")
    assert ([], "archive-truncated") == (list(reading), reading.findings[0].code)


def test_disk_that_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system refuses is a finding that gives its reason."""

    def fail(*_arguments: object, **_more: object) -> object:
        raise PermissionError(13, "Permission denied")

    archive = opened(folder)
    _ = archive.members
    with monkeypatch.context() as patch:
        patch.setattr("trigpoint.archives.folders.open_regular", lambda *_a, **_k: (_File(fail), 9))
        assert (b"", ["archive-access"]) == read(archive, "pyproject.toml")
    with monkeypatch.context() as patch:
        patch.setattr("os.scandir", fail)
        assert ["archive-access"] == codes(opened(folder))
        assert () == opened(folder).members
    linked(folder / "link", "a")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "readlink", fail)
        assert ["archive-access", "archive-link"] == codes(opened(folder))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_file", fail)
        assert 4 == len(opened(folder).members)


class _File:
    def __init__(self, read: Callable[..., object]) -> None:
        self.read = read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return


def test_descriptor_is_closed_when_a_file_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was opened and turned out to be no file is closed again."""
    closed: list[int] = []
    close = os.close

    def counted(number: int) -> None:
        closed.append(number)
        close(number)

    monkeypatch.setattr(os, "close", counted)
    archive = opened(folder)
    _ = archive.members
    (folder / "pyproject.toml").unlink()
    (folder / "pyproject.toml").mkdir()
    read(archive, "pyproject.toml")
    assert 1 == len(closed)


def test_what_is_read_adds_up(folder: Path) -> None:
    """Files of a folder share an allowance, and reading one again is free."""
    archive = opened(folder, unpacked=15)
    for _ in range(2):
        assert (b"[project]\n", []) == read(archive, "pyproject.toml")
    assert (b"", ["archive-large"]) == read(archive, "src/a.py")
    archive = opened(folder, unpacked=16)
    assert [[], []] == [read(archive, each)[1] for each in ("pyproject.toml", "src/a.py")]


def test_folders_that_the_caller_leaves_out(folder: Path) -> None:
    """They are listed and not entered, at any depth, besides those that always are."""
    for name in ("build", "src/build", "src/.git"):
        (folder / name).mkdir()
        (folder / name / "x").write_bytes(b"")
    with open_archive(folder, leave_out={"build"}) as archive:
        said = [each.message for each in archive.findings]
        paths = [each.path for each in archive.members]
    assert [
        "the folder 'build' is left out",
        "the folder 'src/.git' is left out",
        "the folder 'src/build' is left out",
    ] == said
    assert {"build", "src/.git", "src/build"} <= set(paths)
    assert not any(each.endswith("/x") for each in paths)
