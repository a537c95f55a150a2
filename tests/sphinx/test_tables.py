"""The evidence tables of this site lead from every cell to the recorded run."""

from __future__ import annotations

import importlib
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trigpoint.installers import CASES, RECORD, TOOLS
from trigpoint.installers.backends import BACKENDS, FEATURES
from trigpoint.metadata import FIELDS
from trigpoint.projects.review.checks.floors import FLOORS
from trigpoint.projects.templates import verified

EXTENSIONS = str(Path(__file__).parents[2] / "docs" / "_ext")
WITH_TABLES = {"extensions": ["trigpoint.sphinx", "trigpoint_tables"]}


@pytest.fixture(autouse=True)
def extensions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the site's own extensions importable."""
    monkeypatch.syspath_prepend(EXTENSIONS)


def page(build: Callable[..., Any], text: str, name: str = "index") -> str:
    app = build({"index": "Start.", name: text}, confoverrides=WITH_TABLES)
    return str((app.outdir / f"{name}.html").read_text("utf-8"))


@pytest.mark.repeats
def test_every_cell_leads_to_a_case_on_the_page(build: Callable[..., Any]) -> None:
    """There is a cell, or a part of one, for each tool and case, and each link has its target."""
    html = page(build, ".. installer-matrix::\n\n.. installer-cases::\n")
    targets = re.findall(r'id="(case-[^"]+)"', html)
    cells = re.findall(
        r'<td class="[^"]*"(?: colspan="(\d+)")? [^>]*data-verdict="[^"]+"><a href="#(case-[^"]+)"',
        html,
    )
    assert len(CASES) == len(targets) == len(set(targets))
    assert len(CASES) * len(TOOLS) == sum(int(span or 1) for span, _ in cells)
    assert set(targets) == {target for _, target in cells}


def test_neighbours_of_one_tool_that_do_the_same_share_a_cell(build: Callable[..., Any]) -> None:
    """Its title names them all; no two cells side by side say the same of one tool."""
    html = page(build, ".. installer-matrix::\n")
    for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL):
        told = re.findall(r'<td [^>]*><a [^>]*title="([a-z ]+) \d[^"]*">([^<]*)</a>', row)
        assert [] == [one for one, other in itertools.pairwise(told) if one == other]
    newest, *_, oldest = (name for name in reversed(list(RECORD.tools)) if name.startswith("pip "))
    number = newest.partition(" ")[2]
    assert re.search(rf'colspan="\d+" [^>]*><a [^>]*title="{oldest} to {number} \w+"', html)


@pytest.mark.repeats
def test_rows_have_the_names_that_cases_have_elsewhere(build: Callable[..., Any]) -> None:
    """Links to cases of the time when they stood on the page of the table still find a place."""
    app = build(
        {
            "index": ".. installer-matrix::\n   :page: cases\n",
            "cases": ".. installer-cases::\n",
        },
        confoverrides=WITH_TABLES,
    )
    table = (app.outdir / "index.html").read_text("utf-8")
    rows = re.findall(r'<tr id="(case-[^"]+)"><th scope="row"><a href="([^"]+)"', table)
    assert len(CASES) == len(rows)
    assert [] == [(name, target) for name, target in rows if target != f"cases.html#{name}"]


def test_newest_tools_and_disagreements_come_first(build: Callable[..., Any]) -> None:
    """The columns begin with the newest pip; cases in which all tools agree are folded."""
    html = page(build, ".. installer-matrix::\n")
    first, folded, same = html.partition('<details class="tp-same">')
    assert folded
    newest = [name for name in RECORD.tools if name.startswith("pip ")][-1]
    [head] = re.findall(r"<thead>(.*?)</thead>", first, re.DOTALL)
    heads = [re.sub("<[^>]*>", "", each) for each in re.findall(r"<th .*?</th>", head)]
    assert newest == heads[1]
    apart, alike = (
        [
            set(re.findall(r'data-verdict="([^"]+)"', row)) - {"not recorded"}
            for row in re.findall(r"<tr>(.*?)</tr>", part, re.DOTALL)
            if "data-verdict" in row
        ]
        for part in (first, same)
    )
    assert len(CASES) == len(apart) + len(alike)
    assert f"{len(alike)} cases in which all tools do the same" in same
    assert all(len(each) == 1 or each == {"installs", "accepts"} for each in alike)
    assert any(len(each) > 1 for each in apart)


@pytest.mark.repeats
def test_a_case_tells_what_is_remarkable_first(build: Callable[..., Any]) -> None:
    """The outcomes below a case end with what most tools do, and name the newest version last."""
    html = page(build, ".. installer-cases::\n")
    assert re.search(r"<strong>pip [\d.]+ to 26\.3</strong>", html)


def test_chosen_cases_lead_to_the_page_that_has_them(build: Callable[..., Any]) -> None:
    """A small table names its cases and tools, and says where the runs are."""
    case, tool = next(iter(RECORD.outcomes))
    html = page(
        build, f".. installer-matrix:: {case}\n   :tools: {tool}\n   :page: index\n", "small"
    )
    assert [f"index.html#case-{case}"] == re.findall(
        r'data-verdict="[^"]+"><a href="([^"]+)"', html
    )


def test_unknown_case_is_an_error(build: Callable[..., Any]) -> None:
    """A page cannot show evidence that was never recorded."""
    app = build({"index": ".. installer-matrix:: no-such-case\n"}, confoverrides=WITH_TABLES)
    assert "nothing is recorded for no-such-case" in app.warning.getvalue()


def test_every_field_of_the_table_is_explained_below(build: Callable[..., Any]) -> None:
    """The matrix leads to the list, field by field."""
    html = page(build, ".. metadata-field-matrix::\n\n.. metadata-field-list::\n")
    targets = re.findall(r'id="(field-[^"]+)"', html)
    assert len(FIELDS) == len(set(targets))
    assert set(targets) == set(re.findall(r'href="#(field-[^"]+)"', html)) & set(targets)
    assert len(FIELDS) == len(set(re.findall(r'<th scope="row"><a href="#(field-[^"]+)"', html)))


def test_files_are_added_only_where_tables_are(build: Callable[..., Any]) -> None:
    """Other pages do not load the filter."""
    app = build(
        {"index": "Start.", "fields": ".. metadata-field-matrix::\n"}, confoverrides=WITH_TABLES
    )
    held = [
        "filter.js" in (app.outdir / f"{name}.html").read_text("utf-8")
        for name in ("index", "fields")
    ]
    assert [False, True] == held


def cells(html: str) -> list[list[str]]:
    """Return the words of each row of the tables in *html*."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [
        [re.sub("<[^>]*>", "", each) for each in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def test_floors_of_the_named_features(build: Callable[..., Any]) -> None:
    """Only what a page names is shown, in its order; without names it is everything."""
    head, *rows = cells(page(build, ".. backend-floors:: license-files project\n"))
    assert [FEATURES["license-files"], FEATURES["project"]] == [row[0] for row in rows]
    named = dict(zip(head, rows[0], strict=True))
    floor = BACKENDS["flit-core"].floor("license-files")
    assert floor
    assert floor.version == named["flit-core"]
    every = cells(page(build, ".. backend-floors::\n", "every"))
    assert list(FEATURES.values()) == [row[0] for row in every[1:]]


def test_an_unknown_feature_fails_the_build(build: Callable[..., Any]) -> None:
    """A page cannot name a feature that was not recorded."""
    text = ".. backend-floors:: project spam\n"
    app = build({"index": text}, confoverrides=WITH_TABLES)
    assert "no feature is called 'spam'" in app.warning.getvalue()


def test_an_unknown_template_fails_the_build(build: Callable[..., Any]) -> None:
    """Nor can it ask for the proof of a template that there is not."""
    text = ".. template-proofs:: hatchling spam\n"
    app = build({"index": text}, confoverrides={"extensions": ["trigpoint_templates"]})
    assert "there is no template 'spam'" in app.warning.getvalue()


def test_metadata_versions_that_backends_write(build: Callable[..., Any]) -> None:
    """Each row is the newest version of a backend; what it does not write is said in words."""
    _, *rows = cells(page(build, ".. backend-writes::\n"))
    tools = [tool for tool in BACKENDS.values() if "project" in tool.stretches]
    assert [f"{tool.name} {tool.asked[-1]}" for tool in tools] == [row[0] for row in rows]
    found = {row[0].split()[0]: row[1:] for row in rows}
    last = {key: each[-1].metadata for key, each in BACKENDS["pdm-backend"].stretches.items()}
    assert [last["project"], last["license-expression"], last["import-names"]] == found[
        "pdm-backend"
    ]
    assert "refused" == found["setuptools"][2]
    assert "not in METADATA" == found["poetry-core"][2]


def test_proofs_of_templates(build: Callable[..., Any]) -> None:
    """The named templates, each with the day and the tools of its proof."""
    text = ".. template-proofs:: flit-core hatchling\n"
    extensions = {"extensions": ["trigpoint_templates"]}
    app = build({"index": text}, confoverrides=extensions)
    html = re.sub("<[^>]*>", "", (app.outdir / "index.html").read_text("utf-8"))
    stamp = verified()["flit-core"]
    assert f"flit-core: Verified on {stamp.date} with Python {stamp.python}" in html
    assert html.index("flit-core: ") < html.index("hatchling: ")
    assert "setuptools: " not in html


def test_pages_count_what_there_is(build: Callable[..., Any]) -> None:
    """A number on a page is that of the data; a name that counts nothing is an error."""
    html = page(build, ":count:`cases` of :count:`outcomes`")
    assert f"{len(CASES)} of {len(RECORD.outcomes):,}" in html
    app = build({"index": ":count:`eggs`"}, confoverrides=WITH_TABLES)
    assert "nothing counts 'eggs'" in app.warning.getvalue()


def test_every_count_is_of_something(build: Callable[..., Any]) -> None:
    """Nothing that a page is proud of is empty."""
    tables = importlib.import_module("trigpoint_tables")
    assert [] == [name for name, count in tables.COUNTS.items() if count() < 3]


def test_every_tool_floor_is_shown(build: Callable[..., Any]) -> None:
    """Each with the feature that needs it, the version and where that was written."""
    html = page(build, ".. tool-floors::\n")
    shown = [
        re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", row)).strip()
        for row in re.findall(r"<tr .*?</tr>", html, re.DOTALL)
    ]
    wanted = [f"{each.tool} {each.feature} {each.version} {each.source}" for each in FLOORS]
    assert ["Tool Feature From Source", *sorted(wanted)] == shown
