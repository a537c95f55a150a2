"""Markers whose normal forms grow beyond bounds: their diagrams do not."""

from __future__ import annotations

import random

import pytest

from trigpoint.markers import Marker
from trigpoint.markers.exact import algebra

from .families import FAMILIES, ORDERS, arranged

pytestmark = pytest.mark.repeats

NEVER = Marker("python_version < '0'")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", FAMILIES)
def test_diagrams_stay_small(name: str, order: str) -> None:
    """The diagram of every family grows with its size only, whatever order it is written in."""
    for size in (20, 40):
        marker = Marker(arranged(FAMILIES[name](size), order, seed=size))
        assert algebra.size(marker.meaning) <= 3 * size
        assert marker.implies(marker | Marker("extra == 'other'"))
        assert not marker.is_always() or name == "tautology"


@pytest.mark.parametrize("name", FAMILIES)
def test_a_hundred(name: str) -> None:
    """Nothing is refused at a size of a hundred, and the simplified text is no longer."""
    marker = Marker(FAMILIES[name](100))
    assert algebra.size(marker.meaning) <= 300
    simplified = marker.simplify()
    assert marker == simplified
    assert len(str(simplified)) <= len(str(marker))


@pytest.mark.parametrize("name", FAMILIES)
def test_orders_mean_the_same(name: str) -> None:
    """Another order of the clauses is the same marker, with the same hash."""
    text = FAMILIES[name](14)
    marker = Marker(text)
    for order in ORDERS:
        other = Marker(arranged(text, order, seed=3))
        assert marker == other
        assert hash(marker) == hash(other)


def test_operations_on_large_diagrams() -> None:
    """Diagrams with orders of their own combine with each other and with small ones."""
    grouped = Marker(FAMILIES["cnf, two extras, grouped"](40))
    products = Marker(FAMILIES["dnf, two extras, grouped"](40))
    small = Marker("extra == 'a3' and os_name == 'nt'")
    assert not grouped.implies(products)
    assert not products.implies(grouped)
    assert (grouped & products).implies(products)
    assert (grouped & products) != grouped
    assert (grouped | ~grouped).is_always()
    assert (grouped & small).implies(small)
    assert (grouped & ~grouped) == NEVER
    assert not grouped.disjoint(small)
    found = products.counterexample(grouped)
    assert found is not None
    assert products.evaluate(found) is not grouped.evaluate(found)
    rest = grouped.restrict({}, {f"a{i}" for i in range(40)})
    assert rest.is_always()
    part = grouped.restrict({"os_name": "nt"})
    assert part == grouped


def test_a_bad_first_appearance() -> None:
    """Extras that first appear far from their partners are brought together."""
    size = 30
    alone = " or ".join(f"extra == 'a{i}'" for i in range(size))
    clauses = FAMILIES["cnf, two extras, grouped"](size)
    marker = Marker(f"({alone} or extra == 'b0') and {clauses}")
    assert marker == Marker(clauses)
    assert algebra.size(marker.meaning) <= 3 * size


def test_many_tests_of_one_text() -> None:
    """Needles beside extras do not multiply, and what they know of each other is not lost."""
    size = 40
    text = " or ".join(f"('x{i}q' in sys_platform and extra == 'e{i}')" for i in range(size))
    marker = Marker(text)
    assert algebra.size(marker.meaning) <= 3 * size
    assert marker.implies(Marker("'x' in sys_platform"))
    assert not marker.implies(Marker("'y' in sys_platform"))
    assert marker == marker.simplify()
    assert hash(marker) == hash(marker.simplify())
    assert marker.disjoint(Marker("sys_platform == 'linux'"))
    found = marker.counterexample(marker & Marker("'x3q' not in sys_platform"))
    assert found is not None
    assert "x3q" in found["sys_platform"]
    small = Marker("'x1q' in sys_platform and extra == 'e1'")
    assert small.implies(marker)
    assert hash(marker & small) == hash(small)
    assert marker & small == small


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("sys_platform in '" + "ab" * 3000 + "'", "'c' not in sys_platform", True),
        ("sys_platform in '" + "ab" * 3000 + "'", "'aa' in sys_platform", False),
        ("'" + "a" * 5000 + "' in sys_platform", "'aa' in sys_platform", True),
        (
            " and ".join(f"'n{i}' in platform_release" for i in range(30)),
            "platform_release < '5'",
            False,
        ),
        (
            " or ".join(f"'n{i}' in platform_release" for i in range(100)),
            "'n' in platform_release",
            True,
        ),
        ("python_version > '3." + "9" * 600 + "'", "python_version > '3.9'", True),
    ],
)
def test_long_values(first: str, second: str, expected: bool) -> None:
    """Long values and many tests of one value are answered."""
    assert expected is Marker(first).implies(Marker(second))


def test_random_formulas() -> None:
    """Random clauses are answered however they are ordered, and agree with a few assignments."""
    chance = random.Random(5)
    for _ in range(6):
        clauses = [
            [(chance.randrange(18), chance.random() < 0.5) for _ in range(3)] for _ in range(36)
        ]
        text = " and ".join(
            "(" + " or ".join(f"extra {'==' if yes else '!='} 'v{i}'" for i, yes in clause) + ")"
            for clause in clauses
        )
        marker = Marker(text)
        for _ in range(40):
            names = {i for i in range(18) if chance.random() < 0.5}
            expected = all(any((i in names) is yes for i, yes in clause) for clause in clauses)
            assert expected is marker.restrict({}, {f"v{i}" for i in names}).is_always()
