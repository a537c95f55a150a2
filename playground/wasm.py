"""Build a project's C or Rust for the site's own engine, with a compiler from the package index.

Pyodide's cross-build environment comes from no index, so the wheel is an unofficial one: the
compiler is that of ``ziglang``, or an ``emcc`` of the system; ``pyconfig.h`` says what the engine
itself says of its Python; and only the limited API is used, whose headers fit each later version.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from toolchain import Node
from wasmcc import TARGET

__all__ = [
    "ABSENT",
    "SHOWN",
    "UNOFFICIAL",
    "Engine",
    "ask",
    "build_wheel",
    "called",
    "compiler",
    "keeps",
    "pyconfig",
    "sources",
]

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# The native projects are assembled and built as their own tests do it.
sys.path.insert(0, str(ROOT))

UNOFFICIAL = "+unofficial"
"""What the version of such a wheel ends with, so that nobody takes it for a published one."""

ABSENT = (
    "nothing is compiled for the browser: that takes ziglang from the index or emscripten, "
    "the headers of Python, and this project installed with hatchling"
)

SHOWN = "c"
"""The native project that a page of the site calls."""

_BUILT_BY = ("trigpoint", "hatchling")

_MOST_SECONDS = 120


def compiler() -> Path | None:
    """Return the folder of the package ``ziglang``, or the program ``emcc``.

    None without either, and where a session has no headers of Python or not what builds the wheel.
    """
    if not Path(sysconfig.get_path("include"), "Python.h").is_file():
        return None
    if not all(importlib.util.find_spec(name) for name in _BUILT_BY):
        return None
    spec = importlib.util.find_spec("ziglang")
    if spec and spec.origin:
        return Path(spec.origin).parent
    found = shutil.which("emcc")
    return Path(found) if found else None


def called(tool: Path | None) -> str:
    """Return the name of *tool* and, where it comes from the index, its version; empty for None."""
    if tool is None:
        return ""
    return f"ziglang {version('ziglang')}" if tool.is_dir() else tool.name


def keeps(made: str, key: str) -> bool:
    """Say whether what was *made* serves as well as what this session, with *key*, would make.

    Both are a digest and how the compiler is called.  Sessions without ziglang leave alone
    what one with it made of the same files.

    >>> keeps("1f ziglang 0.17.1", "1f "), keeps("1f ziglang 0.17.1", "2e "), keeps("1f ", "1f emcc")
    (True, False, False)
    """
    (files, _, by), (wanted, _, own) = made.partition(" "), key.partition(" ")
    return files == wanted and by.startswith("ziglang") and not own.startswith("ziglang")


@dataclass(frozen=True, slots=True)
class Engine:
    """What the engine says of its Python: the *version* and the *variables* of sysconfig."""

    version: tuple[int, int]
    variables: Mapping[str, Any]

    @property
    def platform(self) -> str:
        """The platform of wheels for it, as in PEP 783: ``pyemscripten_2026_0_wasm32``."""
        return f"pyemscripten_{self.variables['PYEMSCRIPTEN_PLATFORM_VERSION']}_wasm32"


def ask(tools: Node, pyodide: Path) -> Engine:
    """Start the engine in the folder *pyodide* once, with *tools*, and let it tell of itself.

    Raises :exc:`subprocess.CalledProcessError` if it does not start.
    """
    command = [str(tools.node), str(HERE / "ask_engine.mjs"), str(pyodide)]
    said = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=_MOST_SECONDS
    )
    found = json.loads(said.stdout)
    return Engine((found["version"][0], found["version"][1]), found["variables"])


def pyconfig(template: str, variables: Mapping[str, Any]) -> str:
    r"""Return ``pyconfig.h`` with the names of *template*, another one, and the values of *variables*.

    What the engine was not configured with, or with 0, stays undefined, as configure has it.

    >>> print(pyconfig("#define SIZEOF_LONG 8\n/* #undef HAVE_FORK */\n", {"SIZEOF_LONG": 4}))
    #ifndef Py_PYCONFIG_H
    #define Py_PYCONFIG_H
    #define SIZEOF_LONG 4
    #endif
    <BLANKLINE>
    """
    names = re.findall(r"(?m)^(?:#define|/\* #undef) +(\w+)", template)
    lines = [
        f"#define {name} {variables[name]}"
        for name in dict.fromkeys(names)
        if name != "Py_PYCONFIG_H" and variables.get(name) not in (None, 0, "")
    ]
    guard = "Py_PYCONFIG_H"
    return "\n".join([f"#ifndef {guard}", f"#define {guard}", *lines, "#endif", ""])


def _describe(engine: Engine, folder: Path) -> Path:
    """Write headers and a ``build-details.json`` for *engine* into *folder*; return the file."""
    headers = Path(sysconfig.get_path("include"))
    shutil.copytree(headers, folder / "include", dirs_exist_ok=True)
    own = folder / "include" / "pyconfig.h"
    template = Path(sysconfig.get_config_h_filename()).read_text("utf-8")
    own.write_text(pyconfig(template, engine.variables), "utf-8")
    details = {
        "schema_version": "1.0",
        "base_prefix": str(folder),
        "platform": engine.platform,
        "language": {"version": ".".join(map(str, engine.version))},
        "implementation": {"name": "cpython"},
        "abi": {
            "flags": [],
            "extension_suffix": engine.variables["EXT_SUFFIX"],
            "stable_abi_suffix": ".abi3.so",
        },
        "c_api": {"headers": "include"},
    }
    file = folder / "build-details.json"
    file.write_text(json.dumps(details), "utf-8")
    return file


def _archiver(tool: Path) -> str:
    return shlex.join([str(tool / "zig"), "ar"] if tool.is_dir() else [f"{tool.parent / 'emar'}"])


def sources() -> list[Path]:
    """Return the files and folders that the wheel of :data:`SHOWN` is made with."""
    from tests.native.projects import PROJECTS

    folders = [*PROJECTS[SHOWN].folders, f"tests/native/projects/{SHOWN}"]
    own = [HERE / name for name in ("wasm.py", "wasmcc.py", "ask_engine.mjs")]
    tests = [ROOT / "tests" / "native" / name for name in ("building.py", "projects.py")]
    return [*own, *tests, *(ROOT / each for each in folders)]


def build_wheel(name: str, engine: Engine, tool: Path, target: Path, **env: str) -> Path:
    """Build the native project *name* for *engine* with *tool* into the folder *target*.

    *env* is for the tools, such as a folder that Cargo keeps what it compiled in.  Returns the
    wheel.  Raises :exc:`AssertionError`, with what the tools said, if it fails.
    """
    from tests.native.building import Tree

    driver = [sys.executable, str(HERE / "wasmcc.py"), str(tool)]
    with tempfile.TemporaryDirectory() as scratch:
        tree = Tree.new(name, Path(scratch, "project"))
        manifest = tree.folder / "pyproject.toml"
        text = manifest.read_text("utf-8")
        manifest.write_text(
            re.sub(r'(?m)^version = "(.+)"$', rf'version = "\1{UNOFFICIAL}"', text), "utf-8"
        )
        # Cargo takes one word for its linker.
        linker = Path(scratch, "link")
        linker.write_text(f'#!/bin/sh\nexec {shlex.join(driver)} "$@"\n', "utf-8")
        linker.chmod(0o755)
        tree.env = {
            "TRIGPOINT_TARGET": str(_describe(engine, Path(scratch, "python"))),
            "CC": shlex.join(driver),
            "CXX": shlex.join(driver),
            "AR": _archiver(tool),
            f"CARGO_TARGET_{TARGET.upper().replace('-', '_')}_LINKER": str(linker),
            **env,
        }
        made = tree.build("build_wheel")
        target.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy2(made, target))
