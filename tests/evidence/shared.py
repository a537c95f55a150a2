"""Compare a run with an older matrix of the same kind, where a copy of it is at hand.

The older matrix was made with other wheels, so a disagreement is worth
reading and fails nothing.
"""

from __future__ import annotations

import csv
import fnmatch
from collections.abc import Mapping
from pathlib import Path

from trigpoint.installers.record import Outcome

__all__ = ["EXPLANATIONS", "read", "report", "short"]

# Patterns of case and tool, and why the two matrices differ there.
_OTHER_WHEELS = (
    "other wheels: here the extras rec and test require dep-default and dep-test, so that "
    "asking for them shows"
)
_UNMARKED = "these versions print the warning without the word WARNING; it is counted here"
_FIRST_TIME = (
    "not about the wheels: there, whatever uv 0.1.45 installed from a wheel for the first time "
    "came with a warning; here it prints none, not for a plain wheel either"
)
EXPLANATIONS = (
    ("de(*)", "*", _OTHER_WHEELS),
    ("wv-19", "pip *", _UNMARKED),
    ("*", "uv 0.1.45", _FIRST_TIME),
)


def read(path: Path) -> dict[tuple[str, str], str]:
    """Return the older matrix: a cell for each case and tool, blanks left out."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    tools = [name.replace("-", " ", 1) for name in rows[0][1:]]
    return {
        (row[0], tool): cell
        for row in rows[1:]
        for tool, cell in zip(tools, row[1:], strict=True)
        if cell != "-"
    }


def short(outcome: Outcome) -> str:
    """Return *outcome* in the older matrix's words.

    >>> short(Outcome("installed-with-warning", "1.0", ("docs",), 0, "beware"))
    '!docs'
    """
    if outcome.result in ("crashed", "refused"):
        return "CRASH" if outcome.result == "crashed" else "REFUSE"
    mark = "!" if outcome.message else ""
    if outcome.result == "older-version" or (outcome.version == "2.0" and not outcome.came):
        return f"{mark}{'ok' if outcome.result == 'older-version' else outcome.version}"
    return mark + ("+".join(outcome.came) or "ok")


def _explanation(case: str, tool: str) -> str:
    # fnmatch would read the brackets of a request as a set of characters.
    plain = case.replace("[", "(").replace("]", ")")
    for case_pattern, tool_pattern, text in EXPLANATIONS:
        if fnmatch.fnmatchcase(plain, case_pattern) and fnmatch.fnmatchcase(tool, tool_pattern):
            return text
    return "not explained"


def report(path: Path, outcomes: Mapping[tuple[str, str], Outcome]) -> None:
    """Print every cell of the matrix at *path* that *outcomes* disagrees with, and why."""
    matrix = read(path)
    common = [pair for pair in matrix if pair in outcomes]
    grouped: dict[str, list[str]] = {}
    for case, tool in common:
        ours = short(outcomes[case, tool])
        theirs = matrix[case, tool]
        if ours != theirs:
            line = f"{case}, {tool}: {theirs} there, {ours} here"
            grouped.setdefault(_explanation(case, tool), []).append(line)
    count = sum(map(len, grouped.values()))
    print(f"older matrix: {len(common)} cells in common, {count} differ")
    for text, lines in grouped.items():
        print(f"- {text}")
        for line in lines:
            print(f"    {line}")
