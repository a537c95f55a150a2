"""Conversions, rule by rule."""

from __future__ import annotations

import json
from typing import Any

import pytest

from trigpoint.markers.writing.rewrite import normalise_extras, rewrite
from trigpoint.metadata import VERSIONS, convert, read

HEAD = "Metadata-Version: {}\nName: spam\nVersion: 1\n"


def run(
    version: str, text: str, to: str, **options: Any
) -> tuple[list[str] | None, list[tuple[str, int]]]:
    """Convert, and return the lines below the head, and the findings below the version's."""
    made = convert(read(HEAD.format(version) + text), to, **options)
    lines = str(made.document).splitlines()[3:] if made.document else None
    told = [
        (found.code.removeprefix("metadata-convert-"), found.span.line if found.span else 0)
        for found in made.findings
        if found.code != "metadata-convert-version"
    ]
    return lines, told


CASES = [
    # extras
    (
        "2.4",
        "Requires-Dist: y; extra == 'x'\n",
        "3.0",
        ["Requires-Dist: y; 'x' in extras"],
        ["rewritten"],
    ),
    (
        "2.4",
        "Requires-Dist: y; extra != 'x'\n",
        "3.0",
        ["Requires-Dist: y; 'x' not in extras"],
        ["rewritten", "behaviour"],
    ),
    (
        "2.4",
        "Requires-Dist: y; extra == 'a' and extra == 'b'\n",
        "3.0",
        ["Requires-Dist: y; 'a' in extras and 'b' in extras"],
        ["rewritten", "behaviour"],
    ),
    (
        "3.0",
        "Requires-Dist: y; 'a' in extras or \"b\" in extras\n",
        "2.6",
        ["Requires-Dist: y; extra == 'a' or extra == \"b\""],
        ["rewritten"],
    ),
    ("3.0", "Default-Extra: a\n", "2.6", [], ["dropped"]),
    # URLs
    (
        "2.4",
        "Home-page: https://x.org\n",
        "3.0",
        ["Project-URL: Homepage, https://x.org"],
        ["moved"],
    ),
    (
        "2.4",
        "Download-URL: https://x.org\n",
        "3.0",
        ["Project-URL: Download, https://x.org"],
        ["moved"],
    ),
    (
        "2.4",
        "Home-page: https://x.org\nProject-URL: home-page, https://x.org/\n",
        "3.0",
        ["Project-URL: home-page, https://x.org/"],
        ["moved"],
    ),
    (
        "2.4",
        "Home-page: https://x.org\nProject-URL: Homepage, https://y.org\n",
        "3.0",
        ["Project-URL: Homepage, https://y.org"],
        ["conflict"],
    ),
    # people
    (
        "2.4",
        "Author: Jane\nAuthor-email: j@x.org\n",
        "3.0",
        ["Author: Jane <j@x.org>"],
        ["moved", "moved"],
    ),
    (
        "2.4",
        "Author-email: Jane <j@x.org>, k@x.org\n",
        "3.0",
        ["Author: Jane <j@x.org>", "Author: <k@x.org>"],
        ["moved"],
    ),
    (
        "2.4",
        "Author: A, B\nAuthor-email: a@x.org, b@x.org\n",
        "3.0",
        ["Author: A, B", "Author: <a@x.org>", "Author: <b@x.org>"],
        ["ambiguous", "moved"],
    ),
    ("2.4", "Author: Jane <j@x.org>\n", "3.0", ["Author: Jane <j@x.org>"], ["ambiguous"]),
    ("2.4", "Author-email: nobody\n", "3.0", ["Author: nobody"], ["ambiguous", "moved"]),
    (
        "3.0",
        "Maintainer: Jane <j@x.org>\nMaintainer: Bob\n",
        "2.6",
        ["Maintainer: Bob", "Maintainer-email: Jane <j@x.org>"],
        ["moved", "order"],
    ),
    ("3.0", "Author: A\nAuthor: B\n", "2.6", ["Author: A, B"], ["joined", "joined"]),
    # license
    ("2.3", "License: MIT\n", "3.0", [], ["license"]),
    (
        "2.4",
        "License-Expression: MIT\nClassifier: License :: OSI Approved :: MIT License\n",
        "3.0",
        ["License-Expression: MIT"],
        ["dropped"],
    ),
    (
        "2.3",
        "Classifier: License :: OSI Approved :: MIT License\n",
        "3.0",
        ["Classifier: License :: OSI Approved :: MIT License"],
        ["license"],
    ),
    ("2.4", "License-Expression: MIT\n", "2.3", ["License: MIT"], ["moved"]),
    # what goes, what stays
    ("2.4", "Requires: re\nProvides: x\nObsoletes: y\n", "3.0", [], ["dropped"] * 3),
    ("2.4", "Platform: any\n", "3.0", ["Platform: any"], []),
    ("2.4", "Keywords: a, ,b\n", "3.0", ["Keywords: a,b"], ["rewritten"]),
    ("2.4", "Keywords: a b\n", "3.0", ["Keywords: a b"], ["ambiguous"]),
    (
        "2.4",
        "Dynamic: Home-page\nDynamic: Requires\n",
        "3.0",
        ["Dynamic: Project-URL"],
        ["moved", "dropped"],
    ),
    ("2.1", "Description: one\n       |two\n", "3.0", ["", "one", "two"], ["moved"]),
    ("2.4", "X-Colour: red\n", "3.0", ["X-Colour: red"], []),
    (
        "2.4",
        "License: MIT\nLicense-Expression: MIT\n",
        "3.0",
        ["License-Expression: MIT"],
        ["dropped"],
    ),
    ("2.4", "Home-page: UNKNOWN\nAuthor:\n", "3.0", [], ["dropped", "dropped"]),
    (
        "2.4",
        "Author: Jane\nAuthor-email: Jane <j@x.org>\n",
        "3.0",
        ["Author: Jane <j@x.org>"],
        ["moved", "moved"],
    ),
    ("2.4", "Keywords: ,\n", "3.0", [], ["dropped"]),
    (
        "2.4",
        "Dynamic: Home-page\nDynamic: Project-URL\n",
        "3.0",
        ["Dynamic: Project-URL"],
        ["moved"],
    ),
    (
        "2.4",
        "Requires-Dist: y; what\nRequires-Dist: !\n",
        "3.0",
        ["Requires-Dist: y; what", "Requires-Dist: !"],
        [],
    ),
    ("3.0", "Dynamic: Default-Extra\nWheel-Version: 1.0\n", "2.6", [], ["dropped", "dropped"]),
    ("3.0", "Requires-Dist: y; what\n", "2.6", ["Requires-Dist: y; what"], []),
    ("2.4", "Author-email: nobody <x>\n", "3.0", ["Author: nobody <x>"], ["ambiguous", "moved"]),
    # between approved versions
    (
        "1.2",
        "Requires-Dist: y ((1))\nRequires-Dist: zope (what)\n",
        "2.1",
        ["Requires-Dist: y ((1))", "Requires-Dist: zope (what)"],
        [],
    ),
    ("1.2", "Requires-Python: >=2.5\n", "2.1", ["Requires-Python: >=2.5"], []),
    (
        "2.1",
        "Requires-Dist: y; what\nRequires-Dist: y;\n",
        "2.3",
        ["Requires-Dist: y; what", "Requires-Dist: y;"],
        [],
    ),
    (
        "2.1",
        "Requires-Dist: y @ https://x\nRequires-Dist: z ==1.*\n",
        "1.2",
        [],
        ["dropped", "dropped", "required"],
    ),
    (
        "2.1",
        "Requires-Dist: !\nRequires-Dist: y; what\n",
        "1.2",
        ["Requires-Dist: !", "Requires-Dist: y; what"],
        ["required"],
    ),
    ("2.1", "Requires-Dist: y (>=1)\n", "1.2", ["Requires-Dist: y (>=1)"], ["required"]),
    ("2.4", "License: x\nLicense-Expression: MIT\n", "2.3", ["License: x"], ["dropped"]),
    (
        "2.1",
        "Summary: s\n\n  Text\n",
        "1.2",
        ["Summary: s", "Description: Text", "       |"],
        ["moved"],
    ),
    ("1.2", "Requires-Dist: zope (3.1)\n", "2.1", ["Requires-Dist: zope==3.1.*"], ["rewritten"]),
    ("1.2", "Requires-Python: 2.5\n", "2.1", ["Requires-Python: ==2.5.*"], ["rewritten"]),
    (
        "2.1",
        "Provides-Extra: A_b\nRequires-Dist: y; extra == 'A_b'\n",
        "2.3",
        ["Provides-Extra: a-b", "Requires-Dist: y; extra == 'a-b'"],
        ["rewritten", "rewritten"],
    ),
    ("2.4", "License-File: LICENSE\n", "2.3", [], ["dropped"]),
    ("2.4", "Dynamic: License-File\n", "2.3", [], ["dropped"]),
    (
        "2.6",
        "Dynamic: Classifier\nClassifier: A :: B\n",
        "2.5",
        ["Dynamic: Classifier", "Classifier: A :: B"],
        ["dynamic"],
    ),
    (
        "2.1",
        "Requires-Dist: y>=1; sys_platform == 'win32'\n",
        "1.2",
        ["Requires-Dist: y (>=1); sys.platform == 'win32'"],
        ["rewritten", "required"],
    ),
    ("2.1", "Requires-Dist: y; extra == 'x'\n", "1.2", [], ["dropped", "required"]),
    (
        "2.1",
        "Requires-Dist: y[z]\nRequires-Dist: w ~=1.0\n",
        "1.2",
        [],
        ["dropped", "dropped", "required"],
    ),
    (
        "1.2",
        "Summary: s\nProject-URL: Homepage, https://x.org\n",
        "1.0",
        ["Summary: s", "Home-page: https://x.org"],
        ["moved", "required", "required"],
    ),
]


@pytest.mark.parametrize(("version", "text", "to", "lines", "told"), CASES)
def test_rule(version: str, text: str, to: str, lines: list[str], told: list[str]) -> None:
    """Each rule gives its lines and says what it did, at a line of the old document."""
    made, said = run(version, text, to)
    assert made == lines
    assert sorted(code for code, _ in said) == sorted(told)
    assert all(3 < line <= 6 for code, line in said if code != "required")


REFUSED = [
    (
        "2.4",
        "Requires-Dist: y; extra >= 'x'\n",
        "3.0",
        "undefined",
        "Requires-Dist: y; python_version < '0'",
    ),
    (
        "2.4",
        "Requires-Dist: y; 'x' in extra\n",
        "3.0",
        "undefined",
        "Requires-Dist: y; python_version < '0'",
    ),
    (
        "3.0",
        "Requires-Dist: y; 'x' not in extras\n",
        "2.6",
        "refused",
        "Requires-Dist: y; extra != 'x'",
    ),
    (
        "3.0",
        "Requires-Dist: y; 'a' in extras and ('b' in extras or 'c' in extras)\n",
        "2.6",
        "refused",
        "Requires-Dist: y; extra == 'a' and (extra == 'b' or extra == 'c')",
    ),
    (
        "3.0",
        "Requires-Dist: y; extras == 'x'\n",
        "2.6",
        "undefined",
        "Requires-Dist: y; python_version < '0'",
    ),
    ("2.1", "Provides-Extra: a_b\nProvides-Extra: a-b\n", "2.3", "refused", "Provides-Extra: a-b"),
    ("2.1", "Description: x\n\ny\n", "3.0", "refused", ""),
    ("2.1", "Description: x\n\ny\n", "1.2", "refused", "Description: x"),
]


@pytest.mark.parametrize(("version", "text", "to", "code", "forced"), REFUSED)
def test_refusal(version: str, text: str, to: str, code: str, forced: str) -> None:
    """What cannot be said stops the conversion; forced, it becomes the nearest text."""
    made, said = run(version, text, to)
    assert made is None
    assert code in dict(said)
    made, said = run(version, text, to, force=True)
    assert made is not None
    assert made[0] == forced
    assert code in dict(said)


def test_catalogued_codes() -> None:
    """The codes of this part, so that none goes untested."""
    assert {f"metadata-convert-{case}" for row in CASES for case in row[4]} | {
        f"metadata-convert-{row[3]}" for row in REFUSED
    } | {"metadata-convert-version"} == {
        "metadata-convert-version",
        "metadata-convert-dropped",
        "metadata-convert-moved",
        "metadata-convert-rewritten",
        "metadata-convert-behaviour",
        "metadata-convert-undefined",
        "metadata-convert-refused",
        "metadata-convert-ambiguous",
        "metadata-convert-license",
        "metadata-convert-conflict",
        "metadata-convert-required",
        "metadata-convert-order",
        "metadata-convert-joined",
        "metadata-convert-dynamic",
    }


def test_findings_point_at_the_comparison() -> None:
    """A finding on a marker marks the comparison, folded or not."""
    text = HEAD.format("2.4") + "Requires-Dist: y;\n os_name == 'nt' or\n extra != 'x'\n"
    made = convert(read(text), "3.0")
    places = [found.span for found in made.findings if found.code == "metadata-convert-behaviour"]
    assert [at and (at.line, text[at.start : at.end]) for at in places] == [(6, "extra != 'x'")]


def test_options() -> None:
    """The switches do what they say."""
    assert run("2.4", "Platform: any\n", "3.0", rarely_used="drop") == ([], [("dropped", 4)])
    assert run("2.4", "License: MIT\n", "3.0", license_expression="MIT") == (
        ["License-Expression: MIT"],
        [("moved", 4)],
    )
    kept = convert(read(HEAD.format("3.0") + "Default-Extra: x\n"), "2.6", default_extra="keep")
    assert str(kept.document).splitlines() == [
        "Metadata-Version: 2.7",
        "Name: spam",
        "Version: 1",
        "Default-Extra: x",
    ]
    assert [found.code for found in kept.findings] == [
        "metadata-convert-version",
        "metadata-convert-behaviour",
    ]


@pytest.mark.parametrize(
    "options",
    [
        {"to": "2.0"},
        {"to": "3.0", "rarely_used": "maybe"},
        {"to": "new"},
        {"to": "2.6", "default_extra": ""},
    ],
)
def test_arguments_are_checked(options: dict[str, Any]) -> None:
    """A version or choice that does not exist is an error of the program."""
    with pytest.raises(ValueError, match=r"no metadata version|is 'keep' or 'drop'"):
        convert(read(""), **options)


@pytest.mark.parametrize("to", [*VERSIONS, "3.0"])
def test_the_same_version_changes_nothing(to: str) -> None:
    """A document of a version is converted to that version letter by letter."""
    text = HEAD.format(to) + "Summary: x\n"
    made = convert(read(text), to)
    assert str(made.document) == text
    assert [found for found in made.findings if found.code != "metadata-convert-required"] == []


def test_ignored_lines_are_reported() -> None:
    """Lines that readers ignore are not in the result, and said to be gone."""
    made = convert(read(" lost\n" + HEAD.format("2.4") + ":x\nSummary: s\n"), "2.5")
    assert [
        found.span and found.span.line
        for found in made.findings
        if found.code == "metadata-convert-dropped"
    ] == [1, 5]
    assert " lost" not in str(made.document)


def test_junk_line_is_separated() -> None:
    """A description that began without a blank line gets one."""
    made = convert(read(HEAD.format("2.4") + "Some text\n"), "2.5")
    assert str(made.document).endswith("\n\nSome text\n")
    assert ("metadata-convert-rewritten", 4) in [
        (found.code, found.span.line) for found in made.findings if found.span
    ]


def test_accepting_a_license_that_is_there() -> None:
    """Your yes replaces License or fills a gap; an expression that is there stays."""
    assert run("2.4", "License: x\nLicense-Expression: ISC\n", "3.0", license_expression="MIT") == (
        ["License-Expression: ISC"],
        [("dropped", 4)],
    )
    assert run("2.4", "", "3.0", license_expression="MIT") == (
        ["License-Expression: MIT"],
        [("moved", 0)],
    )


def test_a_second_version_is_dropped() -> None:
    """Only one Metadata-Version survives, and the other is reported."""
    made = convert(read("Metadata-Version: 2.1\nMetadata-Version: 2.4\nName: x\n"), "2.4")
    assert made.document is not None
    assert made.document["Metadata-Version"] == ["2.4"]
    assert ("metadata-convert-dropped", 2) in [
        (found.code, found.span.line) for found in made.findings if found.span
    ]


def test_license_candidates_are_offered() -> None:
    """The finding offers the expression that is certain enough, and only then."""

    def message(text: str) -> str:
        made = convert(read(HEAD.format("2.3") + text), "3.0")
        return next(
            found.message for found in made.findings if found.code == "metadata-convert-license"
        )

    assert message("License: Apache 2.0\n").endswith("it may be Apache-2.0")
    assert "may be" not in message("License: see LICENSE\n")


def test_json() -> None:
    """A conversion is JSON-ready, the refused one too."""
    made = convert(read(HEAD.format("2.4") + "Home-page: https://x.org\n"), "3.0")
    data = json.loads(json.dumps(made.to_json()))
    assert data["text"] == str(made.document)
    assert [change["field"] for change in data["changes"]] == ["Home-page", "Metadata-Version"]
    refused = convert(read(HEAD.format("2.4") + "Requires-Dist: y; extra > 'x'\n"), "3.0")
    assert refused.to_json()["text"] is None


@pytest.mark.parametrize(
    ("marker", "there"),
    [
        ("extra == 'x'", "'x' in extras"),
        ("'x' == extra", "'x' in extras"),
        (
            '(os_name == "nt" or extra == "A_B") and python_version > "3"',
            '(os_name == "nt" or "a-b" in extras) and python_version > "3"',
        ),
        ("os_name == 'nt'", "os_name == 'nt'"),
    ],
)
def test_markers(marker: str, there: str) -> None:
    """Only the tests of extras change; going back gives them in usual form."""
    assert rewrite(marker, "3.0").text == there
    assert {note.kind for note in rewrite(marker, "3.0").notes} <= {"context", "name"}
    assert rewrite(rewrite(there, "2.x").text, "3.0").text == there


def test_one_extra_twice_is_no_conjunction() -> None:
    """Asking for the same extra twice is asking once."""
    assert "behaviour" not in {
        note.kind for note in rewrite("extra == 'a' and extra == 'A'", "3.0").notes
    }
    notes = rewrite("extra == 'a' and (extra == 'b' or extra == 'c')", "3.0").notes
    assert [note.kind for note in notes] == ["behaviour", "context", "context", "context"]


def test_unreadable_markers_are_refused() -> None:
    """A marker that cannot be read is an error for programs."""
    with pytest.raises(ValueError, match=r"cannot be read from character 0"):
        normalise_extras("what")


def found_on_the_way(text: str, to: str = "3.0") -> list[str]:
    head = "Metadata-Version: 2.1\nName: x\nVersion: 1\n"
    return [finding.code for finding in convert(read(head + text), to).findings]


@pytest.mark.parametrize(("value", "told"), [("one", False), ("one two", True), ("a b,c", False)])
def test_a_single_keyword_of_several_words(value: str, told: bool) -> None:
    """Words without commas may have been meant as keywords; one word, or a list, was not."""
    assert told == ("metadata-convert-ambiguous" in found_on_the_way(f"Keywords: {value}\n"))


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Description: a\n", False),
        ("Description: a\nDescription: b\n", True),
        ("Description: a\n\nb\n", True),
    ],
)
def test_two_descriptions_are_refused(text: str, refused: bool) -> None:
    """3.0 has one description: two headers, or a header and a body, cannot both be kept."""
    assert refused == ("metadata-convert-refused" in found_on_the_way(text))


@pytest.mark.parametrize(
    ("start", "to", "moved"), [("2.6", "2.4", False), ("2.6", "2.3", True), ("2.4", "2.3", True)]
)
def test_license_expressions_stay_where_they_exist(start: str, to: str, moved: bool) -> None:
    """An expression is text below 2.4 only."""
    text = f"Metadata-Version: {start}\nName: x\nVersion: 1\nLicense-Expression: MIT\n"
    made = convert(read(text), to).document
    assert made is not None
    assert (["MIT"], []) == (made["License" if moved else "License-Expression"], made["Summary"])
    assert moved == (made["License-Expression"] == [])


@pytest.mark.parametrize(
    "name", ["Wheel-Version", "Requires-External-Dep", "Provides-External-Extra"]
)
def test_fields_that_2_x_does_not_have(name: str) -> None:
    """Each is dropped on the way back, and told."""
    assert ([], [("dropped", 4)]) == run("3.0", f"{name}: dep:generic/make\n", "2.4")


def test_an_address_that_differs_in_its_last_letter() -> None:
    """A slash at the end makes no difference, and any other letter does."""
    for other, code in (("https://x.example", "moved"), ("https://x.example/X", "conflict")):
        text = f"Home-page: {other}\nProject-URL: Homepage, https://x.example/\n"
        _, told = run("2.4", text, "3.0")
        assert (code, 4) in told


def test_an_expression_for_what_has_one_by_its_version() -> None:
    """Where the license is an expression already, what somebody asks for is no answer."""
    text = "License-Expression: MIT\n"
    assert ([text.strip()], []) == run("3.0", text, "2.4", license_expression="BSD-3-Clause")


@pytest.mark.parametrize("option", ["rarely_used", "default_extra"])
def test_choices_are_named(option: str) -> None:
    """Whoever passes another one is told which argument it was."""
    with pytest.raises(ValueError, match=f"{option} is 'keep' or 'drop', not 'x'"):
        run("2.4", "", "3.0", **{option: "x"})
