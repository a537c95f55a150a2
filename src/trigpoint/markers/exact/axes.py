"""Where a value stands: the axes that a decision diagram branches on.

**Idea.** Every marker variable is a coordinate on an axis.  ``python_version`` and
``python_full_version`` share one, the line of all PEP 440 versions, because the
one is the beginning of the other.  ``platform_release``, ``platform_version``
and ``implementation_version`` have that line followed by all text that is no
version.  Every other variable has text, and each extra or dependency group has
yes and no.

A place on the line of versions is a :class:`bytes` key whose byte order is the
order of PEP 440.  A *cut* is a place between two versions; :func:`clause_cuts`
turns a specifier clause into cuts.

**Invariant.** Two cuts without a version between them are the same key, so equal
sets of versions have equal cuts.  :func:`read_cut` reads every key back.

**Cost.** Linear in the version's text; a number of n digits takes n/2 bytes at most.

The key of 3.9rc1 is its epoch, then 1 and a number for each component up to zeros, 0
for their end, the rank and number of the candidate, and that there is no post and no
dev release, which comes before one:

>>> list(place_of("3.9rc1"))
[0, 1, 3, 1, 9, 0, 3, 1, 0, 0, 1, 0]
>>> place_of("3.9rc1") < place_of("3.9.0") == place_of("3.9") < place_of("3.9.post1")
True

Source: version specifiers (PEP 440), dependency specifiers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from packaging.version import Version

from trigpoint import versions
from trigpoint.kept import keeps

__all__ = [
    "FREE_TEXT",
    "LOWEST",
    "Place",
    "Shape",
    "clause_cuts",
    "interval_shape",
    "is_plain",
    "joined",
    "minor_cut",
    "negated",
    "place_of",
    "plain_minor_shape",
    "position",
    "read_cut",
    "snap",
    "snap_full",
    "version_position",
]

FREE_TEXT = b"\xff\xff"
"""The cut after every version, where text that is no version begins."""

_INFINITE = b"\xff"
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)*\Z").match
_PRE_RANK = {"a": 1, "b": 2, "rc": 3}
_PRE_NAME = {rank: name for name, rank in _PRE_RANK.items()}
_DEV_ONLY, _STABLE = 0, 4
_EASY = frozenset({"==", "<", "<=", ">", ">="})


class Place(NamedTuple):
    """What a cut means: *before* a version, *after* it, or after its *posts*.

    ``"after"`` is between a version and its own local versions;
    ``"posts"`` is after the last post-release of a final release and before
    anything else.
    """

    side: str
    version: Version


class Shape(NamedTuple):
    """A set of places: ``truths[i]`` holds between ``cuts[i - 1]`` and ``cuts[i]``."""

    cuts: tuple[bytes, ...]
    truths: tuple[bool, ...]


def is_plain(text: str) -> bool:
    """Say whether *text* is a final release in plain digits, which all operators take."""
    return _PLAIN(text) is not None


def _number(value: int) -> bytes:
    """Encode a number of any size so that byte order is number order."""
    if value < 0xE0:
        return bytes((value,))
    size = (value.bit_length() + 7) // 8
    digits = value.to_bytes(size, "big")
    if size <= 16:
        return bytes((0xDF + size,)) + digits
    return b"\xf0" + size.to_bytes(4, "big") + digits


def _release(epoch: int, release: Sequence[int]) -> bytes:
    end = len(release)
    while end and release[end - 1] == 0:
        end -= 1
    if max(release) < 0xE0 > epoch:
        small = [epoch]
        for value in release[:end]:
            small += (1, value)
        small.append(0)
        return bytes(small)
    parts = [_number(epoch)]
    for value in release[:end]:
        parts += (b"\x01", _number(value))
    parts.append(b"\x00")
    return b"".join(parts)


_FINAL = bytes((_STABLE, 0, 0, 0, 1, 0))
_DEV0 = bytes((_DEV_ONLY, 0, 0, 0, 0, 0))
_POST0_DEV0 = bytes((_STABLE, 0, 1, 0, 0, 0))
_AFTER_POSTS = bytes((_STABLE, 0, 1)) + _INFINITE


def position(
    epoch: int,
    release: Sequence[int],
    pre: tuple[str, int] | None = None,
    post: int | None = None,
    dev: int | None = None,
    local: str | None = None,
) -> bytes:
    """Return the key of the version with these parts: keys are in the order of versions.

    *epoch*, *release*, *pre*, *post*, *dev* and *local* are those of
    :class:`packaging.version.Version`, but that *local* is text.

    >>> position(0, (3, 9)) == position(0, (3, 9, 0)) < position(0, (3, 10))
    True
    """
    key = _release(epoch, release)
    if pre is None and post is None and dev is None:
        key += _FINAL
    else:
        if pre is not None:
            rank, number = _PRE_RANK[pre[0]], pre[1]
        else:
            rank, number = (_DEV_ONLY if post is None else _STABLE), 0
        key += b"".join(
            (
                bytes((rank,)),
                _number(number),
                b"\x00\x00" if post is None else b"\x01" + _number(post),
                b"\x01\x00" if dev is None else b"\x00" + _number(dev),
            )
        )
    if local is not None:
        for segment in local.split("."):
            if segment.isdigit():
                key += b"\x02\x02" + _number(versions.number(segment))
            else:
                key += b"\x02\x01" + segment.encode("ascii") + b"\x00"
    return key


def version_position(version: Version) -> bytes:
    """Return the key of *version*."""
    return position(
        version.epoch, version.release, version.pre, version.post, version.dev, version.local
    )


@keeps(4096)
def place_of(text: str) -> bytes:
    """Return the key of the version that *text* spells.

    Raises ``packaging.version.InvalidVersion`` where it spells none.
    """
    if _PLAIN(text):
        return _release(0, versions.release(text)) + _FINAL
    return version_position(versions.version(text))


def _after_locals(version: Version) -> bytes:
    """Return the cut after *version* and all its local versions."""
    epoch, release, pre, post, dev = (
        version.epoch,
        version.release,
        version.pre,
        version.post,
        version.dev,
    )
    if dev is not None:
        return position(epoch, release, pre, post, dev + 1)
    return position(epoch, release, pre, 0 if post is None else post + 1, 0)


def _after_posts(version: Version) -> bytes:
    """Return the cut after *version* and all its post-releases."""
    if version.pre is not None:
        letter, number = version.pre
        return position(version.epoch, version.release, (letter, number + 1), None, 0)
    return _release(version.epoch, version.release) + _AFTER_POSTS


def _next_prefix(epoch: int, release: Sequence[int]) -> bytes:
    return _release(epoch, (*release[:-1], release[-1] + 1)) + _DEV0


LOWEST = position(0, (0,), dev=0)
"""The key of ``0.dev0``, before which there is no version."""


def interval_shape(lower: bytes | None, upper: bytes | None) -> Shape:
    """Return the set from *lower* to *upper*; None is the end of the line there."""
    if lower is not None and lower <= LOWEST:
        lower = None
    if upper is not None and (upper <= LOWEST or (lower is not None and upper <= lower)):
        return Shape((), (False,))
    if lower is None:
        return Shape((), (True,)) if upper is None else Shape((upper,), (True, False))
    if upper is None:
        return Shape((lower,), (False, True))
    return Shape((lower, upper), (False, True, False))


def negated(shape: Shape) -> Shape:
    """Return the complement of *shape*."""
    return Shape(shape.cuts, tuple(not truth for truth in shape.truths))


def clause_cuts(op: str, text: str) -> Shape:
    """Return the versions that the specifier clause ``op text`` contains.

    *op* is any operator of PEP 440 but ``===``, *text* what may follow it; the
    clause must be valid.

    >>> clause_cuts("<", "3.9") == clause_cuts("<", "3.9.0")
    True
    """
    if text.endswith(".*"):
        if _PLAIN(text[:-2]):
            epoch, release = 0, tuple(versions.release(text[:-2]))
        else:
            version = versions.version(text[:-2])
            epoch, release = version.epoch, version.release
        shape = interval_shape(_release(epoch, release) + _DEV0, _next_prefix(epoch, release))
        return shape if op == "==" else negated(shape)
    if _PLAIN(text):
        return _plain_shape(op, versions.release(text))
    if op == ">=":
        return interval_shape(place_of(text), None)
    version = versions.version(text)
    epoch, release, post, dev = version.epoch, version.release, version.post, version.dev
    here = version_position(version)
    if op == "<":
        if version.is_prerelease:
            return interval_shape(None, here)
        return interval_shape(None, position(epoch, release, version.pre, post, 0))
    if op == "<=":
        return interval_shape(None, _after_locals(version))
    if op == ">":
        if dev is not None or post is not None:
            return interval_shape(_after_locals(version), None)
        return interval_shape(_after_posts(version), None)
    if op == "~=":
        return interval_shape(here, _next_prefix(epoch, release[:-1]))
    shape = interval_shape(here, here + b"\x01" if version.local else _after_locals(version))
    return shape if op == "==" else negated(shape)


def _plain_shape(op: str, release: list[int]) -> Shape:
    """Return the versions that a clause with a final release contains."""
    key = _release(0, release)
    if op == ">=":
        return interval_shape(key + _FINAL, None)
    if op == "<":
        return interval_shape(None, key + _DEV0)
    if op == "<=":
        return interval_shape(None, key + _POST0_DEV0)
    if op == ">":
        return interval_shape(key + _AFTER_POSTS, None)
    if op == "~=":
        return interval_shape(key + _FINAL, _next_prefix(0, release[:-1]))
    shape = interval_shape(key + _FINAL, key + _POST0_DEV0)
    return shape if op == "==" else negated(shape)


def plain_minor_shape(op: str, text: str) -> Shape | None:
    """Return what the clause *op* *text* of ``python_version`` contains, for a few easy ones."""
    if op not in _EASY or not _PLAIN(text):
        return None
    release = versions.release(text)
    major, minor = (*release, 0)[:2]
    after = minor_cut(0, major, minor + 1)
    if op == ">" or (exact := not any(release[2:])) is False:
        here = after
    else:
        here = minor_cut(0, major, minor)
    if op in (">=", ">"):
        return interval_shape(here, None)
    if op == "<":
        return interval_shape(None, here)
    if op == "<=":
        return interval_shape(None, after)
    return interval_shape(here, after) if exact else Shape((), (False,))


def minor_cut(epoch: int, major: int, minor: int) -> bytes:
    """Return the cut where ``python_version`` becomes *major* ``.`` *minor*, in *epoch*."""
    return _release(epoch, (major, minor)) + _DEV0


def read_cut(cut: bytes) -> Place:
    """Return the place that *cut* stands for, the inverse of the encoding."""
    numbers = _Reader(cut)
    epoch = numbers.number()
    release: list[int] = []
    while numbers.byte():
        release.append(numbers.number())
    rank = numbers.byte()
    pre_number = numbers.number()
    post = None
    if numbers.byte():
        if numbers.rest() == _INFINITE:
            return Place("posts", Version.from_parts(epoch=epoch, release=tuple(release or [0])))
        post = numbers.number()
    else:
        numbers.byte()
    dev = None
    if numbers.byte():
        numbers.byte()
    else:
        dev = numbers.number()
    segments = []
    side = "before"
    while numbers.rest():
        if numbers.byte() == 1:
            side = "after"
        elif numbers.byte() == 2:
            segments.append(str(numbers.number()))
        else:
            segments.append(numbers.word())
    version = Version.from_parts(
        epoch=epoch,
        release=tuple(release or [0]),
        pre=(_PRE_NAME[rank], pre_number) if rank in _PRE_NAME else None,
        post=post,
        dev=dev,
        local=".".join(segments) or None,
    )
    return Place(side, version)


class _Reader:
    """Reads the pieces of a key."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def rest(self) -> bytes:
        return self.data[self.at :]

    def byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def number(self) -> int:
        first = self.byte()
        if first < 0xE0:
            return first
        if first == 0xF0:
            size = int.from_bytes(self.data[self.at : self.at + 4], "big")
            self.at += 4
        else:
            size = first - 0xDF
        self.at += size
        return int.from_bytes(self.data[self.at - size : self.at], "big")

    def word(self) -> str:
        end = self.data.index(b"\x00", self.at)
        word = self.data[self.at : end].decode("ascii")
        self.at = end + 1
        return word


def _next(cut: bytes, components: int) -> bytes:
    """Return the first cut at or after *cut* that versions of so many components have."""
    side, version = read_cut(cut)
    release: Sequence[int] = (*version.release, 0, 0)[:components]
    if components > 2:
        if side != "posts" and not any(version.release[components:]):
            return cut
    elif position(version.epoch, release) >= cut:
        return position(version.epoch, release, dev=0)
    return position(version.epoch, (*release[:-1], release[-1] + 1), dev=0)


def snap(shape: Shape) -> Shape:
    """Return the full versions whose ``python_version`` is in *shape*.

    >>> snap(clause_cuts(">", "3.9")) == clause_cuts(">=", "3.10.dev0")
    True
    """
    return _moved(shape, 2)


def snap_full(shape: Shape) -> Shape:
    """Return *shape* as far as versions of three components can tell.

    >>> snap_full(clause_cuts(">", "3.9.1")) == clause_cuts(">=", "3.9.2.dev0")
    True
    """
    # Three small numbers and what follows take 14 bytes, and no final release ends so.
    if all(len(cut) <= 14 and cut[-1:] != _INFINITE for cut in shape.cuts):
        return shape
    return _moved(shape, 3)


def _moved(shape: Shape, components: int) -> Shape:
    cuts: list[bytes] = []
    truths = [shape.truths[0]]
    for cut, truth in zip(shape.cuts, shape.truths[1:], strict=True):
        moved = _next(cut, components) if cut != FREE_TEXT else cut
        if moved <= LOWEST:
            truths[0] = truth
        elif cuts and cuts[-1] == moved:
            truths[-1] = truth
        else:
            cuts.append(moved)
            truths.append(truth)
    return joined(cuts, truths)


def joined(cuts: Sequence[bytes], truths: Sequence[bool]) -> Shape:
    """Return the shape that is ``truths[i]`` before ``cuts[i]``.

    *cuts* are in order; those that separate nothing are left out.  *truths* has one
    more, for what follows the last.
    """
    kept_cuts: list[bytes] = []
    kept = [truths[0]]
    for cut, truth in zip(cuts, truths[1:], strict=True):
        if truth is not kept[-1]:
            kept_cuts.append(cut)
            kept.append(truth)
    return Shape(tuple(kept_cuts), tuple(kept))
