"""The newest metadata of a project, out of what a package index lists.

The page fetches the list and then the file that is chosen here; Python asks
nobody.

Source: simple repository API, JSON form (PEP 691), metadata of its files (PEP 658, 714).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import Version

from trigpoint.labs.codec import SchemaError, loads
from trigpoint.labs.files import UnusableFileError, Upload, unwrapped

__all__ = ["LISTING", "newest_metadata"]

LISTING: Final = ".simple.json"
"""How the name of a file ends that is what an index said about a project."""


def newest_metadata(upload: Upload) -> str:
    """Return the address of the newest metadata that *upload*, a listing, offers.

    It may be relative to the listing's own address.  Wheels that were withdrawn
    are passed over, and prereleases where there is a release.  Raises
    :exc:`UnusableFileError`.
    """
    try:
        listing = loads(unwrapped(upload).decode("utf-8"))
    except (SchemaError, UnicodeDecodeError) as error:
        raise UnusableFileError("listing") from error
    files = listing.get("files") if isinstance(listing, Mapping) else None
    listed = files if isinstance(files, list) else []
    offered = [found for each in listed if (found := _offer(each)) is not None]
    if not offered:
        raise UnusableFileError("unlisted")
    return max(offered)[-1]


def _offer(file: Any) -> tuple[bool, Version, str, str] | None:
    """Return the rank of a file, and where its metadata is; None if it has none to offer."""
    if not isinstance(file, Mapping) or file.get("yanked"):
        return None
    name, address = file.get("filename"), file.get("url")
    if not (file.get("core-metadata") or file.get("data-dist-info-metadata")):
        return None
    if not isinstance(name, str) or not isinstance(address, str):
        return None
    try:
        version = parse_wheel_filename(name)[1]
    except InvalidWheelFilename:
        return None
    return not version.is_prerelease, version, name, f"{address.partition('#')[0]}.metadata"
