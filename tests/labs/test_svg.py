"""Drawings: a few shapes, escaped, with words for whoever does not see them."""

from __future__ import annotations

import pytest

from trigpoint.labs import svg
from trigpoint.labs.markup import Markup


def test_a_drawing_says_what_it_shows() -> None:
    """One image for a screen reader, as large as it was asked to be."""
    found = str(svg.drawing(20.4, 10, 'a "b"', svg.group("tp-x", svg.line(0, 1, 2.25, 3))))
    assert found == (
        '<svg viewBox="0 0 20 10" width="20" height="10" role="img" aria-label="a &quot;b&quot;">'
        '<g class="tp-x"><line x1="0" y1="1" x2="2.2" y2="3"></line></g></svg>'
    )


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (svg.rect(1, 2, 3, 4.04), '<rect x="1" y="2" width="3" height="4"></rect>'),
        (
            svg.rect(0, 0, 1, 1, round_by=4, kind="k"),
            '<rect class="k" x="0" y="0" rx="4" width="1" height="1"></rect>',
        ),
        (svg.text(1, 2, "a<b"), '<text x="1" y="2">a&lt;b</text>'),
        (
            svg.text(1, 2, "a", anchor="end", kind="k"),
            '<text class="k" x="1" y="2" text-anchor="end">a</text>',
        ),
        (svg.line(0, 0, 1, 1, kind="k"), '<line class="k" x1="0" y1="0" x2="1" y2="1"></line>'),
    ],
)
def test_shapes(shape: Markup, expected: str) -> None:
    """Each shape is one element; what is not given is left out."""
    assert expected == str(shape)
