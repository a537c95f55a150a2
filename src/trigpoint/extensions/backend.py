"""A PEP 517 backend around another one, which adds the extensions.

.. code-block:: toml

    [build-system]
    requires = ["flit_core>=3.11", "trigpoint"]
    build-backend = "trigpoint.extensions.backend"

    [tool.trigpoint]
    backend = "flit_core.buildapi"

Whatever optional hook the other backend has, this one has too, and no other: so metadata is
prepared without compiling anything wherever the other backend can do that.  What an editable
wheel requires is asked wherever one can be built, since the extensions have requirements too.

Source: https://peps.python.org/pep-0517/, https://peps.python.org/pep-0660/
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions import editable
from trigpoint.extensions.inner import Inner, Settings
from trigpoint.extensions.protocol import Tag
from trigpoint.extensions.sdistfile import complete
from trigpoint.extensions.session import Session, refusing
from trigpoint.extensions.tags import merge
from trigpoint.extensions.wheelfile import Addition, add_to_wheel, additions, paths_in, tag_of

__all__ = [
    "OWN_SETTINGS",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
]

OWN_SETTINGS: Final = ("extensions", "build-dir", "jobs", "target")
"""Config settings that are this backend's; the others go to the other one."""

_INNER: Final = Inner(("tool", "trigpoint"), __name__, OWN_SETTINGS)

get_requires_for_build_sdist = _INNER.get_requires_for_build_sdist


def _session(settings: Settings) -> Session:
    return Session(Path.cwd(), settings or {})


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Return what the other backend and all enabled extensions require.

    *config_settings* are the frontend's, as PEP 517 says.
    """

    def answer() -> list[str]:
        own = _session(config_settings).requires()
        return [*_INNER.asked("get_requires_for_build_wheel", config_settings), *own]

    return refusing(answer)


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """Let the other backend make an sdist in *sdist_directory*, and add what it left out.

    *config_settings* are the frontend's.
    """

    def answer() -> str:
        session = _session(config_settings)
        sources = session.sources()
        name: str = _INNER.load().build_sdist(sdist_directory, _INNER.others(config_settings))
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
        inner = _INNER.load()
        plan, built = session.build()
        with tempfile.TemporaryDirectory(dir=wheel_directory) as folder:
            name: str = inner.build_wheel(
                folder, _INNER.others(config_settings), metadata_directory
            )
            session.surround(plan, built, paths_in(Path(folder, name)))
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
        inner = _INNER.load()
        with tempfile.TemporaryDirectory(dir=wheel_directory) as folder:
            name: str = inner.build_editable(
                folder, _INNER.others(config_settings), metadata_directory
            )
            files = editable.files(session, name.split("-", maxsplit=1)[0])
            added = [Addition(path, text.encode()) for path, text in files.items()]
            return add_to_wheel(Path(folder, name), Path(wheel_directory), added, None)

    return refusing(answer)


def _get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """Return what the other backend and all enabled extensions require for an editable wheel."""

    def answer() -> list[str]:
        own = _session(config_settings).requires()
        return [*_INNER.asked("get_requires_for_build_editable", config_settings), *own]

    return refusing(answer)


_OPTIONAL: Final[Mapping[str, Callable[..., Any]]] = {
    "build_editable": _build_editable,
    "get_requires_for_build_editable": _get_requires_for_build_editable,
}


def __getattr__(name: str) -> Any:
    """Return an optional hook, if the other backend has it."""
    return _INNER.optional(name, _OPTIONAL)
