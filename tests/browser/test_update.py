"""A new build takes the place of an old one while readers have pages of that open."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Lab, LabOf, Reader
    from playwright.sync_api import Page

FOLDER = Path("_static", "trigpoint")
PAGE = "playground/markers.html"
ELSEWHERE = "os_name == 'posix'"
WINDOWS = "os_name == 'nt'"
LOADED = "performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))"
KEPT = """async (version) => {
  const names = await caches.keys();
  const name = names.find((each) => each.endsWith(version));
  if (!name || !navigator.serviceWorker.controller) return false;
  const { precache } = await (await fetch("../_static/trigpoint/manifest.json")).json();
  const kept = (await (await caches.open(name)).keys()).map(({ url }) => url);
  return precache.every((file) => kept.some((url) => url.endsWith(file)));
}"""

UNANSWERED = """() => {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (!/for ever/.test(message?.request?.text)) post.call(this, message, ...rest);
  };
}"""
"""Keep a request that holds two words from the engine, which so takes longer than any limit."""


def renew(path: Path, *changes: tuple[str, str]) -> None:
    """Give *path*, which is a link to a file of another build, a content of its own."""
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, (path, old)
        text = text.replace(old, new)
    path.unlink()
    path.write_text(text, "utf-8")


class Build:
    """A build of the site: the one that is tested, or one whose scripts all have other names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = json.loads((folder / FOLDER / "manifest.json").read_text("utf-8"))
        self.version: str = self.manifest["version"]
        [self.lab] = (name for name in self.manifest["files"] if name.startswith("lab-"))
        self.engine = f"engine.js?v={self.manifest['files']['engine.js']['sha256'][:16]}"

    def another(self, folder: Path) -> Build:
        """Write another build into *folder*, as if every script had changed."""
        shutil.copytree(self.folder, folder, copy_function=os.link)
        scripts = folder / FOLDER
        digest = self.engine.partition("=")[2]
        version, engine, lab = "0" * 16, "1" * 16, "lab-00000000.js"
        build = self.build
        renew(folder / "service-worker.js", (self.version, version))
        renew(scripts / "engine.js", (build, "2" * 16))
        renew(scripts / self.lab, (build, "2" * 16), (digest, engine))
        (scripts / self.lab).rename(scripts / lab)
        renew(scripts / "trigpoint-lab.js", (self.lab, lab))
        whole = ((self.version, version), (self.lab, lab), (digest, engine))
        renew(scripts / "manifest.json", *whole)
        renew(folder / PAGE, ("trigpoint-lab.js?v=", "trigpoint-lab.js?v=new-"))
        return Build(folder)

    @property
    def build(self) -> str:
        """What page and engine of this build know each other by."""
        engine = (self.folder / FOLDER / "engine.js").read_text("utf-8")
        return engine.partition('build:"')[2][:16]


@pytest.fixture
def builds(tmp_path: Path) -> tuple[Build, Build]:
    """The build that is tested, and another one."""
    old = Build(Path(os.environ["TRIGPOINT_SITE"]).resolve())
    return old, old.another(tmp_path / "new")


@pytest.fixture
def site(tmp_path: Path, builds: tuple[Build, Build]) -> Path:
    """What is served: a place that leads to the old build until a test deploys the new one."""
    place = tmp_path / "site"
    place.symlink_to(builds[0].folder)
    return place


def deploy(site: Path, build: Build) -> None:
    """Serve *build* from now on."""
    site.unlink()
    site.symlink_to(build.folder)


def wake(page: Page, lab_of: LabOf, version: str) -> Lab:
    """Make the lab of *page* live, and wait until the service worker has all of *version*."""
    lab = lab_of(page)
    lab.wake()
    page.wait_for_function(KEPT, arg=version)
    return lab


def test_pages_of_two_builds_side_by_side(
    own_reader: Reader, lab_of: LabOf, site: Path, builds: tuple[Build, Build]
) -> None:
    """An open page goes on with its build, the next load has the new one, and nothing mixes them."""
    old, new = builds
    first = own_reader.open(PAGE)
    before = wake(first, lab_of, old.version)
    still = first.context.new_page()
    still.goto(first.url)
    deploy(site, new)
    later = first.context.new_page()
    later.goto(own_reader.server.base + PAGE)
    wake(later, lab_of, new.version)
    assert {new.lab} == {name for name in later.evaluate(LOADED) if name.startswith("lab-")}

    # A page of the old build that nobody has touched yet starts with what that build kept.
    untouched = lab_of(still)
    untouched.wake()
    assert {old.lab} == {name for name in still.evaluate(LOADED) if name.startswith("lab-")}
    # One whose engine has to start again gets that of its own build.
    first.evaluate(UNANSWERED)
    before.root.evaluate("lab => { lab.dataset.timeLimit = 100 }")
    before.write(f"{ELSEWHERE} # for ever")
    expect(before.root.locator(".tp-problem")).to_contain_text("it was stopped")
    before.root.evaluate("lab => { delete lab.dataset.timeLimit }")
    before.write(WINDOWS)
    expect(before.root.locator(".tp-problem")).to_have_count(0)

    still.reload()
    lab_of(still).wake()
    assert {new.lab} == {name for name in still.evaluate(LOADED) if name.startswith("lab-")}


def test_the_old_build_goes_when_no_page_is_open(
    own_reader: Reader, lab_of: LabOf, site: Path, builds: tuple[Build, Build]
) -> None:
    """What it kept is dropped as soon as somebody comes back, and no earlier."""
    old, new = builds
    context = own_reader.profile()
    page = context.new_page()
    page.goto(own_reader.server.base + PAGE)
    wake(page, lab_of, old.version)
    # Of the old build as long as it is open; one that is just loading counts for nobody.
    other = context.new_page()
    other.goto(page.url)
    deploy(site, new)
    page.reload()
    wake(page, lab_of, new.version)
    kept = "async (version) => (await caches.keys()).some((name) => name.endsWith(version))"
    assert page.evaluate(kept, old.version)
    page.close()
    other.close()
    page = context.new_page()
    page.goto(own_reader.server.base + PAGE)
    page.wait_for_function(f"async (version) => !(await ({kept})(version))", arg=old.version)


def test_an_engine_of_another_build_is_not_used(
    own_reader: Reader, lab_of: LabOf, builds: tuple[Build, Build]
) -> None:
    """Where nothing was kept, and the server has new files only, the page asks to be loaded anew."""
    page = own_reader.profile(service_workers="block").new_page()
    page.goto(own_reader.server.base + PAGE)
    other = (builds[1].folder / FOLDER / "engine.js").read_text("utf-8")
    page.route(
        "**/engine.js*", lambda route: route.fulfill(body=other, content_type="text/javascript")
    )
    lab = lab_of(page)
    text = lab.text
    lab.root.locator("[data-edit]").click()
    expect(lab.root.locator(".tp-problem")).to_contain_text("older version of the site")
    assert ("failed", text) == (lab.root.get_attribute("data-state"), lab.text)
    page.unroute("**/engine.js*")
    with page.expect_navigation():
        lab.root.locator(".tp-retry").click()
    lab_of(page).wake()
