"""The algebra against brute force: every answer on a grid of environments.

The oracle for one comparison is ``packaging``, with extras as sets; where the
specification and ``packaging`` differ (platform_release and its like, which
fall back to text), it is :func:`trigpoint.markers.meaning.semantics.compare`.  A marker
is then a mask, one bit for each environment of the grid, so a combination of
markers is a combination of masks.

A grid has the versions around every constant (dev, alpha, rc, final, post and
local), every text that is compared with and one that is not, and subsets of the
extras.  Values are those that the algebra knows: ``python_full_version`` has
three components, ``python_version`` belongs to it.
"""

from __future__ import annotations

import functools
import itertools
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import packaging.markers
import pytest
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from trigpoint.markers import CannotSpell, Marker, UndefinedComparison
from trigpoint.markers.exact.lowering import full_text, has_full_text
from trigpoint.markers.exact.restrict import minor_of
from trigpoint.markers.meaning.semantics import Rules, compare
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import Comparison, Node, comparisons, fold

pytestmark = [
    pytest.mark.repeats,
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

HERE = Path(__file__).resolve()
OWN = HERE.parents[1] / "data" / "markers.txt"
SHARED = HERE.parents[3] / "shared" / "data" / "markers.txt"

RELEASES = ("implementation_version", "platform_release", "platform_version")
TEXTS = (
    "os_name",
    "sys_platform",
    "platform_machine",
    "platform_python_implementation",
    "platform_system",
    "implementation_name",
)
USUAL = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "6.8.0-134-generic",
    "platform_system": "Linux",
    "platform_version": "#134-Ubuntu SMP",
    "implementation_name": "cpython",
    "implementation_version": "3.13.0",
}
SUFFIXES = (".dev0", ".dev1", "a0", "a1", "rc1", "", ".post0", ".post1", "+local")


class Environment(NamedTuple):
    """One environment of a grid."""

    values: Mapping[str, str]
    extras: frozenset[str]
    groups: frozenset[str]


Grid = Sequence[Environment]


@functools.lru_cache
def corpus() -> tuple[str, ...]:
    texts = [line.partition("\t")[0] for line in OWN.read_text("utf-8").splitlines()]
    if SHARED.is_file():
        texts += SHARED.read_text("utf-8").splitlines()
    return tuple(dict.fromkeys(texts))


# -- the oracle --------------------------------------------------------------------------


@functools.lru_cache(maxsize=1 << 18)
def says(text: str, values: tuple[tuple[str, str], ...]) -> bool:
    """Ask packaging about one comparison of one variable."""
    return packaging.markers.Marker(text).evaluate(dict(values))


def holds(node: Comparison, environment: Environment) -> bool:
    """Return the answer of one comparison."""
    variable, literal = node.variable, node.literal
    assert variable is not None
    assert literal is not None
    name = variable.name
    if name == "extra":
        # By the specification `extra == "x"` is `"x" in extras`, and other operators are false.
        found = literal.value in environment.extras
        return {"==": found, "!=": not found}.get(node.op, False)
    if name in RELEASES or name in ("extras", "dependency_groups"):
        outcome = compare(
            node,
            environment.values,
            {"extras": environment.extras, "dependency_groups": environment.groups},
            Rules.SPEC,
        )
        # ~= has no answer for text that is no version: the algebra takes it as false.
        return bool(outcome.value)
    values = environment.values
    return says(str(node), ((name, values[name]),))


@functools.lru_cache(maxsize=1 << 14)
def _column(text: str, grid: int) -> int:
    node = parse(text)
    assert isinstance(node, Comparison)
    mask = 0
    for i, environment in enumerate(GRIDS[grid]):
        if holds(node, environment):
            mask |= 1 << i
    return mask


GRIDS: dict[int, Grid] = {}


def mask_of(root: Node, grid: Grid) -> int:
    """Return where a syntax tree holds on a grid, as a mask."""
    key = id(grid)
    if GRIDS.get(key) is not grid:
        GRIDS.clear()
        _column.cache_clear()
        GRIDS[key] = grid

    def leaf(node: Comparison) -> int:
        return _column(str(node), key)

    def join(group: object, masks: list[int]) -> int:
        step = int.__and__ if group.op == "and" else int.__or__  # type: ignore[attr-defined]
        return functools.reduce(step, masks)

    return fold(root, leaf, join)


def mask(marker: Marker, grid: Grid) -> int:
    """Return where the text of *marker* holds; packaging reads it too."""
    text = str(marker)
    packaging.markers.Marker(text)
    return mask_of(parse(text), grid)


def reads_as(expected: int, marker: Marker, grid: Grid, among: int = -1) -> bool:
    """Say whether the text of *marker* holds as *expected*, or rightly does not exist.

    Only sets of releases, which may be no versions, have no text.
    """
    try:
        return expected & among == mask(marker, grid) & among
    except CannotSpell as error:
        return any(name in str(error) for name in RELEASES)


# -- grids --------------------------------------------------------------------------------


def around(constant: str) -> set[Version]:
    """Return versions just before, at and after a constant."""
    found = set()
    for text in re.findall(r"[0-9][0-9a-zA-Z.!+]*", constant):
        try:
            version = Version(text.rstrip(".").removesuffix(".*"))
        except InvalidVersion:
            continue
        release = (*version.release, 0, 0, 0)[:3]
        steps = [release, (*release[:2], release[2] + 1), (release[0], release[1] + 1, 0)]
        if release[2]:
            steps.append((*release[:2], release[2] - 1))
        elif release[1]:
            steps.append((release[0], release[1] - 1, 9))
        prefix = f"{version.epoch}!" if version.epoch else ""
        for step in steps:
            base = prefix + ".".join(map(str, step))
            found |= {Version(base + suffix) for suffix in SUFFIXES}
        found.add(version)
    return found


def grid_for(roots: Iterable[Node], chance: random.Random, size: int) -> Grid:
    """Return environments that can tell apart what the constants of *roots* tell apart."""
    pythons = {Version("3.13.0"), Version("2.7.18")}
    columns: dict[str, set[str]] = {name: {USUAL[name]} for name in (*RELEASES, *TEXTS)}
    extras: dict[str, None] = {}
    groups: dict[str, None] = {}
    for root in roots:
        for node in comparisons(root):
            variable, literal = node.variable, node.literal
            if variable is None or literal is None:
                continue
            name, value = variable.name, literal.value
            if name in ("extra", "extras"):
                extras[canonicalize_name(value)] = None
            elif name == "dependency_groups":
                groups[canonicalize_name(value)] = None
            elif name.startswith("python"):
                pythons |= around(value)
            else:
                columns[name] |= {value, f"~{value}~", "", "~"}
                if name in RELEASES:
                    columns[name] |= {str(version) for version in around(value)}
                if node.op in ("in", "not in"):
                    columns[name] |= {value[1:], value[:-1], value[:1]}
    for names in (extras, groups):
        names.pop("", None)
    full = [version for version in sorted(pythons) if has_full_text(version)]
    values = {
        name: [text for text in sorted(texts) if not text.endswith(".*") and text == text.strip()]
        for name, texts in columns.items()
    }
    known = list(extras)
    subsets = [frozenset(known[:i]) for i in range(len(known) + 1)]
    subsets += [frozenset({name}) for name in known]
    subsets.append(frozenset({"zz-other"}))

    def made(version: Version, picked: Mapping[str, str], chosen: frozenset[str]) -> Environment:
        text = full_text(version)
        python = {"python_full_version": text, "python_version": minor_of(version)}
        return Environment(
            {**picked, **python},
            chosen,
            frozenset(group for group in groups if chance.random() < 0.5),
        )

    wide = [(name, texts) for name, texts in values.items() if len(texts) > 1]
    total = len(full) * len(subsets)
    for _, texts in wide:
        total *= len(texts)
    if total <= size and not groups:
        rows = list(itertools.product(*(texts for _, texts in wide)))
        return [
            made(version, {**USUAL, **dict(zip([n for n, _ in wide], row, strict=True))}, subset)
            for version, subset, row in itertools.product(full, subsets, rows)
        ]
    grid = []
    for i in range(size):
        picked = {**USUAL, **{name: chance.choice(texts) for name, texts in wide}}
        subset = (
            chance.choice(subsets)
            if chance.random() < 0.5
            else frozenset(name for name in names if chance.random() < 0.5)
        )
        grid.append(made(full[i % len(full)], picked, subset))
    return grid


# -- checks --------------------------------------------------------------------------------


def asked(found: Mapping[str, str | frozenset[str]], *roots: Node) -> list[bool]:
    """Ask the oracle about an environment that the algebra made up."""
    extras, groups = found["extras"], found["dependency_groups"]
    assert isinstance(extras, frozenset)
    assert isinstance(groups, frozenset)
    values = {name: value for name, value in found.items() if isinstance(value, str)}
    grid = [Environment(values, extras, groups)]
    return [mask_of(root, grid) == 1 for root in roots]


def check_alone(text: str, chance: random.Random, size: int = 240) -> None:
    marker = Marker(text)
    root = parse(text)
    grid = grid_for([root], chance, size)
    whole = (1 << len(grid)) - 1
    expected = mask_of(root, grid)

    assert expected == mask(marker.simplify(), grid), text
    assert reads_as(whole ^ expected, ~marker, grid), text
    if not marker.is_satisfiable():
        assert expected == 0, text
    if marker.is_always():
        assert expected == whole, text

    given = grid[chance.randrange(len(grid))]
    names = [name for name in sorted(given.values) if chance.random() < 0.5]
    partial = {name: given.values[name] for name in names}
    extras = given.extras if chance.random() < 0.5 else None
    fits = [
        all(environment.values[name] == value for name, value in partial.items())
        and (extras is None or environment.extras == extras)
        for environment in grid
    ]
    chosen = sum(1 << i for i, fit in enumerate(fits) if fit)
    assert reads_as(expected, marker.restrict(partial, extras), grid, chosen), (text, partial)

    for to in ("3.0", "2.x"):
        moved = marker.migrate(to).marker
        if moved is not None:
            assert expected == mask(moved, grid), (text, to)

    specifier = marker.requires_python()
    for i, environment in enumerate(grid):
        if expected >> i & 1:
            version = environment.values["python_full_version"]
            assert specifier.contains(version, prereleases=True), (text, version)


def check_pair(first: str, second: str, chance: random.Random, size: int = 240) -> None:
    a, b = Marker(first), Marker(second)
    roots = [parse(first), parse(second)]
    grid = grid_for(roots, chance, size)
    left, right = (mask_of(root, grid) for root in roots)
    assert left & right == mask(a & b, grid), (first, second)
    assert left | right == mask(a | b, grid), (first, second)
    if a.implies(b):
        assert left & ~right == 0, (first, second)
    if a.disjoint(b):
        assert left & right == 0, (first, second)
    if a == b:
        assert left == right, (first, second)
        assert hash(a) == hash(b)
        assert a.counterexample(b) is None
    else:
        found = a.counterexample(b)
        assert found is not None
        mine, yours = asked(found, *roots)
        assert mine is not yours, (first, second, found)
    if not a.implies(b):
        found = (a & ~b).counterexample(Marker('python_version < "0"'))
        assert found is not None
        assert [True, False] == asked(found, *roots), (first, second, found)


def has_meaning(text: str) -> bool:
    try:
        _ = Marker(text).meaning
    except UndefinedComparison:
        return False
    return True


@functools.lru_cache
def meaningful() -> tuple[str, ...]:
    texts = []
    for text in corpus():
        try:
            packaging.markers.Marker(text)
        except packaging.markers.InvalidMarker:
            continue
        if has_meaning(text):
            texts.append(text)
    return tuple(texts)


PARTS = 16


@pytest.mark.parametrize("part", range(PARTS))
def test_each_marker_of_the_corpus(part: int) -> None:
    """Simplified, negated, restricted and migrated markers agree with packaging everywhere."""
    chance = random.Random(part)
    for text in meaningful()[part::PARTS]:
        check_alone(text, chance)


@pytest.mark.parametrize("part", range(PARTS))
def test_pairs_of_the_corpus(part: int) -> None:
    """Combinations of real markers, and questions about them, agree with packaging."""
    chance = random.Random(part)
    texts = [text for text in meaningful() if len(text) > 18]
    for first in texts[part::PARTS]:
        check_pair(first, chance.choice(texts), chance)


def test_undefined_comparisons_have_no_meaning() -> None:
    """What packaging cannot compare, the algebra refuses, and says what it is."""
    with pytest.raises(UndefinedComparison, match="os_name ~= "):
        _ = Marker("python_version > '3' and os_name ~= 'nt'").meaning


# -- random combinations ------------------------------------------------------------------------

POOL = (
    "python_version >= '3.9'",
    "python_version < '3.9'",
    "python_version == '3.9'",
    "python_version != '3.10'",
    "python_version in '3.8, 3.9'",
    "'3.1' in python_version",
    "'9' not in python_version",
    "'3.10' > python_version",
    "'3.9' ~= python_version",
    "python_version ~= '3.8'",
    "python_full_version >= '3.9.1'",
    "python_full_version < '3.9.1'",
    "python_full_version == '3.9.*'",
    "python_full_version == '3.9.1'",
    "python_full_version != '3.9.1+local'",
    "python_full_version > '3.9.1'",
    "python_full_version <= '3.9.1rc1'",
    "python_full_version === '3.9.1'",
    "'3.9.1' > python_full_version",
    "'rc' in python_full_version",
    "python_full_version in '3.9.1rc1 3.9.1'",
    "python_full_version ~= '3.9.0'",
    "python_full_version < '1!0'",
    "sys_platform == 'linux'",
    "sys_platform == 'win32'",
    "sys_platform != 'linux'",
    "'lin' in sys_platform",
    "'linu' in sys_platform",
    "'n' not in sys_platform",
    "sys_platform in 'linux2'",
    "sys_platform not in 'linux'",
    "'win' in sys_platform",
    "sys_platform > 'a'",
    "sys_platform >= 'linux'",
    "os_name == 'nt'",
    "os_name != 'posix'",
    "platform_release >= '5'",
    "platform_release < '5'",
    "platform_release != '5'",
    "platform_release == '5-foo'",
    "'foo' in platform_release",
    "'5' in platform_release",
    "platform_release in '5-foo 4.1'",
    "'5' > platform_release",
    "extra == 'a'",
    "extra != 'b'",
    "extra == 'c'",
    "extra >= 'a'",
    "'a' in extras",
    "'g' in dependency_groups",
)


@functools.lru_cache
def pool_grid() -> Grid:
    return grid_for([parse(text) for text in POOL], random.Random(7), 900)


class Combination(NamedTuple):
    marker: Marker
    mask: int
    said: str


def combination(chance: random.Random, leaves: int) -> Combination:
    """Return a random combination of comparisons, and where it holds."""
    grid = pool_grid()
    if leaves == 1:
        text = chance.choice(POOL)
        return Combination(Marker(text), mask_of(parse(text), grid), text)
    if chance.random() < 0.2:
        inner = combination(chance, leaves - 1)
        whole = (1 << len(grid)) - 1
        return Combination(~inner.marker, whole ^ inner.mask, f"not ({inner.said})")
    first = chance.randint(1, leaves - 1)
    a, b = combination(chance, first), combination(chance, leaves - first)
    if chance.random() < 0.5:
        return Combination(a.marker & b.marker, a.mask & b.mask, f"({a.said}) and ({b.said})")
    return Combination(a.marker | b.marker, a.mask | b.mask, f"({a.said}) or ({b.said})")


COMBINATIONS = 5_200


@pytest.mark.parametrize("part", range(PARTS))
def test_random_combinations(part: int) -> None:
    """Random and, or and not of comparisons mean what packaging says, as do their texts."""
    chance = random.Random(1000 + part)
    grid = pool_grid()
    before: Combination | None = None
    for _ in range(COMBINATIONS // PARTS):
        made = combination(chance, chance.randint(1, 9))
        assert reads_as(made.mask, made.marker, grid), made.said
        assert reads_as(((1 << len(grid)) - 1) ^ made.mask, ~made.marker, grid), made.said
        if before is not None:
            for question, wrong in (
                (made.marker.implies(before.marker), made.mask & ~before.mask),
                (made.marker.disjoint(before.marker), made.mask & before.mask),
                (made.marker == before.marker, made.mask ^ before.mask),
            ):
                assert not (question and wrong), (made.said, before.said)
            found = made.marker.counterexample(before.marker)
            assert (found is None) is (made.marker == before.marker)
            if found is not None:
                assert made.marker.evaluate(found) is not before.marker.evaluate(found), (
                    made.said,
                    before.said,
                    found,
                )
        before = made
