"""Requests that bring what excludes each other."""

from __future__ import annotations

import pytest

from trigpoint.extras import requirements
from trigpoint.findings import Finding
from trigpoint.metadata import read

TEXT = """\
Metadata-Version: 2.4
Name: pkg
Version: 1
Provides-Extra: cpu
Provides-Extra: gpu
Provides-Extra: all
Requires-Dist: torch>=2
Requires-Dist: torch==2.2.1+cpu; extra == "cpu"
Requires-Dist: torch==2.2.1+cu118; extra == "gpu" and sys_platform == "linux"
Requires-Dist: pkg[cpu,gpu]; extra == "all"
"""


def told(request: str, environment: str = "cpython-3.13-linux-x86_64") -> list[Finding]:
    """Return the conflicts that *request* brings."""
    found = requirements(read(TEXT), request, environment).findings
    return [each for each in found if each.code == "extra-conflict"]


def test_a_request_for_both_is_an_error() -> None:
    """It names both requirements, and what was asked for."""
    [finding] = told("pkg[cpu,gpu]")
    assert "error" == finding.severity.value
    assert (
        "no torch is both what torch==2.2.1+cu118 and what torch==2.2.1+cpu (line 8) allow, "
        "and pkg[cpu,gpu] asks for both here"
    ) == finding.message
    assert finding.span is not None
    assert (9, 16) == (finding.span.line, finding.span.column)


@pytest.mark.parametrize("request_", ["pkg", "pkg[cpu]", "pkg[gpu]"])
def test_each_alone_is_none(request_: str) -> None:
    """What everybody gets fits both."""
    assert [] == told(request_)


def test_references_and_several_requests_count() -> None:
    """However both come, and only where both do."""
    assert "pkg[all] asks for both" in told("pkg[all]")[0].message
    assert "pkg[cpu] and pkg[gpu] asks for both" in told("pkg[cpu]\npkg[gpu]")[0].message
    assert [] == told("pkg[cpu,gpu]", "cpython-3.13-windows-x64")


def test_without_places() -> None:
    """A mapping has no lines."""
    document = {"Name": ["pkg"], "Requires-Dist": ["a==1", "a==2"]}
    [finding] = [
        each for each in requirements(document, "pkg", {}).findings if each.code == "extra-conflict"
    ]
    assert (
        "no a is both what a==2 and what a==1 allow, and pkg asks for both here" == finding.message
    )
    assert finding.span is None
