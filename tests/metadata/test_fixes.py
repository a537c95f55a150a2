"""What a button does to METADATA: its fault is gone, and all other fields stay as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.findings import Finding, apply_fix
from trigpoint.metadata import read

from ..fixes import OF_READABLE_MARKERS, UNREADABLE, Change, check
from .test_findings import FIELDS, HEAD, READING, VERSION, head

_BLANKS = re.compile(r"[^\s,\ufeff]").findall

RESTORING = frozenset(
    {
        "metadata-bom",
        "metadata-leading-blank",
        "metadata-headers-cut",
        "metadata-junk-line",
        "metadata-blank-before-colon",
        "metadata-blank-fold",
        "metadata-lone-cr",
        "metadata-fused-field",
    }
)
"""Codes whose fix makes fields of what was none."""

ENDS = frozenset({"metadata-junk-line", "metadata-leading-blank", "metadata-bom"})


def fields(text: str, start: int, end: int) -> list[tuple[str, str]]:
    """Return the fields that a range does not touch, as they are written."""
    return [
        (header.name, header.written)
        for header in read(text).headers
        if header.value_end < start or header.start >= end
    ]


def keeps(change: Change) -> None:
    # A requirement that is split becomes two fields.
    split = change.finding.code == "metadata-requirement"
    restoring = change.finding.code in RESTORING or (
        split and "\n" in change.after[change.start : change.new_end]
    )
    # What goes on below the end of the headers is more of the last one.
    kept = fields(change.before, change.start - 2 * restoring, change.end)
    now = fields(change.after, change.start, change.new_end)
    old, new = read(change.before), read(change.after)
    if restoring:
        assert Counter(kept) <= Counter(now), change
        assert len(old.headers) <= len(new.headers), change
        # Not a word is deleted.
        letters = [Counter(_BLANKS(text)) for text in (change.before, change.after)]
        assert letters[0] <= letters[1], change
    else:
        assert kept == now, change
        assert [each.name for each in old.headers] == [each.name for each in new.headers] or (
            change.finding.code == "metadata-unknown-field"
        ), change
        if change.start < old.body_start:
            assert old.body == new.body, change


def revealed(change: Change, finding: Finding) -> bool:
    code = change.finding.code
    if code in RESTORING:
        # A field that is read now may have faults of its own; the headers end well.
        # A line further down may end them in its turn, as it did before.
        longer = len(read(change.after).headers) > len(read(change.before).headers)
        return finding.code != "metadata-missing" and (longer or finding.code not in ENDS)
    if finding.code in OF_READABLE_MARKERS or finding.code in (
        "metadata-extras-variable",
        "metadata-extra-variable",
    ):
        return code in UNREADABLE or not code.startswith("marker-")
    if code == "metadata-control-character" and finding.span:
        # It hid what is wrong with the rest of the value.
        return any(
            each.start <= change.start <= each.end and each.line <= finding.span.line
            for each in read(change.after).headers
        )
    # A name that is known now has a check, and a version that can be read has rules.
    version = read(change.before).fields("Metadata-Version")[:1]
    versioned = any(each.start <= change.start <= each.end for each in version)
    return versioned or code == "metadata-unknown-field"


def harmless(text: str, *, next_major: bool = False) -> set[str]:
    def findings(text: str) -> Sequence[Finding]:
        return read(text).findings(next_major=next_major)

    return check(text, findings, keeps, revealed, by_code=True)


TEXTS = [text for _, text, _ in [*READING, *VERSION, *FIELDS] if isinstance(text, str)]


@pytest.mark.parametrize("text", TEXTS)
def test_fixes_of_the_record_harm_nothing(text: str) -> None:
    """Each fix removes its finding, brings no error and keeps the other fields."""
    harmless(text)


REAL_VALUES = [
    "Requires-Dist: y>=1,<2; python_version < '3.8' and extra == 'x'",
    "Requires-Dist: y[a,b] (>=1.0) ; os_name == 'nt'",
    "Requires-Dist: y @ https://x.org/y.zip ; extra == 'x'",
    "Requires-Dist: y;\n os_name == 'nt'",
    "Requires-Dist: y (>=1.0z>=2); os_name == 'nt'",
    "Requires-Dist: y>=1.0 Dynamic: summary",
    "Requires-Python: >=3.6, <4",
    "Requires-Python: >=3.6.*",
    "Provides-Extra: x",
    "Provides-Extra: A_b",
    "Keywords: a,b c",
    "Summary: one\n  two",
    "Description: one\n        two\n\n        three",
    "License: MIT\n        as it is",
    "License-Expression: mit or apache-2.0",
    "License-File: a\\b/../c",
    "Classifier: Programming Language :: Python :: 3",
    "Classifier: License :: OSI Approved :: MIT License",
    "Author-email: Jos\xc3\xa9 <a@x.org>, b@x.org",
    "Author: Jos\xe9 \u2014 x",
    "Project-URL: Docs, x.org",
    "Home-page: www.x.org/a",
    "Dynamic: sumary",
    "Description-Content-Type: text/markdown; variant=gfm",
    "Import-Name: a.b ; privat",
    "Provides-Dist: old (1.0); os_name = 'nt'",
    "Obsoletes-Dist: old (>>1)",
    "Requires-External: make; os_name = 'x'",
    "Metadata-Version: 2.04",
    "Platform: UNKNOWN",
    "",
    "Some words",
    "   ",
]
PIECES = [
    *("\n", "\n\n", " ", "\t", ":", ";", ",", "'", '"', "(", ")", "[", "]", "=", ">=", "&&", "or"),
    *(
        "\r\n",
        "\r",
        "\0",
        "\x0b",
        "\u2028",
        "\xa0",
        "x",
        "1",
        ".*",
        "\ufeff",
        "\xc3\xa9",
        "Name: y",
    ),
    *("\nClassifier: A :: B\n", " Dynamic: summary", "extra", "!", "#", "-", "_", "UNKNOWN", "\n "),
]


def replaced(lines: list[str], places: list[tuple[int, int, str]], version: str) -> str:
    """Return a document of *lines* with a few stretches of it replaced."""
    text = head(version) + "".join(f"{line}\n" for line in lines)
    for place, length, piece in places:
        start = place % (len(text) + 1)
        text = text[:start] + piece + text[start + length :]
    return text


DOCUMENTS = st.builds(
    replaced,
    st.lists(st.sampled_from(REAL_VALUES), min_size=1, max_size=6, unique=True),
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 5), st.sampled_from([*PIECES, ""])),
        max_size=3,
    ),
    st.sampled_from(["1.1", "1.2", "2.1", "2.4", "2.5", "3.0"]),
)


@pytest.mark.parametrize(
    ("code", "lines", "fixed"),
    [
        # A line of blanks ends the headers where words follow, and goes among fields.
        ("metadata-blank-fold", "Platform: x\n  \nWords\n", "Platform: x\n\nWords\n"),
        ("metadata-blank-fold", "Platform: x\n  \nPlatform: y\n", "Platform: x\nPlatform: y\n"),
        ("metadata-blank-fold", "Platform: x\n  \n z\n", "Platform: x\n z\n"),
        ("metadata-blank-fold", "Platform: x\r\n  \r\n z\r\n", "Platform: x\r\n z\r\n"),
        (
            "metadata-blank-fold",
            "Platform: x\n  \nWords\nPlatform: y\n",
            "Platform: x\nWords\nPlatform: y\n",
        ),
        ("metadata-requires-python", "Requires-Python: ; os_name == 'nt'\n", None),
        (
            "metadata-requires-python",
            "Requires-Python: >=3; os_name == 'nt'\n",
            "Requires-Python: >=3\n",
        ),
        # What is put in at a fold stays in a line of the field.
        (
            "metadata-requirement",
            "Requires-Dist: y @ https://x.org\n os_name == 'nt'\n",
            "Requires-Dist: y @ https://x.org\n ; os_name == 'nt'\n",
        ),
        ("metadata-requirement", "Requires-Dist: y[a\n >=1\n", "Requires-Dist: y[a]\n >=1\n"),
        ("metadata-trailing-blank", "Provides-Extra: x \t\n", "Provides-Extra: x\n"),
        ("metadata-trailing-blank", "Provides-Extra: x\n y \n", "Provides-Extra: x\n y\n"),
        ("metadata-control-character", "Author: a\0b\x0bc\n", "Author: ab c\n"),
        ("metadata-control-character", "Author: \0\n", None),
        ("metadata-control-character", "Author: a\0\n b\0\n", None),
        ("metadata-control-character", "Author: a\0\n b\n", "Author: a\n b\n"),
        ("metadata-control-character", "\nText \0 and \0\n", "\nText  and \n"),
        ("metadata-lone-cr", "Author: a\rLicense: b\rX\r\n", "Author: a\nLicense: b\nX\r\n"),
        ("metadata-lone-cr", "Author: a\rLicense: b\r", "Author: a\nLicense: b\n"),
        (
            "metadata-requirement-parentheses",
            "Requires-Dist: y (  >=1 ) ; os_name == 'nt'\n",
            "Requires-Dist: y >=1 ; os_name == 'nt'\n",
        ),
        ("metadata-license-file", "License-File: a\\../b\n", None),
        ("metadata-license-file", "License-File: .\\a\n", "License-File: a\n"),
    ],
)
def test_what_a_button_writes(code: str, lines: str, fixed: str | None) -> None:
    """The whole text after the fix; None where it is words."""
    text = HEAD + lines
    fix = next(each.fix for each in read(text).findings() if each.code == code)
    assert fix is not None
    assert (None if fixed is None else HEAD + fixed) == (
        None if fix.replacement is None else apply_fix(text, fix)
    )


@given(DOCUMENTS, st.booleans())
def test_fixes_of_broken_documents_harm_nothing(text: str, next_major: bool) -> None:
    """The same, of any document made of fields that people write, broken anywhere."""
    harmless(text, next_major=next_major)
