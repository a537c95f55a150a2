"""A build gives the same site whether it begins from nothing or from an earlier build."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"

EXAMPLE = """\
Before.

.. runnable-example::

    >>> {} + 1
    2

After.
"""
PAGES = {
    "index": f".. marker-lab::\n\n    os_name == 'nt'\n\n{EXAMPLE.format(1)}",
    "other": f"{EXAMPLE.format('1 * 1')}\n{EXAMPLE.format(1)}",
    "plain": "No example.",
}
SETTINGS = {
    "extensions": ["trigpoint.sphinx", "trigpoint_examples"],
    "html_theme": "alabaster",
    "trigpoint_example_preamble": "import trigpoint",
}


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Import a module of the documentation."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    monkeypatch.syspath_prepend(str(DOCS))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1580601600")
    for name in [name for name in sys.modules if name.startswith("trigpoint_")]:
        monkeypatch.delitem(sys.modules, name)
    return importlib.import_module


@pytest.fixture
def site(
    build: Callable[..., Any], module: Callable[[str], ModuleType], tmp_path: Path
) -> Callable[..., Path]:
    """Build pages, on top of the last build or from nothing, and keep what came out.

    The folder has the pages, and the notebooks where JupyterLite would find them.
    """
    module("trigpoint_examples")
    made: list[Path] = []

    def site(pages: dict[str, str], *, clean: bool = False, **options: Any) -> Path:
        # As ``nox -s docs`` does: all but what Sphinx remembers of the pages is made anew.
        for path in ("out" if clean else "out/html", "source/_contents"):
            shutil.rmtree(tmp_path / path, ignore_errors=True)
        app = build(pages, confoverrides=SETTINGS, **options)
        kept = tmp_path / f"site-{len(made)}"
        shutil.copytree(app.outdir, kept, ignore=shutil.ignore_patterns(".buildinfo"))
        shutil.copytree(Path(app.srcdir, "_contents"), kept / "notebooks")
        made.append(kept)
        return kept

    return site


def test_each_example_has_its_notebook(site: Callable[..., Path]) -> None:
    """A page leads to notebooks that are there: the preamble, then the example with its output."""
    folder = site(PAGES)
    names = sorted(path.name for path in (folder / "notebooks").iterdir())
    assert 2 == len(names)
    page = (folder / "other.html").read_text("utf-8")
    assert all(f"lite/tree/../notebooks/index.html?path={name}" in page for name in names)
    assert 'id="example-0"' in page
    assert "tryExamplesShowIframe('example-1','example-1-inner','example-1-frame'," in page
    sources = set()
    for name in names:
        cells = json.loads((folder / "notebooks" / name).read_text("utf-8"))["cells"]
        assert ["markdown", "code", "code"] == [each["cell_type"] for each in cells]
        assert "import trigpoint" == cells[1]["source"]
        assert ["2\n"] == [each["text"] for each in cells[2]["outputs"]]
        sources.add(cells[2]["source"])
    assert {"1 + 1", "1 * 1 + 1"} == sources


def test_a_repeated_build_is_the_same(
    site: Callable[..., Path], module: Callable[[str], ModuleType]
) -> None:
    """A second build that reads no page again, and one from nothing, give the same files."""
    same = module("same_site")
    first = site(PAGES)
    assert [] == same.differences(first, site(PAGES))
    assert [] == same.differences(first, site(PAGES, clean=True))


def test_an_incremental_build_is_as_a_clean_one(
    site: Callable[..., Path], module: Callable[[str], ModuleType]
) -> None:
    """Where one page changed, the notebooks of the others stay, and those of its old text go."""
    site(PAGES)
    changed = {**PAGES, "index": EXAMPLE.format("3 - 2"), "other": "None here."}
    incremental = site(changed)
    assert 1 == len(list((incremental / "notebooks").iterdir()))
    assert [] == module("same_site").differences(incremental, site(changed, clean=True))


def test_a_parallel_build_is_the_same(
    site: Callable[..., Path], module: Callable[[str], ModuleType]
) -> None:
    """Notebooks of pages that another process read are kept, too."""
    pages = {**PAGES, **{f"page{i}": EXAMPLE.format(f"1 + {i} - {i}") for i in range(6)}}
    one = site(pages)
    two = site(pages, clean=True, parallel=2)
    assert 8 == len(list((two / "notebooks").iterdir()))
    assert [] == module("same_site").differences(one, two)


def test_differences_are_found(
    tmp_path: Path, module: Callable[[str], ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is missing, new or other is named; one that is listed may be other."""
    same = module("same_site")
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, files in ((one, "abc"), (other, "bcd")):
        (folder / "sub").mkdir(parents=True)
        for name in files:
            content = "same" if name == "b" else folder.name
            (folder / "sub" / name).write_text(content, "utf-8")
    missing = [f"only in {one}: sub/a", f"only in {other}: sub/d"]
    assert ["not the same: sub/c", *missing] == same.differences(one, other)
    assert missing == same.differences(one, other, {"sub/[acd]": "a reason"})
    assert 1 == same.main([str(one), str(other)])
    assert "not the same: sub/c" in capsys.readouterr().out
    assert 0 == same.main([str(one), str(one)])


def test_what_may_differ_has_a_reason(module: Callable[[str], ModuleType]) -> None:
    """Each pattern of the list says why."""
    assert all(reason.endswith(".") for reason in module("same_site").DIFFERS.values())
