"""Values that are known: what they leave of a diagram.

:func:`read_environment` checks a mapping of marker variables, which need not
have them all, and :class:`Given` puts it into a diagram.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from trigpoint.markers.exact.axes import CODES, FREE_TEXT, RELEASES, minor_cut, version_position
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.lowering import (
    PREFIX,
    full_text,
    has_full_text,
    place_in_text,
    text_axis,
)
from trigpoint.markers.exact.nodes import ATOM, CUTS, FALSE, FLAG, TEXT, TRUE, Node, atom_holds
from trigpoint.markers.meaning.semantics import repair

__all__ = ["BadEnvironment", "Given", "minor_of", "read_environment"]


class BadEnvironment(ValueError):  # noqa: N818 (it reads as a sentence where it is raised)
    """The values cannot be those of an interpreter; the message says why.

    ``variable`` is the one that is wrong.
    """

    def __init__(self, variable: str, reason: str) -> None:
        super().__init__(f"{variable}: {reason}")
        self.variable = variable


class Known(NamedTuple):
    """The value of one axis.

    ``place`` is where it stands among versions, ``end`` where a
    ``python_version`` ends of which no more is known; ``minor`` is the
    ``python_version``.
    """

    text: str | None
    place: bytes | None
    end: bytes | None = None
    minor: str = ""


class Given(NamedTuple):
    """Known values: the axes by code, and the extras and groups, None where not known."""

    axes: Mapping[str, Known]
    extras: frozenset[str] | None
    groups: frozenset[str] | None

    def apply(self, space: Space, root: Node) -> Node:
        """Return what is left of *root*.

        Where only ``python_version`` is known, versions outside of it are taken
        to behave as the nearest one inside.
        """

        def visit(node: Node, kids: list[Node]) -> Node:
            axis = node.axis
            code = axis[1]
            if node.kind == FLAG:
                names = self.extras if code == "z" else self.groups
                if names is None:
                    return space.flag(axis, *kids)
                return kids[axis[2:] in names]
            known = self.axes.get(code)
            if known is not None:
                if node.kind == CUTS and known.place is not None:
                    if known.end is None:
                        return kids[bisect.bisect_right(node.cuts, known.place)]
                    first = bisect.bisect_right(node.cuts, known.place)
                    last = bisect.bisect_left(node.cuts, known.end)
                    return space.cuts(axis, node.cuts[first:last], kids[first : last + 1])
                if node.kind == ATOM:
                    family, literal = node.cuts
                    text = known.minor if family == "V" else known.text
                    if text is not None:
                        return kids[atom_holds(family, literal, text)]
                if node.kind == TEXT and known.text is not None:
                    found = node.cuts.index(known.text) + 1 if known.text in node.cuts else 0
                    return kids[found]
            return space.make(axis, node.kind, node.cuts, kids)

        return space.rebuild(root, visit)

    def point(self, space: Space, names: Iterable[str]) -> Node:
        """Return where all values are these, in a space in the usual order.

        Of the axes in *names*, those of extras and groups that are not requested
        are not.
        """
        node = TRUE
        for code, known in sorted(self.axes.items()):
            if known.place is not None:
                end = known.end or known.place + b"\x01"
                cuts = [known.place, end]
                if code in RELEASES and known.place == FREE_TEXT:
                    node = space.meet(node, space.cuts(PREFIX + code, [known.place], [FALSE, TRUE]))
                else:
                    node = space.meet(node, space.cuts(PREFIX + code, cuts, [FALSE, TRUE, FALSE]))
            if known.text is not None and code != "a":
                node = space.meet(node, space.text(text_axis(code), [known.text], [FALSE, TRUE]))
        for code, wanted in (("z", self.extras), ("y", self.groups)):
            if wanted is not None:
                seen = {name[1:] for name in names if name[0] == code}
                for name in sorted(seen | wanted):
                    pair = (FALSE, TRUE) if name in wanted else (TRUE, FALSE)
                    node = space.meet(node, space.flag(f"{PREFIX}{code}{name}", *pair))
        return node


def read_environment(
    environment: Mapping[str, str | AbstractSet[str]], extras: Iterable[str] | None = None
) -> Given:
    """Check the values of *environment*, which may lack variables.

    ``extras`` names all extras that are requested; None means that this is not
    known, unless the environment has ``extra`` or ``extras``.  Raises
    :exc:`BadEnvironment`.
    """
    axes: dict[str, Known] = {}
    requested = None if extras is None else {canonicalize_name(name) for name in extras}
    groups: frozenset[str] | None = None
    for name, value in environment.items():
        code = CODES.get(name)
        if code is None:
            raise BadEnvironment(name, "it is no marker variable")
        if code in "yz":
            if isinstance(value, str) and name != "extra":
                raise BadEnvironment(name, "it is a set of names, not text")
            items = ({value} if value else set()) if isinstance(value, str) else value
            names = {canonicalize_name(item) for item in items}
            if code == "y":
                groups = frozenset(names)
            else:
                requested = (requested or set()) | names
        elif not isinstance(value, str):
            raise BadEnvironment(name, f"it is text, not {value!r}")
        elif code == "a":
            continue
        else:
            place = place_in_text(value) if code in RELEASES else None
            axes[code] = Known(value, place)
    if (python := _python(environment)) is not None:
        axes["a"] = python
    return Given(axes, None if requested is None else frozenset(requested), groups)


def _python(environment: Mapping[str, str | AbstractSet[str]]) -> Known | None:
    full, minor = environment.get("python_full_version"), environment.get("python_version")
    if isinstance(full, str):
        full = repair("python_full_version", full)
        try:
            version = Version(full)
        except InvalidVersion:
            raise BadEnvironment("python_full_version", f"{full!r} is no version") from None
        if not has_full_text(version):
            raise BadEnvironment(
                "python_full_version", f"{full!r} has more than major, minor and patch"
            )
        if minor is not None and minor != minor_of(version):
            raise BadEnvironment(
                "python_version", f"it cannot be {minor!r} where python_full_version is {full!r}"
            )
        return Known(full_text(version), version_position(version), None, minor_of(version))
    if isinstance(minor, str):
        try:
            version = Version(minor)
        except InvalidVersion:
            raise BadEnvironment("python_version", f"{minor!r} is no version") from None
        if minor != minor_of(version):
            raise BadEnvironment("python_version", f"{minor!r} is not major.minor")
        epoch, (major, second) = version.epoch, version.release[:2]
        start = minor_cut(epoch, major, second)
        return Known(None, start, minor_cut(epoch, major, second + 1), minor)
    return None


def minor_of(version: Version) -> str:
    """Return the ``python_version`` that belongs to a full version.

    >>> minor_of(Version("3.13.0rc1"))
    '3.13'
    """
    major, minor = (*version.release, 0)[:2]
    return f"{version.epoch}!{major}.{minor}" if version.epoch else f"{major}.{minor}"
