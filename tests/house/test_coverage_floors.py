"""The floors of coverage: what is counted, what is too low, and that they are told."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import coverage_floors as floors


def _file(lines: int, missing: int, branches: int, untaken: int) -> dict[str, Any]:
    return {
        "summary": {
            "covered_lines": lines - missing,
            "num_statements": lines,
            "covered_branches": branches - untaken,
            "num_branches": branches,
        },
        "missing_lines": list(range(missing)),
        "missing_branches": [[1, 2]] * untaken,
    }


REPORT = {
    "files": {
        "src/trigpoint/findings.py": _file(8, 0, 2, 1),
        "src/trigpoint/archives/tars.py": _file(5, 0, 0, 0),
        "src\\trigpoint\\archives\\zips.py": _file(5, 0, 0, 0),
        "src/trigpoint/markers/exact/axes.py": _file(90, 3, 10, 0),
        "src/trigpoint/py.py": _file(0, 0, 0, 0),
    }
}


def test_lines_and_branches_count_alike() -> None:
    """A part has the share of its lines and branches together; all others are one."""
    assert {"": 97.0, "archives": 100.0, "findings": 90.0} == floors.shares(REPORT)


def test_a_part_at_its_floor_is_not_too_low() -> None:
    """Only what is below fails, and it is named."""
    at = {"": floors.REST, **floors.FLOORS}
    assert [] == floors.too_low(at)
    assert [f"the rest: {floors.REST - 0.01:.2f}% is below {floors.REST:g}%"] == floors.too_low(
        {**at, "": floors.REST - 0.01}
    )
    floor = floors.FLOORS["findings"]
    expected = [f"findings: {floor - 0.1:.2f}% is below {floor:g}%"]
    assert expected == floors.too_low({**at, "findings": floor - 0.1})


def test_the_command_fails_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The status is 1 where a part is too low, with the branches that nothing took."""
    path = tmp_path / "coverage.json"
    path.write_text(json.dumps(REPORT), "utf-8")
    assert 1 == floors.main([str(path)])
    written = capsys.readouterr()
    assert "findings: 90.00%\n" in written.out
    assert "src/trigpoint/findings.py: lines [], branches [[1, 2]]" in written.err
    whole = {name: each for name, each in REPORT["files"].items() if "findings" not in name}
    path.write_text(json.dumps({"files": whole}), "utf-8")
    assert 0 == floors.main([str(path)])
