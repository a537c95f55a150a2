"""Which wheels answer what a build asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trigpoint.projects.builds import Shelf, default_folder, open_shelf
from trigpoint.projects.builds.shelf import VARIABLE, Served, entry

from .toy import fill, wheel

ELSEWHERE = "build it on your own machine: python -m build"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    found = open_shelf(fill(tmp_path))
    assert found
    return found


def answers(shelf: Shelf, *requires: str) -> list[str]:
    return [str(each.served or each.why) for each in shelf.take(requires).asked]


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        (["toy"], ["toy 2.0"]),
        (["Toy<2"], ["toy 1.0"]),
        (["toy<3", "toy!=2.*"], ["toy 1.0", "toy 1.0"]),
        (["toy_needs", "toy"], ["toy-needs 1.0", "toy 2.0"]),
        (["toy; python_version < '3'"], ["its marker does not hold here"]),
        (["toy>=3"], ["what is served here is 2.0 and 1.0"]),
        (["toy>=2", "toy<2"], ["what is served here is 2.0 and 1.0"] * 2),
        (["nowhere"], ["it is not served here"]),
        (["toy @ https://example.org/toy.whl"], ["it is an address, and nothing leaves the page"]),
        (["toy>>1"], ["it cannot be read"]),
        (["packaging>=1"], [f"packaging {__import__('packaging').__version__}"]),
    ],
)
def test_newest_that_fits(shelf: Shelf, requires: list[str], expected: list[str]) -> None:
    """Each requirement takes the newest version that all of them allow, or nothing."""
    assert expected == answers(shelf, *requires)


def test_what_is_taken_brings_what_it_needs(shelf: Shelf) -> None:
    """The wheels of a build are those that it names and those that these name; markers count."""
    taken = shelf.take(["toy<2"])
    assert ["toy 1.0", "toy-needs 1.0"] == [str(each) for each in taken.wheels]
    assert () == taken.findings


@pytest.mark.parametrize(
    ("requires", "message", "fix"),
    [
        (
            "toy>=3",
            "the build asks for toy>=3, and what is served here is 2.0 and 1.0",
            f"allow toy 2.0 in requires if your project builds with it, or {ELSEWHERE}",
        ),
        (
            "toy-broken",
            "toy-broken 1 needs nowhere>=3, and it is not served here",
            ELSEWHERE,
        ),
    ],
)
def test_what_nothing_answers_is_said(shelf: Shelf, requires: str, message: str, fix: str) -> None:
    """A build is refused with the versions that are there and the way out."""
    [found] = shelf.take([requires]).findings
    assert ("build-requires", message, fix) == (
        found.code,
        found.message,
        found.fix and found.fix.message,
    )


def test_a_later_requirement_does_not_change_what_is_settled(tmp_path: Path) -> None:
    """What needs another version of something that was taken is a finding."""
    rows = [
        Served("a", "1", "a.whl", requires=("b<2",)),
        Served("b", "1", "b1.whl"),
        Served("b", "2", "b2.whl"),
    ]
    [found] = Shelf(tmp_path, rows).take(["b", "a"]).findings
    assert "a 1 needs b<2, and another requirement takes b 2" == found.message


def test_missing_and_unpacked(shelf: Shelf) -> None:
    """What is not in the folder is asked for; what is there is unpacked once, and checked."""
    wheels = shelf.take(["toy"]).wheels
    assert () == shelf.missing(wheels)
    folders = shelf.unpacked(wheels)
    assert folders == shelf.unpacked(wheels)
    assert (Path(folders[0]) / "toy_backend.py").is_file()
    (shelf.folder / wheels[0].file).unlink()
    assert (wheels[0].file,) == shelf.missing(wheels)


def test_a_changed_wheel_is_refused(shelf: Shelf) -> None:
    """A file with another hash than the list names is never imported."""
    wheels = shelf.take(["toy-more"]).wheels
    (shelf.folder / wheels[0].file).write_bytes(wheel("toy-more", "1", {"evil.py": ""}))
    with pytest.raises(OSError, match=r"is not the file that shelf\.json names"):
        shelf.unpacked(wheels)


def test_projects_and_versions(shelf: Shelf) -> None:
    """The shelf says what it has."""
    assert ("2.0", "1.0") == shelf.versions("toy")
    assert () == shelf.versions("nowhere")
    assert {"packaging", "toy", "toy-needs"} < set(shelf.projects)


def test_no_list_no_shelf(tmp_path: Path) -> None:
    """Before the list has come there is no shelf."""
    assert None is open_shelf(tmp_path)


def test_the_folder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A variable names the folder, and a page has its own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert tmp_path == default_folder()
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("sys.platform", "linux")
    assert None is default_folder()
    monkeypatch.setattr("sys.platform", "emscripten")
    assert Path("/shelf") == default_folder()


@pytest.mark.parametrize("text", ["Name: a\n", "Name: a\nVersion: x!\n"])
def test_an_entry_needs_a_version(tmp_path: Path, text: str) -> None:
    """What is no wheel with a version is not listed."""
    path = tmp_path / "a-1-py3-none-any.whl"
    path.write_bytes(wheel("a", "x!", {}))
    with pytest.raises(ValueError, match="has no version"):
        entry(path)
    path.write_bytes(b"PK\3\4")
    with pytest.raises(ValueError, match="has no metadata"):
        entry(path)
    assert text


def test_the_list_is_json(tmp_path: Path) -> None:
    """A list of another form raises, since the site has written it."""
    (tmp_path / "shelf.json").write_text(json.dumps({}), "utf-8")
    with pytest.raises(KeyError):
        open_shelf(tmp_path)
