"""Configuration on a page comes from a file, or is checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trigpoint.sphinx.fences import problems

CHECKED = {"trigpoint_checked_languages": ["toml"]}
UNREAD = "a block of toml that nothing runs"


def test_raw_block_is_reported_with_its_place(build: Callable[..., Any]) -> None:
    """A block that somebody typed is a warning, which -W makes an error."""
    app = build({"index": ".. code-block:: toml\n\n   a = 1\n"}, confoverrides=CHECKED)
    assert UNREAD in app.warning.getvalue()
    assert "index.rst:6" in app.warning.getvalue()


def test_other_projects_choose(build: Callable[..., Any]) -> None:
    """Without the configuration, nothing is checked."""
    assert "" == build({"index": ".. code-block:: toml\n\n   a = 1\n"}).warning.getvalue()


def test_block_from_a_file_is_accepted(build: Callable[..., Any], tmp_path: Path) -> None:
    """A file has tests of its own."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.toml").write_text("a = 1\n", "utf-8")
    page = ".. literalinclude:: a.toml\n   :language: toml\n"
    assert "" == build({"index": page}, confoverrides=CHECKED).warning.getvalue()


def test_checked_block_is_accepted(build: Callable[..., Any]) -> None:
    """A block that is read and right passes, under its file name."""
    page = '.. checked-toml:: pyproject.toml\n\n   [project]\n   dependencies = ["a>=1"]\n'
    app = build({"index": page}, confoverrides=CHECKED)
    assert "" == app.warning.getvalue()
    assert "pyproject.toml" in (app.outdir / "index.html").read_text("utf-8")


def test_wrong_requirement_is_reported(build: Callable[..., Any]) -> None:
    """A marker that is wrong inside a block fails the build."""
    page = '.. checked-toml::\n\n   [project]\n   dependencies = ["a; os = 1"]\n'
    assert "ERROR: a; os = 1: " in build({"index": page}).warning.getvalue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = ", "Invalid value"),
        ('[build-system]\nrequires = ["a b"]', "a b: "),
        ('[project.optional-dependencies]\nx = ["a;"]', "a;: there is no marker"),
        ('[dependency-groups]\nx = ["a", {include-group = "y"}, "b>>1"]', "b>>1: "),
    ],
)
def test_problems(text: str, expected: str) -> None:
    """Every place where a pyproject.toml holds requirements is read."""
    assert expected in "\n".join(problems(text))
