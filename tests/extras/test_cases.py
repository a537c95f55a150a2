"""Every known case of extras, by each set of rules."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

from trigpoint.extras import RuleSet, read_offer, requested_extras, requirements
from trigpoint.extras.rules import RuleSetLike
from trigpoint.metadata import read

LINUX, WINDOWS = "cpython-3.13-linux-x86_64", "cpython-3.13-windows-x64"


class Case(NamedTuple):
    """One row: requirements ``r0``, ``r1`` ... by marker, and which of them come by which rules."""

    name: str
    markers: tuple[str, ...]
    requests: tuple[str, ...]
    installers: str
    spec: str
    pep771: str
    summit: str
    defaults: tuple[str, ...] = ()
    provides: tuple[str, ...] = ("x", "y", "all")
    environment: str = LINUX


def same(answer: str) -> tuple[str, str, str, str]:
    return answer, answer, answer, answer


CASES = (
    Case("equal", ("extra == 'x'",), ("pkg[x]",), *same("r0")),
    Case("equal, not asked for", ("extra == 'x'",), ("pkg",), *same("")),
    Case("equal, another asked for", ("extra == 'x'",), ("pkg[y]",), *same("")),
    Case("swapped", ("'x' == extra",), ("pkg[x]",), *same("r0")),
    Case("unequal, none", ("extra != 'x'",), ("pkg",), *same("r0")),
    Case("unequal, itself", ("extra != 'x'",), ("pkg[x]",), "r0", "", "", ""),
    Case("unequal, both", ("extra != 'x'",), ("pkg[x,y]",), "r0", "", "", ""),
    Case("both", ("extra == 'x' and extra == 'y'",), ("pkg[x,y]",), "", "r0", "r0", "r0"),
    Case(
        "both, in two requests",
        ("extra == 'x' and extra == 'y'",),
        ("pkg[x]", "pkg[y]"),
        "",
        "r0",
        "r0",
        "r0",
    ),
    Case("both, one asked for", ("extra == 'x' and extra == 'y'",), ("pkg[x]",), *same("")),
    Case(
        "one but not the other", ("extra == 'x' and extra != 'y'",), ("pkg[x,y]",), "r0", "", "", ""
    ),
    Case("at least", ("extra >= 'x'",), ("pkg[x]",), "r0", "", "", ""),
    Case("more than", ("extra > 'x'",), ("pkg[x,y]",), *same("")),
    Case("in a text", ("extra in 'x y'",), ("pkg",), "r0", "", "", ""),
    Case("not in a text", ("extra not in 'x y'",), ("pkg[all]",), "r0", "", "", ""),
    Case("part of extra", ("'l' in extra",), ("pkg[all]",), "r0", "", "", ""),
    Case("no extra", ("extra == ''",), ("pkg[x]",), "r0", "", "", ""),
    Case("unnormalised marker", ("extra == 'A_B'",), ("pkg[a-b]",), *same("r0"), provides=("a-b",)),
    Case(
        "unnormalised request", ("extra == 'a-b'",), ("pkg[A_B]",), *same("r0"), provides=("a-b",)
    ),
    Case(
        "unnormalised declaration",
        ("extra == 'a-b'",),
        ("pkg[a-b]",),
        *same("r0"),
        provides=("A_B",),
    ),
    Case("unknown extra", ("extra == 'z'", "os_name == 'posix'"), ("pkg[z]",), *same("r1")),
    Case("unknown beside known", ("extra == 'z'", "extra == 'x'"), ("pkg[z,x]",), *same("r1")),
    Case(
        "unknown alone, with defaults", ("extra == 'x'",), ("pkg[z]",), *same(""), defaults=("x",)
    ),
    Case("bare, with defaults", ("extra == 'x'",), ("pkg",), "", "", "r0", "r0", defaults=("x",)),
    Case(
        "empty brackets, with defaults", ("extra == 'x'",), ("pkg[]",), *same(""), defaults=("x",)
    ),
    Case(
        "named, with defaults",
        ("extra == 'x'", "extra == 'y'"),
        ("pkg[y]",),
        *same("r1"),
        defaults=("x",),
    ),
    Case(
        "named and bare, with defaults",
        ("extra == 'x'", "extra == 'y'"),
        ("pkg[y]", "pkg"),
        "r1",
        "r1",
        "r0 r1",
        "r0 r1",
        defaults=("x",),
    ),
    Case(
        "empty and bare, with defaults",
        ("extra == 'x'",),
        ("pkg[]", "pkg"),
        "",
        "",
        "r0",
        "r0",
        defaults=("x",),
    ),
    Case("in extras", ("'x' in extras",), ("pkg[x]",), "", "r0", "r0", "r0"),
    Case("in extras, not asked for", ("'x' in extras",), ("pkg",), *same("")),
    Case("not in extras", ("'x' not in extras",), ("pkg",), "", "r0", "r0", "r0"),
    Case("not in extras, asked for", ("'x' not in extras",), ("pkg[x]",), *same("")),
    Case(
        "minus",
        ("extra == 'x'", "extra == 'y'"),
        ("pkg[-x]",),
        "",
        "",
        "",
        "r1",
        defaults=("x", "y"),
    ),
    Case(
        "minus and a name",
        ("extra == 'x'", "extra == 'y'", "extra == 'all'"),
        ("pkg[all,-x]",),
        "",
        "",
        "",
        "r1 r2",
        defaults=("x", "y"),
    ),
    Case(
        "minus, and named elsewhere",
        ("extra == 'x'", "extra == 'y'"),
        ("pkg[-x]", "pkg[x]"),
        "r0",
        "r0",
        "r0",
        "r0 r1",
        defaults=("x", "y"),
    ),
    Case(
        "minus, and bare elsewhere",
        ("extra == 'x'", "extra == 'y'"),
        ("pkg[-x]", "pkg"),
        "",
        "",
        "r0 r1",
        "r0 r1",
        defaults=("x", "y"),
    ),
    Case(
        "minus on all defaults",
        ("extra == 'x'", "os_name == 'posix'"),
        ("pkg[-x]",),
        "",
        "",
        "",
        "r1",
        defaults=("x",),
    ),
    Case("asked for and left out", ("os_name == 'posix'",), ("pkg[x,-x]",), *same("")),
    Case("marker of a request", ("extra == 'x'",), ("pkg[x]; os_name == 'nt'", "pkg"), *same("")),
    Case(
        "marker of a request, true",
        ("extra == 'x'",),
        ("pkg[x]; os_name == 'nt'", "pkg"),
        *same("r0"),
        environment=WINDOWS,
    ),
    Case("another project", ("os_name == 'posix'",), ("other[x]",), *same("")),
)


def metadata(case: Case) -> dict[str, list[str]]:
    return {
        "Name": ["pkg"],
        "Provides-Extra": list(case.provides),
        "Default-Extra": list(case.defaults),
        "Requires-Dist": [f"r{i}; {marker}" for i, marker in enumerate(case.markers)],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("rules", RuleSet, ids=lambda rules: rules.value)
def test_case(case: Case, rules: RuleSet) -> None:
    """The requirements that come are those of the table."""
    resolution = requirements(metadata(case), case.requests, case.environment, rules)
    assert tuple(getattr(case, rules.value).split()) == resolution.names
    assert len(case.markers) == len(resolution.pulled) + len(resolution.skipped)


SELF = {
    "Name": ["Pkg"],
    "Provides-Extra": ["a", "b", "c", "all", "loop"],
    "Requires-Dist": [
        "base",
        "ra; extra == 'a'",
        "rb; extra == 'b' and os_name == 'nt'",
        "rc; extra == 'c'",
        "pkg[a,b]; extra == 'all'",
        "PKG[c]; extra == 'b' and sys_platform == 'win32'",
        "pkg[loop]; extra == 'c'",
        "pkg[c]; extra == 'loop'",
    ],
}


@pytest.mark.parametrize("rules", ["installers", "spec", "pep771", "summit"])
def test_references_to_itself(rules: RuleSetLike) -> None:
    """References are followed, circles end, and the markers on the way all have to hold."""
    assert ("base", "ra") == requirements(SELF, "pkg[all]", LINUX, rules).names
    assert ("base", "ra", "rb", "rc") == requirements(SELF, "pkg[all]", WINDOWS, rules).names
    assert {"c", "loop"} == requirements(SELF, "pkg[loop]", LINUX, rules).extras


def test_way_through_references() -> None:
    """A reason shows each step from the request to the extra."""
    resolution = requirements(SELF, ["pkg", "pkg[all]"], WINDOWS, "installers")
    (reason,) = next(each for each in resolution if each.name == "rc").reasons
    assert [
        ("request", 1, ("all",)),
        ("reference", 4, ("a", "b")),
        ("reference", 5, ("c",)),
    ] == [(step.kind, step.index, step.extras) for step in reason.steps]
    assert ("c",) == reason.extras


def test_shortest_way_is_shown() -> None:
    """Of several ways the shortest is shown."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a", "b", "c", "d"],
        "Requires-Dist": [
            "pkg[b]; extra == 'a'",
            "pkg[c]; extra == 'b'",
            "pkg[c]; extra == 'd'",
            "r; extra == 'c'",
        ],
    }
    resolution = requirements(document, "pkg[a,d]", LINUX)
    assert ["pkg[a,d]", "pkg[c]; extra == 'd'"] == [step.text for step in resolution.steps["c"]]


def test_alternative_and_joint_reasons() -> None:
    """Each reason is enough; extras that are needed together stand in one."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a", "b", "c"],
        "Requires-Dist": [
            "either; extra == 'a' or extra == 'b'",
            "both; extra == 'a' and extra == 'b' and extra != 'c'",
        ],
    }
    either, both = requirements(document, "pkg[a,b]", LINUX)
    assert [("a",), ("b",)] == [reason.extras for reason in either.reasons]
    assert [(("a", "b"), ("c",))] == [(reason.extras, reason.absent) for reason in both.reasons]


def test_default_extra_is_a_reason() -> None:
    """A default extra names the bare request that took it."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a"],
        "Default-Extra": ["a"],
        "Requires-Dist": ["r; extra == 'a'"],
    }
    (pulled,) = requirements(document, ["pkg[]", "pkg"], LINUX, "pep771")
    assert [("default", 1, "pkg")] == [
        (step.kind, step.index, step.text) for step in pulled.reasons[0].steps
    ]


def test_bare_reference_takes_the_defaults() -> None:
    """A reference without brackets is a bare occurrence, one with empty ones is not."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a", "b", "c"],
        "Default-Extra": ["a"],
        "Requires-Dist": ["pkg; extra == 'b'", "pkg[]; extra == 'c'"],
    }
    assert {"a", "b"} == requirements(document, "pkg[b]", LINUX, "pep771").extras
    assert {"c"} == requirements(document, "pkg[c]", LINUX, "pep771").extras
    assert {"b"} == requirements(document, "pkg[b]", LINUX, "spec").extras


SKIPPED = [
    ("extra == 'a'", "pkg", "spec", "extra", ("a",)),
    ("extra == 'a' or extra == 'b'", "pkg", "spec", "extra", ("a", "b")),
    ("extra == 'a' and extra == 'b'", "pkg", "spec", "extra", ("a", "b")),
    ("extra == 'a' and extra == 'b'", "pkg[a]", "spec", "extra", ("b",)),
    ("extra == 'a' and extra == 'b'", "pkg[a,b]", "installers", "never", ()),
    ("extra == 'a' and extra != 'a'", "pkg[a]", "spec", "retracted", ("a",)),
    ("extra == 'z'", "pkg[z]", "spec", "unreachable", ("z",)),
    ("extra == 'a' and os_name == 'nt'", "pkg[a]", "spec", "environment", ()),
    ("os_name == 'nt'", "pkg[a]", "installers", "environment", ()),
    ("'a' in extras", "pkg[a]", "installers", "undefined", ()),
    ("extra >= 'a'", "pkg[a]", "summit", "undefined", ()),
    ("os_name == 'posix'", "other", "spec", "request", ()),
]


@pytest.mark.parametrize(("marker", "request_text", "rules", "why", "extras"), SKIPPED)
def test_why_skipped(
    marker: str, request_text: str, rules: RuleSetLike, why: str, extras: tuple[str, ...]
) -> None:
    """A requirement that does not come says why."""
    document = {"Name": ["pkg"], "Provides-Extra": ["a", "b"], "Requires-Dist": [f"r; {marker}"]}
    resolution = requirements(document, request_text, LINUX, rules)
    (skipped,) = resolution.skipped
    assert (why, extras) == (skipped.why, skipped.extras)


def test_extras_that_contradict_themselves() -> None:
    """A reference that holds only without what it brings leaves that extra open, and says so."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a", "b"],
        "Requires-Dist": ["pkg[a]; extra != 'a'", "pkg[b]; extra == 'a'"],
    }
    resolution = requirements(document, "pkg", LINUX, "spec")
    assert (frozenset(), ("a", "b")) == (resolution.extras, resolution.open)
    assert ["extra-contradicts-itself"] * 2 == [
        found.code for found in resolution.findings if found.severity.value == "error"
    ]
    assert {"a", "b"} == requirements(document, "pkg", LINUX, "installers").extras


def test_negation_is_decided_where_it_can_be() -> None:
    """A reference that negates an extra which is there anyway never brings anything."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a", "b"],
        "Requires-Dist": ["pkg[b]; extra != 'a'", "pkg[a]"],
    }
    assert {"a"} == requirements(document, "pkg", LINUX, "spec").extras


CODES = [
    ("pkg[z]", "spec", ["extra-unknown"]),
    ("pkg[-b]", "summit", ["extra-negative", "extra-not-default"]),
    ("pkg[-a]", "summit", ["extra-negative"]),
    ("pkg[-z]", "summit", ["extra-negative", "extra-unknown"]),
    ("pkg[-a]", "pep771", ["extra-negative", "extra-negative-refused"]),
    ("pkg[a,-a]", "summit", ["extra-contradiction", "extra-negative"]),
    ("pkg[a,A]", "spec", ["extra-repeated", "extra-unnormalised"]),
    ("pkg\nother[a]", "spec", ["extra-other-project"]),
    ("pkg; 'a' in extras", "installers", ["extra-undefined", "marker-extras-context"]),
]


@pytest.mark.parametrize(("text", "rules", "codes"), CODES)
def test_findings_on_requests(text: str, rules: RuleSetLike, codes: list[str]) -> None:
    """Each kind of odd request has its finding, with a place."""
    effective = requested_extras(
        text, provides=["a", "b"], defaults=["a"], rules=rules, environment=LINUX
    )
    assert set(codes) == {found.code for found in effective.findings}
    assert all(found.span for found in effective.findings)


def test_only_unknown_extras_do_not_mean_the_defaults() -> None:
    """Under PEP 771 the finding says that the defaults stay out."""
    (finding,) = requested_extras("pkg[z]", provides=["a"], defaults=["a"], rules="pep771").findings
    assert "not the default ones" in finding.message


def test_default_extra_that_is_not_provided() -> None:
    """It is reported and never taken."""
    effective = requested_extras("pkg", provides=["a"], defaults=["a", "b"], rules="pep771")
    assert (frozenset("a"), ["extra-default-unprovided"]) == (
        effective.extras,
        [found.code for found in effective.findings],
    )


def test_without_a_list_every_extra_is_known() -> None:
    """A distribution that nothing is known of provides what is asked."""
    effective = requested_extras(["pkg[a]", "pkg[b]"])
    assert (frozenset("ab"), ()) == (effective.extras, effective.findings)


def test_what_is_skipped_and_troubled_and_where() -> None:
    """Each requirement that is not pulled in says why, and each trouble has its line."""
    lines = (
        "!!",
        "pkg[b]; os_name == ''",
        "pkg[a]; extra != 'a'",
        "x; os_name ~= 'x'",
        "y",
    )
    text = "Metadata-Version: 2.4\nName: pkg\nVersion: 1\nProvides-Extra: a\nProvides-Extra: b\n"
    document = read(text + "".join(f"Requires-Dist: {line}\n" for line in lines))
    found = requirements(document, ["pkg", "pkg[b]"], {"os_name": "posix"})
    no_answer = "~= is not defined for 'posix' and 'x'"
    assert [
        (0, "unreadable", (), "it is no requirement by these rules"),
        (1, "environment", (), "the marker does not hold in this environment"),
        (2, "retracted", ("a",), "a would be asked for, which excludes it"),
        (3, "undefined", (), f"the marker has no answer: {no_answer}"),
    ] == [(each.index, each.why, each.extras, each.message) for each in found.skipped]
    told = {each.code: each for each in found.findings}
    contradicts, undefined = told["extra-contradicts-itself"], told["extra-undefined"]
    assert contradicts.span is not None
    assert undefined.span is not None
    assert (8, "a is asked for only if it is not asked for") == (
        contradicts.span.line,
        contradicts.message,
    )
    assert (9, f"the marker of x has no answer: {no_answer}") == (
        undefined.span.line,
        undefined.message,
    )
    # The first request brings what needs no extra.
    [pulled] = found.pulled
    assert [["pkg"]] == [[step.text for step in reason.steps] for reason in pulled.reasons]


def test_a_circle_is_gone_round_until_nothing_is_new() -> None:
    """What one reference brings makes an earlier one hold."""
    circle = ("pkg[a]; extra == 'b'", "pkg[b]; extra == 'a' or extra == 'c'", "x; extra == 'a'")
    for lines in (circle, circle[::-1]):
        document = {"Name": ["pkg"], "Provides-Extra": ["a", "b", "c"], "Requires-Dist": [*lines]}
        for rules in RuleSet:
            found = requirements(document, "pkg[c]", rules=rules)
            assert {"a", "b", "c"} == found.extras
            assert "x" in [each.name for each in found.pulled]


def test_rules_have_titles() -> None:
    """A few words for people."""
    assert [
        "what installers do",
        "the specification",
        "PEP 771",
        "the summit's proposal",
    ] == [rules.title for rules in RuleSet]


def test_why_a_requirement_stays_out_changes_with_what_is_asked_for() -> None:
    """What was found out about its marker for one request is not said for another one."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a", "b"],
        "Requires-Dist": ["x; extra == 'a' and extra == 'b'"],
    }
    told = [
        each.message
        for request in ("pkg", "pkg[a]", "pkg[b]", "pkg")
        for each in requirements(document, request).skipped
    ]
    together = "a and b are not asked for together"
    assert [together, "b is not asked for", "a is not asked for", together] == told


def test_what_was_read_of_a_document_is_taken_for_it() -> None:
    """An offer is read once and asked about often; without findings the answer is the same."""
    document = {"Name": ["pkg"], "Provides-Extra": ["a"], "Requires-Dist": ["x; extra == 'b'"]}
    offer = read_offer(document)
    assert offer is read_offer(offer)
    told = requirements(document, "pkg")
    assert told == requirements(offer, "pkg")
    assert told.findings
    assert replace(told, findings=()) == requirements(offer, "pkg", findings=False)
