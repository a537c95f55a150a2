"""The notebooks of this site run, from their first cell to their last, here and inside Pyodide."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def cells(path: Path) -> list[str]:
    """Return the code of a notebook."""
    found = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", [pytest.param(each, id=each.stem) for each in NOTEBOOKS])
def test_every_cell_runs(path: Path) -> None:
    """Each cell runs after those before it, and most say something."""
    namespace: dict[str, object] = {}
    said = io.StringIO()
    code = cells(path)
    assert code
    with contextlib.redirect_stdout(said):
        for number, body in enumerate(code, 1):
            exec(compile(body, f"{path.name}:{number}", "exec"), namespace)
    assert len(code) <= len(said.getvalue().splitlines())


@pytest.mark.parametrize("path", [pytest.param(each, id=each.stem) for each in NOTEBOOKS])
def test_nothing_of_a_run_is_kept(path: Path) -> None:
    """No output and no count stands in the file, so that a change shows as what it is."""
    found = json.loads(path.read_text("utf-8"))["cells"]
    kept = [
        (cell["id"], key)
        for cell in found
        for key in ("outputs", "execution_count")
        if cell.get(key)
    ]
    assert [] == kept


def test_every_notebook_is_on_the_page() -> None:
    """The page of notebooks leads to each."""
    page = (FOLDER / "index.md").read_text("utf-8")
    assert [] == [each.name for each in NOTEBOOKS if f"```{{notebook}} {each.name}\n" not in page]
