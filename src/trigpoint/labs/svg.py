"""Drawings that escape by construction: the one way to SVG.

A drawing is made of the few shapes below, each placed in user units with the
origin at the top left, and wrapped once by :func:`drawing`.  Colours come from
the style sheet by ``kind``, a class; nothing here sets one, so that light, dark
and print need no second picture.  A drawing has its content in words too: it is
one image to a screen reader, and ``label`` is what that says.

>>> print(drawing(20, 10, "A bar", rect(0, 0, 12.5, 10, kind="tp-bar")))
<svg viewBox="0 0 20 10" width="20" height="10" role="img" aria-label="A bar"><rect class="tp-bar" x="0" y="0" width="12.5" height="10"></rect></svg>

Source: Scalable Vector Graphics (SVG) 2, basic shapes and text.
"""

from __future__ import annotations

from typing import Any, Literal

from trigpoint.labs.markup import Markup, element

__all__ = ["drawing", "group", "line", "rect", "text"]


def _unit(value: float) -> str:
    """Write a length with one decimal, which is finer than a screen shows."""
    return f"{value:.1f}".removesuffix(".0")


def drawing(
    width: float, height: float, label: str, *shapes: Any, kind: str | None = None
) -> Markup:
    """Return *shapes* as one image of *width* by *height* user units.

    *label* says in words what it shows; *kind* is its class.  Shapes are markup
    or iterables of it, later ones on top.
    """
    return element(
        "svg",
        {
            "class": kind,
            "viewBox": f"0 0 {width:.0f} {height:.0f}",
            "width": f"{width:.0f}",
            "height": f"{height:.0f}",
            "role": "img",
            "aria-label": label,
        },
        *shapes,
    )


def group(kind: str, *shapes: Any) -> Markup:
    """Return *shapes* that share the class *kind*."""
    return element("g", {"class": kind}, *shapes)


def line(x1: float, y1: float, x2: float, y2: float, *, kind: str | None = None) -> Markup:
    """Return a straight line from (*x1*, *y1*) to (*x2*, *y2*) with the class *kind*."""
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return element("line", {"class": kind, **{name: _unit(at) for name, at in ends.items()}})


def rect(
    x: float, y: float, width: float, height: float, *, round_by: float = 0, kind: str | None = None
) -> Markup:
    """Return a rectangle with its top left corner at (*x*, *y*).

    *width* and *height* are its sides, *round_by* the radius of its corners,
    *kind* its class.
    """
    return element(
        "rect",
        {
            "class": kind,
            "x": _unit(x),
            "y": _unit(y),
            "rx": _unit(round_by) if round_by else None,
            "width": _unit(width),
            "height": _unit(height),
        },
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: Literal["start", "middle", "end"] | None = None,
    kind: str | None = None,
) -> Markup:
    """Return *words* whose base line is at *y*.

    *anchor* says which of their ends is at *x*; without it, the style sheet
    does.  *kind* is their class.
    """
    return element(
        "text", {"class": kind, "x": _unit(x), "y": _unit(y), "text-anchor": anchor}, words
    )
