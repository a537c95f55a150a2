"""An address without a page leads back into the site, however deep it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Reader


@pytest.mark.parametrize("address", ["no-such-page.html", "guides/no/such/no-such-page.html"])
def test_a_missing_page_leads_home_and_to_the_search(address: str, reader: Reader) -> None:
    """Below a path such as that of Read the Docs too; the search begins with the address's words."""
    reader.allow("404")
    page = reader.open(address)
    home = page.locator("#home")
    expect(page.get_by_role("heading")).to_have_text("Page not found")
    expect(home).to_have_attribute("href", re.compile(r"^/en/latest/index\.html$"))
    page.locator("#search").click()
    expect(page.locator("#tp-search-words")).to_have_value("no such page")
    page.go_back()
    home.click()
    page.wait_for_url(reader.server.base + "index.html")
