"""What may be taken for granted: assumptions about the environments there are.

**Idea.** By the specification ``sys_platform`` may be ``win32`` where ``os_name`` is
``posix``; no system is like that.  Such knowledge is never used unless a caller
asks for it.  An assumption is one of

- ``"known-platforms"``: the systems, machines and interpreters in
  :data:`KNOWN_PLATFORMS` and :data:`KNOWN_IMPLEMENTATIONS`;
- a version specifier for Python, such as ``">=3.9"``, as in Requires-Python;
- a list of environments, each a mapping that may lack variables: one of them;
- :class:`Exclusive`: extras of which no two are requested together;
- a marker that holds;
- a tuple of assumptions: all of them.

**Invariant.** Every assumption holds somewhere, and so do all together; else
:exc:`BadAssumption` says which of them do not.

**Cost.** One meaning for each, and a question about each pair.

>>> from trigpoint.markers import Marker
>>> assumed((">=3.9", Exclusive("cpu", "cu126"))) == assumed((Exclusive("cu126", "cpu"), ">=3.9"))
True
>>> assumed((">=3.9", "<3.8"))
Traceback (most recent call last):
...
trigpoint.markers.exact.assumptions.BadAssumption: '>=3.9' contradicts '<3.8'
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Protocol, Union

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from trigpoint.findings import TrigpointError
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.algebra import Meaning
from trigpoint.markers.exact.axis_names import (
    KEY,
)
from trigpoint.markers.exact.nodes import FLAG, nodes
from trigpoint.markers.exact.restrict import read_environment
from trigpoint.markers.reading.grammar import parse, write_string
from trigpoint.versions import specifiers

__all__ = [
    "KNOWN_IMPLEMENTATIONS",
    "KNOWN_PLATFORMS",
    "Assumption",
    "BadAssumption",
    "Exclusive",
    "assumed",
    "known_platforms",
]


class BadAssumption(TrigpointError, ValueError):  # noqa: N818 (it reads as a sentence where it is raised)
    """The assumption cannot be read, or holds nowhere; the message says why."""


@dataclass(frozen=True, slots=True, init=False)
class Exclusive:
    """No two of these extras are requested together.

    >>> Exclusive("CPU", "cu126").names
    ('cpu', 'cu126')
    """

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        object.__setattr__(self, "names", tuple(canonicalize_name(name) for name in names))
        if len(set(self.names)) < len(self.names):
            msg = f"an extra cannot exclude itself: {', '.join(names)}"
            raise BadAssumption(msg)
        if len(names) < 2:
            raise BadAssumption("it takes two extras to exclude each other")


class _HasMeaning(Protocol):
    @property
    def meaning(self) -> Meaning: ...


Assumption = Union[
    str,
    SpecifierSet,
    Exclusive,
    _HasMeaning,
    Sequence[Mapping[str, "str | AbstractSet[str]"]],
    "tuple[Assumption, ...]",
]

_ARM = ("aarch64", "armv6l", "armv7l", "armv8l")
_INTEL = ("i386", "i486", "i586", "i686", "x86_64")

KNOWN_PLATFORMS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "posix",
        ("linux",),
        ("Linux",),
        (
            *_INTEL,
            *_ARM,
            "loongarch64",
            "mips",
            "mips64",
            "ppc",
            "ppc64",
            "ppc64le",
            "riscv64",
            "s390x",
            "sparc64",
        ),
    ),
    ("posix", ("darwin",), ("Darwin",), ("arm64", "x86_64")),
    ("nt", ("win32",), ("Windows",), ("AMD64", "ARM64", "x86")),
    ("posix", ("android",), ("Android",), ("aarch64", "armv7l", "armv8l", "i686", "x86_64")),
    ("posix", ("ios",), ("iOS", "iPadOS"), ("arm64", "x86_64")),
    ("posix", ("emscripten",), ("Emscripten",), ("wasm32", "wasm64")),
    ("posix", ("wasi",), ("wasi",), ("wasm32",)),
    ("posix", ("cygwin",), ("CYGWIN_NT-10.0",), ("x86_64",)),
    (
        "posix",
        ("freebsd13", "freebsd14", "freebsd15"),
        ("FreeBSD",),
        ("amd64", "arm64", "i386", "powerpc", "riscv"),
    ),
    ("posix", ("openbsd7",), ("OpenBSD",), ("amd64", "arm64", "i386")),
    ("posix", ("netbsd9", "netbsd10"), ("NetBSD",), ("amd64", "evbarm", "i386")),
    ("posix", ("sunos5",), ("SunOS",), ("i86pc", "sun4v")),
    ("posix", ("aix",), ("AIX",), ("powerpc",)),
)
"""Each row: ``os_name``, ``sys_platform``, ``platform_system``, ``platform_machine``.

Any value of a row may occur with any other of the same row.
Source: the platforms of PEP 11 and of wheels on PyPI, with what CPython reports there.
"""

KNOWN_IMPLEMENTATIONS: tuple[tuple[str, str], ...] = (
    ("cpython", "CPython"),
    ("pypy", "PyPy"),
    ("graalpy", "GraalVM"),
    ("ironpython", "IronPython"),
    ("rustpython", "RustPython"),
)
"""Each pair: ``implementation_name`` and ``platform_python_implementation``."""


def known_platforms() -> str:
    """Return the assumption ``"known-platforms"`` as a marker."""

    def one_of(variable: str, values: Iterable[str]) -> str:
        said = [f"{variable} == {write_string(value)}" for value in values]
        return said[0] if len(said) == 1 else f"({' or '.join(said)})"

    platforms = [
        " and ".join(
            (
                one_of("os_name", (os_name,)),
                one_of("sys_platform", platforms),
                one_of("platform_system", systems),
                one_of("platform_machine", machines),
            )
        )
        for os_name, platforms, systems, machines in KNOWN_PLATFORMS
    ]
    implementations = [
        f"implementation_name == {write_string(name)} and platform_python_implementation == {write_string(label)}"
        for name, label in KNOWN_IMPLEMENTATIONS
    ]
    return f"({' or '.join(platforms)}) and ({' or '.join(implementations)})"


def assumed(assumption: Any, names: Iterable[str] = ()) -> Meaning:
    """Return where *assumption* holds.

    ``names`` are the axes of extras that matter: in an environment that says
    which extras are requested, the others of them are not.  Raises
    :exc:`BadAssumption`, and :exc:`~trigpoint.markers.exact.restrict.BadEnvironment`
    for an environment that cannot be.
    """
    parts = assumption if isinstance(assumption, tuple) else (assumption,)
    names = list(names)
    held = [(part, _meaning_of(part, names)) for part in parts]
    if not held:
        raise BadAssumption("there is no assumption")
    for part, meaning in held:
        if not algebra.is_satisfiable(meaning):
            raise BadAssumption(f"{_shown(part)} holds nowhere")
    for (first, a), (second, b) in itertools.combinations(held, 2):
        if algebra.disjoint(a, b):
            raise BadAssumption(f"{_shown(first)} contradicts {_shown(second)}")
    whole = functools.reduce(algebra.both, (meaning for _, meaning in held))
    if not algebra.is_satisfiable(whole):
        raise BadAssumption("these assumptions contradict each other")
    return whole


def _meaning_of(part: Any, names: list[str]) -> Meaning:
    if isinstance(part, str) and part == "known-platforms":
        return algebra.meaning_of(parse(known_platforms()))
    if isinstance(part, str):
        try:
            part = specifiers(part)
        except InvalidSpecifier:
            msg = f'{part!r} is neither "known-platforms" nor a specifier such as ">=3.9"'
            raise BadAssumption(msg) from None
    if isinstance(part, SpecifierSet):
        clauses = [
            f"python_full_version {clause.operator} {write_string(clause.version)}"
            for clause in part
        ]
        return algebra.meaning_of(parse(" and ".join(clauses) or 'python_version >= "0"'))
    if isinstance(part, Exclusive):
        return _exclusive(part)
    if hasattr(part, "meaning"):
        meaning: Meaning = part.meaning
        return meaning
    if isinstance(part, Sequence) and all(isinstance(item, Mapping) for item in part):
        return _one_of(part, names)
    raise BadAssumption(f"{part!r} is no assumption")


def _exclusive(part: Exclusive) -> Meaning:
    clauses = [
        f"(extra != {write_string(a)} or extra != {write_string(b)})"
        for a, b in itertools.combinations(part.names, 2)
    ]
    return algebra.meaning_of(parse(" and ".join(clauses)))


def _one_of(
    environments: Sequence[Mapping[str, str | AbstractSet[str]]], names: list[str]
) -> Meaning:
    if not environments:
        raise BadAssumption("there is no environment in the list")
    points = []
    for environment in environments:
        space = algebra.shared()
        node = read_environment(environment).point(space, names)
        points.append(Meaning(node, (space, node)))
    return functools.reduce(algebra.either, points)


def names_of(*meanings: Meaning) -> list[str]:
    """Return the axes of the extras and groups that *meanings* ask about."""
    found: dict[str, None] = {}
    for meaning in meanings:
        for node in nodes(meaning.node):
            if node.kind == FLAG:
                found[node.axis[KEY]] = None
    return list(found)


def _shown(part: Any) -> str:
    return repr(part) if isinstance(part, str) else str(part)
