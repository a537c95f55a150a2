"""A whole build backend for one package beside pyproject.toml, and its extensions."""

import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from trigpoint.extensions.session import Session, refusing
from trigpoint.extensions.wheelfile import Addition, add_to_wheel, additions

Settings = dict[str, Any] | None
WHEEL = "Wheel-Version: 1.0\nGenerator: small\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def _project() -> tuple[str, str, str]:
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    text = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    return project["name"], f"{project['name']}-{project['version']}", text


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    return refusing(Session(Path.cwd(), config_settings or {}).requires)


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, _: str | None = None
) -> str:
    session = Session(Path.cwd(), config_settings or {})
    built = refusing(session.build)[1]
    name, stem, metadata = _project()
    pure, info = Path(wheel_directory, f"{stem}-py3-none-any.whl"), f"{stem}.dist-info"
    with zipfile.ZipFile(pure, "w") as archive:
        archive.writestr(f"{info}/RECORD", "")
    files = [Addition(each.as_posix(), each.read_bytes()) for each in Path(name).rglob("*.py")]
    files.append(Addition(f"{info}/METADATA", metadata.encode()))
    files.append(Addition(f"{info}/WHEEL", WHEEL.encode()))
    add_to_wheel(pure, pure.parent, files, None)
    made = add_to_wheel(pure, pure.parent, additions(session.shipped(built), stem), built.tag)
    if made != pure.name:
        pure.unlink()
    return made


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    sources = refusing(Session(Path.cwd(), config_settings or {}).sources)
    name, stem, metadata = _project()
    Path("PKG-INFO").write_text(metadata, "utf-8")
    files = {
        *map(Path, sources),
        *Path(name).rglob("*.py"),
        Path("pyproject.toml"),
        Path("PKG-INFO"),
    }
    with tarfile.open(Path(sdist_directory, f"{stem}.tar.gz"), "w:gz") as archive:
        for each in sorted(files):
            archive.add(each, f"{stem}/{each.as_posix()}")
    return f"{stem}.tar.gz"
