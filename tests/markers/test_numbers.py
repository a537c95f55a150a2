"""Numbers of any length: only documented exceptions, from every public function."""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.findings import TrigpointError
from trigpoint.markers import (
    BadAssumption,
    BadEnvironment,
    CannotSpell,
    Marker,
    UndefinedComparison,
    prepare,
)
from trigpoint.markers.reading.grammar import OPERATORS
from trigpoint.versions import MOST_DIGITS

PLAIN = Marker("os_name == 'nt' or python_version < '3.9'")

FUNCTIONS: list[Callable[[Marker], Any]] = [
    lambda m: m.evaluate(),
    lambda m: m.evaluate(rules="installers"),
    lambda m: m.evaluate(rules="summit"),
    lambda m: m.explain().rows(),
    lambda m: m.explain(rules="installers").rows(),
    lambda m: m.lint(),
    lambda m: m.migrate("3.0"),
    lambda m: m.migrate("2.x"),
    lambda m: m.meaning,
    lambda m: str(m.simplify()),
    lambda m: m.simplify(assuming="known-platforms"),
    lambda m: str(~m),
    lambda m: str(m & PLAIN),
    lambda m: str(m | PLAIN),
    lambda m: m.is_satisfiable(),
    lambda m: m.is_always(assuming=">=3.9"),
    lambda m: m.implies(PLAIN),
    lambda m: m.disjoint(PLAIN),
    lambda m: m.equivalent(PLAIN),
    lambda m: m.counterexample(PLAIN),
    lambda m: m.restrict({"os_name": "nt"}),
    lambda m: m.requires_python(),
    lambda m: (m == PLAIN, hash(m), repr(m), m.variables, m.extras),
    lambda m: pickle.loads(pickle.dumps(m)),
]

DIGITS = st.sampled_from([MOST_DIGITS, MOST_DIGITS + 1, 5_000])
SHAPES = st.sampled_from(
    ["{}", "3.{}", "{}.*", "1.0rc{}", "1+a.{}", "{}!1", "1.0.post{}", "3.8, {}", "{}-generic"]
)
VARIABLES = st.sampled_from(
    ["python_version", "python_full_version", "implementation_version", "platform_release"]
)


@settings(max_examples=60, deadline=None)
@given(
    VARIABLES,
    st.sampled_from([op for op in OPERATORS if "in" not in op]),
    SHAPES,
    DIGITS,
    st.booleans(),
)
def test_only_documented_exceptions(
    variable: str, op: str, shape: str, digits: int, swapped: bool
) -> None:
    """A literal with a long number gives an answer, or raises what this project documents."""
    value = shape.format("9" * digits)
    marker = Marker(f"'{value}' {op} {variable}" if swapped else f"{variable} {op} '{value}'")
    for function in FUNCTIONS:
        with contextlib.suppress(TrigpointError, CannotSpell):
            function(marker)
    if digits > MOST_DIGITS:
        assert "marker-version-digits" in [finding.code for finding in marker.lint()]
        with pytest.raises(UndefinedComparison, match=f"more than {MOST_DIGITS} digits"):
            marker.evaluate()
        with pytest.raises(UndefinedComparison, match=f"more than {MOST_DIGITS} digits"):
            marker.is_satisfiable()


@settings(max_examples=30, deadline=None)
@given(VARIABLES, SHAPES)
def test_environments_with_long_numbers(variable: str, shape: str) -> None:
    """A value with a long number is refused by whoever takes environments."""
    environment = {variable: shape.format("9" * (MOST_DIGITS + 1))}
    for ask in (PLAIN.evaluate, PLAIN.explain, PLAIN.restrict, prepare):
        with pytest.raises(BadEnvironment, match="digits"):
            ask(environment)
    with pytest.raises((BadAssumption, BadEnvironment)):
        PLAIN.simplify(assuming=[environment])


@pytest.mark.parametrize("op", [">=", "==", "~=", "==="])
def test_assumptions_with_long_numbers(op: str) -> None:
    """A specifier with a long number is no assumption."""
    with pytest.raises(BadAssumption):
        PLAIN.simplify(assuming=f"{op}3.{'9' * (MOST_DIGITS + 1)}")
