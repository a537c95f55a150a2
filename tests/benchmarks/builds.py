"""How long a wheel with compiled files takes to build: from nothing, again, and after a change.

Each contender builds the same C, one module of one or of seven files, with its own backend and
without an isolated environment, whose installation would drown everything else.
"""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from tests.benchkit import Bar, Benchmark, Way, faster
from tests.benchkit.declare import OURS, Cold

__all__ = ["BENCHMARKS"]

FILES: Final = 7
"""How many files the large module has."""

_HOOK: Final = """
import importlib, json, sys
backend, folder, settings = json.loads(sys.argv[1])
print()
print(importlib.import_module(backend).build_wheel(folder, settings))
"""

_PART: Final = """
#include <math.h>
double part_{0}(const double *values, int count) {{
    double sum = 0.0;
    for (int i = 0; i < count; i++) sum += sin(values[i]) * {0} + cos(values[i]);
    return sum;
}}
"""

_MODULE: Final = """
#include <Python.h>
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "_core"};
PyMODINIT_FUNC PyInit__core(void) { return PyModuleDef_Init(&module); }
"""

_PROJECT: Final = """
[build-system]
requires = []
build-backend = "{backend}"
[project]
name = "snow-cap"
version = "0.1.0"
description = "Snow."
"""


def _sources(count: int) -> list[str]:
    return ["core.c", *(f"part{number}.c" for number in range(1, count))]


def _flit(count: int) -> dict[str, str]:
    sources = json.dumps(_sources(count))
    return {
        "pyproject.toml": _PROJECT.format(backend="trigpoint.extensions.backend")
        + '[tool.trigpoint]\nbackend = "flit_core.buildapi"\n'
        + '[[tool.trigpoint.extensions]]\nname = "core"\nbuilder = "c"\n'
        + f'module = "snow_cap._core"\nsources = {sources}\n'
    }


def _setuptools(count: int) -> dict[str, str]:
    return {
        "pyproject.toml": _PROJECT.format(backend="setuptools.build_meta"),
        "setup.py": "from setuptools import Extension, setup\n"
        'setup(packages=["snow_cap"], '
        f'ext_modules=[Extension("snow_cap._core", {_sources(count)!r})])\n',
    }


def _scikit_build(count: int) -> dict[str, str]:
    return {
        "pyproject.toml": _PROJECT.format(backend="scikit_build_core.build")
        + '[tool.scikit-build]\nwheel.packages = ["snow_cap"]\nbuild-dir = "build"\n',
        "CMakeLists.txt": "cmake_minimum_required(VERSION 3.20)\nproject(snow LANGUAGES C)\n"
        "find_package(Python REQUIRED COMPONENTS Interpreter Development.Module)\n"
        f"python_add_library(_core MODULE {' '.join(_sources(count))} WITH_SOABI)\n"
        "install(TARGETS _core DESTINATION snow_cap)\n",
    }


def _meson(count: int) -> dict[str, str]:
    sources = ", ".join(map(repr, _sources(count)))
    return {
        "pyproject.toml": _PROJECT.format(backend="mesonpy"),
        "meson.build": "project('snow', 'c', default_options: ['buildtype=release'])\n"
        "py = import('python').find_installation(pure: false)\n"
        f"py.extension_module('_core', {sources}, subdir: 'snow_cap', install: true)\n"
        "py.install_sources('snow_cap/__init__.py', subdir: 'snow_cap')\n",
    }


class _Tree:
    """A project in a folder of its own, which one contender builds again and again."""

    def __init__(
        self,
        files: Callable[[int], dict[str, str]],
        backend: str,
        count: int,
        settings: Mapping[str, str],
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="trigpoint-builds-"))
        self.backend, self.settings = backend, dict(settings)
        self.changes = 0
        written = {
            "snow_cap/__init__.py": '"""Snow."""\n',
            "core.c": _MODULE,
            **{f"part{each}.c": _PART.format(each) for each in range(1, count)},
            **files(count),
        }
        for name, text in written.items():
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")

    def forget(self) -> None:
        for name in ("build", ".trigpoint", "snow_cap.egg-info"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def touch(self) -> None:
        self.changes += 1
        with (self.folder / "core.c").open("a", encoding="utf-8") as file:
            file.write(f"/* change {self.changes} */\n")

    def build(self) -> tuple[float, Path]:
        """Build a wheel; return the seconds that it took, and the wheel."""
        target = self.folder / "dist"
        target.mkdir(exist_ok=True)
        given = json.dumps([self.backend, str(target), self.settings])
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _HOOK, given],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        )
        seconds = time.perf_counter() - start
        return seconds, target / done.stdout.rstrip().rpartition("\n")[2]


def _modules(wheel: Path) -> int:
    with zipfile.ZipFile(wheel) as archive:
        return sum(name.endswith((".so", ".pyd")) for name in archive.namelist())


def _way(
    files: Callable[[int], dict[str, str]],
    backend: str,
    settings: Mapping[str, str],
    count: int,
    before: str,
) -> Way:
    importlib.import_module(backend)
    tree = _Tree(files, backend, count, settings)

    def build() -> tuple[float, Path]:
        if before == "cold":
            tree.forget()
        elif before == "touched":
            tree.touch()
        return tree.build()

    def answer(_item: Any) -> str:
        return str(_modules(build()[1]))

    def run(items: Sequence[Any]) -> list[float]:
        return [build()[0] for _ in items]

    return Way(run, answer=answer, seconds=run)


_CONTENDERS: Final[Mapping[str, tuple[Callable[[int], dict[str, str]], str, Mapping[str, str]]]] = {
    OURS: (_flit, "trigpoint.extensions.backend", {}),
    "setuptools": (_setuptools, "setuptools.build_meta", {}),
    "scikit-build-core": (_scikit_build, "scikit_build_core.build", {}),
    "meson-python": (_meson, "mesonpy", {"build-dir": "build"}),
}


def _once() -> list[str]:
    return ["once"]


def _benchmark(name: str, count: int, before: str, bars: Mapping[str, Bar]) -> Benchmark:
    ways: Mapping[str, Callable[[], Way]] = {
        contender: partial(_way, *parts, count, before) for contender, parts in _CONTENDERS.items()
    }
    return Benchmark(name, "wheel", _once, ways, bars, cold=Cold.NEVER)


_EVERY: Final = dict.fromkeys(("setuptools", "scikit-build-core", "meson-python"), faster(1.0))

BENCHMARKS = (
    _benchmark("a wheel of one C file", 1, "cold", {"setuptools": faster(2.0)}),
    _benchmark("a wheel of seven C files", FILES, "cold", {"setuptools": faster(2.0)}),
    _benchmark("seven C files, nothing changed", FILES, "again", _EVERY),
    _benchmark("seven C files, one changed", FILES, "touched", _EVERY),
)
