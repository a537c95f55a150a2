"""Requests for builders, with a stand-in for the tools that they start."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trigpoint.extensions import BuildRequest, BuildResult, ExtensionError, Target

__all__ = ["LINUX", "Tools", "codes", "real", "request"]

LINUX = Target(
    "cpython",
    (3, 13),
    "linux_x86_64",
    ".cpython-313-x86_64-linux-gnu.so",
    ".abi3.so",
    include_dirs=("/include",),
    python="/python",
)
"""A target like that of most who read this."""


class Tools:
    """Takes commands down instead of running them, and does what a function says."""

    def __init__(self, acts: Callable[[list[str]], str] = lambda _: "") -> None:
        self.acts = acts
        self.commands: list[list[str]] = []
        self.env: list[Mapping[str, str]] = []

    def __call__(
        self,
        arguments: Sequence[str],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> str:
        self.commands.append(list(arguments))
        self.env.append(env or {})
        return self.acts(list(arguments))


def real(
    arguments: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> str:
    """Run a command as it is."""
    return subprocess.run(
        arguments, cwd=cwd, env=env, capture_output=True, text=True, check=True
    ).stdout


def request(
    root: Path,
    run: Any,
    target: Target = LINUX,
    env: Mapping[str, str] | None = None,
    dependencies: Mapping[str, BuildResult] | None = None,
) -> BuildRequest:
    """Return a request for the project in *root*, whose folders are beside it and empty at first."""
    work = root.parent / f"{root.name}-work"
    (work / "build").mkdir(parents=True, exist_ok=True)
    (work / "out").mkdir(exist_ok=True)
    return BuildRequest(
        name="core",
        root=root,
        target=target,
        build_dir=work / "build",
        out_dir=work / "out",
        log=work / "log",
        run=run,
        env=env or {},
        jobs=3,
        dependencies=dependencies or {},
    )


def codes(error: ExtensionError) -> list[tuple[str, str]]:
    """Return the code and the key of *error*, and of those that were found with it."""
    return [(each.code, each.key) for each in error]
