"""Words that no page may have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trigpoint.labs import LABS

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "docs" / "reference" / "messages"
"""Written by a build of the site; a page there quotes a tool, which may say what it likes."""
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if MESSAGES not in path.parents),
]
UNDATED = re.compile(
    r"\b(currently|nowadays|at the moment|at present|as of now|as of today|recently|these days)\b",
    re.IGNORECASE,
)
"""What is true on the day of writing only."""
EACH = re.compile(
    r"\bone (?!of |in |on )(\w+ )?an? (column|ecosystem|file|line|platform|row|system)\b"
)
"""*One a line* for *one per line*: a reader whose first language is another one stops there."""
DAY = re.compile(r"\b20\d\d(-\d\d)?\b")


def undated(text: str) -> list[str]:
    """Return the lines of *text* that say when, but not on which day."""
    return [line for line in text.split("\n") if UNDATED.search(line) and not DAY.search(line)]


def test_no_page_says_currently_without_a_day() -> None:
    """Who reads it cannot know when that was."""
    assert len(PAGES) > 40
    assert [] == [
        f"{path.relative_to(ROOT)}: {line}"
        for path in PAGES
        for line in undated(path.read_text("utf-8"))
    ]


def test_pages_say_one_per_line() -> None:
    """And not *one a line*, which few take at first sight for the same."""
    assert EACH.search("One row a platform, one wheel a system.".lower())
    assert not EACH.search("One per line, and one of a system.".lower())
    assert [] == [
        f"{path.relative_to(ROOT)}: {line}"
        for path in PAGES
        for line in path.read_text("utf-8").split("\n")
        if EACH.search(line.lower())
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is currently so.", ["It is currently so."]),
        ("Nowadays it is.\nSo.", ["Nowadays it is."]),
        ("It is so at the moment (2026-11-26).", []),
        ("As of 2026, it is currently so.", []),
        ("The current folder.", []),
    ],
)
def test_what_counts_as_undated(text: str, expected: list[str]) -> None:
    """A year in the line is enough; other words with the same root are not meant."""
    assert expected == undated(text)


def test_every_directive_of_a_lab_is_named() -> None:
    """Who writes pages finds all of them on the page about Sphinx."""
    text = (ROOT / "docs" / "reference" / "sphinx.md").read_text("utf-8")
    named = set(re.findall(r"\b[a-z]+-lab\b", text))
    assert {lab.directive for lab in LABS.values()} == named


def test_the_glossary_is_in_order() -> None:
    """Each word once, as a reader looks for it, and what it means in few lines."""
    text = (ROOT / "docs" / "reference" / "glossary.md").read_text("utf-8")
    entries = re.findall(r"(?m)^(\S.*)\n((?:    .+\n)+)", text.partition("{glossary}\n")[2])
    words = [word for word, _ in entries]
    assert len(words) > 50
    assert sorted(set(words), key=lambda word: word.lower().lstrip(".")) == words
    assert [] == [word for word, meaning in entries if meaning.count("\n") > 2]
