"""What in the requirements and extras of a document installers are known to differ on.

Each Requires-Dist is read once, by the reader of requirements, and its marker by
that of markers; a marker with a variable that nobody knows is read as if the
variable were another one.  What a line is, is then put beside what was asked for.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from packaging.utils import canonicalize_name

from trigpoint.findings import TextIndex
from trigpoint.installers.vocabulary import WITH_RELATION
from trigpoint.markers.reading.diagnose import diagnose
from trigpoint.markers.reading.grammar import MarkerSyntaxError, parse
from trigpoint.markers.reading.tree import Comparison, Group, Node, Variable, comparisons, fold
from trigpoint.requirements import Dialect, read_requirement
from trigpoint.requirements.quick import is_name, quick
from trigpoint.requirements.reader import read
from trigpoint.requirements.tree import Problem, Shape

__all__ = ["AskedExtras", "Found", "dependency_features", "read_request"]


class Found:
    """Features as they are found, each with the numbers of the fields that have it."""

    def __init__(self) -> None:
        self.places: dict[str, dict[int, None]] = {}

    def add(self, feature: str, *indexes: int) -> None:
        """Note *feature*, shown by the fields whose numbers are *indexes*."""
        self.places.setdefault(feature, {}).update(dict.fromkeys(indexes))


@dataclass(frozen=True, slots=True)
class AskedExtras:
    """A request's extras as written; ``brackets`` tells ``pkg[]`` from ``pkg``."""

    extras: tuple[str, ...]
    brackets: bool

    @property
    def names(self) -> frozenset[str]:
        """The extras, normalised."""
        return _normalised(self.extras)

    def relation(self, mentioned: frozenset[str]) -> str:
        """Say how the request stands to a marker that names the extras *mentioned*."""
        if not self.names:
            return "bare"
        if not self.names & mentioned:
            return "other"
        return "named" if len(self.names) == 1 else "several"


def read_request(request: str | None) -> AskedExtras | None:
    """Read *request*: ``pkg``, ``pkg[]`` or ``pkg[a,b]``, None for ``pkg``; None if it is none.

    >>> read_request("pkg[a]").extras, read_request("pkg>=1")
    (('a',), None)
    """
    if request is None:
        return AskedExtras((), brackets=False)
    read = read_requirement(request.strip())
    shape = read.shape
    if not read.valid or shape.specifier or shape.url or shape.marker is not None:
        return None
    return AskedExtras(shape.extras or (), shape.extras is not None)


def _normalised(extras: Iterable[str]) -> frozenset[str]:
    return frozenset(map(canonicalize_name, extras))


# --- one requirement -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """One Requires-Dist: of what kinds it is, and the extras that each kind names.

    ``own`` says that it asks for extras of the project itself.
    """

    kinds: Mapping[str, tuple[str, ...]]
    own: bool

    @property
    def names(self) -> frozenset[str]:
        return _normalised(extra for extras in self.kinds.values() for extra in extras)


# packaging, which installers read requirements with, lets names end in an underscore.
_TOLERATED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*_\Z").match


def _read(text: str) -> tuple[Shape, bool]:
    """Return the parts of a requirement, and whether installers read what is before its marker."""
    if shape := quick(text):
        return shape, True
    reading = read(text, Dialect.DEPENDENCY)

    def stops(problem: Problem) -> bool:
        return problem.fatal and not _TOLERATED(text[problem.start : problem.end])

    return reading.shape, not any(map(stops, reading.problems))


@functools.lru_cache(maxsize=4096)
def _requirement_line(text: str, project: str) -> _Line:
    """Read one Requires-Dist value."""
    shape, readable = _read(text)
    if not readable:
        head = text[: shape.marker_at].rstrip("; \t") if shape.marker is not None else text
        legacy = ".*" in head and _read(head.replace(".*", ""))[1]
        return _Line({f"requires-dist-{'legacy' if legacy else 'invalid'}": ()}, own=False)
    kinds = {} if shape.marker is None else _marker_kinds(shape.marker)
    if kinds is None:
        return _Line({"requires-dist-invalid": ()}, own=False)
    own = shape.normalised == project and bool(shape.extras)
    if shape.url:
        kinds["requires-dist-url"] = ()
    elif shape.extras == ():
        kinds["requires-dist-empty-brackets"] = ()
    elif shape.extras and not own:
        kinds["requires-dist-extra"] = ()
    if not kinds:
        kinds["requires-dist" if shape.marker is None else "environment-marker"] = ()
    return _Line(kinds, own)


# --- its marker ------------------------------------------------------------------------------

_ORDERS = ("<", ">", "<=", ">=")
_UNKNOWN = "marker-unknown-variable"
# Any variable that no feature is about, to read a marker with one that nobody knows.
_STAND_IN = "os_name"


def _tree(marker: str) -> tuple[str, Node, frozenset[int]] | None:
    """Read a marker; None if installers cannot.

    Returns the text that was read, its tree, and where in it a variable stands in
    for one that nobody knows.
    """
    try:
        return marker, parse(marker), frozenset()
    except MarkerSyntaxError as error:
        found = diagnose(marker, 0, error.offset, TextIndex(marker))
    pieces: list[str] = []
    places: list[int] = []
    behind = length = 0
    for finding in found:
        if finding.code != _UNKNOWN or finding.span is None:
            continue
        pieces += marker[behind : finding.span.start], _STAND_IN
        length += finding.span.start - behind
        places.append(length)
        length, behind = length + len(_STAND_IN), finding.span.end
    text = "".join((*pieces, marker[behind:]))
    try:
        return text, parse(text), frozenset(places)
    except MarkerSyntaxError:
        return None


def _kind(node: Comparison, value: str, unknown: frozenset[int]) -> str:
    """Return the kind of a comparison with *value*; empty if no feature is about it."""
    variable = node.variable
    if node.literal is None or variable is None:
        return ""
    if variable.start in unknown:
        return _UNKNOWN
    turned = isinstance(node.right, Variable)
    if variable.name == "extra":
        if node.op in ("==", "!="):
            return (
                "extra-empty"
                if not value
                else ("extra-equality" if node.op == "==" else "extra-negation")
            )
        if node.op == "in":
            listed = "value" if re.search(r"[\s,|]", value) else "substring"
            return "value-in-extra" if turned else f"extra-in-{listed}"
        return "extra-order" if node.op in _ORDERS else "extra-operator"
    if variable.name == "extras":
        if turned and node.op in ("in", "not in"):
            return "extras-in" if node.op == "in" else "extras-not-in"
        return "extras-operator"
    return "dependency-groups" if variable.name == "dependency_groups" else ""


def _named(kind: str, value: str) -> list[str]:
    """Return the extras that a comparison of *kind* names."""
    if kind == "extra-in-value":
        return re.split(r"[\s,|]+", value)
    if kind == "extra-in-substring":
        return re.split(r"[-_.]+", value)
    return [value] if value and kind != _UNKNOWN else []


def _marker_kinds(marker: str) -> dict[str, tuple[str, ...]] | None:
    """Return the kinds of comparison in *marker*, each with its extras; None if unreadable."""
    read = _tree(marker)
    if read is None:
        return None
    text, root, unknown = read
    named: dict[str, list[str]] = {}
    tests: dict[int, str] = {}
    for node in comparisons(root):
        # The tree has names of extras normalised; how they are spelled is a feature.
        value = "" if node.literal is None else text[node.literal.start + 1 : node.literal.end - 1]
        kind = _kind(node, value, unknown)
        if kind:
            named.setdefault(kind, []).extend(_named(kind, value))
        if kind and kind != _UNKNOWN:
            tests[id(node)] = "extras" if kind.startswith("extras") else "extra"
    kinds = {kind: tuple(extras) for kind, extras in named.items()}
    everything = tuple(extra for extras in kinds.values() for extra in extras)
    conjunctions = _conjunctions(root, tests)
    if "extra" in conjunctions:
        # What an equality does alone is not what it does here.
        kinds.pop("extra-equality", None)
    return kinds | {f"{variable}-conjunction": everything for variable in sorted(conjunctions)}


def _conjunctions(root: Node, tests: Mapping[int, str]) -> set[str]:
    """Return the variables that are tested after another test that must hold as well.

    ``tests`` has the variable of each comparison that tests extras.
    """
    found: set[str] = set()

    def leaf(node: Comparison) -> frozenset[str]:
        variable = tests.get(id(node))
        return frozenset([variable]) if variable else frozenset()

    def join(group: Group, parts: list[frozenset[str]]) -> frozenset[str]:
        tested: frozenset[str] = frozenset()
        for part in parts:
            if group.op == "and" and tested:
                found.update(part)
            tested |= part
        return tested

    fold(root, leaf, join)
    return found


# --- all of them -----------------------------------------------------------------------------


def _spelling(extra: str) -> str:
    if extra == canonicalize_name(extra):
        return "normal"
    return "lower" if extra == extra.lower() else "mixed"


def dependency_features(
    requires: Sequence[tuple[int, str]],
    provides: Sequence[tuple[int, str]],
    defaults: Sequence[int],
    project: str,
    request: AskedExtras,
    found: Found,
) -> None:
    """Add the features of a document's requirements and extras to *found*.

    ``requires`` and ``provides`` are the values of Requires-Dist and
    Provides-Extra with their numbers, ``defaults`` the numbers of Default-Extra;
    ``project`` is the document's name, normalised; ``request`` is what is asked for.
    """
    listed: dict[str, list[str]] = {}
    for _, value in provides:
        listed.setdefault(canonicalize_name(value), []).append(value)
    known = set(listed)
    for index, value in requires:
        line = _requirement_line(value, project)
        known |= line.names
        for kind, extras in line.kinds.items():
            relation = request.relation(_normalised(extras))
            found.add(f"{kind}@{relation}" if kind in WITH_RELATION else kind, index)
        if line.own:
            found.add(f"self-reference@{request.relation(line.names)}", index)
        _spelling_features(line, index, listed, request, found)
    _provided_features(provides, request, found)
    for index in defaults:
        relation = "extra" if request.extras else "empty" if request.brackets else "bare"
        found.add(f"default-extra@{relation}", index)
    if request.names - known:
        found.add("request-unknown-extra")


def _spelling_features(
    line: _Line, index: int, listed: Mapping[str, list[str]], request: AskedExtras, found: Found
) -> None:
    """Add how the extras of an equality are spelled in the three places that have to agree."""
    for extra in line.kinds.get("extra-equality", ()):
        name = canonicalize_name(extra)
        same = listed.get(name)
        if same is None:
            relation = request.relation(frozenset({name}))
            found.add(f"extra-not-provided@{relation}", index)
            continue
        provided = extra if extra in same else same[0]
        for asked in request.extras:
            if canonicalize_name(asked) == name:
                three = [_spelling(text) for text in (provided, extra, asked)]
                if set(three) != {"normal"}:
                    found.add(f"extra-spelling-{'-'.join(three)}", index)


def _provided_features(
    provides: Sequence[tuple[int, str]], request: AskedExtras, found: Found
) -> None:
    seen: dict[str, tuple[int, str]] = {}
    for index, value in provides:
        if not is_name(value):
            found.add("extra-name-invalid", index)
            continue
        name = canonicalize_name(value)
        if name in seen and seen[name][1] != value:
            found.add("extras-clash", seen[name][0], index)
            for asked in request.extras:
                if canonicalize_name(asked) == name:
                    how = "normal" if asked == name else "unnormalised"
                    found.add(f"extras-clash-{how}", index)
        seen.setdefault(name, (index, value))
