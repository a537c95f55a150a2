"""The buttons that copy a block of code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Reader
    from playwright.sync_api import Locator

GUIDE = "guides/check.html"
READ = "navigator.clipboard.readText()"


@pytest.fixture
def block(reader: Reader) -> Callable[[str], Locator]:
    """How a test gets the block of code of a guide that holds some words."""
    page = reader.profile(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(reader.server.base + GUIDE)
    return lambda words: page.locator("div.highlight").filter(has_text=words).first


def test_of_a_session_what_was_typed_is_copied(block: Callable[[str], Locator]) -> None:
    """The command comes without its prompt and without what it printed."""
    place = block("$ trigpoint check docs/examples/check")
    place.hover()
    button = place.get_by_role("button")
    expect(button).to_have_css("opacity", "1")
    button.click()
    expect(button).to_have_text("Copied")
    assert "trigpoint check docs/examples/check" == place.page.evaluate(READ)


def test_lines_that_go_on_are_copied(block: Callable[[str], Locator]) -> None:
    """Of a Python session all lines of a statement, indented as they are, and no answers."""
    place = block(">>> report = check")
    place.hover()
    place.get_by_role("button").click()
    expect(place.get_by_role("button")).to_have_text("Copied")
    text = place.page.evaluate(READ)
    assert text.startswith("from trigpoint.projects import check\nreport = check(")
    assert "\nfor file in report.files:\n    print(file.kind" in text
    assert [] == [line for line in text.split("\n") if line.startswith((">>>", "...", "True"))]


def test_a_file_is_copied_as_it_is(block: Callable[[str], Locator]) -> None:
    """What has no prompts is copied whole, without the end of its last line."""
    place = block("trigpoint-check")
    place.hover()
    place.get_by_role("button").click()
    expect(place.get_by_role("button")).to_have_text("Copied")
    assert place.locator("pre").inner_text().rstrip("\n") == place.page.evaluate(READ)


def test_by_keyboard_and_by_ear(block: Callable[[str], Locator]) -> None:
    """A button is named by what it copies, shows itself when it has the focus, and tells what it did."""
    place = block("$ trigpoint check docs/examples/check")
    button = place.get_by_role(
        "button", name="Copy trigpoint check docs/examples/check", exact=True
    )
    expect(button).to_have_css("opacity", "0")
    place.page.mouse.move(0, 0)
    place.locator("pre").focus()
    place.page.keyboard.press("Tab")
    expect(button).to_be_focused()
    expect(button).to_have_css("opacity", "1")
    place.page.keyboard.press("Enter")
    expect(place.page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    expect(button).to_be_focused()
    expect(button).to_have_text("Copy")


def test_without_a_clipboard_it_copies_the_old_way(reader: Reader) -> None:
    """A site without HTTPS has no clipboard to write to; nothing else changes."""
    page = reader.profile(permissions=["clipboard-read"]).new_page()
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto(reader.server.base + GUIDE)
    place = page.locator("div.highlight").filter(has_text="$ trigpoint check").first
    place.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(place.get_by_role("button")).to_have_text("Copied")
    expect(page.locator(".tp-copy-area")).to_have_count(0)
    page.goto(reader.server.base + "search.html")
    box = page.locator("input[type=search], input[name=q]").first
    box.focus()
    page.keyboard.press("Control+v")
    expect(box).to_have_value("trigpoint check docs/examples/check")
