"""The backend inside of a wrapper: which one it is, and which of its hooks there are.

Source: https://peps.python.org/pep-0517/, https://peps.python.org/pep-0660/
"""

from __future__ import annotations

import contextlib
import importlib
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions.protocol import ExtensionError
from trigpoint.extensions.session import refusing

__all__ = ["PASSED_ON", "Inner", "Settings"]

Settings = Mapping[str, Any] | None

PASSED_ON: Final = ("prepare_metadata_for_build_wheel", "prepare_metadata_for_build_editable")
"""Optional hooks that a wrapper has nothing to add to."""

_PIP: Final = "PIP_BUILD_TRACKER"
"""The variable by which hatchling knows pip."""


@dataclass(frozen=True, slots=True)
class Inner:
    """How a wrapper finds the backend that it wraps, in the current folder.

    ``table`` are the keys of the table of ``pyproject.toml`` that names it, ``own`` the
    wrapper's own name, and ``settings`` config settings that are the wrapper's.
    """

    table: tuple[str, ...]
    own: str
    settings: tuple[str, ...]

    def load(self) -> Any:
        """Return the backend; an :exc:`~.protocol.ExtensionError` says why there is none."""
        with Path("pyproject.toml").open("rb") as file:
            document = tomllib.load(file)
        name = _table(document, *self.table).get("backend")
        dotted = ".".join(self.table)
        if not isinstance(name, str) or not name:
            raise ExtensionError(
                "extension-unusable-backend",
                f"{dotted}.backend does not say which backend makes the rest of the wheel",
                fix=f'write [{dotted}] with backend = "flit_core.buildapi", or another',
            )
        module, _, attribute = name.partition(":")
        if module == self.own:
            raise ExtensionError(
                "extension-unusable-backend",
                f"{dotted}.backend names this backend itself",
                fix="name the one that makes the rest of the wheel",
            )
        try:
            with _offering_metadata(document, module):
                found: Any = importlib.import_module(module)
            for each in filter(None, attribute.split(".")):
                found = getattr(found, each)
        except (ImportError, AttributeError, ValueError) as problem:
            raise ExtensionError(
                "extension-unusable-backend",
                f"the backend {name} cannot be loaded ({problem})",
                fix="add the distribution that has it to build-system.requires",
            ) from problem
        return found

    def others(self, settings: Settings) -> dict[str, Any] | None:
        """Return the *settings* that are the other backend's."""
        if settings is None:
            return None
        return {key: value for key, value in settings.items() if key not in self.settings}

    def asked(self, hook: str, settings: Settings) -> list[str]:
        """Return what the other backend requires with *settings*, if it has the *hook*."""
        function: Callable[..., Any] | None = getattr(self.load(), hook, None)
        return list(function(self.others(settings))) if function else []

    def get_requires_for_build_sdist(self, config_settings: Settings = None) -> list[str]:
        """Return what the other backend requires for an sdist, the hook of every wrapper.

        *config_settings* are the frontend's.  Without a backend the process ends with status 1.
        """
        return refusing(lambda: self.asked("get_requires_for_build_sdist", config_settings))

    def optional(self, name: str, own: Mapping[str, Callable[..., Any]]) -> Any:
        """Return the optional hook *name*, for the ``__getattr__`` of a wrapper.

        *own* are the wrapper's hooks by name, for editable wheels: they are there if the other
        backend has ``build_editable``.  By PEP 660 the default of
        ``get_requires_for_build_editable`` is to require nothing, so it changes nothing where
        the other backend has none, and a wrapper can add to it; and nobody calls it where
        there is no ``build_editable``.  Any other hook is there if the other backend has it;
        else there is an :exc:`AttributeError`.
        """
        if name in PASSED_ON:
            return self.passed_on(getattr(refusing(self.load), name))
        if name in own and hasattr(refusing(self.load), "build_editable"):
            return own[name]
        text = f"module {self.own!r} has no attribute {name!r}"
        raise AttributeError(text)

    def passed_on(self, function: Callable[..., str]) -> Callable[..., str]:
        """Return *function*, which prepares metadata, without the settings of the wrapper."""

        def prepare(directory: str, config_settings: Settings = None) -> str:
            return function(directory, self.others(config_settings))

        return prepare


@contextlib.contextmanager
def _offering_metadata(document: Mapping[str, Any], module: str) -> Iterator[None]:
    """Let hatchling offer metadata to pip as well, while it is imported.

    It does so to every frontend but pip, because hooks may add dependencies while a wheel
    is built.  A project without hooks has none to add, and pip would compile everything to
    learn what it depends on.
    """
    told = (
        os.environ.get(_PIP) if module == "hatchling.build" and not _has_hooks(document) else None
    )
    if told is not None:
        del os.environ[_PIP]
    try:
        yield
    finally:
        if told is not None:
            os.environ[_PIP] = told


def _has_hooks(document: Mapping[str, Any]) -> bool:
    """Return whether *document* or a file of its own configures build hooks of hatchling."""
    build = _table(document, "tool", "hatch", "build")
    targets = _table(build, "targets")
    tables = [build, *(_table(targets, each) for each in targets)]
    return any("hooks" in each for each in tables) or Path("hatch.toml").exists()


def _table(value: Any, *keys: str) -> Mapping[str, Any]:
    """Return the table that *keys* of *value* lead to, an empty one if they lead to none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
