"""The controls that labs have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trigpoint.labs.base import Example
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.parts import example_list

__all__ = [
    "choices",
    "editor",
    "entry",
    "example_menu",
    "file_entry",
    "hidden",
    "menu",
    "only_for",
    "options_row",
    "select",
    "tabs",
    "text_box",
    "tick",
    "toolbar",
]


def toolbar(*children: Any) -> Markup:
    """Return the row on top of a lab, with *children* in it."""
    return element("div", {"class": "tp-toolbar tp-live"}, *children)


def options_row(*children: Any) -> Markup:
    """Return a row of controls below the text: *children*, as :func:`element` takes them."""
    return element("div", {"class": "tp-options tp-live"}, *children)


def menu(title: str, *children: Any) -> Markup:
    """Return a menu that shows its *children* when its *title* is pressed."""
    return element(
        "details",
        {"class": "tp-menu tp-live"},
        element("summary", {}, title),
        element("div", {"class": "tp-menu-body"}, *children),
    )


def tabs(name: str, label: str, options: Mapping[str, str], chosen: str) -> Markup:
    """Return radio buttons of the field *name* that look like tabs.

    *label* says what they choose, *options* maps values to titles, and *chosen*
    is the value that is on.
    """
    return element(
        "div",
        {"class": "tp-tabs", "role": "radiogroup", "aria-label": label},
        [
            element(
                "label",
                {"class": "tp-tab"},
                element(
                    "input",
                    {"type": "radio", "name": name, "value": value, "checked": value == chosen},
                ),
                element("span", {}, title),
            )
            for value, title in options.items()
        ],
    )


def select(name: str, label: str, options: Mapping[str, str], chosen: str) -> Markup:
    """Return a drop-down list of the field *name* with its *label*.

    *options* maps values to titles, and *chosen* is the value that is on.
    """
    return element(
        "label",
        {"class": "tp-field"},
        f"{label} ",
        element(
            "select",
            {"name": name},
            [
                element("option", {"value": value, "selected": value == chosen}, title)
                for value, title in options.items()
            ],
        ),
    )


def entry(
    name: str,
    label: str,
    value: str,
    placeholder: str,
    kind: str | None = None,
    *,
    of_text: bool = False,
) -> Markup:
    """Return a line to type into for the field *name*, with its *label*.

    *value* stands in it; *placeholder* shows, in grey, how to write one.  *kind*
    is how the page reads it: ``"list"``, ``"number"``, or None for text.  With *of_text*, what
    an example brought goes with the example's text, as in :func:`hidden`.
    """
    return element(
        "label",
        {"class": "tp-field"},
        f"{label} ",
        element(
            "input",
            {
                "name": name,
                "type": "text",
                "value": value,
                "placeholder": placeholder,
                "data-type": kind,
                "data-of-text": of_text,
                "spellcheck": "false",
                "autocapitalize": "off",
            },
        ),
    )


def only_for(value: str, *children: Any) -> Markup:
    """Return *children* in a row that shows only while the tab *value* is chosen."""
    return element("div", {"class": "tp-options tp-live", "data-for": value}, *children)


def example_menu(examples: Sequence[Example]) -> Markup:
    """Return the menu of ready-made requests, *examples*."""
    return menu("Examples", example_list(examples))


def editor(
    label: str, text: str, words: Iterable[str], *, rows: tuple[int, int] = (1, 12)
) -> Markup:
    """Return the *text* that the reader edits, under its *label*.

    *words* are highlighted, those that end with a colon as names of fields; *rows* are the least and the most lines that it shows.
    """
    return element(
        "label",
        {"class": "tp-text"},
        element("span", {"class": "tp-label"}, label),
        element(
            "textarea",
            {
                "name": "text",
                "data-editor": True,
                "spellcheck": "false",
                "autocapitalize": "off",
                "autocomplete": "off",
                "wrap": "soft",
                "rows": _rows(text, rows),
                "data-words": " ".join(words),
            },
            _kept(text),
        ),
    )


def text_box(
    name: str,
    label: str,
    text: str,
    rows: tuple[int, int],
    *,
    only: str | None = None,
    placeholder: str | None = None,
    of_text: bool = False,
) -> Markup:
    """Return a second text for the field *name*, plain, which a static page shows too.

    *label* stands over it, *text* in it; *rows* are the least and the most lines
    that it shows.  With *only*, it shows while that tab is chosen; *placeholder*
    shows, in grey, how to write one.  With *of_text*, one that an example brought goes
    with the example's text, as in :func:`hidden`.
    """
    return element(
        "div",
        {"class": "tp-options tp-other", "data-for": only},
        element(
            "label",
            {"class": "tp-text"},
            element("span", {"class": "tp-caption"}, label),
            element(
                "textarea",
                {
                    "name": name,
                    "spellcheck": "false",
                    "autocapitalize": "off",
                    "autocomplete": "off",
                    "wrap": "soft",
                    "placeholder": placeholder,
                    "rows": _rows(text, rows),
                    "data-of-text": of_text,
                },
                _kept(text),
            ),
        ),
    )


def file_entry(
    name: str,
    label: str,
    accept: str = "",
    *,
    several: bool = False,
    leave_out: Iterable[str] | None = None,
) -> Markup:
    """Return the place for a file, which the page sends in the field *name*.

    *label* says what may be chosen, *accept* by which endings a browser offers it.  With
    *several*, many files and whole folders come as one archive, without the folders that
    hold no file of a project's own, or those that *leave_out* names;
    :func:`trigpoint.labs.files.contents` reads that.
    """
    left_out = None if leave_out is None else " ".join(sorted(leave_out))
    box = element(
        "input",
        {
            "type": "file",
            "name": name,
            "data-file": True,
            "multiple": several,
            "data-leave-out": (left_out or _left_out()) if several else None,
            "accept": accept or None,
            "aria-label": label,
        },
    )
    folder = element(
        "button", {"type": "button", "class": "tp-button", "data-folder": True}, "Open a folder"
    )
    return fragment(
        element("label", {"class": "tp-field tp-file"}, element("span", {}, "Open "), box),
        folder if several else None,
    )


def _left_out() -> str:
    # Only labs that take folders load what knows of projects.
    from trigpoint.projects.folder import FOREIGN

    return " ".join(sorted(FOREIGN))


def hidden(
    name: str,
    value: str,
    kind: str | None = None,
    *,
    of_text: bool = False,
    of_files: bool = False,
) -> Markup:
    """Return the field *name* with *value*, which only the result's buttons change.

    *kind* as in :func:`entry`.  With *of_text* it says something about the text in the
    editor, and is emptied when another text takes its place.  With *of_files* it names files
    that the lab holds, which a page brings again from the tab where that has them.
    """
    return element(
        "input",
        {
            "type": "hidden",
            "name": name,
            "data-type": kind,
            "data-of-text": of_text,
            "data-of-files": of_files,
            "value": value,
        },
    )


def tick(name: str, label: str, *, ticked: bool) -> Markup:
    """Return a box to tick for the field *name*, *ticked* or not, with its *label* behind it."""
    return element(
        "label",
        {"class": "tp-field"},
        element("input", {"type": "checkbox", "name": name, "checked": ticked}),
        f" {label}",
    )


def choices(name: str, label: str, options: Mapping[str, str], chosen: Sequence[str]) -> Markup:
    """Return boxes to tick for the field *name*, a list.

    *label* says what they choose, *options* maps values to titles, and *chosen*
    are the values that are ticked.
    """
    return element(
        "fieldset",
        {"class": "tp-choices"},
        element("legend", {}, label),
        [
            element(
                "label",
                {},
                element(
                    "input",
                    {"type": "checkbox", "name": name, "value": value, "checked": value in chosen},
                ),
                " ",
                title,
            )
            for value, title in options.items()
        ],
    )


def _kept(text: str) -> str:
    """Return *text* for a text area: a browser drops one line end right after the tag."""
    return f"\n{text}" if text.startswith("\n") else text


def _rows(text: str, rows: tuple[int, int]) -> int:
    return max(rows[0], min(rows[1], text.count("\n") + 1))
