"""From a diagram back to text: cover search, then factoring.

**Idea.** A *product* is a conjunction of one set of places for each axis.  The search
finds few products that together hold where the diagram does (irredundant sums
of products after Minato and Morreale), for the diagram and for its opposite,
joins what differs in one axis, and takes out common parts.

The search works between two bounds: what must be covered, and what may be.  It splits
both by the first question.  What one answer must cover and another must not needs a
product that names the answer; what is left may be covered without asking.

**Invariant.** Whatever has been covered holds inside the upper bound; when a pair of
bounds is done, all of the lower one is covered.

**Cost.** One step for each pair of bounds, :data:`_MOST_STEPS` at most; each step takes a
few operations on diagrams.  Merging and factoring are n log n in the literals.

>>> from trigpoint.markers import Marker
>>> from trigpoint.markers.writing.spelling import write_words
>>> text = "os_name == 'nt' and extra == 'a' or os_name == 'nt' and extra == 'b'"
>>> space, node = Marker(text).meaning.diagram
>>> for product in _Search(space, 100).cover(node, node):
...     print(*(write_words(_spell(literal, "extra")) for literal in product))
os_name == "nt" extra == "a"
os_name == "nt" extra == "b"
>>> write_words(candidates(space, node, node, "extra")[0][0])
'os_name == "nt" and (extra == "a" or extra == "b")'
"""

from __future__ import annotations

import bisect
import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from trigpoint.markers.exact.axes import Shape, interval_shape, joined, negated
from trigpoint.markers.exact.axis_names import (
    CODE,
    NAME,
    PLACE,
    STEM,
    texts_beside,
)
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

_FEW_STEPS = 1_000
_MOST_STEPS = 6_000
_MOST_LITERALS = 4_000
_MOST_TO_MERGE = 1_000
_MOST_ON_THE_WAY = 400_000


_FEW_CUTS = 16
"""Cuts up to which the line of versions is always split in two."""
_FEW_ANSWERS = 8
"""Answers up to which texts are split into those of one answer and all others.

Splitting in two finds shorter texts, and takes a step for each answer; splitting into
all answers at once takes one.
"""


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
                rest = split.rest([memo[side][1] for side in split.asks])
                stack.append((pair, split, rest))
                stack.append((rest, None, None))
            else:
                products: list[tuple[Literal, ...]] = []
                for literal, side in zip(split.literals, split.asks, strict=True):
                    products += [(literal, *product) for product in memo[side][0]]
                products += memo[rest][0]
                holds = split.gather([memo[side][1] for side in split.asks])
                self.literals += sum(map(len, products))
                if self.literals > _MOST_ON_THE_WAY:
                    raise TooLarge
                memo[pair] = (tuple(products), space.join(holds, memo[rest][1]))
        return memo[first]


class _Split(NamedTuple):
    """The answers to a question, two or more.

    ``asks`` is what each answer has to cover with its literal, because another
    answer does not allow it.  ``gather`` takes what they covered and returns it as
    one diagram; ``rest`` takes the same and returns what is left to cover without
    asking.
    """

    literals: Sequence[Literal]
    asks: Sequence[_Pair]
    gather: Callable[[Sequence[Node]], Node]
    rest: Callable[[Sequence[Node]], _Pair]


def _split(space: Space, low: Node, high: Node) -> _Split:
    top = low if low.axis <= high.axis else high
    if top.kind == CUTS:
        return _split_cuts(space, top.axis, low, high)
    if top.kind == TEXT:
        return _split_text(space, top.axis, low, high)
    axis = top.axis
    # Minato and Morreale: "no" must say so where "yes" does not allow it, and the other way
    # round.  What then is left on both sides is covered without the question, within what
    # both allow.
    meet, join, negate = space.meet, space.join, space.negate
    test = top.cuts if top.kind == ATOM else None
    l0, l1 = space.answers(low, top)
    u0, u1 = space.answers(high, top)

    def rest(found: Sequence[Node]) -> _Pair:
        f0, f1 = found
        return join(meet(l0, negate(f0)), meet(l1, negate(f1))), meet(u0, u1)

    literals = (Literal(axis, test, False), Literal(axis, test, True))
    return _Split(
        literals,
        ((meet(l0, negate(u1)), u0), (meet(l1, negate(u0)), u1)),
        lambda found: _within(space, literals, found),
        rest,
    )


def _within(space: Space, literals: Sequence[Literal], found: Sequence[Node]) -> Node:
    """Return each of *found* where its literal holds, and nothing elsewhere."""
    whole = FALSE
    for literal, node in zip(literals, found, strict=True):
        if node is not FALSE:
            whole = space.join(whole, space.meet(_node(space, literal), node))
    return whole


def _node(space: Space, literal: Literal) -> Node:
    """Return the diagram of *literal*, a flag, a test, or a part of the version line."""
    axis, places = literal.axis, literal.places
    if isinstance(places, Shape):
        return space.cuts(axis, places.cuts, [TRUE if t else FALSE for t in places.truths])
    pair = (FALSE, TRUE) if places else (TRUE, FALSE)
    if literal.test is None:
        return space.flag(axis, *pair)
    return space.atom(axis, literal.test, *pair)


def _split_cuts(space: Space, axis: str, low: Node, high: Node) -> _Split:
    """Split the line of versions.

    Where there are many cuts, stretches that are all alike are one answer.  But where
    there are nearly as many answers as stretches, they are likely to be steps of a
    staircase, ``>= a and x or >= b and y``, and the line is split in two.
    """
    cuts = sorted({cut for node in (low, high) if node.axis == axis for cut in node.cuts})
    lows = _along(low, axis, cuts)
    highs = _along(high, axis, cuts)
    classes = list(dict.fromkeys(zip(lows, highs, strict=True)))
    if len(cuts) <= _FEW_CUTS or len(classes) * 2 > len(lows) + 1:
        return _split_in_two(space, axis, cuts, lows, highs)
    number = {pair: i for i, pair in enumerate(classes)}
    where = [number[pair] for pair in zip(lows, highs, strict=True)]
    return _split_classes(
        space,
        [
            Literal(axis, None, joined(cuts, [each == i for each in where]))
            for i in range(len(classes))
        ],
        classes,
        lambda found: space.cuts(axis, cuts, [found[i] for i in where]),
    )


def _split_in_two(
    space: Space, axis: str, cuts: list[bytes], lows: list[Node], highs: list[Node]
) -> _Split:
    """Split at the cut in the middle, so that many cuts need few steps.

    Only what is next to the cut needs to know on which side it is.
    """
    meet, join, negate = space.meet, space.join, space.negate
    middle = len(cuts) // 2
    cut = cuts[middle]
    before, after = cuts[:middle], cuts[middle + 1 :]
    l0, l1 = lows[middle], lows[middle + 1]
    u0, u1 = highs[middle], highs[middle + 1]
    # Left of the cut only the last stretch touches it: what the first one right of it does
    # not allow there must name the side.  The stretches before keep their other cuts, and
    # are left for the rest, where the cut is gone.
    none = [FALSE] * len(cuts)
    ask0 = space.cuts(axis, before, [*none[:middle], meet(l0, negate(u1))])
    ask1 = space.cuts(axis, after, [meet(l1, negate(u0)), *none[middle + 1 :]])

    def rest(found: Sequence[Node]) -> _Pair:
        f0, f1 = found
        covered = [
            *_along(f0, axis, before),
            *_along(f1, axis, after),
        ]
        left = [
            value if done is FALSE else meet(value, negate(done))
            for value, done in zip(lows, covered, strict=True)
        ]
        # Without the cut, the two stretches beside it are one.
        left[middle : middle + 2] = [join(left[middle], left[middle + 1])]
        right = [*highs[:middle], meet(u0, u1), *highs[middle + 2 :]]
        without = [*before, *after]
        return space.cuts(axis, without, left), space.cuts(axis, without, right)

    literals = (
        Literal(axis, None, interval_shape(None, cut)),
        Literal(axis, None, interval_shape(cut, None)),
    )
    return _Split(
        literals,
        (
            (ask0, space.cuts(axis, before, highs[: middle + 1])),
            (ask1, space.cuts(axis, after, highs[middle + 1 :])),
        ),
        lambda found: _within(space, literals, found),
        rest,
    )


def _split_classes(
    space: Space,
    literals: Sequence[Literal],
    classes: Sequence[_Pair],
    gather: Callable[[Sequence[Node]], Node],
) -> _Split:
    """Split into *classes*: what each leaves of the two bounds, and its literal."""
    meet, negate = space.meet, space.negate
    # What all classes allow needs no literal, so only what goes beyond it asks for one.
    shared = space.fold("and", [high for _, high in classes])

    def rest(found: Sequence[Node]) -> _Pair:
        left = [meet(low, negate(done)) for (low, _), done in zip(classes, found, strict=True)]
        return space.fold("or", left), shared

    return _Split(
        literals,
        [(meet(low, negate(shared)), high) for low, high in classes],
        gather,
        rest,
    )


def _split_text(space: Space, axis: str, low: Node, high: Node) -> _Split:
    """Split into texts that are all alike, and all others."""
    values = sorted({text for node in (low, high) if node.axis == axis for text in node.cuts})
    other = (_other_text(low, axis), _other_text(high, axis))
    pairs = list(zip(_texts(low, axis, values), _texts(high, axis, values), strict=True))
    classes = list(dict.fromkeys([other, *pairs]))
    number = {pair: i for i, pair in enumerate(classes)}
    inside: list[list[str]] = [[] for _ in classes]
    for value, pair in zip(values, pairs, strict=True):
        inside[number[pair]].append(value)
    plain = not any(node.kind == ATOM and node.axis[STEM] == axis[STEM] for node in other)
    if plain and len(classes) <= _FEW_ANSWERS:
        return _split_from_others(space, axis, values, pairs, other)
    # No text is like the others: a node leaves out those that are, and tests of texts have an
    # answer for one that is named.
    literals = [
        Literal(axis, None, Texts(i > 0, frozenset(group if i else values)))
        for i, group in enumerate(inside)
    ]

    def gather(found: Sequence[Node]) -> Node:
        return space.text(axis, values, [found[0], *(found[number[pair]] for pair in pairs)])

    if not plain:
        # Tests of other texts know nothing of this one: nothing is shared.
        return _Split(literals, classes, gather, lambda _found: (FALSE, FALSE))
    return _split_classes(space, literals, classes, gather)


def _split_from_others(
    space: Space, axis: str, values: Sequence[str], pairs: Sequence[_Pair], other: _Pair
) -> _Split:
    """Split into the texts that are like the first of *values*, and all others."""
    meet, join, negate = space.meet, space.join, space.negate
    first = pairs[0]
    group = frozenset(value for value, pair in zip(values, pairs, strict=True) if pair == first)
    rest_of = [(value, pair) for value, pair in zip(values, pairs, strict=True) if pair != first]
    # The texts of the group are gone from what is left: they are the literal.
    values = [value for value, _ in rest_of]
    (l0, u0), (l1, u1) = other, first
    upper = space.text(axis, values, [u0, *(high for _, (_, high) in rest_of)])
    ask0 = space.text(axis, values, [meet(l0, negate(u1)), *([FALSE] * len(values))])

    def rest(found: Sequence[Node]) -> _Pair:
        f0, f1 = found
        here = _texts(f0, axis, values)
        left = [
            join(meet(l0, negate(_other_text(f0, axis))), meet(l1, negate(f1))),
            *(
                low if done is FALSE else meet(low, negate(done))
                for (_, (low, _)), done in zip(rest_of, here, strict=True)
            ),
        ]
        right = [meet(u0, u1), *(high for _, (_, high) in rest_of)]
        return space.text(axis, values, left), space.text(axis, values, right)

    def gather(found: Sequence[Node]) -> Node:
        f0, f1 = found
        named = sorted({*group, *(f0.cuts if f0.axis == axis else ())})
        kids = [
            f1 if value in group else kid
            for value, kid in zip(named, _texts(f0, axis, named), strict=True)
        ]
        return space.text(axis, named, [_other_text(f0, axis), *kids])

    return _Split(
        (Literal(axis, None, Texts(False, group)), Literal(axis, None, Texts(True, group))),
        ((ask0, upper), (meet(l1, negate(u0)), u1)),
        gather,
        rest,
    )


def _along(node: Node, axis: str, cuts: Sequence[bytes]) -> list[Node]:
    """Return what *node* leaves before, between and after *cuts*, which include its own."""
    if node.axis != axis:
        return [node] * (len(cuts) + 1)
    mine, kids = node.cuts, node.kids
    found = [kids[0]]
    place, count = 0, len(mine)
    for cut in cuts:
        if place < count and mine[place] <= cut:
            place += 1
        found.append(kids[place])
    return found


def _texts(node: Node, axis: str, values: Sequence[str]) -> list[Node]:
    """Return what *node* leaves at each of *values*."""
    if node.axis != axis:
        same = node.axis[STEM] == axis[STEM]
        return [pick_text(node, value) if same else node for value in values]
    known = dict(zip(node.cuts, node.kids[1:], strict=True))
    other = node.kids[0]
    same = other.axis[STEM] == axis[STEM]
    return [
        known[value] if value in known else pick_text(other, value) if same else other
        for value in values
    ]


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
            # Products that are alike but for this axis are one, with the union of its places.
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
    code = axis[CODE]
    if isinstance(places, Shape):
        return spell_shape(code, places)
    if isinstance(places, Texts):
        return spell_texts(code, sorted(places.values), places.wanted)
    if literal.test is None:
        return spell_name(code, axis[NAME], places, style)
    return spell_atom(code, *literal.test, places)


def _spell_product(product: Product, style: str) -> list[Words]:
    return [_spell(literal, style) for literal in _needed(product)]


def _needed(product: Product) -> list[Literal]:
    """Return the literals of *product*, without what its texts imply."""
    return [
        literal
        for axis, literal in sorted(product.items())
        if not _implied(literal.places, product.get(texts_beside(axis)))
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
    parts: list[Words] = []
    for common, inside in _shared(products):
        words = _spell_product({literal.axis: literal for literal in common}, style)
        if len(inside) > 1:
            words.append(_factored(_merged(inside), style))
        else:
            words = _spell_product({literal.axis: literal for literal in common} | inside[0], style)
        parts.append(conjunction(words))
    return disjunction(parts)


def _shared(products: list[Product]) -> Iterator[tuple[list[Literal], list[Product]]]:
    """Yield groups of *products*: the literals that they share, and the rest of each.

    Whatever most products have in common goes first, and what is left is looked at
    again.  A product that shares nothing is a group of its own.  The groups that
    one call yields are looked into by :func:`_factored`; each has fewer products
    than the one it comes from and shorter ones, so that d calls inside each other
    take d squared over two literals: :data:`_MOST_LITERALS` bounds them to 90.
    """
    users: dict[Literal, list[int]] = {}
    for i, product in enumerate(products):
        for literal in product.values():
            users.setdefault(literal, []).append(i)
    shared = [literal for literal, found in users.items() if len(found) > 1]
    shared.sort(key=lambda literal: literal.axis, reverse=True)
    shared.sort(key=lambda literal: literal.axis[PLACE])
    rank = {literal: i for i, literal in enumerate(shared)}
    count = {literal: len(users[literal]) for literal in shared}
    queue = [(-count[literal], rank[literal]) for literal in shared]
    heapq.heapify(queue)
    left = dict.fromkeys(range(len(products)))
    while queue:
        size, place = heapq.heappop(queue)
        literal = shared[place]
        if -size != count[literal]:
            continue  # it was counted again since
        if count[literal] < 2:
            break
        group = [i for i in users[literal] if i in left]
        # Whatever else the whole group has goes out with it.
        common = [
            each
            for each in sorted(products[group[0]].values(), key=lambda one: rank.get(one, -1))
            if count.get(each, 0) >= len(group)
            and all(products[i].get(each.axis) == each for i in group)
        ]
        axes = {each.axis for each in common}
        yield (
            common,
            [{axis: each for axis, each in products[i].items() if axis not in axes} for i in group],
        )
        for i in group:
            del left[i]
            for each in products[i].values():
                if each in count:
                    count[each] -= 1
                    heapq.heappush(queue, (-count[each], rank[each]))
    for i in left:
        yield [], [products[i]]


def _dual(products: list[Product], style: str) -> Words:
    """Return "none of *products*" as a product of sums."""

    def other(literal: Literal) -> Words:
        return _spell(literal._replace(places=_other_places(literal.places)), style)

    clauses = [disjunction([other(each) for each in _needed(product)]) for product in products]
    return conjunction(clauses)


def candidates(
    space: Space, lower: Node, upper: Node, style: str
) -> tuple[list[Words], list[CannotSpell]]:
    """Return expressions for something between two diagrams, and why others failed.

    *lower* and *upper* are the diagrams, of *space*; *style* is that of
    :func:`~trigpoint.markers.writing.spelling.spell_name`.

    There may be none: where the search grows too large, or comparisons fail.
    """
    found: list[Words] = []
    troubles: list[CannotSpell] = []
    if lower is FALSE:
        return [NEVER], []
    if upper is TRUE:
        return [ALWAYS], []
    # Long searches rarely find better texts than the short one of the other kind.
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
