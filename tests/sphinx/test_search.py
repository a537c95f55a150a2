"""The index of the search: what is an entry, what is left out, and when there is none."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = """\
Above all.

.. marker-lab::

    os_name == 'nt'

Section
-------

Says `more`, see :doc:`/index` and :doc:`this one </other>`.

Deeper
~~~~~~

.. raw:: html

    <b>raw words</b>

.. code-block:: text

    shown words

- one
- two

.. toctree::

    /index
"""
API = """\
.. py:module:: orchard

.. py:class:: Apple(weight)

   A round fruit.  It is not searched for this.

   .. py:method:: peel()

      Take off the skin.

   .. py:attribute:: silent

.. glossary::

   pome
       A fruit with a core.
"""


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The extension of the documentation."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    for name in [name for name in sys.modules if name.startswith("trigpoint_")]:
        monkeypatch.delitem(sys.modules, name)
    return importlib.import_module("trigpoint_search")


@pytest.fixture
def site(
    build: Callable[..., Any], search: ModuleType, tmp_path: Path
) -> Callable[..., dict[str, Any]]:
    """Build pages beside a playground with the script, and return the index."""
    playground = tmp_path / "playground"
    playground.mkdir()
    for name in ("trigpoint-lab.js", "search.js"):
        (playground / name).write_text("// a script\n", "utf-8")
    for name in ("guides", "reference/messages"):
        (tmp_path / "source" / name).mkdir(parents=True)

    def site(pages: dict[str, str], *, builder: str = "html", **settings: Any) -> dict[str, Any]:
        given = {
            "extensions": ["trigpoint.sphinx", "trigpoint_search"],
            "trigpoint_playground": str(playground),
            "html_static_path": [str(DOCS / "_static")],
            "templates_path": [str(DOCS / "_templates")],
            **settings,
        }
        app = build(pages, builder=builder, confoverrides=given)
        (tmp_path / "app").write_text(str(app.outdir), "utf-8")
        path = Path(app.outdir, "search-index.json")
        return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}

    return site


def spelled(short: str, title: str) -> str:
    """Return an anchor as the script reads it."""
    slug = "-".join(re.findall(r"[a-z0-9]+", title.lower()))
    return re.sub(r"[*~]$", lambda sign: title if sign[0] == "*" else slug, short)


def rows(index: dict[str, Any], page: str) -> list[list[str]]:
    """Return kind, anchor, title and text of each entry of *page*."""
    number = index["pages"].index(page)
    columns = (index["entries"][name][number] for name in ("kinds", "anchors", "titles", "texts"))
    codes = {0x100 + place: word for place, word in enumerate(index["words"])}
    return [
        [index["kinds"][kind][0], spelled(anchor, title), title, text.translate(codes)]
        for kind, anchor, title, text in zip(*columns, strict=True)
    ]


def test_each_section_is_an_entry(site: Callable[..., dict[str, Any]]) -> None:
    """With its own text: links as they read, the question of a lab, no answer, no raw HTML."""
    index = site({"index": "Home.", "other": "Other.", "guides/first": GUIDE})
    assert [
        ["Guide", "", "Title", "Above all. os_name == 'nt'"],
        ["Guide", "section", "Section", "Says more, see Title and this one."],
        ["Guide", "deeper", "Deeper", "shown words one two"],
    ] == rows(index, "guides/first.html")
    assert [["Page", "", "Title", "Home."]] == rows(index, "index.html")
    assert ["guides/first.html", "index.html", "other.html"] == index["pages"]


def test_the_index_says_what_its_kinds_weigh_and_what_words_mean(
    site: Callable[..., dict[str, Any]], search: ModuleType
) -> None:
    """The script knows neither; every word is in small letters, as it is looked up."""
    index = site({"index": "Home."})
    assert [list(each) for each in search.KINDS.values()] == index["kinds"]
    assert search.ALSO == index["also"]
    assert ["win32", "nt"] == index["also"]["windows"]
    assert [] == [word for word in search.ALSO if word != word.lower()]


def test_names_are_entries(site: Callable[..., dict[str, Any]]) -> None:
    """Of the API what says what it is, by its first sentence; terms with what stands under them."""
    index = site({"index": API})
    assert [
        ["", "Title", ""],
        ["orchard.Apple", "Apple", "A round fruit."],
        ["orchard.Apple.peel", "Apple.peel", "Take off the skin."],
        ["term-pome", "pome", "A fruit with a core."],
    ] == [row[1:] for row in rows(index, "index.html")]


def test_findings_fields_and_cases_are_entries(site: Callable[..., dict[str, Any]]) -> None:
    """Each by its name, with a kind of its own, and words about it."""
    from trigpoint.catalogue import RULES
    from trigpoint.installers import RECORD
    from trigpoint.metadata import FIELDS

    index = site(
        {
            "index": "Home.",
            "reference/findings": ".. findings::",
            "reference/metadata-fields": ".. metadata-field-list::",
            "reference/cases": ".. installer-cases::",
        },
        extensions=["trigpoint.sphinx", "trigpoint_tables", "trigpoint_search"],
    )
    for page, kind, names in (
        ("findings", "Finding", RULES),
        ("metadata-fields", "Field", FIELDS),
        ("cases", "Recorded case", RECORD.cases),
    ):
        found = [row for row in rows(index, f"reference/{page}.html") if row[0] == kind]
        # A page may order its entries by topic.
        assert sorted(names) == sorted(title for _, _, title, _ in found)
        assert all(text and not text.startswith(title) for _, _, title, text in found)
    [row] = [row for row in rows(index, "reference/findings.html") if row[2] == "extra-retracts"]
    assert f"{RULES['extra-retracts'].title}." in row[3]


@pytest.mark.parametrize(
    ("page", "inside", "expected"),
    [
        ("guides/a", False, "Guide"),
        ("guides/a", True, "Guide"),
        ("reference/api/a", False, "API"),
        ("reference/findings", False, "Reference"),
        ("reference/findings", True, "Finding"),
        ("elsewhere", False, "Page"),
    ],
)
def test_kinds_follow_the_place(search: ModuleType, page: str, inside: bool, expected: str) -> None:
    """The longest beginning decides, and what is inside a page may be of a kind of its own."""
    assert expected == search.KINDS[search.kind(page, inside=inside)][0]


def test_guides_weigh_more_than_the_api(search: ModuleType) -> None:
    """What explains comes before what lists."""
    weights = dict(search.KINDS.values())
    assert "Guide" == max(weights, key=lambda kind: weights[kind])
    assert "API" == min(weights, key=lambda kind: weights[kind])


def test_long_text_is_cut_after_a_word(search: ModuleType) -> None:
    """What has the longest length stays whole; one letter more costs a word."""
    words = ["a" * 9] * (search.LONGEST_TEXT // 10) + ["b" * 10]
    entry = search.Entry("page", "", "Title", "tutorials/", words)
    whole = " ".join(words)
    assert search.LONGEST_TEXT + 10 == len(whole)
    assert whole[: search.LONGEST_TEXT].rstrip() == entry.text
    fits = search.Entry("page", "", "Title", "tutorials/", ["c" * search.LONGEST_TEXT])
    assert search.LONGEST_TEXT == len(fits.text)
    fits.parts.append("d")
    assert "c" * search.LONGEST_TEXT == fits.text


def test_of_messages_a_little_prose_is_enough(
    site: Callable[..., dict[str, Any]], search: ModuleType
) -> None:
    """There are many of them: what a tool printed is left out, and so is what comes late."""
    table = ".. csv-table::\n\n    cells, there\n"
    text = f"Why it is so.\n\n.. code-block:: text\n\n    printed\n\n{table}\n{'word ' * 100}"
    index = site({"index": f"{text}", "reference/messages/first": text})
    [row] = rows(index, "reference/messages/first.html")
    assert "Message" == row[0]
    assert row[3].startswith("Why it is so. word word")
    assert search.LONGEST["reference/messages/"] - 5 < len(row[3])
    assert search.LONGEST["reference/messages/"] >= len(row[3])
    [row] = rows(index, "index.html")
    assert "printed cells there" in row[3]
    assert search.LONGEST[""] - 5 < len(row[3])


def test_a_byte_that_is_no_text_is_written_out(
    site: Callable[..., dict[str, Any]], search: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a pair, as metadata in an old encoding is read, comes back as it was."""
    monkeypatch.setattr(search, "_title", lambda _section: "caf\udce9")
    assert "caf\udce9" == rows(site({"index": "Home."}), "index.html")[0][2]


def test_a_page_can_stay_out(site: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    """As Sphinx has it, with ``nosearch``."""
    hidden = tmp_path / "source" / "hidden.rst"
    hidden.write_text(":nosearch:\n:orphan:\n\nHidden\n======\n", "utf-8")
    index = site({"index": "Home."})
    assert ["index.html"] == index["pages"]
    hidden.write_text(":orphan:\n\nHidden\n======\n", "utf-8")
    index = site({"index": "Home."})
    assert ["hidden.html", "index.html"] == index["pages"]
    assert [["Page", "", "Hidden", ""]] == rows(index, "hidden.html")


def test_the_index_is_the_same_each_time(
    site: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    """From nothing and on top of an earlier build, byte for byte; pages name it by its content."""
    pages = {"index": API, "other": "Other."}

    def built() -> tuple[bytes, str]:
        site(pages)
        out = Path((tmp_path / "app").read_text("utf-8"))
        page = (out / "index.html").read_text("utf-8")
        named = re.search(r'data-search-index="(search-index\.json\?v=[0-9a-f]{16})"', page)
        assert named is not None
        [script] = re.findall(r"<script[^>]*data-search-index[^>]*>", page)
        assert 'type="module"' in script
        assert "_static/trigpoint/search.js?v=" in script
        assert "_static/search.css?v=" in page
        return (out / "search-index.json").read_bytes(), named[1]

    first = built()
    pages["other"] = "Changed."
    changed = built()
    assert first != changed
    assert first[1] != changed[1]
    shutil.rmtree(tmp_path / "out")
    assert changed == built()
    shutil.rmtree(tmp_path / "out")
    pages["other"] = "Other."
    assert first == built()


def test_without_a_playground_the_search_is_that_of_sphinx(
    site: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    """There is no index and no script of ours, and the search page loads Sphinx's."""
    assert {} == site({"index": "Home."}, trigpoint_playground=None)
    out = Path((tmp_path / "app").read_text("utf-8"))
    assert "data-search-index" not in (out / "index.html").read_text("utf-8")
    assert "searchtools.js" in (out / "search.html").read_text("utf-8")
    assert "Search.setIndex(" in (out / "searchindex.js").read_text("utf-8")


def test_with_a_playground_no_page_loads_the_search_of_sphinx(
    site: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    """One index is enough for a reader, so Sphinx writes none; the search page lists all pages, too."""
    pytest.importorskip("furo", reason="the search page is made for this theme")
    site({"index": "Home.\n\n.. toctree::\n\n    other", "other": "Other."}, html_theme="furo")
    out = Path((tmp_path / "app").read_text("utf-8"))
    page = (out / "search.html").read_text("utf-8")
    assert "searchindex.js" not in page
    assert not (out / "searchindex.js").exists()
    assert "searchtools.js" not in page
    assert 'href="other.html"' in page.partition('id="tp-search-pages"')[2].partition("</nav>")[0]
    assert 'name="robots" content="noindex"' in page
    assert "<script>" not in page.partition('id="tp-search"')[2].partition("</section>")[0]


def test_a_single_page_has_no_index(site: Callable[..., dict[str, Any]]) -> None:
    """The addresses of its sections are others, and it has no search page."""
    assert {} == site({"index": "Home."}, builder="singlehtml")
