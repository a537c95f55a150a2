"""The build hook for hatchling that looks before a build: ``[tool.hatch.build.hooks.trigpoint-external]``.

Hatchling keeps config settings to itself, so only the environment variable
:data:`~trigpoint.external.gate.VARIABLE` switches it off here.

Source: https://hatch.pypa.io/latest/plugins/build-hook/reference/
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

from trigpoint.external.gate import stop_if_absent

__all__ = ["ExternalBuildHook", "hatch_register_build_hook"]


class ExternalBuildHook(BuildHookInterface[Any]):
    """Says what ``[external]`` asks for and is not here, before a wheel is built."""

    PLUGIN_NAME = "trigpoint-external"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Look, if a wheel is built; *version* and *build_data* are hatchling's, and stay."""
        if self.target_name == "wheel":
            stop_if_absent(Path(self.root))


@hookimpl
def hatch_register_build_hook() -> type[ExternalBuildHook]:
    """Return the hook, for hatchling's plugin manager."""
    return ExternalBuildHook
