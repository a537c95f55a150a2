"""What is kept about a reader's text is bounded in letters: one mechanism does it for all."""

from __future__ import annotations

import ast
from pathlib import Path

import trigpoint

PACKAGE = Path(trigpoint.__file__).parent
MECHANISM = "kept.py"

CACHES = frozenset({"cache", "lru_cache"})
"""What keeps answers by their number alone, or all of them."""

_CLASSES = "classes of requests and responses"
_SCREEN = "the last texts on the screen, which are held anyway"
_OWN = "names of our own; another one is an error, which is not kept"
_CALL = "lives as long as one call"

ALLOWED: dict[tuple[str, str], str] = {
    ("extras/remembered.py", "memory"): "environments and rules, each with a bound of its own",
    ("external/mappings.py", "mapping"): _OWN,
    ("external/offers.py", "usual"): "names of our own mappings, the same whoever asks",
    ("installers/index/reading.py", "_asked"): "its letters are counted just before",
    ("installers/index/reading.py", "_reads"): "its letters are counted just before",
    ("installers/prediction.py", "see"): _CALL,
    ("labs/algebra/drawing.py", "draw"): "pictures, whose size is bounded where they are made",
    ("labs/builds/answer.py", "_built"): "projects of our own shelf, and four of them",
    ("labs/codec.py", "_fields"): _CLASSES,
    ("labs/codec.py", "_names"): _CLASSES,
    ("labs/documents.py", "_opened"): _SCREEN,
    ("labs/extras/keeping.py", "_kept"): "contexts; what is in one is counted in letters there",
    ("labs/memory.py", "statements_of"): _SCREEN,
    ("labs/metadata/html.py", "_case"): "cases of the record",
    ("markers/exact/nowhere.py", "_values"): "the variables that platforms have",
    ("markers/exact/texts.py", "moves"): _CALL,
    ("metadata/fields.py", "_read"): "a longer version than LONGEST_VERSION is an error",
    ("projects/templates/rendering.py", "_stacked"): "names of our own layers",
    ("wheels/environments.py", "tag_environment"): _OWN,
}
"""Functions that keep answers in another way, and why none of these grows with what is pasted."""


def _kept(path: Path) -> set[str]:
    """Return the functions of *path* that keep what they answered to an argument."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and (node.args.args or node.args.posonlyargs):
            for each in node.decorator_list:
                called = each.func if isinstance(each, ast.Call) else each
                name = called.attr if isinstance(called, ast.Attribute) else called
                if (name.id if isinstance(name, ast.Name) else name) in CACHES:
                    found.add(node.name)
    return found


def _found() -> set[tuple[str, str]]:
    return {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / MECHANISM
        for name in _kept(path)
    }


def test_what_is_kept_is_bounded_in_letters() -> None:
    """A function that keeps answers does it with keeps, or is in the list with its reason."""
    assert set() == _found() - set(ALLOWED)


def test_the_list_has_no_function_that_is_gone() -> None:
    """What does not keep any more leaves the list."""
    assert set() == set(ALLOWED) - _found()


def test_the_search_finds_caches(tmp_path: Path) -> None:
    """By name and by attribute, with and without a size; tables without arguments are none."""
    file = tmp_path / "sample.py"
    file.write_text(
        "@functools.lru_cache(maxsize=4)\ndef a(x): ...\n@cache\ndef b(x): ...\n"
        "@functools.cache\ndef c(): ...\n@keeps(4)\ndef d(x): ...\n"
    )
    assert {"a", "b"} == _kept(file)
