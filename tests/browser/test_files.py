"""Folders and several files, chosen and dropped: one archive in a request, and nothing in the network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from trigpoint.labs.files import Upload, contents
from trigpoint.projects.folder import FOREIGN

if TYPE_CHECKING:
    from conftest import Lab, LabOf, Reader
    from playwright.sync_api import Page

PAGE = "playground/metadata.html"

TREE = {
    "pyproject.toml": "[project]\n",
    "src/spam/__init__.py": "",
    "src/spam/é.txt": "x" * 70_000,
    ".git/HEAD": "ref",
    "src/node_modules/left/index.js": "",
    "own/pyvenv.cfg": "",
    "own/bin/python": "",
}
KEPT = {
    path: text.encode() for path, text in TREE.items() if path.startswith(("pyproject", "src/spam"))
}

TAKE_SEVERAL = """(lab, leaveOut) => {
  const input = lab.querySelector("input[data-file]");
  input.multiple = true;
  input.dataset.leaveOut = leaveOut;
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Open a folder" });
  button.dataset.folder = "";
  input.closest("label").after(button);
}"""
"""The place for a file as Python writes it for a lab that takes folders.

The pages allow no HTML but the element's own, so this makes it piece by piece.
"""

ALONE = "lab => { delete lab.dataset.leaveOut; }"
"""On a site that says where its labs are, a folder would fill all of them."""

LISTEN = """lab => {
  window.asked = [];
  lab.addEventListener("trigpoint-answer", ({ detail }) => {
    if (detail.request.file) window.asked.push(detail.request.file);
  });
}"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder called spam with what a project has, and with what tools put there."""
    folder = tmp_path / "spam"
    for path, text in TREE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def open_lab(reader: Reader, lab_of: LabOf, *, several: bool = True) -> Lab:
    """Open a lab, whose place for a file takes *several* if it should."""
    lab = lab_of(reader.open(PAGE))
    if several:
        lab.root.evaluate(TAKE_SEVERAL, " ".join(sorted(FOREIGN)))
    lab.root.evaluate(LISTEN)
    return lab


def drop(lab: Lab, *paths: Path) -> None:
    """Drop *paths* on the lab as a file manager does."""
    box = lab.root.bounding_box()
    assert box is not None
    session = lab.page.context.new_cdp_session(lab.page)
    data = {"items": [], "files": list(map(str, paths)), "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 80}
        session.send("Input.dispatchDragEvent", {"type": kind, **place, "data": data})


def asked(page: Page, number: int = 1) -> list[Any]:
    """Return the *number* files that came with requests."""
    page.wait_for_function("number => window.asked.length >= number", arg=number)
    return list(page.evaluate("window.asked"))


def test_dropped_folder_is_one_archive(reader: Reader, lab_of: LabOf, project: Path) -> None:
    """It has the folder's name and files, twice the same bytes, without what tools put there."""
    lab = open_lab(reader, lab_of)
    drop(lab, project)
    asked(lab.page, 1)
    lab.wait()
    drop(lab, project)
    first, second = asked(lab.page, 2)
    assert first == second
    found = contents(Upload(**first))
    assert ("spam.zip", KEPT, "spam", ()) == (
        first["name"],
        dict(found.files),
        found.name,
        found.left_out,
    )


def test_chosen_folder_is_the_same_archive(reader: Reader, lab_of: LabOf, project: Path) -> None:
    """The button for folders leads to the same bytes, and files can be chosen afterwards."""
    lab = open_lab(reader, lab_of)
    drop(lab, project)
    asked(lab.page, 1)
    lab.wait()
    lab.page.on("filechooser", lambda _: None)
    with lab.page.expect_file_chooser() as chooser:
        lab.root.locator("[data-folder]").click()
    chooser.value.set_files(project)
    first, second = asked(lab.page, 2)
    assert first == second
    lab.wait()
    with lab.page.expect_file_chooser() as chooser:
        lab.root.locator("input[data-file]").click()
    chooser.value.set_files(project / "pyproject.toml")
    assert "pyproject.toml" == asked(lab.page, 3)[2]["name"]


def test_several_files_are_one_archive(reader: Reader, lab_of: LabOf, project: Path) -> None:
    """Files beside each other keep their names."""
    lab = open_lab(reader, lab_of)
    drop(lab, project / "pyproject.toml", project / ".git" / "HEAD")
    (only,) = asked(lab.page)
    assert ("files.zip", {"HEAD", "pyproject.toml"}) == (
        only["name"],
        set(contents(Upload(**only)).files),
    )


def test_archive_goes_as_it_is(reader: Reader, lab_of: LabOf, tmp_path: Path) -> None:
    """A single file is never packed, whatever it is."""
    path = tmp_path / "spam-1.tar.gz"
    path.write_bytes(b"\x1f\x8b no archive")
    lab = open_lab(reader, lab_of)
    drop(lab, path)
    (only,) = asked(lab.page)
    assert {"name": path.name, "data": "H4sgbm8gYXJjaGl2ZQ=="} == only


def test_folder_that_does_not_fit_is_refused_in_words(
    reader: Reader, lab_of: LabOf, project: Path
) -> None:
    """A lab for one text says so, and nothing changes."""
    lab = open_lab(reader, lab_of, several=False)
    lab.root.evaluate(ALONE)
    before = lab.text
    drop(lab, project)
    expect(lab.root.locator(".tp-notice")).to_have_text(
        "A folder does not fit into one text. Drop one file of it."
    )
    assert before == lab.text


def test_too_many_files_are_refused_in_words(reader: Reader, lab_of: LabOf, tmp_path: Path) -> None:
    """The page says how many are too many, and what to choose instead."""
    folder = tmp_path / "many"
    folder.mkdir()
    for i in range(5_001):
        (folder / str(i)).touch()
    lab = open_lab(reader, lab_of)
    drop(lab, folder)
    expect(lab.root.locator(".tp-notice")).to_have_text(
        re.compile("These are more than 5,000 files, without .+")
    )
