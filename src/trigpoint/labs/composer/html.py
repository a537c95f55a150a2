"""The composer lab's form, and the project as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from trigpoint.labs import controls, parts
from trigpoint.labs.composer import colours, words
from trigpoint.labs.composer.data import (
    ComposerRequest,
    ComposerResponse,
    FileRow,
    MatrixRow,
    OtherRow,
)
from trigpoint.labs.composer.examples import EXAMPLES
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.projects.templates import (
    LANGUAGES,
    OPTIONS,
    PYTHONS,
    WISHES,
    answers_about,
    licenses,
    templates,
)

__all__ = ["form", "result"]

_KEPT: Final = "trigpoint-own"
"""What the script of the guides' snippets calls the reader's names."""


def result(response: ComposerResponse) -> Markup:
    """Return the project of *response*, or which backend fits, and the findings."""
    head = parts.summary_line(words.summary(response))
    findings = parts.findings_list(response.findings, kind=parts.LEAD)
    at = _at(response)
    if response.view == "backend":
        return fragment(head, findings, at, _backend(response))
    if response.empty:
        start = "Write the name of your project."
        return fragment(findings, at, parts.nothing_yet(words.summary(response), start, EXAMPLES))
    return fragment(head, findings, at, _project(response) if response.files else None)


def _at(response: ComposerResponse) -> Markup | None:
    """Say beside each control what is wrong with its answer; the script puts it there."""
    if not response.at:
        return None
    return element(
        "div",
        {"class": "tp-at-list"},
        [
            element(
                "p",
                {"class": "tp-at", "data-at": row.field},
                # What stands beside the control needs no name.
                element("strong", {}, words.FIELDS.get(row.field, row.field)),
                f" {row.words}. ",
                _instead(row.field, row.instead) if row.instead is not None else None,
            )
            for row in response.at
        ],
    )


def _instead(field: str, text: str) -> Markup:
    """Return the button that puts *text* into *field*."""
    label = f"Write {text}" if text else "Take the template's"
    return element(
        "button",
        {"type": "button", "class": "tp-live tp-button", "data-set": {field: text}},
        label,
    )


# -- the project ------------------------------------------------------------------------


def _project(response: ComposerResponse) -> Markup:
    name = f"{response.folder}.zip"
    size = sum(row.size for row in response.files)
    return fragment(
        parts.hint(response.about),
        element(
            "p",
            {"class": "tp-actions"},
            element(
                "button",
                {
                    "type": "button",
                    "class": "tp-live tp-button",
                    "data-download": name,
                    "data-content": response.archive,
                },
                f"Save {name}",
            ),
            " ",
            element("span", {"class": "tp-hint"}, f"{size:,} bytes. ", _verified(response)),
        ),
        _keeping(response),
        element("div", {"class": "tp-compose"}, _tree(response), _file(response)),
    )


def _verified(response: ComposerResponse) -> Markup | None:
    if not response.verified:
        return None
    return element("span", {"title": response.tools}, words.verified(response))


def _keeping(response: ComposerResponse) -> Markup:
    """Return what the page keeps for the guides, and a word about it."""
    said = words.kept(response)
    own = None if response.own is None else dict(response.own)
    return element(
        "p",
        {"class": "tp-hint tp-keeping", "data-keep": {_KEPT: own}, "hidden": not said},
        said,
    )


def _folder(row: FileRow) -> str:
    return row.path.rpartition("/")[0]


def _tree(response: ComposerResponse) -> Markup:
    folders = [
        (name, list(rows)) for name, rows in groupby(sorted(response.files, key=_order), _folder)
    ]
    return element(
        "details",
        {"class": "tp-tree"},
        element("summary", {}, words.counted(len(response.files), "file"), ": ", parts.code(response.path)),
        element(
            "ul",
            {"aria-label": f"Files of {response.folder}"},
            [
                element(
                    "li",
                    {},
                    element("span", {"class": "tp-folder"}, f"{name}/") if name else None,
                    element("ul", {}, [_leaf(row, response.path) for row in rows]),
                )
                for name, rows in folders
            ],
        ),
    )  # fmt: skip


def _order(row: FileRow) -> tuple[bool, str, str]:
    """Put the files of the project's own folder first, then one folder after the other."""
    return bool(_folder(row)), _folder(row), row.path


def _leaf(row: FileRow, shown: str) -> Markup:
    return element(
        "li",
        {},
        element(
            "button",
            {
                "type": "button",
                "data-set": {"path": row.key},
                "aria-current": "true" if row.path == shown else None,
                "aria-label": row.path,
                "title": row.purpose or None,
            },
            row.path.rpartition("/")[2],
        ),
    )


def _file(response: ComposerResponse) -> Markup:
    return element(
        "section",
        {"class": "tp-shown", "aria-label": response.path},
        element(
            "p",
            {"class": "tp-shown-head"},
            element("strong", {}, parts.code(response.path)),
            " ",
            element(
                "button",
                {
                    "type": "button",
                    "class": "tp-live tp-button",
                    "data-copy-text": response.content,
                },
                "Copy",
            ),
        ),
        parts.hint(response.purpose) if response.purpose else None,
        element("div", {"class": "tp-code", "tabindex": 0}, _listing(response))
        if response.content
        else parts.hint("The file is empty."),
    )


def _reason(why: str) -> Markup:
    return element("span", {"class": "tp-reason", "aria-hidden": "true"}, why)


_HEAD: Final = re.compile(r"\[+([^\]]+)\]+\s*$").match


def _listing(response: ComposerResponse) -> Markup:
    lines = [_line(line) for line in colours.lines(response.content, response.path)]
    if response.path != "pyproject.toml":
        return element("pre", {"class": "tp-source"}, element("code", {}, lines))
    pieces: list[Markup] = []
    for name, first, last in _tables(response.content):
        why = words.table(name)
        # The reason is there for the eye on hover and focus, and for a screen reader as a name.
        pieces.append(
            element(
                "span",
                {"class": "tp-part", "tabindex": 0, "role": "group", "aria-label": f"{name}: {why}"}
                if why
                else {"class": "tp-part"},
                lines[first:last],
                _reason(why) if why else None,
            )
        )
    return element("pre", {"class": "tp-source"}, element("code", {}, pieces))


def _tables(text: str) -> Iterable[tuple[str, int, int]]:
    """Give the tables of *text*, which is TOML: the name, and its lines with comments above."""
    lines = text.splitlines()
    starts: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        if found := _HEAD(line):
            first = number
            while first and lines[first - 1].startswith("#"):
                first -= 1
            starts.append((first, found[1]))
    if not starts or starts[0][0]:
        starts.insert(0, (0, ""))
    for (first, name), (last, _) in zip(starts, [*starts[1:], (len(lines), "")], strict=True):
        yield name, first, last


def _line(pieces: Sequence[tuple[str, str]]) -> Markup:
    return element(
        "span",
        {"class": "tp-source-line"},
        [
            element("span", {"class": f"tp-{name}-word"}, text) if name else text
            for name, text in pieces
        ],
        "\n",
    )


# -- which backend ----------------------------------------------------------------------


def _backend(response: ComposerResponse) -> Markup:
    fits = response.fits
    others = [[_take(each), " "] for each in response.others]
    return fragment(
        element("ul", {"class": "tp-reasons"}, [element("li", {}, each) for each in response.reasons]),
        element("p", {"class": "tp-actions"}, _take(fits)),
        element("p", {"class": "tp-actions"}, "Fits as well: ", others) if others else None,
        element("h4", {}, "What was measured"),
        element(
            "div",
            {"class": "tp-scroll", "tabindex": 0, "role": "group", "aria-label": "What was measured"},
            parts.table(words.COLUMNS, [_measured(row, fits) for row in response.matrix], "tp-table tp-matrix"),
        ),
        parts.hint(words.measured(response)),
    )  # fmt: skip


def _take(row: OtherRow) -> Markup:
    return element(
        "button",
        {
            "type": "button",
            "class": "tp-live tp-button",
            "data-set": {"template": row.name, "view": "files"},
            "title": row.title,
        },
        f"Compose with {row.name}",
    )


def _measured(row: MatrixRow, fits: OtherRow) -> Markup:
    chosen = row.project == words.project(fits.name)
    cells = (row.metadata, row.license_expression, row.license_files, row.extras, row.import_names, row.dynamic_version)  # fmt: skip
    return element(
        "tr",
        {"class": "tp-chosen" if chosen else None},
        element("th", {"scope": "row"}, parts.code(row.project), " ✓" if chosen else None),
        element("td", {}, row.version or "none"),
        [element("td", {}, each) for each in cells],
    )


# -- the form ---------------------------------------------------------------------------


def form(request: ComposerRequest) -> Markup:
    """Return the name, the answers and the questions, filled in from *request*."""
    return fragment(
        controls.toolbar(
            controls.tabs(
                "view",
                "What to show",
                {"files": "Files", "backend": "Which backend?"},
                request.view,
            ),
            controls.example_menu(EXAMPLES),
        ),
        controls.editor("Name of the project", request.text, (), rows=(1, 1)),
        controls.only_for(
            "backend",
            controls.select("language", words.FIELDS["language"], LANGUAGES, request.language),
            controls.choices("wishes", "What else holds", WISHES, request.wishes),
        ),
        controls.only_for("files", _template(request)),
        controls.only_for("files", _texts(request)),
        controls.only_for("files", _choices(request)),
        controls.only_for(
            "files",
            controls.tick("own", "Show these names in the guides, too", ticked=request.own),
            controls.hidden("path", request.path),
        ),
    )


def _template(request: ComposerRequest) -> Markup:
    offered = {name: f"{each.title} ({name})" for name, each in templates().items()}
    return controls.select("template", words.FIELDS["template"], offered, request.template)


def _texts(request: ComposerRequest) -> list[Markup]:
    default = ComposerRequest()
    return [
        controls.entry(name, words.FIELDS[name], getattr(request, name), getattr(default, name))
        for name in ("author", "account", "email", "description")
    ]


def _choices(request: ComposerRequest) -> list[Markup]:
    offered: Mapping[str, Mapping[str, str]] = {
        "license": {name: name for name in licenses()},
        "python": {each: each for each in PYTHONS},
        **{
            option: {"": "default", **{each: each for each in answers_about(option)}}
            for option in OPTIONS
        },
    }
    return [
        controls.select(name, words.FIELDS[name], options, getattr(request, name))
        for name, options in offered.items()
    ]
