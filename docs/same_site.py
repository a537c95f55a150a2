"""Say where two builds of the site differ: ``python docs/same_site.py ONE OTHER``.

Two builds of one commit are the same, file by file and byte by byte, whether
from nothing or on top of an earlier one.  What cannot be is in :data:`DIFFERS`.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

__all__ = ["DIFFERS", "differences", "main"]

DIFFERS: Mapping[str, str] = {}
"""Patterns of files that differ between two builds, each with the reason; none does."""


def _digests(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def differences(one: Path, other: Path, listed: Mapping[str, str] = DIFFERS) -> list[str]:
    """Return a line for each file that only one of the folders has, or that is not the same.

    Leaves out what a pattern of *listed* matches, as long as both have it.
    """
    first, second = _digests(one), _digests(other)
    found = [f"only in {one}: {name}" for name in first.keys() - second.keys()]
    found += [f"only in {other}: {name}" for name in second.keys() - first.keys()]
    found += [
        f"not the same: {name}"
        for name in first.keys() & second.keys()
        if first[name] != second[name] and not any(fnmatch(name, each) for each in listed)
    ]
    return sorted(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the differences; the exit status is 1 if there are any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("one", type=Path, help="folder of a built site")
    parser.add_argument("other", type=Path, help="folder of another build of it")
    options = parser.parse_args(arguments)
    found = differences(options.one, options.other)
    print("\n".join(found) or "the two sites are the same")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
