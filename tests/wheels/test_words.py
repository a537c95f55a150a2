"""What every face says of wheels, word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trigpoint.wheels import Collision, Inspection, Library, Release, inspect, words
from trigpoint.wheels.data import RecordRow, RecordVerdict
from trigpoint.wheels.releases import FieldDifference
from trigpoint.wheels.tags import TagValue, Why

from .build import Wheel


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (inspect(b"", ""), "The file is neither a wheel nor an sdist."),
        (inspect(b"", "a.txt"), "a.txt is neither a wheel nor an sdist."),
        (
            Wheel({"a/": b"", "a/b.py": b"x" * 2_000}).inspected(),
            "spam-1.0-py3-none-any.whl is a wheel of 4 files, 2,373 bytes unpacked.",
        ),
        (
            replace(inspect(b"", "a-1.zip"), kind="sdist"),
            "a-1.zip is an sdist of 0 files, 0 bytes unpacked.",
        ),
    ],
)
def test_summary(found: Inspection, expected: str) -> None:
    """The name, what it is, and how much is in it; folders are no files."""
    assert expected == words.summary(found)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (RecordVerdict(), "There is no RECORD that can be read."),
        (RecordVerdict(True, 1, 1), "RECORD is right about 1 file."),
        (RecordVerdict(True, 2_001, 2_000), "RECORD is right about 2,000 files."),
        (
            RecordVerdict(True, 2, 0, (RecordRow("a", "hash"),)),
            "RECORD is right about 0 files and wrong about 1.",
        ),
    ],
)
def test_record(verdict: RecordVerdict, expected: str) -> None:
    """How many files it is right about, and how many it is wrong about."""
    assert expected == words.record(verdict)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (("name",), "pip takes no file of that name for a wheel."),
        (
            ("together",),
            "pip does not take it on X: each part of its tags fits, and no three together.",
        ),
        (("python",), "pip does not take it on X, because of the Python tag."),
        (
            ("abi", "platform"),
            "pip does not take it on X, because of the ABI tag and the platform tag.",
        ),
        ((), "pip takes it on X: a-b-c is tag 1,001 of 1,200, best first."),
    ],
)
def test_why(reason: tuple[str, ...], expected: str) -> None:
    """Whether pip takes it, and each part that is in the way."""
    answer = Why("a.whl", "x", not reason, "" if reason else "a-b-c", 1001, 1200, reason, ())
    assert expected == words.why_summary(answer, "X")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (TagValue("abi", "x", "", True), "not a known value: fits"),
        (TagValue("abi", "x", "an X", False), "an X: does not fit"),
        (
            TagValue("abi", "x", "an X", False, "y"),
            "an X: does not fit; the nearest here is y",
        ),
    ],
)
def test_value(told: TagValue, expected: str) -> None:
    """What it means, whether it fits, and what comes closest."""
    assert expected == words.value(told)


def test_collisions() -> None:
    """One file is named once, and each way to meet has its words."""
    found = Collision("t", "x", "x", "differs", ("a", "b"))
    assert "x, different bytes, in 2 places" == words.collision(found)
    other = replace(found, second="y", how="folder", places=("a",))
    assert "x and y, a file where the other needs a folder, in 1 place" == words.collision(other)
    assert [
        "The two share no file.",
        "The two share 1 file; what is installed last overwrites.",
        "The two share 1,200 files; what is installed last overwrites.",
    ] == [words.collisions_summary(number) for number in (0, 1, 1200)]


@pytest.mark.parametrize(
    ("source", "reached", "expected"),
    [
        ("bundled", True, "in the wheel as l/a.so, linked by 1 file"),
        (
            *("bundled", False),
            "in the wheel as l/a.so, where what links it does not look, linked by 1 file",
        ),
        ("system", False, "on every such system, linked by 1 file"),
        ("python", False, "comes with Python, linked by 1 file"),
        ("outside", False, "not in the wheel, has to be there already, linked by 1 file"),
    ],
)
def test_library(source: str, reached: bool, expected: str) -> None:
    """Where it comes from, and who links it."""
    assert expected == words.library(Library("a.so", "elf", ("x",), source, "l/a.so", reached))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            Release("spam", "1.0", ("a",)),
            "There is one file of spam 1.0, and nothing to compare it with.",
        ),
        (Release("", "", ("a", "b")), "The 2 files of no project say the same."),
        (
            Release("spam", "1", ("a", "b", "c"), (FieldDifference("Summary", ()),)),
            "The 3 files of spam 1 differ in 1 field.",
        ),
        (
            Release("spam", "1", ("a", "b"), (FieldDifference("Summary", ()),) * 2),
            "The 2 files of spam 1 differ in 2 fields.",
        ),
    ],
)
def test_release(found: Release, expected: str) -> None:
    """How many files there are, and in how many fields they differ."""
    assert expected == words.release(found)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({}, "No file lands outside of the packages."),
        ({"a": 1}, "1 file lands outside of the packages, 1 byte."),
        ({"a": 1, "b": 2}, "2 files land outside of the packages, 3 bytes."),
    ],
)
def test_data(sizes: dict[str, int], expected: str) -> None:
    """How many files, and how large they are together."""
    assert expected == words.data(sizes)
