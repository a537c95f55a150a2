"""From JSON to a document.

Source: PEP 566, "JSON-compatible Metadata"; PEP 819 (draft).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from trigpoint.catalogue import report
from trigpoint.findings import Finding, TextIndex
from trigpoint.metadata.document import Document
from trigpoint.metadata.fields import FIELDS, Field
from trigpoint.metadata.text.depth import MOST_LEVELS, json_too_deep
from trigpoint.metadata.text.plain import Origin
from trigpoint.metadata.text.scan import read_text

__all__ = ["from_json"]

_BY_KEY = {field.json_key: field for field in FIELDS.values()}


def from_json(source: str | bytes | Mapping[str, Any]) -> Document:
    r"""Make a document of *source*, JSON text or data, in any of :data:`FORMS`.

    What cannot be used is among the document's findings, never an exception.

    >>> str(from_json('{"name": "x", "keywords": ["a", "b"], "description": "Hi"}'))
    'Name: x\nKeywords: a,b\n\nHi'
    """
    findings: list[Finding] = []
    text = ""
    if isinstance(source, Mapping):
        data: Any = dict(source)
    else:
        text, undecodable = read_text(source)
        if undecodable:
            place = TextIndex(text).span(undecodable[0], undecodable[0] + 1)
            message = "what stands here is no UTF-8; a byte is shown as Latin-1"
            findings.append(report("metadata-encoding", message, place))
        data = _load(text, findings)
    fields: list[tuple[str, str]] = []
    body = ""
    for key, value in data.items():
        field = _BY_KEY.get(str(key))
        if field is None:
            fields += _unknown(str(key), value, findings)
        elif field.name == "Description" and isinstance(value, str):
            body = value
        else:
            fields += [(field.name, text) for text in _values(field, value, findings)]
    order = {name: rank for rank, name in enumerate(FIELDS)}
    fields.sort(key=lambda pair: order.get(pair[0], len(order)))
    origin = Origin(text, tuple(findings), lambda _number, _start, _end: (None, False))
    return Document.from_fields(fields, body, origin)


class _Number(str):
    """A number as it was written."""

    __slots__ = ()


def _load(text: str, findings: list[Finding]) -> dict[str, Any]:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in items:
            if key in seen:
                findings.append(
                    report(
                        "metadata-json-duplicate",
                        f"the key {key!r} stands twice; the last one counts",
                    )
                )
            seen[key] = value
        return seen

    if (at := json_too_deep(text)) is not None:
        reason = f"it nests deeper than {MOST_LEVELS} levels, which is not read here"
        findings.append(report("metadata-json-syntax", reason, TextIndex(text).span(at, at + 1)))
        return {}
    try:
        # Numbers stay text: metadata has none, and long ones take long to convert.
        data = json.loads(text, object_pairs_hook=pairs, parse_int=_Number, parse_float=_Number)
    except json.JSONDecodeError as error:
        at = min(error.pos, len(text))
        reason = f"the text is no JSON: {error.msg}"
        findings.append(report("metadata-json-syntax", reason, TextIndex(text).span(at, at)))
        return {}
    if not isinstance(data, dict):
        findings.append(report("metadata-json-syntax", "metadata is a JSON object"))
        return {}
    return data


def _unknown(key: str, value: Any, findings: list[Finding]) -> list[tuple[str, str]]:
    name = "-".join(part.capitalize() for part in key.split("_"))
    texts = [value] if isinstance(value, str) and not isinstance(value, _Number) else value
    if (
        isinstance(texts, list)
        and all(isinstance(text, str) for text in texts)
        and (key and all(33 <= ord(char) <= 126 and char != ":" for char in name))
    ):
        findings.append(
            report("metadata-json-key", f"{key!r} is no key of core metadata; it is kept as {name}")
        )
        return [(name, text) for text in texts]
    findings.append(
        report("metadata-json-type", f"{key!r} is no key of core metadata, and its value no text")
    )
    return []


def _values(field: Field, value: Any, findings: list[Finding]) -> list[str]:
    """Return the values of one field, whatever the form."""
    texts = value
    if field.name == "Project-URL" and isinstance(value, Mapping):
        texts = [
            f"{label}, {address}" if isinstance(address, str) else address
            for label, address in value.items()
        ]
    elif field.name == "Project-URL" and isinstance(value, list):
        texts = [_url(item) for item in value]
    elif field.name == "Keywords" and isinstance(value, list):
        if all(isinstance(word, str) and not isinstance(word, _Number) for word in value):
            texts = [",".join(value)]
    elif isinstance(value, str):
        texts = [value]
        if field.multiple:
            findings.append(
                report(
                    "metadata-json-type", f"{field.json_key} is a list; the text is taken as one"
                )
            )
    elif not field.multiple:
        findings.append(
            report("metadata-json-type", f"{field.json_key} is text; this value is left out")
        )
        return []
    if not isinstance(texts, list):
        findings.append(
            report(
                "metadata-json-type", f"{field.json_key} is a list of text; this value is left out"
            )
        )
        return []
    good = [text for text in texts if isinstance(text, str)]
    if len(good) < len(texts):
        findings.append(
            report(
                "metadata-json-type",
                f"{field.json_key} has items that are no text; they are left out",
            )
        )
    if any(isinstance(text, _Number) for text in good):
        findings.append(
            report(
                "metadata-json-type", f"{field.json_key} is text, not a number; it is taken as text"
            )
        )
    if not field.lines and any("\n" in text or "\r" in text for text in good):
        findings.append(
            report("metadata-json-type", f"{field.json_key} has line breaks, which become blanks")
        )
    return good


def _url(item: Any) -> Any:
    if isinstance(item, Mapping) and set(item) <= {"label", "url"}:
        label, address = item.get("label", ""), item.get("url", "")
        if not {type(label), type(address)} - {str}:
            return f"{label}, {address}"
    return item
