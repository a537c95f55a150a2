"""Every check, in the order in which they are told, and the families that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from trigpoint.projects.review.checks import (
    builds,
    external,
    files,
    floors,
    hooks,
    names,
    pythons,
    workflows,
)
from trigpoint.projects.review.checks.base import Check
from trigpoint.projects.review.project import Found, Project

__all__ = ["ALL", "CHECKS", "FAMILIES", "PREFIX"]

PREFIX: Final = "trigpoint-"
"""What the families' keys begin with where those of other plugins are beside them."""

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "names": "Names that files use",
        "pythons": "Versions of Python",
        "floors": "Versions of tools",
        "builds": "Builds and layout",
        "wheels": "Wheels and sdists",
        "workflows": "Workflows",
        "publishing": "Publishing",
        "hooks": "Hooks",
        "files": "Files as such",
    }
)
"""The title of each family of checks, by its key, in order."""


def _yaml(project: Project) -> Iterable[Found] | None:
    """Find what is no YAML, of the files that the other checks read."""
    asked = (project.workflows, project.readthedocs, project.pre_commit)
    read = any(path.endswith((".yml", ".yaml")) for path in (*project.read, *project.unread))
    del asked
    return list(project.broken) if read else None


CHECKS: Final[tuple[Check, ...]] = (
    *names.CHECKS,
    *pythons.CHECKS,
    *floors.CHECKS,
    *builds.CHECKS,
    *workflows.CHECKS,
    *hooks.CHECKS,
    Check("review-yaml", "files", "YAML can be read", _yaml),
    *external.CHECKS,
)
"""The checks that look at more than each file by itself."""

ALL: Final[tuple[Check, ...]] = (*CHECKS, *files.CHECKS)
"""Every check of ours."""
