"""Measure the engine in Chromium: how soon it answers, and how fast it follows a typist.

Usage: ``python tests/benchmarks/engine.py [--out FILE] [--repeats N] [--playground FOLDER]``

Both ways to start are timed in one run of one browser, in turn, each in a fresh
profile, from the creation of the worker to the first answer:

- ``trigpoint``: the engine of the site, from its memory snapshot;
- ``plain``: ``loadPyodide``, the same wheels unpacked, the same function imported.

Then a marker is typed letter by letter into a live lab.  A keystroke counts from
the key event to the moment the new result is in the page and laid out.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import http.server
import json
import platform
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from trigpoint import labs

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "playground"))

import build
import toolchain

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
    (static / "plain.js").write_text(PLAIN.replace("WHEELS", wheels), "utf-8")
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


def start(browser: Browser, base: str, script: str) -> float:
    """Return the milliseconds from the creation of a worker to its first answer."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(base)
    taken: float = page.evaluate(START, [f"_static/trigpoint/{script}", REQUEST])
    context.close()
    return taken


def type_marker(browser: Browser, base: str) -> list[float]:
    """Return the milliseconds from each keystroke to its result."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(base)
    page.locator("[data-edit]").click()
    page.locator('trigpoint-lab[data-state="live"]').wait_for(timeout=60_000)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.locator("trigpoint-lab:not([data-busy])").wait_for()
    page.evaluate(WATCH)
    for number, letter in enumerate(TYPED, start=1):
        page.keyboard.type(letter)
        page.wait_for_function("number => window.taken.length >= number", arg=number)
    taken: list[float] = page.evaluate("window.taken")
    context.close()
    return taken


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that *share* percent of *values* do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def measure(browser: Browser, base: str, repeats: int) -> list[dict[str, Any]]:
    """Return both tasks in the form that the other benchmarks use."""
    scripts = {"trigpoint": "engine.js", "plain": "plain.js"}
    starts: dict[str, list[float]] = {name: [] for name in scripts}
    for _ in range(repeats):
        for name, script in scripts.items():
            starts[name].append(start(browser, base, script))
    best = {name: round(min(values), 1) for name, values in starts.items()}
    keys = type_marker(browser, base)
    return [
        {
            "task": "engine ready and first answer",
            "unit": "milliseconds",
            "fastest": best,
            "median": {name: round(statistics.median(each), 1) for name, each in starts.items()},
            "ratio": {"plain": round(best["plain"] / best["trigpoint"], 2)},
            "goal": {"plain": 3},
        },
        {
            "task": "keystroke to result",
            "unit": "milliseconds",
            "fastest": {"trigpoint": round(min(keys), 1)},
            "median": {"trigpoint": round(statistics.median(keys), 1)},
            "percentile_95": {"trigpoint": round(percentile(keys, 95), 1)},
            "below": 50,
            "keystrokes": len(keys),
            "ratio": {},
            "goal": {},
        },
    ]


def report(results: Mapping[str, Any]) -> str:
    """Return the results as lines to read."""
    first, second = results["tasks"]
    late = second["percentile_95"]["trigpoint"]
    lines = (
        f"{results['browser']}, {results['repeats']} repeats, milliseconds",
        "engine ready and first answer:",
        f"  trigpoint {first['fastest']['trigpoint']}",
        f"  plain     {first['fastest']['plain']}, {first['ratio']['plain']}x (goal 3x)",
        f"keystroke to result, {second['keystrokes']} keys:",
        f"  median {second['median']['trigpoint']}",
        f"  95th percentile {late} (goal below {second['below']})",
    )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, help="write the results here, as JSON")
    parser.add_argument("--repeats", type=int, default=5, help="starts of each kind")
    parser.add_argument("--playground", type=Path, help="a built playground; built if not given")
    options = parser.parse_args(arguments)
    chromium = toolchain.chromium()
    if chromium is None:
        return 1
    playground = options.playground or build.build(ROOT / "build" / "playground")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        lay_out(playground, Path(scratch))
        browser = playwright.chromium.launch(
            executable_path=str(chromium), args=list(toolchain.CHROMIUM_FLAGS)
        )
        with served(Path(scratch)) as base:
            tasks = measure(browser, base, options.repeats)
        results = {
            "suite": "engine",
            "repeats": options.repeats,
            "browser": f"Chromium {browser.version}",
            "python": f"{platform.python_implementation()} {platform.python_version()}",
            "tasks": tasks,
        }
        browser.close()
    print(report(results))
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
