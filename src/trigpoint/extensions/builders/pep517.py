"""The builder ``pep517``: whatever another build backend puts into its wheel.

A folder of the project is a project of its own, with a ``pyproject.toml`` that names its
backend.  The backend runs in a process of its own, and what its wheel holds, metadata left
out, becomes the outputs.

Source: https://peps.python.org/pep-0517/, https://packaging.python.org/en/latest/specifications/
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
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
from trigpoint.extensions.settings import Settings, inside, kind_of

__all__ = ["Pep517Builder"]

MOST_BYTES: Final = 1 << 30
"""The most bytes that a wheel of another backend may unpack to."""

_ENTRY_POINT: Final = re.compile(r"[A-Za-z_][\w.]*(?::[A-Za-z_][\w.]*)?", re.ASCII)

_CALL: Final = """
import importlib, json, sys
name, path, hook, arguments, answer = json.loads(sys.argv[1])
sys.path[:] = [*path, *filter(None, sys.path)]
module, _, attribute = name.partition(":")
backend = importlib.import_module(module)
for each in attribute.split(".") if attribute else ():
    backend = getattr(backend, each)
call = getattr(backend, hook, None)
with open(answer, "w", encoding="utf-8") as file:
    json.dump(None if call is None else call(*arguments), file)
"""
"""What the other process runs; it answers in a file, since backends print."""

_KEPT: Final[Mapping[str, str]] = {"SKBUILD_BUILD_DIR": "build/skbuild"}
"""Tells backends that build in a temporary directory to keep what they compiled."""

_UNREAD: Final = frozenset({".git", "__pycache__", "target", "build", "dist"})
"""Directories that builds leave, which are no source."""

_SCHEMES: Final[Mapping[str, Scheme]] = {
    "platlib": "platlib",
    "purelib": "purelib",
    "scripts": "scripts",
    "data": "data",
    "headers": "headers",
}


class Pep517Builder:
    """A project inside the project, which its own backend builds.

    Keys of the table: ``source-dir``, its folder; ``take``, patterns of the paths in its wheel that
    are taken (all without it); ``config-settings``, a table for the backend.  A backend whose
    own requirements are dynamic is asked for them where it is installed already, so name the
    backend in ``build-system.requires`` of the project.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        settings = Settings(root, config)
        self.root = root
        self.source_dir = settings.path("source-dir", required=True)
        self.take = settings.texts("take")
        self.config_settings = settings.table("config-settings")
        for key, value in self.config_settings.items():
            several = isinstance(value, list) and all(isinstance(each, str) for each in value)
            if not isinstance(value, str) and not several:
                settings.wrong(
                    "extension-wrong-type",
                    f"{key} in config-settings is {kind_of(value)}",
                    fix="make it a string, or an array of strings",
                    key="config-settings",
                )
        self.requires: tuple[str, ...] = ()
        self.backend = "setuptools.build_meta:__legacy__"
        self.path: tuple[str, ...] = ()
        self._read(settings)
        settings.done()

    def _read(self, settings: Settings) -> None:
        """Read which backend the other project has, and what that needs."""
        file = self.root / self.source_dir / "pyproject.toml"
        if not self.source_dir or not (self.root / self.source_dir).exists():
            return
        if self.source_dir == ".":
            settings.wrong(
                "extension-bad-value",
                "source-dir is the project itself, whose backend would call this builder again",
                fix="move what the other backend builds into a folder",
                key="source-dir",
            )
            return
        wrong = None
        try:
            system = tomllib.loads(file.read_text("utf-8")).get("build-system")
        except OSError:
            settings.wrong(
                "extension-source-missing",
                f"there is no pyproject.toml in {self.source_dir}",
                fix="write one with [build-system]",
                key="source-dir",
            )
            return
        except ValueError as problem:
            wrong, system = str(problem), None
        if not isinstance(system, dict):
            wrong = wrong or "there is no [build-system]"
        else:
            requires: Any = system.get("requires")
            backend: Any = system.get("build-backend", self.backend)
            path: Any = system.get("backend-path", [])
            if not _texts(requires):
                wrong = "requires of [build-system] is no array of strings"
            elif not isinstance(backend, str) or not _ENTRY_POINT.fullmatch(backend):
                wrong = "build-backend names no backend"
            elif not _texts(path) or not all(each == "." or inside(each) for each in path):
                wrong = "backend-path is no array of paths in its folder"
            else:
                self.requires, self.backend, self.path = tuple(requires), backend, tuple(path)
        if wrong:
            settings.wrong(
                "extension-bad-value",
                f"{self.source_dir}/pyproject.toml names no backend: {wrong}",
                fix="write requires and build-backend in its [build-system]",
                key="source-dir",
            )

    def get_requires(self, target: Target) -> Sequence[str]:
        """Return what the backend needs, and what it says that it needs for *target* if it is installed."""
        folder = self.root / self.source_dir
        if not folder.is_dir():
            return self.requires
        arguments = [self.config_settings]
        with tempfile.TemporaryDirectory() as work:
            answer = Path(work, "answer.json")
            command = _command(
                target,
                self.backend,
                self._path(),
                "get_requires_for_build_wheel",
                arguments,
                answer,
            )
            done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
            said = json.loads(answer.read_text("utf-8")) if done.returncode == 0 else None
        return [*self.requires, *(each for each in said or () if isinstance(each, str))]

    def get_expected_outputs(self, target: Target) -> Sequence[Output] | None:  # noqa: ARG002
        """Return None, whatever the *target*: what is in the wheel, only its backend knows."""
        return None

    def get_tag(self, target: Target) -> Tag:
        """Return the tag of *target*, which is as narrow as can be; a build may find a wider one."""
        return target.tag

    def get_sdist_files(self) -> Sequence[str]:
        """Return the whole folder."""
        return (self.source_dir,)

    def _path(self) -> list[str]:
        return [str((self.root / self.source_dir / each).resolve()) for each in self.path]

    def build(self, request: BuildRequest) -> BuildResult:
        """Let the backend build its wheel as *request* says, and unpack that."""
        wheels = request.build_dir / "wheels"
        shutil.rmtree(wheels, ignore_errors=True)
        wheels.mkdir(parents=True)
        answer = request.build_dir / "answer.json"
        # Some backends write beside what they read, so they get a copy, the same one each time.
        folder = request.build_dir / "source"
        inputs = _mirror(self.root / self.source_dir, folder)
        arguments = [str(wheels), self.config_settings, None]
        path = [str((folder / each).resolve()) for each in self.path]
        command = _command(request.target, self.backend, path, "build_wheel", arguments, answer)
        request.run(command, cwd=folder, env={**_KEPT, **request.env})
        name = json.loads(answer.read_text("utf-8"))
        if not isinstance(name, str) or not inside(name) or not (wheels / name).is_file():
            raise ExtensionError(
                "extension-output-missing",
                f"{self.backend} built no wheel",
                fix=f"build {self.source_dir} alone, and see what its backend says",
            )
        outputs = tuple(self._unpack(wheels / name, request.out_dir))
        if not outputs:
            raise ExtensionError(
                "extension-output-missing",
                f"nothing in {name} is what take names",
                fix="correct the patterns of take, or leave it out",
                key="take",
            )
        tag = Tag(*name.removesuffix(".whl").split("-")[-3:])
        return BuildResult(
            outputs,
            None if tag.platform == "any" else tag,
            inputs=tuple(f"{self.source_dir}/{each}" for each in inputs),
        )

    def _unpack(self, wheel: Path, out_dir: Path) -> Iterator[Output]:
        with zipfile.ZipFile(wheel) as archive:
            size = 0
            for entry in archive.infolist():
                top, _, rest = entry.filename.partition("/")
                if entry.is_dir() or top.endswith(".dist-info"):
                    continue
                scheme: Scheme = "platlib"
                path = entry.filename
                if top.endswith(".data"):
                    kind, _, path = rest.partition("/")
                    scheme = _SCHEMES.get(kind, "data")
                if self.take and not any(fnmatchcase(path, each) for each in self.take):
                    continue
                size += entry.file_size
                if not inside(path) or size > MOST_BYTES:
                    raise ExtensionError(
                        "extension-bad-output-path",
                        f"{wheel.name} holds {path[:80]!r}, or more than {MOST_BYTES:,} bytes",
                        fix=f"mend what {self.source_dir} builds",
                    )
                made = out_dir / scheme / path
                made.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as source, made.open("wb") as file:
                    shutil.copyfileobj(source, file)
                if entry.external_attr >> 16 & 0o111:
                    made.chmod(0o755)
                yield Output(path, scheme, source=f"{scheme}/{path}")


def _mirror(source: Path, copy: Path) -> list[str]:
    """Make *copy* hold the files of *source*, as old as they are there; return their paths.

    What a build left in *copy* stays, and what is no longer in *source* goes.
    """
    remembered = copy.parent / "mirrored.json"
    before = json.loads(remembered.read_text("utf-8")) if remembered.is_file() else []
    found = []
    for parent, folders, names in os.walk(source):
        folders[:] = sorted(each for each in folders if each not in _UNREAD)
        for name in sorted(names):
            path = Path(parent, name).relative_to(source)
            found.append(path.as_posix())
            kept, file = copy / path, source / path
            if kept.is_file() and kept.stat().st_mtime_ns == file.stat().st_mtime_ns:
                continue
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, kept)
    for gone in sorted(set(before) - set(found)):
        (copy / gone).unlink(missing_ok=True)
    remembered.write_text(json.dumps(found), "utf-8")
    return found


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _command(
    target: Target,
    backend: str,
    path: Sequence[str],
    hook: str,
    arguments: Sequence[object],
    answer: Path,
) -> list[str]:
    """Return the command that calls *hook* of *backend* and writes what it returns to *answer*."""
    given = json.dumps([backend, list(path), hook, list(arguments), str(answer)])
    return [target.python or sys.executable, "-c", _CALL, given]
