"""Compiled code that a reader calls in the page, in the browser, under the site's policy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Reader

PAGE = "guides/webassembly.html"
FAILING = "from array import array\nimport snow_cap\nsnow_cap.rolling_mean(array('d', [1]), 2)"


def test_a_reader_calls_c_in_the_page(reader: Reader, site: Path) -> None:
    """Nothing loads before the button; then C and Python agree, and errors of C are the reader's.

    The module file says where it is from, so that no Python in its place would pass.
    """
    page = reader.open(PAGE)
    runs = page.locator("trigpoint-run")
    if not any((site / "_static/trigpoint/shelf").glob("snow_cap-*wasm32.whl")):
        expect(page.get_by_text("had no compiler for WebAssembly")).to_be_visible()
        pytest.skip("the site was built without a compiler for WebAssembly")
    text, result = runs.locator("textarea"), runs.locator(".tp-result")
    heavy = ("engine.js", "pyodide", "shelf", "snapshot", "runner-")
    text.click()
    assert [url for url in reader.requests if any(each in url for each in heavy)] == []
    runs.get_by_role("button", name="Run").click()
    expect(result).to_contain_text("the same numbers: True")
    expect(result).to_contain_text(re.compile(r"It ran in [\d,]+ ms\."))
    expect(runs.get_by_role("status")).to_contain_text("It ran in")
    text.fill("from snow_cap import _core\nprint(_core.__file__[-14:], '<i>')")
    text.press("Control+Enter")
    expect(result).to_contain_text("/_core.abi3.so <i>")
    # The answer to the first of two presses does not end what the second one asked.
    runs.evaluate(
        "element => { window.ends = []; new MutationObserver(() => { "
        "if (!element.hasAttribute('data-busy')) window.ends.push(element.innerText) })"
        ".observe(element, { attributeFilter: ['data-busy'] }) }"
    )
    text.fill("from time import time\nend = time() + 3\nwhile time() < end: pass\nprint('first')")
    text.press("Control+Enter")
    text.fill("print('second')")
    text.press("Control+Enter")
    expect(result).to_contain_text("second")
    expect(runs).not_to_have_attribute("data-busy", "")
    [ended] = page.evaluate("window.ends")
    assert "second" in ended
    text.fill(FAILING)
    text.press("Control+Enter")
    expect(result).to_contain_text("It ended with ValueError: window must be from 1 to 1, not 2")
    expect(result).to_contain_text('File "<your code>", line 3')
    runs.get_by_role("button", name="Reset").click()
    expect(text).to_have_value(re.compile("def in_python"))
    # What the screen shows is not the answer to this text.
    expect(result).to_have_attribute("data-old", "")
