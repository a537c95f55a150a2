"""How a document falls into headers and body, and what gets lost on the way."""

from __future__ import annotations

import re

from trigpoint.metadata.checks.context import Context
from trigpoint.metadata.fields import BY_LOWER

__all__ = ["MOST_AHEAD", "MOST_ODD_BYTES", "structure"]

MOST_ODD_BYTES = 200
"""Bytes that are no UTF-8 up to which the lines with them are reported."""

MOST_AHEAD = 20_000
"""Characters behind the end of the headers that are searched for lost fields."""


_KNOWN_LINE = re.compile(r"\ufeff?([!-9;-~]+)[ \t]*:")
_BLANK_COLON = re.compile(r"([!-9;-~]+)([ \t]+):")
_LONE_CR = re.compile(r"\r(?!\n)")
_LINE = re.compile(r"[^\r\n]*")
_WHOLE_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
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
    _encoding(context)
    _line_ends(context)
    document = context.document
    for stray in document.strays:
        code, message, fix = _STRAY[stray.kind]
        line = _LINE.match(document.text, stray.start)
        end = line.end() if line else stray.end
        context.add_span(code, document.span(stray.start, end), message, fix)
    _end_of_headers(context)
    by_key = document.by_key()
    for key in _MIME:
        for header in by_key.get(key, ()):
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
    if document.text.startswith("\ufeff"):
        context.add_span(
            "metadata-bom",
            document.span(0, 1),
            "readers take the byte order mark for text, so the headers end before they begin",
            "delete it",
            "",
        )
    nul = document.text.find("\0", document.body_start)
    if nul >= 0:
        context.add_span(
            "metadata-control-character",
            document.span(nul, nul + 1),
            "U+0000 is in the description",
            "delete it",
            "",
        )


def _line_ends(context: Context) -> None:
    text = context.document.text
    if "\r" not in text:
        return
    pairs = text.count("\r\n")
    if text.count("\r") > pairs and (lone := _LONE_CR.search(text)):
        context.add_span(
            "metadata-lone-cr",
            context.document.span(*lone.span()),
            "a lone carriage return ends the line here",
            "write a line feed",
            "\n",
        )
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
    if document.stop == "end":
        return
    at = document.headers_end
    if document.stop == "blank":
        lost = _following(document.text, document.body_start)
        swallowed = _swallowed(lost)
        if at == 0:
            context.add_span(
                "metadata-leading-blank",
                document.span(0, 0),
                "the blank first line ends the headers before they begin" + swallowed,
                "delete this line",
            )
        elif lost:
            context.add_span(
                "metadata-headers-cut",
                document.span(at, at),
                f"this blank line ends the headers{swallowed}",
                "delete this line, if the next one is a field",
            )
        return
    line = _LINE.match(document.text, at)
    end = line.end() if line else at
    span = document.span(at, end)
    shown = document.text[at:end]
    lost = _following(document.text, end)
    swallowed = _swallowed(lost)
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
    else:
        context.add_span(
            "metadata-junk-line",
            span,
            f"this line is no field, so the headers end here{swallowed}",
            "put a blank line before the description"
            if not lost
            else "delete this line, or fold it with blanks at its start",
        )


def _following(text: str, start: int) -> list[str]:
    """Return the known fields in the lines from *start* on, up to the first other line."""
    names: list[str] = []
    for line in _WHOLE_LINE.finditer(text, start, start + MOST_AHEAD):
        shown = line[0]
        if ":" in shown and (found := _KNOWN_LINE.match(shown)):
            field = BY_LOWER.get(found[1].lower())
            if field is None:
                break
            names.append(field.name)
        elif shown.strip() if not names else shown[:1] not in (" ", "\t"):
            break
    return names


def _swallowed(lost: list[str]) -> str:
    """Say which fields are no longer fields; nothing if there are none."""
    if not lost:
        return ""
    shown = list(dict.fromkeys(lost))
    names = ", ".join(shown[:4]) + (f" and {len(shown) - 4} more" if len(shown) > 4 else "")
    return f"; {names} below {'is' if len(lost) == 1 else 'are'} read as description"
