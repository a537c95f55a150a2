"""Rust gives what C computes."""

from __future__ import annotations

import pytest

from snow_cap.melting import melt


@pytest.mark.parametrize(
    ("degrees", "water"),
    [
        ([], 0.0),
        ([-4.0], 0.0),
        ([2.0], 6.0),
        ([2.0, -1.0, 1.0], 9.0),
    ],
)
def test_warm_days_melt_snow(degrees: list[float], water: float) -> None:
    assert melt(degrees) == water


def test_words_are_refused() -> None:
    with pytest.raises(TypeError):
        melt(["warm"])  # type: ignore[list-item]
