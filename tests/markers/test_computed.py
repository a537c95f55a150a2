"""Computed markers where the environment or the literal is odd."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.markers import Marker, UndefinedComparison, computed, prepare

ODD = (
    "3.*",
    "5",
    "5.0",
    " 5 ",
    "\\x205",
    "5.*",
    "5\\t",
    "",
    " ",
    "tegra",
    "3.9",
    "3.9.1",
    "3.13.0+",
    "3.13.0+local",
    "==3.9",
    "=5",
    "v5",
    "5.0-1",
    "1!5",
    "9" * 700,
    "5." + "9" * 700,
    "a'b",
    "é",
)
VARIABLES = (
    "python_version",
    "python_full_version",
    "platform_release",
    "implementation_version",
    "sys_platform",
    "extra",
)
OPERATORS = ("==", "!=", "<", "<=", ">", ">=", "~=", "===", "in", "not in")

literals = st.sampled_from(ODD).map(lambda text: f'"{text}"')
variables = st.sampled_from(VARIABLES)
comparisons = st.one_of(
    st.tuples(variables, st.sampled_from(OPERATORS), literals),
    st.tuples(literals, st.sampled_from(OPERATORS), variables),
).map(" ".join)
texts = st.one_of(
    comparisons,
    st.tuples(comparisons, st.sampled_from(["and", "or"]), comparisons).map(" ".join),
)
environments = st.dictionaries(
    st.sampled_from(VARIABLES[:-1]),
    st.sampled_from([text for text in ODD if len(text) < 640]).map(
        lambda text: text.replace("\\x20", " ").replace("\\t", "\t")
    ),
)
RULES = ("spec", "installers")


def answer(marker: Marker, environment: dict[str, str], rules: str) -> object:
    """Return what the marker answers, or the name of what it raises."""
    try:
        return marker.evaluate(environment, {"5"}, rules)  # type: ignore[arg-type]
    except UndefinedComparison:
        return "undefined"


def meant(text: str) -> Marker | None:
    """Return the marker if it has a meaning."""
    marker = Marker(text)
    try:
        _ = marker.meaning
    except UndefinedComparison:
        return None
    return marker


@settings(deadline=None, max_examples=600)
@given(texts, texts, environments, st.sampled_from(RULES), st.booleans())
def test_odd_values(
    first: str, second: str, environment: dict[str, str], rules: str, asked: bool
) -> None:
    """An operation answers what its parts answer, whatever the values, and after pickling too."""
    a, b = meant(first), meant(second)
    if a is None or b is None:
        return
    mine, yours = answer(a, environment, rules), answer(b, environment, rules)
    for result, expected in (
        (a & a, mine),
        (a | a, mine),
        (~~a, mine),
        (a & b, _join(mine, yours, all)),
        (a | b, _join(mine, yours, any)),
        (a.restrict({}), mine),
    ):
        if asked:
            _ = result.is_satisfiable()
        assert expected == answer(result, environment, rules)
        assert expected == answer(pickle.loads(pickle.dumps(result)), environment, rules)


@settings(deadline=None, max_examples=300)
@given(texts, environments)
def test_odd_opposites(text: str, environment: dict[str, str]) -> None:
    """The opposite answers the opposite, by the specification."""
    marker = meant(text)
    if marker is not None:
        expected = answer(marker, environment, "spec")
        actual = answer(~marker, environment, "spec")
        assert (expected if expected == "undefined" else not expected) == actual


def _join(first: object, second: object, how: object) -> object:
    return "undefined" if "undefined" in (first, second) else how((first, second))  # type: ignore[operator]


@pytest.mark.parametrize("asked", [False, True])
def test_a_text_changes_no_answer(asked: bool) -> None:
    """Asking a computed marker for its text does not change what it answers."""
    odd = {"python_full_version": "no version", "python_version": "3.9"}
    first = Marker("python_full_version >= '3.9.dev0'")
    marker = first & Marker("python_full_version < '3.10.dev0'")
    if asked:
        assert 'python_version == "3.9"' == str(marker)
    assert first.evaluate(odd) is False
    assert marker.evaluate(odd) is False
    assert marker.evaluate(prepare(odd)) is False


def test_without_a_text() -> None:
    """What no marker says can still be evaluated, pickled and combined."""
    unsaid = ~Marker("platform_release === 'x'")
    with pytest.raises(ValueError, match="=== has no opposite"):
        str(unsaid)
    for marker in (unsaid, pickle.loads(pickle.dumps(unsaid))):
        assert marker.evaluate({"platform_release": "3.*"}) is True
        assert marker.evaluate({"platform_release": "X"}) is False
        assert marker.evaluate({"platform_release": "X"}, rules="installers") is False
        assert unsaid == marker


def test_undefined_for_a_release_that_is_no_version() -> None:
    """A comparison that has no answer for a value raises in a computed marker as well."""
    marker = Marker("platform_release ~= '5.0'")
    for each in (marker, marker & marker, ~marker, marker | Marker("os_name == 'x'")):
        with pytest.raises(UndefinedComparison):
            each.evaluate({"platform_release": "tegra"})
        with pytest.raises(UndefinedComparison):
            each.evaluate(prepare({"platform_release": "tegra"}))


def test_restricted() -> None:
    """Values that were put in stay, and comparisons that they do not settle are asked."""
    marker = Marker("platform_release == '5' and os_name == 'nt' and extra == 'a'")
    rest = marker.restrict({"os_name": "nt"}, {"a"})
    for each in (rest, pickle.loads(pickle.dumps(rest))):
        assert each.evaluate({"platform_release": "5", "os_name": "posix"}) is True
        assert each.evaluate({"platform_release": "5.*", "os_name": "posix"}) is False
        assert each.evaluate({"platform_release": " 5", "os_name": "posix"}) is True
    inner = (marker.restrict({"os_name": "nt"}) | Marker("os_name == 'x'")).restrict({}, {"b"})
    assert inner.evaluate({"platform_release": "5", "os_name": "x"}) is True
    assert inner.evaluate({"platform_release": "5", "os_name": "nt"}) is False
    assert inner == pickle.loads(pickle.dumps(inner))


def test_packed_is_flat() -> None:
    """A chain of any depth is packed without recursion, and what is shared is packed once."""
    marker = Marker("extra == 'a'")
    for i in range(3_000):
        marker = ~(marker & Marker(f"extra == 'a{i % 7}'"))
    rows = computed.steps(marker.meaning)
    assert 3_000 * 3 + 1 == len(rows)
    assert marker == pickle.loads(pickle.dumps(marker))
    doubled = Marker("extra == 'b'")
    for _ in range(60):
        doubled = ~(doubled & doubled)
    assert 121 == len(computed.steps(doubled.meaning))
    assert doubled.evaluate(extras={"b"}) is True
    assert doubled == Marker("extra == 'b'")
    assert computed.from_steps(computed.steps(doubled.meaning)) == doubled.meaning
