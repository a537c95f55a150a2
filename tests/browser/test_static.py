"""Every published page can be read and left without a script, and by keyboard; no browser is needed.

What a page looks like, and what its scripts make of it, other tests ask a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from tests.moved import MOVED

NOT_OURS: Final = {"lite", "_static"}
"""Folders whose pages are those of other programs."""
VOID: Final = frozenset(
    {"br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
CONTROLS: Final = frozenset({"button", "input", "select", "textarea"})
HIDDEN: Final = frozenset(
    {"tp-live", "tp-bring", "theme-toggle-container", "try_examples_button_container"}
)
"""What the style sheets hide as long as no script runs, with all that is in it."""
STYLED: Final = frozenset({"toctree-checkbox", "sidebar-toggle", "tp-tab"})
"""Controls that a style sheet makes work."""
MUST_SHOW: Final = frozenset({"data-cell", "data-set"})
"""Buttons of a result that hold a part of the answer, so that they are there to be read."""


@dataclass
class Facts(HTMLParser):
    """What there is to hold of one page: headings, landmarks, and what is wrong with a tag."""

    headings: list[int] = field(default_factory=list)
    mains: list[str] = field(default_factory=list)
    landmarks: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    words: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element is, and where it stands."""
        own = dict(attrs)
        around = [*self._open, (tag, own)]
        if tag not in VOID:
            self._open = around
        self.ids.add(own.get("id") or "")
        role = own.get("role")
        if role == "main" or tag == "main":
            self.mains.append(own.get("id") or "")
        self.landmarks.add(role or tag)
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(int(own.get("aria-level") or tag[1]))
        if tag == "a" and (href := own.get("href")):
            (self.links if reachable(around) else self.skipped).append(href)
        said = f"<{tag} {own}>"
        if "autofocus" in own:
            self.wrong.append(f"takes the focus: {said}")
        if int(own.get("tabindex") or 0) > 0:
            self.wrong.append(f"has an order of its own: {said}")
        if tag in CONTROLS and not (works(tag, own, around) or unseen(around)):
            self.wrong.append(f"does nothing without a script: {said}")

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and what was left open in it."""
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        """Count the words of the page's own content."""
        if any(own.get("role") == "main" or tag == "main" for tag, own in self._open):
            self.words += len(data.split())

    @property
    def problems(self) -> Iterator[str]:
        """What keeps a reader from reading the page, or from leaving it."""
        yield from self.wrong
        if len(self.mains) != 1:
            yield f"{len(self.mains)} main landmarks"
        if not self.words:
            yield "nothing to read"
        if self.headings.count(1) != 1 or self.headings[0] != 1:
            yield f"headings {self.headings}"
        if any(after > before + 1 for before, after in pairwise(self.headings)):
            yield f"a level of headings is left out: {self.headings}"
        # Where a table has many links to one place, the key stops at one of them.
        for each in sorted(set(self.skipped) - set(self.links)):
            yield f"no key leads there: {each}"
        if not [each for each in self.links if not each.startswith("#")]:
            yield "no link leads on"

    @property
    def around(self) -> Iterator[str]:
        """What is wrong with what surrounds the content of each page that has a navigation."""
        if not {"aside", "search", "footer"} <= self.landmarks:
            yield "landmarks are missing"
        skip = self.links[0] if self.links else ""
        if not skip.startswith("#") or skip[1:] not in self.ids:
            yield f"the first link skips nothing: {skip!r}"


def classes(own: dict[str, str | None]) -> set[str]:
    return set((own.get("class") or "").split())


def unseen(around: list[tuple[str, dict[str, str | None]]]) -> bool:
    """Say whether the last of *around*, an element in others, is not shown without a script."""
    runs = any(tag == "trigpoint-run" for tag, _ in around)
    hidden = HIDDEN | {"tp-toolbar"} if runs else HIDDEN
    return any("hidden" in own or hidden & classes(own) for _, own in around)


def reachable(around: list[tuple[str, dict[str, str | None]]]) -> bool:
    """Say whether the Tab key leads to the link that is the last of *around*."""
    own = around[-1][1]
    return own.get("tabindex") != "-1" and not any("inert" in each for _, each in around)


def works(
    tag: str, own: dict[str, str | None], around: list[tuple[str, dict[str, str | None]]]
) -> bool:
    """Say whether the control *own*, a *tag* in *around*, is of use without a script."""
    if own.get("type") == "hidden" or STYLED & classes(own):
        return True
    if tag == "button" and MUST_SHOW & set(own):
        # A choice that says nothing by itself is a tp-button.
        return "tp-button" not in classes(own)
    # A text can be read and copied, and a form with an address is sent.
    return tag == "textarea" or any(each == "form" and form.get("action") for each, form in around)


def problems(page: str, *, bare: bool = False) -> list[str]:
    """Return the problems of *page*, in HTML, which is *bare* if it has its content alone."""
    facts = Facts()
    facts.feed(page)
    return [*facts.problems, *([] if bare else facts.around)]


def test_every_page_can_be_read_and_left(site: Path) -> None:
    """Landmarks, headings in order, a link that skips, and nothing that only a script makes work."""
    found, looked_at = {}, 0
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site)
        if NOT_OURS & set(name.parts) or name.as_posix() in MOVED:
            continue
        looked_at += 1
        bare = name.as_posix() == "404.html"
        if wrong := problems(path.read_text("utf-8"), bare=bare):
            found[name.as_posix()] = wrong
    assert looked_at > 300
    assert {} == found


GOOD: Final = """<a href="#main">Skip</a><aside><a href="a.html">A</a>
<form role="search" action="s"><input class="x"></form></aside>
<article role="main" id="main"><h1>A</h1><h2>B</h2><h4 aria-level="3">C</h4><p>Words</p>
<div class="tp-live"><button>Run</button></div></article><footer></footer>"""
"""A page of which nothing is wrong."""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("", "", ""),
        ("Words", "<button>Run</button>", "does nothing"),
        ("Words", "<button data-set='{}'>3.9</button>", ""),
        ("Words", "<button class='tp-button' data-set='{}'>gui</button>", "does nothing"),
        ("Words", "<select></select>", "does nothing"),
        ("Words", "<textarea>x</textarea>", ""),
        ("Words", "<div hidden><select></select></div>", ""),
        ("Words", "<div hidden></div><br><select></select>", "does nothing"),
        ('class="tp-live"', "", "does nothing"),
        (' action="s"', "", "does nothing"),
        ("<p>", "<p autofocus>", "takes the focus"),
        ("<p>", "<p tabindex='1'>", "an order of its own"),
        ("<p>", "<p tabindex='-1'>", ""),
        ('<a href="a.html"', '<a tabindex="-1" href="a.html"', "no key leads"),
        ("<aside>", "<aside inert>", "no key leads"),
        ("Words", '<a href="a.html" tabindex="-1">A</a>', ""),
        ('href="a.html"', 'href="#b"', "no link leads on"),
        ('href="#main"', 'href="#man"', "skips nothing"),
        ('<a href="#main">Skip</a>', "", "skips nothing"),
        ('aria-level="3"', "", "a level of headings"),
        ("<h1>A</h1>", "", "headings [2"),
        ("<h2>", "<h1>", "headings [1, 1"),
        ("<footer>", "<div>", "landmarks"),
        ('role="main"', "", "0 main landmarks"),
        ("<footer>", "<footer><main></main>", "2 main landmarks"),
    ],
)
def test_what_is_wrong_with_a_page_is_seen(before: str, after: str, said: str) -> None:
    """Each of the things that the test of all pages looks for, and their neighbours that are right."""
    assert before in GOOD
    found = problems(GOOD.replace(before, after) if before else GOOD)
    assert (said != "") == bool([each for each in found if said in each])
    assert said or [] == found


def test_a_page_without_words_is_seen() -> None:
    """What a script would write is not there to be read."""
    page = re.sub(r"(?<=>)\w+(?=<)", "", GOOD)
    assert ["nothing to read"] == problems(page)


def test_what_needs_a_script_is_hidden_without_one(site: Path) -> None:
    """By the style sheets, which the test of all pages takes at their word."""
    sheets = "\n".join(each.read_text("utf-8") for each in (site / "_static").rglob("*.css"))
    for name in (*HIDDEN, "tp-toolbar"):
        rule = rf"(?:not\(\[data-state\]\)|\.no-js)[^{{}}]*\.{name}\s*\{{\s*(?:display:\s*none|visibility:\s*hidden)"
        assert re.search(rule, sheets), name
