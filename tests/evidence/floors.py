"""Try each tool at the version that the review asks for, and at the one before.

``python -m tests.evidence.floors`` installs both into environments of their own and asks them for
the feature: the first has to have it, the other not.  What pip has is recorded with the other runs.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trigpoint.projects.review.checks.floors import FLOORS, ToolFloor

__all__ = ["PROBES", "RECORDED", "Probe", "main", "verdict"]

RECORDED: Final = frozenset({"pip"})
"""Tools whose floor comes from the record of the installers."""

FILES: Final = {
    "pyproject.toml": """\
[project]
name = "spam"
version = "1"

[dependency-groups]
test = ["pytest"]

[tool.cibuildwheel]
build = "cp312-manylinux_x86_64"
test-groups = ["test"]

[tool.pytest]
addopts = ["--read-from-the-table"]
""",
    "tox.ini": """\
[testenv:spam]
skip_install = true
dependency_groups = test
commands = python --version
""",
}
"""What the tools are asked about."""


@dataclass(frozen=True, slots=True)
class Probe:
    """How a tool shows that it has a feature.

    ``before`` is the release that lacks it.  ``command`` are words behind ``python``, and
    ``shows`` is a pattern of what is printed only where the tool has it.
    """

    before: str
    command: tuple[str, ...]
    shows: str


_NOX: Final = (
    "import nox; read = nox.project.load_toml('pyproject.toml'); "
    "print(nox.project.dependency_groups(read, 'test'))"
)
PROBES: Final = {
    "cibuildwheel": Probe(
        "2.21.3",
        ("-m", "cibuildwheel", "--platform", "linux", "--print-build-identifiers", "."),
        r"^cp312-manylinux_x86_64$",
    ),
    "tox": Probe(
        "4.21.2",
        ("-m", "tox", "config", "-e", "spam", "-k", "dependency_groups"),
        r"^dependency_groups =",
    ),
    "nox": Probe("2024.10.9", ("-c", _NOX), r"^\('pytest',\)$"),
    "pytest": Probe(
        "8.4.2",
        ("-m", "pytest", "--collect-only"),
        r"unrecognized arguments: --read-from-the-table",
    ),
}
"""By tool; each has one feature in the table of the review."""


def verdict(floor: ToolFloor, with_it: str, without: str) -> str:
    r"""Return what is wrong with *floor*, of which its version printed *with_it*, the other *without*.

    Nothing is an empty text.

    >>> tox = next(each for each in FLOORS if each.tool == "tox")
    >>> verdict(tox, "[testenv:spam]\ndependency_groups = test", "[testenv:spam]")
    ''
    >>> verdict(tox, "", "")
    'tox 4.22.0 has no dependency_groups'
    """
    shows = re.compile(PROBES[floor.tool].shows, re.MULTILINE).search
    if not shows(with_it):
        return f"{floor.tool} {floor.version} has no {floor.feature}"
    if shows(without):
        return f"{floor.tool} {PROBES[floor.tool].before} has {floor.feature} already"
    return ""


def _printed(tool: str, version: str, folder: Path) -> str:
    """Return what *tool* in *version* prints of the files in *folder*, in an environment of its own."""
    place = folder.parent / f"{tool}-{version}"
    uv = (sys.executable, "-m", "uv")
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    for command in (
        [*uv, "venv", "--quiet", "--python", sys.executable, str(place)],
        [*uv, "pip", "install", "--quiet", "--python", str(python), f"{tool}=={version}"],
    ):
        subprocess.run(command, check=True)
    ran = subprocess.run(
        [str(python), *PROBES[tool].command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr


def main(_arguments: Sequence[str] | None = None) -> int:
    """Try every tool of :data:`PROBES`; 1 where a floor is not where the table has it."""
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "project")
        folder.mkdir()
        for name, text in FILES.items():
            (folder / name).write_text(text, "utf-8")
        for floor in (each for each in FLOORS if each.tool not in RECORDED):
            before = PROBES[floor.tool].before
            asked = [_printed(floor.tool, each, folder) for each in (floor.version, before)]
            fault = verdict(floor, *asked)
            wrong += bool(fault)
            print(fault or f"{floor.tool} {floor.version} has {floor.feature}, {before} has not")
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
