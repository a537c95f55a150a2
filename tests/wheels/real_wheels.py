"""``trigpoint.wheels`` on real wheels: none has an error, and each RECORD is right.

``python tests/wheels/real_wheels.py DIRECTORY`` inspects every wheel in the folder, prints a
line for each, and fails if there is an error in one, or no wheel at all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from trigpoint.findings import Severity
from trigpoint.wheels import inspect, words

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Inspect the wheels, print a line for each, and return 1 if one has an error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("directory", type=Path, help="a folder with wheels")
    paths = sorted(parser.parse_args(arguments).directory.glob("*.whl"))
    wrong = 0
    for path in paths:
        found = inspect(path)
        print(words.summary(found), words.record(found.record))
        for each in found.findings:
            if each.severity is Severity.ERROR:
                wrong += 1
                print(f"  {each.code}: {each.message}", file=sys.stderr)
    return int(bool(wrong) or not paths)


if __name__ == "__main__":
    sys.exit(main())
