"""Notebooks and runnable examples work from this site alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Reader
    from playwright.sync_api import FrameLocator, Page

START = 180_000
"""Milliseconds in which JupyterLite and its Python must have started, on a busy machine."""


@pytest.fixture(autouse=True)
def notebooks(site: Path) -> None:
    """Leave these tests out where the site was built without notebooks."""
    if not (site / "lite").is_dir():
        pytest.skip("the site was built without notebooks")


@pytest.fixture
def quiet(reader: Reader) -> Iterator[Reader]:
    """A reader who does not mind what JupyterLab says of itself.

    It reports duplicate menu entries and short cuts of its own.  Nothing may be
    missing, though: neither a file nor the address that it asks the root of the
    server for, where a site in a folder has nothing to say.
    """
    reader.allow("^(?!Failed to load resource)")
    yield reader
    # A page with a service worker asks that one.
    heartbeat = f"{reader.server.origin}/api/service-worker-heartbeat"
    reader.requests[:] = [url for url in reader.requests if url.partition("?")[0] != heartbeat]


def run_all(inside: Page | FrameLocator) -> None:
    """Run every cell from the menu, once the notebook and its kernel are there."""
    inside.locator(".jp-CodeCell .cm-content").first.wait_for(timeout=START)
    inside.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=START)
    inside.get_by_role("menuitem", name="Run", exact=True).click(timeout=START)
    inside.get_by_role("menuitem", name="Run All Cells", exact=True).click(timeout=START)


def test_notebook_runs_trigpoint(quiet: Reader) -> None:
    """The notebook imports the library, and its cells run to the last."""
    page = quiet.open("lite/notebooks/index.html?path=markers.ipynb")
    run_all(page)
    results = page.locator(".jp-CodeCell .jp-OutputArea-executeResult")
    results.filter(has_text="python_version >= ").first.wait_for(timeout=START)
    # The last cell lists the markers of the packages that the page has loaded.
    page.locator(".jp-Cell").last.scroll_into_view_if_needed()
    outputs = page.locator(".jp-CodeCell .jp-OutputArea-output")
    outputs.filter(has_text="extra == ").filter(has_text="ipython").first.wait_for(timeout=START)


def test_nobody_asks_the_root_of_the_server(site: Path) -> None:
    """JupyterLite asks for its service worker where it has one, and for the site's own icon."""
    question = 'fetch("/api/service-worker-heartbeat")'
    scripts = [path.read_text("utf-8") for path in (site / "lite").rglob("*.js")]
    asking = [script for script in scripts if question in script]
    assert asking
    assert [] == [
        each for each in asking if f"navigator.serviceWorker.controller?{question}" not in each
    ]
    for path in (site / "lite").rglob("*.html"):
        icon = re.search('<link rel="icon"[^>]* href="([^"]+)"', path.read_text("utf-8"))
        assert icon
        assert (path.parent / icon[1]).is_file()


def test_link_opens_the_notebook(quiet: Reader) -> None:
    """The page of notebooks leads into JupyterLite."""
    page = quiet.open("notebooks/index.html")
    page.get_by_role("link", name="Open markers.ipynb").click()
    page.locator(".jp-Notebook").wait_for(timeout=START)


def test_reference_example_runs_in_the_page(quiet: Reader) -> None:
    """An example of the reference runs, and gives the result that the page shows."""
    page = quiet.open("reference/api/markers.html")
    example = page.locator(".try_examples_outer_container").first
    expected = example.locator("pre").inner_text().strip().split("\n")[-1]
    example.get_by_role("button", name="Run this in the page").click()
    frame = page.frame_locator("iframe.jupyterlite_sphinx_iframe")
    run_all(frame)
    # Only a cell that ran has this class; what the page brought along has not.
    outputs = frame.locator(".jp-CodeCell .jp-OutputArea-executeResult")
    outputs.filter(has_text=expected).first.wait_for(timeout=START)
