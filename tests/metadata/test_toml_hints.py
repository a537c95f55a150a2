"""What is said, and mended, where a pyproject.toml stops being TOML."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.findings import Finding, apply_fix
from trigpoint.metadata import read_pyproject
from trigpoint.metadata.project.toml_hints import LONGEST_TRIED, stopped_at


def stop_of(text: str) -> int:
    """Return where *text* stops being TOML, or where it would if it went on."""
    try:
        tomllib.loads(text)
    except ValueError as error:
        return stopped_at(text, str(error))[1]
    return len(text) + 1


def told(text: str) -> Finding:
    (found,) = (each for each in read_pyproject(text).findings() if each.code == "metadata-toml")
    return found


MENDED = [
    ("name = eggs\n", 'write "eggs"', 'name = "eggs"\n'),
    ("name = eggs # why\n", 'write "eggs"', 'name = "eggs" # why\n'),
    ("version = 1.0.0\n", 'write "1.0.0"', 'version = "1.0.0"\n'),
    ("version = 1.0rc1 # why\n", 'write "1.0rc1"', 'version = "1.0rc1" # why\n'),
    ("python = >=3.8\n", 'write ">=3.8"', 'python = ">=3.8"\n'),
    ("a = True\n", "write true", "a = true\n"),
    ("a = \u201cx y\u201d\n", "use straight quotes", 'a = "x y"\n'),
    ("a = [eggs>=1, 'b']\n", 'write "eggs>=1"', "a = [\"eggs>=1\", 'b']\n"),
    ('a = ["x" "y"]\n', "put a comma between the two", 'a = ["x", "y"]\n'),
    ('a = [\n "x"\n "y",\n]\n', "put a comma between the two", 'a = [\n "x",\n "y",\n]\n'),
    ("a = [{b = 1} {b = 2}]\n", "put a comma between the two", "a = [{b = 1}, {b = 2}]\n"),
    ("a = ['x'; 'y']\n", "write a comma in its place", "a = ['x', 'y']\n"),
    ('a = ["x",, "y"]\n', "delete the comma", 'a = ["x", "y"]\n'),
    ('a = "x",\n', "delete the comma: lines are not separated by any", 'a = "x"\n'),
    ('name: "eggs"\n', "write = in place of the colon", 'name = "eggs"\n'),
    ("[project\na = 1\n", "add ] at the end of the line", "[project]\na = 1\n"),
    ("[[a]\nb = 1\n", "add ] at the end of the line", "[[a]]\nb = 1\n"),
    ('a = "MIT\nb = 1\n', 'close the text with "', 'a = "MIT"\nb = 1\n'),
    ("a = 'MIT\nb = 1\n", "close the text of a = 'MIT with '", "a = 'MIT'\nb = 1\n"),
    ("b = 1\na = 'MIT\n", "close the text of a = 'MIT with '", "b = 1\na = 'MIT'\n"),
    ('a = "MIT', 'close the text with "', 'a = "MIT"'),
    ('a = "x", # why\n', "delete the comma: lines are not separated by any", 'a = "x" # why\n'),
    ("a = 'MIT\r\nb = 1\r\n", "close the text of a = 'MIT with '", "a = 'MIT'\r\nb = 1\r\n"),
]

WORDS = [
    ('name = "x"\nname = "y"\n', "keep one of the two lines that set name"),
    ("a = 1\na = [\n1\n]\n", "delete one of the two"),
    ("[a]\n[a]\n", "put what it holds below the first [a]"),
    ("a.b = 1\na = 2\n", "keep one of the two lines that set a"),
    ("a = [\n {b = 1,\n  c = 2},\n]\n", "write all of the table between { and } in one line"),
    ('a = "C:\\path"\n', "write two backslashes, or put the text between single quotes"),
    ('a = """x\n', 'close the text with """'),
    ("a = '''x", "close the text with '''"),
    ("a = 1\n[a]\n", "keep this table or what sets a part of its name before it"),
    ("[a]\nb = {}\n[a.b]\n", "keep this table or what sets a part of its name before it"),
    ('a = "x", "y"\n', "put several values between [ and ], with commas"),
    ('a = "x" "y"\n', "put several values between [ and ], with commas"),
    ('a = "x" "y"', "put several values between [ and ], with commas"),
    ("a = 1, 2", "put several values between [ and ], with commas"),
    ('a = "x", b = 1\n', "give each key a line of its own"),
    ('a = "x"; b = 1\n', "give each key a line of its own"),
    ('a = "x" "b" = 1\n', "give each key a line of its own"),
    ("a =\n", "write a value behind the ="),
    ("a = ", "write a value behind the ="),
    ('a = [ "x"', "add ] behind the last item"),
    ("a = None\n", "leave it out: there is no empty value"),
    ('requires python = "x"\n', "write requires-python: a key has no blanks in it"),
    (
        "<<<<<<< HEAD\na = 1\n",
        "choose one of the two sides of the merge, and delete the lines that mark it",
    ),
]

NOTHING = [
    "a = 1 2\n",
    "= 1\n",
    "- a\n",
    "]\n",
    'a = !"x\n',
    "b = = 1\n",
    "a = 'x\"\n",
    "a\u00e9 = 1\n",
]


@pytest.mark.parametrize(("text", "fix", "mended"), MENDED)
def test_what_a_button_mends(text: str, fix: str, mended: str) -> None:
    """The usual mistakes are mended where they are, and the text is TOML then."""
    found = told(text)
    assert found.fix is not None
    assert (fix, mended) == (found.fix.message, apply_fix(text, found.fix))
    tomllib.loads(mended)


@pytest.mark.parametrize(("text", "fix"), WORDS)
def test_what_words_say(text: str, fix: str) -> None:
    """Where more than one thing may be meant, or more is to do, only words say it."""
    found = told(text)
    assert found.fix is not None
    assert (fix, None) == (found.fix.message, found.fix.replacement)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_guessed_without_a_sign(text: str) -> None:
    """The words of the reader of TOML stand alone then."""
    assert told(text).fix is None


@pytest.mark.parametrize("more", [0, 1])
def test_a_long_text_is_told_in_words(more: int) -> None:
    """What a button does is tried, which in a long text would take long."""
    text = "name = eggs\n"
    text += "#" * (LONGEST_TRIED - len(text) + more)
    fix = told(text).fix
    assert fix is not None
    assert ('write "eggs"', more == 0) == (fix.message, fix.replacement is not None)


PIECES = [
    "a",
    " = ",
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\n",
    "1.0.0",
    "#",
    "\\",
    "x",
    ":",
    ";",
    "\u201c",
    "[a]\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_button_leads_on(text: str) -> None:
    """Whatever the text, a fix that is carried out is TOML, or stops further behind."""
    found = [each for each in read_pyproject(text).findings() if each.code == "metadata-toml"]
    for each in found:
        if each.fix is None or each.fix.replacement is None:
            continue
        new = apply_fix(text, each.fix)
        assert each.span is not None
        assert stop_of(new) > each.span.start


def test_a_message_without_a_place_is_at_the_start() -> None:
    """No place is made up."""
    assert ("Something", 0) == stopped_at("a = 1\n", "Something")


def test_one_fault_after_the_other() -> None:
    """What is mended first may leave the next for the next look."""
    text = "a = eggs,\n"
    found = told(text)
    assert found.fix is not None
    text = apply_fix(text, found.fix)
    assert 'a = "eggs",\n' == text
    found = told(text)
    assert found.fix is not None
    assert 'a = "eggs"\n' == apply_fix(text, found.fix)
