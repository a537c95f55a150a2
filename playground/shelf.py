"""The shelf: wheels that a page loads when it builds a project, or reviews one.

Build backends are fetched from PyPI in the versions of ``constraints/backends.txt``, with an older
flit-core beside the newest, because half of all projects that use it ask for one before 4.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pins

__all__ = ["OLDER", "REVIEWS", "SHELF", "make_pure", "make_shelf"]

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

REVIEWS = ("sp-repo-review", "repo-review", "markdown-it-py", "mdurl")
"""What a review asks besides this project's own checks; PyYAML comes along without its extension."""

_PYTHON = "--python-version=3.14"


def make_shelf(folder: Path, source: Path, compiled: Iterable[Path] = ()) -> None:
    """Fetch the wheels into *folder*, emptied first, and list them there with those *compiled* here.

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
        pins.download(newest, REVIEWS, _PYTHON, "--no-deps")
        pins.pip("download", "--no-deps", "--only-binary=:all:", f"--dest={scratch}", "pyyaml")
        for binary in Path(scratch).glob("*.whl"):
            make_pure(binary, newest)
        # packaging is among the wheels of the engine.
        wheels = [each for each in newest.glob("*.whl") if not each.name.startswith("packaging-")]
        for wheel in sorted({each.name: each for each in [*older.glob("*.whl"), *wheels]}.items()):
            shutil.copyfile(wheel[1], folder / wheel[0])
        for each in compiled:
            shutil.copyfile(each, folder / each.name)
    rows = [asdict(entry(path)) for path in sorted(folder.glob("*.whl"))]
    (folder / LIST).write_text(json.dumps({"wheels": rows}, indent=1) + "\n", "utf-8")


def make_pure(wheel: Path, folder: Path) -> Path:
    """Write *wheel* without its extension modules into *folder*, and return where it is.

    It is for a project that does without them, as PyYAML does.
    """
    name, version, *_ = wheel.name.split("-")
    target = folder / f"{name}-{version}-py3-none-any.whl"
    with (
        zipfile.ZipFile(wheel) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for each in sorted(source.namelist()):
            if each.endswith((".so", ".pyd", "/RECORD")):
                continue
            data = source.read(each)
            if each.endswith(".dist-info/WHEEL"):
                data = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            # Without a time of its own, so that the same wheel is made each time.
            made.writestr(zipfile.ZipInfo(each), data, zipfile.ZIP_DEFLATED)
    return target
