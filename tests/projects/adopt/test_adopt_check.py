"""The check of real sdists fails where it must."""

from __future__ import annotations

import re

import pytest
from tests.projects import adopt_check
from tests.projects.adopt_check import Difference, justified, unjustified

GONE = Difference("a.tar.gz", "Summary: 'x' is gone")


@pytest.mark.parametrize(
    ("found", "known", "expected"),
    [
        ([GONE], [GONE], 0),
        ([GONE], [], 1),
        ([], [GONE], 1),
        ([GONE], [Difference("a.tar.gz", "Summary: * is gone")], 0),
        ([GONE], [Difference("b.tar.gz", GONE.words)], 2),
        ([GONE], [Difference("a.tar.gz", "Summary: . is gone")], 2),
    ],
)
def test_unjustified(found: list[Difference], known: list[Difference], expected: int) -> None:
    """A difference without a line fails, and so does a line without a difference."""
    assert expected == len(unjustified(found, known))


def test_the_tables_are_well_formed() -> None:
    """Each project is pinned, there are enough of them, and each line of the other table has a reason."""
    lines = adopt_check.PROJECTS.read_text("utf-8").splitlines()
    assert [] == [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9.]+", line)]
    assert adopt_check.ENOUGH <= len(set(lines))
    known = list(justified(adopt_check.DIFFERENCES.read_text("utf-8")))
    assert {each.file.rpartition("-")[0] for each in known} <= {
        line.partition("==")[0] for line in lines
    }


def test_a_line_without_a_reason() -> None:
    """A difference is not justified by listing it."""
    with pytest.raises(AssertionError, match="no reason"):
        list(justified("a.tar.gz | x | "))
