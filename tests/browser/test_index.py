"""The box that loads metadata from an index: only where the site names one, only on the button."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Lab, LabOf, Reader

PAGE = "playground/metadata.html"
METADATA = "Metadata-Version: 2.4\nName: spam-eggs\nVersion: 1.10\n"
NAME = "spam_eggs-1.10-py3-none-any.whl"
LISTING = {
    "meta": {"api-version": "1.1"},
    "name": "spam-eggs",
    "files": [
        {"filename": NAME.replace("1.10", "1.9"), "url": "../../files/old", "core-metadata": True},
        {"filename": NAME, "url": f"../../files/{NAME}#sha256=0", "core-metadata": True},
    ],
}


@dataclass
class Index:
    """A package index of this test's own, on another origin than the site."""

    address: str
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def index() -> Iterator[Index]:
    """An index that has one project, and notes what it is asked."""
    found = Index("")
    pages = {
        "/simple/spam-eggs/": json.dumps(LISTING),
        f"/files/{NAME}.metadata": METADATA,
        "/simple/odd/": "<html>no list</html>",
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, self.headers.get("Accept", "")))
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_port}/simple/"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site(tmp_path: Path, index: Index) -> Path:
    """The built site as it is where whoever built it names an index: with the box, and its policy."""
    origin = index.address.removesuffix("/simple/")
    box = (
        f'<div class="tp-options tp-live tp-index" data-index="{index.address}">'
        '<label class="tp-field">Project <input type="text"></label>'
        '<button type="button" class="tp-button">Load its newest metadata</button></div></form>'
    )
    copy = tmp_path / "site"
    shutil.copytree(os.environ["TRIGPOINT_SITE"], copy, copy_function=os.link)
    page = copy / PAGE
    text = page.read_text("utf-8")
    page.unlink()  # not the file of the real site, which it is linked to
    text = text.replace("connect-src &#x27;self&#x27;", f"connect-src 'self' {origin}")
    text = text.replace('</form>\n<div class="tp-result"', f'{box}\n<div class="tp-result"')
    assert box in text
    assert origin in text.split("</head>")[0]
    page.write_text(text, "utf-8")
    return copy


def load(lab: Lab, name: str) -> None:
    """Ask for the project *name*."""
    lab.root.locator(".tp-index input").fill(name)
    lab.root.locator(".tp-index button").click()


def only_the_index(reader: Reader, index: Index) -> None:
    """Take the index's own addresses out of what the reader must not ask for."""
    outside = [url for url in reader.requests if not url.startswith(reader.server.base)]
    origin = index.address.removesuffix("simple/")
    assert {url for url in outside if not url.startswith(("data:", "blob:"))} == {
        f"{origin}{path.removeprefix('/')}" for path, _ in index.asked
    }
    reader.requests[:] = [url for url in reader.requests if not url.startswith(origin)]


def test_newest_metadata_comes_into_the_editor(
    own_reader: Reader, lab_of: LabOf, index: Index
) -> None:
    """The list is asked for as JSON, then the metadata of the newest wheel, and nothing else."""
    lab = lab_of(own_reader.open(PAGE))
    lab.wake()
    assert index.asked == []
    load(lab, "Spam.Eggs")
    expect(lab.field).to_have_value(METADATA)
    lab.wait()
    expect(lab.result.locator("[data-summary]").first).to_contain_text("spam-eggs 1.10")
    assert [path for path, _ in index.asked] == ["/simple/spam-eggs/", f"/files/{NAME}.metadata"]
    assert index.asked[0][1] == "application/vnd.pypi.simple.v1+json"
    only_the_index(own_reader, index)


@pytest.mark.parametrize(
    ("name", "words"), [("absent", "does not have that"), ("odd", "did not answer with a list")]
)
def test_what_goes_wrong_is_said_and_the_text_stays(
    name: str, words: str, own_reader: Reader, lab_of: LabOf, index: Index
) -> None:
    """A project that is not there, an answer that is no list."""
    own_reader.allow("404")
    lab = lab_of(own_reader.open(PAGE))
    lab.wake()
    before = lab.text
    load(lab, name)
    expect(lab.root).to_contain_text(words)
    assert before == lab.text
    only_the_index(own_reader, index)
