"""Examples for the labs: word for word from real packages, or made by hand where they say so."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["ALGEBRA", "EXTRAS", "MARKERS", "METADATA"]


def _marker(label: str, source: str, text: str, *extras: str, **fields: object) -> Example:
    request: dict[str, object] = {"text": text, **fields}
    if extras:
        request["extras"] = list(extras)
    return Example(label, source, request)


MARKERS = (
    _marker(
        "Version and extra",
        "tensorflow 2.21.0",
        '(sys_platform != "win32" and python_version < "3.13") and extra == "gcs-filesystem"',
        "gcs-filesystem",
    ),
    _marker(
        "A value that no interpreter reports",
        "cffi 2.1.1",
        'implementation_name != "PyPy"',
        interpreters=["cpython-3.13", "cpython-3.14", "pypy-3.11"],
    ),
    _marker(
        "Down to a prerelease",
        "black 22.12.0",
        "python_full_version < '3.11.0a7'",
        interpreters=["cpython-3.10", "cpython-3.11", "cpython-3.15b1", "cpython-3.15"],
    ),
    _marker(
        "One minor version, with a wildcard",
        "litellm 1.109.1",
        "python_full_version == '3.14.*'",
        interpreters=["cpython-3.13", "cpython-3.14", "cpython-3.14t", "cpython-3.15b1"],
    ),
    _marker(
        "Not on phones",
        "aiohttp 3.14.5",
        '(platform_python_implementation == "CPython" and python_version < "3.14" and '
        'sys_platform != "android" and sys_platform != "ios") and extra == "speedups"',
        "speedups",
        interpreters=["cpython-3.13", "cpython-3.14", "pypy-3.11"],
        platforms=["linux-x86_64", "macos-arm64", "windows-x64", "ios-arm64", "android-arm64"],
    ),
    _marker(
        "Many names for one machine",
        "huggingface_hub 2.4.0",
        'platform_machine == "x86_64" or platform_machine == "amd64" or platform_machine == "AMD64" '
        'or platform_machine == "arm64" or platform_machine == "ARM64" or '
        'platform_machine == "aarch64"',
        interpreters=["cpython-3.14", "pyodide-314"],
        platforms=["linux-x86_64", "macos-arm64", "windows-x64", "emscripten-wasm32"],
    ),
    _marker(
        "Part of a text",
        "platformio 6.2.0",
        'platform_system == "Darwin" and "arm" in platform_machine',
        platforms=["linux-aarch64", "macos-arm64", "macos-x86_64", "windows-arm64"],
    ),
    _marker(
        "Nested parentheses",
        "SQLAlchemy 2.0.20",
        'platform_machine == "aarch64" or (platform_machine == "ppc64le" or (platform_machine == '
        '"x86_64" or (platform_machine == "amd64" or (platform_machine == "AMD64" or '
        '(platform_machine == "win32" or platform_machine == "WIN32")))))',
        platforms=["linux-x86_64", "macos-arm64", "macos-x86_64", "windows-x64", "windows-arm64"],
    ),
    _marker(
        "Windows and CPython, or anything else",
        "gevent 26.9.0",
        '(sys_platform != "win32" or platform_python_implementation == "CPython") and '
        'extra == "recommended"',
        "recommended",
        interpreters=["cpython-3.14", "pypy-3.11"],
    ),
    _marker(
        "Compatible release of python_version",
        "ddtrace 4.16.0",
        'python_version ~= "3.12.0"',
    ),
    _marker(
        "Windows without PyPy",
        "psutil 7.2.2",
        """(os_name == "nt" and implementation_name != "pypy") and extra == 'test'""",
        "test",
        interpreters=["cpython-3.13", "cpython-3.14", "pypy-3.11"],
    ),
    _marker(
        "Loops that Windows, Cygwin and PyPy do not have",
        "uvicorn 0.54.0",
        "(sys_platform != 'win32' and (sys_platform != 'cygwin' and "
        "platform_python_implementation != 'PyPy')) and extra == 'standard'",
        "standard",
        interpreters=["cpython-3.13", "cpython-3.14", "pypy-3.11"],
    ),
)
"""Real markers, each with the package that holds it."""


def _metadata(label: str, source: str, text: str, **fields: object) -> Example:
    return Example(label, source, {"text": text, **fields})


_BY_HAND = "made by hand"
_SIX = """\
Metadata-Version: 2.1
Name: six
Version: 1.17.0
Summary: Python 2 and 3 compatibility utilities
Home-page: https://github.com/benjaminp/six
Author: Benjamin Peterson
Author-email: benjamin@python.org
License: MIT
Classifier: Development Status :: 5 - Production/Stable
Classifier: Programming Language :: Python :: 2
Classifier: Programming Language :: Python :: 3
Classifier: Intended Audience :: Developers
Classifier: License :: OSI Approved :: MIT License
Classifier: Topic :: Software Development :: Libraries
Classifier: Topic :: Utilities
Requires-Python: >=2.7, !=3.0.*, !=3.1.*, !=3.2.*
License-File: LICENSE
"""
_PICKLESHARE = """\
Metadata-Version: 2.0
Name: pickleshare
Version: 0.7.5
Summary: Tiny 'shelve'-like database with concurrency support
Home-page: https://github.com/pickleshare/pickleshare
Author: Ville Vainio
Author-email: vivainio@gmail.com
License: MIT
Keywords: database persistence pickle ipc shelve
Platform: UNKNOWN
Classifier: License :: OSI Approved :: MIT License
Classifier: Programming Language :: Python :: 2
Classifier: Programming Language :: Python :: 2.7
Classifier: Programming Language :: Python :: 3
Requires-Dist: pathlib2; python_version in "2.6 2.7 3.2 3.3"
"""
_TENACITY = """\
Metadata-Version: 2.5
Name: tenacity
Version: 9.2.1
Summary: Retry code until it succeeds
Project-URL: Homepage, https://github.com/jd/tenacity
Project-URL: Documentation, https://tenacity.readthedocs.io
Project-URL: Source, https://github.com/jd/tenacity
Project-URL: Issues, https://github.com/jd/tenacity/issues
Project-URL: Changelog, https://tenacity.readthedocs.io/en/latest/changelog.html
Author-email: Julien Danjou <julien@danjou.info>
License-Expression: Apache-2.0
License-File: LICENSE
Classifier: Intended Audience :: Developers
Classifier: Programming Language :: Python
Classifier: Programming Language :: Python :: 3
Classifier: Programming Language :: Python :: 3 :: Only
Classifier: Programming Language :: Python :: 3.10
Classifier: Programming Language :: Python :: 3.11
Classifier: Programming Language :: Python :: 3.12
Classifier: Programming Language :: Python :: 3.13
Classifier: Programming Language :: Python :: 3.14
Classifier: Topic :: Utilities
Requires-Python: >=3.10
Provides-Extra: doc
Requires-Dist: reno; extra == 'doc'
Requires-Dist: sphinx; extra == 'doc'
Provides-Extra: test
Requires-Dist: pytest; extra == 'test'
Requires-Dist: tornado>=6.0; extra == 'test'
Description-Content-Type: text/x-rst
"""
_MYPY_EXTENSIONS = """\
Metadata-Version: 2.5
Name: mypy_extensions
Version: 1.2.0
Summary: Type system extensions for programs checked with the mypy type checker.
Author-email: The mypy developers <jukka.lehtosalo@iki.fi>
Requires-Python: >=3.10
Description-Content-Type: text/markdown
License-Expression: MIT
Classifier: Development Status :: 5 - Production/Stable
Classifier: Environment :: Console
Classifier: Intended Audience :: Developers
Classifier: Programming Language :: Python :: 3
Classifier: Programming Language :: Python :: 3.10
Classifier: Programming Language :: Python :: 3.11
Classifier: Programming Language :: Python :: 3.12
Classifier: Programming Language :: Python :: 3.13
Classifier: Programming Language :: Python :: 3.14
Classifier: Programming Language :: Python :: 3.15
Classifier: Topic :: Software Development
License-File: LICENSE
Project-URL: Homepage, https://github.com/python/mypy_extensions
Import-Name: mypy_extensions
"""
_PYPROJECT = """\
[project]
name = "spam-eggs"
version = "1.0"
description = "Breakfast as a service"
license = { text = "MIT" }
authors = [{ name = "Ada, Countess of Lovelace" }]
dependencies = ["httpx >= 0.28", "tomli; python_verison < '3.11'"]

[project.optional-dependencies]
Dev_Tools = ["pytest"]
dev-tools = ["ruff"]
"""
_SETS = """\
Metadata-Version: 2.4
Name: spam
Version: 1.0
Provides-Extra: docs
Provides-Extra: test
Requires-Dist: sphinx; 'docs' in extras
Requires-Dist: pytest; 'test' in extras and 'docs' not in extras
"""
_EXTRAS = """\
Metadata-Version: 2.4
Name: spam
Version: 1.0
Provides-Extra: docs
Provides-Extra: test
Requires-Dist: sphinx; extra == 'docs'
Requires-Dist: pytest; extra == 'test' and extra != 'docs'
"""
_NEWER = """\
Metadata-Version: 2.4
Name: Spam
Version: 1.1
Provides-Extra: test
Provides-Extra: docs
Requires-Dist: pytest ; extra == "test"
Requires-Dist: Sphinx>=8; extra == "docs"
"""
_CUT = """\
Metadata-Version: 2.1
Name: spam
Version: 1.0
Summary: Everything after the empty line is the description

Requires-Dist: eggs
License: MIT
"""
_COLON = """\
Metadata-Version: 2.1
Name : spam
Version: 1.0
"""
_LOOSE = """\
Metadata-Version: 2.3
Name: spam\x20
Version: 1.0
Version: 1.1
Keywords: eggs bacon
Home-page: spam.example
Author-email: Ada <ada@spam.example
Licence: MIT
Requires-Dist: eggs >> 1
Provides-Extra: Dev_Tools
"""

METADATA = (
    _metadata("A file of today", "tenacity 9.2.1, its headers", _TENACITY),
    _metadata("A file of 2.1", "six 1.17.0, its headers", _SIX),
    _metadata("An old file, UNKNOWN included", "pickleshare 0.7.5, its headers", _PICKLESHARE),
    _metadata("A pyproject.toml with mistakes", _BY_HAND, _PYPROJECT),
    _metadata("A blank line that cuts the headers", _BY_HAND, _CUT),
    _metadata("A blank before the colon", _BY_HAND, _COLON),
    _metadata("Many mistakes", _BY_HAND, _LOOSE),
    _metadata("What would 3.0 make of it?", "six 1.17.0, its headers", _SIX, view="convert"),
    _metadata("A negated extra on its way to 3.0", _BY_HAND, _EXTRAS, view="convert", to="3.0"),
    _metadata("Two releases, compared by meaning", _BY_HAND, _EXTRAS, view="diff", other=_NEWER),
    _metadata("As JSON", "mypy_extensions 1.2.0, its headers", _MYPY_EXTENSIONS, view="json"),
    _metadata(
        "What installers do with a set of extras",
        _BY_HAND,
        _SETS,
        view="installers",
        asked="pkg[docs]",
    ),
    _metadata(
        "What installers do with Metadata 3.0",
        _BY_HAND,
        "Metadata-Version: 3.0\nName: spam\nVersion: 1.0\n",
        view="installers",
    ),
)
"""Metadata: what is real is named with its version and has its headers only."""


def _algebra(label: str, source: str, text: str, **fields: object) -> Example:
    return Example(label, source, {"text": text, **fields})


ALGEBRA = (
    _algebra(
        "Shorter by what is known",
        "psutil 7.2.2, extended",
        """(os_name == "nt" and sys_platform == "win32") and extra == 'test'""",
        assuming="known-platforms",
    ),
    _algebra(
        "Two ways to say Windows",
        "made for this page",
        "sys_platform == 'win32'\nos_name == 'nt'",
        mode="compare",
    ),
    _algebra(
        "The same, if platforms are known",
        "made for this page",
        "sys_platform == 'win32'\nos_name == 'nt'",
        mode="compare",
        assuming="known-platforms",
    ),
    _algebra(
        "A gap at the prereleases",
        "made for this page",
        "python_full_version < '3.15' or python_full_version >= '3.15'",
    ),
    _algebra(
        "Contradictory lines",
        "made for this page",
        "numpy >= 2.3; python_version >= '3.12'\n"
        "numpy < 2; python_version < '3.13'\n"
        "numpy >= 1.26; python_version < '3.12'",
        mode="merge",
    ),
    _algebra(
        "Nested parentheses",
        "SQLAlchemy 2.0.20",
        'platform_machine == "aarch64" or (platform_machine == "ppc64le" or (platform_machine == '
        '"x86_64" or (platform_machine == "amd64" or (platform_machine == "AMD64" or '
        '(platform_machine == "win32" or platform_machine == "WIN32")))))',
    ),
)
"""Markers whose meaning is not what their words suggest."""


def _extras(label: str, source: str, text: str, requests: str, **fields: object) -> Example:
    return Example(label, source, {"text": text, "requests": requests, **fields})


_HTTPX = """\
Name: httpx
Requires-Dist: anyio
Requires-Dist: certifi
Requires-Dist: httpcore==1.*
Requires-Dist: idna
Provides-Extra: brotli
Requires-Dist: brotli; (platform_python_implementation == 'CPython') and extra == 'brotli'
Requires-Dist: brotlicffi; (platform_python_implementation != 'CPython') and extra == 'brotli'
Provides-Extra: cli
Requires-Dist: click==8.*; extra == 'cli'
Requires-Dist: pygments==2.*; extra == 'cli'
Requires-Dist: rich<14,>=10; extra == 'cli'
Provides-Extra: http2
Requires-Dist: h2<5,>=3; extra == 'http2'
"""
_ID = """\
Name: id
Requires-Dist: urllib3 >= 2, < 3
Requires-Dist: build ; extra == "dev"
Requires-Dist: bump >= 1.3.2 ; extra == "dev"
Requires-Dist: id[test, lint] ; extra == "dev"
Requires-Dist: bandit ; extra == "lint"
Requires-Dist: interrogate ; extra == "lint"
Requires-Dist: mypy ; extra == "lint"
Requires-Dist: ruff < 0.14.15 ; extra == "lint"
Requires-Dist: pytest ; extra == "test"
Requires-Dist: pytest-cov ; extra == "test"
Requires-Dist: pretend ; extra == "test"
Requires-Dist: coverage[toml] ; extra == "test"
Provides-Extra: dev
Provides-Extra: lint
Provides-Extra: test
"""
_PBS_INSTALLER = """\
Name: pbs-installer
Provides-Extra: download
Requires-Dist: httpx2<3,>=2.14.0; extra == "download"
Provides-Extra: install
Requires-Dist: backports.zstd>=1.0.0; python_version < "3.14" and extra == "install"
Provides-Extra: all
Requires-Dist: pbs-installer[download,install]; extra == "all"
"""
_REQUESTS = """\
Name: requests
Requires-Dist: charset_normalizer<4,>=2
Requires-Dist: idna<4,>=2.5
Requires-Dist: urllib3<3,>=1.26
Requires-Dist: certifi>=2023.5.7
Provides-Extra: security
Provides-Extra: socks
Requires-Dist: PySocks!=1.5.7,>=1.5.6; extra == "socks"
Provides-Extra: use-chardet-on-py3
Requires-Dist: chardet<8,>=3.0.2; extra == "use-chardet-on-py3"
"""
_DEFAULTS = """\
Name: spam
Provides-Extra: fast
Provides-Extra: plot
Provides-Extra: minimal
Default-Extra: fast
Default-Extra: plot
Requires-Dist: attrs
Requires-Dist: numpy; extra == 'fast'
Requires-Dist: matplotlib; extra == 'plot'
"""
_EITHER = """\
Name: spam
Provides-Extra: gui
Provides-Extra: headless
Requires-Dist: opencv-python; extra == 'gui'
Requires-Dist: opencv-python-headless; extra != 'gui'
Requires-Dist: pytest-xvfb; extra == 'gui' and extra == 'headless'
"""
_TABLE = """\
[project]
name = "spam"
version = "1.0"
dependencies = ["attrs"]
default-optional-dependency-keys = ["fast"]

[project.optional-dependencies]
fast = ["numpy"]
docs = ["sphinx; python_version >= '3.11'"]
all = ["spam[fast,docs]"]
"""

EXTRAS = (
    _extras(
        "An extra that is two projects",
        "httpx 0.28.1, shortened",
        _HTTPX,
        "httpx[brotli]",
        environment="pypy-3.11-linux-x86_64",
    ),
    _extras("An extra made of others", "id 1.6.1", _ID, "id[dev]"),
    _extras(
        "All extras, by name",
        "pbs-installer 2026.10.25",
        _PBS_INSTALLER,
        "pbs-installer[all]",
        environment="cpython-3.10-linux-x86_64",
    ),
    _extras(
        "An extra that is empty today",
        "requests 2.34.2",
        _REQUESTS,
        "requests[security]\nrequests[socks]",
    ),
    _extras("Default extras", _BY_HAND, _DEFAULTS, "spam", rules="pep771"),
    _extras("No brackets and empty brackets", _BY_HAND, _DEFAULTS, "spam[]", rules="pep771"),
    _extras("All defaults but one", _BY_HAND, _DEFAULTS, "spam[-plot]", rules="summit"),
    _extras("Either or", _BY_HAND, _EITHER, "spam[gui,headless]"),
    _extras("A pyproject.toml", _BY_HAND, _TABLE, "spam[all]", rules="pep771"),
)
"""Requests: what is real is named with its version; its other fields are left out."""
