"""Findings: places, fixes, the catalogue and how they look in a terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint import catalogue
from trigpoint.catalogue import RULES, SOURCES, report
from trigpoint.findings import Finding, Fix, Severity, TextIndex, apply_fix, in_text_order, render

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


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_catalogue_entries_are_complete(rule) -> None:
    """Each code is lower case with its topic in front, has words and a source."""
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.code)
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.source in SOURCES


@pytest.mark.parametrize("code", RULES)
def test_every_code_is_reported_somewhere(code: str) -> None:
    """The catalogue holds nothing that no part of the library says."""
    package = Path(catalogue.__file__).parent
    sources = (path for path in package.rglob("*.py") if path.name != "catalogue.py")
    assert any(f'"{code}"' in path.read_text("utf-8") for path in sources)


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
