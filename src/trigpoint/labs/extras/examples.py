"""Requirements of real packages, word for word, and of made-up ones that say so."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]


def _example(label: str, source: str, text: str, requests: str, **fields: object) -> Example:
    return Example(label, source, {"text": text, "requests": requests, **fields})


_BY_HAND = "made by hand"
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

EXAMPLES = (
    _example(
        "An extra that is two projects",
        "httpx 0.28.1, shortened",
        _HTTPX,
        "httpx[brotli]",
        environment="pypy-3.11-linux-x86_64",
    ),
    _example("An extra made of others", "id 1.6.1", _ID, "id[dev]"),
    _example(
        "All extras, by name",
        "pbs-installer 2026.10.25",
        _PBS_INSTALLER,
        "pbs-installer[all]",
        environment="cpython-3.10-linux-x86_64",
    ),
    _example(
        "An extra that is empty today",
        "requests 2.34.2",
        _REQUESTS,
        "requests[security]\nrequests[socks]",
    ),
    _example("Default extras", _BY_HAND, _DEFAULTS, "spam", rules="pep771"),
    _example("No brackets and empty brackets", _BY_HAND, _DEFAULTS, "spam[]", rules="pep771"),
    _example("All defaults but one", _BY_HAND, _DEFAULTS, "spam[-plot]", rules="summit"),
    _example("Either or", _BY_HAND, _EITHER, "spam[gui,headless]"),
    _example("A pyproject.toml", _BY_HAND, _TABLE, "spam[all]", rules="pep771"),
)
"""Requests: what is real is named with its version; its other fields are left out."""
