"""How the extensions lab answers: a plan of the text alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from trigpoint.catalogue import report
from trigpoint.extensions.explain import Explanation, Row, explain
from trigpoint.extensions.registry import announced
from trigpoint.extensions.tables import TABLES, KeyPath
from trigpoint.extensions.words import step, summary
from trigpoint.findings import Finding, Fix, without_mark
from trigpoint.labs.extensions.data import (
    DEFAULT_TARGET,
    MOST_TEXT,
    TARGETS,
    ExtensionsRequest,
    ExtensionsResponse,
    OutputRow,
    PlanRow,
)
from trigpoint.metadata.project.toml import positions

__all__ = ["answer", "places", "respond"]


def places(text: str) -> Mapping[KeyPath, tuple[int, int]]:
    """Return where each key and list item of *text* is, a TOML document.

    >>> places('a = ["x"]')["a", 0]
    (5, 8)
    """
    return {
        path: (each.key_start, each.key_end) for path, each in positions(without_mark(text)).items()
    }


def answer(request: ExtensionsRequest) -> ExtensionsResponse:
    """Answer *request*; what a reader typed never raises."""
    findings: list[Finding] = []
    target = request.target or DEFAULT_TARGET
    if target not in TARGETS:
        fix = Fix(f"choose one of {', '.join(TARGETS)}")
        findings.append(report("request-field", f"target cannot be {target[:100]!r}", None, fix))
        target = DEFAULT_TARGET
    text = request.text
    if len(text) > MOST_TEXT:
        message = f"the text has {len(text):,} letters, and {MOST_TEXT:,} are read"
        fix = Fix("leave out what is not about extensions")
        findings.append(report("request-field", message, None, fix))
        text = ""
    selected = {"extensions": request.select} if request.select.strip() else {}
    # Builders of other distributions are not in a page, so they count nowhere.
    found = explain(text, TARGETS[target], settings=selected, registry=announced([]), places=places)
    response = respond(found, text, target, findings)
    return replace(response, empty=not request.text.strip())


def respond(
    found: Explanation, text: str, target: str, findings: Sequence[Finding] = ()
) -> ExtensionsResponse:
    """Return *found*, the plan of *text* for *target*, as the lab tells it.

    *findings* are about something else than the text.
    """
    readable = not any(each.code == "metadata-toml" for each in found.findings) and not findings
    where = places(text) if readable and found.rows else {}
    return ExtensionsResponse(
        empty=not text.strip(),
        readable=readable,
        target=target,
        rows=tuple(_row(each, where) for each in found.rows),
        requires=found.requires,
        tag=found.tag,
        said=summary(found),
        findings=(*found.findings, *findings),
    )


def _row(row: Row, where: Mapping[KeyPath, tuple[int, int]]) -> PlanRow:
    start, end = where.get((*TABLES, row.index), (-1, -1))
    return PlanRow(
        row.name,
        row.builder,
        row.step,
        step(row),
        row.depends_on,
        row.requires,
        row.usable,
        row.outputs is not None,
        tuple(OutputRow(each.path, each.scheme) for each in row.outputs or ()),
        row.tag,
        row.sources,
        start,
        end,
    )
