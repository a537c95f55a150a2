"""Decision diagrams over the axes of markers: hash-consed, reduced and ordered.

**Idea.** A diagram answers yes or no after a walk from its root: each :class:`Node`
asks about one axis and has one child for each answer that matters (Bryant, 1986).
Two diagrams are joined by asking the first question of both, and joining what each
answer leaves of them.

**Invariant.** In one :class:`Space` no two nodes are the same and no node asks in
vain, so two diagrams over the same order of axes mean the same if and only if they
are the same object.

A text decides every test of it, and a longer needle every shorter one inside
it, so below such an answer the decided tests are never asked.  What a test
says about versions, or two tests of different kinds about each other, is left
open: nodes above such questions are *lazy*, and a path through them may be
impossible (see :mod:`trigpoint.markers.exact.witnesses`).  Where nothing is lazy the
invariant is exact; elsewhere the same object still means the same.

**Cost.** Joining diagrams of m and n nodes takes m times n steps at most and near
m + n for most, each remembered; negating and rebuilding take one step a node.  More
than ``patience`` steps raise :exc:`TooLarge`.  Recursion ends at a few levels, where a
stack takes over.

>>> from trigpoint.markers.exact.axis_names import flag_axis, text_axis
>>> space = Space()
>>> gui = space.flag(flag_axis("z", "gui"), FALSE, TRUE)
>>> nt = space.text(text_axis("b"), ["nt"], [FALSE, TRUE])
>>> space.meet(gui, nt) is space.negate(space.join(space.negate(nt), space.negate(gui)))
True
>>> space.join(space.meet(gui, nt), space.meet(space.negate(gui), nt)) is nt
True
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from trigpoint.findings import TrigpointError
from trigpoint.markers.exact.axis_names import (
    CODE,
    CONTAINS,
    NEEDLES,
    RELEASES,
    STEM,
)
from trigpoint.markers.exact.nodes import (
    ATOM,
    CUTS,
    END,
    FALSE,
    FLAG,
    TEXT,
    TRUE,
    Node,
    merge_cuts,
    merge_texts,
    pick_text,
    profile,
)

__all__ = ["Space", "TooLarge"]

_SHALLOW = 80
"""How deep operations recurse before they go on with a stack of their own."""


_Memo = dict[tuple[Node, Node], Node]


class TooLarge(TrigpointError):  # noqa: N818 (a signal between modules, never seen by callers)
    """A diagram outgrew what its space was given; another order of axes is due."""


def _operation(
    space: Space, stop: Node, skip: Node, memo: _Memo
) -> Callable[[Node, Node, int], Node]:
    """Return the function that combines diagrams: *stop* wins always, *skip* never.

    It is called for every pair of nodes, so it keeps what it needs at hand.
    Neither diagram may be an end.
    """
    table = space.table
    new = object.__new__

    def apply(f: Node, g: Node, depth: int) -> Node:
        if f is g:
            return f
        axis = f.axis
        second = g.axis
        if second < axis:
            f, g = g, f
            axis, second = second, axis
        if f.kind == FLAG and axis != second:
            no, yes = f.kids
            if no.kind == END == yes.kind:
                # One name joined to something else: the node itself is all there is to find.
                return space._node(
                    axis, FLAG, (), (no if no is stop else g, yes if yes is stop else g)
                )
        key = (f, g)
        made = memo.get(key)
        if made is not None:
            return made
        if f.opposite is g:
            return stop
        if depth > _SHALLOW:
            return space._apply_deep(f, g, stop, skip, memo)
        if len(memo) > space._limit:
            raise TooLarge
        kind = f.kind
        kids: list[Node] = []
        # Either both ask the same, or a text or test of *f* decides something in *g* too.
        if axis == second or (kind >= TEXT and g.kind == ATOM and second[STEM] == axis[STEM]):
            _, _, cuts, left, right = space._split(f, g)
            for i in range(len(left)):
                a = left[i]
                b = right[i]
                # What is known without a look inside, before a call is paid for.
                if a is b or b is skip or a is stop:
                    kids.append(a)
                elif a is skip or b is stop:
                    kids.append(b)
                else:
                    kids.append(apply(a, b, depth + 1))
            made = space.make(axis, kind, cuts, kids)
        else:
            # Where answers are only exchanged for others, what was apart stays apart.
            exchanged = True
            for a in f.kids:
                if a is stop:
                    kids.append(a)
                elif a is skip:
                    kids.append(g)
                else:
                    exchanged = False
                    kids.append(apply(a, g, depth + 1))
            if not exchanged:
                made = space.make(axis, kind, f.cuts, kids)
            elif f.lazy or g.lazy:
                made = space._node(axis, kind, f.cuts, tuple(kids))
            else:
                cuts = f.cuts
                answers = tuple(kids)
                entry = (axis, cuts, answers)
                made = table.get(entry)
                if made is None:
                    # As Node() would, without the call.
                    made = new(Node)
                    made.axis = axis
                    made.kind = kind
                    made.cuts = cuts
                    made.kids = answers
                    made.lazy = False
                    made.opposite = None
                    made = table.setdefault(entry, made)
        memo[key] = made
        return made

    return apply


class Space:
    """A family of diagrams that share one order of axes.

    ``order`` maps the names of axes to what their place begins with; None is
    the usual order.  In a ``loose`` space each test of a text has a place of its
    own, and what tests of one text know of each other is left open.  An operation that takes more than ``patience`` steps raises
    :exc:`TooLarge`.  All operations may run in several threads at once.
    """

    __slots__ = (
        "_assumed",
        "_below",
        "_join",
        "_joins",
        "_limit",
        "_literals",
        "_meet",
        "_meets",
        "_parts",
        "leaves",
        "loose",
        "order",
        "patience",
        "table",
    )

    def __init__(
        self, order: dict[str, str] | None = None, patience: int = 1 << 62, loose: bool = False
    ) -> None:
        self.order = order
        self.loose = loose
        self.patience = patience
        # dict.setdefault is atomic, which is all that sharing nodes needs.
        self.table: dict[Any, Node] = {}
        self.leaves: dict[Any, Node] = {}
        self._meets: _Memo = {}
        self._joins: _Memo = {}
        self._below: dict[tuple[Node, Node, bool], bool] = {}
        self._literals: dict[str, dict[str, None]] = {}
        self._limit = 0
        self._meet = _operation(self, FALSE, TRUE, self._meets)
        self._join = _operation(self, TRUE, FALSE, self._joins)
        self._assumed: dict[Any, dict[Node, Node]] = {}
        self._parts: dict[tuple[str, str], tuple[str, ...]] = {}

    def steps(self) -> int:
        """Return how many steps the operations remember."""
        return len(self._meets) + len(self._joins)

    def remembers(self, count: int) -> bool:
        """Say whether the memory of operations holds more than *count* of them."""
        return self.steps() + len(self._below) > count

    def forget(self) -> None:
        """Drop the memory of operations, never the nodes."""
        for memory in (self._meets, self._joins, self._below, self._assumed):
            memory.clear()

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Drop everything; diagrams that are still held stay valid, but are unshared."""
        self.forget()
        # Parents were made after their kids: in this order no node frees others with it,
        # which Python would do by recursion.
        table = self.table
        while table:
            try:
                table.popitem()
            except KeyError:  # another thread closes it too
                break
        self.leaves.clear()

    # -- making nodes ---------------------------------------------------------------

    def _node(self, axis: str, kind: int, cuts: tuple[Any, ...], kids: tuple[Node, ...]) -> Node:
        key = (axis, cuts, kids)
        node = self.table.get(key)
        if node is None:
            # Only needles in free text are fully understood here.
            lazy = kind == ATOM and (self.loose or cuts[0] != CONTAINS or axis[CODE] in RELEASES)
            for kid in kids:
                if kid.lazy:
                    lazy = True
                    break
            node = self.table.setdefault(key, Node(axis, kind, cuts, kids, lazy))
        return node

    def flag(self, axis: str, no: Node, yes: Node) -> Node:
        """Return the diagram that is *yes* where the name of *axis* is requested, else *no*."""
        if no is yes:
            return no
        return self._node(axis, FLAG, (), (no, yes))

    def cuts(self, axis: str, cuts: Sequence[bytes], kids: Sequence[Node]) -> Node:
        """Return the diagram that is ``kids[i]`` before ``cuts[i]`` of *axis*.

        *cuts* are in order; *kids* has one more, for what follows the last.
        """
        last = kids[0]
        kept_cuts = []
        kept = [last]
        for i in range(len(cuts)):
            kid = kids[i + 1]
            if kid is not last:
                kept_cuts.append(cuts[i])
                kept.append(kid)
                last = kid
        if not kept_cuts:
            return last
        return self._node(axis, CUTS, tuple(kept_cuts), tuple(kept))

    def text(self, axis: str, values: Sequence[str], kids: Sequence[Node]) -> Node:
        """Return the diagram that is ``kids[i + 1]`` at ``values[i]`` of *axis*, else ``kids[0]``.

        *values* are in order.
        """
        # A text is in vain where it says what the tests among the others say of it anyway.
        other = kids[0]
        plain = other.kind != ATOM or other.axis[STEM] != axis[STEM]
        kept_values = []
        kept = [other]
        for i in range(len(values)):
            kid = kids[i + 1]
            if kid is not (other if plain else pick_text(other, values[i])):
                kept_values.append(values[i])
                kept.append(kid)
        if not kept_values:
            return other
        return self._node(axis, TEXT, tuple(kept_values), tuple(kept))

    def atom(self, axis: str, test: tuple[str, str], no: Node, yes: Node) -> Node:
        """Return the diagram that is *yes* where *test* holds, else *no*.

        *test* is a family and a literal, see :func:`atom_holds`, and *axis* theirs.
        """
        if no is yes:
            return no
        family, literal = test
        if family in NEEDLES:
            # In vain too: "yes" is what "no" would be, were only the needles inside it found.
            parts = self._parts_of(axis[STEM] + family, literal)
            if parts and self._assume(no, axis[STEM], family, parts) is yes:
                return no
        return self._node(axis, ATOM, test, (no, yes))

    def know(self, place: str, family: str, literal: str) -> None:
        """Note that a test exists, so that tests inside it can be found.

        *place* is what the axes of the variable start with; *family* and *literal* are the
        test, see :func:`atom_holds`.
        """
        key = place + family
        known = self._literals.setdefault(key, {})
        if literal not in known:
            known[literal] = None
            self._parts.clear()
            self._assumed.clear()

    def _parts_of(self, place: str, literal: str) -> tuple[str, ...]:
        key = (place, literal)
        parts = self._parts.get(key)
        if parts is None:
            known = list(self._literals.get(place, ()))
            parts = tuple(other for other in known if other != literal and other in literal)
            self._parts[key] = parts
        return parts

    def _assume(self, node: Node, place: str, family: str, parts: tuple[str, ...]) -> Node:
        """Return *node* where the tests for *parts* hold."""
        # Kept for all nodes of one question, which are often asked about it again.
        done = self._assumed.setdefault((place, family, parts), {})
        stack = [node]
        while stack:
            top = stack[-1]
            if top in done:
                stack.pop()
                continue
            if top.kind != ATOM or top.axis[STEM] != place:
                done[top] = top
                continue
            no, yes = top.kids
            forced = top.cuts[0] == family and top.cuts[1] in parts
            missing = [kid for kid in ((yes,) if forced else (no, yes)) if kid not in done]
            if missing:
                stack += missing
            elif forced:
                done[top] = done[yes]
            elif done[no] is no and done[yes] is yes:
                done[top] = top
            else:
                done[top] = self.atom(top.axis, top.cuts, done[no], done[yes])
        return done[node]

    # -- operations -----------------------------------------------------------------

    def meet(self, f: Node, g: Node) -> Node:
        """Return where *f* and *g* both hold."""
        if f is g or f is FALSE or g is TRUE:
            return f
        if g is FALSE or f is TRUE:
            return g
        self._limit = len(self._meets) + self.patience
        return self._meet(f, g, 0)

    def join(self, f: Node, g: Node) -> Node:
        """Return where *f* or *g* holds, or both."""
        if f is g or f is TRUE or g is FALSE:
            return f
        if g is TRUE or f is FALSE:
            return g
        self._limit = len(self._joins) + self.patience
        return self._join(f, g, 0)

    def negate(self, f: Node) -> Node:
        """Return where *f* does not hold."""
        if f.opposite is not None:
            return f.opposite
        stack = [f]
        while stack:
            top = stack[-1]
            if top.opposite is not None:
                stack.pop()
                continue
            missing = [kid for kid in top.kids if kid.opposite is None]
            if missing:
                stack += missing
                continue
            kids = tuple([kid.opposite for kid in top.kids])
            other = self._node(top.axis, top.kind, top.cuts, kids)  # type: ignore[arg-type]
            other.opposite = top
            top.opposite = other
        return f.opposite  # type: ignore[return-value]

    def apart(self, f: Node, g: Node) -> bool:
        """Say whether no path holds in both *f* and *g*; lazy paths count as possible."""
        return self._empty(f, g, False)

    def within(self, f: Node, g: Node) -> bool:
        """Say whether *g* holds on every path where *f* does; lazy paths count as possible."""
        return self._empty(f, g, True)

    def _apply_deep(self, f: Node, g: Node, stop: Node, skip: Node, memo: _Memo) -> Node:
        def known(a: Node, b: Node) -> Node | None:
            if a is b or b is skip or a is stop:
                return a
            if a is skip or b is stop:
                return b
            return stop if a.opposite is b else memo.get((a, b))

        # A pair stays on the stack until all that it needs is known, and its plan with it.
        plans: dict[tuple[Node, Node], Any] = {}
        stack = [(f, g)]
        while stack:
            pair = stack[-1]
            if pair in memo:
                stack.pop()
                continue
            plan = plans.get(pair)
            if plan is None:
                if len(memo) > self._limit:
                    raise TooLarge
                plans[pair] = plan = self._split(*pair)
            axis, kind, cuts, left, right = plan
            kids = []
            missing = []
            for a, b in zip(left, right, strict=True):
                kid = known(a, b)
                if kid is None:
                    missing.append((a, b))
                else:
                    kids.append(kid)
            if missing:
                stack += missing
                continue
            memo[pair] = self.make(axis, kind, cuts, kids)
            del plans[pair]
            stack.pop()
        return memo[f, g]

    def make(self, axis: str, kind: int, cuts: Any, kids: Sequence[Node]) -> Node:
        """Return the diagram that asks *axis* and goes on with one of *kids*.

        *kind* says how, and *cuts* where, see :class:`Node`.
        """
        if kind == FLAG:
            no, yes = kids
            return no if no is yes else self._node(axis, FLAG, (), (no, yes))
        if kind == CUTS:
            return self.cuts(axis, cuts, kids)
        if kind == TEXT:
            return self.text(axis, cuts, kids)
        return self.atom(axis, cuts, kids[0], kids[1])

    def _split(self, f: Node, g: Node) -> tuple[str, int, Any, Sequence[Node], Sequence[Node]]:
        """Return the first question of *f* or *g*, and what is left of each per answer."""
        top = f
        axis = f.axis
        if axis != g.axis:
            # The earlier question comes first; the other diagram goes on unchanged, but for
            # tests that the answer decides.
            if axis > g.axis:
                top = g
                axis = g.axis
            kind = top.kind
            other = g if top is f else f
            if kind >= TEXT and other.kind == ATOM and other.axis[STEM] == axis[STEM]:
                rest = self._rest(top, other)
            else:
                rest = (other,) * len(top.kids)
            if top is f:
                return axis, kind, top.cuts, f.kids, rest
            return axis, kind, top.cuts, rest, g.kids
        kind = f.kind
        if kind in (FLAG, ATOM) or f.cuts == g.cuts:
            return axis, kind, f.cuts, f.kids, g.kids
        if kind == CUTS:
            return axis, kind, *merge_cuts(f, g)
        return axis, kind, *merge_texts(f, g)

    def answers(self, node: Node, top: Node) -> Sequence[Node]:
        """Return what each answer to the question of *top* leaves of *node*.

        *node* must not begin with an earlier question, nor with other cuts or texts.
        """
        if node.axis == top.axis:
            return node.kids
        if node.kind == ATOM and top.kind >= TEXT and node.axis[STEM] == top.axis[STEM]:
            return self._rest(top, node)
        return (node,) * len(top.kids)

    def _rest(self, top: Node, other: Node) -> Sequence[Node]:
        """Return what each answer of *top* leaves of *other*, a test of the same text."""
        if top.kind == TEXT:
            return [other, *(pick_text(other, value) for value in top.cuts)]
        family, literal = top.cuts
        place = top.axis[STEM]
        if family in NEEDLES and (parts := self._parts_of(place + family, literal)):
            return other, self._assume(other, place, family, parts)
        return other, other

    def _empty(self, f: Node, g: Node, flip: bool) -> bool:
        """Say whether `f and g` never holds, or `f and not g` if *flip*."""
        # Every pair that can be reached is looked at once, and nothing is built.  Only an
        # empty result is remembered: a single path that holds ends the search.
        bottom, top = (TRUE, FALSE) if flip else (FALSE, TRUE)
        memo = self._below
        seen: set[tuple[Node, Node]] = set()
        stack = [(f, g)]
        while stack:
            a, b = pair = stack.pop()
            if a is FALSE or b is bottom:
                continue
            if a is TRUE or b is top:
                return False
            if a is b or a.opposite is b:
                if (a is b) is flip:
                    continue
                return False
            if pair in seen:
                continue
            seen.add(pair)
            if (a, b, flip) in memo:
                continue
            _, _, _, left, right = self._split(a, b)
            stack += zip(left, right, strict=True)
        memo[f, g, flip] = True
        return True

    # -- other ways to make diagrams ---------------------------------------------------

    def fold(self, op: str, parts: Sequence[Node]) -> Node:
        """Return all *parts* joined by *op*, ``"and"`` or ``"or"``.

        Parts about the same axes meet first, so that what is in between stays small.
        """
        step = self.meet if op == "and" else self.join
        row = sorted(dict.fromkeys(parts), key=profile) if len(parts) > 3 else list(parts)
        while len(row) > 1:
            joined = [step(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
            if len(row) % 2:
                joined.append(row[-1])
            row = joined
        return row[0]

    def rebuild(self, root: Node, visit: Callable[[Node, list[Node]], Node]) -> Node:
        """Return *root* with each node replaced by ``visit(node, new kids)``, bottom up."""
        done: dict[Node, Node] = {FALSE: FALSE, TRUE: TRUE}
        stack = [root]
        while stack:
            top = stack[-1]
            if top in done:
                stack.pop()
                continue
            missing = [kid for kid in top.kids if kid not in done]
            if missing:
                stack += missing
            else:
                done[top] = visit(top, [done[kid] for kid in top.kids])
        return done[root]

    def adopt(self, root: Node, axis: Callable[[str], str] | None = None) -> Node:
        """Return the diagram *root* of another space with the same order.

        *axis* translates the axes, keeping their order.
        """

        def visit(node: Node, kids: list[Node]) -> Node:
            name = axis(node.axis) if axis else node.axis
            if node.kind == ATOM:
                self.know(name[STEM], *node.cuts)
            return self.make(name, node.kind, node.cuts, kids)

        return self.rebuild(root, visit)
