"""Whether a build ever comes to the extensions: what names the tables, and what builds them.

A backend that knows nothing of them makes a wheel without them, and nobody is told; so is it
with a table whose name is mistyped.  Only what is certain is said: a backend that is not in
:data:`WITHOUT` may have taken the protocol up.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions.protocol import UNSEEN, ExtensionError
from trigpoint.extensions.settings import value_at

__all__ = ["HATCHLING", "HOOKS", "WITHOUT", "WRAPPER", "misplaced", "unreached"]

WRAPPER: Final = "trigpoint.extensions.backend"
"""The backend that builds extensions around another one."""

HATCHLING: Final = "hatchling.build"
"""The backend that builds them where its hook is asked for."""

WITHOUT: Final = frozenset(
    {
        "flit_core.buildapi",
        "setuptools.build_meta",
        "setuptools.build_meta:__legacy__",
        "poetry.core.masonry.api",
        "pdm.backend",
        "uv_build",
        "mesonpy",
        "maturin",
        "scikit_build_core.build",
    }
)
"""Backends that build nothing of ``[[tool.trigpoint.extensions]]``."""

HOOKS: Final = (
    ("tool", "hatch", "build", "hooks", "trigpoint"),
    ("tool", "hatch", "build", "targets", "wheel", "hooks", "trigpoint"),
)
"""The tables that ask hatchling for the hook, any of them."""

_NAME: Final = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
_Path = tuple["str | int", ...]
_ALIKE: Final = 0.8
"""How much alike two names are that are taken for the same one, from 0 to 1."""


def _alike(word: str, known: str) -> bool:
    return word != known and bool(difflib.get_close_matches(word, [known], 1, _ALIKE))


def misplaced(document: Mapping[str, Any]) -> list[tuple[_Path, ExtensionError]]:
    """Return the tables of *document* that are meant for extensions and stand where nobody looks.

    Each comes with the keys that lead to it.

    >>> [error.fix for _, error in misplaced({"project": {"extensions": [{}]}})]
    ['write [[tool.trigpoint.extensions]]']
    """
    found: list[_Path] = []
    tool, own = value_at(document, "tool"), value_at(document, "tool", "trigpoint")
    if isinstance(own, Mapping):
        found += [("tool", "trigpoint", key) for key in own if _alike(key, "extensions")]
    if isinstance(tool, Mapping):
        found += [
            ("tool", key, "extensions")
            for key in tool
            if _alike(key, "trigpoint") and value_at(tool, key, "extensions") is not None
        ]
    if value_at(document, "project", "extensions") is not None:
        found.append(("project", "extensions"))
    return [
        (
            path,
            ExtensionError(
                "extension-unknown-key",
                f"nothing reads {'.'.join(map(str, path))}",
                fix="write [[tool.trigpoint.extensions]]",
            ),
        )
        for path in found
    ]


def unreached(
    document: Mapping[str, Any], root: Path = UNSEEN
) -> tuple[_Path, ExtensionError] | None:
    """Return why no build comes to the extensions of *document*, with the keys that lead there.

    None where one does, and where it cannot be told: without ``[build-system]``, with a backend
    of the project's own or one that is not known here, or where a ``hatch.toml`` in *root* may
    ask for the hook.

    >>> document = {"build-system": {"requires": ["uv_build"], "build-backend": "uv_build"}}
    >>> unreached(document)[1].message
    'uv_build builds no extensions, and makes a wheel without them'
    """
    system = value_at(document, "build-system")
    backend = value_at(document, "build-system", "build-backend")
    if not isinstance(backend, str) or "backend-path" in system:
        return None
    here: _Path = ("build-system", "build-backend")
    if backend in WITHOUT:
        message = f"{backend} builds no extensions, and makes a wheel without them"
        fix = f'write build-backend = "{WRAPPER}", and below [tool.trigpoint] backend = "{backend}"'
        return here, ExtensionError("extension-not-reached", message, fix=fix)
    hooks = [table for path in HOOKS if isinstance(table := value_at(document, *path), Mapping)]
    if backend == HATCHLING and not hooks:
        if root != UNSEEN and (root / "hatch.toml").is_file():
            return None
        message = "hatchling builds no extensions where its hook is not asked for"
        fix = "write [tool.hatch.build.hooks.trigpoint], or [build.hooks.trigpoint] in hatch.toml"
        return here, ExtensionError("extension-not-reached", message, fix=fix)
    listed = [value_at(document, "build-system", "requires")]
    listed += [table.get("dependencies") for table in hooks]
    requires = [each for some in listed if isinstance(some, list) for each in some]
    if backend in (HATCHLING, WRAPPER) and "trigpoint" not in map(_name, requires):
        message = "build-system.requires has no trigpoint, which builds them"
        fix = 'add "trigpoint" to build-system.requires'
        place: _Path = ("build-system", "requires") if "requires" in system else here
        return place, ExtensionError("extension-not-reached", message, fix=fix)
    return None


def _name(requirement: object) -> str:
    """Return the name that *requirement* begins with, in normal form; empty for none."""
    from packaging.utils import canonicalize_name  # no build asks

    match = _NAME.match(requirement) if isinstance(requirement, str) else None
    return canonicalize_name(match[1]) if match else ""
