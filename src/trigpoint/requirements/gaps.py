"""Where alternatives for one project leave an environment without any.

**Idea.** On one platform a marker leaves ranges of Pythons.  Those of all requirements for
a project, put together, have a gap where nothing is asked for between two of them.  That
is a gap only if different requirements end and begin there: who wrote ``!= "3.8"`` meant
it.  What is before the first and behind the last is none either, since backports end like
that.  Where requirements are for single platforms, a platform that none of them is for is
told too, but more quietly: it is often meant.

**Invariant.** A gap holds a final release of Python that Requires-Python allows, so that
the prereleases between ``< "3.8"`` and ``>= "3.8"`` are none.

**Cost.** One diagram for each requirement and platform, and n log n for their ranges.

>>> split = [Marker("python_version < '3.8'"), Marker("python_version > '3.8'")]
>>> gaps(pieces(split))
[Gap(python='3.8', before=0, after=1, platforms=())]

Source: Dependency specifiers, "Environment markers".
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from packaging.version import Version

from trigpoint.markers import Marker
from trigpoint.markers.exact.axes import minor_cut, read_cut, version_position
from trigpoint.markers.meaning.environments import ENVIRONMENTS
from trigpoint.markers.writing.pythons import python_shape
from trigpoint.requirements.apart import Allowed, Range, allowed, met, shape_ranges

__all__ = ["MOST_GAPS", "Gap", "Piece", "Pieces", "gaps", "missing_platforms", "pieces"]

MOST_GAPS: Final = 5
"""Gaps of one project on one platform that are looked at."""

_MINORS: Final = ((2, 7), *((3, minor) for minor in range(17)))
_ASKED: Final = (
    "os_name",
    "sys_platform",
    "platform_machine",
    "platform_system",
    "platform_python_implementation",
    "implementation_name",
)
_DESKTOP: Final = ("linux", "darwin", "win32")
_ANY: Final = allowed("")


@dataclass(frozen=True, slots=True)
class Gap:
    """Pythons for which nothing is asked for, between two requirements.

    ``python`` names them, as in ``3.8`` or ``3.8 to 3.10``; ``before`` and ``after``
    are the numbers of the requirements around them.  ``platforms`` says where, in
    words, and is empty if that is everywhere.
    """

    python: str
    before: int
    after: int
    platforms: tuple[str, ...]


class Piece(NamedTuple):
    """Pythons from ``start`` up to ``end`` for which requirement ``number`` asks."""

    start: bytes
    end: bytes
    number: int


Pieces = Mapping[str, Sequence[Piece]]
"""By the name of a platform, the pieces there, in order."""


@functools.cache
def _places() -> Mapping[str, Mapping[str, str]]:
    """Return what the named environments say besides Python, each once, by a name for people."""
    found: dict[tuple[str, ...], str] = {}
    for each in ENVIRONMENTS.values():
        if each["implementation_name"] in ("cpython", "pypy"):
            pypy = "PyPy on " if each["implementation_name"] == "pypy" else ""
            key = tuple(each[name] for name in _ASKED)
            found.setdefault(key, pypy + each.platform_label)
    return {label: dict(zip(_ASKED, key, strict=True)) for key, label in found.items()}


def pieces(
    markers: Sequence[Marker], extras: Sequence[str] = (), required: Allowed = _ANY
) -> Pieces:
    """Return for which Pythons each of *markers* asks, by platform, in order.

    *markers* are those of the requirements for one project, *extras* are asked for, and
    *required* are the Pythons that matter.  Markers that ask for more than can be said in
    a diagram must not be among them.
    """
    asked = [sorted(marker.variables.intersection(_ASKED)) for marker in markers]
    known: list[dict[tuple[str, ...], list[Range]]] = [{} for _ in markers]
    found = {}
    for label, values in _places().items():
        here = []
        for number, marker in enumerate(markers):
            key = tuple(values[name] for name in asked[number])
            ranges = known[number].get(key)
            if ranges is None:
                given = dict(zip(asked[number], key, strict=True))
                shape = python_shape(marker.restrict(given, extras).meaning)
                ranges = list(met(shape_ranges(shape), required.ranges))
                known[number][key] = ranges
            here += [Piece(*each, number) for each in ranges]
        found[label] = sorted(here)
    return found


def gaps(found: Pieces, required: Allowed = _ANY) -> list[Gap]:
    """Return the gaps in *found*, pieces by platform, as far as *required* Pythons go."""
    where: dict[str, list[str]] = {}
    around: dict[str, tuple[int, int]] = {}
    for label, here in found.items():
        for before, after in _between(here):
            if python := _missing(before.end, after.start, required):
                where.setdefault(python, []).append(label)
                around.setdefault(python, (before.number, after.number))
    count = sum(map(bool, found.values()))
    return [
        Gap(python, *around[python], () if len(labels) == count else tuple(labels))
        for python, labels in where.items()
    ]


def _between(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Yield the pieces around each gap of *pieces*, if no requirement is on both sides of it."""
    first = {each.number: each.start for each in reversed(pieces)}
    last: dict[int, bytes] = {}
    for each in pieces:
        last[each.number] = max(each.end, last.get(each.number, b""))
    told = 0
    reach = pieces[0] if pieces else None
    for piece in pieces:
        assert reach is not None, "there is a first piece"
        if piece.start > reach.end and told < MOST_GAPS:
            told += 1
            if not any(
                first[number] < reach.end and last[number] > piece.start for number in first
            ):
                yield reach, piece
        if piece.end > reach.end:
            reach = piece


def _missing(start: bytes, end: bytes, required: Allowed) -> str:
    """Name the final releases of Python between two cuts; empty if there are none that matter."""

    def counts(version: Version) -> bool:
        place = version_position(version)
        return start <= place < end and any(low <= place < high for low, high in required.ranges)

    whole = [
        f"{major}.{minor}"
        for major, minor in _MINORS
        if counts(Version.from_parts(release=(major, minor, 0)))
        and minor_cut(0, major, minor + 1) <= end
    ]
    if whole:
        return whole[0] if len(whole) == 1 else f"{whole[0]} to {whole[-1]}"
    release = (*read_cut(start).version.release, 0, 0)[:3]
    for patch in (release[2], release[2] + 1):
        version = Version.from_parts(release=(*release[:2], patch))
        if release[:2] in _MINORS and counts(version):
            return str(version)
    return ""


def missing_platforms(found: Pieces) -> tuple[str, ...]:
    """Return the platforms without a piece in *found* where requirements are for single ones.

    Only Linux, macOS and Windows count.

    >>> missing_platforms(pieces([Marker("sys_platform == 'linux'"), Marker("os_name == 'nt'")]))
    ('macOS arm64', 'macOS x86_64')
    """
    asked: dict[int, set[str]] = {}
    missing = []
    for label, values in _places().items():
        if values["sys_platform"] not in _DESKTOP or values["implementation_name"] != "cpython":
            continue
        for piece in found[label]:
            asked.setdefault(piece.number, set()).add(label)
        if not found[label]:
            missing.append(label)
    return tuple(missing) if _split(asked.values()) else ()


def _split(platforms: Iterable[set[str]]) -> bool:
    """Say whether two of these sets have nothing in common."""
    different = {frozenset(each) for each in platforms}
    return any(a.isdisjoint(b) for a in different for b in different)
