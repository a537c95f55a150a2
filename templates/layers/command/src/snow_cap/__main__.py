"""The command, and what ``python -m snow_cap`` runs."""

import argparse
import os
import sys
from collections.abc import Sequence

from . import __version__, snow_line


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the height of the snow line; return the exit status."""
    parser = argparse.ArgumentParser(prog="snow-cap")
    parser.description = "Print the height above which snow stays, roughly."
    parser.add_argument("latitude", type=float, help="degrees, north or south")
    parser.add_argument("--version", action="version", version=__version__)
    latitude = parser.parse_args(arguments).latitude
    if abs(latitude) > 90:
        print(f"{latitude} is no latitude", file=sys.stderr)
        return 2
    # Settings are named after the command.
    digits = os.environ.get("SNOW_CAP_DIGITS", "0")
    print(f"{snow_line(latitude):.{int(digits)}f} m")
    return 0


if __name__ == "__main__":
    sys.exit(main())
