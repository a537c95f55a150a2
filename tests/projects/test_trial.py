"""Every case that people brought, by its name: what a check of the file says, with place and fix.

What tools do with them is foretold in ``tests/installers/test_reports.py``; lists of
markers are asked in the tests of the labs and of requirements as well.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.findings import Finding
from trigpoint.installers import Verdict, predict
from trigpoint.installers.messages import explain
from trigpoint.labs import run
from trigpoint.projects import check_text

TRIAL = Path(__file__).parents[1] / "data" / "trial"

SAID = {
    "D01.METADATA": [("metadata-headers-cut", 7, "Classifier from line")],
    "D02.METADATA": [("metadata-junk-line", 5, "join the lines of Keywords")],
    "D03.METADATA": [("metadata-junk-line", 5, "Home-page, Requires-Dist from line")],
    "D04.METADATA": [("metadata-headers-cut", 9, "fold the lines of Description")],
    "D05.METADATA": [("metadata-missing", 1, "Name is missing")],
    "D08.METADATA": [
        ("metadata-requirement", 5, "'azure-mgmt-datalake-store>=0.5.0' looks like a second"),
        ("metadata-requirement", 6, "'zipfile38' looks like a second"),
    ],
    "D10.METADATA": [("metadata-requires-python", 4, "write >=3")],
    "D17.METADATA": [("index-direct-reference", 4, "which the index refuses")],
    "D18.METADATA": [("index-classifier", 5, "write Framework :: Django")],
    "D21.METADATA": [
        ("metadata-content-type", 4, "the parameter x* has no value; text/plain is fine")
    ],
    "M18.METADATA": [("requirement-conflict", 11, "PyPy 3.6 on Linux")],
    "M19.METADATA": [("requirement-conflict", 5, "CPython 3.8 on Linux s390x")],
    "P01.METADATA": [("requirement-conflict", 5, "both apply everywhere")],
    "P03.METADATA": [("metadata-field-too-new", 4, "License-Expression came with 2.4")],
    "P04.METADATA": [("metadata-requirement", 4, "add the comma")],
    "T01.toml": [("metadata-project-misplaced", 11, "above [project.urls]")],
    "T03.toml": [
        ("metadata-project-key", 4, "write optional-dependencies"),
        ("metadata-project-key", 5, "write dependencies"),
        ("metadata-project-key", 6, "write requires-python"),
    ],
    "T04.toml": [("backend-cannot", 2, "needs setuptools 77")],
    "T05.toml": [("backend-refuses", 10, "setuptools 77")],
    "T07.toml": [
        ("metadata-requires-python", 4, "write >=3.11,<4"),
        ("metadata-requirement", 5, "write >=1.2,<2"),
        ("metadata-requirement", 5, "write ==1.*"),
    ],
    "T09.toml": [("metadata-requirement", 4, "write ==1.*")],
    "T13.toml": [
        ("pyproject-group-cycle", 12, "a, b, a"),
        ("pyproject-group-missing", 14, "'missing'"),
        ("pyproject-group-clash", 16, "the same name"),
        ("requirement-syntax", 17, "'>>1'"),
        ("pyproject-group-item", 17, "'path'"),
    ],
    "T17.toml": [("metadata-extra-undeclared", 4, "move it to [project.optional-dependencies]")],
}
"""By file: codes with their line and words of the message or the fix."""

FORETOLD = {
    "D05.METADATA": ("uv 0.13.9", Verdict.REFUSES),
    "P02.METADATA": ("twine 7.0.0", Verdict.ACCEPTS),
    "P03.METADATA": ("twine 7.0.0", Verdict.REFUSES),
    "P07.METADATA": ("uv 0.13.9", Verdict.INSTALLS),
    "P08.METADATA": ("pip 23.2.1", Verdict.CRASHES),
    "D14.METADATA": ("twine 6.1.0 (packaging 24.0)", Verdict.REFUSES),
    "P01.METADATA": ("pip 26.3", Verdict.REFUSES),
}
"""By file: a tool, and what it does."""


def _text(name: str) -> str:
    return (TRIAL / name).read_text("utf-8")


def _findings(name: str) -> list[Finding]:
    kind = "pyproject.toml" if name.endswith(".toml") else "METADATA"
    [file] = check_text((TRIAL / name).read_bytes(), kind, index="pypi").files
    return list(file.findings)


@pytest.mark.parametrize("name", SAID)
def test_a_check_says_it(name: str) -> None:
    """Each thing that is wrong is told, where it is, with what to write."""
    found = [
        (
            each.code,
            each.span.line if each.span else 0,
            f"{each.message}; {each.fix and each.fix.message}",
        )
        for each in _findings(name)
    ]
    for code, line, words in SAID[name]:
        assert [one for one in found if one[:2] == (code, line) and words in one[2]], found


def test_an_undeclared_extra_is_told_once() -> None:
    """T17: the part that knows what to write for this text speaks for both."""
    codes = [each.code for each in _findings("T17.toml")]
    assert "extra-unreachable" not in codes


@pytest.mark.parametrize("name", FORETOLD)
def test_a_tool_does_it(name: str) -> None:
    """What the tool did in the recorded case is foretold."""
    tool, expected = FORETOLD[name]
    assert expected == predict(_text(name), tool).outcome


def test_a_message_leads_to_its_cause() -> None:
    """D14: the file is right, and its uploader too old."""
    [explained] = explain("unrecognized or malformed field 'license-file'")
    assert "packaging older than 24.2" in explained.message.why


def test_markers_that_hold_nowhere() -> None:
    """M09: no known platform has both names."""
    answer = run("markers", {"text": _text("M09.txt")})
    assert "marker-no-platform" in {each["code"] for each in answer["findings"]}


def test_only_the_real_mistake_is_told() -> None:
    """M17: && becomes and; != stays."""
    fixes = [each["fix"] for each in run("markers", {"text": _text("M17.txt")})["findings"]]
    assert not [fix for fix in fixes if fix and (fix["replacement"] or "").startswith("==")]
    assert [fix for fix in fixes if fix and fix["replacement"] == "and"]


def test_lists_keep_their_lines() -> None:
    """M25, M26 and M28: specifiers are told, options passed over, and no line is lost."""
    told = run("algebra", {"text": _text("M25.txt"), "mode": "merge"})["findings"]
    assert "write >=3.18" in [each["fix"]["message"] for each in told]
    passed = run("algebra", {"text": _text("M26.txt"), "mode": "merge"})
    wrong = [each for each in passed["findings"] if each["severity"] == "error"]
    assert {("requirement-conflict", 5)} == {(each["code"], each["span"]["line"]) for each in wrong}
    rewritten = run("algebra", {"text": _text("M28.txt")})["rewritten"]
    assert _text("M28.txt").count("\n") == rewritten.count("\n")


def test_every_case_is_here() -> None:
    """A file that nothing asks about would be no case."""
    asked = {*SAID, *FORETOLD, "M09.txt", "M17.txt", "M25.txt", "M26.txt", "M28.txt"}
    assert {path.name for path in TRIAL.iterdir()} == asked
