"""What only this site has: its sitemap, its 404 page, its notebooks' packages, its charts."""

from __future__ import annotations

import importlib
import sys
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Import a module of the documentation."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    monkeypatch.syspath_prepend(str(DOCS))
    for name in [name for name in sys.modules if name.startswith("trigpoint_")]:
        monkeypatch.delitem(sys.modules, name)
    return importlib.import_module


SITE = {"extensions": ["trigpoint.sphinx", "trigpoint_site"], "html_theme": "alabaster"}


def test_sitemap_lists_every_page_under_its_address(
    build: Callable[..., Any], module: Callable[[str], ModuleType]
) -> None:
    """With the site's address known, each page is listed once, in order."""
    module("trigpoint_site")
    address = "https://trig.example/en/latest/"
    app = build({"index": "A", "b": "B"}, confoverrides={**SITE, "html_baseurl": address})
    found = ET.parse(app.outdir / "sitemap.xml").getroot()
    expected = [f"{address}b.html", f"{address}index.html"]
    assert expected == [each.text for each in found.iter() if each.tag.endswith("}loc")]


def test_no_sitemap_without_an_address(
    build: Callable[..., Any], module: Callable[[str], ModuleType]
) -> None:
    """A sitemap needs full addresses, so there is none where they are not known."""
    module("trigpoint_site")
    assert not (build({"index": "A"}, confoverrides=SITE).outdir / "sitemap.xml").exists()


@pytest.mark.parametrize(
    ("address", "expected"), [("https://a.example/en/x/", "/en/x/"), ("", "/")]
)
def test_missing_page_leads_home_from_any_depth(
    build: Callable[..., Any], module: Callable[[str], ModuleType], address: str, expected: str
) -> None:
    """The 404 page links to the root of the site, not to a place beside the missing page."""
    module("trigpoint_site")
    settings = {
        **SITE,
        "html_baseurl": address,
        "templates_path": [str(DOCS / "_templates")],
        "html_additional_pages": {"404": "404.html"},
    }
    page = (build({"index": "A"}, confoverrides=settings).outdir / "404.html").read_text("utf-8")
    assert f'href="{expected}index.html"' in page
    assert "_static" not in page


def test_pages_of_jupyterlite_ask_no_other_site(
    tmp_path: Path, module: Callable[[str], ModuleType]
) -> None:
    """What Sphinx does not write has a policy too, once; it lets code run that JupyterLab makes."""
    page = tmp_path / "lite" / "lab" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<head><script>1</script></head>", "utf-8")
    app = SimpleNamespace(outdir=tmp_path)
    seal = module("trigpoint_site")._seal_jupyterlite
    seal(app, OSError())
    assert "Content-Security-Policy" not in page.read_text("utf-8")
    seal(app, None)
    seal(app, None)
    found = unescape(page.read_text("utf-8"))
    assert 1 == found.count("Content-Security-Policy")
    assert "'unsafe-eval'" in found
    assert "default-src 'self';" in found
    assert "connect-src 'self' blob: data:;" in found
    assert "http:" not in found


def test_each_example_of_a_docstring_can_be_run(module: Callable[[str], ModuleType]) -> None:
    """Every run of doctest lines becomes an example of its own; prose stays prose."""
    text = "Says.\n\n>>> a = 1\n>>> a\n1\n\nThen.\n\n>>> 2\n2"
    expected = (
        "Says.\n\n.. runnable-example::\n\n    >>> a = 1\n    >>> a\n    1\n\n"
        "Then.\n\n.. runnable-example::\n\n    >>> 2\n    2"
    )
    assert expected == "\n".join(module("trigpoint_site")._examples(text.split("\n")))


def wheel(folder: Path, name: str, *requires: str) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    lines = [f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {each}" for each in requires)]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(f"{name}-1.0.dist-info/METADATA", "\n".join(lines))
    return path


INFO = {"arch": "wasm32", "platform": "emscripten_5_0_3", "python": "3.14.2"}


def test_lock_lists_what_pyodide_needs(tmp_path: Path, module: Callable[[str], ModuleType]) -> None:
    """Requirements are those of Pyodide's environment, addresses those of the site."""
    runtime = module("jupyterlite_runtime")
    a = wheel(tmp_path, "a", "b", "c; sys_platform != 'emscripten'", "d; extra == 'x'")
    wheels = [runtime.read_wheel(a), runtime.read_wheel(wheel(tmp_path, "b"), "../shared/")]
    packages = runtime.lock(INFO, wheels)["packages"]
    assert ["b"] == packages["a"]["depends"]
    assert ["a"] == packages["a"]["imports"]
    assert "../shared/b-1.0-py3-none-any.whl" == packages["b"]["file_name"]


def test_lock_refuses_what_would_be_asked_elsewhere(
    tmp_path: Path, module: Callable[[str], ModuleType]
) -> None:
    """A requirement that the site does not have would send the page to an index."""
    runtime = module("jupyterlite_runtime")
    with pytest.raises(LookupError, match=r"a-1\.0-py3-none-any\.whl requires b"):
        runtime.lock(INFO, [runtime.read_wheel(wheel(tmp_path, "a", "b"))])


def test_closure_follows_dependencies(module: Callable[[str], ModuleType]) -> None:
    """Names are normalised on the way, and cycles end."""
    packages = {
        "a": {"version": "1", "depends": ["b_c"]},
        "b-c": {"version": "2", "depends": ["a"]},
        "d": {"version": "3", "depends": []},
    }
    assert {"a": "1", "b-c": "2"} == module("jupyterlite_runtime").closure(packages, ["a"])


def test_constants_are_told_in_their_own_words(
    build: Callable[..., Any], module: Callable[[str], ModuleType]
) -> None:
    """What a package passes on is not described as a number is; what has no words is a warning."""
    module("trigpoint_site")
    constants = (
        ".. autodata:: trigpoint.projects.MOST_FILES\n\n"
        ".. autodata:: trigpoint.markers.exact.algebra._TABLE_LIMIT\n"
    )
    app = build({"index": constants}, confoverrides=SITE)
    shown = (app.outdir / "index.html").read_text("utf-8")
    assert "Convert a number or string" not in shown
    assert own_words("trigpoint.projects.folder", "MOST_FILES") in shown
    warning = app.warning.getvalue()
    assert 1 == warning.count("nothing is written below the constant")
    assert "trigpoint.markers.exact.algebra._TABLE_LIMIT" in warning


def own_words(module: str, name: str) -> str:
    """Return the first line below a constant, by reading the source as text."""
    source = Path(importlib.import_module(module).__file__ or "").read_text("utf-8")
    return source.partition(f"\n{name}")[2].partition('"""')[2].partition("\n")[0].rstrip('"')
