"""The metadata lab: what a METADATA file or pyproject.toml says, and what tools make of it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from trigpoint.findings import Finding
from trigpoint.labs.base import Lab, Share
from trigpoint.labs.controls import editor, entry, example_menu, only_for, select, tabs
from trigpoint.labs.examples import METADATA
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.metadata.answer import (
    FORM_NAMES,
    KINDS,
    READERS,
    SOURCES,
    VIEWS,
    Request,
    Response,
    answer,
    detect,
    finding_of,
)
from trigpoint.labs.metadata.files import Found, UnusableFileError, Upload, decoded
from trigpoint.labs.metadata.html import result, summary
from trigpoint.labs.metadata.index import LISTING, newest_metadata
from trigpoint.labs.sharing import embed, heredoc
from trigpoint.metadata import FIELDS, VERSIONS

__all__ = ["MetadataLab", "Request", "Response", "Upload", "filled"]


def filled(request: Request, name: str, found: Found) -> Request:
    """Return *request* with what the file *name* holds in it."""
    return replace(
        request,
        text=found.text,
        source="auto",
        kind=found.kind,
        file_name=name if found.kind == "wheel" else "",
        wheel_version=found.wheel_version,
        file="",
    )


class MetadataLab(Lab[Request, Response]):
    """What metadata says, what it would be in another version, and what tools do with it."""

    name = "metadata"
    title = "Metadata"
    directive = "metadata-lab"
    indexed = True
    request_type = Request
    response_type = Response
    examples = METADATA

    # -- answering ----------------------------------------------------------------

    def settle(self, request: Request) -> Request:
        """Put the metadata of a dropped file into the text; a file without is a finding."""
        upload = request.file
        request = replace(request, fetch="")
        if not isinstance(upload, Upload) or upload.problem or not (upload.name or upload.data):
            return replace(request, file="")
        try:
            if upload.name.endswith(LISTING):
                return replace(request, file="", fetch=newest_metadata(upload))
            return filled(request, upload.name, decoded(upload))
        except UnusableFileError as problem:
            return replace(request, file=Upload(upload.name, problem=str(problem)))

    def run(self, request: Request) -> Response:
        """Answer the view that is asked for; a file that is not settled is ignored."""
        return answer(request)

    def findings(self, response: Response) -> Sequence[Finding]:
        """Return the findings on the text, in text order."""
        return [finding_of(data) for data in response.findings]

    def valid(self, response: Response) -> bool:
        """Say whether fields could be told apart; what is wrong with them is no hindrance."""
        return response.readable

    def summary(self, response: Response) -> str:
        """Return the answer in one plain sentence."""
        return summary(response)

    # -- showing ------------------------------------------------------------------

    def html(self, response: Response) -> Markup:
        """Return the view and the findings."""
        return result(response)

    def form(self, request: Request) -> Markup:
        """Return the tabs, the editor and the switches of each view."""
        return fragment(
            element(
                "div",
                {"class": "tp-toolbar tp-live"},
                tabs("view", "View", VIEWS, request.view if request.view in VIEWS else "fields"),
                example_menu(self.examples),
                element(
                    "label",
                    {"class": "tp-field tp-file"},
                    element("span", {}, "Open "),
                    element(
                        "input",
                        {
                            "type": "file",
                            "name": "file",
                            "data-file": True,
                            "accept": ".whl,.gz,.zip,.toml,.txt,METADATA,PKG-INFO",
                            "aria-label": "A wheel, an sdist or a text to open",
                        },
                    ),
                ),
            ),
            editor("METADATA, PKG-INFO or pyproject.toml", request.text, FIELDS, rows=(3, 16)),
            element(
                "div",
                {"class": "tp-options tp-live"},
                select("source", "Text is", SOURCES, request.source),
                select("reader", "Reader knows up to", _plain(READERS), request.reader),
                select("kind", "Out of", KINDS, request.kind),
            ),
            only_for(
                "convert",
                select("to", "Version", _plain((*VERSIONS, "3.0")), request.to),
                element(
                    "label",
                    {"class": "tp-field"},
                    element(
                        "input", {"type": "checkbox", "name": "force", "checked": request.force}
                    ),
                    " Write the nearest text where something cannot be said",
                ),
            ),
            only_for("json", select("form", "Form", FORM_NAMES, request.form)),
            only_for(
                "installers",
                entry("asked", "Asked for", request.asked, "pkg[docs]"),
                entry("tools", "Tools", ", ".join(request.tools), "all", kind="list"),
                entry(
                    "file_name", "Name of the wheel", request.file_name, "pkg-1.0-py3-none-any.whl"
                ),
                entry("wheel_version", "Wheel-Version", request.wheel_version, "1.0"),
            ),
            element(
                "div",
                {"class": "tp-options tp-other", "data-for": "diff"},
                element(
                    "label",
                    {"class": "tp-text"},
                    element("span", {"class": "tp-caption"}, "Newer document"),
                    element(
                        "textarea",
                        {
                            "name": "other",
                            "spellcheck": "false",
                            "autocapitalize": "off",
                            "autocomplete": "off",
                            "wrap": "soft",
                            "rows": max(3, min(16, request.other.count("\n") + 1)),
                        },
                        request.other,
                    ),
                ),
            ),
        )

    # -- sharing ------------------------------------------------------------------

    def share(self, request: Request) -> Share:
        """Return the question as a command, as Python and as a directive."""
        return Share(_command(request), _python(request), _embed(self.directive, request))


def _plain(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}


# -- sharing ----------------------------------------------------------------------------

_COMMANDS = {
    "fields": "check",
    "convert": "convert",
    "diff": "diff",
    "json": "json",
    "installers": "predict",
}


def _command(request: Request) -> str:
    default = Request()
    view = request.view if request.view in VIEWS else "fields"
    words = ["trigpoint", "metadata", _COMMANDS[view], "-"]
    if view == "diff":
        words[-1:] = ["old-METADATA", "new-METADATA"]
    options: list[tuple[str, str]] = []
    if view == "fields":
        options += [("--reader", request.reader)] if request.reader != default.reader else []
        options += [("--kind", request.kind)] if request.kind else []
    elif view == "convert":
        options.append(("--to", request.to))
        options += [("--force", "")] if request.force else []
    elif view == "json" and request.form != default.form:
        options.append(("--form", request.form))
    elif view == "installers":
        options += [("--tool", tool) for tool in request.tools]
        options += [("--request", request.asked)] if request.asked else []
    for name, value in options:
        words += [name, shlex.quote(value)] if value else [name]
    line = " ".join(words)
    return line if view == "diff" else line + heredoc(request.text)


def _python(request: Request) -> str:
    pyproject = (
        detect(request.text) == "pyproject"
        if request.source == "auto"
        else (request.source == "pyproject")
    )
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
        fields = {
            name: getattr(request, name)
            for name in ("text", "view", "source", "asked", "tools", "file_name", "wheel_version")
            if getattr(request, name) != getattr(Request(), name)
        }
        lines = "".join(
            f"    {name!r}: {list(value) if isinstance(value, tuple) else value!r},\n"
            for name, value in fields.items()
        )
        return (
            f'from trigpoint.labs import run\n\nanswer = run("metadata", {{\n{lines}}})\n'
            'for each in answer["tools"]:\n'
            '    print(each["tool"], each["outcome"], *each["cases"])\n'
        )
    return (
        f"from trigpoint.metadata import {reader}\n\n{text}{head}"
        "for finding in document.findings():\n"
        "    print(finding.span and finding.span.line, finding.severity.value, finding.message)\n"
        "for name in document:\n"
        "    print(name, document[name])\n"
    )


def _embed(directive: str, request: Request) -> str:
    default = Request()
    fields = {
        name: getattr(request, name)
        for name in (
            "source",
            "view",
            "reader",
            "kind",
            "to",
            "force",
            "other",
            "form",
            "asked",
            "tools",
            "file_name",
            "wheel_version",
        )
        if getattr(request, name) != getattr(default, name)
    }
    return embed(directive, {name: _written(value) for name, value in fields.items()}, request.text)


def _written(value: Any) -> str:
    """Write a field's value as an option of a directive."""
    if value is True:
        return "true"
    if isinstance(value, tuple):
        return ", ".join(each.replace(" ", "==") for each in value)
    return str(value)
