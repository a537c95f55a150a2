"""The rules of the index about the name and the size of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from trigpoint import versions
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix
from trigpoint.installers.index.rules import LARGEST_FILE, READ
from trigpoint.metadata.text.plain import PlainDocument

__all__ = ["LONGEST_NAME", "file_findings", "platform_accepted"]

LONGEST_NAME: Final = 246
"""Bytes of a file's name: with .metadata behind it, it must be one that file systems take."""

_JOINT = "x86_64|i686|aarch64|armv7l|ppc64le|s390x|riscv64"
_MAC = "ppc|ppc64|i386|x86_64|arm64|intel|fat|fat3|fat64|universal|universal2"
_PLATFORM: Final = re.compile(
    "|".join(
        (
            "any|win32|win_amd64|win_arm64|win_ia64|linux_armv[67]l",
            "manylinux(?:1|2010)_(?:x86_64|i686)",
            "manylinux2014_(?:x86_64|i686|aarch64|armv7l|ppc64|ppc64le|s390x)",
            rf"manylinux_[0-9]+_[0-9]+_(?:{_JOINT}|ppc64)",
            rf"musllinux_[0-9]+_[0-9]+_(?:{_JOINT})",
            rf"macosx_(?:10_[0-9]+|(?:1[1-5]|26)_0)_(?:{_MAC})",
            "ios_[0-9]+_[0-9]+_(?:arm64|x86_64)_(?:iphoneos|iphonesimulator)",
            "pyemscripten_[0-9]+_[0-9]+_wasm32",
            "android_[0-9]+_(?:armeabi_v7a|arm64_v8a|x86|x86_64)",
        )
    )
)


def platform_accepted(tag: str) -> bool:
    """Say whether the index takes wheels for the platform *tag*.

    >>> platform_accepted("manylinux_2_28_x86_64"), platform_accepted("linux_x86_64")
    (True, False)
    """
    return _PLATFORM.fullmatch(tag) is not None


def _wrong(message: str, fix: str) -> Finding:
    return report("index-file-name", message, None, Fix(fix))


def file_findings(document: PlainDocument, file_name: str, size: int | None) -> Iterator[Finding]:
    """Yield what the index refuses in a file called *file_name*, of *size* bytes, with *document*.

    An empty name and None are not looked at.
    """
    if size is not None and size > LARGEST_FILE:
        yield report(
            "index-file-size",
            f"the file has {size / 1024**2:.1f} MiB, and a project may upload files of"
            f" {LARGEST_FILE // 1024**2} MiB unless its limit was raised",
            None,
            Fix("make the file smaller, or ask for a higher limit"),
        )
    if not file_name:
        return
    if len(file_name.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
        yield _wrong("the name of the file is too long", f"at most {LONGEST_NAME} bytes are taken")
    elif any(char in "/\\" or ord(char) < 32 or ord(char) == 127 for char in file_name):
        yield _wrong(
            f"{file_name!r} is no file name that the index takes",
            "leave slashes and control characters out",
        )
    elif file_name.endswith(".whl"):
        yield from _wheel(document, file_name)
    else:
        yield from _sdist(document, file_name)


def _stated(document: PlainDocument) -> tuple[str, Version | None]:
    """Return the normalised name, with underscores, and the version that *document* states."""
    name = canonicalize_name(document.get_first("Name") or "").replace("-", "_")
    try:
        return name, versions.version(document.get_first("Version") or "")
    except InvalidVersion:
        return name, None


def _wheel(document: PlainDocument, file_name: str) -> Iterator[Finding]:
    name, version = _stated(document)
    try:
        _, written, _, tags = parse_wheel_filename(file_name)
    except InvalidWheelFilename as error:
        yield _wrong(
            f"{file_name!r} is no name of a wheel: {error}",
            "let the build backend name it",
        )
        return
    first = file_name.partition("-")[0]
    if name and first != name:
        yield _wrong(
            f"the name of the wheel starts with {first!r}, and its metadata is that of {name!r}",
            f"start it with {name}",
        )
    if version is not None and written != version:
        yield _wrong(
            f"the name of the wheel says version {written}, and its metadata {version}",
            "build it again, so that both agree",
        )
    for platform in sorted({tag.platform for tag in tags}):
        if not platform_accepted(platform):
            yield report(
                "index-platform",
                f"the index takes no wheels for {platform}, as of {READ}",
                None,
                Fix(_repair(platform)),
            )


def _repair(platform: str) -> str:
    if platform.startswith("linux_"):
        return "repair the wheel with auditwheel, which makes it a manylinux or musllinux wheel"
    if platform.startswith("macosx_"):
        return "build it for a macOS version that ends with _0, with MACOSX_DEPLOYMENT_TARGET"
    return "build it for a platform that the index knows, or publish it elsewhere"


def _sdist(document: PlainDocument, file_name: str) -> Iterator[Finding]:
    name, version = _stated(document)
    if not file_name.endswith(".tar.gz"):
        yield _wrong(
            f"{file_name!r} ends neither with .tar.gz nor with .whl",
            "build an sdist, which ends with .tar.gz, or a wheel",
        )
    elif name and version is not None and file_name != f"{name}-{version}.tar.gz":
        yield _wrong(
            f"the sdist is called {file_name!r}",
            f"call it {name}-{version}.tar.gz; backends of today do",
        )
