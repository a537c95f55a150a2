"""METADATA files of real distributions: those installed here, and a list to install.

``python tests/metadata/real_files.py DIRECTORY`` installs ``packages.txt`` there,
without dependencies.  Set ``TRIGPOINT_REAL_FILES=DIRECTORY`` and the tests and
benchmarks read those too, and insist on at least a hundred.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PACKAGES = Path(__file__).with_name("packages.txt")
VARIABLE = "TRIGPOINT_REAL_FILES"
ENOUGH = 100


class RealFile(NamedTuple):
    """One file: the name of its distribution's directory, and its bytes."""

    name: str
    data: bytes


def extra_directories() -> list[Path]:
    """Return the directories that the environment variable names."""
    return [Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]


def real_files() -> list[RealFile]:
    """Return every METADATA and PKG-INFO that is installed, once each, by name."""
    found: dict[str, RealFile] = {}
    for directory in (*extra_directories(), *map(Path, sys.path)):
        if directory.is_dir():
            for pattern in ("*.dist-info/METADATA", "*.egg-info/PKG-INFO"):
                for path in directory.glob(pattern):
                    name = path.parent.name
                    found.setdefault(name, RealFile(name, path.read_bytes()))
    return [found[name] for name in sorted(found)]


def install(directory: Path) -> None:
    """Install the listed packages into *directory*, without their dependencies.

    Does nothing if they are there already, in the versions that are wanted.
    """
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "playground"))
    import pins

    inputs = [PACKAGES] if (pinned := pins.file("real-files")) is None else [PACKAGES, pinned]
    key = "".join(path.read_text("utf-8") for path in inputs)
    stamp = directory / "made-from.txt"
    if stamp.is_file() and stamp.read_text("utf-8") == key:
        return
    shutil.rmtree(directory, ignore_errors=True)
    wanted = ("--no-deps", "--only-binary=:all:", "--target", str(directory))
    pins.pip("install", *wanted, "--requirement", str(PACKAGES), constraints="real-files")
    stamp.write_text(key, "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Install the list, and say how many files there are."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("directory", type=Path)
    directory: Path = parser.parse_args(arguments).directory
    install(directory)
    print(len(list(directory.glob("*.dist-info/METADATA"))), "files in", directory)
    return 0


if __name__ == "__main__":
    sys.exit(main())
