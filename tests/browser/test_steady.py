"""A lab stands still: nothing moves when it wakes, and it wakes on intent only."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import LabOf, Reader
    from playwright.sync_api import Page

LABS = ("markers", "algebra", "metadata", "extras", "messages")
PAGES = (
    *(f"playground/{name}.html" for name in (*LABS, "builds", "composer")),
    "explanations/algebra.html",
)
"""Whole labs, and small examples."""
WIDTHS = (320, 800, 1280)

PLACES = """() => {
  const text = each => each.querySelector('.tp-editor') ?? each.querySelector('textarea');
  const lab = document.querySelector('trigpoint-lab');
  const heads = [...document.querySelectorAll('h1, h2, trigpoint-lab')];
  const parts = [
    ...heads, text(lab), lab.querySelector('.tp-toolbar'), ...lab.querySelectorAll('.tp-options'),
    lab.querySelector('.tp-result'), ...lab.querySelector('.tp-result').children,
  ];
  return parts.map((each) => {
    const { x, y, width, height } = each.getBoundingClientRect();
    const name = `${each.tagName.toLowerCase().replace('textarea', 'div')}.${each.classList[0] ?? ''}`;
    return [each === text(lab) ? 'text' : name, ...[x, y, width, height].map(Math.round)];
  });
}"""
"""Where everything stands that a reader looks at, in pixels of the window."""

LEVELS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .filter((each) => each.checkVisibility())
  .map((each) => Number(each.getAttribute('aria-level') ?? each.tagName[1]))"""


def wakes(reader: Reader) -> list[str]:
    """Return what was asked for that only a touched lab needs."""
    return [url for url in reader.requests if re.search(r"engine|pyodide|/lab-|\.whl", url)]


def moved(before: list[Any], after: list[Any]) -> list[tuple[Any, Any]]:
    """Return what stands elsewhere: a pixel more or less is a matter of rounding."""
    assert [each[0] for each in before] == [each[0] for each in after]
    return [
        (old, new)
        for old, new in zip(before, after, strict=True)
        if any(abs(a - b) > 1 for a, b in zip(old[1:], new[1:], strict=True))
    ]


def jumps(page: Page) -> list[tuple[int, int]]:
    """Return the headings that leave a level out on the way down: its level, and that above."""
    levels = page.evaluate(LEVELS)
    return [(above, below) for above, below in itertools.pairwise(levels) if below > above + 1]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_edit_moves_nothing(path: str, width: int, reader: Reader, lab_of: LabOf) -> None:
    """Every part has the same place and size before *Edit* and when the lab is live.

    No level of its headings is left out on the way down, before and then.
    """
    page = reader.open(path, viewport={"width": width, "height": 900})
    lab = lab_of(page)
    edit = lab.root.locator("[data-edit]")
    edit.scroll_into_view_if_needed()
    before = page.evaluate(PLACES)
    assert [] == jumps(page)
    edit.click()
    lab.wait()
    expect(lab.editor).to_be_focused()
    assert [] == moved(before, page.evaluate(PLACES))
    assert [] == jumps(page)


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_alone_starts_nothing(path: str, reader: Reader, lab_of: LabOf) -> None:
    """Tab goes through every control of a static lab and asks for no Python; a key typed does."""
    page = reader.open(path)
    lab = lab_of(page)
    lab.root.locator("a, button, select, textarea, summary").first.focus()
    inside = "() => document.activeElement.closest('trigpoint-lab') !== null"
    stops = 0
    while page.evaluate(inside) and stops < 200:
        page.keyboard.press("Tab")
        stops += 1
    assert stops > 2
    page.wait_for_load_state("networkidle")
    expect(lab.root).to_have_attribute("data-state", "static")
    assert [] == wakes(reader)
    lab.field.focus()
    page.keyboard.type("#")
    lab.wait()
    assert "#" in lab.text


@pytest.mark.parametrize("name", LABS)
def test_static_lab_shares_its_example(name: str, reader: Reader, lab_of: LabOf) -> None:
    """Link, command, Python and directive are the live lab's, without a byte of Python."""
    page = reader.open(f"playground/{name}.html", permissions=["clipboard-read", "clipboard-write"])
    lab = lab_of(page)

    def copied() -> dict[str, str]:
        found = {}
        for form in ("link", "command", "python", "embed"):
            button = lab.root.locator(f'[data-copy="{form}"]')
            if not button.is_visible():
                lab.root.locator(".tp-share > summary").click()
            button.click()
            # The button says so, and the one before it no longer.
            expect(button.locator(".tp-copied")).to_have_text("Copied")
            expect(lab.root.locator(".tp-copied")).to_have_count(1)
            found[form] = page.evaluate("navigator.clipboard.readText()")
        assert len(set(found.values())) == len(found)
        page.keyboard.press("Escape")
        return found

    static = copied()
    expect(lab.root.locator(".tp-share .tp-menu-body")).to_be_hidden()
    expect(lab.root).to_have_attribute("data-state", "static")
    assert [] == wakes(reader)
    lab.wake()
    live = copied()
    assert live.pop("link").startswith(static.pop("link"))
    assert live == static


def test_static_rule_applies_on_the_first_choice(reader: Reader, lab_of: LabOf) -> None:
    """A rule that is chosen before the lab is live starts it, and the answer follows the rule."""
    page = reader.open()
    lab = lab_of(page)
    before = lab.result.inner_text()
    lab.root.locator('select[name="rules"]').select_option("installers")
    lab.wait()
    expect(lab.root.locator('select[name="rules"]')).to_have_value("installers")
    assert before != lab.result.inner_text()
    page.wait_for_function("() => location.hash.includes('rules=installers')")


def test_static_example_applies_on_the_first_click(reader: Reader, lab_of: LabOf) -> None:
    """An example that is chosen before the lab is live starts it, and its menu closes."""
    page = reader.open("playground/extras.html")
    lab = lab_of(page)
    menu = lab.root.locator(".tp-toolbar details:has([data-example])")
    menu.locator("summary").click()
    lab.root.locator(".tp-toolbar [data-example]").nth(1).click()
    lab.wait()
    assert "Requires-Dist" in lab.text
    assert "spam" not in lab.text
    expect(menu.locator(".tp-menu-body")).to_be_hidden()


def test_small_example_has_its_choices_behind_one_button(reader: Reader, lab_of: LabOf) -> None:
    """What a small example assumes can be changed without pressing *Edit*, and is applied."""
    page = reader.open("explanations/algebra.html")
    number = page.locator("trigpoint-lab").evaluate_all(
        "labs => labs.findIndex(lab => lab.dataset.request.includes('any-values'))"
    )
    lab = lab_of(page, number)
    expect(lab.root.locator(".tp-summary")).to_contain_text("overlap")
    lab.root.locator(".tp-more > summary").click()
    lab.root.locator('select[name="assuming"]').select_option("known-platforms")
    lab.wait()
    expect(lab.root.locator(".tp-summary")).to_have_text("The two mean the same.")


# -- narrow screens --------------------------------------------------------------------


def visible(page: Page, selector: str) -> bool:
    """Say whether the middle of *selector* is what a reader sees at that place."""
    script = """each => {
      const { x, y, width, height } = each.getBoundingClientRect();
      const [left, right] = [x + 2, x + width - 2];
      return [left, right].every(at => each.contains(document.elementFromPoint(at, y + height / 2)));
    }"""
    place = page.locator(selector).first
    place.scroll_into_view_if_needed()
    return bool(place.evaluate(script))


def test_chosen_cell_is_in_view_on_a_phone(reader: Reader, lab_of: LabOf) -> None:
    """Static and live, and whatever an answer makes of the grid; a fade says that there is more."""
    page = reader.open(viewport={"width": 320, "height": 800})
    lab = lab_of(page)
    box = lab.root.locator(".tp-scroll")
    assert "3.15" in str(
        lab.root.locator('[aria-selected="true"] [data-cell]').get_attribute("aria-label")
    )
    script = "box => { const cell = box.querySelector('[aria-selected=\"true\"]')"
    inside = (
        f"{script}.getBoundingClientRect(), outer = box.getBoundingClientRect(),"
        "head = box.querySelector('th[scope=row]').getBoundingClientRect();"
        "return cell.left >= head.right - 1 && cell.right <= outer.right; }"
    )
    assert box.evaluate(inside)
    assert "start" in str(box.get_attribute("data-more"))
    lab.wake()
    assert box.evaluate(inside)
    # The reader's own scrolling stays.
    box.evaluate("box => { box.scrollLeft = 0; }")
    expect(box).to_have_attribute("data-more", "end")
    lab.write("os_name == 'nt'")
    assert 0 == box.evaluate("box => box.scrollLeft")


def test_wide_tables_fade_where_there_is_more(reader: Reader) -> None:
    """A reader of a phone sees on which sides a table goes on, and none where it does not."""
    sides = "e => ['before', 'after'].map(side => parseFloat(getComputedStyle(e).getPropertyValue(`--tp-${side}`)) > 0)"
    page = reader.open("reference/peps.html", viewport={"width": 320, "height": 800})
    table = page.locator(".table-wrapper").first
    seen = []
    for place in ("0", "e.scrollWidth / 4", "e.scrollWidth"):
        table.evaluate(
            f"e => {{ e.scrollLeft = {place}; return new Promise(requestAnimationFrame); }}"
        )
        seen.append(table.evaluate(sides))
    assert [[False, True], [True, True], [True, False]] == seen
    # As wide as its place, and one whose first column stays.
    page.goto(reader.server.base + "reference/messages/no-solution-found.html")
    assert [False, False] == page.locator(".table-wrapper").first.evaluate(sides)
    page.goto(reader.server.base + "reference/backends.html")
    evidence = page.locator(".tp-evidence").first
    assert "linear-gradient" in evidence.evaluate("e => getComputedStyle(e).maskImage")
    assert evidence.evaluate(sides)[1]


def test_what_a_finger_opens_is_large_enough(reader: Reader) -> None:
    """Folded parts and buttons of a result are as high as 24 pixels where there is no mouse."""
    profile = reader.profile(viewport={"width": 320, "height": 800}, has_touch=True, is_mobile=True)
    page = profile.new_page()
    for path in ("playground/external.html", "playground/review.html", "playground/wheels.html"):
        page.goto(reader.server.base + path)
        small = page.locator("trigpoint-lab").first.evaluate(
            """lab => [...lab.querySelectorAll("summary, button")]
              .filter(each => each.checkVisibility() && !each.closest("p"))
              .filter(each => each.getBoundingClientRect().height < 24)
              .map(each => each.outerHTML.slice(0, 80))"""
        )
        assert small == []


def test_heads_of_a_grid_stay(reader: Reader) -> None:
    """The first column stays at the side, the first row on top."""
    page = reader.open(viewport={"width": 320, "height": 800})
    styles = page.evaluate(
        """() => ['.tp-grid thead th', '.tp-grid th[scope="row"]'].map(each =>
          getComputedStyle(document.querySelector(each)).position)"""
    )
    assert ["sticky", "sticky"] == styles


@pytest.mark.parametrize(("width", "at_least"), [(320, 220), (1280, 120)])
def test_requirements_of_extras_have_room(width: int, at_least: int, reader: Reader) -> None:
    """On a phone each requirement is a card: its text has the whole width, below it the answers."""
    page = reader.open("playground/extras.html", viewport={"width": width, "height": 800})
    rows = page.locator(".tp-extras tbody th")
    widths = rows.evaluate_all("rows => rows.map(row => row.getBoundingClientRect().width)")
    assert len(widths) > 1
    assert min(widths) >= at_least
    cells = page.locator(".tp-extras tbody tr").first.locator("[data-cell]")
    assert 4 == cells.count()
    assert all(
        0 <= place["x"] <= width - place["width"]
        for place in (cells.nth(i).bounding_box() for i in range(4))
        if place
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_texts_to_compare_have_equal_boxes(width: int, reader: Reader, lab_of: LabOf) -> None:
    """Two texts, two boxes of one size, at every width."""
    page = reader.open("playground/metadata.html", viewport={"width": width, "height": 900})
    lab = lab_of(page)
    lab.root.locator('.tp-tab:has(input[value="diff"])').click()
    lab.wait()
    boxes = [
        lab.root.locator(each).bounding_box() for each in (".tp-editor", 'textarea[name="other"]')
    ]
    first, second = (each for each in boxes if each)
    assert abs(first["width"] - second["width"]) <= 2
    assert abs(first["height"] - second["height"]) <= 2
    assert first["height"] >= 150
    if width == 1280:
        assert abs(first["y"] - second["y"]) <= 2


@pytest.mark.parametrize("name", LABS)
def test_empty_text_offers_examples(name: str, reader: Reader, lab_of: LabOf) -> None:
    """The panel stays as high as a panel, and one click puts a real package into it."""
    lab = lab_of(reader.open(f"playground/{name}.html"))
    lab.wake()
    lab.write("")
    offered = lab.result.locator("[data-example]")
    expect(offered).to_have_count(3)
    place = lab.result.bounding_box()
    assert place
    assert place["height"] >= 250
    offered.first.click()
    lab.wait()
    assert lab.text.strip()
    expect(offered).to_have_count(0)


# -- what a screen reader says -----------------------------------------------------------


@pytest.mark.parametrize("path", ["explanations/algebra.html", "guides/markers.html"])
def test_edit_buttons_have_names_of_their_own(path: str, reader: Reader) -> None:
    """Each says which example it is for, and begins with the word that is seen."""
    page = reader.open(path)
    names = page.locator("[data-edit]").evaluate_all("all => all.map(each => each.ariaLabel)")
    assert len(names) > 1
    assert len(names) == len(set(names))
    assert all(each.startswith("Edit") for each in names)


def test_headings_of_results_nest(reader: Reader, lab_of: LabOf) -> None:
    """No level is left out on a page of text with many results, either, static and live."""
    page = reader.open("guides/markers.html")
    assert [] == jumps(page)
    lab_of(page).wake()
    assert [] == jumps(page)


def test_an_answer_is_spoken_once(reader: Reader, lab_of: LabOf) -> None:
    """The summary is put into the polite region once, however often the same answer comes."""
    page = reader.open()
    lab = lab_of(page)
    lab.wake()
    spoken = lab.root.locator('.tp-announce[aria-live="polite"]').last
    expect(spoken).to_have_text(re.compile("^Holds in"))
    spoken.evaluate(
        """node => { window.spoken = 0;
          new MutationObserver(() => { window.spoken += 1; }).observe(node,
            { childList: true, characterData: true, subtree: true }); }"""
    )
    lab.write("os_name == 'nt'")
    expect(spoken).to_have_text(re.compile("^Holds in 8"))
    lab.write("'nt' == os_name")
    lab.write("os_name == 'posix'")
    expect(spoken).to_have_text(re.compile("^Holds in 16"))
    assert page.evaluate("window.spoken") <= 2
