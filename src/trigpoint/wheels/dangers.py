"""What a wheel does besides what its reader expects: every danger, as a finding.

Idea: most of it shows in where files land, in a virtual environment of POSIX and in one of
Windows; the rest in the names themselves.  What leaves the archive altogether, links, and
names with backslashes are told by the reader of archives.

Cost: linear in the wheel.

Example: ``a-1.data/data/bin/pip`` lands over the command pip of the environment, and the
installers overwrite it without a word.

Source: recorded runs of pip 25.3 and 26.3, uv 0.13 and installer 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from packaging.utils import canonicalize_name

from trigpoint.archives.faults import Notes, counted, shown
from trigpoint.wheels.data import Entry, Inspection
from trigpoint.wheels.entry_points import is_reference
from trigpoint.wheels.places import PLACES, Landed, is_file_name, landing

__all__ = ["LARGEST_UPLOAD", "MOST_PACKED", "SMALL", "entry_dangers", "wheel_dangers"]

LARGEST_UPLOAD: Final = 100 * 1024 * 1024
"""Bytes that the public index takes in one file unless a project asked for more."""

MOST_PACKED: Final = 100
"""How many times its compressed size a file may have before that is told."""

SMALL: Final = 1024 * 1024
"""Bytes up to which nobody minds how well a file is compressed."""

_SPECIAL_MODES: Final = 0o7000

_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|com[1-9\u00b9\u00b2\u00b3]|lpt[1-9\u00b9\u00b2\u00b3]|conin\$|conout\$)"
    r"(?:[ .].*)?",
    re.IGNORECASE | re.DOTALL,
).fullmatch
_ILLEGAL: Final = re.compile(r'[<>:"|?*\x00-\x1f]|[ .]\Z').search

_PYTHON: Final = re.compile(r"(?:bin|scripts)/pythonw?[0-9.]*t?(?:\.exe)?").fullmatch
_ENVIRONMENT: Final = re.compile(
    r"pyvenv\.cfg|(?:bin|scripts)/(?:activate|deactivate)(?:[._].*)?", re.DOTALL
).fullmatch
_PIP: Final = re.compile(
    r"(?:bin|scripts)/pip[0-9.]*(?:\.exe)?|(?:lib/python[^/]*/|lib/)site-packages/pip/.*", re.DOTALL
).fullmatch
_LIBRARY: Final = re.compile(r"lib(?:64)?/(?:python[^/]*/|site-packages/).*", re.DOTALL).fullmatch
_STARTUP: Final = re.compile(
    r"(?:.*/)?(?:[^/]+\.pth|(?:site|user)customize\.py)", re.DOTALL
).fullmatch

_POSIX: Final = PLACES["pip-venv-posix"]
_WINDOWS: Final = PLACES["pip-venv-windows"]


def entry_dangers(entries: Iterable[Entry], notes: Notes) -> None:
    """Report to *notes* what the names, modes and sizes of *entries* do, of wheels and sdists."""
    folded: dict[str, str] = {}
    for entry in entries:
        if any(_RESERVED(part) or _ILLEGAL(part) for part in entry.path.split("/") if part):
            notes.add("wheel-windows-name", f"Windows has no file called {shown(entry.path)}")
        if entry.mode & _SPECIAL_MODES:
            special = f"{shown(entry.path)} has the mode {entry.mode:o}, which lends the rights of its owner"
            notes.add("wheel-mode", special)
        packed = entry.compressed
        if packed and entry.size > SMALL and entry.size > MOST_PACKED * packed:
            ratio = (
                f"{shown(entry.path)} unpacks to {entry.size // packed:,} times its compressed size"
            )
            notes.add("wheel-ratio", ratio)
        if entry.kind == "dir":
            continue
        first = folded.setdefault(entry.path.casefold(), entry.path)
        if first != entry.path:
            notes.add("wheel-case", f"{shown(first)} and {shown(entry.path)} differ in case only")


def wheel_dangers(found: Inspection, notes: Notes) -> None:
    """Report to *notes* what installing the wheel *found* does, as it was inspected so far."""
    for entry in found.entries:
        if entry.kind != "dir":
            _entry(entry, notes)
    points = [each for each in found.entry_points if each.is_script]
    for point in found.entry_points:
        if not is_reference(point):
            if point.is_script:
                no = f"the command {shown(point.name)} is {shown(point.value)}, not module:function"
                notes.add("wheel-command", no)
            else:
                no = f"{shown(point.name)} in {shown(point.group)} names no object to import"
                notes.add("wheel-entry-points", no)
    for point in points:
        if not is_file_name(point.name):
            outside = f"the command {shown(point.name)} would be written outside of the scripts"
            notes.add("wheel-entry-point-outside", outside)
    project = canonicalize_name(found.project)
    told: set[str] = set()
    landed = landing(found, _POSIX)
    for each in (landed, landing(found, _WINDOWS)):
        _targets(each, project, told, notes)
    _clashes(landed, notes)
    if found.size is not None and found.size > LARGEST_UPLOAD:
        large = f"the wheel has {counted(found.size)}, and {counted(LARGEST_UPLOAD)} are allowed"
        notes.add("wheel-large", large)


def _entry(entry: Entry, notes: Notes) -> None:
    if entry.part == "foreign":
        other = f"{shown(entry.path)} lies in the .data folder of another project or version"
        notes.add("wheel-foreign-data", other)
    if entry.part in ("data", "foreign") and not entry.scheme:
        known = f"{shown(entry.path)} is below no scheme that installers know"
        fix = "use purelib, platlib, scripts, headers or data"
        notes.add("wheel-scheme", known, fix)
    if entry.scheme == "scripts" and "/" in entry.inner:
        notes.add("wheel-script-folder", f"{shown(entry.path)} lies in a folder of the scripts")
    if entry.scheme == "data" and _LIBRARY(entry.inner.lower()):
        notes.add(
            "wheel-data-library",
            f"{shown(entry.path)} is data and lands among the modules of a Python",
        )
    top = entry.scheme in ("purelib", "platlib") and "/" not in entry.inner
    if (top or (entry.scheme == "data" and _LIBRARY(entry.inner.lower()))) and _STARTUP(
        entry.inner.lower()
    ):
        notes.add("wheel-startup", f"{shown(entry.path)} is run at each start of Python")


def _targets(landed: Iterable[Landed], project: str, told: set[str], notes: Notes) -> None:
    """Report what lands over files that every environment has."""
    checks: list[tuple[Callable[[str], object], str, str]] = [
        (_PYTHON, "wheel-script-python", "the interpreter"),
        (_ENVIRONMENT, "wheel-overwrites", "a file of the virtual environment"),
    ]
    if project != "pip":
        checks.append((_PIP, "wheel-overwrites", "a file of pip"))
    for each in landed:
        if each.path in told:
            continue
        target = each.target.lower()
        for matches, code, what in checks:
            if matches(target):
                told.add(each.path)
                notes.add(code, f"{shown(each.path)} lands over {what}, {shown(each.target)}")


def _clashes(landed: Iterable[Landed], notes: Notes) -> None:
    """Report files that land in one place, or where another one needs a folder."""
    files: dict[str, str] = {}
    for each in landed:
        if each.generated:
            continue
        if each.target in files:
            two = f"{shown(files[each.target])} and {shown(each.path)} land in one place"
            notes.add("wheel-clash", two)
        else:
            files[each.target] = each.path
    for target, path in files.items():
        folder = target.rpartition("/")[0]
        while folder:
            if folder in files:
                below = f"{shown(path)} lands below {shown(files[folder])}, which is a file"
                notes.add("wheel-clash", below)
                break
            folder = folder.rpartition("/")[0]
