"""Whole [project] tables, word for word: the fields that they become, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trigpoint.metadata import from_project_table

from .test_project import CASES, HEAD

DYNAMIC = (
    "version description requires-python readme keywords license license-files authors"
    " maintainers classifiers urls dependencies optional-dependencies import-names"
    " import-namespaces scripts gui-scripts entry-points default-optional-dependency-keys"
)

MORE = [
    HEAD + f"dynamic = {DYNAMIC.split()}\n",
    HEAD + "dynamic = ['Versions', 'dynamic', 1]\n",
    HEAD + "dynamic = 'version'\n",
    HEAD + "authors = []\nurls = {}\nscripts = {}\nlicense-files = []\ndescription = ''\n"
    "readme = 'R.md'\nrequires-python = ''\nclassifiers = []\nimport-names = []\n"
    "dynamic = ['authors', 'urls', 'scripts', 'license-files', 'description', 'readme',"
    " 'requires-python', 'classifiers', 'import-names']\n",
    *(
        HEAD + f"{key} = {value}\n"
        for key in ("name2", "description", "readme", "license", "authors", "keywords", "urls")
        for value in ("1", "1.5", "true", "[1]", "{ a = 1 }", "2020-02-02", "'x'")
    ),
    HEAD + "license-files = ['/a', 'a\\b', 'a/../b', 'a..b', 'L*', 'L?', 'L[a]', 'plain']\n",
    HEAD + "readme = 'docs/READ.ME'\n",
    HEAD + "readme = 'docs.d/README'\n",
    HEAD + "readme = 'R.TXT'\n",
    HEAD + "readme = { file = 'R', content-type = 'text/x-rst' }\n",
    HEAD + "readme = { text = 'Words' }\n",
    HEAD + "readme = { content-type = 'text/plain' }\n",
    HEAD + "readme = { text = 'Words', file = 'R', content-type = 'text/plain', x = 1 }\n",
    HEAD + "license = { text = 'Words', file = 'L' }\n",
    HEAD + "license = { text = 1 }\n",
    HEAD + "authors = [{ name = 'A', email = 'a@x.org' }, { name = 'B' }, { name = 'C' }, 1]\n",
    HEAD + "authors = [{ email = 'a b@x.org' }, { email = '<a@x.org>' }, { email = 'a@x,' }]\n",
    HEAD + "maintainers = [{ email = 1 }, { name = '', nick = 'n' }]\n",
    HEAD + "urls.Home = 'https://x.org'\nurls.Docs = 1\n",
    HEAD + "import-names = ['a', 'b ; private']\nimport-namespaces = []\n",
    HEAD + "default-optional-dependency-keys = ['a']\noptional-dependencies.a = ['x']\n",
    HEAD + "optional-dependencies.'a b' = ['x']\noptional-dependencies.c = 'x'\n",
    HEAD
    + "[project.optional-dependencies]\nA_b = ['x', 'y >=1', ' z;os_name==\"a\"', 'w;', '!!',\n"
    "  'v @ https://x', 'u; a or b', \"t; os_name == 'floor'\", 1]\n",
    HEAD + "scripts = { a = 'b:c', d = 'e.f : g.h [x]', i = '1:2', j = 'k', l = ':m', n = 1 }\n",
    HEAD + "[project.entry-points.console_scripts]\na = 'b'\n"
    "[project.entry-points.gui_scripts]\nc = '???'\n[project.entry-points]\nd = 1\n",
    HEAD + f"{'k' * 60} = 1\n{'authorss'} = 1\nRequires_Python = 1\n",
    "project = { name = 'x' }\n[tool.x]\n",
    "x = 1979-05-27 07:99\n",
    f"a = '{'é' * 3}'\nb = = 1\n",
    f"a = {'9' * 700}\n",
    HEAD + "dependencies = [\"\"\"y >> 1\"\"\", '', \"z >> \\u0031\", '''w\n>> 1''']\n",
]


def texts() -> list[str]:
    """Return all cases once, without those that are long."""
    return [text for text in dict.fromkeys([*(c[0] for c in CASES), *MORE]) if len(text) < 900]


def told(text: str) -> Iterator[str]:
    """Return what is said, with the text that it is about, and the document."""
    document = from_project_table(text)
    for each in document.findings():
        span = each.span
        marked = f"{span.line} {text[span.start : span.end]!r}" if span else "-"
        fix = each.fix and (each.fix.message, each.fix.replacement)
        yield f"{each.code} {marked}: {each.message!r}, {fix}"
    yield from (f"| {line}" for line in str(document).splitlines())


def test_tables(record: Callable[[str, list[str]], None]) -> None:
    """A table becomes what the record says."""
    record("tables.txt", [line for text in texts() for line in (f"== {text!r}", *told(text))])


def test_what_files_hold() -> None:
    """What a function reads is in the document; what it does not find is said."""
    text = (
        HEAD + "readme = 'R.rst'\nlicense = { file = 'L' }\nlicense-files = ['L*', 'N*', 'plain']\n"
    )
    document = from_project_table(
        text,
        read_file={"R.rst": "Words\n", "L": "Terms"}.get,
        license_files=lambda pattern: ["L1", "L2"] if pattern == "L*" else [],
    )
    assert ["Words\n"] == document["Description"]
    assert ["text/x-rst"] == document["Description-Content-Type"]
    assert (["Terms"], ["L1", "L2"]) == (document["License"], document["License-File"])
    assert ["no file matches 'N*'", "no file matches 'plain'"] == [
        each.message for each in document.findings() if "matches" in each.message
    ]
    document = from_project_table(text, read_file=lambda path: None)
    assert [
        "the description is in R.rst, which is not read here",
        "the license is in L, which is not read here",
    ] == [each.message for each in document.findings() if "not read" in each.message]
