"""Signs that a build would compile something, or run what a page cannot run.

Idea: an extension that fails to build may be optional, so that the build goes on and
gives a wheel without it, named for every platform: a wrong file that looks right.  So
nothing is tried: what announces a compiler is looked for first, and the plan says what
a build would do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from trigpoint.projects.builds.system import System, tables
from trigpoint.projects.builds.tree import Tree

__all__ = ["COMPILERS", "READY", "Sign", "signs"]

COMPILERS: Final[Mapping[str, tuple[str, ...]]] = {
    "maturin": ("run cargo, which compiles the Rust crate", "put the library into the wheel"),
    "scikit-build-core": (
        "run CMake to configure the project",
        "compile with the generator that CMake chose, such as Ninja",
        "install what CMake's install rules name into the wheel",
    ),
    "meson-python": (
        "run meson setup",
        "compile with ninja",
        "run meson install into the wheel",
    ),
    "uv-build": ("run the program uv-build, which is written in Rust and ready in its wheel",),
    "sip": ("generate C++ from the .sip files", "compile it with the C++ compiler"),
}
"""What a build of each backend that is no pure Python does, step by step."""

READY: Final = frozenset({"uv-build"})
"""Those that are programs, ready in their wheels, and compile nothing of a project."""

_HELPERS: Final = {
    "cython": "translate the .pyx files to C with Cython",
    "pybind11": "compile C++ against the headers of pybind11",
    "nanobind": "compile C++ against the headers of nanobind",
    "cffi": "generate C with cffi and compile it",
    "mypy": "compile modules with mypyc, if setup.py does",
    "setuptools-rust": "run cargo, which compiles the Rust crates",
    "numpy": "compile against the headers of NumPy",
    "hatch-cython": "translate the .pyx files to C with Cython",
    "hatch-mypyc": "compile modules with mypyc",
}

_SETUP_PY: Final = re.compile(
    rb"^[^#\n]*?\b(ext_modules|Extension[ \t]*\(|cffi_modules|cythonize|rust_extensions|mypycify"
    rb"|RustExtension|Pybind11Extension|CMakeExtension)",
    re.MULTILINE,
).search
_SETUP_CFG: Final = re.compile(
    rb"^[ \t]*(ext_modules|ext-modules|cffi_modules)\b", re.MULTILINE
).search


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: the ``file`` that it is in, ``what`` is in it, and the ``step`` of a build."""

    file: str
    what: str
    step: str


def signs(tree: Tree, system: System) -> list[Sign]:
    """Return what in *tree*, which *system* builds, announces a compiler; empty for pure Python.

    >>> system = System(("setuptools",), "setuptools.build_meta", (), stated=True)
    >>> signs(Tree({"setup.py": b"setup(ext_modules=[...])"}), system)[0].what
    'ext_modules'
    """
    return list(_signs(tree, system))


def _signs(tree: Tree, system: System) -> Iterator[Sign]:
    for step in COMPILERS.get(system.project, ()):
        yield Sign("pyproject.toml", system.backend, step)
    from trigpoint.requirements import read_requirement

    for text in system.requires:
        if step := _HELPERS.get(read_requirement(text).normalised, ""):
            yield Sign("pyproject.toml", text, step)
    compiler = "compile the extension modules with the C compiler"
    tool = _at(tables(tree), "tool")
    if system.project == "setuptools":
        if "ext-modules" in _at(tool, "setuptools"):
            yield Sign("pyproject.toml", "ext-modules", compiler)
        for name, search in (("setup.py", _SETUP_PY), ("setup.cfg", _SETUP_CFG)):
            if found := search(tree.files.get(name, b"")):
                yield Sign(name, found[1].decode("ascii").rstrip("( \t"), compiler)
    build = _at(tool, "poetry").get("build")
    if system.project == "poetry-core" and build:
        script = build.get("script") if isinstance(build, Mapping) else build
        if isinstance(script, str):
            yield Sign("pyproject.toml", "tool.poetry.build", f"run {script}, mostly to compile")
    if system.project == "pdm-backend" and _at(tool, "pdm", "build").get("run-setuptools"):
        yield Sign("pyproject.toml", "run-setuptools", "let setuptools compile extension modules")
    if system.project == "hatchling":
        for name in ("cython", "mypyc"):
            if name in _at(tool, "hatch", "build", "hooks") or name in _at(
                tool, "hatch", "build", "targets", "wheel", "hooks"
            ):
                yield Sign("pyproject.toml", f"hooks.{name}", _HELPERS[f"hatch-{name}"])


def _at(data: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    for name in path:
        found = data.get(name)
        if not isinstance(found, Mapping):
            return {}
        data = found
    return data
