"""Work on extras grows with the size of the text, or stops at a stated bound: counted, not timed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import pytest

from trigpoint.extras import (
    DocumentLike,
    compare_rules,
    reach,
    requested_extras,
    requirements,
    review,
)
from trigpoint.extras import domains as domains_module
from trigpoint.extras.domains import MOST_PARTS, MOST_TEXT_PARTS
from trigpoint.extras.offer import MOST_NEGATIONS, MOST_REFERENCES
from trigpoint.extras.requested import MOST_REQUESTS
from trigpoint.extras.rules import RuleSetLike
from trigpoint.extras.solve import MOST_ASKED

pytestmark = pytest.mark.repeats

Document: TypeAlias = dict[str, list[str]]
Count: TypeAlias = Callable[[Callable[[], object]], int]
"""Runs a function and says how much there was of something: the fixtures calls and peak."""


def distribution(size: int, requirement: str, provided: str = "x{}") -> Document:
    """Make metadata with *size* extras, and a requirement made for each number."""
    return {
        "Name": ["a"],
        "Provides-Extra": [provided.format(i) for i in range(size + 1)],
        "Requires-Dist": [
            requirement.format(i, i + 1, size - i, size - i - 1) for i in range(size)
        ],
    }


def one_marker(word: str) -> Callable[..., Document]:
    """Make metadata whose one requirement names each extra in its marker."""

    def make(size: int, provided: Callable[[int], Iterable[int]] = range) -> Document:
        marker = f" {word} ".join(f"extra == 'x{i}'" for i in range(size))
        return {
            "Name": ["a"],
            "Provides-Extra": [f"x{i}" for i in provided(size)],
            "Requires-Dist": [f"b; {marker}"],
        }

    return make


FAMILIES: dict[str, tuple[Callable[[int], Document], int]] = {
    "chain": (lambda n: distribution(n, "a[x{1}]; extra == 'x{0}'"), 25),
    "chain backwards": (lambda n: distribution(n, "a[x{2}]; extra == 'x{3}'"), 25),
    "chain with environments": (
        lambda n: distribution(n, "a[x{2}]; extra == 'x{3}' and os_name == 'o{0}'"),
        25,
    ),
    "everything": (
        lambda n: {
            **distribution(n, "b{0}; extra == 'x{0}'"),
            "Default-Extra": [f"x{i}" for i in range(n)],
        },
        100,
    ),
    "idle": (lambda n: distribution(n, "b{0}"), 40),
    "foreign": (lambda n: distribution(n, "b{0}; extra == 'x{0}'", "y{}"), 40),
    "on a platform": (lambda n: distribution(n, "b{0}; extra == 'x{0}' and os_name == 'nt'"), 40),
    "negated": (lambda n: distribution(n, "b{0}; extra != 'x{0}'"), 40),
    "one or": (one_marker("or"), 40),
    "one or of undeclared": (lambda n: one_marker("or")(n, lambda _: ()), 40),
    "tests of text": (lambda n: distribution(n, "b{0}; extra in 'x{0}'"), 150),
}
WORKS: dict[str, Callable[[Document, RuleSetLike], Callable[[], object]]] = {
    "review": lambda document, rules: lambda: review(document, rules),
    "requirements": lambda document, rules: lambda: requirements(document, "a[x0]", rules=rules),
    "reach": lambda document, rules: lambda: reach(document, rules),
    "compare": lambda document, rules: (
        lambda: compare_rules(document, "a[x0]", rules, "summit", ["cpython-3.13-linux-x86_64"])
    ),
}


@pytest.mark.parametrize("rules", ["installers", "summit"])
@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("family", FAMILIES)
def test_growth(family: str, work: str, rules: RuleSetLike, calls: Count, peak: Count) -> None:
    """Four times the text makes at most about four times the calls, and the memory.

    In a chain each condition holds all before it, so it may be four times as much
    again; :func:`test_most_references` holds that to a bound.
    """
    make, size = FAMILIES[family]

    def run(times: int) -> Callable[[], object]:
        return WORKS[work](make(size * times), rules)

    run(4)()  # what is kept for all texts is not counted
    most = 20 if "chain" in family else 5.2
    assert calls(run(4)) <= most * calls(run(1)) + 3_000
    assert peak(run(4)) <= most * peak(run(1)) + 300_000


def test_requests_for_many_defaults(calls: Count) -> None:
    """A request that brings nothing new costs no more for the extras that are there."""

    def run(size: int) -> Callable[[], object]:
        defaults = [f"x{i}" for i in range(size)]
        return lambda: requested_extras(
            ["a"] * 400, provides=defaults, defaults=defaults, rules="pep771"
        )

    assert calls(run(1000)) <= calls(run(10)) + 20 * 1000


def codes(document: DocumentLike, rules: RuleSetLike = "spec") -> list[str]:
    return [finding.code for finding in review(document, rules)]


def test_most_references() -> None:
    """References up to the bound are followed; one more is not, and said so."""
    document = distribution(MOST_REFERENCES, "a[x{1}]; extra == 'x{0}'")
    last = f"x{MOST_REFERENCES}"
    assert last in requirements(document, "a[x0]").extras
    assert "extra-too-large" not in codes(document)
    document = distribution(MOST_REFERENCES + 1, "a[x{1}]; extra == 'x{0}'")
    assert last in requirements(document, "a[x0]").extras
    assert f"x{MOST_REFERENCES + 1}" not in requirements(document, "a[x0]").extras
    (finding,) = (each for each in review(document) if each.code == "extra-too-large")
    assert "this reference of a to itself is not followed" in finding.message


def test_references_beyond_are_counted() -> None:
    """With several references too many, the first is named and the rest are counted."""
    text = "Name: a\n" + "Requires-Dist: a[x]\n" * (MOST_REFERENCES + 3)
    (finding,) = (each for each in review(text) if each.code == "extra-too-large")
    assert "to itself and 2 more is" in finding.message
    assert finding.span is not None
    assert finding.span.line == MOST_REFERENCES + 2


@pytest.mark.parametrize("test", ["extra != 'x{0}'", "'x{0}' not in extras"])
def test_most_negations(test: str) -> None:
    """References that negate have a bound of their own; others are followed beyond it."""
    document = distribution(MOST_NEGATIONS, "a[y{0}]; " + test, "y{}")
    assert f"y{MOST_NEGATIONS - 1}" in requirements(document, "a", rules="summit").extras
    assert "extra-too-large" not in codes(document)
    document = distribution(MOST_NEGATIONS + 1, "a[y{0}]; " + test, "y{}")
    document["Requires-Dist"].append(f"a[y{MOST_NEGATIONS + 1}]")
    found = requirements(document, "a", rules="summit").extras
    assert f"y{MOST_NEGATIONS}" not in found
    assert f"y{MOST_NEGATIONS + 1}" in found
    assert codes(document).count("extra-too-large") == 1


def test_ring_of_absences(calls: Count) -> None:
    """A ring in which each extra asks for the next one while it is missing itself is bounded."""
    small = distribution(MOST_NEGATIONS, "a[x{1}]; extra != 'x{0}'")
    large = distribution(4 * MOST_NEGATIONS, "a[x{1}]; extra != 'x{0}'")
    assert calls(lambda: review(large)) <= 5 * calls(lambda: review(small)) + 3_000


@pytest.mark.parametrize("size", [MOST_ASKED, MOST_ASKED + 1])
def test_most_asked(size: int) -> None:
    """Installers ask a marker about so many extras one by one; with more it is left out."""
    document = one_marker("and")(size)
    beyond = size > MOST_ASKED
    assert beyond == ("extra-too-large" in codes(document, "installers"))
    # None of them is asked for, so there is nothing to try.
    assert not requirements(document, "a", rules="installers").pulled
    everything = f"a[{','.join(document['Provides-Extra'])}]"
    (skipped,) = requirements(document, everything, rules="installers").skipped
    assert beyond == ("was not worked out" in skipped.message)
    assert beyond == (0 not in reach(document, "installers"))


@pytest.mark.parametrize("size", [MOST_ASKED, MOST_ASKED + 1])
def test_reasons_of_large_markers(size: int) -> None:
    """The set is asked about all of them at once, and all of them are the reason."""
    document = one_marker("and")(size)
    document["Requires-Dist"][0] += " and extra != 'z'"
    names = document["Provides-Extra"]
    (pulled,) = requirements(document, f"a[{','.join(names)}]").pulled
    (reason,) = pulled.reasons
    assert set(names) == set(reason.extras)
    (skipped,) = requirements(document, "a").skipped
    assert (set(names), True) == (set(skipped.extras), skipped.together)


def test_most_absences_of_a_reason() -> None:
    """A reason names the extras that must stay away, up to the bound."""
    marker = " and ".join(f"extra != 'x{i}'" for i in range(MOST_ASKED + 1))
    document = {"Name": ["a"], "Requires-Dist": [f"b; {marker}"]}
    (pulled,) = requirements(document, "a").pulled
    assert MOST_ASKED == len(pulled.reasons[0].absent)


def test_most_requests() -> None:
    """Requests up to the bound are looked at; one more is not, and said so."""
    texts = [f"a[x{i}]" for i in range(MOST_REQUESTS + 1)]
    brought = requested_extras(texts[:-1])
    assert (MOST_REQUESTS, ()) == (len(brought.extras), brought.findings)
    brought = requested_extras(texts)
    assert MOST_REQUESTS == len(brought.extras)
    assert ["extra-too-large"] == [finding.code for finding in brought.findings]


def tangle(size: int, test: str) -> Document:
    """Make a reference from each extra to each, wherever a test of its own holds."""
    lines = [
        f"a[x{j}]; extra == 'x{i}' and {test.format(i, j)}"
        for i in range(size)
        for j in range(size)
        if i != j
    ]
    return {
        "Name": ["a"],
        "Provides-Extra": [f"x{i}" for i in range(size)],
        "Requires-Dist": lines,
    }


def test_most_text_parts() -> None:
    """Independent tests of text in all combinations stop at a bound, with a finding."""
    document = tangle(6, "'o{}.{}' in platform_version")
    found = codes(document)
    assert "extra-too-large" in found
    changes = compare_rules(document, "a[x0]", "spec", "summit")
    assert () == changes.changes
    assert len(reach(document)) < 30


def test_bounds_of_conditions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A condition with as many parts as allowed is kept; one more part is too many."""
    document = distribution(3, "b; extra == 'x0' and os_name == 'n' and sys_platform == 's'")
    monkeypatch.setattr(domains_module, "MOST_PARTS", 3)
    assert "extra-too-large" not in codes(document)
    monkeypatch.setattr(domains_module, "MOST_PARTS", 2)
    assert "extra-too-large" in codes(document)
    monkeypatch.undo()
    document = distribution(3, "b; extra == 'x0' and 'n' in os_name and 's' in platform_version")
    monkeypatch.setattr(domains_module, "MOST_TEXT_PARTS", 2)
    assert "extra-too-large" not in codes(document)
    monkeypatch.setattr(domains_module, "MOST_TEXT_PARTS", 1)
    assert "extra-too-large" in codes(document)
    assert MOST_TEXT_PARTS < MOST_PARTS
