"""Which differences of METADATA do no harm, each with the near miss that does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.metadata import read
from trigpoint.projects.adopt import HARMLESS, compare

MIT = "Classifier: License :: OSI Approved :: MIT License\n"

CASES = [
    ("order", "Classifier: A\nClassifier: B\n", "Classifier: B\nClassifier: A\n"),
    ("spelling", "Requires-Dist: A_b>=1.0\n", "Requires-Dist: a-b >=1\n"),
    ("metadata-version", "Metadata-Version: 2.1\n", "Metadata-Version: 2.4\n"),
    ("license", "License: MIT License\n", "License-Expression: MIT\n"),
    ("license", MIT, "License-Expression: MIT\n"),
    ("license", f"License: MIT\n{MIT}", "License-Expression: MIT\n"),
    ("license", "License: BSD\nClassifier: License :: OSI Approved :: BSD License\n",
     "License-Expression: BSD-3-Clause\n"),
    ("url", "Home-page: https://x.org\n", "Project-URL: Homepage, https://x.org\n"),
    ("url", "Download-URL: https://x.org\n", "Project-URL: Download, https://x.org\n"),
    ("people", "Author: Ada\nAuthor-email: a@x.org\n", "Author-email: Ada <a@x.org>\n"),
    ("people", "Maintainer: A, B\nMaintainer-email: a@x.org, b@x.org\n",
     "Maintainer-email: A <a@x.org>, B <b@x.org>\n"),
    ("address", "Author: Ada\nAuthor-email: nobody\n", "Author: Ada\n"),
    ("address", "Maintainer-email: x, y\n", ""),
    ("dynamic", "", "Dynamic: license-file\n"),
    ("license-file", "", "License-File: LICENSE\n"),
    ("placeholder", "Platform: UNKNOWN\n", ""),
    ("placeholder", "Summary: UNKNOWN\n", ""),
    ("content-type", "", "Description-Content-Type: text/x-rst\n"),
    ("content-type", "Description-Content-Type: text/markdown\n",
     "Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM\n"),
    ("keywords", "Keywords: a b\n", "Keywords: a,b\n"),
    ("empty-extra", "Provides-Extra: x\n", ""),
    ("once", "Requires-Dist: a\nRequires-Dist: a\n", "Requires-Dist: a\n"),
    ("once", "Classifier: A\nClassifier: A\n", "Classifier: A\n"),
    ("split", "Requires-Dist: a>=1; extra == 'x' or extra == 'y'\n",
     "Requires-Dist: a >=1 ; extra == 'y'\nRequires-Dist: a>=1; extra == 'x'\n"),
    ("split", "Requires-Dist: a; os_name == 'nt'\nRequires-Dist: a; os_name != 'nt'\n",
     "Requires-Dist: a; os_name == 'nt' or os_name != 'nt'\n"),
    ("versions", "Requires-Dist: a>=1,<3,!=1.5,<2; os_name == 'nt'\n",
     "Requires-Dist: a !=1.5,<2,>=1 ; os_name == 'nt'\n"),
    ("versions", "Requires-Python: >=3.8,<4,>=3.7\n", "Requires-Python: >=3.8,<4\n"),
    ("import", "", "Import-Name: x\nImport-Namespace: y\n"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "before", "after"), CASES)
def test_harmless(kind: str, before: str, after: str) -> None:
    """Each difference is named with its class, and its words give the reason."""
    compared = compare(read(f"Name: x\n{before}"), read(f"Name: x\n{after}"))
    assert {kind} == {each.harmless for each in compared.found}
    assert compared.same
    assert all(each.words.endswith(HARMLESS[kind]) for each in compared.found)


def test_every_class_has_a_case() -> None:
    """No reason stands in the table that nothing shows."""
    assert set(HARMLESS) == {kind for kind, _, _ in CASES} | {"filled"}


def test_what_a_build_fills_in() -> None:
    """A field that is left to a build may be gone, and may not become another value."""
    before, gone = read("Name: x\nVersion: 1\n"), read("Name: x\n")
    (found,) = compare(before, gone, filled={"version"}).found
    assert "filled" == found.harmless
    assert found.words.endswith(HARMLESS["filled"])
    assert not compare(before, gone, filled={"summary"}).same
    assert not compare(before, read("Name: x\nVersion: 2\n"), filled={"version"}).same


MATTERS = [
    ("Author-email: a@x.org\n", ""),
    ("Author-email: a@x.org, nobody\n", ""),
    ("Author-email: nobody\n", "Author-email: nothing\n"),
    ("License-File: A\n", "License-File: A\nLicense-File: B\n"),
    (
        "Description-Content-Type: text/markdown; variant=CommonMark\n",
        "Description-Content-Type: text/markdown\n",
    ),
    (
        "Description-Content-Type: text/plain; charset=latin-1\n",
        "Description-Content-Type: text/plain\n",
    ),
    ("Author: A, B\n", "Author: A\n"),
    ("Name: x\n", "Name: y\n"),
    ("Classifier: A\n", ""),
    ("", "Classifier: A\n"),
    ("", MIT),
    ("Requires-Dist: a>=1\n", "Requires-Dist: a>=2\n"),
    ("Requires-Dist: a>=1,<2\n", "Requires-Dist: a>=1,<2,!=1.5\n"),
    ("Requires-Dist: a>=2rc1,>=2.1\n", "Requires-Dist: a>=2.1\n"),
    ("Requires-Dist: a<3,<2\n", "Requires-Dist: a<2; os_name == 'nt'\n"),
    ("Requires-Dist: a<3,<2\n", "Requires-Dist: a[b]<2\n"),
    ("Requires-Dist: a<3,<2\n", "Requires-Dist: a<<2\n"),
    ("Requires-Dist: a<3,<2\n", "Requires-Dist: a<2; never\n"),
    ("Requires-Python: >=3.8,<4\n", "Requires-Python: >=3.8\n"),
    ("Requires-Python: >=3.8\n", "Requires-Python: three\n"),
    ("Requires-Python: >=3.8\n", ""),
    ("License: MIT\n", ""),
    ("License: MIT\n", "License-Expression: ISC\n"),
    ("", "License-Expression: MIT\n"),
    ("License-Expression: MIT\n", "License-Expression: ISC\n"),
    (MIT, ""),
    ("Home-page: https://x.org\n", "Project-URL: Homepage, https://y.org\n"),
    ("Project-URL: A, https://x.org\n", "Project-URL: A, https://y.org\n"),
    ("Author: Ada\nAuthor-email: a@x.org\n", "Author-email: a@x.org\n"),
    ("Author-email: Ada <a@x.org>\n", "Author-email: Ada <b@x.org>\n"),
    ("License-File: A\n", "License-File: B\n"),
    ("Summary: UNKNOWN\n", "Summary: words\n"),
    ("", "Description-Content-Type: text/markdown\n"),
    ("Keywords: a b\n", "Keywords: a\n"),
    ("Provides-Extra: x\nRequires-Dist: a; extra == 'x'\n", ""),
    ("Requires-Dist: a\n", ""),
    (
        "Requires-Dist: a; extra == 'x' or extra == 'y'\n",
        "Requires-Dist: a; extra == 'x'\nRequires-Dist: a; extra == 'z'\n",
    ),
    ("Requires-Dist: a; os_name == 'nt'\n", "Requires-Dist: a\nRequires-Dist: a\n"),
    ("Requires-Dist: a[b]; os_name == 'nt'\n", "Requires-Dist: a; os_name == 'nt'\n"),
    ("Import-Name: x\n", "Import-Name: x\nImport-Name: y\n"),
]


@pytest.mark.parametrize(("before", "after"), MATTERS)
def test_what_matters(before: str, after: str) -> None:
    """What changes the meaning has no excuse, and its words say what it is."""
    compared = compare(read(before), read(after))
    assert not compared.same
    assert compared.matters[0].words.startswith(f"{compared.matters[0].difference.field}: ")


def test_a_license_of_two_parts() -> None:
    """A classifier that says another license than the expression is a loss."""
    other = "Classifier: License :: OSI Approved :: ISC License (ISCL)\n"
    compared = compare(read(MIT + other), read("License-Expression: MIT\n"))
    assert ["Classifier"] == [each.difference.field for each in compared.matters]


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_no_bytes_raise(before: bytes, after: bytes) -> None:
    """Whatever is compared has an answer, and anything is the same as itself."""
    compare(read(before), read(after))
    assert compare(read(before), read(before)).same
