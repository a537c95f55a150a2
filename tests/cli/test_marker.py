"""The command line gives the lab's answers."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from trigpoint import labs
from trigpoint.cli.app import app


def invoke(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["marker", *arguments], input=stdin)


def test_json_is_the_labs_response() -> None:
    """--json prints what the library and the page get."""
    result = invoke("os_name == 'nt' and extra == 'x'", "--extra", "x", "--json")
    expected = labs.run("markers", {"text": "os_name == 'nt' and extra == 'x'", "extras": ["x"]})
    assert expected == json.loads(result.stdout)
    assert 0 == result.exit_code


def test_grid_and_count() -> None:
    """The grid has a row a platform and a sign a cell."""
    result = invoke("sys_platform == 'win32'")
    assert "Holds in 8 of 24 environments." in result.output
    [windows] = [line for line in result.output.splitlines() if line.startswith("Windows x64")]
    assert 8 == windows.count("●")


def test_findings_show_the_text_the_mark_and_the_fix() -> None:
    """A broken marker shows where and what to do, and the exit status says so."""
    result = invoke("python_verison > '3'")
    assert result.output.splitlines()[:4] == [
        "error[marker-unknown-variable]: 'python_verison' is not a marker variable",
        "  1 | python_verison > '3'",
        "    | ^^^^^^^^^^^^^^",
        "  fix: write python_version",
    ]
    assert 1 == result.exit_code


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("cpython-3.13-windows-x64", 1),
        ("cpython-3.13", 3),
        ("windows-x64", 8),
        ("this", 1),
    ],
)
def test_environments_by_any_name(name: str, total: int) -> None:
    """--env takes an environment, an interpreter, a platform, or this interpreter."""
    answer = json.loads(invoke("os_name == 'nt'", "--env", name, "--json").stdout)
    assert total == len(answer["environments"])


def test_unknown_environment_is_a_finding_with_suggestions() -> None:
    """A wrong name does not pass in silence."""
    result = invoke("os_name == 'nt'", "--env", "cpython-3.13-window")
    assert "did you mean cpython-3.13-windows-x64" in result.output
    assert 1 == result.exit_code


def test_explanation_names_the_deciding_part() -> None:
    """--explain shows each part with its operands."""
    result = invoke(
        "os_name == 'nt' or python_version >= '3.9'",
        "--env",
        "cpython-3.13-linux-x86_64",
        "--explain",
    )
    assert "3.13 >= '3.9', compared as versions  decides" in result.output


def test_text_from_standard_input() -> None:
    """A dash reads many lines."""
    answer = json.loads(invoke("-", "--json", stdin="a; os_name == 'nt'\nb\n").stdout)
    assert ["a", "b"] == [line["requirement"] for line in answer["lines"]]


def test_control_characters_do_not_reach_the_terminal() -> None:
    """An escape sequence in a marker is shown, not sent."""
    result = invoke("os_name == '\x1b[31mred'")
    assert "\x1b" not in result.output


def test_without_its_extra_the_command_says_what_to_install() -> None:
    """Where click is missing there is one line, not a traceback."""
    program = "import sys; sys.modules['click'] = None\nfrom trigpoint.cli import main\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert "trigpoint[cli]" in done.stderr
    assert "Traceback" not in done.stderr
    assert 1 == done.returncode


def test_a_star_marks_what_other_rules_answer_otherwise() -> None:
    """In its cell, with a word on whose rules."""
    result = invoke("extra != 'x'", "--extra", "x", "--extra", "y")
    assert "·*" in result.output
    assert "* Installers answer otherwise\n" in result.output
    assert "answer otherwise" not in invoke("os_name == 'nt'").output


def test_cells_without_an_environment_are_empty() -> None:
    """Not every interpreter is on every platform."""
    lines = invoke("os_name == 'nt'", "--env", "pyodide-314", "--env", "cpython-3.13").output
    assert 1 == lines.splitlines()[-2].count("●") + lines.splitlines()[-2].count("·")


def test_answers_have_a_sign_each() -> None:
    """A dot, a small dot, and a mark where nothing is defined."""
    output = invoke("python_version ~= '3'", "--env", "cpython-3.13").output
    assert "without a defined answer in 3" in output
    assert 3 == output.count("  !")


def test_explanation_of_installers_asks_once_for_each_extra() -> None:
    """The question for each extra is a row of its own, without operands."""
    extras = ("--extra", "x", "--extra", "y")
    output = invoke("extra == 'x'", *extras, "--rules", "installers", "--explain").output
    explained = output.partition("Why on ")[2].splitlines()
    assert "● any  true" == explained[1]
    assert "x == 'x', compared as text" in output
    assert [line for line in explained[2:] if line.startswith("  ") and " == " not in line]


def test_explanation_says_how_much_it_leaves_out() -> None:
    """As on the page."""
    text = " or ".join(f"extra == 'x{i}'" for i in range(250))
    assert "51 more parts are not shown.\n" in invoke(text, "--explain").output
    assert 51 == json.loads(invoke(text, "--json").output)["unexplained"]


def test_nothing_is_explained_where_nothing_can_be_read() -> None:
    """There are findings instead."""
    assert "Why on" not in invoke("os_name = 'nt'", "--explain").output
    assert "Why on" not in invoke("os_name == 'nt'", "--env", "zzz", "--explain").output
