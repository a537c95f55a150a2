"""The hook for pre-commit runs the command on the files that a folder's check would find."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trigpoint.projects.kinds import kind_of_name

FILE = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


def pattern() -> re.Pattern[str]:
    """Return the pattern of the hook's files: the block below ``files``, without its margin."""
    block = FILE.read_text("utf-8").partition("files: |\n")[2].partition("  require")[0]
    return re.compile("\n".join(line.removeprefix("    ") for line in block.splitlines()))


@pytest.mark.parametrize(
    "path",
    [
        "pyproject.toml",
        "packages/a/pyproject.toml",
        "requirements.txt",
        "requirements.in",
        "docs/requirements-docs.txt",
        "dev_requirements.txt",
        "requirements/base.txt",
        "a/requirements/base.in",
        "constraints.txt",
        "constraints-3.12.txt",
        "constraints/newest.txt",
        "constraint.txt",
        "METADATA",
        "a-1.dist-info/METADATA",
        "PKG-INFO",
        "setup.py",
        "requirements.md",
        "requirements.txt.bak",
        "myrequirements.txt",
        "requirementsx.txt",
        "requirements/a/b.txt",
        "README.txt",
        "XMETADATA",
    ],
)
def test_the_hook_takes_the_files_that_are_read(path: str) -> None:
    """No more and no fewer than the names that say what a file is."""
    assert bool(kind_of_name(path)) == bool(pattern().search(path))


def test_the_hook_runs_the_command() -> None:
    """With what the command line needs."""
    text = FILE.read_text("utf-8")
    for line in (
        "- id: trigpoint-check",
        "  entry: trigpoint check",
        "  language: python",
        '  additional_dependencies: [".[cli]"]',
        "  require_serial: true",
    ):
        assert line in text.splitlines()
