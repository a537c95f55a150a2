"""The registry: which DepURLs are known, which of them are other names, and what provides what.

Two kinds of ``provides`` mean two things.  A definition that provides something
which is not virtual is another name for it, an *alias*; one that provides only
what is virtual is a *provider*, and itself canonical.  So a name leads from an
alias to what is canonical, and from what is virtual to its providers; never from
something concrete to what is virtual, since who asks for OpenBLAS does not want
any BLAS.

Source: PEP 804 (draft), "Central registry".
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType
from typing import Final, NamedTuple

from trigpoint.catalogue import report
from trigpoint.external.dep_url import read_dep_url
from trigpoint.external.documents import Path, Reader
from trigpoint.findings import Finding, Fix
from trigpoint.kept import keeps
from trigpoint.requirements.tree import shown

__all__ = [
    "MOST_DEFINITIONS",
    "SPELLINGS",
    "Definition",
    "ReadRegistry",
    "Registry",
    "identifier_of",
    "read_registry",
    "registry",
]

MOST_DEFINITIONS: Final = 20_000
"""Definitions of a registry that are read."""

SPELLINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dep:virtual/compiler/cpp": "dep:virtual/compiler/cxx",
        "dep:virtual/compiler/c++": "dep:virtual/compiler/cxx",
        "dep:virtual/compiler/csharp": "dep:virtual/compiler/c-sharp",
        "dep:virtual/compiler/objc": "dep:virtual/compiler/obj-c",
        "dep:virtual/compiler/golang": "dep:virtual/compiler/go",
    }
)
"""What is written for virtual names, also in PEP 725 itself, and what the registry calls them.

A registry cannot say it: what is virtual provides nothing.
"""


@dataclass(frozen=True, slots=True)
class Definition:
    """One entry of a registry.

    ``id`` is as written, ``provides`` what it stands for or offers, as canonical
    names; ``description`` and ``urls`` are for people.
    """

    id: str
    description: str = ""
    provides: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """What is known; made by :func:`read_registry`, or the built-in :func:`registry`.

    ``definitions`` is by canonical name of the DepURL, in the order of the document.

    >>> known = registry()
    >>> known.canonical("dep:github/madler/zlib")
    'dep:generic/zlib'
    >>> known.providers("dep:virtual/interface/mpi")[:2]
    ('dep:generic/openmpi', 'dep:generic/intel-mpi')
    """

    definitions: Mapping[str, Definition]
    _providers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _aliases: Mapping[str, str] = field(default_factory=dict, repr=False)

    def canonical(self, identifier: str) -> str:
        """Return the name that *identifier*, a canonical DepURL, leads to; itself if to none.

        >>> registry().canonical("dep:virtual/compiler/cpp")
        'dep:virtual/compiler/cxx'
        >>> registry().canonical("dep:generic/openblas")
        'dep:generic/openblas'
        """
        identifier = self._aliases.get(identifier, identifier)
        if identifier not in self.definitions:
            return SPELLINGS.get(identifier, identifier)
        return identifier

    def knows(self, identifier: str) -> bool:
        """Say whether *identifier* or what it leads to is defined.

        >>> registry().knows("dep:virtual/compiler/c++"), registry().knows("dep:generic/spam")
        (True, False)
        """
        return self.canonical(identifier) in self.definitions

    def providers(self, virtual: str) -> tuple[str, ...]:
        """Return the canonical names of what provides *virtual*, in the order of the registry.

        >>> registry().providers("dep:generic/zlib")
        ()
        """
        return self._providers.get(virtual, ())

    def suggestions(self, identifier: str) -> tuple[str, ...]:
        """Return at most three known names that look like *identifier*, the nearest first.

        >>> registry().suggestions("dep:generic/zlibb")
        ('dep:generic/zlib',)
        """
        name = identifier.rpartition("/")[2].casefold()
        near = _near(name, tuple(self.definitions))
        return tuple(dict.fromkeys(map(self.canonical, near)))[:3]

    def findings(self, identifier: str) -> tuple[Finding, ...]:
        """Say what the registry has against *identifier*: that it is unknown, or another name.

        >>> [each.message for each in registry().findings("dep:github/madler/zlib")]
        ['dep:github/madler/zlib is another name for dep:generic/zlib']
        """
        if identifier in self.definitions and identifier not in self._aliases:
            return ()
        to = self.canonical(identifier)
        if to in self.definitions:
            message = f"{shown(identifier)[1:-1]} is another name for {to}"
            return (report("external-alias", message, None, Fix(f"write {to}")),)
        near = self.suggestions(identifier)
        fix = Fix(f"did you mean {' or '.join(near)}?") if near else None
        message = f"{shown(identifier)[1:-1]} is not in the registry"
        return (report("external-unknown", message, None, fix),)


@keeps(4096, lambda name, _: len(name))
def _near(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of *known* that are called *name*, else at most three that look like it.

    A lab asks twelve plans for one text, and again with the next letter.
    """
    same = [each for each in known if each.rpartition("/")[2].casefold() == name]
    if same:
        return tuple(same)
    if len(known) > _MOST_COMPARED or len(name) > _LONGEST_COMPARED:
        return ()
    pool: dict[str, str] = {}
    for each in known:
        pool.setdefault(each.rpartition("/")[2].casefold(), each)
    return tuple(pool[each] for each in difflib.get_close_matches(name, pool, n=3, cutoff=0.75))


_MOST_COMPARED: Final = 2_000
"""Names that an unknown one is compared with; in a larger registry only equal names are found."""


_LONGEST_COMPARED: Final = 100
"""Letters of an unknown name that is compared with others."""


class ReadRegistry(NamedTuple):
    """What was read of a document, and everything that is wrong with it."""

    registry: Registry
    findings: tuple[Finding, ...]


def identifier_of(reader: Reader, text: str, path: Path) -> str:
    """Return the canonical name of the DepURL *text*, which stands at *path* of *reader*.

    It is "" where the text is none, and *reader* is told.
    """
    read = read_dep_url(text)
    if read.url is None:
        if text:
            reader.say(
                "mapping-id", path, f"{shown(text)} is no DepURL: {read.findings[0].message}"
            )
        return ""
    if read.url.version:
        reader.say("mapping-id", path, f"{shown(text)} has a version, and names are without")
    return read.url.identifier


def read_registry(text: str) -> ReadRegistry:
    """Read *text*, a registry as PEP 804 has it; what is wrong with it becomes findings.

    Never raises; what cannot be used is left out.

    >>> read = read_registry('{"definitions": [{"id": "dep:generic/a", "provides": "dep:x/b"}]}')
    >>> [each.message for each in read.findings]
    ['dep:x/b, which dep:generic/a provides, is not defined']
    """
    reader = Reader(text, "a registry")
    reader.schema(("definitions",), ("definitions",))
    found: dict[str, Definition] = {}
    where: dict[str, Path] = {}
    rows = reader.objects_at("definitions")
    if len(rows) > MOST_DEFINITIONS:
        message = f"there are more than {MOST_DEFINITIONS:,} definitions; the rest is left out"
        reader.say("mapping-large", ("definitions",), message)
    for path, row in rows[:MOST_DEFINITIONS]:
        reader.keys(row, path, ("id", "description", "provides", "urls"), ("id",))
        written = reader.text_at(row, "id", path, required=True)
        identifier = identifier_of(reader, written, (*path, "id"))
        provides = tuple(
            name
            for i, each in enumerate(reader.texts_at(row, "provides", path))
            if (name := identifier_of(reader, each, _within(row, path, "provides", i)))
        )
        if not identifier:
            continue
        if "?" in written and identifier in provides:
            continue  # the same name with a qualifier, which leads to itself
        if identifier in found:
            reader.say("mapping-twice", (*path, "id"), f"{identifier} is defined twice")
            continue
        if identifier.startswith("dep:virtual/") and provides:
            message = f"{identifier} is virtual, and provides nothing"
            reader.say("mapping-virtual", (*path, "provides"), message, "delete provides")
            provides = ()
        description = reader.text_at(row, "description", path)
        found[identifier] = Definition(written, description, provides, reader.urls(row, path))
        where[identifier] = path
    return ReadRegistry(_linked(found, where, reader), reader.findings())


def _within(row: Mapping[str, object], path: Path, key: str, position: int) -> Path:
    return (*path, key, position) if isinstance(row.get(key), list) else (*path, key)


def _linked(found: Mapping[str, Definition], where: Mapping[str, Path], reader: Reader) -> Registry:
    """Follow what each definition provides, each once."""
    concrete: dict[str, str] = {}
    providers: dict[str, list[str]] = {}
    for identifier, definition in found.items():
        for each in definition.provides:
            if each not in found:
                message = f"{each}, which {identifier} provides, is not defined"
                reader.say("mapping-undefined", where[identifier], message)
            elif not each.startswith("dep:virtual/"):
                concrete.setdefault(identifier, each)
    aliases: dict[str, str] = {}
    for identifier in concrete:
        trail: list[str] = []
        at = identifier
        while at in concrete and at not in aliases and at not in trail:
            trail.append(at)
            # A trail of aliases is as long as there are names, and each is walked once.
            at = concrete[at]
            if len(trail) > _MOST_STEPS:
                break
        if at in trail or len(trail) > _MOST_STEPS:
            message = f"{identifier} is another name for itself: {' -> '.join([*trail[:4], at])}"
            reader.say("mapping-cycle", where[identifier], message)
            continue
        end = aliases.get(at, at)
        aliases.update(dict.fromkeys(trail, end))
    for identifier, definition in found.items():
        for each in definition.provides:
            if each in found and each.startswith("dep:virtual/") and identifier not in concrete:
                providers.setdefault(each, []).append(identifier)
    return Registry(
        MappingProxyType(dict(found)),
        MappingProxyType({key: tuple(value) for key, value in providers.items()}),
        MappingProxyType(aliases),
    )


_MOST_STEPS: Final = 50
"""Aliases of aliases that are followed."""


@functools.cache
def registry() -> Registry:
    """Return the built-in registry, which is read once."""
    folder = resources.files("trigpoint.external").joinpath("data")
    return read_registry(folder.joinpath("registry.json").read_text("utf-8")).registry
