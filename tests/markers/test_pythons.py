"""What a marker says about Python alone, held to every version around its constants."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from packaging.version import Version

from trigpoint.markers import Marker

RELEASES = ("3.9", "3.9.1", "3.0", "1!2.0")
SUFFIXES = ("", ".dev0", "a1", "rc1", "rc1.dev2", ".post0", ".post1", ".post1.dev0", "+l")
CONSTANTS = [release + suffix for release in RELEASES for suffix in SUFFIXES]
AROUND = ("3.8.9", "3.9.0", "3.9.1", "3.9.2", "3.10.0", "3.11.0", "3.0.0", "1!2.0.0", "1!2.0.1")
GRID = sorted(
    {
        Version(release + suffix)
        for release in AROUND
        for suffix in (*SUFFIXES, ".dev1", ".dev3", "b1", "rc2", ".post2")
    }
)


def outcomes(marker: Marker) -> list[tuple[bool, bool]]:
    """Return for each version of the grid whether the marker and its specifier take it."""
    specifier = marker.requires_python()
    return [
        (
            marker.evaluate({"python_full_version": str(each)}),
            specifier.contains(each, prereleases=True),
        )
        for each in GRID
    ]


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "==", "!="])
def test_one_comparison_is_said_as_it_is(op: str) -> None:
    """The specifier takes the same versions; none can say that a local version is needed."""
    for constant in CONSTANTS:
        if "+" in constant and op not in ("==", "!="):
            continue
        marker = Marker(f"python_full_version {op} '{constant}'")
        loose = [
            each
            for each, (truth, taken) in zip(GRID, outcomes(marker), strict=True)
            if truth is not taken
        ]
        public = [Version(Version(constant).public)] if "+" in constant and op == "==" else []
        assert public == loose, constant


ENDS = [f"{release}{suffix}" for release in ("3.9.1", "3.11") for suffix in SUFFIXES[:-1]]


def test_gaps_leave_out_nothing_that_holds(record: Callable[[str, list[str]], None]) -> None:
    """What lies in the gap between two ends is left out as far as prefixes fit, and as recorded."""
    lines = []
    for low, high in itertools.combinations(sorted(ENDS, key=Version), 2):
        marker = Marker(f"python_full_version < '{low}' or python_full_version >= '{high}'")
        found = outcomes(marker)
        assert (True, False) not in found
        kept = sum(taken and not truth for truth, taken in found)
        lines.append(f"{marker}: {marker.requires_python()} keeps {kept}")
    record("pythons.txt", lines)


def test_both_ends_at_once() -> None:
    """A stretch has two bounds, with the local version of an end left to its public one."""
    text = "python_full_version >= '3.9.dev0' and python_full_version < '3.11'"
    assert "<3.11,>=3.9.dev0" == str(Marker(text).requires_python())
    text = "python_full_version === '3.9.1'"
    assert "<=3.9.1,>=3.9.1" == str(Marker(text).requires_python())
    assert "<0" == str(Marker("python_version < '0'").requires_python())
    assert "" == str(Marker("os_name == 'a'").requires_python())
    assert "<0" == str(Marker("os_name == 'a' and os_name == 'b'").requires_python())


def test_texts_of_versions_leave_their_bounds() -> None:
    """A part of the text is no bound, and what it may hold for is not never."""
    text = "python_version >= '3.9' and '1' in python_version"
    assert ">=3.9.dev0" == str(Marker(text).requires_python())
    text = "python_full_version < '3.9.dev0' or python_full_version == '3.9.dev0+l'"
    assert Marker(text).requires_python().contains("3.9.dev0+l", prereleases=True)
