"""Markers and requirements in any text: each with its place, and nothing of the text is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trigpoint.findings import TextIndex
from trigpoint.requirements import (
    Blank,
    Comment,
    Editable,
    Include,
    OptionLine,
    PathLine,
    RequirementLine,
    UrlLine,
    read_requirement,
    read_requirements_file,
)
from trigpoint.requirements.statements import Layout, MarkerLine, Statement, read_statements
from trigpoint.versions import MOST_DIGITS

TRIAL = Path(__file__).parents[1] / "data" / "trial"


def one(text: str) -> Statement:
    (statement,) = read_statements(text).statements
    return statement


# -- what a line is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "marker",
    [
        "os_name == 'nt'",
        "'nt' == os_name",
        "(os_name == 'nt')",
        "  os_name == 'nt'  ",
        "os_name",
        "python_version >= 3.8",
        "os.name == 'nt'",
        "python_verison > '3'",
        "nonsense == 'a'",
        'nonsense == "a"',
        '== "nt"',
        "nonsense == 'a' or os_name == 'nt'",
        "os_name == 'a;b'",
        "os_name == 'a -b'",
        "os_name == 'a #b'",
        "platform_version == 'https://x'",
        "nonsense == 'a/b'",
        "== 'nt'",
        "extra",
    ],
)
def test_markers_alone(marker: str) -> None:
    """A variable, a quotation mark or a parenthesis in front, or a value that no version is."""
    statement = one(marker)
    assert MarkerLine is type(statement.line)
    assert ("", marker.strip()) == (statement.requirement, statement.text)


@pytest.mark.parametrize(
    "requirement",
    [
        "foo",
        "foo>=1",
        "foo; os_name == 'nt'",
        "os_name == 'nt'; foo",
        "foo>='1.0'",
        "foo python_version < '3'",
        "foo @ https://x/y 'z'",
        "foo --config-settings 'a=b'",
        "python_version-tool>=1",
        ">=1",
        "@",
        "Summary: it's",
        "numpy^1.2",
        "or-tools>=1",
        "and.x",
    ],
)
def test_requirements(requirement: str) -> None:
    """All else is a requirement, and so is what only lacks a semicolon or has quotes too many."""
    statement = one(requirement)
    assert RequirementLine is type(statement.line)
    assert statement.parsed is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", []),
        (" \n", [Blank]),
        ("\xa0", [Blank]),
        ("'\xa0'", [RequirementLine]),
        ("# a", [Comment]),
        ("-r a.txt", [Include]),
        ("-e git+https://a/b", [Editable]),
        ("--index-url 'https://a'", [OptionLine]),
        ("./a.whl", [PathLine]),
        (".'a'", [PathLine]),
        ("https://a/b.whl", [UrlLine]),
        ("a = [\n]\n],", [Layout, Layout, Layout]),
        ("a = [  # why\n  ]  # so", [Layout, Layout]),
        ("'a'\n\"a>=1\",  # why", [RequirementLine, RequirementLine]),
        ("'os_name == \"nt\"',", [MarkerLine]),
        ("''", [RequirementLine]),
        ("'a' == \"b\"", [MarkerLine]),
        ("requires-dist : a", [RequirementLine]),
        ("Obsoletes-Dist: os_name == 'a'", [RequirementLine]),
        ("Provides-Dist: a", [RequirementLine]),
    ],
)
def test_lines(text: str, kind: list[type]) -> None:
    """What stands in requirement files, headers, and arrays."""
    assert kind == [type(line) for line in read_statements(text).lines]


def test_headers_and_items_have_no_options_and_comments() -> None:
    """Those are of requirement files; here they are a fault, at its place."""
    for text in ("Requires-Dist: a --pre", "'a --pre'", "Requires-Dist: a # b"):
        statement = one(text)
        assert not statement.valid
        assert statement.parsed is not None
        [expected] = read_requirement(text.partition(": ")[2] or text[1:-1]).findings
        [found] = statement.findings
        assert expected.message == found.message


# -- several lines ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a; os_name == 'x' and\n  extra == 'y'",
        "a; os_name == 'x'\n  and extra == 'y'",
        "a; (os_name == 'x' or\r\nextra == 'y'\r\n)",
        "a; (\nos_name == 'x'\n)",
        "os_name == 'x' or\nos_name == 'y' or\nos_name == 'z'\nand extra == 'a'",
        "Requires-Dist: a; os_name == 'x' and\n  extra == 'y'",
        "a; os_name \\\n == 'x'",
        "a; os_name == 'x' and \t\nextra == 'y'",
    ],
)
def test_a_marker_goes_on(text: str) -> None:
    """Where a line ends or begins with a word that joins, or a parenthesis."""
    statement = one(text)
    assert statement.valid
    assert () == statement.findings
    assert text[statement.start : statement.end] == text.removeprefix("Requires-Dist: ")


@pytest.mark.parametrize(
    "text",
    [
        "os_name == 'x'\nextra == 'y'",
        "a; os_name == 'x' and  # why\nextra == 'y'",
        "a; os_name == 'x' and\n\nextra == 'y'",
        "a; os_name == 'x'  # why\n  and extra == 'y'",
        "a; os_name == 'x'  # this and\nextra == 'y'",
        "a; os_name == 'x' and\n# b\nextra == 'y'",
        "a\nor-tools",
        "a\nand_more",
        "land\nb",
        "x-or\nb",
        "'a; os_name == \"x\" and',\nb",
        "a\n'and',",
        "a; os_name == 'x' and\nRequires-Dist: b",
    ],
)
def test_a_marker_does_not_go_on(text: str) -> None:
    """Names that only begin or end so, comments, blank lines, quotes and headers end it."""
    assert 2 == len(read_statements(text).statements)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("os_name == 'x'\n  and extra == 'y'", ["os_name == 'x'", "extra == 'y'"]),
        ("\n a; os_name \\\n== 'x' and\r\nextra == 'y'", ["os_name \\\n== 'x'", "extra == 'y'"]),
        ("https://a/b ;  os_name == 'x' and extra == 'y'", ["os_name == 'x'", "extra == 'y'"]),
        ("./b ;  os_name == 'x' and extra == 'y'", ["os_name == 'x'", "extra == 'y'"]),
        ('\'a; os_name == "x" and extra == "y"\',', ['os_name == "x"', 'extra == "y"']),
    ],
)
def test_parts_of_a_marker_have_their_places(text: str, rows: list[str]) -> None:
    """Across breaks, backslashes and quotes."""
    statement = one(text)
    assert statement.marker is not None
    parts = [part for _, part in statement.marker.explain({}, rules="spec").walk()][1:]
    assert rows == [text[slice(*statement.place(part.start, part.end))] for part in parts]


def test_a_comment_ends_a_marker_over_lines() -> None:
    """It is no part of the marker, and stays in the line."""
    statement = one("os_name == 'x' and\nextra == 'y'  # z")
    assert ("os_name == 'x' and extra == 'y'", "# z") == (statement.text, statement.line.comment)
    assert statement.valid


def test_an_empty_range_is_where_it_stands() -> None:
    """Right behind a break, a range of no letters does not end before it starts."""
    statement = one("os_name == \\\n'x'")
    assert (13, 13) == statement.place(11, 11)


# -- places and findings ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "requirement", "marker"),
    [
        ("a >= 1 ; os_name == 'x'  # c", "a >= 1", "os_name == 'x'"),
        ("  a;os_name == 'x' --hash=sha256:a", "a", "os_name == 'x'"),
        ("a @ https://x/y ; os_name == 'x' \\\n --hash=z", "a @ https://x/y", "os_name == 'x'"),
        ("a (os_name == 'x')", "a", "(os_name == 'x')"),
        ("./a.whl;os_name == 'x'", "./a.whl", "os_name == 'x'"),
        ("https://a/b.whl ; os_name == 'x'", "https://a/b.whl", "os_name == 'x'"),
        ("https://a/b.whl;x", "https://a/b.whl;x", ""),
        ("./a.whl ;", "./a.whl ;", ""),
        ("a", "a", ""),
        ("a;", "a", ""),
        ("a ; os_name", "a", "os_name"),
        ("os_name == 'x'", "", "os_name == 'x'"),
        (" 'a ; os_name == \"x\"',", "a", 'os_name == "x"'),
        ("Requires-Dist:  a ; os_name == 'x'", "a", "os_name == 'x'"),
    ],
)
def test_both_sides_have_their_places(text: str, requirement: str, marker: str) -> None:
    """What stands in front of the marker, and the marker, in the reader's own text."""
    statement = one(text)
    assert requirement == statement.requirement
    assert requirement == text[statement.start : statement.requirement_end]
    assert marker == text[statement.marker_start : statement.marker_end]
    assert bool(marker) is (statement.marker_end > statement.marker_start)


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("a>=1\\\n # why", "a>=1"),
        ("a>=1\\\n --hash=x", "a>=1"),
        ("a>=1 \\\n ; os_name == 'x'\\\n # why", "a>=1 \\\n ; os_name == 'x'"),
        ("os_name == 'x'\\\n # why", "os_name == 'x'"),
        ("a>=1\\\n,<2", "a>=1\\\n,<2"),
    ],
)
def test_a_statement_ends_before_the_break_behind_it(text: str, statement: str) -> None:
    """What follows on the next line is no part of it, and neither is the backslash."""
    found = one(text)
    assert statement == text[found.start : found.end]
    ends = {found.requirement_end, found.marker_end} - {0}
    assert all(text[end - 1] not in " \\\n" for end in ends)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a", True),
        ("a; os_name > 'x'", True),
        ("a; os_name = 'x'", False),
        ("a;", False),
        ("a[", False),
        ("os_name == 'x'", True),
        ("os_name = 'x'", False),
        ("./a ; os_name == 'x'", True),
        ("./a ; os_name = 'x'", False),
        ("https://a ; os_name = 'x'", False),
        ("https://a", True),
        ("a @ https://b;os_name=='x'", True),
    ],
)
def test_valid_is_what_can_be_read(text: str, valid: bool) -> None:
    """Findings on what a marker means leave it readable."""
    assert valid is one(text).valid


@pytest.mark.parametrize("name", ["M25.txt", "M26.txt", "M28.txt"])
def test_requirement_files_are_read_as_such(name: str) -> None:
    """The same lines and findings as the reader of requirement files gives, to the letter."""
    text = (TRIAL / name).read_text("utf-8")
    expected, found = read_requirements_file(text), read_statements(text)
    assert expected.lines == found.lines
    assert expected.findings == found.findings


def test_who_asked_for_it_is_known_here_too() -> None:
    """As in requirement files."""
    line = one("a\n    # via b\n").line
    assert isinstance(line, RequirementLine)
    assert ("b",) == line.via


def test_what_an_item_is_quoted_with_is_known() -> None:
    """So that another marker can be put in its place."""
    assert ["'", '"', ""] == [each.quote for each in read_statements("'a',\n\"b\"\nc").statements]


def test_findings_of_all_lines_are_in_text_order() -> None:
    """Each on its own line."""
    found = read_statements("a=>1\nos_name = 'x'\n'b[',\nRequires-Dist: c^1\n")
    assert [1, 2, 3, 4] == [finding.span.line for finding in found.findings if finding.span]


@pytest.mark.parametrize("requirement", ["x >= {}", "x ~= 1.{}", "x == {}.*", "x >= 1, < {}"])
def test_long_numbers(requirement: str) -> None:
    """A requirement with a long number has a finding, as one that cannot be read."""
    found = read_statements(requirement.format("9" * (MOST_DIGITS + 1)))
    assert ["requirement-syntax"] == [finding.code for finding in found.findings]
    assert () == read_statements(requirement.format("9" * MOST_DIGITS)).findings


PIECES = st.sampled_from(
    [
        *("a", "a>=1", ";", "os_name == 'x'", " and ", " or ", "(", ")", "#", " # b", "'", '"'),
        *(",", "[", "]", "x = [", "--pre", "-r b", "--hash=sha256:0", "https://a/b", "./c"),
        *("Requires-Dist:", "@", "${A}", " ", "\t", "\n", "\r\n", "\r", "\\", "\\\n"),
        *("\ufeff", "\xa0", "\ud800", "\x0c", "\u2028"),
    ]
)


@example("'\\\n'")
@example("a;\xa0")
@example("a;\xa0 os_name == 'nt'\xa0")
@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40))
def test_nothing_is_lost(text: str) -> None:
    """The lines joined are the text, and every place is in it, in order."""
    found = read_statements(text)
    assert text == "".join(line.text for line in found.lines)
    index = TextIndex(text)
    for finding in found.findings:
        assert finding.span is not None
        assert index.span(finding.span.start, finding.span.end) == finding.span
    at = 0
    for statement in found.statements:
        assert at <= statement.start <= statement.requirement_end
        if not statement.requirement:
            assert statement.start == statement.requirement_end
        assert statement.requirement_end <= statement.marker_start <= statement.marker_end
        assert statement.marker_end <= statement.end <= len(text)
        assert statement.valid or statement.findings
        at = statement.end


@given(st.lists(st.sampled_from(["a>=1", "b=>1", "c; os_name = 'x'", "d  # e", "-r f", "", "# g"])))
def test_lines_do_not_change_each_other(lines: list[str]) -> None:
    """Each is read as it would be alone."""
    together = read_statements("\n".join(lines))
    alone = [read_statements(line) for line in lines]
    assert [each.text for one in alone for each in one.statements] == [
        each.text for each in together.statements
    ]
    assert [each.message for one in alone for each in one.findings] == [
        each.message for each in together.findings
    ]


LINES = [
    "a>=1",
    "b=>1",
    "c; os_name = 'x'",
    "os_name == 'nt' and",
    "  extra == 'x'",
    "(os_name == 'nt'",
    "    # via d",
    "    #   e",
    "f ; python_version < '3'  # why",
    "'g', ",
    "dependencies = [",
    "h --hash=sha256:0 --nonsense",
    "https://example.org/i.whl; os_name = 'x'",
    "./j.whl ;",
    "Requires-Dist: k (>1",
    "l \\",
    "-r m.txt",
    "",
    "\ufeffn>=1",
]
TEXTS = st.lists(
    st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\r\n", "\r", "", "\n\n"]))
)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_a_reading_before_changes_nothing(
    first: list[tuple[str, str]],
    old: list[tuple[str, str]],
    new: list[tuple[str, str]],
    last: list[tuple[str, str]],
) -> None:
    """What is read with the text before a change is what is read without it, to each place."""

    def text(*parts: list[tuple[str, str]]) -> str:
        return "".join(f"{line}{end}" for part in parts for line, end in part)

    after = text(first, new, last)
    expected = read_statements(after)
    actual = read_statements(after, read_statements(text(first, old, last)))
    assert expected == actual
    for one_read, other in zip(expected.statements, actual.statements, strict=True):
        assert one_read._joined == other._joined
        assert one_read._marker_at == other._marker_at
        assert type(one_read.line) is type(other.line)


def test_a_line_that_stays_is_not_read_again() -> None:
    """A key in one line leaves the lines before it as they are, and moves those behind it."""
    before = read_statements("a>=1\nb\nc>=3; os_name == 'nt'\n")
    after = read_statements("a>=1\nbb\nc>=3; os_name == 'nt'\n", before)
    assert before.statements[0] is after.statements[0]
    assert before.statements[1].parsed is not after.statements[1].parsed
    assert before.statements[2].parsed is after.statements[2].parsed
    assert (7, 8) == (before.statements[2].start, after.statements[2].start)


def test_a_line_that_moves_takes_everything_along() -> None:
    """Its options and what is wrong with it stand one letter further, like the line itself."""
    before = read_statements("a\nh --hash=sha256:0 --nonsense\n")
    after = read_statements("aa\nh --hash=sha256:0 --nonsense\n", before)
    assert before.statements[1].parsed is after.statements[1].parsed
    places = []
    for reading in (before, after):
        line = reading.statements[1].line
        (option,) = line.options
        starts = [each.span.start for each in reading.findings if each.span is not None]
        places.append((line.start, option.start, option.end, *starts))
    assert [(2, 4, 19, 4, 20), (3, 5, 20, 5, 21)] == places


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("not sys_platform == 'win32'", True),
        ("not (sys_platform == 'win32')", True),
        ("3.8 <= python_version < 3.11", True),
        ("not>=1", False),
        ("not; os_name == 'nt'", False),
        ("3.8>=1", False),
    ],
)
def test_python_is_read_as_a_marker(text: str, marker: bool) -> None:
    """What is written as in Python, with a variable of markers, is no project called not or 3.8."""
    (statement,) = read_statements(text).statements
    assert marker is isinstance(statement.line, MarkerLine)
