"""What changes between two sets of rules."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.extras import RuleSet, compare_rules, requirements
from trigpoint.markers import ENVIRONMENTS

from .random_metadata import metadata, requests

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
        (numpy.name, numpy.kind), (lite.name, lite.kind),
    )  # fmt: skip
    assert lite.lost.everywhere
    assert lite.after.nowhere
    assert numpy.gained.environments == tuple(
        name for name, each in ENVIRONMENTS.items() if each["python_version"] not in ("3.9", "3.10")
    )


def test_installers_against_the_specification() -> None:
    """Both readings of two extras at once, and of a negation."""
    comparison = compare_rules(DOCUMENT, "pkg[fast,slow]", "installers", "spec", SOME)
    assert [("lite", "lost"), ("both", "gained")] == [(each.name, each.kind) for each in comparison]


def test_refused_request() -> None:
    """A minus is a request by one set of rules, and a finding by the other."""
    comparison = compare_rules(DOCUMENT, "pkg[-fast]", "pep771", "summit", SOME)
    assert ["base", "lite"] == [each.name for each in comparison]
    assert "extra-negative-refused" in {
        found.code for found in comparison.requested_before.findings
    }


@untimed
@given(metadata(), st.lists(requests(negatives=True), min_size=1, max_size=2), RULES, RULES)
def test_each_environment_agrees(given_, asked, before, after) -> None:
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
                    name in change.before.environments, name in change.after.environments,
                )  # fmt: skip
                assert (name in change.gained.environments) is (index in new - old)
                assert (name in change.lost.environments) is (index in old - new)
    assert all(not (each.gained.nowhere and each.lost.nowhere) for each in comparison)
