"""The reader of markers, its two ways and its bound."""

from __future__ import annotations

import pickle
import random
from pathlib import Path
from typing import Any

import pytest

from trigpoint.findings import TrigpointError
from trigpoint.markers import InvalidMarker, Marker
from trigpoint.markers.reading.grammar import (
    MOST_LEVELS,
    MarkerSyntaxError,
    MarkerTooDeepError,
    _parse_any,
    _parse_plain,
    parse,
)
from trigpoint.markers.reading.tree import Comparison, Group, Literal, Node, Variable, fold

CORPUS = [
    line.partition("\t")[0]
    for line in (Path(__file__).parents[1] / "data" / "markers.txt").read_text("utf-8").splitlines()
]


def _shown(node: Node) -> Any:
    def leaf(each: Comparison) -> Any:
        sides = [
            (type(side).__name__, str(side), side.start, side.end)
            for side in (each.left, each.right)
        ]
        return (each.op, each.asks, each.start, each.end, sides)

    def join(group: Group, parts: list[Any]) -> Any:
        return (group.op, group.start, group.end, group.parentheses, parts)

    return fold(node, leaf, join)


def _read(reader: Any, text: str, start: int = 0) -> Any:
    try:
        node = reader(text, start)
    except MarkerSyntaxError as error:
        return type(error), error.offset
    return node and _shown(node)


def _mutated(text: str, rnd: random.Random) -> str:
    pieces = [*"()'\"\\\t\n _é1", " and ", " or ", "not in", "in", "==", "extra", "'A_b'", "'x'"]
    for _ in range(rnd.randint(1, 3)):
        at = rnd.randint(0, len(text))
        gone = rnd.choice((0, 0, 1, 3))
        text = text[:at] + rnd.choice(pieces) + text[at + gone :]
    return text


def test_both_ways_give_one_tree() -> None:
    """Where the plain reader has an answer, the general one has it too, with every place."""
    rnd = random.Random(7)
    plain = 0
    for text in CORPUS:
        other = rnd.choice(CORPUS)
        for variant in (text, _mutated(text, rnd), f" (({text}) or {other} )and({text}\t)"):
            start = rnd.choice((0, 0, 1, 4))
            quick = _read(_parse_plain, variant, start)
            if quick is not None:
                plain += 1
                assert _read(_parse_any, variant, start) == quick
    assert plain > len(CORPUS)


def test_most_real_markers_are_plain() -> None:
    """The plain reader is worth having: it gives up on less than one of a hundred."""
    assert sum(_parse_plain(text, 0) is None for text in CORPUS) < len(CORPUS) / 100


def _levels(levels: int, text: str = "os_name == 'a'") -> str:
    words = ("and", "or")
    return "".join(
        [
            "(" * levels,
            text,
            *(f" {words[i % 2]} os_name == 'b')" for i in range(levels)),
        ]
    )


@pytest.mark.parametrize("inner", ["os_name == 'a'", "'a' == os_name", "((os_name == 'a'))"])
def test_most_levels(inner: str) -> None:
    """So many groups in each other are read, and can be worked with; one more is a finding."""
    marker = Marker(_levels(MOST_LEVELS, inner))
    assert marker.evaluate({"os_name": "a"}) is marker.explain({"os_name": "a"}).value
    assert marker == pickle.loads(pickle.dumps(marker))
    assert marker.lint() == Marker(str(marker)).lint()[: len(marker.lint())]
    text = f"os_name == 'b' or {_levels(MOST_LEVELS + 1, inner)}"
    with pytest.raises(InvalidMarker) as caught:
        Marker(text)
    (finding,) = caught.value.findings
    assert ("marker-too-deep", 18) == (finding.code, finding.span and finding.span.start)
    for reader in (parse, _parse_any):
        with pytest.raises(MarkerTooDeepError):
            reader(text, 0)


def test_groups_beside_each_other_are_not_deep() -> None:
    """What counts is depth: groups one after the other and idle parentheses are read."""
    one = _levels(MOST_LEVELS - 1)
    Marker(f"({one} and {one}) or {one}")
    idle = "(" * 20_000
    Marker(f"{idle}{one}{idle.replace('(', ')')}")


def test_syntax_errors_are_of_the_family() -> None:
    """What parse raises can be caught with everything of this project, and as ValueError."""
    with pytest.raises(MarkerSyntaxError) as caught:
        parse("os_name ==")
    assert isinstance(caught.value, TrigpointError)
    assert isinstance(caught.value, ValueError)
    with pytest.raises(InvalidMarker) as invalid:
        Marker("os_name ==")
    assert isinstance(invalid.value, TrigpointError)


def test_sides_are_made_once() -> None:
    """A side is the same object whenever somebody looks."""
    node = parse("os_name == 'nt'")
    assert isinstance(node, Comparison)
    assert node.left is node.left is node.variable
    assert node.right is node.literal
    assert (0, 15) == (node.start, node.end)


def test_comparisons_can_be_made() -> None:
    """A comparison of any two sides says what it asks, or nothing."""
    name, value = Variable("os_name", 0, 7), Literal("nt", 11, 15)
    assert ("os_name", "==", "nt", False) == Comparison(name, "==", value).asks
    assert ("os_name", "==", "nt", True) == Comparison(value, "==", name).asks
    assert Comparison(name, "==", name).asks is None
    assert Comparison(value, "==", value).asks is None


def test_values_with_both_quotes_are_written_with_escapes() -> None:
    """A value that no quotes can hold as it is can be written and read back."""
    marker = Marker(r"""os_name == "a\x22'\\" """)
    assert r'''os_name == "a\x22'\\"''' == str(marker)
    assert marker == Marker(str(marker))
