"""A marker in one environment, flattened, says what it says as a tree."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extras.random_metadata import RandomMetadata, metadata

from trigpoint.extras import RuleSet, requirements
from trigpoint.extras.domains import ListedEnvironments, OneEnvironment
from trigpoint.extras.offer import read_offer
from trigpoint.extras.reasons import Explainer
from trigpoint.extras.requested import brought_by_references, marker_values, readable_lines
from trigpoint.extras.rows import hold, read_rows
from trigpoint.extras.solve import Interpreter, solve
from trigpoint.extras.solve import tested_extra as the_extra
from trigpoint.markers.reading.grammar import parse

NAMES = ("a", "b", "c")
TEXTS = st.recursive(
    st.sampled_from([f"extra {op} '{name}'" for op in ("==", "!=") for name in NAMES]),
    lambda inner: st.lists(inner, min_size=2, max_size=3).flatmap(
        lambda parts: st.sampled_from([f"({' and '.join(parts)})", f"({' or '.join(parts)})"])
    ),
    max_leaves=8,
)


@given(TEXTS)
def test_rows_say_what_the_marker_says(text: str) -> None:
    """For all sets that tests for and tests against an extra look into."""
    rows = read_rows(parse(text), the_extra)
    python = text.replace("extra == ", "has == ").replace("extra != ", "against != ")
    for there, against in itertools.product(
        (set(each) for size in range(4) for each in itertools.combinations(NAMES, size)), repeat=2
    ):
        said = python
        for name in NAMES:
            said = said.replace(f"has == '{name}'", str(name in there))
            said = said.replace(f"against != '{name}'", str(name not in against))
        assert eval(said) is hold(rows, there, against)


@pytest.mark.parametrize(
    ("text", "with_a", "without"),
    [
        ("extra == 'a'", True, False),
        ("extra != 'a'", False, True),
        ("os_name == 'x' or extra == 'a'", True, False),
        ("os_name == 'x' and extra == 'a'", False, False),
        ("os_name == 'posix' or extra == 'a'", True, True),
        ("os_name == 'posix' and extra == 'a'", True, False),
        ("os_name == 'posix' and os_name != 'x'", True, True),
        ("os_name == 'x' or os_name == 'y'", False, False),
        ("extra == 'a' and (os_name == 'x' or os_name == 'posix')", True, False),
        ("extra != 'b' or (os_name == 'x' and extra == 'a')", True, True),
    ],
)
def test_what_the_environment_decides_is_settled(text: str, with_a: bool, without: bool) -> None:
    """One test that is false settles *and*, one that is true settles *or*."""
    reading = Interpreter(
        OneEnvironment(marker_values(None) | {"os_name": "posix"}, RuleSet.SPEC), RuleSet.SPEC, True
    )
    tree = parse(text)
    assert with_a is reading.holds(tree, {"a": True}, {"a": True})
    assert without is reading.holds(tree, {}, {})


@pytest.mark.parametrize("rules", RuleSet, ids=lambda rules: rules.value)
@settings(max_examples=100, deadline=None)
@given(document=metadata(), data=st.data())
def test_one_environment_is_a_list_of_one(
    rules: RuleSet, document: RandomMetadata, data: st.DataObject
) -> None:
    """What is looked up for one environment is what is folded for a list with it alone."""
    seeds = data.draw(st.sets(st.sampled_from(NAMES)))
    offer = read_offer(document.document)
    values = marker_values("cpython-3.14-linux-x86_64")
    lines, brought = readable_lines(offer, rules), brought_by_references(offer, rules)
    one = solve(
        Interpreter(OneEnvironment(values, rules), rules, True),
        lines,
        brought,
        dict.fromkeys(seeds, True),
    )
    many = solve(
        Interpreter(ListedEnvironments([values], rules), rules, 1),
        lines,
        brought,
        dict.fromkeys(seeds, 1),
    )
    assert many.extras.keys() == one.extras.keys()
    assert many.open.keys() == one.open.keys()
    assert {index: bool(value) for index, value in many.lines.items()} == one.lines


@pytest.mark.parametrize("size", [10, 20])
def test_a_reference_that_does_not_hold_yet_is_asked_once(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not for each of its extras whenever one of them is reached."""
    asked: list[int] = []
    real = Explainer._supports

    def watched(self: Explainer, known: object, tree: object) -> object:
        asked.append(len(asked))
        return real(self, known, tree)  # type: ignore[arg-type]

    monkeypatch.setattr(Explainer, "_supports", watched)
    every = " and ".join(f"extra == 'e{i}'" for i in range(size + 1))
    lines = [f"pkg[e{i + 1}]; extra == 'e{i}'" for i in range(size)]
    lines += [f"pkg[z{i}]; {every}" for i in range(size)]
    names = [*(f"e{i}" for i in range(size + 1)), *(f"z{i}" for i in range(size))]
    found = requirements(
        {"Name": ["pkg"], "Provides-Extra": names, "Requires-Dist": lines}, "pkg[e0]"
    )
    assert set(names) == found.extras
    assert size + 2 == len(found.steps["z0"])
    # Once for its way, and once as a requirement for its reasons.
    assert len(asked) <= 2 * len(lines)
