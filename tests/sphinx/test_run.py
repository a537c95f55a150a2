"""The page says what can be run in it, and that nothing can where the site had no compiler."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trigpoint.projects.builds.shelf import LIST

EXTENSIONS = str(Path(__file__).parents[2] / "docs" / "_ext")
PAGE = ".. run-compiled:: snow-cap\n\n   import snow_cap\n   print('</textarea>', 1 < 2)\n"
WHEEL = "snow_cap-0.1.0+unofficial-cp311-abi3-pyemscripten_2026_0_wasm32.whl"


@pytest.fixture(autouse=True)
def extensions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the site's own extensions importable."""
    monkeypatch.syspath_prepend(EXTENSIONS)


def html(build: Callable[..., Any], playground: str | None) -> str:
    """Return the page with the program; the other page has nothing of it."""
    settings = {"extensions": ["trigpoint.sphinx", "trigpoint_run"]}
    app = build(
        {"index": "Start.", "page": PAGE},
        confoverrides={**settings, "trigpoint_playground": playground},
    )
    assert "run.css" not in (app.outdir / "index.html").read_text("utf-8")
    return str((app.outdir / "page.html").read_text("utf-8"))


def playground(folder: Path, *names: str) -> str:
    shelf = folder / "playground" / "shelf"
    shelf.mkdir(parents=True)
    (shelf.parent / "trigpoint-lab.js").write_text("", "utf-8")
    for name in names:
        (shelf / name).write_bytes(bytes(4_200))
    return str(shelf.parent)


def test_a_program_can_be_run_with_its_wheel(build: Callable[..., Any], tmp_path: Path) -> None:
    """The text is escaped, the wheel and its size are named, and script and style are linked."""
    page = html(build, playground(tmp_path, WHEEL))
    assert '<trigpoint-run data-project="snow-cap">' in page
    assert "print(&#x27;&lt;/textarea&gt;&#x27;, 1 &lt; 2)</textarea>" in page
    assert f"{WHEEL} of 4 kB" in page
    assert "had no compiler" not in page
    assert "trigpoint/run.js" in page
    assert "run.css" in page


def test_it_is_a_block_of_code_elsewhere(build: Callable[..., Any], tmp_path: Path) -> None:
    """Such as in the Markdown that goes with a page."""
    settings = {"extensions": ["trigpoint.sphinx", "trigpoint_run"]}
    settings["trigpoint_playground"] = playground(tmp_path, WHEEL)  # type: ignore[assignment]
    app = build({"index": PAGE}, builder="text", confoverrides=settings)
    text = (app.outdir / "index.txt").read_text("utf-8")
    assert "print('</textarea>', 1 < 2)" in text
    assert "trigpoint-run" not in text


@pytest.mark.parametrize("names", [None, (), ("snow_cap-0.1.0-py3-none-any.whl",)])
def test_without_a_compiler_the_page_says_so(
    build: Callable[..., Any], tmp_path: Path, names: tuple[str, ...] | None
) -> None:
    """No playground, no wheel, or one that was not compiled: a line, and the program to read."""
    page = html(build, None if names is None else playground(tmp_path, *names))
    assert "This build of the site had no compiler for WebAssembly" in page
    assert "<trigpoint-run" not in page
    assert "run.js" not in page
    assert "snow_cap" in page


def test_a_compiler_that_comes_later_is_noticed(build: Callable[..., Any], tmp_path: Path) -> None:
    """A page that had nothing to run is read again once the shelf has the wheel."""
    place = playground(tmp_path)
    listed = Path(place, "shelf", LIST)
    listed.write_text("{}", "utf-8")
    assert "<trigpoint-run" not in html(build, place)
    Path(place, "shelf", WHEEL).write_bytes(bytes(4_200))
    listed.write_text('{"more": 1}', "utf-8")
    later = listed.stat().st_mtime + 2
    os.utime(listed, (later, later))
    # No page is written again.
    settings = {"extensions": ["trigpoint.sphinx", "trigpoint_run"], "trigpoint_playground": place}
    app = build({}, confoverrides=settings)
    assert "<trigpoint-run" in (app.outdir / "page.html").read_text("utf-8")
