"""The builder ``cmake``: whatever a CMake project installs, with pybind11, nanobind or neither."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions.builders.compiling import fresh, remember
from trigpoint.extensions.builders.tools import (
    find_program,
    prefixes,
    program_path,
    program_paths,
)
from trigpoint.extensions.protocol import (
    BuildRequest,
    BuildResult,
    ExtensionError,
    Output,
    Stable,
    Tag,
    Target,
)
from trigpoint.extensions.settings import Settings

__all__ = ["CMAKE", "NINJA", "CMakeBuilder"]

CMAKE: Final = "cmake>=3.18"
"""What is required where no CMake is installed."""

NINJA: Final = "ninja>=1.10"
"""What is required where no Ninja is installed."""

_MINIMUM: Final = re.compile(
    r"^\s*cmake_minimum_required\s*\(\s*VERSION\s+(\d{1,3})\.(\d{1,3})",
    re.ASCII | re.IGNORECASE | re.MULTILINE,
)
_VERSION: Final = re.compile(r"cmake version (\d{1,3})\.(\d{1,3})", re.ASCII)


class CMakeBuilder:
    """What ``cmake --install`` puts below its prefix.

    Keys: ``modules`` (dotted names that are installed as ``pkg/_core<suffix>``); ``files``
    (other installed paths that are shipped); ``source-dir``, ``define`` (cache entries),
    ``target`` (what to build, all by default), ``component``, ``build-type``,
    ``limited-api``; ``sources``, what an sdist must hold besides, such as the files that a
    ``CMakeLists.txt`` at the root of the project names.  What else is installed is internal:
    dependants find it.

    *root* is the project and *config* the table.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        settings = Settings(root, config)
        self.root = root
        self.modules = settings.modules(required=True)
        self.files = settings.shipped("prefix")
        self.source_dir = settings.source_dir("CMakeLists.txt")
        self.defines = self._defines(settings)
        self.targets = settings.texts("target")
        self.component = settings.text("component")
        self.build_type = settings.text("build-type", "Release")
        self.limited = settings.limited()
        self.sources = settings.paths("sources")
        settings.done()

    @staticmethod
    def _defines(settings: Settings) -> tuple[str, ...]:
        found = []
        for name, value in settings.table("define").items():
            if not isinstance(value, bool | int | str):
                settings.wrong(
                    "extension-wrong-type",
                    f"{name} in define is no string, number or truth",
                    fix="write its value in quotes",
                    key="define",
                )
            else:
                text = ("ON" if value else "OFF") if isinstance(value, bool) else str(value)
                found.append(f"-D{name}={text}")
        return tuple(found)

    def get_requires(self, target: Target) -> Sequence[str]:
        """Return CMake and Ninja where they are not installed, whatever the *target*.

        A CMake that is older than the project asks for counts as none.
        """
        del target
        found = (
            (self._required(), self._program(os.environ)),
            (NINJA, program_path("ninja", os.environ)),
        )
        return [text for text, path in found if not path]

    def _minimum(self) -> tuple[int, int] | None:
        """Return the version of CMake that ``cmake_minimum_required`` names, None without."""
        try:
            text = (self.root / self.source_dir / "CMakeLists.txt").read_text("utf-8", "replace")
        except OSError:
            return None
        return _numbers(_MINIMUM.search(text))

    def _required(self) -> str:
        """Return the requirement of a CMake that the project takes."""
        minimum = self._minimum()
        return f"cmake>={minimum[0]}.{minimum[1]}" if minimum else CMAKE

    def _program(self, env: Mapping[str, str]) -> str:
        """Return the first CMake that the project takes, "" if there is none.

        That on PATH may be the system's, and older than the one of an environment that is
        not activated.
        """
        paths = program_paths("cmake", env)
        minimum = self._minimum()
        if minimum is None:
            return next(iter(paths), "")
        return next((each for each in paths if _version(each) >= minimum), "")

    def get_sdist_files(self) -> Sequence[str]:
        """Return the folder of the CMake project; if it is the root, its own files; and ``sources``."""
        if self.source_dir != ".":
            return [self.source_dir, *self.sources]
        known = ("CMakeLists.txt", "CMakePresets.json", "cmake")
        return [*(each for each in known if (self.root / each).exists()), *self.sources]

    def _stable(self, target: Target) -> Stable | None:
        return target.stable(self.limited)

    def get_expected_outputs(self, target: Target) -> Sequence[Output]:
        """Return the modules for *target* and the other files."""
        suffix = target.suffix(self._stable(target))
        return [
            *(Output(f"{each.replace('.', '/')}{suffix}") for each in self.modules),
            *(Output(each) for each in self.files),
        ]

    def get_tag(self, target: Target) -> Tag:
        """Return the tag of the modules for *target*."""
        return target.tag_for(self._stable(target))

    def _configure(self, request: BuildRequest, cmake: str, tree: Path) -> list[str]:
        target, stable = request.target, self._stable(request.target)
        prefix = ";".join(
            [*prefixes(), *(str(each.directory) for each in request.dependencies.values())]
        )
        flags = f"-ffile-prefix-map={request.build_dir}=build -ffile-prefix-map={request.root}=."
        python = target.python or sys.executable
        ninja = program_path("ninja", request.env)
        suffix = target.suffix(stable)
        return [
            cmake,
            "-S",
            str(request.root / self.source_dir),
            "-B",
            str(tree),
            *(["-G", "Ninja", f"-DCMAKE_MAKE_PROGRAM={ninja}"] if ninja else []),
            f"-DCMAKE_BUILD_TYPE={self.build_type}",
            f"-DCMAKE_PREFIX_PATH={prefix}",
            # The prefix map keeps the project's folder out of the files, as the rpath would not.
            f"-DCMAKE_C_FLAGS_INIT={flags}",
            f"-DCMAKE_CXX_FLAGS_INIT={flags}",
            "-DCMAKE_BUILD_WITH_INSTALL_RPATH=ON",
            "-DCMAKE_POSITION_INDEPENDENT_CODE=ON",
            *(f"-D{each}_EXECUTABLE={python}" for each in ("PYTHON", "Python", "Python3")),
            *(
                f"-D{each}_INCLUDE_DIR={target.include_dirs[0]}"
                for each in _FINDERS
                if target.include_dirs
            ),
            # A virtual environment is found before what is on PATH.
            "-DPython_FIND_VIRTUALENV=FIRST",
            "-DPYBIND11_FINDPYTHON=ON",
            f"-DPYTHON_MODULE_EXTENSION={suffix}",
            f"-DTRIGPOINT_MODULE_SUFFIX={suffix}",
            f"-DTRIGPOINT_LIMITED_API={stable.text if stable else ''}",
            f"-DSKBUILD_SABI_VERSION={stable.text if stable else ''}",
            # Without the component, nanobind keeps to the full API.
            f"-DSKBUILD_SABI_COMPONENT={'Development.SABIModule' if stable else ''}",
            *self.defines,
        ]

    def build(self, request: BuildRequest) -> BuildResult:
        """Configure, build and install as *request* says; configure only if something changed."""
        cmake = self._program(request.env)
        if not cmake:
            older = find_program("cmake", request.env, self._required())
            raise ExtensionError(
                "extension-tool-missing",
                f"{older} is older than the project takes, which asks for {self._required()}",
                fix=f"add {self._required()!r} to requires, or install a newer one",
            )
        tree = request.build_dir / "tree"
        command = self._configure(request, cmake, tree)
        stamp = request.build_dir / "configured.json"
        if not (tree / "CMakeCache.txt").is_file() or not fresh(
            stamp, command, request.env, request.root
        ):
            # A cache keeps what an earlier command said and this one does not.
            shutil.rmtree(tree, ignore_errors=True)
            stamp.unlink(missing_ok=True)
            request.run(command)
            # CMake itself looks whether its files changed.
            remember(stamp, command, request.env, request.root, [])
        targets = ["--target", *self.targets] if self.targets else []
        request.run([cmake, "--build", str(tree), "--parallel", str(request.jobs), *targets])
        component = ["--component", self.component] if self.component else []
        request.run([cmake, "--install", str(tree), "--prefix", str(request.out_dir), *component])
        expected = self.get_expected_outputs(request.target)
        shipped = {each.path for each in expected}
        installed = sorted(
            each.relative_to(request.out_dir).as_posix()
            for each in request.out_dir.rglob("*")
            if each.is_file()
        )
        internal = tuple(Output(each, "internal") for each in installed if each not in shipped)
        made = tuple(each for each in expected if each.path in installed)
        return BuildResult((*made, *internal), self.get_tag(request.target))


def _numbers(match: re.Match[str] | None) -> tuple[int, int] | None:
    return (int(match[1]), int(match[2])) if match else None


def _version(program: str) -> tuple[int, int]:
    """Return the version of the CMake that *program* is; one that does not say is the oldest."""
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, errors="replace", check=False
        )
    except OSError:
        return (0, 0)
    return _numbers(_VERSION.search(done.stdout)) or (0, 0)


_FINDERS: Final = ("Python", "Python3")
