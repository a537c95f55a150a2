"""What is remembered about markers is what would be found out again."""

from __future__ import annotations

import pytest

from trigpoint.extras import remembered
from trigpoint.extras.domains import OneEnvironment
from trigpoint.extras.remembered import LEAST_LETTERS, Memory, memory
from trigpoint.extras.rules import RuleSet
from trigpoint.extras.solve import Interpreter
from trigpoint.markers.reading.grammar import parse

TREE = parse("os_name == 'nt' and extra == 'a'")


def test_found_out_once() -> None:
    """The second time the answer is the first one's, for this tree and this question only."""
    known = Memory()
    assert [1, 1, 2, 3] == [
        known.of("a", TREE, lambda _: 1),
        known.of("a", TREE, lambda _: 9),
        known.of("b", TREE, lambda _: 2),
        known.of("a", parse("os_name == 'nt' and extra == 'b'"), lambda _: 3),
    ]


def test_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As much is kept as the bound says; what is over it makes room, and what never fits is not kept."""
    size = len(str(TREE))
    short = parse("extra == 'a'")
    assert len(str(short)) < LEAST_LETTERS
    monkeypatch.setattr(remembered, "LEAST_LETTERS", size)
    monkeypatch.setattr(remembered, "MOST_LETTERS", 3 * size)
    known = Memory()
    known.of("a", TREE, lambda _: 1)
    known.of("a", short, lambda _: 1)
    known.of("b", TREE, lambda _: 1)
    assert [1, 1, 1] == [
        known.of("a", TREE, lambda _: 2),
        known.of("a", short, lambda _: 2),
        known.of("b", TREE, lambda _: 2),
    ]
    long = parse(f"os_name == '{'x' * 3 * size}'")
    assert [1, 2] == [known.of("a", long, lambda _: 1), known.of("a", long, lambda _: 2)]
    assert known.of("a", TREE, lambda _: 2) == 1
    known.of("c", short, lambda _: 1)
    assert known.of("a", TREE, lambda _: 2) == 2
    assert known.letters == 2 * size


def test_each_environment_and_each_rule_set_has_its_own() -> None:
    """What one remembers does not answer for another."""
    memory.cache_clear()
    nt, posix = {"os_name": "nt"}, {"os_name": "posix"}
    held = [
        Interpreter(OneEnvironment(values, rules), rules, installed=True).holds(
            TREE, {"a": True}, {}
        )
        for rules in (RuleSet.SPEC, RuleSet.INSTALLERS)
        for values in (nt, posix, nt)
    ]
    assert [True, False, True] * 2 == held
