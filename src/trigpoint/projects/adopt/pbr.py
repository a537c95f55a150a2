"""What pbr reads of a setup.cfg, as keywords of ``setup()``, and what it goes on working out.

pbr takes the version from git or PKG-INFO and the requirements from a file, and needs a setup.py
that asks for it and a setup.cfg with the name; all else may stand in ``[project]``.

Source: pbr's documentation, "Usage"; held to real builds with pbr 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trigpoint.projects.adopt.config import File
from trigpoint.projects.adopt.gathered import Gathered, Said
from trigpoint.projects.adopt.program import Find
from trigpoint.projects.adopt.shared import strings
from trigpoint.projects.review.ini import IniValue, normal, read_ini

__all__ = ["BACKEND", "PBR", "put_pbr", "read_pbr"]

PBR: Final = "pbr>=6.1.1"
"""The first whose documentation has ``[project]`` beside it."""

BACKEND: Final = "pbr.build"
"""Its build backend, which hands on to that of setuptools."""

_FILES: Final = ("requirements.txt", "requirements-py3.txt", "tools/pip-requires")

_NAMES: Final = {
    "description_content_type": "long_description_content_type",
    "requires_python": "python_requires",
}
_TABLES: Final = {"entry_points": "entry_points", "extras": "extras_require"}


def read_pbr(path: str, text: str, name: str = "") -> dict[str, Said]:
    r"""Return what *text*, the setup.cfg at *path*, says to pbr and not to setuptools.

    *name* is that of the project, whose package is taken where the file names none.

    >>> read = read_pbr("setup.cfg", "[metadata]\nname = a\ndescription_file = README.rst\n")
    >>> {key: each.value for key, each in read.items()}["long_description"]
    File(paths=('README.rst',))
    """
    sections = read_ini(path, text).sections
    said: dict[str, Said] = {}
    for key, found in sections.get("metadata", {}).items():
        plain = normal(key)
        if plain == "description_file":
            paths = tuple(_words(found))
            said["long_description"] = Said(File(paths), found.line)
        elif plain in _NAMES:
            said[_NAMES[plain]] = Said(" ".join(_words(found)), found.line)
    files = {normal(key): found for key, found in sections.get("files", {}).items()}
    listed = _words(files["packages"]) if "packages" in files else [name] * bool(name)
    first = next(iter((*files.values(), *sections.get("metadata", {}).values())), None)
    if listed and first is not None:
        at = files.get("packages", first).line
        include = [each for one in listed for each in (one, f"{one}.*")]
        said["packages"] = Said(Find({"include": include, "namespaces": False}), at)
        # pbr ships whatever git has below the packages.
        said["include_package_data"] = Said(value=True, at=at)
    for section, keyword in _TABLES.items():
        table = sections.get(section, {})
        if table:
            at = next(iter(table.values())).line
            value = {key: list(map(_with_semicolon, found.raw)) for key, found in table.items()}
            said[keyword] = Said(value, at)
    return said


def _words(found: IniValue) -> list[str]:
    return " ".join(found.raw).replace(",", " ").split()


def _with_semicolon(line: str) -> str:
    """Return the requirement in *line*, where pbr has a colon between it and its marker.

    >>> _with_semicolon("a>=1:(python_version=='3.9')"), _with_semicolon("a = b:c")
    ("a>=1; (python_version=='3.9')", 'a = b:c')
    """
    lead, mark, marker = line.partition(":(")
    return f"{lead}; ({marker}" if mark else line


def put_pbr(gathered: Gathered, said: dict[str, Said], files: Mapping[str, bytes]) -> None:
    """Leave to pbr in *gathered* what it works out, of what is *said* by keyword.

    *files* are the project's.  Keywords that *said* has for it are taken out.
    """
    at = said["pbr"].at
    if "version" not in said:
        gathered.dynamic("version")
    if any(path in files for path in _FILES):
        gathered.dynamic("dependencies")
        said.pop("install_requires", None)
    gathered.add(("build-system", "requires"), [PBR], at)
    kept = [each for each in strings(_value(said, "setup_requires")) if not _is_pbr(each)]
    if "setup_requires" in said:
        said["setup_requires"] = Said(kept, said["setup_requires"].at)
    for key in ("description_file", *_NAMES):
        said.pop(key, None)
    if "name" in said and said["name"].at.source.path == "setup.cfg":
        message = "pbr reads the name from setup.cfg, also where [project] has it"
        fix = "leave [metadata] with name in setup.cfg, and delete what [project] says now"
        gathered.say("adopt-program", message, said["name"].at, fix)


def _value(said: Mapping[str, Said], key: str) -> object:
    return said[key].value if key in said else None


def _is_pbr(requirement: str) -> bool:
    return requirement.lstrip().lower().startswith("pbr") and not requirement[3:4].isalpha()
