"""From a diagram back to text: cover search, then factoring.

A *product* is a conjunction of one set of places for each axis.  The search
finds few products that together hold where the diagram does (irredundant sums
of products after Minato and Morreale), for the diagram and for its opposite,
joins what differs in one axis, and takes out common parts.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from trigpoint.markers.exact.axes import Shape, interval_shape, negated
from trigpoint.markers.exact.diagrams import Space, TooLarge
from trigpoint.markers.exact.lowering import place_in_text
from trigpoint.markers.exact.nodes import ATOM, CUTS, FALSE, TEXT, TRUE, Node, pick_text
from trigpoint.markers.writing.spelling import (
    ALWAYS,
    NEVER,
    CannotSpell,
    Words,
    conjunction,
    disjunction,
    intersect,
    spell_atom,
    spell_name,
    spell_shape,
    spell_texts,
    unite,
)

__all__ = ["candidates"]


class Texts(NamedTuple):
    """One of some texts if ``wanted``, else none of them."""

    wanted: bool
    values: frozenset[str]


Places = Shape | Texts | bool


class Literal(NamedTuple):
    """A set of places on one axis; for names and tests, whether they hold.

    ``test`` is the family and the literal of a test.
    """

    axis: str
    test: tuple[str, str] | None
    places: Places


Product = dict[str, Literal]
_Pair = tuple[Node, Node]

_FEW_STEPS, _MOST_STEPS = 1_000, 6_000
_MOST_LITERALS = 4_000
_MOST_TO_MERGE = 1_000
_MOST_ON_THE_WAY = 400_000


class _Search:
    """Finds an irredundant sum of products between two diagrams."""

    def __init__(self, space: Space, steps: int) -> None:
        self.space = space
        self.steps = steps
        self.memo: dict[tuple[Node, Node], tuple[tuple[tuple[Literal, ...], ...], Node]] = {}
        self.literals = 0

    def cover(self, lower: Node, upper: Node) -> tuple[tuple[Literal, ...], ...]:
        """Return products that hold wherever *lower* does and nowhere *upper* does not."""
        return self._run(lower, upper)[0]

    def _run(self, lower: Node, upper: Node) -> tuple[tuple[tuple[Literal, ...], ...], Node]:
        space, memo = self.space, self.memo
        first = (lower, upper)
        # A frame waits for the covers of its two sides, then for that of the rest.
        stack: list[tuple[_Pair, _Split | None, _Pair | None]] = [(first, None, None)]
        while stack:
            pair, split, rest = stack.pop()
            if split is None:
                low, high = pair
                if pair in memo:
                    continue
                if low is FALSE:
                    memo[pair] = ((), FALSE)
                    continue
                if high is TRUE:
                    memo[pair] = (((),), TRUE)
                    continue
                if len(memo) > self.steps:
                    raise TooLarge
                split = _split(space, low, high)
                stack.append((pair, split, None))
                stack.extend((side, None, None) for side in split.asks)
            elif rest is None:
                rest = split.rest(*(memo[side][1] for side in split.asks))
                stack.append((pair, split, rest))
                stack.append((rest, None, None))
            else:
                products: list[tuple[Literal, ...]] = []
                holds = memo[rest][1]
                for literal, side in zip(split.literals, split.asks, strict=True):
                    covered, where = memo[side]
                    products += [(literal, *product) for product in covered]
                    holds = space.join(holds, self._within(literal, where))
                products += memo[rest][0]
                self.literals += sum(map(len, products))
                if self.literals > _MOST_ON_THE_WAY:
                    raise TooLarge
                memo[pair] = (tuple(products), holds)
        return memo[first]

    def _within(self, literal: Literal, node: Node) -> Node:
        """Return *node* where *literal* holds, and nothing elsewhere."""
        if node is FALSE:
            return FALSE
        return self.space.meet(self._node(literal), node)

    def _node(self, literal: Literal) -> Node:
        space, axis, places = self.space, literal.axis, literal.places
        if isinstance(places, Shape):
            return space.cuts(axis, places.cuts, [TRUE if t else FALSE for t in places.truths])
        pair = (FALSE, TRUE)
        if isinstance(places, Texts):
            no, yes = pair if places.wanted else pair[::-1]
            values = sorted(places.values)
            return space.text(axis, values, [no, *(yes for _ in values)])
        if not places:
            pair = pair[::-1]
        if literal.test is None:
            return space.flag(axis, *pair)
        return space.atom(axis, literal.test, *pair)


class _Split(NamedTuple):
    """The two sides of a question.

    ``asks`` is what each side has to cover with its literal, because the other
    side does not allow it; ``rest`` takes what they covered and returns what is
    left to cover without asking.
    """

    literals: tuple[Literal, Literal]
    asks: tuple[_Pair, _Pair]
    rest: Callable[[Node, Node], _Pair]


def _split(space: Space, low: Node, high: Node) -> _Split:
    top = low if low.axis <= high.axis else high
    if top.kind == CUTS:
        return _split_cuts(space, top.axis, low, high)
    if top.kind == TEXT:
        return _split_text(space, top.axis, top.cuts[0], low, high)
    axis = top.axis
    meet, join, negate = space.meet, space.join, space.negate
    test = top.cuts if top.kind == ATOM else None
    l0, l1 = space.answers(low, top)
    u0, u1 = space.answers(high, top)

    def rest(f0: Node, f1: Node) -> _Pair:
        return join(meet(l0, negate(f0)), meet(l1, negate(f1))), meet(u0, u1)

    return _Split(
        (Literal(axis, test, False), Literal(axis, test, True)),
        ((meet(l0, negate(u1)), u0), (meet(l1, negate(u0)), u1)),
        rest,
    )


def _split_cuts(space: Space, axis: str, low: Node, high: Node) -> _Split:
    """Split at the cut in the middle, so that many cuts need few steps.

    Only what is next to the cut needs to know on which side it is.
    """
    meet, join, negate = space.meet, space.join, space.negate
    cuts = sorted({cut for node in (low, high) if node.axis == axis for cut in node.cuts})
    middle = len(cuts) // 2
    cut = cuts[middle]
    before, after = cuts[:middle], cuts[middle + 1 :]
    lows = [_at(low, axis, place) for place in (None, *cuts)]
    highs = [_at(high, axis, place) for place in (None, *cuts)]
    l0, l1 = lows[middle], lows[middle + 1]
    u0, u1 = highs[middle], highs[middle + 1]
    none = [FALSE] * len(cuts)
    ask0 = space.cuts(axis, before, [*none[:middle], meet(l0, negate(u1))])
    ask1 = space.cuts(axis, after, [meet(l1, negate(u0)), *none[middle + 1 :]])

    def rest(f0: Node, f1: Node) -> _Pair:
        left = [
            meet(value, negate(_at(f0 if i <= middle else f1, axis, place)))
            for i, (value, place) in enumerate(zip(lows, (None, *cuts), strict=True))
        ]
        left[middle : middle + 2] = [join(left[middle], left[middle + 1])]
        right = [*highs[:middle], meet(u0, u1), *highs[middle + 2 :]]
        without = [*before, *after]
        return space.cuts(axis, without, left), space.cuts(axis, without, right)

    return _Split(
        (
            Literal(axis, None, interval_shape(None, cut)),
            Literal(axis, None, interval_shape(cut, None)),
        ),
        (
            (ask0, space.cuts(axis, before, highs[: middle + 1])),
            (ask1, space.cuts(axis, after, highs[middle + 1 :])),
        ),
        rest,
    )


def _split_text(space: Space, axis: str, value: str, low: Node, high: Node) -> _Split:
    """Split into one text and all others."""
    meet, join, negate = space.meet, space.join, space.negate
    values = sorted({text for node in (low, high) if node.axis == axis for text in node.cuts})
    values.remove(value)
    lows = [_other_text(low, axis), *(_text(low, axis, text) for text in values)]
    highs = [_other_text(high, axis), *(_text(high, axis, text) for text in values)]
    l1, u1 = _text(low, axis, value), _text(high, axis, value)
    literals = (
        Literal(axis, None, Texts(False, frozenset({value}))),
        Literal(axis, None, Texts(True, frozenset({value}))),
    )
    upper = space.text(axis, values, highs)
    if any(node.kind == ATOM and node.axis[:2] == axis[:2] for node in (lows[0], highs[0])):
        # Tests of other texts know nothing of this one: nothing is shared.
        return _Split(
            literals,
            ((space.text(axis, values, lows), upper), (l1, u1)),
            lambda _f0, _f1: (FALSE, FALSE),
        )
    l0, u0 = lows[0], highs[0]
    ask0 = space.text(axis, values, [meet(l0, negate(u1)), *([FALSE] * len(values))])

    def rest(f0: Node, f1: Node) -> _Pair:
        left = [
            join(meet(l0, negate(_other_text(f0, axis))), meet(l1, negate(f1))),
            *(meet(lows[i + 1], negate(_text(f0, axis, text))) for i, text in enumerate(values)),
        ]
        right = [meet(u0, u1), *highs[1:]]
        return space.text(axis, values, left), space.text(axis, values, right)

    return _Split(literals, ((ask0, upper), (meet(l1, negate(u0)), u1)), rest)


def _at(node: Node, axis: str, place: bytes | None) -> Node:
    """Return what *node* leaves right after *place*."""
    if node.axis != axis:
        return node
    return node.kids[bisect.bisect_right(node.cuts, place) if place is not None else 0]


def _text(node: Node, axis: str, value: str) -> Node:
    return pick_text(node, value) if node.axis[:2] == axis[:2] else node


def _other_text(node: Node, axis: str) -> Node:
    return node.kids[0] if node.axis == axis else node


# -- products --------------------------------------------------------------------------------


def _product(literals: Iterable[Literal]) -> Product:
    """Return one literal an axis."""
    product: Product = {}
    for literal in literals:
        known = product.get(literal.axis)
        product[literal.axis] = (
            literal
            if known is None
            else literal._replace(places=_both(known.places, literal.places))
        )
    return product


def _both(a: Places, b: Places) -> Places:
    if isinstance(a, Shape) and isinstance(b, Shape):
        return intersect(a, b)
    if isinstance(a, Texts) and isinstance(b, Texts):
        if a.wanted and b.wanted:
            return Texts(True, a.values & b.values)
        if a.wanted or b.wanted:
            kept, dropped = (a, b) if a.wanted else (b, a)
            return Texts(True, kept.values - dropped.values)
        return Texts(False, a.values | b.values)
    return a


def _one(a: Places, b: Places) -> Places | None:
    """Return the union of two sets of places, or None if it is everything."""
    if isinstance(a, Shape) and isinstance(b, Shape):
        shape = unite(a, b)
        return shape if shape.cuts or not shape.truths[0] else None
    if isinstance(a, Texts) and isinstance(b, Texts):
        texts = _other_places(_both(_other_places(a), _other_places(b)))
        return None if texts == Texts(False, frozenset()) else texts
    return a if a == b else None


def _other_places(places: Places) -> Places:
    """Return all other places."""
    if isinstance(places, Shape):
        return negated(places)
    if isinstance(places, Texts):
        return Texts(not places.wanted, places.values)
    return not places


def _merged(products: list[Product]) -> list[Product]:
    """Join products that differ in the places on one axis only, until none do."""
    if sum(map(len, products)) > _MOST_TO_MERGE:
        return products
    changed = True
    while changed and len(products) > 1:
        changed = False
        for axis in list(dict.fromkeys(axis for product in products for axis in product)):
            groups: dict[object, list[Product]] = {}
            for product in products:
                if axis in product:
                    rest = frozenset(item for key, item in product.items() if key != axis)
                    groups.setdefault(rest, []).append(product)
            for group in groups.values():
                if len(group) > 1:
                    changed = True
                    places: Places | None = group[0][axis].places
                    for product in group[1:]:
                        if places is not None:
                            places = _one(places, product[axis].places)
                    joined = dict(group[0])
                    if places is None:
                        del joined[axis]
                    else:
                        joined[axis] = joined[axis]._replace(places=places)
                    dropped = {id(product) for product in group}
                    at = next(i for i, p in enumerate(products) if id(p) in dropped)
                    products = [p for p in products if id(p) not in dropped]
                    products.insert(at, joined)
    return products


def _spell(literal: Literal, style: str) -> Words:
    axis, places = literal.axis, literal.places
    code = axis[1]
    if isinstance(places, Shape):
        return spell_shape(code, places)
    if isinstance(places, Texts):
        return spell_texts(code, sorted(places.values), places.wanted)
    if literal.test is None:
        return spell_name(code, axis[2:], places, style)
    return spell_atom(code, *literal.test, places)


def _spell_product(product: Product, style: str) -> list[Words]:
    return [
        _spell(literal, style)
        for axis, literal in sorted(product.items())
        if not _implied(literal.places, product.get(f"{axis}\x01"))
    ]


def _implied(places: Places, texts: Literal | None) -> bool:
    """Say whether the texts that a product asks for are at these places anyway."""
    if texts is None or not isinstance(places, Shape) or not isinstance(texts.places, Texts):
        return False
    return texts.places.wanted and all(
        places.truths[bisect.bisect_right(places.cuts, place_in_text(value))]
        for value in texts.places.values
    )


def _factored(products: list[Product], style: str) -> Words:
    """Return the sum of *products* with common literals taken out."""
    if not products:
        return NEVER
    if any(not product for product in products):
        return ALWAYS
    if len(products) == 1:
        return conjunction(_spell_product(products[0], style))
    counts = Counter(literal for product in products for literal in product.values())
    literal, count = max(
        counts.items(), key=lambda item: (item[1], -ord(item[0].axis[0]), item[0].axis)
    )
    if count == 1:
        return disjunction([conjunction(_spell_product(product, style)) for product in products])
    inside, outside = [], []
    for product in products:
        if product.get(literal.axis) == literal:
            inside.append({axis: item for axis, item in product.items() if axis != literal.axis})
        else:
            outside.append(product)
    common = _spell_product({literal.axis: literal}, style)
    part = conjunction([*common, _factored(_merged(inside), style)])
    return disjunction([part, _factored(outside, style)]) if outside else part


def _dual(products: list[Product], style: str) -> Words:
    """Return "none of *products*" as a product of sums."""

    def other(literal: Literal) -> Words:
        return _spell(literal._replace(places=_other_places(literal.places)), style)

    clauses = [
        disjunction([other(literal) for _, literal in sorted(product.items())])
        for product in products
    ]
    return conjunction(clauses)


def candidates(
    space: Space, lower: Node, upper: Node, style: str
) -> tuple[list[Words], list[CannotSpell]]:
    """Return expressions for something between two diagrams, and why others failed.

    There may be none: where the search grows too large, or comparisons fail.
    """
    found: list[Words] = []
    troubles: list[CannotSpell] = []
    if lower is FALSE:
        return [NEVER], []
    if upper is TRUE:
        return [ALWAYS], []
    for steps in (_FEW_STEPS, _MOST_STEPS):
        for dual in (False, True):
            bounds = (space.negate(upper), space.negate(lower)) if dual else (lower, upper)
            try:
                products = [_product(p) for p in _Search(space, steps).cover(*bounds)]
            except TooLarge:
                continue
            if sum(map(len, products)) > _MOST_LITERALS:
                continue
            products = _merged(products)
            try:
                found.append(_dual(products, style) if dual else _factored(products, style))
            except CannotSpell as error:
                troubles.append(error)
        if found or troubles:
            break
    return found, troubles
