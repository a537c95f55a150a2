"""The review lab's form, and its answers as HTML."""

from __future__ import annotations

import base64
import re
from typing import Any, Final

from trigpoint.labs import controls, parts
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.review import words
from trigpoint.labs.review.data import FamilyRow, ResultRow, ReviewRequest, ReviewResponse
from trigpoint.labs.review.examples import EXAMPLES

__all__ = ["form", "result"]

_CODE: Final = re.compile(r"`([^`]+)`|\[([^\]]+)\]\((https://[^\s)]+)\)")
_WORDS: Final = ("requires", "build-backend", "name", "version", "dependencies", "dynamic")


def result(response: ReviewResponse) -> Markup:
    """Return the families of *response*, what failed first, and the findings."""
    head = parts.summary_line(words.summary(response))
    findings = parts.findings_list(response.findings, kind="tp-findings tp-lead")
    if response.empty:
        sentence = "Drop a project's folder, a zip or an sdist, or write a pyproject.toml."
        return fragment(parts.nothing_yet(words.summary(response), sentence, EXAMPLES), findings)
    failing = [each for each in response.families if each.failed]
    others = [each for each in response.families if not each.failed]
    return fragment(
        head,
        findings,
        parts.hint(f"{response.missing[0].upper()}{response.missing[1:]}.")
        if response.missing
        else None,
        [_family(each) for each in failing],
        _patch("All fixes that can be carried out, as one patch", response.patch),
        [_family(each) for each in others],
        _not_read(response),
    )


def _family(row: FamilyRow) -> Markup:
    failed = [each for each in row.results if each.outcome == "failed"]
    others = [each for each in row.results if each.outcome != "failed"]
    title = [row.title, " ", element("span", {"class": "tp-count"}, words.counts(row))]
    quiet = element("ul", {"class": "tp-values"}, [_quiet(each) for each in others])
    if not failed:
        return element(
            "details",
            {"class": "tp-case"},
            element("summary", {}, title),
            quiet,
        )
    return element(
        "section",
        {"class": "tp-package"},
        element("h4", {}, title),
        [_failed(each) for each in failed],
        element("details", {"class": "tp-case"}, element("summary", {}, "The other checks"), quiet)
        if others
        else None,
    )


def _failed(row: ResultRow) -> Markup:
    return element(
        "section",
        {"class": "tp-told"},
        element("p", {"class": "tp-said"}, element("strong", {}, row.claim), " ", _code(row)),
        [_piece(*each) for each in words.lines(row)],
        _patch("The fix as a patch", row.patch),
    )


def _quiet(row: ResultRow) -> Markup:
    said = words.outcome(row.outcome)
    return element(
        "li",
        {},
        row.claim,
        " ",
        _code(row),
        " ",
        element("span", {"class": "tp-hint"}, said),
        _reason(row) if row.outcome == "ignored" and row.words else None,
    )


def _reason(row: ResultRow) -> Markup:
    return element("span", {"class": "tp-hint"}, f": {row.words}")


def _code(row: ResultRow) -> Markup:
    if row.url.startswith("https://"):
        return element("a", {"class": "tp-code", "href": row.url}, row.code)
    return element("span", {"class": "tp-code"}, row.code)


def _piece(kind: str, text: str) -> Markup:
    if kind == "code":
        return element("pre", {"class": "tp-listing", "tabindex": 0}, parts.code(text))
    return element("p", {"class": "tp-said"}, _inline(text))


def _inline(text: str) -> list[Any]:
    """Return *text* with what stands between backquotes as code, and links as links."""
    found: list[Any] = []
    at = 0
    for match in _CODE.finditer(text):
        found.append(text[at : match.start()])
        code = match[1]
        found.append(parts.code(code) if code else element("a", {"href": match[3]}, match[2]))
        at = match.end()
    return [*found, text[at:]]


def _patch(title: str, patch: str) -> Markup | None:
    if not patch:
        return None
    content = base64.b64encode(patch.encode("utf-8", "replace")).decode("ascii")
    return element(
        "details",
        {"class": "tp-case"},
        element("summary", {}, title),
        element("pre", {"class": "tp-listing", "tabindex": 0}, parts.code(patch)),
        element(
            "button",
            {
                "type": "button",
                "class": "tp-live tp-button",
                "data-download": "review.patch",
                "data-content": content,
            },
            "Save review.patch",
        ),
    )


def _not_read(response: ReviewResponse) -> Markup | None:
    if not response.not_read:
        return None
    return parts.hint(f"Not read: {', '.join(response.not_read)}.")


def form(request: ReviewRequest) -> Markup:
    """Return the text, the files, and whether to ask sp-repo-review, filled in from *request*."""
    accept = ".zip,.gz,.tgz,.toml"
    return fragment(
        controls.toolbar(
            controls.example_menu(EXAMPLES),
            controls.file_entry(
                "file", "A project as a folder, a zip or an sdist", accept, several=True
            ),
        ),
        controls.editor("pyproject.toml", request.text, _WORDS, rows=(6, 24)),
        controls.text_box(
            "files",
            "Other files: one path per line, and below it, indented by four spaces, what it holds",
            request.files,
            (3, 16),
            placeholder=".github/workflows/ci.yml",
        ),
        controls.options_row(
            controls.tick("plugins", "Ask sp-repo-review, too", ticked=request.plugins),
            controls.hidden("kept", request.kept, of_files=True),
        ),
    )
