"""The shared libraries that the compiled files of a wheel link, and where those come from.

Idea: a library is found by its name alone, so the names that compiled files ask for are
held against the names of the files in the wheel, then against what every system of a
kind has, and what is left has to be on the system already.

Invariant: nothing is claimed about a machine: *system* says that the rules of a platform
tag promise the library, or that its system cannot be without it; *outside* says that
neither the wheel nor those rules have it.

Cost: linear in the names that are linked.

Example: a wheel with ``spam/_core.so`` that links ``libz-1a2b.so.1`` and ``libm.so.6``, and
with ``spam.libs/libz-1a2b.so.1``, bundles the first and leaves the second to the system.

Source: PEP 599 and PEP 600, the libraries that a manylinux system has; loaders of the
three systems.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from trigpoint.wheels.binaries import Binary
from trigpoint.wheels.data import Entry, Inspection

__all__ = ["FROM", "Library", "libraries"]

FROM: Final = ("bundled", "system", "python", "outside")
"""Where a library comes from: see :class:`Library`."""


@dataclass(frozen=True, slots=True)
class Library:
    """A library that compiled files of a wheel link, called ``name`` there.

    ``format`` is that of :class:`Binary`, and ``users`` are the paths of the files that
    link it.  ``source`` is ``"bundled"`` (the file ``path`` of the wheel), ``"system"``
    (every system of the kind has it), ``"python"`` (it comes with the interpreter) or
    ``"outside"`` (it has to be there already).  ``reached`` says of a bundled one whether
    the search paths of all its users lead to it; where not, something else has to, such
    as Python code that loads it or adds its folder first.
    """

    name: str
    format: str
    users: tuple[str, ...]
    source: str
    path: str = ""
    reached: bool = False


_MANYLINUX: Final = frozenset(
    {
        "libc.so.6", "libm.so.6", "libdl.so.2", "librt.so.1", "libpthread.so.0", "libutil.so.1",
        "libresolv.so.2", "libnsl.so.1", "libcrypt.so.1", "libanl.so.1", "libmvec.so.1",
        "libgcc_s.so.1", "libstdc++.so.6", "libatomic.so.1", "libz.so.1", "libexpat.so.1",
        "libX11.so.6", "libXext.so.6", "libXrender.so.1", "libICE.so.6", "libSM.so.6",
        "libGL.so.1", "libgobject-2.0.so.0", "libgthread-2.0.so.0", "libglib-2.0.so.0",
    }
)  # fmt: skip
"""What a manylinux tag promises; libcrypt only up to manylinux2014, libatomic since 2_31."""

_LOADERS: Final = ("ld-linux", "ld64.so.", "ld-musl-", "libc.musl-", "linux-vdso")

_WINDOWS: Final = frozenset(
    f"{name}.dll"
    for name in [
        "aclui",
        "activeds",
        "advapi32",
        "authz",
        "avicap32",
        "avrt",
        "bcrypt",
        "bcryptprimitives",
        "cfgmgr32",
        "combase",
        "comctl32",
        "comdlg32",
        "credui",
        "crypt32",
        "cryptui",
        "d2d1",
        "d3d11",
        "d3d12",
        "d3d9",
        "d3dcompiler_47",
        "dbgeng",
        "dbghelp",
        "dcomp",
        "dinput8",
        "dnsapi",
        "dsound",
        "dwmapi",
        "dwrite",
        "dxgi",
        "dxva2",
        "evr",
        "fwpuclnt",
        "gdi32",
        "gdiplus",
        "glu32",
        "hid",
        "httpapi",
        "imagehlp",
        "imm32",
        "iphlpapi",
        "kernel32",
        "kernelbase",
        "ksuser",
        "ktmw32",
        "loadperf",
        "lz32",
        "mf",
        "mfplat",
        "mfreadwrite",
        "mpr",
        "msacm32",
        "msi",
        "msimg32",
        "msvcrt",
        "mswsock",
        "ncrypt",
        "netapi32",
        "normaliz",
        "ntdll",
        "ntdsapi",
        "odbc32",
        "ole32",
        "oleacc",
        "oleaut32",
        "oledlg",
        "opengl32",
        "pdh",
        "pdhui",
        "powrprof",
        "propsys",
        "psapi",
        "query",
        "rasapi32",
        "rpcrt4",
        "rstrtmgr",
        "secur32",
        "sensapi",
        "setupapi",
        "sfc",
        "shcore",
        "shell32",
        "shlwapi",
        "sspicli",
        "synchronization",
        "tdh",
        "ucrtbase",
        "uiautomationcore",
        "urlmon",
        "user32",
        "userenv",
        "usp10",
        "uxtheme",
        "version",
        "wevtapi",
        "winhttp",
        "wininet",
        "winmm",
        "winscard",
        "wintrust",
        "winusb",
        "wlanapi",
        "wldap32",
        "ws2_32",
        "wsock32",
        "wtsapi32",
        "xinput1_4",
        "xinput9_1_0",
        "xmllite",
    ]
) | {"winspool.drv"}
"""What every Windows that Python runs on has."""


def libraries(inspection: Inspection) -> tuple[Library, ...]:
    """Return the libraries that the compiled files of the wheel *inspection* link, by name.

    Of anything but a wheel there are none.

    >>> from trigpoint.wheels.inspection import inspect
    >>> libraries(inspect(b"", "a-1-py3-none-any.whl"))
    ()
    """
    if inspection.kind != "wheel":
        return ()
    inner = {each.path: _landed(each) for each in inspection.entries}
    users: dict[tuple[str, str], list[Binary]] = {}
    offered: dict[tuple[str, str], str] = {}
    for file in inspection.compiled:
        for name in (file.path.rpartition("/")[2], file.own):
            if name:
                offered.setdefault((file.format, _key(name, file.format)), file.path)
        for name in file.needed:
            users.setdefault((file.format, name), []).append(file)
    found = []
    for (kind, name), files in users.items():
        path = offered.get((kind, _key(name, kind)), "")
        # macOS names libraries by their place, and one outside of the wheel is another one.
        if path and kind == "macho" and name.startswith("/"):
            path = ""
        reached = bool(path) and all(_reaches(file, name, path, inner) for file in files)
        source = "bundled" if path else _source(name, kind)
        paths = tuple(dict.fromkeys(file.path for file in files))
        found.append(Library(name, kind, paths, source, path, reached))
    return tuple(sorted(found, key=lambda each: (each.name, each.format)))


def _key(name: str, kind: str) -> str:
    """Return what a loader compares of *name*: Windows folds case, macOS looks below a folder."""
    if kind == "pe":
        return name.casefold()
    return name.rpartition("/")[2] if kind == "macho" else name


def _source(name: str, kind: str) -> str:
    low = name.casefold()
    if kind == "elf":
        if name in _MANYLINUX or name.startswith(_LOADERS):
            return "system"
        return "python" if name.startswith("libpython") else "outside"
    if kind == "macho":
        if name.startswith(("/usr/lib/", "/System/Library/")):
            return "system"
        python = "/Python.framework/" in name or "/libpython" in name
        return "python" if python else "outside"
    if low in _WINDOWS or low.startswith(("api-ms-win-", "ext-ms-")):
        return "system"
    # CPython for Windows brings the two libraries of its compiler along.
    own = low in ("vcruntime140.dll", "vcruntime140_1.dll")
    return "python" if own or (low.startswith("python") and low.endswith(".dll")) else "outside"


def _landed(entry: Entry) -> str:
    """Return where *entry* lands, below a name for the folder that its scheme is."""
    # Both folders of modules are one in every place that is known.
    top = "modules" if entry.scheme in ("purelib", "platlib") else entry.scheme
    return f"{top}/{entry.inner}"


def _reaches(file: Binary, name: str, path: str, inner: Mapping[str, str]) -> bool:
    """Say whether the search paths of *file* lead to *path*, which it links as *name*."""
    here = posixpath.dirname(inner.get(file.path, ""))
    there = inner.get(path, "")
    if file.format == "pe":
        # The folder of an extension module is searched first, and no other of the wheel.
        return posixpath.dirname(there) == here
    return any(there == each for each in _places(file, name, here))


def _places(file: Binary, name: str, here: str) -> Iterable[str]:
    """Yield where the loader looks for *name*, as of :func:`_landed`."""
    if file.format == "elf":
        for folder in file.search:
            for word in ("$ORIGIN", "${ORIGIN}"):
                if folder == word or folder.startswith(f"{word}/"):
                    yield _joined(here, folder.removeprefix(word).lstrip("/"), name)
        return
    if name.startswith("@loader_path/"):
        yield _joined(here, name.removeprefix("@loader_path/"))
    elif name.startswith("@rpath/"):
        for folder in file.search:
            if folder == "@loader_path" or folder.startswith("@loader_path/"):
                below = folder.removeprefix("@loader_path").lstrip("/")
                yield _joined(here, below, name.removeprefix("@rpath/"))


def _joined(*parts: str) -> str:
    return posixpath.normpath(posixpath.join("", *parts))
