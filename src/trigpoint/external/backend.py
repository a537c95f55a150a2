"""A PEP 517 backend around another one, which looks for what ``[external]`` asks for first.

.. code-block:: toml

    [build-system]
    requires = ["scikit-build-core>=0.11", "trigpoint"]
    build-backend = "trigpoint.external.backend"

    [tool.trigpoint.external]
    backend = "scikit_build_core.build"

Only what compiles is looked after: ``build_wheel`` and ``build_editable``.  What a build
requires, its metadata and an sdist are the other backend's alone, and so is whatever
optional hook it has or has not; :meth:`~trigpoint.extensions.inner.Inner.optional` says
which there are.

Source: https://peps.python.org/pep-0517/, https://peps.python.org/pep-0660/
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions.inner import Inner, Settings
from trigpoint.extensions.session import refusing
from trigpoint.external.gate import SETTING, stop_if_absent

__all__ = [
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
]

_INNER: Final = Inner(("tool", "trigpoint", "external"), __name__, (SETTING,))

get_requires_for_build_sdist = _INNER.get_requires_for_build_sdist


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Return what the other backend requires; *config_settings* are the frontend's."""
    return refusing(lambda: _INNER.asked("get_requires_for_build_wheel", config_settings))


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """Let the other backend make an sdist in *sdist_directory*; *config_settings* are the frontend's."""
    inner = refusing(_INNER.load)
    name: str = inner.build_sdist(sdist_directory, _INNER.others(config_settings))
    return name


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Look for what is needed, and let the other backend make a wheel.

    *wheel_directory* is where it goes; *config_settings* and *metadata_directory* are the
    frontend's.  What is missing ends the process with status 1.
    """
    inner = refusing(_INNER.load)
    stop_if_absent(Path.cwd(), config_settings)
    others = _INNER.others(config_settings)
    name: str = inner.build_wheel(wheel_directory, others, metadata_directory)
    return name


def _build_editable(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Look for what is needed, and let the other backend make an editable wheel."""
    inner = refusing(_INNER.load)
    stop_if_absent(Path.cwd(), config_settings)
    others = _INNER.others(config_settings)
    name: str = inner.build_editable(wheel_directory, others, metadata_directory)
    return name


def _get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """Return what the other backend requires for an editable wheel."""
    return refusing(lambda: _INNER.asked("get_requires_for_build_editable", config_settings))


_OPTIONAL: Final[Mapping[str, Callable[..., Any]]] = {
    "build_editable": _build_editable,
    "get_requires_for_build_editable": _get_requires_for_build_editable,
}


def __getattr__(name: str) -> Any:
    """Return an optional hook, if the other backend has it."""
    return _INNER.optional(name, _OPTIONAL)
