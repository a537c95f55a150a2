"""The text of a meaning: the shortest that the search finds.

**Idea.** Candidates are a sum of products, a product of sums, and what the meaning was
made from.  With an assumption, whatever it rules out may be said or not, and axes that
it ties together are given up one after the other.

**Invariant.** A text counts only if it is read again and means the same, or does
wherever the assumption holds.

**Cost.** Two searches of :mod:`trigpoint.markers.writing.cover`, and one question a
candidate.  With an assumption, two more for each order in which axes are given up.

>>> from trigpoint.markers import Marker
>>> text_of(Marker("os_name == 'nt' and extra == 'a' or extra == 'a'").meaning)
'extra == "a"'
>>> windows = Marker("sys_platform == 'win32'").meaning
>>> text_of(Marker("os_name == 'nt' and sys_platform == 'win32'").meaning, windows)
'os_name == "nt"'
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
from trigpoint.markers.exact.sources import comparisons_of, program
from trigpoint.markers.exact.texts import Undecided
from trigpoint.markers.meaning.semantics import UndefinedComparison
from trigpoint.markers.reading.grammar import MOST_LEVELS, MarkerSyntaxError, parse
from trigpoint.markers.reading.tree import Comparison
from trigpoint.markers.writing import cover
from trigpoint.markers.writing.spelling import (
    CannotSpell,
    Words,
    conjunction,
    disjunction,
    says,
    write_comparison,
    write_words,
)

__all__ = ["MOST_COMPARISONS", "style_of", "text_of"]

MOST_COMPARISONS = 200_000
"""Comparisons that a text may have which the search did not find."""

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
    if lower.lazy and _never(space, lower):
        lower = FALSE
    if upper.lazy and _never(space, space.negate(upper)):
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


def _never(space: Space, node: Any) -> bool:
    """Say whether *node* is known to hold nowhere."""
    try:
        return not algebra.possible(space, node)
    except Undecided:
        return False


def _bounds(meaning: Meaning, world: Meaning | None) -> tuple[Space, Any, Any]:
    """Return a space, and the least and the most that a text may mean."""
    space, node = algebra.located(meaning)
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
    try:
        read = algebra.meaning_of(parse(text))
    except UndefinedComparison:
        return False  # a number next to one of as many digits as there may be
    except MarkerSyntaxError:
        return False  # more groups in each other than are read
    try:
        if world is None:
            return algebra.equivalent(read, meaning)
        return algebra.equivalent(algebra.both(read, world), algebra.both(meaning, world))
    except Undecided:
        return False  # it may, but nobody knows


def style_of(meaning: Meaning) -> str:
    """Return how the comparisons behind *meaning* write extras, ``extra`` if in doubt."""
    names = {
        node.variable.name
        for node in comparisons_of(meaning)
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
    steps = program(meaning)
    # For each step what is wanted of it: itself, its opposite, or both.
    wanted: list[set[bool]] = [set() for _ in steps]
    wanted[-1].add(False)
    for number in range(len(steps) - 1, -1, -1):
        for negative in wanted[number]:
            for part in steps[number].parts:
                wanted[part].add(negative is not (steps[number].op == "not"))
    done: list[dict[bool, Words]] = []
    for (op, parts, what, given), signs in zip(steps, wanted, strict=True):
        words: dict[bool, Words] = {}
        for negative in signs:
            if not op:
                words[negative] = _leaf_words(what, negative, given, style)
            elif op == "not":
                words[negative] = done[parts[0]][not negative]
            else:
                join = conjunction if (op == "and") is not negative else disjunction
                words[negative] = join([done[part][negative] for part in parts])
                if words[negative].size > MOST_COMPARISONS:
                    raise CannotSpell(f"its text has more than {MOST_COMPARISONS} comparisons")
                # Every other one needs parentheses.  Deeper ones could not be read again,
                # nor freed where there is as little room as in WebAssembly.
                if words[negative].depth > 2 * MOST_LEVELS + 1:
                    raise CannotSpell(f"its text has more than {MOST_LEVELS} groups in each other")
        done.append(words)
    return done[-1][False]


def _leaf_words(
    what: Comparison | Node, negative: bool, given: tuple[Given, ...], style: str
) -> Words:
    if isinstance(what, Comparison) and not negative and not given:
        return says(write_comparison(what))
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
