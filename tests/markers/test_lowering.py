"""Diagrams of single comparisons, against what the specification says of each value."""

from __future__ import annotations

import itertools
import re

import pytest
from packaging.version import Version

from trigpoint.markers import Marker, UndefinedComparison, prepare
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.lowering import full_text, has_full_text, leaf
from trigpoint.markers.exact.restrict import minor_of
from trigpoint.markers.meaning.semantics import Rules, compare
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import Comparison

OPERATORS = ("==", "!=", "<", "<=", ">", ">=", "~=", "===", "in", "not in")

LITERALS = (
    *("", "x", "0", "0.1", "3", "3.9", "3.9.1", "3.10", "3.*", "=3.9", "4.0.dev1", "2!0", "1!0.1"),
    *("3.9.0", "3.9.0.dev1", "3.9.1rc1", "3.9.1rc1.dev2", "3.9.1.post1", "3.9.1.post1.dev0"),
    *("3.9.0+local", "3.9.1+LOCAL", "3.9.1.2", "3.9, 3.10", "3.9.0 3.9.1+local", "1!3.9.0", "+"),
)

FULL = (
    *("0.0.0", "0.1.0", "2.7.18", "3.8.20", "3.9.0.dev1", "3.9.0rc1", "3.9.0", "3.9.0+local"),
    *("3.9.1.dev0", "3.9.1rc1.dev2", "3.9.1rc1", "3.9.1", "3.9.1+local", "3.9.1.post1.dev0"),
    *("3.9.1.post1", "3.9.1.post1+local", "3.9.2", "3.10.0", "4.0.0.dev1", "4.0.0", "1!0.1.0"),
    *("1!3.9.0", "2!0.0.0"),
)

RELEASES = (*FULL, "", "x", "X", "3", "3.9", "3.9.1.2", "6.8.0-generic", "tegra")

VALUES = {
    "python_version": FULL,
    "python_full_version": FULL,
    "platform_release": RELEASES,
    "os_name": ("", "x", "posix", "3.9", "=3.9"),
}


def environment(variable: str, value: str) -> dict[str, str]:
    """Return an environment where *variable* has *value*, or the minor version of it."""
    if variable in ("python_version", "python_full_version"):
        minor = minor_of(Version(value))
        return {"python_full_version": value, "python_version": minor}
    return {variable: value}


def comparison(text: str) -> Comparison:
    """Read *text*, which is one comparison."""
    node = parse(text)
    assert isinstance(node, Comparison)
    return node


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("variable", VALUES)
def test_a_diagram_holds_where_its_comparison_does(variable: str, op: str) -> None:
    """In both directions; one without an answer for any value has no diagram."""
    prepared = [prepare(environment(variable, each)) for each in VALUES[variable]]
    space = Space()
    for literal, swapped in itertools.product(LITERALS, (False, True)):
        sides = (f"'{literal}'", variable) if swapped else (variable, f"'{literal}'")
        node = comparison(f"{sides[0]} {op} {sides[1]}")
        told = [
            compare(node, environment(variable, each), {}, Rules.SPEC).value
            for each in VALUES[variable]
        ]
        # Whether it has an answer may depend on the value; the algebra refuses it for all.
        refused = op == "~=" and swapped and variable != "python_version"
        if {None} == set(told) or (refused and None in told):
            with pytest.raises(UndefinedComparison, match=re.escape(str(node))):
                leaf(space, node)
            continue
        diagram = leaf(space, node)
        # Text that is no version is in no range.
        assert [bool(each) for each in told] == [each.holds(diagram) for each in prepared], str(
            node
        )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("'x' == 'y'", "there is no variable in it"),
        ("os_name == sys_platform", "are both variables"),
        ("extras == 'x'", "can only stand on the right"),
        ("'x' ~= extras", "has in and not in only"),
        ("'x' === dependency_groups", "has in and not in only"),
        (f"python_version > '3.{'9' * 5000}'", "digits"),
        (f"python_full_version in '{'3.9.' * 200}'", None),
        (f"python_version in '{'3.99' * 2000}'", "so many versions"),
    ],
)
def test_what_has_no_diagram(text: str, reason: str | None) -> None:
    """The reason is told with the comparison; a long list of full versions is looked for as text."""
    node = comparison(text)
    if reason is None:
        assert leaf(Space(), node).kids
        return
    with pytest.raises(UndefinedComparison, match=reason):
        leaf(Space(), node)


@pytest.mark.parametrize("text", ["a b", "a;b", " x ", "a)"])
def test_a_release_that_would_be_no_clause(text: str) -> None:
    """Where the environment says what follows ===, no value makes it one of these texts."""
    marker = Marker(f"'{text}' === platform_release")
    assert not marker.is_satisfiable()
    assert Marker("'X.y' === platform_release").evaluate({"platform_release": "x.Y"})


@pytest.mark.parametrize(
    ("version", "text", "whole"),
    [
        ("3", "3.0.0", True),
        ("3.9rc1", "3.9.0rc1", True),
        ("3.9.1", "3.9.1", True),
        ("3.9.1.0", "3.9.1", True),
        ("3.9.1.2", "3.9.1", False),
        ("3.9.1.0.2", "3.9.1", False),
    ],
)
def test_versions_of_python_have_three_components(version: str, text: str, whole: bool) -> None:
    """Fewer are filled up with zeros, and a fourth that is not zero no Python has."""
    assert (text, whole) == (full_text(Version(version)), has_full_text(Version(version)))
    assert whole is Marker(f"python_full_version == '{version}'").is_satisfiable()
