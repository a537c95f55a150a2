"""Gather the environment markers of real packages into ``markers.txt``.

Usage: ``python gather_markers.py SOURCE... > markers.txt``

A source is a report that ``pip install --dry-run --report`` wrote, a METADATA
or PKG-INFO file, or a folder that holds such files at any depth (a
site-packages folder is one).  Each line of the output is a marker as its author
wrote it, a tab, and one project and version that uses it; lines are sorted and
every marker comes once.  Markers that no tool can read are kept.

The corpus in this folder came from about 800 releases, old ones included::

    pip install --dry-run --ignore-installed --no-deps --only-binary :all: \
        --ignore-requires-python --report reports/NAME.json NAME
    python gather_markers.py reports > markers.txt
"""

from __future__ import annotations

import email.parser
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple


class Release(NamedTuple):
    project: str
    version: str
    requirements: tuple[str, ...]


def from_report(report: dict[str, Any]) -> Iterator[Release]:
    for item in report.get("install", ()):
        metadata = item["metadata"]
        yield Release(
            metadata["name"], metadata["version"], tuple(metadata.get("requires_dist", ()))
        )


def from_metadata(text: str) -> Release:
    headers = email.parser.HeaderParser().parsestr(text)
    return Release(
        str(headers["Name"]),
        str(headers["Version"]),
        tuple(map(str, headers.get_all("Requires-Dist", []))),
    )


def read(source: Path) -> Iterator[Release]:
    if source.is_dir():
        names = ("METADATA", "PKG-INFO", "*.json")
        for path in sorted(path for name in names for path in source.rglob(name)):
            yield from read(path)
    elif source.suffix == ".json":
        found = json.loads(source.read_text("utf-8"))
        if isinstance(found, dict):
            yield from from_report(found)
    else:
        yield from_metadata(source.read_text("utf-8", errors="replace"))


def marker_of(requirement: str) -> str:
    """Return the marker of a requirement line, or nothing."""
    # An address may hold semicolons; its marker starts after a blank.
    separator = " ;" if "@" in requirement.partition(";")[0] else ";"
    return requirement.partition(separator)[2].strip()


def gather(releases: Iterable[Release]) -> dict[str, str]:
    """Return each marker with the first project and version that uses it."""
    found: dict[str, str] = {}
    for release in sorted(releases):
        for marker in filter(None, map(marker_of, release.requirements)):
            if not set(marker) & set("\t\r\n"):
                found.setdefault(marker, f"{release.project} {release.version}")
    return found


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    releases = [release for argument in arguments for release in read(Path(argument))]
    for marker, origin in sorted(gather(releases).items()):
        print(marker, origin, sep="\t")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
