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
    warnings = build({"index": page}).warning.getvalue()
    assert "index.rst:9: WARNING: 'os' is not a marker variable [trigpoint.toml]" in warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = ", [(1, "the text is no TOML: Invalid value")]),
        ('[build-system]\nrequires = ["a b"]', [(2, "'b' looks like a second requirement")]),
        (
            "[build-system]\nrequires = 1",
            [(2, "build-system.requires must be an array of strings; here it is a number")],
        ),
        ("build-system = 1", [(1, "build-system must be a table; here it is a number")]),
        (
            '[project.optional-dependencies]\nx = ["a;"]',
            [(2, "there is no marker here")],
        ),
        (
            '[project]\ndependencies = "abc"',
            [(2, "project.dependencies must be an array of strings; here it is a string")],
        ),
        (
            '[project.optional-dependencies]\nx = ["a b", 1]\ny = 1',
            [
                (2, "'b' looks like a second requirement"),
                (2, "project.optional-dependencies.x[1] must be a string; here it is a number"),
                (
                    3,
                    "project.optional-dependencies.y must be an array of strings; here it is a number",
                ),
            ],
        ),
        (
            "[project]\noptional-dependencies = 1",
            [(2, "project.optional-dependencies must be a table; here it is a number")],
        ),
        ("project = 1", [(1, "project must be a table; here it is a number")]),
        (
            '[dependency-groups]\nx = ["a", {include-group = "y"},\n"b>>1", 1]',
            [
                (3, "'>>1' is no version specifier"),
                (3, "a group lists requirements and includes; this is a number"),
            ],
        ),
        (
            "[dependency-groups]\nx = 1",
            [
                (
                    2,
                    "dependency-groups.x must be an array of requirements and includes; here it is a number",
                )
            ],
        ),
        ("dependency-groups = 1", [(1, "dependency-groups must be a table; here it is a number")]),
        (
            '[project]\ndependencies = ["a b"]\n[build-system]\nrequires = ["c d"]',
            [
                (2, "'b' looks like a second requirement"),
                (4, "'d' looks like a second requirement"),
            ],
        ),
    ],
)
def test_problems(text: str, expected: list[tuple[int, str]]) -> None:
    """Every place where a pyproject.toml holds requirements is read, whatever stands there."""
    assert expected == problems(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[tool.x]\na = 1",
        '[project]\ndependencies = ["a"]',
        '[project]\nname = "x"\nversion = "1"\nreadme = "README.md"\nlicense = {file = "LICENSE"}',
        "[build-system]",
        '[dependency-groups]\nx = ["a", {include-group = "y"}]',
    ],
)
def test_excerpts_are_no_problem(text: str) -> None:
    """A snippet need not be a whole file, and may show what is deprecated."""
    assert [] == problems(text)


def test_myst_page_names_the_line_too(build: Callable[..., Any], tmp_path: Path) -> None:
    """In a page in MyST the place is a line of the file as well."""
    pytest.importorskip("myst_parser")
    (tmp_path / "source").mkdir()
    text = "# Title\n\n```{checked-toml} a.toml\n[project]\nname = 1\n```\n"
    (tmp_path / "source" / "page.md").write_text(text, "utf-8")
    app = build(
        {"index": ".. toctree::\n\n   page"},
        confoverrides={"extensions": ["myst_parser", "trigpoint.sphinx"]},
    )
    expected = "page.md:5: WARNING: project.name must be a string; here it is a number"
    assert expected in app.warning.getvalue()
