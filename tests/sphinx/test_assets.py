"""A built playground goes where the pages look for it."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sphinx
from sphinx.errors import ConfigError

SCRIPT = runpy.run_path(str(Path(__file__).parent / "themes.py"))

LAB = ".. marker-lab::\n\n   os_name == 'nt'\n"


@pytest.fixture
def playground(tmp_path: Path) -> Path:
    folder = tmp_path / "playground"
    (folder / "pyodide").mkdir(parents=True)
    for name in ("trigpoint-lab.js", "service-worker.js", "pyodide/pyodide.mjs"):
        (folder / name).write_text(f"// {name}\n", "utf-8")
    return folder


def test_playground_is_copied(build: Callable[..., Any], playground: Path) -> None:
    """Scripts and runtime go to _static/trigpoint, the service worker to the root."""
    app = build({"index": LAB}, confoverrides={"trigpoint_playground": str(playground)})
    static = app.outdir / "_static" / "trigpoint"
    assert (static / "trigpoint-lab.js").is_file()
    assert (static / "pyodide" / "pyodide.mjs").is_file()
    assert (static / "trigpoint.css").is_file()
    assert (app.outdir / "service-worker.js").is_file()


def test_playground_without_a_service_worker(build: Callable[..., Any], playground: Path) -> None:
    """Whoever wants nothing kept for offline use leaves the worker out."""
    (playground / "service-worker.js").unlink()
    app = build({"index": LAB}, confoverrides={"trigpoint_playground": str(playground)})
    assert (app.outdir / "_static" / "trigpoint" / "trigpoint-lab.js").is_file()
    assert not (app.outdir / "service-worker.js").exists()


def test_script_is_a_module_on_pages_with_a_lab_only(
    build: Callable[..., Any], playground: Path
) -> None:
    """Other pages load nothing."""
    pages = {"index": LAB, "other": "Nothing to try."}
    app = build(pages, confoverrides={"trigpoint_playground": str(playground)})
    page = (app.outdir / "index.html").read_text("utf-8")
    assert 'src="_static/trigpoint/trigpoint-lab.js' in page
    assert 'type="module"' in page
    assert "trigpoint-lab.js" not in (app.outdir / "other.html").read_text("utf-8")


def test_without_a_playground_pages_are_static(build: Callable[..., Any]) -> None:
    """The style is there, the script is not."""
    page = (build({"index": LAB}).outdir / "index.html").read_text("utf-8")
    assert "_static/trigpoint/trigpoint.css" in page
    assert "trigpoint-lab.js" not in page


def test_folder_that_is_no_playground_is_refused(build: Callable[..., Any], tmp_path: Path) -> None:
    """A wrong path is a mistake in the configuration, not a static site."""
    with pytest.raises(ConfigError, match=r"holds no trigpoint-lab\.js"):
        build({"index": LAB}, confoverrides={"trigpoint_playground": str(tmp_path)})


@pytest.mark.parametrize(
    ("theme", "expected"),
    [("furo", ["trigpoint.css"]), ("alabaster", ["trigpoint.css", "themes.css"])],
)
def test_other_themes_get_a_second_style(
    build: Callable[..., Any], theme: str, expected: list[str]
) -> None:
    """What other themes put on bare elements is taken back, and Furo's pages do without."""
    pytest.importorskip(theme)
    app = build({"index": LAB}, confoverrides={"html_theme": theme})
    page = (app.outdir / "index.html").read_text("utf-8")
    assert expected == re.findall(r"_static/trigpoint/(\w+\.css)", page)
    copied = sorted(path.name for path in (app.outdir / "_static" / "trigpoint").iterdir())
    assert sorted(expected) == copied


@pytest.mark.parametrize("theme", SCRIPT["THEMES"])
def test_themes_build_without_a_word(build: Callable[..., Any], theme: str) -> None:
    """Every lab, with and without a policy, in each theme that is installed."""
    pytest.importorskip(theme)
    if theme == "sphinx_rtd_theme" and sphinx.version_info >= (9,):
        pytest.skip("the theme has no release for this Sphinx")
    app = build(
        {"index": SCRIPT["PAGE"]}, confoverrides={"html_theme": theme, "trigpoint_policy": "own"}
    )
    assert "" == app.warning.getvalue()
