"""What a button does to a marker: its fault is gone, nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trigpoint.findings import Fix, apply_fix
from trigpoint.markers import Marker
from trigpoint.markers.reading.diagnose import MOST_READ_AGAIN, MOST_TRIED
from trigpoint.markers.reading.grammar import MOST_LEVELS

from ..fixes import OF_READABLE_MARKERS, Change, check, marker_findings, same_marker_but
from .test_told import texts

REAL = [
    line
    for line in (Path(__file__).parents[1] / "data" / "markers.txt").read_text("utf-8").split("\n")
    if line and len(line) < 300
]
PIECES = [
    *("'", '"', "(", ")", " ", "and", " or ", "&&", "|", ";", "==", "!=", "<", "~=", "=", "not"),
    *("in", "1", "3.8", "nt", "os_name", "extra", "python_version", ",", "x", "é", "“", "\\", "#"),
    *("!", "'3.8'", "extras", "\n", "\N{NO-BREAK SPACE}", "≥", "-", "*", "ge", "is", "!= not"),
]

EQUIVALENT = frozenset({"marker-legacy-name", "marker-extra-name"})
"""Codes whose fix is another spelling of the same."""


def replaced(text: str, places: list[tuple[int, int, str]]) -> str:
    """Return *text* with a few stretches of it replaced."""
    for place, length, piece in places:
        start = place % (len(text) + 1)
        text = text[:start] + piece + text[start + length :]
    return text


MUTATED = st.builds(
    replaced,
    st.sampled_from([*REAL, *texts()]),
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 4), st.sampled_from([*PIECES, ""])),
        max_size=3,
    ),
)


def keeps(change: Change) -> None:
    """Check that a change keeps the rest, and all of the meaning where it is a spelling."""
    same_marker_but(change)
    code = change.finding.code
    if code in EQUIVALENT:
        assert Marker(change.before).equivalent(Marker(change.after)), change


def harmless(text: str) -> set[str]:
    unread = bool({each.code for each in marker_findings(text)} - OF_READABLE_MARKERS)
    return check(
        text,
        marker_findings,
        keeps,
        lambda change, finding: unread and finding.code in OF_READABLE_MARKERS,
    )


@given(MUTATED)
@example("python_version!='3.8' && os_name=='nt'")
@example("(python_version!='3.8'")
@example("os_name!='nt' AND sys_platform!='win32'")
@example("extra!='x' && os_name=='nt'")
@example("&and")
@example("os_name!=not 'x'")
@example("extra ==<'\tblack 19.10b0")
def test_fixes_of_markers_harm_nothing(text: str) -> None:
    """Each fix removes its finding, brings no error and keeps the other comparisons."""
    harmless(text)


@pytest.mark.parametrize("text", texts())
def test_fixes_of_the_record_harm_nothing(text: str) -> None:
    """The same, of every marker in the record."""
    harmless(text)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("python_version!='3.8' && os_name=='nt'", "python_version!='3.8' and os_name=='nt'"),
        ("os_name!='nt' AND extra=='a'", "os_name!='nt' and extra=='a'"),
        ("extra!='x' && os_name=='nt'", "extra!='x' and os_name=='nt'"),
        ("(python_version!='3.8'", None),
        ("os_name=='a'&&os_name=='b'", "os_name=='a'and os_name=='b'"),
        ("os_name=='a' ||'b'==os_name", "os_name=='a' or'b'==os_name"),
        ("os_name==a||os_name=='b'", "os_name=='a'||os_name=='b'"),
        ("os_name == 'x' ;", "os_name == 'x' "),
        ("os_name#in 'x'", "os_name in 'x'"),
        ("os_name != not 'x'", None),
        ("notos_name == 'x'", None),
        ("os_name! == 'x'", None),
        ("os_nane == 'x'", "os_name == 'x'"),
        ("os_name\N{NO-BREAK SPACE}-x", None),
        ("os_name\N{NO-BREAK SPACE}== 'x'", "os_name == 'x'"),
    ],
)
def test_a_fix_is_one_token(text: str, fixed: str | None) -> None:
    """What is put in keeps apart from what is around; what would be read otherwise is words."""
    fix = marker_findings(text)[0].fix
    assert fix is not None
    assert fixed == (apply_fix(text, fix) if fix.replacement is not None else None)


def test_a_word_in_front_is_kept_apart() -> None:
    """A value without quotes does not run into the and behind it."""
    text = "os_name==nt&& os_name=='b'"
    fixes = {each.code: each.fix for each in marker_findings(text)}
    fix = fixes["marker-boolean-operator"]
    assert fix is not None
    assert "os_name==nt and os_name=='b'" == apply_fix(text, fix)


@pytest.mark.parametrize("count", [MOST_TRIED, MOST_TRIED + 1])
def test_up_to_a_number_of_fixes_are_tried(count: int) -> None:
    """As many as are tried can be carried out; more are told in words."""
    text = " and ".join(["os_name = 'x'"] * count)
    fixes = [each.fix for each in marker_findings(text)]
    assert {Fix("write ==")} == {each and Fix(each.message) for each in fixes}
    assert MOST_TRIED == sum(each is not None and each.replacement is not None for each in fixes)
    assert count == len(fixes)


@pytest.mark.parametrize(
    ("letters", "expected"),
    [(MOST_READ_AGAIN // 2, 2), (MOST_READ_AGAIN // 2 + 1, 1), (2 * MOST_READ_AGAIN, 1)],
)
def test_fewer_fixes_are_tried_in_a_long_text(letters: int, expected: int) -> None:
    """As many letters are read again as is stated, and one fix is always tried."""
    text = "os_name = 'x' and os_name = 'y' and os_name = 'z'"
    fixes = [
        each.fix for each in marker_findings(text.replace("z", "z" * (letters - len(text) + 1)))
    ]
    assert expected == sum(each is not None and each.replacement is not None for each in fixes)
    assert 3 == len(fixes)


@pytest.mark.parametrize("pairs", [MOST_LEVELS // 2 - 2, MOST_LEVELS])
def test_a_fix_that_leads_into_too_many_groups_is_words(pairs: int) -> None:
    """What can then be read, but for its depth, would only have another error."""
    opened = "(os_name == 'a' or (os_name == 'b' and " * pairs
    (finding,) = marker_findings(f"{opened}os_name = 'c'{'))' * pairs}")
    assert finding.fix is not None
    assert (pairs < MOST_LEVELS) == (finding.fix.replacement is not None)
