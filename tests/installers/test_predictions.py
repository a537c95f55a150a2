"""Predictions: from a METADATA file to the recorded cases that speak about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trigpoint.installers import (
    CASES,
    RECORD,
    TOOLS,
    Verdict,
    nearest,
    outcome,
    predict,
    predict_all,
    verdict,
)
from trigpoint.installers.record import Case, Outcome, Record, Tool
from trigpoint.metadata import read

PLAIN = "Metadata-Version: 2.1\nName: a\nVersion: 1\n"


def of_case(case: Case, tool: str) -> Verdict:
    """Predict what *tool* does with the very file that *case* is about."""
    answer = predict(
        case.metadata,
        tool,
        case.request,
        file_name=case.file_name,
        wheel=case.wheel,
        older=case.older,
    )
    return answer.outcome


@pytest.mark.repeats
@pytest.mark.parametrize("tool", TOOLS)
def test_every_case_predicts_itself(tool: str) -> None:
    """The METADATA of a recorded case predicts what was recorded, for every case and tool."""
    recorded = {
        name: verdict(found, CASES[name], TOOLS[tool])
        for name in CASES
        if (found := outcome(name, tool)) is not None
    }
    assert recorded == {name: of_case(CASES[name], tool) for name in recorded}


def test_a_crash_is_foretold_with_its_case_and_line() -> None:
    """A set-valued marker crashes pip 26.3, and the finding stands at its line."""
    text = f"{PLAIN}Provides-Extra: docs\nRequires-Dist: b; 'docs' in extras\n"
    answer = predict(text, "pip 26.3", "a[docs]")
    assert (answer.outcome, answer.cases) == (Verdict.CRASHES, ("mk-insetnew[docs]",))
    [finding] = answer.findings
    assert finding.span is not None
    assert (finding.code, finding.span.line) == ("installer-crashes", 5)


def test_an_older_release_changes_the_answer() -> None:
    """The resolver of pip 24.1 refuses unreadable metadata, and falls back where it can."""
    text = f"{PLAIN}Requires-Dist: b; 'docs' in extras\n"
    without, with_older = (predict(text, "pip 24.1.2", older=older) for older in (False, True))
    assert (without.outcome, with_older.outcome) == (Verdict.REFUSES, Verdict.OLDER)


def test_a_dropped_dependency_is_foretold() -> None:
    """The newest uv reads set-valued markers and drops the dependency."""
    text = f"{PLAIN}Provides-Extra: docs\nRequires-Dist: b; 'docs' in extras\n"
    assert Verdict.DROPS == predict(text, "uv 0.13.9", "a[docs]").outcome


def test_tools_that_do_not_resolve_drop_nothing() -> None:
    """A checker has no dependencies to drop."""
    text = f"{PLAIN}Provides-Extra: docs\nRequires-Dist: b; extra == 'docs'\n"
    assert Verdict.ACCEPTS == predict(text, "twine 7.0.0", "a[docs]").outcome


def test_the_worst_of_several_causes_decides() -> None:
    """A harmless cause does not hide a harmful one."""
    text = PLAIN.replace("2.1", "3.0") + "Requires-Dist: b; 'docs' in extras\n"
    answer = predict(text, "pip 25.1")
    assert Verdict.CRASHES == answer.outcome


def test_an_unrecorded_feature_is_said() -> None:
    """What no case covers makes the outcome not recorded."""
    text = f"{PLAIN}Requires-Dist: b @ https://example.org/b.whl\n"
    answer = predict(text, "pip 26.3")
    assert (answer.outcome, answer.unrecorded) == (
        Verdict.NOT_RECORDED,
        ("requires-dist-url-https",),
    )
    assert [finding.code for finding in answer.findings] == ["installer-not-recorded"]


def test_a_certain_stop_outweighs_an_unrecorded_feature() -> None:
    """A crash is a crash, whatever else the document holds."""
    text = f"{PLAIN}Requires-Dist: b @ https://example.org/b.whl\nRequires-Dist: c; 'x' in extras\n"
    answer = predict(text, "pip 26.3")
    assert (answer.outcome, answer.unrecorded) == (Verdict.CRASHES, ("requires-dist-url-https",))


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ("pip 26.3", "pip 26.3"),
        ("pip==26.3", "pip 26.3"),
        ("pip 24.1", "pip 24.1.2"),
        ("pip 24.2", "pip 24.1.2"),
        ("pip 99.1", "pip 26.3"),
        ("uv 0.5.3", "uv 0.5.31"),
        ("uv 0.6.3", "uv 0.6.0"),
        ("uv 0.8.2", "uv 0.6.17"),
        ("uv", "uv 0.13.9"),
        ("uv sync", "uv sync 0.13.9"),
        ("uv pip compile 0.13.20", "uv pip compile 0.13.9"),
        ("twine 7", "twine 7.0.0"),
        ("twine 6.1", "twine 6.1.0 (packaging 24.2)"),
        ("twine 6.1.0", "twine 6.1.0 (packaging 24.2)"),
        ("twine 6.2.0", "twine 6.1.0 (packaging 24.2)"),
        ("twine 6.1.0 (packaging 24.1)", "twine 6.1.0 (packaging 24.1)"),
        ("twine==6.1.0 (packaging 24.1.3)", "twine 6.1.0 (packaging 24.1)"),
        ("twine 6.1.0 (packaging 25.0)", "twine 6.1.0 (packaging 24.2)"),
        ("twine 6.1.0 (packaging 21.0)", "twine 6.1.0 (packaging 24.2)"),
        ("twine 6.1.0 (other 24.0)", "twine 6.1.0 (packaging 24.2)"),
        ("twine 5.1.1", "twine 5.1.1 (pkginfo 1.10.0)"),
        ("twine 4.0", None),
        ("pip 8.1.2", None),
        ("conda 24.1", None),
        ("pip latest", None),
        ("", None),
    ],
)
def test_unrecorded_versions_fall_to_the_nearest(asked: str, answers: str | None) -> None:
    """The same feature release answers first, then the newest older one."""
    found = nearest(asked)
    assert answers == (found.name if found else None)


def test_a_borrowed_answer_names_its_source() -> None:
    """The note says which version was really run."""
    assert predict(PLAIN, "pip 24.2").note == "recorded with pip 24.1.2"
    assert predict(PLAIN, "pip 26.3").note == ""


@pytest.mark.parametrize("request_text", ["", "a[-b]", "a[b", "a[b,,c]", "a>1", "a[b]c"])
def test_a_request_that_cannot_be_read_is_no_exception(request_text: str) -> None:
    """Whatever a reader types as a request has an answer."""
    answer = predict(PLAIN, "pip 26.3", request_text)
    assert (answer.outcome, answer.evidence) == (Verdict.NOT_RECORDED, ())


def test_documents_may_be_text_or_bytes_or_hold_bytes() -> None:
    """Anything that has bytes is a document."""

    class Document:
        def __bytes__(self) -> bytes:
            return PLAIN.encode()

    answers = {predict(form, "pip 26.3") for form in (PLAIN, PLAIN.encode(), Document())}
    assert len(answers) == 1


def test_an_answer_is_ready_for_json() -> None:
    """The JSON form holds the words that people read."""
    answer = predict(PLAIN, "pip 26.3").to_json()
    assert (answer["outcome"], answer["cases"]) == ("installs", ["mv-v21"])


def test_every_outcome_is_of_a_known_case_and_tool() -> None:
    """The matrix has no row or column without a description."""
    assert {case for case, _ in RECORD.outcomes} == CASES.keys()
    assert {tool for _, tool in RECORD.outcomes} == TOOLS.keys()


def test_a_version_of_a_series_speaks_for_itself() -> None:
    """Of several recorded versions of a series, the newest up to the one asked for answers."""
    tools = {
        name: Tool(name, "3.13", "linux", "2026-01-01", resolves=True)
        for name in ("pip 1.2.0", "pip 1.2.5", "pip 1.2.9", "pip 2.0")
    }
    record = Record(RECORD.sections, tools, {}, {})
    asked = [
        "PIP==1.2.5",
        "pip 1.2.7",
        "pip 1.2",
        "pip 1.9",
        "pip 9",
        "pip 1.1",
        "pip",
        "pip x",
        "",
    ]
    found = [nearest(each, record) for each in asked]
    names = [tool.name.removeprefix("pip ") if tool else "" for tool in found]
    assert ["1.2.5", "1.2.5", "1.2.0", "1.2.9", "2.0", "", "2.0", "", ""] == names
    assert nearest("pip " + "9" * 5_000, record) is None


def made_up(outcomes: dict[str, Outcome], always: str = "", **features: set[str]) -> Record:
    """Return a record with one tool and a case for each set of features, and those of *always*."""
    tool = Tool("pip 1.0", "3.13", "linux", "2026-01-01", resolves=True)
    base = next(iter(CASES.values()))
    plain = {"metadata-version-2.1", "only-release", *always.split()}
    cases = {
        name: replace(base, name=name, meant=frozenset({"b"}), features=frozenset(plain | more))
        for name, more in features.items()
    }
    found = {(name, tool.name): outcome for name, outcome in outcomes.items()}
    return Record(RECORD.sections, {tool.name: tool}, cases, found)


def test_cases_are_heard_worst_first_and_the_most_specific_only() -> None:
    """A case whose features another one shares and exceeds says nothing; equals both speak."""
    text = PLAIN + "X: 1\nLicense: a\nRequires-Dist: b @ https://x\n"
    record = made_up(
        {
            "plain": Outcome("crashed", message="never heard"),
            "twin": Outcome("installed", came=("b",), message="one"),
            "other": Outcome("installed", came=("b",), message="two"),
            "wide": Outcome("installed", came=("b",), message="three"),
            "refused": Outcome("refused", message="no"),
            "elsewhere": Outcome("crashed", message="not in this document"),
        },
        always="field-license field-requires-dist",
        plain=set(),
        twin={"unknown-field"},
        other={"unknown-field"},
        wide={"requires-dist-url-https"},
        refused={"requires-dist-url-https"},
        elsewhere={"crlf"},
        unheard={"unknown-field", "requires-dist-url-https"},
    )
    answer = predict(text, "pip 1.0", record=record)
    assert Verdict.REFUSES == answer.outcome
    assert ["refused", "twin", "other", "wide"] == [each.case for each in answer.evidence]
    assert ("refused",) == answer.cases
    assert "no" == answer.message
    assert () == answer.unrecorded
    assert {
        "case": "refused",
        "verdict": "refuses",
        "message": "no",
        "features": [
            "field-license",
            "field-requires-dist",
            "metadata-version-2.1",
            "only-release",
            "requires-dist-url-https",
        ],
        "lines": [1, 5, 6],
    } == answer.to_json()["evidence"][0]


def test_of_equal_verdicts_the_case_with_more_features_comes_first() -> None:
    """It is the nearest to the document."""
    text = PLAIN + "X: 1\nRequires-Dist: b @ https://x\nSummary : c\n"
    record = made_up(
        dict.fromkeys(("few", "more"), Outcome("installed", came=("b",))),
        always="field-requires-dist description-untyped lost-optional",
        few={"unknown-field"},
        more={"requires-dist-url-https", "blank-before-colon"},
    )
    answer = predict(text, "pip 1.0", record=record)
    assert ["more", "few"] == [each.case for each in answer.evidence]


@pytest.mark.parametrize(
    ("outcome_", "resolves", "meant", "expected"),
    [
        (Outcome("crashed", came=("b",)), True, {"b"}, Verdict.CRASHES),
        (Outcome("older-version"), True, {"b"}, Verdict.OLDER),
        (Outcome("installed", came=("b",)), True, {"b"}, Verdict.INSTALLS),
        (Outcome("installed", came=("b", "c")), True, {"b"}, Verdict.ADDS),
        (Outcome("installed", came=("c",)), True, {"b"}, Verdict.DROPS),
        (Outcome("installed", came=("c",)), True, None, Verdict.INSTALLS),
        (Outcome("installed", came=("c",)), False, {"b"}, Verdict.INSTALLS),
        (Outcome("installed-with-warning", came=("b",)), True, {"b"}, Verdict.WARNS),
        (Outcome("accepted"), False, {"b"}, Verdict.ACCEPTS),
        (Outcome("accepted-with-warning"), False, {"b"}, Verdict.WARNS),
    ],
)
def test_an_outcome_is_judged_by_what_was_meant(
    outcome_: Outcome, resolves: bool, meant: set[str] | None, expected: Verdict
) -> None:
    """A dropped dependency is worse than an added one, and either worse than a warning."""
    tool = Tool("pip 1.0", "3.13", "linux", "2026-01-01", resolves=resolves)
    case = replace(next(iter(CASES.values())), meant=None if meant is None else frozenset(meant))
    assert expected == verdict(outcome_, case, tool)


def test_a_feature_that_no_case_covers_is_shown_where_it_first_stands() -> None:
    """And a feature of the file as a whole has no place."""
    record = made_up(
        {"plain": Outcome("installed", came=("b",))}, always="description-untyped", plain=set()
    )
    answer = predict(PLAIN + "X: 1\nX: 2\n\n\xe9", "pip 1.0", record=record)
    [finding] = answer.findings
    assert finding.span is not None
    assert 4 == finding.span.line
    answer = predict((PLAIN + "\n").encode() + b"\xe9", "pip 1.0", record=record)
    assert [None] == [each.span for each in answer.findings]
    assert (Verdict.NOT_RECORDED, ("not-utf-8-description",)) == (answer.outcome, answer.unrecorded)


def test_each_thing_is_said_once_of_a_line() -> None:
    """Cases that say the same of the same line for the same cause give one finding."""
    text = PLAIN + "Requires-Dist: b; 'x' in extras\n"
    (answer,) = predict_all(text, ["pip 26.3"])
    crashes = [each for each in answer.evidence if each.verdict is Verdict.CRASHES]
    assert len(crashes) > len({each.features for each in crashes})
    told = [each for each in answer.findings if each.code == "installer-crashes"]
    assert len({each.features for each in crashes}) == len(told)


def test_without_findings_the_outcomes_are_the_same() -> None:
    """A table of outcomes can be had without what there is to say about each line."""
    text = f"{PLAIN}Provides-Extra: docs\nRequires-Dist: b; 'docs' in extras\n"
    bare = predict_all(text, request="a[docs]", findings=False)
    assert {()} == {each.findings for each in bare}
    told = predict_all(text, request="a[docs]")
    assert bare == tuple(replace(each, findings=()) for each in told)
    assert any(each.findings for each in told)


def test_a_document_is_taken_as_it_was_read() -> None:
    """A document, its bytes and its text have the same predictions."""
    text = f"{PLAIN}Requires-Dist: b; 'docs' in extras\n"
    for source in (read(text), text.encode(), read(text.encode())):
        assert predict(text, "pip 26.3") == predict(source, "pip 26.3")
