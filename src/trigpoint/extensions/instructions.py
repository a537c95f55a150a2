"""Flags that compile for the machine that builds, and so for no other.

``-march=native`` and its kin let a compiler use every instruction of the processor at hand.  A
wheel has no tag for that: where it is installed on an older processor, the first such instruction
ends the program.  Only what the project itself says is looked at, since whoever sets such flags
for a build of their own may keep what comes of it.

Source: GCC, "x86 Options"; rustc, "Codegen Options".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions.protocol import UNSEEN
from trigpoint.extensions.settings import value_at
from trigpoint.extensions.tables import MOST_EXTENSIONS, KeyPath

__all__ = ["CARGO", "MOST_CONFIGURED", "native_flags"]

CARGO: Final = (".cargo/config.toml", ".cargo/config")
"""Files of a project that tell Cargo which flags to compile with."""

MOST_CONFIGURED: Final = 256 * 1024
"""Bytes of such a file that are read; a longer one is passed over."""

_KEYS: Final = ("compile-args", "flags")
_VARIABLES: Final = (
    "CFLAGS",
    "CXXFLAGS",
    "CPPFLAGS",
    "FFLAGS",
    "RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
)
_NATIVE: Final = re.compile(
    r"(?<!\S)(?:-m(?:arch|cpu)=native|(?:-C ?|--codegen[= ])target-cpu=native)(?!\S)"
).search


def native_flags(
    document: Mapping[str, Any], root: Path = UNSEEN
) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield each key of *document*, a ``pyproject.toml``, that compiles for the machine at hand.

    With it come the flag, and the name of the file that says it: empty for the document itself,
    or one of :data:`CARGO` below *root*, whose keys they are then.

    >>> table = {"name": "a", "compile-args": ["-O3", "-march=native"]}
    >>> list(native_flags({"tool": {"trigpoint": {"extensions": [table]}}}))
    [(('tool', 'trigpoint', 'extensions', 0, 'compile-args'), '-march=native', '')]

    Source: GCC, "x86 Options"; rustc, "Codegen Options"; Cargo, "Configuration".
    """
    base = ("tool", "trigpoint", "extensions")
    listed = value_at(document, *base)
    tables = listed[:MOST_EXTENSIONS] if isinstance(listed, list) else []
    for number, table in enumerate(tables):
        for path in (*((key,) for key in _KEYS), *(("env", name) for name in _VARIABLES)):
            if flag := _flag(value_at(table, *path)):
                yield (*base, number, *path), flag, ""
    if root == UNSEEN or not any(value_at(each, "builder") == "cargo" for each in tables):
        return
    for name in CARGO:
        said = _configured(root / name)
        targets = said.get("target")
        triples = targets if isinstance(targets, dict) else {}
        for path in (("build",), *(("target", key) for key in triples)):
            if flag := _flag(value_at(said, *path, "rustflags")):
                yield (*path, "rustflags"), flag, name


def _flag(value: object) -> str:
    """Return the flag for the machine at hand among those of *value*, a text or an array of them."""
    words = value if isinstance(value, list) else [value]
    match = _NATIVE(" ".join(each for each in words if isinstance(each, str)))
    return match[0] if match else ""


def _configured(path: Path) -> dict[str, Any]:
    """Return what the TOML file at *path* says; nothing where there is none that is read here."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_CONFIGURED + 1)
        return tomllib.loads(data.decode()) if len(data) <= MOST_CONFIGURED else {}
    except (OSError, ValueError, RecursionError):
        return {}
