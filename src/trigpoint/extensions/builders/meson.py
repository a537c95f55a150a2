"""The builder ``meson``: whatever a ``meson.build`` installs below the directories of Python.

Meson configures into a directory that is kept, compiles what changed, and installs into an
empty one; what it put below ``py.purelib`` and ``py.platlib`` becomes the outputs.

Source: https://mesonbuild.com/Python-module.html, https://mesonbuild.com/IDE-integration.html
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from trigpoint.extensions.builders.tools import find_program, program_path
from trigpoint.extensions.protocol import (
    BuildRequest,
    BuildResult,
    ExtensionError,
    Output,
    Scheme,
    Tag,
    Target,
)
from trigpoint.extensions.settings import Settings

__all__ = ["MesonBuilder"]

REQUIRES: Final[Mapping[str, str]] = {"meson": "meson>=1.3", "ninja": "ninja>=1.10"}
"""What is required where a program is not installed; Meson knows the limited API since 1.3."""

BUILD_TYPES: Final = ("release", "debugoptimized", "debug", "minsize", "plain")
"""Meson's kinds of builds, the default first."""

PLACES: Final[Mapping[str, Scheme]] = {"/platlib": "platlib", "/purelib": "purelib"}
"""The directories that Meson is told Python has, and the scheme of each."""

PROJECT_FILES: Final = ("meson.build", "meson.options", "meson_options.txt")


class MesonBuilder:
    """A project of Meson.

    Keys of the table: ``modules``, the dotted names that are installed as ``pkg/_core<suffix>``,
    and ``files``, other installed paths that are shipped; without either all that is installed
    where Python looks is, which only a build can tell.  ``source-dir`` is the folder of
    ``meson.build``, ``options`` a table of Meson's options, ``build-type`` that of Meson
    (``release``), and ``limited-api`` what its ``extension_module`` says too.  ``sources``
    are files and folders that an sdist must hold besides those of Meson, where ``source-dir`` is
    the project itself.

    *root* is the project and *config* the table.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        settings = Settings(root, config)
        self.root = root
        self.modules = settings.modules()
        self.files = settings.shipped("folder of modules")
        self.source_dir = settings.source_dir("meson.build")
        self.options = settings.table("options")
        self.build_type = settings.choice("build-type", BUILD_TYPES)
        self.limited = settings.limited()
        self.sources = settings.paths("sources")
        self._check_options(settings)
        settings.done()

    def _check_options(self, settings: Settings) -> None:
        for key, value in self.options.items():
            if not isinstance(value, bool | int | str):
                settings.wrong(
                    "extension-wrong-type",
                    f"{key} in options is no string, number or truth",
                    fix="write its value in quotes",
                    key="options",
                )

    def get_requires(self, target: Target) -> Sequence[str]:  # noqa: ARG002
        """Return Meson, and Ninja, where they are not installed, whatever the *target*."""
        return [text for name, text in REQUIRES.items() if not program_path(name, os.environ)]

    def get_expected_outputs(self, target: Target) -> Sequence[Output] | None:
        """Return the modules for *target* and the other files, None where neither is named."""
        suffix = target.suffix(target.stable(self.limited))
        found = [
            *(Output(f"{each.replace('.', '/')}{suffix}") for each in self.modules),
            *(Output(each) for each in self.files),
        ]
        return found or None

    def get_tag(self, target: Target) -> Tag:
        """Return the tag of modules for *target*."""
        return target.tag_for(target.stable(self.limited))

    def get_sdist_files(self) -> Sequence[str]:
        """Return the folder of ``meson.build``; where it is the project's, its own files alone."""
        if self.source_dir != ".":
            return (self.source_dir, *self.sources)
        own = [each for each in PROJECT_FILES if (self.root / each).is_file()]
        return (*own, *self.sources)

    def build(self, request: BuildRequest) -> BuildResult:
        """Configure, compile and install as *request* says, and take what was installed."""
        folder = request.build_dir / "meson"
        staged = request.build_dir / "staged"
        shutil.rmtree(staged, ignore_errors=True)
        meson = find_program("meson", request.env, REQUIRES["meson"])
        self._configure(request, meson, folder)
        request.run((meson, "compile", "-C", str(folder), "--jobs", str(request.jobs)))
        installing = ("install", "-C", str(folder), "--no-rebuild", "--destdir", str(staged))
        request.run((meson, *installing))
        expected = self.get_expected_outputs(request.target)
        wanted = None if expected is None else frozenset(each.path for each in expected)
        outputs = tuple(_take(staged, request.out_dir, wanted))
        if not outputs:
            raise ExtensionError(
                "extension-output-missing",
                "Meson installed nothing where Python would find it",
                fix="give extension_module install: true and a subdir",
            )
        inputs = tuple(_inputs(folder, self.root))
        return BuildResult(outputs, self.get_tag(request.target), inputs=inputs)

    def _configure(self, request: BuildRequest, meson: str, folder: Path) -> None:
        """Run ``meson setup``, anew if something of the command is other than last time."""
        native = request.build_dir / "python.ini"
        native.parent.mkdir(parents=True, exist_ok=True)
        native.write_text(_native_file(request.target), "utf-8")
        command = [meson, "setup", f"--native-file={native}", "--prefix=/usr"]
        command += [f"-Dbuildtype={self.build_type}"]
        command += ["-Dpython.platlibdir=/platlib", "-Dpython.purelibdir=/purelib"]
        command += ["-Dpython.install_env=prefix", "-Dpython.bytecompile=-1"]
        if self.limited and not request.target.stable(self.limited):
            # Meson refuses what extension_module asks for and this Python has not.
            command += ["-Dpython.allow_limited_api=false"]
        for key, value in self.options.items():
            said = str(value).lower() if isinstance(value, bool) else value
            command.append(f"-D{key}={said}")
        # A project inside another is none of its sub-projects, so each is told by its path.
        command += [str(folder), str(self.root / self.source_dir)]
        seen = hashlib.sha256(repr((command, native.read_text("utf-8"))).encode()).hexdigest()
        stamp = request.build_dir / "configured"
        if stamp.is_file() and stamp.read_text("utf-8") == seen:
            return
        # Else what was not finished would be taken for what the stamp says.
        stamp.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        request.run(command)
        stamp.write_text(seen, "utf-8")


def _native_file(target: Target) -> str:
    """Return what tells Meson of the Python and the compilers of *target*.

    >>> print(_native_file(Target("cpython", (3, 13), "linux_x86_64", ".so", python="/usr/bin/python")))
    [binaries]
    python = '/usr/bin/python'
    c = ['cc']
    cpp = ['c++']
    <BLANKLINE>
    """
    binaries: dict[str, object] = {"python": target.python} if target.python else {}
    binaries |= {"c": list(target.cc), "cpp": list(target.cxx)}
    lines = [f"{name} = {value!r}" for name, value in binaries.items()]
    return "\n".join(["[binaries]", *lines, ""])


def _take(staged: Path, out_dir: Path, wanted: frozenset[str] | None) -> Iterator[Output]:
    """Move what was installed below the directories of Python to *out_dir*, if it is *wanted*.

    *wanted* are paths, None for all.
    """
    for place, scheme in PLACES.items():
        folder = staged / place.lstrip("/")
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            name = PurePosixPath(path.relative_to(folder)).as_posix()
            if wanted is not None and name not in wanted:
                continue
            made = out_dir / name
            made.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, made)
            yield Output(name, scheme)


def _inputs(folder: Path, root: Path) -> Iterator[str]:
    """Yield the files of the project that Meson says it read, relative to its *root*."""
    info = folder / "meson-info"
    targets = json.loads((info / "intro-targets.json").read_text("utf-8"))
    read = json.loads((info / "intro-buildsystem_files.json").read_text("utf-8"))
    for target in targets:
        for each in target.get("target_sources", ()):
            read += each.get("sources", ())
    for path in dict.fromkeys(map(Path, read)):
        if path.is_relative_to(root) and path.is_file() and not path.is_relative_to(folder):
            yield path.relative_to(root).as_posix()
