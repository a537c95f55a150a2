"""trigpoint adopt, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trigpoint.cli.app import app


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "setup.cfg").write_text("[metadata]\nname = spam\nversion = 1\nlicense = MIT\n")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["adopt", *map(str, arguments)])


def test_the_new_file_is_printed(project: Path) -> None:
    """The text goes to standard output and the rest to standard error; nothing is written."""
    result = run(project)
    assert 0 == result.exit_code
    assert result.stdout.startswith("[build-system]\n")
    assert 'name = "spam"\n' in result.stdout
    assert "setup.cfg:2" in result.stderr
    assert "setup.cfg says nothing more" in result.stderr
    assert ["setup.cfg"] == [path.name for path in project.iterdir()]


def test_what_a_build_fills_in_is_open(project: Path) -> None:
    """A value that a build fills in is not said to be the same."""
    (project / "PKG-INFO").write_text("Name: spam\nVersion: 1\nLicense: MIT\nLicense-File: L\n")
    result = run(project)
    assert "open    License-File: a build fills it in" in result.stderr
    assert "nothing differs that matters" in result.stderr


def test_write(project: Path) -> None:
    """--write writes the file of the folder, and nothing to standard output."""
    printed = run(project).stdout
    result = run(project, "--write")
    assert (0, "") == (result.exit_code, result.stdout)
    assert printed == (project / "pyproject.toml").read_text()


def test_write_needs_a_folder(project: Path) -> None:
    """An archive is read, and cannot be written to."""
    result = run(project / "setup.cfg", "--write")
    assert 2 == result.exit_code
    assert "--write needs a folder" in result.stderr


def test_write_where_that_cannot_be(project: Path) -> None:
    """A file that cannot be written is said in a sentence."""
    (project / "pyproject.toml").mkdir()
    result = run(project, "--write")
    assert 1 == result.exit_code
    assert "pyproject.toml: " in result.stderr


def test_diff(project: Path) -> None:
    """--diff writes a patch that git apply takes."""
    (project / "pyproject.toml").write_text("[tool.x]\na = 1\n")
    assert run(project, "--diff").stdout.startswith("--- a/pyproject.toml\n+++ b/pyproject.toml\n")


def test_metadata_of_a_build(project: Path) -> None:
    """METADATA is compared with the new table: what is the same and why, and what is not."""
    built = project / "built.txt"
    built.write_text("Metadata-Version: 2.1\nName: spam\nVersion: 2\nLicense: MIT\n")
    result = run(project, "--metadata", built)
    assert 0 == result.exit_code
    assert "differs Version: '2' becomes '1'" in result.stderr
    assert "same    License, License-Expression: " in result.stderr
    assert "1 difference matters" in result.stderr
    built.write_text("Metadata-Version: 2.1\nName: spam\nVersion: 1\nLicense: MIT\n")
    assert "nothing differs that matters" in run(project, "--metadata", built).stderr


def test_an_error_ends_with_a_status(project: Path) -> None:
    """What could not be carried over is shown with its line, and the status is 1."""
    (project / "setup.py").write_text("setup(description=read())\n")
    result = run(project)
    assert 1 == result.exit_code
    assert "error[adopt-computed]" in result.stderr
    assert "setup.py:1:19" in result.stderr
    assert 'name = "spam"\n' in result.stdout


def test_nothing_to_adopt(tmp_path: Path) -> None:
    """Without an old form there is no text."""
    result = run(tmp_path)
    assert (1, "") == (result.exit_code, result.stdout)
    assert "adopt-nothing" in result.stderr
