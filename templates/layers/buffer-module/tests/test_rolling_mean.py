"""The compiled code gives the right numbers, and refuses what it cannot read."""

from __future__ import annotations

import math
from array import array

import pytest

from snow_cap import _core, rolling_mean

DEPTHS = array("d", [1.0, 2.0, 6.0, 7.0])


@pytest.mark.parametrize(
    ("window", "means"),
    [
        (1, [1.0, 2.0, 6.0, 7.0]),
        (2, [1.5, 4.0, 6.5]),
        (4, [4.0]),
    ],
)
def test_each_window_has_its_mean(window: int, means: list[float]) -> None:
    assert means == list(rolling_mean(DEPTHS, window))


def test_any_buffer_of_floats_is_read() -> None:
    assert list(rolling_mean(memoryview(DEPTHS)[1:3], 1)) == [2.0, 6.0]


def test_a_gap_spoils_its_own_windows_only() -> None:
    means = rolling_mean(array("d", [1.0, math.nan, 3.0, 5.0]), 2)
    assert [math.isnan(mean) for mean in means] == [True, True, False]
    assert means[-1] == 4.0


@pytest.mark.parametrize("window", [0, -1, 5])
def test_a_window_that_does_not_fit_is_refused(window: int) -> None:
    with pytest.raises(ValueError, match="window"):
        rolling_mean(DEPTHS, window)


def test_no_values_have_no_window() -> None:
    with pytest.raises(ValueError, match="window"):
        rolling_mean(array("d"), 1)


@pytest.mark.parametrize("window", [0, -1, 5])
def test_the_compiled_code_refuses_it_itself(window: int) -> None:
    with pytest.raises(ValueError, match=f"window must be from 1 to 4, not {window}"):
        _core.rolling_mean(DEPTHS, window, array("d", [0.0]))


def test_the_compiled_code_refuses_an_out_of_another_length() -> None:
    with pytest.raises(ValueError, match="out must have room for 1 means, not 2"):
        _core.rolling_mean(DEPTHS, 4, array("d", [0.0, 0.0]))


@pytest.mark.parametrize(
    "values",
    [
        array("i", [1, 2, 3]),
        array("f", [1.0, 2.0]),
        b"12345678",
        memoryview(DEPTHS)[::2],
    ],
)
def test_other_buffers_are_refused(values: array[float] | bytes | memoryview) -> None:
    with pytest.raises(TypeError, match="float64"):
        rolling_mean(values, 1)


def test_a_list_shares_no_memory() -> None:
    with pytest.raises(TypeError):
        rolling_mean([1.0, 2.0], 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "out"),
    [
        (array("i", [1, 2, 3, 4]), array("d", [0.0])),
        (DEPTHS, array("i", [0])),
        (DEPTHS, b"12345678"),
        (memoryview(DEPTHS)[::2], array("d", [0.0])),
        (DEPTHS, array("d", [0.0, 0.0])),
        (DEPTHS, array("d")),
    ],
)
def test_the_compiled_code_guards_its_memory(
    values: array[float] | memoryview, out: array[float] | bytes
) -> None:
    """Whoever calls it past the wrapper gets an error, never a crash."""
    with pytest.raises((TypeError, ValueError, BufferError)):
        _core.rolling_mean(values, 4, out)
