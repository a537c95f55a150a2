"""The draft of the standard says what the code does."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import fields
from pathlib import Path

import pytest

from trigpoint.extensions import protocol, tables

PAGE = Path(__file__).parents[2] / "docs" / "explanations" / "builder-standard.md"
TEXT = PAGE.read_text("utf-8")


def sentence(beginning: str) -> list[str]:
    """Return the code words of the first line of the page that begins so."""
    [line, *_] = [each for each in TEXT.split("\n") if each.startswith(beginning)]
    # What follows a semicolon says more about single words.
    return re.findall(r"`([^`]+)`", line.partition(";")[0])


@pytest.mark.parametrize(
    ("beginning", "name"),
    [
        ("A target is data:", "Target"),
        ("A request has ", "BuildRequest"),
        ("A result has ", "BuildResult"),
        ("An output has ", "Output"),
    ],
)
def test_every_field_is_named(beginning: str, name: str) -> None:
    """The page lists the fields of what is handed over, and no others."""
    expected = sorted(each.name for each in fields(getattr(protocol, name)))
    assert expected == sorted(sentence(beginning))


def test_schemes() -> None:
    """The page lists the schemes in the order of the code."""
    assert list(protocol.SCHEMES) == re.findall(
        r"`(\w+)`", TEXT.partition("`scheme` is ")[2].partition(".\n")[0]
    )


def test_keys_of_every_table() -> None:
    """The page has an entry for each key that every table has."""
    found = re.findall(r"^`([\w-]+)` \((?:string|boolean|array|table)", TEXT, re.MULTILINE)
    assert list(tables.COMMON) == found


def test_methods() -> None:
    """The page shows the methods that a builder must have, with their parameters."""
    source = TEXT[TEXT.index("class ExtensionBuilder") :].partition("```")[0]
    [shown] = ast.parse(source).body
    assert isinstance(shown, ast.ClassDef)
    methods = {
        each.name: [argument.arg for argument in each.args.args]
        for each in shown.body
        if isinstance(each, ast.FunctionDef)
    }
    expected = {
        name: list(inspect.signature(method).parameters)
        for name, method in vars(protocol.ExtensionBuilder).items()
        if inspect.isfunction(method) and method.__module__ == protocol.__name__
    }
    optional = {"get_requires": ["self", "target"], "get_sdist_files": ["self"]}
    assert {**expected, **optional} == methods


def test_names_of_this_draft() -> None:
    """Group, table, reserved names and the longest name are those of the code."""
    assert f"`{protocol.GROUP}`" in TEXT
    assert f"`[[{'.'.join(map(str, tables.TABLES))}]]`" in TEXT
    assert f"At most {tables.LONGEST_NAME} ASCII letters" in TEXT
    [line] = [each for each in TEXT.split("\n") if each.endswith("are reserved.")]
    assert sorted(tables.RESERVED) == sorted(re.findall(r"`(\w+)`", line))
