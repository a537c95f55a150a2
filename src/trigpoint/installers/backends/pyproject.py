"""What a pyproject.toml asks of its build backend, and which versions of that it allows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from trigpoint import versions
from trigpoint.findings import Span, TextIndex
from trigpoint.metadata.project.toml import Path, TomlPlace, positions
from trigpoint.metadata.requirement import Requirement, parse
from trigpoint.metadata.text.depth import toml_too_deep

__all__ = ["MODULES", "Asked", "asked_features", "read_build"]

MODULES: Final = {
    "setuptools.build_meta": "setuptools",
    "setuptools.build_meta:__legacy__": "setuptools",
    "hatchling.build": "hatchling",
    "flit_core.buildapi": "flit-core",
    "poetry.core.masonry.api": "poetry-core",
    "pdm.backend": "pdm-backend",
    "uv_build": "uv_build",
    "mesonpy": "meson-python",
    "scikit_build_core.build": "scikit-build-core",
    "maturin": "maturin",
}
"""The build backends that are recorded, by what ``build-backend`` says."""

_DEFAULT = "setuptools.build_meta:__legacy__"


@dataclass(frozen=True, slots=True)
class Asked:
    """A pyproject.toml with the requirement for its backend.

    ``backend`` is the project; ``requirement`` is the text that asks for it,
    at ``path``, empty where the file names none; ``specifiers`` what it allows.
    """

    text: str
    data: Mapping[str, Any]
    places: Mapping[Path, TomlPlace]
    backend: str
    requirement: str
    path: Path
    specifiers: SpecifierSet

    def span(self, path: Path) -> Span | None:
        """Return the place of the value at *path*, or of what it is in."""
        while path:
            place = self.places.get(path)
            if place is not None:
                return TextIndex(self.text).span(place.start, place.end)
            path = path[:-1]
        return None


def read_build(text: str) -> Asked | None:
    """Return what *text*, a pyproject.toml, says of its backend.

    None for what is no TOML, has no ``[project]`` table, or names a backend that
    is not recorded, in a way that is not read, or out of the project itself.
    """
    if toml_too_deep(text) is not None:
        return None
    try:
        data = tomllib.loads(text)
    except ValueError:
        return None
    build = data.get("build-system", {})
    if not isinstance(data.get("project"), dict) or not isinstance(build, dict):
        return None
    module = build.get("build-backend", _DEFAULT)
    if not isinstance(module, str) or module not in MODULES or "backend-path" in build:
        return None
    backend = MODULES[module]
    requires = build.get("requires", [])
    for i, requirement in enumerate(requires if isinstance(requires, list) else []):
        parsed = parse(requirement) if isinstance(requirement, str) else []
        if not isinstance(parsed, Requirement) or parsed.url is not None:
            continue
        if canonicalize_name(parsed.name) == canonicalize_name(backend):
            allowed = versions.specifiers(parsed.specifier)
            path: Path = ("build-system", "requires", i)
            return Asked(text, data, positions(text), backend, requirement, path, allowed)
    return Asked(
        text, data, positions(text), backend, "", ("build-system",), versions.specifiers("")
    )


def asked_features(data: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Yield the recorded features that *data*, a pyproject.toml, has, each with its place.

    A feature is asked for only in the form in which it was recorded.
    """
    project = data["project"]
    yield "project", ("project",)
    named = project.get("license")
    classifiers = project.get("classifiers")
    if isinstance(named, str):
        yield "license-expression", ("project", "license")
        if isinstance(project.get("license-files"), list):
            yield "license-files", ("project", "license-files")
        for i, each in enumerate(classifiers if isinstance(classifiers, list) else []):
            if isinstance(each, str) and each.startswith("License ::"):
                yield "license-classifier", ("project", "classifiers", i)
                break
    if isinstance(project.get("import-names"), list):
        yield "import-names", ("project", "import-names")
    dynamic = project.get("dynamic")
    if isinstance(dynamic, list) and "classifiers" in dynamic and classifiers is not None:
        yield "dynamic-and-static", ("project", "classifiers")
    yield from _dependencies(project)


def _dependencies(project: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    listed = project.get("dependencies")
    seen: set[str] = set()
    for i, each in enumerate(listed if isinstance(listed, list) else []):
        parsed = parse(each) if isinstance(each, str) else []
        if not isinstance(parsed, Requirement):
            continue
        kind = ""
        if parsed.url is not None:
            kind = "direct-reference"
        elif negated(parsed.marker):
            kind = "negated-extra"
        if kind and kind not in seen:
            seen.add(kind)
            yield kind, ("project", "dependencies", i)


def negated(marker: str | None) -> bool:
    """Say whether *marker* is one comparison that an extra is not asked for.

    >>> negated("extra != 'cuda'"), negated("extra == 'cuda'")
    (True, False)
    """
    parts = (marker or "").split("!=")
    return len(parts) == 2 and "extra" in (part.strip() for part in parts)
