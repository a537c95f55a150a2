"""The house stands: no floor imports from the one above it."""

from __future__ import annotations

import ast
from pathlib import Path

import trigpoint

PACKAGE = Path(trigpoint.__file__).parent

FLOORS = {
    "findings": 0,
    "kept": 0,
    "versions": 0,
    "catalogue": 1,
    "extensions": 2,
    "markers": 2,
    "archives": 3,
    "requirements": 3,
    "metadata": 4,
    "extras": 5,
    "external": 5,
    "wheels": 5,
    "installers": 5,
    "projects": 6,
    "labs": 7,
    "cli": 8,
    "__main__": 9,
    "sphinx": 8,
}
"""Lowest first, as in CONTRIBUTING; parts on one floor may use each other."""

BESIDE = {"extensions": {"findings", "catalogue"}}
"""Parts that stand beside the house, and what of it they may import."""

OUTSIDE = {
    "extensions": {"hatchling"},
    "external": {"hatchling"},
    "projects": {"yaml", "repo_review"},
    "cli": {"click"},
    "sphinx": {"docutils", "sphinx", "furo"},
}
"""What a part may import besides the standard library and packaging."""


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            assert node.module
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def _modules() -> list[Path]:
    return [
        path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem != "__init__"
    ]


def test_every_part_has_a_floor() -> None:
    """A new folder says where it stands."""
    assert {_part(path) for path in _modules()} <= {*FLOORS, *BESIDE}


def test_nothing_imports_upwards() -> None:
    """Each import goes to the same floor or down."""
    upward = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in _modules()
        for name in _imports(path)
        if name.startswith("trigpoint.")
        and (target := name.split(".")[1]) in {*FLOORS, *BESIDE}
        and target != _part(path)
        and FLOORS.get(target, 99) > FLOORS.get(_part(path), -1)
    ]
    assert [] == upward


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _circle(arrows: dict[str, set[str]]) -> list[str]:
    """Return the names along one circle of *arrows*, or nothing if there is none."""
    waiting = {name: set(targets) for name, targets in arrows.items()}
    while free := {name for name, targets in waiting.items() if not targets}:
        waiting = {name: targets - free for name, targets in waiting.items() if name not in free}
    if not waiting:
        return []
    name, seen = min(waiting), []
    while name not in seen:
        seen.append(name)
        name = min(waiting[name])
    return [*seen[seen.index(name) :], name]


def test_circle_is_found() -> None:
    """The search for circles finds one, and none where there is none."""
    assert ["a", "b", "a"] == _circle({"a": {"b"}, "b": {"a", "c"}, "c": set()})
    assert [] == _circle({"a": {"b", "c"}, "b": {"c"}, "c": set()})


def test_no_two_files_need_each_other() -> None:
    """Imports make no circle, wherever in a file they stand."""
    # A package's face takes from its files; a file that takes from a face takes from all of them.
    files = {_name(path): path for path in _modules()}
    arrows = {}
    for name, path in files.items():
        targets = _imports(path) & files.keys() - {name}
        # ``from package import file`` takes the file, not the face.
        arrows[name] = {
            target
            for target in targets
            if not any(other.startswith(f"{target}.") for other in targets)
        }
    assert [] == _circle(arrows)


def test_parts_beside_the_house_take_little_of_it() -> None:
    """What must be importable in a build environment imports what it may, and no more."""
    foreign = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in _modules()
        if (allowed := BESIDE.get(_part(path))) is not None
        for name in _imports(path)
        if name.startswith("trigpoint.")
        and (target := name.split(".")[1]) != _part(path)
        and target in {*FLOORS, *BESIDE}
        and target not in allowed
    ]
    assert [] == foreign


def test_core_needs_packaging_only() -> None:
    """The core imports the standard library and packaging, nothing else."""
    import sys

    foreign = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in _modules()
        for name in _imports(path)
        if (top := name.partition(".")[0]) not in sys.stdlib_module_names
        and top not in {"trigpoint", "packaging", *OUTSIDE.get(_part(path), set())}
    ]
    assert [] == foreign


ROOMS = {"reading": 0, "meaning": 1, "exact": 2, "writing": 3}
"""The rooms of markers, lowest first; what stands beside them is above them all."""


def test_rooms_of_markers_are_in_order() -> None:
    """No room imports from one above it, nor from what stands above all rooms."""
    upward = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in (PACKAGE / "markers").rglob("*.py")
        if (room := path.relative_to(PACKAGE).parts[1]) in ROOMS
        for name in _imports(path)
        if name.startswith("trigpoint.markers.") and ROOMS.get(name.split(".")[2], 9) > ROOMS[room]
    ]
    assert [] == upward
