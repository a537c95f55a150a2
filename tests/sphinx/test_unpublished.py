"""The note that Trigpoint is on no index yet, where a reader meets the first command."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"

CONSOLE = """
.. code-block:: console

   $ python -m venv .venv
   $ python -m pip install --quiet "trigpoint[cli,review]" build

.. code-block:: console

   $ python -m pip install "trigpoint[cli]"

After.
"""


@pytest.fixture
def unpublished(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import the extension."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    return importlib.import_module("trigpoint_unpublished")


@pytest.mark.parametrize(
    ("command", "extras"),
    [
        ('python -m pip install "trigpoint[cli]"', "[cli]"),
        ('$ pip install --quiet --upgrade pip "trigpoint[cli,review]" uv', "[cli,review]"),
        ('pip install "/where/it/is[cli]"', None),
        ("pip install trigpoint-tools[cli]", None),
        ('requires = ["trigpoint[cli]"]', None),
    ],
)
def test_commands_that_install_it(
    unpublished: ModuleType, command: str, extras: str | None
) -> None:
    """With its extras, whatever else is installed, and no other project."""
    assert extras == unpublished.installed(command)


@pytest.mark.parametrize("day", ["2026-11-27", ""])
@pytest.mark.usefixtures("unpublished")
def test_one_note_below_the_first_command(build: Callable[..., Any], day: str) -> None:
    """With the extras of that command; none once an index has it, and none where nothing installs."""
    settings = {"extensions": ["trigpoint_unpublished"], "trigpoint_unpublished": day}
    app = build({"index": CONSOLE, "other": "Words."}, confoverrides=settings)
    text = re.sub(r"<[^>]+>", "", (app.outdir / "index.html").read_text("utf-8"))
    assert bool(day) == text.count("is on no package index yet")
    assert bool(day) == text.count("/where/it/is[cli,review]")
    if day:
        note, second = text.index(day), text.index("trigpoint[cli]")
        assert text.index("trigpoint[cli,review]") < note < second
    assert "package index" not in (app.outdir / "other.html").read_text("utf-8")
