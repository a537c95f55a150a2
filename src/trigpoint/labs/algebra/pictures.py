"""Pictures of what a marker means: its decision diagram, and a map of where it holds.

A picture is boxes and lines with their places, so that it travels as JSON; the
last step to SVG is :mod:`trigpoint.labs.algebra.drawing`.  Each has its content in words too.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from trigpoint.markers import Marker
from trigpoint.markers.exact.axes import Shape
from trigpoint.markers.exact.axis_names import (
    CODE,
    CODES,
    NAME,
    PYTHON,
)
from trigpoint.markers.exact.nodes import ATOM, CUTS, FALSE, FLAG, TEXT, TRUE, Node, nodes
from trigpoint.markers.meaning.environments import ENVIRONMENTS, PLATFORMS
from trigpoint.markers.writing.spelling import (
    CannotSpell,
    spell_atom,
    spell_name,
    spell_shape,
    write_words,
)

__all__ = ["MOST_NODES", "Box", "Edge", "Picture", "diagram", "where_it_holds"]

MOST_NODES = 40
"""Questions of a diagram that is drawn; a larger one is only counted."""

_LETTER = 7.3
_ROW = 84
_HEIGHT = 26
_GAP = 26


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with a text in its middle; ``kind`` is what it looks like."""

    x: float
    y: float
    width: float
    height: float
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one place to another, with a text near its start."""

    x1: float
    y1: float
    x2: float
    y2: float
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: ``title`` names it, ``description`` says what it shows in words."""

    title: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


# A node in a row; in a row above its own, where a line to it passes.
_Stop = tuple[Node, int]
_Place = tuple[float, float, float]

# -- the decision diagram ---------------------------------------------------------------

_NAMES = {code: name for name, code in reversed(CODES.items())} | {PYTHON: "python version"}


def _question(node: Node) -> str:
    code = node.axis[CODE]
    if node.kind == FLAG:
        return write_words(spell_name(code, node.axis[NAME], True, "extra"))
    if node.kind == ATOM:
        family, literal = node.cuts
        return write_words(spell_atom(code, family, literal, True))
    return _NAMES[code]


def _answers(node: Node) -> list[tuple[str, Node]]:
    """Return the answers that lead to each different node, in words."""
    if node.kind in (FLAG, ATOM):
        return [("no", node.kids[0]), ("yes", node.kids[1])]
    kids = list(dict.fromkeys(node.kids))
    if node.kind == TEXT:
        return [
            (
                " or ".join(
                    "other" if i == 0 else node.cuts[i - 1]
                    for i in range(len(node.kids) - 1, -1, -1)
                    if node.kids[i] is kid
                ),
                kid,
            )
            for kid in kids
        ]
    assert node.kind == CUTS
    return [(_stretch(node, kid), kid) for kid in kids]


def _stretch(node: Node, kid: Node) -> str:
    shape = Shape(node.cuts, tuple(each is kid for each in node.kids))
    try:
        text = write_words(spell_shape(node.axis[CODE], shape))
    except CannotSpell:
        return "between"
    for name in ("python_version ", "python_full_version ", f"{_NAMES[node.axis[CODE]]} "):
        text = text.replace(name, "")
    return text.replace('"', "")


def diagram(marker: Marker) -> Picture:
    """Draw the decision diagram of *marker*: questions from the top, the answer at the foot."""
    root = marker.meaning.node
    asked = sorted(nodes(root), key=lambda node: node.axis)
    title = "Decision diagram"
    if not asked:
        words = "The answer is always the same, so there is nothing to ask."
        return Picture(title, words, 0, 0, (), ())
    if len(asked) > MOST_NODES:
        words = f"The diagram asks {len(asked)} questions, too many to draw."
        return Picture(title, words, 0, 0, (), ())
    depth = {root: 0}
    for node in asked:  # an axis comes before those of its answers, so parents come first
        for kid in node.kids:
            depth[kid] = max(depth.get(kid, 0), depth[node] + 1)
    last = max(depth.values())
    depth |= {end: last for end in (FALSE, TRUE) if end in depth}
    places = _places(depth, last)
    width = max(x + w for x, _, w in places.values()) + _GAP
    boxes = []
    for node, level in depth.items():
        x, y, room = places[node, level]
        boxes.append(Box(x, y, room, _HEIGHT, _caption(node), _kind(node)))
    edges = [edge for node in asked for edge in _edges(node, depth, places)]
    said = [
        f"{_question(node)}? "
        + "; ".join(f"{text}: {_caption(kid)}" for text, kid in _answers(node))
        for node in asked
    ]
    return Picture(
        title, ". ".join(said) + ".", width, last * _ROW + _HEIGHT + 16, tuple(boxes), tuple(edges)
    )


def _caption(node: Node) -> str:
    return "true" if node is TRUE else "false" if node is FALSE else _question(node)


def _kind(node: Node) -> str:
    return "true" if node is TRUE else "false" if node is FALSE else "question"


def _edges(node: Node, depth: dict[Node, int], places: dict[_Stop, _Place]) -> Iterable[Edge]:
    """Draw the answers of *node*: a text under its box, and a line from there down to each kid."""
    level = depth[node]
    x, y, width = places[node, level]
    said = _answers(node)
    left = x + (width - sum(_room(text) for text, _ in said)) / 2
    for text, kid in said:
        at, foot = left + _room(text) / 2, y + _HEIGHT + 20
        left += _room(text)
        yield Edge(at, y + _HEIGHT, at, foot, text, _kind(kid))
        for below in range(level + 1, depth[kid] + 1):
            next_x, next_y, next_width = places[kid, below]
            centre = next_x + next_width / 2
            yield Edge(at, foot, centre, next_y, "", _kind(kid))
            if below < depth[kid]:
                at, foot = centre, next_y + _HEIGHT + 20
                yield Edge(centre, next_y, at, foot, "", _kind(kid))


def _room(text: str) -> float:
    return (len(text) + 2) * _LETTER


def _places(depth: dict[Node, int], last: int) -> dict[_Stop, _Place]:
    """Return left, top and width of each stop: nodes, and where lines to them pass a row."""
    above: dict[_Stop, list[_Stop]] = {(node, level): [] for node, level in depth.items()}
    for node, level in depth.items():
        for kid in dict.fromkeys(node.kids):
            stop: _Stop = (node, level)
            for below in range(level + 1, depth[kid] + 1):
                above.setdefault((kid, below), []).append(stop)
                stop = (kid, below)
    rows: list[list[_Stop]] = [[] for _ in range(last + 1)]
    for stop in sorted(above, key=lambda each: (each[1], each[0].axis, each[0] is TRUE)):
        rows[stop[1]].append(stop)
    places: dict[_Stop, _Place] = {}

    def middle(stop: _Stop) -> float:
        centres = [places[each][0] + places[each][2] / 2 for each in above[stop]]
        return sum(centres) / len(centres) if centres else 0.0

    for row in rows:
        # Lines to an end keep to its side, so that they do not cross the questions.
        row.sort(key=lambda stop: (_side(stop[0]), middle(stop)))
        x = float(_GAP)
        for stop in row:
            node, level = stop
            passing = depth[node] != level
            box = 6.0 if passing else len(_caption(node)) * _LETTER + 18
            said = _answers(node) if node.kids and not passing else []
            room = max(box, sum(_room(text) for text, _ in said))
            places[stop] = (x + (room - box) / 2, level * _ROW + 8.0, box)
            x += room + _GAP
    widest = max(x + width for x, _, width in places.values())
    for row in rows:
        end = max(places[stop][0] + places[stop][2] for stop in row)
        for stop in row:
            x, y, width = places[stop]
            places[stop] = (x + (widest - end) / 2, y, width)
    return places


def _side(node: Node) -> int:
    return -1 if node is FALSE else 1 if node is TRUE else 0


# -- the map ----------------------------------------------------------------------------

_MINORS = tuple(f"3.{minor}" for minor in range(8, 17))
_SHOWN = (
    "linux-x86_64",
    "linux-aarch64",
    "macos-arm64",
    "windows-x64",
    "android-arm64",
    "emscripten-wasm32",
)
_PYTHON = frozenset(
    {
        "python_version",
        "python_full_version",
        "implementation_version",
        "platform_release",
        "platform_version",
        "implementation_name",
        "platform_python_implementation",
    }
)
_SIGNS = {"true": "●", "false": "·", "part": "◐"}


@functools.cache
def _minor_versions() -> dict[str, Marker]:
    return {minor: Marker(f"python_version == '{minor}'") for minor in _MINORS}


def where_it_holds(marker: Marker) -> Picture:
    """Draw a map of *marker*: platforms down, minor versions of Python across.

    A cell is *true* or *false* where the marker's answer is settled by platform
    and minor version, and *part* where it still depends on something else.
    """
    minors = _minor_versions()
    left, top, cell = 126.0, 24.0, 32.0
    boxes = [Box(left + i * cell, 0, cell, top, minor, "head") for i, minor in enumerate(_MINORS)]
    said = []
    for row, platform in enumerate(_SHOWN):
        known = next(each for each in ENVIRONMENTS.values() if each.platform == platform)
        fixed = {name: value for name, value in known.items() if name not in _PYTHON}
        rest = marker.restrict(fixed)
        y = top + row * (_HEIGHT + 2)
        boxes.append(Box(0, y, left - 8, _HEIGHT, PLATFORMS[platform], "side"))
        answers = {}
        for i, (minor, column) in enumerate(minors.items()):
            kind = "false" if column.disjoint(rest) else "true" if column.implies(rest) else "part"
            answers[minor] = kind
            boxes.append(Box(left + i * cell, y, cell - 2, _HEIGHT, _SIGNS[kind], kind))
        said.append(f"{PLATFORMS[platform]}: {_sentence(answers.items())}")
    return Picture(
        "Where it holds: platform by Python version",
        "; ".join(said) + ".",
        left + len(_MINORS) * cell,
        top + len(_SHOWN) * (_HEIGHT + 2),
        tuple(boxes),
        (),
    )


def _sentence(answers: Iterable[tuple[str, str]]) -> str:
    answers = list(answers)
    words = {"true": "holds", "false": "does not hold", "part": "depends on more"}
    kinds = {kind for _, kind in answers}
    if len(kinds) == 1:
        return f"{words[kinds.pop()]} on all"
    return ", ".join(
        f"{words[kind]} on {' '.join(minor for minor, each in answers if each == kind)}"
        for kind in words
        if kind in kinds
    )
