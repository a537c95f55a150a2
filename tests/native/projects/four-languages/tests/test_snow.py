"""Each language does its part."""

from __future__ import annotations

import pytest

import snow_cap


def test_c_knows_the_water() -> None:
    assert snow_cap.water(50.0, 200.0) == 100.0
    with pytest.raises(ValueError, match="less than none"):
        snow_cap.water(-1.0, 200.0)


def test_cython_lets_snow_settle() -> None:
    assert snow_cap.settle(100.0, 2) == pytest.approx(81.0)


def test_cpp_adds_layers() -> None:
    assert snow_cap.depth([10.0, 2.5]) == 12.5


def test_rust_melts_snow_with_c() -> None:
    assert snow_cap.melt([2.0, -1.0]) == 6.0
