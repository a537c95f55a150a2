"""Whether one version can satisfy two version specifiers.

**Idea.** A clause is a set of places on the line of all versions, between cuts; see
:mod:`trigpoint.markers.exact.axes`, which marker comparisons are made of too.  What
holds between two cuts is a range.  All clauses of a set, and then two sets, are met by
walking both lists of ranges once.  ``===``
compares texts, so it leaves one text, which is then asked of the other clauses.

**Invariant.** Cuts with no version between them are one cut, so an empty meeting is one
that no version is in: prereleases, local labels, post-releases and epochs included.

**Cost.** Linear in the clauses of both; each text is read once.

>>> apart(allowed(">=2"), allowed("<2")), apart(allowed(">=2rc1"), allowed("<=2"))
(True, False)
>>> apart(allowed("==2.2.1+cpu"), allowed("==2.2.1+cu118")), apart(allowed("==2.2.1+cpu"), allowed("==2.2.1"))
(True, False)

Source: Version specifiers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.specifiers import SpecifierSet

from trigpoint.kept import keeps
from trigpoint.markers.exact.axes import FREE_TEXT, LOWEST, Shape, clause_cuts
from trigpoint.versions import is_version, specifiers

__all__ = [
    "Allowed",
    "Range",
    "allowed",
    "apart",
    "met",
    "none_fits",
    "same_versions",
    "shape_ranges",
]

Range = tuple[bytes, bytes]
"""The versions from one cut up to the next."""

_ALL: tuple[Range, ...] = ((LOWEST, FREE_TEXT),)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The versions that a specifier allows.

    ``ranges`` is where all clauses but ``===`` hold, from one cut up to the next, in
    order; ``texts`` are the texts of the ``===`` clauses in lower case, and ``rest``
    the other clauses.
    """

    ranges: tuple[Range, ...]
    texts: frozenset[str]
    rest: SpecifierSet


@keeps(4096)
def allowed(text: str) -> Allowed:
    """Return what the specifier *text*, clauses with commas between them, allows.

    Raises :exc:`packaging.specifiers.InvalidSpecifier` where it is none.

    >>> allowed("===2.0,<3").texts, str(allowed("===2.0,<3").rest)
    (frozenset({'2.0'}), '<3')
    """
    ranges = _ALL
    texts, rest = set(), []
    for clause in specifiers(text):
        if clause.operator == "===":
            texts.add(clause.version.lower())
        else:
            rest.append(str(clause))
            ranges = tuple(met(ranges, shape_ranges(clause_cuts(clause.operator, clause.version))))
    return Allowed(ranges, frozenset(texts), specifiers(",".join(rest)))


def same_versions(a: Allowed, b: Allowed) -> bool:
    """Say whether the versions that satisfy *a* are those that satisfy *b*, prereleases alike.

    >>> same_versions(allowed(">=1,<3,<2"), allowed("<2,>=1.0"))
    True
    >>> same_versions(allowed(">=2rc1,>=2.1"), allowed(">=2.1"))
    False
    """
    if a.texts != b.texts or a.rest.prereleases != b.rest.prereleases:
        return False
    return a.rest == b.rest if a.texts else _joined(a.ranges) == _joined(b.ranges)


def _joined(ranges: tuple[Range, ...]) -> list[Range]:
    """Return *ranges* with those that follow each other without a gap as one.

    >>> _joined(((b"a", b"b"), (b"b", b"c"), (b"d", b"e")))
    [(b'a', b'c'), (b'd', b'e')]
    """
    found: list[Range] = []
    for start, end in ranges:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def none_fits(one: Allowed) -> bool:
    """Say whether no version satisfies *one*.

    >>> none_fits(allowed(">=2,<2")), none_fits(allowed("===1.0,==1"))
    (True, False)
    """
    return apart(one, one)


def apart(a: Allowed, b: Allowed) -> bool:
    """Say whether no version satisfies both *a* and *b*.

    A text of ``===`` that is no version counts where nothing else is asked.

    >>> apart(allowed("===1.0"), allowed("==1")), apart(allowed("===1.0"), allowed("===1"))
    (False, True)
    """
    if a.texts or b.texts:
        return not _has_text(a, b)
    if len(a.ranges) == 1 == len(b.ranges):  # nearly all are so, and this is quick
        (start, end), (other, stop) = a.ranges[0], b.ranges[0]
        return stop <= start or end <= other
    return next(met(a.ranges, b.ranges), None) is None


def _has_text(a: Allowed, b: Allowed) -> bool:
    """Say whether the one text that ``===`` leaves satisfies all that is asked."""
    texts = a.texts | b.texts
    if len(texts) > 1:
        return False
    (text,) = texts
    if not is_version(text):
        return not (a.rest or b.rest)
    return all(each.rest.contains(text, prereleases=True) for each in (a, b))


def shape_ranges(shape: Shape) -> tuple[Range, ...]:
    """Return where *shape* holds, as ranges.

    >>> shape_ranges(clause_cuts("<", "0.dev0"))
    ()
    """
    ends = (LOWEST, *shape.cuts, FREE_TEXT)
    return tuple((ends[i], ends[i + 1]) for i, truth in enumerate(shape.truths) if truth)


def met(f: tuple[Range, ...], g: tuple[Range, ...]) -> Iterator[Range]:
    """Yield the ranges that *f* and *g*, both in order, have in common, in order.

    >>> list(met(((b"a", b"c"),), ((b"b", b"d"),)))
    [(b'b', b'c')]
    """
    i = j = 0
    while i < len(f) and j < len(g):
        (start, end), (other, stop) = f[i], g[j]
        low, high = max(start, other), min(end, stop)
        if low < high:
            yield low, high
        if end < stop:
            i += 1
        else:
            j += 1
