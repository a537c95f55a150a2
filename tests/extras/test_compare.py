"""What changes between two sets of rules."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.extras import Condition, RuleSet, compare_rules, reach, requirements
from trigpoint.extras.compare import Change, Where
from trigpoint.extras.domains import AllEnvironments, UndefinedError, constant
from trigpoint.extras.requested import marker_values
from trigpoint.markers import ENVIRONMENTS, Marker
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import Comparison as TreeComparison

from .random_metadata import RandomMetadata, metadata, requests

pytestmark = pytest.mark.repeats

untimed = settings(deadline=None, max_examples=60)
RULES = st.sampled_from(RuleSet)
SOME = ("cpython-3.13-linux-x86_64", "cpython-3.9-windows-x64", "cpython-3.16a2-macos-arm64")

DOCUMENT = {
    "Name": ["pkg"],
    "Provides-Extra": ["fast", "slow"],
    "Default-Extra": ["fast"],
    "Requires-Dist": [
        "base",
        "numpy; extra == 'fast' and python_version >= '3.11'",
        "lite; extra != 'fast'",
        "both; extra == 'fast' and extra == 'slow'",
        "old; extra == 'slow'",
    ],
}


def test_default_extras_gain() -> None:
    """PEP 771 adds what a default extra brings, in the environments that its marker names."""
    comparison = compare_rules(DOCUMENT, "pkg", "spec", "pep771")
    numpy, lite = comparison
    assert (("numpy", "gained"), ("lite", "lost")) == (
        (numpy.name, numpy.kind),
        (lite.name, lite.kind),
    )
    assert lite.lost.everywhere
    assert lite.after.nowhere
    assert Marker("python_version >= '3.11'") == numpy.gained.condition
    assert numpy.gained.environments == tuple(
        name for name, each in ENVIRONMENTS.items() if each["python_version"] not in ("3.9", "3.10")
    )


def test_a_line_that_only_one_side_reads_is_nowhere_before() -> None:
    """What the rules before cannot read comes in no environment of theirs."""
    (change,) = compare_rules(
        {"Name": ["pkg"], "Requires-Dist": ["other[-x]"]}, "pkg", "spec", "summit", SOME
    )
    assert change.before.nowhere
    assert ((), SOME) == (change.before.environments, change.gained.environments)


@pytest.mark.parametrize("marker", ["os_name != '1'", "python_version == '3.11'"])
def test_installers_mean_most_comparisons_as_they_are(marker: str) -> None:
    """Only what is no version, where one could be, is another question to them."""
    document = {"Name": ["pkg"], "Requires-Dist": [f"x; {marker}"]}
    assert {0: Marker(marker)} == reach(document, "installers")


def test_installers_against_the_specification() -> None:
    """Both readings of two extras at once, and of a negation."""
    comparison = compare_rules(DOCUMENT, "pkg[fast,slow]", "installers", "spec", SOME)
    assert [("lite", "lost"), ("both", "gained")] == [(each.name, each.kind) for each in comparison]


def test_change_that_no_named_environment_shows() -> None:
    """All environments are compared, also those that nobody has named."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a"],
        "Requires-Dist": ["r; extra != 'a' and python_version < '2.7'"],
    }
    (change,) = compare_rules(document, "pkg[a]", "installers", "spec")
    assert (Marker("python_version < '2.7'"), ()) == (
        change.lost.condition,
        change.lost.environments,
    )


def test_markers_on_the_way_are_joined() -> None:
    """A condition holds the markers of the request, of the references and of the requirement."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": ["a", "all"],
        "Default-Extra": ["all"],
        "Requires-Dist": [
            "r; extra == 'a' and python_version >= '3.12'",
            "pkg[a]; extra == 'all' and os_name == 'nt'",
        ],
    }
    changes = compare_rules(document, "pkg; sys_platform != 'cli'", "spec", "pep771", ())
    expected = Marker("sys_platform != 'cli' and os_name == 'nt' and python_version >= '3.12'")
    assert expected == changes.changes[0].gained.condition


def test_where_in_words() -> None:
    """A place can be shown, even one that no marker describes."""
    document = {
        "Name": ["pkg"],
        "Provides-Extra": [],
        "Requires-Dist": ["r; 'x' != platform_release", "s; os_name != 'nt'"],
    }
    released, other = (
        compare_rules(document, asked, "installers", "spec", ())
        for asked in ("pkg", "pkg; os_name == 'nt'")
    )
    (change,) = released
    assert '"x" != platform_release' == str(change.after)
    assert "in some environments that no marker describes" == str(change.before)
    assert 'platform_release >= "0.dev0"' == str(change.gained)
    assert "nowhere" == str(change.lost)
    assert ["r"] == [each.name for each in other]


def test_refused_request() -> None:
    """A minus is a request by one set of rules, and a finding by the other."""
    comparison = compare_rules(DOCUMENT, "pkg[-fast]", "pep771", "summit", SOME)
    assert ["base", "lite"] == [each.name for each in comparison]
    assert "extra-negative-refused" in {
        found.code for found in comparison.requested_before.findings
    }
    assert "extra-negative-refused" not in {
        found.code for found in comparison.requested_after.findings
    }


@untimed
@given(metadata(), st.lists(requests(negatives=True), min_size=1, max_size=2), RULES, RULES)
def test_each_environment_agrees(
    given_: RandomMetadata, asked: list[str], before: RuleSet, after: RuleSet
) -> None:
    """A change names an environment exactly if the requirements differ there."""
    asked = [*asked, "pkg[a]; python_version >= '3.11'"]
    comparison = compare_rules(given_.document, asked, before, after, SOME)
    changed = {each.index: each for each in comparison}
    for name in SOME:
        old, new = (
            {each.index for each in requirements(given_.document, asked, name, rules)}
            for rules in (before, after)
        )
        for index in range(len(given_.lines)):
            change = changed.get(index)
            if change is None:
                assert (index in old) is (index in new)
            else:
                assert (index in old, index in new) == (
                    name in change.before.environments,
                    name in change.after.environments,
                )
                assert (name in change.gained.environments) is (index in new - old)
                assert (name in change.lost.environments) is (index in old - new)
                for where in (change.before, change.after, change.gained, change.lost):
                    assert (name in where.environments) is holds(where.condition, name)
    assert all(not (each.gained.nowhere and each.lost.nowhere) for each in comparison)


def holds(condition: Condition, name: str, extras: frozenset[str] = frozenset()) -> bool:
    if isinstance(condition, bool):
        return condition
    return condition.evaluate(ENVIRONMENTS[name], extras)


@untimed
@given(metadata(), st.frozensets(st.sampled_from("abcd")), RULES, st.sampled_from(SOME))
def test_reach_foretells_requirements(
    given_: RandomMetadata, extras: frozenset[str], rules: RuleSet, name: str
) -> None:
    """The condition of a requirement holds for a request exactly if the request pulls it in."""
    asked = [f"pkg[{','.join(extras)}]"]
    resolution = requirements(given_.document, asked, name, rules)
    if resolution.open:
        return
    conditions = reach(given_.document, rules)
    assert {each.index for each in resolution} == {
        index for index, condition in conditions.items() if holds(condition, name, extras)
    }


ODD = ("", "1", "1.0", "x", "1.0-generic", "5.15.0-76-generic", "2.0.dev0", "1!0", "0.dev0")
COMPARISONS = [
    f"{left} {op} {right}"
    for variable in ("platform_release", "platform_version", "implementation_version", "os_name")
    for op in ("==", "!=", "<", ">", "<=", ">=", "~=", "in", "not in")
    for value in ODD
    for left, right in ((variable, f"'{value}'"), (f"'{value}'", variable))
    # The algebra has no answer for a value ~= variable: most values of it are undefined.
    if not (op == "~=" and right == variable)
] + [
    "os_name == sys_platform",
    "os_name != sys_platform",
    "'posix' == 'os_name'",
    "'x' != python_version",
    "python_full_version != '3.13'",
    "'1' != 'platform_release'",
]


@functools.cache
def exactly(value: str) -> Marker:
    """Return where the variables that are tried have this very text."""
    names = ("platform_release", "platform_version", "implementation_version", "os_name")
    same = (f"{name} in '{value}' and '{value}' in {name}" for name in names)
    usual = "sys_platform == 'linux' and python_full_version == '3.13.18'"
    return Marker(" and ".join([*same, usual]))


@pytest.mark.parametrize("rules", [RuleSet.INSTALLERS, RuleSet.SPEC], ids=lambda each: each.value)
def test_each_comparison_is_translated(rules: RuleSet) -> None:
    """A comparison and its condition agree on odd values too; no answer counts as no."""
    values = marker_values("cpython-3.13-linux-x86_64")
    domain = AllEnvironments(rules)
    for text in COMPARISONS:
        node = parse(text)
        assert isinstance(node, TreeComparison)
        try:
            condition = domain.comparison(node)
        except UndefinedError:
            condition = False
        for odd in ODD:
            here = {
                **values,
                "platform_release": odd,
                "platform_version": odd,
                "implementation_version": odd,
                "os_name": odd,
            }
            try:
                expected = constant(node, rules, here)
            except UndefinedError:
                expected = False
            # Some conditions have no spelling, so they are asked about in the algebra.
            meant = domain.both(condition, exactly(odd))
            assert (text, odd, expected) == (text, odd, meant is not False)


def test_a_change_may_go_both_ways() -> None:
    """What comes in other environments than before is neither gained nor lost alone."""
    here, there = Where(Marker("os_name == 'a'"), ()), Where(False, ())
    told = [
        Change(0, "x", "x", here, here, gained, lost).kind
        for gained, lost in ((here, there), (there, here), (here, here))
    ]
    assert ["gained", "lost", "both"] == told
