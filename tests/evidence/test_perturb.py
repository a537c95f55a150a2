"""The changes that predictions are held to: what they are, and what is made beside them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from tests.evidence import perturb
from tests.evidence.perturb import CHANGES, Changed, Compared, Text, plan, stubs
from tests.evidence.tools import TOOLS

from trigpoint.installers import Outcome, Verdict, predict

METADATA = b"""\
Metadata-Version: 2.1
Name: Some.Project
Version: 1.2
Summary: words
Author: one
 two
Requires-Python: >=3.8
Requires-Dist: first >=1.0,<2
Requires-Dist: second; python_version < "3"
Requires-Dist: third[more]; extra == 'x'
Provides-Extra: x

words: and more
"""
FILES = {"some_project-1.2": METADATA}


def test_a_file_is_put_together_as_it_was() -> None:
    """Taking apart changes nothing, whatever the bytes are."""
    assert METADATA == Text.of(METADATA).to_bytes()
    odd = METADATA.replace(b"words", b"caf\xe9")
    assert odd == Text.of(odd).to_bytes()


def test_folded_lines_belong_to_their_field() -> None:
    """A change of one field does not tear another apart."""
    text = Text.of(METADATA)
    assert ["Author: one\n two"] == [text.fields[place] for place in text.places("author")]
    assert "one two" == text.value("Author")


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_is_the_same_for_the_same_seed(kind: str) -> None:
    """Two draws by one seed are equal, so that a wrong prediction can be found again."""
    first, second = (CHANGES[kind](Text.of(METADATA), random.Random(5)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", sorted(set(CHANGES) - {"as-it-is"}))
def test_a_change_changes_something(kind: str) -> None:
    """Each kind gives another file, request or wheel for some draw."""
    same = Changed(METADATA)
    drawn = [CHANGES[kind](Text.of(METADATA), random.Random(seed)) for seed in range(20)]
    differing = [
        each
        for each in drawn
        if each and (each.data, each.extras, each.wheel_version) != (METADATA, (), "1.0")
    ]
    assert differing
    assert same == CHANGES["as-it-is"](Text.of(METADATA), random.Random(1))


def test_what_is_required_is_made_in_versions_that_fit() -> None:
    """One version serves all that applies; others get their own."""
    requirements = [
        Requirement(each)
        for each in ("a>=1,<2", "a!=1.0", "a==0.5; os_name == 'nt'", "b[x,Y]", "c>=2.0a1", "me[x]")
    ]
    made = stubs(requirements, "me", requirements[:2])
    assert [("a", "1.0.0.0.1"), ("a", "0.5"), ("b", "1.0"), ("c", "2.0")] == [
        (wheel.name, wheel.release) for wheel in made
    ]
    assert b"Provides-Extra: x\nProvides-Extra: y\n" in made[2].actual_metadata


def test_a_plan_is_drawn_from_files_kinds_and_tools() -> None:
    """The wheel keeps the name and version of the real file, whatever its METADATA says."""
    tools = [tool for tool in TOOLS if tool.name in ("pip 26.3", "twine 7.0.0")]
    planned = plan(12, "1", FILES, tools, list(CHANGES))
    assert plan(12, "1", FILES, tools, list(CHANGES)) == planned
    assert 12 == len(planned)
    assert {"some_project-1.2-py3-none-any.whl"} == {
        each.case.subject.actual_file_name for each in planned
    }
    assert {tool.name for tool in tools} >= {each.tool.name for each in planned}


def test_what_should_come_is_what_the_author_meant() -> None:
    """A cut loses requirements, and they are missed."""
    tools = [tool for tool in TOOLS if tool.name == "pip 26.3"]
    for planned in plan(10, "2", FILES, tools, ["cut"]):
        assert frozenset({"first"}) == planned.case.meant


@pytest.mark.parametrize(
    ("observed", "wrong"), [(Verdict.INSTALLS, False), (Verdict.REFUSES, True)]
)
def test_only_another_outcome_is_wrong(observed: Verdict, wrong: bool) -> None:
    """What is not recorded is no mistake."""
    tools = [tool for tool in TOOLS if tool.name == "pip 26.3"]
    [planned] = plan(1, "1", FILES, tools, ["as-it-is"])
    foretold = predict(METADATA, "pip 26.3")
    assert Verdict.INSTALLS == foretold.outcome
    compared = Compared(planned, foretold, observed, Outcome("installed"))
    assert wrong == compared.wrong
    unknown = predict(METADATA + b"\x01", "no such tool 1.0")
    assert not Compared(planned, unknown, observed, Outcome("installed")).wrong
    assert "as-it-is, some-project, pip 26.3: foretold installs" in str(compared)


def test_a_directory_without_files_is_said(tmp_path: Path) -> None:
    """An empty comparison would prove nothing."""
    with pytest.raises(SystemExit, match="no METADATA in"):
        perturb.report(1, "1", tmp_path, tmp_path)
