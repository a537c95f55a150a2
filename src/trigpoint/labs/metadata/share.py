"""The metadata lab's question, written down elsewhere."""

from __future__ import annotations

import shlex
from typing import Any

from trigpoint.labs.base import Share
from trigpoint.labs.documents import detect, source_of
from trigpoint.labs.metadata.data import VIEWS, MetadataRequest
from trigpoint.labs.sharing import embed, heredoc, program

__all__ = ["share"]

_DEFAULT = MetadataRequest()


def share(directive: str, request: MetadataRequest) -> Share:
    """Return *request* as a command, as Python and for a page with the *directive*."""
    return Share(_command(request), _python(request), _embed(directive, request))


_COMMANDS = {
    "fields": "check",
    "convert": "convert",
    "diff": "diff",
    "json": "json",
    "installers": "predict",
}


def _command(request: MetadataRequest) -> str:
    view = request.view if request.view in VIEWS else "fields"
    words = ["trigpoint", "metadata", _COMMANDS[view], "-"]
    if view == "diff":
        words[-1:] = ["old-METADATA", "new-METADATA"]
    options: list[tuple[str, str]] = []
    if view == "fields":
        options += [("--reader", request.reader)] if request.reader != _DEFAULT.reader else []
        options += [("--kind", request.kind)] if request.kind else []
        options += [("--for", request.index)] if request.index else []
    elif view == "convert":
        options.append(("--to", request.to))
        options += [("--force", "")] if request.force else []
    elif view == "json" and request.form != _DEFAULT.form:
        options.append(("--form", request.form))
    elif view == "installers":
        options += [("--tool", tool) for tool in request.tools]
        options += [("--request", request.asked)] if request.asked else []
    for name, value in options:
        words += [name, shlex.quote(value)] if value else [name]
    line = " ".join(words)
    return line if view == "diff" else line + heredoc(request.text)


def _python(request: MetadataRequest) -> str:
    pyproject = source_of(request.text, request.source) == "pyproject"
    reader = "from_project_table" if pyproject else "read"
    text = f"text = {request.text!r}\n"
    head = f"document = {reader}(text)\n"
    if request.view == "convert":
        force = ", force=True" if request.force else ""
        return (
            f"from trigpoint.metadata import convert, {reader}\n\n{text}{head}"
            f"converted = convert(document, {request.to!r}{force})\n"
            "for finding in converted.findings:\n"
            "    print(finding.severity.value, finding.message)\n"
            "print(converted.document)\n"
        )
    if request.view == "diff":
        other = "from_project_table" if detect(request.other) == "pyproject" else "read"
        names = ", ".join(sorted({"diff", reader, other}))
        return (
            f"from trigpoint.metadata import {names}\n\n{text}other = {request.other!r}\n{head}"
            f"for difference in diff(document, {other}(other)):\n"
            "    print(difference.field, difference.kind, difference.message)\n"
        )
    if request.view == "json":
        return (
            f"import json\n\nfrom trigpoint.metadata import {reader}, to_json\n\n{text}{head}"
            f"print(json.dumps(to_json(document, {request.form!r}).data, indent=2))\n"
        )
    if request.view == "installers":
        return program(
            "metadata",
            request,
            ("text", "view", "source", "asked", "tools", "file_name", "wheel_version"),
            'for each in answer["tools"]:\n'
            '    print(each["tool"], each["outcome"], *each["cases"])\n',
        )
    found = "document"
    if pyproject:
        found, reader = "project", "read_pyproject"
        head = "project = read_pyproject(text)\ndocument = project.document\n"
    used, findings = [], f"{found}.findings()"
    if request.index:
        used.append("index")
        findings = f"index.joined({found}.findings(), index.check(document))"
    if pyproject:
        used.insert(0, "backends")
        findings = f"[*{findings}, *backends.check(text)]"
    imported = f"from trigpoint.installers import {', '.join(used)}\n" if used else ""
    return (
        f"{imported}from trigpoint.metadata import {reader}\n\n{text}{head}"
        f"for finding in {findings}:\n"
        "    print(finding.span and finding.span.line, finding.severity.value, finding.message)\n"
        "for name in document:\n"
        "    print(name, document[name])\n"
    )


def _embed(directive: str, request: MetadataRequest) -> str:
    fields = {
        name: getattr(request, name)
        for name in (
            "source",
            "view",
            "reader",
            "kind",
            "index",
            "to",
            "force",
            "other",
            "form",
            "asked",
            "tools",
            "file_name",
            "wheel_version",
        )
        if getattr(request, name) != getattr(_DEFAULT, name)
    }
    return embed(directive, {name: _written(value) for name, value in fields.items()}, request.text)


def _written(value: Any) -> str:
    """Write a field's value as an option of a directive."""
    if value is True:
        return "true"
    if isinstance(value, tuple):
        return ", ".join(each.replace(" ", "==") for each in value)
    return str(value)
