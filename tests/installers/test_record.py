"""The record: dated data that reads back as it was written."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from importlib import resources

import pytest

from trigpoint.installers import CASES, RECORD, TOOLS, Outcome, Record, outcome
from trigpoint.installers.record import Tool


def text() -> str:
    return resources.files("trigpoint.installers").joinpath("record.json").read_text("ascii")


def test_the_record_reads_back_as_written() -> None:
    """Writing what was read gives the file again, byte for byte."""
    assert text() == Record.from_text(text()).to_text()


def test_the_record_stays_small() -> None:
    """The browser loads it, so it stays under 400 kB."""
    assert len(text()) < 400_000


def test_every_run_has_a_date() -> None:
    """The newest date is that of the newest run."""
    dates = {dt.date.fromisoformat(tool.recorded) for tool in TOOLS.values()}
    assert max(dates).isoformat() == RECORD.recorded


def test_case_bytes_survive() -> None:
    """METADATA that is no UTF-8 comes back as it was."""
    assert b"caf\xe9" in CASES["latin"].metadata


def test_unknown_names_are_the_callers_mistake() -> None:
    """A pair that was not run is None; a case or tool that is unknown is an error."""
    assert outcome("fallb", "twine 7.0.0") is None
    with pytest.raises(KeyError):
        outcome("no such case", "pip 26.3")
    with pytest.raises(KeyError):
        outcome("mv-v21", "pip 1.0")


def small(*rows: list[int]) -> Record:
    """Return a record of two tools and two outcomes, with a case a row."""
    parts = {
        "sections": {"made": "Made for this."},
        "tools": {name: ["3.13", "Linux", "2026-11-26", True] for name in ("pip 1", "uv 2")},
        "cases": {},
        "matrix": {f"case {number}": row for number, row in enumerate(rows)},
        "outcomes": [["installed", "", [], 0, ""], ["refused", "", [], 1, "no"]],
    }
    return Record.from_text(json.dumps(parts))


def test_outcomes_are_a_mapping_of_what_was_run() -> None:
    """Pairs come case by case, -1 is no pair, and an unknown case or tool is none either."""
    well, refused = Outcome("installed"), Outcome("refused", exit_code=1, message="no")
    outcomes = small([1, 0], [-1, 1], [-1, -1]).outcomes
    expected = {
        ("case 0", "pip 1"): refused,
        ("case 0", "uv 2"): well,
        ("case 1", "uv 2"): refused,
    }
    assert list(expected.items()) == list(outcomes.items())
    assert (3, expected) == (len(outcomes), outcomes)
    for pair in (("case 1", "pip 1"), ("case 3", "uv 2"), ("case 0", "uv 3")):
        assert outcomes.get(pair) is None


def test_rows_that_do_not_fit_are_not_read() -> None:
    """A row has a number for each tool, and each is one of the outcomes."""
    for row in ([0], [0, 1, 1]):
        with pytest.raises(ValueError, match="other tools than the record"):
            small([1, 1], row)
    with pytest.raises(ValueError, match="an outcome that the record has not"):
        small([1, 2])


def test_unknown_results_are_not_read() -> None:
    """A result outside the list is a mistake in the record."""
    with pytest.raises(ValueError, match="unknown result"):
        Outcome.from_json(["vanished", "", [], 0, ""])


@pytest.mark.parametrize(
    ("outcome_", "warned"),
    [
        (Outcome("installed"), False),
        (Outcome("older-version", message="ignoring version 2.0"), True),
        (Outcome("crashed", message="KeyError"), False),
    ],
)
def test_warnings_are_told_from_failures(outcome_: Outcome, warned: bool) -> None:
    """Only a tool that went on has warned."""
    assert warned == outcome_.warned


def result(case: str, tool: str) -> str:
    found = outcome(case, tool)
    assert found is not None
    return found.result


def test_the_headline_facts_hold() -> None:
    """What the guide says about the record is in the record."""
    pips = [name for name, tool in TOOLS.items() if tool.family == "pip"]
    assert {"installed"} == {result("mv-v30", name) for name in pips}
    assert {"refused"} == {result("wv-20", name) for name in pips}
    assert "refused" == result("mv-v30", "uv 0.5.31")
    assert "installed" == result("mv-v30", "uv 0.6.0")
    assert "crashed" == result("mk-insetnew", "pip 26.3")


def test_what_went_well_is_shown_by_the_first_case() -> None:
    """A case with trouble speaks for nothing, one without for each of its features."""
    base = next(iter(CASES.values()))
    tools = {
        name: Tool(name, "3.13", "linux", date, resolves=resolves)
        for name, date, resolves in (
            ("pip 1.0", "2026-01-01", True),
            ("twine 1.0", "2026-02-01", False),
        )
    }
    features = {"one": {"x"}, "two": {"x", "y"}, "three": {"z"}, "four": {"w"}}
    cases = {
        name: replace(base, name=name, meant=frozenset({"b"}), features=frozenset(more))
        for name, more in features.items()
    }
    brought = {
        "one": Outcome("installed", came=("b",)),
        "two": Outcome("accepted", came=("b",)),
        "three": Outcome("installed", came=("c",)),
        "four": Outcome("crashed", came=("b",)),
    }
    outcomes = {(name, tool): found for name, found in brought.items() for tool in tools}
    record = Record(RECORD.sections, tools, cases, outcomes)
    assert {"x": "one", "y": "two"} == record.cleared("pip 1.0")
    assert {"x": "one", "y": "two", "z": "three"} == record.cleared("twine 1.0")
    assert "2026-02-01" == record.recorded
    assert "" == Record({}, {}, {}, {}).recorded
