"""Environments that are read once and asked often.

:func:`prepare` checks an environment and works out where its values stand.
Asking a marker is then a walk through its diagram.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import cast

from packaging.markers import default_environment

from trigpoint.markers.axes import CODES, RELEASES
from trigpoint.markers.questions import CUTS, FLAG, TEXT, TRUE, Node, atom_holds
from trigpoint.markers.restrict import BadEnvironment, read_environment
from trigpoint.markers.semantics import repair

__all__ = ["Prepared", "prepare"]


class Prepared(Mapping[str, "str | AbstractSet[str]"]):
    """An environment for :meth:`Marker.evaluate`, read once.

    It is a mapping of what it was made from, completed with the values of this
    interpreter.  Values that the algebra does not know, such as a
    ``python_full_version`` that is no version, are asked about one comparison
    at a time, as in any other mapping.
    """

    __slots__ = ("_groups", "_minor", "_names", "_places", "_texts", "values_", "walks")

    def __init__(
        self, environment: Mapping[str, str | AbstractSet[str]], extras: Iterable[str] = ()
    ) -> None:
        given: dict[str, str | AbstractSet[str]] = {}
        given.update(cast("Mapping[str, str]", default_environment()))
        given.update(environment)
        requested = {*extras}
        if isinstance(extra := given.pop("extra", ""), str):
            requested |= {extra} if extra else set()
        else:
            requested |= extra
        self.values_ = given
        self.walks = True
        self._places: dict[str, bytes] = {}
        self._texts: dict[str, str] = {}
        self._minor = ""
        try:
            known = read_environment(given, requested)
        except BadEnvironment:
            self.walks = False
        else:
            for code, value in known.axes.items():
                if value.place is not None:
                    self._places[code] = value.place
                if value.text is not None:
                    self._texts[code] = value.text
                if code == "a":
                    self._minor = value.minor
            self.walks = self._usual(known.axes["a"].text)
            self._names = {
                *("z" + name for name in known.extras or ()),
                *("y" + name for name in known.groups or ()),
            }
        given["extra"] = frozenset(requested)

    def _usual(self, full: str | None) -> bool:
        """Say whether the algebra knows all the values, as it assumes them to be."""
        written = self.values_["python_full_version"]
        if not isinstance(written, str) or repair("python_full_version", written) != full:
            return False
        if self.values_.get("extras"):
            # Another set than that of the extras that were requested.
            return False
        return not any(
            isinstance(value, str) and CODES.get(name, " ") in RELEASES
            and (value.endswith(".*") or value != value.strip())
            for name, value in self.values_.items()
        )  # fmt: skip

    def __getitem__(self, name: str) -> str | AbstractSet[str]:
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)

    def holds(self, node: Node) -> bool:
        """Walk through a diagram and return where it ends."""
        places = self._places
        while kind := node.kind:
            axis = node.axis
            if kind == CUTS:
                node = node.kids[bisect.bisect_right(node.cuts, places[axis[1]])]
            elif kind == FLAG:
                node = node.kids[axis[1:] in self._names]
            elif kind == TEXT:
                text = self._texts[axis[1]]
                cuts = node.cuts
                node = node.kids[cuts.index(text) + 1 if text in cuts else 0]
            else:
                family, literal = node.cuts
                text = self._minor if family == "V" else self._texts[axis[1]]
                node = node.kids[atom_holds(family, literal, text)]
        return node is TRUE


def prepare(
    environment: Mapping[str, str | AbstractSet[str]] | None = None, extras: Iterable[str] = ()
) -> Prepared:
    """Return an environment that many markers can be asked about quickly.

    The arguments are those of :meth:`Marker.evaluate`.

    >>> from trigpoint.markers import Marker
    >>> windows = prepare({"sys_platform": "win32"}, extras={"gui"})
    >>> Marker("sys_platform == 'win32' and extra == 'gui'").evaluate(windows)
    True
    """
    return Prepared(environment or {}, extras)
