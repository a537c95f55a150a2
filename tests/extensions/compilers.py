"""A compiler that compiles nothing: it counts how often it runs, and writes what is expected of it."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

__all__ = ["CORE", "HEADER", "Shown", "calls", "project", "stand_in"]

# It says the source of an object, and the objects of a module; the name that Python looks for
# is taken from the module's file.
_SCRIPT: Final = """\
#!/bin/sh
echo "$*" >> "{log}"
out= deps= source=
while [ $# -gt 0 ]; do
  case "$1" in
    -o) out=$2; shift ;;
    -MF) deps=$2; shift ;;
    -c) source=$2; shift ;;
  esac
  shift
done
if [ -n "$source" ]; then
  grep -q BROKEN "$source" && {{ echo "$source:1: error: BROKEN" >&2; exit 1; }}
  printf 'object of %s' "$source" > "$out"
  echo "$out: $source $(sed -n 's/^#include "\\(.*\\)"/\\1/p' "$source" | tr '\\n' ' ')" > "$deps"
else
  name=$(basename "$out"); name=${{name%%.*}}
  printf 'PyInit_%s\\0' "$name" > "$out"
fi
"""

_ARCHIVER: Final = """\
#!/bin/sh
echo "$*" >> "{log}"
printf archive > "$2"
"""

CORE: Final = '#include "core.h"\n'
HEADER: Final = "core.h"


class Shown(io.StringIO):
    """A stream that knows what of it was shown at once."""

    shown = ""

    def flush(self) -> None:
        """Note what was written so far."""
        self.shown = self.getvalue()


def stand_in(folder: Path) -> dict[str, str]:
    """Write a compiler and an archiver into *folder*; return the variables that name them."""
    folder.mkdir(parents=True, exist_ok=True)
    variables = {"PATH": os.environ["PATH"]}
    for name, script in (("cc", _SCRIPT), ("c++", _SCRIPT), ("ar", _ARCHIVER)):
        path = folder / name
        path.write_text(script.format(log=folder / "calls"))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        variables[{"cc": "CC", "c++": "CXX", "ar": "AR"}[name]] = str(path)
    return variables


def calls(folder: Path) -> list[str]:
    """Return the command lines that ran since this was asked the last time."""
    log = folder / "calls"
    if not log.exists():
        return []
    lines = log.read_text().splitlines()
    log.unlink()
    return lines


def project(root: Path, tables: str, sources: Sequence[str] = ("core.c",)) -> None:
    """Write a project with *tables* and *sources* into *root*."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").write_text(tables)
    (root / HEADER).write_text("")
    for each in sources:
        path = root / each
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CORE)
