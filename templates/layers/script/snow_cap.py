# /// script
# requires-python = ">=3.11"
# dependencies = ["tabulate>=0.9"]
# ///
"""Print the height of the snow line at each latitude that is given."""

import argparse

from tabulate import tabulate


def snow_line(latitude: float) -> float:
    """Return, roughly, the height in metres above which snow stays at a latitude in degrees."""
    return max(0.0, 5000.0 * (1.0 - abs(latitude) / 70.0))


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "latitude", type=float, nargs="+", help="degrees, north or south"
    )
    latitudes = parser.parse_args().latitude
    rows = [(latitude, snow_line(latitude)) for latitude in latitudes]
    print(tabulate(rows, headers=["latitude", "metres"]))


if __name__ == "__main__":
    main()
