"""The feed of changes, as readers of feeds read it."""

from __future__ import annotations

import doctest
import importlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import pytest

DOCS = Path(__file__).parents[2] / "docs"
LOG = """\
# Changelog

What is new.

## Unreleased

### 2026-12-03

- `a < b & c` is **read**.
  <script>alert(1)</script>

## 0.2.0 (2026-12-01)

- Two.
- Three, see [the page](https://a.example/?b&c).

## 0.1.0 (2026-11-22)

"""
UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import the extension."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    return importlib.import_module("trigpoint_feed")


def elements(feed: ModuleType, tree: ET.Element, *names: str) -> list[ET.Element]:
    """Return the elements of Atom below *tree* that have these names, one inside the other."""
    return tree.findall("/".join(f"{{{feed.ATOM}}}{name}" for name in names))


def test_entries_are_the_headings_that_have_a_day(feed: ModuleType) -> None:
    """A day stands beside a version, or below it; what comes before is no change."""
    found = feed.changes(LOG)
    titles = ["Unreleased (2026-12-03)", "0.2.0 (2026-12-01)", "0.1.0 (2026-11-22)"]
    assert titles == [each.title for each in found]
    assert date(2026, 12, 3) == found[0].day
    assert "" == found[2].text
    assert found[1].text.startswith("- Two.\n- Three")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## Unreleased\n\n- a\n", "below 'Unreleased' has no day"),
        ("## 1 (2026-02-30)\n", "day"),
        ("## 1 (2026-02-03)\n## 1 (2026-02-03)\n", r"1 \(2026-02-03\) stands there twice"),
    ],
)
def test_a_change_that_no_feed_would_tell_of(feed: ModuleType, text: str, said: str) -> None:
    """What has no day, or none of its own, stops the build."""
    with pytest.raises(ValueError, match=said):
        feed.changes(text)


def test_the_log_of_this_project_has_days(feed: ModuleType) -> None:
    """Its newest entry says something."""
    found = feed.changes((DOCS.parent / "CHANGELOG.md").read_text("utf-8"))
    assert all(each.text for each in found)
    assert found == sorted(found, key=lambda each: each.day, reverse=True)


@pytest.mark.parametrize("base", ["", "https://trig.example/en/latest"])
def test_a_reader_of_feeds_reads_it(
    build: Callable[..., Any], feed: ModuleType, tmp_path: Path, base: str
) -> None:
    """A program that reads feeds finds nothing wrong, and has the entries with their days and their words."""
    parser = pytest.importorskip("feedparser", reason="it reads the feed as other programs do")
    (tmp_path / "CHANGELOG.md").write_text(LOG, "utf-8")
    settings = {
        "extensions": ["trigpoint_feed"],
        "trigpoint_changes": "../CHANGELOG.md",
        "html_baseurl": base,
        "project": "Spam & eggs",
        "author": "Ada",
    }
    app = build({"index": "A", "sub/page": "B"}, confoverrides=settings)
    assert "" == app.warning.getvalue()
    data = (app.outdir / feed.FEED).read_bytes()
    read = parser.parse(data)
    assert (False, "atom10") == (bool(read.bozo), read.version)
    assert ("Changes of Spam & eggs", "Ada") == (read.feed.title, read.feed.author)
    assert "2026-12-03T00:00:00Z" == read.feed.updated
    days = ["2026-12-03", "2026-12-01", "2026-11-22"]
    assert days == [each.updated[:10] for each in read.entries]
    content = read.entries[0].content[0].value
    assert "<code>a &lt; b &amp; c</code> is <strong>read</strong>" in content
    assert "<script" not in content
    start = f"{base}/" if base else ""
    assert {f"{start}changelog.html"} == {each.link for each in read.entries}
    for page, up in (("index", ""), ("sub/page", "../"), ("genindex", "")):
        html = (app.outdir / f"{page}.html").read_text("utf-8")
        assert f'type="application/atom+xml" href="{up}changes.xml" title="Changes">' in html


def test_the_feed_has_what_its_standard_asks_for(feed: ModuleType) -> None:
    """RFC 4287, 4.1: one id, title and updated each, an author, links, and no id twice."""
    root = feed.atom(feed.changes(LOG), "P", "Ada", "https://a.example/").getroot()
    # As a reader sees it, with its namespace.
    root = ET.fromstring(ET.tostring(root))
    assert f"{{{feed.ATOM}}}feed" == root.tag
    entries = elements(feed, root, "entry")
    assert 3 == len(entries)
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            (one,) = elements(feed, element, name)
            assert one.text
        (updated,) = elements(feed, element, "updated")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", updated.text or "")
        alternate = [e for e in elements(feed, element, "link") if e.get("rel") == "alternate"]
        assert ["https://a.example/changelog.html"] == [e.get("href") for e in alternate]
    assert ["Ada"] == [each.text for each in elements(feed, root, "author", "name")]
    ids = [element.findtext(f"{{{feed.ATOM}}}id") or "" for element in (root, *entries)]
    assert 4 == len(set(ids))
    assert [] == [each for each in ids if not UUID.fullmatch(each)]


def test_an_entry_stays_the_same(feed: ModuleType) -> None:
    """Where the site stands and what is said of a version do not make it another."""
    one = feed.atom(feed.changes(LOG), "P", "Ada", "https://a.example/").getroot()
    other = feed.atom(feed.changes(LOG.replace("Two", "2")), "P", "Ada", "").getroot()
    assert [each.text for each in one.iter("id")] == [each.text for each in other.iter("id")]


def test_without_a_log_there_is_no_feed(build: Callable[..., Any], feed: ModuleType) -> None:
    """And no page names one."""
    app = build({"index": "A"}, confoverrides={"extensions": ["trigpoint_feed"]})
    assert not (app.outdir / feed.FEED).exists()
    assert "atom+xml" not in (app.outdir / "index.html").read_text("utf-8")


def test_examples(feed: ModuleType) -> None:
    """What the docstrings of the module show is so."""
    assert 0 == doctest.testmod(feed).failed
