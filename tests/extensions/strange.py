"""Builders that do what no builder should."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trigpoint.extensions import BuildRequest, BuildResult, Output, Tag, Target
from trigpoint.extensions.registry import Announced, Registry, announced

__all__ = ["REGISTRY", "Plain", "not_a_builder"]


class Plain:
    """A builder that writes one text file, and takes any table."""

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        self.root = root
        self.config = config

    def get_expected_outputs(self, target: Target) -> Sequence[Output] | None:
        return [Output("pkg/made.txt", "purelib")]

    def get_tag(self, target: Target) -> Tag | None:
        return None

    def build(self, request: BuildRequest) -> BuildResult:
        path = request.out_dir / "pkg/made.txt"
        path.parent.mkdir(parents=True)
        path.write_text(request.name)
        return BuildResult((Output("pkg/made.txt", "purelib"),))


class Crash(Plain):
    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        raise RuntimeError("boom")


class Exit(Plain):
    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        sys.exit(3)


class Outputs(Plain):
    def get_expected_outputs(self, target: Target) -> Any:
        return 3


class OneOutput(Plain):
    def get_expected_outputs(self, target: Target) -> Any:
        return ["pkg/made.txt"]


class Scheme(Plain):
    def get_expected_outputs(self, target: Target) -> Any:
        return [Output("a", "stdlib")]  # type: ignore[arg-type]


class BadPath(Plain):
    def get_expected_outputs(self, target: Target) -> Any:
        return [Output("../../x")]


class Requires(Plain):
    def get_requires(self, target: Target) -> Any:
        return ["a >> b"]


class BadTag(Plain):
    def get_tag(self, target: Target) -> Any:
        return "py3-none-any"


class Foreign(Plain):
    def get_tag(self, target: Target) -> Tag:
        return Tag("cp27", "cp27m", "win32")


class Sdist(Plain):
    def get_sdist_files(self) -> Any:
        return 3


def not_a_builder() -> None:
    """Stand for whatever else an entry point can name."""


def _here(name: str) -> tuple[Announced, ...]:
    return (Announced("strange", f"{__name__}:{name}"),)


REGISTRY: Registry = {
    **announced([]),
    "twice": (Announced("one", "a:b"), Announced("two", "a:b")),
    "gone": (Announced("strange", "no_such_module:X"),),
    "function": _here("not_a_builder"),
    "plain": _here("Plain"),
    "crash": _here("Crash"),
    "exit": _here("Exit"),
    "outputs": _here("Outputs"),
    "output": _here("OneOutput"),
    "scheme": _here("Scheme"),
    "path": _here("BadPath"),
    "requires": _here("Requires"),
    "tag": _here("BadTag"),
    "foreign": _here("Foreign"),
    "sdist": _here("Sdist"),
}
"""Builders of this project and those above."""
