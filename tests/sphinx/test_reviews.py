"""The page of checks, and badges that lead there and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trigpoint.projects.review.table import ALL, FAMILIES

EXTENSIONS = str(Path(__file__).parents[2] / "docs" / "_ext")
WITH_REVIEWS = {"extensions": ["trigpoint.sphinx", "trigpoint_reviews"]}


@pytest.fixture(autouse=True)
def extensions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the site's own extensions importable."""
    monkeypatch.syspath_prepend(EXTENSIONS)


def test_every_check_has_an_entry(build: Callable[..., Any]) -> None:
    """With its claim, its source and an address, family by family."""
    app = build({"index": ".. review-checks::\n"}, confoverrides=WITH_REVIEWS)
    page = (app.outdir / "index.html").read_text("utf-8")
    assert all(f'id="check-{check.code}"' in page for check in ALL)
    assert all(check.rule.url in page for check in ALL)
    assert all(f'id="{key}"' in page for key in FAMILIES)
    assert "Mentioned in" not in page


def test_badges_lead_there_and_back(build: Callable[..., Any]) -> None:
    """A guide shows the code, and the entry names the guide with the section, as findings do."""
    code = "review-yaml"
    pages = {
        "index": f".. review-checks::\n\n.. findings:: {code.partition('-')[0]}\n",
        "guide": f"See :check:`{code}`.",
        "other": f"One.\n\nDeeper\n------\n\nSee :check:`{code}` and :check:`{code}`.",
        "third": f"See :finding:`{code}`.",
    }
    app = build(pages, confoverrides=WITH_REVIEWS)
    assert 'href="index.html#check-review-yaml"' in (app.outdir / "guide.html").read_text("utf-8")
    page = (app.outdir / "index.html").read_text("utf-8")
    link = '<a class="reference internal" href="{}">{}</a>'
    places = (
        link.format("guide.html#title", "Title"),
        link.format("other.html#deeper", "Title: Deeper"),
    )
    assert f"Mentioned in: {', '.join(places)}</p>" in page
    # The same rule as a finding has places of its own.
    assert f"Mentioned in: {link.format('third.html#title', 'Title')}</p>" in page
    assert 2 == page.count("Mentioned in")


def test_a_check_that_does_not_exist_is_an_error(build: Callable[..., Any]) -> None:
    """A misspelt code fails the build."""
    app = build({"index": "See :check:`review-yam`."}, confoverrides=WITH_REVIEWS)
    assert "no check has the code 'review-yam'" in app.warning.getvalue()


def test_a_badge_that_leads_nowhere_is_a_warning(build: Callable[..., Any]) -> None:
    """This site has the list of checks, so that one without it is a mistake."""
    app = build({"index": "See :check:`review-yaml`."}, confoverrides=WITH_REVIEWS)
    assert "undefined label: 'check-review-yaml'" in app.warning.getvalue()
