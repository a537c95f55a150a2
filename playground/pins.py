"""The exact versions that every session installs, and pip with these versions.

They stand in the folder ``constraints``, one file for each resolution, and
``nox -s lock`` renews them.  Where the environment variable
``TRIGPOINT_UNPINNED`` is set, nothing is pinned; ``nox -s canary`` sets it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

__all__ = [
    "FOLDER",
    "NAMES",
    "TESTED",
    "UNPINNED",
    "download",
    "failed",
    "file",
    "installed",
    "moved",
    "pins",
    "pip",
]

FOLDER = Path(__file__).resolve().parent.parent / "constraints"
UNPINNED = "TRIGPOINT_UNPINNED"

NAMES = ("newest", "oldest", "evidence", "real-files", "backends")
"""``oldest`` has the lowest versions that the wheel allows, ``evidence`` what its tools need,
and ``backends`` what the site's shelf has."""

TESTED = ("tests", "parallel", "coverage", "oracles", "pages", "themes", "fetch", "wrapped")
"""The dependency groups of the session ``tests``, which alone installs the oldest versions."""


def file(name: str = "newest") -> Path | None:
    """Return the constraints file *name*, one of :data:`NAMES`; None where nothing is pinned."""
    return None if os.environ.get(UNPINNED) else FOLDER / f"{name}.txt"


def pip(command: str, *arguments: str, constraints: str | None = "newest") -> None:
    """Run pip's *command* in this environment, with the file *constraints* if there is one.

    Raises :exc:`subprocess.CalledProcessError` if it fails.
    """
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    pinned: list[str] = []
    environment = dict(os.environ)
    if constraints is not None and (path := file(constraints)):
        pinned = ["--constraint", str(path)]
        # An option of pip 25.3; here older ones ignore it.
        environment["PIP_BUILD_CONSTRAINT"] = str(path)
    call = [sys.executable, "-m", "pip", command, *quiet, *pinned, *arguments]
    subprocess.run(call, check=True, env=environment)


def download(
    folder: Path,
    requirements: Iterable[str],
    *arguments: str,
    constraints: str | None = "newest",
) -> None:
    """Fetch pure wheels for *requirements* into *folder*; *arguments* are more of pip's.

    Raises :exc:`subprocess.CalledProcessError` if one is not to be had.
    """
    pure = ("--only-binary=:all:", "--platform=any", "--abi=none")
    pip(
        "download",
        *pure,
        f"--dest={folder}",
        *arguments,
        *requirements,
        constraints=constraints,
    )


def pins(text: str) -> dict[str, set[str]]:
    r"""Read a constraints file: the versions of each project, which markers choose from.

    >>> found = pins("a==1 ; python_version < '3.12'\na==2 ; python_version >= '3.12'\nb==3\n")
    >>> sorted(found["a"]), sorted(found["b"])
    (['1', '2'], ['3'])
    """
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        name, equals, version = line.partition(" ;")[0].partition("==")
        if equals:
            found.setdefault(name.strip(), set()).add(version.strip())
    return found


def installed(environments: Path) -> dict[str, set[str]]:
    """Return the versions of all that is installed in the folders of *environments*."""
    found: dict[str, set[str]] = {}
    folders = {*environments.glob("*/lib/python3*/site-packages")}
    folders |= {*environments.glob("*/Lib/site-packages")}
    for each in distributions(path=[str(folder) for folder in sorted(folders)]):
        name = each.metadata["Name"].lower().replace("_", "-").replace(".", "-")
        found.setdefault(name, set()).add(each.version)
    return found


def moved(pinned: Mapping[str, set[str]], found: Mapping[str, set[str]]) -> list[str]:
    """Say in a line each what of *found* is at no version that *pinned* names.

    >>> moved({"a": {"1"}, "b": {"2"}}, {"a": {"1.1"}, "b": {"2"}, "c": {"3"}})
    ['a: 1 -> 1.1', 'c: not pinned -> 3']
    """
    return [
        f"{name}: {', '.join(sorted(pinned.get(name, {'not pinned'})))} -> {', '.join(sorted(new))}"
        for name, versions in sorted(found.items())
        if (new := versions - pinned.get(name, set()))
    ]


def failed(report: Mapping[str, Any]) -> list[str]:
    """Return the sessions that did not succeed, by nox's *report*.

    >>> failed({"sessions": [{"name": "lint", "result": "failed"}, {"name": "a", "result": "success"}]})
    ['lint']
    """
    return [each["name"] for each in report["sessions"] if each["result"] in ("failed", "aborted")]
