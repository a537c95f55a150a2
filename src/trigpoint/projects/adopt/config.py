"""A setup.cfg as keywords of ``setup()``.

Source: setuptools, "Configuring setuptools using setup.cfg files".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from trigpoint.projects.adopt.gathered import Said
from trigpoint.projects.adopt.program import Find
from trigpoint.projects.review.pieces import Piece, Source

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


_SECTION: Final = re.compile(r"\[([^\]]+)\]").match
_KEY: Final = re.compile(r"([^\s=:#;\[][^=:]*?)[ \t]*[=:][ \t]*").match

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
    sections = _sections(path, text)
    for section, keys in sections.items():
        if section in ("metadata", "options"):
            for key, (at, lines) in keys.items():
                plain = key.lower().replace("-", "_")
                plain = _ALIASES.get(plain, plain)
                said.setdefault(plain, Said(_value(plain, _raw(at, lines)), at))
        elif section in _TABLES:
            first = next(iter(keys.values()), None)
            if first is not None:
                table = {key: _raw(at, lines) for key, (at, lines) in keys.items()}
                said.setdefault(_TABLES[section], Said(_table(section, table), first[0]))
        elif section == "options.packages.find":
            for key, (at, lines) in keys.items():
                values = _listed(_raw(at, lines))
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


def _raw(at: Piece, lines: list[Piece]) -> list[str]:
    """Return the value of the key *at* as lines, of which the first stands beside the key.

    Where the value begins below, the first is empty: setuptools splits a value without line ends
    at commas or semicolons, and one with them at these.
    """
    values = [each.value for each in lines]
    return values if lines and lines[0].start < at.end else ["", *values]


def _split(lines: list[str], between: str) -> list[str]:
    """Return the items of *lines*: one a line, or of a single line those *between*."""
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


_Keys = dict[str, tuple[Piece, list[Piece]]]


def _sections(path: str, text: str) -> dict[str, _Keys]:
    """Return each section by name: by key, as written, its place and the lines of its value."""
    source = Source.of(path, text)
    found: dict[str, _Keys] = {}
    section: _Keys = {}
    lines: list[Piece] | None = None
    at = 0
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        start = at + len(line) - len(line.lstrip())
        at += len(line)
        if not plain or plain[0] in "#;":
            continue
        if line[0] in " \t" and lines is not None:
            lines.append(Piece(source, plain, start, start + len(plain)))
        elif match := _SECTION(plain):
            section, lines = found.setdefault(match[1].strip(), {}), None
        elif match := _KEY(plain):
            lines = []
            begin = start + match.end()
            key = match[1].strip()
            section.setdefault(key, (Piece(source, key, start, start + len(plain)), lines))
            if rest := plain[match.end() :]:
                lines.append(Piece(source, rest, begin, begin + len(rest)))
    return found
