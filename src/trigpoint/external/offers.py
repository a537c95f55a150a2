"""What an ecosystem has for a name, before a package manager is asked for it.

**Idea.** A name is looked up in the mapping of the ecosystem.  Where it is virtual, what provides
it is looked up as well, and one of these is taken: the one that is pinned, the ecosystem's own,
one that is installed, or the first.  What the built-in names offer without a pin is the same
whoever asks, so it is kept.

**Cost.** A few look-ups for a name, and as many for each provider of a virtual one.

Source: PEP 804 (draft), "Mappings".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from trigpoint.external.asking import Clauses, Range
from trigpoint.external.mappings import Cell, EcosystemMapping, Purpose, is_package, mapping
from trigpoint.external.registry import registry
from trigpoint.kept import keeps, letters_of

__all__ = [
    "ROOTLESS",
    "Choice",
    "Offered",
    "Planned",
    "Reason",
    "Taken",
    "Usual",
    "Why",
    "checkable",
    "elsewhere",
    "is_compiler",
    "is_sound",
    "offered",
    "usual",
]

ROOTLESS: Final = ("conda-forge", "nix", "spack")
"""Ecosystems that install without the rights of an administrator, on Linux and macOS."""

_PKG_CONFIG: Final = frozenset(
    {"ubuntu", "fedora", "archlinux", "alpine", "conda-forge", "homebrew", "nix", "spack"}
)
"""Ecosystems, besides Debian, where pkg-config knows what was installed."""

_OF_DEBIAN: Final = frozenset({"hdf5-serial", "blas-atlas", "lapack-netlib", "ompi"})
"""Modules that only Debian calls so."""

_COMPILED: Final = frozenset(
    {"c", "cxx", "fortran", "rust", "go", "cuda", "obj-c", "obj-cxx", "zig"}
)
"""Languages that extensions are written in, by what compilers of theirs are called."""

_NIX = re.compile(r"[A-Za-z_][A-Za-z0-9_.+-]*+").fullmatch
"""What nix-shell reads as an attribute; it evaluates what it is given."""

Why = Literal["only", "default", "pinned", "installed", "first", "named", "headers"]
Reason = Literal[
    "unknown", "not packaged", "no entry", "no provider", "elsewhere", "pin", "python", "older"
]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something else that would do for what is virtual: its name and its packages."""

    id: str
    packages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A requirement that the ecosystem can meet.

    ``requirement`` is as written, ``id`` its canonical name and ``chosen`` the canonical
    name of what was taken for it, the same unless it is virtual.  ``purpose`` is what the
    ``packages`` are for; they are none where nothing has to be installed for it.  ``why``
    is ``"only"`` (there was one), ``"default"`` (the ecosystem's own), ``"pinned"``,
    ``"installed"`` (it is there already), ``"first"`` (of several), ``"named"`` (the
    requirement names the package itself) or ``"headers"`` (a compiler needs them), and
    ``choices`` what else would do.  ``state``, ``source`` and ``date`` say how well the
    names are known.  ``range`` is what became of the versions, None if all will do.
    """

    requirement: str
    id: str
    chosen: str
    purpose: Purpose
    packages: tuple[str, ...]
    arguments: tuple[str, ...]
    why: Why
    choices: tuple[Choice, ...] = ()
    state: str = ""
    source: str = ""
    date: str = ""
    component: str = ""
    range: Range | None = None


class Taken(NamedTuple):
    """What was taken for a requirement, before a package manager is asked for it.

    ``plain`` is what becomes of it where the manager takes nothing but names; None where that
    depends on who asks.
    """

    requirement: str
    id: str
    chosen: str
    purpose: Purpose
    packages: tuple[str, ...]
    why: Why
    choices: tuple[Choice, ...]
    cell: Cell
    clauses: Clauses | None
    plain: Planned | None = None


class Offered(NamedTuple):
    """What an ecosystem has for a name: ``chosen`` is the canonical name of what is taken."""

    chosen: str
    cell: Cell
    packages: tuple[str, ...]
    why: Why
    choices: tuple[Choice, ...]


def offered(
    ecosystem: str,
    names: EcosystemMapping,
    identifier: str,
    purpose: Purpose,
    pin: str | None,
    installed: AbstractSet[str],
) -> Offered | Reason:
    """Return what *names*, the mapping for *ecosystem*, has for *identifier*, or why it has nothing.

    *purpose* is what the packages are for, *pin* the provider that is wanted (None: none), and the
    packages *installed* are preferred where several would do.

    >>> offered("debian", mapping("debian"), "dep:generic/zlib", "host", None, frozenset()).packages
    ('zlib1g-dev',)
    """
    virtual = identifier.startswith("dep:virtual/")
    options: list[tuple[str, Cell]] = [
        (identifier, each) for each in names.cells(identifier) if each.packaged
    ]
    own = len(options)
    for provider in registry().providers(identifier) if virtual else ():
        cell = names.cell(provider)
        if cell is not None and cell.packaged:
            options.append((provider, cell))
    at = 0
    why: Why = "only"
    if virtual and pin is not None:
        found = next((i for i, (name, _) in enumerate(options) if name == pin), None)
        if found is None:
            return "pin"
        at, why = found, "pinned"
    elif not options or not (virtual or names.cells(identifier)[0].packaged):
        known = names.cell(identifier) is not None
        return "not packaged" if known else "no provider" if virtual else "no entry"
    else:
        why = "only" if len(options) == 1 else "default" if own else "first"
        if virtual and not own and len(options) > 1:
            there = (
                i
                for i, (_, cell) in enumerate(options)
                if not installed.isdisjoint(cell.packages(purpose))
            )
            at = next(there, -1)
            at, why = (at, "installed") if at >= 0 else (0, why)
    chosen, cell = options[at]
    packages = cell.packages(purpose)
    if not all(is_sound(ecosystem, each) for each in packages):
        return "no entry"
    choices = tuple(
        Choice(other, each.packages(purpose))
        for i, (other, each) in enumerate(options)
        if i != at and not (virtual and each.packages(purpose) == packages)
    )
    if chosen != identifier:
        # Asked for is what is virtual, whatever stands in for it: so are its versions.
        cell = replace(cell, id=identifier)
    return Offered(chosen, cell, packages, why, choices)


class Usual(NamedTuple):
    """What the built-in names offer without a pin: the offer, taken as it is, and its cell for a range."""

    offer: Offered
    taken: Taken
    ranged: Cell


@functools.lru_cache(maxsize=16_384)
def usual(ecosystem: str, identifier: str, purpose: Purpose) -> Usual | Reason:
    """Return what *ecosystem* has for *identifier* by the built-in names, or why it has nothing.

    *purpose* is what the packages are for.  Nothing is pinned or installed.  There are some ten thousand answers, and each is the same whoever asks.
    """
    offer = offered(ecosystem, mapping(ecosystem), identifier, purpose, None, frozenset())
    if isinstance(offer, str):
        return offer
    chosen, cell, packages, why, choices = offer
    planned = Planned(
        *(identifier, identifier, chosen, purpose, packages, packages, why, choices),
        *(cell.state, cell.source, cell.date, cell.component),
    )
    taken = Taken(
        *(identifier, identifier, chosen, purpose, packages, why, choices, cell, None, planned)
    )
    return Usual(offer, taken, checkable(ecosystem, cell, trusted=True))


def is_sound(ecosystem: str, package: str) -> bool:
    """Say whether *package* may stand in a command of *ecosystem*.

    >>> is_sound("debian", "zlib1g-dev"), is_sound("debian", "--yes"), is_sound("nix", "a b")
    (True, False, False)
    """
    return is_package(package) and (ecosystem != "nix" or _NIX(package) is not None)


def checkable(ecosystem: str, cell: Cell, *, trusted: bool) -> Cell:
    """Give *cell* the module that Debian's has, where the *ecosystem* calls it the same.

    Ubuntu takes its packages from Debian with their epochs, which no range does without,
    if the names are ours, that is *trusted*.
    """
    if ecosystem == "ubuntu" and trusted and not cell.version:
        same = mapping("debian").cell(cell.id)
        if same is not None and same.host[:1] == cell.host[:1]:
            cell = replace(cell, version=same.version)
    if cell.module or ecosystem not in _PKG_CONFIG:
        return cell
    of_debian = mapping("debian").cell(cell.id)
    if of_debian is None or of_debian.module in _OF_DEBIAN:
        return cell
    return replace(cell, module=of_debian.module)


@keeps(4096)
def is_compiler(identifier: str) -> bool:
    """Say whether *identifier* is, or provides, a compiler of what extensions are written in.

    >>> is_compiler("dep:virtual/compiler/c"), is_compiler("dep:generic/zlib")
    (True, False)
    """
    known = registry().definitions.get(identifier)
    names = (identifier, *known.provides) if known else (identifier,)
    return any(
        each.startswith("dep:virtual/compiler/") and each.rpartition("/")[2] in _COMPILED
        for each in names
    )


@keeps(4096, letters_of)
def elsewhere(identifier: str, ecosystem: str) -> tuple[str, ...]:
    """Return the ecosystems without root, but *ecosystem*, that have something for *identifier*.

    >>> elsewhere("dep:generic/libraqm", "debian")
    ('nix', 'spack')
    """
    names = (identifier, *registry().providers(identifier))
    return tuple(
        each
        for each in ROOTLESS
        if each != ecosystem
        and any(cell is not None and cell.packaged for cell in map(mapping(each).cell, names))
    )
