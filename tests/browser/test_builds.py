"""The build lab: backends run in the page, and nothing is loaded that nobody asked for."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Lab, LabOf, Reader
    from playwright._impl._api_structures import FilePayload

PAGE = "playground/builds.html"
PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "eggs"
version = "2"
"""
FILES = {
    "pyproject.toml": PROJECT.encode(),
    "eggs/__init__.py": b"",
    "eggs/a.bin": bytes(range(256)),
}
BACKENDS = ("hatchling", "flit-core", "poetry-core", "pdm-backend")


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, data in FILES.items():
            archive.writestr(f"eggs-main/{path}", data)
    return content.getvalue()


@pytest.fixture
def lab(reader: Reader, lab_of: LabOf) -> Lab:
    found = lab_of(reader.open(PAGE))
    found.wake()
    return found


def test_a_dropped_project_is_built_and_saved(lab: Lab) -> None:
    """A zip becomes a wheel with its files, and the button gives the very file."""
    dropped: FilePayload = {"name": "eggs.zip", "mimeType": "application/zip", "buffer": zipped()}
    lab.root.locator("input[type=file]").set_input_files(dropped)
    lab.wait()
    expect(lab.result).to_contain_text("eggs-2-py2.py3-none-any.whl with 5 files")
    expect(lab.result.locator(".tp-files").first).to_contain_text("eggs/a.bin")
    with lab.page.expect_download() as saving:
        lab.result.locator('[data-download$=".whl"]').click()
    assert "eggs-2-py2.py3-none-any.whl" == saving.value.suggested_filename
    with zipfile.ZipFile(saving.value.path()) as wheel:
        assert FILES["eggs/a.bin"] == wheel.read("eggs/a.bin")


def test_four_backends_ship_the_data_file_and_setuptools_does_not(lab: Lab) -> None:
    """The same small package, by five backends one after the other."""
    missing = lab.result.locator(".tp-finding", has_text="words.txt in src/spam/data")
    expect(missing).to_have_count(1)
    for name in BACKENDS:
        lab.root.locator("summary", has_text="Examples").click()
        example = lab.root.locator(".tp-examples .tp-example-label").get_by_text(name, exact=True)
        example.first.click()
        lab.wait()
        expect(lab.result).to_contain_text(f"{name} built spam-1.0-py3-none-any.whl")
        expect(lab.result.locator(".tp-files").first).to_contain_text("spam/data/words.txt")
        expect(missing).to_have_count(0)


def test_backends_are_loaded_when_they_are_needed(reader: Reader, lab_of: LabOf) -> None:
    """A page that builds nothing asks for no wheel of a backend, and one that does for its own."""
    page = reader.open(PAGE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    lab = lab_of(page)
    lab.wake()
    shelf = sorted(
        url.partition("/shelf/")[2].partition("?")[0] for url in asked if "/shelf/" in url
    )
    assert ["setuptools", "shelf.json"] == [each.partition("-")[0] for each in shelf]
