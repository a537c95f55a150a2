"""Each language does its part."""

import snow_cap


def test_each_language_does_its_part():
    assert snow_cap.water(50.0, 200.0) == 100.0
    assert round(snow_cap.settle(100.0, 2), 6) == 81.0
    assert snow_cap.line(-45.0) == 2300.0
    assert snow_cap.line(90.0) == 0.0
