"""Values that interpreters report: what a reader may have meant, never an answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["KNOWN_VALUES"]

KNOWN_VALUES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "os_name": frozenset({"posix", "nt", "java", "os2", "ce", "riscos"}),
        "sys_platform": frozenset(
            {
                *("aix", "aix5", "aix6", "aix7", "android", "atheos", "cygwin", "darwin", "dos"),
                *("dragonfly4", "dragonfly5", "dragonfly6", "emscripten", "haiku1", "hp-ux11"),
                *("freebsd", "freebsd7", "freebsd8", "freebsd9", "freebsd10", "freebsd11"),
                *("freebsd12", "freebsd13", "freebsd14", "freebsd15", "gnu0", "ios", "java"),
                *("linux", "linux2", "linux3", "midnightbsd3", "msys", "netbsd8", "netbsd9"),
                *("netbsd10", "openbsd6", "openbsd7", "os2", "os2emx", "riscos", "sunos5"),
                *("tvos", "visionos", "vxworks", "wasi", "watchos", "win32", "zos"),
            }
        ),
        "platform_system": frozenset(
            {
                *("AIX", "Android", "CYGWIN_NT-10.0", "Darwin", "DragonFly", "Emscripten"),
                *("FreeBSD", "GNU", "HP-UX", "Haiku", "Java", "Linux", "MSYS_NT-10.0"),
                *("MidnightBSD", "NetBSD", "OS/390", "OpenBSD", "OpenVMS", "SunOS", "VxWorks"),
                *("Windows", "iOS", "iPadOS", "tvOS", "visionOS", "wasi", "watchOS"),
            }
        ),
        "platform_machine": frozenset(
            {
                *("", "AMD64", "ARM64", "Power Macintosh", "aarch64", "aarch64_be", "alpha"),
                *("amd64", "arm64", "arm64_32", "armv5tel", "armv6l", "armv7l", "armv8l"),
                *("evbarm", "i386", "i486", "i586", "i686", "i86pc", "ia64", "loong64"),
                *("loongarch64", "m68k", "mips", "mips64", "parisc", "parisc64", "powerpc"),
                *("ppc", "ppc64", "ppc64le", "riscv32", "riscv64", "s390", "s390x", "sh4"),
                *("sparc", "sparc64", "sun4v", "wasm32", "wasm64", "x86", "x86_64"),
            }
        ),
        "platform_python_implementation": frozenset(
            {"CPython", "GraalVM", "IronPython", "Jython", "PyPy", "RustPython"}
        ),
        "implementation_name": frozenset(
            {
                *("cpython", "graalpy", "graalpython", "ironpython", "jython", "micropython"),
                *("circuitpython", "pypy", "pyston", "rustpython"),
            }
        ),
    }
)
"""Values that interpreters are known to report, old ones included, by variable.

Only variables with a short list of values are here.  A value that is missing
may still exist: this is for "did you mean", never for an answer.

>>> "linux2" in KNOWN_VALUES["sys_platform"]
True

Sources: the documentation of ``sys.platform``, ``os.name``, ``platform`` and
``sys.implementation``, today's and that of older versions.
"""
