"""The wheel lab's form, and its answers as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trigpoint.labs import controls, parts
from trigpoint.labs.builds.words import bytes_in_words, counted
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.wheels import words
from trigpoint.labs.wheels.data import (
    CollisionsRow,
    GroupRow,
    InsideRow,
    NodeRow,
    WheelsRequest,
    WheelsResponse,
)
from trigpoint.labs.wheels.examples import EXAMPLES
from trigpoint.labs.wheels.treemap import draw
from trigpoint.wheels import Release
from trigpoint.wheels import words as library_words

__all__ = ["form", "result"]

_OPEN = 60
"""Rows of a tree that is shown unfolded."""


def result(response: WheelsResponse) -> Markup:
    """Return the files of *response*, what is in the chosen one, and the findings."""
    said = words.summary(response)
    findings = parts.findings_list(response.findings, kind=parts.LEAD)
    if response.empty:
        start = "Drop a wheel, an sdist or several, or write the names of wheels."
        return fragment(parts.nothing_yet(said, start, EXAMPLES), findings)
    inside = response.inside
    return fragment(
        parts.summary_line(said),
        findings,
        _build(inside) if inside else None,
        _files(response),
        _best(response),
        _collisions(response),
        [_release(each) for each in response.releases],
        element("h4", {}, parts.code(inside.name)) if inside and len(response.files) > 1 else None,
        _why(response),
        [
            _landing(response, inside),
            _sizes(inside),
            _record(inside),
            _libraries(inside),
            _facts(inside),
            _elsewhere(inside),
        ]
        if inside
        else parts.hint("Only its name is here. Drop the file to see what is in it.")
        if response.files
        else None,
    )


def _build(inside: InsideRow) -> Markup | None:
    """Offer the lab for what is no wheel yet, with the files that the tab keeps of it."""
    if inside.kind != "project":
        return None
    return parts.hint(
        parts.open_link(
            "builds",
            {},
            "Build it here: what lands in its sdist and its wheel",
            kept=True,
            file="file",
        )
    )


def _files(response: WheelsResponse) -> Markup | None:
    if len(response.files) < 2:
        return None
    left = f"{response.left_out:,} more are not listed." if response.left_out else None
    return parts.lines_to_choose(
        "chosen",
        response.chosen,
        [
            (
                each.name,
                ("taken" if each.taken else "not taken" if each.why else each.kind or "sdist")
                + (f", {counted(each.errors, 'error')}" if each.errors else "")
                + ("" if each.known else ", only its name"),
                each.start,
                each.end,
            )
            for each in response.files
        ],
        left,
    )


def _best(response: WheelsResponse) -> Markup | None:
    if not response.best:
        return None
    return fragment(
        [
            fragment(
                parts.hint(
                    f"On {response.environment} pip prefers, best first:"
                    if names
                    else f"pip takes none of these wheels on {response.environment}."
                ),
                element("ol", {"class": "tp-values"}, [element("li", {}, parts.code(each)) for each in names])
                if names
                else None,
            )
            for names in response.best
        ]
    )  # fmt: skip


def _collisions(response: WheelsResponse) -> Markup | None:
    said = words.together(response)
    if not said:
        return None
    return element(
        "section",
        {"class": "tp-package"},
        element("h4", {}, "What they both write"),
        element("p", {}, said),
        [_meeting(each) for each in response.collisions],
    )


def _meeting(row: CollisionsRow) -> Markup:
    rows = [
        element(
            "tr",
            {},
            element("td", {}, parts.code(each.target)),
            element("td", {}, library_words.collision(each)),
        )
        for each in row.found
    ]
    more = row.count - len(row.found)
    return fragment(
        element("p", {}, parts.code(row.first), " and ", parts.code(row.second)),
        parts.table(("Target", "What meets"), rows, "tp-table"),
        parts.hint(f"{more:,} more.") if more else None,
    )


def _release(release: Release) -> Markup:
    rows = [
        element(
            "tr",
            {},
            element("th", {"scope": "row"}, parts.code(each.field), " (dynamic)" if each.dynamic else ""),
            element(
                "td",
                {},
                element(
                    "ul",
                    {"class": "tp-values"},
                    [
                        element("li", {}, parts.code(one.file), ": ", ", ".join(one.values) or "nothing")
                        for one in each.files
                    ],
                ),
            ),
        )
        for each in release.fields
    ]  # fmt: skip
    return element(
        "section",
        {"class": "tp-package"},
        element("h4", {}, "What the files of the release say"),
        element("p", {}, library_words.release(release)),
        parts.table(("Field", "In each file"), rows) if rows else None,
    )


def _why(response: WheelsResponse) -> Markup | None:
    answer = response.why
    if answer is None or not answer.values:
        return None
    row = response.files[response.chosen]
    rows = [
        element(
            "tr",
            {},
            element("td", {}, each.part),
            element("td", {}, parts.code(each.text)),
            element("td", {"class": None if each.fits else "tp-unfit"}, library_words.value(each)),
        )
        for each in answer.values
    ]
    asks = response.inside.requires_python if response.inside else ""
    return element(
        "section",
        {"class": "tp-package"},
        element("h4", {}, "Would pip take it?"),
        element("p", {}, row.why),
        parts.table(("Part", "Value", "Meaning"), rows, "tp-table tp-tags"),
        parts.hint("Then pip looks at Requires-Python, which is ", parts.code(asks), ".")
        if asks
        else None,
    )


def _landing(response: WheelsResponse, inside: InsideRow) -> Markup:
    wheel = inside.kind == "wheel"
    title = "Where each file lands" if wheel else "What is in it"
    where = f"{words.PLACE_TITLES[response.place]}. Folders are below {response.base}."
    return element(
        "section",
        {"class": "tp-package"},
        element("h4", {}, title),
        parts.hint(where) if wheel else None,
        [_group(each, wheel) for each in inside.groups],
    )


def _group(group: GroupRow, wheel: bool) -> Markup:
    size = f"{counted(group.files, 'file')}, {bytes_in_words(group.size)}"
    head = (
        [parts.code(group.scheme), f" {words.SCHEMES[group.scheme]}"]
        if group.scheme
        else [words.SCHEMES[""] if wheel else "all"]
    )
    folder = (
        [" → ", parts.code(f"{group.folder}/" if group.folder else "./")] if group.scheme else None
    )
    return element(
        "details",
        {"class": "tp-case", "open": len(group.nodes) <= _OPEN},
        element("summary", {}, head, folder, " ", element("span", {"class": "tp-count"}, size)),
        _nodes(list(group.nodes)),
    )  # fmt: skip


def _nodes(rows: Sequence[NodeRow]) -> Markup:
    """Return *rows* as lists in lists, by their depth."""
    items: list[Markup] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        end = at + 1
        while end < len(rows) and rows[end].depth > row.depth:
            end += 1
        items.append(element("li", {}, _node(row, rows[at + 1 : end])))
        at = end
    return element("ul", {"class": "tp-tree tp-files-tree"}, items)


def _node(row: NodeRow, below: Sequence[NodeRow]) -> Markup:
    size = element("span", {"class": "tp-count"}, words.node(row))
    if row.kind == "rest":
        return element("span", {"class": "tp-hint"}, f"{row.name}: {words.node(row)}")
    name = parts.code(f"{row.name}/" if row.kind == "folder" else row.name)
    if not below:
        more = element("span", {"class": "tp-hint"}, " not listed") if row.left else None
        return fragment(name, " ", size, more)
    # Folders of few files are open; what is large is a press away.
    return element(
        "details",
        {"open": len(below) <= _OPEN // 4},
        element("summary", {}, name, " ", size),
        _nodes(below),
    )


def _sizes(inside: InsideRow) -> Markup | None:
    if len(inside.tiles) < 2:
        return None
    label = f"The sizes of the parts of {inside.name}, which the table lists"
    rows = [
        element(
            "tr",
            {},
            element("td", {}, parts.code(each.path)),
            element("td", {}, element("span", {"class": f"tp-key tp-tile-{each.scheme or 'none'}"}), each.scheme),
            element("td", {"class": "tp-number"}, f"{each.files:,}"),
            element("td", {"class": "tp-number"}, bytes_in_words(each.size)),
            element("td", {"class": "tp-number"}, words.share_of(each, inside.unpacked)),
        )
        for each in inside.tiles
    ]  # fmt: skip
    packed = "" if inside.size is None else f" out of {bytes_in_words(inside.size)}"
    return element(
        "section",
        {"class": "tp-package"},
        element("h4", {}, "Sizes"),
        parts.hint(f"{bytes_in_words(inside.unpacked)} unpacked{packed}."),
        element("figure", {"class": "tp-picture"}, draw(inside.tiles, label)),
        element(
            "details",
            {"class": "tp-case"},
            element("summary", {}, "The sizes as a table"),
            parts.table(("Part", "Scheme", "Files", "Size", "Share"), rows, "tp-table tp-sizes"),
        ),
    )


def _record(inside: InsideRow) -> Markup | None:
    if not inside.record:
        return None
    rows = [
        element(
            "tr",
            {},
            element("td", {}, parts.code(each.path or "-")),
            element("td", {}, library_words.STATES[each.state]),
        )
        for each in inside.wrong
    ]
    return element(
        "section",
        {"class": "tp-package"},
        element("h4", {}, "RECORD"),
        element("p", {}, inside.record),
        parts.table(("File", "What is wrong"), rows) if rows else None,
        _left(inside, "wrong"),
    )


def _libraries(inside: InsideRow) -> Markup | None:
    if not inside.compiled or inside.kind != "wheel":
        return None
    rows = [
        element(
            "tr",
            {},
            element("td", {}, parts.code(each.name)),
            element("td", {}, library_words.library(each)),
        )
        for each in inside.libraries
    ]
    said = f"{counted(inside.compiled, 'compiled file')}"
    return element(
        "section",
        {"class": "tp-package"},
        element("h4", {}, "Shared libraries"),
        element("p", {}, f"{said} in it, which link{'s' if inside.compiled == 1 else ''}:" if rows else f"{said} in it, and no library is linked."),
        parts.table(("Library", "Where it comes from"), rows) if rows else None,
        _left(inside, "libraries"),
    )  # fmt: skip


def _facts(inside: InsideRow) -> Markup | None:
    points = [
        fragment(parts.code(f"{each.group}: {each.name}"), " → ", parts.code(each.value))
        for each in inside.entry_points
    ]
    opened = {
        "text": inside.metadata,
        "kind": inside.kind,
        **({"file_name": inside.name} if inside.kind == "wheel" else {}),
    }
    return parts.facts(
        [
            ("Tags", _list(map(parts.code, inside.tags))),
            ("Made by", inside.generator),
            ("Entry points", _list(points)),
            ("Licence", inside.licence),
            ("Licence files", _list(map(parts.code, inside.licences))),
            ("SBOMs", _list(map(parts.code, inside.sboms))),
            (
                "METADATA" if inside.kind == "wheel" else "PKG-INFO",
                parts.open_link("metadata", opened, "What it says, and what is wrong with it")
                if inside.metadata
                else None,
            ),
        ]
    )


def _list(items: Iterable[Markup]) -> Markup | None:
    rows = [element("li", {}, each) for each in items]
    return element("ul", {"class": "tp-values"}, rows) if rows else None


def _elsewhere(inside: InsideRow) -> Markup | None:
    if not inside.elsewhere:
        return None
    schemes = [scheme for scheme, _ in inside.elsewhere[0].folders]
    rows = [
        element(
            "tr",
            {},
            element("th", {"scope": "row"}, words.PLACE_TITLES[each.place]),
            [element("td", {}, parts.code(f"{folder}/" if folder else "./")) for _, folder in each.folders],
        )
        for each in inside.elsewhere
    ]  # fmt: skip
    return element(
        "details",
        {"class": "tp-case"},
        element("summary", {}, "Its folders everywhere else"),
        element(
            "div", {"class": "tp-scroll", "tabindex": 0}, parts.table(("Place", *schemes), rows)
        ),
    )


def _left(inside: InsideRow, name: str) -> Markup | None:
    number = inside.left.get(name)
    return parts.hint(f"{number:,} more.") if number else None


# -- the form ---------------------------------------------------------------------------


def form(request: WheelsRequest) -> Markup:
    """Return the listing and the choices, filled in from *request*."""
    return fragment(
        controls.toolbar(
            controls.example_menu(EXAMPLES),
            controls.file_entry(
                "file", "Wheels and sdists, or a folder of them", ".whl,.gz,.zip", several=True
            ),
        ),
        controls.editor(
            "Wheels: one file per line, and below it, indented by four spaces, the paths in it",
            request.text,
            (),
            rows=(4, 20),
        ),
        controls.options_row(
            controls.select("place", "Installed with", words.PLACE_TITLES, request.place),
            controls.entry("python", "Python of the paths", request.python, "3.13"),
        ),
        controls.options_row(
            controls.select("interpreter", "Taken by", words.INTERPRETERS, request.interpreter),
            controls.select("platform", "on", words.PLATFORMS, request.platform),
            controls.hidden("chosen", str(request.chosen), "number"),
            controls.hidden("kept", request.kept, of_files=True),
        ),
    )
