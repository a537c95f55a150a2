"""The tests inside Pyodide run in two interpreters, each with half of the folders."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parents[1] / "pyodide" / "run.py"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-q"], [["-q"]]),
        (["-q", "tests/versions"], [["-q", "tests/versions"]]),
        (
            [
                "-k",
                "traps",
                "--junit-xml=a/b.xml",
                "tests/versions",
                "tests/findings",
                "tests/labs",
            ],
            [
                ["-k", "traps", "--junit-xml=a/b.xml", "tests/versions", "tests/labs"],
                ["-k", "traps", "--junit-xml=a/b-2.xml", "tests/findings"],
            ],
        ),
    ],
)
def test_halves(
    arguments: list[str], expected: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every path is run once, whatever else is asked in both, and each has a report of its own."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location("pyodide_run", RUN)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert expected == module.halves(arguments)
