"""The form in which the index of the search is written: nothing is lost, and it is small."""

from __future__ import annotations

import gzip
import importlib
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def packed() -> ModuleType:
    """The module beside the extension."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS / "_ext"))
        return importlib.import_module("trigpoint_packed")


def texts(whole: dict[str, Any]) -> list[list[str]]:
    """Return the texts of each page, with the words that letters stand for."""
    codes = {0x100 + place: word for place, word in enumerate(whole["words"])}
    return [[text.translate(codes) for text in page] for page in whole["entries"]["texts"]]


@pytest.mark.parametrize(
    ("anchor", "title", "expected"),
    [
        ("", "In short", ""),
        ("in-short", "In short", "~"),
        ("", "", ""),
        ("tip", "", "tip"),
        ("field-License-Expression", "License-Expression", "field-*"),
        ("case-mk-eq--docs", "mk-eq[docs]", "case-mk-eq--docs"),
        ("what-c-is", "What C# is", "~"),
        ("is-it-c", "Is it C++?", "~"),
        ("id1", "2026-11-26", "id1"),
        ("m-2.1", "2.1", "m-*"),
        ("trigpoint.labs.answer", "answer", "trigpoint.labs.*"),
        ("zum-uber", "Zum Über", "zum-uber"),
    ],
)
def test_an_anchor_is_said_by_its_title(
    packed: ModuleType, anchor: str, title: str, expected: str
) -> None:
    """As it stands, or as most anchors spell it; any other stays as it is."""
    assert expected == packed.short_anchor(anchor, title)


@pytest.mark.parametrize("anchor", ["a*", "~a"])
def test_an_anchor_with_a_sign_is_refused(packed: ModuleType, anchor: str) -> None:
    """The script would take it for a title."""
    with pytest.raises(ValueError, match=r"has \* or ~"):
        packed.short_anchor(anchor, "Title")


def test_each_page_has_its_own_lists(packed: ModuleType) -> None:
    """Also one that has no entry."""
    rows = [
        packed.Row(0, 3, "", "First", "said"),
        packed.Row(0, 4, "more", "More", ""),
        packed.Row(2, 0, "x", "Last", "done"),
    ]
    assert {
        "pages": ["a", "b", "c"],
        "entries": {
            "kinds": [[3, 4], [], [0]],
            "anchors": [["", "~"], [], ["x"]],
            "titles": [["First", "More"], [], ["Last"]],
            "texts": [["said", ""], [], ["done"]],
        },
        "words": [],
    } == packed.pack(["a", "b", "c"], rows)


def test_what_stands_often_is_one_letter(packed: ModuleType) -> None:
    """What saves most comes first, with the blank before it; a word that saves nothing stays."""
    text = "metadata of metadata of metadata, alone"
    whole = packed.pack(["a"], [packed.Row(0, 0, "", "Title", text)])
    assert [[text]] == texts(whole)
    assert [" metadata", " of"] == whole["words"]
    assert [["metadata\u0101\u0100\u0101\u0100, alone"]] == whole["entries"]["texts"]


def test_there_are_so_many_words_and_no_more(packed: ModuleType) -> None:
    """One more than fits is written out."""
    words = [f"word{number:04}" for number in range(packed.MOST_WORDS + 1)]
    rows = [packed.Row(0, 0, "", "Title", ",".join(words + words))]
    whole = packed.pack(["a"], rows)
    assert words[: packed.MOST_WORDS] == whole["words"]
    assert whole["entries"]["texts"][0][0].endswith(f",{words[-1]}")
    assert [[rows[0].text]] == texts(whole)


def test_letters_that_stand_in_a_text_stand_for_themselves(packed: ModuleType) -> None:
    """First, last and beside those: none is taken for a word."""
    text = "Āpple Łódź \u07ff \u0800 é apple apple apple"
    whole = packed.pack(["a"], [packed.Row(0, 0, "", "Title", text)])
    assert [[text]] == texts(whole)
    assert ["Ā", " apple"] == whole["words"][:2]
    assert "Ł" == whole["words"][ord("Ł") - packed.FIRST_CODE]
    assert "\u07ff" == whole["words"][-1]
    assert packed.LAST_CODE - packed.FIRST_CODE + 1 == len(whole["words"])


@given(st.lists(st.text(alphabet="ab Ā\u07ffé1\udce9", max_size=12), max_size=6))
def test_no_text_is_changed(packed: ModuleType, given_texts: list[str]) -> None:
    """Whatever stands in it, also letters that other texts use for words."""
    rows = [packed.Row(0, 0, "", "Title", text) for text in given_texts]
    assert [given_texts] == texts(packed.pack(["a"], rows))


def test_it_is_smaller_than_gzip_alone(packed: ModuleType) -> None:
    """By a tenth and more, for texts of words that come again and again."""
    draw = random.Random(7)
    words = ["".join(draw.choices("etaoinshrdlu", k=draw.randint(3, 12))) for _ in range(900)]
    rows = []
    for number in range(600):
        title = " ".join(draw.choices(words, k=4)).capitalize()
        text = " ".join(draw.choices(words, k=60))
        rows.append(packed.Row(number // 10, 0, packed.slug(title), title, text))
    pages = [f"page{number}" for number in range(60)]

    def weight(whole: object) -> int:
        text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        return len(gzip.compress(text.encode()))

    assert weight(packed.pack(pages, rows)) < 0.9 * weight([pages, rows])
