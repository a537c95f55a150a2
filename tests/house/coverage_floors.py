"""Hold each part of the house to its share of covered lines and branches.

``python tests/house/coverage_floors.py REPORT`` reads what ``coverage json``
wrote, prints a line for each part, and fails if one is below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

__all__ = ["FLOORS", "REST", "main", "shares", "too_low"]

FLOORS: Mapping[str, float] = {
    "archives": 100,
    "findings": 100,
    "kept": 100,
    "requirements": 100,
    "versions": 100,
}
"""Parts with a floor of their own, in percent of lines and branches together."""

REST = 97.0
"""The floor of all other parts together."""


def _part(path: str) -> str:
    """Return the part of the house that the file *path* belongs to.

    >>> _part("src/trigpoint/markers/marker.py"), _part("src/trigpoint/findings.py")
    ('markers', 'findings')
    """
    parts = PurePath(path.replace("\\", "/")).parts
    return parts[parts.index("trigpoint") + 1].removesuffix(".py")


def shares(report: Mapping[str, Any]) -> dict[str, float]:
    """Return the percentage of each part with a floor, and of the rest under ``""``.

    A part that the report does not know is left out.
    """
    covered: dict[str, int] = {}
    every: dict[str, int] = {}
    for path, file in report["files"].items():
        part = _part(path)
        summary = file["summary"]
        for name in {part} & FLOORS.keys() or {""}:
            covered[name] = (
                covered.get(name, 0) + summary["covered_lines"] + summary["covered_branches"]
            )
            every[name] = every.get(name, 0) + summary["num_statements"] + summary["num_branches"]
    return {name: 100 * covered[name] / every[name] for name in sorted(every) if every[name]}


def too_low(found: Mapping[str, float]) -> list[str]:
    """Return a line for each part of *found* that is below its floor."""
    return [
        f"{name or 'the rest'}: {share:.2f}% is below {floor:g}%"
        for name, share in found.items()
        if share < (floor := FLOORS.get(name, REST))
    ]


def _missing(report: Mapping[str, Any]) -> list[str]:
    """Name the lines and branches that nothing ran, in the parts with a floor of their own."""
    return [
        f"  {path}: lines {file['missing_lines']}, branches {file['missing_branches']}"
        for path, file in sorted(report["files"].items())
        if _part(path) in FLOORS and (file["missing_lines"] or file["missing_branches"])
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares and what is too low; the exit status is 1 if anything is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("report", type=Path, help="a file that coverage json wrote")
    report = json.loads(parser.parse_args(arguments).report.read_text("utf-8"))
    found = shares(report)
    for name, share in found.items():
        print(f"{name or 'the rest'}: {share:.2f}%")
    wrong = too_low(found)
    for line in (*_missing(report), *wrong):
        print(line, file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
