"""What a marker says about Python alone, as a version specifier.

**Idea.** All other questions are left open, so what remains is one set of versions on the
line.  Its ends become the bounds of the specifier, and its gaps whole prefixes that are
excluded, as wide as fit.

**Invariant.** Every Python for which the marker can hold satisfies the specifier.

**Cost.** One visit of every node, then linear in the cuts, with :data:`_MOST_HOLES`
exclusions in a gap at most.

>>> from trigpoint.markers import Marker
>>> marker = Marker("python_version >= '3.9' and os_name == 'nt' or python_version >= '3.12'")
>>> str(marker.requires_python())
'>=3.9.dev0'
"""

from __future__ import annotations

from packaging.specifiers import SpecifierSet

from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.algebra import Meaning
from trigpoint.markers.exact.axes import Shape, position, read_cut
from trigpoint.markers.exact.axis_names import (
    CODE,
    PYTHON,
)
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.nodes import CUTS, FALSE, TRUE, Node
from trigpoint.versions import long_number, specifiers

__all__ = ["python_shape", "requires_python"]

_MOST_HOLES = 128


def python_shape(meaning: Meaning) -> Shape:
    """Return the versions of Python for which *meaning* can hold."""
    space, root = algebra.located(meaning)
    if root.lazy and not algebra.is_satisfiable(meaning):
        return Shape((), (False,))
    node = _projected(space, root)
    if node.kind != CUTS:
        return Shape((), (node is TRUE,))
    return Shape(node.cuts, tuple(kid is TRUE for kid in node.kids))


def _projected(space: Space, root: Node) -> Node:
    """Return *root* with everything but the cuts of Python left open."""

    def visit(node: Node, kids: list[Node]) -> Node:
        if node.kind == CUTS and node.axis[CODE] == PYTHON:
            return space.cuts(node.axis, node.cuts, kids)
        return space.fold("or", kids) if any(kid is not FALSE for kid in kids) else FALSE

    return space.rebuild(root, visit)


def requires_python(meaning: Meaning) -> SpecifierSet:
    """Return the tightest specifier that every Python satisfies for which *meaning* can hold.

    A specifier is a conjunction, so of a gap in the middle only whole prefixes
    and single versions can be left out; and no clause has a number of more digits
    than every Python can read.

    >>> from trigpoint.markers.reading.grammar import parse
    >>> old = parse("python_version >= '3.9' and python_version != '3.10'")
    >>> str(requires_python(algebra.meaning_of(old)))
    '!=3.10.*,>=3.9.dev0'
    """
    shape = python_shape(meaning)
    held = [i for i, truth in enumerate(shape.truths) if truth]
    if not held:
        return specifiers("<0")
    clauses = []
    first, last = held[0], held[-1]
    if first:
        clauses += _lower(shape.cuts[first - 1])
    for i in range(first + 1, last):
        if not shape.truths[i]:
            clauses += _gap(shape.cuts[i - 1], shape.cuts[i])
    if last < len(shape.cuts):
        clauses += _upper(shape.cuts[last])
    # The number after one with as many digits as there may be has one digit more.
    return specifiers(",".join(clause for clause in clauses if long_number(clause) is None))


def _lower(cut: bytes) -> list[str]:
    _, version = read_cut(cut)
    if version.local is not None:
        return [f">={version.public}"]
    return [f">={version}"]


def _upper(cut: bytes) -> list[str]:
    side, version = read_cut(cut)
    if version.local is not None or side == "after":
        return [f"<={version.public}"]
    if version.dev == 0 and version.post is not None:
        return [
            f"<={version.__replace__(post=version.post - 1 if version.post else None, dev=None)}"
        ]
    if version.dev == 0 and version.pre is None:
        return [f"<{version.__replace__(dev=None)}"]
    if version.is_prerelease:
        return [f"<{version}"]
    return [f"<={version}", f"!={version}"]


def _gap(lower: bytes, upper: bytes) -> list[str]:
    """Return exclusions inside a gap, as many as there are, up to a limit."""
    side, version = read_cut(lower)
    if upper == lower + b"\x01":
        return [f"!={version}"] if version.local else []
    if side != "before" or version.local:
        return []
    clauses: list[str] = []
    final = version.__replace__(pre=None, post=None, dev=None)
    whole = version.dev == 0 and version.pre is None and version.post is None
    if not whole:
        after = (
            version.__replace__(
                post=(version.post or 0) + 1 if version.post is not None else 0, dev=0
            )
            if version.dev is None
            else version.__replace__(dev=version.dev + 1)
        )
        if position(after.epoch, after.release, after.pre, after.post, after.dev) <= upper:
            clauses.append(f"!={version}")
        final = final.__replace__(release=(*final.release, 0, 0)[:2])
        final = final.__replace__(release=(final.release[0], final.release[1] + 1))
    release = list((*final.release, 0)[:2]) if len(final.release) < 3 else list(final.release)
    while len(clauses) < _MOST_HOLES:
        step = _prefix(version.epoch, release, upper)
        if step is None:
            break
        clause, release = step
        clauses.append(clause)
    if whole and not clauses and position(final.epoch, final.release, dev=1) <= upper:
        # The gap ends before any prefix does, but the first prerelease of all is in it.
        clauses.append(f"!={version}")
    return clauses


def _prefix(epoch: int, release: list[int], upper: bytes) -> tuple[str, list[int]] | None:
    """Return the widest prefix that begins at *release* and ends before *upper*."""
    start = position(epoch, release, dev=0)
    for size in range(1, len(release) + 1):
        head = release[:size]
        if position(epoch, head, dev=0) != start:
            continue
        following = [*head[:-1], head[-1] + 1]
        if position(epoch, following, dev=0) <= upper:
            text = ".".join(map(str, head))
            text = f"{epoch}!{text}" if epoch else text
            return f"!={text}.*", [*following, *([0] * (len(release) - size))]
    return None
