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
