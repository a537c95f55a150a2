"""The pieces of results and forms: escaped, named, and of bounded length."""

from __future__ import annotations

import pytest

from trigpoint.findings import Finding, Fix, Severity, Span
from trigpoint.kept import SHORT
from trigpoint.labs import controls, parts
from trigpoint.labs.base import MOST_FINDINGS, Example, has_errors
from trigpoint.labs.markup import Markup, element

SOURCE = "https://example.org/rule"
PLACE = Span(2, 3, 2, 5, 10, 12)


def finding(
    severity: Severity = Severity.ERROR,
    message: str = "it is <wrong>",
    span: Span | None = None,
    fix: Fix | None = None,
    source: str = SOURCE,
) -> Finding:
    return Finding("topic-code", severity, message, span, fix, source)


def listed(*findings: Finding, **options: str) -> str:
    return str(parts.findings_list(findings, **options))


# -- findings -----------------------------------------------------------------------------


def test_no_findings_are_no_list() -> None:
    """An empty list would be spoken."""
    assert parts.findings_list([]) is None


@pytest.mark.parametrize(
    ("severity", "word"),
    [(Severity.ERROR, "Error"), (Severity.WARNING, "Warning"), (Severity.INFO, "Note")],
)
def test_a_finding_says_how_much_it_matters(severity: Severity, word: str) -> None:
    """By a word and a class, and its code leads to the rule."""
    html = listed(finding(severity))
    assert f'<strong class="tp-severity">{word}</strong>' in html
    assert f'class="tp-finding tp-{severity.value}"' in html
    assert f'<a class="tp-code" href="{SOURCE}">topic-code</a>' in html
    assert '<span class="tp-message">it is &lt;wrong&gt;.</span>' in html


def test_a_place_is_said_and_marked() -> None:
    """A finding with a place says line and column; one without says none."""
    html = listed(finding(span=PLACE))
    assert 'data-span="10:12"' in html
    assert "Line 2, column 3." in html
    assert "data-span" not in listed(finding())
    assert "tp-place" not in listed(finding())


def test_a_fix_that_a_button_can_carry_out_has_one() -> None:
    """Words alone get no button."""
    mechanical = listed(finding(fix=Fix("write x", "x", PLACE)))
    assert "Write x." in mechanical
    assert (
        'data-fix="{&quot;start&quot;: 10, &quot;end&quot;: 12, &quot;replacement&quot;: '
        '&quot;x&quot;}"'
    ) in mechanical
    for fix in (Fix("write x"), Fix("write x", "x"), Fix("write x", None, PLACE)):
        words = listed(finding(fix=fix))
        assert "Write x." in words
        assert "button" not in words
    assert "tp-fix" not in listed(finding())


def test_findings_of_another_source_are_not_taken_for_the_same() -> None:
    """Findings are equal whatever their source; what is shown of them is not."""
    first, second = finding(), finding(source="https://example.org/other")
    assert first == second
    assert "example.org/rule" in listed(first)
    assert "example.org/other" in listed(second)


def test_long_messages_are_shown_whole() -> None:
    """What is remembered is short; what is shown is not cut."""
    message = "x" * 5000
    assert message in listed(finding(message=message))


@pytest.mark.parametrize("more", [0, 1])
def test_messages_are_remembered_by_their_letters(more: int) -> None:
    """What is kept for the next keystroke is bounded in letters, not in entries alone."""
    parts._said.cache_clear()
    listed(finding(message="y" * (SHORT + more)))
    assert 1 - more == parts._said.cache_info().currsize
    assert (SHORT + 1) * more == parts._said.held.letters


def test_a_list_can_be_of_another_kind() -> None:
    """Such a list stays in the result while the lab is live."""
    html = listed(finding(), kind="tp-report", label="What is lost")
    assert html.startswith('<ul class="tp-report" aria-label="What is lost">')
    assert listed(finding()).startswith('<ul class="tp-findings" aria-label="Findings">')


@pytest.mark.parametrize(("number", "left"), [(0, ""), (1, "1 more."), (7, "7 more.")])
def test_long_lists_say_how_much_they_leave_out(number: int, left: str) -> None:
    """At the bound all are shown, above it the rest is counted."""
    html = listed(*[finding(message=f"m{i}") for i in range(MOST_FINDINGS + number)])
    assert MOST_FINDINGS == html.count("tp-finding ")
    assert left == html.removesuffix("</li></ul>").rpartition(">")[2] or not left
    assert bool(left) is ("more." in html)


def test_errors_are_told_from_the_rest() -> None:
    """A command fails after an error only."""
    assert has_errors([finding(Severity.INFO), finding(Severity.ERROR)])
    assert not has_errors([finding(Severity.INFO), finding(Severity.WARNING)])
    assert not has_errors([])


# -- other pieces -------------------------------------------------------------------------


def test_summary_stands_for_itself_unless_something_is_written_instead() -> None:
    """A script reads it in both cases."""
    assert '<p class="tp-summary" data-summary="a &amp; b">a &amp; b</p>' == str(
        parts.summary_line("a & b")
    )
    assert '<p class="tp-summary" data-summary="a">Write <code>b</code></p>' == str(
        parts.summary_line("a", "Write ", parts.code("b"))
    )


def test_facts_without_a_value_are_left_out() -> None:
    """And a list of nothing is none."""
    assert '<dl class="tp-facts"><dt>a</dt><dd>b</dd></dl>' == str(
        parts.facts([("a", "b"), ("c", None), ("d", "")])
    )
    assert parts.facts([("c", None)]) is None


def test_tables_have_heads_for_their_columns() -> None:
    """A screen reader says which column it is in."""
    row = element("tr", {}, element("td", {}, "1"))
    assert (
        '<table class="k"><thead><tr><th scope="col">A</th></tr></thead>'
        "<tbody><tr><td>1</td></tr></tbody></table>"
    ) == str(parts.table(["A"], [row], "k"))
    assert '<table class="tp-table">' in str(parts.table(["A"], [row]))


def test_lines_to_choose_know_the_chosen_one() -> None:
    """Each is a button that sets its number, and says whether it is on."""
    html = str(parts.lines_to_choose("marker", 1, [("a", "1 of 2", 0, 1), ("b<", "-", 2, 4)], ""))
    assert ["false", "true"] == [
        piece.partition('"')[0] for piece in html.split('aria-pressed="')[1:]
    ]
    assert '<li data-span="2:4">' in html
    assert 'data-set="{&quot;marker&quot;: 1}"' in html
    assert "<code>b&lt;</code>" in html
    assert "tp-hint" not in html
    assert '<p class="tp-hint">3 more.</p>' in str(parts.lines_to_choose("line", 0, [], "3 more."))


# -- controls -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        (
            controls.hidden("line", "3", "number"),
            '<input type="hidden" name="line" data-type="number" value="3">',
        ),
        (controls.hidden("a", ""), '<input type="hidden" name="a" value="">'),
        (
            controls.tick("force", "Do it", ticked=True),
            '<label class="tp-field"><input type="checkbox" name="force" checked> Do it</label>',
        ),
        (
            controls.tick("force", "Do it", ticked=False),
            '<label class="tp-field"><input type="checkbox" name="force"> Do it</label>',
        ),
        (
            controls.select("a", "A", {"x": "X", "y": "Y"}, "y"),
            (
                '<label class="tp-field">A <select name="a"><option value="x">X</option>'
                '<option value="y" selected>Y</option></select></label>'
            ),
        ),
        (
            controls.entry("a", "A", "v", "grey", "list"),
            (
                '<label class="tp-field">A <input name="a" type="text" value="v" placeholder="grey" '
                'data-type="list" spellcheck="false" autocapitalize="off"></label>'
            ),
        ),
        (
            controls.only_for("diff", "x"),
            '<div class="tp-options tp-live" data-for="diff">x</div>',
        ),
        (controls.options_row("x"), '<div class="tp-options tp-live">x</div>'),
        (controls.toolbar("x"), '<div class="tp-toolbar tp-live">x</div>'),
        (
            controls.menu("M", "x"),
            (
                '<details class="tp-menu tp-live"><summary>M</summary>'
                '<div class="tp-menu-body">x</div></details>'
            ),
        ),
        (
            controls.choices("p", "P", {"a": "A", "b": "B"}, ["b"]),
            (
                '<fieldset class="tp-choices"><legend>P</legend>'
                '<label><input type="checkbox" name="p" value="a"> A</label>'
                '<label><input type="checkbox" name="p" value="b" checked> B</label></fieldset>'
            ),
        ),
        (
            controls.tabs("m", "Mode", {"a": "A", "b": "B"}, "a"),
            (
                '<div class="tp-tabs" role="radiogroup" aria-label="Mode">'
                '<label class="tp-tab"><input type="radio" name="m" value="a" checked>'
                "<span>A</span></label>"
                '<label class="tp-tab"><input type="radio" name="m" value="b"><span>B</span></label>'
                "</div>"
            ),
        ),
    ],
)
def test_controls(control: Markup, expected: str) -> None:
    """Each control is named, labelled and filled in."""
    assert expected == str(control)


@pytest.mark.parametrize(("text", "rows"), [("", 2), ("a\nb", 2), ("a\nb\nc", 3), ("\n" * 9, 4)])
def test_texts_show_as_many_lines_as_they_have(text: str, rows: int) -> None:
    """Between the least and the most that fit; a first line end survives the browser."""
    editor = str(controls.editor("Text", text, ["and", "or"], rows=(2, 4)))
    box = str(controls.text_box("other", "Other", text, (2, 4), only="diff", placeholder="p"))
    kept = f"\n{text}" if text.startswith("\n") else text
    assert f'rows="{rows}" data-words="and or">{kept}</textarea>' in editor
    assert f'placeholder="p" rows="{rows}">{kept}</textarea>' in box
    assert '<div class="tp-options tp-other" data-for="diff">' in box
    assert "data-for" not in str(controls.text_box("a", "A", text, (1, 1)))


def test_examples_are_buttons_that_hold_their_request() -> None:
    """With a label and where they come from."""
    menu = str(controls.example_menu([Example("Label", "pkg 1.0", {"text": "a"})]))
    assert 'data-example="{&quot;text&quot;: &quot;a&quot;}"' in menu
    assert '<span class="tp-example-label">Label</span>' in menu
    assert '<span class="tp-example-source">pkg 1.0</span>' in menu


def test_names_break_behind_underscores_only() -> None:
    """A long variable is not cut in the middle of a word."""
    assert '<code class="tp-name">sys_<wbr>platform</code>' == str(parts.name_code("sys_platform"))
    assert '<code class="tp-name">extra</code>' == str(parts.name_code("extra"))
