"""Everyone can use every page: by keyboard, on a small screen, in both themes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import Page, expect
from tests.moved import MOVED

if TYPE_CHECKING:
    from conftest import Lab, LabOf, Reader
    from playwright.sync_api import ViewportSize

PLAYGROUND = "playground/markers.html"
AXE = (
    Path(__file__).resolve().parents[2] / "playground" / "node_modules" / "axe-core" / "axe.min.js"
)
PAGES = ("index.html", PLAYGROUND, "guides/markers.html", "explanations/extras-metadata-3.html")
LABS = (
    "playground/algebra.html",
    "playground/metadata.html",
    "playground/extras.html",
    "playground/messages.html",
    "playground/builds.html",
    "playground/review.html",
    "playground/composer.html",
    "playground/external.html",
    "playground/extensions.html",
    "playground/wheels.html",
)
WRONG = {"playground/external.html": "dep:generic/../zlib"}
"""A text with a finding for each lab to which a wrong requirement is nothing at all."""
SITE = Path(os.environ["TRIGPOINT_SITE"])
EVERY_PAGE = sorted(
    path.relative_to(SITE).as_posix()
    for path in SITE.rglob("*.html")
    if "lite" not in path.relative_to(SITE).parts
    and "_static" not in path.parts
    # A page that moved leads on by itself, and shows nothing.
    and path.relative_to(SITE).as_posix() not in MOVED
)
MESSAGES = [path for path in EVERY_PAGE if path.startswith("reference/messages/")]
ALIKE = set(MESSAGES) - {*MESSAGES[::20], "reference/messages/index.html"}
"""Pages of messages, which are all of one making: every twentieth stands for the others."""
WITH_LABS = {path for path in EVERY_PAGE if "<trigpoint-lab" in (SITE / path).read_text("utf-8")}
WIDTHS = (320, 768, 1100, 1280)
"""From a phone on; at 1100 pixels the list of pages leaves a lab the least room beside itself."""
STYLED = ".tp-recorded, .tp-outcomes"
"""What needs the style sheet and the script of the evidence tables."""
SMALL: ViewportSize = {"width": 320, "height": 640}
SCREEN: ViewportSize = {"width": 1280, "height": 720}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules of axe, among those that it runs by itself, that look at colours."""
CHOICE = ".theme-toggle"
"""The button of the themes, which has another picture in each."""
SHOWN = f"""within => [...document.querySelector(within).querySelectorAll("*")].map((each) => {{
  const {{ x, y, width, height }} = each.getBoundingClientRect();
  const shown = each.checkVisibility({{ visibilityProperty: true }});
  return shown && !each.closest("{CHOICE}") ? [x, y, width, height].join() : "";
}}).join(";")"""
"""What is shown of everything within a selector but that button, and where."""


def violations(
    page: Page, within: str = "html", rules: Mapping[str, object] | None = None
) -> list[str]:
    """Return what axe finds on *page* that is serious or worse, *within* a selector.

    It goes by *rules* if they are given, by all that it has otherwise.
    """
    if page.evaluate("!('axe' in window)"):
        page.evaluate(AXE.read_text("utf-8"))
    # What axe would load besides tells how long films and sounds are.
    assert page.locator("audio, video").count() == 0
    options: dict[str, object] = {"resultTypes": ["violations"], "preload": False}
    if rules is not None:
        options["runOnly"] = rules
    else:
        # A rule of WCAG 2.2 that axe does not run by itself: a target has 24 pixels, or room.
        options["rules"] = {"target-size": {"enabled": True}}
    found = page.evaluate("([css, how]) => axe.run(css, how)", [within, options])["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html']} {node['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def in_both_themes(page: Page, within: str = "html") -> list[tuple[str, list[str]]]:
    """Return the themes in which axe finds something on *page*, and what.

    Where the second shows the same in the same places, only its colours can be at fault, and the
    button of the themes.
    """
    found, before = [], ""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        shown = str(page.evaluate(SHOWN, within))
        if shown != before:
            wrong = violations(page, within)
        else:
            wrong = violations(page, within, COLOURS)
            if page.locator(f"{within} {CHOICE}").count():
                wrong += violations(page, CHOICE)
        found.append((scheme, wrong))
        before = shown
    return [each for each in found if each[1]]


def overflow(page: Page) -> int:
    """Return by how many pixels *page* is wider than the screen."""
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))


def in_lab(page: Page, selector: str) -> bool:
    """Say whether the focus is on something that matches *selector*."""
    return bool(page.evaluate("css => document.activeElement.matches(css)", selector))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on something that matches *selector*."""
    for _ in range(200):
        if in_lab(page, selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"200 times Tab did not lead to {selector}")


@pytest.mark.parametrize("path", [path for path in PAGES if path in WITH_LABS])
def test_axe_finds_nothing_serious(path: str, reader: Reader, lab_of: LabOf) -> None:
    """Live, and with findings, in both themes; as the page begins, the test of every page holds it."""
    page = reader.open(path)
    lab = lab_of(page)
    lab.wake()
    assert in_both_themes(page) == []
    lab.write("os_name = 'nt' and python_verison > '3'")
    if path == "index.html":
        # Its box only says what the text is; the lab below it has findings.
        assert in_both_themes(page) == []
        lab = lab_of(page, 1)
        lab.wake()
        lab.write("os_name = 'nt' and python_verison > '3'")
    expect(lab.root.locator(".tp-text-findings")).not_to_be_empty()
    assert in_both_themes(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_small_screen_needs_no_sideways_scrolling(path: str, reader: Reader, lab_of: LabOf) -> None:
    """At 320 px everything is one column, static, live, and with long text."""
    page = reader.open(path, viewport=SMALL)
    assert overflow(page) <= 0
    if page.locator("trigpoint-lab").count():
        lab = lab_of(page)
        lab.wake()
        assert overflow(page) <= 0
        for menu in lab.root.locator("details.tp-menu > summary").all():
            menu.click()
            assert overflow(page) <= 0
        lab.write("os_name == '" + "n" * 300 + "' and " + "(" * 40)
        assert overflow(page) <= 0


def tabs(lab: Lab) -> Iterator[str]:
    """Choose one tab of the lab after the other, if it has any; yields what was chosen."""
    yield "as the page begins"
    for tab in lab.root.locator(".tp-tab").all():
        tab.click()
        lab.wait()
        yield tab.inner_text()


@pytest.mark.parametrize("path", LABS)
def test_every_tab_fits_and_is_accessible(path: str, reader: Reader, lab_of: LabOf) -> None:
    """On each tab, and with findings, axe finds nothing serious in any theme; on a phone all fits.

    At 320 px everything is one column: static, live on each tab, and with long text.  What axe says
    of the page as it begins, the test of every page holds.
    """
    page = reader.open(path, viewport=SMALL)
    assert overflow(page) <= 0
    page.set_viewport_size(SCREEN)
    lab = lab_of(page)
    lab.wake()
    example = lab.text
    assert [
        (name, found) for name in tabs(lab) if (found := in_both_themes(page, "trigpoint-lab"))
    ] == []
    lab.write(WRONG.get(path, "Requires-Dist: eggs; os_name = 'nt'"))
    # A lab may show beside them those of its own example, dimmed.
    expect(lab.root.locator(".tp-findings").first).not_to_be_empty()
    assert in_both_themes(page, "trigpoint-lab") == []

    page.set_viewport_size(SMALL)
    assert [name for name in tabs(lab) if overflow(page) > 0] == []
    lab.write(example)
    assert [name for name in tabs(lab) if overflow(page) > 0] == []
    for menu in lab.root.locator("details.tp-menu > summary").all():
        menu.click()
        assert overflow(page) <= 0
        # An open menu may lie over the next one.
        page.keyboard.press("Escape")
    lab.write("Requires-Dist: " + "n" * 300 + "; os_name == '" + "n" * 300 + "'")
    assert [name for name in tabs(lab) if overflow(page) > 0] == []


def test_keyboard_is_enough(reader: Reader, lab_of: LabOf) -> None:
    """Start, write, repair, choose a cell, copy and leave, without a mouse."""
    page = reader.open(permissions=["clipboard-read", "clipboard-write"])
    lab = lab_of(page)
    keyboard = page.keyboard
    tab_to(page, "trigpoint-lab textarea[data-editor], trigpoint-lab [data-edit]")
    keyboard.press("Enter") if in_lab(page, "[data-edit]") else None
    lab.wait()
    expect(lab.editor).to_be_focused()

    # Write, and repair with one key.
    keyboard.press("Control+a")
    keyboard.type("os_name = 'nt'")
    expect(lab.field).to_have_value("os_name = 'nt'")
    lab.wait()
    keyboard.press("Home")
    keyboard.press("Control+.")
    keyboard.press("Control+.")
    expect(lab.field).to_have_value("os_name == 'nt'")
    lab.wait()

    # Tab leaves the editor and reaches the grid, which is one stop.
    tab_to(page, "trigpoint-lab [data-cell]")
    before = lab.result.inner_text()
    first = lab.root.locator("[data-cell]:focus")
    name = first.get_attribute("aria-label")
    keyboard.press("Control+Home")
    keyboard.press("ArrowRight")
    assert lab.root.locator("[data-cell]:focus").get_attribute("aria-label") != name
    keyboard.press("Enter")
    lab.wait()
    expect(lab.root.locator("[data-cell]:focus")).to_have_count(1)
    assert lab.result.inner_text() != before
    keyboard.press("Tab")
    assert not in_lab(page, "[data-cell]")

    # The menus open, close and copy.
    share = lab.root.locator(".tp-share > summary")
    share.focus()
    keyboard.press("Enter")
    keyboard.press("Tab")
    assert in_lab(page, "[data-copy]")
    keyboard.press("Enter")
    expect(lab.root.locator(".tp-copied")).to_have_text("Copied")
    keyboard.press("Escape")
    expect(share).to_be_focused()
    expect(lab.root.locator("[data-copy]").first).to_be_hidden()


@pytest.mark.parametrize("path", [path for path in EVERY_PAGE if path not in ALIKE])
def test_every_page_fits_and_is_accessible(path: str, reader: Reader) -> None:
    """Whatever is published needs no sideways scrolling, and axe finds nothing serious in any theme.

    Tables of evidence come with their own style sheet; a file that a page names and that is
    missing is a message on the console, which fails every test.
    """
    page = reader.open(path)
    # The columns beside the page, and tables that scroll by themselves.
    parts = page.locator("aside, [role=region]").evaluate_all(
        "all => all.map(each => each.ariaLabel)"
    )
    assert None not in parts
    assert len(parts) == len(set(parts)), "two parts of the page sound alike"
    sheets = page.evaluate("[...document.styleSheets].map(sheet => sheet.href ?? '')")
    if page.locator(STYLED).count():
        assert any("tables" in each for each in sheets)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow(page) <= 0, width
    assert in_both_themes(page) == []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_glides_for_who_wants_no_motion(
    motion: Literal["reduce", "no-preference"], reader: Reader
) -> None:
    """A link to a heading jumps there then; the page and its columns glide for others alone."""
    page = reader.open("guides/style.html")
    page.emulate_media(reduced_motion=motion)
    found = page.evaluate(
        """[...document.querySelectorAll("html, .sidebar-scroll, .toc-scroll")]
        .map(each => getComputedStyle(each).scrollBehavior)"""
    )
    assert len(found) == 3
    assert {"auto" if motion == "reduce" else "smooth"} == set(found)


def test_home_opens_what_it_says(reader: Reader) -> None:
    """A click on each link of the doors opens where that link leads."""
    page = reader.open("index.html")
    count = page.locator(".tp-door a").count()
    assert count >= 4
    for number in range(count):
        page.goto(reader.server.base + "index.html")
        link = page.locator(".tp-door a").nth(number)
        wanted = urldefrag(link.evaluate("link => link.href")).url
        link.click()
        page.wait_for_url(re.compile(rf"{re.escape(wanted)}(#.*)?"))


@pytest.mark.parametrize("width", [320, 1280])
def test_search_fits_and_is_accessible(width: int, reader: Reader) -> None:
    """In the box and on the search page, in both themes, on a phone and on a screen."""
    page = reader.open("guides/metadata.html", viewport={"width": width, "height": 700})
    if width == 320:
        page.locator(".nav-overlay-icon").first.click()
    page.locator(".sidebar-search").click()
    page.keyboard.type("platform_python_implementation extra")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    panel = page.locator(".tp-search-panel")
    place = panel.bounding_box()
    assert place is not None
    assert 0 <= place["x"] < place["x"] + place["width"] <= width
    assert place["y"] + place["height"] <= 700
    assert panel.evaluate("each => each.scrollWidth - each.clientWidth") <= 0
    assert [] == in_both_themes(page, ".sidebar-drawer")
    page.goto(f"{reader.server.base}search.html?q=platform_python_implementation")
    expect(page.locator(".tp-hit").first).to_be_visible()
    assert overflow(page) <= 0
    assert [] == in_both_themes(page)
