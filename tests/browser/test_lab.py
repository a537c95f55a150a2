"""A lab, from the static page to the live answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Route, expect

if TYPE_CHECKING:
    from conftest import LabOf, Reader

WINDOWS = "os_name == 'nt'"
ELSEWHERE = "os_name == 'posix'"
BROKEN = "os_name == "
TYPED = 'sys_platform == "win32"'


def test_page_asks_for_no_python_before_a_lab_is_touched(reader: Reader) -> None:
    """A page costs a few scripts; engine, editor and Python wait for the first touch."""
    reader.open().wait_for_load_state("networkidle")
    assert [url for url in reader.requests if "trigpoint-lab.js" in url] != []
    assert [url for url in reader.requests if re.search(r"engine|pyodide|/lab-|\.whl", url)] == []


def test_without_javascript_the_computed_result_is_there(reader: Reader, lab_of: LabOf) -> None:
    """The page shows without scripts what the live lab answers for the same request."""
    static = lab_of(reader.open(java_script_enabled=False))
    live = lab_of(reader.open())
    live.wake()
    assert live.cells != []
    assert live.cells == static.cells
    assert live.result.inner_text() == static.result.inner_text()
    expect(static.root.locator("[data-edit]")).to_have_count(0)
    expect(static.root.locator(".tp-live").first).to_be_hidden()


def test_typing_changes_the_grid(reader: Reader, lab_of: LabOf) -> None:
    """Each new text has its own answer."""
    lab = lab_of(reader.open())
    lab.wake()
    lab.write(WINDOWS)
    windows = lab.cells
    lab.editor.focus()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type(ELSEWHERE)
    expect(lab.field).to_have_value(ELSEWHERE)
    lab.wait()
    assert lab.cells != windows
    assert len(lab.cells) == len(windows)


def test_typing_into_the_static_text_starts_the_lab(reader: Reader, lab_of: LabOf) -> None:
    """What is typed before the editor is there is part of the text."""
    lab = lab_of(reader.open())
    lab.field.focus()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type(WINDOWS)
    expect(lab.field).to_have_value(WINDOWS)
    lab.wait()
    expect(lab.editor).to_have_text(WINDOWS)
    expect(lab.editor).to_be_focused()


def test_text_that_cannot_be_read_keeps_the_last_result(reader: Reader, lab_of: LabOf) -> None:
    """The last valid result stays, marked as old, and the findings are under the text."""
    lab = lab_of(reader.open())
    lab.wake()
    lab.write(WINDOWS)
    cells = lab.cells
    lab.write(BROKEN)
    expect(lab.result).to_have_class(re.compile("tp-stale"))
    assert lab.cells == cells
    expect(lab.root.locator(".tp-text-findings")).not_to_be_empty()
    underlined = lab.root.locator(".tp-editor :is(.cm-lintRange-error, .cm-lintPoint-error)")
    expect(underlined).not_to_have_count(0)
    lab.write(ELSEWHERE)
    expect(lab.result).not_to_have_class(re.compile("tp-stale"))
    expect(lab.root.locator(".tp-text-findings")).to_be_empty()


def test_fix_is_one_click(reader: Reader, lab_of: LabOf) -> None:
    """The button of a finding repairs the text."""
    lab = lab_of(reader.open())
    lab.wake()
    lab.write("os_name = 'nt'")
    lab.root.locator("[data-fix]").first.click()
    expect(lab.field).to_have_value(WINDOWS)


def test_chosen_cell_is_explained(reader: Reader, lab_of: LabOf) -> None:
    """Choosing another cell changes the explanation and keeps the focus in the grid."""
    lab = lab_of(reader.open())
    lab.wake()
    before = lab.result.inner_text()
    cells = lab.result.locator("[data-cell]")
    order = cells.evaluate_all("cells => cells.map(cell => cell.tabIndex)")
    cell = cells.nth(order.index(-1))
    cell.click()
    lab.wait()
    expect(lab.result).not_to_have_text(before)
    expect(cell).to_be_focused()
    assert lab.result.inner_text() != before


def test_explanation_lights_up_its_text(reader: Reader, lab_of: LabOf) -> None:
    """Pointing at a part of the result marks its text, and the caret marks the part."""
    lab = lab_of(reader.open())
    lab.wake()
    lab.write("os_name == 'nt' and python_version >= '3.9'")
    lit = lab.root.locator(".tp-editor .tp-lit")
    expect(lit).to_have_count(0)
    lab.result.locator("[data-span]").last.hover()
    expect(lit.first).to_be_visible()
    lab.editor.focus()
    lab.page.keyboard.press("Control+Home")
    expect(lab.result.locator(".tp-lit").first).to_be_visible()


def test_result_is_announced(reader: Reader, lab_of: LabOf) -> None:
    """A screen reader hears the answer in one sentence."""
    lab = lab_of(reader.open())
    lab.wake()
    lab.write(WINDOWS)
    spoken = lab.root.locator('.tp-announce[aria-live="polite"]')
    lab.page.wait_for_function(
        "([said, result]) => said.innerText && result.innerText.includes(said.innerText)",
        arg=[spoken.element_handle(), lab.result.element_handle()],
    )


def test_copies_say_so(reader: Reader, lab_of: LabOf) -> None:
    """The share menu copies the link, the command, Python and the directive."""
    page = reader.open(permissions=["clipboard-read", "clipboard-write"])
    lab = lab_of(page)
    lab.wake()
    lab.write(WINDOWS)
    copied = {}
    for form in ("link", "command", "python", "embed"):
        button = lab.root.locator(f'[data-copy="{form}"]')
        if not button.is_visible():
            lab.root.locator(".tp-share > summary").click()
        button.click()
        expect(button.locator(".tp-copied")).to_have_text("Copied")
        expect(lab.root.locator(".tp-copied")).to_have_count(1)
        copied[form] = page.evaluate("navigator.clipboard.readText()")
    # It says so for a while.
    expect(lab.root.locator(".tp-copied")).to_have_count(0)
    assert copied["link"] == page.url
    assert copied["command"].startswith("trigpoint ")
    assert WINDOWS in copied["python"]
    assert WINDOWS in copied["embed"]


@pytest.mark.parametrize("form", ["link", "command", "python", "embed"])
def test_copies_what_was_just_typed(reader: Reader, lab_of: LabOf, form: str) -> None:
    """A copy in the same moment as the last letter holds that letter, before any answer."""
    page = reader.open(permissions=["clipboard-read", "clipboard-write"])
    lab = lab_of(page)
    lab.wake()
    lab.write(WINDOWS)
    lab.root.locator(".tp-share > summary").click()
    # Both in one task of the page, so that nothing can come between them.
    lab.write_and_press(TYPED, f'[data-copy="{form}"]')
    expect(lab.root.locator(".tp-copied")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    if form == "link":
        assert page.url == copied
        copied = unquote_plus(copied)
    assert TYPED in copied


def test_labs_of_a_page_share_one_engine(reader: Reader, lab_of: LabOf, site: Path) -> None:
    """The second lab that is touched starts no second engine."""
    pages = (path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts)
    path = next(path for path in pages if path.read_text("utf-8").count("<trigpoint-lab") > 1)
    page = reader.open(path.relative_to(site).as_posix())
    for i in range(2):
        lab = lab_of(page, i)
        lab.wake()
        lab.write(WINDOWS)
    assert len(page.workers) == 1


def test_endless_answer_is_cut_off(reader: Reader, lab_of: LabOf) -> None:
    """An answer over the time limit is stopped; the text stays, no old answer can be copied."""
    page = reader.profile(service_workers="block").new_page()
    workers: list[Route] = []

    def hang(route: Route) -> None:
        """Let the first worker run for ever, and others when a request holds two words."""
        endless = "/for ever/.test(e.data.request.text)" if workers else "true"
        workers.append(route)
        prelude = f"addEventListener('message', e => {{ while ({endless}); }});"
        response = route.fetch()
        route.fulfill(response=response, body=prelude + response.text())

    page.route("**/engine.js*", hang)
    page.goto(reader.server.base + "playground/markers.html")
    lab = lab_of(page)
    lab.root.evaluate("element => { element.dataset.timeLimit = '700' }")
    lab.root.locator("[data-edit]").click()
    expect(lab.root.locator(".tp-problem")).to_contain_text("it was stopped")
    # It was never live, so it has failed, and does not load any more.
    expect(lab.root).to_have_attribute("data-state", "failed")
    lab.root.evaluate("element => { delete element.dataset.timeLimit }")
    lab.root.locator(".tp-retry").click()
    lab.wait()
    lab.write(WINDOWS)
    cells = lab.cells
    endless = f"{ELSEWHERE} # for ever"
    lab.root.evaluate("element => { element.dataset.timeLimit = '700' }")
    lab.write(endless)
    problem = lab.root.locator(".tp-problem")
    expect(problem).to_contain_text("it was stopped")
    expect(problem.get_by_role("button")).to_have_count(1)
    assert lab.text == endless
    assert lab.cells == cells
    lab.root.locator(".tp-share > summary").click()
    lab.root.locator('[data-copy="python"]').click()
    expect(lab.root.locator(".tp-notice")).to_contain_text("Nothing was copied")
    expect(lab.root.locator(".tp-copied")).to_have_count(0)
    lab.root.evaluate("element => { delete element.dataset.timeLimit }")
    lab.write(ELSEWHERE)
    expect(problem).to_have_count(0)
    assert lab.cells != cells


def test_engine_that_does_not_load_can_be_tried_again(reader: Reader, lab_of: LabOf) -> None:
    """The page says what happened, keeps the text and the result, and offers one button."""
    reader.allow("Failed to load resource")
    page = reader.profile(service_workers="block").new_page()
    page.route("**/engine.js*", lambda route: route.abort())
    page.goto(reader.server.base + "playground/markers.html")
    lab = lab_of(page)
    text, cells = lab.text, lab.cells
    lab.root.locator("[data-edit]").click()
    expect(lab.root).to_have_attribute("data-state", "failed")
    expect(lab.root.locator(".tp-problem")).to_contain_text("did not load")
    assert (lab.text, lab.cells) == (text, cells)
    page.unroute("**/engine.js*")
    lab.root.locator(".tp-retry").click()
    lab.wait()
    expect(lab.root.locator(".tp-problem")).to_have_count(0)
    assert lab.cells == cells


def test_editor_that_does_not_load_leaves_the_static_page(reader: Reader, lab_of: LabOf) -> None:
    """If the editor does not load, the page is static again, and the next touch tries again."""
    reader.allow("Failed to load resource")
    page = reader.profile(service_workers="block").new_page()
    page.route("**/lab-*.js", lambda route: route.abort())
    page.goto(reader.server.base + "playground/markers.html")
    lab = lab_of(page)
    lab.root.locator("[data-edit]").click()
    expect(lab.root).to_have_attribute("data-state", "static")
    expect(lab.root.locator(".tp-problem")).to_contain_text("did not load")
    page.unroute("**/lab-*.js")
    lab.wake()


def test_engine_starts_without_a_usable_snapshot(reader: Reader, lab_of: LabOf) -> None:
    """A snapshot that does not load costs time and nothing else."""
    page = reader.profile(service_workers="block").new_page()
    page.route("**/snapshot.bin.zst*", lambda route: route.fulfill(body=b"\0" * 64))
    page.goto(reader.server.base + "playground/markers.html")
    lab = lab_of(page)
    cells = lab.cells
    lab.wake()
    assert lab.cells == cells
    lab.write(ELSEWHERE)
    assert lab.cells != cells
