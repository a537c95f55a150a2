"""Sizes as areas: rectangles that fill one, each as near to a square as it goes.

Idea: parts are laid in rows along the shorter side of what is left, and a row takes parts
as long as its worst one gets squarer by that.

Cost: linear in the parts.

Source: Bruls, Huizing and van Wijk, "Squarified Treemaps", 2000.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trigpoint.labs import svg
from trigpoint.labs.markup import Markup
from trigpoint.labs.wheels.data import TileRow

__all__ = ["Box", "boxes", "draw"]

_WIDTH = 440
_HEIGHT = 220
_LETTER = 7.2
"""Units that a letter takes, on the safe side."""


class Box(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


def boxes(sizes: Sequence[float], box: Box) -> list[Box]:
    """Return a rectangle for each of *sizes*, above zero and largest first, that fill *box*.

    >>> boxes([3, 1], Box(0, 0, 4, 1))
    [Box(x=0, y=0, width=3.0, height=1.0), Box(x=3.0, y=0, width=1.0, height=1.0)]
    """
    found: list[Box] = []
    scale = box.width * box.height / (sum(sizes) or 1)
    areas = [size * scale for size in sizes]
    at = 0
    while at < len(areas):
        side = min(box.width, box.height)
        end = at + 1
        total = areas[at]
        while end < len(areas):
            more = total + areas[end]
            # The worst part of a row is its first, the largest, or its last.
            if _worst(areas[at], areas[end], more, side) > _worst(
                areas[at], areas[end - 1], total, side
            ):
                break
            total = more
            end += 1
        box = _lay(areas[at:end], total, box, found)
        at = end
    return found


def _worst(largest: float, smallest: float, total: float, side: float) -> float:
    square = total * total
    wide = side * side
    return max(wide * largest / square, square / (wide * smallest))


def _lay(areas: Sequence[float], total: float, box: Box, found: list[Box]) -> Box:
    """Lay a row of *areas*, *total* together, into *box*, and return what is left of it."""
    x, y, width, height = box
    if width >= height:
        thick = total / height
        for area in areas:
            found.append(Box(x, y, thick, area / thick))
            y += area / thick
        return Box(x + thick, box.y, max(width - thick, 1e-9), height)
    thick = total / width
    for area in areas:
        found.append(Box(x, y, area / thick, thick))
        x += area / thick
    return Box(box.x, y + thick, width, max(height - thick, 1e-9))


def draw(tiles: Sequence[TileRow], label: str) -> Markup:
    """Return *tiles* as a picture, which *label* says in words."""
    placed = boxes([each.size for each in tiles], Box(0, 0, _WIDTH, _HEIGHT))
    return svg.drawing(
        _WIDTH,
        _HEIGHT,
        label,
        [_tile(tile, box) for tile, box in zip(tiles, placed, strict=True)],
        kind="tp-treemap",
    )


def _tile(tile: TileRow, box: Box) -> Markup:
    name = tile.path.rstrip("/").rpartition("/")[2]
    fits = box.height > 18 and box.width > len(name) * _LETTER + 8
    return svg.group(
        f"tp-tile tp-tile-{tile.scheme or 'none'}",
        svg.rect(
            box.x + 1, box.y + 1, max(box.width - 2, 0.5), max(box.height - 2, 0.5), round_by=2
        ),
        svg.text(box.x + 6, box.y + 15, name) if fits else None,
    )
