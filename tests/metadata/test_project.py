"""Metadata out of a [project] table, with places in the TOML text."""

from __future__ import annotations

from typing import Any

import pytest

from trigpoint.findings import apply_fix
from trigpoint.metadata import from_project_table

HEAD = '[project]\nname = "spam"\nversion = "1"\n'


def found(text: str, **options: Any) -> list[tuple[str, tuple[int, int] | None]]:
    return [
        (finding.code, (finding.span.line, finding.span.column) if finding.span else None)
        for finding in from_project_table(text, **options).findings()
    ]


def fields(text: str, **options: Any) -> list[str]:
    return str(from_project_table(text, **options)).splitlines()[3:]


def test_whole_table() -> None:
    """Every key becomes its fields, in the order of the table of fields."""
    text = """
[project]
name = "spam"
version = "1.0"
description = "A summary"
readme = "README.md"
requires-python = ">=3.11"
license = "MIT"
license-files = ["LICENSE"]
authors = [{ name = "Jane" }, { name = "Doe, J", email = "d@x.org" }, { email = "e@x.org" }]
maintainers = [{ name = "Bob", email = "b@x.org" }]
keywords = ["a", "b"]
classifiers = ["Framework :: Django"]
dependencies = ["y >= 1"]
import-names = ["spam"]
import-namespaces = ["eggs; private"]
dynamic = ["urls"]
[project.optional-dependencies]
Cli_X = ["z", "w; os_name == 'nt'", "v; os_name == 'nt' or os_name == 'java'",
  "u @ https://x.org/u"]
[project.scripts]
spam = "spam:main"
[project.entry-points.group]
point = "spam.plugin"
"""
    document = from_project_table(text, read_file=lambda path: f"From {path}")
    assert (
        str(document)
        == """Metadata-Version: 2.5
Name: spam
Version: 1.0
Dynamic: Project-URL
Summary: A summary
Description-Content-Type: text/markdown
Keywords: a,b
Author: Jane
Author-email: "Doe, J" <d@x.org>, e@x.org
Maintainer-email: Bob <b@x.org>
License-Expression: MIT
License-File: LICENSE
Classifier: Framework :: Django
Requires-Dist: y >= 1
Requires-Dist: z; extra == "cli-x"
Requires-Dist: w; os_name == 'nt' and extra == "cli-x"
Requires-Dist: v; (os_name == 'nt' or os_name == 'java') and extra == "cli-x"
Requires-Dist: u @ https://x.org/u ; extra == "cli-x"
Requires-Python: >=3.11
Provides-Extra: cli-x
Import-Name: spam
Import-Namespace: eggs; private

From README.md"""
    )
    assert [finding.code for finding in document.findings()] == [
        "metadata-project-person",
        "metadata-direct-reference",
    ]


CASES = [
    ("a = ", "metadata-toml", (1, 5)),
    ("[project]\r\nname = 'x'\r\nversion = \r\n", "metadata-toml", (3, 11)),
    ("a = " + "[" * 10_000, "metadata-toml", (1, 104)),
    ("", "metadata-project-missing", None),
    ("project = 1", "metadata-project-missing", (1, 11)),
    (HEAD + "colour = 1\n", "metadata-project-key", (4, 1)),
    (HEAD + "default-optional-dependency-keys = []\n", "metadata-project-proposed", (4, 1)),
    (HEAD + "description = 1\n", "metadata-project-type", (4, 15)),
    (HEAD + "keywords = ['a', 2]\n", "metadata-project-type", (4, 18)),
    (HEAD + "classifiers = 'A'\n", "metadata-project-type", (4, 15)),
    (HEAD + "urls = []\n", "metadata-project-type", (4, 8)),
    (HEAD + "urls = { 'a,b' = 'https://x' }\n", "metadata-project-type", (4, 10)),
    (HEAD + "keywords = ['a,b']\n", "metadata-project-type", (4, 13)),
    (HEAD + "readme = 1\n", "metadata-project-type", (4, 10)),
    (HEAD + "license = 1979-05-27\n", "metadata-project-type", (4, 11)),
    (HEAD + "license = {}\n", "metadata-project-type", (4, 11)),
    (HEAD + "authors = 'me'\n", "metadata-project-type", (4, 11)),
    (HEAD + "authors = ['me']\n", "metadata-project-type", (4, 12)),
    ("[project]\nversion = '1'\n", "metadata-project-required", (1, 1)),
    ("[project]\nname = 'x'\n", "metadata-project-required", (1, 1)),
    ("[project]\nname = 'x'\nversion = '1'\ndynamic = '1.0'\n", "metadata-project-type", (4, 11)),
    (
        "[project]\nname = 'x'\nversion = '1'\ndynamic = 'readme'\n",
        "metadata-project-type",
        (4, 11),
    ),
    (HEAD + "dynamic = ['colour']\n", "metadata-project-dynamic", (4, 12)),
    (HEAD + "dynamic = ['name']\n", "metadata-project-dynamic", (4, 12)),
    (HEAD + "dynamic = ['version']\n", "metadata-project-dynamic", (4, 12)),
    (HEAD + "dynamic = ['readme', 'readme']\n", "metadata-project-dynamic", (4, 22)),
    (
        HEAD + "dependencies = []\ndynamic = ['dependencies']\n",
        "metadata-project-dynamic-static",
        (5, 12),
    ),
    ("[project]\nname = 'x'\ndynamic = ['version']\n", "metadata-project-version-dynamic", (3, 12)),
    (HEAD + "readme = 'README.md'\n", "metadata-project-file", (4, 10)),
    (HEAD + "license = { file = 'LICENSE' }\n", "metadata-project-file", (4, 20)),
    (HEAD + "license-files = ['LICEN*']\n", "metadata-project-file", (4, 18)),
    (HEAD + "readme = 'README'\n", "metadata-project-readme", (4, 10)),
    (HEAD + "readme = { file = 'a', text = 'b' }\n", "metadata-project-readme", (4, 10)),
    (HEAD + "readme = { colour = 'a' }\n", "metadata-project-readme", (4, 12)),
    (HEAD + "license = { text = 'MIT' }\n", "metadata-project-license", (4, 11)),
    (HEAD + "license-files = ['../x']\n", "metadata-project-license-files", (4, 18)),
    (HEAD + "authors = [{}]\n", "metadata-project-person", (4, 12)),
    (HEAD + "authors = [{ name = 'a, b' }]\n", "metadata-project-person", (4, 21)),
    (HEAD + "authors = [{ email = 'nope' }]\n", "metadata-project-person", (4, 22)),
    (HEAD + "authors = [{ nick = 'a', name = 'b' }]\n", "metadata-project-person", (4, 14)),
    (HEAD + "scripts = { x = 'not a thing' }\n", "metadata-project-entry-point", (4, 17)),
    (HEAD + "scripts = { x = 'spam.cli' }\n", "metadata-project-entry-point", (4, 17)),
    (HEAD + "gui-scripts = { x = 'spam [all]' }\n", "metadata-project-entry-point", (4, 21)),
    (HEAD + "[project.entry-points.console_scripts]\n", "metadata-project-entry-point", (4, 1)),
    (
        HEAD + "[project.optional-dependencies]\na-b = []\na_b = []\n",
        "metadata-extra-clash",
        (6, 1),
    ),
    (HEAD + "[project.optional-dependencies]\n-a = []\n", "metadata-extra-name", (5, 1)),
    (
        HEAD + "[project.urls]\nHomepage = 'https://x.org'\ndependencies = ['y']\n",
        "metadata-project-misplaced",
        (6, 1),
    ),
    # what the fields themselves say, at the place in TOML
    (HEAD.replace("spam", "spam!"), "metadata-name", (2, 9)),
    (HEAD + "requires-python = '>=3.6.*'\n", "metadata-requires-python", (4, 20)),
    (HEAD + "license = 'mit'\n", "metadata-license-spelling", (4, 12)),
    (HEAD + "dependencies = [\n  'y',\n  'z >> 1',\n]\n", "metadata-requirement", (6, 6)),
    (HEAD + "dependencies = ['''z >> 1''']\n", "metadata-requirement", (4, 22)),
    (HEAD + 'dependencies = ["z >> \\u0031"]\n', "metadata-requirement", (4, 17)),
    (HEAD + 'dependencies = ["""\nz >> 1"""]\n', "metadata-requirement", (4, 17)),
    (
        HEAD + "[project.optional-dependencies]\nx = ['y; platform == \"x\"']\n",
        "marker-unknown-variable",
        (5, 10),
    ),
    (
        HEAD
        + '[project.optional-dependencies]\nx = [\' y ; os_name == "x" or platform == "x"\']\n',
        "marker-unknown-variable",
        (5, 30),
    ),
    (HEAD + "urls.Docs = 'nowhere at all'\n", "metadata-url", (4, 14)),
    (HEAD + f"urls.{'x' * 33} = 'https://x.org'\n", "metadata-url-label", (4, 42)),
]


@pytest.mark.parametrize(("text", "code", "place"), CASES)
def test_place(text: str, code: str, place: tuple[int, int] | None) -> None:
    """Each finding is at its line and column of the TOML text."""
    assert (code, place) in found(text)


def test_good_tables_have_nothing_to_say() -> None:
    """A plain table gives no finding at all."""
    assert (
        found(HEAD + "dependencies = ['y>=1']\n[project.optional-dependencies]\nx = ['z']\n") == []
    )
    assert found("[project]\nname = 'x'\ndynamic = ['version']\n") == [
        ("metadata-project-version-dynamic", (3, 12))
    ]


@pytest.mark.parametrize("text", ["", "project = 1", "[project"])
def test_nothing_to_read_is_said_once(text: str) -> None:
    """Without a table there is one finding, not one for each field that is missing."""
    assert len(found(text)) == 1


def test_files_are_read_if_asked() -> None:
    """With readers for files nothing is left open."""
    text = HEAD + "readme = 'R.rst'\nlicense-files = ['L*', 'M*']\nlicense = { file = 'L' }\n"
    files = {"R.rst": "Text\n", "L": "Terms\nmore\n"}
    document = from_project_table(
        text, read_file=files.get, license_files=lambda pattern: ["L"] if pattern == "L*" else []
    )
    assert document["Description"] == ["Text\n"]
    assert document["License"] == ["Terms\nmore\n"]
    assert document["License-File"] == ["L"]
    assert ("metadata-project-license-files", (5, 24)) in [
        (finding.code, (finding.span.line, finding.span.column))
        for finding in document.findings()
        if finding.span
    ]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("", "2.1"),
        ("dynamic = ['readme']\n", "2.2"),
        ("license = 'MIT'\n", "2.4"),
        ("import-names = []\n", "2.5"),
        ("dependencies = []\ndynamic = ['dependencies']\n", "2.6"),
    ],
)
def test_lowest_version(text: str, version: str) -> None:
    """The version is the lowest that the table needs, or the one asked for."""
    assert from_project_table(HEAD + text)["Metadata-Version"] == [version]
    assert from_project_table(HEAD + text, metadata_version="2.3")["Metadata-Version"] == ["2.3"]


def test_fixes_change_the_toml() -> None:
    """A fix replaces text in the TOML, where that text is the value letter by letter."""
    text = HEAD + "requires-python = '>=3.6.*'\n"
    (finding,) = from_project_table(text).findings()
    assert finding.fix is not None
    assert apply_fix(text, finding.fix) == HEAD + "requires-python = '>=3.6'\n"
    escaped = HEAD + 'requires-python = ">=3.6\\u002e*"\n'
    (finding,) = from_project_table(escaped).findings()
    assert finding.fix is not None
    assert apply_fix(escaped, finding.fix) == escaped


def test_a_table_of_readme() -> None:
    """A readme can be written in place, with its type."""
    assert fields(HEAD + "readme = { text = 'Hi', content-type = 'text/plain' }\n") == [
        "Description-Content-Type: text/plain",
        "",
        "Hi",
    ]


@pytest.mark.parametrize(
    ("license_value", "code"),
    [
        ('"MIT"', "metadata-project-dynamic-static"),
        ('{ text = "MIT" }', "metadata-project-dynamic"),
    ],
)
def test_a_license_that_is_dynamic_too(license_value: str, code: str) -> None:
    """A license expression may grow since PEP 808; a license table may not be dynamic too."""
    text = (
        f'[project]\nname = "x"\nversion = "1"\nlicense = {license_value}\ndynamic = ["license"]\n'
    )
    document = from_project_table(text)
    codes = [
        each.code
        for each in document.findings()
        if each.code.startswith("metadata-project-dynamic")
    ]
    assert [code] == codes
    assert ["License-Expression"] == document["Dynamic"]
