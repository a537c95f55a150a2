"""Mappings: what an ecosystem calls what a DepURL names.

A mapping is a document of PEP 804.  ``specs`` are the packages, for all purposes
or by purpose; none at all says that the ecosystem is known not to have the thing,
which is more than an entry that is missing says.

What our own documents add stands in ``extra_metadata``, where the schema takes
anything: ``state``, ``source`` and ``date`` of the cell, the ``version`` that the
package had then, ``pkg_config`` modules, of which ``module`` is the one with the
version of the package, and ``sonames`` of the libraries that programs load.

Source: PEP 804 (draft), "Mappings".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from trigpoint.external.documents import Path, Reader, is_text
from trigpoint.external.registry import Registry, identifier_of
from trigpoint.findings import Finding, TrigpointError
from trigpoint.requirements.tree import shown

__all__ = [
    "ECOSYSTEMS",
    "MOST_CHOICES",
    "MOST_ENTRIES",
    "MOST_PACKAGES",
    "SOURCES",
    "STATES",
    "Cell",
    "Command",
    "EcosystemMapping",
    "Manager",
    "Purpose",
    "ReadMapping",
    "Syntax",
    "UnknownEcosystemError",
    "is_package",
    "mapping",
    "read_mapping",
]

ECOSYSTEMS: Final = (
    "debian",
    "ubuntu",
    "fedora",
    "archlinux",
    "alpine",
    "conda-forge",
    "homebrew",
    "nix",
    "vcpkg",
    "conan",
    "spack",
    "winget",
)
"""Ecosystems with a built-in mapping."""

MOST_ENTRIES: Final = 20_000
"""Entries of a mapping that are read."""

MOST_CHOICES: Final = 100
"""Entries for one name that are read; a plan names them all wherever it is asked for."""

MOST_PACKAGES: Final = 100
"""Packages of one entry for one purpose that are read."""

STATES: Final = ("verified", "sourced", "unverified", "not packaged")
"""How well a cell is known: read from the ecosystem itself, from a public data set, from nobody."""

SOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "apt": "apt and the packages themselves, on Debian 12",
        "E": "the prototype of PEP 804, external-metadata-mappings",
        "R": "the system requirement rules of R",
        "P": "a public data set (P) whose name was not noted",
        "M": "a public data set of conda-forge (M) whose name was not noted",
        "F": "a public data set (F) whose name was not noted",
        "?": "written from memory; nothing has confirmed it",
        # A public repository, a file of it, and the commit that was read; any may be years old.
        "rosdep": "ros/rosdistro, rosdep/base.yaml at 8f8e55cd3a6f055e591c8911156d447c3fcc5595",
        "vcpkg": "microsoft/vcpkg, versions/baseline.json at 0001d14c14bfcb8f62c7dc5697103744439567af",
        "brew-autobump": "Homebrew/homebrew-core, .github/autobump.txt at "
        "00b9ab20f5ee9fb8a8f536ccc7d6fe0427204718",
        "brew-gdal": "Homebrew/homebrew-core, Formula/g/gdal.rb at "
        "0a27534597af5887b1c153f1df448c5a5ce9c838",
        "conda-pins": "conda-forge/conda-forge-pinning-feedstock, recipe/conda_build_config.yaml at "
        "08a17f29018a82d9dde0814d5fd95715f6f19959",
        "conan-ready": "conan-io/conan-center-index, .c3i/conan_v2_ready_references.yml at "
        "008bd56ab74bad45197235d7ef87069b4ccc85c5",
        "conan-gdal": "conan-io/conan-center-index, recipes/gdal/post_3.5.0/conanfile.py at "
        "022881986c310d7b2298b361f41eeff538f6657c",
        "conan-vips": "conan-io/conan-center-index, recipes/libvips/all/conanfile.py at "
        "0042e00b2719f30ce1b1453046896c7da4a66ff8",
        "spack-gdal": "spack/spack, var/spack/repos/builtin/packages/gdal/package.py at "
        "003bb4c32a3435a71a921f86c73b6e8c416f9f18",
        "spack-root": "spack/spack, var/spack/repos/builtin/packages/root/package.py at "
        "006a3e5ab5896bacda5b4f9821e13eb94e97527c",
        "alpine-gdal": "alpinelinux/aports, community/gdal/APKBUILD at "
        "01b0377b33182db5f41d5c4e9486ba58d681bca7",
        "alpine-vips": "alpinelinux/aports, community/vips/APKBUILD at "
        "036f79c66870ed278bcca282f2984e47332bf0d5",
        "alpine-gst": "alpinelinux/aports, community/gst-plugins-bad/APKBUILD at "
        "0088cfcfe899e605beeca968b959d61bf0cc932b",
        "alpine-magick": "alpinelinux/aports, community/imagemagick/APKBUILD at "
        "01eb4f7ef9894246fa825a2cf076ecf3b3e88ab9",
        "cabal2nix": "NixOS/cabal2nix, src/Distribution/Nixpkgs/Haskell/FromCabal/Name.hs at "
        "01a03b9f0afd20c37af69a0d2cbda8dc5896362b",
        "nix-small": "NixOS/nixpkgs, pkgs/top-level/release-small.nix at "
        "022f120a2c381010798f1c9c3a519016c3792a8e",
    }
)
"""What ``source`` means: letters, of which a cell that several confirm has several, or one word."""


class UnknownEcosystemError(TrigpointError, KeyError):
    """No built-in mapping has the name."""

    def __str__(self) -> str:
        return f"no ecosystem is called {self.args[0]!r}"


Purpose = Literal["build", "host", "run"]
_PURPOSES: Final[tuple[Purpose, ...]] = ("build", "host", "run")

_PACKAGE = re.compile(
    r"[A-Za-z0-9_][A-Za-z0-9._+@:/-]*+(?: [A-Za-z0-9*_.=<>+!|,-]+){0,2}"
).fullmatch


def is_package(text: str) -> bool:
    """Say whether *text* may be handed to a package manager as the name of a package.

    It starts with a letter or a digit, so it is never an option; conda's version and
    build may follow behind blanks.

    >>> [is_package(each) for each in ("g++", "openssl@3", "blas * openblas", "-rf", "a;b")]
    [True, True, True, False, False]
    """
    return len(text) <= _LONGEST and ".." not in text and _PACKAGE(text) is not None


_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Command:
    """A command that a package manager has: ``argv`` with ``{}`` for packages.

    ``elevated`` says that it needs the rights of an administrator; ``several`` is
    ``"always"``, ``"name-only"`` or ``"never"``: whether it takes several packages.
    """

    argv: tuple[str, ...]
    elevated: bool = False
    several: str = "always"


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a package manager is asked for versions.

    ``name_only`` and ``exact`` are arguments with ``{name}`` and ``{version}``;
    ``ranges`` with ``{name}`` and ``{ranges}``, for which ``operators`` has a form for
    each operator that is supported, and ``joint`` what joins several; None for no way.
    """

    name_only: tuple[str, ...]
    exact: tuple[str, ...] | None = None
    ranges: tuple[str, ...] | None = None
    operators: Mapping[str, str] = field(default_factory=dict)
    joint: str | None = None


@dataclass(frozen=True, slots=True)
class Manager:
    """A package manager of an ecosystem: its ``name``, two commands, and its ``syntax``."""

    name: str
    install: Command
    query: Command | None
    syntax: Syntax


@dataclass(frozen=True, slots=True)
class Cell:
    """What one ecosystem calls one thing.

    ``id`` is canonical.  ``build``, ``host`` and ``run`` are packages by purpose, all
    empty if the ecosystem does not have it.  The rest is what the head of this module
    says, empty where the document says nothing.
    """

    id: str
    build: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    state: str = ""
    source: str = ""
    date: str = ""
    version: str = ""
    component: str = ""
    module: str = ""
    pkg_config: tuple[str, ...] = ()
    sonames: tuple[str, ...] = ()
    description: str = ""
    urls: tuple[str, ...] = ()

    @property
    def packaged(self) -> bool:
        """Whether the ecosystem has it at all."""
        return bool(self.build or self.host or self.run)

    def packages(self, purpose: Purpose) -> tuple[str, ...]:
        """Return the packages for *purpose*; none if nothing is needed for it.

        >>> mapping("debian").cell("dep:generic/zlib").packages("run")
        ('zlib1g',)
        """
        return self.build if purpose == "build" else self.host if purpose == "host" else self.run


@dataclass(frozen=True, slots=True)
class EcosystemMapping:
    """A mapping that was read; see :func:`mapping` and :func:`read_mapping`.

    ``name`` is what the document calls itself, ``managers`` its package managers, and
    ``entries`` the cells by canonical name: the first is what is taken, others are choices.
    """

    name: str
    managers: tuple[Manager, ...]
    entries: Mapping[str, tuple[Cell, ...]]
    description: str = ""

    def cell(self, identifier: str) -> Cell | None:
        """Return the first cell for *identifier*, a canonical name; None for none.

        >>> mapping("winget").cell("dep:generic/zlib").packaged
        False
        """
        found = self.entries.get(identifier)
        return found[0] if found else None

    def cells(self, identifier: str) -> tuple[Cell, ...]:
        """Return every cell for *identifier*, a canonical name, in order."""
        return self.entries.get(identifier, ())


class ReadMapping(NamedTuple):
    """What was read of a document, and everything that is wrong with it."""

    mapping: EcosystemMapping
    findings: tuple[Finding, ...]


_ENTRY = ("id", "description", "urls", "specs", "specs_from", "extra_metadata")
_OPERATORS: Final = {
    "equal": "==",
    "greater_than": ">",
    "greater_than_equal": ">=",
    "less_than": "<",
    "less_than_equal": "<=",
}


def read_mapping(text: str, registry: Registry | None = None) -> ReadMapping:
    """Read *text*, a mapping as PEP 804 has it; what is wrong with it becomes findings.

    With a *registry* its names are held to that one, too.  Never raises; what cannot be
    used is left out, and a package whose name could be an option with it.

    >>> read = read_mapping('{"name": "x", "package_managers": [], "mappings": ['
    ...                     '{"id": "dep:generic/a", "specs": "--purge"}]}')
    >>> [(each.code, each.span.column) for each in read.findings]
    [('mapping-argument', 85)]
    """
    reader = Reader(text, "a mapping")
    reader.schema(
        ("name", "description", "package_managers", "mappings"),
        ("name", "package_managers", "mappings"),
    )
    name = reader.text_at(reader.data, "name", (), required=True)
    description = reader.text_at(reader.data, "description", ())
    managers = tuple(
        made
        for path, row in reader.objects_at("package_managers")
        if (made := _manager(reader, row, path)) is not None
    )
    rows = reader.objects_at("mappings")
    if len(rows) > MOST_ENTRIES:
        message = f"there are more than {MOST_ENTRIES:,} entries; the rest is left out"
        reader.say("mapping-large", ("mappings",), message)
    entries: dict[str, list[Cell]] = {}
    borrowed: dict[str, tuple[str, Path, Cell]] = {}
    for path, row in rows[:MOST_ENTRIES]:
        cell, lender = _entry(reader, row, path, registry)
        if cell is None:
            continue
        if lender:
            borrowed.setdefault(cell.id, (lender, path, cell))
            continue
        cells = entries.setdefault(cell.id, [])
        if len(cells) < MOST_CHOICES:
            cells.append(cell)
        else:
            message = f"{cell.id} has more than {MOST_CHOICES} entries; the rest is left out"
            reader.say("mapping-large", (*path, "id"), message)
    _lend(reader, entries, borrowed)
    whole = EcosystemMapping(
        name,
        managers,
        MappingProxyType({key: tuple(cells) for key, cells in entries.items()}),
        description,
    )
    return ReadMapping(whole, reader.findings())


def _entry(
    reader: Reader, row: Mapping[str, Any], path: Path, registry: Registry | None
) -> tuple[Cell | None, str]:
    """Return the cell of *row*, and the name of the entry that it takes its packages from."""
    reader.keys(row, path, _ENTRY, ("id",))
    identifier = identifier_of(
        reader, reader.text_at(row, "id", path, required=True), (*path, "id")
    )
    if not identifier:
        return None, ""
    if registry is not None and reader.full:
        identifier = registry.canonical(identifier)
    elif registry is not None:
        for finding in registry.findings(identifier):
            code = "mapping-alias" if finding.code == "external-alias" else "mapping-unknown"
            fix = finding.fix.message if finding.fix else ""
            reader.say(code, (*path, "id"), finding.message, fix)
        identifier = registry.canonical(identifier)
    specs, lender = row.get("specs"), row.get("specs_from")
    if (specs is None) == (lender is None):
        both = "not both" if specs is not None else "and it has neither"
        message = f"{identifier} has specs or specs_from, {both}"
        reader.say("mapping-specs", path, message, "write one of the two")
        if specs is None:
            return None, ""
    extra = _extra(reader, row, path)
    cell = Cell(
        identifier,
        description=reader.text_at(row, "description", path),
        urls=reader.urls(row, path),
        **extra,
    )
    if specs is None:
        written = reader.text_at(row, "specs_from", path, required=True)
        return cell, identifier_of(reader, written, (*path, "specs_from"))
    build, host, run = _packages(reader, row, path)
    return replace(cell, build=build, host=host, run=run), ""


def _packages(
    reader: Reader, row: Mapping[str, Any], path: Path
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the packages to build, of the host, and to run."""
    specs = row["specs"]
    if isinstance(specs, dict):
        at = (*path, "specs")
        # The prototype also writes build_host for host.
        reader.keys(specs, at, (*_PURPOSES, "build_host"), ())
        build, host, run, other = (
            tuple(_sound(reader, specs, key, at)) for key in (*_PURPOSES, "build_host")
        )
        return build, host or other, run
    packages = tuple(_sound(reader, row, "specs", path))
    return packages, packages, packages


def _sound(reader: Reader, row: Mapping[str, Any], key: str, path: Path) -> Iterator[str]:
    listed = isinstance(row.get(key), list)
    texts = reader.texts_at(row, key, path)
    if len(texts) > MOST_PACKAGES:
        message = f"there are more than {MOST_PACKAGES} packages; the rest is left out"
        reader.say("mapping-large", (*path, key), message)
    for i, each in enumerate(texts[:MOST_PACKAGES]):
        if is_package(each):
            yield each
            continue
        at = (*path, key, i) if listed else (*path, key)
        message = f"{shown(each)} is no name that is handed to a package manager"
        fix = "a name starts with a letter or a digit, and has no blanks, quotes or semicolons"
        reader.say("mapping-argument", at, message, fix)


_TEXTS: Final = ("state", "source", "date", "version", "component", "module")
_LISTS: Final = ("pkg_config", "sonames")
_MODULE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*+").fullmatch


def _extra(reader: Reader, row: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return what ``extra_metadata`` says by our keys; anything else in it is somebody's own."""
    extra = row.get("extra_metadata")
    if extra is None:
        return {}
    if not isinstance(extra, dict):
        reader.say("mapping-type", (*path, "extra_metadata"), "extra_metadata is an object")
        return {}
    found: dict[str, Any] = {}
    for key in _TEXTS:
        value = extra.get(key)
        if is_text(value):
            found[key] = value
    for key in _LISTS:
        value = extra.get(key)
        if isinstance(value, list):
            found[key] = tuple(
                each for each in value if is_text(each) and _MODULE(each) is not None
            )
    if found.get("module") and _MODULE(found["module"]) is None:
        del found["module"]
    return found


def _lend(
    reader: Reader,
    entries: dict[str, list[Cell]],
    borrowed: Mapping[str, tuple[str, Path, Cell]],
) -> None:
    """Give each entry with ``specs_from`` the packages of the entry that it leads to."""
    ends: dict[str, str] = {}
    for identifier in borrowed:
        trail: dict[str, None] = {}
        at = identifier
        while at in borrowed and at not in entries and at not in ends and at not in trail:
            trail[at] = None
            at = borrowed[at][0]
        if at in trail:
            message = f"specs_from of {identifier} leads back to it: " + " -> ".join(
                [*list(trail)[:4], at]
            )
            reader.say("mapping-cycle", (*borrowed[identifier][1], "specs_from"), message)
            ends.update(dict.fromkeys(trail, ""))
            continue
        ends.update(dict.fromkeys(trail, ends.get(at, at)))
    for identifier, (lender, path, cell) in borrowed.items():
        end = ends.get(identifier, lender)
        source = entries.get(end)
        if source is None:
            if end:
                message = f"{lender}, from which {identifier} takes its packages, has no entry"
                reader.say("mapping-undefined", (*path, "specs_from"), message)
            continue
        lent = replace(cell, build=source[0].build, host=source[0].host, run=source[0].run)
        entries.setdefault(identifier, []).append(lent)


# -- package managers -------------------------------------------------------------------


def _manager(reader: Reader, row: Mapping[str, Any], path: Path) -> Manager | None:
    known = ("name", "commands", "specifier_syntax")
    reader.keys(row, path, known, known)
    name = reader.text_at(row, "name", path, required=True)
    commands = _object(reader, row, "commands", path)
    syntax = _object(reader, row, "specifier_syntax", path)
    if commands is None or syntax is None:
        return None
    at: Path = (*path, "commands")
    reader.keys(commands, at, ("install", "query"), ("install", "query"))
    install = _command(reader, commands, "install", at)
    query = _command(reader, commands, "query", at)
    made = _syntax(reader, syntax, (*path, "specifier_syntax"))
    if install is None or made is None:
        return None
    return Manager(name, install, query, made)


def _object(
    reader: Reader, row: Mapping[str, Any], key: str, path: Path
) -> Mapping[str, Any] | None:
    value = row.get(key)
    if value is not None and not isinstance(value, dict):
        reader.say("mapping-type", (*path, key), f"{key} is an object")
        return None
    return value


def _command(reader: Reader, row: Mapping[str, Any], key: str, path: Path) -> Command | None:
    value = _object(reader, row, key, path)
    if value is None:
        return None
    at: Path = (*path, key)
    reader.keys(value, at, ("command", "multiple_specifiers", "requires_elevation"), ("command",))
    argv = reader.texts_at(value, "command", at)
    if argv.count("{}") != 1:
        message = "exactly one argument of a command is {}, for the packages"
        reader.say("mapping-placeholder", (*at, "command"), message)
        return None
    several = reader.text_at(value, "multiple_specifiers", at)
    if several not in ("", "always", "name-only", "never"):
        message = "multiple_specifiers is always, name-only or never"
        reader.say("mapping-type", (*at, "multiple_specifiers"), message)
        several = ""
    elevated = value.get("requires_elevation", False)
    if not isinstance(elevated, bool):
        message = "requires_elevation is true or false"
        reader.say("mapping-type", (*at, "requires_elevation"), message)
    default = "always" if key == "install" else "never"
    return Command(argv, elevated is True, several or default)


def _syntax(reader: Reader, row: Mapping[str, Any], path: Path) -> Syntax | None:
    known = ("name_only", "exact_version", "version_ranges")
    reader.keys(row, path, known, known)
    name_only = _template(reader, row, "name_only", path, ("{name}",))
    exact = _template(reader, row, "exact_version", path, ("{name}", "{version}"))
    ranges = _object(reader, row, "version_ranges", path)
    if name_only is None:
        return None
    if ranges is None:
        return Syntax(name_only, exact)
    at: Path = (*path, "version_ranges")
    keys = ("syntax", *_OPERATORS, "and")
    reader.keys(ranges, at, keys, keys)
    form = _template(reader, ranges, "syntax", at, ("{ranges}",))
    operators = {}
    for key, operator in _OPERATORS.items():
        written = reader.text_at(ranges, key, at)
        if written and "{version}" not in written:
            message = f"{key} has no {{version}}"
            reader.say("mapping-placeholder", (*at, key), message)
        elif written:
            operators[operator] = written
    joint = reader.text_at(ranges, "and", at) if ranges.get("and") is not None else None
    return Syntax(name_only, exact, form, MappingProxyType(operators), joint)


def _template(
    reader: Reader, row: Mapping[str, Any], key: str, path: Path, needed: tuple[str, ...]
) -> tuple[str, ...] | None:
    texts = reader.texts_at(row, key, path)
    if not texts:
        return None
    for placeholder in needed:
        if not any(placeholder in each for each in texts):
            message = f"no argument of {key} has {placeholder}"
            reader.say("mapping-placeholder", (*path, key), message)
            return None
    return texts


@functools.cache
def mapping(ecosystem: str) -> EcosystemMapping:
    """Return the built-in mapping of *ecosystem*, one of :data:`ECOSYSTEMS`; read once.

    Raises :exc:`UnknownEcosystemError` for another name.

    >>> mapping("fedora").cell("dep:generic/zlib").host
    ('zlib-devel',)
    """
    if ecosystem not in ECOSYSTEMS:
        raise UnknownEcosystemError(ecosystem)
    folder = resources.files("trigpoint.external").joinpath("data")
    text = folder.joinpath(f"{ecosystem}.mapping.json").read_text("utf-8")
    return read_mapping(text).mapping
