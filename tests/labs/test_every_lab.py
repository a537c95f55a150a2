"""What holds for every lab, whatever it answers."""

from __future__ import annotations

import dataclasses
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint import labs
from trigpoint.labs import LABS
from trigpoint.labs.base import MOST_FINDINGS
from trigpoint.labs.codec import decode, dumps, encode
from trigpoint.labs.parts import FIRST_EXAMPLES, LEAD

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
    *(
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "colgroup",
        "col",
        "br",
        "bdi",
        "wbr",
    ),
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


def answer(name: str, request: dict[str, object]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(labs.answer(name, json.dumps(request)))
    return found


@pytest.mark.parametrize("name", LABS)
def test_labs_have_examples(name: str) -> None:
    """A reader finds something to start from."""
    assert len(labs.examples(name)) >= 3


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_examples_are_answered(name: str, example: dict[str, Any]) -> None:
    """Every example has an answer, a summary and something to share."""
    found = answer(name, example["request"])
    assert found["summary"]
    assert found["html"]
    assert all(found["share"][kind] for kind in ("command", "python", "embed"))


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_answers_survive_json(name: str, example: dict[str, Any]) -> None:
    """The page builder and the browser get the same fragment for the same request."""
    found = answer(name, example["request"])
    lab = LABS[name]
    response = lab.run(decode(lab.request_type, found["request"]))
    assert response == decode(lab.response_type, json.loads(dumps(response)))
    assert found["html"] == labs.html(name, labs.run(name, example["request"]))
    assert found["request"] == encode(decode(lab.request_type, found["request"]))


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_command_of_an_example_is_known(name: str, example: dict[str, Any]) -> None:
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
        assert [] == [each for each in reader.addresses if not each.startswith("https://")]


@pytest.mark.repeats
@pytest.mark.parametrize("name", LABS)
@given(text=st.text(max_size=60))
def test_any_text_is_answered(name: str, text: str) -> None:
    """Whatever is typed, there is an answer, and findings point into the text."""
    found = answer(name, {"text": text})
    for finding in found["findings"]:
        if finding["span"]:
            assert 0 <= finding["span"]["start"] <= finding["span"]["end"] <= len(text)


# -- the list of labs, and each hook of each lab ------------------------------------------


def test_labs_are_a_mapping() -> None:
    """The names are those of the folders, and another name is a KeyError."""
    folders = sorted(path.parent.name for path in Path(labs.__file__).parent.glob("*/lab.py"))
    assert folders == sorted(LABS)
    assert "markers" == next(iter(LABS))
    assert len(folders) == len(LABS)
    assert "magic" not in LABS
    with pytest.raises(KeyError):
        labs.run("magic", {})


@pytest.mark.parametrize("name", LABS)
def test_a_lab_is_known_by_its_name(name: str) -> None:
    """The list and the lab agree, and it is one object however often it is asked for."""
    lab = LABS[name]
    assert name == lab.name
    assert lab is LABS[name]
    assert lab.directive.endswith("-lab")
    assert lab.title


def test_titles_and_directives_are_not_shared() -> None:
    """A reader and an author tell the labs apart."""
    for what in ("title", "directive", "request_type", "response_type"):
        assert len(LABS) == len({getattr(lab, what) for lab in LABS.values()})


@pytest.mark.parametrize("name", LABS)
def test_request_and_response_say_which_lab_they_are_of(name: str) -> None:
    """No two classes of two labs have one name."""
    lab = LABS[name]
    assert f"{name.capitalize()}Request" == lab.request_type.__name__
    assert f"{name.capitalize()}Response" == lab.response_type.__name__


@pytest.mark.parametrize("name", LABS)
def test_a_request_needs_nothing(name: str) -> None:
    """Every field has a default, and the empty question has an answer without errors."""
    lab = LABS[name]
    empty = lab.request_type()
    assert empty == decode(lab.request_type, {})
    assert lab.fill_in(empty) == empty
    response = lab.run(empty)
    assert () == response.findings
    assert lab.valid(response)
    assert lab.summary(response).endswith(" yet.")


@pytest.mark.parametrize("name", LABS)
def test_without_a_text_there_is_something_to_begin_with(name: str) -> None:
    """One sentence says what to write, and three examples of real packages are a click away."""
    html = answer(name, {})["html"]
    [sentence] = re.findall(r'<p class="tp-summary"[^>]*>([^<]*)</p>', html)
    assert sentence.endswith(".")
    assert not sentence.endswith(" yet.")
    assert 1 == sentence.count(".") - sentence.count("pyproject.toml")
    offered = [json.loads(unescape(each)) for each in re.findall(r'data-example="([^"]*)"', html)]
    real = [each for each in LABS[name].examples if "made" not in each.source]
    assert [dict(each.request) for each in real[:FIRST_EXAMPLES]] == offered
    assert 3 == len(offered)
    assert all(each.source in html for each in real[:FIRST_EXAMPLES])


@pytest.mark.parametrize("name", ["markers", "algebra"])
def test_text_without_markers_is_said_to_have_none(name: str) -> None:
    """What was passed over is no empty box."""
    html = answer(name, {"text": "--hash=sha256:0"})["html"]
    assert ">There is no marker and no requirement in this text.</p>" in html
    assert "data-example" in html


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_result_starts_with_what_is_wrong(name: str, example: dict[str, Any]) -> None:
    """Findings on the text stand between the summary and the answer."""
    found = answer(name, example["request"])
    if found["findings"]:
        head, findings, rest = found["html"].partition(f'<ul class="{LEAD}"')
        assert findings
        assert not re.search("<(table|dl|ol|section|figure|h4)", head)
        assert re.search("<(table|dl|ol|section|figure|h4)", rest) or not found["valid"]
    assert "tp-findings" not in found["html"].replace(LEAD, "")


@pytest.mark.parametrize("name", LABS)
def test_the_form_has_a_control_for_each_choice(name: str) -> None:
    """The body is the editor, and what a reader can choose is in the form."""
    lab = LABS[name]
    form = labs.form(name, {})
    assert 1 == form.count("data-editor")
    assert f'<textarea name="{lab.body}" data-editor' in form
    names = set(re.findall(r' name="(\w+)"', form))
    fields = set(decode_names(lab.request_type))
    assert names <= fields
    assert fields - names <= {"fetch", "pieces"}


def decode_names(kind: type) -> list[str]:
    return [field.name for field in dataclasses.fields(kind)]


@pytest.mark.parametrize("name", LABS)
def test_the_summary_is_on_top_of_the_result(name: str) -> None:
    """What a screen reader speaks is what the page reads off the first line."""
    for each in labs.examples(name):
        found = answer(name, each["request"])
        lines = re.findall(r'data-summary="([^"]*)"', found["html"])
        assert [found["summary"]] == [unescape(line) for line in lines]


@pytest.mark.parametrize("name", LABS)
def test_findings_of_an_answer_are_those_of_the_response(name: str) -> None:
    """The editor marks what the response says, and the list under the text shows it."""
    text = "Requires-Dist: a; python_verison > '3'\n"
    found = answer(name, {"text": text})
    assert labs.run(name, {"text": text})["findings"] == found["findings"]
    for finding in found["findings"]:
        assert f">{finding['code']}</a>" in found["html"]


@pytest.mark.parametrize("name", LABS)
def test_an_answer_holds_what_a_page_shows_and_no_more(name: str) -> None:
    """A response is for programs; the page would throw it away."""
    keys = {"request", "html", "findings", "valid", "summary", "share", "needs"}
    assert keys == set(answer(name, {"text": "x"}))
    assert keys == set(answer(name, {"text": 1}))


@pytest.mark.parametrize("name", ["markers", "metadata"])
@pytest.mark.parametrize("more", [0, 1])
def test_findings_of_an_answer_are_bounded(name: str, more: int) -> None:
    """A page marks and lists so many findings, and counts the rest; a program gets all."""
    line = {"markers": "python_verison > '3'\n", "metadata": "Requires-Dist: >> 1\n"}[name]
    every = len(labs.run(name, {"text": line})["findings"])
    # Whatever else is wrong with such a text is said once.
    again = len(labs.run(name, {"text": line * 2})["findings"]) - every
    text = line * ((MOST_FINDINGS - every) // again + 1) + line * more
    found, whole = answer(name, {"text": text}), labs.run(name, {"text": text})["findings"]
    assert MOST_FINDINGS + more * again == len(whole)
    assert MOST_FINDINGS == len(found["findings"])
    assert ("1 more." in found["html"]) is bool(more)
    assert MOST_FINDINGS == found["html"].count('class="tp-finding ')


@pytest.mark.parametrize("name", LABS)
@pytest.mark.parametrize("data", ["[" * 100_000, '{"text": ' + "[" * 5000 + "]" * 5000 + "}"])
def test_deep_requests_are_a_finding(name: str, data: str) -> None:
    """A link that is made to end the engine is answered like any that does not fit."""
    found = json.loads(labs.answer(name, data))
    assert ["request-field"] == [each["code"] for each in found["findings"]]
    assert (None, None, False) == (found["request"], found["share"], found["valid"])
    assert "levels of brackets" in found["summary"]
    assert "levels of brackets" in found["html"]
