"""What tools say about the files themselves: names, versions, tags and encodings."""

from __future__ import annotations

from typing import Final

from trigpoint.installers.messages.catalogue.samples import metadata
from trigpoint.installers.messages.message import Message, Sourced

__all__ = ["WHEELS"]

_GUIDE: Final = ("guides/metadata",)
_NAME: Final = "A wheel is named NAME-VERSION-PYTHON-ABI-PLATFORM.whl, with NAME normalised."

WHEELS: Final = (
    Message(
        "inconsistent-name",
        "Requested ... has inconsistent name: expected '...', but metadata has '...'",
        (
            "has inconsistent name: expected '{expected}', but metadata has '{found}'",
            "Package metadata name '{found}' does not match given name '{expected}'",
            "The dependency name for {expected} does not match the actual package's name: {found}",
        ),
        "The name of the file and Name in METADATA are the same project.",
        "wheels",
        "The file was renamed, a URL with #egg= or name @ URL names another project, or the"
        " backend wrote another name.",
        "Write the name that METADATA has, and do not rename wheels.",
        ("archive-metadata-name",),
    ),
    Message(
        "inconsistent-version",
        "Requested ... has inconsistent version: expected '...', but metadata has '...'",
        (
            "has inconsistent version: expected '{expected}', but metadata has '{found}'",
            "has inconsistent version: filename has '{expected}', but metadata has '{found}'",
            "has different version in metadata: '{found}'",
            "Wheel version does not match filename",
        ),
        "The version in the name of the file and Version in METADATA are the same.",
        "wheels",
        "The file was renamed, or a tool wrote the version into the name before it was final,"
        " as with a version from git.",
        "Build the wheel again, and do not rename it.",
        ("archive-metadata-name",),
    ),
    Message(
        "invalid-wheel-filename",
        "Invalid wheel filename (wrong number of parts): '...'",
        (
            "Invalid wheel filename (wrong number of parts): '{file}'",
            "Invalid wheel filename (extension must be '.whl'): '{file}'",
            "'{file}' is not a valid wheel filename",
            "Not a valid wheel filename: {file}",
        ),
        _NAME,
        "wheels",
        "The file was renamed or its tags left out, a hyphen stands in the name of the project"
        " instead of an underscore, or the extension is in capital letters.",
        "Give it back the name that the build gave it.",
    ),
    Message(
        "invalid-build-number",
        "Invalid build number: ... in '...'",
        ("Invalid build number: {number} in '{file}'",),
        "A sixth part of the name is a build number, and begins with a digit.",
        "wheels",
        "The name has a part too many, often a hyphen in the version or the name of the project.",
        "Write underscores instead of hyphens within the name of the project.",
    ),
    Message(
        "unsupported-wheel-version",
        "ERROR: ...'s Wheel-Version (...) is not compatible with this version of pip",
        (
            "Wheel-Version ({version}) is not compatible with this version of pip",
            "Unsupported wheel major version (expected {known}, got {version})",
            "Incompatible Wheel-Version {version}, only support version 1.x wheels",
        ),
        "Wheel-Version in the WHEEL file is 1.0; a newer major version must be refused.",
        "wheels",
        "The WHEEL file says 2 or more, which no published version of the format has.",
        "Build the wheel with a backend that writes Wheel-Version: 1.0.",
    ),
    Message(
        "newer-wheel-version",
        "WARNING: Installing from a newer Wheel-Version (...)",
        ("Installing from a newer Wheel-Version ({version})",),
        "A newer minor version of the wheel format is installed with a warning.",
        "wheels",
        "The WHEEL file says more than 1.0.",
        "Nothing to do for a user; a backend writes Wheel-Version: 1.0.",
    ),
    Message(
        "not-a-supported-wheel",
        "ERROR: ... is not a supported wheel on this platform",
        ("{file} is not a supported wheel on this platform",),
        "A wheel fits by the tags in its name: interpreter, ABI and platform.",
        "wheels",
        "The wheel is made for another Python, another platform, or a newer system than yours:"
        " cp312 is for CPython 3.12 only.",
        "Take the wheel for your Python (pip debug --verbose lists the tags), or install by name"
        " and let pip choose.",
    ),
    Message(
        "cannot-decode-metadata",
        "Error decoding metadata for ...: 'utf-8' codec can't decode byte ... in position ...",
        (
            "Error decoding metadata for {file}: '{codec}' codec can't decode byte",
            (
                "'{codec}' codec can't decode byte {byte} in position {position} invalid"
                " continuation byte"
            ),
        ),
        "METADATA is UTF-8.",
        "metadata",
        "A backend of long ago wrote METADATA in latin-1, or somebody edited it. The byte and its"
        " place are named. A program that is no installer means the file that it reads; the lines"
        " above say which.",
        "Save the text as UTF-8 and build again.",
        ("metadata-encoding",),
        _GUIDE,
        metadata("Summary: caf\udce9"),
        metadata("Summary: café"),
    ),
    Message(
        "invalid-metadata-entry",
        "Bad metadata in ... (invalid metadata entry 'name')",
        ("invalid metadata entry '{field}'", "Bad metadata in {what...}"),
        "METADATA of what is installed has a Name.",
        "metadata",
        "An installed distribution has none: its METADATA is empty or begins with a byte order"
        " mark or a blank line. It may be left over from an install that broke off.",
        "Delete the .dist-info folder that the message names, and install again.",
        ("metadata-missing", "metadata-bom", "metadata-leading-blank"),
        _GUIDE,
        "Metadata-Version: 2.4\nVersion: 1.0\n",
        metadata(),
    ),
    Message(
        "poetry-no-name",
        "Unable to create package with no name for ...",
        (
            "Unable to create package with no name for {file}",
            "Unable to retrieve the package version for {project}",
        ),
        "A METADATA file has Metadata-Version, Name and Version.",
        "metadata",
        "poetry found no Name or no Version in the file.",
        "Build the file again; look at the first lines of its METADATA.",
        ("metadata-missing",),
        _GUIDE,
        "Metadata-Version: 2.4\nVersion: 1.0\n",
        metadata(),
    ),
    Message(
        "unknown-version-value-error",
        "ValueError: (\"Missing 'Version:' header and/or METADATA file at path: ...\", ... [unknown version] (...))",
        ("[unknown version] ({place})",),
        "A METADATA file has Version.",
        "metadata",
        "pip 20 and 21 found no Version in METADATA.",
        "Build the wheel again; look at the first lines of its METADATA.",
        ("metadata-missing",),
        _GUIDE,
        "Metadata-Version: 2.4\nName: spam\n",
        metadata(),
    ),
    Message(
        "uv-version-mismatch",
        "Package metadata version `...` does not match given version `...`",
        (
            "Package metadata version '{found}' does not match given version '{given}'",
            "Package metadata version '{found}' does not match '{given}' from the wheel filename",
            "Package metadata name '{found}' does not match '{given}' from the wheel filename",
        ),
        "Version in METADATA is that of the file's name, which is the one that the index lists.",
        "wheels",
        "The build makes its version up from the machine (a local part such as +cpu, the day, git), so"
        " that another one comes of the same sdist; or a wheel was renamed.",
        "Ask for a version that has a wheel for your system, or for one whose sdist keeps its version. In"
        " your own project, let an sdist build with the version of its PKG-INFO, and do not rename"
        " wheels.",
        guides=("guides/dynamic",),
        sourced=Sourced(
            "https://github.com/astral-sh/uv/blob/00df417f12fbfb43e398c79c9582e418fb5ece10/crates/uv-distribution/src/error.rs",
            "2026-11-26",
        ),
    ),
)
