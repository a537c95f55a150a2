"""Run the core's tests inside Pyodide: ``python tests/pyodide/run.py PYTEST_ARGUMENT...``.

Needs the playground (``python playground/build.py``), whose Pyodide and wheels it uses.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "playground"))

import pins
from toolchain import node

PLAYGROUND = ROOT / "build" / "playground"


def _fetch(folder: Path) -> None:
    """Gather pytest and the rest as pure wheels, and this project's own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needed = [
        *(each for each in project["dependency-groups"]["tests"] if "trigpoint" not in each),
        *project["project"]["optional-dependencies"]["cli"],
    ]
    pins.download(folder, needed, "--python-version=3.14")
    for wheel in (PLAYGROUND / "wheels").glob("*.whl"):
        shutil.copy(wheel, folder)


def main(arguments: list[str]) -> int:
    """Run pytest with *arguments* in Pyodide and return its exit status."""
    script = Path(__file__).with_name("run.mjs")
    with tempfile.TemporaryDirectory() as scratch:
        _fetch(Path(scratch))
        try:
            node().run(
                # Python frees deep trees by recursion, and node's own stack is small.
                "--stack-size=6000",
                str(script),
                str(PLAYGROUND / "pyodide"),
                scratch,
                str(ROOT),
                *arguments,
                cwd=ROOT,
            )
        except subprocess.CalledProcessError as error:
            return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
