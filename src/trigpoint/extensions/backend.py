"""A PEP 517 backend around another one, which adds the extensions.

.. code-block:: toml

    [build-system]
    requires = ["flit_core>=3.11", "trigpoint"]
    build-backend = "trigpoint.extensions.backend"

    [tool.trigpoint]
    backend = "flit_core.buildapi"

Whatever optional hook the other backend has, this one has too, and no other: so metadata is
prepared without compiling anything wherever the other backend can do that.

Source: https://peps.python.org/pep-0517/, https://peps.python.org/pep-0660/
"""

from __future__ import annotations

import contextlib
import importlib
import os
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions import editable
from trigpoint.extensions.protocol import ExtensionError, Tag
from trigpoint.extensions.sdistfile import complete
from trigpoint.extensions.session import Session, refusing
from trigpoint.extensions.tags import merge
from trigpoint.extensions.wheelfile import Addition, add_to_wheel, additions, tag_of

__all__ = [
    "OWN_SETTINGS",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
]

Settings = Mapping[str, Any] | None

OWN_SETTINGS: Final = ("extensions", "build-dir", "jobs", "target")
"""Config settings that are this backend's; the others go to the other one."""

_PIP: Final = "PIP_BUILD_TRACKER"
"""The variable by which hatchling knows pip."""

_PASSED_ON: Final = ("prepare_metadata_for_build_wheel", "prepare_metadata_for_build_editable")
_WRAPPED: Final = ("build_editable", "get_requires_for_build_editable")


def _inner() -> Any:
    """Return the backend that ``tool.trigpoint.backend`` names."""
    with Path("pyproject.toml").open("rb") as file:
        document = tomllib.load(file)
    name = _table(document, "tool", "trigpoint").get("backend")
    if not isinstance(name, str) or not name:
        raise ExtensionError(
            "extension-unusable-backend",
            "tool.trigpoint.backend does not say which backend makes the rest of the wheel",
            fix='write [tool.trigpoint] with backend = "flit_core.buildapi", or another',
        )
    module, _, attribute = name.partition(":")
    if module == __name__:
        raise ExtensionError(
            "extension-unusable-backend",
            "tool.trigpoint.backend names this backend itself",
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


def _session(settings: Settings) -> Session:
    return Session(Path.cwd(), settings or {})


def _others(settings: Settings) -> dict[str, Any] | None:
    """Return the *settings* that are the other backend's."""
    if settings is None:
        return None
    return {key: value for key, value in settings.items() if key not in OWN_SETTINGS}


def _asked(hook: str, settings: Settings) -> list[str]:
    """Return what the other backend requires, if it has the *hook*."""
    function: Callable[..., Any] | None = getattr(_inner(), hook, None)
    return list(function(_others(settings))) if function else []


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Return what the other backend and all enabled extensions require.

    *config_settings* are the frontend's, as PEP 517 says.
    """

    def answer() -> list[str]:
        own = _session(config_settings).requires()
        return [*_asked("get_requires_for_build_wheel", config_settings), *own]

    return refusing(answer)


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    """Return what the other backend requires for an sdist; *config_settings* are the frontend's."""
    return refusing(lambda: _asked("get_requires_for_build_sdist", config_settings))


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """Let the other backend make an sdist in *sdist_directory*, and add what it left out.

    *config_settings* are the frontend's.
    """

    def answer() -> str:
        session = _session(config_settings)
        sources = session.sources()
        name: str = _inner().build_sdist(sdist_directory, _others(config_settings))
        complete(Path(sdist_directory, name), session.root, sources)
        return name

    return refusing(answer)


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Build the extensions, let the other backend make a wheel, and put both together.

    *wheel_directory* is where the wheel goes; *config_settings* and *metadata_directory*
    are the frontend's.
    """

    def answer() -> str:
        session = _session(config_settings)
        inner = _inner()
        plan, built = session.build()
        with tempfile.TemporaryDirectory(dir=wheel_directory) as folder:
            name: str = inner.build_wheel(folder, _others(config_settings), metadata_directory)
            project = "-".join(name.split("-")[:2])
            added = additions(session.shipped(built), project)
            tags: list[tuple[str, Tag | None]] = [("the other backend", _known(tag_of(name)))]
            tags += ((each, result.tag) for each, result in built.results.items())
            tag = merge(tags, plan.target) if added else None
            return add_to_wheel(Path(folder, name), Path(wheel_directory), added, tag)

    return refusing(answer)


def _known(tag: Tag) -> Tag | None:
    """Return *tag*, None if it says nothing: many spell that ``py2.py3-none-any``."""
    return None if (tag.abi, tag.platform) == ("none", "any") else tag


def _build_editable(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Let the other backend make an editable wheel, and add what finds the modules."""

    def answer() -> str:
        session = _session(config_settings)
        inner = _inner()
        with tempfile.TemporaryDirectory(dir=wheel_directory) as folder:
            name: str = inner.build_editable(folder, _others(config_settings), metadata_directory)
            files = editable.files(session, name.split("-", maxsplit=1)[0])
            added = [Addition(path, text.encode()) for path, text in files.items()]
            return add_to_wheel(Path(folder, name), Path(wheel_directory), added, None)

    return refusing(answer)


def _get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """Return what the other backend and all enabled extensions require for an editable wheel."""

    def answer() -> list[str]:
        own = _session(config_settings).requires()
        return [*_asked("get_requires_for_build_editable", config_settings), *own]

    return refusing(answer)


def __getattr__(name: str) -> Any:
    """Return an optional hook, if the other backend has it."""
    if name in _PASSED_ON:
        function = getattr(refusing(_inner), name)

        def passed_on(directory: str, config_settings: Settings = None) -> str:
            made: str = function(directory, _others(config_settings))
            return made

        return passed_on
    if name in _WRAPPED and hasattr(refusing(_inner), "build_editable"):
        return globals()[f"_{name}"]
    text = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(text)
