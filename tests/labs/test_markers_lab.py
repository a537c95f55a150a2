"""The marker lab answers the same on every face, and never raises for what was typed."""

from __future__ import annotations

import html as html_module
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint import labs
from trigpoint.labs.codec import decode, encode
from trigpoint.labs.markers.answer import MarkersRequest, MarkersResponse
from trigpoint.labs.markers.lab import MarkersLab
from trigpoint.markers import ENVIRONMENTS, Marker

CORPUS = Path(__file__).parents[1] / "data" / "markers.txt"


def run(text: str, **fields: object) -> dict[str, Any]:
    return labs.run("markers", {"text": text, **fields})


def test_grid_is_the_markers_own_answers() -> None:
    """Each cell is what the marker says about that environment."""
    text = "sys_platform == 'win32' or python_version < '3.11' and extra == 'x'"
    answer = run(text, extras=["x"])
    expected = [
        Marker(text).evaluate(ENVIRONMENTS[cell["environment"]], ["x"])
        for cell in answer["environments"]
    ]
    assert expected == answer["lines"][0]["values"]
    assert expected.count(True) == answer["lines"][0]["holds"]


def test_summary_counts_the_cells() -> None:
    """The sentence on top of the result is the count of true cells."""
    answer = json.loads(labs.answer("markers", json.dumps({"text": "os_name == 'nt'"})))
    assert "Holds in 8 of 24 environments." == answer["summary"]


def test_changed_cells_are_those_that_another_rule_set_answers_otherwise() -> None:
    """`extra != 'x'` is the textbook case: installers never exclude."""
    line = run("extra != 'x'", extras=["x", "y"])["lines"][0]
    assert {(False, True)} == set(zip(line["values"], line["changed"], strict=True))


def test_undefined_comparison_is_a_value_of_its_own() -> None:
    """A marker without a defined answer is neither true nor false, and says why."""
    answer = run("python_version ~= '3'")
    assert {None} == set(answer["lines"][0]["values"])
    assert ["marker-undefined-comparison"] == [each["code"] for each in answer["findings"]]


def test_requirement_lines_are_read_with_their_places() -> None:
    """A pasted block of headers, comments and requirements becomes one line each."""
    text = (
        "# needs\n"
        "Requires-Dist: colorama ; os_name == 'nt'\n"
        "attrs >= 23\n"
        "tomli ; python_verison < '3.11'\n"
    )
    answer = run(text)
    assert ["colorama", "attrs >= 23", "tomli"] == [line["requirement"] for line in answer["lines"]]
    [finding] = answer["findings"]
    assert ("marker-unknown-variable", 4, 9) == (
        finding["code"],
        finding["span"]["line"],
        finding["span"]["column"],
    )
    assert "python_version" == finding["fix"]["replacement"]


def test_explanation_points_into_the_readers_text() -> None:
    """Every row of the explanation names the stretch of text that it explains."""
    text = "\n\ntomli ; (os_name == 'nt' and\n  python_version < '3.11') or extra == 'x'\n"
    answer = run(text)
    rows = answer["explanation"]
    flat = text.replace("\n", " ")
    assert [row["text"] for row in rows] == [flat[row["start"] : row["end"]] for row in rows]
    assert 5 == len(rows)


def test_html_of_a_response_does_not_depend_on_the_way_it_travelled() -> None:
    """The page builder and the browser get the same fragment for the same request."""
    request = {"text": "os_name == 'nt' and extra == 'x'", "extras": ["x"], "rules": "installers"}
    answered = json.loads(labs.answer("markers", json.dumps(request)))
    assert labs.html("markers", labs.run("markers", request)) == answered["html"]


def test_requests_and_responses_survive_json() -> None:
    """What a lab asks and answers is data that can be written down and read back."""
    request = MarkersRequest(text="os_name == 'nt'", extras=("x",))
    response = MarkersLab().run(request)
    assert request == decode(MarkersRequest, json.loads(json.dumps(encode(request))))
    assert response == decode(MarkersResponse, json.loads(json.dumps(encode(response))))


@pytest.mark.parametrize("example", labs.examples("markers"), ids=lambda each: each["label"])
def test_examples_are_real_and_work(example: dict[str, Any]) -> None:
    """Each example is in the corpus under the package and version that it names."""
    corpus = set(CORPUS.read_text("utf-8").splitlines())
    request = example["request"]
    assert f"{request['text']}\t{example['source']}" in corpus
    answer = json.loads(labs.answer("markers", json.dumps(request)))
    assert answer["valid"]
    values = labs.run("markers", request)["lines"][0]["values"]
    assert values


def test_there_are_ten_examples_or_more() -> None:
    """Readers find enough to start from."""
    assert len(labs.examples("markers")) >= 10


@pytest.mark.parametrize(
    "request_json",
    ["", "null", "[]", '{"text": 1}', '{"unknown": ""}', '{"extras": "x"}', "[" * 100_000, "\0"],
)
def test_requests_that_do_not_fit_become_a_finding(request_json: str) -> None:
    """A permalink can hold anything; the lab says so and stays."""
    answer = json.loads(labs.answer("markers", request_json))
    assert (False, ["request-field"]) == (
        answer["valid"],
        [each["code"] for each in answer["findings"]],
    )


def test_unknown_names_in_a_request_are_findings() -> None:
    """Every bad field is said, and the rest is answered."""
    answer = run(
        "os_name == 'nt'", rules="mine", extras=["a b"], interpreters=["cpython-3.13", "python"]
    )
    assert {"request-field", "request-extra", "request-environment"} == {
        each["code"] for each in answer["findings"]
    }
    assert answer["lines"][0]["values"]


@given(st.text(max_size=80), st.lists(st.text(max_size=8), max_size=3))
def test_any_text_gets_an_answer(text: str, extras: list[str]) -> None:
    """Whatever is typed, the lab answers with a result or with findings."""
    answer = json.loads(labs.answer("markers", json.dumps({"text": text, "extras": extras})))
    assert answer["summary"]
    for finding in answer["findings"]:
        if finding["span"]:
            assert 0 <= finding["span"]["start"] <= finding["span"]["end"] <= len(text)


def test_form_holds_the_request() -> None:
    """The controls come filled in, so the page is complete without a script."""
    form = labs.form("markers", {"text": "os_name == '<nt>'", "extras": ["x"], "rules": "summit"})
    assert html_module.escape("os_name == '<nt>'") in form
    assert '<option value="summit" selected' in form
    assert 'value="x"' in form


def test_embed_is_a_directive_that_gives_the_same_request_back() -> None:
    """The text of the shared directive holds every field that differs from the default."""
    request = {"text": "os_name == 'nt'", "extras": ["x", "y"], "rules": "installers"}
    share = json.loads(labs.answer("markers", json.dumps(request)))["share"]
    assert share["embed"] == (
        '```{marker-lab}\n---\nrules: "installers"\nextras: "x, y"\n---\nos_name == \'nt\'\n```\n'
    )


@pytest.mark.parametrize(
    "request_",
    [
        {"text": "os_name == 'nt'"},
        {"text": "extra == 'x'", "extras": ["x"], "rules": "installers"},
        {"text": "os_name == 'nt'", "environment": "cpython-3.13-windows-x64"},
        {"text": "tomli; python_version < '3.11'\nattrs", "extras": ["x"]},
    ],
)
def test_shared_python_runs(request_: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """What "copy as Python" gives is a program that answers."""
    share = json.loads(labs.answer("markers", json.dumps(request_)))["share"]
    exec(compile(share["python"], "shared", "exec"), {})
    assert capsys.readouterr().out
