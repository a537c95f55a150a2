"""What other programs read of a page: its description, social tags, and its twin in Markdown."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
USED = {"extensions": ["trigpoint.sphinx", "trigpoint_twins"], "smartquotes": False}
SITE = "https://trig.example/en/latest/"

PAGE = """
First words of *this* page, long enough for a description & more.

Second
------

Take ``pip install a`` and `read <https://a.example/x.html>`_ what :doc:`b` says::

    code | here
    ```

.. code-block:: toml

    a = 1

1. one
2. two

   more

- [x]

term
    What it is.

.. list-table::
   :header-rows: 1

   * - Head
     - Other
   * - ``a|b``
     - c

.. note:: Beware.

.. raw:: html

    <table><tr><th>Case</th><td colspan="3">✓ does<span aria-hidden="true">!</span></td></tr></table>
    <script>no()</script>

.. marker-lab::

   os_name == 'nt'

.. py:function:: eggs(spam)

   Fries them.
"""

TWIN = """# Title

First words of *this* page, long enough for a description & more.

## Second

Take `pip install a` and [read](https://a.example/x.html) what [Title](b.md) says:

````
code | here
```
````

```toml
a = 1
```

1. one

2. two

   more

- \\[x\\]

- **term**: What it is.

| Head | Other |
| --- | --- |
| `a\\|b` | c |

**Note**

Beware.

Case | ✓ does ×3

```text
os_name == 'nt'
```

Holds in 8 of 24 environments.

### `eggs(spam)`

Fries them.
"""


@pytest.fixture
def twins(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    return importlib.import_module("trigpoint_twins")


def tags(html: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', html)
    return {name: unescape(value) for name, value in found}


def test_twin_says_what_a_reader_sees(build: Callable[..., Any], twins: ModuleType) -> None:
    """Headings, code, lists, tables, raw tables and answers of labs; links lead to other twins."""
    app = build({"index": PAGE, "b": "B."}, confoverrides=USED)
    assert "" == app.warning.getvalue()
    assert TWIN == (app.outdir / "index.md").read_text("utf-8")
    html = (app.outdir / "index.html").read_text("utf-8")
    assert '<link rel="alternate" type="text/markdown" href="index.md"' in html


def test_every_page_says_what_it_is_about(build: Callable[..., Any], twins: ModuleType) -> None:
    """The first sentences, also as social tags; whole addresses only where the site's is known."""
    pages = {"index": PAGE, "guides/b": 'Say "b".'}
    app = build(pages, confoverrides={**USED, "html_baseurl": SITE})
    home = tags((app.outdir / "index.html").read_text("utf-8"))
    assert "First words of this page, long enough for a description & more." == home["description"]
    assert home["og:description"] == home["description"]
    other = tags((app.outdir / "guides" / "b.html").read_text("utf-8"))
    assert 'Say "b".' == other["description"]
    assert ("website", "article") == (home["og:type"], other["og:type"])
    assert f"{SITE}guides/b.html" == other["og:url"]


def test_a_description_names_other_pages_by_their_titles(
    build: Callable[..., Any], twins: ModuleType
) -> None:
    """As readers see them, also after the other page got another title; unless it has words."""
    pages = {
        "a": "See :doc:`guides/b`, which has all of it, and :doc:`that <guides/b>` ``code``.",
        "guides/b": "It is in :doc:`../a`, and nowhere else, as far as anybody knows about it.",
        "index": "Home.",
    }
    app = build(pages, confoverrides=USED)
    assert "" == app.warning.getvalue()
    told = {page: tags((app.outdir / f"{page}.html").read_text("utf-8")) for page in pages}
    assert "See Title, which has all of it, and that code." == told["a"]["description"]
    expected = "It is in Title, and nowhere else, as far as anybody knows about it."
    assert expected == told["guides/b"]["description"]
    (app.srcdir / "guides" / "b.rst").write_text(":orphan:\n\nNew\n===\n\nAll.\n", "utf-8")
    app = build({}, confoverrides=USED)
    told["a"] = tags((app.outdir / "a.html").read_text("utf-8"))
    assert "See New, which has all of it, and that code." == told["a"]["description"]


def test_without_an_address_there_is_no_half_of_one(
    build: Callable[..., Any], twins: ModuleType
) -> None:
    """A page without a host would be looked for anywhere."""
    app = build({"index": PAGE}, confoverrides=USED)
    assert "og:url" not in tags((app.outdir / "index.html").read_text("utf-8"))


def test_the_list_names_every_twin(build: Callable[..., Any], twins: ModuleType) -> None:
    """By kind, each with its title and what it is about."""
    pages = {"index": PAGE, "guides/b": "Say b.", "reference/api/c": "Names.", "z": "Last."}
    app = build(pages, confoverrides={**USED, "project": "Trig"})
    text = (app.outdir / twins.LISTING).read_text("utf-8")
    assert text.startswith("# Trig\n\n> First words of this page")
    links = re.findall(r"^- \[Title\]\((\S+)\): (.+)$", text, re.MULTILINE)
    assert [("guides/b.md", "Say b."), ("reference/api/c.md", "Names.")] == links[:2]
    assert sorted(f"{each}.md" for each in pages) == sorted(path for path, _ in links)
    assert [] == [path for path, _ in links if not (app.outdir / path).is_file()]
    assert ["Guides", "API", "Project"] == re.findall("^## (.+)$", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", "One. Two."),
        ("- A list.\n\nWords.", "Words."),
        (f"{'x' * 60}.\n\nB.", f"{'x' * 60}."),
        (f"{'x' * 160}. {'Y' * 40}.", f"{'x' * 160}."),
        (f"{'x ' * 98}xyz.", f"{'x ' * 98}xyz."),
        (f"{'x ' * 98}xyzz.", f"{('x ' * 98).strip()}…"),
        ("You need this. Like so:\n\n- B.", "You need this."),
        ("Two things: this. And that?", "Two things: this. And that?"),
    ],
)
def test_description_is_short_and_ends_with_a_sentence(
    build: Callable[..., Any], twins: ModuleType, text: str, expected: str
) -> None:
    """Whole sentences up to 200 letters, prose only; what leads to a list is left out."""
    app = build({"index": text}, confoverrides=USED)
    told = tags((app.outdir / "index.html").read_text("utf-8"))["description"]
    assert expected == told
    assert len(told) <= twins.LONGEST
