"""A whole pyproject.toml: its groups, its build, and what is left unread."""

from __future__ import annotations

import pytest

from trigpoint.metadata import read_pyproject

PROJECT = '[project]\nname = "spam"\nversion = "1"\n'
BUILD = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
HEAD = BUILD + PROJECT


def found(text: str) -> list[tuple[str, tuple[int, int] | None]]:
    return [
        (finding.code, (finding.span.line, finding.span.column) if finding.span else None)
        for finding in read_pyproject(text).findings()
    ]


GROUPS = """[dependency-groups]
group = ["sampleproject"]
a = [{include-group = "b"}]
b = [{include-group = "a"}]
c = [{include-group = "missing"}]
D_e = ["x"]
d-e = ["y"]
bad = ["foo>>1", {path = "."}]
"""


def test_each_fault_of_a_group_is_told_at_its_place() -> None:
    """A cycle, a missing group, a clash, a bad requirement and a path are one finding each."""
    assert [
        ("pyproject-group-cycle", (9, 6)),
        ("pyproject-group-missing", (11, 23)),
        ("pyproject-group-clash", (13, 1)),
        ("requirement-syntax", (14, 12)),
        ("pyproject-group-item", (14, 19)),
    ] == found(HEAD + GROUPS)


@pytest.mark.parametrize(
    ("name", "texts", "complete"),
    [
        ("group", ["sampleproject"], True),
        ("a", [], False),
        ("c", [], False),
        ("D.E", ["x"], False),
        ("bad", [], False),
    ],
)
def test_what_is_faulty_is_left_out_of_a_group(name: str, texts: list[str], complete: bool) -> None:
    """What can be read is there, and whether that is all is said."""
    resolved = read_pyproject(HEAD + GROUPS).groups.resolve(name)
    assert (texts, complete) == ([each.text for each in resolved.requirements], resolved.complete)
