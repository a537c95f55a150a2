"""Orders of questions that are tried: all of them whole, and what stands together close together."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence

from trigpoint.markers import Marker
from trigpoint.markers.exact.algebra import _groups
from trigpoint.markers.exact.axis_orders import candidates, places

GROUPS: dict[str, list[list[str]]] = {
    "nothing": [],
    "variables only": [["b", "a"], ["c"]],
    "pairs, first names first": [[f"z{i}a", f"z{i}b"] for i in range(6)],
    "pairs, as the text has them": [["za", "zf"], ["zb", "ze"], ["zc", "zd"]],
    "pairs of two lists": [[f"z1{x}", f"z2{x}"] for x in "gcebfad"],
    "a chain": [[f"z{a}", f"z{b}"] for a, b in itertools.pairwise("dagcfbeh")],
    "a ring": [[f"z{a}", f"z{b}"] for a, b in itertools.pairwise("dagcfbehd")],
    "a star": [["zm", f"z{x}"] for x in "abcdefgh"],
    "all of them": [[f"z{x}" for x in "fbdace"]],
    "all of them, and pairs": [
        [f"z{x}" for x in "abcdefgh"],
        *([f"z{x}", f"z{y}"] for x, y in ("ah", "bg", "cf", "de")),
    ],
    "with variables": [["a", "zb"], ["c", "zd", "zb"], ["b", "ze"], ["zd", "ze", "zf"]],
    "threes": [[f"z{x}{i}" for x in "pqr"] for i in range(5)],
    "a four pulls less than a pair": [["zh", "za"], ["za", "zc", "zd", "zg"], ["zh", "ze"]],
    "a three pulls less than a pair": [["za", "zc"], ["za", "zd"], ["ze", "zb", "zc"]],
    "alone": [["zx"], ["zy"], ["a"], ["zx", "zx"]],
}
"""Names of axes that stand together, by what is the matter with them."""


NESTED = {
    "groups of two": "(extra == 'a' or (extra == 'b' and extra == 'c')) and extra == 'd'",
    "groups of four": "extra == 'x' and (extra == 'a' or extra == 'b' or extra == 'c' or extra == 'd')",
    "groups of five": "extra == 'x' and (" + " or ".join(f"extra == '{x}'" for x in "abcde") + ")",
    "alone first": "extra == 'z' or (extra == 'b' and extra == 'a') or os_name == 'nt'",
    "deep": "extra == 'x' and (" * 9 + "extra == 'a' or extra == 'b'" + ")" * 9,
    "wide and deep": "extra == 'x' and ("
    + " or ".join(
        f"(extra == '{x}1' and (extra == '{x}2' or extra == '{x}3' and (extra == '{x}4' or extra == '{x}5')))"
        for x in "abcd"
    )
    + ")",
    "tests of one text": "'a' in sys_platform and ('b' in sys_platform or extra == 'c')",
}
"""Markers, by what is in what."""


def spread(order: Sequence[str], groups: Sequence[Sequence[str]]) -> int:
    """Return over how many others the members of each group are spread, in all."""
    index = {name: at for at, name in enumerate(order)}
    spots = [[index[name] for name in group] for group in groups]
    return sum(max(each) - min(each) for each in spots if each)


def test_orders(record: Callable[[str, list[str]], None]) -> None:
    """Each order has every name once; they are those of the record."""
    lines = []
    for what, groups in GROUPS.items():
        names = sorted({name for group in groups for name in group})
        found = list(candidates(groups))
        assert all(sorted(order) == names for order in found), what
        lines += [f"== {what}", *(" ".join(order) for order in found)]
    record("orders.txt", lines)


def test_what_stands_together(record: Callable[[str, list[str]], None]) -> None:
    """Comparisons of one group, and the first ones of small groups in it; those alone come last."""
    lines = []
    for what, text in NESTED.items():
        for loose in (False, True):
            groups = _groups(Marker(text).meaning.source, loose)
            shown = (" ".join(map(printable, group)) for group in groups)
            lines.append(f"{what}, {'apart' if loose else 'whole'}: {' | '.join(shown)}")
    record("together.txt", lines)


def printable(name: str) -> str:
    """Return the *name* of an axis without control characters."""
    return "".join(char if char.isprintable() else "." for char in name)


def test_pairs_end_side_by_side() -> None:
    """However they are mixed, the first order has each pair without anything between."""
    for seed in range(40):
        chance = random.Random(seed)
        names = [f"z{number}" for number in range(12)]
        chance.shuffle(names)
        pairs = [names[at : at + 2] for at in range(0, 12, 2)]
        text = [*pairs]
        chance.shuffle(text)
        # What everything shares says nothing about who belongs together.
        groups = [names, *text] if seed % 2 else text
        first = next(candidates(groups))
        assert spread(first, pairs) == len(pairs), seed


def test_near_the_best() -> None:
    """Of all orders of six names the best is hardly better, and the order of the text never is."""
    most = 0.0
    for seed in range(60):
        chance = random.Random(seed)
        names = [f"z{number}" for number in range(6)]
        groups = [chance.sample(names, 2) for _ in range(chance.randint(4, 7))]
        used = list(dict.fromkeys(name for group in groups for name in group))
        found = spread(next(candidates(groups)), groups)
        best = min(spread(order, groups) for order in itertools.permutations(used))
        assert found <= spread(used, groups), seed
        most += found / best
    assert most / 60 < 1.2


def test_places_sort_as_the_names_stand() -> None:
    """One character for each axis, behind all that spaces in the usual order begin with."""
    found = places(["zb", "a", "za"])
    assert sorted(found, key=found.__getitem__) == ["zb", "a", "za"]
    assert [len(place) for place in found.values()] == [1, 1, 1]
    assert min(found.values()) >= "\u0100"
