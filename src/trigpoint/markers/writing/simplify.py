"""The text of a meaning: the shortest that the search finds.

Candidates are a sum of products, a product of sums, and what the meaning was
made from.  A text counts only if it is read again and means the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.algebra import Meaning
from trigpoint.markers.exact.diagrams import Space, TooLarge
from trigpoint.markers.exact.lowering import leaf
from trigpoint.markers.exact.nodes import FALSE, TRUE, Node, support
from trigpoint.markers.exact.reshape import without
from trigpoint.markers.exact.restrict import Given
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import Comparison, Group, Operand, Variable
from trigpoint.markers.writing import cover
from trigpoint.markers.writing.spelling import (
    CannotSpell,
    Words,
    conjunction,
    disjunction,
    quoted,
    write_words,
)

__all__ = ["style_of", "text_of"]

_MANY = 40


def text_of(
    meaning: Meaning, world: Meaning | None = None, original: str | None = None, style: str = ""
) -> str:
    """Return the shortest text that means *meaning*, or does wherever *world* holds.

    ``original`` is a text that is known to be right.  ``style`` is ``extra`` or
    ``extras``: how extras are written.  Raises :exc:`CannotSpell`.
    """
    style = style or style_of(meaning)
    space, lower, upper = _bounds(meaning, world)
    if lower.lazy and not algebra.possible(space, lower):
        lower = FALSE
    if upper.lazy and not algebra.possible(space, space.negate(upper)):
        upper = TRUE
    found, troubles = cover.candidates(space, lower, upper, style)
    if world is not None:
        for bounds in _narrowed(meaning, world):
            found += cover.candidates(*bounds, style)[0]
    texts = [write_words(words) for words in found]
    if original is not None:
        texts.append(original)
    elif not texts:
        texts += _from_source(meaning, style, troubles)
    for text in sorted(dict.fromkeys(texts), key=lambda text: (len(text), text.count("!="), text)):
        if text == original or _means(text, meaning, world):
            return text
    if troubles:
        raise troubles[0]
    raise CannotSpell("no comparisons were found that say this")


def _bounds(meaning: Meaning, world: Meaning | None) -> tuple[Space, Any, Any]:
    """Return a space, and the least and the most that a text may mean."""
    space, node = algebra.settle(meaning)
    if world is None:
        return space, node, node
    least = algebra.both(meaning, world)
    most = algebra.either(meaning, algebra.opposite(world))
    together = algebra.together(least, most)
    if together is None:
        return space, node, node
    return together


def _narrowed(meaning: Meaning, world: Meaning) -> Iterator[tuple[Space, Node, Node]]:
    """Yield bounds for a text that asks about few axes.

    What *world* ties together can be said with one axis or the other, so axes
    are given up one after another as long as the rest tells yes from no.
    """
    together = algebra.together(
        algebra.both(meaning, world), algebra.both(algebra.opposite(meaning), world)
    )
    if together is None:
        return
    space, yes, no = together
    try:
        mine = support(meaning.node)
        others = frozenset({*support(yes), *support(no)}.difference(mine))
        yes, no = without(space, yes, others), without(space, no, others)
        for order in (mine, mine[::-1])[: 1 if len(mine) > _MANY else 2]:
            least, never = yes, no
            for name in order:
                smaller = (without(space, least, {name}), without(space, never, {name}))
                if space.apart(*smaller):
                    least, never = smaller
            yield space, least, space.negate(never)
            yield space, least, least
    except TooLarge:
        return


def _means(text: str, meaning: Meaning, world: Meaning | None) -> bool:
    """Say whether *text*, read again, means the same."""
    read = algebra.meaning_of(parse(text))
    if world is None:
        return algebra.equivalent(read, meaning)
    return algebra.equivalent(algebra.both(read, world), algebra.both(meaning, world))


def style_of(meaning: Meaning) -> str:
    """Return how the comparisons behind *meaning* write extras, ``extra`` if in doubt."""
    names = {
        node.variable.name
        for node in algebra.comparisons_of(meaning)
        if node.variable is not None and node.variable.name in ("extra", "extras")
    }
    return "extras" if names == {"extras"} else "extra"


# -- what a meaning was made from ----------------------------------------------------------


def _from_source(meaning: Meaning, style: str, troubles: list[CannotSpell]) -> Iterator[str]:
    try:
        yield write_words(_source_words(meaning, style))
    except CannotSpell as error:
        troubles.append(error)


def _source_words(meaning: Meaning, style: str) -> Words:
    """Write what *meaning* was made from, with negations carried down to the comparisons."""
    done: list[Words] = []
    stack: list[tuple[Any, bool, tuple[Given, ...], bool]] = [(meaning.source, False, (), False)]
    while stack:
        top, negative, given, ready = stack.pop()
        kind = type(top)
        if ready:
            op, count = top
            join = conjunction if (op == "and") is not negative else disjunction
            done[-count:] = [join(done[-count:])]
        elif kind is Comparison or kind is Node:
            done.append(_leaf_words(top, negative, given, style))
        elif kind is Group:
            stack.append(((top.op, len(top.parts)), negative, (), True))
            stack.extend((part, negative, given, False) for part in reversed(top.parts))
        elif top[0] == "not":
            stack.append((top[1][0].source, not negative, given, False))
        elif top[0] == "restrict":
            stack.append((top[1][0].source, negative, (top[2], *given), False))
        else:
            stack.append(((top[0], len(top[1])), negative, (), True))
            stack.extend((part.source, negative, given, False) for part in reversed(top[1]))
    return done[0]


def _leaf_words(
    what: Comparison | Node, negative: bool, given: tuple[Given, ...], style: str
) -> Words:
    if isinstance(what, Comparison) and not negative and not given:
        return Words("", (), f"{_operand(what.left)} {what.op} {_operand(what.right)}", 1)
    space = algebra.shared()
    node = leaf(space, what) if isinstance(what, Comparison) else space.adopt(what)
    for each in given:
        node = each.apply(space, node)
    if negative:
        node = space.negate(node)
    found, troubles = cover.candidates(space, node, node, style)
    if not found:
        raise troubles[0] if troubles else CannotSpell(f"no comparison says {what}")
    return min(found, key=lambda words: len(write_words(words)))


def _operand(operand: Operand) -> str:
    return operand.name if isinstance(operand, Variable) else quoted(operand.value)
