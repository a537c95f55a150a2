"""The nodes of decision diagrams: questions and their answers.

**Idea.** There are four kinds of question.  ``CUTS``: between which two cuts of the
version line is the value?  ``TEXT``: is it one of these texts, or another?
``ATOM``: does this test of the text hold?  ``FLAG``: is this name requested?
``END`` is no question: :data:`TRUE` and :data:`FALSE`.  What axes are called is said
in :mod:`trigpoint.markers.exact.axis_names`.

**Invariant.** The axis of a node comes before those of its kids.  Nodes never change
but for ``opposite``, which is noted when it is first worked out.

**Cost.** Nodes are compared and hashed by identity.  :func:`nodes`, :func:`support` and
the merges are linear in what they look at.

>>> from trigpoint.markers import Marker
>>> root = Marker("os_name == 'nt' and extra == 'gui'").meaning.node
>>> root.kind == TEXT, root.cuts, root.kids[0]
(True, ('nt',), FALSE)
>>> pick_text(root, "nt").kids
(FALSE, TRUE)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trigpoint.markers.exact.axis_names import (
    CODE,
    EQUALS,
    INSIDE,
    KEY,
    PLACE,
    STEM,
)

__all__ = [
    "ATOM",
    "CUTS",
    "END",
    "FALSE",
    "FLAG",
    "TEXT",
    "TRUE",
    "Node",
    "atom_holds",
    "merge_cuts",
    "merge_texts",
    "name_of",
    "nodes",
    "pick_text",
    "profile",
    "support",
]

END, FLAG, CUTS, TEXT, ATOM = range(5)


class Node:
    """One question.

    ``kids`` are the answers: ``(no, yes)`` for a flag or an atom; the stretches
    between ``cuts`` in order; any other text, then one for each of ``cuts``.
    For an atom, ``cuts`` is the family of the test and its literal.
    """

    __slots__ = ("axis", "cuts", "kids", "kind", "lazy", "opposite")

    axis: str
    kind: int
    cuts: tuple[Any, ...]
    kids: tuple[Node, ...]
    lazy: bool
    opposite: Node | None

    def __init__(
        self, axis: str, kind: int, cuts: tuple[Any, ...], kids: tuple[Node, ...], lazy: bool
    ) -> None:
        self.axis = axis
        self.kind = kind
        self.cuts = cuts
        self.kids = kids
        self.lazy = lazy
        self.opposite = None

    def __repr__(self) -> str:
        if self.kind == END:
            return "TRUE" if self is TRUE else "FALSE"
        return f"<Node {self.axis[KEY]!r} {self.cuts!r}, {len(self.kids)} answers>"


FALSE = Node("\U0010ffff", END, (), (), False)
"""The diagram that never holds."""

TRUE = Node("\U0010ffff", END, (), (), False)
"""The diagram that always holds."""

FALSE.opposite, TRUE.opposite = TRUE, FALSE


def atom_holds(family: str, literal: str, text: str) -> bool:
    """Answer the test *family* of *text*.

    It contains *literal* (any other), is part of it (``h``), or is it but for case (``=``).
    """
    if family == INSIDE:
        return text in literal
    if family == EQUALS:
        return text.lower() == literal
    return literal in text


def pick_text(node: Node, value: str) -> Node:
    """Return what is left of *node* where the text of its axis is *value*.

    Only texts and tests of one axis are decided; *node* must begin with them.
    """
    place = node.axis[STEM]
    if node.kind == TEXT:
        node = node.kids[node.cuts.index(value) + 1] if value in node.cuts else node.kids[0]
    while node.kind == ATOM and node.axis[STEM] == place:
        family, literal = node.cuts
        node = node.kids[atom_holds(family, literal, value)]
    return node


def nodes(root: Node) -> Iterator[Node]:
    """Yield the nodes below and including *root*, ends left out, each once."""
    seen = {root}
    stack = [root]
    while stack:
        node = stack.pop()
        if node.kind:
            yield node
            for kid in node.kids:
                if kid not in seen:
                    seen.add(kid)
                    stack.append(kid)


def name_of(node: Node) -> str:
    """Return what *node* asks about: the code of a variable, or of extras or groups with the name.

    >>> from trigpoint.markers.exact.axis_names import flag_axis, text_axis
    >>> name_of(Node(flag_axis("z", "gui"), FLAG, (), (FALSE, TRUE), False))
    'zgui'
    >>> name_of(Node(text_axis("b"), TEXT, ("nt",), (FALSE, TRUE), False))
    'b'
    """
    return node.axis[KEY] if node.kind == FLAG else node.axis[CODE]


def support(root: Node) -> list[str]:
    """Return the axes that *root* asks about, each once, in order.

    A name is the code of a variable's axis, or that of an extra or group with
    its name.
    """
    found = {(node.axis[PLACE], name_of(node)) for node in nodes(root)}
    return [name for _, name in sorted(found)]


def profile(node: Node) -> list[str]:
    """Return the first axes that *node* asks about, to put like beside like."""
    axes: list[str] = []
    while node.kind and len(axes) < 4:
        axes.append(node.axis)
        for kid in node.kids:
            if kid.kind:
                node = kid
                break
        else:
            break
    return axes


def merge_cuts(f: Node, g: Node) -> tuple[list[bytes], list[Node], list[Node]]:
    """Return the cuts of *f* and *g* together, and what each leaves between them."""
    a, b = f.cuts, g.cuts
    left, right = f.kids, g.kids
    i = j = 0
    cuts: list[bytes] = []
    lefts = [left[0]]
    rights = [right[0]]
    m, n = len(a), len(b)
    while i < m and j < n:
        p, q = a[i], b[j]
        if p < q:
            cuts.append(p)
            i += 1
        elif q < p:
            cuts.append(q)
            j += 1
        else:
            cuts.append(p)
            i += 1
            j += 1
        lefts.append(left[i])
        rights.append(right[j])
    while i < m:
        cuts.append(a[i])
        i += 1
        lefts.append(left[i])
        rights.append(right[j])
    while j < n:
        cuts.append(b[j])
        j += 1
        lefts.append(left[i])
        rights.append(right[j])
    return cuts, lefts, rights


def merge_texts(f: Node, g: Node) -> tuple[list[str], list[Node], list[Node]]:
    """Return the texts of *f* and *g* together, and what each leaves at others and at them."""
    place = f.axis[STEM]
    mine = dict(zip(f.cuts, f.kids[1:], strict=True))
    yours = dict(zip(g.cuts, g.kids[1:], strict=True))
    values = sorted({**mine, **yours})
    left, right = [f.kids[0]], [g.kids[0]]
    for found, kids in ((mine, left), (yours, right)):
        other = kids[0]
        if other.kind == ATOM and other.axis[STEM] == place:
            kids += [
                found[value] if value in found else pick_text(other, value) for value in values
            ]
        else:
            kids += [found.get(value, other) for value in values]
    return values, left, right
