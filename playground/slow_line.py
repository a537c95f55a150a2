"""Measure how long readers wait for a lab, on this machine and on a slow line.

Run it with ``python playground/slow_line.py SITE``, after ``nox -s docs``; it needs
Playwright and Chromium, and prints one line of JSON a measurement:

``permalink``
    A link to a lab with a text, opened in a new profile: until the answer stands there.
``second``, ``third``
    The same link, opened twice more in the same profile: what was kept is used.
``edit``
    The button *Edit* on an open page, in a new profile: until the lab is live.

The line is a server of this script that compresses nothing: one rate, which all
requests share, and a delay before each answer.  A rate of 0 is as fast as it goes.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import toolchain

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

__all__ = ["Line", "main", "measure", "serve"]

PIECE = 16 * 1024
"""Bytes that go over the line at once: small enough that no request holds up another for long."""

PAGE = "playground/markers.html"
LINK = f"{PAGE}#lab?v=1&text=python_version+%3C+%223.12%22"
LIVE = """() => {
  const lab = document.querySelector("trigpoint-lab");
  return lab?.dataset.state === "live" && !lab.hasAttribute("data-busy")
    && !lab.querySelector(".tp-result.tp-stale");
}"""
KEPT = """async () => {
  const { precache } = await (await fetch("../_static/trigpoint/manifest.json")).json();
  const names = (await caches.keys()).filter((name) => name.startsWith("trigpoint:"));
  const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
  return Boolean(navigator.serviceWorker.controller) && kept.some((count) => count >= precache.length);
}"""
"""Whether the service worker has what it keeps, so that the next visit is a later one."""

PATIENCE = 60_000
"""Milliseconds after which a measurement fails."""


class Line:
    """A line of *rate* bytes a second, 0 for no limit, that all requests share."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._free = 0.0
        self._lock = threading.Lock()

    def send(self, source: IO[bytes], target: IO[bytes]) -> None:
        """Copy *source* to *target*, each piece when the line is free for it."""
        while piece := source.read(PIECE):
            if self._rate:
                with self._lock:
                    self._free = max(self._free, time.monotonic()) + len(piece) / self._rate
                    wait = self._free - time.monotonic()
                time.sleep(max(0.0, wait))
            target.write(piece)


class _Http(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: Any) -> None:
        """Say nothing: a page that closes in the middle of a file is no fault."""


@contextmanager
def serve(folder: Path, rate: float, delay: float) -> Iterator[str]:
    """Serve *folder* over one :class:`Line` of *rate*, and give its address.

    Each answer begins *delay* seconds after it was asked for.
    """
    line = Line(rate)

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        extensions_map = {  # noqa: RUF012
            **http.server.SimpleHTTPRequestHandler.extensions_map,
            ".mjs": "text/javascript",
            ".wasm": "application/wasm",
            ".gz": "application/gzip",
        }

        def do_GET(self) -> None:
            time.sleep(delay)
            super().do_GET()

        def copyfile(self, source: Any, outputfile: Any) -> None:
            line.send(source, outputfile)

        def end_headers(self) -> None:
            fixed = "v=" in self.path or "/lab-" in self.path
            life = "max-age=31536000, immutable" if fixed else "no-cache"
            self.send_header("Cache-Control", life)
            super().end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = _Http(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _seconds(page: Page, act: Callable[[], Any]) -> float:
    began = time.monotonic()
    act()
    page.wait_for_function(LIVE, polling=20, timeout=PATIENCE)
    return time.monotonic() - began


def _permalink(context: BrowserContext, base: str) -> dict[str, float]:
    page = context.new_page()
    found = {"permalink": _seconds(page, lambda: page.goto(base + LINK, wait_until="commit"))}
    page.wait_for_function(KEPT, polling=200, timeout=PATIENCE)
    page.close()
    for name in ("second", "third"):
        page = context.new_page()
        found[name] = _seconds(page, functools.partial(page.goto, base + LINK, wait_until="commit"))
        page.close()
    return found


def _edit(context: BrowserContext, base: str) -> dict[str, float]:
    page = context.new_page()
    page.goto(base + PAGE, wait_until="networkidle", timeout=PATIENCE)
    button = page.locator("trigpoint-lab [data-edit]").first
    return {"edit": _seconds(page, button.click)}


def measure(launch: Callable[[str], BrowserContext], base: str) -> dict[str, float]:
    """Return the seconds of each wait at *base*; *launch* opens the browser with a profile."""
    found: dict[str, float] = {}
    for way in (_permalink, _edit):
        # On disk, as those of readers: the cache of a profile in memory holds no large files.
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            context = launch(profile)
            found |= way(context, base)
            context.close()
    return found


def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Measure how long readers wait for a lab.")
    parser.add_argument("site", type=Path, help="folder of the built site")
    parser.add_argument("--rate", type=float, default=1.25e6, help="bytes a second; 0: no limit")
    parser.add_argument("--delay", type=float, default=20.0, help="milliseconds before an answer")
    parser.add_argument("--rounds", type=int, default=3, help="how often; the median counts")
    given = parser.parse_args(arguments)
    chromium = toolchain.chromium()
    if chromium is None:
        sys.exit(1)
    from playwright.sync_api import sync_playwright

    with serve(given.site, given.rate, given.delay / 1000) as base, sync_playwright() as playwright:
        launch = functools.partial(
            playwright.chromium.launch_persistent_context,
            executable_path=str(chromium),
            args=list(toolchain.CHROMIUM_FLAGS),
        )
        rounds = [measure(launch, base) for _ in range(given.rounds)]
    for name in rounds[0]:
        every = [each[name] for each in rounds]
        row = {"what": name, "rate": given.rate, "delay": given.delay}
        print(json.dumps({**row, "median": round(statistics.median(every), 2), "of": len(every)}))


if __name__ == "__main__":
    main()
