"""Find the Pythons of this machine, those of pyenv included.

pyenv puts a shim for every version on the PATH, and a shim fails for versions
that are not switched on.  So real interpreters go in front of the shims.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["usable"]

_NAME = re.compile(r"python(3)\.(\d+)(?:\.exe)?")


def _pyenv() -> Iterator[Path]:
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(root.glob("versions/*/bin"))


def _works(program: Path, version: tuple[int, int]) -> bool:
    ask = "import sys, venv, ensurepip; print(*sys.version_info[:2], sys.version_info[3])"
    try:
        answer = subprocess.run(
            [program, "-c", ask], capture_output=True, text=True, check=False, timeout=60
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.split() == [*map(str, version), "final"]


def usable(oldest: tuple[int, int]) -> list[str]:
    """Return the versions from *oldest* on that work here, as ``"3.13"``, oldest first.

    Raises :exc:`SystemExit` where there is none.  Puts the folders of pyenv's versions
    in front of the PATH, so that other tools find the same interpreters.
    """
    found: dict[tuple[int, int], Path] = {}
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    for folder in [*_pyenv(), *folders]:
        programs = sorted(folder.glob("python3.*")) if folder.is_dir() else []
        for program in programs:
            if (match := _NAME.fullmatch(program.name)) is None:
                continue
            version = (int(match[1]), int(match[2]))
            if version >= oldest and version not in found and _works(program, version):
                found[version] = program
    first = [
        str(program.parent)
        for version, program in sorted(found.items())
        if shutil.which(program.name) != str(program)
    ]
    os.environ["PATH"] = os.pathsep.join([*first, os.environ.get("PATH", "")])
    if not found:
        sys.exit(f"Python {oldest[0]}.{oldest[1]} or newer is needed; none was found")
    return [f"{major}.{minor}" for major, minor in sorted(found)]
