"""What packaging says about one wheel; run by the driver with the packaging under test.

Usage: python read_with_packaging.py WHEEL REQUEST
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.utils import InvalidWheelFilename, parse_wheel_filename


def came(requirements: list[Requirement], request: Requirement) -> set[str]:
    """Return the names whose markers hold, asking once for each extra as installers do."""
    extras = set(request.extras)
    names = set()
    while True:
        before = len(extras)
        for requirement in requirements:
            marker = requirement.marker
            asked = sorted(extras) or [""]
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in asked):
                if requirement.name == request.name:
                    extras |= requirement.extras
                else:
                    names.add(requirement.name)
        if len(extras) == before:
            return names


def main() -> int:
    """Print ``came: NAME`` for each requirement that applies; 1 if anything is refused."""
    wheel = Path(sys.argv[1])
    request = Requirement(sys.argv[2])
    try:
        parse_wheel_filename(wheel.name)
    except InvalidWheelFilename as error:
        print(error)
        return 1
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        raw = archive.read(name)
    try:
        read = Metadata.from_email(raw, validate=True)
    except ExceptionGroup as group:
        # The order of the errors depends on the hash seed.
        print("; ".join(sorted(str(error) for error in group.exceptions)))
        return 1
    for name in sorted(came(read.requires_dist or [], request)):
        print(f"came: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
