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


def halves(arguments: list[str]) -> list[list[str]]:
    """Return the arguments of two runs, each with every other path of *arguments*; one without two.

    The report of the second run has a name of its own.
    """
    paths = [each for each in arguments if (ROOT / each.partition("::")[0]).exists()]
    rest = [each for each in arguments if each not in paths]
    if len(paths) < 2:
        return [arguments]
    second = [
        f"{each.removesuffix('.xml')}-2.xml" if each.startswith("--junit-xml=") else each
        for each in rest
    ]
    return [[*rest, *paths[::2]], [*second, *paths[1::2]]]


def _command(wheels: str, arguments: list[str]) -> list[str]:
    """Return what runs pytest with *arguments* in one interpreter."""
    return [
        # Python frees deep trees by recursion, and node's own stack is small.
        *(str(node().node), "--stack-size=6000", str(Path(__file__).with_name("run.mjs"))),
        *(str(PLAYGROUND / "pyodide"), wheels, str(ROOT), *arguments),
    ]


def main(arguments: list[str]) -> int:
    """Run pytest with *arguments* in Pyodide, two folders at a time, and return its exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        _fetch(Path(scratch))
        first, *more = (_command(scratch, each) for each in halves(arguments))
        # What the other one says comes when the first has ended.
        others = [subprocess.Popen(each, cwd=ROOT, stdout=subprocess.PIPE) for each in more]
        status = subprocess.run(first, cwd=ROOT, check=False).returncode
        for other in others:
            said, _ = other.communicate()
            sys.stdout.buffer.write(said)
            status = status or other.returncode
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
