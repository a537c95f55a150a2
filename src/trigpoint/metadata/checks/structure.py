"""How a document falls into headers and body, and what gets lost on the way."""

from __future__ import annotations

import re

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span
from trigpoint.metadata.checks.context import Context
from trigpoint.metadata.checks.lost import Lost, lost_fields, regained
from trigpoint.metadata.fields import BY_LOWER
from trigpoint.metadata.text.plain import PlainDocument

__all__ = ["MOST_NAMED", "MOST_ODD_BYTES", "structure"]

MOST_ODD_BYTES = 200
"""Bytes that are no UTF-8 up to which the lines with them are reported."""

MOST_NAMED = 8
"""Lost fields that a message names."""

_BLANK_COLON = re.compile(r"([!-9;-~]+)([ \t]+):")
_BEFORE_FIELDS = re.compile(r"[\ufeff\r\n]+(?=[!-9;-~]+:)").match
_LONE_CR = re.compile(r"\r(?!\n)")
_LINE = re.compile(r"[^\r\n]*")
_STRAY = {
    "continuation": (
        "metadata-stray-continuation",
        "there is no field for this line to continue, so readers ignore it",
        "delete the blanks at its start, or the line",
    ),
    "nameless": (
        "metadata-nameless",
        "there is no name before the colon, so readers ignore the line",
        "write the field's name",
    ),
    "envelope": (
        "metadata-envelope",
        "a line that starts with From is taken for a mailbox mark and ignored",
        "delete this line",
    ),
}
_MIME = ("content-transfer-encoding", "content-type", "mime-version")


def structure(context: Context) -> None:
    """Report everything about the lines themselves to *context*."""
    document = context.document
    plain = document.values_by_name() is not None
    if not plain or document.undecodable or "\0" in document.text:
        _encoding(context)
    if plain:
        # Lines of known fields, which end in LF: only where they stop is to be looked at.
        _end_of_headers(context)
        return
    _line_ends(context)
    for stray in document.strays:
        code, message, fix = _STRAY[stray.kind]
        line = _LINE.match(document.text, stray.start)
        end = line.end() if line else stray.end
        context.add_span(code, document.span(stray.start, end), message, fix)
    _end_of_headers(context)
    for key in _MIME:
        for header in document.fields(key):
            context.add_name(
                "metadata-mime",
                header,
                "some readers decode or split the description by this field, others do not",
                "delete this line; metadata is UTF-8",
            )


def _encoding(context: Context) -> None:
    document = context.document
    last_line = 0
    for offset in document.undecodable[:MOST_ODD_BYTES]:
        span = document.span(offset, offset + 1)
        if span.line == last_line:
            continue
        last_line = span.line
        where = "the headers" if offset < document.headers_end else "the description"
        code = ord(document.text[offset])
        what = f"byte 0x{code:02X} in {where} is no UTF-8; it is shown as Latin-1"
        if code > 0xFF:
            what = f"half of a surrogate pair in {where} is no character"
        context.add_span("metadata-encoding", span, what, "save the file as UTF-8")
    context.found += mark_findings(document)
    nul = document.text.find("\0", document.body_start)
    if nul >= 0:
        last = document.text.rindex("\0") + 1
        fix = Fix("delete it")
        if document.stop != "junk":
            # With junk, the line that ends the headers could become another kind of line.
            new = document.text[nul:last].replace("\0", "")
            fix = Fix("delete it", new, document.span(nul, last))
        place = document.span(nul, nul + 1)
        message = "U+0000 is in the description"
        context.found.append(report("metadata-control-character", message, place, fix))


def mark_findings(document: PlainDocument) -> list[Finding]:
    r"""Return what there is to say of a byte order mark in front of *document*.

    >>> from trigpoint.metadata import read
    >>> [found.code for found in mark_findings(read("\ufeffName: spam"))]
    ['metadata-bom']
    """
    if not document.text.startswith("\ufeff"):
        return []
    message = "readers take the byte order mark for text, so the headers end before they begin"
    fix = Fix("delete it")
    if before := _BEFORE_FIELDS(document.text):
        fix = Fix("delete it", "", document.span(*before.span()))
    return [report("metadata-bom", message, document.span(0, 1), fix)]


def _line_ends(context: Context) -> None:
    text = context.document.text
    if "\r" not in text:
        return
    pairs = text.count("\r\n")
    if text.count("\r") > pairs and (lone := _LONE_CR.search(text)):
        # It is told once, so its fix mends all of them.
        start, end = lone.start(), text.rindex("\r") + 1
        if text.startswith("\n", end):
            end += 1
        place = context.document.span(start, end)
        fix = Fix("write a line feed", _LONE_CR.sub("\n", text[start:end]), place)
        span = context.document.span(*lone.span())
        message = "a lone carriage return ends the line here"
        context.found.append(report("metadata-lone-cr", message, span, fix))
    if pairs:
        at = text.index("\r\n")
        mixed = " and others in LF" if text.count("\n") > pairs else ""
        context.add_span(
            "metadata-crlf",
            context.document.span(at, at + 2),
            f"lines end in CR LF{mixed}; some readers keep the CR in the description",
            "end lines with LF",
        )


def _end_of_headers(context: Context) -> None:
    document = context.document
    lost = lost_fields(document)
    context.lost = lost.names if lost else ()
    at = document.headers_end
    if document.stop == "blank":
        if at == 0 or lost is not None:
            _blank_line(context, lost)
        return
    if document.stop == "end":
        return
    line = _LINE.match(document.text, at)
    end = line.end() if line else at
    shown = document.text[at:end]
    swallowed = _swallowed(context, lost)
    if at == 0 and shown.startswith("\ufeff"):
        return
    if (blank := _BLANK_COLON.match(shown)) and blank[1].lower() in BY_LOWER:
        place = document.span(at + blank.start(2), at + blank.end(2))
        context.add_span(
            "metadata-blank-before-colon",
            place,
            f"the blank after {blank[1]} ends the headers, and the rest is read as "
            f"description{swallowed}",
            "delete the blank",
            "",
        )
        return
    last = document.headers[-1] if document.headers else None
    words = "put a blank line before the description"
    if lost is not None:
        words = "delete this line, or fold it with blanks at its start"
    elif last is not None and not last.value:
        words = f"write it behind {last.name}:, in the same line"
    message = f"this line is no field, so the headers end here{swallowed}"
    _cut(context, "metadata-junk-line", document.span(at, end), message, words, lost)


def _blank_line(context: Context, lost: Lost | None) -> None:
    """Report the blank line that ends the headers, which cuts off *lost*."""
    document = context.document
    at = document.headers_end
    swallowed = _swallowed(context, lost)
    span = document.span(at, at)
    if at == 0:
        message = f"the blank first line ends the headers before they begin{swallowed}"
        _cut(context, "metadata-leading-blank", span, message, "delete this line", lost)
        return
    assert lost is not None
    words = "delete this line, if the next one is a field"
    if document.text[at : lost.start].strip():
        words = f"put line {document.span(lost.start, lost.start).line} and what follows in front"
        words += " of this line, or fold what stands between them with blanks"
    message = f"this blank line ends the headers{swallowed}"
    _cut(context, "metadata-headers-cut", span, message, words, lost)


def _cut(
    context: Context, code: str, span: Span, message: str, words: str, lost: Lost | None
) -> None:
    """Report *code*, with the change that makes *lost* fields again if there is one."""
    change = None if lost is None else regained(context.document, lost)
    if change is None:
        context.add_span(code, span, message, words)
        return
    place = context.document.span(change.start, change.end)
    context.found.append(report(code, message, span, Fix(change.words, change.new, place)))


def _swallowed(context: Context, lost: Lost | None) -> str:
    """Say which fields are no longer fields; nothing if there are none."""
    if lost is None:
        return ""
    names = ", ".join(lost.names[:MOST_NAMED])
    if len(lost.names) > MOST_NAMED:
        names += f" and {len(lost.names) - MOST_NAMED} more"
    line = context.document.span(lost.start, lost.start).line
    verb = "is" if lost.rows == 1 else "are"
    return f"; {names} from line {line} on {verb} read as description"
