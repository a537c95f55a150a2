"""Metadata of real packages, word for word, and of made-up ones that say so."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]


def _example(label: str, source: str, text: str, **fields: object) -> Example:
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

EXAMPLES = (
    _example("A file of today", "tenacity 9.2.1, its headers", _TENACITY),
    _example("A file of 2.1", "six 1.17.0, its headers", _SIX),
    _example("An old file, UNKNOWN included", "pickleshare 0.7.5, its headers", _PICKLESHARE),
    _example("A pyproject.toml with mistakes", _BY_HAND, _PYPROJECT),
    _example("A blank line that cuts the headers", _BY_HAND, _CUT),
    _example("A blank before the colon", _BY_HAND, _COLON),
    _example("Many mistakes", _BY_HAND, _LOOSE),
    _example(
        "What would 3.0 make of it?", "six 1.17.0, its headers", _SIX, view="convert", to="3.0"
    ),
    _example("A negated extra on its way to 3.0", _BY_HAND, _EXTRAS, view="convert", to="3.0"),
    _example("Two releases, compared by meaning", _BY_HAND, _EXTRAS, view="diff", other=_NEWER),
    _example("As JSON", "mypy_extensions 1.2.0, its headers", _MYPY_EXTENSIONS, view="json"),
    _example(
        "What installers do with a set of extras",
        _BY_HAND,
        _SETS,
        view="installers",
        asked="pkg[docs]",
    ),
    _example(
        "What installers do with Metadata 3.0",
        _BY_HAND,
        "Metadata-Version: 3.0\nName: spam\nVersion: 1.0\n",
        view="installers",
    ),
)
"""Metadata: what is real is named with its version and has its headers only."""
