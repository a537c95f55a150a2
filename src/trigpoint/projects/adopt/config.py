"""A setup.cfg as keywords of ``setup()``.

Source: setuptools, "Configuring setuptools using setup.cfg files".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from trigpoint.projects.adopt.gathered import Said
from trigpoint.projects.adopt.program import Find
from trigpoint.projects.review.ini import normal, read_ini

__all__ = ["Attr", "Config", "File", "read_config"]


@dataclass(frozen=True, slots=True)
class Attr:
    """A value that an attribute of a module has; ``name`` is its path, with dots."""

    name: str


@dataclass(frozen=True, slots=True)
class File:
    """A value that is what the files at ``paths`` hold."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """What a setup.cfg says: ``said`` by keyword of ``setup()``, and the names of ``other`` sections."""

    said: dict[str, Said]
    other: tuple[str, ...]


_ALIASES: Final = {
    "home_page": "url",
    "summary": "description",
    "classifier": "classifiers",
    "platform": "platforms",
    "license_file": "license_files",
}
_LISTS: Final = frozenset(
    {
        "classifiers",
        "keywords",
        "platforms",
        "license_files",
        "provides",
        "requires",
        "obsoletes",
        "packages",
        "py_modules",
        "scripts",
        "eager_resources",
        "namespace_packages",
        "setup_requires",
        "tests_require",
    }
)
_LINES: Final = frozenset({"install_requires", "setup_requires", "tests_require"})
_DICTS: Final = frozenset({"project_urls", "package_dir"})
_FLAGS: Final = frozenset({"zip_safe", "include_package_data"})
_TABLES: Final = {
    "options.extras_require": "extras_require",
    "options.entry_points": "entry_points",
    "options.package_data": "package_data",
    "options.exclude_package_data": "exclude_package_data",
    "options.data_files": "data_files",
}


def read_config(path: str, text: str) -> Config:
    r"""Return what *text*, the setup.cfg at *path*, says to setuptools.

    >>> read = read_config("setup.cfg", "[metadata]\nname = a\nversion = attr: a.__version__\n")
    >>> [(key, each.value) for key, each in read.said.items()]
    [('name', 'a'), ('version', Attr(name='a.__version__'))]
    """
    said: dict[str, Said] = {}
    other: list[str] = []
    finds: dict[str, Any] = {}
    for section, keys in read_ini(path, text).sections.items():
        if section in ("metadata", "options"):
            for key, found in keys.items():
                plain = normal(key)
                plain = _ALIASES.get(plain, plain)
                said.setdefault(plain, Said(_value(plain, found.raw), found.line))
        elif section in _TABLES:
            first = next(iter(keys.values()), None)
            if first is not None:
                table = {key: found.raw for key, found in keys.items()}
                said.setdefault(_TABLES[section], Said(_table(section, table), first.line))
        elif section == "options.packages.find":
            for key, found in keys.items():
                values = _listed(found.raw)
                finds[key] = values[0] if key == "where" and values else values
        else:
            other.append(section)
    packages = said.get("packages")
    if packages is not None and packages.value in (["find:"], ["find_namespace:"]):
        spaces = packages.value == ["find_namespace:"]
        said["packages"] = Said(Find({**finds, "namespaces": spaces}), packages.at)
    return Config(said, tuple(other))


def _value(key: str, lines: list[str]) -> Any:
    text = "\n".join(lines).strip()
    if text.startswith("attr:"):
        return Attr(text[5:].strip())
    if text.startswith("file:"):
        return File(tuple(_listed([text[5:]])))
    if key in _LINES:
        return _apart(lines)
    if key in _LISTS:
        return _listed(lines)
    if key in _DICTS:
        pairs = [each.partition("=") for each in _listed(lines)]
        return {name.strip(): value.strip() for name, _, value in pairs}
    if key in _FLAGS:
        return text.strip().lower() in ("1", "true", "yes")
    return text


def _split(lines: list[str], between: str) -> list[str]:
    """Return the items of *lines*: one a line, or of a single line those *between*.

    Where a value begins below its key, the first line is empty, so there are several: setuptools
    splits a value without line ends at commas or semicolons, and one with them at these.
    """
    parts = lines if len(lines) > 1 else "".join(lines).split(between)
    return [part.strip() for part in parts if part.strip()]


def _apart(lines: list[str]) -> list[str]:
    """Return the items of *lines*, one a line; of a single line, those between semicolons."""
    return _split(lines, ";")


def _table(section: str, table: dict[str, list[str]]) -> Any:
    if section == "options.entry_points":
        return table
    if section == "options.extras_require":
        return {key: _apart(lines) for key, lines in table.items()}
    values = {key: _listed(lines) for key, lines in table.items()}
    return [[key, files] for key, files in values.items()] if "data_files" in section else values


def _listed(lines: list[str]) -> list[str]:
    """Return the items of *lines*: one a line, or of a single line those between commas."""
    return _split(lines, ",")
