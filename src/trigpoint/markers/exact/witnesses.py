"""From a path through a diagram to an environment that takes it.

**Idea.** A path says, axis by axis, between which cuts a version lies, which text a value
is or is not, and which tests of a text hold.  :func:`find` walks the paths that
end in TRUE, depth first and plain values before others, and makes values for the first
one that is possible.  Likely values are tried, and where none will do
:mod:`trigpoint.markers.exact.texts` searches.

**Invariant.** An axis is settled when a path leaves it, so what follows does not depend
on how its questions were answered, and is walked once.  None means that no environment
exists.

**Cost.** Linear in the nodes, but for the tests of one text: each way to answer them is
a path, and may take a search.  One question has :data:`~trigpoint.markers.exact.texts.MOST_STEPS`
for all of it; more raises :exc:`~trigpoint.markers.exact.texts.Undecided`.

>>> from trigpoint.markers import Marker
>>> marker = Marker("python_version > '3.13' and 'rc' in python_full_version and extra == 'gui'")
>>> found = find(marker.meaning.node)
>>> found["python_full_version"], found["python_version"], found["extras"], found["os_name"]
('3.14.0rc1', '3.14', frozenset({'gui'}), 'posix')
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from packaging.version import Version

from trigpoint import versions
from trigpoint.markers.exact.axes import (
    FREE_TEXT,
    Place,
    read_cut,
    version_position,
)
from trigpoint.markers.exact.axis_names import (
    CODE,
    CODES,
    CONTAINS,
    CONTAINS_FULL,
    CONTAINS_MINOR,
    EQUALS,
    EXTRAS,
    GROUPS,
    INSIDE,
    NAME,
    PYTHON,
    RELEASES,
    STEM,
    VARIABLES,
)
from trigpoint.markers.exact.lowering import full_text, has_full_text, place_in_text
from trigpoint.markers.exact.nodes import (
    CUTS,
    FALSE,
    FLAG,
    TEXT,
    TRUE,
    Node,
    atom_holds,
    name_of,
    nodes,
)
from trigpoint.markers.exact.restrict import minor_of
from trigpoint.markers.exact.texts import Demand, Effort, in_case, part_of, spelling

__all__ = ["USUAL", "Path", "find"]

USUAL = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "6.8.0-134-generic",
    "platform_system": "Linux",
    "platform_version": "#134-Ubuntu SMP",
    "python_version": "3.13",
    "python_full_version": "3.13.0",
    "implementation_name": "cpython",
    "implementation_version": "3.13.0",
}
"""What a witness says where nothing is asked."""

_LIKELY = {
    CODES["os_name"]: ("nt", "java"),
    CODES["sys_platform"]: ("win32", "darwin", "cygwin", "emscripten", "ios", "android", "wasi"),
    CODES["platform_system"]: ("Windows", "Darwin", "FreeBSD", "Emscripten", "iOS", "Android"),
    CODES["platform_machine"]: ("arm64", "AMD64", "aarch64", "ppc64le", "s390x", "i686", "wasm32"),
    CODES["platform_python_implementation"]: ("PyPy", "GraalVM"),
    CODES["implementation_name"]: ("pypy", "graalpy"),
    CODES["implementation_version"]: ("3.14.0", "7.3.20"),
    CODES["platform_release"]: ("11", "25.5.0", "6.8.0-1021-aws"),
    CODES["platform_version"]: ("10.0.26100", "Darwin Kernel Version 25.5.0", "#1 SMP"),
}
"""What is tried next where somebody asks for another text."""

_LIKELY_VERSIONS = (
    *("3.14.0", "3.12.0", "3.11.0", "3.10.0", "3.9.0", "3.8.0", "3.7.0", "2.7.18", "3.13.1"),
    *("3.14.0rc1", "3.14.0b1", "3.14.0a1", "3.14.0.dev0", "3.13.0+local"),
)

_LABEL = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*\Z").match

_STEPS_A_VISIT = 20
"""What a node on a path counts, among the steps of machines that look for texts."""

_STEPS_A_VALUE = 500
"""What trying the likely values of one axis counts."""


class Axis:
    """What a path says about one axis."""

    __slots__ = ("atoms", "excluded", "lower", "upper", "value")

    def __init__(self) -> None:
        self.lower: bytes | None = None
        self.upper: bytes | None = None
        self.value: str | None = None
        self.excluded: set[str] = set()
        self.atoms: list[tuple[str, str, bool]] = []

    def admits(self, text: str, minor: str = "") -> bool:
        """Say whether *text* passes the tests and is not excluded."""
        if text in self.excluded:
            return False
        return all(
            atom_holds(family, literal, minor if family == CONTAINS_MINOR else text) is wanted
            for family, literal, wanted in self.atoms
        )

    def demands(self) -> frozenset[Demand]:
        """Return what a text has to pass."""
        found = {Demand(*atom) for atom in self.atoms}
        return frozenset(found | {Demand(":", text, False) for text in self.excluded})

    def spans(self, place: bytes) -> bool:
        """Say whether *place* is between the cuts."""
        return (self.lower is None or self.lower <= place) and (
            self.upper is None or place < self.upper
        )


class Path(NamedTuple):
    """One step of a path, with the steps before it: the answer *choice* to *node*."""

    before: Path | None
    node: Node
    choice: int


def find(root: Node) -> dict[str, str | frozenset[str]] | None:
    """Return an environment in which *root* holds, or None if there is none.

    It has every marker variable, and ``extras`` and ``dependency_groups``.  Raises
    :exc:`~trigpoint.markers.exact.texts.Undecided` for what takes too long.
    """
    effort = Effort()
    # Where all questions about a variable follow each other, what comes after them does
    # not depend on how they were answered: one visit is enough.
    together = _in_one_place(root)
    visited: set[Node] = set()
    stack: list[tuple[Node, Path | None]] = [(root, None)]
    while stack:
        node, path = stack.pop()
        if node is FALSE:
            continue
        effort.spend(_STEPS_A_VISIT)
        if path is not None and _leaves(path, node):
            if node in visited:
                continue
            # The axis is left: whether its value exists is settled now.
            code = path.node.axis[CODE]
            if (
                code not in (EXTRAS, GROUPS)
                and _may_be_impossible(path)
                and _value(code, _collect(path, code).get(code), effort) is None
            ):
                continue
            if together and node is not TRUE:
                visited.add(node)
        if node is TRUE:
            made = _environment(path, effort)
            if made is not None:
                return made
            continue
        order = range(len(node.kids)) if node.kind == FLAG else _preference(node)
        # The stack gives back last what was put first.
        stack.extend((node.kids[i], Path(path, node, i)) for i in reversed(order))
    return None


def _leaves(path: Path, node: Node) -> bool:
    """Say whether *node*, after *path*, asks about something else than the last of *path*."""
    return node is TRUE or name_of(node) != name_of(path.node)


def _may_be_impossible(path: Path) -> bool:
    """Say whether the last axis of *path* was asked something that diagrams leave open."""
    code = path.node.axis[CODE]
    step: Path | None = path
    while step is not None and step.node.axis[CODE] == code:
        if step.node.lazy:
            return True
        step = step.before
    return False


def _in_one_place(root: Node) -> bool:
    """Say whether all questions about a variable have the same place among the axes."""
    stems = {node.axis[STEM] for node in nodes(root) if node.kind != FLAG}
    return len(stems) == len({stem[CODE] for stem in stems})


def _usual(code: str) -> str:
    """Return what a witness says of the axis *code* where nothing is asked."""
    return USUAL["python_full_version"] if code == PYTHON else USUAL[VARIABLES[code]]


def _preference(node: Node) -> list[int]:
    """Return the answers of *node*, those that make a plain witness first."""
    count = len(node.kids)
    if node.kind == CUTS:
        usual = place_in_text(_usual(node.axis[CODE]))
        likely = sum(1 for cut in node.cuts if cut <= usual)
        return sorted(range(count), key=lambda i: (abs(i - likely), -i))
    if node.kind == TEXT:
        usual_text = _usual(node.axis[CODE])
        if usual_text in node.cuts:
            likely = node.cuts.index(usual_text) + 1
            return [likely, *(i for i in range(count) if i != likely)]
        return [*range(1, count), 0]
    return list(range(count))


def _collect(path: Path | None, only: str = "") -> dict[str, Axis]:
    """Gather what *path* says about each axis, or about the axis *only*."""
    found: dict[str, Axis] = {}
    while path is not None:
        node, choice = path.node, path.choice
        code = node.axis[CODE]
        if only and code != only:
            break
        if node.kind != FLAG:
            axis = found.setdefault(code, Axis())
            if node.kind == CUTS:
                axis.lower = node.cuts[choice - 1] if choice else None
                axis.upper = node.cuts[choice] if choice < len(node.cuts) else None
            elif node.kind == TEXT:
                if choice:
                    axis.value = node.cuts[choice - 1]
                else:
                    axis.excluded.update(node.cuts)
            else:
                axis.atoms.append((*node.cuts, bool(choice)))
        path = path.before
    return found


def _environment(path: Path | None, effort: Effort) -> dict[str, str | frozenset[str]] | None:
    names: dict[str, list[str]] = {GROUPS: [], EXTRAS: []}
    step = path
    while step is not None:
        if step.node.kind == FLAG and step.choice:
            names[step.node.axis[CODE]].append(step.node.axis[NAME])
        step = step.before
    made: dict[str, str | frozenset[str]] = {**USUAL}
    asked = _collect(path)
    for code, axis in asked.items():
        value = _value(code, axis, effort)
        if value is None:
            return None
        if code == PYTHON:
            made["python_full_version"] = value
            made["python_version"] = minor_of(versions.version(value))
            if CODES["implementation_version"] not in asked:
                made["implementation_version"] = value
        else:
            made[VARIABLES[code]] = value
    made["extras"] = frozenset(names[EXTRAS])
    made["dependency_groups"] = frozenset(names[GROUPS])
    return made


def _value(code: str, axis: Axis | None, effort: Effort) -> str | None:
    """Return a value of the axis *code* that *axis* allows, or None if there is none."""
    effort.spend(_STEPS_A_VALUE)
    if axis is None:
        return _usual(code)
    if code == PYTHON:
        for version in itertools.chain(_versions(axis), _labelled(axis)):
            text = full_text(version)
            if has_full_text(version) and axis.admits(text, minor_of(version)):
                return text
        return spelling(axis.lower, axis.upper, axis.demands(), True, effort)
    if axis.value is not None:
        fits = axis.admits(axis.value) and axis.spans(place_in_text(axis.value))
        return axis.value if fits else None
    if code not in RELEASES or axis.upper is None or axis.upper > FREE_TEXT:
        for text in _texts(axis, code, effort):
            if axis.admits(text) and (code not in RELEASES or axis.spans(place_in_text(text))):
                return text
    if code in RELEASES and (axis.lower is None or axis.lower < FREE_TEXT):
        for version in itertools.chain(_versions(axis), _labelled(axis)):
            if axis.admits(str(version)):
                return str(version)
        upper = None if axis.upper == FREE_TEXT else axis.upper
        return spelling(axis.lower, upper, axis.demands(), False, effort)
    return None


def _texts(axis: Axis, code: str, effort: Effort) -> Iterator[str]:
    """Yield texts for the axis *code*, so that one of them passes if any text does.

    On an axis that has versions too, that is: any text that is none.
    """
    yield _usual(code)
    yield from _LIKELY[code]
    demands = axis.demands()
    if code in RELEASES:
        demands |= {Demand("v", "", False)}
    inside = [literal for family, literal, wanted in axis.atoms if wanted and family == INSIDE]
    if inside:
        yield min(inside, key=len)
        if (text := part_of(min(inside, key=len), demands, effort)) is not None:
            yield text
        return
    same = [literal for family, literal, wanted in axis.atoms if wanted and family == EQUALS]
    if same:
        if (text := in_case(same[0], demands, effort)) is not None:
            yield text
        return
    needles = [literal for family, literal, wanted in axis.atoms if wanted and family == CONTAINS]
    seen = "".join([*axis.excluded, *(literal for _, literal, _ in axis.atoms)])
    if len(needles) == 1:
        yield needles[0]
    for fresh in _fresh(seen):
        yield fresh.join(needles) if len(needles) > 1 else fresh + "".join(needles)


def _fresh(seen: str) -> Iterator[str]:
    """Yield letters that are not in *seen*, and make no version."""
    for char in "-~xyzwq*#":
        if char not in seen:
            yield char
    yield next(char for number in itertools.count(0x2600) if (char := chr(number)) not in seen)


def _versions(axis: Axis) -> Iterator[Version]:
    """Yield versions between the cuts of *axis*, plain ones first."""
    return (version for version in _near(axis) if axis.spans(version_position(version)))


def _near(axis: Axis) -> Iterator[Version]:
    yield versions.version(USUAL["python_full_version"])
    lower = read_cut(axis.lower) if axis.lower is not None else None
    upper = read_cut(axis.upper) if axis.upper not in (None, FREE_TEXT) else None
    ends = [end for end in (lower, upper) if end is not None]
    for end in ends:
        yield from _around(end)
    yield from map(versions.version, _LIKELY_VERSIONS)
    if lower is None:
        yield versions.version("0.dev0")


def _labelled(axis: Axis) -> Iterator[Version]:
    """Yield versions whose local label holds every needle that is wanted, if it can."""
    needles = [
        literal.lower()
        for family, literal, wanted in axis.atoms
        if wanted and family in (CONTAINS, CONTAINS_FULL)
    ]
    # A letter in front keeps the zeros of what would be a number else.
    for label in (".".join(needles), ".".join(f"x{needle}" for needle in needles)):
        if needles and _LABEL(label):
            for version in _versions(axis):
                labelled = version.__replace__(local=label)
                if axis.spans(version_position(labelled)):
                    yield labelled


def _around(end: Place) -> Iterator[Version]:
    version = end.version
    release = (*version.release, 0, 0)[: max(3, len(version.release))]
    final = Version.from_parts(epoch=version.epoch, release=release)
    yield final
    for last in (1, -1):
        if release[-1] + last >= 0:
            yield final.__replace__(release=(*release[:-1], release[-1] + last))
    if release[1]:
        yield final.__replace__(release=(release[0], release[1] - 1, 0))
    yield version
    if version.local is None:
        yield version.__replace__(local="local")
    yield final.__replace__(post=0)
    # Between two cuts that are nearer to each other.
    yield final.__replace__(release=(*release, 0, 1))
