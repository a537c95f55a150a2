"""Markers of real packages that are worth comparing, word for word."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]


def _example(label: str, source: str, text: str, **fields: object) -> Example:
    return Example(label, source, {"text": text, **fields})


EXAMPLES = (
    _example(
        "Shorter by what is known",
        "psutil 7.2.2, extended",
        """(os_name == "nt" and sys_platform == "win32") and extra == 'test'""",
        assuming="known-platforms",
    ),
    _example(
        "Two ways to say Windows",
        "made for this page",
        "sys_platform == 'win32'\nos_name == 'nt'",
        mode="compare",
    ),
    _example(
        "The same, with any values at all",
        "made for this page",
        "sys_platform == 'win32'\nos_name == 'nt'",
        mode="compare",
        assuming="any-values",
    ),
    _example(
        "Not on phones",
        "aiohttp 3.14.5",
        '(platform_python_implementation == "CPython" and python_version < "3.14" and '
        'sys_platform != "android" and sys_platform != "ios") and extra == "speedups"',
    ),
    _example(
        "A gap at the prereleases",
        "made for this page",
        "python_full_version < '3.15' or python_full_version >= '3.15'",
    ),
    _example(
        "Contradictory lines",
        "made for this page",
        "numpy >= 2.3; python_version >= '3.12'\n"
        "numpy < 2; python_version < '3.13'\n"
        "numpy >= 1.26; python_version < '3.12'",
        mode="merge",
    ),
    _example(
        "Nested parentheses",
        "SQLAlchemy 2.0.20",
        'platform_machine == "aarch64" or (platform_machine == "ppc64le" or (platform_machine == '
        '"x86_64" or (platform_machine == "amd64" or (platform_machine == "AMD64" or '
        '(platform_machine == "win32" or platform_machine == "WIN32")))))',
    ),
)
"""Markers whose meaning is not what their words suggest."""
