"""The shelf: wheels of build backends, which a page loads when it builds a project.

They are fetched from PyPI in the versions of ``constraints/backends.txt``, with an older
flit-core beside the newest, because half of all projects that use it ask for one before 4.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import pins

__all__ = ["OLDER", "SHELF", "make_shelf"]

SHELF = (
    "flit-core",
    "hatch-fancy-pypi-readme",
    "hatch-vcs",
    "hatchling",
    "pdm-backend",
    "poetry-core",
    "setuptools",
    "setuptools-scm",
    "wheel",
)
"""What projects name in ``[build-system]`` that is pure Python; what these need comes along."""

OLDER = ("flit-core<4",)
"""Older versions, which ``constraints/newest.txt`` pins."""

_PYTHON = "--python-version=3.14"


def make_shelf(folder: Path, source: Path) -> None:
    """Fetch the wheels into *folder*, emptied first, and list them there.

    *source* is the folder that this project's package lies in, whose reader of wheels
    writes the list.  Raises :exc:`subprocess.CalledProcessError` if one is not to be had.
    """
    sys.path.insert(0, str(source))
    from trigpoint.projects.builds.shelf import LIST, entry

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        newest, older = Path(scratch, "newest"), Path(scratch, "older")
        pins.download(newest, SHELF, _PYTHON, constraints="backends")
        pins.download(older, OLDER, _PYTHON, "--no-deps")
        # packaging is among the wheels of the engine.
        wheels = [each for each in newest.glob("*.whl") if not each.name.startswith("packaging-")]
        for wheel in sorted({each.name: each for each in [*older.glob("*.whl"), *wheels]}.items()):
            shutil.copyfile(wheel[1], folder / wheel[0])
    rows = [asdict(entry(path)) for path in sorted(folder.glob("*.whl"))]
    (folder / LIST).write_text(json.dumps({"wheels": rows}, indent=1) + "\n", "utf-8")
