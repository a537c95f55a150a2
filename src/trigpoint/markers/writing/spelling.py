"""From a set of places on one axis to comparisons that select it.

**Idea.** What comes out is a small expression: a comparison's text, or ``and`` and
``or`` of expressions.  On the version line the cheapest way over the cuts is looked for
from the right: a stretch that holds is an interval, a single version or a prefix, and
short gaps may be holes in a longer stretch.

**Invariant.** What is written selects these places and no others.  Some sets have no
comparison: then :exc:`CannotSpell` says which places are the trouble.

**Cost.** Linear in the cuts of one set; holes look at neighbours only.

>>> from trigpoint.markers.exact.axes import clause_cuts
>>> python_312 = intersect(clause_cuts(">=", "3.12.dev0"), clause_cuts("<", "3.13.dev0"))
>>> write_words(spell_shape(PYTHON, python_312))
'python_version == "3.12"'
"""

from __future__ import annotations

from collections.abc import Sequence

from packaging.version import Version

from trigpoint import versions
from trigpoint.findings import TrigpointError
from trigpoint.markers.exact.axes import (
    FREE_TEXT,
    LOWEST,
    Shape,
    negated,
    position,
    read_cut,
    version_position,
)
from trigpoint.markers.exact.axis_names import (
    CONTAINS_MINOR,
    EQUALS,
    EXTRAS,
    INSIDE,
    PYTHON,
    RELEASES,
    VARIABLES,
)
from trigpoint.markers.meaning.semantics import is_version
from trigpoint.markers.reading.grammar import write_string
from trigpoint.markers.reading.tree import Comparison, Variable

__all__ = [
    "ALWAYS",
    "NEVER",
    "CannotSpell",
    "Words",
    "conjunction",
    "disjunction",
    "intersect",
    "says",
    "spell_atom",
    "spell_name",
    "spell_shape",
    "spell_texts",
    "write_comparison",
    "write_words",
]

_MOST_PREFIXES = 128


class CannotSpell(TrigpointError, ValueError):  # noqa: N818 (it reads as a sentence where it is raised)
    """No marker says this; the message says why."""


class Words:
    """An expression: ``op`` is ``and``, ``or``, or empty for the one comparison ``text``.

    ``size`` is how many comparisons it has, ``depth`` how many groups are in each other.  Two expressions are taken to be equal where
    their hashes are, so that deep ones are compared without recursion; if two ever are
    not, the text loses a part, and as every text is read again it is not used.
    """

    __slots__ = ("depth", "key", "op", "parts", "size", "text")

    def __init__(self, op: str, parts: tuple[Words, ...], text: str, size: int) -> None:
        self.op = op
        self.parts = parts
        self.text = text
        self.size = size
        self.depth: int = 1 + max((part.depth for part in parts), default=-1)
        self.key: int = hash((op, text, *(part.key for part in parts)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self.key == other.key

    def __hash__(self) -> int:
        return self.key


def says(text: str) -> Words:
    """Return the expression of *text*, one comparison."""
    return Words("", (), text, 1)


ALWAYS = says('python_version >= "0"')
"""What holds everywhere; the grammar has no word for it."""

NEVER = says('python_version < "0"')
"""What never holds."""


def _group(op: str, parts: Sequence[Words]) -> Words:
    flat: dict[Words, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if part.op == op else (part,)))
    if len(flat) == 1:
        return next(iter(flat))
    return Words(op, tuple(flat), "", sum(part.size for part in flat))


def conjunction(parts: Sequence[Words]) -> Words:
    """Return the expression that all of *parts* hold."""
    if NEVER in parts:
        return NEVER
    kept = [part for part in parts if part is not ALWAYS]
    return _group("and", kept) if kept else ALWAYS


def disjunction(parts: Sequence[Words]) -> Words:
    """Return the expression that one of *parts* holds."""
    if ALWAYS in parts:
        return ALWAYS
    kept = [part for part in parts if part is not NEVER]
    return _group("or", kept) if kept else NEVER


def write_words(words: Words) -> str:
    """Return the text of *words*, an expression.

    >>> write_words(conjunction([ALWAYS, NEVER]))
    'python_version < "0"'
    """
    pieces: list[str] = []
    stack: list[Words | str] = [words]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            pieces.append(top)
        elif not top.op:
            pieces.append(top.text)
        else:
            for i in range(len(top.parts) - 1, -1, -1):
                part = top.parts[i]
                closed = part.op == "or" and top.op == "and"
                if closed:
                    stack.append(")")
                stack.append(part)
                if closed:
                    stack.append("(")
                if i:
                    stack.append(f" {top.op} ")
    return "".join(pieces)


def write_comparison(comparison: Comparison) -> str:
    """Return the text of *comparison*, whatever quotes and escapes it needs.

    >>> from trigpoint.markers.reading.grammar import parse
    >>> write_comparison(parse("os_name == 'a'"))
    'os_name == "a"'
    """
    left, right = (
        operand.name if isinstance(operand, Variable) else write_string(operand.value)
        for operand in (comparison.left, comparison.right)
    )
    return f"{left} {comparison.op} {right}"


# -- names, texts and tests ------------------------------------------------------------------


def spell_name(code: str, name: str, wanted: bool, style: str) -> Words:
    """Return the comparison that *name* is there, or is not, as *wanted*.

    *code* says whether it is an extra or a dependency group.

    *style* is the variable to use for extras: ``extra`` or ``extras``.
    """
    if code == EXTRAS and style == "extra":
        return says(f"extra {'==' if wanted else '!='} {write_string(name)}")
    variable = "extras" if code == EXTRAS else "dependency_groups"
    return says(f"{write_string(name)} {'in' if wanted else 'not in'} {variable}")


def spell_texts(code: str, values: Sequence[str], wanted: bool) -> Words:
    """Return the comparisons for "one of *values*" if *wanted*, else for "none of them".

    *code* is the variable's.  Raises :exc:`CannotSpell`.
    """
    variable = VARIABLES[code]
    parts = []
    for value in values:
        if code not in RELEASES or not is_version(value):
            parts.append(says(f"{variable} {'==' if wanted else '!='} {write_string(value)}"))
        elif wanted:
            # An order with a local version is no specifier, so it compares text.
            parts.append(says(f"{variable} >= {write_string(value)}"))
        else:
            raise CannotSpell(
                f"no comparison holds for every {variable} but the text {value!r}: "
                "!= compares versions there"
            )
    return disjunction(parts) if wanted else conjunction(parts)


def spell_atom(code: str, family: str, literal: str, wanted: bool) -> Words:
    """Return the comparison that a test of a text holds, or does not, as *wanted*.

    *code* is the variable's; *family* and *literal* are the test, see :func:`atom_holds`.
    Raises :exc:`CannotSpell`.
    """
    variable = VARIABLES.get(code) or (
        "python_version" if family == CONTAINS_MINOR else "python_full_version"
    )
    if family == EQUALS:
        if not wanted:
            raise CannotSpell(f"=== has no opposite, so {variable} cannot exclude {literal!r}")
        return says(f"{variable} === {write_string(literal)}")
    op = "in" if wanted else "not in"
    if family == INSIDE:
        return says(f"{variable} {op} {write_string(literal)}")
    return says(f"{write_string(literal)} {op} {variable}")


# -- versions ----------------------------------------------------------------------------------


def spell_shape(code: str, shape: Shape) -> Words:
    """Return comparisons of the variable with *code* that select the versions in *shape*.

    Raises :exc:`CannotSpell`.
    """
    if shape.cuts and shape.cuts[-1] == FREE_TEXT and not shape.truths[-1]:
        return _Line(code).words(Shape(shape.cuts[:-1], shape.truths[:-1]))
    if code == PYTHON:
        return _Line(code).words(shape)
    if shape.truths[-1]:
        return _with_text(code, shape)
    return _Line(code).words(shape)


def intersect(a: Shape, b: Shape) -> Shape:
    """Return the places that are in both *a* and *b*."""
    cuts = sorted({*a.cuts, *b.cuts})
    i = j = 0
    truths = [a.truths[0] and b.truths[0]]
    kept: list[bytes] = []
    for cut in cuts:
        i += i < len(a.cuts) and a.cuts[i] == cut
        j += j < len(b.cuts) and b.cuts[j] == cut
        truth = a.truths[i] and b.truths[j]
        if truth is not truths[-1]:
            kept.append(cut)
            truths.append(truth)
    return Shape(tuple(kept), tuple(truths))


def unite(a: Shape, b: Shape) -> Shape:
    """Return the places that are in one or both."""
    return negated(intersect(negated(a), negated(b)))


def _stretches(shape: Shape, truth: bool) -> list[tuple[bytes | None, bytes | None]]:
    ends = [None, *shape.cuts, None]
    return [(ends[i], ends[i + 1]) for i, value in enumerate(shape.truths) if value is truth]


class _Line:
    """Spells sets of versions with the comparisons of one variable (two for Python)."""

    __slots__ = ("code", "full")

    def __init__(self, code: str) -> None:
        self.code = code
        self.full = "python_full_version" if code == PYTHON else VARIABLES[code]

    def words(self, shape: Shape) -> Words:
        """Choose which stretches to say as one with holes in it, and which one by one.

        The cheapest way to say all stretches up to one is the cheapest up to another,
        and what lies between as one stretch with holes.  That costs its beginning, its
        end and a comparison a hole, so for every end one beginning is the best, and it
        is found on the way: time grows with the number of stretches.
        """
        stretches = _stretches(shape, True)
        if not stretches:
            return NEVER
        gaps = [(stretches[i][1], stretches[i + 1][0]) for i in range(len(stretches) - 1)]
        holes = [self.single(*gap, "!=") for gap in gaps]
        trouble: CannotSpell | None = None
        # For each number of stretches: what saying them costs, and where the last begins.
        cost, begins = [0], [0]
        # The best beginning of a stretch with holes, and what it costs without its end.
        best: tuple[int, int] | None = None
        ends: list[Words | None] = []
        starts: list[Words | None] = []
        for end, (lower, upper) in enumerate(stretches):
            begin: Words | None = None
            finish: Words | None = None
            try:
                begin = self.begins(lower)
            except CannotSpell as error:
                trouble = trouble or error
            try:
                finish = self.ends(upper)
            except CannotSpell as error:
                trouble = trouble or error
            starts.append(begin)
            ends.append(finish)
            found = (_UNSAYABLE, end)
            if self.single(lower, upper, "==") is not None:
                found = (cost[end] + 1, end)
            elif begin is not None and finish is not None:
                found = (cost[end] + max(begin.size + finish.size, self.code != PYTHON), end)
            # Holes are counted from the first stretch on, so that only differences matter.
            if end and holes[end - 1] is None:
                best = None
            if best is not None and finish is not None:
                found = min(found, (best[0] + finish.size + end, best[1]), key=lambda way: way[0])
            if begin is not None and cost[end] < _UNSAYABLE:
                here = cost[end] + begin.size - end
                if best is None or here <= best[0]:
                    best = (here, end)
            cost.append(min(found[0], _UNSAYABLE))
            begins.append(found[1])
        if cost[-1] >= _UNSAYABLE:
            raise trouble or CannotSpell(f"no comparison of {self.full} says this")
        parts = []
        end = len(stretches)
        while end:
            begin_at = begins[end]
            lower, upper = stretches[begin_at][0], stretches[end - 1][1]
            inside = [hole for hole in holes[begin_at : end - 1] if hole is not None]
            parts.append(self.stretch(lower, upper, inside))
            end = begin_at
        return disjunction(parts[::-1])

    def begins(self, lower: bytes | None) -> Words:
        """Say where a stretch begins: nothing where the line does."""
        return _NOTHING if lower is None else self.lower(lower)

    def ends(self, upper: bytes | None) -> Words:
        """Say where a stretch ends: nothing where the line does."""
        return _NOTHING if upper is None else self.upper(upper)

    def stretch(self, lower: bytes | None, upper: bytes | None, holes: list[Words]) -> Words:
        if not holes and (single := self.single(lower, upper, "==")):
            return single
        parts = []
        if lower is not None:
            parts.append(self.lower(lower))
        if upper is not None:
            parts.append(self.upper(upper))
        if not parts and self.code != PYTHON:
            parts.append(self.says(">=", "0.dev0"))
        return conjunction([*parts, *holes])

    def says(self, op: str, version: object, variable: str = "") -> Words:
        return says(f'{variable or self.full} {op} "{version}"')

    def minor(self, cut: bytes) -> str | None:
        """Return the ``python_version`` that begins at *cut*."""
        if self.code != PYTHON:
            return None
        side, version = read_cut(cut)
        release = version.release
        if side != "before" or version.pre or version.post is not None or version.dev != 0:
            return None
        if len(release) > 2 or version.local:
            return None
        return str(version.__replace__(dev=None))

    def single(self, lower: bytes | None, upper: bytes | None, op: str) -> Words | None:
        """Return the one comparison with ``==`` or ``!=`` for a stretch, if there is one."""
        if lower is None:
            if upper is None:
                return None
            lower = LOWEST
        if upper is None or upper == FREE_TEXT:
            return None
        side, version = read_cut(lower)
        if side != "before":
            return None
        if upper == lower + b"\x01":
            if version.local is not None:
                return self.says(op, version)
            return says(f'"{version}" {op} {self.full}')
        if version.local is not None:
            return None
        if version.dev == 0 and version.pre is None and version.post is None:
            return self.prefix(version, upper, op)
        if upper == _after(version):
            return self.says(op, version)
        return None

    def prefix(self, version: Version, upper: bytes, op: str) -> Words | None:
        end = read_cut(upper)
        if end.side != "before" or not end.version.release:
            return None
        goal = end.version.release
        release = tuple([*version.release, *([0] * len(goal))][: len(goal)])
        if position(version.epoch, release, dev=0) != version_position(version):
            return None
        if position(version.epoch, (*release[:-1], release[-1] + 1), dev=0) != upper:
            return None
        text = ".".join(map(str, release))
        if version.epoch:
            text = f"{version.epoch}!{text}"
        if self.code == PYTHON and len(release) == 2:
            return self.says(op, text, "python_version")
        if self.code == PYTHON and len(release) == 1:
            return self.says(op, f"{text}.*", "python_version")
        return self.says(op, f"{text}.*")

    def lower(self, cut: bytes) -> Words:
        """Say "at or after *cut*"."""
        if minor := self.minor(cut):
            return self.says(">=", minor, "python_version")
        side, version = read_cut(cut)
        if side == "posts":
            return self.says(">", version)
        if version.local is not None:
            raise self.between_locals(version)
        if side == "after":
            return conjunction([self.says(">=", version), says(f'"{version}" != {self.full}')])
        return self.says(">=", version)

    def upper(self, cut: bytes) -> Words:
        """Say "before *cut*"."""
        if minor := self.minor(cut):
            return self.says("<", minor, "python_version")
        side, version = read_cut(cut)
        if side == "posts":
            raise CannotSpell(
                f"no comparison of {self.full} ends after the post-releases of {version}, "
                f"such as {version}.post1, and before everything later"
            )
        if version.local is not None:
            raise self.between_locals(version)
        if side == "after":
            return disjunction([self.before(version), says(f'"{version}" == {self.full}')])
        return self.before(version)

    def before(self, version: Version) -> Words:
        if version.dev == 0 and version.post is not None:
            post = version.post - 1 if version.post else None
            return self.says("<=", version.__replace__(post=post, dev=None))
        if version.dev == 0 and version.pre is None:
            return self.says("<", version.__replace__(dev=None))
        if version.is_prerelease:
            return self.says("<", version)
        return conjunction([self.says("<=", version), self.says("!=", version)])

    def between_locals(self, version: Version) -> CannotSpell:
        return CannotSpell(
            f"no comparison of {self.full} tells local versions around {version} apart; "
            "only == and != know them"
        )


_UNSAYABLE = 1 << 40
_NOTHING = Words("", (), "", 0)


def _after(version: Version) -> bytes:
    dev, post = version.dev, version.post
    if dev is not None:
        return version_position(version.__replace__(dev=dev + 1))
    return version_position(version.__replace__(post=0 if post is None else post + 1, dev=0))


def _with_text(code: str, shape: Shape) -> Words:
    """Say a set of versions, and all text that is no version.

    Only ``!=`` holds for such text, so every gap has to be a version or a prefix;
    what is lost of a prefix is said again.
    """
    line = _Line(code)
    parts: list[Words] = []
    cells: list[tuple[bytes, bytes]] = []
    for lower, upper in _stretches(shape, False):
        hole = line.single(lower, upper, "!=")
        if hole is not None:
            parts.append(hole)
            continue
        for begin, end, words in _prefixes(line, lower, upper):
            cells.append((begin, end))
            parts.append(words)
    words = conjunction(parts)
    again = intersect(shape, _union(cells))
    if any(again.truths):
        words = disjunction([words, line.words(again)])
    return words


def _union(cells: list[tuple[bytes, bytes]]) -> Shape:
    """Return what is in one or more of *cells*."""
    cuts: list[bytes] = []
    truths = [False]
    for begin, end in sorted(cells):
        if cuts and begin <= cuts[-1]:
            cuts[-1] = max(cuts[-1], end)
            continue
        cuts += (begin, end)
        truths += (True, False)
    if cuts and cuts[0] <= LOWEST:
        del cuts[0], truths[0]
    return Shape(tuple(cuts), tuple(truths))


def _prefixes(
    line: _Line, lower: bytes | None, upper: bytes | None
) -> list[tuple[bytes, bytes, Words]]:
    """Return prefixes that cover a gap, each with the comparison that excludes it."""
    if upper is None or upper == FREE_TEXT:
        raise CannotSpell(
            f"a {line.full} that is no version fails every comparison but != and not in, "
            "and those leave out single versions only"
        )
    low = read_cut(lower).version if lower is not None else versions.version("0")
    high = read_cut(upper).version
    if low.epoch != high.epoch:
        raise CannotSpell(f"no comparison of {line.full} leaves out versions of several epochs")
    size = max(len(low.release), len(high.release))
    first, last = (tuple([*v.release, *([0] * size)][:size]) for v in (low, high))
    level = next((i for i in range(size) if first[i] != last[i]), size - 1)
    stem = first[:level]
    found: list[tuple[bytes, bytes, Words]] = []
    for number in range(first[level], last[level] + 1):
        begin = position(low.epoch, (*stem, number), dev=0)
        end = position(low.epoch, (*stem, number + 1), dev=0)
        if begin >= upper:
            break
        if len(found) >= _MOST_PREFIXES:
            raise CannotSpell(
                f"it takes more than {_MOST_PREFIXES} comparisons of {line.full} to leave out "
                f"{low} to {high} and keep text that is no version"
            )
        words = line.prefix(
            Version.from_parts(epoch=low.epoch, release=(*stem, number), dev=0), end, "!="
        )
        if words is None:
            raise CannotSpell(f"no comparison of {line.full} leaves out {low} to {high}")
        found.append((begin, end, words))
    return found
