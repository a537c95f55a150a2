"""Links of the built site lead to a place in it; no browser is needed for that."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from tests.tutorials.walks import WALKS

_LINK = re.compile(r'<a [^>]*?href="([^"]+)"')
_ID = re.compile(r'\b(?:id|name)="([^"]+)"')
_BASE = "https://site.example/"
NOT_OURS = {"lite", "_static"}
"""Folders whose pages are those of other programs."""


def test_every_link_inside_the_site_leads_to_a_place(site: Path) -> None:
    """The page is there, and what stands after the hash is an identifier in it."""

    @cache
    def places(path: Path) -> set[str]:
        return set(_ID.findall(path.read_text("utf-8")))

    lost, looked_at = [], 0
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site)
        # A page for what is missing is shown at any address.
        if NOT_OURS & set(name.parts) or name.name == "404.html":
            continue
        here = urljoin(_BASE, name.as_posix())
        for address in {unescape(each) for each in _LINK.findall(path.read_text("utf-8"))}:
            target = urlsplit(urljoin(here, address))
            if f"{target.scheme}://{target.netloc}/" != _BASE:
                continue
            looked_at += 1
            found = site / (unquote(target.path.lstrip("/")) or "index.html")
            # Behind the identifier of a lab stands what it is asked.
            place = unquote(target.fragment.partition("?")[0])
            named = place and found.suffix == ".html" and not NOT_OURS & set(found.parts)
            if not found.exists() or (named and place not in places(found)):
                lost.append(f"{name}: {address}")
    assert looked_at > 10_000
    assert [] == lost


def test_the_text_of_the_home_page_leads_to_a_release(site: Path) -> None:
    """The walks that a session follows are there in the built pages, without the navigation."""
    for page, following in {step for walk in WALKS.values() for step in pairwise(walk)}:
        html = (site / f"{page}.html").read_text("utf-8")
        (article,) = re.findall(r"<article.*?</article>", html, re.DOTALL)
        here = urljoin(_BASE, f"{page}.html")
        found = {urljoin(here, unescape(each)).partition("#")[0] for each in _LINK.findall(article)}
        assert urljoin(_BASE, f"{following}.html") in found
