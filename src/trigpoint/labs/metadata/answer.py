"""What the metadata lab is asked, and how it answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Severity, Span, in_text_order
from trigpoint.installers import predict_all
from trigpoint.labs.metadata.files import PROBLEMS, Upload
from trigpoint.metadata import (
    FORMS,
    LATEST,
    NEXT_MAJOR,
    VERSIONS,
    Document,
    Header,
    convert,
    diff,
    from_project_table,
    minimum_version,
    read,
    to_json,
)

__all__ = [
    "FORM_NAMES",
    "KINDS",
    "SOURCES",
    "VIEWS",
    "Because",
    "Converted",
    "Difference",
    "FieldRow",
    "Place",
    "Request",
    "Response",
    "Rewritten",
    "ToolRow",
    "Value",
    "answer",
]

VIEWS = {
    "fields": "Fields",
    "convert": "Convert",
    "diff": "Compare",
    "json": "JSON",
    "installers": "Installers",
}
SOURCES = {"auto": "Detect", "metadata": "METADATA", "pyproject": "pyproject.toml"}
KINDS = {"": "Any", "wheel": "Wheel", "sdist": "Sdist"}
FORM_NAMES = dict(
    zip(FORMS, ("PEP 566", "PEP 819, text (draft)", "PEP 819, schema (draft)"), strict=True)
)
READERS = (*VERSIONS, NEXT_MAJOR)
_SHOWN = 300
"""Characters of a value that a row repeats; the rest is in the text."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a reader asks.

    ``text`` is a METADATA or PKG-INFO file or a pyproject.toml, which ``source``
    says (``"auto"``, ``"metadata"`` or ``"pyproject"``).  ``view`` chooses the
    answer: ``"fields"``, ``"convert"``, ``"diff"``, ``"json"`` or
    ``"installers"``.  ``reader`` is the newest metadata version that the reader
    of the file knows, ``kind`` the distribution it is in (``"wheel"``,
    ``"sdist"`` or empty).

    For *convert*, ``to`` is the version to write and ``force`` asks for the
    nearest text where something cannot be said.  For *diff*, ``other`` is the
    newer document.  For *json*, ``form`` is one of
    :data:`trigpoint.metadata.FORMS`.  For *installers*, ``asked`` is what was
    asked for, such as ``pkg[docs]``, ``tools`` are the tools to say (empty: all
    that are recorded), ``file_name`` and ``wheel_version`` what is known of the
    wheel.

    ``file`` is a dropped file; answering puts its metadata into ``text``.  If
    its name ends with ``.simple.json`` it is an index's list of a project's
    files; answering puts the address of the newest metadata into ``fetch``.
    """

    text: str = ""
    source: str = "auto"
    view: str = "fields"
    reader: str = LATEST
    kind: str = ""
    to: str = NEXT_MAJOR
    force: bool = False
    other: str = ""
    form: str = FORMS[0]
    asked: str = ""
    tools: tuple[str, ...] = ()
    file_name: str = ""
    wheel_version: str = ""
    file: Upload | str | None = ""
    fetch: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text in code points, and its 1-based line."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field; ``text`` holds its first characters, ``length`` how many it has."""

    text: str
    length: int
    place: Place | None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the document, with what is known about it; ``known`` is False for other names.

    ``status`` is what it is in the document's version: ``"required"``,
    ``"optional"``, ``"deprecated"`` or ``"absent"``.
    """

    name: str
    known: bool
    since: str
    deprecated: str
    proposal: str
    status: str
    meaning: str
    format: str
    project_key: str
    source: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Because:
    """Why the document cannot be older than a version."""

    version: str
    message: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One value before and after; ``after`` holds names and values, and is empty if it is gone."""

    field: str
    before: str
    after: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """The document in another version; ``text`` is None if that was refused."""

    to: str
    text: str | None
    findings: tuple[dict[str, Any], ...]
    changes: tuple[Rewritten, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; see :class:`trigpoint.metadata.Difference`."""

    field: str
    kind: str
    before: str | None
    after: str | None
    message: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class ToolRow:
    """What one tool does; see :class:`trigpoint.installers.Prediction`.

    ``cases`` names the recorded runs that say so, ``causes`` what in the
    document they are about, and ``places`` where that is.
    """

    tool: str
    recorded_with: str
    outcome: str
    cases: tuple[str, ...]
    causes: tuple[str, ...]
    message: str
    unrecorded: tuple[str, ...]
    note: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """The answer; only the part that ``view`` names is filled in.

    ``stated`` is the metadata version that the document names, ``minimum`` the
    lowest that can hold it.  ``empty`` says that there was no text, ``readable``
    whether fields could be told apart in it.
    """

    view: str
    source: str
    reader: str
    empty: bool
    readable: bool
    stated: str
    name: str
    version: str
    minimum: str
    because: tuple[Because, ...]
    findings: tuple[dict[str, Any], ...]
    fields: tuple[FieldRow, ...] = ()
    converted: Converted | None = None
    compared: bool = False
    differences: tuple[Difference, ...] = ()
    json: str = ""
    json_findings: tuple[dict[str, Any], ...] = ()
    tools: tuple[ToolRow, ...] = ()


_TOML = re.compile(r"\[|[\w.\"'-]+[ \t]*=").match


def detect(text: str) -> str:
    r"""Say whether *text* is ``"metadata"`` or ``"pyproject"``, by its first line that says it.

    >>> detect("# a comment\n[project]"), detect("Name: spam")
    ('pyproject', 'metadata')
    """
    for line in text.splitlines():
        plain = line.strip().removeprefix("\ufeff")
        if plain and not plain.startswith("#"):
            return "pyproject" if _TOML(plain) else "metadata"
    return "metadata"


def answer(request: Request) -> Response:
    """Answer *request*; what a reader typed never raises."""
    findings: list[Finding] = []
    chosen = _choices(request, findings)
    view, reader, kind = chosen["view"], chosen["reader"], chosen["kind"]
    text = request.text
    source = detect(text) if chosen["source"] == "auto" else chosen["source"]
    document = open_document(text, source)
    empty = not text.strip()
    if not empty:
        major = reader == NEXT_MAJOR
        findings += document.findings(reader, next_major=major, kind=kind or None)
    minimum = minimum_version(document)
    unreadable = {"metadata-toml", "metadata-project-missing"}
    answered: dict[str, Any] = {}
    if not empty:
        answered = _VIEWS[view](request, document, chosen)
    return Response(
        view=view,
        source=source,
        reader=reader,
        empty=empty,
        readable=not any(each.code in unreadable for each in findings),
        stated=document.get_first("Metadata-Version") or "",
        name=document.get_first("Name") or "",
        version=document.get_first("Version") or "",
        minimum="" if empty else minimum.version,
        because=tuple(
            Because(each.version, each.message, _in(document, each.span))
            for each in minimum.decisive
        ),
        findings=_data(findings),
        **answered,
    )


def open_document(text: str, source: str) -> Document:
    """Return *text*, which is a ``"pyproject"`` or ``"metadata"``, as a document."""
    return from_project_table(text) if source == "pyproject" else read(text)


def _choices(request: Request, findings: list[Finding]) -> dict[str, str]:
    """Return each choice of the request, or its default and a finding if there is no such one."""
    default = Request()
    chosen = {}
    known: dict[str, Iterable[str]] = {
        "view": VIEWS,
        "source": SOURCES,
        "reader": READERS,
        "kind": KINDS,
        "to": READERS,
        "form": FORMS,
    }
    for name, options in known.items():
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
    if isinstance(request.file, Upload) and request.file.problem in PROBLEMS:
        message, fix = PROBLEMS[request.file.problem]
        called = f"{request.file.name}: " if request.file.name else ""
        findings.append(report("request-file", f"{called}{message}", None, Fix(fix)))
    return chosen


def _data(findings: Sequence[Finding]) -> tuple[dict[str, Any], ...]:
    return tuple(finding.to_json() for finding in in_text_order(findings))


def _place(span: Span | None) -> Place | None:
    return Place(span.start, span.end, span.line) if span else None


def _in(document: Document, span: Span | None) -> Place | None:
    """Return the place of *span*, unless it may be in a text that the reader does not see."""
    if span is None or (document.origin is not None and span.end > len(document.origin.text)):
        return None
    return _place(span)


def _where(header: Header) -> Place | None:
    return _place(header.place(0, len(header.value))[0])


# -- fields -----------------------------------------------------------------------------


def _fields(_request: Request, document: Document, _chosen: dict[str, str]) -> dict[str, Any]:
    stated = document.get_first("Metadata-Version") or ""
    rows: dict[str, tuple[Header, list[Value]]] = {}
    for header in document.headers:
        value = Value(header.value[:_SHOWN], len(header.value), _where(header))
        rows.setdefault(header.key, (header, []))[1].append(value)
    fields = [_row(header, values, stated) for header, values in rows.values()]
    if document.body:
        start = document.body_start
        place = None if document.origin else _place(document.span(start, len(document.text)))
        [described] = [
            _row(header, [Value(document.body[:_SHOWN], len(document.body), place)], stated)
            for header in Document.from_fields([("Description", "")]).headers
        ]
        fields.append(described)
    return {"fields": tuple(fields)}


def _row(header: Header, values: list[Value], stated: str) -> FieldRow:
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


def _convert(request: Request, document: Document, chosen: dict[str, str]) -> dict[str, Any]:
    done = convert(document, chosen["to"], force=request.force)
    return {
        "converted": Converted(
            chosen["to"],
            None if done.document is None else str(done.document),
            tuple(finding.to_json() for finding in done.findings),
            tuple(
                Rewritten(
                    each.field,
                    each.before[:_SHOWN],
                    tuple((name, value[:_SHOWN]) for name, value in each.after),
                )
                for each in done.changes
            ),
        )
    }


def _diff(request: Request, document: Document, _chosen: dict[str, str]) -> dict[str, Any]:
    if not request.other.strip():
        return {"compared": False}
    other = open_document(request.other, detect(request.other))
    return {
        "compared": True,
        "differences": tuple(
            Difference(
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
    return None if text is None else text[:_SHOWN]


def _json(_request: Request, document: Document, chosen: dict[str, str]) -> dict[str, Any]:
    found = to_json(document, chosen["form"])
    return {
        "json": json.dumps(found.data, indent=2, ensure_ascii=False),
        "json_findings": tuple(finding.to_json() for finding in found.findings),
    }


# -- installers -------------------------------------------------------------------------

_BRACKETS = re.compile(r"\s*(\[.*\])\s*", re.DOTALL).fullmatch


def _installers(request: Request, document: Document, _chosen: dict[str, str]) -> dict[str, Any]:
    """Ask the record about the text itself, or about the metadata that a table stands for."""
    text = str(document) if document.origin is not None else request.text
    lines_of = _line_ranges(text)
    inside = _BRACKETS(request.asked)
    asked = f"pkg{inside[1]}" if inside else request.asked.strip() or None
    stated = request.wheel_version.strip()
    predictions = predict_all(
        text,
        # A page writes pip==26.3, because a blank parts the items of a list there.
        [tool.replace("==", " ") for tool in request.tools] or None,
        asked,
        file_name=request.file_name.strip(),
        wheel=f"Wheel-Version: {stated}\n" if stated else "",
    )
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
                ()
                if document.origin is not None
                else tuple(Place(*lines_of[line - 1], line) for line in numbers),
            )
        )
    return {"tools": tuple(rows)}


def _line_ranges(text: str) -> list[tuple[int, int]]:
    """Return start and end of each line, its line end left out."""
    ranges, start = [], 0
    for row in re.split(r"(\r\n|\r|\n)", text):
        if row not in ("\r\n", "\r", "\n"):
            ranges.append((start, start + len(row)))
        start += len(row)
    return ranges


_VIEWS = {
    "fields": _fields,
    "convert": _convert,
    "diff": _diff,
    "json": _json,
    "installers": _installers,
}


def finding_of(data: dict[str, Any]) -> Finding:
    """Return a finding that was written down as JSON."""
    span, fix = data["span"], data["fix"]
    return Finding(
        data["code"],
        Severity(data["severity"]),
        data["message"],
        Span(**span) if span else None,
        Fix(fix["message"], fix["replacement"], Span(**fix["span"]) if fix["span"] else None)
        if fix
        else None,
        data["source"],
    )
