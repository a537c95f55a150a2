"""The table of justified errors is read as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.catalogue import RULES
from trigpoint.projects import check_text

from . import real_check
from .build import HEAD, filled, wheel
from .real_check import ENOUGH, JUSTIFIED, PACKAGES, Error, justified

ROOT = Path(__file__).parents[2]


def test_rows() -> None:
    """A row is file, code, message and reason; a message may hold the sign between them."""
    table = "# a comment\n\na.whl | x-y | wrong | odd | it is\n"
    assert [Error("a.whl", "x-y", "wrong | odd")] == list(justified(table))


@pytest.mark.parametrize("row", ["a.whl | x-y | wrong |  ", "a.whl | x-y | wrong"])
def test_a_row_without_a_reason(row: str) -> None:
    """What nobody justified is no row."""
    with pytest.raises((AssertionError, ValueError)):
        list(justified(row))


def test_the_table() -> None:
    """Its codes are those of the catalogue."""
    assert all(each.code in RULES for each in justified(JUSTIFIED.read_text("utf-8")))


def test_the_projects() -> None:
    """There are enough of them, once each, and all have pins."""
    names = PACKAGES.read_text("utf-8").split()
    assert sorted(set(names)) == names
    assert 2 * len(names) >= ENOUGH
    pins = (ROOT / "constraints" / "real-files.txt").read_text("utf-8")
    assert set(names) <= {line.partition("==")[0] for line in pins.splitlines()}


@pytest.mark.parametrize(
    ("text", "row", "status", "said"),
    [
        (HEAD, "", 0, ""),
        (f"{HEAD}Odd: x\n", "", 1, "not justified: {} | metadata-unknown-field | {}\n"),
        (f"{HEAD}Odd: x\n", "{} | metadata-unknown-field | {} | it is", 0, ""),
        (HEAD, "{} | metadata-unknown-field | {} | it is", 1, "not reported: {} | {} | {}\n"),
    ],
)
def test_the_comparison(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str,
    row: str,
    status: int,
    said: str,
) -> None:
    """An error without a row fails, and so does a row without its error."""
    name = "spam-1.0-py3-none-any.whl"
    [message] = [
        each.message
        for each in check_text(wheel(f"{HEAD}Odd: x\n"), name).findings
        if each.code == "metadata-unknown-field"
    ]
    path = filled(tmp_path, {name: wheel(text), "table.txt": row.format(name, message)}) / name
    monkeypatch.setattr(real_check, "JUSTIFIED", tmp_path / "table.txt")
    monkeypatch.setattr(real_check, "ENOUGH", 1)
    monkeypatch.setattr(real_check, "fetch", lambda _: [path])
    assert status == real_check.main(["anywhere"])
    parts = (name, message) if said.count("{}") == 2 else (name, "metadata-unknown-field", message)
    assert said.format(*parts) == capsys.readouterr().err
