"""How a document falls into headers and body, and what gets lost on the way."""

from __future__ import annotations

import re

from trigpoint.metadata.context import Context
from trigpoint.metadata.fields import BY_LOWER

__all__ = ["structure"]

_KNOWN_LINE = re.compile(r"\ufeff?([!-9;-~]+)[ \t]*:")
_BLANK_COLON = re.compile(r"([!-9;-~]+)([ \t]+):")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*")
_STRAY = {
    "continuation": ("metadata-stray-continuation",
                     "there is no field for this line to continue, so readers ignore it",
                     "delete the blanks at its start, or the line"),
    "nameless": ("metadata-nameless", "there is no name before the colon, so readers ignore the line",
                 "write the field's name"),
    "envelope": ("metadata-envelope", "a line that starts with From is taken for a mailbox mark and ignored",
                 "delete this line"),
}  # fmt: skip
_MIME = frozenset({"content-transfer-encoding", "content-type", "mime-version"})


def structure(context: Context) -> None:
    """Report everything about the lines themselves."""
    _encoding(context)
    _line_ends(context)
    document = context.document
    for stray in document.strays:
        code, message, fix = _STRAY[stray.kind]
        line = _LINE.match(document.text, stray.start)
        end = line.end() if line else stray.end
        context.add_span(code, document.span(stray.start, end), message, fix)
    _end_of_headers(context)
    for header in document.headers:
        if header.field is None and header.name.lower() in _MIME:
            context.add_name("metadata-mime", header,
                             "some readers decode or split the description by this field, others do not",
                             "delete this line; metadata is UTF-8")  # fmt: skip


def _encoding(context: Context) -> None:
    document = context.document
    last_line = 0
    for offset in document.undecodable[:200]:
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
        context.add_span("metadata-bom", document.span(0, 1),
                         "readers take the byte order mark for text, so the headers end before they begin",
                         "delete it", "")  # fmt: skip
    nul = document.text.find("\0", document.body_start)
    if nul >= 0:
        context.add_span("metadata-control-character", document.span(nul, nul + 1),
                         "U+0000 is in the description", "delete it", "")  # fmt: skip


def _line_ends(context: Context) -> None:
    text = context.document.text
    if "\r" not in text:
        return
    kinds: dict[str, int] = {}
    for match in _LINE_END.finditer(text):
        kinds.setdefault(match[0], match.start())
        if len(kinds) == 3:
            break
    if "\r" in kinds:
        at = kinds["\r"]
        context.add_span("metadata-lone-cr", context.document.span(at, at + 1),
                         "a lone carriage return ends the line here", "write a line feed", "\n")  # fmt: skip
    if "\r\n" in kinds:
        at = kinds["\r\n"]
        mixed = " and others in LF" if "\n" in kinds else ""
        context.add_span("metadata-crlf", context.document.span(at, at + 2),
                         f"lines end in CR LF{mixed}; some readers keep the CR in the description",
                         "end lines with LF")  # fmt: skip


def _end_of_headers(context: Context) -> None:
    document = context.document
    if document.stop == "end":
        return
    at = document.headers_end
    lost = _following(document.text, document.body_start)
    swallowed = f"; {_list(lost)} below {'is' if len(lost) == 1 else 'are'} read as description"
    if document.stop == "blank":
        if at == 0:
            context.add_span("metadata-leading-blank", document.span(0, 0),
                             "the blank first line ends the headers before they begin"
                             + (swallowed if lost else ""), "delete this line")  # fmt: skip
        elif lost:
            context.add_span("metadata-headers-cut", document.span(at, at),
                             f"this blank line ends the headers{swallowed}",
                             "delete this line, if the next one is a field")  # fmt: skip
        return
    line = _LINE.match(document.text, at)
    end = line.end() if line else at
    span = document.span(at, end)
    shown = document.text[at:end]
    lost = _following(document.text, end)
    swallowed = f"; {_list(lost)} below {'is' if len(lost) == 1 else 'are'} read as description"
    if at == 0 and shown.startswith("\ufeff"):
        return
    if (blank := _BLANK_COLON.match(shown)) and blank[1].lower() in BY_LOWER:
        place = document.span(at + blank.start(2), at + blank.end(2))
        context.add_span("metadata-blank-before-colon", place,
                         f"the blank after {blank[1]} ends the headers, and the rest is read as "
                         f"description{swallowed if lost else ''}",
                         "delete the blank", "")  # fmt: skip
    else:
        context.add_span("metadata-junk-line", span,
                         "this line is no field, so the headers end here"
                         + (swallowed if lost else ""),
                         "put a blank line before the description"
                         if not lost else "delete this line, or fold it with blanks at its start")  # fmt: skip


def _following(text: str, start: int) -> list[str]:
    """Return the known fields in the lines from *start* on, up to the first other line."""
    names: list[str] = []
    for line in text[start : start + 20_000].splitlines()[:200]:
        if not line.strip() and not names:
            continue
        found = _KNOWN_LINE.match(line)
        if found and found[1].lower() in BY_LOWER:
            names.append(BY_LOWER[found[1].lower()].name)
        elif not (names and line[:1] in (" ", "\t")):
            break
    return names


def _list(names: list[str]) -> str:
    shown = list(dict.fromkeys(names))
    return ", ".join(shown[:4]) + (f" and {len(shown) - 4} more" if len(shown) > 4 else "")
