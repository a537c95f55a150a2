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


def test_the_hook_of_the_whole_project_runs_where_a_review_looks() -> None:
    """Each file that a check reads starts it, and it gets the folder, not the files."""
    block = FILE.read_text("utf-8").partition("- id: trigpoint-review\n")[2]
    assert "  entry: trigpoint check .\n" in block
    assert "  pass_filenames: false\n" in block
    assert '  additional_dependencies: [".[cli,review]"]\n' in block
    files = block.partition("files: |\n")[2].partition("  pass_filenames")[0]
    runs = re.compile("\n".join(line.removeprefix("    ") for line in files.splitlines()))
    for path in (
        "pyproject.toml",
        "setup.py",
        "noxfile.py",
        "tox.ini",
        "tox.toml",
        "cibuildwheel.toml",
        ".readthedocs.yaml",
        ".pre-commit-config.yaml",
        ".github/workflows/ci.yml",
    ):
        assert runs.search(path), path
    assert not runs.search("docs/pyproject.toml")
    assert not runs.search("src/a.py")
