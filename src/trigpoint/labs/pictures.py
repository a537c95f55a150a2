"""Pictures of what a marker means: its decision diagram, and a map of where it holds.

A picture is boxes and lines with their places, so that it travels as JSON; the
last step to SVG is :func:`draw`.  Each has its content in words too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trigpoint.labs.markup import Markup, element
from trigpoint.markers import Marker
from trigpoint.markers.axes import CODES, Shape
from trigpoint.markers.environments import ENVIRONMENTS, PLATFORMS
from trigpoint.markers.questions import ATOM, CUTS, FALSE, FLAG, TEXT, TRUE, Node, nodes
from trigpoint.markers.spelling import (
    CannotSpell,
    spell_atom,
    spell_name,
    spell_shape,
    write_words,
)

__all__ = ["Box", "Edge", "Picture", "diagram", "draw", "where_it_holds"]

_MOST_NODES = 40
_LETTER = 7.3
_ROW = 64
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


# -- the decision diagram ---------------------------------------------------------------

_NAMES = {code: name for name, code in reversed(CODES.items())} | {"a": "python version"}


def _question(node: Node) -> str:
    code = node.axis[1]
    if node.kind == FLAG:
        return write_words(spell_name(code, node.axis[2:], True, "extra"))
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
            (" or ".join("other" if i == 0 else node.cuts[i - 1]
                         for i in range(len(node.kids) - 1, -1, -1) if node.kids[i] is kid), kid)
            for kid in kids
        ]  # fmt: skip
    assert node.kind == CUTS
    return [(_stretch(node, kid), kid) for kid in kids]


def _stretch(node: Node, kid: Node) -> str:
    shape = Shape(node.cuts, tuple(each is kid for each in node.kids))
    try:
        text = write_words(spell_shape(node.axis[1], shape))
    except CannotSpell:
        return "between"
    for name in ("python_version ", "python_full_version ", f"{_NAMES[node.axis[1]]} "):
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
    if len(asked) > _MOST_NODES:
        words = f"The diagram asks {len(asked)} questions, too many to draw."
        return Picture(title, words, 0, 0, (), ())
    depth = {root: 0}
    for node in asked:  # an axis comes before those of its answers, so parents come first
        for kid in node.kids:
            depth[kid] = max(depth.get(kid, 0), depth[node] + 1)
    last = max(depth.values())
    depth |= {end: last for end in (FALSE, TRUE) if end in depth}
    if any(depth[node] == last for node in asked):
        last += 1
        depth |= {end: last for end in (FALSE, TRUE) if end in depth}
    places = _places(depth, last)
    width = max(x + w for x, _, w in places.values()) + _GAP
    boxes = [
        Box(x, y, w, _HEIGHT, _caption(node), _kind(node)) for node, (x, y, w) in places.items()
    ]
    edges = []
    for node in asked:
        x, y, w = places[node]
        answers = _answers(node)
        for i, (text, kid) in enumerate(answers):
            kid_x, kid_y, kid_w = places[kid]
            start = x + w * (i + 1) / (len(answers) + 1)
            edges.append(Edge(start, y + _HEIGHT, kid_x + kid_w / 2, kid_y, text, _kind(kid)))
    said = [
        f"{_question(node)}? "
        + "; ".join(f"{text}: {_caption(kid)}" for text, kid in _answers(node))
        for node in asked
    ]
    return Picture(
        title, ". ".join(said) + ".", width, (last + 1) * _ROW, tuple(boxes), tuple(edges)
    )


def _caption(node: Node) -> str:
    return "true" if node is TRUE else "false" if node is FALSE else _question(node)


def _kind(node: Node) -> str:
    return "true" if node is TRUE else "false" if node is FALSE else "question"


def _places(depth: dict[Node, int], last: int) -> dict[Node, tuple[float, float, float]]:
    """Return left, top and width of each node: a row a depth, under the middle of its parents."""
    rows: list[list[Node]] = [[] for _ in range(last + 1)]
    for node in sorted(depth, key=lambda each: (depth[each], each.axis, each is TRUE)):
        rows[depth[node]].append(node)
    parents: dict[Node, list[Node]] = {}
    for node in depth:
        for kid in node.kids:
            parents.setdefault(kid, []).append(node)
    places: dict[Node, tuple[float, float, float]] = {}
    for i, row in enumerate(rows):

        def middle(node: Node) -> float:
            above = [places[each] for each in parents.get(node, ()) if each in places]
            return sum(x + w / 2 for x, _, w in above) / len(above) if above else 0.0

        row.sort(key=middle)
        x = float(_GAP)
        for node in row:
            said = _answers(node) if node.kids else []
            room = sum((len(text) + 3) * _LETTER for text, _ in said)
            box = len(_caption(node)) * _LETTER + 18
            left = x + max(0.0, room - box) / 2
            places[node] = (left, i * _ROW + 8.0, box)
            x = max(x + room, left + box) + _GAP
    widest = max(x + w for x, _, w in places.values())
    for row in rows:
        if row:
            shift = (widest - max(places[node][0] + places[node][2] for node in row)) / 2
            for node in row:
                x, y, w = places[node]
                places[node] = (x + shift, y, w)
    return places


# -- the map ----------------------------------------------------------------------------

_MINORS = tuple(f"3.{minor}" for minor in range(8, 17))
_SHOWN = ("linux-x86_64", "linux-aarch64", "macos-arm64", "windows-x64", "android-arm64",
          "emscripten-wasm32")  # fmt: skip
_PYTHON = frozenset(
    {"python_version", "python_full_version", "implementation_version", "platform_release",
     "platform_version", "implementation_name", "platform_python_implementation"}
)  # fmt: skip
_SIGNS = {"true": "●", "false": "·", "part": "◐"}


def where_it_holds(marker: Marker) -> Picture:
    """Draw a map of *marker*: platforms down, minor versions of Python across.

    A cell is *true* or *false* where the marker's answer is settled by platform
    and minor version, and *part* where it still depends on something else.
    """
    minors = {minor: Marker(f"python_version == '{minor}'") for minor in _MINORS}
    left, top, cell = 118.0, 24.0, 46.0
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
            boxes.append(
                Box(left + i * cell, y, cell - 2, _HEIGHT, _SIGNS[kind], kind)
            )  # fmt: skip
        said.append(f"{PLATFORMS[platform]}: {_sentence(answers.items())}")
    return Picture(
        "Where it holds: platform by Python version", "; ".join(said) + ".",
        left + len(_MINORS) * cell, top + len(_SHOWN) * (_HEIGHT + 2), tuple(boxes), (),
    )  # fmt: skip


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


# -- drawing ----------------------------------------------------------------------------


def draw(picture: Picture) -> Markup:
    """Return *picture* as SVG with its words beside it."""
    words = element("p", {"class": "tp-hint"}, picture.description)
    if not picture.boxes:
        return element(
            "figure", {"class": "tp-picture"}, element("figcaption", {}, picture.title), words
        )
    size = f"0 0 {picture.width:.0f} {picture.height:.0f}"
    lines = [
        element(
            "line",
            {
                "class": f"tp-edge tp-to-{edge.kind}",
                "x1": _number(edge.x1),
                "y1": _number(edge.y1),
                "x2": _number(edge.x2),
                "y2": _number(edge.y2),
            },
        )
        for edge in picture.edges
    ]
    labels = [
        element(
            "text",
            {
                "class": "tp-edge-text",
                "x": _number(edge.x1 + (edge.x2 - edge.x1) * 0.38),
                "y": _number(edge.y1 + (edge.y2 - edge.y1) * 0.38 + 4),
            },
            edge.text,
        )
        for edge in picture.edges
        if edge.text
    ]
    boxes = [
        element(
            "g",
            {"class": f"tp-box tp-box-{box.kind}"},
            element(
                "rect",
                {
                    "x": _number(box.x),
                    "y": _number(box.y),
                    "rx": "4",
                    "width": _number(box.width),
                    "height": _number(box.height),
                },
            ),
            element(
                "text",
                {
                    "x": _number(box.x + (8 if box.kind == "side" else box.width / 2)),
                    "y": _number(box.y + box.height / 2 + 4.5),
                },
                box.text,
            ),
        )
        for box in picture.boxes
    ]
    drawing = element(
        "svg", {"viewBox": size, "width": f"{picture.width:.0f}", "height": f"{picture.height:.0f}",
                "role": "img", "aria-label": f"{picture.title}. {picture.description}"},
        lines, labels, boxes,
    )  # fmt: skip
    return element(
        "figure", {"class": "tp-picture"},
        element("figcaption", {}, picture.title),
        element("div", {"class": "tp-scroll", "tabindex": 0}, drawing),
        element("details", {}, element("summary", {}, "In words"), words),
    )  # fmt: skip


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
