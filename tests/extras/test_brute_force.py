"""Random metadata against naive readings of the rules, written here a second time."""

from __future__ import annotations

import itertools
import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.markers import Marker as PackagingMarker
from packaging.requirements import Requirement

from trigpoint.extras import RuleSet, requested_extras, requirements
from trigpoint.markers import ENVIRONMENTS

from .random_metadata import RandomMetadata, metadata, requests

pytestmark = pytest.mark.repeats

LINUX = ENVIRONMENTS["cpython-3.13-linux-x86_64"]
SETS = st.sampled_from([RuleSet.SPEC, RuleSet.PEP771, RuleSet.SUMMIT])
untimed = settings(deadline=None)
SEVERAL = st.lists(requests(), min_size=1, max_size=3)


def naive_bring(request: str, given_: RandomMetadata, rules: RuleSet) -> frozenset[str]:
    """Read a request with a regular expression and the rule in one sentence each."""
    brackets = re.search(r"\[(.*)\]", request)
    inside = [part for part in brackets[1].split(",") if part] if brackets else []
    minus = {part[1:] for part in inside if part.startswith("-")}
    named = {part for part in inside if not part.startswith("-")} & {*given_.provides}
    if rules not in (RuleSet.PEP771, RuleSet.SUMMIT):
        return frozenset(named)
    if brackets is None or minus:
        named |= {*given_.defaults} - minus
    return frozenset(named)


def stable_sets(given_: RandomMetadata, asked: list[str], rules: RuleSet) -> list[frozenset[str]]:
    """Try every set: with its negations looked up in it, it has to build itself from nothing."""
    start = frozenset().union(*(naive_bring(request, given_, rules) for request in asked))
    found = []
    for size in range(len(given_.provides) + 1):
        for guess in map(frozenset, itertools.combinations(given_.provides, size)):
            built = start
            for _ in range(len(given_.lines) * 4 + 1):
                for line in given_.lines:
                    if line.target.startswith("pkg") and line.truth(built, guess):
                        built |= naive_bring(line.target, given_, rules)
            if built == guess:
                found.append(guess)
    return found


@untimed
@given(metadata(), SEVERAL, SETS)
def test_set_readings(given_: RandomMetadata, asked: list[str], rules: RuleSet) -> None:
    """The set is the only one that builds itself; requirements are those that hold in it."""
    stable = stable_sets(given_, asked, rules)
    resolution = requirements(given_.document, asked, LINUX, rules)
    for candidate in stable:
        assert resolution.extras <= candidate <= resolution.extras | {*resolution.open}
    if resolution.open:
        return
    assert [resolution.extras] == stable
    expected = [
        line.text for line in given_.lines if line.truth(resolution.extras, resolution.extras)
    ]
    assert expected == [each.text for each in resolution]


def pip_walk(document: dict[str, list[str]], asked: list[str]) -> set[str]:
    """Walk the way pip does: a candidate for the project, one for each set of extras."""
    environment = dict(LINUX)
    provides = set(document["Provides-Extra"])
    wanted, seen, pulled = [Requirement(each) for each in asked], set(), set()
    while wanted:
        request = wanted.pop()
        key = frozenset(request.extras & provides)
        if key in seen:
            continue
        seen.add(key)
        wanted.append(Requirement("pkg"))
        for text in document["Requires-Dist"]:
            requirement = Requirement(text)
            marker: PackagingMarker | None = requirement.marker
            if marker is None or any(
                marker.evaluate({**environment, "extra": extra}) for extra in key or {""}
            ):
                pulled.add(text)
                if requirement.name == "pkg":
                    wanted.append(requirement)
    return pulled


@untimed
@given(metadata(), SEVERAL)
def test_installers_reading(given_: RandomMetadata, asked: list[str]) -> None:
    """What comes is what a walk with packaging's markers, one extra at a time, finds."""
    resolution = requirements(given_.document, asked, LINUX, "installers")
    assert pip_walk(given_.document, asked) == {each.text for each in resolution}


@untimed
@given(metadata(), SEVERAL, st.sampled_from(RuleSet))
def test_reasons_are_enough(given_: RandomMetadata, asked: list[str], rules: RuleSet) -> None:
    """Each step of a reason follows from the ones before it, and they lead to its extras."""
    resolution = requirements(given_.document, asked, LINUX, rules)
    for pulled in resolution:
        assert pulled.reasons
        for reason in pulled.reasons:
            known: set[str] = set()
            for step in reason.steps:
                if step.kind == "reference":
                    line = given_.lines[step.index]
                    assert line.text == step.text
                    names = [frozenset(known)]
                    if rules.per_extra:
                        names = [frozenset({name}) for name in ("", *known)]
                    assert any(
                        line.truth(each, each if rules.per_extra else resolution.extras)
                        for each in names
                    )
                else:
                    assert asked[step.index] == step.text
                known |= set(step.extras)
            assert {*reason.extras} <= known
            truth = given_.lines[pulled.index].truth
            if not rules.per_extra:
                assert truth(frozenset(reason.extras), resolution.extras)


@untimed
@given(metadata(), SEVERAL, st.sampled_from(RuleSet), st.randoms())
def test_order_of_requests_is_irrelevant(
    given_: RandomMetadata, asked: list[str], rules: RuleSet, random: Random
) -> None:
    """Requests are a set: order and repetition change nothing but the reasons."""
    shuffled = random.sample(asked, len(asked)) + asked[:1]
    before = requirements(given_.document, asked, LINUX, rules)
    after = requirements(given_.document, shuffled, LINUX, rules)
    assert (before.extras, before.open) == (after.extras, after.open)
    assert [each.text for each in before] == [each.text for each in after]


@untimed
@given(metadata(negations=False), SEVERAL, requests(), st.sampled_from(RuleSet))
def test_more_requests_never_take_away(
    given_: RandomMetadata, asked: list[str], another: str, rules: RuleSet
) -> None:
    """Without negation, one more request keeps all requirements."""
    before = requirements(given_.document, asked, LINUX, rules)
    after = requirements(given_.document, [*asked, another], LINUX, rules)
    assert before.extras <= after.extras
    assert {each.text for each in before} <= {each.text for each in after}
    assert () == before.open


@untimed
@given(metadata(), SEVERAL, requests())
def test_installers_never_take_away(given_: RandomMetadata, asked: list[str], another: str) -> None:
    """Asked one extra at a time, even negations keep what is there."""
    before = requirements(given_.document, asked, LINUX, "installers")
    after = requirements(given_.document, [*asked, another], LINUX, "installers")
    assert {each.text for each in before} <= {each.text for each in after}


@untimed
@given(
    metadata(),
    st.lists(requests(negatives=True), max_size=3),
    st.lists(requests(negatives=True), max_size=3),
    st.sampled_from(RuleSet),
)
def test_requests_bring_the_union(
    given_: RandomMetadata, left: list[str], right: list[str], rules: RuleSet
) -> None:
    """What two lists of requests bring together is the union, and what one brings is the rule."""

    def brought(asked: list[str]) -> frozenset[str]:
        return requested_extras(
            asked, provides=given_.provides, defaults=given_.defaults, rules=rules, name="pkg"
        ).extras

    assert brought(left) | brought(right) == brought(left + right)
    readable = [each for each in left if "-" not in each or rules is RuleSet.SUMMIT]
    expected = frozenset().union(*(naive_bring(each, given_, rules) for each in readable))
    assert expected == brought(left)


@untimed
@given(metadata(), requests())
def test_skipped_extras_would_help(given_: RandomMetadata, request_text: str) -> None:
    """An extra that is named as missing pulls the requirement in when it is asked for too."""
    rules = RuleSet.INSTALLERS
    for skipped in requirements(given_.document, request_text, LINUX, rules).skipped:
        if skipped.why == "extra" and not skipped.together:
            for name in skipped.extras:
                after = requirements(given_.document, [request_text, f"pkg[{name}]"], LINUX, rules)
                assert skipped.index in [each.index for each in after]
