"""What each format writes, letter by letter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from trigpoint import __version__
from trigpoint.catalogue import RULES, report
from trigpoint.findings import Finding, Fix, TextIndex
from trigpoint.projects import FileReport, NotRead, Report
from trigpoint.projects.formats.as_json import as_json
from trigpoint.projects.formats.github import github
from trigpoint.projects.formats.sarif import SCHEMA, sarif, to_sarif
from trigpoint.projects.formats.text import MOST_ALIKE, summary, text, total

TEXT = "spam=>1\nbad, 100%: é\nlast"
INDEX = TextIndex(TEXT)
LIST = FileReport(
    "a b/c,d:1.txt",
    "requirements",
    (
        report(
            "requirement-syntax",
            "wrong",
            INDEX.span(4, 7),
            Fix("write >=1", ">=1", INDEX.span(4, 6)),
        ),
        report("marker-swapped", "100%:\nodd, \x1b[0m", INDEX.span(8, 24), Fix("turn it")),
        report("metadata-crlf", "worth knowing"),
    ),
    ("2 requirements",),
    (NotRead("--pre", "an option for pip"),),
    TEXT,
)
INSIDE = FileReport(
    "dist/spam-1-py3-none-any.whl",
    "wheel",
    (
        report("archive-link", "a link"),
        report(
            "metadata-name", "no name", INDEX.span(0, 4), Fix("write ham", "ham", INDEX.span(0, 4))
        ),
    ),
    ("3 fields", "the description"),
    (),
    TEXT,
    "spam-1.dist-info/METADATA",
)
FINE = FileReport("", "metadata", (), ("1 field",), (NotRead("x", "y"), NotRead("z", "y")))
FOLDER = FileReport("p", "folder", (), ("3 files",), (NotRead("setup.py", "a program"),))
BOTH = Report((FOLDER, LIST, INSIDE, FINE))


def test_text() -> None:
    """Each finding with its line; then what was read, and what was not."""
    assert (
        "p: 3 files to check.\n"
        "  not read: setup.py (a program)\n"
        "\n"
        "error[requirement-syntax]: wrong\n"
        "  --> a b/c,d:1.txt:1:5\n"
        "  1 | spam=>1\n"
        "    |     ^^^\n"
        "  fix: write >=1\n"
        "\n"
        "warning[marker-swapped]: 100%:\n"
        "odd, \N{REPLACEMENT CHARACTER}[0m\n"
        "  --> a b/c,d:1.txt:2:1\n"
        "  2 | bad, 100%: é\n"
        "    | ^^^^^^^^^^^^\n"
        "  fix: turn it\n"
        "\n"
        "a b/c,d:1.txt: 1 error, 1 warning, 1 note.\n"
        "  read: 2 requirements\n"
        "  not read: --pre (an option for pip)\n"
        "\n"
        "warning[archive-link]: a link\n"
        "\n"
        "error[metadata-name]: no name\n"
        "  --> dist/spam-1-py3-none-any.whl/spam-1.dist-info/METADATA:1:1\n"
        "  1 | spam=>1\n"
        "    | ^^^^\n"
        "  fix: write ham\n"
        "\n"
        "dist/spam-1-py3-none-any.whl: 1 error, 1 warning.\n"
        "  read: 3 fields, the description\n"
        "\n"
        "The text: nothing is wrong in what was read.\n"
        "  read: 1 field\n"
        "  not read: x (y), z (y)\n"
        "\n"
        "3 files read; 2 errors, 2 warnings, 1 note. Left out here: 1 note; --all shows everything.\n"
    ) == text(BOTH)


def test_text_of_everything() -> None:
    """Notes show where they are asked for, and nothing is left out then."""
    told = text(BOTH, everything=True)
    assert "\n\ninfo[metadata-crlf]: worth knowing\n\na b/c,d:1.txt: " in told
    assert told.endswith("3 files read; 2 errors, 2 warnings, 1 note.\n")


def alike(number: int) -> Report:
    found = tuple(report("marker-swapped", f"n{i}", INDEX.span(i, i + 1)) for i in range(number))
    worse = tuple(report("metadata-name", f"e{i}", INDEX.span(i, i + 1)) for i in range(number))
    return Report((FileReport("a", "requirements", (*found, *worse), ("x",), (), TEXT),))


@pytest.mark.parametrize(
    ("number", "left"),
    [(MOST_ALIKE, ""), (MOST_ALIKE + 2, " Left out here: 2 warnings; --all shows everything.")],
)
def test_alike_warnings_are_counted(number: int, left: str) -> None:
    """The first warnings of a code show, all errors do, and the rest is counted."""
    told = text(alike(number))
    assert MOST_ALIKE == told.count("warning[")
    assert number == told.count("error[")
    assert told.endswith(f"1 file read; {number} errors, {number} warnings.{left}\n")
    assert number == text(alike(number), everything=True).count("warning[")
    assert MOST_ALIKE == github(alike(number)).count("::warning ")
    assert number == github(alike(number), everything=True).count("::warning ")


def test_nothing_is_praised_that_was_not_read() -> None:
    """No file without an error, and no sum of them, is called right unless something was read."""
    empty = FileReport("a", "requirements")
    assert "a: nothing was read." == summary(empty)
    assert "0 files read." == total(Report((empty,)), everything=True)
    assert "1 file read; nothing is wrong in what was read." == total(
        Report((FINE,)), everything=True
    )
    assert "p: nothing was read." == summary(FileReport("p", "folder"))


def test_github() -> None:
    """One command a line, with what the runner reads in them escaped."""
    assert (
        "::debug::p: not read: setup.py (a program)\n"
        "::error file=a b/c%2Cd%3A1.txt,line=1,col=5,endLine=1,endColumn=8,"
        "title=requirement-syntax::wrong%0Afix: write >=1\n"
        "::warning file=a b/c%2Cd%3A1.txt,line=2,endLine=3,"
        "title=marker-swapped::100%25:%0Aodd, \N{REPLACEMENT CHARACTER}[0m%0Afix: turn it\n"
        "::debug::a b/c,d:1.txt: not read: --pre (an option for pip)\n"
        "::warning file=dist/spam-1-py3-none-any.whl,title=archive-link::a link\n"
        "::error file=dist/spam-1-py3-none-any.whl,title=metadata-name::"
        "spam-1.dist-info/METADATA:1:1: no name%0Afix: write ham\n"
        "::debug::: not read: x (y), z (y)\n"
        "3 files read; 2 errors, 2 warnings, 1 note. Left out here: 1 note; --all shows everything.\n"
    ) == github(BOTH)


def test_github_notices() -> None:
    """A note is a notice; a text without a path has no file."""
    found = report("metadata-crlf", "known", INDEX.span(5, 5))
    told = github(
        Report((FileReport("", "metadata", (found,), ("x",), (), TEXT),)), everything=True
    )
    assert (
        "::notice line=1,col=6,endLine=1,endColumn=6,title=metadata-crlf::known"
        == (told.splitlines()[0])
    )


def test_json() -> None:
    """Every finding, and what was read and not, file by file."""
    assert {
        "format": 1,
        "findings": {"error": 2, "warning": 2, "info": 1},
        "files": [
            {
                "path": "p",
                "kind": "folder",
                "member": "",
                "read": ["3 files"],
                "not_read": [{"what": "setup.py", "why": "a program"}],
                "findings": [],
            },
            {
                "path": "a b/c,d:1.txt",
                "kind": "requirements",
                "member": "",
                "read": ["2 requirements"],
                "not_read": [{"what": "--pre", "why": "an option for pip"}],
                "findings": [each.to_json() for each in LIST.findings],
            },
            {
                "path": "dist/spam-1-py3-none-any.whl",
                "kind": "wheel",
                "member": "spam-1.dist-info/METADATA",
                "read": ["3 fields", "the description"],
                "not_read": [],
                "findings": [each.to_json() for each in INSIDE.findings],
            },
            {
                "path": "",
                "kind": "metadata",
                "member": "",
                "read": ["1 field"],
                "not_read": [{"what": "x", "why": "y"}, {"what": "z", "why": "y"}],
                "findings": [],
            },
        ],
    } == json.loads(as_json(BOTH))
    assert as_json(BOTH).startswith('{\n  "format": 1,\n  "findings": {\n    "error": 2,\n')
    odd = FileReport("é", "", (report("archive-kind", "caf\udce9"),))
    assert as_json(Report((odd,))).isascii()


# -- SARIF ------------------------------------------------------------------------------

SHAPES: Mapping[str, Mapping[str, Any]] = {
    # Of the schema of SARIF 2.1.0: what each object is made of, required keys with a mark.
    "": {"$schema": str, "version!": ("2.1.0",), "runs!": ["run"]},
    "run": {
        "tool!": "tool",
        "columnKind": ("unicodeCodePoints",),
        "newlineSequences": [str],
        "invocations": ["invocation"],
        "results": ["result"],
    },
    "tool": {"driver!": "driver"},
    "driver": {"name!": str, "version": str, "rules": ["rule"]},
    "rule": {
        "id!": str,
        "shortDescription": "text",
        "fullDescription": "text",
        "help": "text",
        "helpUri": str,
        "defaultConfiguration": "configuration",
        "properties": "bag",
    },
    "configuration": {"level": ("none", "note", "warning", "error")},
    "bag": {"tags": [str]},
    "text": {"text!": str},
    "invocation": {"executionSuccessful!": bool, "toolExecutionNotifications": ["notification"]},
    "notification": {
        "level": ("none", "note", "warning", "error"),
        "message!": "text",
        "locations": ["location"],
    },
    "result": {
        "ruleId": str,
        "ruleIndex": int,
        "level": ("none", "note", "warning", "error"),
        "message!": "text",
        "locations": ["location"],
        "partialFingerprints": {str: str},
        "fixes": ["fix"],
    },
    "location": {"physicalLocation": "physical"},
    "physical": {"artifactLocation": "artifact", "region": "region"},
    "artifact": {"uri": str},
    "region": {"startLine!": int, "startColumn": int, "endLine": int, "endColumn": int},
    "fix": {"description": "text", "artifactChanges!": ["change"]},
    "change": {"artifactLocation!": "artifact", "replacements!": ["replacement"]},
    "replacement": {"deletedRegion!": "region", "insertedContent": "text"},
}


def check_shape(value: Any, shape: Any, where: str = "") -> None:
    """Hold *value*, at *where*, against *shape*: a key of SHAPES, a type, values, or a list of one."""
    if isinstance(shape, tuple):
        assert value in shape, where
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for i, each in enumerate(value):
            check_shape(each, shape[0], f"{where}[{i}]")
    elif isinstance(shape, type):
        assert isinstance(value, shape), where
        assert not isinstance(value, int) or value >= where.endswith(("Line", "Column")), where
    elif isinstance(shape, dict):
        assert all(isinstance(each, str) for each in (*value, *value.values())), where
    else:
        keys = SHAPES[shape]
        assert {key[:-1] for key in keys if key.endswith("!")} <= set(value), where
        known = {key.rstrip("!"): each for key, each in keys.items()}
        assert set(value) <= set(known), where
        for key, each in value.items():
            check_shape(each, known[key], f"{where}.{key}")


def test_sarif_follows_the_schema() -> None:
    """Keys, types and values are those of the schema, and rules are found by their number."""
    made = json.loads(sarif(BOTH))
    check_shape(made, "")
    assert sarif(BOTH).startswith(f'{{\n  "$schema": "{SCHEMA}",\n')
    assert SCHEMA == made["$schema"]
    [run] = made["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [each["ruleId"] for each in run["results"]] == [
        rules[each["ruleIndex"]]["id"] for each in run["results"]
    ]
    assert [
        "marker-swapped",
        "requirement-syntax",
        "metadata-crlf",
        "metadata-name",
        "archive-link",
    ] == [each["id"] for each in rules]
    for each in rules:
        rule = RULES[each["id"]]
        assert rule.title == each["shortDescription"]["text"]
        assert rule.url == each["helpUri"]
        assert rule.why in each["help"]["text"]
    assert {"name": "Trigpoint", "version": __version__} == {
        key: run["tool"]["driver"][key] for key in ("name", "version")
    }


def test_the_check_of_the_shape_sees_what_is_wrong() -> None:
    """A key that does not exist, one that is missing, and a wrong value are seen."""
    for wrong in (
        {"version": "2.1.0", "runs": [], "more": 1},
        {"version": "2.1.0"},
        {"version": "2.0", "runs": []},
        {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": 1}}}]},
    ):
        with pytest.raises(AssertionError):
            check_shape(wrong, "")


def results(files: Report = BOTH) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = to_sarif(files)["runs"][0]["results"]
    return found


def test_sarif_results() -> None:
    """Places, messages and fixes; what lies in an archive has its place in the message."""
    first, second, third, fourth, fifth = results()
    physical = first["locations"][0]["physicalLocation"]
    assert "a%20b/c%2Cd%3A1.txt" == physical["artifactLocation"]["uri"]
    assert {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 8} == physical["region"]
    assert ("error", "wrong; write >=1") == (first["level"], first["message"]["text"])
    assert [
        {
            "description": {"text": "write >=1"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "a%20b/c%2Cd%3A1.txt"},
                    "replacements": [
                        {
                            "deletedRegion": {
                                "startLine": 1,
                                "startColumn": 5,
                                "endLine": 1,
                                "endColumn": 7,
                            },
                            "insertedContent": {"text": ">=1"},
                        }
                    ],
                }
            ],
        }
    ] == first["fixes"]
    assert "fixes" not in second
    nowhere = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    assert ("note", nowhere) == (
        third["level"],
        third["locations"][0]["physicalLocation"]["region"],
    )
    assert "a link" == fourth["message"]["text"]
    assert "spam-1.dist-info/METADATA:1:1: no name; write ham" == fifth["message"]["text"]
    assert nowhere == fifth["locations"][0]["physicalLocation"]["region"]
    assert "fixes" not in fifth


def test_sarif_says_what_was_not_read() -> None:
    """As notifications, which are no alerts."""
    [run] = to_sarif(BOTH)["runs"]
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is True
    assert [
        "not read: setup.py (a program)",
        "not read: --pre (an option for pip)",
        "not read: x (y)",
        "not read: z (y)",
    ] == [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    last = invocation["toolExecutionNotifications"][-1]
    assert "stdin" == last["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_fingerprints_stay_when_lines_move() -> None:
    """The same finding further down is the same alert, and a second one is another."""
    moved = TextIndex(f"\n\n{TEXT}")
    finding = LIST.findings[0]

    def prints(text: str, *findings: Finding) -> list[str]:
        file = FileReport("a.txt", "requirements", findings, ("x",), (), text)
        return [each["partialFingerprints"]["trigpoint/v1"] for each in results(Report((file,)))]

    assert prints(TEXT, finding) == prints(moved.text, finding.moved(moved, 2))
    one, two = prints(TEXT, finding, finding)
    assert [one] == prints(TEXT, finding)
    assert re.fullmatch("[0-9a-f]{32}:1", one)
    assert f"{one[:-1]}2" == two
    assert one != two
    other = report("requirement-syntax", "wrong", INDEX.span(8, 11))
    assert prints(TEXT, other) != prints(TEXT, finding)


def test_sarif_of_odd_names(tmp_path: Path) -> None:
    """A path from the root is a file's address, and a byte that is no text is escaped."""
    path = (tmp_path / "a b").as_posix()
    files = (
        FileReport(path, "", (report("archive-kind", "x\udce9"),)),
        FileReport("caf\udce9", "", (report("archive-kind", "\ud800"),)),
    )
    first, second = results(Report(files))
    assert (tmp_path / "a b").as_uri() == (
        first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    )
    assert "caf%E9" == second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    shown = [each["message"]["text"] for each in (first, second)]
    assert ["x\N{REPLACEMENT CHARACTER}", "\N{REPLACEMENT CHARACTER}"] == shown
    [half] = results(Report((FileReport("a\ud800", "", (report("archive-kind", "x"),)),)))
    uri = half["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert "a%EF%BF%BD" == uri
