"""The engine in Chromium: how soon it answers, and how fast it follows a typist.

Both ways to start are timed in one run of one browser, in turn, each in a fresh
profile, from the creation of the worker to the first answer:

- ``trigpoint``: the engine of the site, from its memory snapshot;
- ``plain loadPyodide``: the same wheels unpacked, the same function imported.

Then a marker is typed letter by letter into a live lab; a keystroke counts from
the key event to the moment the new result is in the page and laid out.  The
examples of each lab are asked as on CPython (see ``keystrokes.py``), from the
message to the engine to that from it.

Plans and the large wheel of ``external.py`` and ``wheels.py`` are timed by Python's
clock inside one engine without a snapshot, so that messages, which grow with nothing
here, are not in the ratio; both ways to read the wheel take turns in it.

The playground is built if it is not up to date, or is that of
``TRIGPOINT_PLAYGROUND``.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import http.server
import importlib
import itertools
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchkit import Benchmark, Cold, Way, faster, late, under
from tests.benchkit.declare import OURS
from tests.benchmarks import external as plans
from tests.benchmarks import keystrokes
from tests.benchmarks import wheels as large_wheels

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["BENCHMARKS"]

ROOT = Path(__file__).resolve().parents[2]

REQUEST = {"text": "python_version >= '3.9' and (sys_platform == 'win32' or extra == 'gui')"}
TYPED = (
    "python_full_version >= '3.10.2' and python_version < '4' and "
    "(sys_platform == 'win32' or platform_machine in 'x86_64 arm64' or extra == 'gui') and "
    "not_yet"
)
"""Read from left to right, this is valid here and there, and wrong in several ways elsewhere."""

PLAIN = """
const { loadPyodide } = await import("./pyodide/pyodide.mjs");
const pyodide = await loadPyodide({ indexURL: new URL("./pyodide/", import.meta.url).href });
for (const wheel of WHEELS) {
  const response = await fetch(new URL(`./wheels/${wheel}`, import.meta.url));
  pyodide.unpackArchive(await response.arrayBuffer(), "wheel");
}
const { answer } = pyodide.pyimport("trigpoint.labs");
postMessage({ kind: "ready" });
addEventListener("message", ({ data }) => {
  postMessage({ kind: "answered", answer: JSON.parse(answer(data.lab, JSON.stringify(data.request))) });
});
"""

LARGE = "spam-1.0-py3-none-any.whl"
"""The wheel of 42 MB, in the root of the engine's file system."""

INSIDE = """
const { loadPyodide } = await import("./pyodide/pyodide.mjs");
const pyodide = await loadPyodide({ indexURL: new URL("./pyodide/", import.meta.url).href });
for (const wheel of WHEELS) {
  const response = await fetch(new URL(`./wheels/${wheel}`, import.meta.url));
  pyodide.unpackArchive(await response.arrayBuffer(), "wheel");
}
const large = await fetch(new URL("./LARGE", import.meta.url));
pyodide.FS.writeFile("/LARGE", new Uint8Array(await large.arrayBuffer()));
postMessage({ kind: "ready" });
addEventListener("message", ({ data }) => {
  try {
    for (const name of ["code", "item"]) pyodide.globals.set(name, data[name]);
    postMessage({ kind: "ran", ran: Array.from(pyodide.runPython(TIMED).toJs()) });
  } catch (error) {
    postMessage({ kind: "failed", message: String(error) });
  }
});
"""

TIMED = """
import time
room = {}
exec(code, room)
begun = time.perf_counter()
found = room["work"](item)
[time.perf_counter() - begun, found]
"""
"""What is run inside: ``code`` defines ``work``, whose imports the clock does not see."""

PLANS = """
from trigpoint.external.mappings import ECOSYSTEMS, mapping
from trigpoint.external.plan import plan
from trigpoint.external.registry import registry
from trigpoint.external.tables import read_lines

registry()
for name in ECOSYSTEMS:
    mapping(name)

def work(text):
    listed = read_lines(text).needed
    return sum(len(plan(listed, name).planned) for name in ECOSYSTEMS)
"""

INSPECT = """
from trigpoint.wheels import inspect

def work(path):
    found = inspect(path)
    return 0 if found.findings else len(found.entries)
"""

HASH = """
import hashlib, zipfile

def work(path):
    with zipfile.ZipFile(path) as wheel:
        return sum(len(hashlib.sha256(wheel.read(info)).digest()) > 0 for info in wheel.infolist())
"""

RUN = """
([code, item]) => new Promise((resolve, reject) => {
  inside.onmessage = ({ data }) => {
    if (data.kind === "ran") resolve(data.ran); else reject(new Error(data.message));
  };
  inside.postMessage({ code, item });
})
"""

PLANNED = 0.1
"""Seconds that plans for 100 DepURLs in twelve ecosystems may take inside the engine."""

VERIFIED = 1 / 1.3
"""What reading and hashing alone may take there at least, where listing and verifying is 1."""

BUILT = 2.0
"""Seconds that building a pure project may take in the page, once its backend is loaded."""

START = """
([script, request]) => new Promise((resolve, reject) => {
  const begun = performance.now();
  const worker = new Worker(script, { type: "module" });
  worker.addEventListener("error", (event) => reject(new Error(event.message)));
  worker.addEventListener("message", ({ data }) => {
    if (data.kind === "ready") {
      if (data.how === "ordinary") reject(new Error("the snapshot did not load"));
      worker.postMessage({ kind: "answer", id: 1, lab: "markers", request });
    } else if (data.kind === "answered") {
      const taken = performance.now() - begun;
      worker.terminate();
      if (data.answer.valid) resolve(taken); else reject(new Error("no valid answer"));
    } else if (data.kind !== "progress") reject(new Error(data.message));
  });
})
"""

OPEN = """
([name, script]) => new Promise((resolve, reject) => {
  const engine = new Worker(script, { type: "module" });
  window[name] = engine;
  engine.addEventListener("error", (event) => reject(new Error(event.message)));
  engine.addEventListener("message", ({ data }) => {
    if (data.kind === "ready") resolve();
    else if (data.kind !== "progress") reject(new Error(data.message));
  }, { once: false });
})
"""

ASK = """
async ([lab, requests]) => {
  const asked = [];
  for (const text of requests) {
    const request = JSON.parse(text);
    const begun = performance.now();
    const answer = await new Promise((resolve, reject) => {
      engine.onmessage = ({ data }) => {
        if (data.kind === "answered") resolve(data.answer);
        else if (data.kind !== "progress" && data.kind !== "fetching") reject(new Error(data.message));
      };
      engine.postMessage({ kind: "answer", id: 1, lab, request });
    });
    asked.push([performance.now() - begun, answer.request !== null, answer.valid]);
  }
  return asked;
}
"""

WATCH = """
() => {
  window.taken = [];
  let pressed = 0;
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  addEventListener("trigpoint-answer", (event) => {
    void event.target.offsetHeight;
    window.taken.push(performance.now() - pressed);
  });
}
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve *folder*, without special headers, and yield its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def lay_out(playground: Path, folder: Path) -> None:
    """Make a small site around *playground*: the page of one lab."""
    static = folder / "_static" / "trigpoint"
    shutil.copytree(playground, static)
    shutil.copyfile(static / "service-worker.js", folder / "service-worker.js")
    shutil.copyfile(ROOT / "src/trigpoint/sphinx/static/trigpoint.css", static / "trigpoint.css")
    wheels = json.dumps(sorted(path.name for path in (static / "wheels").glob("*.whl")))
    inside = INSIDE.replace("WHEELS", wheels).replace("TIMED", json.dumps(TIMED))
    (static / "inside.js").write_text(inside.replace("LARGE", LARGE), "utf-8")
    (static / "plain.js").write_text(PLAIN.replace("WHEELS", wheels), "utf-8")
    from trigpoint import labs

    answer = json.loads(labs.answer("markers", json.dumps(REQUEST)))
    (folder / "index.html").write_text(
        f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Benchmark</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="_static/trigpoint/trigpoint.css">
        <script type="module" src="_static/trigpoint/trigpoint-lab.js"></script>
        <trigpoint-lab lab="markers" id="lab-1" data-request="{escape(json.dumps(REQUEST))}">
        <form class="tp-form">{labs.form("markers", answer["request"])}</form>
        <div class="tp-result">{answer["html"]}</div></trigpoint-lab>""",
        "utf-8",
    )


@functools.cache
def _browser() -> tuple[Browser, str, Path]:
    """Build the playground, serve it, start Chromium; return it, the address and what is served.

    Raises :exc:`ImportError` without Chromium.
    """
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT / "playground"))
    build = importlib.import_module("build")
    toolchain = importlib.import_module("toolchain")
    chromium = toolchain.chromium()
    if chromium is None:
        raise ImportError("no Chromium was found or could be installed")
    given = os.environ.get("TRIGPOINT_PLAYGROUND")
    playground = Path(given) if given else build.build(ROOT / "build" / "playground")
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    lay_out(playground, folder)
    base = stack.enter_context(served(folder))
    browser = stack.enter_context(sync_playwright()).chromium.launch(
        executable_path=str(chromium), args=list(toolchain.CHROMIUM_FLAGS)
    )
    stack.callback(browser.close)
    return browser, base, folder


@contextlib.contextmanager
def _page() -> Iterator[Page]:
    """Open the page in a fresh profile."""
    browser, base, _ = _browser()
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(base)
    yield page
    context.close()


def _start(script: str, _items: object = None) -> list[float]:
    """Return the seconds from the creation of a worker to its first answer."""
    with _page() as page:
        taken: float = page.evaluate(START, [f"_static/trigpoint/{script}", REQUEST])
    return [taken / 1000]


def _type(letters: Sequence[str]) -> list[float]:
    """Return the seconds from each keystroke to its result."""
    with _page() as page:
        page.locator("[data-edit]").click()
        page.locator('trigpoint-lab[data-state="live"]').wait_for(timeout=60_000)
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.locator("trigpoint-lab:not([data-busy])").wait_for()
        page.evaluate(WATCH)
        for number, letter in enumerate(letters, start=1):
            page.keyboard.type(letter)
            page.wait_for_function("number => window.taken.length >= number", arg=number)
        taken: list[float] = page.evaluate("window.taken")
    return [each / 1000 for each in taken]


def _way(seconds: Callable[[Any], Sequence[float]]) -> Way:
    _browser()
    return Way(seconds, seconds=seconds)


def _lab(lab: str) -> Way:
    """Ask one engine, which stays."""
    stack = contextlib.ExitStack()
    page = stack.enter_context(_page())
    atexit.register(stack.close)
    page.evaluate(OPEN, ["engine", "_static/trigpoint/engine.js"])

    def ask(requests: Sequence[str]) -> list[tuple[float, bool, bool]]:
        asked: list[tuple[float, bool, bool]] = page.evaluate(ASK, [lab, list(requests)])
        return asked

    def answer(request: str) -> str:
        _, fits, valid = ask([request])[0]
        if not fits:
            raise ValueError("the request does not fit")
        return "1" if valid else "0"

    def seconds(requests: Sequence[str]) -> list[float]:
        return [taken / 1000 for taken, _, _ in ask(requests)]

    return Way(seconds, answer=answer, seconds=seconds)


@functools.cache
def _inside() -> Page:
    """Open the page with an engine that runs Python for a clock inside of it, and has the wheel."""
    *_, folder = _browser()
    shutil.copyfile(large_wheels.made()[0], folder / "_static" / "trigpoint" / LARGE)
    stack = contextlib.ExitStack()
    page = stack.enter_context(_page())
    atexit.register(stack.close)
    page.evaluate(OPEN, ["inside", "_static/trigpoint/inside.js"])
    return page


def _run_inside(code: str) -> Way:
    """Run *code* inside of the engine."""
    page = _inside()

    def run(item: str) -> tuple[float, int]:
        taken, found = page.evaluate(RUN, [code, item])
        return taken, found

    return Way(
        lambda items: [run(item) for item in items],
        answer=lambda item: str(int(run(item)[1] > 0)),
        seconds=lambda items: [run(item)[0] for item in items],
    )


def _builds() -> Way:
    """Build in one engine; each project is another one, so that nothing is remembered."""
    way = _lab("builds")
    number = itertools.count()
    seconds = way.seconds
    assert seconds is not None

    def anew(requests: Sequence[str]) -> Sequence[float]:
        changed = [json.loads(each) for each in requests]
        for each in changed:
            each["text"] += f"\n# {next(number)}\n"
        return seconds([json.dumps(each) for each in changed])

    return Way(anew, answer=way.answer, seconds=anew)


def _projects() -> list[str]:
    """Return the examples of the build lab that are one small package, by five backends."""
    from trigpoint.labs import examples
    from trigpoint.projects.builds import SERVED_BACKENDS

    chosen = (*SERVED_BACKENDS, "setuptools, and a data file")
    return [json.dumps(each["request"]) for each in examples("builds") if each["label"] in chosen]


BENCHMARKS = (
    Benchmark(
        "engine ready and first answer",
        "start",
        lambda: ["once"],
        {
            OURS: lambda: _way(partial(_start, "engine.js")),
            "plain loadPyodide": lambda: _way(partial(_start, "plain.js")),
        },
        {"plain loadPyodide": faster(3)},
        cold=Cold.NEVER,
        together=True,
    ),
    Benchmark(
        "keystroke to result",
        "keystroke",
        lambda: list(TYPED),
        {OURS: lambda: _way(_type)},
        {OURS: late(keystrokes.UNDER)},
        cold=Cold.NEVER,
        apart=True,
    ),
    Benchmark(
        "sdist and wheel of a small package, backend loaded",
        "project",
        _projects,
        {OURS: _builds},
        {OURS: under(BUILT)},
        cold=Cold.NEVER,
        apart=True,
    ),
    Benchmark(
        "plans for 100 DepURLs in twelve ecosystems, in the page",
        "text",
        plans.asked,
        {OURS: lambda: _run_inside(PLANS)},
        {OURS: under(PLANNED)},
        cold=Cold.NEVER,
    ),
    Benchmark(
        "list and verify a wheel of 42 MB, in the page",
        "wheel",
        lambda: [f"/{LARGE}"],
        {
            OURS: lambda: _run_inside(INSPECT),
            "reading and hashing": lambda: _run_inside(HASH),
        },
        {"reading and hashing": faster(VERIFIED)},
        cold=Cold.NEVER,
        together=True,
    ),
    Benchmark(
        "composer lab",
        "keystroke",
        partial(keystrokes.requests, "composer"),
        {OURS: partial(_lab, "composer")},
        {OURS: late(keystrokes.COMPOSED_IN_PAGE)},
        cold=Cold.NEVER,
        apart=True,
    ),
    *(
        Benchmark(
            f"{lab} lab",
            "keystroke",
            partial(keystrokes.requests, lab),
            {OURS: partial(_lab, lab)},
            {OURS: late(keystrokes.UNDER)},
            cold=Cold.NEVER,
            apart=True,
        )
        for lab in keystrokes.LABS
    ),
    *(
        Benchmark(
            f"{name}, 60 kB",
            "keystroke",
            partial(keystrokes.large_requests, name),
            {OURS: partial(_lab, name.partition(",")[0])},
            {OURS: late(keystrokes.LARGE_UNDER)},
            cold=Cold.NEVER,
            apart=True,
        )
        for name in keystrokes.LARGE_LABS
    ),
)
