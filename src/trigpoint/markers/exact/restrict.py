"""Values that are known: what they leave of a diagram.

The idea: a known value answers every question about its axis, so the nodes of
that axis go and the answer takes their place.  :func:`read_environment` says
where values stand on the axes, and :class:`Given` puts them into a diagram.

The invariant: what is left holds in an environment exactly if the diagram holds
there with the known values put in.  The cost is one visit of every node.

An example: of ``sys_platform == 'win32' and python_version >= '3.9'``, the
values ``{"python_version": "3.8"}`` leave the diagram that never holds.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from packaging.version import InvalidVersion, Version

from trigpoint.kept import keeps, letters_of
from trigpoint.markers.exact.axes import FREE_TEXT, minor_cut, version_position
from trigpoint.markers.exact.axis_names import (
    CODE,
    CODES,
    CONTAINS_MINOR,
    EXTRAS,
    GROUPS,
    NAME,
    PYTHON,
    RELEASES,
    cuts_axis,
    flag_axis,
    text_axis,
)
from trigpoint.markers.exact.diagrams import Space
from trigpoint.markers.exact.lowering import full_text, has_full_text, place_in_text
from trigpoint.markers.exact.nodes import ATOM, CUTS, FALSE, FLAG, TEXT, TRUE, Node, atom_holds
from trigpoint.markers.meaning.semantics import repair
from trigpoint.markers.meaning.values import (
    BadEnvironment,
    EnvironmentLike,
    Values,
    read_values,
)
from trigpoint.versions import version

__all__ = ["Given", "Known", "given_by", "known_python", "minor_of", "read_environment"]


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
    """Known values: the axes by code, and the extras and groups, None where not known.

    ``values`` is what the environment said, if that is where it came from.
    """

    axes: Mapping[str, Known]
    extras: frozenset[str] | None
    groups: frozenset[str] | None
    values: Values | None = None

    def apply(self, space: Space, root: Node) -> Node:
        """Return what is left of *root*, a diagram of *space*.

        Where only ``python_version`` is known, versions outside of it are taken
        to behave as the nearest one inside.
        """

        def visit(node: Node, kids: list[Node]) -> Node:
            axis = node.axis
            code = axis[CODE]
            if node.kind == FLAG:
                names = self.extras if code == EXTRAS else self.groups
                if names is None:
                    return space.flag(axis, *kids)
                return kids[axis[NAME] in names]
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
                    text = known.minor if family == CONTAINS_MINOR else known.text
                    if text is not None:
                        return kids[atom_holds(family, literal, text)]
                if node.kind == TEXT:
                    found = node.cuts.index(known.text) + 1 if known.text in node.cuts else 0
                    return kids[found]
            return space.make(axis, node.kind, node.cuts, kids)

        return space.rebuild(root, visit)

    def point(self, space: Space, names: Iterable[str]) -> Node:
        """Return where all values are these, in *space*, one in the usual order.

        Of the axes in *names*, those of extras and groups that are not requested
        are not.
        """
        node = TRUE
        for code, known in sorted(self.axes.items()):
            if known.place is not None:
                end = known.end or known.place + b"\x01"
                cuts = [known.place, end]
                if known.place == FREE_TEXT:
                    node = space.meet(
                        node, space.cuts(cuts_axis(code), [known.place], [FALSE, TRUE])
                    )
                else:
                    node = space.meet(node, space.cuts(cuts_axis(code), cuts, [FALSE, TRUE, FALSE]))
            if known.text is not None and code != PYTHON:
                node = space.meet(node, space.text(text_axis(code), [known.text], [FALSE, TRUE]))
        for code, wanted in ((EXTRAS, self.extras), (GROUPS, self.groups)):
            if wanted is not None:
                seen = {name[1:] for name in names if name[0] == code}
                for name in sorted(seen | wanted):
                    pair = (FALSE, TRUE) if name in wanted else (TRUE, FALSE)
                    node = space.meet(node, space.flag(flag_axis(code, name), *pair))
        return node


def read_environment(
    environment: EnvironmentLike | None, extras: Iterable[str] | None = None
) -> Given:
    """Return what *environment*, which may lack variables, says about the axes.

    ``extras`` names all extras that are requested; None means that this is not
    known, unless the environment has ``extra`` or ``extras``.  Raises
    :exc:`BadEnvironment` for what the one reader of environments refuses, and for
    Python versions that cannot be.
    """
    return given_by(read_values(environment, extras))


def given_by(values: Values) -> Given:
    """Return what *values* say about the axes.

    Raises :exc:`BadEnvironment` for Python versions that cannot be.
    """
    axes: dict[str, Known] = {}
    for name, text in values.texts.items():
        code = CODES[name]
        if code != PYTHON:
            axes[code] = Known(text, place_in_text(text) if code in RELEASES else None)
    python = known_python(
        values.texts.get("python_full_version"), values.texts.get("python_version")
    )
    if python is not None:
        axes[PYTHON] = python
    return Given(axes, values.all_extras, values.groups, values)


@keeps(256, letters_of)
def known_python(full: str | None, minor: str | None) -> Known | None:
    """Return where ``python_full_version``, *full*, and ``python_version``, *minor*, stand.

    None if neither is known.

    Raises :exc:`BadEnvironment` where they contradict each other or are no
    versions that an interpreter can have.
    """
    if full is not None:
        full = repair("python_full_version", full)
        try:
            found = version(full)
        except InvalidVersion:
            raise BadEnvironment("python_full_version", f"{full!r} is no version") from None
        if not has_full_text(found):
            raise BadEnvironment(
                "python_full_version", f"{full!r} has more than major, minor and patch"
            )
        if minor is not None and minor != minor_of(found):
            raise BadEnvironment(
                "python_version", f"it cannot be {minor!r} where python_full_version is {full!r}"
            )
        return Known(full_text(found), version_position(found), None, minor_of(found))
    if minor is not None:
        try:
            found = version(minor)
        except InvalidVersion:
            raise BadEnvironment("python_version", f"{minor!r} is no version") from None
        if minor != minor_of(found):
            raise BadEnvironment("python_version", f"{minor!r} is not major.minor")
        epoch, (major, second) = found.epoch, found.release
        start = minor_cut(epoch, major, second)
        return Known(None, start, minor_cut(epoch, major, second + 1), minor)
    return None


def minor_of(found: Version) -> str:
    """Return the ``python_version`` that belongs to the full version *found*.

    >>> minor_of(version("3.13.0rc1"))
    '3.13'
    """
    major, minor = (*found.release, 0)[:2]
    return f"{found.epoch}!{major}.{minor}" if found.epoch else f"{major}.{minor}"
