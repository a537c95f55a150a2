"""Which tags an interpreter takes, as data: those of real systems, not of this machine.

Idea: ``packaging`` knows the order of interpreters and ABIs, and the platforms of macOS;
those of Linux it can only ask the running system for, so they are counted down here from
the version of the C library.

Example: glibc 2.28 takes ``linux_x86_64``, then ``manylinux_2_28_x86_64``, and so on down to
``manylinux1_x86_64``, which is another word for 2.5.

Source: platform compatibility tags specification; PEP 600, PEP 656; ``packaging.tags``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from packaging.tags import compatible_tags, cpython_tags, generic_tags, mac_platforms

from trigpoint.findings import TrigpointError

__all__ = [
    "ENVIRONMENT_NAMES",
    "TagEnvironment",
    "UnknownTagEnvironmentError",
    "linux_platforms",
    "tag_environment",
    "tags_of",
]


class UnknownTagEnvironmentError(TrigpointError, KeyError):
    """No environment has the name."""

    def __str__(self) -> str:
        return f"no environment is called {self.args[0]!r}"


@dataclass(frozen=True, slots=True)
class TagEnvironment:
    """The ``tags`` that an interpreter takes, best first, each as ``python-abi-platform``.

    ``name`` is stable, ``label`` is for people.
    """

    name: str
    label: str
    tags: tuple[str, ...]


_LEGACY: Final = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


def linux_platforms(
    machine: str, glibc: int | None = None, musl: int | None = None
) -> tuple[str, ...]:
    """Return the platform tags of Linux on *machine*, such as ``x86_64``, best first.

    *glibc* is the second number of its glibc (2.x), *musl* that of its musl (1.x); one of
    the two is usual.

    >>> linux_platforms("aarch64", glibc=17)
    ('linux_aarch64', 'manylinux_2_17_aarch64', 'manylinux2014_aarch64')
    """
    found = [f"linux_{machine}"]
    if glibc is not None:
        oldest = 5 if machine in ("x86_64", "i686") else 17
        for minor in range(glibc, oldest - 1, -1):
            found.append(f"manylinux_2_{minor}_{machine}")
            if minor in _LEGACY:
                found.append(f"{_LEGACY[minor]}_{machine}")
    if musl is not None:
        found += (f"musllinux_1_{minor}_{machine}" for minor in range(musl, -1, -1))
    return tuple(found)


def tags_of(
    python: tuple[int, int],
    platforms: Iterable[str],
    *,
    free_threaded: bool = False,
    pypy: str = "",
) -> tuple[str, ...]:
    """Return the tags that an interpreter takes, best first.

    *python* is its version, *platforms* what its system takes, best first.
    *free_threaded* is that build of CPython; *pypy* is the ABI of PyPy, such as
    ``pypy311_pp73``, and empty for CPython.

    >>> tags_of((3, 13), ["win_amd64"])[:3]
    ('cp313-cp313-win_amd64', 'cp313-abi3-win_amd64', 'cp313-none-win_amd64')
    """
    given = list(platforms)
    short = f"{python[0]}{python[1]}"
    if pypy:
        own = generic_tags(f"pp{short}", [pypy], given)
        # pip and packaging take pp3 beside the versions of PyPy.
        interpreter = "pp3"
    else:
        own = cpython_tags(python, [f"cp{short}{'t' if free_threaded else ''}"], given)
        interpreter = f"cp{short}"
    rest = compatible_tags(python, interpreter, given)
    return tuple(dict.fromkeys(str(tag) for tag in (*own, *rest)))


def _platforms() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield id, label and tags of each system that environments are made of."""
    for machine in ("x86_64", "aarch64"):
        for minor, where in ((17, "2014"), (28, "2018"), (36, "2022"), (41, "2025")):
            label = f"Linux on {machine}, glibc 2.{minor} of {where}"
            yield f"glibc2.{minor}-{machine}", label, linux_platforms(machine, glibc=minor)
        yield (
            f"musl1.2-{machine}",
            f"Linux on {machine}, musl 1.2",
            linux_platforms(machine, musl=2),
        )
    for version, machine in (((11, 0), "x86_64"), ((11, 0), "arm64"), ((15, 0), "arm64")):
        label = f"macOS {version[0]} on {machine}"
        yield f"macos{version[0]}-{machine}", label, tuple(mac_platforms(version, machine))
    for tag, label in (
        ("win_amd64", "x86_64"),
        ("win_arm64", "ARM64"),
        ("win32", "x86, 32 bits"),
    ):
        yield tag.replace("win_", "windows-"), f"Windows on {label}", (tag,)


@functools.cache
def _known() -> dict[str, tuple[str, tuple[int, int], bool, str, tuple[str, ...]]]:
    known = {}
    interpreters = [
        (f"cp3{minor}{'t' if free else ''}", f"CPython 3.{minor}{', free-threaded' if free else ''}",
         (3, minor), free, "")
        for minor in (11, 12, 13, 14)
        for free in ((False, True) if minor > 12 else (False,))
    ]  # fmt: skip
    interpreters.append(("pp311", "PyPy 3.11", (3, 11), False, "pypy311_pp73"))
    for platform, where, tags in _platforms():
        for name, label, python, free, pypy in interpreters:
            known[f"{name}-{platform}"] = (f"{label}, {where}", python, free, pypy, tags)
    return known


ENVIRONMENT_NAMES: Final = tuple(_known())
"""The names that :func:`tag_environment` knows, such as ``cp313-glibc2.36-x86_64``."""


@functools.cache
def tag_environment(name: str) -> TagEnvironment:
    """Return the environment called *name*, one of :data:`ENVIRONMENT_NAMES`.

    Raises :exc:`UnknownTagEnvironmentError` for any other name.

    >>> tag_environment("cp313-windows-amd64").tags[0]
    'cp313-cp313-win_amd64'
    """
    if name not in _known():
        raise UnknownTagEnvironmentError(name)
    label, python, free, pypy, platforms = _known()[name]
    return TagEnvironment(name, label, tags_of(python, platforms, free_threaded=free, pypy=pypy))
