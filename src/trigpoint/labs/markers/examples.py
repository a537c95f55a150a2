"""Markers that real packages have, word for word."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]


def _example(label: str, source: str, text: str, *extras: str, **fields: object) -> Example:
    request: dict[str, object] = {"text": text, **fields}
    if extras:
        request["extras"] = list(extras)
    return Example(label, source, request)


EXAMPLES = (
    _example(
        "Version and extra",
        "tensorflow 2.21.0",
        '(sys_platform != "win32" and python_version < "3.13") and extra == "gcs-filesystem"',
        "gcs-filesystem",
    ),
    _example(
        "A value that no interpreter reports",
        "cffi 2.1.1",
        'implementation_name != "PyPy"',
        interpreters=["cpython-3.13", "cpython-3.14", "pypy-3.11"],
    ),
    _example(
        "Down to a prerelease",
        "black 22.12.0",
        "python_full_version < '3.11.0a7'",
        interpreters=["cpython-3.10", "cpython-3.11", "cpython-3.15b1", "cpython-3.15"],
    ),
    _example(
        "One minor version, with a wildcard",
        "litellm 1.109.1",
        "python_full_version == '3.14.*'",
        interpreters=["cpython-3.13", "cpython-3.14", "cpython-3.14t", "cpython-3.15b1"],
    ),
    _example(
        "Not on phones",
        "aiohttp 3.14.5",
        '(platform_python_implementation == "CPython" and python_version < "3.14" and '
        'sys_platform != "android" and sys_platform != "ios") and extra == "speedups"',
        "speedups",
        interpreters=["cpython-3.13", "cpython-3.14", "pypy-3.11"],
        platforms=["linux-x86_64", "macos-arm64", "windows-x64", "ios-arm64", "android-arm64"],
    ),
    _example(
        "Many names for one machine",
        "huggingface_hub 2.4.0",
        'platform_machine == "x86_64" or platform_machine == "amd64" or platform_machine == "AMD64" '
        'or platform_machine == "arm64" or platform_machine == "ARM64" or '
        'platform_machine == "aarch64"',
        interpreters=["cpython-3.14", "pyodide-314"],
        platforms=["linux-x86_64", "macos-arm64", "windows-x64", "emscripten-wasm32"],
    ),
    _example(
        "Part of a text",
        "platformio 6.2.0",
        'platform_system == "Darwin" and "arm" in platform_machine',
        platforms=["linux-aarch64", "macos-arm64", "macos-x86_64", "windows-arm64"],
    ),
    _example(
        "Nested parentheses",
        "SQLAlchemy 2.0.20",
        'platform_machine == "aarch64" or (platform_machine == "ppc64le" or (platform_machine == '
        '"x86_64" or (platform_machine == "amd64" or (platform_machine == "AMD64" or '
        '(platform_machine == "win32" or platform_machine == "WIN32")))))',
        platforms=["linux-x86_64", "macos-arm64", "macos-x86_64", "windows-x64", "windows-arm64"],
    ),
    _example(
        "Windows and CPython, or anything else",
        "gevent 26.9.0",
        '(sys_platform != "win32" or platform_python_implementation == "CPython") and '
        'extra == "recommended"',
        "recommended",
        interpreters=["cpython-3.14", "pypy-3.11"],
    ),
    _example(
        "Compatible release of python_version",
        "ddtrace 4.16.0",
        'python_version ~= "3.12.0"',
    ),
    _example(
        "Windows without PyPy",
        "psutil 7.2.2",
        """(os_name == "nt" and implementation_name != "pypy") and extra == 'test'""",
        "test",
        interpreters=["cpython-3.13", "cpython-3.14", "pypy-3.11"],
    ),
    _example(
        "Loops that Windows, Cygwin and PyPy do not have",
        "uvicorn 0.54.0",
        "(sys_platform != 'win32' and (sys_platform != 'cygwin' and "
        "platform_python_implementation != 'PyPy')) and extra == 'standard'",
        "standard",
        interpreters=["cpython-3.13", "cpython-3.14", "pypy-3.11"],
    ),
)
"""Real markers, each with the package that holds it."""
