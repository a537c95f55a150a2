"""flit_core with extensions: what a backend changes that has wheels and sdists already."""

import tempfile
from pathlib import Path
from typing import Any

from flit_core import buildapi
from flit_core.buildapi import *  # all the other hooks, as they are

from trigpoint.extensions import editable
from trigpoint.extensions.sdistfile import complete
from trigpoint.extensions.session import Session, refusing
from trigpoint.extensions.wheelfile import Addition, add_to_wheel, additions

Settings = dict[str, Any] | None


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    own = refusing(Session(Path.cwd(), config_settings or {}).requires)
    return [*buildapi.get_requires_for_build_wheel(config_settings), *own]


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    session = Session(Path.cwd(), config_settings or {})
    _, built = refusing(session.build)
    with tempfile.TemporaryDirectory() as folder:
        pure = Path(folder, buildapi.build_wheel(folder, config_settings, metadata_directory))
        added = additions(session.shipped(built), "-".join(pure.name.split("-")[:2]))
        return add_to_wheel(pure, Path(wheel_directory), added, built.tag if added else None)


def build_editable(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    session = Session(Path.cwd(), config_settings or {})
    with tempfile.TemporaryDirectory() as folder:
        pure = Path(folder, buildapi.build_editable(folder, config_settings, metadata_directory))
        files = refusing(lambda: editable.files(session, pure.name.split("-")[0]))
        added = [Addition(path, text.encode()) for path, text in files.items()]
        return add_to_wheel(pure, Path(wheel_directory), added, None)


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    session = Session(Path.cwd(), config_settings or {})
    sources = refusing(session.sources)
    name: str = buildapi.build_sdist(sdist_directory, config_settings)
    complete(Path(sdist_directory, name), session.root, sources)
    return name
