"""One run of a backend over a project: what both ways in have in common."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from trigpoint.extensions.packages import alone, refuse_hidden
from trigpoint.extensions.plan import Extension, Plan, make_plan
from trigpoint.extensions.protocol import ExtensionError, Output
from trigpoint.extensions.registry import Registry
from trigpoint.extensions.runner import (
    BUILD_DIR,
    Built,
    build,
    build_directory,
    job_count,
    say,
)
from trigpoint.extensions.tables import Problem
from trigpoint.extensions.targets import choose_target

__all__ = ["Session", "Shipped", "refusing"]

_Answer = TypeVar("_Answer")


def refusing(question: Callable[[], _Answer]) -> _Answer:
    """Return what *question* does; an :exc:`ExtensionError` ends the process with status 1.

    A frontend shows what was printed, and a traceback would bury it.
    """
    try:
        return question()
    except ExtensionError as error:
        _refuse(error)


def _refuse(error: ExtensionError) -> NoReturn:
    print(error, file=sys.stderr, flush=True)
    raise SystemExit(1) from None


@dataclass(frozen=True, slots=True)
class Shipped:
    """A file that goes into a wheel: where it is, and which output it is."""

    file: Path
    output: Output


@dataclass(frozen=True)
class Session:
    """The project in ``root``, with the config ``settings`` of a frontend and variables ``env``.

    ``registry`` is which builders there are (None: those of this environment).
    """

    root: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    registry: Registry | None = None

    def document(self) -> dict[str, Any]:
        """Return the values of ``pyproject.toml``; frontends have refused what is no TOML."""
        return tomllib.loads((self.root / "pyproject.toml").read_text("utf-8"))

    def plan(self) -> Plan:
        """Return what would be built."""
        return make_plan(
            self.document(),
            self.root,
            choose_target({k: v for k, v in self.settings.items() if isinstance(v, str)}, self.env),
            settings=self.settings,
            env=self.env,
            registry=self.registry,
        )

    def requires(self) -> list[str]:
        """Return what the enabled extensions need, before it is installed.

        A builder that its own table requires need not be there yet.
        """
        plan = self.plan()
        bringing = {each.name for each in plan.extensions if each.table.requires}

        def comes(problem: Problem) -> bool:
            absent = ("extension-unknown-builder", "extension-builder-broken")
            return problem.error.code in absent and problem.error.extension in bringing

        plan.check(ignore=comes)
        return list(plan.requires)

    def build(self) -> tuple[Plan, Built]:
        """Build the enabled extensions."""
        plan = self.plan()
        folder = build_directory(self.root, plan, self.settings, self.env)
        built = build(
            plan, self.root, folder, env=self.env, jobs=job_count(self.settings, self.env)
        )
        return plan, built

    def shipped(self, built: Built) -> list[Shipped]:
        """Return the files of *built* that a wheel has, in the order of the plan."""
        return [
            Shipped(result.directory / each.file, each)
            for result in built.results.values()
            for each in result.outputs
            if each.scheme != "internal"
        ]

    def surround(self, plan: Plan, built: Built, packed: Collection[str]) -> None:
        """Look whether the modules of *built* are where the files that a backend *packed* are.

        *packed* are their paths in the wheel.  A module whose package is not among them is told,
        unless the *plan* said so already; for one that no Python can import there, an
        :exc:`ExtensionError` is raised.
        """
        outputs = {name: result.outputs for name, result in built.results.items()}
        refuse_hidden(outputs, packed, plan.target)
        told = {(each.error.extension, each.error.code) for each in plan.notes}
        for error in alone(outputs, packed, plan.target):
            if (error.extension, error.code) not in told:
                say(str(error))

    def sources(self) -> list[str]:
        """Return the files that an sdist needs for all extensions, disabled ones included."""
        plan = self.plan()
        # A target that some extension cannot be built for is no reason to leave out another.
        plan.check(ignore=lambda problem: problem.error.code in _ABOUT_TARGETS)
        found: dict[str, None] = {}
        for extension in plan.extensions:
            for each in extension.sources:
                found.update(dict.fromkeys(_files(self.root, each)))
        return sorted(found)

    def state(self, plan: Plan, built: Built) -> str:
        """Return the JSON of what an editable installation has to know about *plan* and *built*."""
        modules = {}
        for each in self.shipped(built):
            name = _module(each.output, plan)
            if name:
                modules[name] = str(each.file)
        watched: dict[str, list[int]] = {}
        for extension in plan.enabled:
            for path in _watched(self.root, extension, built):
                found = (self.root / path).stat()
                watched[path] = [found.st_mtime_ns, found.st_size]
        state = {"root": str(self.root), "modules": modules, "watched": watched}
        return json.dumps(state, indent=1, sort_keys=True)


_ABOUT_TARGETS = frozenset(
    {
        "extension-disabled-dependency",
        "extension-foreign-tag",
        "extension-unknown-extension",
    }
)


def _files(root: Path, name: str) -> list[str]:
    """Return the file *name* below *root*, or the files in the folder of that name."""
    path = root / name
    if not path.is_dir():
        return [name] if path.is_file() else []
    found: list[str] = []
    for where, folders, names in os.walk(path):
        folders[:] = sorted(
            each for each in folders if each not in ("__pycache__", BUILD_DIR, ".git")
        )
        found += (Path(where, each).relative_to(root).as_posix() for each in names)
    return [each for each in found if not each.endswith((".pyc", ".o", ".so", ".pyd"))]


def _watched(root: Path, extension: Extension, built: Built) -> list[str]:
    names = [
        "pyproject.toml",
        *(file for each in extension.sources for file in _files(root, each)),
        *built.results[extension.name].inputs,
    ]
    return [each for each in dict.fromkeys(names) if (root / each).is_file()]


def _module(output: Output, plan: Plan) -> str:
    """Return the dotted name by which *output* is imported, "" if it is not."""
    if output.scheme not in ("platlib", "purelib"):
        return ""
    target = plan.target
    for suffix in (target.ext_suffix, target.abi3_suffix, target.abi3t_suffix, ".py"):
        if suffix and output.path.endswith(suffix):
            return output.path.removesuffix(suffix).replace("/", ".").removesuffix(".__init__")
    return ""
