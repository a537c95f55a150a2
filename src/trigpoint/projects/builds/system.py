"""Which backend builds a project: ``[build-system]`` as a build reads it.

Source: PEP 517 and 518; pyproject.toml specification.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from trigpoint.findings import Finding
from trigpoint.metadata.project.build import BACKENDS
from trigpoint.metadata.project.pyproject import read_pyproject
from trigpoint.projects.builds.tree import Tree

__all__ = ["LEGACY", "SERVED_BACKENDS", "System", "read_system", "tables"]

LEGACY: Final = "setuptools.build_meta:__legacy__"
"""The backend of a project that names none."""

SERVED_BACKENDS: Final = {
    "hatchling": "hatchling.build",
    "flit-core": "flit_core.buildapi",
    "setuptools": "setuptools.build_meta",
    "poetry-core": "poetry.core.masonry.api",
    "pdm-backend": "pdm.backend",
}
"""The backends that are pure Python, by project: the object that each names."""

_READING: Final = frozenset({"metadata-toml"})


@dataclass(frozen=True, slots=True)
class System:
    """What ``[build-system]`` says: ``requires``, the ``backend`` object, its ``backend_path``.

    ``stated`` is whether the table is there; without it the build is that of setuptools.
    ``project`` is the name of the backend's project as far as it is known, such as
    ``"hatchling"``.
    """

    requires: tuple[str, ...] = ("setuptools>=40.8.0",)
    backend: str = LEGACY
    backend_path: tuple[str, ...] = ()
    stated: bool = False

    @property
    def project(self) -> str:
        """The project that the backend comes from; the first part of its module if unknown."""
        first = self.backend.partition(":")[0].partition(".")[0]
        known = BACKENDS.get(first)
        return known[1][0] if known and not self.backend_path else first


def read_system(tree: Tree) -> tuple[System | None, list[Finding]]:
    """Return what builds the project *tree*, and what is wrong with the table.

    None where the file is no TOML, or nothing in the project can be built.

    >>> system, _ = read_system(Tree({"setup.py": b""}))
    >>> system.backend, system.stated
    ('setuptools.build_meta:__legacy__', False)
    """
    if "pyproject.toml" not in tree.files:
        return System(), []
    found = read_pyproject(tree.text("pyproject.toml"))
    findings = found.findings()
    if any(each.code in _READING for each in findings):
        return None, findings
    stated = found.build_system
    own = [each for each in findings if each.code.startswith("pyproject-build")]
    if stated is None:
        return System(), own
    requires = tuple(each.text for each in stated.requires)
    return System(requires, stated.backend, stated.backend_path, stated=True), own


def tables(tree: Tree) -> Mapping[str, Any]:
    """Return the pyproject.toml of *tree* as data, empty where it is none.

    A hatch.toml stands for the table ``[tool.hatch]``.

    >>> tables(Tree({"pyproject.toml": b"[tool.x]"}))
    {'tool': {'x': {}}}
    """
    from trigpoint.metadata.project.project import parse_toml

    read = [parse_toml(tree.text(name)) for name in ("pyproject.toml", "hatch.toml")]
    data, own = ({} if isinstance(each, Finding) else each[0] for each in read)
    if own and isinstance(tool := data.setdefault("tool", {}), dict):
        tool["hatch"] = own
    return data
