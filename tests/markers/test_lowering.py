"""Diagrams of single comparisons, against what the specification says of each value."""

from __future__ import annotations

import itertools
import re

import pytest
from packaging.version import Version

from trigpoint.markers import Marker, UndefinedComparison, prepare
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.lowering import full_text, has_full_text, leaf
from trigpoint.markers.exact.nodes import ATOM, FALSE, TRUE, Node
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


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("swapped", [False, True])
def test_one_set_of_minor_versions_has_one_diagram(op: str, swapped: bool) -> None:
    """What answers alike for every python_version is the same, however it is asked."""
    found: dict[tuple[bool, ...], Node] = {}
    for literal in (
        *LITERALS,
        "0.0",
        "0.1",
        "1.0",
        "3.0",
        "1!0.0",
        "0.0rc1",
        "4.0",
        "3.11",
        "2!1.1",
    ):
        text = f"'{literal}' {op} python_version" if swapped else f"python_version {op} '{literal}'"
        try:
            diagram = leaf(MINOR_SPACE, comparison(text))
        except UndefinedComparison:
            continue
        told = tuple(each.holds(diagram) for each in MINORS)
        for each, minor in zip(told, MINOR_TEXTS, strict=True):
            here = {"python_version": minor, "python_full_version": f"{minor}.0"}
            assert each is bool(compare(comparison(text), here, {}, Rules.SPEC).value), (
                text,
                minor,
            )
        if diagram.kind == ATOM:
            continue  # a test of the text is left open
        assert found.setdefault(told, diagram) is diagram, text
        assert (diagram is TRUE, diagram is FALSE) == (all(told), not any(told)), text


MINOR_SPACE = Space()
MINOR_TEXTS = [
    f"{epoch}{major}.{minor}"
    for epoch in ("", "1!", "2!", "3!")
    for major in range(10)
    for minor in range(13)
]
MINORS = [
    prepare({"python_version": text, "python_full_version": f"{text}.0"}) for text in MINOR_TEXTS
]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("python_version in '3.2 3.3 3.4'", "python_version >= '3.2' and python_version < '3.5'"), None),
        (("python_version in '0.0 0.1'", "python_version < '0.2'"), None),
        (("python_version in '3.19'", "python_version === '3.1' or python_version === '3.19'"), None),
        (("python_version in '1!3.9'", "python_version == '1!3.9' or python_version == '3.9'"), None),
        (("python_version in '03.9'", "python_version == '3.9'"), None),
        (("python_version in '3.9.1'", "python_version == '3.9' or python_version == '9.1'"), None),
        (("python_version in '3 9 .'", "python_version == '3.x'"), False),
        (("python_version not in 'x'", "python_version >= '0.dev0'"), True),
        (("'' in python_version", "'' in python_full_version"), True),
        (("'' in os_name", "'' in platform_release"), True),
        (("os_name in ''", "os_name == ''"), None),
        (("platform_release in ''", "platform_release == ''"), None),
        (("python_version in ''", "python_full_version in ''"), False),
        (("python_full_version in '3.9.1 3.9.2'", "python_full_version in '3.9.2,3.9.1'"), None),
        (("python_full_version in '3.9.0rc1'", "python_full_version === '3.9.0rc1' or python_full_version === '3.9.0'"), None),
        (("python_full_version in '1.0.0'", "python_full_version === '1.0.0'"), None),
        (("'3.9.1' === python_full_version", "python_full_version === '3.9.1'"), None),
        (("'3.9' === python_version", "python_version == '3.9'"), None),
        (("os_name <= 'a'", "os_name >= 'a'", "os_name == 'a'", "'a' == os_name"), None),
        (("os_name < 'a'", "os_name > 'a'", "extra < 'a'", "extra >= 'a'", "extra == ''", "'' in extras"), False),
        (("extra != ''", "'' not in extras", "'a' != extras", "'g' != dependency_groups"), True),
        (("extra == 'A_b'", "'a.B' in extras", "'a-b' == extra"), None),
        (("extra != 'A_b'", "'a.B' not in extras", "'a-b' != extra"), None),
        (("'a' == extras", "'a' < extras", "'a' >= extras"), False),
        (("platform_release === 'Ab'", "platform_release === 'aB'"), None),
        (("platform_release == 'x'", "platform_release >= 'x'", "'x' == platform_release"), None),
        (("'5' ~= os_name or os_name == 'x'",), "not defined"),
    ],
)  # fmt: skip
def test_what_is_asked_in_other_words(texts: tuple[str, ...], expected: object) -> None:
    """Has the same diagram, or none at all."""
    if isinstance(expected, str):
        with pytest.raises(UndefinedComparison, match=expected):
            _ = Marker(texts[0]).meaning
        return
    found = {Marker(text).meaning.node for text in texts}
    assert 1 == len(found)
    if expected is not None:
        assert {TRUE if expected else FALSE} == found


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
