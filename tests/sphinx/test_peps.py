"""The board of standards, made from dated data."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "data" / "peps.toml").read_text("utf-8")
ENTRY = """
[[pep]]
number = 9999
topic = "Eggs in `spam`"
status = "Draft"
date = "2026-08"
means = "Write `eggs`."
pages = ["there", "nowhere"]
"""
ROW = f"known = 2026-08-22{ENTRY}"


@pytest.fixture
def peps(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    return importlib.import_module("trigpoint_peps")


def test_the_board_is_sorted_by_status_and_number(peps: ModuleType) -> None:
    """What is done comes first, and what comes to nothing last; each says what to do."""
    known, found = peps.load(TEXT)
    order = list(peps.STATUSES)
    places = [(order.index(each.status), each.number) for each in found]
    assert sorted(places) == places
    assert len(found) > 30
    assert [] == [each.number for each in found if each.means[-1] != "." or not each.topic]
    assert "2026-08-22" == str(known)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('status = "Draft"', 'status = "Done"', "the status 'Done'"),
        ('date = "2026-08"', 'date = "2026-13"', "the date '2026-13'"),
        ('date = "2026-08"', 'date = "2026-08-23"', "later than 2026-08-22"),
        ('date = "2026-08"', 'dated = "2026-08"', "has dated"),
        (ENTRY, ENTRY * 2, "twice"),
    ],
)
def test_wrong_data_stops_the_build(peps: ModuleType, old: str, new: str, said: str) -> None:
    """A status, a date or a key that means nothing is an error that names the standard."""
    assert peps.load(ROW)[1]
    with pytest.raises(ValueError, match=f"PEP 9999.*{said}"):
        peps.load(ROW.replace(old, new, 1))


def test_the_page_shows_dates_words_and_the_pages_that_are_there(
    build: Callable[..., Any], peps: ModuleType, tmp_path: Path
) -> None:
    """Code is code, the day is printed, and a page that this build has not is left out."""
    data = tmp_path / "source" / "data"
    data.mkdir(parents=True)
    (data / "peps.toml").write_text(ROW, "utf-8")
    app = build(
        {"index": ".. pep-board::", "there": "Words."},
        confoverrides={"extensions": ["trigpoint_peps"]},
    )
    html = (app.outdir / "index.html").read_text("utf-8")
    assert "" == app.warning.getvalue()
    assert "As of 2026-08-22." in html
    assert 'href="https://peps.python.org/pep-9999/"' in html
    assert re.search(r"Write <code[^>]*><span class=\"pre\">eggs</span></code>\.", html)
    assert ["there.html"] == re.findall(r'href="(\w+\.html)"><span class="doc">', html)


def test_pages_of_the_board_exist(peps: ModuleType) -> None:
    """No standard leads to a page that was renamed: such a link would be left out in silence."""
    named = {page for each in peps.load(TEXT)[1] for page in each.pages}
    assert len(named) > 10
    assert [] == sorted(page for page in named if not (DOCS / f"{page}.md").is_file())
