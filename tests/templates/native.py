"""What must hold of compiled templates besides: compilers, a repository, the tag, the symbols.

A wheel that is compiled says in its name where it works, and nothing else looks whether that is
true: abi3audit compares the symbols with the limited API, and auditwheel finds the C library,
which it must before a wheel may be called manylinux.

Source: PEP 384, PEP 425, PEP 600; the behaviour of each backend was seen in its builds.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.templates.prove import Place

__all__ = [
    "NATIVE",
    "Native",
    "compilers",
    "developing",
    "editable_faults",
    "faults",
    "missing",
    "prepare",
    "tag",
    "tag_faults",
]


@dataclass(frozen=True, slots=True)
class Native:
    """What a compiled template needs here, and which wheels it makes.

    ``commands`` are compilers.  ``limited`` is the minor version of Python 3 whose limited API the
    module uses, 0 for none; ``by_builder`` says that the wheel is called by the Python that builds
    it all the same.  ``git`` says that the sdist is made from a repository.
    """

    commands: tuple[str, ...]
    limited: int = 0
    by_builder: bool = False
    git: bool = False


NATIVE: Final[Mapping[str, Native]] = MappingProxyType(
    {
        "skbuild-c": Native(("cc",), limited=11),
        "skbuild-zlib": Native(("cc",), limited=11),
        "skbuild-pybind11": Native(("c++",)),
        "skbuild-nanobind": Native(("c++",), limited=12),
        "skbuild-cython": Native(("cc",)),
        "skbuild-fortran": Native(("cc", "gfortran")),
        "mesonpy-c": Native(("cc",), limited=11, by_builder=True, git=True),
        "mesonpy-cython": Native(("cc",), git=True),
        "mesonpy-fortran": Native(("cc", "gfortran"), git=True),
        "maturin-rust": Native(("cargo", "cc"), limited=11),
        "setuptools-c": Native(("cc",), limited=11),
        "setuptools-pybind11": Native(("c++",)),
        "builders-hatchling": Native(("cc", "cargo"), limited=11),
        "builders-flit": Native(("cc", "cargo"), limited=11),
    }
)
"""Every compiled template by its name."""

PACKAGES: Final = MappingProxyType(
    {"cc": "gcc", "c++": "g++", "gfortran": "gfortran", "cargo": "cargo"}
)
"""The package of Debian that has each compiler."""


def missing(name: str) -> str:
    """Return in a line why the template *name* cannot be built here; empty if it can.

    >>> missing("hatchling")
    ''
    """
    commands = NATIVE[name].commands if name in NATIVE else ()
    absent = [PACKAGES[each] for each in commands if shutil.which(each) is None]
    return (
        f"left out, since a compiler is missing: apt install {' '.join(absent)}" if absent else ""
    )


def compilers(name: str) -> dict[str, str]:
    """Return the compilers of the template *name*, each with its version."""
    found = {}
    for command in NATIVE[name].commands if name in NATIVE else ():
        said = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
        # Who packed it stands in parentheses, with a version of its own.
        line = re.sub(r"\([^)]*\)", "", said.stdout.splitlines()[0])
        numbers = re.findall(r"(?<!\S)[0-9]+(?:\.[0-9]+)+", line)
        found[PACKAGES[command]] = numbers[0] if numbers else line
    return found


def prepare(place: Place) -> None:
    """Commit the project to a repository of its own, if its sdist is made from one."""
    from tests.templates.prove import run

    if place.template.name in NATIVE and NATIVE[place.template.name].git:
        git = ("git", "-c", "user.name=Ada Example", "-c", "user.email=ada@example.org")
        run(*git, "init", "-q", ".", cwd=place.project)
        run(*git, "add", "--all", cwd=place.project)
        run(*git, "-c", "commit.gpgsign=false", "commit", "-q", "-m", "Start", cwd=place.project)


def tag(native: Native, minor: int) -> str:
    """Return what a wheel of *native* built by CPython 3.*minor* says of Python and ABI.

    >>> tag(Native((), limited=11), 13), tag(Native((), limited=12), 11)
    ('cp311-abi3', 'cp311-cp311')
    """
    if not native.limited or minor < native.limited:
        return f"cp3{minor}-cp3{minor}"
    return f"cp3{minor if native.by_builder else native.limited}-abi3"


def faults(place: Place, wheel: Path) -> Iterator[str]:
    """Yield what does not hold of *wheel*, which the template of *place* made."""
    from tests.templates.prove import FailedError, run

    native = NATIVE.get(place.template.name)
    if native is None:
        return
    said = run(place.python, "-c", "import sys; print(sys.version_info.minor)", cwd=place.folder)
    yield from tag_faults(wheel.name, tag(native, int(said)))
    commands = [("abi3audit", "--strict")] if "-abi3-" in wheel.name else []
    commands += [("auditwheel", "show")] if sys.platform == "linux" else []
    for name, option in commands:
        try:
            run(Path(sys.executable).with_name(name), option, wheel, cwd=place.folder)
        except FailedError as failed:
            yield str(failed)


def tag_faults(name: str, wanted: str) -> Iterator[str]:
    """Yield it if the wheel *name* is not for the Python and ABI *wanted*.

    >>> list(tag_faults("a-1-cp311-abi3-linux_x86_64.whl", "cp311-abi3"))
    []
    """
    if "-".join(name.split("-")[-3:-1]) != wanted:
        yield f"{name} is not for {wanted}"


def developing(readme: str) -> Iterator[list[str]]:
    r"""Yield what pip installs, for an editable project, by the commands of *readme*.

    >>> list(developing("```console\n$ python -m pip install a 'b>1'\n$ python -m pip install -e .\n```"))
    [['a', 'b>1'], ['-e', '.']]
    """
    for block in re.findall(r"(?ms)^```console\n(.*?)^```", readme):
        lines = re.findall(r"(?m)^\$ python -m pip install (.*)$", block)
        if any(line.endswith("-e .") for line in lines):
            yield from map(shlex.split, lines)


def editable_faults(place: Place) -> Iterator[str]:
    """Yield what fails when the project of *place* is developed as its README says.

    The environment is inside the project, where many people have theirs.
    """
    from tests.templates.prove import FailedError, install, needed_by_tests, run, uv

    if place.template.name not in NATIVE:
        return
    commands = list(developing(place.files["README.md"].decode()))
    if not commands:
        yield "the README does not say how the project is installed editable"
    try:
        python = install(place.project / ".venv", place.python, *needed_by_tests(place))
        # What the build needs is found as in an environment that is activated.
        path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
        for arguments in commands:
            run(
                uv(), "pip", "install", "-q", "-p", python, *arguments, cwd=place.project, PATH=path
            )
        run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=place.project, PATH=path)
    except FailedError as failed:
        yield str(failed)
