"""The command line gives the metadata lab's answers."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trigpoint import labs
from trigpoint.cli.app import app

TEXT = (
    "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\nProvides-Extra: docs\n"
    "Requires-Dist: sphinx; extra == 'docs'\n"
)
WRONG = TEXT + "Requires-Dist: a >> 1\n"


def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["metadata", *arguments], input=stdin)


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A METADATA file."""
    file = tmp_path / "METADATA"
    file.write_text(TEXT, "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("arguments", "request_"),
    [
        (["check"], {"view": "fields"}),
        (["check", "--reader", "2.1", "--kind", "sdist"], {"reader": "2.1", "kind": "sdist"}),
        (["check", "--for", "pypi"], {"index": "pypi"}),
        (["explain"], {"view": "fields"}),
        (["convert", "--to", "2.1"], {"view": "convert", "to": "2.1"}),
        (["json", "--form", "pep819"], {"view": "json", "form": "pep819"}),
        (
            ["predict", "--request", "pkg[docs]", "--tool", "pip 26.3"],
            {"view": "installers", "asked": "pkg[docs]", "tools": ["pip 26.3"]},
        ),
    ],
)
def test_json_is_the_labs_response(
    path: str, arguments: list[str], request_: dict[str, object]
) -> None:
    """--json prints what the library and the page get."""
    result = invoke(*arguments, path, "--json")
    assert labs.run("metadata", {"text": TEXT, **request_}) == json.loads(result.stdout)
    assert 0 == result.exit_code


def test_json_of_a_comparison_is_the_labs_response(path: str) -> None:
    """The second path is the newer document."""
    result = invoke("diff", path, "-", "--json", stdin=WRONG)
    expected = labs.run("metadata", {"text": TEXT, "view": "diff", "other": WRONG})
    assert expected == json.loads(result.stdout)


def test_several_paths_give_a_list(path: str) -> None:
    """Check answers for each path."""
    assert 2 == len(json.loads(invoke("check", path, path, "--json").stdout))


def test_findings_show_the_line_the_mark_and_the_fix() -> None:
    """A mistake shows where and what to do, and the exit status says so."""
    result = invoke("check", "-", stdin=WRONG)
    assert result.output.splitlines()[:4] == [
        "error[metadata-requirement]: '>> 1' is no version specifier",
        "  6 | Requires-Dist: a >> 1",
        "    |                  ^^^^",
        "  fix: write an operator and a version, such as >=1.2",
    ]
    assert 1 == result.exit_code


def test_wheels_are_read(tmp_path: Path) -> None:
    """A wheel answers for the METADATA in it, and its name is part of the question."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("spam-1.0.dist-info/METADATA", TEXT)
        archive.writestr("spam-1.0.dist-info/WHEEL", "Wheel-Version: 2.0\n")
    wheel = tmp_path / "spam-1.0-py3-none-any.whl"
    wheel.write_bytes(stream.getvalue())
    result = invoke("predict", str(wheel), "--tool", "pip 26.3", "--json")
    fields = {"view": "installers", "kind": "wheel", "tools": ["pip 26.3"]}
    about = {"file_name": wheel.name, "wheel_version": "2.0"}
    assert labs.run("metadata", {"text": TEXT, **fields, **about}) == json.loads(result.stdout)
    assert 1 == result.exit_code


def test_bad_archive_is_one_line() -> None:
    """What cannot be read is said in words."""
    result = invoke("check", "-", stdin=b"PK\x03\x04")
    assert "there is no end record" in result.output
    assert 1 == result.exit_code


@pytest.mark.parametrize("command", ["check", "convert", "json", "predict", "explain"])
def test_missing_file_is_one_line(command: str) -> None:
    """A path that is not there is no traceback."""
    result = invoke(command, "nothing-here")
    assert result.output.startswith("Error: ")
    assert 1 == result.exit_code


def test_field_is_explained() -> None:
    """A name of a field needs no file, and a near miss is offered."""
    assert invoke("explain", "license").stdout.startswith(
        "License: since 1.0, deprecated since 2.4"
    )
    assert "did you mean Requires-Dist?" in invoke("explain", "Requires-Dists").output


def test_converted_text_goes_out_and_the_report_beside_it(path: str) -> None:
    """Standard output holds the document alone."""
    result = invoke("convert", path, "--to", "2.1")
    assert TEXT.replace("2.4", "2.1") == result.stdout
    assert "Metadata-Version becomes 2.1" in result.stderr


def test_refused_conversion_fails() -> None:
    """Nothing is written where something cannot be said."""
    text = "Metadata-Version: 3.0\nName: x\nVersion: 1\nRequires-Dist: y; 'a' not in extras\n"
    result = invoke("convert", "-", "--to", "2.6", stdin=text)
    assert ("", 1) == (result.stdout, result.exit_code)
    assert 0 == invoke("convert", "-", "--to", "2.6", "--force", stdin=text).exit_code


def test_prediction_names_the_recorded_run() -> None:
    """The case behind a verdict is named, and a crash is an error."""
    text = TEXT.replace("extra == 'docs'", "'docs' in extras")
    result = invoke("predict", "-", "--tool", "pip 26.3", "--request", "pkg[docs]", stdin=text)
    assert "✖ crashes" in result.output
    assert "recorded: mk-insetnew[docs]" in result.output
    assert 1 == result.exit_code


def test_comparison_names_field_and_kind(path: str) -> None:
    """A changed requirement is told by its name."""
    result = invoke("diff", path, "-", stdin=TEXT.replace("sphinx", "sphinx>=8"))
    assert " changed  Requires-Dist: sphinx: the versions change from any to >=8" in result.output


def test_control_characters_do_not_reach_the_terminal() -> None:
    """An escape sequence in a value is shown, not sent."""
    text = "Metadata-Version: 2.1\nName: x\x1b[31m\nVersion: 1\nSummary: \x1b[0m\nO\x1b: 1\n"
    for command in ("check", "explain", "json", "predict"):
        assert "\x1b" not in invoke(command, "-", stdin=text).output
    assert "\x1b" not in invoke("diff", "-", __file__, stdin=text).output


def test_field_is_explained_as_json() -> None:
    """For programs."""
    found = json.loads(invoke("explain", "license", "--json").stdout)
    assert ("License", "1.0") == (found["name"], found["since"])


def test_fields_of_a_file_are_explained() -> None:
    """Each with its values, their lines, and how it is written; a long value is cut."""
    text = f"{TEXT}X-Odd: a\nHome-page: b\nDescription: c\n        d\nSummary: {'x' * 400}\n"
    output = invoke("explain", "-", stdin=text).output
    assert "\nX-Odd  unknown\n    6 | a\n" in output
    assert "\nHome-page  since 1.0, deprecated in 1.2\n    7 | b\n  " in output
    assert "    8 | c ...\n" in output
    assert f"{'x' * 300} ...\n" in output
    assert "  Format: " in output
    assert "proposed" not in output
    assert "Default-Extra  PEP 771\n" in invoke("explain", "-", stdin="Default-Extra: a\n").output


def test_reasons_for_a_version_are_listed() -> None:
    """Below the summary, each with its line."""
    assert (
        "  2.1: Provides-Extra came with 2.1 (line 4)\n" in invoke("check", "-", stdin=TEXT).output
    )


def test_several_files_are_told_apart(path: str) -> None:
    """Findings and summaries name the file."""
    Path(path).write_text(WRONG, "utf-8")
    output = invoke("check", path, path).output
    assert 2 == output.count(f"\n  --> {path}:6:18\n")
    assert 2 == output.count(f"{path}: spam 1.0 states metadata version 2.4")


def test_kind_of_the_file_can_be_said() -> None:
    """A field that is dynamic and given too matters in an sdist."""
    text = f"{TEXT}Dynamic: Requires-Dist\n"
    said = {
        kind: "metadata-dynamic-partly" in invoke("check", "-", "--kind", kind, stdin=text).output
        for kind in ("wheel", "sdist")
    }
    assert {"wheel": False, "sdist": True} == said


def test_conversion_as_json_is_the_labs_response(path: str) -> None:
    """And a refused one still fails."""
    text = "Metadata-Version: 3.0\nName: x\nVersion: 1\nRequires-Dist: y; 'a' not in extras\n"
    result = invoke("convert", "-", "--to", "2.6", "--json", stdin=text)
    assert (1, None) == (result.exit_code, json.loads(result.stdout)["converted"]["text"])


def test_converted_text_is_harmless_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file gets the letters as they are, a terminal gets them shown."""
    text = f"{TEXT}Summary: \x1b[31m\n"
    raw = invoke("convert", "-", "--to", "2.1", stdin=text)
    assert "\x1b[31m" in raw.stdout
    stream = "click.testing._NamedTextIOWrapper.isatty"
    monkeypatch.setattr(stream, lambda _self: True, raising=False)
    shown = invoke("convert", "-", "--to", "2.1", stdin=text)
    assert "Summary: \ufffd[31m\n" in shown.stdout


def test_only_one_side_of_a_comparison_is_standard_input() -> None:
    """There is only one of it."""
    result = invoke("diff", "-", "-", stdin=TEXT)
    assert 2 == result.exit_code
    assert "only one of the two can come from standard input" in result.output


def test_what_a_form_loses_is_reported_beside_it() -> None:
    """The form on standard output, the report on standard error."""
    result = invoke("json", "-", stdin=f"{TEXT}Name: b\n")
    assert "spam" == json.loads(result.stdout)["name"]
    assert "[metadata-" in result.stderr


def test_predictions_are_grouped_and_dated() -> None:
    """Neighbours that do the same are one row; the last row says when that was recorded."""
    output = invoke("predict", "-", stdin=TEXT).output
    assert any(re.match(r"pip [\d.]+ to [\d.]+ ", line) for line in output.splitlines())
    assert "Recorded by 20" in output.splitlines()[-1]
    alone = invoke("predict", "-", "--tool", "nothing 1", stdin=TEXT).output
    assert "? not recorded" in alone
    assert "Recorded by" not in alone
