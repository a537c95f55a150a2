"""Build the browser half into one folder that any static server can serve.

Run it with ``python playground/build.py [--out build/playground]``.  It needs
``pip``, and Node.js from the system or PyPI; it asks PyPI and npm, nobody else,
and does again only what has changed since the last time.  Versions are those of
``constraints/newest.txt`` and ``package-lock.json``.

The folder holds the element and its editor (``trigpoint-lab.js``), the one for Python that
a reader runs (``run.js``), the engine
(``engine.js``), the site's search (``search.js``, ``search-box.js``), Pyodide
(``pyodide/``), the wheels it imports (``wheels/``), those of build backends and a compiled
one, which it loads when they are asked for (``shelf/``), a snapshot of its memory (``snapshot.bin.zst``), ``service-worker.js`` and ``manifest.json``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pins
import wasm
from shelf import make_shelf
from toolchain import Node, node

__all__ = ["build", "digest", "main", "npm_packages"]

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MODULES = HERE / "node_modules"
PYODIDE = MODULES / "pyodide"

RUNTIME = (
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide.js",
    "pyodide.mjs",
    "pyodide-lock.json",
    "python_stdlib.zip",
)
"""Pyodide's files; ``pyodide.js`` and the lock file are for JupyterLite."""

ELEMENTS = ("trigpoint-lab", "run")
"""Scripts of elements, which pages load; all else comes when a reader touches one."""

NEEDED = ("esbuild", "minisearch", "pyodide")
"""Packages whose absence shows that a folder of them is not whole."""

IMPORTED = ("pyodide/pyodide.asm.mjs", "pyodide/pyodide.mjs")
"""What the engine imports as scripts, which no script can count the bytes of."""

FETCHED = ("pyodide/pyodide.asm.wasm.gz", "snapshot.bin.zst")
"""What the engine fetches before it answers."""

LATER = ("pyodide/python_stdlib.zip",)
"""What it fetches after that, besides the wheels."""

FALLBACK = ("pyodide/pyodide.asm.wasm",)
"""What it fetches where it cannot start from the snapshot."""


def digest(paths: Iterable[Path]) -> str:
    """Return one SHA-256 for the names and contents of *paths*, in their order.

    A folder stands for all files in it, without what Python leaves behind.
    """
    total = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                content = hashlib.sha256(file.read_bytes()).hexdigest()
                total.update(f"{file.relative_to(path.parent).as_posix()} {content}\n".encode())
    return total.hexdigest()


def _once(stamp: Path, key: str, what: str, make: Callable[[], None], made: Iterable[Path]) -> None:
    """Call *make*, unless *stamp* says that *made* was made from *key* already."""
    if stamp.is_file() and stamp.read_text() == key and all(path.exists() for path in made):
        print(f"{what}: unchanged")
        return
    print(f"{what}: making")
    stamp.unlink(missing_ok=True)
    make()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)


def npm_packages(tools: Node, folder: Path = HERE, *needed: str) -> None:
    """Install what ``package-lock.json`` of *folder* lists, where one of the *needed* is absent too.

    Raises :exc:`subprocess.CalledProcessError` if npm fails.
    """
    modules = folder / "node_modules"
    inputs = [folder / "package-lock.json", folder / ".npmrc"]
    _once(
        modules / ".trigpoint",
        digest(inputs),
        "npm packages",
        lambda: tools.run_npm("ci", "--loglevel=error", cwd=folder),
        [modules / name for name in needed],
    )


def _wheels(out: Path, work: Path) -> list[Path]:
    """Build this project's wheel and fetch those of its dependencies."""
    folder = out / "wheels"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = (
        "pyproject.toml",
        "hatch_build.py",
        "README.md",
        "LICENSE",
        "src/trigpoint",
        "templates",
    )
    parts = [ROOT / name for name in names]

    def make() -> None:
        with tempfile.TemporaryDirectory() as scratch:
            pins.pip("wheel", "--no-deps", f"--wheel-dir={scratch}", str(ROOT))
            pins.download(Path(scratch), project["dependencies"], "--no-deps")
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for wheel in Path(scratch).glob("*.whl"):
                shutil.copyfile(wheel, folder / wheel.name)

    if pinned := pins.file():
        parts.append(pinned)
    _once(work / "wheels", digest(parts), "wheels", make, [folder])
    return sorted(folder.glob("*.whl"))


def _shelf(tools: Node, out: Path, work: Path) -> list[Path]:
    """Fetch the wheels of build backends, compile the one that readers call, and list them."""
    folder = out / "shelf"
    pinned = [path for name in ("newest", "backends") if (path := pins.file(name))]
    package = ROOT / "src" / "trigpoint"
    builds = package / "projects" / "builds" / "shelf.py"
    sources = [HERE / "shelf.py", builds, *pinned]
    # The engine and what is compiled for it.
    sources += [*wasm.sources(), package / "extensions", PYODIDE / "package.json"]
    tool, stamp = wasm.compiler(), work / "shelf"
    key = f"{digest(sources)} {wasm.called(tool)}"
    if tool is None:
        print(wasm.ABSENT)
    kept = stamp.read_text() if stamp.is_file() else ""
    if wasm.keeps(kept, key):
        # Made by a session that has the better compiler.
        key = kept

    def make() -> None:
        compiled = []
        with tempfile.TemporaryDirectory() as scratch:
            if tool is not None:
                engine = wasm.ask(tools, out / "pyodide")
                compiled = [wasm.build_wheel(wasm.SHOWN, engine, tool, Path(scratch))]
            make_shelf(folder, ROOT / "src", compiled)

    _once(stamp, key, "shelf", make, [folder])
    return sorted(path for path in folder.iterdir() if path.is_file())


def _runtime(out: Path, work: Path) -> None:
    folder = out / "pyodide"
    folder.mkdir(parents=True, exist_ok=True)
    for name in RUNTIME:
        shutil.copyfile(PYODIDE / name, folder / name)
    source = PYODIDE / "pyodide.asm.wasm"
    target = folder / f"{source.name}.gz"

    def make() -> None:
        # Without a time, so that equal files are equal.
        target.write_bytes(gzip.compress(source.read_bytes(), compresslevel=9, mtime=0))

    _once(work / "wasm", digest([source]), "compressed WebAssembly", make, [target])


def _snapshot(tools: Node, out: Path, work: Path, wheels: list[Path]) -> None:
    """Make the memory snapshot that the engine starts from."""
    target = out / "snapshot.bin.zst"
    warm_up = HERE / "warm_up.py"
    sources = [
        *(HERE / "src" / f"{name}.ts" for name in ("snapshot", "runtime", "memory")),
        warm_up,
    ]

    def make() -> None:
        for old in out.glob("snapshot.*"):
            old.unlink()
        _bundle(tools, work, ["src/snapshot.ts"], platform="node", minify=False)
        script, paths = work / "snapshot.mjs", [PYODIDE, warm_up, target, *wheels]
        tools.run(str(script), *map(str, paths), cwd=HERE)

    key = digest([*sources, *wheels, PYODIDE / "package.json"])
    _once(work / "snapshot", key, "snapshot", make, [target])


def _bundle(tools: Node, out: Path, entries: list[str], **options: Any) -> None:
    request = {"entries": entries, "out": str(out), **options}
    tools.run("bundle.mjs", json.dumps(request), cwd=HERE)


def _file(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def _short(file: Mapping[str, Any]) -> str:
    return str(file["sha256"][:16])


_CHUNK = re.compile(r"[a-z]+-[A-Z0-9]{8}\.js")
"""Names of the parts that the bundler splits off an element, as the service worker knows them."""


def _chunks(out: Path) -> list[Path]:
    """Return the parts of the elements that are named by their content."""
    return sorted(path for path in out.glob("*.js") if _CHUNK.fullmatch(path.name))


def _scripts(tools: Node, out: Path, wheels: list[Path], shelf: list[Path]) -> dict[str, Any]:
    """Bundle the scripts, each with the hashes of what it loads; return the manifest."""
    kept = (*IMPORTED, *FETCHED, *LATER, *(f"wheels/{wheel.name}" for wheel in wheels))
    files = {name: _file(out / name) for name in (*kept, *FALLBACK)}
    loaded = {
        name: {"hash": _short(file), "size": file["size"] if name in FETCHED else 0}
        for name, file in files.items()
    }
    info = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))["info"]
    shelved = {f"shelf/{path.name}": _file(path) for path in shelf}
    asked = {
        name.removeprefix("shelf/"): {"hash": _short(file), "size": file["size"]}
        for name, file in shelved.items()
    }
    sources = sorted((HERE / "src").glob("*.ts"))
    told = f"{digest(sources)} {json.dumps(loaded)} {json.dumps(asked)}".encode()
    build = {"__BUILD__": json.dumps(hashlib.sha256(told).hexdigest()[:16])}
    define = {
        "__FILES__": json.dumps(loaded),
        "__SHELF__": json.dumps(asked),
        "__PYODIDE__": json.dumps(info),
        **build,
    }
    _bundle(tools, out, ["src/engine.ts"], define=define)
    files["engine.js"] = _file(out / "engine.js")

    for old in _chunks(out):
        old.unlink()
    engine = json.dumps(_short(files["engine.js"]))
    define = {"__ENGINE__": engine, **build}
    # Each by itself: what they have in common would be more files, one behind the other, of
    # which a page with a lab would have to wait for each.
    for name in ELEMENTS:
        _bundle(tools, out, [f"src/{name}.ts"], split=True, define=define)
    chunks = [path.name for path in _chunks(out)]
    files |= {name: _file(out / name) for name in (*(f"{each}.js" for each in ELEMENTS), *chunks)}

    _bundle(tools, out, ["src/search-box.ts"])
    files["search-box.js"] = _file(out / "search-box.js")
    box = json.dumps(_short(files["search-box.js"]))
    _bundle(tools, out, ["src/search.ts"], define={"__SEARCH_BOX__": box})
    files["search.js"] = _file(out / "search.js")

    files |= shelved

    version = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
    define = {"__VERSION__": json.dumps(version)}
    _bundle(tools, out, ["src/service-worker.ts"], format="iife", define=define)
    precache = [*chunks, *(f"{name}?v={_short(files[name])}" for name in ("engine.js", *kept))]
    return {"version": version, "files": dict(sorted(files.items())), "precache": precache}


def _licences() -> str:
    """Return the licences of what the bundles hold."""
    pyodide = (
        "Pyodide (pyodide/) is under the Mozilla Public License 2.0; it holds CPython, which is\n"
        "under the Python Software Foundation License.  The editor and the search hold the\n"
        "packages below.\n"
    )
    parts = [pyodide]
    for path in sorted([*MODULES.glob("**/LICENSE"), *MODULES.glob("minisearch/LICENSE.txt")]):
        package = json.loads((path.parent / "package.json").read_text("utf-8"))
        if package["name"].startswith(("@codemirror/", "@marijn/")) or package["name"] in (
            "crelt",
            "minisearch",
            "style-mod",
            "w3c-keyname",
        ):
            parts.append(f"{package['name']} {package['version']}\n\n{path.read_text('utf-8')}")
    return ("\n" + "-" * 72 + "\n\n").join(parts)


def build(out: Path, tools: Node | None = None) -> Path:
    """Build everything into *out* and return it.

    Raises :exc:`subprocess.CalledProcessError` if a program fails.
    """
    tools = tools or node()
    out = out.resolve()
    work = out.with_name(f"{out.name}-work")
    out.mkdir(parents=True, exist_ok=True)
    npm_packages(tools, HERE, *NEEDED)
    _runtime(out, work)
    wheels = _wheels(out, work)
    _snapshot(tools, out, work, wheels)
    manifest = _scripts(tools, out, wheels, _shelf(tools, out, work))
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    (out / "LICENSES.txt").write_text(_licences(), "utf-8")
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"playground {manifest['version']}: {size / 1e6:.1f} MB in {out}")
    return out


def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Build the browser half of Trigpoint.")
    default = ROOT / "build" / "playground"
    parser.add_argument("--out", type=Path, default=default, help="folder to build into")
    build(parser.parse_args(arguments).out)


if __name__ == "__main__":
    main()
