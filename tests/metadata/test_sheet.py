"""Edits of a TOML text, letter by letter: what they take away, write and leave alone."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.findings import apply_fix
from trigpoint.metadata import read_pyproject
from trigpoint.metadata.project.groups import MOST_RESOLVED
from trigpoint.metadata.project.sheet import Edit, Sheet, quoted
from trigpoint.metadata.project.toml import Path, positions
from trigpoint.metadata.text.depth import MOST_LEVELS

HEAD = '[project]\nname = "spam"\nversion = "1"\n'


def sheet_of(text: str) -> Sheet:
    """Return *text* with its data and places."""
    return Sheet(text, tomllib.loads(text), positions(text))


def after(text: str, edit: Edit | None) -> str | None:
    """Return *text* once *edit* is carried out; None where there is none."""
    return edit and text[: edit.start] + edit.replacement + text[edit.end :]


@given(
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.text(st.sampled_from("\"'\\\n\x00\x7fa\u00e9"), max_size=6)
)
def test_any_text_in_quotes(text: str) -> None:
    """TOML reads it back, in double quotes unless those would need escapes and single ones none."""
    written = quoted(text)
    assert {"a": text} == tomllib.loads(f"a = {written}")
    plain = '"' in text and not set(text) & {"'", "\\"} and text.isprintable()
    assert not plain or f"'{text}'" == written
    assert '"' in text or written.startswith('"')
    assert written.startswith("'") is (written == f"'{text}'")


REMOVALS: list[tuple[str, Path, str | None]] = [
    ("a = 1\nb = 2\n", ("a",), "b = 2\n"),
    ("\na = 1\nb = 2\n", ("a",), "\nb = 2\n"),
    ("a = 1\nb = 2", ("b",), "a = 1\n"),
    ("a = 1\r\nb = 2\r\n", ("a",), "b = 2\r\n"),
    ("a = 1 # why\nb = 2\n", ("a",), None),
    ("a = ['x', 'y']\n", ("a", 0), "a = ['y']\n"),
    ("a = ['x', 'y']\n", ("a", 1), "a = ['x']\n"),
    ("a = ['x']\n", ("a", 0), "a = []\n"),
    ("a = ['x',]\n", ("a", 0), "a = []\n"),
    ("a = [ 'x' ]\n", ("a", 0), None),
    ("a = [\n  'x',\n  'y',\n]\n", ("a", 0), "a = [\n  'y',\n]\n"),
    ("a = [\n  'x',\n  'y',\n]\n", ("a", 1), "a = [\n  'x',\n]\n"),
    ("a = [\n  'x',\n  'y'\n]\n", ("a", 1), "a = [\n  'x',\n]\n"),
    ("a = [\n  'x', # one\n  'y',\n]\n", ("a", 0), "a = [\n  # one\n  'y',\n]\n"),
    ("a = [\n  'x', 'y',\n]\n", ("a", 1), "a = [\n  'x', \n]\n"),
    ("a = [\n  'x', 'y',\n]\n", ("a", 0), "a = [\n  'y',\n]\n"),
    ("a = { b = 1, c = 2 }\n", ("a", "b"), "a = { c = 2 }\n"),
    ("a = { b = 1, c = 2 }\n", ("a", "c"), "a = { b = 1 }\n"),
    ("a = {b = 1}\n", ("a", "b"), "a = {}\n"),
    ("[a]\nb = 1\n[c]\nd = 1\n", ("c",), None),
    ("[a]\n  b = 1\n\nc = 2\n", ("a", "b"), "[a]\n\nc = 2\n"),
]


@pytest.mark.parametrize(("text", "path", "expected"), REMOVALS)
def test_what_is_taken_away(text: str, path: Path, expected: str | None) -> None:
    """The item or pair, with its comma or its line, and no letter more."""
    assert expected == after(text, sheet_of(text).gone(path))


RENAMED: list[tuple[str, Path, tuple[str, ...], str | None]] = [
    ("[a]\nb = 1\n", ("a", "b"), ("c",), "[a]\nc = 1\n"),
    ("[a]\nb = 1\n", ("a", "b"), ("c", "d e"), '[a]\nc."d e" = 1\n'),
    ("[a]\nc = 1\n[a.b]\nx = 1\n", ("a", "b"), ("d",), "[a]\nc = 1\n[a.d]\nx = 1\n"),
    ("[a]\nb = 1\nc = 2\n", ("a", "b"), ("c",), None),
]


@pytest.mark.parametrize(("text", "path", "names", "expected"), RENAMED)
def test_what_is_renamed(
    text: str, path: Path, names: tuple[str, ...], expected: str | None
) -> None:
    """A key, or a table by its header; not to a name that is there."""
    assert expected == after(text, sheet_of(text).renamed(path, *names))


MOVED: list[tuple[str, str | None]] = [
    ("[p]\na = 1\n[p.x]\nb = 2\nc = 3\n", "[p]\na = 1\nb = 2\n[p.x]\nc = 3\n"),
    ("[p.x]\nb = 2\n[p]\na = 1\n", "[p.x]\n[p]\na = 1\nb = 2\n"),
    ("[p]\n[p.x]\nb = 2\n", "[p]\nb = 2\n[p.x]\n"),
    ("[p]\na = 1 # why\n\n[p.x]\nb = 2\n", "[p]\na = 1 # why\nb = 2\n\n[p.x]\n"),
    ("[p]\na = [\n  1,\n]\n[p.x]\nb = 2\n", "[p]\na = [\n  1,\n]\nb = 2\n[p.x]\n"),
    ("[ p ]\na = 1\n[p.x]\nb = 2", "[ p ]\na = 1\nb = 2\n[p.x]\n"),
    ("p.x.b = 2\n", None),
    ("[p]\nb = 1\n[p.x]\nb = 2\n", None),
    ("[p.y]\na = 1\n[p.x]\nb = 2\n", None),
]


@pytest.mark.parametrize(("text", "expected"), MOVED)
def test_what_is_moved_up(text: str, expected: str | None) -> None:
    """To the end of the table above, which has a header of its own, as a line of its own."""
    assert expected == after(text, sheet_of(text).moved_up(("p", "x", "b")))


# -- what a button does to a table -----------------------------------------------------------

MENDED = [
    ('name = ["spam"]', "metadata-project-type", None),
    ('version = ["1.0"]', "metadata-project-type", 'version = "1.0"'),
    ('version = ["one"]', "metadata-project-type", None),
    ("version = 1.0", "metadata-project-type", 'version = "1.0"'),
    ("description = ['one', 'two']", "metadata-project-type", None),
    ("description = [1]", "metadata-project-type", None),
    ("requires-python = 3.11", "metadata-project-type", None),
    ("urls = 'https://x.org'", "metadata-project-type", "urls = { Homepage = 'https://x.org' }"),
    ("urls = 'x.org'", "metadata-project-type", None),
    ("urls.Home = ['https://x.org']", "metadata-project-type", None),
    ("urls.Home = 5", "metadata-project-type", None),
    ("keywords = 'a, b;c,'", "metadata-project-type", 'keywords = ["a", "b", "c"]'),
    ("keywords = 'one'", "metadata-project-type", "keywords = ['one']"),
    ("keywords = 'one two'", "metadata-project-type", None),
    (
        "classifiers = 'Typing :: Typed'",
        "metadata-project-type",
        "classifiers = ['Typing :: Typed']",
    ),
    ("classifiers = 'A, B'", "metadata-project-type", "classifiers = ['A, B']"),
    ("dependencies = 'a, b'", "metadata-project-type", None),
    ("dependencies = 'a>=1,<2'", "metadata-project-type", "dependencies = ['a>=1,<2']"),
    ("optional-dependencies.x = 'a'", "metadata-project-type", None),
    ("license-files = { paths = ['L'] }", "metadata-project-type", "license-files = ['L']"),
    ("license-files = { globs = ['L*'] }", "metadata-project-type", "license-files = ['L*']"),
    ("license-files = { paths = ['../L'] }", "metadata-project-type", None),
    ("license-files = { files = ['L'] }", "metadata-project-type", None),
]


@pytest.mark.parametrize(("written", "code", "expected"), MENDED)
def test_what_a_button_writes(written: str, code: str, expected: str | None) -> None:
    """The value in its right type, where that fits and is plain to see; else there is no button."""
    head = "\n".join(
        line for line in HEAD.splitlines() if not line.startswith(written.partition(" ")[0])
    )
    text = f"{head}\n{written}\n"
    [finding] = [each for each in read_pyproject(text).findings() if each.code == code]
    fix = finding.fix if finding.fix and finding.fix.replacement is not None else None
    assert (expected and f"{head}\n{expected}\n") == (fix and apply_fix(text, fix))


PLACES: list[tuple[str, str, str]] = [
    ("a = \n", "metadata-toml", "\n"),
    ("a = 1\nb = = 2\n", "metadata-toml", "="),
    ("a = 1\r\nb = = 2\r\n", "metadata-toml", "="),
    ("x = = 1\n", "metadata-toml", "="),
    (f"a = 1\nb = {'9' * 5_000}\n", "metadata-toml", "9"),
    (HEAD + "dependencies = ['a', 'b >> 1']\n", "metadata-requirement", ">> 1"),
    (HEAD + 'dependencies = ["b \\u003e> 1"]\n', "metadata-requirement", '"b \\u003e> 1"'),
    (HEAD + "urls.Home = 'nowhere'\n", "metadata-url", "nowhere"),
    (HEAD + "authors = [{ email = 'nobody' }]\n", "metadata-project-person", "'nobody'"),
    (HEAD + "[dependency-groups]\na = [{include-group='a'}]\n", "pyproject-group-cycle", "{include-group='a'}"),
    (HEAD + "[build-system]\nrequires = 'a'\n", "pyproject-type", "'a'"),
    (HEAD + "[build-system]\nrequires = ['x']\nrequire = 1\n", "pyproject-build-key", "require"),
    (HEAD + "[dependency-groups]\na = [{group='b'}]\n", "pyproject-group-item", "group"),
    (HEAD + "[dependency-groups]\nlarge = [" + "'a'," * (MOST_RESOLVED + 1) + "]\n", "pyproject-group-large", "large"),
    (HEAD + "[dependency-groups]\na = [{include-group='b'}]\n", "pyproject-group-missing", "'b'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "marked"), PLACES)
def test_what_is_marked(text: str, code: str, marked: str) -> None:
    """The letters that are wrong, or the whole value where it spells them in another way."""
    [finding] = [each for each in read_pyproject(text).findings() if each.code == code]
    assert finding.span is not None
    assert marked == text[finding.span.start : finding.span.end]


EXTRAS = [
    ("dependencies = ['foo; extra==\"x\"']", ['"x"'], True),
    ("dependencies = [ 'foo; extra==\"x\"' ]", ['"x"'], False),
    ("dependencies = ['foo; extra==\"x\"', # why\n 'bar']", ['"x"'], True),
    ('dependencies = [\'foo; extra=="x" and os_name=="x"\']', ['"x"'], False),
    ('dependencies = [\'foo; os_name=="nt" and extra=="x"\']', ['"x"'], False),
    ('dependencies = [\'foo; "A_b"==extra or extra=="c"\']', ['"A_b"', '"c"'], False),
    ("dependencies = [\"foo; extra=='\\u0078'\"]", ["\"foo; extra=='\\u0078'\""], True),
    ("optional-dependencies.y = ['foo; extra==\"x\"']", ['"x"'], False),
]


@pytest.mark.parametrize("end", ["", "\n", "\n[tool.x]\n"])
@pytest.mark.parametrize(("written", "marked", "button"), EXTRAS)
def test_extras_that_are_not_there(written: str, marked: list[str], button: bool, end: str) -> None:
    """Each is marked where the marker names it; a button moves what asks for one alone."""
    text = HEAD + written + end
    found = [
        each for each in read_pyproject(text).findings() if each.code == "metadata-extra-undeclared"
    ]
    assert marked == [each.span and text[each.span.start : each.span.end] for each in found]
    fixes = [each.fix for each in found if each.fix and each.fix.replacement is not None]
    assert button is bool(fixes)
    for fix in fixes:
        table = tomllib.loads(apply_fix(text, fix))["project"]
        assert {"x": ["foo"]} == table["optional-dependencies"]
        assert tomllib.loads(text)["project"]["dependencies"][1:] == table["dependencies"]


def test_a_file_without_the_table() -> None:
    """It is told once, what it is where it is something else; and a draft is left unread."""
    table = "[build-system]\nrequires = ['setuptools']\n[external]\n[dependency-groups]\n"
    for head, codes in (("", ["pyproject-no-project"]), ("project = 1\n", ["pyproject-type"])):
        found = read_pyproject(head + table)
        assert codes == [each.code for each in found.findings()]
        assert (("build-system", "dependency-groups"), ("external",)) == (
            found.read,
            found.not_read,
        )


def test_tables_of_other_names() -> None:
    """The header is marked, and what was meant is said whatever stands between its words."""
    for name in ("dependency_groups", "Dependency-Groups", "dependancy-groups"):
        text = f"[{name}]\na = ['b']\n{HEAD}"
        [finding] = [
            each for each in read_pyproject(text).findings() if each.code == "pyproject-table"
        ]
        assert finding.span is not None
        assert f"[{name}]" == text[finding.span.start : finding.span.end]
        assert "write dependency-groups" == (finding.fix and finding.fix.message)


def test_where_a_text_is_too_deep() -> None:
    """One letter is marked, the first bracket that is not read."""
    text = f"a = {'[' * (MOST_LEVELS + 1)}{']' * (MOST_LEVELS + 1)}\n"
    [finding] = read_pyproject(text).findings()
    assert finding.span is not None
    assert (1, "[") == (finding.span.end - finding.span.start, text[finding.span.start])


def test_licenses_and_extras_of_a_table() -> None:
    """The text of a license is a field; an extra of no name is none, and neither one named twice."""
    text = HEAD + 'license = { text = "Mine" }\n[project.optional-dependencies]\n"a b" = ["x"]\n'
    text += 'c-d = ["y"]\nC_d = ["z"]\n'
    found: Any = read_pyproject(text).document
    assert ["Mine"] == found["License"]
    assert ["c-d"] == found["Provides-Extra"]
    assert ['y; extra == "c-d"'] == found["Requires-Dist"]


@pytest.mark.parametrize(
    ("key", "fix"),
    [
        ("include", "write include-group"),
        ("Includes", "write include-group"),
        ("include_group", "write include-group"),
        ("path", "write the project's name here, and say where it is in [tool.uv.sources]"),
        ("editable", "write the project's name here, and say where it is in [tool.uv.sources]"),
        ("name", "write a requirement in quotes"),
    ],
)
def test_keys_in_the_place_of_an_include(key: str, fix: str) -> None:
    """What looks like it is meant to be one; a source of uv; and anything else."""
    text = HEAD + f"[dependency-groups]\na = [{{{key} = 'b'}}]\n"
    found = [
        each for each in read_pyproject(text).findings() if each.code == "pyproject-group-item"
    ]
    assert [fix] == [each.fix and each.fix.message for each in found]


def test_knots_of_groups_in_text_order() -> None:
    """They are told in the order in which they begin, whatever they are called."""
    text = HEAD + "[dependency-groups]\n"
    for one, two in (("z", "y"), ("b", "c"), ("m", "a")):
        text += f"{one} = [{{include-group='{two}'}}]\n{two} = [{{include-group='{one}'}}]\n"
    found = read_pyproject(text).findings()
    messages = [each.message for each in found if each.code == "pyproject-group-cycle"]
    assert [
        f"this leads back to where it starts: {names}"
        for names in ("z, y, z", "b, c, b", "m, a, m")
    ] == messages
