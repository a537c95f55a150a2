"""No page that was published goes away without one that leads on from it."""

from __future__ import annotations

import doctest
import importlib
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command, which is a script of the documentation."""
    monkeypatch.syspath_prepend(str(DOCS))
    return importlib.import_module("published")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of two pages, with what is no page of it."""
    for name in ("index.html", "guides/a.html", "guides/a.md", "lite/lab.html", "_static/b.html"):
        path = tmp_path / "html" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>", "utf-8")
    return tmp_path / "html"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "pages.txt"


def test_examples(published: ModuleType) -> None:
    """Those of the docstrings."""
    assert 0 == doctest.testmod(published).failed


def test_pages_are_those_of_the_site(published: ModuleType, site: Path) -> None:
    """None of JupyterLite, and no file that is no page."""
    assert {"index.html", "guides/a.html"} == published.pages(site)


def test_a_page_that_goes_fails_until_one_leads_on(
    published: ModuleType, site: Path, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line is the way out, and adding new pages does not let the old one be forgotten."""
    arguments = [str(site), "--list", str(record)]
    assert 0 == published.main([*arguments, "--add"])
    assert 0 == published.main(arguments)
    assert "2 pages, each in the list, and none is gone\n" * 2 == capsys.readouterr().out
    page = site / "guides" / "a.html"
    page.rename(site / "guides" / "b.html")
    for more, news in (
        ([], "guides/b.html: a new page, which is not in the list\nnox -s links -- --add puts"),
        (["--add"], ""),
    ):
        assert 1 == published.main([*arguments, *more])
        told = capsys.readouterr().out
        assert (
            'guides/a.html: it was published, and is gone; "guides/a" = "..." in docs/data' in told
        )
        assert news in told
        assert bool(news) == ("guides/b.html" in told)
    assert ["guides/a.html", "guides/b.html", "index.html"] == published.load(
        record.read_text("utf-8")
    )
    # As the row does.
    page.write_text("<p>", "utf-8")
    assert 0 == published.main(arguments)


def test_a_new_page_has_to_be_in_the_list(
    published: ModuleType, site: Path, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Or nobody would miss it later; the list is not written without being asked."""
    record.write_text(published.dump(["index.html"]), "utf-8")
    before = record.read_bytes()
    assert 1 == published.main([str(site), "--list", str(record)])
    assert capsys.readouterr().out.startswith("guides/a.html: a new page")
    assert before == record.read_bytes()


@pytest.mark.parametrize(
    "text", ["b.html\na.html\n", "a.html\na.html\n", "a.html\n\nb.html\n", "\na.html\n"]
)
def test_a_list_written_otherwise_is_refused(published: ModuleType, text: str) -> None:
    """What is not sorted, twice there or empty was not written by the command."""
    with pytest.raises(ValueError, match="sorted"):
        published.load(text)


def test_the_list_of_this_site(published: ModuleType) -> None:
    """As the command writes it; each address has a source, is made by the build, or leads on."""
    from trigpoint.installers.messages import MESSAGES

    text = published.LIST.read_text("utf-8")
    listed = published.load(text)
    assert published.dump(listed) == text
    moved = tomllib.loads((DOCS / "data" / "moved.toml").read_text("utf-8"))["moved"]
    assert set() == {f"{old}.html" for old in moved} - set(listed)
    sources = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")}
    made = {"404", "genindex", "py-modindex", "search", "reference/messages/index"}
    made |= {f"reference/messages/{key}" for key in MESSAGES}
    there = {f"{name}.html" for name in (*sources, *made, *moved)}
    assert [] == published.problems(listed, there)[0]
