"""A compiler and linker for WebAssembly with the command line of any other: ``wasmcc.py TOOL ARGUMENT...``.

*TOOL* is the folder of the package ``ziglang``, or the program ``emcc``.  What compiles is handed on
with the target and its headers; what links becomes a side module, which the engine loads as it loads
Pyodide's own: functions of Python and of the C library stay open, and the engine has them.

Cargo links with it, too: rustc writes to it as it writes to emcc.

Source: https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["TARGET", "command", "main"]

TARGET = "wasm32-unknown-emscripten"

_HEADERS = ("include", "libc/include/wasm-wasi-musl", "libc/include/generic-musl")
"""Below ``lib`` of ziglang: those of the compiler, and of the C library that Emscripten has, too."""

_SIDE = ("-shared", "--experimental-pic", "--unresolved-symbols=import-dynamic", "--strip-all")
_EXPORTS = "-sEXPORTED_FUNCTIONS="

_LEFT_OUT = ("-shared", "-s", "-O", "-f", "-g", "-B", "--target=", "-Wl,", "-nodefaultlibs")
"""How options begin that are emcc's alone, or said anew for a side module."""

_BROUGHT = ("-lc", "-lm", "-ldl", "-lpthread", "-lc++", "-lc++abi", "-lstdc++")
"""Libraries that the engine brings."""


def _joined(arguments: Sequence[str]) -> Iterator[str]:
    """Yield *arguments* with each ``-s`` and ``-l`` in one word with what follows: both forms are one."""
    words = iter(arguments)
    for each in words:
        yield f"{each}{next(words, '')}" if each in ("-s", "-l") else each


def _link_by_zig(arguments: Sequence[str]) -> Iterator[str]:
    exports: list[str] = []
    for each in _joined(arguments):
        if each.startswith(_EXPORTS):
            # In C's own terms: emcc puts a _ before each name.
            exports += [name[1:] for name in json.loads(each.removeprefix(_EXPORTS))]
        elif not each.startswith(_LEFT_OUT) and each not in _BROUGHT:
            yield each
    if exports:
        # Else each function of Rust's own library that has a plain name would be another export.
        yield from ("--no-export-dynamic", *(f"--export={name}" for name in exports))


def _by_zig(folder: Path, arguments: Sequence[str]) -> list[str]:
    program = str(folder / "zig")
    if "-c" not in arguments:
        return [program, "wasm-ld", *_SIDE, *_link_by_zig(arguments)]
    system = [f"-isystem{folder / 'lib' / each}" for each in _HEADERS]
    # The headers are those of WASI, and ask for it; numbers of errors are Emscripten's as well.
    target = [f"--target={TARGET}", "-fPIC", "-nostdinc", *system, "-D__wasi__"]
    return [program, "clang", *target, *arguments]


def _by_emcc(program: Path, arguments: Sequence[str]) -> list[str]:
    if "-c" in arguments:
        return [str(program), "-fPIC", *arguments]
    kept = [each for each in arguments if each != "-shared"]
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
