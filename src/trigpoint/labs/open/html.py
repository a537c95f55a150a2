"""The form of the lab that opens others, and its answers as HTML."""

from __future__ import annotations

from typing import Any

from trigpoint.labs import controls, parts
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.open import words
from trigpoint.labs.open.answer import OpenRequest, OpenResponse, Way
from trigpoint.labs.open.examples import EXAMPLES

__all__ = ["form", "result"]


def result(response: OpenResponse) -> Markup:
    """Return what *response* takes it for, the labs for it, and the findings."""
    head = parts.summary_line(words.summary(response))
    if response.empty:
        start = (
            "Paste a marker, a requirements file, METADATA, a pyproject.toml or what a tool printed, "
            "or drop a wheel, an sdist or the folder of a project."
        )
        return parts.nothing_yet(words.summary(response), start, EXAMPLES)
    main, *more = response.ways or (None,)
    return fragment(
        head,
        element(
            "p", {"class": "tp-way"}, _link(response, main, f"Open in {main.title}"), _does(main)
        )
        if main
        else None,
        element(
            "ul",
            {"class": "tp-ways", "aria-label": "Other labs for it"},
            [element("li", {}, _link(response, way, way.title), _does(way)) for way in more],
        )
        if more
        else None,
        _pieces(response),
        _keep(response),
        _others(response),
    )


def _link(response: OpenResponse, way: Way, title: str) -> Markup:
    kept = bool(response.pieces or way.file)
    return parts.open_link(way.lab, way.request, title, kept=kept, file=way.file)


def _does(way: Way) -> Markup:
    return element("span", {"class": "tp-does"}, f" {way.does}")


def _pieces(response: OpenResponse) -> Markup | None:
    if not response.pieces:
        return None
    items = [element("li", {}, words.piece_of(row)) for row in response.pieces]
    return fragment(
        element("p", {"class": "tp-hint"}, "What labs read of it:"),
        element("ul", {"class": "tp-values"}, items),
    )


def _keep(response: OpenResponse) -> Markup | None:
    if not (response.project and response.ways):
        return None
    project: dict[str, Any] = {
        "name": response.name or "Your text",
        "parts": words.project_parts(response),
        "labs": {
            way.lab: {"request": way.request, "does": way.does, "file": way.file}
            for way in response.ways
        },
    }
    if response.pieces or response.kind in _BROUGHT:
        # What was dropped is kept at once, and the bar over the lab says so.
        return element("span", {"data-project": project, "hidden": True})
    return element(
        "p",
        {"class": "tp-keep tp-live"},
        element(
            "button",
            {"type": "button", "class": "tp-button", "data-project": project},
            "Use it in every lab",
        ),
        element("span", {"class": "tp-hint"}, " It stays in this tab, until you close it."),
    )


_BROUGHT = ("wheel", "sdist", "folder")
"""What comes as a file only."""


def _others(response: OpenResponse) -> Markup | None:
    if not response.others:
        return None
    return element(
        "p",
        {"class": "tp-live tp-others"},
        "Not this? Read it as ",
        [
            [
                ", " if i else None,
                element(
                    "button",
                    {"type": "button", "class": "tp-link", "data-set": {"read_as": kind}},
                    words.short_name(kind),
                ),
            ]
            for i, kind in enumerate(response.others)
        ],
        ".",
    )


def form(request: OpenRequest) -> Markup:
    """Return the box and the places for files, filled in from *request*."""
    return fragment(
        controls.toolbar(controls.example_menu(EXAMPLES)),
        controls.editor("Anything about packaging", request.text, ("and", "or"), rows=(3, 16)),
        element(
            "div",
            {"class": "tp-bring"},
            controls.file_entry("file", "A file or several to open", several=True),
        ),
        controls.hidden("file_name", request.file_name, of_text=True),
        controls.hidden("read_as", request.read_as, of_text=True),
    )
