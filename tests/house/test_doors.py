"""One door from text to versions: nothing else reads a number or a version."""

from __future__ import annotations

import ast
from pathlib import Path

import trigpoint

PACKAGE = Path(trigpoint.__file__).parent
DOOR = "versions.py"

DOORS = frozenset({"Requirement", "Specifier", "SpecifierSet", "Version", "int"})
"""What raises a bare ValueError for digits enough, at once or when it is first asked."""

_OWN = "no reader wrote this text"

ALLOWED: dict[tuple[str, str], str] = {
    ("archives/tars.py", "int"): "bytes of a header, whose digits are counted just before",
    ("extensions/builders/cargo.py", "int"): "two digits, which the pattern counts",
    ("extensions/builders/cmake.py", "int"): "three digits, which the pattern counts",
    ("extensions/runner.py", "int"): "three digits, which are counted just before",
    ("extensions/sdistfile.py", "int"): "a time that tarfile has read",
    ("extensions/settings.py", "int"): "two digits, which the pattern counts",
    ("extensions/tables.py", "Requirement"): "its letters are counted, and ValueError is caught",
    ("extensions/tags.py", "int"): "four digits, which the pattern counts",
    ("extensions/targets.py", "int"): "two digits, which the pattern counts",
    ("extensions/wheelfile.py", "int"): "eleven digits, which are counted just before",
    (
        "installers/index/reading.py",
        "Requirement",
    ): "its letters are counted, and ValueError is caught",
    ("markers/exact/texts.py", "int"): "turns a truth into a number",
    ("requirements/differences.py", "SpecifierSet"): _OWN,
    ("requirements/requirement.py", "Requirement"): "the class that the file defines",
    ("requirements/requirement.py", "SpecifierSet"): _OWN,
}
"""Calls that were looked at, and why each is none on a reader's text, by file and name."""


def _calls(path: Path) -> set[str]:
    """Return which of the names *path* calls, or hands over to be called."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            # map(int, parts) and key=Version call them as well.
            handed = node.args if isinstance(node.func, ast.Name) and node.func.id == "map" else []
            values = [node.func, *handed, *(each.value for each in node.keywords)]
            for value in values:
                if isinstance(value, ast.Name):
                    found.add(value.id)
                elif isinstance(value, ast.Attribute) and value is node.func:
                    found.add(value.attr)
    return found & DOORS


def _found() -> set[tuple[str, str]]:
    return {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / DOOR
        for name in _calls(path)
    }


def test_nothing_else_reads_versions_and_numbers() -> None:
    """A call of Version, Specifier or int is in the door, or in the list with its reason."""
    assert set() == _found() - set(ALLOWED)


def test_the_list_has_no_call_that_is_gone() -> None:
    """What does not call them any more leaves the list, so that it cannot come back unseen."""
    assert set() == set(ALLOWED) - _found()


def test_the_search_finds_calls(tmp_path: Path) -> None:
    """Calls by name, by attribute, and by handing the name over are found; types are not."""
    file = tmp_path / "sample.py"
    file.write_text(
        "x: int = packaging.version.Version(y)\nlist(map(int, parts))\nisinstance(x, Specifier)\n"
    )
    assert {"Version", "int"} == _calls(file)
