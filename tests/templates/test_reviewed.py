"""What a review of templates says, and which of it has a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.projects.review.running import has_plugins
from trigpoint.projects.templates import Answers, render, templates

from .prove import write
from .reviewed import EXCEPTIONS, Exceptional, exceptions, failed_checks, review_faults

KNOWN = {
    "A1": Exceptional("All have it.", None),
    "B2": Exceptional("A script has it.", frozenset({"script"})),
}


@pytest.mark.parametrize(
    ("failed", "told"),
    [
        ({"pure": {"A1": "a"}, "script": {"B2": "b"}}, []),
        ({"pure": {"A1": "a", "B2": "b"}, "script": {"B2": "b"}}, ["pure: B2: b"]),
        ({"pure": {"A1": "a", "C3": "c"}, "script": {"B2": "b"}}, ["pure: C3: c"]),
        ({"pure": {}, "script": {"B2": "b"}}, ["no template: the exception A1 is not needed"]),
        ({"pure": {"A1": "a"}}, ["script: the exception B2 is not needed"]),
    ],
)
def test_each_failure_has_a_reason(failed: dict[str, dict[str, str]], told: list[str]) -> None:
    """A check that fails without a reason is told, and so is a reason without a failure."""
    assert told == list(review_faults(failed, KNOWN, whole=True))


def test_some_templates_need_some_reasons() -> None:
    """Where not all are looked at, a reason may be another's."""
    assert [] == list(review_faults({"pure": {}}, KNOWN, whole=False))


def test_the_list_names_what_there_is() -> None:
    """Templates in the list exist, and each row says why."""
    known = exceptions(EXCEPTIONS.read_text("utf-8"))
    assert set().union(*(each.templates or () for each in known.values())) <= set(templates())
    assert all(each.why.endswith(".") for each in known.values())


def test_a_planted_fault_is_told(tmp_path: Path) -> None:
    """A project that has lost its documentation and its pins fails in that."""
    if not has_plugins():
        pytest.skip("repo-review is not installed")
    files = render(templates()["hatchling"], Answers())
    write({path: each for path, each in files.items() if not path.startswith("docs/")}, tmp_path)
    assert "PY004" in failed_checks(tmp_path)
