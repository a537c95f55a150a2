"""``[build-system]``: what a build needs, and what it calls.

Source: pyproject.toml specification; PEP 517 and 518.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import NamedTuple

from trigpoint.metadata.project.sheet import Sheet, TomlRequirement
from trigpoint.metadata.project.toml import Path
from trigpoint.requirements import read_requirement

__all__ = ["BACKENDS", "BuildSystem", "read_build_system"]

_TABLE = "build-system"
_KEYS = ("requires", "build-backend", "backend-path")
_LEGACY = "setuptools.build_meta:__legacy__"
_OBJECT = re.compile(
    r"[^\W\d]\w*(?:\.[^\W\d]\w*)*(?:[ \t]*:[ \t]*[^\W\d]\w*(?:\.[^\W\d]\w*)*)?\Z"
).match
_DRIVE = re.compile(r"[A-Za-z]:").match

BACKENDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "setuptools": ("setuptools.build_meta", ("setuptools",)),
    "hatchling": ("hatchling.build", ("hatchling",)),
    "flit_core": ("flit_core.buildapi", ("flit-core",)),
    "flit": ("flit_core.buildapi", ("flit",)),
    "poetry": ("poetry.core.masonry.api", ("poetry-core", "poetry")),
    "pdm": ("pdm.backend", ("pdm-backend", "pdm-pep517")),
    "uv_build": ("uv_build", ("uv-build", "uv")),
    "mesonpy": ("mesonpy", ("meson-python",)),
    "scikit_build_core": ("scikit_build_core.build", ("scikit-build-core",)),
    "maturin": ("maturin", ("maturin",)),
    "whey": ("whey", ("whey",)),
    "sipbuild": ("sipbuild.api", ("sip",)),
    "jupyter_packaging": ("jupyter_packaging.build_api", ("jupyter-packaging",)),
    "pbr": ("pbr.build", ("pbr",)),
}
"""First part of a backend's module to its usual object, and the projects that bring it."""


class BuildSystem(NamedTuple):
    """The table, as far as it could be read.

    ``backend`` is the object that builds, that of setuptools where the table
    names none; ``backend_path`` is where it is in the project itself.
    """

    requires: tuple[TomlRequirement, ...]
    backend: str
    backend_path: tuple[str, ...]


def read_build_system(sheet: Sheet) -> BuildSystem | None:
    """Read the table of *sheet*, and report what is wrong with it there; None without one."""
    if _TABLE not in sheet.data:
        message = "there is no [build-system] table, so setuptools builds the project"
        fix = "add [build-system] with requires and build-backend"
        sheet.say("pyproject-build-missing", None, message, fix)
        return None
    path: Path = (_TABLE,)
    data = sheet.table_at(path, sheet.data[_TABLE])
    for key in data:
        if key not in _KEYS:
            close = difflib.get_close_matches(key[:60].lower().replace("_", "-"), _KEYS, n=1)
            fix = f"write {close[0]}" if close else "leave it out; tools have tables below [tool]"
            message = f"{key!r} is no key of [build-system]"
            sheet.add("pyproject-build-key", (*path, key), message, fix, key=True)
    backend = _backend(sheet, path, data)
    inside = _backend_path(sheet, (*path, "backend-path"), data.get("backend-path"))
    requires: list[TomlRequirement] = []
    whole = True
    if "requires" not in data:
        if isinstance(sheet.data[_TABLE], Mapping):
            known = BACKENDS.get(backend.partition(".")[0].partition(":")[0])
            project = known[1][0] if known else "the project of the backend"
            shown = f'requires = ["{project}"]' if known else f"requires, with {project}"
            message = "requires is missing, and tools refuse the table"
            sheet.add("pyproject-build-requires", path, message, f"add {shown}")
    else:
        value = data["requires"]
        if isinstance(value, str):
            fix = f"write [{sheet.written((*path, 'requires'))}]"
            sheet.wrong_type((*path, "requires"), value, "an array of requirements", fix)
            whole = False
        else:
            texts = sheet.texts_at((*path, "requires"), value)
            whole = isinstance(value, list) and len(texts) == len(value)
            for at, text in texts:
                if sheet.requirement(at, text).valid:
                    requires.append(sheet.requirements[-1])
                else:
                    whole = False
        if whole and not inside:
            _listed(sheet, path, backend, requires, named="build-backend" in data)
    return BuildSystem(tuple(requires), backend or _LEGACY, inside)


def _backend(sheet: Sheet, path: Path, data: Mapping[str, object]) -> str:
    """Return the backend that the table names; empty where that is none."""
    if "build-backend" not in data:
        return ""
    at = (*path, "build-backend")
    text = sheet.text_at(at, data["build-backend"])
    if text is None:
        return ""
    known = BACKENDS.get(text.replace("-", "_"))
    if not _OBJECT(text) and not known:
        message = f"{text!r} is no module, or module:object"
        sheet.add("pyproject-build-backend", at, message, f"write {_example(data)}")
        return ""
    if known and known[0] != text:
        message = f"{text!r} is no build backend; that of {known[1][0]} is {known[0]}"
        edit = sheet.exchange(at, 0, len(text), known[0])
        sheet.add("pyproject-build-backend", at, message, f"write {known[0]}", edit=edit)
        return known[0]
    return text


def _example(data: Mapping[str, object]) -> str:
    """Return the backend of the first known project among what the build needs."""
    requires = data.get("requires")
    for text in requires if isinstance(requires, list) else ():
        for backend, projects in BACKENDS.values():
            if isinstance(text, str) and text.startswith(projects[0]):
                return backend
    return "a module such as hatchling.build"


def _backend_path(sheet: Sheet, path: Path, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    found = sheet.texts_at(path, value)
    for at, text in found:
        if text.startswith(("/", "\\")) or _DRIVE(text) or ".." in re.split(r"[/\\]", text):
            message = f"{text!r} is not inside the project"
            fix = "name a folder of the project, relative to pyproject.toml"
            sheet.add("pyproject-build-path", at, message, fix)
    return tuple(text for _, text in found)


def _listed(
    sheet: Sheet, path: Path, backend: str, requires: list[TomlRequirement], *, named: bool
) -> None:
    """Report a backend that nothing in *requires* is known to bring."""
    if named and not backend:
        return
    first = (backend or _LEGACY).partition(":")[0].partition(".")[0]
    known = BACKENDS.get(first)
    if known is None:
        return
    names = {read_requirement(each.text).normalised for each in requires}
    if names.isdisjoint(known[1]):
        at: Path = (*path, "build-backend" if named else "requires")
        shown = backend if named else "without build-backend, setuptools builds the project; it"
        message = f"{shown} is in none of the projects that requires lists"
        sheet.add("pyproject-build-unlisted", at, message, f'add "{known[1][0]}" to requires')
