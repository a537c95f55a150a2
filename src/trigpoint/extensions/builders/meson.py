"""The builder ``meson``: whatever a ``meson.build`` installs below the directories of Python.

Meson configures into a directory that is kept, compiles what changed, and installs into an
empty one; what it put below ``py.purelib`` and ``py.platlib`` becomes the outputs.

Source: https://mesonbuild.com/Python-module.html, https://mesonbuild.com/IDE-integration.html
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from trigpoint.extensions.protocol import (
    BuildRequest,
    BuildResult,
    ExtensionError,
    Output,
    Scheme,
    Tag,
    Target,
)
from trigpoint.extensions.settings import Settings, inside

__all__ = ["MesonBuilder"]

REQUIRES: Final = ("meson>=1.3", "ninja>=1.11")
"""What a build needs, the first Meson that knows the limited API."""

PLACES: Final[Mapping[str, Scheme]] = {"/platlib": "platlib", "/purelib": "purelib"}
"""The directories that Meson is told Python has, and the scheme of each."""

PROJECT_FILES: Final = ("meson.build", "meson.options", "meson_options.txt")


class MesonBuilder:
    """A project of Meson.

    Keys of the table: ``source``, the folder of ``meson.build``; ``options``, a table of
    Meson's options; ``buildtype`` (``release``); ``limited-api``, which is what the
    ``extension_module`` of ``meson.build`` says too; ``outputs``, the paths in the wheel,
    without which only a build can tell.  In ``outputs``, ``{suffix}`` is how the file name of
    a module ends.  ``sources`` are files and folders that an sdist must hold besides those of
    Meson, where ``source`` is the project itself.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        settings = Settings(root, config)
        self.root = root
        self.source = settings.path("source", ".")
        self.options = settings.table("options")
        self.buildtype = settings.choice(
            "buildtype", ("release", "debugoptimized", "debug", "plain", "minsize")
        )
        self.limited = settings.limited()
        self.outputs = settings.texts("outputs")
        self.sources = settings.paths("sources")
        for key, value in self.options.items():
            if not isinstance(value, (str, int, bool)):
                settings.wrong(
                    "extension-wrong-type",
                    f"the option {key} is neither a string nor a number, true or false",
                    fix="write it as meson setup -D takes it",
                    key="options",
                )
        for each in self.outputs:
            if not inside(each):
                settings.wrong(
                    "extension-bad-output-path",
                    f"{each!r} in outputs cannot be in a wheel",
                    fix="write a path like package/module{suffix}, with slashes",
                    key="outputs",
                )
        folder = root / self.source
        if folder.exists() and not (folder / "meson.build").is_file():
            settings.wrong(
                "extension-source-missing",
                f"there is no meson.build in {self.source}",
                fix="name the folder that has one as source",
                key="source",
            )
        settings.done()

    def get_requires(self, target: Target) -> Sequence[str]:  # noqa: ARG002
        """Return Meson, and Ninja, which it needs."""
        return REQUIRES

    def get_expected_outputs(self, target: Target) -> Sequence[Output] | None:
        """Return what ``outputs`` lists, None without it."""
        suffix = target.suffix(target.stable(self.limited))
        return [Output(each.replace("{suffix}", suffix)) for each in self.outputs] or None

    def get_tag(self, target: Target) -> Tag:
        """Return the tag of modules for *target*."""
        return target.tag_for(target.stable(self.limited))

    def get_sdist_files(self) -> Sequence[str]:
        """Return the folder of ``meson.build``; where it is the project's, its own files alone."""
        if self.source != ".":
            return (self.source, *self.sources)
        own = [each for each in PROJECT_FILES if (self.root / each).is_file()]
        return (*own, *self.sources)

    def build(self, request: BuildRequest) -> BuildResult:
        """Configure, compile and install, and take what was installed."""
        folder = request.build_dir / "meson"
        staged = request.build_dir / "staged"
        shutil.rmtree(staged, ignore_errors=True)
        self._configure(request, folder)
        request.run(("meson", "compile", "-C", str(folder), "--jobs", str(request.jobs)))
        request.run(
            ("meson", "install", "-C", str(folder), "--no-rebuild", "--destdir", str(staged))
        )
        outputs = tuple(_take(staged, request.out_dir, self.outputs and self._wanted(request)))
        if not outputs:
            raise ExtensionError(
                "extension-output-missing",
                "Meson installed nothing where Python would find it",
                fix="give extension_module install: true and a subdir",
            )
        inputs = tuple(_inputs(folder, self.root))
        return BuildResult(outputs, self.get_tag(request.target), inputs=inputs)

    def _wanted(self, request: BuildRequest) -> frozenset[str]:
        return frozenset(each.path for each in self.get_expected_outputs(request.target) or ())

    def _configure(self, request: BuildRequest, folder: Path) -> None:
        """Run ``meson setup``, anew if something of the command is other than last time."""
        native = request.build_dir / "python.ini"
        native.parent.mkdir(parents=True, exist_ok=True)
        native.write_text(_native_file(request.target), "utf-8")
        command = ["meson", "setup", f"--native-file={native}", "--prefix=/usr"]
        command += [f"-Dbuildtype={self.buildtype}"]
        command += ["-Dpython.platlibdir=/platlib", "-Dpython.purelibdir=/purelib"]
        command += ["-Dpython.install_env=prefix", "-Dpython.bytecompile=-1"]
        for key, value in self.options.items():
            said = str(value).lower() if isinstance(value, bool) else value
            command.append(f"-D{key}={said}")
        # A project inside another is none of its sub-projects, so each is told by its path.
        command += [str(folder), str(self.root / self.source)]
        seen = hashlib.sha256(repr((command, native.read_text("utf-8"))).encode()).hexdigest()
        stamp = request.build_dir / "configured"
        if stamp.is_file() and stamp.read_text("utf-8") == seen:
            return
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


def _take(staged: Path, out_dir: Path, wanted: object) -> Iterator[Output]:
    """Move what was installed below the directories of Python to *out_dir*, if it is *wanted*.

    *wanted* is a set of paths, or empty for all.
    """
    for place, scheme in PLACES.items():
        folder = staged / place.lstrip("/")
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            name = PurePosixPath(path.relative_to(folder)).as_posix()
            if wanted and name not in wanted:  # type: ignore[operator]
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
