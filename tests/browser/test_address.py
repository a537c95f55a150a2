"""The address bar: links, back and forward, and what hostile ones may do."""

from __future__ import annotations

import html
import json
import re
import zlib
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from conftest import LabOf, Reader

PLAYGROUND = "playground/markers.html"
WINDOWS = "os_name == 'nt'"
ELSEWHERE = "os_name == 'posix'"

WRITE_AND_RELOAD = """(editor, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  location.reload();
}"""
"""In one task of the page, so that no timer comes between."""

HOSTILE = {
    "html": "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>",
    "attribute": "' \" autofocus onfocus=document.title='owned' x='",
    "script url": "javascript:document.title='owned'",
    "closing tags": "</textarea></form></div></script><b>bold</b>",
    "nul": "os_name\0 == 'nt'\0",
    "right to left": "os_name == '\u202e\u2066tn\u2069' and \u200fx",
    "surrogate": "os_name == '\ud83d'".encode("utf-16", "surrogatepass").decode(
        "utf-16", "replace"
    ),
    "template": "{{7*7}} ${7*7} %(x)s",
    "long": "os_name == 'nt' or\n" * 5_000 + "os_name == 'nt'",
}
"""Texts that must stay texts; the last one has 90 kB."""


@pytest.fixture(scope="session")
def lab_id(site: Path) -> str:
    """The identifier of the lab of the playground."""
    found = re.search('<trigpoint-lab [^>]*?id="([^"]+)"', (site / PLAYGROUND).read_text("utf-8"))
    assert found
    return found[1]


@pytest.fixture(scope="session")
def example(site: Path) -> str:
    """The text that the playground begins with."""
    page = (site / PLAYGROUND).read_text("utf-8")
    found = re.search('<trigpoint-lab [^>]*?data-request="([^"]+)"', page)
    assert found
    return str(json.loads(html.unescape(found[1]))["text"])


def address(lab_id: str, **fields: str) -> str:
    """Return the address of the playground with *fields* in a link to its lab."""
    pairs = "&".join(f"{name}={quote(value)}" for name, value in fields.items())
    return f"{PLAYGROUND}#{lab_id}?v=1&{pairs}"


def dangers(page: Page) -> list[str]:
    """Return what on the page could run a script that the site did not write."""
    return list(
        page.evaluate(
            """() => {
              const found = [];
              for (const element of document.querySelectorAll("trigpoint-lab *")) {
                if (element.matches("script, iframe, object, embed, img, svg, base, link, style, meta"))
                  found.push(element.outerHTML);
                for (const { name, value } of element.attributes)
                  if (name.startsWith("on") || name === "srcdoc" ||
                      (/^(href|src|action|formaction)$/.test(name) && !/^(https?:|#)/.test(value) &&
                       new URL(value, document.baseURI).origin !== location.origin))
                    found.push(`${name}=${value}`);
              }
              if (document.title === "owned") found.push("a script ran");
              return found;
            }"""
        )
    )


def test_link_shows_the_same_in_a_new_profile(reader: Reader, lab_of: LabOf) -> None:
    """A link restores the text, the choices and the answer, without a touch."""
    lab = lab_of(reader.open())
    lab.wake()
    lab.write("extra == 'gui' and extra != 'dev'")
    lab.root.locator("select[name]").first.select_option(index=1)
    extras = lab.root.locator('input[type="text"][data-type="list"]').first
    extras.fill("gui, dev")
    lab.wait()
    page = lab.page
    page.wait_for_function("() => location.hash.includes('extras=dev')")
    other = lab_of(reader.profile().new_page())
    other.page.goto(page.url)
    other.wait()
    assert other.text == lab.text
    assert other.result.inner_text() == lab.result.inner_text()
    assert other.cells == lab.cells
    assert other.root.locator("select[name]").first.input_value() == (
        lab.root.locator("select[name]").first.input_value()
    )


def test_back_and_forward(reader: Reader, lab_of: LabOf) -> None:
    """Each choice is a step that back undoes and forward repeats."""
    lab = lab_of(reader.open())
    lab.wake()
    lab.write(WINDOWS)
    cells = lab.cells
    lab.root.locator("details.tp-menu:has([data-example]) > summary").click()
    example = lab.root.locator("[data-example]").last
    wanted = json.loads(example.get_attribute("data-example") or "")["text"]
    example.click()
    expect(lab.field).to_have_value(wanted)
    lab.wait()
    after = lab.cells
    lab.page.go_back()
    expect(lab.field).to_have_value(WINDOWS)
    lab.wait()
    assert lab.cells == cells
    lab.page.go_forward()
    expect(lab.field).to_have_value(wanted)
    lab.wait()
    assert lab.cells == after


def test_what_no_link_can_hold_is_said_and_survives_a_reload(reader: Reader, lab_of: LabOf) -> None:
    """Nothing is copied that nobody could open, and the address does not name an older text."""
    lab = lab_of(reader.open("playground/metadata.html", permissions=["clipboard-read"]))
    lab.wake()
    lab.write("Name: spam\n")
    lab.page.wait_for_function("() => location.hash.includes('spam')")
    long = "Name: eggs\n" + "x" * 1_000_000
    lab.write(long)
    lab.page.wait_for_function("() => location.hash === '#lab'")
    lab.root.locator(".tp-share > summary").click()
    lab.root.locator("[data-copy=link]").click()
    expect(lab.root.locator(".tp-notice")).to_contain_text(
        "no link can hold a text as long as this"
    )
    lab.page.reload()
    lab.wait()
    assert long == lab.text


def test_typing_makes_no_steps(reader: Reader, lab_of: LabOf) -> None:
    """Back leaves a text that was typed as a whole, not letter by letter."""
    lab = lab_of(reader.open())
    length = lab.page.evaluate("history.length")
    lab.wake()
    lab.write(WINDOWS)
    lab.write(ELSEWHERE)
    lab.page.wait_for_function("() => location.hash.includes('posix')")
    assert lab.page.evaluate("history.length") == length


def test_reload_keeps_the_text(reader: Reader, lab_of: LabOf) -> None:
    """A reload shows what was there."""
    lab = lab_of(reader.open())
    lab.wake()
    lab.write(WINDOWS)
    cells = lab.cells
    lab.page.wait_for_function("() => location.hash.includes('nt')")
    lab.page.reload()
    lab.wait()
    assert (lab.text, lab.cells) == (WINDOWS, cells)


def test_reload_right_behind_a_key_keeps_the_text(reader: Reader, lab_of: LabOf) -> None:
    """The address has not followed yet, and what the tab keeps instead is there once."""
    lab = lab_of(reader.open())
    lab.wake()
    lab.write(ELSEWHERE)
    lab.page.wait_for_function("() => location.hash.includes('posix')")
    lab.editor.focus()
    lab.page.keyboard.press("Control+a")
    with lab.page.expect_navigation():
        lab.editor.evaluate(WRITE_AND_RELOAD, WINDOWS)
    lab.page.wait_for_function("() => location.hash.includes('nt')")
    lab.wait()
    assert WINDOWS == lab.text
    assert None is lab.page.evaluate("sessionStorage.getItem('trigpoint-typed')")
    lab.write(ELSEWHERE)
    lab.page.wait_for_function("() => location.hash.includes('posix')")
    lab.page.reload()
    lab.wait()
    assert ELSEWHERE == lab.text


def test_hostile_text_in_the_editor_stays_text(reader: Reader, lab_of: LabOf) -> None:
    """Whatever is typed is text, in the editor and in every answer."""
    lab = lab_of(reader.open())
    lab.wake()
    for name, text in HOSTILE.items():
        lab.write(text)
        assert lab.text == text, name
        assert dangers(lab.page) == [], name
        lab.write(WINDOWS)
        expect(lab.root.locator(".tp-text-findings"), name).to_be_empty()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_a_link_stays_text(
    text: str, lab_id: str, reader: Reader, lab_of: LabOf
) -> None:
    """Whatever a link holds is text, in every field of the request."""
    fields = dict.fromkeys(("text", "rules", "extras", "environment"), text)
    page = reader.open(address(lab_id, **fields))
    lab = lab_of(page)
    lab.wait()
    assert lab.text == text
    assert dangers(page) == []


@pytest.mark.parametrize(
    "fragment",
    [
        "?v=2&text=x",
        "?text=x",
        "?",
        "?v=1&z=AAAA",
        "?v=1&z=" + "A" * 100_000,
        "?v=1&marker:=nonsense",
        "?v=1&__proto__:={%22polluted%22:1}",
        "?v=1&text=%ZZ%FF",
        "?v=1&text:={%22a%22:[1]}&marker=x&extras:=1&environments:=null",
        "?v=1&" + "&" * 10_000,
        "?v=1&marker:=1e999",
    ],
    ids=str,
)
def test_malformed_link_leaves_the_lab_usable(
    fragment: str, lab_id: str, reader: Reader, lab_of: LabOf
) -> None:
    """A link that cannot be read is no reason to fail."""
    page = reader.open(f"{PLAYGROUND}#{lab_id}{fragment}")
    lab = lab_of(page)
    lab.wait()
    lab.write(WINDOWS)
    assert lab.cells != []
    assert dangers(page) == []
    assert page.evaluate("({}).polluted") is None


def test_link_that_unpacks_to_a_flood_is_refused(
    lab_id: str, example: str, reader: Reader, lab_of: LabOf
) -> None:
    """A short link cannot fill the memory."""
    packer = zlib.compressobj(wbits=-15)
    flood = packer.compress(json.dumps({"text": "x" * 30_000_000}).encode()) + packer.flush()
    packed = urlsafe_b64encode(flood).decode().rstrip("=")
    lab = lab_of(reader.open(address(lab_id, z=packed)))
    lab.wait()
    assert lab.text == example
    expect(lab.root.locator(".tp-notice")).to_contain_text("another version")


def test_deep_link_is_refused(lab_id: str, example: str, reader: Reader, lab_of: LabOf) -> None:
    """A value of thousands of levels, which a browser cannot keep in its history, ends nothing."""
    deep = "[" * 5_000 + "]" * 5_000
    lab = lab_of(reader.open(f"{address(lab_id)}extras:={deep}"))
    lab.wait()
    assert lab.text == example
    expect(lab.root.locator(".tp-notice")).to_contain_text("another version")


def test_result_of_another_text_is_dim(lab_id: str, reader: Reader, lab_of: LabOf) -> None:
    """Until the text of a link has its answer the page's own example is dim, and called that."""
    reader.allow("Failed to load resource")
    page = reader.profile(service_workers="block").new_page()
    page.route("**/engine.js*", lambda route: route.abort())
    page.goto(reader.server.base + address(lab_id, text=ELSEWHERE))
    other = lab_of(page)
    expect(other.root).to_have_attribute("data-state", "failed")
    expect(other.field).to_have_value(ELSEWHERE)
    old = "The result of the page's own example"
    expect(other.result).to_have_attribute("aria-label", old)
    label = other.result.evaluate("result => getComputedStyle(result, '::before').content")
    assert json.loads(label) == old
    page.unroute("**/engine.js*")
    other.root.locator(".tp-retry").click()
    other.wait()
    expect(other.result).not_to_have_attribute("aria-label", old)
