"""Whatever is built from the pages: it is whole, and the answers are in it."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

EXAMPLE = """\
.. marker-lab::
   :extras: b, a
   :expect-findings: marker-unquoted

   sys_platform == 'win32' or os_name == nt
"""
PAGES = {
    "index": f".. toctree::\n\n   other\n\n{EXAMPLE}",
    "other": f"{EXAMPLE}\n.. metadata-lab::\n\n.. extras-lab::\n\n.. algebra-lab::\n",
}
SETTINGS = {
    "applehelp_bundle_id": "org.example.spam",
    "applehelp_disable_external_tools": True,
    "copyright": "somebody",
    "version": "1",
    "suppress_warnings": ["toc.not_included"],
}
SAID = [
    "sys_platform == 'win32' or os_name == nt",
    "extras: b, a",
    "The marker cannot be read.",
    "error: the value nt needs quotes (marker-unquoted); fix: ",
]
"""What a page says that holds words only."""


@pytest.fixture
def site(build: Callable[..., Any]) -> Callable[..., Any]:
    """Build the pages with one builder."""

    def site(builder: str, **settings: Any) -> Any:
        return build(PAGES, builder=builder, confoverrides={**SETTINGS, **settings})

    return site


@pytest.mark.parametrize(
    "builder",
    [
        *("html", "dirhtml", "singlehtml", "pickle", "json"),
        *("htmlhelp", "qthelp", "devhelp", "applehelp", "epub"),
        *("latex", "text", "man", "texinfo", "gettext", "linkcheck"),
        *("xml", "pseudoxml", "changes", "dummy"),
    ],
)
@pytest.mark.parametrize("policy", ["off", "own"])
def test_builder_has_nothing_to_say(site: Callable[..., Any], builder: str, policy: str) -> None:
    """No builder fails or warns, with a policy or without."""
    app = site(builder, trigpoint_policy=policy)
    assert 0 == app.statuscode
    assert "" == app.warning.getvalue()


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("builder", "pattern"), [("text", "other.txt"), ("epub", "other.xhtml"), ("xml", "other.xml")]
)
def test_answer_in_words(site: Callable[..., Any], builder: str, pattern: str) -> None:
    """Text, given fields, summary and findings are in the page as words."""
    page = (site(builder).outdir / pattern).read_text("utf-8")
    shown = "".join(ET.fromstring(page).itertext()) if builder != "text" else page
    assert [] == [each for each in SAID if each not in words(shown)]


@pytest.mark.parametrize(
    ("builder", "setting", "file", "kind"),
    [("latex", "latex_documents", "spam.tex", "manual"), ("man", "man_pages", "spam", 1)],
)
def test_answer_in_print(
    site: Callable[..., Any], builder: str, setting: str, file: str, kind: object
) -> None:
    """The formats for print say the same."""
    app = site(builder, **{setting: [("index", file, "Spam", "somebody", kind)]})
    (path,) = app.outdir.glob("spam*")
    page = path.read_text("utf-8").replace("\\sphinxhyphen{}", "-").replace("\\", "")
    assert 2 == page.count("The marker cannot be read.")
    assert 2 == page.count("error: the value nt needs quotes (marker-unquoted); fix: ")


def test_epub_is_well_formed(site: Callable[..., Any]) -> None:
    """Readers of EPUB refuse a page that is no XML; none of the site's scripts is inside."""
    folder: Path = site("epub").outdir
    pages = list(folder.glob("*.xhtml"))
    assert {"index.xhtml", "other.xhtml"} <= {path.name for path in pages}
    for path in pages:
        assert not list(ET.fromstring(path.read_bytes()).iter("{*}trigpoint-lab"))
    assert not (folder / "_static" / "trigpoint").exists()


@pytest.mark.parametrize("builder", ["json", "pickle"])
def test_serialised_page_holds_the_element(site: Callable[..., Any], builder: str) -> None:
    """The body of a page is a fragment with the element, and no policy for somebody's page."""
    app = site(builder, trigpoint_policy="own")
    suffix = {"json": "fjson", "pickle": "fpickle"}[builder]
    data = (app.outdir / f"other.{suffix}").read_bytes()
    page = json.loads(data) if builder == "json" else pickle.loads(data)
    assert '<trigpoint-lab lab="markers" id="lab-1"' in page["body"]
    assert "Content-Security-Policy" not in str(page)
    rest = (app.outdir / f"globalcontext.{builder}").read_bytes()
    shared = json.loads(rest) if builder == "json" else pickle.loads(rest)
    assert "_static/trigpoint/trigpoint.css" in shared["css_files"]


def test_single_page_holds_the_labs_of_all(site: Callable[..., Any]) -> None:
    """One page has the labs of every page, each with an address, with style and policy."""
    app = site("singlehtml", trigpoint_policy="own")
    page = (app.outdir / "index.html").read_text("utf-8")
    found = re.findall(r'<trigpoint-lab lab="(\w+)" id="([^"]*)"', page)
    assert ["markers", "metadata", "extras", "algebra", "markers"] == [lab for lab, _ in found]
    assert ["lab-1", "lab-2", "lab-3", "lab-4", "lab-1-2"] == [name for _, name in found]
    assert "_static/trigpoint/trigpoint.css" in page
    assert 1 == page.count("Content-Security-Policy")


@pytest.mark.parametrize("builder", ["htmlhelp", "qthelp", "devhelp"])
def test_help_viewers_get_words(site: Callable[..., Any], builder: str) -> None:
    """A help viewer is no browser: no element, no script, no policy."""
    app = site(builder, trigpoint_policy="own")
    page = (app.outdir / "other.html").read_bytes().decode("cp1252")
    assert "The marker cannot be read." in page
    assert "trigpoint-lab" not in page
    assert "Content-Security-Policy" not in page
    assert not (app.outdir / "_static" / "trigpoint").exists()


def test_other_encodings(site: Callable[..., Any]) -> None:
    """Pages in another encoding than UTF-8 are sealed as well, and keep it."""
    app = site("html", trigpoint_policy="own", html_output_encoding="latin-1", copyright="Ä")
    page = (app.outdir / "other.html").read_bytes().decode("latin-1")
    assert "Content-Security-Policy" in page
    assert "Ä" in page
