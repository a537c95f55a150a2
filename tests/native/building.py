"""Building a native project by the hooks of its backend, and looking at what comes out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, TypeVar

from tests.native.projects import PROJECTS, ROOT, assemble, wheel_tag

from trigpoint.wheels import inspect

__all__ = ["Environment", "Once", "Tree", "contents", "faults", "run"]

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")

PATIENCE: Final = 900
"""Seconds after which a command is taken to hang."""

_HOOK: Final = """
import importlib, json, os, sys, tomllib
hook, *arguments = json.loads(sys.argv[1])
with open("pyproject.toml", "rb") as file:
    name = tomllib.load(file)["build-system"]["build-backend"]
sys.path[:] = [each for each in sys.path if each]
answer = getattr(importlib.import_module(name), hook)(*arguments)
print(f"\\n{json.dumps(answer)}")
"""
"""What a frontend does without isolation: the environment of the session has every backend."""


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    """Run *command* in *cwd* with *env* besides, and return what it prints to the standard output.

    Raises :exc:`AssertionError`, with all that it printed, if it fails.
    """
    kept = {key: each for key, each in os.environ.items() if not key.startswith(("PYTHON", "NOX_"))}
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env={**kept, **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    line = " ".join(map(str, command))
    assert done.returncode == 0, f"{line}\n{done.stdout[-3000:]}\n{done.stderr[-5000:]}"
    return done.stdout


class Once(Generic[_Key, _Made]):
    """Things that are made when they are first asked for, by a key; what failed is not tried again."""

    def __init__(self) -> None:
        self._made: dict[_Key, _Made] = {}
        self._failed: dict[_Key, Exception] = {}

    def __call__(self, key: _Key, make: Callable[[], _Made]) -> _Made:
        """Return what *make* makes, or made before for *key*; raise what it raised, each time."""
        if key in self._failed:
            raise self._failed[key]
        if key not in self._made:
            try:
                self._made[key] = make()
            except Exception as problem:
                self._failed[key] = problem
                raise
        return self._made[key]


@dataclass
class Tree:
    """The files of a project in a folder, to be built with a backend.

    ``env`` is for the tools, such as a folder that Cargo keeps what it compiled in.
    """

    name: str
    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    @classmethod
    def new(cls, name: str, folder: Path, backend: str = "hatchling", **env: str) -> Tree:
        """Assemble the project *name* in *folder*."""
        return cls(name, assemble(name, folder, backend), env)

    def hook(self, hook: str, *arguments: object, **env: str) -> str:
        """Call *hook* of the backend, and return the file name that it answers."""
        given = json.dumps([hook, *arguments])
        said = run(sys.executable, "-c", _HOOK, given, cwd=self.folder, **{**self.env, **env})
        answer = json.loads(said.rstrip().rpartition("\n")[2])
        assert isinstance(answer, str)
        return answer

    def build(self, hook: str, **env: str) -> Path:
        """Build a wheel or an sdist with *hook* into a folder beside this one, and return it."""
        target = self.folder.with_name(f"{self.folder.name}-{hook}")
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        return target / self.hook(hook, str(target), **env)

    def unpacked(self, sdist: Path) -> Tree:
        """Return the tree that *sdist* unpacks to."""
        target = self.folder.with_name(f"{self.folder.name}-unpacked")
        shutil.rmtree(target, ignore_errors=True)
        with tarfile.open(sdist) as archive:
            archive.extractall(target, filter="data")
        (folder,) = target.iterdir()
        return Tree(self.name, folder, self.env)


@dataclass
class Environment:
    """A virtual environment in a folder, with what the tests of projects need."""

    folder: Path

    @classmethod
    def new(cls, folder: Path, *requirements: str, python: str = sys.executable) -> Environment:
        """Make an environment with *requirements* in *folder*."""
        made = cls(folder)
        run(_uv(), "venv", "-q", "--clear", "-p", python, folder, cwd=folder.parent)
        made.install(*requirements)
        return made

    @property
    def python(self) -> Path:
        """The interpreter."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / "python"

    def install(self, *requirements: str | Path) -> None:
        """Install *requirements*, in the pinned versions, anew if they are there."""
        options = ["--reinstall-package=snow-cap", *_pinned()]
        run(
            _uv(),
            *("pip", "install", "-q", "-p", self.python, *options, *requirements),
            cwd=self.folder.parent,
        )

    def tests(self, tree: Tree) -> str:
        """Run the tests of *tree* where no source is, and return what pytest says."""
        away = self.folder.with_name(f"{self.folder.name}-tests")
        shutil.rmtree(away, ignore_errors=True)
        shutil.copytree(tree.folder / "tests", away)
        command = ("-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "--no-header")
        return run(self.python, *command, cwd=away)


def _uv() -> str:
    own = Path(sys.executable).with_name("uv")
    return str(own) if own.exists() else "uv"


def _pinned() -> list[str]:
    sys.path.insert(0, str(ROOT / "playground"))
    import pins

    path = pins.file()
    return ["--constraints", str(path)] if path else []


def contents(wheel: Path) -> dict[str, bytes]:
    """Return the files of *wheel* by their path."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}


def faults(name: str, wheel: Path) -> list[str]:
    """Return what does not hold of *wheel*, which the project *name* made."""
    project = PROJECTS[name]
    found = inspect(wheel)
    told = [str(each.message) for each in found.findings if found.has_errors]
    if not found.record.right:
        told.append(f"RECORD is wrong: {found.record}")
    tag = wheel_tag(project)
    if found.tags != (tag,):
        told.append(f"WHEEL says {found.tags} instead of {tag}")
    if not wheel.name.endswith(f"-{tag}.whl"):
        told.append(f"{wheel.name} is not for {tag}")
    if found.root != "platlib":
        told.append(f"its files go to {found.root}")
    compiled = sorted(
        Path(each.path).name.partition(".")[0]
        for each in found.entries
        if each.path.endswith((".so", ".pyd"))
    )
    if compiled != sorted(project.modules):
        told.append(f"it has {compiled} instead of {sorted(project.modules)}")
    told += [
        f"{each.path} is no file to ship"
        for each in found.entries
        if each.path.endswith((".a", ".lib", ".h", ".o", ".pyx"))
    ]
    return told
