"""HTML is made by a builder that cannot be talked into markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.labs.markup import Markup, element, fragment, visible


class _Events(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[tuple[Any, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(("start", tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(("end", tag))

    def handle_data(self, data: str) -> None:
        self.events.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.events.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.events.append(("declaration", decl))


@given(st.text(min_size=1), st.text())
def test_text_and_attributes_come_back_as_they_went_in(text: str, value: str) -> None:
    """A parser sees one element with one attribute and one text, whatever they hold."""
    reader = _Events()
    reader.feed(str(element("p", {"title": value}, text)))
    reader.close()
    [start, *texts, end] = reader.events
    assert ("start", "p", [("title", visible(value))]) == start
    assert {"text"} == {kind for kind, *_ in texts}
    assert visible(text) == "".join(data for _, data in texts)
    assert ("end", "p") == end


@pytest.mark.parametrize("name", ["script", "style", "iframe", "object", "p onclick", "", "P"])
def test_elements_that_could_run_something_are_refused(name: str) -> None:
    """There is no way to make a script element, or one with a name from a reader."""
    with pytest.raises(ValueError, match="not allowed"):
        element(name)


@pytest.mark.parametrize("name", ["onclick", "style", "x y", 'a"', ""])
def test_attributes_that_could_run_something_are_refused(name: str) -> None:
    """Nor a handler, nor a style."""
    with pytest.raises(ValueError, match="not allowed"):
        element("p", {name: "x"})


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "JaVaScRiPt:x",
        "vbscript:x",
        "\x01javascript:x",
        "java\nscript:x",
    ],
)
def test_addresses_that_could_run_something_are_refused(address: str) -> None:
    """An address is http, https or relative."""
    with pytest.raises(ValueError, match="no address"):
        element("a", {"href": address})


@pytest.mark.parametrize(
    "address", ["https://a.example/b?c#d", "#x", "../a/b.html#c", "a.html?b", ""]
)
def test_plain_addresses_are_accepted(address: str) -> None:
    """Links within the site and to others work."""
    assert 'href="' in str(element("a", {"href": address}))


def test_markup_cannot_be_made_from_text() -> None:
    """Only the builder makes markup."""
    with pytest.raises(TypeError):
        Markup("<b>", object())


def test_children_nest_and_none_is_left_out() -> None:
    """Lists of children are flattened; None and False leave nothing behind."""
    inner = element("b", {"hidden": True, "title": None}, "x")
    assert "<p><b hidden>x</b>&lt;1</p>2" == str(
        fragment(element("p", {}, [inner, [None, "<1"]]), None, "2")
    )


def test_data_keeps_every_character() -> None:
    """What a script reads is what was written, escaped; what a reader sees is made visible."""
    html = str(element("p", {"data-set": "a\x01<\u202e", "title": "a\x01<\u202e"}))
    assert '<p data-set="a\x01&lt;\u202e" title="a\u2401&lt;\ufffd"></p>' == html
