"""What the site keeps for the time without a network."""

from __future__ import annotations

import hashlib
import json
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Page

if TYPE_CHECKING:
    from conftest import LabOf, Reader, Server

WINDOWS = "os_name == 'nt'"
ELSEWHERE = "os_name == 'posix'"
FOLDER = "_static/trigpoint/"


def wait_until_kept(page: Page) -> None:
    """Wait until the service worker holds the page and its engine."""
    page.wait_for_function(
        """async () => {
          if (!navigator.serviceWorker.controller) return false;
          const kept = await Promise.all(
            ["", "engine.js", "snapshot.bin.zst"].map(async (name) => {
              const place = new URL(name ? `../_static/trigpoint/${name}` : location.pathname, location);
              return caches.match(place.href, { ignoreSearch: true });
            }),
          );
          return kept.every(Boolean);
        }"""
    )


def test_site_works_offline_after_one_visit(own_reader: Reader, lab_of: LabOf) -> None:
    """Once a lab has answered, the page and its engine need no network."""
    page = own_reader.open()
    lab = lab_of(page)
    lab.wake()
    lab.write(WINDOWS)
    page.wait_for_function("() => location.hash.includes('nt')")
    cells, url = lab.cells, page.url
    wait_until_kept(page)
    own_reader.server.stop()
    # The browser may say that it found no network; what matters is that the page works.
    own_reader.allow(r"Failed to load resource: net::ERR_CONNECTION_REFUSED")
    page.reload()
    lab.wait()
    assert (page.url, lab.text, lab.cells) == (url, WINDOWS, cells)
    lab.write(ELSEWHERE)
    assert lab.cells != cells


def test_old_versions_are_dropped(reader: Reader, lab_of: LabOf) -> None:
    """What an older build of this site kept goes; what others kept stays."""
    page = reader.open()
    scope = page.evaluate("new URL('../', location).pathname")
    old, foreign = f"trigpoint:{scope}:0123456789abcdef", "trigpoint:/elsewhere/:0123456789abcdef"
    page.evaluate("names => Promise.all(names.map(name => caches.open(name)))", [old, foreign])
    lab_of(page).wake()
    wait_until_kept(page)
    page.wait_for_function("async (name) => !(await caches.has(name))", arg=old)
    assert page.evaluate("name => caches.has(name)", foreign)


def test_manifest_tells_the_truth(site: Path, shared_server: Server) -> None:
    """Each file has the hash and the size that the manifest says, and all of the list can be had."""
    manifest = json.loads((site / FOLDER / "manifest.json").read_text("utf-8"))
    found = {}
    for name in manifest["files"]:
        content = (site / FOLDER / name).read_bytes()
        found[name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    assert found == manifest["files"]
    for address in manifest["precache"]:
        with urllib.request.urlopen(shared_server.base + FOLDER + address) as response:
            assert response.status == 200
