"""Each finding, at its line and column."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from trigpoint.catalogue import RULES
from trigpoint.findings import Severity, apply_fix
from trigpoint.metadata import from_project_table, read
from trigpoint.metadata.checks.validate import rules_of, structural
from trigpoint.metadata.classifiers import MOST_MEANT

HEAD = "Metadata-Version: 2.4\nName: spam\nVersion: 1\n"


def found(text: str | bytes, code: str, **options: Any) -> list[tuple[int, int]]:
    """Return the places of *code*, as line and column."""
    return [
        (finding.span.line, finding.span.column)
        for finding in read(text).findings(**options)
        if finding.code == code and finding.span
    ]


def codes(text: str | bytes, **options: Any) -> list[str]:
    return [finding.code for finding in read(text).findings(**options)]


def head(version: str) -> str:
    return HEAD.replace("2.4", version)


# -- traps in reading: headers that end too early, lines that vanish --------------------

READING: list[tuple[str, str | bytes, tuple[int, int]]] = [
    ("metadata-headers-cut", HEAD + "\nRequires-Dist: y\n\nText\n", (4, 1)),
    ("metadata-headers-cut", HEAD + "\n\nRequires-Dist: y\n", (4, 1)),
    ("metadata-junk-line", HEAD + "What is this\nRequires-Dist: y\n", (4, 1)),
    ("metadata-junk-line", "Metadata-Version: 2.1\nsome words\nName: spam\nVersion: 1\n", (2, 1)),
    ("metadata-blank-before-colon", "Metadata-Version: 2.1\nName : spam\nVersion: 1\n", (2, 5)),
    ("metadata-blank-before-colon", HEAD + "Summary\t: x\n", (4, 8)),
    ("metadata-bom", "\ufeff" + HEAD, (1, 1)),
    ("metadata-bom", b"\xef\xbb\xbf" + HEAD.encode(), (1, 1)),
    ("metadata-leading-blank", "\n" + HEAD, (1, 1)),
    ("metadata-leading-blank", "\r\n" + HEAD, (1, 1)),
    ("metadata-stray-continuation", "   lost\n" + HEAD, (1, 1)),
    ("metadata-stray-continuation", " \n" + HEAD, (1, 1)),
    ("metadata-nameless", HEAD + ": value\nSummary: x\n", (4, 1)),
    ("metadata-envelope", "From someone\n" + HEAD, (1, 1)),
    ("metadata-envelope", "Metadata-Version: 2.1\nFrom someone\nName: x\nVersion: 1\n", (2, 1)),
    ("metadata-blank-fold", HEAD + "Classifier: A :: B\n   \n", (5, 1)),
    ("metadata-blank-fold", HEAD + "Requires-Python: >=3\n\t\nClassifier: A :: B\n", (5, 1)),
    ("metadata-folded", HEAD + "Requires-Dist: y\n >=1\n", (4, 16)),
    ("metadata-folded", "Metadata-Version: 2.1\nName: a\n b\nVersion: 1\n", (2, 7)),
    ("metadata-fold-kept", HEAD + "Classifier: A ::\n B\n", (4, 13)),
    ("metadata-trailing-blank", HEAD.replace("spam", "spam "), (2, 11)),
    ("metadata-trailing-blank", HEAD + "Provides-Extra: x\t\n", (4, 18)),
    ("metadata-crlf", HEAD.replace("\n", "\r\n") + "\r\nText\r\n", (1, 22)),
    ("metadata-crlf", HEAD + "\nText\r\nmore\n", (5, 5)),
    ("metadata-lone-cr", HEAD + "Summary: a\rb\n", (4, 11)),
    ("metadata-encoding", HEAD.encode() + b"Author: Andr\xe9\n", (4, 13)),
    ("metadata-encoding", HEAD.encode() + b"\nText\nAndr\xe9\n", (6, 5)),
    ("metadata-encoding", HEAD + "Author: \ud800\n", (4, 9)),
    ("metadata-control-character", HEAD + "Author: a\0b\n", (4, 10)),
    ("metadata-control-character", HEAD + "Author: a\x0bb\n", (4, 10)),
    ("metadata-control-character", HEAD + "Keywords: a\x0cb\n", (4, 12)),
    ("metadata-control-character", HEAD + "License: a\u2028b\n", (4, 11)),
    ("metadata-control-character", HEAD + "License: a\x85b\n", (4, 11)),
    ("metadata-control-character", HEAD + "\nText\nwith \0\n", (6, 6)),
    ("metadata-fused-field", HEAD + "Requires-Dist: y Dynamic: summary\n", (4, 18)),
    ("metadata-fused-field", HEAD + "Requires-Dist: y Name: z\n", (4, 18)),
    ("metadata-mojibake", HEAD + "Author: Jos\u00c3\u00a9\n", (4, 9)),
    ("metadata-mojibake", HEAD + "Author: Jos\u00c3\u00a9\n b\n", (4, 9)),
    ("metadata-requirement", HEAD + "Requires-Dist: y>=1.0z>=2\n", (4, 22)),
    ("metadata-content-type", HEAD + "Description-Content-Type: text/plain; x*\n", (4, 39)),
    ("metadata-mime", HEAD + "Content-Transfer-Encoding: base64\n\nSGk=\n", (4, 1)),
    ("metadata-mime", HEAD + "Content-Type: multipart/mixed; boundary=b\n\n--b\n", (4, 1)),
    ("metadata-description-twice", HEAD + "Description: one\n\ntwo\n", (4, 1)),
    ("metadata-duplicate", HEAD + "Summary: a\nSummary: b\n", (5, 1)),
    ("metadata-duplicate", HEAD + "Name: eggs\n", (4, 1)),
    ("metadata-encoded-word", HEAD + "Author: =?utf-8?q?Andr=C3=A9?=\n", (4, 9)),
]

# -- the version ---------------------------------------------------------------------------

VERSION = [
    ("metadata-version-minor", head("2.9"), (1, 19)),
    ("metadata-version-major", head("3.0"), (1, 19)),
    ("metadata-version-major", head("9.9"), (1, 19)),
    ("metadata-version-unapproved", head("2.0"), (1, 19)),
    ("metadata-version-unapproved", head("1.3"), (1, 19)),
    ("metadata-version-syntax", head("abc"), (1, 19)),
    ("metadata-version-syntax", head("2"), (1, 19)),
    ("metadata-version-syntax", head("2.04"), (1, 19)),
    ("metadata-trailing-blank", head("3.0 "), (1, 22)),
    ("metadata-missing", "Name: x\nVersion: 1\n", (1, 1)),
    ("metadata-missing", "Metadata-Version:\nName: x\nVersion: 1\n", (1, 1)),
    ("metadata-missing-old", head("1.0"), (1, 1)),
    ("metadata-field-too-new", head("2.1") + "License-File: LICENSE\n", (4, 1)),
    ("metadata-future-field", head("2.9") + "Colour: red\n", (4, 1)),
    ("metadata-unknown-field", HEAD + "Colour: red\n", (4, 1)),
    ("metadata-proposed-field", HEAD + "Default-Extra: x\n", (4, 1)),
    ("metadata-deprecated-field", HEAD + "Home-page: https://x.org\n", (4, 1)),
    ("metadata-deprecated-field", HEAD + "License: MIT\n", (4, 1)),
    ("metadata-deprecated-field", head("1.2") + "Requires: re\n", (4, 1)),
]

# -- single fields -------------------------------------------------------------------------

FIELDS = [
    ("metadata-name", HEAD.replace("spam", "spam!"), (2, 7)),
    ("metadata-name-old", head("1.2").replace("spam", "spam & eggs"), (2, 7)),
    ("metadata-version-value", HEAD.replace("Version: 1\n", "Version: one\n"), (3, 10)),
    ("metadata-version-old", head("1.1").replace("Version: 1\n", "Version: one\n"), (3, 10)),
    ("metadata-dynamic", HEAD + "Dynamic: Name\n", (4, 10)),
    ("metadata-dynamic", HEAD + "Dynamic: Colour\n", (4, 10)),
    ("metadata-dynamic-itself", HEAD + "Dynamic: Dynamic\n", (4, 10)),
    ("metadata-summary-lines", HEAD + "Summary: a\u2028b\n", (4, 11)),
    ("metadata-summary-lines", HEAD + "Summary: a\x1cb\n", (4, 11)),
    ("metadata-content-type", HEAD + "Description-Content-Type: text/html\n", (4, 27)),
    (
        "metadata-content-type",
        HEAD + "Description-Content-Type: text/markdown; variant=gfm\n",
        (4, 27),
    ),
    (
        "metadata-content-type",
        HEAD + "Description-Content-Type: text/plain; charset=ascii\n",
        (4, 27),
    ),
    ("metadata-keywords", HEAD + "Keywords: a b c\n", (4, 11)),
    ("metadata-keywords", HEAD + "Keywords: a,,b\n", (4, 11)),
    ("metadata-url", HEAD + "Project-URL: Docs, example.org\n", (4, 20)),
    ("metadata-url", head("1.1") + "Home-page: nowhere at all\n", (4, 12)),
    ("metadata-project-url", HEAD + "Project-URL: https://x.org\n", (4, 14)),
    ("metadata-project-url", HEAD + "Project-URL: , https://x.org\n", (4, 14)),
    ("metadata-url-label", HEAD + f"Project-URL: {'x' * 33}, https://x.org\n", (4, 14)),
    (
        "metadata-url-repeated",
        HEAD + "Project-URL: Docs, https://x.org\nProject-URL: docs, https://y.org\n",
        (5, 14),
    ),
    ("metadata-address", HEAD + "Author-email: nope\n", (4, 15)),
    ("metadata-address", HEAD + "Author-email: a@x.org, Doe, Jane <j@x.org>\n", (4, 24)),
    ("metadata-maintainer", HEAD + "Author: A\nMaintainer: A\n", (5, 13)),
    ("metadata-address", HEAD + "Author-email: Ada L a@x.org>\n", (4, 15)),
    ("metadata-address", HEAD + "Author-email: b@x.org, Ada <a at x.org>\n", (4, 24)),
    ("metadata-address", HEAD + "Author-email: a[at]x.org\n", (4, 15)),
    ("metadata-address", HEAD + "Author-email: Ada (a) <a@x\n", (4, 15)),
    ("metadata-content-type", HEAD + "Description-Content-Type: text\\x-rst\n", (4, 27)),
    (
        "metadata-content-type",
        HEAD + "Description-Content-Type: markdown; charset=UTF-8\n",
        (4, 27),
    ),
    ("metadata-content-type", HEAD + "Description-Content-Type: ; charset=UTF-8\n", (4, 27)),
    ("metadata-classifier", HEAD + "Classifier: A::B : C\t:: D\n", (4, 13)),
    ("metadata-extras-variable", HEAD + "Requires-Dist: y; extras != 'docs'\n", (4, 19)),
    ("metadata-extras-variable", HEAD + "Requires-Dist: y; extras > 'docs'\n", (4, 19)),
    ("metadata-license-both", HEAD + "License: MIT\nLicense-Expression: MIT\n", (4, 1)),
    ("metadata-license-expression", HEAD + "License-Expression: My License\n", (4, 21)),
    ("metadata-license-spelling", HEAD + "License-Expression: mit\n", (4, 21)),
    ("metadata-license-file", HEAD + "License-File: /LICENSE\n", (4, 15)),
    ("metadata-license-file", HEAD + "License-File: ../LICENSE\n", (4, 15)),
    ("metadata-license-file", HEAD + "License-File: LICEN*\n", (4, 15)),
    ("metadata-license-file", HEAD + "License-File: a\\b\n", (4, 15)),
    ("metadata-license-file", HEAD + "License-File: C:/b\n", (4, 15)),
    ("metadata-license-file", HEAD + "License-File:\n", (4, 1)),
    ("metadata-license-file", HEAD + "License-File: ./a//b\n", (4, 15)),
    (
        "metadata-license-classifier",
        HEAD + "License-Expression: MIT\nClassifier: License :: OSI Approved\n",
        (5, 13),
    ),
    ("metadata-license-classifier-old", HEAD + "Classifier: License :: OSI Approved\n", (4, 13)),
    ("metadata-classifier", HEAD + "Classifier: Beta\n", (4, 13)),
    ("metadata-classifier-unknown", HEAD + "Classifier: A :: B\n", (4, 13)),
    (
        "metadata-classifier-deprecated",
        HEAD + "Classifier: Natural Language :: Ukranian\n",
        (4, 13),
    ),
    ("metadata-direct-reference", HEAD + "Requires-Dist: y @ https://x\n", (4, 16)),
    ("metadata-requirement", HEAD + "Requires-Dist: y\nRequires-Dist: z >> 1\n", (5, 18)),
    ("metadata-requirement", HEAD + "Requires-Dist: !!!\n", (4, 16)),
    ("metadata-requirement", HEAD + "Requires-Dist: y[a;\n", (4, 17)),
    ("metadata-requirement", HEAD + "Requires-Dist: y (>=1\n", (4, 18)),
    ("metadata-requirement", HEAD + "Requires-Dist: y @ https://x;os_name == 'nt'\n", (4, 29)),
    ("requirement-url-marker", HEAD + "Requires-Dist: y @ https://x;os_name=='nt'\n", (4, 29)),
    ("metadata-requirement-old", head("1.2") + "Requires-Dist: zope (3.1)\n", (4, 22)),
    ("metadata-requirement", HEAD + "Requires-Dist: zope (3.1)\n", (4, 22)),
    ("metadata-requirement-parentheses", HEAD + "Requires-Dist: zope (>3.1)\n", (4, 21)),
    ("metadata-empty-extras", HEAD + "Requires-Dist: y[]\n", (4, 17)),
    ("metadata-requires-python", HEAD + "Requires-Python: >=3.6.*\n", (4, 18)),
    ("metadata-requires-python", HEAD + "Requires-Python: >=3; os_name == 'nt'\n", (4, 21)),
    ("metadata-requires-python-patch", HEAD + "Requires-Python: ==3.10\n", (4, 18)),
    ("metadata-requires-python-patch", HEAD + "Requires-Python: >=3.9, <= 3.12\n", (4, 25)),
    ("metadata-requires-python-patch", HEAD + "Requires-Python: >3.8\n", (4, 18)),
    ("requirement-python", HEAD + "Requires-Dist: python>=3.8\n", (4, 16)),
    ("requirement-impossible", HEAD + "Requires-Python: >=3.9,<3.9\n", (4, 18)),
    ("metadata-extras-variable", HEAD + "Requires-Dist: y; 'docs' in extras\n", (4, 19)),
    ("metadata-extra-name", HEAD + "Provides-Extra: -bad-\n", (4, 17)),
    ("metadata-extra-unnormalised", HEAD + "Provides-Extra: Adhoc_SSL\n", (4, 17)),
    ("metadata-extra-spelling", head("2.1") + "Provides-Extra: adhoc_ssl\n", (4, 17)),
    ("metadata-extra-clash", HEAD + "Provides-Extra: a-b\nProvides-Extra: a_b\n", (5, 17)),
    ("metadata-extra-undeclared", HEAD + "Requires-Dist: y; extra == 'docs'\n", (4, 28)),
    ("metadata-extra-undeclared", HEAD + 'Requires-Dist: y; extra == "docs"\n', (4, 28)),
    ("metadata-requirement-parentheses", head("2.1") + "Requires-Dist: zope (>3.1)\n", (4, 21)),
    ("metadata-control-character", "\0\n", (1, 1)),
    ("metadata-dynamic", HEAD + "Dynamic: Sumary\n", (4, 10)),
    ("metadata-empty", HEAD + "Requires-External: ; os_name == 'nt'\n", (4, 20)),
    ("metadata-extra-spelling", head("2.2") + "Provides-Extra: A_b\n", (4, 17)),
    ("metadata-extra-unnormalised", head("2.3") + "Provides-Extra: A_b\n", (4, 17)),
    ("metadata-classifier", HEAD + "Classifier: A :: B: c\n", (4, 13)),
    ("metadata-classifier", HEAD + "Classifier: ;A :: B\n", (4, 13)),
    ("metadata-dynamic", HEAD + "Dynamic: Default-Extra\n", (4, 10)),
    ("metadata-url", HEAD + "Project-URL: a,  https://\n", (4, 18)),
    ("metadata-url", HEAD + "Project-URL: a, http://\n", (4, 17)),
    ("metadata-url", HEAD + "Project-URL: a, https://<x>\n", (4, 17)),
    ("metadata-project-url", HEAD + "Project-URL: ,\n", (4, 14)),
    ("metadata-keywords", HEAD + "Keywords: a, ,b ,\n", (4, 11)),
    ("metadata-license-spelling", HEAD + "License-Expression: mit or Zlib\n", (4, 21)),
    ("metadata-unknown-field", "Metadata-Version: x\nName: a\nVersion: 1\nColour: y\n", (4, 1)),
    ("metadata-unknown-field", HEAD + "Sumary: y\n", (4, 1)),
    ("metadata-deprecated-field", HEAD + "Download-URL: https://x.org\n", (4, 1)),
    ("metadata-deprecated-field", HEAD + "Provides: a\n", (4, 1)),
    ("metadata-deprecated-field", HEAD + "Obsoletes: a\n", (4, 1)),
    ("metadata-dist", HEAD + "Provides-Dist: !!!\n", (4, 16)),
    ("metadata-dist", HEAD + "Obsoletes-Dist: old (>>1)\n", (4, 22)),
    ("metadata-module", head("1.1") + "Requires: not a module\n", (4, 11)),
    ("metadata-import-name", head("2.5") + "Import-Name: a-b\n", (4, 14)),
    ("metadata-import-name", head("2.5") + "Import-Name: a; public\n", (4, 16)),
    ("metadata-import-name", head("2.5") + "Import-Name: a.class\n", (4, 14)),
    ("metadata-import-name", head("2.5") + "Import-Namespace:\n", (4, 1)),
    ("metadata-import-clash", head("2.5") + "Import-Name: a\nImport-Namespace: a\n", (5, 19)),
    ("metadata-import-clash", head("2.5") + "Import-Name:\nImport-Name: a\n", (4, 1)),
    ("metadata-import-parents", head("2.5") + "Import-Name: a.b.c\nImport-Namespace: a\n", (4, 14)),
    ("metadata-repeated", HEAD + "Classifier: A :: B\nClassifier: A :: B\n", (5, 13)),
    ("metadata-repeated", HEAD + "Requires-Dist: y\nRequires-Dist: y\n", (5, 16)),
    ("metadata-repeated", HEAD + "Provides-Extra: a\nProvides-Extra: a\n", (5, 17)),
    ("metadata-empty", HEAD + "Author:\n", (4, 1)),
    ("metadata-empty", HEAD + "Requires-Python:\n", (4, 1)),
    ("metadata-placeholder", HEAD + "Platform: UNKNOWN\n", (4, 11)),
    (
        "marker-extra-negation",
        HEAD + "Provides-Extra: x\nRequires-Dist: y; extra != 'x'\n",
        (5, 19),
    ),
    (
        "marker-extra-name",
        HEAD + "Provides-Extra: a-b\nRequires-Dist: y; extra == 'a_b'\n",
        (5, 28),
    ),
    ("marker-unknown-variable", HEAD + "Requires-Dist: y; platform == 'x'\n", (4, 19)),
    ("marker-unknown-variable", HEAD + "Requires-Dist: y;\n  platform == 'x'\n", (5, 3)),
    ("metadata-external-marker", HEAD + "Requires-External: make; os_name == 'x\n", (4, 37)),
    ("metadata-dist", HEAD + "Provides-Dist: old; os_name = 'x'\n", (4, 29)),
]


@pytest.mark.parametrize(("code", "text", "place"), [*READING, *VERSION, *FIELDS])
def test_place(code: str, text: str | bytes, place: tuple[int, int]) -> None:
    """The finding is at its line and column, and nowhere else."""
    assert set(found(text, code)) == {place}


MODEL = [
    ("metadata-extra-variable", "Provides-Extra: x\nRequires-Dist: y; extra == 'x'\n", (5, 19)),
    ("metadata-default-extra", "Default-Extra: x\n", (4, 16)),
    ("metadata-extra-unnormalised", "Provides-Extra: A_b\n", (4, 17)),
]


@pytest.mark.parametrize(("code", "text", "place"), MODEL)
def test_place_in_the_model(code: str, text: str, place: tuple[int, int]) -> None:
    """The 3.0 model has rules of its own, for readers that know it."""
    assert found(head("3.0") + text, code, next_major=True) == [place]
    assert codes(head("3.0"), next_major=True) == []


def told(code: str, text: str | bytes, *, next_major: bool = False) -> Iterator[str]:
    """Return what the findings of *code* say, mark and offer, one a line."""
    document = read(text)
    for each in document.findings(next_major=next_major):
        if each.code == code:
            marked = document.text[each.span.start : each.span.end] if each.span else None
            fix = each.fix and (each.fix.message, each.fix.replacement)
            yield f"{code} {marked!r}: {each.message!r}, {fix}"


def test_what_is_said_and_marked_and_offered(
    record: Callable[[str, list[str]], None],
) -> None:
    """Each case's words, the text that they are about, and what to write for it."""
    cases: list[tuple[str, str | bytes, object]] = [*READING, *VERSION, *FIELDS]
    lines = [line for code, text, _ in cases for line in told(code, text)]
    for code, text, _ in MODEL:
        lines += told(code, head("3.0") + text, next_major=True)
    record("told.txt", lines)


def test_extras_are_fine_in_the_model() -> None:
    """What 2.x refuses, and lock files only have, is the normal form in 3.0."""
    text = head("3.0") + "Provides-Extra: x\nDefault-Extra: x\nRequires-Dist: y; 'x' in extras\n"
    assert codes(text, next_major=True) == []


def test_partly_dynamic_only_matters_in_sdists() -> None:
    """PEP 808: a dynamic field with values may grow; before it could change entirely."""
    text = HEAD + "Dynamic: Requires-Dist\nRequires-Dist: y\n"
    assert found(text, "metadata-dynamic-partly", kind="sdist") == [(4, 10)]
    assert found(text, "metadata-dynamic-partly", kind="wheel") == []
    messages = [
        read(head(version) + text[len(HEAD) :]).findings(kind="sdist")[0].message
        for version in ("2.5", "2.6")
    ]
    assert ["change entirely" in message for message in messages] == [True, False]


@pytest.mark.parametrize(
    ("line", "better"),
    [
        ("Classifier: Framework :: Djangoo", "Classifier: Framework :: Django"),
        ("Classifier: Natural Language :: Ukranian", "Classifier: Natural Language :: Ukrainian"),
        ("Classifier: A :: B", None),
        ("Classifier: License :: OSI Approved :: X.Net License", None),
        ("Description-Content-Type: text/plain; x*", "Description-Content-Type: text/plain"),
        (
            "Description-Content-Type: text/markdown; x; variant=GFM",
            "Description-Content-Type: text/markdown; variant=GFM",
        ),
    ],
)
def test_what_a_button_writes(line: str, better: str | None) -> None:
    """The nearest known value, where there is one, and nothing is wrong with it."""
    text = f"{HEAD}{line}\n"
    [fix] = [each.fix for each in read(text).findings() if each.severity is Severity.WARNING]
    assert fix is not None
    assert (better is None) == (fix.replacement is None)
    if better is not None:
        assert f"{HEAD}{better}\n" == apply_fix(text, fix)
        assert [] == read(apply_fix(text, fix)).findings()


def test_known_classifiers_are_looked_for_up_to_a_bound() -> None:
    """Each unknown classifier is told, and the first ones with the nearest known one."""
    for count in (MOST_MEANT, MOST_MEANT + 1):
        lines = [f"Classifier: A :: {n}" for n in range(count - 1)]
        text = HEAD + "\n".join([*lines, "Classifier: Framework :: Djangoo", ""])
        found = read(text).findings()
        assert count == len(found)
        assert found[-1].fix is not None
        assert (count > MOST_MEANT) == (found[-1].fix.replacement is None)


def test_every_code_has_a_test() -> None:
    """No code of this part is without a test that names it."""
    texts = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [
        code for code in RULES if code.startswith("metadata-") and f'"{code}"' not in texts
    ] == []


# -- policy of versions -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "reader", "severity"),
    [
        ("2.6", "2.6", None),
        ("2.6", "2.5", Severity.WARNING),
        ("2.1", "1.2", Severity.ERROR),
        ("1.2", "2.6", None),
        ("3.0", "2.6", Severity.ERROR),
        ("2.7", "2.6", Severity.WARNING),
        ("3.1", "3.0", Severity.WARNING),
        ("3.0", "3.0", None),
    ],
)
def test_reader_policy(version: str, reader: str, severity: Severity | None) -> None:
    """A newer minor version warns, a newer major one is an error, whatever the reader knows."""
    severities = [
        finding.severity
        for finding in read(head(version)).findings(reader=reader)
        if finding.code in ("metadata-version-minor", "metadata-version-major")
    ]
    assert severities == ([severity] if severity else [])


@pytest.mark.parametrize("options", [{"reader": "new"}, {"reader": "2"}, {"kind": "egg"}])
def test_arguments_are_checked(options: dict[str, Any]) -> None:
    """What a program passes wrongly is an error of the program."""
    with pytest.raises(ValueError, match=r"metadata version|kind is"):
        read(HEAD).findings(**options)


# -- what findings say and do -----------------------------------------------------------


def test_lost_fields_are_named() -> None:
    """A required field that stands below the end of the headers is found there."""
    text = "Metadata-Version: 2.1\n\nName: spam\nVersion: 1\n"
    messages = [finding.message for finding in read(text).findings()]
    assert messages == [
        "Name is missing: line 3 comes after the end of the headers",
        "Version is missing: line 4 comes after the end of the headers",
        "this blank line ends the headers; Name, Version from line 3 on are read as description",
    ]


def test_ordinary_bodies_are_left_alone() -> None:
    """A description is not taken for fields."""
    assert codes(HEAD + "\n# Spam\n\nRequires: nothing\n") == []
    assert codes(HEAD + "\nNote: this is text\n") == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (HEAD + "Requires-Dists: y\n", HEAD + "Requires-Dist: y\n"),
        (HEAD.replace("Name:", "Name :"), HEAD),
        (HEAD.replace("spam", "spam "), HEAD),
        (HEAD + "Provides-Extra: A_b\n", HEAD + "Provides-Extra: a-b\n"),
        (HEAD + "License-Expression: mit\n", HEAD + "License-Expression: MIT\n"),
        (HEAD + "License-File: a\\b\n", HEAD + "License-File: a/b\n"),
        (HEAD + "Requires-Python: >=3.6.*\n", HEAD + "Requires-Python: >=3.6\n"),
        (HEAD + "Requires-Dist: zope (3.1)\n", HEAD + "Requires-Dist: zope (==3.1)\n"),
        (
            head("1.2") + "Requires-Dist: zope (3.1)\n",
            head("1.2") + "Requires-Dist: zope (==3.1.*)\n",
        ),
        (HEAD + "Requires-Python: >=3.\n", HEAD + "Requires-Python: >=3\n"),
        (HEAD + "Requires-Dist: y[a >=1\n", HEAD + "Requires-Dist: y[a] >=1\n"),
        (HEAD + "Requires-Dist: y\n  (>=1\n", HEAD + "Requires-Dist: y\n  (>=1)\n"),
        (HEAD + "Requires-Dist: y; 'd' in extras\n", HEAD + "Requires-Dist: y; extra == 'd'\n"),
        (HEAD + "Keywords: a b\n", HEAD + "Keywords: a,b\n"),
        (HEAD + "Project-URL: D, x.org\n", HEAD + "Project-URL: D, https://x.org\n"),
        ("\ufeff" + HEAD, HEAD),
    ],
)
def test_fixes_work(text: str, fixed: str) -> None:
    """Carrying out the fix of a finding gives what it promises."""
    fixes = [finding.fix for finding in read(text).findings() if finding.fix]
    assert fixed in [apply_fix(text, fix) for fix in fixes]


@pytest.mark.usefixtures("processes")
def test_same_under_any_hash_seed() -> None:
    """Findings and their order do not depend on the hash seed."""
    script = (
        "import sys\n"
        "from trigpoint.metadata import read, convert, diff\n"
        "document = read(sys.stdin.buffer.read())\n"
        "print([found.to_json() for found in document.findings()])\n"
        "print(convert(document, '3.0', force=True).to_json())\n"
        "print([found.to_json() for found in diff(document, read('Name: x'))])\n"
    )
    text = "".join(text[len(HEAD) :] for _, text, _ in FIELDS if text.startswith(HEAD))
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=(HEAD + text).encode("utf-8", "replace"),
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("text/markdown;charset=utf-8", None),
        ("text/markdown; charset=UTF8", None),
        ('text/markdown; charset="utf-8"; variant=CommonMark', None),
        ("TEXT/X-RST", None),
        ("text/plain; variant=x", None),
        ("text/markdown;charset=latin-1", "never latin-1"),
        ("text/markdown;variant=gfm", "no variant of Markdown"),
        ("text/html", "'text/html' is not known"),
        ("text/markdown; charset", "charset has no value"),
        ("markdown", "'markdown' is not known"),
    ],
)
def test_content_types(value: str, problem: str | None) -> None:
    """Types and parameters are read in any spelling; each problem is told once."""
    text = f"Metadata-Version: 2.1\nName: x\nVersion: 1\nDescription-Content-Type: {value}\n"
    found = [finding.message for finding in read(text).findings()]
    assert (problem is not None) == len(found)
    assert problem is None or problem in found[0]


def test_requires_dist_after_a_continuation() -> None:
    """A requirement behind a folded field is read, at its own place."""
    text = (
        "Metadata-Version: 2.1\nName: x\nVersion: 1\nLicense: a\n        b\n"
        "Requires-Dist: y >>1\nRequires-Dist: z;\n os_nam == 'nt'\n"
    )
    found = [
        (each.code, each.span and each.span.line, each.span and each.span.column)
        for each in read(text).findings()
    ]
    assert ("metadata-requirement", 6, 18) == found[0] or ("metadata-requirement", 6, 17) == found[
        0
    ]
    assert ("marker-unknown-variable", 8, 2) in found
    assert ["y >>1", "z; os_nam == 'nt'"] == read(text)["Requires-Dist"]


@pytest.mark.parametrize("dynamic", [True, False])
@pytest.mark.parametrize("version", ["2.3", "2.4"])
def test_equality_is_that_of_bytes(version: str, dynamic: bool) -> None:
    """Documents are equal where their bytes are, and have the same hash then."""
    text = f"Metadata-Version: {version}\n" + "Dynamic: license\n" * dynamic
    assert read(text) == read(text.encode())
    assert hash(read(text)) == hash(read(text.encode()))
    assert read(text) != read(text + "\n")
    assert read(text) != text


def codes_of(text: str) -> list[str]:
    return [finding.code for finding in read(text).findings(next_major=True)]


NEXT = "Metadata-Version: 3.0\nName: x\nVersion: 1\n"


def test_the_next_major_has_no_deprecated_fields() -> None:
    """What 3.0 removes is not deprecated there; in 2.6 it is, from the version that says so."""
    field = "Home-page: https://x.org\n"
    assert "metadata-deprecated-field" not in codes_of(NEXT + field)
    assert "metadata-deprecated-field" in codes_of(NEXT.replace("3.0", "1.2") + field)
    assert "metadata-deprecated-field" not in codes_of(NEXT.replace("3.0", "1.1") + field)


def test_only_people_may_repeat_in_the_next_major() -> None:
    """3.0 has one person a field; other single fields stay single."""
    assert "metadata-duplicate" not in codes_of(NEXT + "Author: a\nAuthor: b\n")
    assert "metadata-duplicate" not in codes_of(NEXT + "Maintainer: a\nMaintainer: b\n")
    assert "metadata-duplicate" in codes_of(NEXT + "Summary: a\nSummary: b\n")
    assert "metadata-duplicate" in codes_of(NEXT.replace("3.0", "2.6") + "Author: a\nAuthor: b\n")


@pytest.mark.parametrize(
    ("stated", "rules"),
    [
        ("1.0", "1.0"),
        ("2.0", "2.1"),
        ("2.6", "2.6"),
        ("2.9", "2.6"),
        ("3.0", "3.0"),
        ("3.1", "3.0"),
        ("4.0", "2.6"),
        ("x", "2.6"),
        ("0.9", "1.0"),
        ("1.5", "2.1"),
    ],
)
def test_rules_that_apply(stated: str, rules: str) -> None:
    """A document is read by its own rules, or by the nearest that are known."""
    assert rules == rules_of(read(f"Metadata-Version: {stated}\n"))
    assert "2.6" == rules_of(read("Name: x\n"))


def test_empty_import_names_do_not_clash_with_each_other() -> None:
    """An empty name and an empty namespace are no shared name; the first denies the second."""
    text = NEXT.replace("3.0", "2.5") + "Import-Name:\nImport-Namespace:\n"
    found = [each for each in read(text).findings() if each.code == "metadata-import-clash"]
    assert ["an empty Import-Name says"] == [each.message[:25] for each in found]


@pytest.mark.parametrize("field", ["", "-email"])
def test_an_empty_maintainer_is_no_second_author(field: str) -> None:
    """Maintainer is told as left out where it repeats the author, not where both are empty."""
    text = NEXT.replace("3.0", "2.1")
    same = text + f"Author{field}: a@x.org\nMaintainer{field}: a@x.org\n"
    empty = text + f"Author{field}:\nMaintainer{field}:\n"
    assert "metadata-maintainer" in codes_of(same)
    assert "metadata-maintainer" not in codes_of(empty)


@pytest.mark.parametrize(
    ("path", "told"),
    [("my texts/a..txt", False), ("my texts/../a", True), ("..", True), ("a b", False)],
)
def test_two_dots_leave_a_directory_only_as_a_part(path: str, told: bool) -> None:
    """Two dots inside a name are part of it."""
    text = NEXT.replace("3.0", "2.4") + f"License-File: {path}\n"
    assert told == ("metadata-license-file" in codes_of(text))


def messages(source: str | bytes, code: str) -> list[str]:
    return [each.message for each in read(source).findings() if each.code == code]


def test_odd_bytes_are_told_once_a_line_with_their_part() -> None:
    """Several bytes of a line are one finding; behind the headers is the description."""
    head = NEXT.encode() + b"Author: \xe9\xe9\n"
    (found,) = messages(head, "metadata-encoding")
    assert "byte 0xE9 in the headers" in found
    assert ["headers", "description"] == [
        each.partition(" in the ")[2].split()[0]
        for each in messages(head + b"\xff is no field\n", "metadata-encoding")
    ]


def test_mixed_line_ends_are_told_where_they_are_mixed() -> None:
    """CR LF alone is told as that, beside LF as both."""
    text = NEXT.replace("\n", "\r\n")
    (all_alike,) = messages(text, "metadata-crlf")
    (mixed,) = messages(text + "Summary: x\n", "metadata-crlf")
    assert [False, True] == ["and others in LF" in each for each in (all_alike, mixed)]


@pytest.mark.parametrize(
    ("behind", "fix"),
    [
        ("more junk\n", "put a blank line before the description"),
        ("Summary: x\n", "delete this line, or fold it with blanks at its start"),
    ],
)
def test_a_junk_line_may_begin_a_description(behind: str, fix: str) -> None:
    """What to do about a line that ends the headers depends on whether fields follow."""
    found = read(NEXT + "junk\n" + behind).findings(next_major=True)
    fixes = [each.fix for each in found if each.code == "metadata-junk-line"]
    assert [fix] == [each and each.message for each in fixes]


@pytest.mark.parametrize(
    "line",
    [
        "Project-URL: a, https://x",
        "Project-URL: a, http://x",
        "Project-URL: a, git+ssh://x/y",
        "Classifier: A :: B ; x",
        f"Project-URL: {'x' * 32}, https://x",
        "Keywords: one",
        "Keywords: a, b",
        "License-Expression: MIT  OR  Zlib",
        "License-File: a/b..c",
        "License-File: a b.txt",
        "Author-email: A <a@x.org>, b@x.org",
        "Dynamic: summary",
        "Description-Content-Type: text/markdown;charset=utf-8",
        "Description-Content-Type: text/x-rst; variant=any",
        "Classifier: Framework :: Django",
        "Classifier: Private :: Do Not Upload",
    ],
)
def test_what_is_as_it_should_be(line: str) -> None:
    """Values that look odd and are fine, at the edge of what is told."""
    text = f"{HEAD}{line}\n"
    assert [] == [each.message for each in read(text).findings()]


def test_findings_are_the_readers_own() -> None:
    """They are found out once for each question, and changing the list changes no other one."""
    document = read("Metadata-Version: 2.6\nName: x\nVersion: 1\n")
    first = document.findings("2.1")
    assert ["metadata-version-minor"] == [each.code for each in first]
    first.clear()
    assert ["metadata-version-minor"] == [each.code for each in document.findings("2.1")]
    assert [] == document.findings("2.6")
    with pytest.raises(ValueError, match="kind"):
        document.findings(kind="egg")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Name: x\njunk\n", ["metadata-junk-line"]),
        ("\ufeffName: x\n", ["metadata-bom"]),
        ("Name: x\r\nVersoin: 1\n", ["metadata-crlf"]),
    ],
)
def test_structural_findings_are_some_of_all(text: str, codes: list[str]) -> None:
    """What the lines decide is told alone as it is among all findings."""
    found = structural(read(text))
    every = read(text).findings()
    assert codes == [each.code for each in found]
    assert found == [each for each in every if each in found]


def test_a_table_has_no_structure_but_its_own_findings() -> None:
    """What was noticed in the other text is told."""
    found = structural(from_project_table("project = 1"))
    assert ["metadata-project-missing"] == [each.code for each in found]
