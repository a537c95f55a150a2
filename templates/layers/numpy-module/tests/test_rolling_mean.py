"""The compiled code gives the right numbers, and refuses what it cannot read."""

from __future__ import annotations

import numpy as np
import pytest

from snow_cap import rolling_mean

DEPTHS = np.array([1.0, 2.0, 6.0, 7.0])


@pytest.mark.parametrize(
    ("window", "means"),
    [
        (1, [1.0, 2.0, 6.0, 7.0]),
        (2, [1.5, 4.0, 6.5]),
        (4, [4.0]),
    ],
)
def test_each_window_has_its_mean(window: int, means: list[float]) -> None:
    assert means == rolling_mean(DEPTHS, window).tolist()


def test_every_second_value_and_whole_numbers_are_read() -> None:
    assert rolling_mean(DEPTHS[::2], 2).tolist() == [3.5]
    assert rolling_mean([1, 2], 2).tolist() == [1.5]


def test_a_gap_spoils_its_own_windows_only() -> None:
    means = rolling_mean([1.0, np.nan, 3.0, 5.0], 2)
    np.testing.assert_array_equal([np.nan, np.nan, 4.0], means)


@pytest.mark.parametrize("window", [0, -1, 5])
def test_a_window_that_does_not_fit_is_refused(window: int) -> None:
    with pytest.raises(ValueError, match="window"):
        rolling_mean(DEPTHS, window)


def test_no_values_have_no_window() -> None:
    with pytest.raises(ValueError, match="window"):
        rolling_mean([], 1)


def test_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="one row"):
        rolling_mean(DEPTHS.reshape(2, 2), 1)


def test_words_are_refused() -> None:
    with pytest.raises(ValueError, match="convert"):
        rolling_mean(["deep"], 1)
