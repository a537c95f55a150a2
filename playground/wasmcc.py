"""A C compiler for WebAssembly with the command line of any other: ``python wasmcc.py TOOL ARGUMENT...``.

*TOOL* is the folder of the package ``ziglang``, or the program ``emcc``.  What compiles is handed on
with the target and its headers; what links becomes a side module, which Pyodide loads as it loads
its own: functions of Python and of the C library stay open, and the engine has them.

Source: https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["TARGET", "command", "main"]

TARGET = "wasm32-unknown-emscripten"

_HEADERS = ("include", "libc/include/wasm-wasi-musl", "libc/include/generic-musl")
"""Below ``lib`` of ziglang: those of the compiler, and of the C library that Emscripten has, too."""

_OWN = ("-shared", "-lc", "-lm", "-fPIC")
"""Said anew for a side module, or brought by the engine."""


def _by_zig(folder: Path, arguments: Sequence[str]) -> list[str]:
    if "-c" in arguments:
        system = [f"-isystem{folder / 'lib' / each}" for each in _HEADERS]
        # The headers are those of WASI, and ask for it; numbers of errors are Emscripten's as well.
        target = [f"--target={TARGET}", "-fPIC", "-nostdinc", *system, "-D__wasi__"]
        return [str(folder / "zig"), "clang", *target, *arguments]
    kept = [each for each in arguments if each not in _OWN]
    side = ("-shared", "--experimental-pic", "--unresolved-symbols=import-dynamic", "--strip-all")
    return [str(folder / "zig"), "wasm-ld", *side, *kept]


def _by_emcc(program: Path, arguments: Sequence[str]) -> list[str]:
    if "-c" in arguments:
        return [str(program), "-fPIC", *arguments]
    kept = [each for each in arguments if each not in _OWN]
    return [str(program), "-O2", "-sSIDE_MODULE=1", *kept]


def command(tool: Path, arguments: Sequence[str]) -> list[str]:
    """Return the command of *tool* that does what a compiler does with *arguments*.

    *tool* is a folder for ziglang and a file for emcc.

    >>> command(Path("emcc"), ["-shared", "a.o", "-o", "a.so"])
    ['emcc', '-O2', '-sSIDE_MODULE=1', 'a.o', '-o', 'a.so']
    """
    return (_by_zig if tool.is_dir() else _by_emcc)(tool, arguments)


def main(arguments: Sequence[str]) -> int:
    """Run the command for *arguments*, the first of which is the tool, and return its status."""
    tool, *rest = arguments
    return subprocess.run(command(Path(tool), rest), check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
