"""One name, one thing: few classes share a name, and none of them in one room."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import trigpoint

PACKAGE = Path(trigpoint.__file__).parent

MOST = 3
"""Files that may have a class of the same name; a reader has to tell them apart by the import."""


def _classes(package: Path) -> dict[str, list[str]]:
    """Return, by the name of each public class below *package*, the files that have one."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(package.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path.relative_to(package).as_posix())
    return found


def _rooms(paths: list[str]) -> set[str]:
    return {path.rpartition("/")[0] for path in paths}


def test_few_classes_share_a_name() -> None:
    """A fourth file gets a name of its own."""
    assert {} == {name: each for name, each in _classes(PACKAGE).items() if len(each) > MOST}


def test_no_two_classes_of_a_folder_share_a_name() -> None:
    """Within a folder a name is enough to know which is meant."""
    shared = {
        name: each for name, each in _classes(PACKAGE).items() if len(_rooms(each)) < len(each)
    }
    assert {} == shared


def test_the_search_finds_classes(tmp_path: Path) -> None:
    """Public classes are found, wherever they are; private ones have no other readers."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.py").write_text("class Found: ...\nclass _Own: ...\n")
    found = _classes(tmp_path)
    assert {"Found": ["a/x.py", "b/x.py"]} == found
    assert {"a", "b"} == _rooms(found["Found"])
