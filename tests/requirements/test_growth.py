"""Work grows with the size of the text, not faster: calls and bytes are counted, not time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from trigpoint.requirements import Dialect, read_requirement, read_requirements_file
from trigpoint.requirements.clauses import is_clause
from trigpoint.requirements.marker import marker_findings
from trigpoint.requirements.statements import read_statements

pytestmark = pytest.mark.repeats

Count = Callable[[Callable[[], object]], int]


FEW, MANY = 300, 600
MOST_GROWTH = 3.2
"""Twice the text may cost so many times as much; lists grow in steps, and a square would be 4."""


def forget() -> None:
    for cache in (is_clause, marker_findings):
        cache.cache_clear()


def everything(text: str) -> None:
    """Do all that can be done with a requirement."""
    for dialect in Dialect:
        requirement = read_requirement(text, dialect)
        assert requirement.parts
        assert requirement.findings is not None
        assert len(requirement.specifier) >= 0


def _grows(
    family: Callable[[int], str], read: Callable[[str], object], calls: Count, peak: Count
) -> None:
    """Hold what *read* calls and holds for a text of *family* to the length of the text."""
    texts = {count: family(count) for count in (FEW, MANY)}
    for measure in (calls, peak):
        cost = {}
        for count, text in texts.items():
            # Once before, so that what is made only once counts for neither.
            forget()
            read(text)
            forget()
            cost[count] = measure(partial(read, text))
        assert cost[MANY] <= MOST_GROWTH * cost[FEW]


FAMILIES: dict[str, Callable[[int], str]] = {
    "extras": lambda n: f"pkg[{','.join(f'x{i}' for i in range(n))}]",
    "extras with a fault": lambda n: f"pkg[{','.join(f'x{i}!' for i in range(n))}]",
    "extras not normalised": lambda n: f"pkg[{','.join(f'X_{i}' for i in range(n))}]",
    "one extra again": lambda n: f"pkg[{'a,' * n}a]",
    "left out": lambda n: f"pkg[{','.join(f'-x{i}' for i in range(n))}]",
    "extras without commas": lambda n: f"pkg[{' '.join(f'x{i}' for i in range(n))}]",
    "commas among extras": lambda n: f"pkg[{',' * n}]",
    "clauses": lambda n: f"pkg{','.join(f'!={i}' for i in range(n))}",
    "clauses with a fault": lambda n: f"pkg{','.join(f'=>{i}' for i in range(n))}",
    "clauses in parentheses": lambda n: f"pkg ({','.join(f'!={i}.x' for i in range(n))})",
    "clauses without commas": lambda n: f"pkg {' '.join(f'!={i}' for i in range(n))}",
    "commas among clauses": lambda n: f"pkg{',' * n}",
    "any version, again": lambda n: f"pkg {'*,' * n}",
    "a long clause": lambda n: f"pkg>={'.'.join('1' * n)}.x",
    "a long caret": lambda n: f"pkg^{'.'.join('0' * n)}",
    "a long name": lambda n: f"p{'-a' * n}",
    "a long URL": lambda n: f"pkg @ https://x/{';a' * n}",
    "brackets": lambda n: f"pkg{'[a]' * n}",
    "options": lambda n: f"pkg{' --hash=x' * n}",
}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_twice_the_text_costs_twice_the_work(
    family: Callable[[int], str], calls: Count, peak: Count
) -> None:
    """The calls and the bytes of a requirement grow with its length."""
    _grows(family, everything, calls, peak)


FILES: dict[str, Callable[[int], str]] = {
    "requirements": lambda n: "".join(f"a{i}>=1\n" for i in range(n)),
    "faults": lambda n: "".join(f"a{i}=>{i}\n" for i in range(n)),
    "hashes": lambda n: "a \\\n" + "--hash=sha256:0 \\\n" * n,
    "faults on one line": lambda n: "a" + ",".join(f"=>{i}\\\n" for i in range(n)),
    "via": lambda n: "a\n    # via\n" + "    #   b\n" * n,
    "many via": lambda n: "a\n    # via\n    #   b\n" * n,
    "options": lambda n: "--pre " * n,
    "options with a fault": lambda n: "--prex " * n,
    "variables": lambda n: "".join(f"${{A{i}}}" for i in range(n)),
    "comments": lambda n: "# a\n" * n,
    "quotes": lambda n: "--pre " + "'a' \"b\" " * n,
}


@pytest.mark.parametrize("family", FILES.values(), ids=FILES)
def test_twice_the_file_costs_twice_the_work(
    family: Callable[[int], str], calls: Count, peak: Count
) -> None:
    """So it is for requirement files."""
    _grows(family, read_requirements_file, calls, peak)


STATEMENTS: dict[str, Callable[[int], str]] = {
    "requirements": lambda n: "".join(f"a{i}>=1; extra == 'x{i}'\n" for i in range(n)),
    "markers": lambda n: "".join(f"extra == 'x{i}'\n" for i in range(n)),
    "one marker": lambda n: "".join(f"extra == 'x{i}' or\n" for i in range(n)) + "os_name == 'x'",
    "one that begins so": lambda n: "os_name == 'x'\n" + "or os_name == 'y'\n" * n,
    "hashes": lambda n: "a \\\n" + "--hash=sha256:0 \\\n" * n,
    "comments": lambda n: "os_name == 'x' # y\n" * n,
    "quotes": lambda n: "a " + "'b' # " * n,
    "parentheses": lambda n: "(\n" * n,
    "faults": lambda n: "".join(f"a{i}=>'{i}'\n" for i in range(n)),
    "unknown words": lambda n: "".join(f"a{i} == 'b'\n" for i in range(n)),
    "items": lambda n: "a = [\n" + "".join(f"'a{i}',\n" for i in range(n)) + "]",
    "blanks": lambda n: "os_name == 'x' and" + " " * n,
    "backslashes": lambda n: "os_name == \\\n" + "\\\n" * n + "'x'",
}


@pytest.mark.parametrize("family", STATEMENTS.values(), ids=STATEMENTS)
def test_twice_the_statements_cost_twice_the_work(
    family: Callable[[int], str], calls: Count, peak: Count
) -> None:
    """So it is for markers and requirements in any text."""
    _grows(family, read_statements, calls, peak)


FRAMES = "{}|a{}|a{}!|a[{}|a[{}]|a ({}|a ({})|a>={}|a @ {}|a @ x{} y|a; {}|a>=1{};b|-{}|a --{}"
FILLERS = (
    "a|-|.|(|[|\"|<|,| |\t|;|a-|a, |1.|1.*|x|@|=|>=1|os_name |( |'|\\|#| #| -|é|_|+|a:|>=1 os_name"
)


@pytest.mark.parametrize("frame", FRAMES.split("|"))
@pytest.mark.parametrize("filler", FILLERS.split("|"))
def test_hostile_texts_end(frame: str, filler: str) -> None:
    """No text makes a pattern try again and again: each is read to its end."""
    text = frame.format(filler * (10_000 // len(filler)))
    if frame == "a; {}":
        text = text[:2_000]  # markers have a test of their own
    requirement = read_requirement(text)
    assert text == "".join(part.text for part in requirement.parts)
    file = read_requirements_file(text[:5_000])
    assert text[:5_000] == "".join(line.text for line in file.lines)
    found = read_statements(text[:2_000])
    assert text[:2_000] == "".join(line.text for line in found.lines)


def test_a_megabyte() -> None:
    """A line of a megabyte is read, and its messages are short."""
    requirement = read_requirement(f"pkg {'>' * 1_000_000}")
    (finding,) = requirement.findings
    assert len(finding.message) < 200
    assert finding.span is not None
    assert 1_000_004 == finding.span.end
