"""Metadata as JSON; :mod:`.json_reader` is the way back.

Source: PEP 566, "JSON-compatible Metadata"; PEP 819 (draft), whose text makes
Project-URL an object and whose schema makes it a list.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Span, in_text_order
from trigpoint.metadata.checks.values import url_parts
from trigpoint.metadata.fields import Field
from trigpoint.metadata.text.plain import PlainDocument

__all__ = ["FORMS", "AsJson", "to_json"]

FORMS = ("pep566", "pep819", "pep819-schema")
"""PEP 566; the text of PEP 819 (URLs as an object); its schema (URLs as a list of objects)."""


class AsJson(NamedTuple):
    """A document as JSON-ready data, and findings on what the form has no place for."""

    data: dict[str, Any]
    findings: list[Finding]


def to_json(document: PlainDocument, form: str = "pep566") -> AsJson:
    r"""Return *document* in *form*, one of :data:`FORMS`.

    Keys are lower case with underscores, repeatable fields are lists, keywords
    are split at commas, the body is ``description``.  A field that stands twice
    and may not keeps its first value; the rest is reported.  Raises
    :exc:`ValueError` for a form that does not exist.

    >>> from trigpoint.metadata import read
    >>> to_json(read("Name: x\nProject-URL: Docs, https://x.org\n"), "pep819").data
    {'name': 'x', 'project_url': {'Docs': 'https://x.org'}}
    """
    if form not in FORMS:
        msg = f"form is one of {', '.join(FORMS)}, not {form!r}"
        raise ValueError(msg)
    data: dict[str, Any] = {}
    lost: list[Finding] = []
    for header in document.headers:
        field = header.field
        key = field.json_key if field else header.key.replace("-", "_")
        value = header.value
        if field is None:
            data.setdefault(key, []).append(value)
        elif field.name == "Project-URL" and form != "pep566":
            label, address, _ = url_parts(value)
            if form == "pep819-schema":
                data.setdefault(key, []).append({"label": label, "url": address})
            elif label in data.setdefault(key, {}):
                lost.append(
                    _lost(
                        header.value_span,
                        f"the label {label!r} can stand only once, so {address} is lost",
                    )
                )
            else:
                data[key][label] = address
        elif field.multiple:
            data.setdefault(key, []).append(value)
        elif key in data:
            lost.append(
                _lost(header.value_span, f"{field.name} can stand only once, so {value!r} is lost")
            )
        else:
            data[key] = _single(field, value)
    if document.body:
        if "description" in data:
            span = document.span(document.body_start, document.body_start)
            lost.append(
                _lost(span, "there is a description in the headers, so the one behind them is lost")
            )
        else:
            data["description"] = document.body
    return AsJson(data, in_text_order(lost))


def _single(field: Field, value: str) -> str | list[str]:
    if field.name == "Keywords":
        return [word for part in value.split(",") if (word := part.strip())]
    return value


def _lost(span: Span | None, message: str) -> Finding:
    return report("metadata-json-lost", message, span)
