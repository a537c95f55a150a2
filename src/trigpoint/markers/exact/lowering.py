"""From one comparison to its decision diagram.

**Idea.** A comparison is lowered to the places on its axis where it holds, by the rules
of the specification as :func:`trigpoint.markers.meaning.semantics.compare` has them.
An order or a prefix becomes cuts of the version line, an equality a text, and ``in`` a
test of the text, or a list of versions where those can be counted.

**Invariant.** The diagram holds in an environment exactly if the comparison does.
Values are taken to be what interpreters can report:

- ``python_full_version`` is a version of PEP 440 in normal form with three
  components, such as ``3.13.0``, ``3.13.0rc1`` or ``3.13.0+local``, and
  ``python_version`` is its epoch, if any, and its first two components;
- ``platform_release``, ``platform_version`` and ``implementation_version`` are
  any text without blanks at its ends but a wildcard such as ``5.*`` and what begins
  with ``=``; where the text is no version, ``~=`` does not hold;
- no number in a version has more digits than :data:`~trigpoint.versions.MOST_DIGITS`;
- every other variable is any text; extras and dependency groups are sets of
  names that are not empty.

A comparison that has no defined answer has no diagram, and neither has one whose
text holds too many values of ``python_version``: see :data:`MOST_INSIDE`.

**Cost.** Linear in the comparison, and each is lowered once in a space; versions in a
text take the square of it, up to :data:`MOST_INSIDE`.

``python_version`` has no patch, so a bound inside of a minor version moves to its end:

>>> from trigpoint.markers.exact.axes import read_cut
>>> from trigpoint.markers.reading.grammar import parse
>>> node = leaf(Space(), parse("python_version > '3.9.1'"))
>>> [str(read_cut(cut).version) for cut in node.cuts], node.kids
(['3.10.dev0'], (FALSE, TRUE))
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from trigpoint import versions
from trigpoint.markers.exact.axes import (
    FREE_TEXT,
    LOWEST,
    Shape,
    clause_cuts,
    interval_shape,
    is_plain,
    joined,
    minor_cut,
    place_of,
    plain_minor_shape,
    snap,
    snap_full,
    version_position,
)
from trigpoint.markers.exact.axis_names import (
    CODES,
    CONTAINS,
    CONTAINS_FULL,
    CONTAINS_MINOR,
    EQUALS,
    EXTRAS,
    INSIDE,
    NEEDLES,
    PYTHON,
    RELEASES,
    STEM,
    atom_axis,
    cuts_axis,
    flag_axis,
    text_axis,
)
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.nodes import FALSE, TRUE, Node
from trigpoint.markers.meaning.semantics import (
    SET_VARIABLES,
    VERSION_VARIABLES,
    UndefinedComparison,
    is_version,
    specifier,
    text_or_version,
    too_long,
)
from trigpoint.markers.reading.tree import Comparison
from trigpoint.versions import long_number

__all__ = [
    "MOST_INSIDE",
    "full_text",
    "has_full_text",
    "leaf",
    "place_in_text",
    "read_full_version",
]

MOST_INSIDE = 1 << 16
"""How much of a text versions are looked for in: the squares of what may be one, together.

With 200 letters of digits and dots at a stretch there are thousands of versions in it.
"""

_EXTRA = flag_axis(EXTRAS, "")
_MINOR = re.compile(r"(?:([1-9][0-9]*)!)?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\Z").match
_MINOR_INSIDE = re.compile(r"(?=((?:[1-9][0-9]*!)?(?:0|[1-9][0-9]*)\.(?:[0-9]+)))")
_VERSION_LETTERS = re.compile(r"[0-9a-z.!+]+")
_ORDERS = frozenset({"==", "<=", ">=", "<", ">"})
_NEGATIVE = {"!=": "==", "not in": "in"}


def full_text(version: Version) -> str:
    """Return *version* as ``python_full_version`` has it: with three components.

    >>> full_text(Version("3.13rc1"))
    '3.13.0rc1'
    """
    return str(version.__replace__(release=(*version.release, 0, 0)[:3]))


def read_full_version(text: str) -> Version | None:
    """Return the version that *text* is as a ``python_full_version``, or None."""
    try:
        version = versions.version(text)
    except InvalidVersion:
        return None
    return version if full_text(version) == text else None


def has_full_text(version: Version) -> bool:
    """Say whether a ``python_full_version`` can be *version*: no fourth component but 0."""
    return not any(version.release[3:])


def leaf(space: Space, node: Comparison) -> Node:
    """Return the diagram in *space* of *node*, one comparison, in the usual order of axes.

    Raises :exc:`UndefinedComparison`.
    """
    key = node.asks
    if key is None:
        if node.variable is None:
            raise _undefined(node, "there is no variable in it")
        raise _undefined(node, f"{node.left} and {node.right} are both variables")
    variable, op, value, _ = key
    if variable == "extra" and op == "==" and value:
        # The reader has put the name into normal form; this is most of what there is.
        return space.flag(_EXTRA + value, FALSE, TRUE)
    found = space.leaves.get(key)
    if found is None:
        found = space.leaves[key] = _Lowering(space, node, *key).diagram()
    return found


def _undefined(node: Comparison, reason: str) -> UndefinedComparison:
    return UndefinedComparison(f"{node}: {reason}")


class _Lowering:
    """Lowers one comparison into a space."""

    __slots__ = ("code", "node", "op", "said", "space", "swapped", "value", "variable")

    def __init__(
        self, space: Space, node: Comparison, variable: str, op: str, value: str, swapped: bool
    ) -> None:
        self.space = space
        self.node = node
        self.variable = variable
        self.code = CODES[variable]
        self.said = self.op = op
        self.value = value
        self.swapped = swapped

    def diagram(self) -> Node:
        if reason := too_long(self.variable, self.op, self.value):
            raise _undefined(self.node, reason)
        if self.variable == "extra":
            return self.extra()
        if self.variable in SET_VARIABLES:
            return self.membership()
        if self.op in _NEGATIVE:
            # The opposite of a comparison is always the opposite set of places.
            self.op = _NEGATIVE[self.op]
            return self.space.negate(self.positive())
        return self.positive()

    def clause(self) -> tuple[str, str] | None:
        """Return the operator and the version of the clause that this is, None if it is none.

        They are read from both written together, as tools do: ``== "=5"`` is ``===5``,
        and ``< "=5"`` is ``<=5``.  Where ``!=`` is lowered, it is the opposite.
        """
        found = specifier(self.said, self.value)
        if found is None:
            return None
        return _NEGATIVE.get(found.operator, found.operator), found.version

    def positive(self) -> Node:
        if self.variable == "python_version":
            return self.minor()
        if self.variable == "python_full_version":
            return self.full()
        return self.release() if self.variable in VERSION_VARIABLES else self.text()

    def undefined(self) -> UndefinedComparison:
        return _undefined(self.node, f"{self.op} is not defined for these two sides")

    # -- pieces -------------------------------------------------------------------

    def shape(self, shape: Shape) -> Node:
        if self.code in RELEASES and shape.truths[-1]:
            # Text that is no version is never equal to one, and has no order.
            shape = Shape((*shape.cuts, FREE_TEXT), (*shape.truths, False))
        elif self.code == PYTHON:
            shape = snap_full(shape)
        kids = [TRUE if truth else FALSE for truth in shape.truths]
        return self.space.cuts(cuts_axis(self.code), shape.cuts, kids)

    def places(self, versions: Iterable[Version]) -> Node:
        """Return the diagram of single versions, local versions of theirs left out."""
        found = {
            version_position(version)
            for version in versions
            if self.code != PYTHON or has_full_text(version)
        }
        cuts = [cut for place in sorted(found) for cut in (place, place + b"\x01")]
        kids = [FALSE, *(kid for _ in found for kid in (TRUE, FALSE))]
        return self.space.cuts(cuts_axis(self.code), cuts, kids)

    def atom(self, family: str, literal: str) -> Node:
        if self.variable in VERSION_VARIABLES and family in NEEDLES and long_number(literal):
            return FALSE  # no value has it
        axis = atom_axis(self.code, family, literal)
        self.space.know(axis[STEM], family, literal)
        return self.space.atom(axis, (family, literal), FALSE, TRUE)

    def equal(self, value: str) -> Node:
        return self.space.text(text_axis(self.code), [value], [FALSE, TRUE])

    # -- names --------------------------------------------------------------------

    def extra(self) -> Node:
        # Where a name is equal to it, leaf() knows; the empty one never is.
        return self.name(self.value, False) if self.op == "!=" else FALSE

    def membership(self) -> Node:
        if not self.swapped:
            raise _undefined(
                self.node,
                f"{self.variable} is a set and can only stand on the right of in or not in",
            )
        if self.op in ("in", "not in"):
            return self.name(self.value, self.op == "in")
        if self.op in ("~=", "==="):
            raise _undefined(self.node, f"{self.variable} is a set and has in and not in only")
        return TRUE if self.op == "!=" else FALSE

    def name(self, name: str, wanted: bool) -> Node:
        name = canonicalize_name(name)
        if not name:
            return FALSE if wanted else TRUE
        kids = (FALSE, TRUE) if wanted else (TRUE, FALSE)
        return self.space.flag(flag_axis(self.code, name), *kids)

    # -- text ---------------------------------------------------------------------

    def text(self) -> Node:
        op, value = self.op, self.value
        if op == "in":
            return self.contains()
        if op in ("==", "<=", ">="):
            return self.equal(value)
        if op in ("<", ">"):
            return FALSE
        raise self.undefined()

    def contains(self) -> Node:
        """Return the diagram of `in`, in the direction that the text has."""
        value = self.value
        if self.swapped:
            return self.atom(CONTAINS, value) if value else TRUE
        return self.atom(INSIDE, value) if value else self.equal("")

    # -- python_version -------------------------------------------------------------

    def minor(self) -> Node:
        op, value = self.op, self.value
        if op == "in":
            if self.swapped:
                return self.atom(CONTAINS_MINOR, value) if value else TRUE
            return self.minors(self.parts_of_minors())
        if self.swapped:
            if op != "===" and not is_version(value):
                if op == "~=":
                    raise self.undefined()
                return FALSE
            if op == "===":
                return self.minors([value.lower()])
            return self.swapped_minor(versions.version(value))
        if (shape := plain_minor_shape(op, value)) is not None:
            return self.shape(shape)
        clause = self.clause()
        if clause is None:
            if op in ("~=", "==="):
                raise self.undefined()
            return FALSE
        if clause[0] == "===":
            return self.minors([clause[1].lower()])
        return self.shape(snap(clause_cuts(*clause)))

    def parts_of_minors(self) -> list[str]:
        """Return the parts of the value that may be a ``python_version``."""
        found: list[str] = []
        letters = 0
        # As soon as they are too many, before the next one is copied.
        for match in _MINOR_INSIDE.finditer(self.value):
            inside = match[1]
            letters += len(inside) ** 2
            if letters > MOST_INSIDE:
                raise _undefined(self.node, "so many versions stand in its text")
            found += [inside[:end] for end in range(len(inside) + 1)]
        return found

    def minors(self, texts: Iterable[str]) -> Node:
        found = set()
        for text in texts:
            if (match := _MINOR(text)) and long_number(text) is None:
                found.add(tuple(versions.number(part or "0") for part in match.groups()))
        cuts: list[bytes] = []
        truths = [False]
        for epoch, major, minor in sorted(found):
            start, end = minor_cut(epoch, major, minor), minor_cut(epoch, major, minor + 1)
            if cuts and cuts[-1] == start:
                cuts[-1] = end
                continue
            if start <= LOWEST:
                cuts, truths = [end], [True, False]
                continue
            cuts += (start, end)
            truths += (True, False)
        return self.shape(Shape(tuple(cuts), tuple(truths)))

    def swapped_minor(self, candidate: Version) -> Node:
        """Ask each stretch of ``python_version`` where the answer cannot change."""
        epoch = candidate.epoch
        major, minor = (*candidate.release, 0)[:2]
        starts = [(major, 0), (major, minor), (major, minor + 1), (major + 1, 0)]
        cuts: list[bytes] = []
        # What is before all of them answers as the first of all.
        truths = [self.asks(0, 0, 0)]
        for start in dict.fromkeys(starts):
            cuts.append(minor_cut(epoch, *start))
            truths.append(self.asks(epoch, *start))
        return self.shape(joined(cuts, truths))

    def asks(self, epoch: int, major: int, minor: int) -> bool:
        version = f"{epoch}!{major}.{minor}" if epoch else f"{major}.{minor}"
        return bool(text_or_version(self.variable, self.value, self.op, version).value)

    # -- python_full_version ----------------------------------------------------------

    def full(self) -> Node:
        op, value = self.op, self.value
        if op == "in":
            if self.swapped:
                return self.atom(CONTAINS_FULL, value) if value else TRUE
            if _letters_inside(value) > MOST_INSIDE:
                return self.atom(INSIDE, value)
            return self.places(
                version for text in _inside(value) if (version := read_full_version(text))
            )
        if self.swapped and op != "===":
            if is_version(value) and op != "~=":
                return self.swapped_version(versions.version(value))
            if op == "~=":
                raise self.undefined()
            return FALSE
        if op in _ORDERS and is_plain(value):
            return self.shape(clause_cuts(op, value))
        clause = ("===", value) if self.swapped else self.clause()
        if clause is not None:
            if clause[0] != "===":
                return self.shape(clause_cuts(*clause))
            version = read_full_version(clause[1].lower())
            return self.places([version]) if version else FALSE
        if op in ("~=", "==="):
            raise self.undefined()
        if op in ("<", ">"):
            return FALSE
        version = read_full_version(value)
        return self.places([version]) if version else FALSE

    def swapped_version(self, candidate: Version) -> Node:
        """Return where ``candidate op value`` holds; the value is the specifier here.

        A specifier with a local version has ``==`` and ``!=`` only, so the orders
        hold for values without one, and ``<=`` and ``>=`` for the same text.
        """
        op = self.op
        public = candidate.__replace__(local=None)
        if op == "==":
            return self.places([public, candidate])
        here, exact = version_position(public), version_position(candidate)
        holes: list[Version] = []
        if op == ">=":
            shape = interval_shape(None, exact + b"\x01")
        elif op == "<=":
            shape = interval_shape(here, None)
        elif op == ">":
            shape = interval_shape(None, here)
            if public.post is not None:
                holes.append(public.__replace__(post=None, dev=None))
        else:
            shape = interval_shape(exact + b"\x01", None)
            if public.pre is not None or (public.dev is not None and public.post is None):
                holes.append(public.__replace__(pre=None, post=None, dev=None))
            elif public.dev is not None:
                holes.append(public.__replace__(dev=None))
        space = self.space
        node = self.shape(shape)
        for hole in holes:
            node = space.meet(node, space.negate(self.places([hole])))
        family = CONTAINS_FULL if self.code == PYTHON else CONTAINS
        node = space.meet(node, space.negate(self.atom(family, "+")))
        if candidate.local is not None and op in ("<=", ">="):
            node = space.join(node, self.same_version(candidate))
        return node

    def same_version(self, version: Version) -> Node:
        """Return where the value is written as this comparison's version is."""
        place = self.places([version])
        if self.code == PYTHON:
            return place if read_full_version(self.value) else FALSE
        return self.space.meet(place, self.equal(self.value))

    # -- platform_release and its like --------------------------------------------------

    def release(self) -> Node:
        op, value = self.op, self.value
        if op == "in":
            if self.swapped or value:
                return self.contains()
            return self.space.meet(self.free(), self.equal(""))
        if op == "===":
            if self.swapped:
                # The clause is written by the environment, which may say what is none.
                written = specifier(op, value)
                if written is None or written.version != value:
                    return FALSE
                return self.atom(EQUALS, value.lower())
            clause = self.clause()
            if clause is None:
                raise self.undefined()
            return self.atom(EQUALS, clause[1].lower())
        if self.swapped:
            if not is_version(value):
                return self.space.meet(self.free(), self.text())
            if op == "~=":
                raise self.undefined()
            return self.swapped_version(versions.version(value))
        clause = self.clause()
        if clause is None:
            if op in ("~=", "<", ">") or not is_version(value):
                return self.space.meet(self.free(), self.text())
            return self.same_version(versions.version(value))
        if clause[0] != "===":
            return self.shape(clause_cuts(*clause))
        space, free = self.space, self.free()
        same = space.meet(space.negate(free), self.atom(EQUALS, clause[1].lower()))
        return space.join(same, space.meet(free, self.text()))

    def free(self) -> Node:
        return self.space.cuts(cuts_axis(self.code), [FREE_TEXT], [FALSE, TRUE])


def _letters_inside(text: str) -> int:
    """Return how many letters :func:`_inside` may copy, all parts together, or thereabouts."""
    return sum(len(run) ** 2 for run in _VERSION_LETTERS.findall(text))


def _inside(text: str) -> set[str]:
    """Return the parts of *text* that may be a full version."""
    found: set[str] = set()
    for run in _VERSION_LETTERS.findall(text):
        for start in range(len(run)):
            if run[start].isdigit():
                found.update(run[start:end] for end in range(start + 5, len(run) + 1))
    return found


def place_in_text(text: str) -> bytes:
    """Return where *text* stands on an axis that has versions and text."""
    return place_of(text) if is_version(text) else FREE_TEXT
