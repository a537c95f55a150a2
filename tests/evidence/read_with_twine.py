"""What twine does with a wheel before it sends anything; run with the twine under test.

Usage: python read_with_twine.py WHEEL
"""

from __future__ import annotations

import sys

from twine.exceptions import TwineException
from twine.package import PackageFile


def main() -> int:
    """Read the file as ``twine upload`` does; 1 if it is refused."""
    try:
        PackageFile.from_filename(sys.argv[1], None).metadata_dictionary()
    except TwineException as error:
        print(f"{type(error).__name__}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
