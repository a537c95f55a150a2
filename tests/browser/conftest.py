"""The built site in a real browser.

``TRIGPOINT_SITE`` names the folder of the built site; ``nox -s browser`` sets
it.  Without it there is nothing to test, and nothing here is collected.
"""

from __future__ import annotations

import functools
import http.server
import os
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "playground"))

import toolchain

PREFIX = "/en/latest/"
PLAYGROUND = "playground/markers.html"
NOT_FOUND = 404
ENGINE = "/engine.js"
"""What a page asks for when one of its labs wakes; it brings a service worker."""
PATIENCE = 60_000
"""Milliseconds to wait for something that must happen; nothing is measured with it."""

PASTE = """(editor, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""

PASTE_AND_PRESS = f"""(editor, [text, selector]) => {{
  ({PASTE})(editor, text);
  editor.getRootNode().host.closest("trigpoint-lab").querySelector(selector).click();
}}"""

if "TRIGPOINT_SITE" not in os.environ:
    collect_ignore_glob = ["test_*.py"]

# Report what the service worker asks for, too.
os.environ["PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS"] = "1"


class _Handler(http.server.SimpleHTTPRequestHandler):
    """A plain static server; the site lies under :data:`PREFIX`, and nothing beside it."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "no such file")
        return super().translate_path(path.removeprefix(PREFIX[:-1]))

    def send_error(self, code: int, *_: Any) -> None:
        """Answer for what is missing with the site's own page, as its hosts do."""
        page = Path(self.directory, "404.html").read_bytes() if code == NOT_FOUND else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Http(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing: a page that closes in the middle of a file is no fault."""


class Server:
    """The site, served until :meth:`stop`."""

    def __init__(self, folder: Path) -> None:
        handler = functools.partial(_Handler, directory=str(folder))
        self._server = _Http(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.base = self.origin + PREFIX

    def stop(self) -> None:
        """Refuse every connection from now on."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    folder = Path(os.environ["TRIGPOINT_SITE"]).resolve()
    assert (folder / PLAYGROUND).is_file(), f"{folder} holds no {PLAYGROUND}: build the site first"
    return folder


@pytest.fixture(scope="session")
def shared_server(site: Path) -> Iterator[Server]:
    """One server for all tests that leave it running."""
    server = Server(site)
    yield server
    server.stop()


@pytest.fixture
def own_server(site: Path) -> Iterator[Server]:
    """A server that the test may stop."""
    server = Server(site)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, which can reach nothing but this machine."""
    from playwright.sync_api import expect, sync_playwright

    path = toolchain.chromium()
    assert path is not None, "the browser tests need Chromium"
    expect.set_options(timeout=PATIENCE)
    offline = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(path), args=[*toolchain.CHROMIUM_FLAGS, offline]
        )
        yield browser
        browser.close()


@dataclass(slots=True)
class Notes:
    """What the browser complains about, and what it asks for."""

    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


class Profile:
    """A profile that tells :attr:`notes`, which may be others later, what happens in it."""

    def __init__(self, browser: Browser, notes: Notes, **options: Any) -> None:
        self.notes = notes
        self.context = context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda message: self.notes.complaints.append(message.text))
        context.on("weberror", lambda error: self.notes.complaints.append(str(error.error)))
        context.on("request", lambda request: self.notes.requests.append(request.url))
        context.on(
            "dialog", lambda dialog: self.notes.complaints.append(f"dialog {dialog.message}")
        )


class Kept:
    """A profile that serves one test after the other: to start one costs more than to empty it.

    What an origin stores, permissions and tabs are a test's own.  What stays is what the
    browser may forget at any time: its caches of files and of code.  Where a lab was live there
    is a service worker, which would outlive its pages and go on asking for files: it is ended.
    Where it cannot be, or has not yet begun, the profile is closed.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._profile: Profile | None = None

    def serve(self, notes: Notes) -> BrowserContext:
        """Return the profile, which tells *notes* from now on."""
        if self._profile is None:
            self._profile = Profile(self._browser, notes)
            # It holds the profile open, and never shows anything.
            self._blank = self._profile.context.new_page()
            self._tools = self._profile.context.new_cdp_session(self._blank)
            self._tools.send("ServiceWorker.enable")
        self._profile.notes = notes
        return self._profile.context

    def empty(self, origin: str) -> None:
        """Close every tab and forget what *origin* has stored, or the profile as a whole."""
        assert self._profile is not None
        context, notes = self._profile.context, self._profile.notes
        for page in context.pages:
            if page != self._blank:
                page.close()
        context.clear_permissions()
        expected = any(ENGINE in url for url in notes.requests)
        met = bool(context.service_workers)
        self._tools.send("ServiceWorker.stopAllWorkers")
        what = {"origin": origin, "storageTypes": "all"}
        self._tools.send("Storage.clearDataForOrigin", what)
        if context.service_workers or expected is not met:
            context.close()
            self._profile = None


@dataclass
class Reader:
    """Opens pages, each in a fresh profile, and notes what the browser complains about.

    The first page of a test stands in the profile *kept*, as fresh as the others, if there is one.
    """

    browser: Browser
    server: Server
    kept: Kept | None = None
    served: bool = False
    notes: Notes = field(default_factory=Notes)
    allowed: list[str] = field(default_factory=lambda: ["registration blocked by Playwright"])
    contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def requests(self) -> list[str]:
        """The addresses that were asked for."""
        return self.notes.requests

    def profile(self, **options: Any) -> BrowserContext:
        """Return a fresh profile."""
        context = Profile(self.browser, self.notes, **options).context
        self.contexts.append(context)
        return context

    def tab(
        self,
        *,
        viewport: ViewportSize | None = None,
        color_scheme: Literal["light", "dark"] | None = None,
        permissions: Sequence[str] = (),
    ) -> Page:
        """Return an empty tab of a fresh profile."""
        if self.kept is None or self.served:
            profile = self.profile()
        else:
            self.served = True
            profile = self.kept.serve(self.notes)
        page = profile.new_page()
        if viewport is not None:
            page.set_viewport_size(viewport)
        if color_scheme is not None:
            page.emulate_media(color_scheme=color_scheme)
        if permissions:
            profile.grant_permissions(permissions)
        return page

    def open(
        self,
        path: str = PLAYGROUND,
        *,
        viewport: ViewportSize | None = None,
        color_scheme: Literal["light", "dark"] | None = None,
        permissions: Sequence[str] = (),
        java_script_enabled: bool = True,
    ) -> Page:
        """Open a page of the site in a fresh profile."""
        page = (
            self.tab(viewport=viewport, color_scheme=color_scheme, permissions=permissions)
            if java_script_enabled
            else self.profile(java_script_enabled=False).new_page()
        )
        page.goto(self.server.base + path)
        return page

    def allow(self, pattern: str) -> None:
        """Expect the console to say *pattern*: the test breaks something on purpose."""
        self.allowed.append(pattern)

    def close(self) -> None:
        """Close every profile, empty the one that is kept, and check what was noted."""
        for context in self.contexts:
            context.close()
        if self.kept is not None and self.served:
            self.kept.empty(self.server.origin)
        unexpected = [
            complaint
            for complaint in self.notes.complaints
            if not any(re.search(pattern, complaint) for pattern in self.allowed)
        ]
        assert unexpected == []
        inner = ("data:", "blob:", self.server.base)
        assert [url for url in self.requests if not url.startswith(inner)] == []


@pytest.fixture(scope="session")
def kept(browser: Browser) -> Kept:
    """The profile that is emptied after each test."""
    return Kept(browser)


@pytest.fixture
def reader(browser: Browser, shared_server: Server, kept: Kept) -> Iterator[Reader]:
    """A reader of the site; the test fails if the console speaks or a request leaves it."""
    reader = Reader(browser, shared_server, kept)
    yield reader
    reader.close()


@pytest.fixture
def own_reader(browser: Browser, own_server: Server) -> Iterator[Reader]:
    """The same, on a server that the test may stop."""
    reader = Reader(browser, own_server)
    yield reader
    reader.close()


@dataclass
class Lab:
    """A lab of a page, by its generic hooks."""

    page: Page
    root: Locator

    @property
    def editor(self) -> Locator:
        return self.root.locator(".tp-editor .cm-content")

    @property
    def field(self) -> Locator:
        """The form's own field, which follows the editor."""
        return self.root.locator("textarea[data-editor]")

    @property
    def text(self) -> str:
        return self.field.input_value()

    @property
    def result(self) -> Locator:
        return self.root.locator(".tp-result")

    @property
    def cells(self) -> list[str]:
        """What a screen reader says of each cell of the grid."""
        script = "cells => cells.map(cell => cell.getAttribute('aria-label') ?? cell.textContent)"
        return list(self.result.locator("[data-cell]").evaluate_all(script))

    def wait(self) -> None:
        """Wait until the lab is live and has answered everything."""
        script = "lab => lab.dataset.state === 'live' && !lab.hasAttribute('data-busy')"
        self.page.wait_for_function(script, arg=self.root.element_handle())

    def wake(self) -> None:
        """Make the lab live."""
        self.root.locator("[data-edit]").click()
        self.wait()

    def write(self, text: str) -> None:
        """Put *text* in the place of all text, by pasting, and wait for the answer."""
        from playwright.sync_api import expect

        self.editor.focus()
        self.page.keyboard.press("Control+a")
        self.editor.evaluate(PASTE, text)
        expect(self.field).to_have_value(text)
        self.wait()

    def write_and_press(self, text: str, selector: str) -> None:
        """Put *text* in the place of all text and press *selector*, in one task of the page."""
        self.editor.focus()
        self.page.keyboard.press("Control+a")
        self.editor.evaluate(PASTE_AND_PRESS, [text, selector])


class LabOf(Protocol):
    """What the fixture ``lab_of`` gives."""

    def __call__(self, page: Page, number: int = 0) -> Lab: ...


@pytest.fixture
def lab_of() -> LabOf:
    """How a test finds the labs of a page: the first one, or another by its number."""
    return lambda page, number=0: Lab(page, page.locator("trigpoint-lab").nth(number))
