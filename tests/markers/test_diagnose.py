"""Broken markers: every fault is found, at its place, with a way out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.catalogue import RULES
from trigpoint.findings import Finding, apply_fix
from trigpoint.markers import InvalidMarker, Marker
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import comparisons

CASES = [
    # text, codes in text order, the text after all one-click fixes (None: words only)
    ("", ["marker-empty"], None),
    (" \t", ["marker-empty"], None),
    ("python_verison > '3'", ["marker-unknown-variable"], "python_version > '3'"),
    ("PYTHON_VERSION > '3'", ["marker-unknown-variable"], "python_version > '3'"),
    ("python-version > '3'", ["marker-unknown-variable"], "python_version > '3'"),
    ("platform.system == 'Linux'", ["marker-unknown-variable"], "platform_system == 'Linux'"),
    ("sys.platfrom == 'linux'", ["marker-unknown-variable"], "sys_platform == 'linux'"),
    ("foo == 'x'", ["marker-unknown-variable"], None),
    ("python_version >= 3.8", ["marker-unquoted"], "python_version >= '3.8'"),
    ("linux == sys_platform", ["marker-unquoted"], "'linux' == sys_platform"),
    ("x86_64 in platform_machine", ["marker-unquoted"], "'x86_64' in platform_machine"),
    ("os_name = 'nt'", ["marker-operator"], "os_name == 'nt'"),
    ("python_version => '3'", ["marker-operator"], "python_version >= '3'"),
    ("python_version <> '3'", ["marker-operator"], "python_version != '3'"),
    ("python_version \u2265 '3'", ["marker-operator"], "python_version >= '3'"),
    ("os_name is 'nt'", ["marker-operator"], "os_name == 'nt'"),
    ("os_name is not 'nt'", ["marker-operator"], "os_name != 'nt'"),
    ("os_name IN 'nt'", ["marker-operator"], "os_name in 'nt'"),
    ("os_name <=> 'nt'", ["marker-operator"], None),
    (
        "sys_platform in ['win32', 'darwin']",
        ["marker-list"],
        "(sys_platform == 'win32' or sys_platform == 'darwin')",
    ),
    (
        "os_name == 'a' and os_name not in ('b', \"c\",)",
        ["marker-list"],
        "os_name == 'a' and (os_name != 'b' and os_name != \"c\")",
    ),
    ("python_version == ('3.8')", ["marker-list"], "python_version == '3.8'"),
    ("extras in ['a', 'b']", ["marker-list"], "('a' in extras or 'b' in extras)"),
    ("dependency_groups not in ('a',)", ["marker-list"], "'a' not in dependency_groups"),
    ("os_name != {'a' , 'b'}", ["marker-list"], "(os_name != 'a' and os_name != 'b')"),
    (
        "os_name == 'a' && os_name == 'b'",
        ["marker-boolean-operator"],
        "os_name == 'a' and os_name == 'b'",
    ),
    (
        "os_name == 'a' | os_name == 'b'",
        ["marker-boolean-operator"],
        "os_name == 'a' or os_name == 'b'",
    ),
    (
        "os_name == 'a' OR os_name == 'b'",
        ["marker-boolean-operator"],
        "os_name == 'a' or os_name == 'b'",
    ),
    ("os_name == 'a', os_name == 'b'", ["marker-boolean-operator"], None),
    (
        "python_version!='3.8' && os_name=='nt'",
        ["marker-boolean-operator"],
        "python_version!='3.8' and os_name=='nt'",
    ),
    (
        "python_version!=3.8 AND os_name!=nt",
        ["marker-unquoted", "marker-boolean-operator", "marker-unquoted"],
        "python_version!='3.8' and os_name!='nt'",
    ),
    ("os_name!=nt'", ["marker-unclosed-quote"], "os_name!='nt'"),
    ("python_version!='3.8", ["marker-unclosed-quote"], "python_version!='3.8'"),
    ("python_version == 1!3.8", ["marker-unquoted"], "python_version == '1!3.8'"),
    ("not os_name == 'nt'", ["marker-negation"], None),
    ("not (os_name == 'nt')", ["marker-negation"], None),
    ("'3.8' <= python_version < '3.12'", ["marker-chained"], None),
    ("os_name ==", ["marker-missing-operand"], None),
    ("== 'nt'", ["marker-missing-operand"], None),
    ("os_name == 'a' and", ["marker-missing-operand"], None),
    ("and os_name == 'a'", ["marker-missing-operand"], None),
    ("()", ["marker-missing-operand"], None),
    ("os_name", ["marker-missing-operator"], None),
    ("'nt'", ["marker-missing-operator"], None),
    ("os_name 'nt'", ["marker-missing-operator"], None),
    ("os_name == 'a' os_name == 'b'", ["marker-missing-boolean"], None),
    ("(os_name == 'a') (os_name == 'b')", ["marker-missing-boolean"], None),
    ("(os_name == 'a'", ["marker-unclosed-parenthesis"], None),
    ("os_name == 'a')", ["marker-unopened-parenthesis"], "os_name == 'a'"),
    ("os_name == 'nt", ["marker-unclosed-quote"], "os_name == 'nt'"),
    ("os_name == nt'", ["marker-unclosed-quote"], "os_name == 'nt'"),
    ("os_name == 'a\\x'", ["marker-bad-string"], None),
    ("os_name == 'a\nb'", ["marker-bad-string"], None),
    ("os_name == \u2018nt\u2019", ["marker-character"], "os_name == 'nt'"),
    ("os_name\u00a0== 'nt'", ["marker-character"], "os_name == 'nt'"),
    ("os_name == 'nt'\n", ["marker-character"], "os_name == 'nt' "),
    ("os_name == 'nt' $", ["marker-character"], "os_name == 'nt' "),
    ("os_name == \"nt'", ["marker-unclosed-quote"], "os_name == 'nt'"),
    ("os_name == 'nt\u201d", ["marker-unclosed-quote"], "os_name == 'nt'"),
    ('os_name == \u201dnt"', ["marker-character"], "os_name == 'nt'"),
    ("python_version < = '3'", ["marker-operator"], "python_version <= '3'"),
    ("python_version = < '3'", ["marker-operator"], "python_version <= '3'"),
    ("extra 'x'", ["marker-missing-operator"], "extra == 'x'"),
    ("not python_version < '3.15'", ["marker-negation"], None),
    ("not os_name", ["marker-negation", "marker-missing-operator"], None),
    ("; os_name == 'nt'", ["marker-semicolon"], " os_name == 'nt'"),
    ("os_name == 'nt';", ["marker-semicolon"], "os_name == 'nt'"),
]


def _findings(text: str) -> tuple[Finding, ...]:
    with pytest.raises(InvalidMarker) as caught:
        Marker(text)
    return caught.value.findings


@pytest.mark.parametrize(("text", "codes", "fixed"), CASES, ids=[repr(case[0]) for case in CASES])
def test_codes_in_text_order(text: str, codes: list[str], fixed: str | None) -> None:
    """Each fault has its code."""
    assert codes == [finding.code for finding in _findings(text)]


@pytest.mark.parametrize(
    ("text", "codes", "fixed"),
    [case for case in CASES if case[2]],
    ids=[repr(case[0]) for case in CASES if case[2]],
)
def test_one_click_fixes_repair_the_marker(text: str, codes: list[str], fixed: str) -> None:
    """Carrying out every fix, last first, gives a marker that can be read."""
    for finding in reversed(_findings(text)):
        assert finding.fix is not None
        text = apply_fix(text, finding.fix)
    assert fixed == text
    Marker(text)


def test_all_faults_are_reported_at_once() -> None:
    """One reading finds what is wrong on both ends, not only the first fault."""
    text = "os_name = 'nt' && (python_verison > 3 or sys_platform == 'x'"
    expected = [
        ("marker-operator", "="),
        ("marker-boolean-operator", "&&"),
        ("marker-unclosed-parenthesis", "("),
        ("marker-unknown-variable", "python_verison"),
        ("marker-unquoted", "3"),
    ]
    assert expected == [
        (each.code, each.span and text[each.span.start : each.span.end]) for each in _findings(text)
    ]


def test_every_grammar_code_has_a_case() -> None:
    """The table above shows each way in which a marker cannot be read."""
    shown = {code for _, codes, _ in CASES for code in codes}
    errors = {
        code for code, rule in RULES.items() if rule.topic == "marker" and rule.source == "grammar"
    }
    assert {"marker-syntax"} == errors - shown


def test_message_shows_the_place() -> None:
    """The exception's text has the line, the mark and the fix."""
    with pytest.raises(InvalidMarker) as caught:
        Marker("os_name = 'nt'")
    assert str(caught.value) == (
        "error[marker-operator]: '=' is not a marker operator\n"
        "  1 | os_name = 'nt'\n"
        "    |         ^\n"
        "  fix: write =="
    )


@pytest.mark.repeats
def test_long_garbage_is_read_once() -> None:
    """The work of diagnosing grows with the text, not with its square."""
    findings = _findings("(" * 20_000 + "x" + " 'y' &&" * 20_000)
    assert len(findings) > 20_000


WORDS = st.sampled_from(["and", "&&", "&", "AND", "or", "||", "OR"])
SIDES = st.sampled_from(["'3.8'", "3.8", "'nt'", "nt", "1!2.0"])
OPERATORS = st.sampled_from(["==", "!=", "<", ">=", "~=", "===", "in", "not in"])
BLANKS = st.sampled_from(["", " "])


@given(st.lists(st.tuples(WORDS, OPERATORS, SIDES, BLANKS, BLANKS), min_size=1, max_size=4))
def test_fixes_keep_every_operator(parts: list[tuple[str, str, str, str, str]]) -> None:
    """Carrying out all fixes leaves each comparison with the operator that was written."""
    text = ""
    for word, op, side, before, after in parts:
        written = f" {op} " if op[-1] == "n" else f"{before}{op}{after}"
        text += f" {word} " * bool(text) + f"python_version{written}{side}"
    try:
        fixed = Marker(text)
    except InvalidMarker as error:
        for finding in reversed(error.findings):
            assert finding.fix is not None
            text = apply_fix(text, finding.fix)
        fixed = Marker(text)
    assert [op for _, op, _, _, _ in parts] == [node.op for node in comparisons(parse(fixed.text))]


def test_a_long_list_is_mended_and_told_shortly() -> None:
    """The fix says what to do where all comparisons are too long to say."""
    [finding] = _findings(f"os_name not in [{', '.join(map(repr, map(str, range(30))))}]")
    assert finding.fix is not None
    assert "compare each value, and join that with and" == finding.fix.message
    assert 29 == (finding.fix.replacement or "").count(" and ")


@pytest.mark.parametrize("text", ["os_name in ['a'", "os_name in []", "os_name in ['a' 'b']"])
def test_what_is_no_list_is_read_as_before(text: str) -> None:
    """Without both brackets, or commas, nothing is known of what was meant."""
    assert "a marker has no lists" not in [each.message for each in _findings(text)]
