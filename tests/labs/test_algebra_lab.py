"""The algebra lab: simplify, compare and merge, the same as the library says."""

from __future__ import annotations

import html as html_module
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import packaging.markers
import pytest
from click.testing import CliRunner, Result

from trigpoint import labs
from trigpoint.cli.app import app
from trigpoint.labs.algebra.answer import MOST_PAIRS
from trigpoint.labs.algebra.drawing import draw
from trigpoint.labs.algebra.pictures import MOST_NODES, diagram, where_it_holds
from trigpoint.labs.algebra.words import (
    MOST_LINES,
    MOST_PAIRS_SHOWN,
    MOST_REWRITTEN,
    NO_PAIRS,
    ONE_REQUIREMENT,
    RELATIONS,
    REWRITTEN,
)
from trigpoint.markers import ENVIRONMENTS, Marker

NEEDED = "Two markers or requirements are needed, one per line."


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
    """Two ways to say Windows are the same where platforms are known, which comparing starts from."""
    text = "os_name == 'nt'\nsys_platform == 'win32'"
    for assuming in ("", "known-platforms"):
        known = run(text, mode="compare", assuming=assuming)
        assert (True, "overlap") == (
            known["comparison"]["equal"],
            known["comparison"]["otherwise"],
        )
        assert "known-platforms" == known["assuming"]
        said = (
            "This takes known platforms for granted, such as that os_name is nt on Windows. "
            "With any values at all, the two overlap."
        )
        assert said in labs.html("algebra", known)
        output = _command("compare", "-", *_assuming(assuming), stdin=text).output
        assert f"The two mean the same.\n{said}\n" == output
    free = run(text, mode="compare", assuming="any-values")
    assert (False, "") == (free["comparison"]["equal"], free["comparison"]["otherwise"])
    assert "known platforms" not in labs.html("algebra", free)
    output = _command("compare", "-", "--assuming", "any-values", stdin=text).output
    assert output.startswith("The two overlap; neither implies the other.\nHere")


def _assuming(assuming: str) -> list[str]:
    return ["--assuming", assuming] if assuming else []


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("os_name == 'nt' and sys_platform == 'win32'", "the second holds only where the"),
        ("python_version >= '3.9'", None),
        ("sys_platform == 'linux' or sys_platform == 'darwin'", None),
        ("os_name == 'posix'", "the two overlap."),
    ],
)
def test_assumption_is_said_where_it_decides(second: str, words: str | None) -> None:
    """Known platforms are no matter where any values give the same answer."""
    said = labs.html("algebra", run(f"sys_platform == 'win32'\n{second}", mode="compare"))
    assert (words is not None) is ("takes known platforms for granted" in said)
    assert words is None or words in said


def test_platform_that_is_not_known_is_compared_with_any_values() -> None:
    """On Haiku nothing holds that names another; that it is unknown decides nothing."""
    text = "sys_platform == 'haiku'\nos_name == 'posix'"
    answer = run(text, mode="compare")
    assert (True, "any-values", False) == (
        answer["unknown"],
        answer["assuming"],
        answer["comparison"]["disjoint"],
    )
    assert "One of the two holds on no known platform" in labs.html("algebra", answer)
    assert (
        "One of the two holds on no known platform" in _command("compare", "-", stdin=text).output
    )
    chosen = run(text, mode="compare", assuming="known-platforms")
    assert (False, True) == (chosen["unknown"], chosen["comparison"]["disjoint"])
    never = run("os_name == 'nt' and os_name == 'posix'\nos_name == 'nt'", mode="compare")
    assert (False, "known-platforms") == (never["unknown"], never["assuming"])


def test_markers_are_written_for_any_values() -> None:
    """A marker that replaces another means the same everywhere, unless the reader says otherwise."""
    text = "sys_platform == 'win32' and os_name == 'nt'"
    [line] = run(text)["lines"]
    assert Marker(text) == Marker(line["simplified"])
    [line] = run(text, assuming="known-platforms")["lines"]
    assert Marker(text) != Marker(line["simplified"])
    assert "any-values" == run(text)["assuming"] == run(text, mode="merge")["assuming"]


def test_copied_python_takes_the_same_for_granted() -> None:
    """What is copied of a comparison names what the library does not assume by itself."""
    text = "os_name == 'nt'\nsys_platform == 'win32'"
    copied = _answer(text=text, mode="compare")["share"]["python"]
    assert "assuming=('known-platforms',)" in copied
    assert (
        "assuming"
        not in _answer(text=text, mode="compare", assuming="any-values")["share"]["python"]
    )


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
        all=True,
    )
    assert [
        (0, 1, "overlap", True),
        (0, 2, "apart", False),
        (1, 2, "around", False),
    ] == [
        (each["first"], each["second"], each["relation"], each["conflict"])
        for each in answer["pairs"]
    ]
    pair = answer["pairs"][0]
    assert Marker("python_version == '3.12'") == Marker(pair["together"])
    assert "with CPython 3.12 on Linux x86_64" == pair["where"]
    assert "3.12" == pair["environment"]["python_version"]
    [finding] = answer["findings"]
    assert ("requirement-conflict", 2) == (finding["code"], finding["span"]["line"])


def test_merge_shows_conflicts_alone_unless_all_is_asked_for() -> None:
    """Of 190 pairs five are in conflict, and the rest is counted (case M18)."""
    text = "\n".join(
        line.removeprefix("Requires-Dist: ")
        for line in _trial("M18.METADATA").splitlines()
        if line.startswith("Requires-Dist")
    )
    few, all_of_them = run(text, mode="merge"), run(text, mode="merge", all=True)
    assert [(5, 6), (6, 7), (9, 10), (10, 11), (12, 15)] == [
        (each["first"], each["second"]) for each in few["pairs"]
    ]
    assert few["pairs"] == all_of_them["pairs"][:5]
    assert (190, 190) == (few["pair_count"], len(all_of_them["pairs"]))
    assert few["findings"] == all_of_them["findings"]
    result = _command("merge", "-", stdin=text)
    assert 1 == result.exit_code
    head = "190 pairs of lines for the same project, 5 in conflict."
    assert head == result.output.splitlines()[0]
    assert result.output.endswith(
        "numpy: no version fits both, and both apply with CPython 3.8 on Linux s390x\n"
        f"  13: {text.splitlines()[12]}\n"
        f"  16: {text.splitlines()[15]}\n"
        "185 more pairs are not shown, since no conflict was found in them. --all shows them.\n"
    )
    full = _command("merge", "-", "--all", stdin=text).output
    assert full.startswith(result.output[: result.output.index("185 more")])
    assert 185 == sum(line.endswith("  fine") for line in full.splitlines())


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


# -- merging ------------------------------------------------------------------------------


def _lines(name: str, number: int) -> list[str]:
    return [f"{name} >= {i}; extra == 'x{i}'" for i in range(number)]


def test_merge_shows_a_number_of_pairs() -> None:
    """At the bound every pair is there; above it a finding says how many are not."""
    # 45 lines are 990 pairs, 5 lines are 10.
    full = [*_lines("a", 45), *_lines("b", 5)]
    answer = run("\n".join(full), mode="merge", all=True)
    assert MOST_PAIRS == len(answer["pairs"])
    assert [] == answer["findings"]
    answer = run("\n".join([*full, *_lines("b", 6)[5:]]), mode="merge", all=True)
    assert MOST_PAIRS == len(answer["pairs"])
    assert MOST_PAIRS + 5 == answer["pair_count"]
    [finding] = answer["findings"]
    assert ("request-pairs", "5 pairs of lines for the same project are not shown") == (
        finding["code"],
        finding["message"],
    )
    assert [] == run("\n".join(full), mode="merge")["pairs"]


def test_merge_stops_in_the_middle_of_a_line() -> None:
    """The line that would go over the bound is shown as far as there is room."""
    text = "\n".join([*_lines("b", 3), *_lines("a", 46)])
    answer = run(text, mode="merge", all=True)
    assert MOST_PAIRS == len(answer["pairs"])
    assert "38 pairs" in answer["findings"][0]["message"]


@pytest.mark.parametrize("more", [0, 1])
def test_table_of_pairs_stops(more: int) -> None:
    """A page shows so many pairs and counts the rest."""
    # 20 lines are 190 pairs, 5 lines are 10.
    text = "\n".join([*_lines("a", 20), *_lines("b", 5), *_lines("c", 1 + more)])
    answer = run(text, mode="merge", all=True)
    html = labs.html("algebra", answer)
    assert MOST_PAIRS_SHOWN + more == len(answer["pairs"])
    assert MOST_PAIRS_SHOWN == html.count("<tr data-span")
    assert bool(more) is ("1 more pairs are not shown." in html)
    output = CliRunner().invoke(app, ["marker", "merge", "--all", "-"], input=text).output
    assert bool(more) is ("1 more pairs are not shown." in output)


@pytest.mark.parametrize(
    ("second", "relation", "conflict", "words"),
    [
        ("a >= 2; os_name == 'nt'", "same", False, "could be one line"),
        ("a < 1; os_name == 'nt'", "same", True, "no version fits both"),
        ("a >= 2; os_name != 'nt'", "apart", False, "fine"),
        ("a < 1; os_name != 'nt'", "apart", False, "fine"),
        ("a >= 2; os_name == 'nt' and extra == 'x'", "around", False, "fine"),
        ("a >= 2", "within", False, "fine"),
        ("a >= 2; extra == 'x'", "overlap", False, "fine"),
        ("a @ https://a.example/a.whl", "within", False, "fine"),
        ("a @ https://a.example/a-0-py3-none-any.whl", "within", True, "no version fits both"),
        ("A>=2;'nt'==os_name", "same", False, "could be one line"),
    ],
)
def test_relations_of_two_lines(second: str, relation: str, conflict: bool, words: str) -> None:
    """How two lines lie to each other, and what that means for their versions."""
    answer = run(f"a >= 1; os_name == 'nt'\n{second}", mode="merge", all=True)
    [pair] = answer["pairs"]
    assert (relation, conflict) == (pair["relation"], pair["conflict"])
    assert bool(pair["together"]) is conflict
    html = labs.html("algebra", answer)
    assert f">{words}</td>" in html
    assert RELATIONS[relation] in html


def test_same_address_is_no_conflict() -> None:
    """A URL names one file; two of them fit if they are one."""
    line = "a @ https://a.example/a.whl"
    pairs = run(f"{line}\n{line}", mode="merge", all=True)["pairs"]
    assert [False] == [each["conflict"] for each in pairs]
    assert 1 == len(run(f"{line}\n{line}b", mode="merge")["pairs"])


@pytest.mark.parametrize(
    "odd",
    [
        "os_name == 'nt'",
        "numpy[ >= 1",
        "numpy[ >= 1; os_name == 'nt'",
        "numpy >= 1; python_version ~= '3'",
        "numpy >= " + "9" * 5000,
        "other >= 1",
    ],
)
def test_lines_that_cannot_be_merged_are_left_out(odd: str) -> None:
    """No project, no meaning, no readable version: then there is nothing to compare."""
    answer = run(f"numpy >= 1\n{odd}\nnumpy < 3", mode="merge", all=True)
    assert [(0, 2)] == [(each["first"], each["second"]) for each in answer["pairs"]]


def test_nothing_to_merge_is_said() -> None:
    """Two projects have nothing to do with each other."""
    answer = run("a\nb", mode="merge")
    assert NO_PAIRS in labs.html("algebra", answer)
    assert f"{NO_PAIRS}\n" == _command("merge", "-", stdin="a\nb\n").output


# -- what a line comes to -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("", "There is no marker yet."),
        ("os_name = 'nt'", "The marker cannot be read."),
        ("os_name == 'nt' or os_name == 'nt'", 'Means os_name == "nt"'),
        ("os_name == 'nt' or os_name != 'nt'", "Always holds: leave the marker out."),
        ("os_name == 'nt' and os_name != 'nt'", "Never holds: leave the line out."),
        ("python_version ~= '3'", "Has no defined meaning."),
    ],
)
def test_summary_of_one_line(text: str, summary: str) -> None:
    """One sentence, whatever the marker."""
    assert summary == _answer(text=text)["summary"]


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        ("", NEEDED),
        ("'nt' == os_name", "The two mean the same."),
        ("os_name == 'posix'", "The two never hold together."),
        ("os_name != 'posix'", "The first holds only where the second does."),
        ("os_name == 'nt' and extra == 'x'", "The second holds only where the first does."),
        ("extra == 'x'", "The two overlap; neither implies the other."),
        ("os_name = 'x'", NEEDED),
        ("python_version ~= '3'", NEEDED),
    ],
)
def test_verdict_on_two_lines(second: str, verdict: str) -> None:
    """One sentence, and the command says the same."""
    answer = _answer(text=f"os_name == 'nt'\n{second}", mode="compare", assuming="any-values")
    assert verdict == answer["summary"]
    result = _command("compare", "os_name == 'nt'", second or "", *_assuming("any-values"))
    if answer["valid"] and "needed" not in verdict:
        assert verdict == result.output.splitlines()[0]
    assert int("needed" in verdict) == result.exit_code


def test_witness_is_shown_on_each_face() -> None:
    """Which of the two holds there, and the values; an empty one is named."""
    html = _answer(text="os_name == 'nt'\nextra == 'x'", mode="compare")["html"]
    assert "An environment where they differ" in html
    output = _command("compare", "os_name == 'nt'", "extra == 'x'").output
    for face in (html, output):
        assert "Here the second holds and the first does not" in face
        assert "extras" in face
    assert "Here the first holds and the second does not" in (
        _command("compare", "os_name == 'nt'", "os_name == 'nt' and extra == 'x'").output
    )
    assert "(empty)" in _command("compare", "extra != 'x'", "os_name == 'nt'").output


def test_facts_of_the_chosen_line() -> None:
    """Short text, negation, Python versions, and the other metadata model."""
    html = _answer(text="a\nextra == 'x' and python_version >= '3.9'", line=1)["html"]
    for term, value in [
        ("Shortest text found", "extra == &quot;x&quot;"),
        ("Where it does not hold", "extra != &quot;x&quot;"),
        ("Python versions", "&gt;=3.9.dev0"),
        ("For a metadata 3.0", "&quot;x&quot; in extras"),
    ]:
        assert value in html.partition(f"<dt>{term}</dt>")[2].partition("</dd>")[0]
    assert "For metadata 2.x" in _answer(text="'x' in extras")["html"]
    assert "For metadata" not in _answer(text="os_name == 'nt'")["html"]


def test_what_nothing_says_is_left_empty() -> None:
    """A negation that no marker says is no text, and no row."""
    [line] = run("platform_release >= '5'")["lines"]
    assert "" == line["negated"]
    assert "Where it does not hold" not in labs.html("algebra", run("platform_release >= '5'"))
    output = _command("negate", "platform_release >= '5'").output
    assert "# no marker says this\n" in output


@pytest.mark.parametrize(("line", "chosen"), [(-1, 0), (1, 1), (9, 1)])
def test_chosen_line_is_one_of_the_text(line: int, chosen: int) -> None:
    """A number that is no line's chooses the nearest."""
    assert chosen == run("os_name == 'nt'\nextra == 'x'", line=line)["line"]


@pytest.mark.parametrize("more", [0, 1])
def test_list_of_lines_stops(more: int) -> None:
    """At the bound all lines can be chosen; above it the rest is counted."""
    html = labs.html("algebra", run("os_name == 'nt'\n" * (MOST_LINES + more)))
    assert MOST_LINES == html.count("aria-pressed")
    assert bool(more) is ("1 more lines are not listed." in html)


def test_a_change_of_one_line_leaves_the_others_alone() -> None:
    """What is remembered of a line is what would be found again."""
    first = run("extra == 'x' and os_name == 'nt'\nos_name == 'a'", line=1)
    second = run("extra == 'x' and os_name == 'nt'\nos_name == 'b'", line=1)
    assert first["lines"][0] == second["lines"][0]
    assert first["pictures"] != second["pictures"]
    assumed = run("sys_platform == 'win32' and os_name == 'nt'", assuming="known-platforms")
    plain = run("sys_platform == 'win32' and os_name == 'nt'")
    assert assumed["lines"][0]["simplified"] != plain["lines"][0]["simplified"]
    merged = run("extra == 'x' and os_name == 'nt'\nos_name == 'a'", mode="merge")
    assert "" == merged["lines"][0]["simplified"]


# -- pictures -----------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 1])
def test_diagrams_are_drawn_up_to_a_number_of_questions(more: int) -> None:
    """At the bound there are boxes, above it there is a sentence, on the page too."""
    text = " or ".join(f"extra == 'a{i:02}'" for i in range(MOST_NODES + more))
    picture = diagram(Marker(text))
    assert MOST_NODES + 2 == len(picture.boxes) or more
    assert bool(more) is (picture.boxes == ())
    assert bool(more) is ("<svg" not in str(draw(picture)))
    assert picture.description in html_module.unescape(str(draw(picture)))


def test_nothing_to_ask_is_said() -> None:
    """A marker that always holds has no diagram."""
    picture = diagram(Marker("os_name == 'a' or os_name != 'a'"))
    assert () == picture.boxes
    assert "nothing to ask" in picture.description


def test_ranges_of_versions_are_said_in_short() -> None:
    """An answer on a line of versions is a range without the variable's name."""
    picture = diagram(Marker("python_version >= '3.9' and platform_release === 'x'"))
    texts = {edge.text for edge in picture.edges} | {box.text for box in picture.boxes}
    assert "python version" in texts
    assert any(">= 3.9" in text for text in texts)


# -- sharing and the command line ---------------------------------------------------------


def _answer(**request: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(labs.answer("algebra", json.dumps(request)))
    return found


def _command(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["marker", *arguments], input=stdin)


def test_shared_command_asks_the_same() -> None:
    """What was assumed is part of it; many lines come from standard input."""
    one = _answer(text="os_name == 'nt'", assuming="known-platforms", python=">=3.9")["share"]
    assert one["command"] == (
        "trigpoint marker simplify --assuming known-platforms --python '>=3.9' "
        "'os_name == '\"'\"'nt'\"'\"''"
    )
    many = _answer(text="a\nb\n", mode="merge")["share"]
    assert "trigpoint marker merge - <<'EOF'\na\nb\nEOF" == many["command"]
    assert "trigpoint marker simplify " in _answer(text="a", mode="magic")["share"]["command"]


def test_shared_directive_holds_what_differs() -> None:
    """Mode, assumptions and line."""
    share = _answer(text="a\nb", mode="merge", assuming="known-platforms", python=">3", line=1)
    assert share["share"]["embed"] == (
        '```{algebra-lab}\n---\nmode: "merge"\nassuming: "known-platforms"\npython: ">3"\n'
        'line: "1"\n---\na\nb\n```\n'
    )


@pytest.mark.parametrize("mode", ["simplify", "compare", "merge"])
@pytest.mark.parametrize("text", ["", "os_name == 'nt'", "extra == 'x'\nextra != 'y'", "a\nb"])
@pytest.mark.parametrize("python", ["", ">=3.9"])
def test_shared_python_runs(
    mode: str, text: str, python: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What "copy as Python" gives is a program that answers."""
    share = _answer(text=text, mode=mode, python=python)["share"]
    exec(compile(share["python"], "shared", "exec"), {})
    assert capsys.readouterr().out


def test_commands_take_lines_and_keep_requirements() -> None:
    """Each marker is written in its place, one that is settled says so, and the rest stays."""
    text = "a; extra == 'x'\nos_name == 'n' or os_name != 'n'\nos_name = 'x'\n"
    result = _command("negate", "-", stdin=text)
    assert 1 == result.exit_code
    assert "a; extra != \"x\"\n# always holds\nos_name = 'x'\n" == result.stdout
    assert "marker-operator" in result.stderr


def test_command_of_a_comparison_takes_one_text() -> None:
    """Both markers may come from standard input; one alone is a failure."""
    both = _command("compare", "-", stdin="os_name == 'nt'\n'nt' == os_name\n")
    assert (0, "The two mean the same.\n") == (both.exit_code, both.output)
    one = _command("compare", "os_name == 'nt'", "--json")
    assert 1 == one.exit_code
    assert json.loads(one.output)["comparison"] is None


def test_command_of_a_merge_shows_pairs() -> None:
    """Two lines, how they lie, and whether a version fits."""
    output = _command("merge", "-", stdin="a>1; os_name=='nt'\na<1\n").output
    assert output.splitlines() == [
        "1 pair of lines for the same project, 1 in conflict.",
        "",
        "a: no version fits both, and both apply with CPython 3.13 on Windows AMD64",
        "  1: a>1; os_name=='nt'",
        "  2: a<1",
    ]
    output = _command("merge", "-", "--all", stdin="a>1; os_name=='nt'\na<2\n").output
    assert output.splitlines() == [
        "1 pair of lines for the same project, 0 in conflict.",
        "",
        "line                line  markers  versions",
        "a>1; os_name=='nt'  a<2   within   fine",
    ]


def test_merge_says_which_extras_exclude_each_other() -> None:
    """Each extra alone works, so that nothing fails."""
    text = "a==1; extra=='x'\na==2; extra=='y'\na==1; extra=='z' and os_name=='nt'\na==3\n"
    two = _command("merge", "-", stdin="\n".join(text.splitlines()[:2]))
    assert (0, "info") == (two.exit_code, run(text, mode="merge")["findings"][0]["severity"])
    assert "both apply with CPython 3.13 on Linux x86_64, if the extras x and y are asked" in (
        html_module.unescape(labs.html("algebra", run(text, mode="merge")))
    )
    four = _command("merge", "-", stdin=text)
    assert 1 == four.exit_code
    assert (
        "6 pairs of lines for the same project, 3 in conflict, "
        "2 more only where several extras are asked for at once."
    ) == four.output.splitlines()[0]
    assert "both apply with CPython 3.13 on Windows AMD64, if the extra z is asked for" in (
        four.output
    )


# -- requirement files --------------------------------------------------------------------

TRIAL = Path(__file__).parents[1] / "data" / "trial"


def _trial(name: str) -> str:
    return (TRIAL / name).read_text("utf-8")


def _of_a_line(finding: dict[str, Any], start: int) -> tuple[object, ...]:
    span, fix = finding["span"], finding["fix"] or {}
    place = span["start"] - start, span["end"] - start
    return finding["message"], *place, fix.get("message"), fix.get("replacement")


REQUIREMENTS = [
    *_trial("M25.txt").splitlines(),
    "a",
    "foo>='1.0'",
    "requests[socks",
    "numpy (>=1",
    "pkg[a b]",
    "y_",
    "foo bar",
    "foo>=1,,<2",
    "foo;",
    ">=1",
    "[x]",
    "@",
    "a python_version < '3'",
    "a @ https://x/y;os_name=='nt'",
    "a; python_verison < '3'",
    "a; os_name = 'nt'",
    "a; python_version > '3.8' and",
    "a; python_full_version < '3.8'",
]


@pytest.mark.parametrize("lab", ["algebra", "markers"])
@pytest.mark.parametrize("line", REQUIREMENTS)
def test_a_requirement_has_the_findings_of_the_metadata_lab(lab: str, line: str) -> None:
    """The same words, places and fixes as for the same line of a METADATA file (case M25)."""
    head = "Metadata-Version: 2.4\nName: x\nVersion: 1\nRequires-Dist: "
    expected = labs.run("metadata", {"text": f"{head}{line}\n"})["findings"]
    found = labs.run(lab, {"text": line})["findings"]
    # What is said of publishing is about documents alone, of chosen environments about none.
    said = [each for each in expected if each["code"] != "metadata-direct-reference"]
    assert [_of_a_line(each, len(head)) for each in said if each["span"]["line"] == 4] == [
        _of_a_line(each, 0) for each in found if each["code"] != "request-nowhere"
    ]


def test_broken_requirements_say_what_to_write() -> None:
    """Case M25: the mark is under the specifier, and the fix is for this text."""
    found = run(_trial("M25.txt"), mode="merge")["findings"]
    assert [
        (1, 5, "write >=3.18"),
        (2, 6, "write >=1.2,<2"),
        (3, 4, "write ==1.*"),
        (4, 9, "add the comma"),
    ] == [(each["span"]["line"], each["span"]["column"], each["fix"]["message"]) for each in found]
    output = _command("merge", str(TRIAL / "M25.txt")).output
    assert f"  --> {TRIAL / 'M25.txt'}:1:5\n  1 | zipp>=3.18.*\n    |     ^^^^^^^^\n" in output
    assert "Nothing could be compared.\nRead: nothing. Cannot be read: 4 lines.\n" in output


READ = (
    "Read: 3 requirements, 1 URL, 1 path. Passed over: 1 file that the text names (-r other.txt), "
    "1 editable project (-e git+https://example.org/x#egg=x), 1 hash."
)


def test_a_requirement_file_is_merged() -> None:
    """Case M26: options, hashes and continuations are named and passed over."""
    response = run(_trial("M26.txt"), mode="merge")
    [pair] = response["pairs"]
    assert ("overlap", True) == (pair["relation"], pair["conflict"])
    rows = [response["lines"][pair[side]]["text"] for side in ("first", "second")]
    assert [
        'numpy==1.26.4 ; python_version < "3.12"',
        'numpy==2.0 ; python_version >= "3.11"',
    ] == rows
    # A hash of four digits, a bound that leaves prereleases out, and the conflict.
    assert ["requirement-hash-digest", "requirement-conflict", "marker-prerelease"] == [
        each["code"] for each in response["findings"]
    ]
    html = html_module.unescape(labs.html("algebra", response))
    assert READ in html
    assert "1 pair of lines for the same project, 1 in conflict." in html
    result = _command("merge", str(TRIAL / "M26.txt"))
    assert 1 == result.exit_code
    assert READ == result.output.splitlines()[-1]
    assert "no version fits both" in result.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\nb", NO_PAIRS),
        ("a --hash=sha256:0\n--pre\nb", NO_PAIRS),
        ("a\n-r b.txt", "No project is named twice in what could be compared, 1 requirement."),
        ("a\n./b.whl\nc", "No project is named twice in what could be compared, 2 requirements."),
        ("a\nb[", "No project is named twice in what could be compared, 1 requirement."),
        ("./a.whl", "Nothing could be compared."),
        ("os_name == 'x'\nb[", "Nothing could be compared."),
    ],
)
def test_what_was_not_read_is_not_said_to_be_single(text: str, words: str) -> None:
    """Only where every line was read, there is no project twice; else it is said what was."""
    response = run(text, mode="merge")
    html = labs.html("algebra", response)
    output = _command("merge", "-", stdin=text).output
    for face in (html, output):
        assert words in face
        assert (words != NO_PAIRS or "--pre" in text) is ("Read: " in face)


def test_urls_are_not_compared_and_it_is_said_beside_pairs() -> None:
    """A pair of others does not hide them."""
    output = _command("merge", "-", stdin="a\na\n./b.whl\n").output
    assert "Read: 2 requirements, 1 path.\n" in output
    assert "Read: " not in _command("merge", "-", stdin="a\na\nb\n").output
    # In the other modes they have answers.
    assert "Read: " not in labs.html("algebra", run("a\n./b.whl"))


def test_every_line_is_kept() -> None:
    """Case M28: what has no marker is printed as it is, and so is all else."""
    assert _trial("M28.txt") == _command("simplify", str(TRIAL / "M28.txt")).stdout
    assert _trial("M26.txt") == _command("simplify", "-", stdin=_trial("M26.txt")).stdout
    response = run(_trial("M28.txt"))
    assert _trial("M28.txt") == response["rewritten"]
    assert _trial("M28.txt") in html_module.unescape(labs.html("algebra", response))


OR = "os_name == 'x' or os_name == 'x'"
ALWAYS = "os_name == 'x' or os_name != 'x'"
NEVER = "os_name == 'x' and os_name != 'x'"


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        (f"a ; {OR}  # why\n", 'a ; os_name == "x"  # why\n'),
        (f"a;{OR} \\\n  --hash=b\r\n\r\nc\r\n", 'a;os_name == "x" \\\n  --hash=b\r\n\r\nc\r\n'),
        (f"a ; {ALWAYS}  # why", "a  # why\n"),
        (f"a @ https://b ; {ALWAYS}\n", "a @ https://b\n"),
        (f"{ALWAYS}\n", "# always holds\n"),
        (f"{NEVER}\n", "# never holds\n"),
        (f"a ; {NEVER}\n", f"a ; {NEVER}\n"),
        (f"./a.whl ; {OR}\n", './a.whl ; os_name == "x"\n'),
        ("a ; os_name == 'x' and\n  os_name == 'x'\nb\n", 'a ; os_name == "x"\nb\n'),
        (f"Requires-Dist: a ; {OR}\n", 'Requires-Dist: a ; os_name == "x"\n'),
        (
            f'x = [\n  "a ; {OR}",  # b\n]\n',
            "x = [\n  \"a ; os_name == 'x'\",  # b\n]\n",
        ),
        (f"'{OR.replace(chr(39), chr(34))}',\n", "'os_name == \"x\"',\n"),
        (f'"{ALWAYS}",\n', f'"{ALWAYS}",\n'),
        ("a ; python_version ~= '3'\n", "a ; python_version ~= '3'\n"),
        ("a ; os_name = 'x'\nb[\n-r c\n", "a ; os_name = 'x'\nb[\n-r c\n"),
        ("\ufeffa\n", "\ufeffa\n"),
        ("\n\n# a\n", "\n\n# a\n"),
        ("", ""),
    ],
)
def test_only_markers_are_rewritten(text: str, simplified: str) -> None:
    """Comments, options, quotes, line ends and what cannot be read are where they were."""
    assert simplified.encode() == _command("simplify", "-", stdin=text).stdout_bytes
    assert simplified.removesuffix("\n") == run(text)["rewritten"].removesuffix("\n")
    assert "" == run(text, mode="merge")["rewritten"]


def test_notes_say_which_lines_stay() -> None:
    """On standard error, so that the text can be kept."""
    result = _command("simplify", "-", stdin=f"a\nb ; {NEVER}\nc ; {OR}\n")
    *finding, note = result.stderr.splitlines()
    assert finding[0].startswith("warning[marker-never]: ")
    assert "note: line 2 stays as it is: never holds" == note
    result = _command("negate", "-", stdin=f"a ; {ALWAYS}\nb ; platform_release >= '5'\nc\n")
    assert [
        "note: line 1 stays as it is: always holds",
        "note: line 2 stays as it is: no marker says this",
    ] == [line for line in result.stderr.splitlines() if line.startswith("note")]
    assert f"a ; {ALWAYS}\nb ; platform_release >= '5'\nc\n" == result.stdout
    assert "" == _command("migrate", "-", stdin=f"a ; {OR}\n").stderr


def test_migrated_lines_keep_the_rest() -> None:
    """As with every other rewriting."""
    text = "a ; extra == 'x'  # why\nb\nos_name == 'nt'\n"
    assert text.replace("extra == 'x'", '"x" in extras') == (
        _command("migrate", "-", stdin=text).stdout
    )


@pytest.mark.parametrize("more", [0, 1])
def test_a_page_shows_so_much_of_a_text(more: int) -> None:
    """At the bound all of it, above it the rest is counted."""
    text = "a\n#" + "x" * (MOST_REWRITTEN - 6 + more) + "\nb\n"
    assert MOST_REWRITTEN + more == len(text)
    html = labs.html("algebra", run(text))
    assert bool(more) is ("1 more letters are not shown." in html)
    assert "more letters" not in labs.html("algebra", run("a\nb"))
    assert REWRITTEN in html
    assert REWRITTEN not in labs.html("algebra", run("a"))


@pytest.mark.parametrize(
    ("text", "summary", "short"),
    [
        ("a\nb", "Has no marker, so it always applies.", "no marker"),
        ("a[\nb", "The requirement cannot be read.", "cannot be read"),
        ("a ; python_version ~= '3'\nb", "Has no defined meaning.", "no defined meaning"),
        (f"a ; {ALWAYS}\nb", "Always holds: leave the marker out.", "always"),
        ("--pre", "There is no marker and no requirement in this text.", ""),
    ],
)
def test_lines_without_a_marker_say_so(text: str, summary: str, short: str) -> None:
    """They are no markers that cannot be read."""
    found = _answer(text=text)
    assert summary == found["summary"]
    assert not short or f'<span class="tp-count">{short}</span>' in found["html"]


# -- requirements against each other ------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("a", "A", "The two ask for the same."),
        ("a>=1; os_name=='nt'", "a >= 1.0 ; 'nt' == os_name", "The two ask for the same."),
        ("a>=1,<2", "a~=1.0", "The two ask for the same."),
        ("a", "b", "The two differ: they name a and b."),
        (f"a; {NEVER}", "a; os_name == 'z' and os_name != 'z'", "The two ask for the same."),
        (
            "a",
            f"a; {NEVER}",
            "The two differ: their markers never hold together.",
        ),
        ("a[x,y]", "a[Y]", "The two differ: only the first asks for x."),
        (
            "a[x]",
            "a[z]",
            "The two differ: only the first asks for x; only the second asks for z.",
        ),
        ("a>=2", "a>=1", "The two differ: the first allows fewer versions."),
        ("a", "a>=1", "The two differ: the second allows fewer versions."),
        ("a>=2", "a<3", "The two differ: some versions fit both, and each allows others."),
        ("a>=2", "a<1", "The two differ: no version fits both."),
        ("a===1", "a===1", "The two ask for the same."),
        (
            "a===1",
            "a==1",
            "The two differ: nothing says how === and other versions lie to each other.",
        ),
        ("a @ https://x", "a @ https://x", "The two ask for the same."),
        (
            "a @ https://x",
            "a>=1",
            "The two differ: they come from https://x and an index.",
        ),
        (
            "./a",
            "a",
            "The two differ: they name no project and a; they come from ./a and an index.",
        ),
        (
            "a; os_name == 'x'",
            "a; os_name == 'y'",
            "The two differ: their markers never hold together.",
        ),
        (
            "a; os_name == 'x'",
            "a",
            "The two differ: the marker of the first holds in fewer environments.",
        ),
        (
            "a",
            "a; os_name == 'x'",
            "The two differ: the marker of the second holds in fewer environments.",
        ),
        (
            "a>1; os_name == 'x'",
            "a; extra == 'x'",
            "The two differ: the first allows fewer versions; their markers overlap.",
        ),
        ("a; os_name == 'x'", "os_name == 'x'", "The two mean the same."),
        ("a", "os_name == 'x'", "The second holds only where the first does."),
        ("a[", "a", NEEDED),
        ("a", "a; os_name = 'x'", NEEDED),
        ("a", "a; python_version ~= '3'", NEEDED),
    ],
)
def test_requirements_are_compared(first: str, second: str, words: str) -> None:
    """Names, extras, versions and markers: what differs is said, on every face."""
    found = _answer(text=f"{first}\n{second}", mode="compare")
    assert words == found["summary"]
    result = _command("compare", first, second)
    alone = "os_name == 'x'" == second
    assert alone is (ONE_REQUIREMENT in found["html"])
    assert alone is (ONE_REQUIREMENT in result.output)
    if words != NEEDED:
        assert words in result.output
        assert 0 == result.exit_code
    else:
        assert 1 == result.exit_code


def test_comparison_of_requirements_on_the_page() -> None:
    """Four questions more than for markers, with an answer each."""
    html = labs.html("algebra", run("a>=1\nA[x]>=2", mode="compare"))
    for question, value in [
        ("Same project", "yes"),
        ("Same extras", "no"),
        ("Same versions", "no"),
        ("Equal markers", "yes"),
    ]:
        assert f"{question}: <strong>{value}</strong>" in html
    urls = labs.html("algebra", run("a @ https://x\na", mode="compare"))
    assert "Same versions: <strong>no</strong>" in urls
    assert "Same project" not in labs.html("algebra", run("extra=='a'\nb", mode="compare"))


@pytest.mark.parametrize(
    ("second", "versions"), [("a @ https://x", "same"), ("a @ https://y", "apart"), ("a", "apart")]
)
def test_a_url_allows_one_version(second: str, versions: str) -> None:
    """That of the file; another URL and an index may have others."""
    comparison = run(f"a @ https://x\n{second}", mode="compare")["comparison"]
    assert versions == comparison["requirements"]["versions"]


def test_what_cannot_be_read_holds_nowhere() -> None:
    """It has no answer, and is told from a requirement without a marker."""
    assert ["", "always"] == [line["holds"] for line in run("a[\na")["lines"]]


def test_one_line_has_nothing_to_be_compared_with() -> None:
    """What was passed over is no second one."""
    [finding] = run("a\n--pre", mode="compare")["findings"]
    assert "request-second" == finding["code"]


def test_shared_python_of_requirements_asks_the_lab() -> None:
    """Two markers are compared by themselves, requirements are not."""
    assert "labs" in _answer(text="a\nb", mode="compare")["share"]["python"]
    assert "Marker(" in _answer(text="extra=='a'\nextra=='b'", mode="compare")["share"]["python"]
    chosen = _answer(text="a\nb; extra=='b'\nextra=='c'", line=1)["share"]["python"]
    assert "Marker(\"extra=='b'\")" in chosen


@pytest.mark.repeats
@pytest.mark.parametrize("mode", ["simplify", "merge", "compare"])
def test_a_thousand_lines_cost_twice_as_much_as_half_of_them(
    mode: str, calls: Callable[[Callable[[], object]], int]
) -> None:
    """Each line has its own project and marker, so that nothing is remembered."""

    def lines(prefix: str, number: int) -> str:
        rows = [
            f"{prefix}{i}=={i}; extra == '{prefix}{i}' \\\n  --hash=sha256:0" for i in range(number)
        ]
        return "\n".join(rows)

    run(lines("warm", 2), mode=mode)
    few = calls(partial(run, lines("few", 500), mode=mode))
    many = calls(partial(run, lines("many", 1000), mode=mode))
    assert many <= 2.4 * few


@pytest.mark.repeats
def test_what_stays_open_is_a_finding() -> None:
    """A marker that asks too much of one text is said to be undecided, in every mode."""
    needles = " and ".join(f"'{i:02}' in python_version" for i in range(14))
    text = f"os_name == 'nt'\n{needles}"
    answer = run(text)
    assert ["sometimes", ""] == [line["holds"] for line in answer["lines"]]
    [finding] = [each for each in answer["findings"] if each["code"] == "marker-undecided"]
    assert (2, 1) == (finding["span"]["line"], finding["span"]["column"])
    assert answer["comparison"] is None
    assert run(text, mode="compare")["comparison"] is None
    # Each is decided, both together are not.
    halves = [
        " and ".join(f"'{i:02}' in python_version" for i in some)
        for some in (range(7), range(7, 14))
    ]
    compared = run("\n".join(halves), mode="compare")
    assert compared["comparison"] is None
    assert "marker-undecided" in [each["code"] for each in compared["findings"]]
    lines = (f"a{op}1; {half}" for op, half in zip("><", halves, strict=True))
    merged = run("\n".join(lines), mode="merge", all=True)
    assert [] == merged["pairs"]
    assert "marker-undecided" in [each["code"] for each in merged["findings"]]
