"""Environments with this working tree, and with another revision, made in the same way."""

from __future__ import annotations

import importlib.metadata
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.benchkit.client import ROOT

__all__ = ["environment"]

_WITH = ("packaging", "click")
"""What Trigpoint runs on; both environments get the versions that are installed here."""


def environment(folder: Path, revision: str | None) -> str:
    """Make an environment in *folder* with Trigpoint, and return its interpreter.

    Trigpoint is built as a wheel: of the commit *revision*, or of the working
    tree for None.  An environment of a commit that is there already is used
    again.  Raises :exc:`subprocess.CalledProcessError` where git or pip fails.
    """
    scripts = "Scripts" if os.name == "nt" else "bin"
    python = folder / scripts / ("python.exe" if os.name == "nt" else "python")
    done = folder / "complete"
    if revision is not None and done.is_file():
        return str(python)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    pinned = [f"{name}=={importlib.metadata.version(name)}" for name in _WITH]
    with tempfile.TemporaryDirectory() as scratch:
        source = ROOT
        if revision is not None:
            source = Path(scratch)
            archive = subprocess.run(
                ["git", "-C", str(ROOT), "archive", revision], check=True, capture_output=True
            )
            with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
                files.extractall(source, filter="data")
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, f"{source}[cli]", *pinned], check=True)
    done.write_text("", "utf-8")
    return str(python)
