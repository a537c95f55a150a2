"""What holds for every lab, whatever it answers."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint import labs
from trigpoint.labs import LABS
from trigpoint.labs.codec import decode, dumps, encode

SAFE_TAGS = {
    *(
        "a",
        "button",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h4",
    ),
    *("h5", "li", "ol", "p", "pre", "section", "small", "span", "strong", "summary", "table"),
    *("tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "colgroup", "col", "br", "bdi"),
    *("svg", "g", "rect", "line", "text", "title", "path", "circle", "kbd", "del", "ins", "mark"),
}

EXAMPLES = [
    pytest.param(name, example, id=f"{name}: {example['label']}")
    for name in LABS
    for example in labs.examples(name)
]

HOSTILE = [
    "<script>alert(1)</script>",
    "os_name == '<img src=x onerror=alert(1)>'",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "\u202egnp.exe",
    "a\0b",
    "\ud800",
    "Name: <b>\nVersion: 1\nSummary: </textarea><script>",
]


class Reader(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src"):
                self.addresses.append(value or "")


def answer(name: str, request: dict[str, object]) -> dict:
    return json.loads(labs.answer(name, json.dumps(request)))


@pytest.mark.parametrize("name", LABS)
def test_labs_have_examples(name: str) -> None:
    """A reader finds something to start from."""
    assert len(labs.examples(name)) >= 3


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_examples_are_answered(name: str, example: dict) -> None:
    """Every example has an answer, a summary and something to share."""
    found = answer(name, example["request"])
    assert found["summary"]
    assert found["html"]
    assert all(found["share"][kind] for kind in ("command", "python", "embed"))


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_answers_survive_json(name: str, example: dict) -> None:
    """The page builder and the browser get the same fragment for the same request."""
    found = answer(name, example["request"])
    lab = LABS[name]
    response = lab.run(decode(lab.request_type, found["request"]))
    assert response == decode(lab.response_type, json.loads(dumps(response)))
    assert found["html"] == labs.html(name, labs.run(name, example["request"]))
    assert found["request"] == encode(decode(lab.request_type, found["request"]))


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_command_of_an_example_is_known(name: str, example: dict) -> None:
    """What "copy as command" gives starts with a command that exists."""
    from trigpoint.cli.app import app

    words = answer(name, example["request"])["share"]["command"].split()
    assert "trigpoint" in words[0]
    assert words[1] in app.list_commands(click.Context(app))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", LABS)
def test_hostile_text_stays_text(name: str, text: str) -> None:
    """Nothing typed becomes a tag, an attribute or an address, in the answer or the form."""
    for html in (answer(name, {"text": text})["html"], labs.form(name, {"text": text})):
        reader = Reader()
        reader.feed(html)
        controls = {"form", "input", "label", "select", "option", "textarea", "fieldset", "legend"}
        assert set() == reader.tags - SAFE_TAGS - controls
        assert not any(each.startswith("on") for each in reader.attributes)
        assert all(each.startswith(("https://", "#", "")) for each in reader.addresses)
        assert not any(each.lower().startswith(("javascript", "data")) for each in reader.addresses)


@pytest.mark.parametrize("name", LABS)
@given(text=st.text(max_size=60))
def test_any_text_is_answered(name: str, text: str) -> None:
    """Whatever is typed, there is an answer, and findings point into the text."""
    found = answer(name, {"text": text})
    for finding in found["findings"]:
        if finding["span"]:
            assert 0 <= finding["span"]["start"] <= finding["span"]["end"] <= len(text)
