"""Findings on the extras of a distribution."""

from __future__ import annotations

import pytest

from trigpoint.extras import RuleSet, requirements, review
from trigpoint.extras.rules import RuleSetLike

METADATA = """\
Metadata-Version: 2.6
Name: pkg
Version: 1
Provides-Extra: docs
Provides-Extra: Test_Extra
Provides-Extra: test-extra
Provides-Extra: docs
Provides-Extra: no name
Provides-Extra: idle
Default-Extra: docs
Default-Extra: gone
Requires-Dist: sphinx; extra == "docs"
Requires-Dist: tox; extra == 'test-extra' and extra != "docs"
Requires-Dist: ghost; extra == 'ghost'
Requires-Dist: set; 'docs' in extras
Requires-Dist: pkg[docs,nope]; extra == 'test-extra'
Requires-Dist: broken[a b] >= 1
Requires-Dist: other[-x]
Requires-Dist: order; extra >= 'docs'
"""


def found(rules: RuleSetLike) -> list[tuple[str, int, str]]:
    return [
        (each.code, each.span.line, METADATA[each.span.start : each.span.end])
        for each in review(METADATA, rules)
        if each.span
    ]


ALWAYS = {
    ("extra-unnormalised", 5, "Test_Extra"),
    ("extra-clash", 6, "test-extra"),
    ("extra-repeated", 7, "docs"),
    ("extra-name", 8, "no name"),
    ("extra-default-unprovided", 11, "gone"),
    ("extra-retracts", 13, 'extra != "docs"'),
    ("extra-unreachable", 14, "extra == 'ghost'"),
    ("extra-unknown", 16, "nope"),
    ("extra-name", 17, "a b"),
    ("extra-negative", 18, "-x"),
}
IDLE = {("extra-pulls-nothing", 9, "idle")}
REFUSED = {("extra-negative-refused", 18, "-x")}
IGNORED = {("extra-defaults-ignored", 10, "docs")}
CONTEXT = {("marker-extras-context", 15, "'docs' in extras")}
NEVER = {("extra-never", 13, "tox; extra == 'test-extra' and extra != \"docs\"")}
NO_ORDER = {("extra-never", 19, "order; extra >= 'docs'")}
SUMMIT = {("marker-extra-summit", 12, 'sphinx; extra == "docs"')}


@pytest.mark.parametrize(
    ("rules", "more"),
    [
        ("installers", REFUSED | IGNORED),
        ("spec", REFUSED | IGNORED | IDLE | CONTEXT | NEVER | NO_ORDER),
        ("pep771", REFUSED | IDLE | CONTEXT | NEVER | NO_ORDER),
        ("summit", IDLE | SUMMIT | NEVER),
    ],
)
def test_findings_have_places(rules: RuleSetLike, more: set[tuple[str, int, str]]) -> None:
    """Each finding stands at the exact stretch of the file, in text order."""
    findings = found(rules)
    assert ALWAYS | more == set(findings)
    assert sorted(row[1] for row in findings) == [row[1] for row in findings]


@pytest.mark.parametrize("rules", RuleSet)
def test_every_finding_has_a_place(rules: RuleSet) -> None:
    """With the text of a METADATA file, nothing is reported without its place."""
    assert all(each.span for each in review(METADATA, rules))


def test_metadata_without_places() -> None:
    """A plain mapping gives the same findings without places; missing fields are empty."""
    document = {"Requires-Dist": ["r; extra == 'a'"]}
    assert [("extra-unreachable", None)] == [(each.code, each.span) for each in review(document)]
    assert () == review({})


def test_clean_metadata_has_no_findings() -> None:
    """What build backends write today is fine by every set of rules, one remark apart."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a", "all"],
        "Requires-Dist": ["r; extra == 'a'", "pkg[a]; extra == 'all'", "s"],
    }
    for rules in ("installers", "spec", "pep771"):
        assert () == review(document, rules)
    assert ["marker-extra-summit"] == [each.code for each in review(document, "summit")]


def test_undefined_markers_are_told_by_environment() -> None:
    """By the rules of installers a set variable has no value, and the file cannot be used."""
    resolution = requirements(METADATA, "pkg[docs]", "cpython-3.13-linux-x86_64", "installers")
    assert [("extra-undefined", 15)] == [
        (each.code, each.span.line)
        for each in resolution.findings
        if each.code == "extra-undefined" and each.span
    ]
    assert "set" not in resolution.names


def test_folded_values_keep_their_places() -> None:
    """A place in a folded header is the one in the file."""
    text = "Name: pkg\nRequires-Dist: ghost;\n  extra == 'ghost'\n"
    (finding,) = (each for each in review(text) if each.code == "extra-unreachable")
    assert finding.span is not None
    assert (3, 3) == (finding.span.line, finding.span.column)


NEVER_PULLED = [
    ("extra == 'a' and extra == 'b'", "installers"),
    ("extra == 'a' and extra != 'a'", "spec"),
    ("extra == 'a' and python_version < '3' and python_version > '3.5'", "spec"),
    ("extra == 'b' and extra != 'a'", "pep771"),
]


@pytest.mark.parametrize(("marker", "rules"), NEVER_PULLED)
def test_requirement_that_nothing_pulls_in(marker: str, rules: RuleSetLike) -> None:
    """No request in no environment gets it: by the marker, by the rules, or by a reference."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a", "b"],
        "Requires-Dist": [f"r; {marker}", "pkg[a]; extra == 'b'"],
    }
    assert ["extra-never"] == [
        each.code for each in review(document, rules) if each.code != "extra-retracts"
    ]


@pytest.mark.parametrize(("number", "more"), [(1, ""), (2, " (and 1 more)"), (3, " (and 2 more)")])
def test_lines_that_the_proposal_spells_otherwise_are_counted(number: int, more: str) -> None:
    """The first is named, the rest by number."""
    lines = [f"r{i}; extra == 'a'" for i in range(number)]
    document = {"Name": ["pkg"], "Provides-Extra": ["a"], "Requires-Dist": lines}
    (found,) = review(document, "summit")
    assert f"r0{more} tests extra" == found.message.partition(";")[0]
