"""Whole conversions, word for word: what is written, what is said of it, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from trigpoint.metadata import convert, read
from trigpoint.metadata.conversion.major import license_candidate

OLD = """\
Metadata-Version: 1.2
Name: spam
Version: 1
Summary:
Requires-Dist: zope (3.1)
Requires-Dist: y (>=1,2); os_name == 'nt'
Requires-Dist: z (!!!)
Requires-Dist: w (>=1)
Requires-Python: 2.7,>=3
Author: Ann
Author-email: ann@example.org
Maintainer: Ben, Cid
Maintainer-email: ben@example.org, Dee <dee@example.org>
Home-page: https://example.org/
Download-URL: UNKNOWN
Project-URL: Homepage, https://example.org
License: MIT
Requires: one
Provides: two
Obsoletes: three
Keywords: a, b
Metadata-Version: 1.1
Description: Words,
        more words.
"""

NEW = """\
  stray: no
Metadata-Version: 2.6
Name: spam
Version: 1
Summary: s
Provides-Extra: a-b
Requires-Dist: one
Requires-Dist: two>=1; python_version >= '3.8'
Requires-Dist: three[x]
Requires-Dist: four @ https://example.org/f.zip
Requires-Dist: five~=1.2
Requires-Dist: six===1
Requires-Dist: seven==1.*
Requires-Dist: eight; extra == 'a-b'
Requires-Dist: nine; extra != 'a-b'
Requires-Dist: !!!
Requires-Dist: ten; nonsense
Requires-Python: >=3.8
Author: Ann
Author: Ann
Author: Cid <c@d
Author-email: Ann <ann@example.org>, eve@example.org, nope
Maintainer-email:
Project-URL: Home Page, https://example.org
Project-URL: Download, https://example.org/d
Project-URL: Docs, https://example.org/docs
Home-page: https://example.org/other
Download-URL: https://example.org/d/
License-Expression: MIT
License: old words
Classifier: License :: OSI Approved :: MIT License
Classifier: Topic :: Software Development
Keywords: a b
Dynamic: Requires-Dist
Dynamic: License
Dynamic: License-Expression
Dynamic: Home-page
Dynamic: Project-URL
Dynamic: Provides
Dynamic: Nonsense
Import-Name: spam
Platform: any

  Words\r
more words.
"""

LICENSES = """\
Metadata-Version: 2.1
Name: spam
Version: 1
Provides-Extra: A_b
Provides-Extra: a.b
Provides-Extra: a.b
Requires-Dist: x; extra == 'A_b'
Requires-Dist: y; nonsense == 'A_b'
Requires-Dist: z; extra != 'A_b'
License: MIT License
Classifier: License :: OSI Approved :: MIT License
Classifier: License :: OSI Approved :: Apache Software License
Author-email: ann@example.org
Keywords: , a ,b,
Keywords: ,
Dynamic: author-email
Description: one
this line is no field

body
"""

NEXT = """\
Metadata-Version: 3.0
Name: spam
Version: 1
Provides-Extra: a
Default-Extra: a
Requires-Dist: x; 'a' in extras
Requires-Dist: y; 'a' in extras and 'b' in extras
Requires-Dist: z; 'a' not in extras
Author: Ann <ann@example.org>
Author: Ben
Author: Cid
Author: Dee <dee@example.org>
Maintainer: <eve@example.org>
Requires-External-Dep: dep:generic/make
Project-URL: Homepage, https://example.org
License-Expression: Apache-2.0
Import-Name: spam
Dynamic: Default-Extra
Dynamic: Author

Words
"""

CONVERSIONS: dict[str, tuple[str, str, dict[str, str | bool]]] = {
    "old to 2.1": (OLD, "2.1", {}),
    "old to 1.1": (OLD, "1.1", {}),
    "old to 1.0": (OLD, "1.0", {}),
    "old to 3.0": (OLD, "3.0", {"license_expression": "MIT"}),
    "new to 3.0": (NEW, "3.0", {}),
    "new to 3.0, without what is rarely used": (NEW, "3.0", {"rarely_used": "drop"}),
    "new to 2.5": (NEW, "2.5", {}),
    "new to 2.3": (NEW, "2.3", {}),
    "new to 1.2": (NEW, "1.2", {}),
    "new to 1.0": (NEW, "1.0", {}),
    "new without License to 2.3": (NEW.replace("License: old words\n", ""), "2.3", {}),
    "2.5 to 2.6": (NEW.replace("2.6", "2.5", 1), "2.6", {}),
    "2.4 to 2.5": (NEW.replace("2.6", "2.4", 1), "2.5", {}),
    "2.2 to 2.3": (LICENSES.replace("2.1", "2.2", 1), "2.3", {}),
    "licenses to 2.6": (LICENSES, "2.6", {}),
    "licenses to 2.2": (LICENSES, "2.2", {}),
    "licenses to 1.2": (LICENSES, "1.2", {}),
    "licenses to 3.0": (LICENSES, "3.0", {}),
    "old without Project-URL to 3.0": (
        OLD.replace("Project-URL: Homepage, https://example.org\n", ""),
        "3.0",
        {},
    ),
    "classifiers alone to 3.0": (LICENSES.replace("License: MIT License\n", ""), "3.0", {}),
    "one classifier alone to 3.0": (
        re.sub("License: .*\n|.*Apache.*\n", "", LICENSES),
        "3.0",
        {},
    ),
    "no stated version to 2.4": (LICENSES.partition("\n")[2], "2.4", {}),
    "next to 2.5, with a license that is not needed": (
        NEXT,
        "2.5",
        {"license_expression": "MIT"},
    ),
    "next to itself": (NEXT, "3.0", {}),
    "next to 2.6": (NEXT, "2.6", {}),
    "next to 2.6, with default extras": (NEXT, "2.6", {"default_extra": "keep"}),
    "next to 2.1": (NEXT, "2.1", {}),
    "next to 1.1": (NEXT, "1.1", {}),
}


def told(text: str, to: str, **options: Any) -> Iterator[str]:
    """Return what is said of each place, what becomes of it, and the document that is made."""
    made = convert(read(text), to, force=True, **options)
    refused = convert(read(text), to, **options).document is None
    yield "refused without force" if refused else "done"
    for finding in made.findings:
        span = finding.span
        marked = f"{span.line} {text[span.start : span.end]!r}" if span else "-"
        fix = f"; {finding.fix.message}" if finding.fix else ""
        yield f"{finding.code.removeprefix('metadata-convert-')} {marked}: {finding.message}{fix}"
    for change in made.changes:
        yield f"{change.field}: {change.before!r} -> {change.after}"
    assert made.document is not None
    yield from (f"| {line}" for line in str(made.document).splitlines())


def test_conversions(record: Callable[[str, list[str]], None]) -> None:
    """A conversion is what the record says."""
    lines = []
    for name, (text, to, options) in CONVERSIONS.items():
        lines += [f"== {name}", *told(text, to, **options)]
    record("converted.txt", lines)


def test_changes_as_json() -> None:
    """A change is its field, both values, and its finding."""
    made = convert(read(LICENSES), "2.6", force=True)
    assert made.changes
    assert {
        "text": str(made.document),
        "findings": [each.to_json() for each in made.findings],
        "changes": [each.to_json() for each in made.changes],
    } == made.to_json()
    assert [
        (each.field, each.before, [list(pair) for pair in each.after], each.finding.to_json())
        for each in made.changes
    ] == [
        (data["field"], data["before"], data["after"], data["finding"])
        for data in (each.to_json() for each in made.changes)
    ]


CALLED = {
    "MIT": "MIT; MIT License; The MIT License; Expat",
    "BSD-3-Clause": "BSD; BSD License; BSD 3-Clause; BSD-3-Clause License; BSD 3-Clause License;"
    " New BSD; new bsd license",
    "BSD-2-Clause": "BSD 2-Clause; Simplified BSD",
    "Apache-2.0": "Apache; Apache 2; Apache 2.0; Apache License 2.0; Apache Software License;"
    " Apache License,  Version 2.0; Apache Software License 2.0; apache-2.0",
    "ISC": "ISC License; ISC License (ISCL)",
    "MPL-2.0": "MPL 2.0; Mozilla Public License 2.0 (MPL 2.0)",
    "PSF-2.0": "PSF; Python Software Foundation License",
    "Unlicense": "The Unlicense (Unlicense)",
    "GPL-3.0-only": "GPLv3; GNU General Public License v3 (GPLv3)",
    "GPL-3.0-or-later": "GNU General Public License v3 or later (GPLv3+)",
    "GPL-2.0-only": "GNU General Public License v2 (GPLv2)",
    "LGPL-3.0-only": "GNU Lesser General Public License v3 (LGPLv3)",
    "ZPL-2.1": "Zope Public License; ZPL 2.1",
    "LicenseRef-Public-Domain": "Public Domain",
    "MIT OR Zlib": "mit or zlib",
}


@pytest.mark.parametrize("expression", CALLED)
def test_what_licenses_are_called(expression: str) -> None:
    """Names and classifiers that people write, and the expression that they most likely mean."""
    for name in CALLED[expression].split("; "):
        for text in (name, f"License :: OSI Approved :: {name}"):
            assert (text, expression) == (text, license_candidate(text))
    assert license_candidate(f"not {expression}") is None
