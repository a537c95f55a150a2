"""A report as SARIF, which code hosts show as alerts.

Source: SARIF 2.1.0; GitHub, "SARIF support for code scanning".
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from trigpoint import __version__
from trigpoint.catalogue import RULES
from trigpoint.findings import Finding, Fix, Severity, Span
from trigpoint.projects.report import FileReport, Report

__all__ = ["SCHEMA", "sarif", "to_sarif"]

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
"""The schema that :func:`to_sarif` follows."""

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_STDIN: Final = "stdin"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def sarif(report: Report) -> str:
    """Return *report* as SARIF, in JSON; see :func:`to_sarif`."""
    return json.dumps(to_sarif(report), indent=2, ensure_ascii=True)


def to_sarif(report: Report) -> dict[str, Any]:
    r"""Return *report* as SARIF 2.1.0, ready for JSON.

    Every finding is a result, and what was not read is a notification.  Code scanning wants a
    line of every result: one without a place, or inside an archive, gets the first, and the
    message says where it is.

    >>> from trigpoint.projects import check_text
    >>> run = to_sarif(check_text(b"spam=>1\n", "requirements.txt"))["runs"][0]
    >>> run["results"][0]["locations"][0]["physicalLocation"]["region"]
    {'startLine': 1, 'startColumn': 5, 'endLine': 1, 'endColumn': 8}
    """
    codes = {each.code for each in report.findings}
    order = {code: i for i, code in enumerate(each for each in RULES if each in codes)}
    seen: Counter[str] = Counter()
    results = [
        _result(file, finding, order[finding.code], seen)
        for file in report.files
        for finding in file.findings
    ]
    notes = [
        {
            "level": "note",
            "message": {"text": _clean(f"not read: {each}")},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file.path)}}}],
        }
        for file in report.files
        for each in file.not_read
    ]
    run = {
        "tool": {
            "driver": {
                "name": "Trigpoint",
                "version": __version__,
                "rules": [_rule(code) for code in order],
            }
        },
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {
        "id": code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\nSource: {rule.url}"},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["packaging", rule.topic]},
    }


def _result(file: FileReport, finding: Finding, number: int, seen: Counter[str]) -> dict[str, Any]:
    message = finding.message
    span = finding.span
    if file.member and span:
        message = f"{file.member}:{span.line}:{span.column}: {message}"
    if finding.fix:
        message += f"; {finding.fix.message}"
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(file.path)},
            "region": _region(None if file.member else span),
        }
    }
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": _clean(message)},
        "locations": [location],
        "partialFingerprints": {"trigpoint/v1": _fingerprint(file, finding, seen)},
    }
    fix = finding.fix
    if fix and fix.span and fix.replacement is not None and not file.member:
        result["fixes"] = [_fix(file, fix, fix.span, fix.replacement)]
    return result


def _fix(file: FileReport, fix: Fix, span: Span, replacement: str) -> Mapping[str, Any]:
    change = {"deletedRegion": _region(span), "insertedContent": {"text": _clean(replacement)}}
    return {
        "description": {"text": _clean(fix.message)},
        "artifactChanges": [
            {"artifactLocation": {"uri": _uri(file.path)}, "replacements": [change]}
        ],
    }


def _region(span: Span | None) -> dict[str, int]:
    if span is None:
        return {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fingerprint(file: FileReport, finding: Finding, seen: Counter[str]) -> str:
    """Return what stays the same while lines move: the file, the rule and the text meant."""
    span = finding.span
    meant = file.text[span.start : span.end] if span else ""
    parts = (file.path, file.member, finding.code, finding.message, meant)
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _uri(path: str) -> str:
    """Return the URI of the file at *path*, relative if that is."""
    if not path:
        return _STDIN
    try:
        plain = Path(path)
        if plain.is_absolute():
            return plain.as_uri()
        return quote(path.encode("utf-8", "surrogateescape"), safe="/")
    except UnicodeEncodeError:
        return quote(_clean(path), safe="/")


def _clean(text: str) -> str:
    """Return *text* without halves of surrogate pairs, which no reader of JSON has to accept."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
