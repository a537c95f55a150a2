"""Where the files of a wheel land, by installer, way of installing and system.

Idea: an installer maps each scheme to a folder, and that is all that it decides.  The
folders are data here, not those of the interpreter that runs this code, so that one
machine can say what happens on another.  All paths are relative to a base that the place
names: the folder of the virtual environment, the prefix, the root of the system.

Invariant: a target has no empty part and no ``..``, since only what has a place in the
archive lands.

Cost: linear in the wheel.

Example: ``a-1.data/headers/x.h`` lands in ``include/site/python3.13/a/x.h`` of a virtual
environment, by pip and by uv, and in ``include/python3.13/a/x.h`` by installer.

Source: sysconfig, "Installation paths"; pip's ``locations``; recorded runs of pip 26.3,
uv 0.13 and installer 1.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from packaging.utils import canonicalize_name

from trigpoint.wheels.data import Entry, Inspection

__all__ = ["PLACES", "PYTHON", "Landed", "Place", "folders", "is_file_name", "is_python", "landing"]

PYTHON: Final = "3.13"
"""The Python that paths are shown for, unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """One way to install: ``installer``, ``way`` and ``system``, and a ``name`` of the three.

    ``base`` says in words what all paths are relative to.  ``purelib``, ``scripts``,
    ``headers`` and ``data`` are folders below it, in which ``{python}`` stands for 3.13
    or 3.13t, ``{short}`` for 3.13, ``{nodot}`` for 313, ``{name}`` for the project's
    normalised name and ``{written}`` for the name as the wheel has it; platlib is
    purelib in each of them.  ``any_data`` says whether ``.data`` folders of other names
    are taken apart as well, ``launcher`` how the file of a command ends (None: no
    commands are predicted), ``folds_case`` whether file names that differ in case only are
    one, and ``recorded`` whether a test compares the paths with a real installation.
    """

    installer: str
    way: str
    system: str
    base: str
    purelib: str
    scripts: str
    headers: str
    data: str = ""
    any_data: bool = False
    launcher: str | None = ""
    recorded: bool = False

    @property
    def name(self) -> str:
        """Installer, way and system, such as ``pip-venv-posix``."""
        return f"{self.installer}-{self.way}-{self.system}"

    @property
    def folds_case(self) -> bool:
        """Whether the system takes two names that differ in case only as one."""
        return self.system in ("macos", "windows")


_LIB: Final = "lib/python{python}/site-packages"
_SITE: Final = "include/site/python{short}/{name}"
_VENV: Final = "the virtual environment"
_PREFIX: Final = "the prefix"
_USER: Final = "the user base"


def _posix(installer: str, system: str) -> tuple[Place, ...]:
    """Return the places of *installer* that all of POSIX shares, on *system*."""
    ran = system == "posix"
    if installer == "pip":
        own = "include/python{python}/{name}"
        user = _LIB if ran else "lib/python/site-packages"
        return (
            Place("pip", "venv", system, _VENV, _LIB, "bin", _SITE, "", True, "", ran),
            Place("pip", "prefix", system, _PREFIX, _LIB, "bin", own, "", True, "", ran),
            Place("pip", "user", system, _USER, user, "bin", own, "", True, "", ran),
            Place("pip", "target", system, "the target", "", "bin", "include/python/{name}",
                  "", True, "", ran),
        )  # fmt: skip
    if installer == "uv":
        return (
            Place("uv", "venv", system, _VENV, _LIB, "bin", _SITE, recorded=ran),
            Place("uv", "prefix", system, _PREFIX, _LIB, "bin", _SITE, recorded=ran),
            Place("uv", "target", system, "the target", "", "bin", "include/{name}", recorded=ran),
        )
    headers = "include/python{python}/{written}"
    return (
        Place("installer", "prefix", system, _PREFIX, _LIB, "bin", headers, recorded=ran),
    )  # fmt: skip


_WINDOWS: Final = (
    Place("pip", "venv", "windows", _VENV, "Lib/site-packages", "Scripts",
          _SITE, "", True, ".exe"),
    Place("pip", "prefix", "windows", _PREFIX, "Lib/site-packages", "Scripts",
          "Include/{name}", "", True, ".exe"),
    Place("pip", "user", "windows", _USER, "Python{nodot}/site-packages", "Python{nodot}/Scripts",
          "Python{nodot}/Include/{name}", "", True, ".exe"),
    Place("uv", "venv", "windows", _VENV, "Lib/site-packages", "Scripts",
          _SITE, "", False, ".exe"),
    Place("installer", "prefix", "windows", _PREFIX, "Lib/site-packages", "Scripts",
          "Include/{written}", "", False, ".exe"),
)  # fmt: skip

_SYSTEM: Final = (
    Place("pip", "system", "debian", "the root of the system",
          "usr/local/lib/python{short}/dist-packages", "usr/local/bin",
          "usr/include/python{python}/{name}", "usr/local", True),
    # What loadPackage does not take apart stays below the folder of the packages.
    Place("pyodide", "system", "pyodide", "the root of the file system", _LIB,
          _LIB + "/{stem}.data/scripts", _LIB + "/{stem}.data/headers", "", False, None),
)  # fmt: skip

PLACES: Mapping[str, Place] = MappingProxyType(
    {
        place.name: place
        for place in (
            *(
                each
                for system in ("posix", "macos")
                for installer in ("pip", "uv", "installer")
                for each in _posix(installer, system)
            ),
            *_WINDOWS,
            *_SYSTEM,
        )
    }
)
"""Every place that is known, by its name."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A file that is written: its ``target`` below the base of the place.

    ``path`` is the file of the wheel that it comes from, or the name of the entry point
    that a command is ``generated`` for, and ``scheme`` where it belongs.
    """

    target: str
    path: str
    scheme: str
    generated: bool = False


def folders(inspection: Inspection, place: Place, python: str = PYTHON) -> dict[str, str]:
    """Return the folder of each scheme of the wheel *inspection* in *place*, below its base.

    *python* as in :func:`landing`.

    >>> from trigpoint.wheels.inspection import inspect
    >>> folders(inspect(b"", "a-1-py3-none-any.whl"), PLACES["pip-venv-posix"])["headers"]
    'include/site/python3.13/a'
    """
    short = python.removesuffix("t")
    values = {
        "python": python,
        "short": short,
        "nodot": short.replace(".", ""),
        "name": canonicalize_name(inspection.project),
        "written": inspection.project,
        "stem": f"{inspection.project}-{inspection.version}",
    }
    return {
        "purelib": place.purelib.format(**values),
        "platlib": place.purelib.format(**values),
        "scripts": place.scripts.format(**values),
        "headers": place.headers.format(**values),
        "data": place.data.format(**values),
    }


def landing(inspection: Inspection, place: Place, python: str = PYTHON) -> tuple[Landed, ...]:
    """Return where each file of a wheel lands in *place*, by its order in the wheel.

    *inspection* is that of a wheel; of anything else nothing lands.  *python* is a
    version of two numbers, such as ``3.13``, with a ``t`` if it is free-threaded.  What
    installers write of their own (INSTALLER, bytecode) is left out; commands of entry
    points come last.

    >>> from trigpoint.wheels.inspection import inspect
    >>> landing(inspect(b"", "a-1-py3-none-any.whl"), PLACES["pip-venv-posix"])
    ()
    """
    if inspection.kind != "wheel":
        return ()
    stem = f"{inspection.project}-{inspection.version}"
    into = folders(inspection, place, python)
    kept = {**into}
    if place.system == "pyodide":
        for key in ("purelib", "platlib"):
            kept[key] = f"{into[key]}/{stem}.data/{key}"
    found = []
    for entry in inspection.entries:
        if not entry.scheme or entry.kind not in ("file", "symlink"):
            continue
        scheme, below, folder = _placed(entry, place, inspection.root)
        where = (kept if folder else into)[scheme]
        found.append(Landed(f"{where}/{below}" if where else below, entry.path, scheme))
    if place.launcher is not None:
        scripts = into["scripts"]
        found += (
            Landed(f"{scripts}/{point.name}{place.launcher}", point.name, "scripts", True)
            for point in inspection.entry_points
            if point.is_script and is_file_name(point.name)
        )
    return tuple(found)


def _placed(entry: Entry, place: Place, root: str) -> tuple[str, str, bool]:
    """Return scheme and path below it of *entry*, and whether it comes from a ``.data`` folder."""
    if entry.part == "foreign" and not place.any_data:
        return root, entry.path, False
    return entry.scheme, entry.inner, entry.part in ("data", "foreign")


def is_file_name(name: str) -> bool:
    """Say whether *name* is that of a file, and of no folder above it."""
    return bool(name) and "/" not in name and "\\" not in name and name not in (".", "..")


def is_python(value: str) -> bool:
    """Say whether *value* is a version of Python as paths have it: two numbers, and maybe a t.

    >>> [is_python(each) for each in ("3.13", "3.14t", "3", "../x")]
    [True, True, False, False]
    """
    digits = value.removesuffix("t").split(".")
    return len(digits) == 2 and all(
        each.isascii() and each.isdigit() and len(each) < 4 for each in digits
    )
