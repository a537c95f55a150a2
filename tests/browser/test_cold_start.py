"""What a start of the engine waits for, and what it does without."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from trigpoint import labs

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Reader
    from playwright.sync_api import Page, Route

FOLDER = "_static/trigpoint/"
FIRST = ("engine.js", "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm.gz", "snapshot.bin.zst")
PATIENCE = 60.0
"""Seconds in which what must happen has happened."""

LATER = "**/{python_stdlib.zip,*.whl}*"

START = """(script) => new Promise((resolve, reject) => {
  window.said = [];
  window.engine = new Worker(script, { type: "module" });
  engine.addEventListener("error", ({ message }) => reject(new Error(message)));
  engine.addEventListener("message", ({ data }) => {
    said.push(data);
    if (data.kind === "unavailable") reject(new Error(data.message));
    if (data.kind === "ready") resolve(data.how);
  });
})"""
ASK = """([lab, request]) => new Promise((resolve) => {
  const id = said.length;
  const hear = ({ data }) => {
    if (data.kind !== "answered" && data.kind !== "failed") return;
    engine.removeEventListener("message", hear);
    resolve(data.kind === "failed" ? data.message : data.answer);
  };
  engine.addEventListener("message", hear);
  engine.postMessage({ kind: "answer", id, lab, request });
})"""
ANSWER = 'pyimport("trigpoint.labs").answer'
IMPORT = """runPython(`
def find(name, _):
    import importlib, json
    try:
        return json.dumps({"name": importlib.import_module(name).__name__})
    except ImportError:
        return json.dumps({"name": "missing"})
find
`)"""
"""In the place of the labs, for an engine that imports what it is asked for."""


@pytest.fixture
def bare(reader: Reader) -> Page:
    """A page of the site with nothing on it, where a test starts an engine of its own."""
    page = reader.profile().new_page()
    address = reader.server.base + "bare"
    page.route(address, lambda route: route.fulfill(body="<title>Bare</title>"))
    page.goto(address)
    return page


def until(page: Page, happened: Callable[[], bool]) -> None:
    """Let the browser go on until something has *happened*."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        page.evaluate("null")


def hold(held: list[Route]) -> Callable[[Route], None]:
    """Return what keeps requests waiting, in *held*."""

    # Playwright wants to write on what it calls, which no method of a list takes.
    def keep(route: Route) -> None:
        held.append(route)

    return keep


def start(page: Page) -> str:
    """Start the engine, and return how it came up."""
    return str(page.evaluate(START, f"{FOLDER}engine.js"))


def ask(page: Page, lab: str, request: object = None) -> Any:
    """Ask the engine, and return its answer, or why there is none."""
    return page.evaluate(ASK, [lab, request])


def importing(route: Route) -> None:
    """Serve an engine that imports."""
    script = route.fetch().text()
    assert 1 == script.count(ANSWER)
    route.fulfill(body=script.replace(ANSWER, IMPORT), content_type="text/javascript")


def test_everything_is_asked_for_at_once(bare: Page) -> None:
    """Nothing waits for the snapshot, the largest file, before it is on its way."""
    held: list[Route] = []
    asked: set[str] = set()
    bare.context.on("request", lambda request: asked.add(Path(request.url.split("?")[0]).name))
    bare.context.route("**/snapshot.bin.zst*", hold(held))
    bare.evaluate(f"window.how = ({START})('{FOLDER}engine.js'), null")
    until(bare, lambda: set(FIRST) <= asked and bool(held))
    held[0].continue_()
    assert "snapshot" == bare.evaluate("how")


def test_answers_wait_for_nothing_that_comes_later(bare: Page) -> None:
    """The examples of all labs need no file but the first ones; a build has more to load."""
    bare.context.route(LATER, lambda route: route.abort())
    assert "snapshot" == start(bare)
    for name in (each for each in labs.LABS if each not in ("builds", "review")):
        for example in labs.examples(name):
            answer = ask(bare, name, example["request"])
            assert json.loads(labs.answer(name, json.dumps(example["request"]))) == answer


def test_a_review_without_yaml_waits_for_nothing(bare: Page) -> None:
    """A library that it only looks for is known not to be there before any file has come."""
    bare.context.route(LATER, lambda route: route.abort())
    assert "snapshot" == start(bare)
    request = {
        "text": '[project]\nname = "spam"\nversion = "1.0"\n',
        "files": "a.py\n    import b\n",
    }
    answer = ask(bare, "review", request)
    assert json.loads(labs.answer("review", json.dumps(request))) == answer


def test_an_import_waits_for_its_file(bare: Page) -> None:
    """What no snapshot holds is imported once its file is there, and not taken for missing."""
    bare.context.route("**/engine.js*", importing)
    held: list[Route] = []
    bare.context.route(LATER, hold(held))
    assert "snapshot" == start(bare)
    bare.evaluate(f"window.answer = ({ASK})(['colorsys', null]), null")
    until(bare, lambda: len(held) == 3)
    assert [] == bare.evaluate("said.filter(({ kind }) => kind === 'answered')")
    for route in held:
        route.continue_()
    assert "colorsys" == bare.evaluate("answer")["name"]
    # One of a wheel, too, and one that there is not.
    names = ("trigpoint.cli", "nowhere")
    assert ["trigpoint.cli", "missing"] == [ask(bare, name)["name"] for name in names]


def test_a_file_that_did_not_come_is_asked_for_again(bare: Page, reader: Reader) -> None:
    """The answer that needed it fails; the next one has another try."""
    reader.allow("net::ERR_FAILED")
    bare.context.route("**/engine.js*", importing)
    bare.context.route(LATER, lambda route: route.abort())
    assert "snapshot" == start(bare)
    assert "Failed to fetch" in ask(bare, "colorsys")
    bare.context.unroute(LATER)
    assert "colorsys" == ask(bare, "colorsys")["name"]


def test_a_server_that_unpacks_costs_time_and_nothing_else(bare: Page, site: Path) -> None:
    """Where the browser has unpacked WebAssembly already, the file that is not packed is taken."""
    plain = (site / FOLDER / "pyodide" / "pyodide.asm.wasm").read_bytes()
    bare.context.route("**/pyodide.asm.wasm.gz*", lambda route: route.fulfill(body=plain))
    assert "ordinary" == start(bare)
    assert ask(bare, "markers", {"text": "os_name == 'nt'"})["valid"]


def test_progress_counts_what_an_answer_waits_for(bare: Page, site: Path) -> None:
    """All that is to come is told from the start, and in the end it has come."""
    files = json.loads((site / FOLDER / "manifest.json").read_text("utf-8"))["files"]
    total = sum(files[name]["size"] for name in ("snapshot.bin.zst", "pyodide/pyodide.asm.wasm.gz"))
    start(bare)
    told = bare.evaluate("said.filter(({ kind, total }) => kind === 'progress' && total > 0)")
    assert {total} == {each["total"] for each in told}
    loaded = [each["loaded"] for each in told]
    assert (0, total, sorted(loaded)) == (loaded[0], loaded[-1], loaded)
    last = bare.evaluate("said.findLast(({ kind }) => kind === 'progress').words")
    assert "Starting Python" == last
