"""Parts of templates on pages: what is shown, whose it is, and what fails the build."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXTENSIONS = Path(__file__).parents[2] / "docs" / "_ext"
sys.path.append(str(EXTENSIONS))

from trigpoint_snippets import TOKENS, NoSuchPartError, marked, part, section

from trigpoint.projects.templates import Answers, render, spellings, templates

FILES = {path: text.decode() for path, text in render(templates()["hatchling"], Answers()).items()}
OWN = {"extensions": ["trigpoint.sphinx", "trigpoint_snippets"]}
Build = Callable[..., Any]


def shown(app: Any) -> str:
    """Return the text of the page that *app* built, without tags."""
    page = (app.outdir / "index.html").read_text("utf-8")
    return html.unescape(re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize(
    ("path", "name", "first", "last"),
    [
        ("pyproject.toml", "build-system", "[build-system]", 'build-backend = "hatchling.build"'),
        ("pyproject.toml", "project.urls", "[project.urls]", None),
        ("noxfile.py", "tests", "@nox.session", None),
        (".github/workflows/ci.yml", "jobs.lint.permissions", "permissions:", None),
    ],
)
def test_part_is_whole(path: str, name: str, first: str, last: str | None) -> None:
    """A part begins with its head, ends before the next, and stands in the file as it is."""
    found = part(FILES[path], path, name)
    assert found.startswith(first)
    assert last is None or found.endswith(last)
    lines = [line.strip() for line in found.split("\n")]
    rest = [line.strip() for line in FILES[path].split("\n")]
    assert any(lines == rest[at : at + len(lines)] for at in range(len(rest)))


@pytest.mark.parametrize(
    ("text", "path", "name", "expected"),
    [
        ("[a]\nx = 1\n\n# About b.\n[b]\ny = 2\n", "p.toml", "a", "[a]\nx = 1"),
        ("[a]\nx = 1\n\n# About b.\n[b]\ny = 2\n", "p.toml", "b", "# About b.\n[b]\ny = 2"),
        ("[a]\nx = [\n  1,\n]\n[a.b]\ny = 2\n", "p.toml", "a", "[a]\nx = [\n  1,\n]"),
        ("[[t]]\nx = 1\n", "p.toml", "t", "[[t]]\nx = 1"),
        ("@d\ndef f():\n    pass\n\nx = 1\n", "m.py", "f", "@d\ndef f():\n    pass"),
        ("def f():\n    pass\n\nx: int = 1\n", "m.py", "x", "x: int = 1"),
        ("a:\n  b: 1\n\n  c:\n    - d\ne: 2\n", "w.yml", "a.c", "c:\n  - d"),
        ("a:\n  b: 1\ne:\n  b: 2\n", "w.yml", "e.b", "b: 2"),
        ("a:\n  b: 1\n", "w.yml", "a", "a:\n  b: 1"),
    ],
)
def test_parts(text: str, path: str, name: str, expected: str) -> None:
    """Tables, definitions and entries end where the next begins, and keep their comments."""
    assert expected == part(text, path, name)


@pytest.mark.parametrize(
    ("text", "path", "name"),
    [
        ("[ab]\n", "p.toml", "a"),
        ("def fg(): ...\n", "m.py", "f"),
        ("ab: 1\n", "w.yml", "a"),
        ("a:\n  b: 1\nc: 2\n", "w.yml", "a.c"),
        ("a", "main.c", "a"),
    ],
)
def test_no_such_part(text: str, path: str, name: str) -> None:
    """A name that is only part of another is none, and neither is one beside the path."""
    with pytest.raises(NoSuchPartError, match=name):
        part(text, path, name)


def test_section() -> None:
    """Lines go from one to another, or to the end of the file."""
    text = "a(\n  b\n)\nc\n"
    assert "  b\n)" == section(text, "b", ")")
    assert "  b\n)\nc" == section(text, "b", "")
    for first, last in (("x", ""), ("b", "x"), ("c", "b")):
        with pytest.raises(NoSuchPartError):
            section(text, first, last)


def test_every_name_is_marked() -> None:
    """All names in all files of a template are found in the text between tags, and only there."""
    for path, text in FILES.items():
        plain = marked(html.escape(text, quote=False), path)
        assert html.escape(text, quote=False) == re.sub(r"</?span[^>]*>", "", plain)
        for token, name in TOKENS.items():
            if f">{token}<" in plain:
                assert f'data-own="{name}"' in plain
    assert '<i class="snow_cap">x</i>' == marked('<i class="snow_cap">x</i>', "a.py")
    assert 'data-own="author" data-own-kind=".toml"' in marked("Ada Example", "a.toml")


def test_page_shows_a_part(build: Build) -> None:
    """The part stands on the page below the path, with the names marked."""
    page = ".. project-file:: pyproject.toml\n   :templates: hatchling\n   :part: build-system\n"
    app = build({"index": page}, confoverrides={**OWN, "trigpoint_checked_languages": ["toml"]})
    assert "" == app.warning.getvalue()
    assert part(FILES["pyproject.toml"], "pyproject.toml", "build-system") in shown(app)
    assert "tp-tabs" not in (app.outdir / "index.html").read_text("utf-8")


def test_templates_that_differ_get_tabs(build: Build) -> None:
    """Each template has a tab, the first is chosen, and equal ones share one."""
    page = (
        ".. project-file:: pyproject.toml\n   :templates: hatchling setuptools\n"
        "   :part: build-system\n\n"
        ".. project-file:: LICENSE\n   :templates: hatchling setuptools\n"
    )
    app = build({"index": page}, confoverrides=OWN)
    assert "" == app.warning.getvalue()
    written = (app.outdir / "index.html").read_text("utf-8")
    assert ["hatchling", "setuptools"] == re.findall(r'data-tab="([^"]*)"', written)
    assert 1 == written.count(" checked")
    assert {"hatchling.build", "setuptools.build_meta"} <= set(re.findall(r"[\w.]+", shown(app)))


@pytest.mark.parametrize("builder", ["text", "man", "latex", "epub"])
def test_other_builders_name_each(build: Build, builder: str) -> None:
    """Where there are no tabs the blocks come one after the other, each with its template."""
    page = (
        ".. project-file:: pyproject.toml\n   :templates: hatchling setuptools\n"
        "   :part: build-system\n"
    )
    app = build({"index": page}, builder=builder, confoverrides=OWN)
    assert "" == "\n".join(
        line for line in app.warning.getvalue().splitlines() if "snippet" in line
    )
    if builder == "text":
        text = (app.outdir / "index.txt").read_text("utf-8")
        assert text.index("**hatchling**") < text.index("hatchling.build")
        assert text.index("**setuptools**") < text.index("setuptools.build_meta")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("", "needs names of templates"),
        (":templates: hatchlin", "there is no template 'hatchlin'"),
        (":templates: hatchling\n   :part: tool.spam", "has no tool.spam"),
        (":templates: hatchling\n   :from: spam", "has no spam"),
    ],
)
def test_what_is_not_there_fails_the_build(build: Build, options: str, words: str) -> None:
    """A page never shows less than it says."""
    page = f".. project-file:: pyproject.toml\n   {options}\n"
    assert words in build({"index": page}, confoverrides=OWN).warning.getvalue()


def test_missing_file_fails_the_build(build: Build) -> None:
    """Neither does a page name a file that a template has not."""
    page = ".. project-file:: spam.toml\n   :templates: hatchling\n"
    warnings = build({"index": page}, confoverrides=OWN).warning.getvalue()
    assert "the template hatchling has no file 'spam.toml'" in warnings


_MARK = re.compile(r'<span data-own="(\w+)"(?: data-own-kind="([^"]*)")?>[^<]*</span>')


@pytest.mark.parametrize("name", templates())
def test_own_names_are_spelled_as_in_ones_own_project(name: str) -> None:
    """What the composer keeps has every key that is marked, and makes the files that one gets."""
    own = Answers("My.Pkg-9", 'Zo\u00eb "Z" O_B', "z@example.com", "z9", "Say `a_b` <c>.", "MIT")
    told, template = spellings(own), templates()[name]
    mine = render(template, own)
    for path, content in render(template, Answers()).items():
        # Another license has another text, and no page shows a part of that.
        if path != "LICENSE":
            # Without colours there is nothing that could cut a name.
            page = marked(html.escape(content.decode(), quote=False), path)
            filled = _MARK.sub(lambda mark: html.escape(told[mark[1] + (mark[2] or "")]), page)
            there = path.replace("snow_cap", told["package"])
            found = mine[there.replace("snow-cap", told["distribution"])]
            assert found.decode() == html.unescape(filled)
