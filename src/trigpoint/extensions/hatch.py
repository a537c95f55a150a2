"""The build hook for hatchling: ``[tool.hatch.build.hooks.trigpoint]``.

Hatchling keeps config settings to itself, so extensions are selected by environment
variable here.  Source: https://hatch.pypa.io/latest/plugins/build-hook/reference/
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

from trigpoint.extensions import editable
from trigpoint.extensions.runner import BUILD_DIR
from trigpoint.extensions.session import Session, refusing
from trigpoint.extensions.wheelfile import refuse_taken

__all__ = ["TrigpointBuildHook", "hatch_register_build_hook"]


class TrigpointBuildHook(BuildHookInterface[Any]):
    """Builds the extensions before hatchling packs."""

    PLUGIN_NAME = "trigpoint"

    def dependencies(self) -> list[str]:
        """Return what the enabled extensions require; nothing for an sdist."""
        if self.target_name != "wheel":
            return []
        return refusing(self._session().requires)

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add to *build_data* what was built; *version* is the kind of wheel, such as ``editable``."""
        if self.target_name == "sdist":
            self._sdist(build_data)
        elif self.target_name == "wheel" and version == "editable":
            self._editable(build_data)
        elif self.target_name == "wheel":
            self._wheel(build_data)

    def finalize(self, *_: Any) -> None:
        """Take away what only the packing needed."""
        if folder := getattr(self, "_folder", None):
            folder.cleanup()

    def _session(self) -> Session:
        return Session(Path(self.root))

    def _sdist(self, build_data: dict[str, Any]) -> None:
        # Nothing that was built is a source; hooks cannot exclude otherwise.
        self.build_config.target_config.setdefault("exclude", []).append(f"/{BUILD_DIR}")
        for each in refusing(self._session().sources):
            build_data["force_include"][str(Path(self.root, each))] = each

    def _wheel(self, build_data: dict[str, Any]) -> None:
        session = self._session()
        plan, built = refusing(session.build)
        if not plan.enabled:
            return
        build_data["tag"] = str(built.tag)
        build_data["pure_python"] = built.tag.platform == "any"
        project = self.build_config.builder.artifact_project_id
        places: dict[str, str] = {}
        for each in session.shipped(built):
            scheme, path = each.output.scheme, each.output.path
            # Hatchling knows no scheme for headers, but packs whatever path it is told.
            place = path if scheme == "platlib" else f"{project}.data/{scheme}/{path}"
            places[str(each.file)] = place
        packed = [
            each.distribution_path.replace("\\", "/")
            for each in self.build_config.builder.recurse_included_files()
        ]
        taken = {each.lower() for each in packed}
        refusing(lambda: refuse_taken(places.values(), taken))
        refusing(lambda: session.surround(plan, built, packed))
        build_data["force_include"].update(places)

    def _editable(self, build_data: dict[str, Any]) -> None:
        session = self._session()
        files = refusing(lambda: editable.files(session, self.metadata.core.name))
        if not files:
            return
        self._folder = tempfile.TemporaryDirectory()
        # Hatchling takes these instead of what the project forces in, so both are needed.
        forced = build_data["force_include_editable"]
        forced.update(self.build_config.get_force_include())
        for name, text in files.items():
            path = Path(self._folder.name, name)
            path.write_text(text, "utf-8")
            forced[str(path)] = name


@hookimpl
def hatch_register_build_hook() -> type[TrigpointBuildHook]:
    """Return the hook, for hatchling's plugin manager."""
    return TrigpointBuildHook
