"""The extras lab: four sets of rules side by side, the same as the library says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from trigpoint import labs
from trigpoint.cli.app import app
from trigpoint.extras import RuleSet, compare_rules, requirements
from trigpoint.labs.extras.answer import FIRST_ROWS, ExtrasRequest, answer
from trigpoint.labs.extras.words import MOST_ROWS

DEFAULTS = """\
Name: spam
Provides-Extra: fast
Provides-Extra: plot
Default-Extra: fast
Default-Extra: plot
Requires-Dist: attrs
Requires-Dist: numpy; extra == 'fast'
Requires-Dist: matplotlib; extra == 'plot' and os_name == 'nt'
"""
ALL = """\
Name: spam
Provides-Extra: docs
Provides-Extra: all
Requires-Dist: sphinx; extra == 'docs'
Requires-Dist: spam[docs]; extra == 'all'
"""
LINUX = "cpython-3.14-linux-x86_64"
WINDOWS = "cpython-3.14-windows-x64"


def run(text: str, requests: str = "", **fields: object) -> dict[str, Any]:
    return labs.run("extras", {"text": text, "requests": requests, **fields})


def comes(response: dict[str, Any], rules: str) -> list[str]:
    return [row["text"] for row in response["rows"] if row["answers"][rules]["pulled"]]


@pytest.mark.parametrize("environment", [LINUX, WINDOWS])
@pytest.mark.parametrize("request_text", ["spam", "spam[]", "spam[plot]", "spam[-plot]"])
def test_each_rule_set_answers_as_the_library_does(request_text: str, environment: str) -> None:
    """The table holds what four calls of the library say."""
    response = run(DEFAULTS, request_text, environment=environment)
    for rules in RuleSet:
        found = requirements(DEFAULTS, request_text, environment, rules)
        assert [each.text for each in found.pulled] == comes(response, rules.value)
        (side,) = [each for each in response["sides"] if each["rules"] == rules.value]
        assert sorted(found.extras) == [each["name"] for each in side["extras"]]
        assert len(found.pulled) == side["pulled"]


def test_bare_request_takes_default_extras_only_where_rules_have_them() -> None:
    """The four columns differ for a bare request."""
    response = run(DEFAULTS, "spam")
    assert ["attrs"] == comes(response, "installers")
    assert ["attrs"] == comes(response, "spec")
    assert ["attrs", "numpy; extra == 'fast'"] == comes(response, "pep771")
    assert comes(response, "pep771") == comes(response, "summit")


def test_reasons_follow_references_of_the_project_to_itself() -> None:
    """The way leads from the request over each reference."""
    sphinx = run(ALL, "spam[all]")["rows"][0]["answers"]["spec"]
    [way] = sphinx["ways"]
    assert ["spam[all]", "spam[docs]; extra == 'all'"] == way["steps"]
    [side, *_] = run(ALL, "spam[all]")["sides"]
    docs = next(each for each in side["extras"] if each["name"] == "docs")
    assert ["spam[all]", "spam[docs]; extra == 'all'"] == docs["steps"]


def test_skipped_requirements_say_why() -> None:
    """The reason is a code and a sentence."""
    answer = run(ALL, "spam")["rows"][0]["answers"]["spec"]
    assert ("extra", "docs is not asked for") == (answer["why"], answer["message"])


def test_changes_hold_over_all_environments() -> None:
    """What the chosen rules change is said for every environment, whichever is chosen."""
    changes = run(DEFAULTS, "spam", rules="pep771", environment=LINUX)["changes"]
    numpy, plot = changes
    assert ("gained", "everywhere") == (numpy["kind"], numpy["gained"])
    assert ("gained", 'os_name == "nt"') == (plot["kind"], plot["gained"])
    found = compare_rules(DEFAULTS, "spam", "installers", "pep771")
    assert [len(each.gained.environments) for each in found] == [
        each["gained_count"] for each in changes
    ]
    assert 0 < plot["gained_count"] < plot["environments"]


def test_nothing_is_compared_with_itself() -> None:
    """The rules of installers are what the others are compared with."""
    request = {"text": DEFAULTS, "requests": "spam", "rules": "installers"}
    response = labs.run("extras", request)
    assert [] == response["changes"]
    assert "From what installers do" not in labs.html("extras", response)


def test_lines_without_a_name_take_that_of_the_request() -> None:
    """Pasted lines are enough, references of the project to itself included."""
    response = run(ALL.replace("Name: spam\n", ""), "spam[all]")
    assert "spam" == response["name"]
    assert 2 == len(comes(response, "spec"))


def test_no_request_means_the_bare_project() -> None:
    """An empty box asks for the project, without a finding on a request nobody made."""
    response = run(DEFAULTS)
    assert ["spam"] == response["requests"]
    assert {"extra-defaults-ignored"} == {each["code"] for each in response["findings"]}


def test_places_point_at_the_requirements() -> None:
    """A row lights up its requirement in the text, in TOML too."""
    for text in (ALL, '[project]\nname = "spam"\nversion = "1"\ndependencies = ["attrs>=2"]\n'):
        for row in run(text, "spam")["rows"]:
            assert row["text"] == text[row["start"] : row["end"]].strip('"')


def test_project_table_is_read() -> None:
    """Optional dependencies of a pyproject.toml are extras."""
    text = (
        '[project]\nname = "spam"\nversion = "1"\n'
        '[project.optional-dependencies]\ndocs = ["sphinx"]\nall = ["spam[docs]"]\n'
    )
    assert 2 == len(comes(run(text, "spam[all]"), "installers"))


@pytest.mark.parametrize(
    ("requests", "code", "words"),
    [
        ("spam\nspam[nope]", "extra-unknown", "in the request spam[nope]: "),
        ("eggs", "extra-other-project", "in the request eggs: "),
        ("spam[-fast]", "extra-negative-refused", "in the request spam[-fast]: "),
        ("spam[a b]", "extra-name", "in the request spam[a b]: "),
    ],
)
def test_findings_on_requests_name_the_request(requests: str, code: str, words: str) -> None:
    """They have no place in the text, so the words say where."""
    found = {each["code"]: each for each in run(DEFAULTS, requests)["findings"]}
    assert found[code]["message"].startswith(words)
    assert found[code]["span"] is None
    assert not (found[code]["fix"] or {}).get("span")


@pytest.mark.parametrize(
    ("requests", "rules", "codes"),
    [
        ("spam[docs]", "spec", []),
        ("spam[-docs]", "summit", ["extra-negative"]),
        ("spam[a b]", "spec", ["extra-name"]),
    ],
)
def test_nothing_is_said_of_extras_before_there_is_metadata(
    requests: str, rules: str, codes: list[str]
) -> None:
    """That a project has no such extra is known from its metadata, which is not there yet."""
    response = answer(ExtrasRequest("", requests, rules=rules))
    assert codes == [each.code for each in response.findings]


def test_findings_on_the_text_have_places() -> None:
    """A reader sees the line that is meant."""
    text = "Name: spam\nRequires-Dist: x; extra == 'nope'\n"
    [finding] = run(text, "spam")["findings"]
    assert ("extra-unreachable", 2) == (finding["code"], finding["span"]["line"])


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"rules": "magic"}, "request-field"), ({"environment": "magic"}, "request-environment")],
)
def test_bad_choices_are_findings(fields: dict[str, object], code: str) -> None:
    """An unknown choice falls back, and says so."""
    assert code in [each["code"] for each in run(ALL, "spam", **fields)["findings"]]


@pytest.mark.parametrize(
    ("text", "requests", "valid"),
    [
        (ALL, "spam", True),
        (ALL, "spam[", False),
        (ALL, "spam[\nspam", True),
        ("", "", True),
        ("no field", "", False),
        ("[project", "", False),
    ],
)
def test_text_that_cannot_be_read_keeps_the_last_answer(
    text: str, requests: str, valid: bool
) -> None:
    """An answer counts if the text and at least one request can be read."""
    found = labs.answer("extras", json.dumps({"text": text, "requests": requests}))
    assert valid is json.loads(found)["valid"]


def test_cells_are_buttons_that_choose_the_rules() -> None:
    """Each cell has a spoken name, says what differs in words, and sets the rules."""
    html = labs.html("extras", run(DEFAULTS, "spam"))
    assert "numpy; extra == &#x27;fast&#x27;, PEP 771: comes, not as with installers" in html
    assert html.count("data-cell") == 3 * 4
    assert "{&quot;rules&quot;: &quot;summit&quot;}" in html


def test_python_to_copy_runs_and_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """The copied code names the requirements of the table."""
    text = ALL.replace("Name: spam\n", "")
    found = json.loads(labs.answer("extras", json.dumps({"text": text, "requests": "spam[all]"})))
    exec(found["share"]["python"], {})
    said = capsys.readouterr().out.splitlines()
    assert [
        "sphinx; extra == 'docs' because of spam[all] -> spam[docs]; extra == 'all'",
        "spam[docs]; extra == 'all' because of spam[all]",
    ] == said


def test_embedded_requests_survive() -> None:
    """The directive holds every line of the requests, and the text as it is."""
    share = json.loads(
        labs.answer("extras", json.dumps({"text": ALL, "requests": "spam\nspam[all]"}))
    )["share"]
    assert "requests: |\n  spam\n  spam[all]\n" in share["embed"]
    assert ALL in share["embed"]
    assert "--request spam --request 'spam[all]'" in share["command"]


# -- the command line -------------------------------------------------------------------


def test_command_shows_the_table_and_the_reasons(tmp_path: Path) -> None:
    """The terminal says what the page says."""
    path = tmp_path / "METADATA"
    path.write_text(ALL, encoding="utf-8")
    result = CliRunner().invoke(app, ["extras", str(path), "--request", "spam[all]"])
    assert 0 == result.exit_code
    assert (
        "By the specification, spam[all] brings 2 of 2 requirements on CPython 3.14"
        in result.output
    )
    assert "● sphinx; extra == 'docs'\n    spam[all] → spam[docs]; extra == 'all'" in result.output


def test_command_json_is_the_labs_response() -> None:
    """--json prints what the page gets, standard input is read for -."""
    arguments = [
        "extras",
        "-",
        "--request",
        "spam",
        "--request",
        "spam[plot]",
        "--env",
        WINDOWS,
        "--rules",
        "pep771",
        "--json",
    ]
    result = CliRunner().invoke(app, arguments, input=DEFAULTS)
    expected = run(DEFAULTS, "spam\nspam[plot]", environment=WINDOWS, rules="pep771")
    assert expected == json.loads(result.output)


def test_command_fails_after_an_error() -> None:
    """A script can tell that a request was refused."""
    result = CliRunner().invoke(app, ["extras", "-", "--request", "spam[-fast]"], input=DEFAULTS)
    assert 1 == result.exit_code
    assert "extra-negative-refused" in result.output


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["absent"], 1), (["-", "--env", "magic"], 2), (["-", "--rules", "magic"], 2)],
)
def test_command_refuses_what_it_does_not_know(arguments: list[str], status: int) -> None:
    """A file, an environment and rules that do not exist are told apart from answers."""
    result = CliRunner().invoke(app, ["extras", *arguments], input=ALL)
    assert status == result.exit_code


def test_command_keeps_the_terminal_safe() -> None:
    """Characters that would drive the terminal are replaced."""
    result = CliRunner().invoke(app, ["extras", "-"], input="Requires-Dist: a\x1b[31m\n")
    assert "\x1b[31m" not in result.output


# -- bounds and words ---------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 1])
def test_tables_stop(more: int) -> None:
    """At the bound every requirement has a row and a reason; above it the rest is counted."""
    text = "Name: spam\nProvides-Extra: x\nProvides-Extra: y\n" + "".join(
        f"Requires-Dist: a{i}; extra != 'x'\n" for i in range(MOST_ROWS + more)
    )
    response = run(text, "spam[x,y]", rules="spec", rows=MOST_ROWS)
    html = labs.html("extras", response)
    assert MOST_ROWS + more == len(response["rows"]) == len(response["changes"])
    # The grid, the reasons, and the changes.
    assert MOST_ROWS * 4 == html.count("data-cell")
    assert MOST_ROWS == html.count("<tr data-span")
    assert MOST_ROWS == html.count("<li data-span")
    assert (2 if more else 0) == html.count("1 more are not shown.") == html.count("not shown.")
    # One cell is reached with the tab key, the chosen one of the first row.
    assert 1 == html.count('data-cell tabindex="0"')


@pytest.mark.parametrize("more", [0, 1])
def test_first_rows_are_there_soonest(more: int) -> None:
    """At first a page lists so many requirements, and a button opens the others."""
    text = "Name: spam\nProvides-Extra: x\nProvides-Extra: y\n" + "".join(
        f"Requires-Dist: a{i}; extra != 'x'\n" for i in range(FIRST_ROWS + more)
    )
    html = labs.html("extras", run(text, "spam[x,y]", rules="spec"))
    assert FIRST_ROWS * 4 == html.count("data-cell")
    assert FIRST_ROWS == html.count("<tr data-span") == html.count("<li data-span")
    opens = f'data-set="{{&quot;rows&quot;: {MOST_ROWS}}}">1 more</button>'
    assert (2 if more else 0) == html.count(opens) == html.count("more</button>")
    full = labs.html("extras", run(text, "spam[x,y]", rules="spec", rows=MOST_ROWS))
    assert (FIRST_ROWS + more) * 4 == full.count("data-cell")
    assert "more</button>" not in full


@pytest.mark.parametrize("rows", [0, -5])
def test_a_number_of_rows_that_is_none_lists_one(rows: int) -> None:
    """A link may hold any number."""
    html = labs.html("extras", run("Requires-Dist: a\nRequires-Dist: b\n", rows=rows))
    assert 4 == html.count("data-cell")


@pytest.mark.parametrize(
    ("requests", "told"),
    [
        ("", "spam brings 1 of 3 requirements"),
        ("spam\nspam[plot]", "spam and spam[plot] bring 1 of 3"),
        ("spam\n" * 5, "spam and spam and spam and 2 more bring 1 of 3"),
    ],
)
def test_summary_names_the_requests(requests: str, told: str) -> None:
    """The first three by name, the rest by number."""
    found = json.loads(labs.answer("extras", json.dumps({"text": DEFAULTS, "requests": requests})))
    assert f"By the specification, {told}" in found["summary"]
    assert "the four sets of rules differ in" in found["summary"]


def test_summary_without_requirements() -> None:
    """There is nothing to bring yet."""
    found = json.loads(labs.answer("extras", json.dumps({"text": "Name: spam\n"})))
    assert "There is no Requires-Dist yet." == found["summary"]
    one = json.loads(labs.answer("extras", json.dumps({"text": "Requires-Dist: a\n"})))
    assert "brings 1 of 1 requirement on" in one["summary"]
    assert "; all rules say the same." in one["summary"]


def test_answer_without_a_meaning_has_a_sign_of_its_own() -> None:
    """Neither comes nor stays away."""
    html = labs.html("extras", run("Requires-Dist: a; python_version ~= '3'\n"))
    assert 'class="tp-cell tp-undefined"' in html
    assert ">!</button>" in html


def test_reason_names_what_must_be_absent() -> None:
    """An extra that must not be asked for is part of the reason."""
    [row] = run("Requires-Dist: a; extra != 'x'\n", "pkg")["rows"]
    assert [["x"]] == [way["absent"] for way in row["answers"]["spec"]["ways"]]
    assert "without x" in labs.html("extras", run("Requires-Dist: a; extra != 'x'\n", "pkg"))


def test_what_the_rules_change_is_said_in_words() -> None:
    """Added, left out, or both, and where."""
    html = labs.html("extras", run(DEFAULTS, "spam", rules="pep771"))
    assert "is added everywhere." in html
    assert "is added where os_name == &quot;nt&quot; (" in html
    excluded = "Requires-Dist: a; extra != 'x'\n"
    html = labs.html("extras", run(f"Provides-Extra: x\n{excluded}", "pkg[x]", rules="spec"))
    assert "is left out everywhere." in html
    same = labs.html("extras", run("Requires-Dist: a\n", "pkg", rules="spec"))
    assert "In no environment does the specification bring anything else" in same


def test_bytes_that_are_no_text_are_read_as_bytes() -> None:
    """A byte in a comment on the file does not hide the requirements."""
    response = run("Name: spam\nAuthor: caf\udce9\nRequires-Dist: attrs\n", "spam")
    assert ["attrs"] == comes(response, "spec")


def test_shared_command_holds_every_choice() -> None:
    """Requests, environment and rules."""
    request = {"text": "a", "requests": "\nspam[a]\n", "environment": WINDOWS, "rules": "pep771"}
    share = json.loads(labs.answer("extras", json.dumps(request)))["share"]
    assert (
        f"trigpoint extras - --request 'spam[a]' --env {WINDOWS} --rules pep771 "
        "<<'EOF'\na\nEOF" == share["command"]
    )
    assert f'environment: "{WINDOWS}"\nrules: "pep771"\n' in share["embed"]


def test_form_knows_the_chosen_environment() -> None:
    """One that is not among the usual ones is there too, and an unknown one is not."""
    rare = "cpython-3.13-ios-arm64"
    assert f'<option value="{rare}" selected>' in labs.form("extras", {"environment": rare})
    assert "magic" not in labs.form("extras", {"environment": "magic"})
    assert f'value="{LINUX}" selected' in labs.form("extras", {"environment": ""})


def test_command_says_what_the_rules_change() -> None:
    """The same words as on the page."""
    result = CliRunner().invoke(
        app, ["extras", "-", "--request", "spam", "--rules", "pep771"], input=DEFAULTS
    )
    assert "From what installers do to PEP 771, in every environment\n" in result.output
    assert "numpy; extra == 'fast' is added everywhere.\n" in result.output


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Metadata-Version: 2.4\nName: Spam\nVersion: 1\n", "spam lists no requirements."),
        ("[project]\nname = 'spam'\nversion = '1'\n", "spam lists no requirements."),
        ("Metadata-Version: 2.4\nName: spam\nVersion: \n", "There is no Requires-Dist yet."),
        (
            "[project]\nname = 'spam'\nversion = '1'\ndynamic = ['dependencies']\n",
            "There is no Requires-Dist yet.",
        ),
        (
            "Metadata-Version: 2.4\nName: spam\nVersion: 1\nDynamic: Requires-Dist\n",
            "There is no Requires-Dist yet.",
        ),
        (
            "Metadata-Version: 2.4\nName: spam\nVersion: 1\nDynamic: Summary\n",
            "spam lists no requirements.",
        ),
        ("Metadata-Version: 2.4\nVersion: 1\n", "There is no Requires-Dist yet."),
        ("[project\nname = 'spam'\nversion = '1'\n", "There is no Requires-Dist yet."),
    ],
)
def test_a_project_that_requires_nothing(text: str, told: str) -> None:
    """It is described with name and version, so that there is nothing to wait for."""
    found = json.loads(labs.answer("extras", json.dumps({"text": text})))
    assert told == found["summary"]


def test_command_without_requirements_says_so() -> None:
    """There is no table of nothing."""
    result = CliRunner().invoke(app, ["extras", "-"], input="Name: spam\n")
    assert "There is no Requires-Dist yet.\n" == result.output
