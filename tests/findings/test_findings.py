"""Findings: places, fixes, the catalogue and how they look in a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint import catalogue
from trigpoint.catalogue import RULES, SOURCES, Rule, report
from trigpoint.findings import (
    MOST_COLUMNS,
    Finding,
    Fix,
    Severity,
    TextIndex,
    apply_fix,
    in_text_order,
    render,
)

TEXTS = st.text(st.sampled_from("ab \n\r\té\U0001f600"), max_size=30)


@given(TEXTS, st.data())
def test_positions_agree_with_counting(text: str, data: st.DataObject) -> None:
    """Line and column are what one gets by walking the text."""
    offset = data.draw(st.integers(0, len(text)))
    before = re.split(r"\r\n|\r|\n", text[:offset])
    if text[offset - 1 : offset + 1] == "\r\n":
        return  # an offset inside a line end belongs to the line that it ends
    assert (len(before), len(before[-1]) + 1) == TextIndex(text).position(offset)


@given(TEXTS)
def test_lines_are_the_lines(text: str) -> None:
    """Every line can be asked for, without its end."""
    index = TextIndex(text)
    lines = re.split(r"\r\n|\r|\n", text)
    assert lines == [index.line(number) for number in range(1, len(lines) + 1)]


def test_moved_finding_points_at_the_same_text() -> None:
    """A finding on a part of a text is carried over to the whole."""
    part, whole = "bad value", "first\nsecond bad value"
    span = TextIndex(part).span(0, 3)
    finding = report("marker-syntax", "bad", span, Fix("write good", "good", span))
    moved = finding.moved(TextIndex(whole), whole.index(part))
    assert moved.span is not None
    assert moved.fix is not None
    assert (2, 8, "bad") == (
        moved.span.line,
        moved.span.column,
        whole[moved.span.start : moved.span.end],
    )
    assert "first\nsecond good value" == apply_fix(whole, moved.fix)


def test_order_is_by_place_then_severity() -> None:
    """Findings come in text order; those on the whole text come last."""
    index = TextIndex("abc")
    late = report("marker-syntax", "late", index.span(2, 3))
    early = report("marker-swapped", "early", index.span(0, 1))
    worse = report("marker-syntax", "worse", index.span(0, 1))
    whole = report("marker-empty", "whole")
    assert [worse, early, late, whole] == in_text_order([whole, late, early, worse])


def test_render_marks_wide_characters_in_place() -> None:
    """The mark stands under the place even after wide and combining characters."""
    text = "日本 e\u0301 x"
    span = TextIndex(text).span(6, 7)
    shown = render([report("marker-syntax", "here", span)], text, name="file")
    assert shown.splitlines()[1:] == [
        "  --> file:1:7",
        "  1 | 日本 e\u0301 x",
        "    | " + " " * 7 + "^",
    ]


def test_render_shows_no_control_characters() -> None:
    """Escape sequences in a text do not reach the terminal."""
    text = "a\x1b[0mb"
    shown = render([report("marker-syntax", "here", TextIndex(text).span(0, 1))], text)
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("char", "shown"),
    [
        ("\u202e", "\ufffd"),  # right-to-left override: would show a text that is not there
        ("\u2066", "\ufffd"),
        ("\u200b", "\ufffd"),
        ("\x07", "\ufffd"),
        ("\x7f", "\ufffd"),
        ("\u2028", "\ufffd"),
        ("\t", " "),
        ("é", "é"),
        ("日", "日"),
    ],
)
def test_render_replaces_what_moves_the_cursor(char: str, shown: str) -> None:
    """Bidirectional overrides and other unprintable characters take one column each."""
    text = f"a{char}b"
    rows = render([report("marker-syntax", "here", TextIndex(text).span(2, 3))], text).splitlines()
    assert f"  1 | a{shown}b" == rows[1]
    assert "    | " + " " * (3 if shown == "日" else 2) + "^" == rows[2]


def test_render_marks_to_the_end_of_the_first_line() -> None:
    """A span of several lines is marked where it begins; one without width by one mark."""
    text = "ab\ncd\nef"
    index = TextIndex(text)
    spans = [index.span(1, 7), index.span(3, 3), index.span(2, 3), index.span(6, 8)]
    rows = render([report("marker-syntax", "here", span) for span in spans], text).splitlines()
    marks = [row for row in rows if row.endswith("^")]
    assert ["    |  ^", "    | ^", "    |   ^", "    | ^^"] == marks
    assert ["  1 | ab", "  2 | cd", "  1 | ab", "  3 | ef"] == [row for row in rows if "| " in row][
        ::2
    ]


def test_render_says_the_fix_and_what_has_no_place() -> None:
    """A finding without place has no line; blocks are apart, gutters fit the line's number."""
    text = "\n" * 9 + "x"
    span = TextIndex(text).span(9, 10)
    fix = Fix("write y")
    shown = render(
        [report("marker-empty", "nothing"), report("marker-syntax", "x", span, fix)], text
    )
    assert [
        "error[marker-empty]: nothing",
        "",
        "error[marker-syntax]: x",
        "  10 | x",
        "     | ^",
        "  fix: write y",
    ] == shown.splitlines()


@pytest.mark.parametrize(
    ("size", "start", "shown", "column"),
    [
        (MOST_COLUMNS, 0, "", 0),
        (MOST_COLUMNS, MOST_COLUMNS - 1, "", MOST_COLUMNS - 1),
        (MOST_COLUMNS + 1, 0, ">", 0),
        (MOST_COLUMNS + 1, MOST_COLUMNS, "<", MOST_COLUMNS + 2),
        (10 * MOST_COLUMNS, 5 * MOST_COLUMNS, "<>", MOST_COLUMNS // 2 + 3),
        (10 * MOST_COLUMNS, 10 * MOST_COLUMNS - 1, "<", MOST_COLUMNS + 2),
    ],
)
def test_render_shows_long_lines_in_part(size: int, start: int, shown: str, column: int) -> None:
    """Up to the bound a line is shown whole, beyond it the part around the mark."""
    text = "first\n" + "." * start + "!" + "." * (size - start - 1) + "\nlast"
    span = TextIndex(text).span(6 + start, 7 + start)
    _, row, mark = render([report("marker-syntax", "here", span)], text).splitlines()
    row, mark = row.removeprefix("  2 | "), mark.removeprefix("    | ")
    assert (column, "!") == (mark.index("^"), row[column])
    assert "^" == mark.strip()
    left, right = "..." * ("<" in shown), "..." * (">" in shown)
    around = row.removeprefix(left).removesuffix(right) if shown else row
    assert MOST_COLUMNS == len(around)
    assert len(row) == MOST_COLUMNS + len(left) + len(right)


@pytest.mark.repeats
def test_render_of_many_findings_on_one_line(peak: Callable[[Callable[[], object]], int]) -> None:
    """What is shown grows with the findings, not with the findings times the line."""

    def run(size: int) -> Callable[[], str]:
        text = "x" * size
        index = TextIndex(text)
        found = [report("marker-syntax", "here", index.span(i, i + 1)) for i in range(size)]
        return lambda: render(found, text)

    assert peak(run(4_000)) <= 5 * peak(run(1_000))


def test_places_of_lines() -> None:
    """The extent of a line leaves out its end, whichever of the three it is."""
    index = TextIndex("ab\r\nc\rd\n\n")
    assert [(0, 2), (4, 5), (6, 7), (8, 8), (9, 9)] == [index.extent(n) for n in range(1, 6)]
    assert ["ab", "c", "d", "", ""] == [index.line(n) for n in range(1, 6)]
    assert index.span(4, 5) == index.line_span(2)


def test_a_fix_in_words_changes_nothing() -> None:
    """Only a fix with a replacement and a place is carried out."""
    span = TextIndex("ab").span(0, 1)
    fixes = Fix("words"), Fix("words", "x"), Fix("words", None, span), Fix("do", "x", span)
    assert ["ab", "ab", "ab", "xb"] == [apply_fix("ab", fix) for fix in fixes]


def test_moved_finding_without_places() -> None:
    """What has no place keeps none when its text is put into another one."""
    finding = report("marker-empty", "nothing", None, Fix("write one"))
    assert finding == finding.moved(TextIndex("whole"), 3)


def test_source_does_not_count_in_equality() -> None:
    """Two findings that say the same of a place are equal, wherever the rule is written."""
    one = Finding("a-b", Severity.INFO, "x", source="here")
    assert one == Finding("a-b", Severity.INFO, "x", source="there")
    assert one != Finding("a-b", Severity.INFO, "y", source="here")


@pytest.mark.parametrize("place", [True, False])
@pytest.mark.parametrize("fix", [True, False])
def test_json_and_back(place: bool, fix: bool) -> None:
    """A finding that was written as JSON is read as it was, source included."""
    span = TextIndex("ab\nc").span(1, 4) if place else None
    finding = report("marker-empty", "nothing", span, Fix("write", "x", span) if fix else None)
    again = Finding.from_json(finding.to_json())
    assert (finding, finding.source) == (again, again.source)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_catalogue_entries_are_complete(rule: Rule) -> None:
    """Each code is lower case with its topic in front, has words and a source."""
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.code)
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.source in SOURCES


@pytest.mark.repeats
@pytest.mark.parametrize("code", RULES)
def test_every_code_is_reported_somewhere(code: str) -> None:
    """The catalogue holds nothing that no part of the library says."""
    package = Path(catalogue.__file__).parent
    texts = [path.read_text("utf-8") for path in package.rglob("*.py")]
    # Of the catalogue itself, what follows the table.
    table = Path(catalogue.__file__).read_text("utf-8")
    texts[texts.index(table)] = table.partition("\nRULES: ")[2]
    assert any(f'"{code}"' in text for text in texts)


def test_findings_come_from_the_catalogue() -> None:
    """An unlisted code cannot be reported."""
    with pytest.raises(KeyError):
        report("no-such-code", "never")


def test_json_has_every_field() -> None:
    """The JSON form names the severity by its value and holds the span's six numbers."""
    span = TextIndex("ab").span(0, 1)
    finding = Finding("marker-syntax", Severity.ERROR, "bad", span, Fix("write x", "x", span), "s")
    numbers = {"line": 1, "column": 1, "end_line": 1, "end_column": 2, "start": 0, "end": 1}
    assert finding.to_json() == {
        "code": "marker-syntax",
        "severity": "error",
        "message": "bad",
        "span": numbers,
        "fix": {"message": "write x", "replacement": "x", "span": numbers},
        "source": "s",
    }


def test_what_says_the_same_is_of_another_part() -> None:
    """A rule that is silent where another one speaks names one that there is."""
    pairs = [(rule, code) for rule in RULES.values() for code in rule.said_by]
    assert pairs
    assert [] == [(rule.code, code) for rule, code in pairs if code not in RULES]
    assert [] == [rule.code for rule, code in pairs if rule.topic == RULES[code].topic]
