"""What in a wheel's file name installers are known to differ on."""

from __future__ import annotations

import re

__all__ = ["file_name_form"]

_TAGS = {
    "python": re.compile(r"(py|cp|pp|jy|ip|graalpy)[0-9_]+"),
    "abi": re.compile(r"none|abi[0-9]+t?|abi3t|(cp|pp|pypy|graalpy|jy|ip)[0-9]\w*"),
    "platform": re.compile(
        r"any|(many|musl)?linux\w*|macosx_\w+|win32|win_\w+|(ios|android|pyodide|emscripten)_\w+"
    ),
}


def file_name_form(file_name: str, version: str | None) -> str:
    """Name the form of a wheel's *file_name*, as the features of file names end.

    ``version`` is that of the METADATA, or None.

    >>> file_name_form("a-1-7-py3-none-any.whl", "1")
    'build'
    """
    stem, point, suffix = file_name.rpartition(".")
    if not point:
        return "other"
    if suffix != "whl":
        if suffix == "whlx":
            return "whlx"
        if suffix.lower() == "whl":
            return "upper"
        return "whl3" if suffix.startswith("whl") else "other"
    parts = stem.split("-")
    if len(parts) < 5:
        return "short"
    if len(parts) > 7:
        return "other"
    name, written, *rest = parts
    build = ""
    if not _TAGS["python"].match(rest[0]) and len(rest) > 3:
        build, *rest = rest
    if len(rest) > 3:
        return "trailingbuild" if build else "trailing"
    if build and not build[0].isdigit():
        return "buildmd3"
    for slot, tags in zip(_TAGS, rest, strict=True):
        known = [bool(_TAGS[slot].fullmatch(tag)) for tag in tags.split(".")]
        if not any(known):
            return f"slot{slot}"
        if not all(known):
            return slot
    if "+" in written:
        return "localbuild" if build else "local"
    if build:
        return (
            "build"
            if build.isdigit()
            else "build30"
            if set(build) <= set("0123456789.")
            else "build30md"
        )
    if name != name.lower():
        return "name"
    if version is not None and written != version:
        return "version"
    return "plain"
