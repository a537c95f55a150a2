"""A byte order mark in front of TOML: every reader skips it, and says so once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence

import pytest

from trigpoint.extensions import Target
from trigpoint.extensions.explain import explain
from trigpoint.external.tables import read_table
from trigpoint.findings import Finding, apply_fix, without_mark
from trigpoint.labs.extensions.answer import answer as extensions
from trigpoint.labs.extensions.data import ExtensionsRequest
from trigpoint.metadata import from_project_table
from trigpoint.metadata.project.project import parse_toml
from trigpoint.metadata.project.pyproject import read_pyproject
from trigpoint.projects.adopt import adopt
from trigpoint.projects.builds.system import tables
from trigpoint.projects.builds.tree import Tree

TEXT = """[project]
name = "spam"
version = "1"
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[external]
dependencies = ["dep:generic/zlib"]
[[tool.trigpoint.extensions]]
name = "spam"
builder = "c"
module = "spam._core"
sources = ["a.c"]
"""
MARKED = f"\ufeff{TEXT}"
LINUX = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so")

READERS: dict[str, Callable[[str], Sequence[Finding]]] = {
    "pyproject": lambda text: read_pyproject(text).findings(),
    "project": lambda text: from_project_table(text).findings(),
    "no project": lambda text: from_project_table(text.replace("[project]", "[tool.x]")).findings(),
    "external": lambda text: read_table(text).findings,
    "no external": lambda text: read_table(text.replace("[external]", "[tool.x]")).findings,
    "extensions": lambda text: explain(text, LINUX).findings,
    "extensions lab": lambda text: extensions(ExtensionsRequest(text)).findings,
}


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_skips_and_tells(reader: str) -> None:
    """What is behind it is read as ever, and deleting it leaves nothing of the finding."""
    found = READERS[reader](MARKED)
    [mark] = [each for each in found if each.code == "pyproject-bom"]
    assert mark.span is not None
    assert mark.fix is not None
    assert (0, 1) == (mark.span.start, mark.span.end)
    assert TEXT == apply_fix(MARKED, mark.fix)
    others = [each.code for each in found if each.code != "pyproject-bom"]
    assert others == [each.code for each in READERS[reader](TEXT)]


@pytest.mark.parametrize("reader", READERS)
def test_a_broken_text_is_told_with_its_mark(reader: str) -> None:
    """Whoever mends the one need not come back for the other."""
    found = [each.code for each in READERS[reader](f"{MARKED}x = \n")]
    assert ["pyproject-bom", "metadata-toml"] == found
    assert ["metadata-toml"] == [each.code for each in READERS[reader](f"{TEXT}x = \n")]


def test_tomllib_refuses_it() -> None:
    """What the finding says of pip and build: they use this reader."""
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(MARKED)
    assert tomllib.loads(TEXT) == tomllib.loads(without_mark(MARKED))


def test_places_stay() -> None:
    """Places are those of the text with its mark, one letter on in the first line."""
    parsed, plain = parse_toml(MARKED), parse_toml(TEXT)
    assert not isinstance(parsed, Finding)
    assert not isinstance(plain, Finding)
    assert parsed[0] == plain[0]
    assert {path: place.start for path, place in parsed[1].items()} == {
        path: place.start + 1 for path, place in plain[1].items()
    }


def test_fixes_behind_it_are_proved() -> None:
    """A fix of something else is tried on the text as it is read."""
    [found] = [
        each
        for each in read_table('\ufeff[external]\nrequires = ["dep:generic/zlib"]\n').findings
        if each.code == "external-key"
    ]
    assert found.fix is not None
    assert "dependencies" == found.fix.replacement


def test_a_build_reads_its_tables() -> None:
    """The system that builds is the one that is named behind it."""
    assert (
        "hatchling.build"
        == tables(Tree({"pyproject.toml": MARKED.encode()}))["build-system"]["build-backend"]
    )


def test_what_is_adopted_begins_without() -> None:
    """A new pyproject.toml has no byte order mark, whatever the old one had."""
    made = adopt(
        {"pyproject.toml": b"\xef\xbb\xbf[tool.x]\n", "setup.cfg": b"[metadata]\nname = a\n"}
    )
    assert made.text
    assert "\ufeff" not in made.text
