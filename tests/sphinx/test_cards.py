"""The pictures of pages: one for each, whole, small, and the same each time."""

from __future__ import annotations

import importlib
import io
import re
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("PIL", reason="cards are drawn with Pillow")
from PIL import Image

DOCS = Path(__file__).parents[2] / "docs"
SITE = "https://example.org/trig/"
USED = {"extensions": ["trigpoint.sphinx", "trigpoint_cards"], "smartquotes": False}
LONGEST = (
    "Unable to find a resolution because the following dependencies don't work on all Python"
    " versions in the range of the project's `requires-python`"
)
EDGE = 80


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The extension of the documentation."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    for name in [name for name in sys.modules if name.startswith("trigpoint_")]:
        monkeypatch.delitem(sys.modules, name)
    return importlib.import_module("trigpoint_cards")


def picture(drawn: bytes) -> Image.Image:
    return Image.open(io.BytesIO(drawn))


def ink(drawn: bytes) -> tuple[int, int, int, int]:
    """Return the box around all that is darker than the contours, which may leave the card."""
    shown = picture(drawn).convert("L").point([255] * 200 + [0] * 56)
    box = shown.getbbox()
    assert box is not None
    return box


def tags(path: Path) -> dict[str, str]:
    text = path.read_text("utf-8")
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', text)
    return {name: unescape(value) for name, value in found}


def test_every_page_has_a_card(build: Callable[..., Any], cards: ModuleType) -> None:
    """Its own, of the size that is said, at a whole address; the alternative text says the same."""
    pages = {"index": "Home.", "guides/b": 'Say "b". And more.', "c": "Last."}
    app = build(pages, confoverrides={**USED, "html_baseurl": SITE})
    assert "" == app.warning.getvalue()
    drawn = set()
    for page in pages:
        found = tags(app.outdir / f"{page}.html")
        assert f"{SITE}{cards.FOLDER}/{page}.png" == found["og:image"]
        content = (app.outdir / found["og:image"].removeprefix(SITE)).read_bytes()
        assert (1200, 630) == picture(content).size
        assert ("1200", "630") == (found["og:image:width"], found["og:image:height"])
        assert "summary_large_image" == found["twitter:card"]
        drawn.add(content)
    assert len(pages) == len(drawn)
    assert 'Title. Say "b".' == tags(app.outdir / "guides/b.html")["og:image:alt"]
    assert cards.Card("Title", "Guide", 'Say "b".') == cards.card(app, "guides/b")
    assert cards.Card("Title", "", "Home.") == cards.card(app, "index")
    # What is no document has none.
    assert "og:image" not in tags(app.outdir / "genindex.html")
    assert [] == [*app.outdir.glob(f"{cards.FOLDER}/genindex*")]


def test_without_an_address_nothing_is_drawn(build: Callable[..., Any], cards: ModuleType) -> None:
    """A picture without a host would be looked for anywhere."""
    app = build({"index": "Home."}, confoverrides=USED)
    assert not {"og:image", "twitter:card"} & tags(app.outdir / "index.html").keys()
    assert not (app.outdir / cards.FOLDER).exists()


@pytest.mark.parametrize("base", ["", SITE])
def test_a_page_that_does_not_fit_is_a_warning(
    build: Callable[..., Any], cards: ModuleType, base: str
) -> None:
    """With the way out, in any build, so that nobody sees it late; and no card is half there."""
    page = f"{'word ' * 200}\n{'=' * 1000}\n\nShort.\n"
    app = build(
        {"index": "\u05d0 is no letter of the font."}, confoverrides={**USED, "html_baseurl": base}
    )
    assert (
        "the font of the card has no \u05d0: write title and first sentence without"
        in app.warning.getvalue()
    )
    (app.srcdir / "long.rst").write_text(f":orphan:\n\n{page}", "utf-8")
    app = build({"index": "Home."}, confoverrides={**USED, "html_baseurl": base})
    assert "long: WARNING: title and first sentence do not fit on the card" in re.sub(
        r"\x1b\[[0-9;]*m|\.rst", "", app.warning.getvalue()
    )
    assert "og:image" not in tags(app.outdir / "long.html")


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Markers", "Short."),
        ("Changelog", ""),
        (LONGEST, "Your requires-python reaches further than that of a dependency."),
        ("Exclusive extras: CPU or CUDA", "Wide words, " * 16 + "and done."),
        ("trigpoint.a_name_of_a_module." * 4, "Parts of it begin new lines."),
        ("W" * 90, "A word that has no parts."),
        ("|[Ajgq]", "Above and below."),
    ],
)
def test_all_of_it_is_on_the_card(cards: ModuleType, title: str, sentence: str) -> None:
    """No word is left out, no line leaves the card or meets the one before, and it is small."""
    card = cards.Card(title, "Reference", sentence)
    assert "" == cards.complaint(card)
    layout = cards.lay_out(card)
    for text, (_, lines) in ((title, layout.title), (sentence, layout.sentence)):
        assert text.replace(" ", "") == "".join(lines).replace(" ", "")
        if max(map(len, text.split()), default=0) < 20:
            assert text.split() == " ".join(lines).split()
        if " " not in text:
            # Between the parts of a word that is too wide no blank is put.
            assert text == "".join(lines)
    drawn = cards.draw(card)
    left, top, right, bottom = ink(drawn)
    # A stroke goes a little beyond the letter.
    assert EDGE - 8 <= left
    assert right <= 1200 - EDGE + 8
    assert 50 <= top
    assert bottom <= 630 - EDGE + 8
    assert len(drawn) <= cards.LARGEST
    # What is below the head is as high as its lines are together, but for the room around letters.
    below = picture(drawn).convert("L").crop((0, 150, 1200, 630)).point([255] * 200 + [0] * 56)
    box = below.getbbox()
    assert box is not None
    assert layout.height - layout.title[0] <= box[3] - box[1] <= layout.height


def test_the_largest_letters_that_fit_are_taken(cards: ModuleType) -> None:
    """A short title is large; a long one is smaller, but not smaller than it has to be."""
    sizes = [
        cards.lay_out(cards.Card("word " * count, "", "Said.")).title[0] for count in (1, 24, 40)
    ]
    assert cards.TITLES[0] == sizes[0]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[1] > sizes[2] >= cards.TITLES[-1]


def test_too_much_is_refused(cards: ModuleType) -> None:
    """One word more than fits: the complaint, and no card."""
    words = 1
    while cards.lay_out(cards.Card("word " * words, "", "")) is not None:
        words += 1
    assert words > 60
    assert cards.draw(cards.Card("word " * (words - 1), "", ""))
    card = cards.Card("word " * words, "", "")
    assert cards.complaint(card).endswith("shorten one of them")
    with pytest.raises(ValueError, match="do not fit"):
        cards.draw(card)


def test_the_same_card_is_the_same_bytes(cards: ModuleType) -> None:
    """Whatever was drawn before it; another title, kind or sentence is another picture."""
    card = cards.Card("Markers", "Guide", "What they ask.")
    first = cards.draw(card)
    others = [
        cards.draw(cards.Card(*texts))
        for texts in (
            ("Extras", "Guide", "What they ask."),
            ("Markers", "Lab", "What they ask."),
            ("Markers", "Guide", "What they say."),
        )
    ]
    assert first == cards.draw(card)
    assert 4 == len({first, *others})


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("What a wheel is. And more.", "What a wheel is."),
        ("Does it hold? It does.", "Does it hold?"),
        ("With pip 26.3 and e.g. this one: so.", "With pip 26.3 and e.g. this one: so."),
        ("", ""),
    ],
)
def test_the_first_sentence_is_enough(cards: ModuleType, description: str, expected: str) -> None:
    """A point that ends none is no end."""
    assert expected == cards.sentence(description)


def test_the_font_has_what_english_needs(cards: ModuleType) -> None:
    """All of ASCII that can be seen, and the sign for what was left out."""
    seen = "".join(map(chr, range(0x20, 0x7F)))
    assert "" == cards.complaint(cards.Card(seen, seen, f"{seen}…"))
    assert "" == cards.complaint(cards.Card("no\u00a0break", "", "a\nline"))
    assert "has no é:" in cards.complaint(cards.Card("café, café", "", ""))
