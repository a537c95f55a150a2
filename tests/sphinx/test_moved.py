"""Addresses that lead on to a page."""

from __future__ import annotations

import doctest
import importlib
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import the extension."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    return importlib.import_module("trigpoint_moved")


def site(build: Callable[..., Any], tmp_path: Path, table: str, **settings: Any) -> Any:
    """Build two pages with the table."""
    data = tmp_path / "source" / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "moved.toml").write_text(f"[moved]\n{table}", "utf-8")
    overrides = {
        "extensions": ["trigpoint.sphinx", "trigpoint_moved"],
        "templates_path": [str(DOCS / "_templates")],
        "trigpoint_policy": "own",
        **settings,
    }
    return build({"index": "A", "guides/new": "B"}, confoverrides=overrides)


@pytest.mark.parametrize(
    ("base", "canonical"),
    [("", "../guides/new.html"), ("https://a.example/en/", "https://a.example/en/guides/new.html")],
)
def test_an_old_address_leads_on(
    build: Callable[..., Any], moved: ModuleType, tmp_path: Path, base: str, canonical: str
) -> None:
    """The page goes on without a script, has a link to follow, and is sealed as any other."""
    app = site(build, tmp_path, '"old/page" = "guides/new"', html_baseurl=base)
    assert "" == app.warning.getvalue()
    html = (app.outdir / "old" / "page.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../guides/new.html">' in html
    assert f'<link rel="canonical" href="{canonical}">' in html
    assert '<a href="../guides/new.html">Title</a>' in html
    assert "<script" not in html
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert "style-src 'self' 'sha256-" in unescape(policy)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('"index" = "guides/new"', "data/moved.toml: index: a page stands there"),
        ('"old" = "older"', "data/moved.toml: old: it leads to older, which is no page"),
    ],
)
def test_a_wrong_row_is_a_warning(
    build: Callable[..., Any], moved: ModuleType, tmp_path: Path, table: str, said: str
) -> None:
    """Nothing is written over a page, and nothing leads nowhere or to a page that leads on."""
    app = site(build, tmp_path, table)
    assert said in app.warning.getvalue()
    assert not (app.outdir / "old.html").exists()
    assert "refresh" not in (app.outdir / "index.html").read_text("utf-8")


def test_the_table_of_this_site(moved: ModuleType) -> None:
    """Each address leads to a page that is there."""
    table = moved.load((DOCS / "data" / "moved.toml").read_text("utf-8"))
    pages = [path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")]
    assert table
    assert [] == moved.complaints(table, pages)


def test_no_table_is_none(build: Callable[..., Any], moved: ModuleType) -> None:
    """A site without one has no such pages."""
    app = build({"index": "A"}, confoverrides={"extensions": ["trigpoint_moved"]})
    assert "" == app.warning.getvalue()


def test_examples(moved: ModuleType) -> None:
    """What the docstrings of the module show is so."""
    assert 0 == doctest.testmod(moved).failed
