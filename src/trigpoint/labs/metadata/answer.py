"""How the metadata lab answers: one view of a document, and what is wrong with it."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import replace
from typing import Any, Final

from trigpoint.catalogue import RULES, report
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order
from trigpoint.installers import Verdict, backends, predict_all
from trigpoint.installers import index as index_rules
from trigpoint.labs.documents import as_text, open_document, source_of
from trigpoint.labs.files import FoundMetadata, Upload, problem_findings
from trigpoint.labs.length import too_long
from trigpoint.labs.metadata.data import (
    CHOICES,
    MOST_LETTERS,
    Because,
    Converted,
    DifferenceRow,
    FieldRow,
    FieldValue,
    MetadataRequest,
    MetadataResponse,
    Rewritten,
    ToolRow,
)
from trigpoint.metadata import (
    LATEST,
    NEXT_MAJOR,
    VERSIONS,
    Document,
    Header,
    convert,
    diff,
    minimum_version,
    read_pyproject,
    to_json,
)
from trigpoint.projects.names import file_name_findings

__all__ = ["answer", "filled"]

MOST_STATED = 400_000
"""Letters of fields, or of a pyproject.toml, that are read: some 7,000 requirements with markers."""

MOST_DESCRIBED = 5_000_000
"""Letters that are read with the description."""

MOST_PLACES = 100
"""Places in the text that one row about tools names."""


def filled(request: MetadataRequest, name: str, found: FoundMetadata) -> MetadataRequest:
    """Return *request* about what was *found* in the file *name*."""
    text = as_text(found.data)
    return replace(
        request,
        text=text,
        source="auto",
        kind=found.kind,
        file_name=name if found.kind == "wheel" else "",
        wheel_version=found.wheel_version,
        file=Upload(name, problem=found.problem) if found.problem else "",
        blank=not text.strip(),
    )


def answer(request: MetadataRequest) -> MetadataResponse:
    """Answer *request*; what a reader typed never raises."""
    findings: list[Finding] = []
    chosen = _choices(request, findings)
    view, reader, kind = chosen["view"], chosen["reader"], chosen["kind"]
    source = source_of(request.text, chosen["source"])
    long = too_long(
        request.text,
        "leave out what you do not ask about",
        most=MOST_STATED,
        whole=MOST_DESCRIBED,
        metadata=source != "pyproject",
    )
    if long is not None:
        nothing = answer(replace(request, text="", blank=False))
        found = (*nothing.findings, long)
        return replace(nothing, empty=False, readable=False, source=source, findings=found)
    project = read_pyproject(request.text) if source == "pyproject" else None
    document = open_document(request.text, source) if project is None else project.document
    empty = not request.text.strip() and not request.blank
    minimum = minimum_version(document)
    answered: dict[str, Any] = {}
    if not empty:
        major = reader == NEXT_MAJOR
        findings += (project or document).findings(reader, next_major=major, kind=kind or None)
        findings += file_name_findings(document, request.file_name.strip())
        answered = _VIEWS[view](request, document, chosen)
        if source == "pyproject":
            findings += backends.check(request.text)
        if chosen["index"] and not any(each.code == "metadata-toml" for each in findings):
            found = index_rules.check(document, file_name=request.file_name.strip())
            findings = index_rules.joined(findings, found)
            answered["index"] = _taken(index_rules.reasons(document, found)).value
    return MetadataResponse(
        view=view,
        source=source,
        reader=reader,
        empty=empty,
        readable=project is None or "project" in project.read,
        stated=document.get_first("Metadata-Version") or "",
        name=document.get_first("Name") or "",
        version=document.get_first("Version") or "",
        minimum="" if empty else minimum.version,
        because=tuple(
            Because(each.version, each.message, _in(document, each.span))
            for each in minimum.decisive
        ),
        findings=tuple(in_text_order(findings)),
        read=project.read if project else (),
        not_read=project.not_read if project else (),
        **answered,
    )


def _choices(request: MetadataRequest, findings: list[Finding]) -> dict[str, str]:
    """Return each choice of the request, or its default and a finding if there is no such one."""
    default = MetadataRequest()
    chosen = {}
    for name, options in CHOICES.items():
        value = getattr(request, name)
        chosen[name] = value
        if value not in options:
            chosen[name] = getattr(default, name)
            findings.append(
                report(
                    "request-field",
                    f"{name} cannot be {value!r}",
                    None,
                    Fix(f"choose one of {', '.join(filter(None, options))}"),
                )
            )
    if isinstance(request.file, Upload):
        findings += problem_findings(request.file)
    return chosen


def _in(document: Document, span: Span | None) -> Span | None:
    """Return the place of *span*, unless it may be in a text that the reader does not see."""
    if span is None or (document.origin is not None and span.end > len(document.origin.text)):
        return None
    return span


def _where(header: Header) -> Span | None:
    return header.place(0, len(header.value))[0]


# -- fields -----------------------------------------------------------------------------


def _fields(
    _request: MetadataRequest, document: Document, _chosen: dict[str, str]
) -> dict[str, Any]:
    stated = document.get_first("Metadata-Version") or ""
    rows: dict[str, tuple[Header, list[FieldValue]]] = {}
    for header in document.headers:
        value = FieldValue(header.value[:MOST_LETTERS], len(header.value), _where(header))
        rows.setdefault(header.key, (header, []))[1].append(value)
    fields = [_row(header, values, stated) for header, values in rows.values()]
    if document.body:
        start = document.body_start
        place = None if document.origin else document.span(start, len(document.text))
        [described] = [
            _row(
                header,
                [FieldValue(document.body[:MOST_LETTERS], len(document.body), place)],
                stated,
            )
            for header in Document.from_fields([("Description", "")]).headers
        ]
        fields.append(described)
    return {"fields": tuple(fields)}


def _row(header: Header, values: list[FieldValue], stated: str) -> FieldRow:
    field = header.field
    if field is None:
        return FieldRow(header.name, False, "", "", "", "absent", "", "", "", "", tuple(values))
    version = stated if stated in VERSIONS else LATEST
    return FieldRow(
        field.name,
        True,
        field.since,
        field.deprecated,
        field.proposal,
        field.status(version),
        field.meaning,
        field.format,
        field.project_key,
        field.source,
        tuple(values),
    )


# -- convert, compare, JSON -------------------------------------------------------------


def _convert(
    request: MetadataRequest, document: Document, chosen: dict[str, str]
) -> dict[str, Any]:
    done = convert(document, chosen["to"], force=request.force)
    return {
        "converted": Converted(
            chosen["to"],
            None if done.document is None else str(done.document),
            tuple(done.findings),
            tuple(
                Rewritten(
                    each.field,
                    each.before[:MOST_LETTERS],
                    tuple((name, value[:MOST_LETTERS]) for name, value in each.after),
                )
                for each in done.changes
            ),
        )
    }


def _diff(request: MetadataRequest, document: Document, _chosen: dict[str, str]) -> dict[str, Any]:
    if not request.other.strip():
        return {"compared": False}
    other = open_document(request.other)
    return {
        "compared": True,
        "differences": tuple(
            DifferenceRow(
                each.field,
                each.kind,
                _short(each.before),
                _short(each.after),
                each.message,
                _in(document, each.before_span),
            )
            for each in diff(document, other)
        ),
    }


def _short(text: str | None) -> str | None:
    return None if text is None else text[:MOST_LETTERS]


def _json(_request: MetadataRequest, document: Document, chosen: dict[str, str]) -> dict[str, Any]:
    found = to_json(document, chosen["form"])
    return {
        "json": json.dumps(found.data, indent=2, ensure_ascii=False),
        "json_findings": tuple(found.findings),
    }


# -- installers -------------------------------------------------------------------------

_BRACKETS = re.compile(r"\s*(\[.*\])\s*", re.DOTALL).fullmatch


INDEX: Final = "index"
"""How the row of the index is called among the tools."""


def _taken(reasons: list[Finding]) -> Verdict:
    return Verdict.REFUSES if reasons else Verdict.ACCEPTS


def _index_row(document: Document, file_name: str) -> ToolRow:
    """Return what the index does with *document*, which nobody ran: its rules say so."""
    reasons = index_rules.reasons(document, index_rules.check(document, file_name=file_name))
    return ToolRow(
        INDEX,
        "",
        _taken(reasons).value,
        (),
        tuple(dict.fromkeys(RULES[each.code].title for each in reasons)),
        reasons[0].message if reasons else "",
        (),
        f"by its rules, as read on {index_rules.READ}",
        tuple(span for each in reasons if (span := _in(document, each.span)))[:MOST_PLACES],
    )


def _installers(
    request: MetadataRequest, document: Document, _chosen: dict[str, str]
) -> dict[str, Any]:
    """Ask the record about the text itself, or about the metadata that a table stands for."""
    own = document.origin is None
    inside = _BRACKETS(request.asked)
    asked = f"pkg{inside[1]}" if inside else request.asked.strip() or None
    stated = request.wheel_version.strip()
    # A page writes pip==26.3, because a blank parts the items of a list there.
    wanted = [tool.replace("==", " ") for tool in request.tools]
    runs = [tool for tool in wanted if tool.strip().lower() != INDEX]
    file_name = request.file_name.strip()
    predictions = predict_all(
        document if own else str(document),
        runs if wanted else None,
        asked,
        file_name=file_name,
        wheel=f"Wheel-Version: {stated}\n" if stated else "",
        findings=False,
    )
    place = functools.cache(TextIndex(document.text).line_span)  # most rows name the same lines
    rows = []
    for each in predictions:
        deciding = [item for item in each.evidence if item.verdict is each.outcome]
        numbers = sorted({line for item in deciding for line in item.lines})
        rows.append(
            ToolRow(
                each.tool,
                each.recorded_with,
                each.outcome.value,
                each.cases,
                tuple(dict.fromkeys(name for item in deciding for name in item.features)),
                each.message,
                each.unrecorded,
                each.note,
                tuple(map(place, numbers)) if own else (),
            )
        )
    if len(runs) < len(wanted) or not wanted:
        rows.append(_index_row(document, file_name))
    return {"tools": tuple(rows)}


_VIEWS = {
    "fields": _fields,
    "convert": _convert,
    "diff": _diff,
    "json": _json,
    "installers": _installers,
}
