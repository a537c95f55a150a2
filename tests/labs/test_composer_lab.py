"""The composer lab: a project as it is written, what is wrong at which answer, and what fits."""

from __future__ import annotations

import base64
import html
import io
import itertools
import json
import re
import shlex
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from trigpoint import labs
from trigpoint.cli.app import app
from trigpoint.installers.backends import BACKENDS
from trigpoint.labs.composer import colours, words
from trigpoint.labs.composer.answer import answer, matrix
from trigpoint.labs.composer.data import ComposerRequest, ComposerResponse
from trigpoint.labs.composer.lab import LAB
from trigpoint.labs.composer.share import share
from trigpoint.projects.templates import (
    OPTIONS,
    Answers,
    own_spellings,
    purpose,
    templates,
    verified,
    whole,
)

REQUEST = ComposerRequest("ice-axe")
FILES = whole(templates()["hatchling"], Answers("ice-axe"))


def shown(response: ComposerResponse) -> str:
    return str(LAB.html(response))


def text_of(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


# -- the project


def test_files_are_those_of_the_library() -> None:
    """Path, use and size of each file, and the whole in a zip."""
    found = answer(REQUEST)
    assert [(path, purpose(path), len(content)) for path, content in FILES.items()] == [
        (row.path, row.purpose, row.size) for row in found.files
    ]
    assert () == found.findings
    assert ("ice-axe", "Pure Python, built with hatchling") == (found.folder, found.title)
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(found.archive))) as archive:
        got = {name: archive.read(name) for name in archive.namelist()}
    assert {f"ice-axe/{path}": content for path, content in FILES.items()} == got


def test_the_stamp_of_the_template_is_told() -> None:
    """When the template was proven, and by which tools."""
    found, stamp = answer(REQUEST), verified()["hatchling"]
    assert stamp.date == found.verified
    assert f"Python {stamp.python}, " in found.tools
    assert f"hatchling {stamp.tools['hatchling']}" in found.tools
    assert f"Built and tested as it stands on {stamp.date}." in text_of(shown(found))
    assert "Built and tested" not in text_of(shown(replace(found, verified="")))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("README.md", "README.md"),
        # By its name in the template, it stays the same file while the name is typed.
        ("src/snow_cap/__init__.py", "src/ice_axe/__init__.py"),
        ("src/ice_axe/__init__.py", "src/ice_axe/__init__.py"),
        ("no/such", "pyproject.toml"),
        ("", "pyproject.toml"),
    ],
)
def test_which_file_is_shown(path: str, expected: str) -> None:
    """The chosen one by either name, and else pyproject.toml."""
    found = answer(replace(REQUEST, path=path))
    assert expected == found.path
    assert FILES[expected].decode() == found.content
    assert purpose(expected) == found.purpose


def test_a_template_without_pyproject_shows_its_first_file() -> None:
    """A script is one file, and two beside it."""
    found = answer(replace(REQUEST, template="script"))
    assert found.files[0].path == found.path
    assert "pyproject.toml" not in [row.path for row in found.files]


def test_answers_reach_the_files() -> None:
    """Every answer changes what the library writes."""
    changed = {
        "author": "Eve",
        "email": "eve@example.org",
        "account": "eve9",
        "description": "Cut steps.",
        "license": "MIT",
        "python": "3.13",
        "layout": "flat",
        "docs": "none",
        "ci": "none",
        "versioning": "git",
    }
    for name, value in changed.items():
        found = answer(replace(REQUEST, **{name: value}))  # type: ignore[arg-type]
        expected = whole(templates()["hatchling"], Answers("ice-axe", **{name: value}))
        assert list(expected) == [row.path for row in found.files]
        assert expected != FILES


def test_no_name_is_no_project_yet() -> None:
    """Nothing is wrong with a name that is not there yet, whatever else is."""
    found = answer(ComposerRequest(email="x"))
    assert (True, (), ()) == (found.empty, found.findings, found.files)


@given(st.text(alphabet="ab1-_. \n\u00e9", max_size=12))
def test_any_name_is_answered(name: str) -> None:
    """A name makes a project whose zip has it, or has an error."""
    found = answer(ComposerRequest(name))
    errors = [each for each in found.findings if each.severity.value == "error"]
    assert bool(name and not errors) is bool(found.files)


# -- what is wrong, and where


def test_findings_on_the_name_have_their_place() -> None:
    """The editor marks them, and a button carries their fix out."""
    [found] = answer(ComposerRequest("Ice_Axe")).findings
    assert "template-name-spelling" == found.code
    assert found.span
    assert (0, 7) == (found.span.start, found.span.end)
    assert found.fix
    assert "ice-axe" == found.fix.replacement


def test_findings_on_other_answers_are_told_beside_them() -> None:
    """They have no place in the name; what to write instead is a button where there is one."""
    found = answer(replace(REQUEST, email="x", author=" Eve ", layout="attic"))
    assert [None] * 3 == [each.span for each in found.findings]
    assert [None] * 3 == [each.fix and each.fix.replacement for each in found.findings]
    assert {"author": "Eve", "email": None, "layout": ""} == {
        row.field: row.instead for row in found.at
    }
    assert "the email is no address: write it as ada@example.org" in [r.words for r in found.at]
    page = shown(found)
    assert {"author", "email", "layout"} == set(re.findall(r'data-at="(\w+)"', page))
    assert 'data-set="{&quot;author&quot;: &quot;Eve&quot;}"' in page
    assert 'data-set="{&quot;layout&quot;: &quot;&quot;}"' in page
    assert "Take the template's" in text_of(page)
    assert not LAB.valid(found)
    assert "These answers make no project." == LAB.summary(found)


def test_findings_on_the_name_stand_under_it_alone() -> None:
    """They are no second time beside a control."""
    assert () == answer(ComposerRequest("json")).at


def test_unknown_choices_are_findings() -> None:
    """A link may name what there is not."""
    request = replace(REQUEST, template="x", view="y", language="z", wishes=("uv", "w"))
    found = answer(request)
    assert ["template-choice"] * 4 == [each.code for each in found.findings]
    assert ["template", "view", "language", "wishes"] == [row.field for row in found.at]
    assert "files" == found.view
    assert () == found.files
    assert all(each.fix for each in found.findings)


# -- the page


def test_the_tree_is_a_list_of_buttons() -> None:
    """Each sets the path; the one that is shown says so, and the project's own folder is first."""
    page = shown(answer(replace(REQUEST, path="docs/conf.py")))
    tree = page[page.index('class="tp-tree"') : page.index('class="tp-shown"')]
    paths = [
        json.loads(html.unescape(each))["path"] for each in re.findall(r'data-set="([^"]*)"', tree)
    ]
    assert sorted(whole(templates()["hatchling"], Answers())) == sorted(paths)
    assert ["/" in each for each in paths] == sorted("/" in each for each in paths)
    [current] = re.findall(r'aria-current="true" aria-label="([^"]*)"', tree)
    assert "docs/conf.py" == current
    assert 1 == text_of(tree).count("src/ice_axe/")
    assert f'title="{html.escape(purpose("docs/conf.py"))}"' in tree


@pytest.mark.parametrize("path", FILES)
def test_the_shown_file_is_the_file(path: str) -> None:
    """Line by line, whatever is coloured in it, and again behind the button that copies it."""
    page = shown(answer(replace(REQUEST, path=path)))
    text = FILES[path].decode()
    if not text:
        assert "The file is empty." in page
        return
    source = page[page.index("<pre") : page.index("</pre>")]
    without = re.sub(r'<span class="tp-reason"[^>]*>[^<]*</span>', "", source)
    assert text == text_of(without)
    assert len(text.splitlines()) == source.count('class="tp-source-line"')
    [copied] = re.findall(r'data-copy-text="([^"]*)"', page)
    assert text == html.unescape(copied)


@pytest.mark.repeats
def test_each_table_says_what_it_is_for() -> None:
    """Of every template with every answer; and nothing is said of tables that none has."""
    met = set()
    for name, template in templates().items():
        for options in itertools.product(*(template.answers(option) for option in OPTIONS)):
            asked: dict[str, Any] = dict(zip(OPTIONS, options, strict=True))
            page = shown(answer(ComposerRequest("ice-axe", template=name, **asked)))
            if "pyproject.toml" in text_of(page[page.index("tp-shown") :]):
                source = page[page.index("<pre") : page.index("</pre>")]
                named = re.findall(r'<span class="tp-table-word">\[+([^<\]]*)\]+</span>', source)
                told = re.findall(
                    r'class="tp-part" tabindex="0" role="group" aria-label="([^:]*):', source
                )
                assert named == told
                met |= set(named)
    assert set(words.TABLES) == met
    assert "" == words.table("tool.x")


def test_comments_above_a_table_belong_to_it() -> None:
    """The reason is about them, too, and what is above the first table belongs to none."""
    content = "# top\n\n# about\n[project]\nx = 1\n[a]\n"
    page = shown(replace(answer(REQUEST), content=content))
    parts = page.split('class="tp-part"')[1:]
    assert ["# top\n\n", "# about\n[project]\nx = 1\n", "[a]\n"] == [
        text_of(
            re.sub(
                r'<span class="tp-reason"[^>]*>[^<]*</span>', "", "<" + each.partition("</code>")[0]
            )
        ).removesuffix("<span ")
        for each in parts
    ]
    assert ["tabindex" in each for each in parts] == [False, True, False]


# -- the reader's names in the guides


def kept(page: str) -> dict[str, Any]:
    [found] = re.findall(r'data-keep="([^"]*)"', page)
    told: dict[str, Any] = json.loads(html.unescape(found))
    return told


def test_the_guides_take_the_names() -> None:
    """What differs from the template's names is kept, by the key that the script reads."""
    page = shown(answer(REQUEST))
    assert {"trigpoint-own": own_spellings(Answers("ice-axe"))} == kept(page)
    assert "The guides show your names" in text_of(page)


def test_the_guides_are_left_alone_without_a_name_of_ones_own() -> None:
    """An earlier visit may have kept names."""
    page = shown(answer(ComposerRequest("snow-cap")))
    assert {"trigpoint-own": {}} == kept(page)
    assert "The guides" not in text_of(page)
    assert re.search(r'class="tp-hint tp-keeping"[^>]* hidden>', page)


def test_the_guides_forget_the_names() -> None:
    """Without the tick they show the template's."""
    page = shown(answer(replace(REQUEST, own=False)))
    assert {"trigpoint-own": None} == kept(page)
    assert "The guides show the template's names." in text_of(page)


# -- which backend


def test_what_fits_is_a_button() -> None:
    """Template, reasons, and what fits as well, each a press away from its files."""
    found = answer(replace(REQUEST, view="backend", wishes=("alone",)))
    assert "flit-core" == found.fits.name
    assert "For these answers: flit-core, pure Python, built with flit-core." == LAB.summary(found)
    page = shown(found)
    buttons = [json.loads(html.unescape(each)) for each in re.findall(r'data-set="([^"]*)"', page)]
    names = [found.fits.name, *(each.name for each in found.others)]
    assert [{"template": name, "view": "files"} for name in names] == buttons
    assert all(each in text_of(page) for each in found.reasons)
    assert "tp-tree" not in page


def test_backend_needs_no_name() -> None:
    """The question comes before the project has a name."""
    found = answer(ComposerRequest(view="backend", language="rust"))
    assert "maturin-rust" == found.fits.name
    assert found.matrix
    assert "maturin-rust" in LAB.summary(found)


def test_matrix_is_what_was_recorded() -> None:
    """A row for each backend of the templates, and no word that no record says."""
    rows = {row.project: row for row in matrix()}
    assert {words.project(name) for name in templates()} - {""} == set(rows)
    for name, row in rows.items():
        cells = (row.license_expression, row.license_files, row.extras, row.import_names, row.dynamic_version)  # fmt: skip
        if name not in BACKENDS:
            assert ("", "", "not recorded") == (row.version, row.date, row.metadata)
            assert {"not recorded"} == set(cells)
            continue
        recorded = BACKENDS[name]
        assert (recorded.asked[-1], recorded.date) == (row.version, row.date)
        assert recorded.stretches["license-expression"][-1].metadata == row.metadata
        floor = recorded.floor("license-expression")
        assert floor
        assert floor.version == row.license_expression.removeprefix("≤ ")
        assert row.license_expression.startswith("≤") is (floor.before is None)
    assert "meson-python" in set(rows) - set(BACKENDS)
    assert "refused" == rows["uv_build"].dynamic_version
    assert "left out" == rows["maturin"].dynamic_version


def test_matrix_marks_what_fits_and_says_where_it_is_from() -> None:
    """One row has the mark; the days of the runs and what is not in them stand below."""
    page = shown(answer(replace(REQUEST, view="backend", wishes=("uv",))))
    assert 1 == page.count('<tr class="tp-chosen">')
    assert ">uv_build</code> ✓" in page
    assert "Recorded on 2" in text_of(page)
    assert words.FITTING in text_of(page)
    assert () == answer(REQUEST).matrix


# -- elsewhere


def test_the_command_writes_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is copied makes the project, also where an answer begins with a hyphen."""
    request = replace(REQUEST, author="-Eve 'X'", docs="none", license="MIT")
    command = shlex.split(LAB.share(request).command)
    assert ["trigpoint", "new"] == command[:2]
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(app, command[1:])
    assert ran.exit_code == 0, ran.output
    root = tmp_path / "ice-axe"
    got = sorted(each.relative_to(root).as_posix() for each in root.rglob("*") if each.is_file())
    assert sorted(row.path for row in answer(request).files) == got


def test_the_command_says_what_fits() -> None:
    """The same template and reasons in a terminal."""
    request = replace(REQUEST, view="backend", language="c", wishes=("setup", "git"))
    command = shlex.split(LAB.share(request).command)
    out = CliRunner().invoke(app, command[1:]).stdout
    found = answer(request)
    assert out.startswith(f"{found.fits.name}: {found.fits.title}\n")
    assert [f"  {each}" for each in found.reasons] == out.splitlines()[1 : 1 + len(found.reasons)]
    assert [f"or {each.name}: {each.title}" for each in found.others] == out.splitlines()[-2:]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [({}, "pyproject.toml"), ({"view": "backend", "wishes": ("alone",)}, "flit-core")],
)
def test_the_program_prints_the_answer(
    changed: dict[str, Any], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files, or what fits."""
    exec(share("composer-lab", replace(REQUEST, **changed)).python, {})
    assert expected in capsys.readouterr().out.splitlines()


def test_the_directive_has_what_differs() -> None:
    """And nothing that is as it always is; whose names the guides show is not for a page."""
    request = replace(REQUEST, template="command", wishes=("uv", "git"), own=False)
    expected = '```{composer-lab}\n---\ntemplate: "command"\nwishes: "uv, git"\n---\nice-axe\n```\n'
    assert expected == LAB.share(request).embed
    assert "```{composer-lab}\nice-axe\n```\n" == LAB.share(REQUEST).embed


@pytest.mark.parametrize("example", labs.examples("composer"), ids=lambda each: each["label"])
def test_examples_show_what_they_say(example: dict[str, Any]) -> None:
    """A project, what fits, or the finding that the label is about."""
    found = answer(ComposerRequest(**{**example["request"], "wishes": tuple(example["request"].get("wishes", ()))}))  # fmt: skip
    codes = {each.code for each in found.findings}
    if "hides" in example["label"]:
        assert {"template-name-module"} == codes
    else:
        assert found.files
        assert example["request"].get("path", "pyproject.toml") == found.path


# -- colours


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a = 'x' # y", "m.py", [("", "a = "), ("string", "'x'"), ("", " "), ("comment", "# y")]),
        ("def f(): 3.5", "m.pyi", [("word", "def"), ("", " f(): "), ("number", "3.5")]),
        ("cdef int x", "m.pyx", [("word", "cdef"), ("", " "), ("word", "int"), ("", " x")]),
        ("[[a]]", "p.toml", [("table", "[[a]]")]),
        ("a.b = true", "p.toml", [("key", "a.b"), ("", " = "), ("word", "true")]),
        ("- a: 'b'", "c.yml", [("key", "- a"), ("", ": "), ("string", "'b'")]),
        ("a#b", "c.yaml", [("", "a#b")]),
        ("int x; // y", "m.c", [("word", "int"), ("", " x; "), ("comment", "// y")]),
        ("#include <x>", "m.cpp", [("key", "#include <x>")]),
        ("fn f<'a>()", "l.rs", [("word", "fn"), ("", " f<'a>()")]),
        ("call x ! y", "m.f90", [("word", "call"), ("", " x "), ("comment", "! y")]),
        ("# A `b`", "r.md", [("table", "# A `b`")]),
        ("a `b`", "r.md", [("", "a "), ("string", "`b`")]),
        ("set(A \"b\")", "CMakeLists.txt", [("word", "set"), ("", "(A "), ("string", '"b"'), ("", ")")]),
        ("# a", ".gitignore", [("comment", "# a")]),
        ("a = 'x'", "m.unknown", [("", "a = 'x'")]),
    ],
)  # fmt: skip
def test_colours(text: str, path: str, expected: list[tuple[str, str]]) -> None:
    """Each kind of file has its own pieces."""
    assert (tuple(expected),) == colours.lines(text, path)


@pytest.mark.parametrize(
    ("text", "path"),
    [('"""a\n\nb', "m.py"), ("/* a\nb", "m.c"), ('x = "a', "p.toml"), ("\n\n", "m.py")],
)
def test_pieces_that_do_not_end(text: str, path: str) -> None:
    """They go over lines, or to the end of theirs, and no letter is lost."""
    lines = colours.lines(text, path)
    joined = "\n".join("".join(piece for _, piece in line) for line in lines)
    assert text.removesuffix("\n") == joined
    assert {name for line in lines for name, _ in line} <= {*colours.NAMES, ""}
