"""The pictures of the algebra lab as SVG."""

from __future__ import annotations

import functools

from trigpoint.labs import svg
from trigpoint.labs.algebra.pictures import Box, Picture
from trigpoint.labs.markup import Markup, element

__all__ = ["draw"]


@functools.lru_cache(maxsize=4)
def draw(picture: Picture) -> Markup:
    """Return *picture* as SVG with its words beside it.

    The last few are kept, since a keystroke changes one line of many.
    """
    caption = element("figcaption", {}, picture.title)
    words = element("p", {"class": "tp-hint"}, picture.description)
    if not picture.boxes:
        return element("figure", {"class": "tp-picture"}, caption, words)
    drawing = svg.drawing(
        picture.width,
        picture.height,
        f"{picture.title}. {picture.description}",
        [
            svg.line(each.x1, each.y1, each.x2, each.y2, kind=f"tp-edge tp-to-{each.kind}")
            for each in picture.edges
        ],
        [
            svg.text(each.x1, each.y1 + 14, each.text, kind="tp-edge-text")
            for each in picture.edges
            if each.text
        ],
        [_box(each) for each in picture.boxes],
    )
    return element(
        "figure",
        {"class": "tp-picture"},
        caption,
        element("div", {"class": "tp-scroll", "tabindex": 0}, drawing),
        element("details", {}, element("summary", {}, "In words"), words),
    )


def _box(box: Box) -> Markup:
    inside = 8 if box.kind == "side" else box.width / 2
    return svg.group(
        f"tp-box tp-box-{box.kind}",
        svg.rect(box.x, box.y, box.width, box.height, round_by=4),
        svg.text(box.x + inside, box.y + box.height / 2 + 4.5, box.text),
    )
