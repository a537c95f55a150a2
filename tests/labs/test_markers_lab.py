"""The marker lab answers the same on every face, and never raises for what was typed."""

from __future__ import annotations

import html as html_module
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from trigpoint import labs
from trigpoint.cli.app import app
from trigpoint.labs.codec import decode, encode
from trigpoint.labs.markers.answer import (
    MOST_LETTERS,
    MOST_PARTS,
    MarkersRequest,
    MarkersResponse,
)
from trigpoint.labs.markers.lab import MarkersLab
from trigpoint.labs.markers.nowhere import MOST_TOLD
from trigpoint.labs.markers.words import MOST_LINES
from trigpoint.markers import ENVIRONMENTS, Marker

CORPUS = Path(__file__).parents[1] / "data" / "markers.txt"
TRIAL = Path(__file__).parents[1] / "data" / "trial"


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


# -- bounds -------------------------------------------------------------------------------


def _many(parts: int) -> str:
    """Return a marker whose explanation has so many *parts*, the group itself included."""
    return " or ".join(f"extra == 'x{i}'" for i in range(parts - 1))


@pytest.mark.parametrize("more", [0, 1, 50])
def test_explanation_stops_at_a_number_of_parts(more: int) -> None:
    """At the bound all parts are there; above it the rest is counted and said."""
    answer = run(_many(MOST_PARTS + more))
    assert MOST_PARTS == len(answer["explanation"])
    assert more == answer["unexplained"]
    said = f"{more} more parts are not shown."
    assert bool(more) is (said in labs.html("markers", answer))


@pytest.mark.parametrize("more", [0, 1])
def test_explanation_stops_at_a_number_of_letters(more: int) -> None:
    """A part repeats so many letters of the text, and then says that there are more."""
    text = f"os_name == '{'x' * (MOST_LETTERS - 13 + more)}' and extra == 'a'"
    part = run(text)["explanation"][1]
    assert MOST_LETTERS == len(part["text"])
    assert bool(more) is part["text"].endswith("…")
    # The place is that of the whole part.
    assert MOST_LETTERS + more == part["end"] - part["start"]
    literal = f"'{'x' * (MOST_LETTERS - 2 + more)}'"
    for text, side in ((f"os_name == {literal}", "right"), (f"{literal} == os_name", "left")):
        operand = run(text)["explanation"][0][side]
        assert (MOST_LETTERS, bool(more)) == (len(operand), operand.endswith("…"))


def test_deep_markers_do_not_multiply() -> None:
    """Each level of a deep marker holds the rest of it; the answer does not."""
    depth = 500
    text = " and (extra == 'a' or ".join(["os_name == 'nt'"] * depth) + ")" * (depth - 1)
    answered = labs.answer("markers", json.dumps({"text": text}))
    assert len(answered) < 40 * len(text)


@pytest.mark.parametrize("more", [0, 1])
def test_list_of_lines_stops(more: int) -> None:
    """At the bound all lines can be chosen; above it the rest is counted."""
    answer = run("os_name == 'nt'\n" * (MOST_LINES + more))
    html = labs.html("markers", answer)
    assert MOST_LINES + more == len(answer["lines"])
    assert MOST_LINES == html.count("aria-pressed")
    assert bool(more) is ("1 more lines are not listed." in html)


# -- choices ------------------------------------------------------------------------------


def test_lines_say_what_they_come_to() -> None:
    """A count, or that it cannot be read; the chosen one is pressed."""
    answer = run("os_name == 'nt'\nos_name = 'nt'\nattrs", marker=1)
    html = labs.html("markers", answer)
    assert ["8 of 24", "cannot be read", "24 of 24"] == re.findall(
        r'<span class="tp-count">([^<]*)', html
    )
    assert ["false", "true", "false"] == re.findall(r'aria-pressed="(\w+)"', html)
    assert "tp-grid" not in html


@pytest.mark.parametrize(("marker", "chosen"), [(-5, 0), (0, 0), (1, 1), (2, 1), (99, 1)])
def test_chosen_line_is_one_of_the_text(marker: int, chosen: int) -> None:
    """A number that is no line's chooses the nearest."""
    assert chosen == run("os_name == 'nt'\nattrs", marker=marker)["marker"]
    assert 0 == run("", marker=marker)["marker"]


def test_summary_names_what_is_odd() -> None:
    """No marker, no defined answer, or a marker that cannot be read."""
    for text, summary in [
        ("", "There is no marker yet."),
        ("attrs", "Has no marker, so it holds in 24 of 24 environments."),
        ("os_name = 'nt'", "The marker cannot be read."),
        (
            "python_version ~= '3'",
            "Holds in 0 of 24 environments, without a defined answer in 24.",
        ),
    ]:
        assert summary == json.loads(labs.answer("markers", json.dumps({"text": text})))["summary"]


def test_comments_alone_are_a_finding() -> None:
    """A text without a marker is told from no text."""
    assert ["marker-empty"] == [each["code"] for each in run("# nothing")["findings"]]
    assert [] == run(" \n")["findings"]


def test_explained_environment_is_a_telling_one() -> None:
    """The rarer answer, on the newest release; the reader's choice goes before."""
    windows = run("os_name == 'nt'")
    assert windows["environment"].endswith("windows-x64")
    others = run("os_name != 'nt'")
    assert others["environment"].endswith("windows-x64")
    beta = run("os_name == 'nt'", interpreters=["cpython-3.14", "cpython-3.15b1"])
    assert "cpython-3.14-windows-x64" == beta["environment"]
    chosen = "cpython-3.13-linux-x86_64"
    assert chosen == run("os_name == 'nt'", environment=chosen)["environment"]
    assert (
        run("os_name == 'nt'", environment="cpython-2.7")["environment"] == (windows["environment"])
    )


def test_only_prereleases_are_explained_where_there_is_nothing_else() -> None:
    """A grid of one beta has a reason, too."""
    answer = run("os_name == 'nt'", interpreters=["cpython-3.15b1"])
    assert answer["environment"].startswith("cpython-3.15b1-")


def test_extras_are_named_as_people_write_them() -> None:
    """Names are normalised and said once."""
    assert ["a-b"] == run("extra == 'a_b'", extras=["A_b", "a.b"])["extras"]
    assert True in run("extra == 'a_b'", extras=["A_b"])["lines"][0]["values"]


@pytest.mark.parametrize(
    ("fields", "message", "fix"),
    [
        ({"interpreters": ["py"]}, "there is no interpreter called 'py'", "choose one of cpython"),
        ({"platforms": ["dos"]}, "there is no platform called 'dos'", "choose one of linux"),
        (
            {"environments": ["cpython-3.13-window"]},
            "no environment is called 'cpython-3.13-window'",
            "write cpython-3.13-windows-x64",
        ),
        ({"environments": ["zzz"]}, "no environment is called 'zzz'", "choose one"),
        (
            {"interpreters": ["pyodide-314"], "platforms": ["windows-x64"]},
            "no chosen interpreter runs on a chosen platform",
            "choose more of them",
        ),
        ({"interpreters": []}, "no chosen interpreter runs", "choose more"),
        ({"rules": "x"}, "there are no rules called 'x'", "choose one of spec, installers, summit"),
        ({"extras": ["a b"]}, "'a b' is no name of an extra", "use letters and digits"),
        ({"extras": ["-a"]}, "'-a' is no name of an extra", "use letters and digits"),
    ],
)
def test_wrong_choices_say_what_there_is(fields: dict[str, Any], message: str, fix: str) -> None:
    """Each is one finding with what to choose instead."""
    [finding] = run("os_name == 'nt'", **fields)["findings"]
    assert message in finding["message"]
    assert finding["fix"]["message"].startswith(fix)


def test_this_interpreter_is_one_of_them() -> None:
    """Alone, or beside the known ones."""
    alone = run("os_name == 'nt'", interpreters=["this"])
    assert ["this"] == [each["environment"] for each in alone["environments"]]
    beside = run("os_name == 'nt'", interpreters=["this", "cpython-3.13"])
    assert 4 == len(beside["environments"])
    assert "(this one)" in labs.html("markers", alone)
    assert "marker.evaluate()" in _shared(text="os_name == 'nt'", environment="this")["python"]


def test_under_the_proposal_extra_is_said_to_be_none() -> None:
    """The finding is about lines that use it."""
    said = [
        "marker-extra-summit" in [each["code"] for each in run(text, rules="summit")["findings"]]
        for text in ("extra == 'x'", "'x' in extras", "attrs")
    ]
    assert [True, False, False] == said


def test_case_of_installers_is_a_part_without_operands() -> None:
    """Installers ask once for each extra, and each question is a row."""
    answer = run("extra == 'x'", extras=["x", "y"], rules="installers")
    assert ["any", "case"] == [row["op"] for row in answer["explanation"][:2]]
    html = labs.html("markers", answer)
    assert "once for each extra" in html
    assert "tp-depth-1" in html


def test_note_of_an_environment_is_shown() -> None:
    """Where a value is from somewhere special, the reader is told."""
    noted = next(each for each in ENVIRONMENTS.values() if each.note)
    answer = run("os_name == 'nt'", environments=[noted.name])
    assert f'<p class="tp-note">{html_module.escape(noted.note)}</p>' in labs.html(
        "markers", answer
    )


# -- sharing ------------------------------------------------------------------------------


def _shared(**request: object) -> dict[str, str]:
    share: dict[str, str] = json.loads(labs.answer("markers", json.dumps(request)))["share"]
    return share


def test_command_holds_the_whole_question() -> None:
    """Quoted for a shell; many lines come from standard input."""
    assert (
        "trigpoint marker 'os_name == '\"'\"'nt'\"'\"'' --env cpython-3.13-windows-x64 "
        "--extra x --rules installers --explain"
    ) == _shared(
        text=" os_name == 'nt' ",
        environment="cpython-3.13-windows-x64",
        extras=["x"],
        rules="installers",
    )["command"]
    assert "trigpoint marker - --explain <<'EOF'\na\nb\nEOF" == _shared(text="a\nb\n")["command"]


@pytest.mark.parametrize(
    "request_",
    [
        {"interpreters": ["cpython-3.10", "pypy-3.11"]},
        {"platforms": ["linux-aarch64"]},
        {"interpreters": ["this"]},
        {"interpreters": ["cpython-3.13"], "platforms": ["linux-x86_64", "windows-x64"]},
        {"environments": ["cpython-3.9-windows-x64", "this"]},
    ],
    ids="-".join,
)
@pytest.mark.parametrize("text", ["python_version < '3.12'", "os_name == 'nt'\na"])
def test_command_and_python_ask_the_chosen_environments(
    request_: dict[str, Any], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a reader chose is asked again, and nothing else."""
    here = [each["environment"] for each in run(text, **request_)["environments"]]
    share = _shared(text=text, **request_)
    head, _, lines = share["command"].partition(" <<'EOF'\n")
    given = lines.removesuffix("\nEOF") or None
    words = [word for word in shlex.split(head)[1:] if word != "--explain"]
    found = CliRunner().invoke(app, [*words, "--json"], input=given)
    there = [each["environment"] for each in json.loads(found.stdout)["environments"]]
    assert sorted(here) == sorted(there)
    if given:
        exec(compile(f"{share['python']}print(len(answer['environments']))", "shared", "exec"), {})
        assert f"{len(here)}" == capsys.readouterr().out.split()[-1]


def test_embed_holds_every_choice() -> None:
    """What differs from the default, and nothing else."""
    assert (
        '```{marker-lab}\n---\ninterpreters: "this"\nplatforms: "linux-x86_64"\n'
        'environments: "this"\nenvironment: "this"\nmarker: "1"\n---\na\nb\n```\n'
    ) == _shared(
        text="a\nb",
        interpreters=["this"],
        platforms=["linux-x86_64"],
        environments=["this"],
        environment="this",
        marker=1,
    )["embed"]
    assert "```{marker-lab}\na\n```\n" == _shared(text="a")["embed"]


def test_no_part_is_explained_of_a_line_that_cannot_be_read() -> None:
    """Where the page shows no grid, the command line says no reasons either."""
    text = "it's; python_version > '3'"
    assert [] == run(text)["explanation"]
    told = CliRunner().invoke(app, ["marker", text, "--explain"])
    assert "Why" not in told.stdout


def test_depth_of_a_part_is_shown_as_far_as_the_style_goes() -> None:
    """Deeper parts stand with the deepest."""
    text = "(extra == 'a' or (os_name == 'nt' and " * 8 + "extra == 'b'" + "))" * 8
    html = labs.html("markers", run(text))
    assert "tp-depth-9" in html
    assert "tp-depth-10" not in html


def test_comparisons_decide_and_groups_do_not_say_so() -> None:
    """One mark for what settles the answer; the group above it settles nothing by itself."""
    html = labs.html("markers", run("os_name == 'nt' and extra == 'x'"))
    assert 1 == html.count('<span class="tp-decides">decides</span>')
    assert html.index("tp-decides") > html.index("extra == ")


def test_one_cell_of_the_grid_is_reached_with_the_tab_key() -> None:
    """The chosen one; the arrow keys lead to the others."""
    chosen = "cpython-3.13-linux-x86_64"
    html = labs.html("markers", run("os_name == 'nt'", environment=chosen))
    cells = re.findall(
        r'<button type="button" data-cell tabindex="(-?\d)" data-set="([^"]*)"', html
    )
    assert 24 == len(cells)
    assert [f'{{"environment": "{chosen}"}}'] == [
        html_module.unescape(where) for reached, where in cells if reached == "0"
    ]
    assert 1 == html.count('aria-selected="true"')


# -- requirement files --------------------------------------------------------------------

TRIAL = Path(__file__).parents[1] / "data" / "trial"


def test_requirement_files_are_read_as_pip_reads_them() -> None:
    """Case M26: what is no requirement is named and passed over, in the lab and in a terminal."""
    text = (TRIAL / "M26.txt").read_text("utf-8")
    answer = run(text, environments=["cpython-3.11-linux-x86_64"])
    assert [
        ("numpy==1.26.4", [True]),
        ("numpy==2.0", [True]),
        ("./local.whl", [True]),
        ("https://example.org/foo.whl", [True]),
        ("click==8.1.7", [True]),
    ] == [(line["requirement"], line["values"]) for line in answer["lines"]]
    assert "error" not in {each["severity"] for each in answer["findings"]}
    told = (
        "Read: 3 requirements, 1 URL, 1 path. Passed over: 1 file that the text names "
        "(-r other.txt), 1 editable project (-e git+https://example.org/x#egg=x), 1 hash."
    )
    assert told in html_module.unescape(labs.html("markers", answer))
    output = CliRunner().invoke(app, ["marker", str(TRIAL / "M26.txt")]).output
    assert told == output.splitlines()[-1]
    assert f"  --> {TRIAL / 'M26.txt'}:2:5\n" in output
    assert "Read: " not in CliRunner().invoke(app, ["marker", "a"]).output


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("a[", "The requirement cannot be read."),
        ("a; os_name = 'x'", "The requirement cannot be read."),
        ("--pre", "There is no marker and no requirement in this text."),
        ("./a.whl", "Has no marker, so it holds in 24 of 24 environments."),
    ],
)
def test_summary_of_lines_of_a_requirement_file(text: str, summary: str) -> None:
    """What cannot be read is called what it is."""
    assert summary == json.loads(labs.answer("markers", json.dumps({"text": text})))["summary"]


def test_options_alone_are_a_finding() -> None:
    """They are no comments."""
    [finding] = run("--pre")["findings"]
    assert "there is no marker and no requirement in this text" == finding["message"]


def test_explanation_points_across_backslashes() -> None:
    """The places are those of the reader's own text."""
    text = "a ; os_name == \\\n  'x' and extra == 'y'"
    rows = run(text)["explanation"]
    assert ["os_name == \\\n  'x' and extra == 'y'", "os_name == \\\n  'x'", "extra == 'y'"] == [
        text[row["start"] : row["end"]] for row in rows
    ]


# -- lines that hold nowhere --------------------------------------------------------------


def _nowhere(text: str, **fields: Any) -> list[dict[str, Any]]:
    codes = ("request-nowhere", "marker-never", "marker-no-platform")
    found = run(text, **fields)["findings"]
    return [each for each in found if each["code"] in codes]


AND = "extra == 'a' and extra == 'b'"


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        (
            f"spam; {AND}",
            {},
            (
                "by the specification it holds where the extras a and b are asked for; with pip and uv it"
                " never does"
            ),
        ),
        (
            f"spam; {AND}\neggs; {AND}\nbacon; {AND}",
            {},
            (
                "by the specification it holds where the extras a and b are asked for; with pip and uv it"
                " never does; 2 more lines are like it"
            ),
        ),
        (
            f"spam; {AND}",
            {"rules": "installers", "extras": ["a", "b"]},
            "it takes several extras at once, and installers look at one at a time",
        ),
        (
            f"spam; {AND}\neggs; {AND}",
            {"rules": "installers"},
            "it takes several extras at once, and installers look at one at a time; 1 more line is like it",
        ),
    ],
)
def test_what_takes_two_extras_at_once_is_not_to_be_asked_for(
    text: str, fields: dict[str, Any], said: str
) -> None:
    """The warning says that installers never see both, so nothing says to ask for both."""
    (found,) = _nowhere(text, **fields)
    assert (said, None) == (found["message"], found["fix"])


def test_one_of_the_extras_that_is_enough_is_to_be_asked_for() -> None:
    """Where another way leads to the line, that is said."""
    for extras in ([], ["a"]):
        (found,) = _nowhere(f"spam; {AND} or extra == 'c'", extras=extras)
        assert ("it holds where the extra c is asked for", "ask for c") == (
            found["message"],
            found["fix"]["message"],
        )


def test_two_extras_at_once_are_not_the_reason_where_the_python_is() -> None:
    """Whoever reads as installers do is told of another environment, where that is what helps."""
    (found,) = _nowhere(f"spam; python_version < '3' and {AND}", rules="installers")
    assert found["message"].startswith(
        "it does not hold in any of the 24 chosen environments: it does"
    )


def test_case_m09_has_one_finding_a_line() -> None:
    """A line that holds on no known platform says so, and not that others might be chosen."""
    text = (TRIAL / "M09.txt").read_text("utf-8")
    assert ["marker-no-platform", "marker-no-platform"] == [each["code"] for each in _nowhere(text)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a; python_version < '3.7'",
            (
                "it does not hold in any of the 24 chosen environments: "
                "it does with CPython 3.6 on Linux x86_64"
            ),
        ),
        (
            "platform_machine == 's390x'",
            (
                "it does not hold in any of the 24 chosen environments: "
                "it does with CPython 3.13 on Linux s390x"
            ),
        ),
        (
            "extra == 'y' and python_version < '3'",
            (
                "it does not hold in any of the 24 chosen environments: "
                "it does with CPython 2.7 on Linux x86_64, if y is asked for"
            ),
        ),
        (
            "sys_platform == 'haiku1'",
            (
                "it does not hold in any of the 24 chosen environments: "
                "it does on no platform and no Python that is known here"
            ),
        ),
        (
            "'a' in platform_version and platform_version in 'b'",
            (
                "it does not hold in any of the 24 chosen environments: "
                "where it does was not looked for"
            ),
        ),
        ("extra == 'x'", "it holds where the extra x is asked for"),
        (
            "a; extra == 'x'\nb; extra == 'y'",
            "it holds where the extra x is asked for, and 1 more line for others",
        ),
    ],
)
def test_cells_that_all_say_no_have_a_reason(text: str, message: str) -> None:
    """What would make it hold: an extra, or an environment that was not chosen."""
    [finding] = _nowhere(text)
    assert ("info", message) == (finding["severity"], finding["message"])
    span, first = finding["span"], text.partition("\n")[0]
    assert (first.partition("; ")[2] or first) == text[span["start"] : span["end"]]


@pytest.mark.parametrize(
    "text", ["a", "os_name == 'nt'", "a; python_version ~= '3'", "a[", "extra != 'x'"]
)
def test_lines_that_hold_somewhere_need_no_reason(text: str) -> None:
    """Nor do those without a defined answer, or that cannot be read."""
    assert [] == _nowhere(text)


def test_what_has_no_answer_with_the_extra_or_at_all() -> None:
    """By the rules of installers a marker may say no where the specification has no answer."""
    [finding] = _nowhere("platform_release ~= '1.0' and extra == 'x'", rules="installers")
    assert finding["message"].endswith("and platform_release '1.0.0', if x is asked for")
    [finding] = _nowhere("os_name == sys_platform", rules="installers")
    assert finding["message"].endswith("environments: it asks what has no answer")


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("python_version < '3'", "choose other environments"),
        ("sys_platform == 'haiku1'", "compare with a value that a known environment has"),
    ],
)
def test_what_to_do_about_such_a_line(text: str, fix: str) -> None:
    """Other environments help only where one of those that are known would."""
    [finding] = _nowhere(text)
    assert fix == finding["fix"]["message"]


def test_what_has_no_answer_needs_no_other_environment() -> None:
    """What is wrong with it is another finding, which has the fix."""
    [finding] = _nowhere("os_name == sys_platform", rules="installers")
    assert finding["fix"] is None


def test_one_chosen_environment() -> None:
    """It is not any of several; and what is asked for changes the answer."""
    one = ["cpython-3.13-linux-x86_64"]
    [finding] = _nowhere("os_name == 'nt'", environments=one)
    assert finding["message"].startswith("it does not hold in the chosen environment: it does with")
    assert [] == _nowhere("extra == 'x'", environments=one, extras=["x"])
    assert [] == _nowhere("extra == 'x' and extra == 'y'", extras=["x", "y"])
    [finding] = _nowhere("extra == 'x' and extra == 'y'", extras=["x"])
    assert (
        "by the specification it holds where the extra y is asked for; with pip and uv it never does"
        == finding["message"]
    )


@pytest.mark.parametrize("more", [0, 1, 2])
def test_lines_whose_reason_is_told(more: int) -> None:
    """So many, and the rest is counted."""
    text = "\n".join(f"platform_machine == 'm{i}'" for i in range(MOST_TOLD + more))
    found = _nowhere(text)
    assert MOST_TOLD + bool(more) == len(found)
    if more:
        what = "1 more line holds" if more == 1 else "2 more lines hold"
        assert f"{what} in none of the chosen environments" == found[-1]["message"]
        assert MOST_TOLD + 1 == found[-1]["span"]["line"]
