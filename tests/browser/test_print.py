"""Pages on paper: the content, and where its links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Reader

WIDTH = 642
"""Pixels that a sheet of A4 has between its margins."""
PAGES = (
    *("guides/own-index", "guides/which-wheels", "reference/backends"),
    *("playground/markers", "playground/wheels", "playground/composer"),
)

AFTER = """address => getComputedStyle(
  document.querySelector(`article a[href="${address}"]`), "::after").content"""
WIDER = """width => [...document.querySelectorAll("article table, article pre, article p")]
  .filter(each => each.getBoundingClientRect().right > width + 1).map(each => each.outerHTML.slice(0, 80))"""

CUT = """() => [...document.querySelectorAll("article *")]
  .filter(each => each.checkVisibility() && each.clientWidth > 1 && each.scrollHeight > each.clientHeight + 4)
  .filter(each => getComputedStyle(each).overflowY !== "visible").map(each => each.outerHTML.slice(0, 80))"""


def test_on_paper_is_nothing_but_content(reader: Reader) -> None:
    """No navigation and no live lab is printed, nothing is cut off, and links say where they lead."""
    page = reader.profile(color_scheme="dark").new_page()
    page.set_viewport_size({"width": WIDTH, "height": 900})
    page.emulate_media(media="print", color_scheme="dark")
    for name in PAGES:
        page.goto(f"{reader.server.base}{name}.html")
        for gone in (".sidebar-drawer", ".toc-drawer", ".mobile-header", "footer", ".tp-copy"):
            assert [] == [each for each in page.locator(gone).all() if each.is_visible()]
        assert page.locator("article h1").is_visible()
        assert [] == page.evaluate(WIDER, WIDTH)
        assert [] == page.evaluate(CUT)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    page.goto(f"{reader.server.base}{PAGES[0]}.html")
    address = "https://peps.python.org/pep-0708/"
    assert f'" ({address})"' == page.evaluate(AFTER, address)
    assert "none" == page.evaluate(AFTER, "lock.html")
