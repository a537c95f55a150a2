"""The page of benchmarks shows what was measured last, or what is kept."""

from __future__ import annotations

import dataclasses
import importlib
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.benchkit import faster, late, under
from tests.benchkit.figures import Spread, Verdict
from tests.benchkit.machine import Machine
from tests.benchkit.results import Result, Row, Suite, from_json, to_json
from tests.benchmarks import SUITES

DOCS = Path(__file__).parents[2] / "docs"
KEPT = DOCS / "data" / "benchmarks"


def row(name: str, ratio: float | None = None, **fields: Any) -> Row:
    """Return a row in which everything is sure."""
    found = None if ratio is None else Spread(ratio, ratio, ratio)
    usual = Row(name, Spread(0.5, 0.5, 0.5), None, found, None, Verdict.NONE, 7, 0, 0)
    return dataclasses.replace(usual, **fields)


PARSE = Result(
    "parse <fast>",
    "marker",
    "trigpoint",
    10,
    (
        row("trigpoint", bar=late(1), verdict=Verdict.MET, late=0.75),
        row("slow & steady", 20.0, bar=faster(2), verdict=Verdict.MET),
        row("quick", 0.5),
    ),
    ("quick is wrong",),
    ("something was left out",),
)
SUITE = Suite(
    "markers",
    "Markers",
    "2026-01-02",
    "abc1234",
    "By the processor.",
    Machine("Some processor", 2, "Linux x86_64", "CPython 3.13.0", None),
    {"trigpoint": "1.0"},
    (PARSE,),
)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import the site's extension."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    return importlib.import_module("trigpoint_benchmarks")


def write(folder: Path, *suites: Suite) -> Path:
    """Write results as a run does."""
    folder.mkdir()
    for suite in suites:
        (folder / f"{suite.suite}.json").write_text(json.dumps(to_json(suite)), "utf-8")
    return folder


def test_what_was_measured_here_comes_first(page: ModuleType, tmp_path: Path) -> None:
    """A suite without results of its own shows those that are kept."""
    old = dataclasses.replace(SUITE, date="2025-01-01")
    start = dataclasses.replace(old, suite="start")
    here, kept = write(tmp_path / "here", SUITE), write(tmp_path / "kept", old, start)
    assert [SUITE, start] == page.found([here, kept])
    assert [old, start] == page.found([tmp_path / "nowhere", kept])


@pytest.mark.parametrize("text", ["{", "{}", '{"schema": 1}', '{"schema": 1, "machine": 2}'])
def test_other_results_are_passed_over(page: ModuleType, tmp_path: Path, text: str) -> None:
    """Files that another version wrote break no build."""
    here = write(tmp_path / "here", SUITE)
    (here / "algebra.json").write_text(text, "utf-8")
    assert [SUITE] == page.found([here])


def test_rows_of_the_chart(page: ModuleType) -> None:
    """Where there are bars for ratios, only what has one is drawn; without any bar, all peers."""
    free = dataclasses.replace(PARSE, rows=(row("trigpoint"), row("quick", 0.5)))
    timed = dataclasses.replace(
        PARSE, rows=(row("trigpoint", bar=under(1)), row("more", 3.0, bar=under(1)))
    )
    assert ["slow & steady"] == [each.contender for each in page.charted(PARSE)]
    assert ["quick"] == [each.contender for each in page.charted(free)]
    assert [] == page.charted(timed)


@pytest.mark.parametrize("narrow", [False, True])
def test_the_chart_has_room_for_all(page: ModuleType, narrow: bool) -> None:
    """Every bar is in the picture, a faster peer to the left of one, a slower to the right."""
    free = dataclasses.replace(PARSE, rows=(row("trigpoint"), row("quick", 0.05), row("slow", 300)))
    suite = dataclasses.replace(SUITE, results=(PARSE, free))
    drawing = ET.fromstring(str(page.chart(suite, narrow=narrow)))
    _, _, width, height = map(float, drawing.attrib["viewBox"].split())
    for shape in drawing:
        assert all(0 <= float(shape.get(name, 0)) <= width for name in ("x", "x1", "x2"))
        assert all(0 <= float(shape.get(name, 0)) <= height for name in ("y", "y1", "y2"))
    lines = {
        name: [each for each in drawing.iter("line") if each.get("class") == name]
        for name in ("tp-one", "tp-axis", "tp-goal")
    }
    [one] = [float(each.attrib["x1"]) for each in lines["tp-one"]]
    bars = [
        (float(each.attrib["x"]), float(each.attrib["x"]) + float(each.attrib["width"]))
        for each in drawing.iter("rect")
    ]
    steady, quick, slow = bars
    assert one == pytest.approx(steady[0], abs=0.2) == pytest.approx(slow[0], abs=0.2)
    assert one == pytest.approx(quick[1], abs=0.2)
    assert quick[0] < one < steady[1] < slow[1] < width
    [goal] = lines["tp-goal"]
    assert one < float(goal.attrib["x1"]) < steady[1]
    texts = [each.text for each in drawing.iter("text")]
    # A phone shows the letters in their full size.
    assert (width <= 288) is narrow
    assert {"0.01x", "0.1x", "1x", "10x", "100x", "1000x", "20.0x"} < set(texts)


def test_no_chart_without_ratios(page: ModuleType) -> None:
    """A suite of ours alone is a table."""
    alone = dataclasses.replace(PARSE, rows=(row("trigpoint"),))
    assert page.chart(dataclasses.replace(SUITE, results=(alone,))) is None


def test_the_page(page: ModuleType, build: Callable[..., Any], tmp_path: Path) -> None:
    """It says when and on what, draws, lists, and tells what failed, all escaped."""
    folder = write(tmp_path / "here", SUITE)
    app = build(
        {"index": ".. benchmarks::\n"},
        confoverrides={
            "extensions": ["trigpoint.sphinx", "trigpoint_site"],
            "trigpoint_benchmarks": [str(folder)],
        },
    )
    html = (app.outdir / "index.html").read_text("utf-8")
    assert "Measured on 2026-01-02 at commit abc1234: CPython 3.13.0, Linux x86_64" in html
    assert '<svg class="tp-chart tp-wide"' in html
    assert '<svg class="tp-chart tp-narrow"' in html
    assert "parse &lt;fast&gt;: slow &amp; steady" in html
    assert "at least 2x (met)" in html
    assert "500 ms, 95 of 100 in 750 ms" in html
    assert "parse &lt;fast&gt;: quick is wrong" in html


def test_the_page_without_results(page: ModuleType, build: Callable[..., Any]) -> None:
    """It says how to get some."""
    app = build(
        {"index": ".. benchmarks::\n"},
        confoverrides={"extensions": ["trigpoint.sphinx", "trigpoint_site"]},
    )
    assert "run nox -s bench" in (app.outdir / "index.html").read_text("utf-8")


@pytest.mark.parametrize("name", SUITES)
def test_results_are_kept(name: str) -> None:
    """The repository holds a run of every suite, without failures or names of folders."""
    text = (KEPT / f"{name}.json").read_text("utf-8")
    suite = from_json(json.loads(text))
    assert name == suite.suite
    assert [] == [each for result in suite.results for each in result.failures]
    assert "/home" not in text
    assert "/root" not in text
