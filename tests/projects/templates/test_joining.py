"""Layers are put together as the README of the templates says."""

from __future__ import annotations

import pytest

from trigpoint.projects.templates import Answers, render, templates
from trigpoint.projects.templates.catalogue import Layer
from trigpoint.projects.templates.joining import (
    join_lines,
    join_nox,
    join_readme,
    join_toml,
    without,
)
from trigpoint.projects.templates.stack import put_together


def messages(found: list[object]) -> list[str]:
    return [str(getattr(each, "message")) for each in found]  # noqa: B009


def test_tables_are_joined_and_sorted() -> None:
    """Lines go to the end of their table; tables are in the order that people expect."""
    first = (
        "# On top.\n\n[tool.b]\nx = 1\n\n# Of groups.\n[dependency-groups]\n\n[project.urls]\n\n"
        "[[tool.b.more]]\nz = 1\n"
    )
    second = (
        "[tool.a]\ny = 2\n\n# Why.\n[tool.b]\n# More.\ny = 3\n\n[project]\nname = 'x'\n\n"
        "[[tool.b.more]]\nz = 2\n\n[build-system]\n"
    )
    joined, findings = join_toml(first, second)
    assert [] == findings
    assert (
        "# On top.\n\n[build-system]\n\n[project]\nname = 'x'\n\n[project.urls]\n\n# Of groups.\n"
        "[dependency-groups]\n\n[tool.b]\nx = 1\n# Why.\n# More.\ny = 3\n\n[[tool.b.more]]\nz = 1\n"
        "\n[[tool.b.more]]\nz = 2\n\n[tool.a]\ny = 2\n"
    ) == joined


def test_headers_in_strings_are_none() -> None:
    """What looks like a header in a list or a string of many lines is no table."""
    text = 'x = """\n[a]\n"""\n\n[a]\ny = [\n  "[b]",\n]\n'
    assert (text + "z = 1\n", []) == join_toml(text, "[a]\nz = 1\n")


def test_the_same_key_twice() -> None:
    """Two layers that give one key do not fit, whichever would win."""
    (told,) = messages(list(join_toml("[a]\nx = 1\n", "[a]\nx = 2\n")[1]))
    assert told.startswith("two layers give the same key: ")


@pytest.mark.parametrize(("first", "second"), [("[a", "[a]\n"), ("[a]\n", "x = ")])
def test_no_toml(first: str, second: str) -> None:
    """A layer's file is TOML on its own; if it is not, the first stays."""
    joined, found = join_toml(first, second)
    assert first == joined
    assert messages(list(found))[0].startswith("a layer's file is no TOML: ")


TEXT = "[a]\n# Of x.\nx = [\n  1,\n]\ny = 2\n\n# Of b.\n[b]\nz = 1\n\n[c]\n"


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("a.x", "[a]\ny = 2\n\n# Of b.\n[b]\nz = 1\n\n[c]\n"),
        ("a.y", "[a]\n# Of x.\nx = [\n  1,\n]\n\n# Of b.\n[b]\nz = 1\n\n[c]\n"),
        ("b", "[a]\n# Of x.\nx = [\n  1,\n]\ny = 2\n\n[c]\n"),
        ("b.z", "[a]\n# Of x.\nx = [\n  1,\n]\ny = 2\n\n# Of b.\n[b]\n\n[c]\n"),
    ],
)
def test_what_is_taken_away(name: str, left: str) -> None:
    """A key goes with the comment above it and all its lines, a table with all that is in it."""
    assert (left, []) == without(TEXT, [name])


def test_what_is_taken_away_and_not_there() -> None:
    """A layer that takes away nothing is wrong about the layers below it."""
    text, found = without(TEXT, ["a.q", "q"])
    assert TEXT == text
    assert ["a.q is taken away and not there", "q is taken away and not there"] == messages(
        list(found)
    )


NOX = "import nox\n\nP = 1\n\n\n@nox.session\ndef a(s): ...\n"
MAIN = '\n\nif __name__ == "__main__":\n    nox.main()\n'


def test_sessions_go_before_the_main_block() -> None:
    """They follow those that are there, and the file can still be run."""
    second = "import nox\n\nP = 1\n\n\n@nox.session(python=P)\ndef b(s): ...\n"
    added = "\n\n@nox.session(python=P)\ndef b(s): ...\n"
    assert (NOX + added, []) == join_nox(NOX, second)
    assert (NOX + added + MAIN, []) == join_nox(NOX + MAIN, second)


def test_what_the_first_noxfile_lacks() -> None:
    """What a session needs above it must be there."""
    second = "import nox\nimport os\n\n@nox.session\ndef b(s): ...\n"
    assert ["the first noxfile does not have 'import os'"] == messages(
        list(join_nox(NOX, second)[1])
    )


def test_lines() -> None:
    """Each line stands once."""
    assert ("a\nb\nc\n", []) == join_lines("a\n\nb\n", "c\nb\n")


def stack(*layers: tuple[Layer, dict[str, bytes]]) -> tuple[dict[str, bytes], list[str]]:
    tree, found = put_together(layers)
    return tree, messages(list(found))


def test_a_later_file_replaces() -> None:
    """Files that are not joined are those of the last layer; the tree is sorted."""
    lower = {"b": b"1", "a": b"1", ".gitignore": b"x\n"}
    tree, found = stack((Layer(), lower), (Layer(), {"b": b"2", ".gitignore": b"y\n"}))
    assert ([], [".gitignore", "a", "b"]) == (found, list(tree))
    assert {".gitignore": b"x\ny\n", "a": b"1", "b": b"2"} == tree


def test_what_is_taken_away_comes_first() -> None:
    """A layer takes a key away before its own comes, so that it can give another value."""
    below = {"pyproject.toml": b"[a]\nx = 1\n"}
    above = (Layer(without=("a.x",)), {"pyproject.toml": b"[a]\nx = 2\n"})
    assert ({"pyproject.toml": b"[a]\nx = 2\n"}, []) == stack((Layer(), below), above)
    assert ["a.x is taken away and not there"] == stack(above)[1]


def test_files_that_are_dropped() -> None:
    """A file that is not there cannot be dropped."""
    below = (Layer(), {"a": b"", "b": b""})
    assert ({"a": b""}, []) == stack(below, (Layer(drops=("b",)), {}))
    assert ["c is dropped and not there"] == stack(below, (Layer(drops=("c",)), {}))[1]


def test_lines_that_are_struck() -> None:
    """A layer strikes lines of a file, whatever their indent; one that is not there is told."""
    below = (Layer(), {"a": b"x:\n  - b\n  - bc\n    - b \nlast"})
    strike: tuple[Layer, dict[str, bytes]] = (Layer(strikes=(("a", ("- b",)),)), {})
    assert ({"a": b"x:\n  - bc\nlast"}, []) == stack(below, strike)
    gone = (Layer(strikes=(("a", ("- b", "b")),)), {"a": b"new"})
    assert ({"a": b"new"}, ["b is struck from a and not there"]) == stack(below, gone)
    assert ["- b is struck from a and not there"] == stack(strike)[1]


def test_moves_come_last() -> None:
    """A layer above still knows the path from before; two files cannot get one path."""
    moving = (Layer(moves=(("src/", ""),)), {"src/a": b"1", "src/src/c": b"3"})
    assert ({"a": b"2", "docs/src/b": b"", "src/c": b"3"}, []) == stack(
        moving, (Layer(), {"src/a": b"2", "docs/src/b": b""})
    )
    assert ["two files move to one path"] == stack(moving, (Layer(), {"a": b""}))[1]


def test_sections_with_the_same_heading() -> None:
    """The later one stays alone, behind; text above the first heading and other sections stay."""
    first = "# A\n\nOne.\n\n## B\n\n1\n\n### C\n\n2\n\n## D\n\n3\n\n## B too\n\n4\n"
    second = "## B\n\n5\n\n### C\n\n6\n"
    assert (
        "# A\n\nOne.\n\n## D\n\n3\n\n## B too\n\n4\n\n## B\n\n5\n\n### C\n\n6\n",
        [],
    ) == join_readme(first, second)


@pytest.mark.parametrize("template", sorted(templates()))
def test_no_section_of_a_readme_stands_twice(template: str) -> None:
    """Whatever the layers of a template are, each heading is there once."""
    text = render(templates()[template], Answers())["README.md"].decode()
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert sorted(set(headings)) == sorted(headings)
