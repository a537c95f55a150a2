"""A picture of each page for those who get a link to it: its title, its kind, and one sentence.

Chats and search engines want the whole address of the picture, so there are pictures only where
the address of the site is known.  Whether each page fits on its card is looked at in any build.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from PIL import Image, ImageDraw, ImageFont
from sphinx.util import logging
from trigpoint_search import KINDS, kind
from trigpoint_twins import DESCRIPTION

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = [
    "FOLDER",
    "LARGEST",
    "SIZE",
    "Card",
    "Layout",
    "card",
    "complaint",
    "draw",
    "lay_out",
    "sentence",
    "setup",
]

logger = logging.getLogger(__name__)

SIZE: Final = (1200, 630)
"""Pixels, as those who show cards ask for."""
LARGEST: Final = 25_000
"""Bytes of a card."""
FOLDER: Final = "_static/cards"

_EDGE: Final = 80
_WIDTH: Final = SIZE[0] - 2 * _EDGE
_TOP: Final = 176
_HEIGHT: Final = SIZE[1] - _EDGE - _TOP
"""What the title and the sentence have for themselves."""

TITLES: Final = (80, 72, 64, 56, 48, 42)
SENTENCES: Final = (36, 32, 28)
"""Heights of letters, in pixels; the first that fit are taken."""
_LEADING: Final = 1.22
_BETWEEN: Final = 30
_LABEL: Final = 34

_PAPER: Final = (250, 251, 253)
_CONTOUR: Final = (228, 235, 243)
_INK: Final = (23, 29, 38)
_MUTED: Final = (84, 94, 108)
_ACCENT: Final = (29, 95, 168)
"""Colours of the site in the light."""

_STEPS: Final = {_INK: 6, _MUTED: 4, _ACCENT: 4}
"""How many shades lead from the paper to each colour: with paper and contours they are 16."""

_JOINT: Final = re.compile(r"(?<=[-_./:=,\\])")
_SENTENCE: Final = re.compile(r"(?<=[.?])\s(?=[A-Z`])")


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card."""

    title: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the lines of a card are: their letters' height, and the text of each."""

    title: tuple[int, tuple[str, ...]]
    sentence: tuple[int, tuple[str, ...]]

    @property
    def height(self) -> float:
        """Pixels from the top of the title to the foot of the sentence."""
        lines = sum(size * _LEADING * len(each) for size, each in (self.title, self.sentence))
        return lines + (_BETWEEN if self.sentence[1] else 0)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    # Aileron, which its maker gave away (CC0), lies in Pillow.
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font


def sentence(description: str) -> str:
    """Return the first sentence of *description*.

    >>> sentence("What a wheel is. And more.")
    'What a wheel is.'
    """
    return _SENTENCE.split(description, maxsplit=1)[0]


@cache
def _width(text: str, size: int) -> float:
    return _font(size).getlength(text)


def _pieces(word: str, size: int) -> Iterator[str]:
    """Yield *word*, or parts of it if it is wider than the card: behind signs, if there are any."""
    for piece in [word] if _width(word, size) <= _WIDTH else _JOINT.split(word):
        rest = piece
        while _width(rest, size) > _WIDTH:
            lengths = range(len(rest) - 1, 1, -1)
            fits = next((n for n in lengths if _width(rest[:n], size) <= _WIDTH), 1)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _lines(text: str, size: int) -> tuple[str, ...]:
    """Return *text* in lines that are as wide as the card at most."""
    lines: list[str] = []
    room = 0.0
    for word in text.split():
        for number, piece in enumerate(_pieces(word, size)):
            # Between the parts of a word is no blank.
            blank = "" if number else " "
            wide = _width(blank + piece, size)
            if lines and wide <= room:
                lines[-1] += blank + piece
                room -= wide
            else:
                lines.append(piece)
                room = _WIDTH - _width(piece, size)
    return tuple(lines)


def lay_out(card: Card) -> Layout | None:
    """Return the largest lines in which *card* fits as a whole, or None if it does not."""
    for size in TITLES:
        for small in SENTENCES:
            found = Layout((size, _lines(card.title, size)), (small, _lines(card.sentence, small)))
            if found.height <= _HEIGHT:
                return found
    return None


@cache
def _pictured(letter: str) -> bool:
    """Say whether the font has a picture of *letter*."""
    # A place that is no letter shows what the font has for those it lacks.
    shown, none = (_font(_LABEL).getmask(each) for each in (letter, "\uffff"))
    return not letter.strip() or (shown.size, bytes(shown)) != (none.size, bytes(none))


def complaint(card: Card) -> str:
    """Say what keeps *card* from being drawn whole, and the way out; "" if nothing does."""
    letters = dict.fromkeys(f"{card.title}{card.kind}{card.sentence}")
    if lacking := " ".join(each for each in letters if not _pictured(each)):
        return f"the font of the card has no {lacking}: write title and first sentence without"
    if lay_out(card) is None:
        return "title and first sentence do not fit on the card of the page: shorten one of them"
    return ""


# -- drawing ----------------------------------------------------------------------------------


def _palette() -> list[int]:
    colours = [_PAPER, _CONTOUR]
    for colour, steps in _STEPS.items():
        for step in range(1, steps + 1):
            red, green, blue = (
                a + (b - a) * step // steps for a, b in zip(_PAPER, colour, strict=True)
            )
            colours.append((red, green, blue))
    return [part for colour in colours for part in colour]


@cache
def _shades(colour: tuple[int, int, int]) -> list[int]:
    """Return for each strength of a mask the place of its shade of *colour*; 0 is the paper."""
    names = list(_STEPS)
    start = 1 + sum(_STEPS[each] for each in names[: names.index(colour)])
    levels = (strength * _STEPS[colour] // 255 for strength in range(256))
    return [start + level if level else 0 for level in levels]


def _put(
    image: Image.Image, mask: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    """Lay *mask* onto *image* in shades of *colour*."""
    shades = mask.point(_shades(colour))
    # What has no shade lets the ground through.
    image.paste(shades, place, shades.point([0] + [255] * 255))


def _write(
    image: Image.Image,
    place: tuple[float, float],
    text: str,
    size: int,
    colour: tuple[int, int, int],
    stroke: int = 0,
) -> None:
    """Write *text* at *place*, the middle of its left edge."""
    font = _font(size)
    left, top, right, bottom = font.getbbox(text, anchor="lm", stroke_width=stroke)
    mask = Image.new("L", (int(right - left) + 3, int(bottom - top) + 3))
    ImageDraw.Draw(mask).text(
        (1 - left, 1 - top), text, 255, font, anchor="lm", stroke_width=stroke
    )
    _put(image, mask, (round(place[0] + left) - 1, round(place[1] + top) - 1), colour)


@cache
def _ground() -> Image.Image:
    """Return what all cards have in common: contours of a hill, and the mark with the name."""
    image = Image.new("P", SIZE, 0)
    image.putpalette(_palette())
    pen = ImageDraw.Draw(image)
    for number in range(5):
        wide, high = 70 + 90 * number, 36 + 58 * number
        pen.ellipse((1130 - wide, 600 - high, 1130 + wide, 600 + high), outline=1, width=3)
    scale = 8
    mark = Image.new("L", (64 * scale, 64 * scale))
    pen = ImageDraw.Draw(mark)
    corners = [(x * scale, y * scale) for x, y in ((32, 9), (57, 53), (7, 53))]
    for (x, y), after in zip(corners, corners[1:] + corners[:1], strict=True):
        pen.line([(x, y), after], 255, 6 * scale)
        pen.ellipse((x - 3 * scale, y - 3 * scale, x + 3 * scale, y + 3 * scale), 255)
    pen.ellipse([each * scale for each in (26.5, 33.5, 37.5, 44.5)], 255)
    _put(image, mark.resize((72, 72), Image.Resampling.LANCZOS), (_EDGE - 6, 60), _ACCENT)
    _write(image, (_EDGE + 84, 100), "Trigpoint", _LABEL, _INK, 1)
    return image


def draw(card: Card) -> bytes:
    """Return *card* as a PNG, which is the same for the same card.

    Raises :exc:`ValueError` with the :func:`complaint` about a card that does not fit.
    """
    layout = lay_out(card)
    if layout is None:
        raise ValueError(complaint(card))
    image = _ground().copy()
    if card.kind:
        _write(
            image,
            (SIZE[0] - _EDGE - _font(_LABEL).getlength(card.kind), 100),
            card.kind,
            _LABEL,
            _ACCENT,
        )
    y = _TOP + (_HEIGHT - layout.height) / 3
    for (size, lines), colour, stroke in ((layout.title, _INK, 1), (layout.sentence, _MUTED, 0)):
        for line in lines:
            _write(image, (_EDGE, y + size * _LEADING / 2), line, size, colour, stroke)
            y += size * _LEADING
        y += _BETWEEN
    out = io.BytesIO()
    image.save(out, "PNG", bits=4, compress_level=5)
    return out.getvalue()


# -- the site ---------------------------------------------------------------------------------


def card(app: Sphinx, page: str) -> Card:
    """Return the card of the document *page*; that of the first page needs no kind."""
    name = "" if page == app.config.root_doc else KINDS[kind(page)][0]
    told = str(app.env.metadata[page][DESCRIPTION])
    return Card(app.env.titles[page].astext(), name, sentence(told))


def _page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: Any
) -> None:
    # A page that stands for one document; others, such as the index of names, have no tree.
    if app.builder.name != "html" or not isinstance(doctree, nodes.document):
        return
    shown = card(app, pagename)
    if wrong := complaint(shown):
        logger.warning(wrong, location=pagename, type="trigpoint")
        return
    base = app.config.html_baseurl.rstrip("/")
    if not base:
        return
    path = Path(app.outdir, FOLDER, f"{pagename}.png")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(draw(shown))
    width, height = SIZE
    tags = {
        "og:image": f"{base}/{FOLDER}/{pagename}.png",
        "og:image:width": str(width),
        "og:image:height": str(height),
        "og:image:alt": f"{shown.title}. {shown.sentence}".strip(),
    }
    lines = [f'\n<meta property="{name}" content="{escape(each)}">' for name, each in tags.items()]
    lines.append('\n<meta name="twitter:card" content="summary_large_image">')
    context["metatags"] = context.get("metatags", "") + "".join(lines)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Draw a card for each page, beside which it stands in the page's head."""
    app.setup_extension("trigpoint_twins")
    app.connect("html-page-context", _page)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
