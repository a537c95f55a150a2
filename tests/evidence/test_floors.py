"""How the floors of tools are tried; the session ``evidence -- --floors`` tries them."""

from __future__ import annotations

import doctest

import pytest

from trigpoint.projects.review.checks.floors import FLOORS, ToolFloor
from trigpoint.versions import version

from . import floors


def test_every_floor_is_tried_or_recorded() -> None:
    """A new row of the review's table gets a probe, and no tool two, since one speaks for one feature."""
    tried = [each.tool for each in FLOORS if each.tool not in floors.RECORDED]
    assert sorted(floors.PROBES) == sorted(tried)


@pytest.mark.parametrize(
    "floor", [pytest.param(each, id=each.tool) for each in FLOORS if each.tool in floors.PROBES]
)
def test_the_release_before_is_older(floor: ToolFloor) -> None:
    """Otherwise that it lacks the feature would say nothing."""
    before, at = (version(each) for each in (floors.PROBES[floor.tool].before, floor.version))
    assert before < at


@pytest.mark.parametrize(
    ("with_it", "without", "expected"),
    [
        ("('pytest',)", "AttributeError: no attribute 'dependency_groups'", ""),
        ("AttributeError", "AttributeError", "nox 2025.2.9 has no nox.project.dependency_groups"),
        (
            "('pytest',)",
            "('pytest',)",
            "nox 2024.10.9 has nox.project.dependency_groups already",
        ),
    ],
)
def test_what_is_wrong_with_a_floor(with_it: str, without: str, expected: str) -> None:
    """Too low and too high are told apart, and name the release."""
    [floor] = [each for each in FLOORS if each.tool == "nox"]
    assert expected == floors.verdict(floor, with_it, without)


def test_examples() -> None:
    """What the docstrings show is so."""
    assert 0 == doctest.testmod(floors).failed
