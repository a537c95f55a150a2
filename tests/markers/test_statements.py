"""Texts that people have, taken apart into markers and requirements."""

from __future__ import annotations

import pytest

from trigpoint.markers.statements import read_statements

CASES = [
    # the text, and of each statement: the requirement, its own text, the marker, the codes
    ("# x\n\n", []),
    ("pkg @ https://x/a'b'", [("pkg @ https://x/a'b'", "pkg @ https://x/a'b'", None, [])]),
    ('pkg @ https://x/"b"', [('pkg @ https://x/"b"', 'pkg @ https://x/"b"', None, [])]),
    ("foo == 'x'", [("", "foo == 'x'", None, ["marker-unknown-variable"])]),
    ('foo == "x"', [("", 'foo == "x"', None, ["marker-unknown-variable"])]),
    ("os_name", [("", "os_name", None, ["marker-missing-operator"])]),
    ("os.name == 'a'", [("", "os.name == 'a'", 'os_name == "a"', ["marker-legacy-name"])]),
    ("(os_name == 'a')", [("", "(os_name == 'a')", 'os_name == "a"', [])]),
    ("os_names", [("os_names", "os_names", None, [])]),
    ("Requires-Dist: a; os_name == 'b'", [("a", " a; os_name == 'b'", 'os_name == "b"', [])]),
    ("provides-dist : a", [("a", " a", None, [])]),
    ("a # c", [("a", "a", None, [])]),
    ("a; os_name == ' #b'", [("a", "a; os_name == ' #b'", 'os_name == " #b"', [])]),
    ("a; os_name == 'b' # c", [("a", "a; os_name == 'b'", 'os_name == "b"', [])]),
    (
        "dependencies = [\n  \"a>=1; os_name == 'b'\",\n  'c',\n]",
        [("a>=1", "a>=1; os_name == 'b'", 'os_name == "b"', []), ("c", "c", None, [])],
    ),
    (
        "os_name == 'a' and\r\nos_name == 'b'",
        [("", "os_name == 'a' and\r\nos_name == 'b'", 'os_name == "a" and os_name == "b"', [])],
    ),
    (
        "os_name == 'a'\n  or os_name == 'b'\nc",
        [
            ("", "os_name == 'a'\n  or os_name == 'b'", 'os_name == "a" or os_name == "b"', []),
            ("c", "c", None, []),
        ],
    ),
    (
        "(os_name == 'a'\n)",
        [("", "(os_name == 'a'\n)", 'os_name == "a"', [])],
    ),
    (
        "os_name == 'a' \\\n or os_name == 'b'",
        [("", "os_name == 'a' \\\n or os_name == 'b'", 'os_name == "a" or os_name == "b"', [])],
    ),
    ("a and\n\nb", [("a and", "a and", None, ["requirement-syntax"]), ("b", "b", None, [])]),
    ("Requires-Dist: a\nRequires-Dist: and", [("a", " a", None, []), ("and", " and", None, [])]),
    ("a;", [("a", "a;", None, ["marker-empty"])]),
    ("; os_name == 'a'", [("", "; os_name == 'a'", None, ["marker-semicolon"])]),
    ("a b c", [("a b c", "a b c", None, ["requirement-syntax"])]),
    ("a;\t os_name == 'b' ", [("a", "a;\t os_name == 'b' ", 'os_name == "b"', [])]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_statements(text: str, expected: list[tuple[str, str, str | None, list[str]]]) -> None:
    """Comments, headers, quoted items and line ends go; every statement keeps its place."""
    assert expected == [
        (
            each.requirement,
            text[each.start : each.end],
            None if each.marker is None else str(each.marker),
            [finding.code for finding in each.findings],
        )
        for each in read_statements(text)
    ]


def test_places_are_in_the_whole_text() -> None:
    """Findings of requirement and marker point at what they are about."""
    text = "# one\n  a b ; os_nam == 'x'\n'c; os_name = 1'\n"
    marked = [
        (finding.code, text[finding.span.start : finding.span.end])
        for each in read_statements(text)
        for finding in each.findings
        if finding.span is not None
    ]
    assert [
        ("requirement-syntax", "a b"),
        ("marker-unknown-variable", "os_nam"),
        ("marker-operator", "="),
        ("marker-unquoted", "1"),
    ] == marked
    starts = [text[each.marker_start :].partition("\n")[0] for each in read_statements(text)]
    assert ["os_nam == 'x'", "os_name = 1'"] == starts


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("os_name == sys_platform", True),
        ("'a' == 'b'", True),
        ("os_name ~= 'x'", True),
        ("python_version > '" + "9" * 1000 + "'", True),
        ("os_name < 'a'", True),
        ("os_name = 'a'", False),
        ("a b", False),
    ],
)
def test_what_is_odd_can_be_read(text: str, valid: bool) -> None:
    """A finding on what a marker means does not make it unreadable."""
    (statement,) = read_statements(text)
    assert statement.findings
    assert valid is statement.valid
