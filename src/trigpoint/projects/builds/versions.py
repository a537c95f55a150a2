"""The version that git would give, where there is no git.

Backends ask git for a version through a plugin.  A tree without its history has none,
unless it is an sdist, whose PKG-INFO says it; some plugins then stop, and some make one
up.  Each can be told a version in an environment variable, which is what is asked for
here.

Source: documentation of setuptools-scm, hatch-vcs and pdm-backend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from trigpoint.projects.builds.system import System, tables
from trigpoint.projects.builds.tree import Tree
from trigpoint.requirements import read_requirement

__all__ = ["FromGit", "from_git"]

_PLUGINS: Final[Mapping[str, tuple[str, ...]]] = {
    "setuptools-scm": ("SETUPTOOLS_SCM_PRETEND_VERSION",),
    "hatch-vcs": ("SETUPTOOLS_SCM_PRETEND_VERSION",),
    "vcs-versioning": ("SETUPTOOLS_SCM_PRETEND_VERSION", "VCS_VERSIONING_PRETEND_VERSION"),
    "pdm-backend": ("PDM_BUILD_SCM_VERSION",),
    "flit-scm": ("SETUPTOOLS_SCM_PRETEND_VERSION",),
    "setuptools-git-versioning": (),
    "versioningit": (),
    "dunamai": (),
    "poetry-dynamic-versioning": ("POETRY_DYNAMIC_VERSIONING_BYPASS",),
    "uv-dynamic-versioning": ("UV_DYNAMIC_VERSIONING_BYPASS",),
    "versioneer": (),
    "pbr": ("PBR_VERSION",),
}


@dataclass(frozen=True, slots=True)
class FromGit:
    """Who asks git for the version.

    It is the ``plugin``; ``variables`` tell it a version, and ``known`` is whether the tree
    says one itself, as an sdist does.
    """

    plugin: str
    variables: tuple[str, ...]
    known: bool


def from_git(tree: Tree, system: System) -> FromGit | None:
    r"""Return what of *tree*, which *system* builds, asks git for the version; None if nothing does.

    >>> system = System(("hatchling", "hatch-vcs"), "hatchling.build", (), stated=True)
    >>> text = b'[project]\nname = "a"\ndynamic = ["version"]\n[tool.hatch.version]\nsource = "vcs"\n'
    >>> from_git(Tree({"pyproject.toml": text}), system).plugin
    'hatch-vcs'
    """
    data = tables(tree)
    if _stated(data):
        return None
    known = "PKG-INFO" in tree.files
    tool = data.get("tool")
    tool = tool if isinstance(tool, Mapping) else {}
    names = {read_requirement(text).normalised for text in system.requires}
    if system.project == "pdm-backend":
        pdm = tool.get("pdm")
        source = pdm.get("version") if isinstance(pdm, Mapping) else None
        if isinstance(source, Mapping) and source.get("source") == "scm":
            return FromGit("pdm-backend", _PLUGINS["pdm-backend"], known)
        return None
    if system.project == "hatchling":
        hatch = tool.get("hatch")
        stated = hatch.get("version") if isinstance(hatch, Mapping) else None
        if not (isinstance(stated, Mapping) and stated.get("source")):
            return None
    for plugin, variables in _PLUGINS.items():
        if plugin in names:
            return FromGit(plugin, variables, known)
    return None


def _stated(data: Mapping[str, Any]) -> bool:
    """Say whether the table itself has a version."""
    project = data.get("project")
    return isinstance(project, Mapping) and isinstance(project.get("version"), str)
