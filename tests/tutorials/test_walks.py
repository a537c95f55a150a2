"""A new user comes from the home page to a release on an index, following only the site.

That the last pages do what they say is :mod:`tests.tutorials.test_tutorials`, which types them;
that the built pages have these links too is ``tests/browser/test_links.py``.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from tests.tutorials.follow import DOCS, PAGES, Command, steps
from tests.tutorials.walks import STAGES, WALKS, links


@pytest.mark.parametrize("walk", WALKS)
def test_links_lead_from_the_home_page(walk: str) -> None:
    """Each page of a walk has a link to the next in its text, and not in the navigation alone."""
    pages = WALKS[walk]
    assert "index" == pages[0]
    for page, following in pairwise(pages):
        assert following in links(page, (DOCS / f"{page}.md").read_text("utf-8"))


@pytest.mark.parametrize("walk", WALKS)
def test_the_last_page_builds_publishes_and_installs(walk: str) -> None:
    """It is a page whose commands are typed, and among these are all stages, in order."""
    page = DOCS / f"{WALKS[walk][-1]}.md"
    assert page in PAGES
    typed = [step.text for step in steps(page) if isinstance(step, Command)]
    found = [
        next((n for n, text in enumerate(typed) if re.search(pattern, text, re.DOTALL)), -1)
        for pattern in STAGES.values()
    ]
    assert -1 not in found
    assert sorted(found) == found


@pytest.mark.parametrize("walk", WALKS)
def test_every_page_of_a_walk_with_commands_is_followed(walk: str) -> None:
    """A reader types what is on the way as well, so a test does."""
    pages = [DOCS / f"{page}.md" for page in WALKS[walk]]
    typed = [page for page in pages if any(isinstance(step, Command) for step in steps(page))]
    assert typed
    assert [] == [page for page in typed if page not in PAGES]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", ["guides/b"]),
        ("[a](../b.md#c)", ["b"]),
        ("{doc}`b` and {doc}`the words <../c/d>`", ["guides/b", "c/d"]),
        ("{doc}`/b`", ["b"]),
        ("[a](https://a.example/b.md) [c](#d) `b.md`", []),
        ("```{toctree}\n:hidden:\n\n[a](b.md)\n```\n", []),
        ("````\n```\n[a](b.md)\n```\n````\n[a](c.md)", ["guides/c"]),
        (":::{container}\n[a](b.md)\n:::", ["guides/b"]),
    ],
)
def test_links(text: str, expected: list[str]) -> None:
    """Links of prose count, to pages of this site."""
    assert expected == links("guides/a", text)
