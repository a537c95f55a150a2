"""The build lab's form, and its answers as HTML."""

from __future__ import annotations

from trigpoint.labs import controls, parts
from trigpoint.labs.builds import words
from trigpoint.labs.builds.data import BuildsRequest, BuildsResponse, PackageRow, SideRow
from trigpoint.labs.builds.examples import EXAMPLES
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.projects.builds.tree import FILLED

__all__ = ["MOST_HANDED", "form", "result"]

MOST_HANDED = 1024 * 1024
"""Letters of a built file, in base64, that go to another lab by way of the tab."""

_WORDS = ("requires", "build-backend", "backend-path", "name", "version", "dependencies", "scripts", "readme", "license", "dynamic", "true", "false")  # fmt: skip


def result(response: BuildsResponse) -> Markup:
    """Return the plan, what was built and the findings of *response*."""
    head = parts.summary_line(words.summary(response))
    findings = parts.findings_list(response.findings, kind=parts.LEAD)
    if response.empty:
        start = "Drop the folder, a zip or an sdist of a project, or write its pyproject.toml."
        return fragment(findings, parts.nothing_yet(words.summary(response), start, EXAMPLES))
    return fragment(
        head,
        findings,
        _plan(response),
        _landed(response),
        _side(response.side, response) if response.side else None,
        [_package(each) for each in response.packages],
        _log(response),
    )


def _plan(response: BuildsResponse) -> Markup:
    asked = [
        element(
            "li",
            {},
            parts.code(each.text),
            " ",
            element("span", {"class": "tp-hint"}, f"→ {each.answer}" if each.answer else each.why),
        )
        for each in response.asked
    ]
    steps = [element("li", {}, words.steps(each)) for each in response.steps]
    said = words.left_out(response)
    return fragment(
        element("h4", {}, "Plan"),
        parts.facts(
            [
                ("Backend", [parts.code(response.backend), "" if response.stated else " (no [build-system] table)"] if response.backend else None),
                ("Asks for", element("ul", {"class": "tp-values"}, asked) if asked else None),
                ("A build would", element("ol", {"class": "tp-values"}, steps) if steps else None),
                ("Version from", f"git, by {response.git}" if response.git else None),
            ]
        ),
        parts.hint(said) if said else None,
        parts.hint(words.ELSEWHERE) if not (response.ran or response.refused or response.waiting) else None,
    )  # fmt: skip


def _package(row: PackageRow) -> Markup:
    left = words.more(row.count)
    return element(
        "section",
        {"class": "tp-package"},
        element("h4", {}, words.KINDS[row.kind], ": ", parts.code(row.name)),
        element(
            "p",
            {"class": "tp-hint"},
            f"{words.bytes_in_words(row.size)}. ",
            element(
                "button",
                {
                    "type": "button",
                    "class": "tp-live tp-button",
                    "data-download": row.name,
                    "data-content": row.data,
                },
                f"Save {row.name}",
            )
            if row.data
            else "It is too large to be saved from here.",
            [" ", _look_inside(row)] if len(row.data) <= MOST_HANDED and row.data else None,
        ),
        element(
            "details",
            {"class": "tp-case", "open": row.kind == "wheel"},
            element("summary", {}, words.counted(row.count, "file")),
            _files(row),
            parts.hint(left) if left else None,
        ),
        parts.facts(
            [
                ("SHA-256", parts.code(row.sha256)),
                *((f"{each.group}", [parts.code(each.name), " → ", parts.code(each.value)]) for each in row.entry_points),
            ]
        ),
        element(
            "details",
            {"class": "tp-case"},
            element("summary", {}, "METADATA" if row.kind == "wheel" else "PKG-INFO"),
            element("pre", {"class": "tp-listing", "tabindex": 0}, parts.code(row.metadata)),
            parts.hint(
                parts.open_link("metadata", {"text": row.metadata}, "What each field means, and what is wrong")
            ),
        )
        if row.metadata
        else None,
    )  # fmt: skip


def _look_inside(row: PackageRow) -> Markup:
    """Return the link that opens what was built in the wheel lab, with its bytes."""
    file = {"name": row.name, "data": row.data, "problem": ""}
    return parts.open_link("wheels", {"file": file}, "Where each file lands", kept=True)


def _files(row: PackageRow) -> Markup:
    rows = [
        element(
            "tr",
            {},
            element("td", {}, parts.code(each.path)),
            element("td", {"class": "tp-number"}, words.bytes_in_words(each.size)),
        )
        for each in row.files
    ]
    return parts.table(("File", "Size"), rows, "tp-table tp-files")


def _landed(response: BuildsResponse) -> Markup | None:
    if not response.landed:
        return None
    missing = [each for each in response.landed if words.lost(each)]
    outside = [each for each in response.landed if not each.wheel and not words.lost(each)]
    landed = [each for each in response.landed if each.wheel]
    groups = (
        ("Inside a package, and not in the wheel", missing),
        ("Not in the wheel, and outside of its packages", outside),
        ("In the wheel", landed),
    )
    left = words.more(response.count)
    return fragment(
        element("h4", {}, "Where each file of the project lands"),
        [
            fragment(
                element("p", {"class": "tp-landing"}, f"{title} ({len(rows)})"),
                element(
                    "ul",
                    {"class": "tp-values"},
                    [
                        element(
                            "li",
                            {},
                            parts.code(each.path),
                            " ",
                            element("span", {"class": "tp-hint"}, words.landing(each)),
                        )
                        for each in rows
                    ],
                ),
            )
            for title, rows in groups
            if rows
        ],
        parts.hint(left) if left else None,
    )


def _side(side: SideRow, response: BuildsResponse) -> Markup:
    lists = (
        (f"Only with {response.project}", side.only_here),
        (f"Only with {side.project}", side.only_there),
        ("In METADATA", side.metadata),
    )
    return fragment(
        element("h4", {}, f"Beside it: {side.project}"),
        element("p", {}, words.beside(side, response)),
        parts.facts(
            (title, element("ul", {"class": "tp-values"}, [element("li", {}, parts.code(each)) for each in rows]))
            for title, rows in lists
            if rows
        ),
    )  # fmt: skip


def _log(response: BuildsResponse) -> Markup | None:
    if not response.log:
        return None
    return element(
        "details",
        {"class": "tp-case"},
        element("summary", {}, "Log"),
        element("pre", {"class": "tp-listing", "tabindex": 0}, parts.code(response.log)),
    )


# -- the form ---------------------------------------------------------------------------


def form(request: BuildsRequest) -> Markup:
    """Return the two texts, the version and the other backend, filled in from *request*."""
    return fragment(
        controls.toolbar(
            controls.example_menu(EXAMPLES),
            controls.file_entry(
                "file",
                "A project: its folder, a zip or an sdist",
                ".zip,.gz,.toml",
                several=True,
                leave_out=FILLED,
            ),
        ),
        controls.editor("pyproject.toml", request.text, _WORDS, rows=(6, 24)),
        controls.text_box(
            "files",
            "Other files: one path per line, and below it, indented by four spaces, what it holds",
            request.files,
            (3, 16),
            placeholder="src/spam/__init__.py",
        ),
        controls.options_row(
            controls.select("other", "Beside it", words.OTHER_TITLES, request.other),
            controls.entry("version", "Version, if git gives it", request.version, "1.2.3"),
            controls.hidden("kept", request.kept, of_files=True),
        ),
    )
