"""The search of the site: what real readers ask, in the box, on its page, and without a network."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.moved import MOVED

if TYPE_CHECKING:
    from conftest import LabOf, Reader

WINDOWS = "pin a dependency on windows only"
START = "guides/metadata.html"
MOST_BYTES = (1_000, 12_000, 125_000)
"""What the script of every page, that of the search, and its index may weigh, compressed.

The index comes when a reader enters the box; it grows with the site, by about 60 bytes an entry.
"""
FIRST = 3
"""Results that a reader looks at."""

EXTRAS, MARKERS, METADATA = (f"guides/{name}.html" for name in ("extras", "markers", "metadata"))
GROUPS, CPP = "guides/dependency-groups.html", "tutorials/first-compiled.html"
EXCLUSIVE = "guides/exclusive-extras.html"
FIELDS, FINDINGS = "reference/metadata-fields.html", "reference/findings.html"
QUESTIONS = {
    WINDOWS: (MARKERS,),
    "default extras": (f"{EXTRAS}#default-extras",),
    "PEP 771 default extras": (f"{EXTRAS}#default-extras",),
    "what is Dynamic": (f"{FIELDS}#field-Dynamic",),
    "extra == twice": (
        f"{MARKERS}#two-extras-at-once-never-meet",
        f"{EXTRAS}#what-only-a-combination-needs",
    ),
    "License-Expression": (f"{FIELDS}#field-License-Expression",),
    "python_version 3.10 string compare": (f"{MARKERS}#python-version-has-two-components",),
    "dependency groups vs extras": (f"{EXTRAS}#an-extra-or-a-group", GROUPS),
    "pip ignores my marker": (f"{MARKERS}#what-pip-and-uv-do",),
    "uv and requires-python upper bound": (
        "guides/drop-python.html#do-not-put-a-cap-on-python",
        f"{FIELDS}#field-Requires-Python",
        "reference/cases.html#case-rp-upper",
    ),
    "how do I install all extras": (f"{EXTRAS}#extras-made-of-extras",),
    "self-referential extra": (f"{EXTRAS}#extras-made-of-extras",),
    "which metadata version do I need": (f"{METADATA}#which-version-you-need",),
    "who refuses metadata 2.5": (f"{METADATA}#which-version-you-need",),
    "is there a metadata 3.0": ("explanations/metadata-3.html",),
    "what does extra != do": (f"{EXTRAS}#a-requirement-that-an-extra-takes-away",),
    "exclude an extra": (f"{MARKERS}#a-negated-extra-excludes-nothing",),
    "spdx license in pyproject.toml": (f"{METADATA}#license",),
    "license classifier deprecated": (f"{METADATA}#license",),
    "author with a comma": (f"{METADATA}#a-person-with-a-comma",),
    "wheel METADATA blank line": (f"{METADATA}#a-blank-line-ends-the-headers",),
    "extra name underscore or hyphen": (
        f"{EXTRAS}#names",
        f"{EXTRAS}#how-every-installer-agrees",
    ),
    "compare two markers": (f"{MARKERS}#do-two-markers-mean-the-same",),
    "simplify a marker": ("playground/algebra.html",),
    "prerelease python 3.15 beta": (f"{MARKERS}#prereleases-are-between-two-answers",),
    "platform_python_implementation pypy": (f"{MARKERS}#what-a-marker-can-ask",),
    "dependancy markers": (MARKERS,),
    "does poetry read default-extra": (f"{EXTRAS}#default-extras",),
    "difference between packaging and the specification": ("reference/marker-differences.html",),
    "embed a lab in my own sphinx docs": ("reference/sphinx.html",),
    # Those of public threads, each of which one page answers.
    "is not a valid metadata version": ("guides/metadata-version.html",),
    "mutually exclusive extras": (EXCLUSIVE,),
    "build a C++ project the first time": (CPP,),
    "how to package C++ code": (CPP,),
    "license setuptools old version": ("guides/license.html",),
    "unrecognized or malformed field license-file": (
        "reference/messages/unrecognized-field-license-file.html",
    ),
    "requirements with conflicting markers on several lines": (MARKERS,),
    "why does pip not take this wheel": ("guides/which-wheels.html",),
    "where do dependency groups work": (GROUPS,),
    "two wheels, one file": (f"{EXCLUSIVE}#two-projects-that-hold-the-same-files",),
    "how fast is it": ("reference/benchmarks.html",),
    "metadata-requirement": (f"{FINDINGS}#finding-metadata-requirement",),
    "marker-unknown-variable": (f"{FINDINGS}#finding-marker-unknown-variable",),
    "Provides-Extra": (f"{FIELDS}#field-Provides-Extra",),
    "Marker.evaluate": ("reference/api/markers.html#trigpoint.markers.Marker.evaluate",),
    "mk-ne[docs]": ("reference/cases.html#case-mk-ne",),
}
"""What readers ask, and where the answer is: one of these addresses, or a place below it."""

NAMES = [*list(QUESTIONS)[-5:], "License-Expression"]
"""Questions that are names, whose place comes first of all."""

FIND = """async ([code, index, queries, limit]) => {
  const { load } = await import(code);
  const found = await load(new URL(index));
  return queries.map((query) => found.find(query, limit).map(({ address }) => address));
}"""

READ = """async ([code, address]) => {
  const { unpack } = await import(code);
  const { pages, entries } = unpack(await (await fetch(address)).json());
  return entries.map(([page, , anchor, title]) => [pages[page][0], anchor, title]);
}"""


def index_address(page: Page) -> str:
    """Return where the index is, as *page* names it."""
    found = page.locator("script[data-search-index]").get_attribute("data-search-index")
    return f"{page.evaluate('document.documentElement.dataset.content_root')}{found}"


@pytest.fixture
def ask(reader: Reader) -> Callable[..., list[list[str]]]:
    """How a test asks the very script and index that readers get."""

    def ask(*queries: str, limit: int = FIRST) -> list[list[str]]:
        page = reader.open("index.html")
        base = reader.server.base
        code, index = f"{base}_static/trigpoint/search-box.js", base + index_address(page)
        return list(page.evaluate(FIND, [code, index, queries, limit]))

    return ask


@pytest.fixture
def built(reader: Reader) -> list[tuple[str, str, str]]:
    """Address of the page, anchor and title of each entry, as the very script reads the index."""
    page = reader.open("index.html")
    base = reader.server.base
    code, index = f"{base}_static/trigpoint/search-box.js", base + index_address(page)
    return [(page, anchor, title) for page, anchor, title in page.evaluate(READ, [code, index])]


def box(page: Page) -> Locator:
    """Return the box in the sidebar."""
    return page.locator(".sidebar-search")


def options(page: Page) -> Locator:
    """Return the results under the box."""
    return page.locator("[role=option]")


def test_readers_find_what_they_ask_for(ask: Callable[..., list[list[str]]]) -> None:
    """Each question has the right page or section among the first three results."""
    assert len(QUESTIONS) >= 30
    answers = dict(zip(QUESTIONS, ask(*QUESTIONS), strict=True))
    assert {} == {
        question: answers[question]
        for question, right in QUESTIONS.items()
        if not any(address.startswith(right) for address in answers[question])
    }


def test_a_name_comes_first(ask: Callable[..., list[list[str]]]) -> None:
    """Fields, findings, recorded cases and names of the API are found by their names."""
    answers = ask(*NAMES, limit=1)
    assert [] == [
        (name, answer)
        for name, answer in zip(NAMES, answers, strict=True)
        if not answer[0].startswith(QUESTIONS[name])
    ]


def test_guides_come_before_the_api(ask: Callable[..., list[list[str]]]) -> None:
    """Words that are in both lead to the pages that explain."""
    for answer in ask("marker", "extras", "metadata", "environment", "algebra"):
        assert not any(address.startswith("reference/api/") for address in answer)


def test_every_entry_leads_somewhere(site: Path, built: list[tuple[str, str, str]]) -> None:
    """Each address of the index is a page of the site, and a place on it."""
    texts = {address: (site / address).read_text("utf-8") for address, _, _ in built}
    places = {address: set(re.findall(r'\sid="([^"]+)"', text)) for address, text in texts.items()}
    assert [] == [
        (address, anchor)
        for address, anchor, _ in built
        if anchor and anchor not in places[address]
    ]


def test_every_page_finding_field_and_case_is_in_the_index(
    site: Path, built: list[tuple[str, str, str]]
) -> None:
    """What the site lists by name can be searched by name."""
    from trigpoint.catalogue import RULES
    from trigpoint.installers import RECORD
    from trigpoint.metadata import FIELDS as ALL_FIELDS

    titles = {title for _, _, title in built}
    assert set() == {*RULES, *RECORD.cases, *ALL_FIELDS} - titles
    sources = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    made = {"404.html", "genindex.html", "py-modindex.html", "search.html", *MOVED}
    listed = {address for address, _, _ in built}
    left = {each for each in sources - listed - made if not each.startswith(("lite/", "_static/"))}
    assert set() == left


def test_the_search_is_small(site: Path) -> None:
    """What a page loads before a reader searches, and what comes then, compressed."""
    folder = site / "_static" / "trigpoint"
    paths = (folder / "search.js", folder / "search-box.js", site / "search-index.json")
    weights = [len(gzip.compress(path.read_bytes())) for path in paths]
    assert [] == [
        (path.name, weight)
        for path, weight, most in zip(paths, weights, MOST_BYTES, strict=True)
        if weight > most
    ]


def test_type_arrow_enter(reader: Reader) -> None:
    """Results come as the reader types, and the keys lead through them and to one."""
    page = reader.open(START)
    expect(box(page)).not_to_have_attribute("role", "combobox")
    assert [] == [url for url in reader.requests if "search-box" in url or "search-index" in url]
    box(page).focus()
    expect(box(page)).to_have_attribute("role", "combobox")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.type(WINDOWS)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".tp-announce[role=status]", has_text="result")).to_have_count(1)
    assert box(page).get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute(
        "id"
    )
    first, second, last = options(page).first, options(page).nth(1), options(page).last

    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "false")
    expect(second).to_have_attribute("aria-selected", "true")
    assert box(page).get_attribute("aria-activedescendant") == second.get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowUp")
    expect(last).to_have_attribute("aria-selected", "true")
    expect(last).to_be_in_viewport()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_be_focused()

    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(box(page)).to_have_value(WINDOWS)
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    wanted = str(options(page).first.get_attribute("href"))
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)
    assert f"{reader.server.base}{MARKERS}" == urldefrag(wanted).url


def test_a_result_of_this_page_closes_the_list(reader: Reader) -> None:
    """A click on a place of the page leads there, and takes list and drawer away."""
    page = reader.open(METADATA, viewport={"width": 320, "height": 640})
    page.locator(".nav-overlay-icon").first.click()
    box(page).click()
    page.keyboard.type("author with a comma")
    options(page).filter(has_text="A person with a comma").click()
    expect(options(page).first).to_be_hidden()
    assert page.url.endswith(f"{METADATA}#a-person-with-a-comma")
    expect(page.locator("#a-person-with-a-comma h3")).to_be_in_viewport()
    expect(page.locator("#__navigation")).not_to_be_checked()


def test_enter_alone_leads_to_all_results(reader: Reader) -> None:
    """The search page shows more, says how many, and can be walked with the arrows."""
    page = reader.open(START)
    box(page).focus()
    page.keyboard.type("default extras")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?*")
    words, hits = page.locator("#tp-search-words"), page.locator(".tp-search-hits a")
    expect(words).to_have_value("default extras")
    expect(words).to_be_focused()
    expect(page.locator("#tp-search [role=status]")).to_have_text("The 40 best results")
    expect(page.locator("#tp-search-pages")).to_be_hidden()
    expect(hits).to_have_count(40)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(hits.nth(0)).to_be_focused()
    page.keyboard.press("Escape")
    expect(words).to_be_focused()

    # The way back leads to what was asked last.
    page.keyboard.press("Control+a")
    page.keyboard.type("Provides-Extra")
    expect(hits.first).to_contain_text("Provides-Extra")
    hits.first.click()
    page.wait_for_url("**/metadata-fields.html#*")
    page.go_back()
    expect(words).to_have_value("Provides-Extra")
    expect(hits.first).to_contain_text("Provides-Extra")
    words.fill("qqqqqqqq")
    expect(page.locator("#tp-search [role=status]")).to_have_text("Nothing found")
    expect(page.locator("#tp-search-pages")).to_be_visible()


def test_what_is_written_stays_text(reader: Reader) -> None:
    """Neither a query nor what is found becomes markup."""
    page = reader.open("search.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20source")
    expect(page.locator(".tp-hit").first).to_be_visible()
    assert 0 == page.locator("#tp-search img").count()


def test_without_javascript_the_search_page_lists_everything(reader: Reader) -> None:
    """It says why, and leads to the index and to every page of the table of contents."""
    page = reader.open("search.html", java_script_enabled=False)
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("#tp-search")).to_be_hidden()
    links = page.locator("#tp-search-pages a")
    found = {urldefrag(str(each.get_attribute("href"))).url for each in links.all()}
    assert {MARKERS, EXTRAS, METADATA, FIELDS, FINDINGS, "genindex.html"} <= found


def test_an_index_that_does_not_come_is_said(reader: Reader) -> None:
    """The box says so, the search page lists all pages, and the next try works."""
    reader.allow("ERR_FAILED|Failed to load")
    page = reader.open(START)
    page.route("**/search-index.json*", lambda route: route.abort())
    box(page).focus()
    page.keyboard.type("extra")
    expect(page.locator(".tp-search-note")).to_have_text("The search did not load.")
    page.unroute("**/search-index.json*")
    page.keyboard.type("s")
    expect(options(page).first).to_be_visible()
    page.route("**/search-index.json*", lambda route: route.abort())
    page.goto(f"{reader.server.base}search.html?q=extras")
    expect(page.locator("#tp-search [role=status]")).to_have_text("The search did not load.")
    expect(page.locator("#tp-search-pages")).to_be_visible()


def test_search_works_offline(own_reader: Reader, lab_of: LabOf) -> None:
    """Once a lab has answered, box and search page need no network, though nobody searched yet."""
    page = own_reader.open("playground/markers.html")
    lab_of(page).wake()
    page.wait_for_function(
        """async (index) => {
          if (!navigator.serviceWorker.controller) return false;
          const names = [index, "../search.html", location.pathname];
          const kept = await Promise.all(names.map((name) => caches.match(new URL(name, location).href)));
          const code = await caches.match(new URL("../_static/trigpoint/search-box.js", location).href, {
            ignoreSearch: true,
          });
          return kept.every(Boolean) && Boolean(code);
        }""",
        arg=index_address(page),
    )
    own_reader.server.stop()
    own_reader.allow(r"Failed to load resource: net::ERR_CONNECTION_REFUSED")
    page.reload()
    box(page).focus()
    page.keyboard.type(WINDOWS)
    expect(options(page).first).to_be_visible()
    assert str(options(page).first.get_attribute("href")).startswith(own_reader.server.base)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?*")
    expect(page.locator(".tp-hit").first).to_be_visible()
