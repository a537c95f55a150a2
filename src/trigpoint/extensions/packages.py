"""Whether the package of a module is in the wheel that the module goes into.

A module whose folder has nothing else in it is imported from a namespace package that hardly
anybody means: the name of the package is mistyped, or the backend ships another folder.  Some
do mean it, so it is a warning.  Below a plain module nothing is imported at all, so that is an
error.

Source: https://docs.python.org/3/reference/import.html#namespace-packages
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions.outputs import module_of
from trigpoint.extensions.protocol import ExtensionError, Output, Target
from trigpoint.extensions.reached import HATCHLING, WRAPPER
from trigpoint.extensions.settings import value_at

__all__ = ["MOST_FOLDERS", "alone", "refuse_hidden", "without_folder"]

MOST_FOLDERS: Final = 2_000
"""Folders of a project that are looked through for a package; of a larger one nothing is said."""

_COPYING: Final = frozenset(
    {
        "flit_core.buildapi",
        HATCHLING,
        "pdm.backend",
        "poetry.core.masonry.api",
        "setuptools.build_meta",
        "uv_build",
    }
)
"""Backends whose wheels have folders of the project, under the names that these have there."""

_UNSEEN: Final = frozenset({"__pycache__", "build", "dist", "node_modules", "target", "venv"})
"""Folders that builds and installations leave."""

_SHOWN: Final = 5
"""Packages that a fix names."""


def _folder(output: Output, target: Target) -> str:
    """Return the folder of *output*, "" for one at the top and for what is no module of *target*."""
    return output.path.rpartition("/")[0] if module_of(output, target) else ""


def _importable(path: str) -> str:
    """Return where *path* of a wheel is imported from, "" if it is not.

    >>> _importable("a-1.data/purelib/a/b.py"), _importable("a-1.dist-info/METADATA")
    ('a/b.py', '')
    """
    top, _, rest = path.partition("/")
    if top.endswith(".data"):
        scheme, _, rest = rest.partition("/")
        return rest if scheme in ("platlib", "purelib") else ""
    return "" if top.endswith(".dist-info") else path


def _folders(paths: Iterable[str]) -> set[str]:
    """Return each folder that one of *paths* is in, directly or deeper."""
    found: set[str] = set()
    for path in paths:
        while path := path.rpartition("/")[0]:
            found.add(path)
    return found


def alone(
    outputs: Mapping[str, Sequence[Output]], packed: Iterable[str], target: Target
) -> Iterator[ExtensionError]:
    """Yield a warning for each module whose folder has nothing else in it.

    *outputs* are those of each extension by name, for *target*; *packed* the paths that the
    backend puts into the same wheel.

    >>> target = Target("cpython", (3, 13), "linux_x86_64", ".so")
    >>> [found] = alone({"core": [Output("snow_cap/_core.so")]}, ["snowcap/__init__.py"], target)
    >>> found.message, found.fix
    ('nothing else of the wheel is in snow_cap/, where snow_cap/_core.so goes', 'did you mean snowcap?')
    """
    every = [each for some in outputs.values() for each in some if each.scheme != "internal"]
    paths = [path for each in packed if (path := _importable(each))]
    paths += [
        each.path
        for each in every
        if each.scheme in ("platlib", "purelib") and not module_of(each, target)
    ]
    there = _folders(paths)
    for name, some in outputs.items():
        for each in some:
            folder = _folder(each, target)
            if folder and folder not in there:
                yield ExtensionError(
                    "extension-package-missing",
                    f"nothing else of the wheel is in {folder}/, where {each.path} goes",
                    fix=_fix(folder, there),
                    extension=name,
                )


def _fix(folder: str, there: Iterable[str]) -> str:
    """Return what to do about the *folder* that is not among those that are *there*."""
    known = sorted(each.replace("/", ".") for each in there)
    dotted = folder.replace("/", ".")
    if close := difflib.get_close_matches(dotted, known, 1, 0.8):
        return f"did you mean {close[0]}?"
    more = ", ..." if len(known) > _SHOWN else ""
    ships = f", which ships {', '.join(known[:_SHOWN])}{more}," if known else ""
    return f"let the backend{ships} ship {_meant(folder)}"


def _meant(folder: str) -> str:
    """Return the end of each fix: *folder* as a package, and what makes it one that is meant."""
    return (
        f"{folder.replace('/', '.')}, or name another package;"
        f" where it is meant, a stub or py.typed in {folder}/ says so"
    )


def refuse_hidden(
    outputs: Mapping[str, Sequence[Output]], packed: Iterable[str], target: Target
) -> None:
    """Raise ``extension-output-clash`` for a module in a folder that a plain module hides.

    With ``a.py`` beside it, ``a/_b.so`` is never imported, unless there is an
    ``a/__init__.py``.  *outputs*, *packed* and *target* are as for :func:`alone`.

    >>> target = Target("cpython", (3, 13), "linux_x86_64", ".so")
    >>> refuse_hidden({"core": [Output("a/_b.so")]}, ["a.py", "a/__init__.py"], target)
    """
    stems: dict[str, str] = {}
    for path in (
        *map(_importable, packed),
        *(each.path for some in outputs.values() for each in some if each.scheme != "internal"),
    ):
        folder, _, last = path.rpartition("/")
        stem, dot, _ = last.partition(".")
        if dot and (last.endswith(".py") or module_of(Output(path), target)):
            stems[f"{folder}/{stem}" if folder else stem] = path
    for name, some in outputs.items():
        for each in some:
            folder = _folder(each, target)
            while folder:
                if folder in stems and f"{folder}/__init__" not in stems:
                    raise ExtensionError(
                        "extension-output-clash",
                        f"{each.path} cannot be imported: {stems[folder]} is a module, and Python"
                        f" looks for nothing in {folder}/",
                        fix=f"make that module {folder}/__init__.py, or name another package",
                        extension=name,
                    )
                folder = folder.rpartition("/")[0]


def without_folder(
    outputs: Mapping[str, Sequence[Output]], document: Mapping[str, Any], root: Path, target: Target
) -> Iterator[ExtensionError]:
    """Yield a warning for each module whose package no folder of the project in *root* is.

    *outputs* are what each extension will make for *target*, by name.  Nothing is said where
    *document*, the ``pyproject.toml``, or a file beside it may let a wheel have other folders than
    the project, nor of a project with more than :data:`MOST_FOLDERS` of them.
    """
    others = _folders(
        each.path for some in outputs.values() for each in some if not module_of(each, target)
    )
    wanted = {
        folder
        for some in outputs.values()
        for each in some
        if (folder := _folder(each, target))
        and folder not in others
        and not any((root / place / folder).is_dir() for place in ("src", "."))
    }
    if not wanted or not _copied(document, root):
        return
    there = _walked(root)
    if len(there) > MOST_FOLDERS:
        return
    missing = {
        folder for folder in wanted if not any(f"/{each}".endswith(f"/{folder}") for each in there)
    }
    known = sorted({each.removeprefix("src/") for each in there} - {"src"})
    for name, some in outputs.items():
        for each in some:
            if (folder := _folder(each, target)) in missing:
                close = difflib.get_close_matches(folder, known, 1, 0.8)
                yield ExtensionError(
                    "extension-package-missing",
                    f"no folder of the project is {folder}/, where {each.path} goes",
                    fix=f"did you mean {close[0].replace('/', '.')}?"
                    if close
                    else f"write the package {_meant(folder)}",
                    extension=name,
                )


def _copied(document: Mapping[str, Any], root: Path) -> bool:
    """Return whether a wheel certainly has the folders of the project, under their own names."""
    backend = value_at(document, "build-system", "build-backend")
    if backend == WRAPPER:
        backend = value_at(document, "tool", "trigpoint", "backend")
    if backend not in _COPYING or value_at(document, "build-system", "backend-path"):
        return False
    if any((root / each).exists() for each in ("setup.py", "setup.cfg", "hatch.toml")):
        return False
    hatch = value_at(document, "tool", "hatch", "build")
    for build in (hatch, value_at(hatch, "targets", "wheel")):
        hooks = value_at(build, "hooks")
        if isinstance(value_at(build, "sources"), Mapping) or value_at(build, "force-include"):
            return False
        if isinstance(hooks, Mapping) and set(hooks) - {"trigpoint"}:
            return False
    folders = value_at(document, "tool", "setuptools", "package-dir")
    if isinstance(folders, Mapping) and set(folders) - {""}:
        return False
    packages = value_at(document, "tool", "poetry", "packages")
    if isinstance(packages, list) and any(value_at(each, "to") for each in packages):
        return False
    return not value_at(document, "tool", "poetry", "build") and not value_at(
        document, "tool", "pdm", "build", "custom-hook"
    )


def _walked(root: Path) -> set[str]:
    """Return the folders below *root*, a few too many if there are more than are looked through."""
    found: set[str] = set()
    for where, folders, _ in os.walk(root):
        folders[:] = [each for each in folders if each not in _UNSEEN and not each.startswith(".")]
        found.update(Path(where, each).relative_to(root).as_posix() for each in folders)
        if len(found) > MOST_FOLDERS:
            break
    return found
