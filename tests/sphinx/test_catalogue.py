"""The catalogue's directive and role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trigpoint.catalogue import RULES


def test_every_rule_of_a_topic_is_listed(build: Callable[..., Any]) -> None:
    """Code, title and source of each rule stand in the page, under an address of its own."""
    app = build({"index": ".. findings:: marker\n"})
    page = (app.outdir / "index.html").read_text("utf-8")
    codes = [code for code, rule in RULES.items() if rule.topic == "marker"]
    assert codes == [code for code in codes if f'id="finding-{code}"' in page]
    assert all(RULES[code].url in page for code in codes)


def test_every_topic_has_a_section(build: Callable[..., Any]) -> None:
    """Without a topic the directive leaves no rule out."""
    page = (build({"index": ".. findings::\n"}).outdir / "index.html").read_text("utf-8")
    assert list(RULES) == [code for code in RULES if f'id="finding-{code}"' in page]
    assert all(f'id="{rule.topic}"' in page for rule in RULES.values())


def test_unknown_topic_is_an_error(build: Callable[..., Any]) -> None:
    """A misspelt topic does not give an empty list."""
    app = build({"index": ".. findings:: markers\n"})
    assert "no finding has the topic 'markers'" in app.warning.getvalue()


def test_role_links_into_the_catalogue(build: Callable[..., Any]) -> None:
    """A code in a sentence leads to its rule, on another page too."""
    app = build({"index": "See :finding:`marker-empty`.", "all": ".. findings:: marker\n"})
    assert 'href="all.html#finding-marker-empty"' in (app.outdir / "index.html").read_text("utf-8")
    assert "" == app.warning.getvalue()


def test_role_stands_alone_without_a_catalogue(build: Callable[..., Any]) -> None:
    """A project without the catalogue shows the code."""
    app = build({"index": "See :finding:`marker-empty`."})
    assert "marker-empty" in (app.outdir / "index.html").read_text("utf-8")
    assert "" == app.warning.getvalue()


def test_unknown_code_is_an_error(build: Callable[..., Any]) -> None:
    """A code that the catalogue lacks fails the build."""
    app = build({"index": "See :finding:`marker-emtpy`."})
    assert "no finding has the code 'marker-emtpy'" in app.warning.getvalue()


def test_rule_links_back(build: Callable[..., Any]) -> None:
    """Below a rule stand the sections that tell of it, each once, and a later page comes too."""
    told = "Deeper\n------\n\nSee :finding:`marker-empty` and again :finding:`marker-empty`."
    app = build({"index": ".. findings:: marker\n", "a/one": told})
    page = (app.outdir / "index.html").read_text("utf-8")
    assert 1 == page.count("Mentioned in")
    assert 1 == page.count(
        '<a class="reference internal" href="a/one.html#deeper">Title: Deeper</a>'
    )
    app = build({"two": "See :finding:`marker-syntax`."})
    page = (app.outdir / "index.html").read_text("utf-8")
    assert 2 == page.count("Mentioned in")
    assert 1 == page.count('<a class="reference internal" href="two.html#title">Title</a>')
    assert ".rst" not in app.warning.getvalue()


def test_link_back_goes_with_its_page(build: Callable[..., Any]) -> None:
    """A section that tells of a rule no more is named no more."""
    build({"index": ".. findings:: marker\n", "one": "See :finding:`marker-empty`."})
    app = build({"one": "See nothing."})
    assert "Mentioned in" not in (app.outdir / "index.html").read_text("utf-8")


def test_a_list_does_not_lead_back_to_itself(build: Callable[..., Any]) -> None:
    """Whoever reads it is there."""
    app = build({"index": "See :finding:`marker-empty`.\n\n.. findings:: marker\n"})
    assert "Mentioned in" not in (app.outdir / "index.html").read_text("utf-8")
