"""Compiled files that do not run everywhere where their wheel is taken.

Idea: the suffix of a module says which CPython imports it, and the tags of the wheel which
CPythons get it.  A module that is there for single versions only, in a wheel whose tags serve
another one, is missing for that one, though everything was built and is installed.

A library is for one kind of system as well; a wheel for any platform brings it to the others.

Cost: linear in the files and the tags.

Example: in ``spam-1.0-cp312-abi3-linux_x86_64.whl``, which is for CPython 3.12 and later,
``spam/_core.cpython-313-x86_64-linux-gnu.so`` is imported by 3.13 alone.

Source: PEP 3149 for suffixes, CPython's documentation of the stable ABI, platform compatibility
tags specification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from trigpoint.archives.faults import Notes, shown
from trigpoint.wheels.binaries import Binary
from trigpoint.wheels.names import FileName

__all__ = ["foreign_modules", "libraries_anywhere"]

_SUFFIX: Final = re.compile(r"(?:cpython-|cp)(?P<version>[0-9]{2,4}t?)(?:-[\w-]+)?").fullmatch
_ONE: Final = re.compile(r"cp[0-9]{2,4}t?").fullmatch
_LIBRARY: Final = re.compile(r".+\.(?:so(?:\.[0-9]+)*|dylib|dll|pyd)", re.DOTALL).fullmatch
_SYSTEMS: Final = {"elf": "Linux and its like", "macho": "macOS", "pe": "Windows"}


def foreign_modules(paths: Iterable[str], name: FileName, notes: Notes) -> None:
    """Report to *notes* which modules of *paths* no Python, or not each, imports that gets them.

    *name* is that of the wheel.  Left alone is a module that is there without a version in its
    suffix as well, one that is there for several versions in a wheel that says none, and
    whatever is for another interpreter.
    """
    versions: dict[str, set[str]] = {}
    first: dict[str, str] = {}
    for path in paths:
        folder, _, file = path.rpartition("/")
        module, _, suffix = file.partition(".")
        kind, _, ending = suffix.rpartition(".")
        if ending in ("so", "pyd"):
            found = _SUFFIX(kind)
            key = f"{folder}/{module}"
            versions.setdefault(key, set()).add(found["version"] if found else "")
            first.setdefault(key, path)
    # Without an ABI, the Python tag is what says for which version a wheel is.
    said = name.abi + name.python * ("none" in name.abi)
    served = {each.removeprefix("cp") for each in said if _ONE(each)}
    many = not {"abi3", "abi3t", "py3"}.isdisjoint(said)
    for module, there in versions.items():
        if "" in there or (many and len(there) > 1):
            continue
        if many:
            what = "later versions as well" if "py3" not in said else "other versions as well"
        elif missing := sorted(served - there):
            what = f"CPython {_dotted(missing[0])}"
        else:
            continue
        alone = ", ".join(map(_dotted, sorted(there)))
        notes.add(
            "wheel-module-python",
            f"{shown(first[module])} is imported by CPython {alone} only, and the wheel is for {what}",
            "build the module for what the name says, or name the wheel for what is in it",
        )


def libraries_anywhere(binaries: Iterable[Binary], name: FileName, notes: Notes) -> None:
    """Report to *notes* that libraries among *binaries* are for one kind of system alone.

    *name* is that of the wheel; nothing is said unless it promises any platform.  Left alone
    are programs, such as launchers that are data, files that cannot be read, and libraries
    that are there for several systems, since a package may choose among them.
    """
    if name.platform != ("any",):
        return
    libraries = [each for each in binaries if _LIBRARY(each.path) and not each.broken]
    formats = {each.format for each in libraries}
    if len(formats) != 1:
        return
    first = libraries[0]
    machines = f" on {', '.join(first.machines)}" if first.machines else ""
    notes.add(
        "wheel-library-any",
        f"{shown(first.path)} is a library for {_SYSTEMS[first.format]}{machines}, "
        "and the wheel is for any platform",
        "have the backend write the tag of a platform into the name, such as py3-none-linux_x86_64",
    )


def _dotted(version: str) -> str:
    """Write *version* as people do.

    >>> _dotted("313t")
    '3.13t'
    """
    return f"{version[0]}.{version[1:]}"
