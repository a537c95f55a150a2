"""No two files import each other, directly or by others; an import in a function counts."""

from __future__ import annotations

import ast
from pathlib import Path

import trigpoint

PACKAGE = Path(trigpoint.__file__).parent

EXEMPT = ("trigpoint.markers", "trigpoint.labs", "trigpoint.cli", "trigpoint.sphinx")
"""Parts that still have circles; shorten this list."""


def modules() -> dict[str, Path]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = ("trigpoint", *path.relative_to(PACKAGE).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(known: dict[str, Path]) -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    for module, path in known.items():
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    inner = f"{node.module}.{alias.name}"
                    # A package may export a function with the name of its file.
                    names.add(
                        inner if inner in known and node.module == "trigpoint" else node.module
                    )
        graph[module] = {name for name in names if name in known} - {module}
    return graph


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """Take away what imports nothing that is left, and what nothing left imports."""
    left = {module: set(names) for module, names in graph.items()}
    while True:
        imported = set().union(*left.values()) if left else set()
        gone = {module for module, names in left.items() if not names or module not in imported}
        if not gone:
            return [{*left}] if left else []
        left = {module: names - gone for module, names in left.items() if module not in gone}


def test_the_search_finds_circles() -> None:
    """Two files that import each other are a circle, with or without others around."""
    assert [{"a", "b"}] == circles({"a": {"b", "d"}, "b": {"a"}, "c": {"a"}, "d": set()})
    assert [] == circles({"a": {"b"}, "b": {"c"}, "c": set()})


def test_no_circles() -> None:
    """The files of each part can be put in an order in which imports go down only."""
    graph = imports(modules())
    assert len(graph["trigpoint.metadata.document"]) > 4
    kept = {
        module: {name for name in names if not name.startswith(EXEMPT)}
        for module, names in graph.items()
        if not module.startswith(EXEMPT)
    }
    assert [] == circles(kept)
