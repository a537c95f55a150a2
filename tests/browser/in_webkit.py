"""The built site in WebKitGTK, which shares its engine with Safari: one path through each lab.

``nox -s webkit`` runs this file, and sets ``TRIGPOINT_SITE``, the folder of the built site, and
``TRIGPOINT_WEBKIT``, the program that drives the browser, which shows itself on the screen that
``DISPLAY`` names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from selenium.webdriver import ActionChains, Keys, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

if TYPE_CHECKING:
    from conftest import Server

# The versions of selenium that there are warn of what they do themselves.
pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")

SITE = Path(os.environ["TRIGPOINT_SITE"]).resolve()
LABS = [
    path.stem
    for path in sorted((SITE / "playground").glob("*.html"))
    if "<trigpoint-lab" in path.read_text("utf-8")
]
PLAYGROUND = "playground/markers.html"
PATIENCE = 120
"""Seconds in which everything that must happen has happened, on a busy machine."""
SLOW = {"builds"}
"""Labs whose own example takes WebKit longer than a lab waits on a busy machine.

It is built with setuptools, for which WebKit needs more than ten seconds of processor time.
"""
WINDOWS = "os_name == 'nt'"
METADATA = "Metadata-Version: 2.1\nName: spam\nVersion: 1.0\n"

LAB = "const lab = document.querySelector('trigpoint-lab');"
ANSWERED = f"{LAB} return lab?.dataset.state === 'live' && !lab.hasAttribute('data-busy');"
KEPT = """const done = arguments[arguments.length - 1];
const names = ["engine.js", "snapshot.bin.zst", "pyodide/python_stdlib.zip"];
const files = names.map((name) => new URL(`../_static/trigpoint/${name}`, location));
Promise.all([location.pathname, ...files].map((place) => caches.match(place, { ignoreSearch: true })))
  .then((kept) => done(Boolean(navigator.serviceWorker.controller) && kept.every(Boolean)));"""
DROP = f"""{LAB}
const dataTransfer = new DataTransfer();
dataTransfer.items.add(new File([arguments[0]], "METADATA"));
for (const kind of ["dragenter", "dragover", "drop"])
  lab.querySelector(".tp-result").dispatchEvent(
    new DragEvent(kind, {{ dataTransfer, bubbles: true, cancelable: true }}));"""
FOREIGN = """return performance.getEntriesByType("resource").map(({ name }) => name)
  .filter((name) => !["data:", "blob:", arguments[0]].some((start) => name.startsWith(start)));"""


@dataclass
class Reader:
    """Opens pages of the site, and asks their first lab."""

    driver: WebKitGTK
    server: Server

    def open(self, path: str) -> None:
        """Load a page anew, also where only its fragment differs from the one before."""
        self.driver.get("about:blank")
        self.driver.get(self.server.base + path)

    def run(self, script: str, *values: object) -> Any:
        """Run *script* in the page and return what it returns."""
        return self.driver.execute_script(script, *values)

    def until(self, found: Callable[[], object]) -> None:
        """Wait until *found* is true."""
        WebDriverWait(self.driver, PATIENCE, 0.1).until(lambda _: found())

    def answered(self) -> None:
        """Wait until the lab has answered everything."""
        self.until(lambda: self.run(ANSWERED))

    def wake(self) -> None:
        """Make the lab live."""
        self.run(f"{LAB} lab.querySelector('[data-edit]').click();")
        self.answered()

    @property
    def text(self) -> str:
        return str(self.run(f"{LAB} return lab.querySelector('textarea[data-editor]').value;"))

    @property
    def result(self) -> str:
        return str(self.run(f"{LAB} return lab.querySelector('.tp-result').textContent;"))

    @property
    def stale(self) -> bool:
        return bool(self.run(f"{LAB} return lab.querySelector('.tp-result.tp-stale') !== null;"))

    def write(self, text: str) -> None:
        """Type *text* in the place of all text."""
        self.run(
            f"{LAB} const editor = lab.querySelector('.tp-editor');"
            "(editor.shadowRoot ?? editor).querySelector('.cm-content').focus();"
        )
        keys = ActionChains(self.driver)
        keys.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(text).perform()
        self.until(lambda: self.text == text)
        self.answered()

    def foreign(self) -> list[str]:
        """Return what the page asked of other sites."""
        return list(self.run(FOREIGN, self.server.base))


@pytest.fixture(scope="module")
def driver() -> Iterator[WebKitGTK]:
    """One WebKit for all, which keeps nothing afterwards."""
    options = WebKitGTKOptions()
    options.add_argument("--automation")
    driver = WebKitGTK(options=options, service=Service(os.environ["TRIGPOINT_WEBKIT"]))
    driver.set_script_timeout(PATIENCE)
    driver.set_window_size(1280, 900)
    yield driver
    driver.quit()


@pytest.fixture
def reader(driver: WebKitGTK, own_server: Server) -> Iterator[Reader]:
    """A reader of a site of their own: what one test keeps, no other sees."""
    yield Reader(driver, own_server)
    driver.get("about:blank")


@pytest.mark.parametrize("name", LABS)
def test_lab_answers_from_an_example_on(name: str, reader: Reader) -> None:
    """It wakes, and another example has another answer, without a request to another site."""
    reader.open(f"playground/{name}.html")
    before = reader.result
    if name not in SLOW:
        reader.wake()
        assert not reader.stale
    # The last one differs from the page's own.
    reader.run(f"{LAB} [...lab.querySelectorAll('[data-example]')].at(-1).click();")
    reader.until(lambda: reader.result != before and reader.run(ANSWERED))
    assert not reader.stale
    assert [] == reader.foreign()


def test_link_brings_a_question_and_typing_follows(reader: Reader) -> None:
    """A link opens with its text and its answer; what is typed then goes into the address."""
    reader.open(f"{PLAYGROUND}#lab?v=1&text={quote(WINDOWS)}")
    reader.answered()
    assert WINDOWS == reader.text
    assert "os_name" in reader.result
    reader.write("os_name == 'posix'")
    reader.until(lambda: "posix" in reader.driver.current_url)
    assert not reader.stale
    assert [] == reader.foreign()


def test_dropped_file_is_read(reader: Reader) -> None:
    """Its text comes into the editor, and is answered."""
    reader.open("playground/metadata.html")
    reader.run(DROP, METADATA)
    reader.until(lambda: reader.text == METADATA)
    reader.answered()
    assert re.search(r"spam 1\.0", reader.result)


def test_site_works_without_a_network_after_one_visit(reader: Reader) -> None:
    """The page, the engine and the answer come from what the service worker keeps."""
    reader.open(f"{PLAYGROUND}#lab?v=1&text={quote(WINDOWS)}")
    reader.answered()
    result = reader.result
    reader.until(lambda: reader.driver.execute_async_script(KEPT))
    reader.server.stop()
    reader.driver.refresh()
    reader.answered()
    assert (WINDOWS, result) == (reader.text, reader.result)
