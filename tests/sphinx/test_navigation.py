"""The list of pages beside each page is that of Furo, and is made once a build."""

from __future__ import annotations

import importlib
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EXTENSIONS = str(Path(__file__).parents[2] / "docs" / "_ext")

TREE = {
    "index": """\
.. toctree::
   :hidden:
   :caption: Read & "learn"

   guides/index
   Other words <plain>
   The index of names <genindex>
   Elsewhere <https://a.example/?a=1&b=2>

.. toctree::

   reference/index
   self
""",
    "guides/index": ".. toctree::\n   :maxdepth: 1\n\n   one\n   deep/index\n   deep/two words & 'more'\n",
    "guides/one": "Section\n-------\n\nOne.\n\nAnother\n-------\n\nOne.\n",
    "guides/deep/index": ".. toctree::\n\n   three\n",
    "guides/deep/two words & 'more'": "Two.",
    "guides/deep/three": "Three.",
    "reference/index": ".. toctree::\n   :glob:\n\n   a*\n   ../plain\n",
    "reference/a1": ".. py:function:: spam\n",
    "reference/a2": "A.",
    "plain": "Plain.",
    "alone": "In no tree.",
}


@pytest.fixture
def navigation(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import the module of the documentation."""
    monkeypatch.syspath_prepend(EXTENSIONS)
    monkeypatch.delitem(sys.modules, "trigpoint_navigation", raising=False)
    return importlib.import_module("trigpoint_navigation")


@pytest.fixture
def site(
    build: Callable[..., Any], navigation: ModuleType, tmp_path: Path
) -> Callable[..., dict[str, str]]:
    """Build pages from nothing; return the HTML of each."""

    def site(pages: dict[str, str], *, own: bool, **options: Any) -> dict[str, str]:
        for path in ("out", "source"):
            shutil.rmtree(tmp_path / path, ignore_errors=True)
        named = ["trigpoint_navigation"] if own else []
        settings = {"extensions": named, "html_theme": options.pop("theme", "furo")}
        app = build(pages, confoverrides=settings, **options)
        out = Path(app.outdir)
        found = {
            str(each.relative_to(out)): each.read_text("utf-8") for each in out.rglob("*.htm*")
        }
        assert found
        return found

    return site


def test_it_is_what_sphinx_and_furo_make(site: Callable[..., dict[str, str]]) -> None:
    """Each page is the same to the byte: in folders, in two places, in none, and no document."""
    theirs = site(TREE, own=False)
    marked = [name for name, html in theirs.items() if "current-page" in html]
    assert sorted([*(set(TREE) - {"alone"}), "genindex"]) == sorted(
        each.removesuffix(".html") for each in marked
    )
    assert theirs == site(TREE, own=True)


def test_several_processes_make_the_same(site: Callable[..., dict[str, str]]) -> None:
    """Pages that another process writes have it as well."""
    pages = {**TREE, **{f"reference/a{i}": "More." for i in range(3, 20)}}
    assert site(pages, own=False) == site(pages, own=True, parallel=3)


def test_the_tree_is_resolved_once(
    site: Callable[..., dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many pages there are, Sphinx is asked for one of them."""
    from sphinx.environment.adapters.toctree import global_toctree_for_doc as resolve

    asked: list[str] = []

    def counted(env: Any, page: str, *arguments: Any, **options: Any) -> Any:
        asked.append(page)
        return resolve(env, page, *arguments, **options)

    monkeypatch.setattr("sphinx.builders.html.global_toctree_for_doc", counted)
    site(TREE, own=False)
    assert len(TREE) < len(asked)
    asked.clear()
    site(TREE, own=True)
    assert 1 == len(asked)
    assert not set(asked) & set(TREE)


def test_a_second_build_asks_again(
    build: Callable[..., Any], navigation: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one build has kept is not what the next one shows."""
    made: list[str] = []
    theirs = navigation.get_navigation_tree

    def counted(html: str) -> str:
        made.append(html)
        return str(theirs(html))

    monkeypatch.setattr(navigation, "get_navigation_tree", counted)
    settings = {"extensions": [navigation.__name__], "html_theme": "furo"}
    app = build({"index": ".. toctree::\n\n   a\n", "a": "A."}, confoverrides=settings)
    assert 1 == len(made)
    app.build(force_all=True)
    assert 2 == len(made)


@pytest.mark.parametrize(("theme", "builder"), [("alabaster", "html"), ("furo", "dirhtml")])
def test_elsewhere_nothing_changes(
    theme: str, builder: str, site: Callable[..., dict[str, str]]
) -> None:
    """Another theme has no such list, and another builder other addresses."""
    theirs = site(TREE, own=False, theme=theme, builder=builder)
    assert theirs == site(TREE, own=True, theme=theme, builder=builder)


def test_templates_can_still_ask_sphinx(
    site: Callable[..., dict[str, str]], build: Callable[..., Any], tmp_path: Path
) -> None:
    """The function of Sphinx is in the context again when a template is filled in."""
    site(TREE, own=True)
    folder = tmp_path / "templates"
    folder.mkdir()
    text = (
        '{% extends "!page.html" %}{% block body %}<x>{{ toctree(maxdepth=1) }}</x>{% endblock %}'
    )
    (folder / "page.html").write_text(text, "utf-8")
    app = build(
        {**TREE, "plain": "Changed."},
        confoverrides={
            "extensions": ["trigpoint_navigation"],
            "html_theme": "furo",
            "templates_path": [str(folder)],
        },
    )
    html = Path(app.outdir, "plain.html").read_text("utf-8")
    shown = re.search("<x>(.*?)</x>", html, re.DOTALL)
    assert shown
    assert 'href="reference/index.html"' in shown[1]
