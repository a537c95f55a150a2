"""From a diagram to text: what covers, what is merged and what is taken out, by brute force."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from trigpoint.markers import Marker
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.axes import Shape, interval_shape, position
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.nodes import FALSE, TRUE, Node
from trigpoint.markers.writing import cover
from trigpoint.markers.writing.cover import Literal, Places, Product, Texts, candidates
from trigpoint.markers.writing.spelling import NEVER, CannotSpell, write_words

POOL = """
python_version >= '3.9'
python_version < '3.11'
python_version == '3.10'
python_version != '3.12'
python_full_version >= '3.10.2'
python_full_version < '3.12.0rc1'
'3.1' in python_version
os_name == 'nt'
os_name != 'java'
sys_platform == 'linux'
sys_platform == 'win32'
sys_platform == 'darwin'
sys_platform in 'linux2 win32'
'win' in sys_platform
'n' not in sys_platform
platform_machine == 'arm64'
platform_machine in 'x86_64'
platform_release >= '5'
platform_release == '5-foo'
'foo' in platform_release
extra == 'a'
extra == 'b'
'g' in dependency_groups
"""
LEAVES = tuple(POOL.strip().splitlines())


def combined(chance: random.Random, leaves: int) -> Marker:
    """Return a combination of so many comparisons."""
    if leaves == 1:
        return Marker(chance.choice(LEAVES))
    if chance.random() < 0.15:
        return ~combined(chance, leaves - 1)
    first = chance.randint(1, leaves - 1)
    a, b = combined(chance, first), combined(chance, leaves - first)
    return a & b if chance.random() < 0.5 else a | b


def text(chance: random.Random, leaves: int) -> str:
    """Return the text of a combination of so many comparisons."""
    if leaves == 1:
        return chance.choice(LEAVES)
    first = chance.randint(1, leaves - 1)
    a, b = text(chance, first), text(chance, leaves - first)
    return f"({a} {chance.choice(['and', 'or'])} {b})"


def staircase(steps: int) -> Marker:
    """Return `>= 3.1 and m1 or >= 3.2 and m2 ...`: as many answers as stretches."""
    return Marker(
        " or ".join(
            f"python_version >= '3.{i}' and platform_machine == 'm{i}'" for i in range(1, steps + 1)
        )
    )


def stripes(cuts: int) -> Marker:
    """Return many stretches of versions with two answers in turn, which ask on."""
    odd = " or ".join(f"python_version == '3.{i}'" for i in range(1, cuts, 2))
    even = " or ".join(f"python_version == '3.{i}'" for i in range(2, cuts, 2))
    return Marker(f"({odd}) and os_name == 'nt' or ({even}) and extra == 'a'")


def keyed(values: int, tail: str = "") -> Marker:
    """Return `machine is m1 and extra x1 or machine is m2 and extra x2 ...`."""
    pairs = (f"platform_machine == 'm{i}' and extra == 'x{i}'" for i in range(values))
    return Marker(" or ".join(pairs) + tail)


FAMILIES = [
    *map(staircase, (3, 9, 17, 20)),
    *map(stripes, (6, 18, 40)),
    *map(keyed, (2, 7, 8, 9, 12)),
    keyed(9, " or platform_machine != 'm3' and os_name == 'nt'"),
    keyed(4, " or 'm' not in platform_machine and os_name == 'nt'"),
    keyed(9, " or '1' in platform_machine and os_name == 'nt'"),
    Marker("'m' in platform_machine and platform_machine != 'm1' or extra == 'a'"),
]


def some(number: int, leaves: int) -> Iterator[tuple[Marker, Marker]]:
    """Yield so many pairs of a marker and one that it implies."""
    for seed in range(number):
        chance = random.Random(seed)
        a, b = (combined(chance, chance.randint(1, leaves)) for _ in range(2))
        yield a & b, a | b


def bounded() -> Iterator[tuple[Marker, Marker]]:
    """Yield lower and upper bounds: alike, wide apart, and with families."""
    yield from some(200, 6)
    for number, family in enumerate(FAMILIES):
        other = combined(random.Random(number), 4)
        yield family, family
        yield ~family, ~family
        yield family & other, family
        yield family, family | other
    for seed in range(120):
        marker = combined(random.Random(seed), 8)
        yield marker, marker


def located(lower: Marker, upper: Marker) -> tuple[Space, Node, Node]:
    found = algebra.together(lower.meaning, upper.meaning)
    assert found is not None
    return found


def test_every_candidate_is_between_its_bounds() -> None:
    """Not only the shortest: what covers the diagram and what covers its opposite are both right."""
    for lower, upper in bounded():
        words, _ = candidates(*located(lower, upper), "extra")
        assert len(words) <= 2
        for each in words:
            text = write_words(each)
            marker = Marker(text)
            assert lower.implies(marker), (str(lower), str(upper), text)
            assert marker.implies(upper), (str(lower), str(upper), text)


def test_products_cover_what_the_search_says_that_they_do() -> None:
    """What the search returns as covered is the sum of its products."""
    for lower, upper in bounded():
        space, low, high = located(lower, upper)
        search = cover._Search(space, 6_000)
        products, covered = search._run(low, high)
        nodes = [
            space.fold("and", [_node(space, literal) for literal in product]) if product else TRUE
            for product in products
        ]
        whole = space.fold("or", nodes) if nodes else FALSE
        assert covered is whole, (str(lower), str(upper))


def _node(space: Space, literal: Literal) -> Node:
    """Return the diagram of a literal, by another way than the search: its text is read."""
    places = literal.places
    if isinstance(places, Texts):
        values = sorted(places.values)
        yes, no = (TRUE, FALSE) if places.wanted else (FALSE, TRUE)
        return space.text(literal.axis, values, [no, *[yes] * len(values)])
    return cover._node(space, literal)


def test_texts_are_as_short_as_they_were(record: Callable[[str, list[str]], None]) -> None:
    """What markers are simplified to, alone and where another holds, is that of the record."""
    lines = []
    for seed in range(60):
        chance = random.Random(seed)
        marker = Marker(text(chance, chance.randint(2, 8)))
        world = Marker(text(chance, chance.randint(1, 4)))
        lines += [f"== {marker}", f"   {_written(marker.simplify)}"]
        lines.append(f"   not: {_written((~marker).__str__)}")
        if world.is_satisfiable():
            short = partial(marker.simplify, assuming=world)
            lines.append(f"   where {world}: {_written(short)}")
    for family in FAMILIES:
        lines += [f"== {family}", f"   {family.simplify()}", f"   not: {~family}"]
    record("written.txt", lines)


def _written(make: Callable[[], object]) -> str:
    try:
        return str(make())
    except CannotSpell as error:
        return f"cannot be said: {error}"


# -- places ------------------------------------------------------------------------------

CUTS = [position(0, (3, i)) for i in range(4)]
SHAPES: list[Places] = [
    shape
    for low, high in itertools.product([None, *CUTS], repeat=2)
    if low is None or high is None or low < high
    for shape in (interval_shape(low, high),)
]
POINTS = [b"", *CUTS, b"\xff"]
VALUES = "abc"
TEXTS: list[Places] = [
    Texts(wanted, frozenset(values))
    for wanted in (True, False)
    for size in range(4)
    for values in itertools.combinations(VALUES, size)
]


def inside(places: Places | None) -> frozenset[object]:
    """Return at which sample points a set of places holds; None is everywhere."""
    if isinstance(places, Shape):
        return frozenset(
            point for point in POINTS if places.truths[sum(cut <= point for cut in places.cuts)]
        )
    if isinstance(places, Texts):
        return frozenset(text for text in "abcz" if (text in places.values) is places.wanted)
    return frozenset([True, False] if places is None else [places])


def everywhere(places: Places) -> frozenset[object]:
    return frozenset(
        POINTS if isinstance(places, Shape) else "abcz" if isinstance(places, Texts) else (0, 1)
    )


@pytest.mark.parametrize("kind", [SHAPES, TEXTS], ids=["versions", "texts"])
def test_places_are_sets(kind: list[Places]) -> None:
    """Both, either and the others are those of the points; everything has no literal."""
    for a, b in itertools.product(kind, repeat=2):
        assert inside(a) & inside(b) == inside(cover._both(a, b))
        joined = cover._one(a, b)
        whole = everywhere(a)
        assert inside(a) | inside(b) == (whole if joined is None else inside(joined))
        assert (joined is None) is (inside(a) | inside(b) == whole)
        assert whole - inside(a) == inside(cover._other_places(a))


def test_places_of_names() -> None:
    """A name holds or it does not; the two together are everything."""
    assert [True, None, None, False] == [
        cover._one(a, b) for a, b in itertools.product([True, False], repeat=2)
    ]
    assert [False, True] == [cover._other_places(each) for each in (True, False)]


def holds(product: Product, point: tuple[object, ...]) -> bool:
    return all(point[int(axis)] in inside(each.places) for axis, each in product.items())


def test_merged_products_hold_where_they_did() -> None:
    """Joining products neither adds nor takes away, ends where nothing joins, and keeps the order."""
    spaces: list[list[object]] = [list(POINTS), list("abcz"), [True, False]]
    kinds: list[list[Places]] = [SHAPES, TEXTS, [True, False]]
    for seed in range(100):
        chance = random.Random(seed)
        products: list[Product] = [
            {
                str(axis): Literal(str(axis), None, chance.choice(kinds[axis][:3]))
                for axis in range(3)
                if chance.random() < 0.9
            }
            for _ in range(chance.randint(1, 6))
        ]
        merged = cover._merged([dict(each) for each in products])
        for point in itertools.product(*spaces):
            assert any(holds(each, point) for each in products) is any(
                holds(each, point) for each in merged
            )
        for one, two in itertools.combinations(merged, 2):
            unlike = [axis for axis in {*one, *two} if one.get(axis) != two.get(axis)]
            assert len(unlike) > 1 or unlike[0] not in one or unlike[0] not in two


def test_what_products_share_is_taken_out() -> None:
    """Groups have every product once: the literals in front, the rest of each behind."""
    for seed in range(200):
        chance = random.Random(seed)
        products: list[Product] = [
            {
                axis: Literal(axis, None, chance.random() < 0.5)
                for axis in "0123"
                if chance.random() < 0.7
            }
            for _ in range(chance.randint(1, 6))
        ]
        found = [
            {each.axis: each for each in common} | rest
            for common, inside_ in cover._shared(products)
            for rest in inside_
        ]
        key = str
        assert sorted(map(key, map(_sorted, products))) == sorted(map(key, map(_sorted, found)))
        for common, group in cover._shared(products):
            assert (len(group) > 1) is bool(common)
            axes = {each.axis for each in common}
            assert all(not axes & set(rest) for rest in group)


def _sorted(product: Product) -> list[tuple[str, Literal]]:
    return sorted(product.items())


def test_nothing_to_cover_is_never() -> None:
    """A lower bound that holds nowhere is covered by what never holds, without a search."""
    space, low, _ = located(Marker("os_name == 'a'"), Marker("os_name == 'a'"))
    assert ([NEVER], []) == candidates(space, FALSE, low, "extra")
