"""Environments that are read once and asked often.

:func:`prepare` checks an environment and works out where its values stand.
Asking a marker is then a walk through its diagram.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import cast

from packaging.markers import default_environment

from trigpoint.markers.exact.axes import CODES, RELEASES
from trigpoint.markers.exact.lowering import PREFIX, text_axis
from trigpoint.markers.exact.nodes import CUTS, FLAG, TEXT, TRUE, Node, atom_holds, pick_text
from trigpoint.markers.exact.restrict import BadEnvironment, Given, read_environment
from trigpoint.markers.meaning.semantics import repair

__all__ = ["Prepared", "prepare"]


class Prepared(Mapping[str, "str | AbstractSet[str]"]):
    """An environment for :meth:`Marker.evaluate`, read once; :func:`prepare` makes it.

    It is a mapping of what it was made from, completed with the values of this
    interpreter.
    """

    __slots__ = ("_minor", "_values", "names", "places", "texts")

    def __init__(self, values: Mapping[str, str | AbstractSet[str]], given: Given) -> None:
        self._values = values
        self._minor = given.axes["a"].minor
        self.places: dict[str, bytes] = {}
        self.texts: dict[str, str] = {}
        for code, known in given.axes.items():
            if known.place is not None:
                self.places[PREFIX + code] = known.place
            if known.text is not None:
                self.texts[text_axis(code)] = known.text
        self.names = frozenset(
            (
                *(f"{PREFIX}z{name}" for name in given.extras or ()),
                *(f"{PREFIX}y{name}" for name in given.groups or ()),
            )
        )

    def __getitem__(self, name: str) -> str | AbstractSet[str]:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def holds(self, node: Node) -> bool:
        """Walk through a diagram in the usual order of axes and return where it ends."""
        while kind := node.kind:
            if kind == FLAG:
                node = node.kids[node.axis in self.names]
            elif kind == CUTS:
                node = node.kids[bisect_right(node.cuts, self.places[node.axis])]
            elif kind == TEXT:
                text = self.texts[node.axis]
                cuts = node.cuts
                node = node.kids[cuts.index(text) + 1 if text in cuts else 0]
            else:
                family, literal = node.cuts
                text = self._minor if family == "V" else self.texts[text_axis(node.axis[1])]
                node = node.kids[atom_holds(family, literal, text)]
        return node is TRUE

    def holds_in(self, node: Node) -> bool:
        """Walk through a diagram in any order of axes and return where it ends."""
        while kind := node.kind:
            axis = PREFIX + node.axis[1:]
            if kind == FLAG:
                node = node.kids[axis in self.names]
            elif kind == CUTS:
                node = node.kids[bisect_right(node.cuts, self.places[axis])]
            elif kind == TEXT:
                node = pick_text(node, self.texts[axis])
            else:
                family, literal = node.cuts
                text = self._minor if family == "V" else self.texts[text_axis(axis[1])]
                node = node.kids[atom_holds(family, literal, text)]
        return node is TRUE


def _usual(values: Mapping[str, str | AbstractSet[str]], given: Given) -> bool:
    """Say whether the algebra knows all the values, as it assumes them to be."""
    full = values["python_full_version"]
    if not isinstance(full, str) or repair("python_full_version", full) != given.axes["a"].text:
        return False
    return not any(
        isinstance(value, str)
        and CODES.get(name) in RELEASES
        and (value.endswith(".*") or value != value.strip())
        for name, value in values.items()
    )


def prepare(
    environment: Mapping[str, str | AbstractSet[str]] | None = None, extras: Iterable[str] = ()
) -> Mapping[str, str | AbstractSet[str]]:
    """Return an environment that many markers can be asked about quickly.

    The arguments are those of :meth:`Marker.evaluate`.  Where it has values that
    the algebra does not know, such as a ``python_full_version`` that is no
    version, a plain mapping comes back: every answer is the same, but slower.

    >>> from trigpoint.markers import Marker
    >>> windows = prepare({"sys_platform": "win32"}, extras={"gui"})
    >>> Marker("sys_platform == 'win32' and extra == 'gui'").evaluate(windows)
    True
    """
    values: dict[str, str | AbstractSet[str]] = {}
    values.update(cast("Mapping[str, str]", default_environment()))
    values.update(environment or {})
    extra = values.pop("extra", "")
    requested = {*extras, *((extra,) if isinstance(extra, str) else extra)} - {""}
    values["extra"] = frozenset(requested)
    if values.get("extras") and requested:
        return values  # two sets of extras, which the algebra takes for one
    try:
        given = read_environment(values)
    except BadEnvironment:
        return values
    return Prepared(values, given) if _usual(values, given) else values
