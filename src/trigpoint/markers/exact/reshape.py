"""Diagrams in other shapes: another order of axes, fewer axes, fewer impossible paths.

**Idea.** A diagram is made again from below.  In another order, a node becomes the
union of its answers, each met with what it leaves: the operations put the questions
where they belong.

**Invariant.** :func:`transplanted` and :func:`tightened` keep the meaning; what
:func:`without` returns holds wherever the diagram does for some answer to what is left
out, and nowhere else.

**Cost.** A few operations a node; each may take what an operation takes, and the result
may be exponentially larger in a bad order.  :func:`tightened` looks at pairs of tests.

>>> from trigpoint.markers import Marker
>>> space, node = Marker("os_name == 'nt' and extra == 'gui'").meaning.diagram
>>> without(space, node, {"zgui"}) is Marker("os_name == 'nt'").meaning.node
True
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from trigpoint.markers.exact.axis_names import (
    CODE,
    INSIDE,
    STEM,
)
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.nodes import ATOM, FALSE, TEXT, TRUE, Node, atom_holds, name_of, nodes

__all__ = ["tightened", "transplanted", "without"]


def tightened(space: Space, root: Node) -> Node:
    """Return *root* of *space* without some paths that tests standing apart make impossible.

    Only a loose space leaves them; elsewhere, *root* comes back as it is.
    """
    if not space.loose:
        return root
    found = [node for node in nodes(root) if node.kind in (ATOM, TEXT)]
    tests = {node.axis: node for node in found if node.kind == ATOM}
    texts = {(node.axis, value) for node in found if node.kind == TEXT for value in node.cuts}
    for axis, one in tests.items():
        family, literal = one.cuts
        holds = space.atom(axis, one.cuts, FALSE, TRUE)
        for other in tests.values():
            if (
                other is not one
                and other.cuts[0] == family != INSIDE
                and other.axis[CODE] == axis[CODE]
                and literal in other.cuts[1]
            ):
                longer = space.atom(other.axis, other.cuts, FALSE, TRUE)
                root = space.meet(root, space.join(space.negate(longer), holds))
        for place, value in texts:
            if place[CODE] == axis[CODE]:
                same = space.text(place, [value], [FALSE, TRUE])
                truth = holds if atom_holds(family, literal, value) else space.negate(holds)
                root = space.meet(root, space.join(space.negate(same), truth))
    return root


def transplanted(space: Space, root: Node, axis: Callable[[str], str]) -> Node:
    """Return in *space* the diagram *root* of a space with another order of axes.

    *axis* translates the axes.
    """

    def visit(node: Node, kids: list[Node]) -> Node:
        name = axis(node.axis)
        if node.kind == ATOM:
            space.know(name[STEM], *node.cuts)
        count = len(kids)
        parts = []
        for i, kid in enumerate(kids):
            if kid is not FALSE:
                only = [TRUE if j == i else FALSE for j in range(count)]
                parts.append(space.meet(space.make(name, node.kind, node.cuts, only), kid))
        return space.fold("or", parts) if parts else FALSE

    return space.rebuild(root, visit)


def without(space: Space, root: Node, names: AbstractSet[str]) -> Node:
    """Return where *root* of *space* can hold whatever the axes *names* say.

    A name is the code of a variable's axis, or that of an extra or group
    with its name.
    """

    def visit(node: Node, kids: list[Node]) -> Node:
        name = name_of(node)
        if name in names:
            return space.fold("or", kids)
        return space.make(node.axis, node.kind, node.cuts, kids)

    return space.rebuild(root, visit)
