"""Results lead from one lab to the next where a site says where its labs are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

MARKER = ".. marker-lab::\n   :name: lab\n\n   os_name == 'nt' and extra == 'a b'\n"
MESSAGE = ".. messages-lab::\n\n   'eggs; os_name = 1' is invalid for 'requires-dist'\n"
PAGES = {"markers": "labs/markers#lab", "algebra": "algebra#x"}


def html_of(app: Any, name: str) -> str:
    return Path(app.outdir, name).read_text("utf-8")


def links(html: str, kind: str) -> list[str]:
    found = re.findall(rf'<a class="{kind}" [^>]*?(?:href="([^"]*)")?>', html)
    return [unescape(each) for each in found]


def test_links_have_addresses_seen_from_the_page(build: Callable[..., Any]) -> None:
    """A lab, its request and a page of the documentation are one click away, without a script."""
    app = build(
        {"labs/markers": MARKER, "index": MESSAGE}, confoverrides={"trigpoint_lab_pages": PAGES}
    )
    html = html_of(app, "labs/markers.html")
    assert ["../algebra.html#x?v=1&text=os_name+==+'nt'+and+extra+==+'a+b%27"] == links(
        html, "tp-open"
    )
    assert 'data-pages="../{}.html"' in html
    told = html_of(app, "index.html")
    assert ["labs/markers.html#lab?v=1&text=eggs;+os_name+=+1"] == links(told, "tp-open")
    assert "reference/messages/requires-dist-invalid.html" in links(told, "tp-page")
    [given] = re.findall(r'data-labs="([^"]*)"', told)
    assert {"markers": "labs/markers.html#lab", "algebra": "algebra.html#x"} == json.loads(
        unescape(given)
    )
    [left] = re.findall(r'data-leave-out="([^"]*)"', told)
    assert {".git", "build", "__pycache__"} <= set(left.split())


def test_other_builders_have_their_addresses(build: Callable[..., Any]) -> None:
    """A folder a page leads to folders."""
    app = build(
        {"a": MARKER, "index": ""}, builder="dirhtml", confoverrides={"trigpoint_lab_pages": PAGES}
    )
    html = html_of(app, "a/index.html")
    assert 'data-pages="../{}/"' in html
    assert links(html, "tp-open")[0].startswith("../algebra/#x?v=1&text=")


@pytest.mark.parametrize(
    ("builder", "pages"), [("html", {}), ("singlehtml", PAGES), ("html", {"extras": "a#b"})]
)
def test_without_a_place_it_is_a_text(
    build: Callable[..., Any], builder: str, pages: dict[str, str]
) -> None:
    """Nobody is led to a page that is not there."""
    app = build({"index": MARKER}, builder=builder, confoverrides={"trigpoint_lab_pages": pages})
    html = html_of(app, "index.html")
    assert [""] == links(html, "tp-open")
    assert ("data-labs" in html) is (builder == "html" and bool(pages))


def test_what_the_tab_would_carry_leads_to_the_lab_alone() -> None:
    """Without a script there is no tab that carries anything."""
    from trigpoint.labs.parts import open_link
    from trigpoint.sphinx.places import Places

    link = str(open_link("markers", {"text": "a"}, "A", kept=True))
    assert ["m.html#lab"] == links(Places({"markers": "m.html#lab"}, "").linked(link), "tp-open")
