"""Markers in one environment, flattened so that asking for other extras takes little.

**Idea.** In one environment a marker asks for extras and nothing else: the rest of it is
true or false.  Each group is a row: the extras that it wants, those that it excludes, and
the rows of the groups inside it, which come before it.

**Invariant.** The last row holds for two sets of extras where the marker does.

**Worked example.** ``extra == 'a' and (os_name == 'nt' or extra != 'b')`` on Linux is a row
that excludes ``b``, and a row that wants ``a`` and the first row.

**Cost.** One look-up for each test of an extra, and none for what the environment decides.

>>> from trigpoint.extras.solve import tested_extra
>>> from trigpoint.markers.reading.grammar import parse
>>> rows = read_rows(parse("extra == 'a' and extra != 'b'"), tested_extra)
>>> hold(rows, {"a"}, {"a"}), hold(rows, {"a", "b"}, {"a", "b"})
(True, False)

Source: Dependency specifiers.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from trigpoint.markers.reading.tree import Comparison, Group, Node, fold

__all__ = ["Row", "Rows", "hold", "read_rows"]


class Row(NamedTuple):
    """A group of tests.

    ``each`` says whether all of them must hold, rather than one.  ``wanted`` and
    ``excluded`` are extras, ``inner`` the numbers of earlier rows.  ``settled`` is the
    answer where the environment alone decides it, else None.
    """

    each: bool
    wanted: tuple[str, ...]
    excluded: tuple[str, ...]
    inner: tuple[int, ...]
    settled: bool | None


Rows = tuple[Row, ...]
"""A marker: the last row holds where it does."""


class _At(NamedTuple):
    """The number of a row."""

    row: int


_Part = tuple[str, bool] | bool | _At


def read_rows(tree: Node, leaf: Callable[[Comparison], tuple[str, bool] | bool | None]) -> Rows:
    """Return the rows of the marker *tree*.

    *leaf* returns the extra that a comparison tests, with whether it must be there, or
    what the comparison is in the environment (None: it does not hold).  What it raises
    is raised.
    """
    rows: list[Row] = []

    def add(parts: Sequence[_Part], each: bool) -> _At:
        wanted: list[str] = []
        excluded: list[str] = []
        inner: list[int] = []
        settled: bool | None = None
        for part in parts:
            if isinstance(part, _At):
                inner.append(part.row)
            elif not isinstance(part, tuple):
                # One that is false settles "and", one that is true settles "or".
                if part is not each:
                    settled = part
            else:
                (wanted if part[1] else excluded).append(part[0])
        if settled is None and not (wanted or excluded or inner):
            settled = each
        rows.append(Row(each, tuple(wanted), tuple(excluded), tuple(inner), settled))
        return _At(len(rows) - 1)

    def single(node: Comparison) -> _Part:
        return leaf(node) or False

    def join(group: Group, parts: list[_Part]) -> _Part:
        return add(parts, group.op == "and")

    top = fold(tree, single, join)
    if not isinstance(top, _At):
        add((top,), each=True)
    return tuple(rows)


def hold(rows: Sequence[Row], there: Container[str], against: Container[str]) -> bool:
    """Say whether a marker holds.

    *rows* are those of :func:`read_rows`.  Tests for an extra look into *there*, tests
    against one into *against*.
    """
    has, excludes = there.__contains__, against.__contains__
    held: list[bool] = []
    for each, wanted, excluded, inner, settled in rows:
        if settled is not None:
            answer = settled
        elif each:
            answer = (
                all(map(has, wanted))
                and not any(map(excludes, excluded))
                and all(map(held.__getitem__, inner))
            )
        else:
            answer = (
                any(map(has, wanted))
                or not all(map(excludes, excluded))
                or any(map(held.__getitem__, inner))
            )
        held.append(answer)
    return held[-1]
