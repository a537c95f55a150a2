"""The algebra lab: simplify, compare and merge, the same as the library says."""

from __future__ import annotations

import json
from typing import Any

import packaging.markers
import pytest
from click.testing import CliRunner

from trigpoint import labs
from trigpoint.cli.app import app
from trigpoint.labs.algebra.pictures import diagram, where_it_holds
from trigpoint.markers import ENVIRONMENTS, Marker


def run(text: str, **fields: object) -> dict[str, Any]:
    return labs.run("algebra", {"text": text, **fields})


def test_simplified_text_means_the_same() -> None:
    """What the lab writes is equal to what was typed, and shorter."""
    text = "python_version >= '3.9' and os_name == 'nt' or python_version >= '3.10' and os_name == 'nt'"
    [line] = run(text)["lines"]
    assert Marker(text) == Marker(line["simplified"])
    assert len(line["simplified"]) < len(text)
    assert ~Marker(text) == Marker(line["negated"])


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("os_name == 'nt' or os_name != 'nt'", "always"),
        ("python_version < '3.9' and python_full_version >= '3.10'", "never"),
        ("os_name == 'nt'", "sometimes"),
        ("python_version ~= '3'", ""),
    ],
)
def test_where_a_marker_holds(text: str, holds: str) -> None:
    """Always, never and sometimes are told apart; an undefined marker has no answer."""
    [line] = run(text)["lines"]
    assert holds == line["holds"]


def test_comparison_names_an_environment_that_packaging_confirms() -> None:
    """The witness is a whole environment, and packaging answers the two differently there."""
    first, second = "python_version > '3.9'", "python_full_version > '3.9.1'"
    found = run(f"{first}\n{second}", mode="compare")["comparison"]
    witness = {**found["witness"], "extra": ""}
    answers = [packaging.markers.Marker(each).evaluate(witness) for each in (first, second)]
    assert [found["first_holds"], not found["first_holds"]] == answers


def test_assumptions_change_the_answer_and_are_said() -> None:
    """Two ways to say Windows are the same only where platforms are known."""
    text = "os_name == 'nt'\nsys_platform == 'win32'"
    assert run(text, mode="compare")["comparison"]["equal"] is False
    assert run(text, mode="compare", assuming="known-platforms")["comparison"]["equal"] is True


def test_requires_python_is_taken_for_granted() -> None:
    """Below the given versions nothing counts."""
    [line] = run("python_version >= '3.9' and os_name == 'nt'", python=">=3.10")["lines"]
    assert line["simplified"] == 'os_name == "nt"'


def test_merge_finds_contradictions_where_both_hold() -> None:
    """Two lines for one project conflict only where their markers meet."""
    answer = run(
        "numpy >= 2.3; python_version >= '3.12'\n"
        "NumPy < 2; python_version < '3.13'\n"
        "numpy >= 1.26; python_version < '3.12'\n"
        "attrs",
        mode="merge",
    )
    assert [
        (0, 1, "overlap", True),
        (0, 2, "apart", False),
        (1, 2, "around", False),
    ] == [
        (each["first"], each["second"], each["relation"], each["conflict"])
        for each in answer["pairs"]
    ]
    assert Marker("python_version == '3.12'") == Marker(answer["pairs"][0]["together"])


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"assuming": "magic"}, "request-field"),
        ({"mode": "magic"}, "request-field"),
        ({"python": "three"}, "request-assumption"),
        ({"python": ">=3.10, <3.9"}, "request-assumption"),
        ({"mode": "compare"}, "request-second"),
    ],
)
def test_bad_questions_are_findings(fields: dict[str, object], code: str) -> None:
    """An assumption that cannot be, an unknown mode, a marker that is missing."""
    assert [code] == [each["code"] for each in run("os_name == 'nt'", **fields)["findings"]]


def test_map_agrees_with_every_named_environment() -> None:
    """Where the map says true or false, each preset of that cell answers so."""
    text = "sys_platform == 'win32' and python_full_version >= '3.12.2' or extra == 'x'"
    marker = Marker(text)
    said = dict(
        part.split(": ", 1) for part in where_it_holds(marker).description.rstrip(".").split("; ")
    )
    for label, words in said.items():
        for sentence in words.split(", "):
            kind, _, minors = sentence.rpartition(" on ")
            for each in ENVIRONMENTS.values():
                if each.platform_label != label or kind == "depends on more":
                    continue
                if minors == "all" or each["python_version"] in minors.split():
                    for extras in ((), ("x",)):
                        assert (kind == "holds") is marker.evaluate(each, extras)


def test_diagram_follows_to_the_markers_answer() -> None:
    """Each question of the drawing is asked once, and both ends are there."""
    picture = diagram(Marker("os_name == 'nt' and extra == 'x'"))
    assert {"os_name", 'extra == "x"', "true", "false"} == {box.text for box in picture.boxes}
    assert ["no", "nt", "other", "yes"] == sorted(edge.text for edge in picture.edges if edge.text)
    ends = {(box.x + box.width / 2, box.y) for box in picture.boxes}
    # Every line ends at a box, or where the next stretch of the same line begins.
    starts = {(edge.x1, edge.y1) for edge in picture.edges}
    assert all((edge.x2, edge.y2) in ends | starts for edge in picture.edges)


def test_large_diagrams_are_counted_not_drawn() -> None:
    """A picture that nobody can read is replaced by its size."""
    text = " or ".join(f"(extra == 'a{i}' and sys_platform == 'p{i}')" for i in range(60))
    picture = diagram(Marker(text))
    assert () == picture.boxes
    assert "too many to draw" in picture.description


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        (
            ["negate", "python_version >= '3.9' or extra == 'x'"],
            'python_version < "3.9" and extra != "x"\n',
        ),
        (["simplify", "os_name == 'nt' or os_name == 'nt'"], 'os_name == "nt"\n'),
        (["migrate", "extra == 'x'"], '"x" in extras\n'),
        (["compare", "os_name == 'nt'", "'nt' == os_name"], "The two mean the same.\n"),
    ],
)
def test_commands(arguments: list[str], output: str) -> None:
    """The terminal gives the plain text that one can paste."""
    result = CliRunner().invoke(app, ["marker", *arguments])
    assert output == result.output
    assert 0 == result.exit_code


def test_command_json_is_the_labs_response() -> None:
    """--json prints what the page gets."""
    result = CliRunner().invoke(app, ["marker", "simplify", "os_name == 'nt'", "--json"])
    assert run("os_name == 'nt'") == json.loads(result.output)
