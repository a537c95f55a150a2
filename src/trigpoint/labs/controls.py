"""The controls that labs have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trigpoint.labs.base import Example, menu
from trigpoint.labs.markup import Markup, element

__all__ = ["editor", "entry", "example_menu", "only_for", "select", "tabs"]


def tabs(name: str, label: str, options: Mapping[str, str], chosen: str) -> Markup:
    """Return radio buttons that look like tabs; *options* maps values to titles."""
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
    """Return a drop-down list with its label; *options* maps values to titles."""
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


def entry(name: str, label: str, value: str, placeholder: str, kind: str | None = None) -> Markup:
    """Return a line to type in; *kind* is how the page reads it, such as ``"list"``."""
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
                "spellcheck": "false",
                "autocapitalize": "off",
            },
        ),
    )


def only_for(value: str, *children: Any) -> Markup:
    """Return controls that show only while the tab *value* is chosen."""
    return element("div", {"class": "tp-options tp-live", "data-for": value}, *children)


def example_menu(examples: Sequence[Example]) -> Markup:
    """Return the menu of ready-made requests."""
    return menu(
        "Examples",
        element(
            "ul",
            {"class": "tp-examples"},
            [
                element(
                    "li",
                    {},
                    element(
                        "button",
                        {"type": "button", "data-example": dict(each.request)},
                        element("span", {"class": "tp-example-label"}, each.label),
                        " ",
                        element("span", {"class": "tp-example-source"}, each.source),
                    ),
                )
                for each in examples
            ],
        ),
    )


def editor(
    label: str, text: str, words: Iterable[str], *, rows: tuple[int, int] = (1, 12)
) -> Markup:
    """Return the text that the reader edits; *words* are highlighted.

    *rows* are the least and the most lines that it shows.
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
                "rows": max(rows[0], min(rows[1], text.count("\n") + 1)),
                "data-words": " ".join(words),
            },
            # A browser drops one line end right after the tag.
            f"\n{text}" if text.startswith("\n") else text,
        ),
    )
