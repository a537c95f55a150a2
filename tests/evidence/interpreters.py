"""Find the Python interpreters that old tools need."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["clean_environment", "find", "version_of"]


def clean_environment(**extra: str) -> dict[str, str]:
    """Return this process's environment without what steers Python, pip, uv or poetry."""
    steering = ("PIP_", "UV_", "POETRY_", "PYTHON", "VIRTUAL_ENV", "TWINE_", "CONDA")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(steering)}
    return {
        **kept,
        "PYTHONIOENCODING": "utf-8",
        "PYTHONHASHSEED": "0",
        "NO_COLOR": "1",
        "COLUMNS": "1000",
        **extra,
    }


def _pyenv_root() -> Path:
    return Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")


@functools.cache
def version_of(python: Path) -> str:
    """Return the version of the interpreter *python*, such as ``"3.6.15"``; empty if it fails."""
    code = "import platform, zlib; print(platform.python_version())"
    try:
        done = subprocess.run(
            [python, "-c", code],
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _candidates(series: str) -> list[Path]:
    found = [
        path / "bin" / "python"
        for path in _pyenv_root().glob(f"versions/{series}*")
        if path.is_dir()
    ]
    if on_path := shutil.which(f"python{series}"):
        found.insert(0, Path(on_path))
    if sys.version_info[:2] == tuple(int(part) for part in series.split(".")):
        found.insert(0, Path(sys.executable))
    return found


@functools.cache
def find(series: str) -> Path | None:
    """Return a working interpreter of *series*, such as ``"3.6"``; None if there is none.

    Looks at the running interpreter, on PATH and under the root of pyenv
    (``PYENV_ROOT``, else ``.pyenv`` in the home directory).
    """
    for candidate in _candidates(series):
        if version_of(candidate).startswith(f"{series}."):
            return candidate
    return None
