"""What a button does to a requirement, a request or a requirement file."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trigpoint.findings import Finding
from trigpoint.requirements import Dialect, read_requirement, read_requirements_file

from ..fixes import OF_READABLE_MARKERS, UNREADABLE, Change, check, same_marker_but
from .test_reader import DIALECTS, MENDED, MUTATED, PROBLEMS, SPECIFIERS, TEXTS

SAID = {"name", "extra", "minus", "operator", "version", "url", "marker", "options", "comment"}
"""The parts of a requirement that mean something."""


def outside(text: str, dialect: Dialect, start: int, end: int) -> Counter[tuple[str, str]]:
    """Return the parts of a requirement that a range does not touch."""
    found: Counter[tuple[str, str]] = Counter()
    for part in read_requirement(text, dialect).parts:
        first = part.end - len(part.text.lstrip())
        if part.kind in SAID and (part.end <= start or first >= end):
            found[part.kind, part.text.strip()] += 1
    return found


def revealed(change: Change, finding: Finding) -> bool:
    """Say whether *finding* was there before *change*, where nothing could see it."""
    code = change.finding.code
    if finding.code == "requirement-syntax" and "second requirement" in finding.message:
        # What stands for a marker and is none is told of as a whole.
        return code in UNREADABLE
    # A marker is looked into as soon as there is one.
    return finding.code in OF_READABLE_MARKERS and (
        code in UNREADABLE or not code.startswith("marker-")
    )


def harmless(text: str, dialect: Dialect) -> set[str]:
    def findings(text: str) -> tuple[Finding, ...]:
        return read_requirement(text, dialect).findings

    def keeps(change: Change) -> None:
        kept = outside(change.before, dialect, change.start, change.end)
        now = outside(change.after, dialect, change.start, change.new_end)
        assert kept <= now, change
        if change.finding.code.startswith("marker-"):
            old = read_requirement(change.before, dialect)
            shape, new = old.shape, read_requirement(change.after, dialect).shape
            assert shape.marker is not None
            assert shape[1:8] == new[1:8], change
            same_marker_but(change, shape.marker_at, shape.marker)

    return check(text, findings, keeps, revealed)


@given(TEXTS | MUTATED, DIALECTS)
@example("pkg,1", Dialect.DEPENDENCY)
@example("pkg# #", Dialect.LINE)
@example("pkg*,1", Dialect.DEPENDENCY)
@example("pkg*,<1", Dialect.DEPENDENCY)
@example("pkg==*, >=1,*,<2", Dialect.DEPENDENCY)
@example("pkg (*,1)", Dialect.DEPENDENCY)
@example("pkg[a,,]", Dialect.DEPENDENCY)
@example("pkg[,,b]", Dialect.DEPENDENCY)
@example("pkg[,,]", Dialect.DEPENDENCY)
@example("pkg,os_name == 'nt'", Dialect.DEPENDENCY)
@example("pkg,,os_name == 'nt'", Dialect.DEPENDENCY)
@example("pkg>=1)extra == 'x'", Dialect.DEPENDENCY)
@example("-https://x", Dialect.DEPENDENCY)
@example("a @ https://x;y;os_name == 'nt'", Dialect.DEPENDENCY)
@example("a @ https://x;os_name=='nt' ; os_name=='nt'", Dialect.DEPENDENCY)
@example("pkg;)===fooa==1+a", Dialect.DEPENDENCY)
@example("pkg; os_name\N{NO-BREAK SPACE}-x", Dialect.LINE)
@example("pkg; os_name == 'nt'\N{NO-BREAK SPACE}#x", Dialect.LINE)
def test_fixes_mend_and_break_nothing(text: str, dialect: Dialect) -> None:
    """Carrying out a fix removes its finding, brings no error, and leaves the rest alone."""
    harmless(text, dialect)


@pytest.mark.parametrize("dialect", Dialect)
def test_fixes_of_the_tables_harm_nothing(dialect: Dialect) -> None:
    """The same, of every requirement in the tables of what was meant."""
    for text in [
        *(f"pkg {clause}" for clause, _ in SPECIFIERS),
        *(f"pkg>=1, {clause}" for clause, _ in SPECIFIERS),
        *(f"pkg ({clause},<9) ; os_name == 'nt'" for clause, _ in SPECIFIERS),
        *(case[0] for case in PROBLEMS),
        *(case[0] for case in MENDED),
    ]:
        harmless(text, dialect)


BREAKS = st.sampled_from(["\n", "\n", " \\\n", "\\\n", "\r\n", "  # why\n"])


@given(st.lists(st.tuples(TEXTS | MUTATED, BREAKS), min_size=1, max_size=4))
@example([("pkg;pkg[>=1", "\n")])
@example([("pkg=>1", " \\\n"), (",<2", "\n")])
@example([("pkg[a", " \\\n"), (">=1", "\n")])
@example([("pkg; os_name = 'nt' ", "  # why\n"), ("-r x", "\n")])
def test_fixes_of_files_leave_other_lines_alone(lines: list[tuple[str, str]]) -> None:
    """In a file too; every line that a fix does not touch is as it was."""
    text = "".join(line + end for line, end in lines)

    def findings(text: str) -> tuple[Finding, ...]:
        return read_requirements_file(text).findings

    def keeps(change: Change) -> None:
        old = [(each.start, each.text) for each in read_requirements_file(change.before).lines]
        new = [each.text for each in read_requirements_file(change.after).lines]
        kept = [
            text for start, text in old if start + len(text) < change.start or start > change.end
        ]
        assert Counter(kept) <= Counter(new), change
        assert len(old) == len(new), change

    check(text, findings, keeps, revealed)
