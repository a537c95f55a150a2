"""The library that is linked gives the right numbers, and is new enough."""

from __future__ import annotations

import zlib
from array import array

import pytest

from snow_cap import checksum, zlib_version

HEIGHTS = array("d", [80.0, 95.0, 140.0, 125.0])


@pytest.mark.parametrize("data", [b"", b"snow", bytes(range(256)) * 99, HEIGHTS])
def test_it_is_what_python_counts(data: bytes | array[float]) -> None:
    """Python has a zlib of its own, which may be another one."""
    assert zlib.crc32(data) == checksum(data)


def test_it_goes_on_from_what_came_before() -> None:
    first = checksum(b"snow ")
    assert checksum(b"snow cap") == checksum(b"cap", first)


@pytest.mark.parametrize("start", [-1, 2**32])
def test_a_start_that_is_no_checksum_is_refused(start: int) -> None:
    with pytest.raises(ValueError, match=f"not {start}"):
        checksum(b"snow", start)


def test_the_highest_start_is_taken() -> None:
    assert zlib.crc32(b"snow", 2**32 - 1) == checksum(b"snow", 2**32 - 1)


def test_what_shares_no_memory_is_refused() -> None:
    with pytest.raises(TypeError):
        checksum("snow")  # type: ignore[arg-type]


def test_the_library_is_new_enough() -> None:
    """The table [external] asks for 1.2.9, the first with crc32_z."""
    numbers = zlib_version().split(".")[:3]
    assert [int(number) for number in numbers] >= [1, 2, 9]
